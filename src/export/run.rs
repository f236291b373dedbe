use super::ExportInput;
use crate::disclose::{Nesting, nestings};
use crate::types::{
    CodedSegment, Disclosure, Level, QuestionReport, Report, Respondent, Survey, Theme, ThemeId,
};
use std::collections::{BTreeMap, BTreeSet};

/// What is shown for a value that disclosure control hides.
pub(super) const HIDDEN: &str = "[c]";

/// The input of the exports with what several of them look up.
pub(super) struct Run<'a> {
    pub(super) input: ExportInput<'a>,
    pub(super) report: &'a Report,
    pub(super) survey: &'a Survey,
    /// Per question.
    pub(super) questions: Vec<Coded<'a>>,
    /// Group columns whose values would give a hidden cell away.
    hidden_groups: BTreeSet<usize>,
}

/// A question with its segments.
pub(super) struct Coded<'a> {
    pub(super) report: &'a QuestionReport,
    pub(super) segments: &'a [CodedSegment],
    themes: BTreeMap<ThemeId, &'a Theme>,
}

/// A theme that a segment counts for.
#[derive(Clone, Copy)]
pub(super) struct Mention<'a> {
    pub(super) segment: &'a CodedSegment,
    pub(super) theme: &'a Theme,
    /// Whether it is the segment's second theme, nearly as close as its first.
    pub(super) is_second: bool,
}

impl<'a> Coded<'a> {
    /// Every segment with each theme that it counts for: what the report's figures are counts of.
    pub(super) fn mentions(&self) -> impl Iterator<Item = Mention<'a>> {
        self.segments.iter().flat_map(move |segment| {
            let themes = [(segment.theme, false), (segment.second, true)];
            themes.into_iter().filter_map(move |(id, is_second)| {
                let theme = self.themes.get(&id?).copied()?;
                Some(Mention { segment, theme, is_second })
            })
        })
    }

    /// The theme with this id; `None` for "no clear theme".
    pub(super) fn theme(&self, id: Option<ThemeId>) -> Option<&'a Theme> {
        self.themes.get(&id?).copied()
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(input: ExportInput<'a>) -> Self {
        let questions: Vec<_> = input
            .report
            .questions
            .iter()
            .enumerate()
            .map(|(i, report)| Coded {
                report,
                segments: input.coded.get(i).map_or(&[][..], Vec::as_slice),
                themes: report.themes.iter().map(|theme| (theme.id, theme)).collect(),
            })
            .collect();
        let hidden_groups = hidden_groups(input);
        Self { input, report: input.report, survey: input.survey, questions, hidden_groups }
    }

    /// Who wrote a segment.
    pub(super) fn respondent(&self, segment: &CodedSegment) -> Option<&'a Respondent> {
        self.survey.respondents.get(segment.respondent)
    }

    /// Values of the group columns of a segment's respondent: empty where not given, `[c]` in a column of which the report hides a
    /// count.
    pub(super) fn groups(&self, segment: &CodedSegment) -> Vec<&'a str> {
        let values = self.respondent(segment).map_or(&[][..], |respondent| &respondent.groups);
        (0..self.survey.groups.len())
            .map(|column| {
                if self.hidden_groups.contains(&column) {
                    return HIDDEN;
                }
                values.get(column).and_then(Option::as_deref).unwrap_or_default()
            })
            .collect()
    }
}

/// A count that is hidden in a theme's group table must not come back from a record-level file, neither by counting rows nor by solving
/// for the rows that are left out: with the themes of everybody, every count that is shown is an equation. So a column of which the report
/// hides a count is hidden in every row, and so is one that lies in it or around it.
fn hidden_groups(input: ExportInput<'_>) -> BTreeSet<usize> {
    if input.report.disclosure == Disclosure::None {
        return BTreeSet::new();
    }
    let tables = input.report.questions.iter().flat_map(|q| &q.themes).flat_map(|theme| &theme.groups);
    let with_hidden: BTreeSet<&str> = tables
        .filter(|table| table.rows.iter().any(|row| row.respondents.is_none()))
        .map(|table| table.column.as_str())
        .collect();
    let columns = input.survey.groups.iter().enumerate();
    let mut hidden: BTreeSet<usize> = columns
        .filter(|(_, group)| with_hidden.contains(group.column.as_str()))
        .map(|(column, _)| column)
        .collect();
    if !hidden.is_empty() {
        for Nesting { outer, inner, .. } in nestings(input.survey) {
            if hidden.contains(&outer) || hidden.contains(&inner) {
                hidden.extend([outer, inner]);
            }
        }
    }
    hidden
}

/// The word for a level in tables.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Common => "common",
        Level::Additional => "additional",
    }
}
