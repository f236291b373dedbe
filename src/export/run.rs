use super::ExportInput;
use crate::types::{
    CodedSegment, Disclosure, Level, NOT_GIVEN, QuestionReport, Report, Respondent, Survey, Theme, ThemeId,
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
    /// Respondents whose value of a group column would give a hidden cell away, as (column, respondent).
    hidden_groups: BTreeSet<(usize, usize)>,
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
        let hidden_groups = hidden_groups(input, &questions);
        Self { input, report: input.report, survey: input.survey, questions, hidden_groups }
    }

    /// Who wrote a segment.
    pub(super) fn respondent(&self, segment: &CodedSegment) -> Option<&'a Respondent> {
        self.survey.respondents.get(segment.respondent)
    }

    /// Values of the group columns of a segment's respondent: empty where not given, `[c]` where a count that is hidden in the
    /// report could be counted from them.
    pub(super) fn groups(&self, segment: &CodedSegment) -> Vec<&'a str> {
        let values = self.respondent(segment).map_or(&[][..], |respondent| &respondent.groups);
        (0..self.survey.groups.len())
            .map(|column| {
                if self.hidden_groups.contains(&(column, segment.respondent)) {
                    return HIDDEN;
                }
                values.get(column).and_then(Option::as_deref).unwrap_or_default()
            })
            .collect()
    }
}

/// A count that is hidden in a theme's group table must not come back by counting rows of a record-level file. So whoever is
/// in a hidden cell has that column hidden, in every row: a row of another theme would give the value away.
fn hidden_groups(input: ExportInput<'_>, questions: &[Coded<'_>]) -> BTreeSet<(usize, usize)> {
    let mut hidden = BTreeSet::new();
    if input.report.disclosure == Disclosure::None {
        return hidden;
    }
    for question in questions {
        for Mention { segment, theme, .. } in question.mentions() {
            let Some(respondent) = input.survey.respondents.get(segment.respondent) else { continue };
            let columns = input.survey.groups.iter().zip(&respondent.groups).enumerate();
            hidden.extend(columns.filter_map(|(column, (group, value))| {
                let value = value.as_deref().unwrap_or(NOT_GIVEN);
                is_hidden(theme, &group.column, value).then_some((column, segment.respondent))
            }));
        }
    }
    hidden
}

/// Whether the report hides how many with this value of a group column mention `theme`.
fn is_hidden(theme: &Theme, column: &str, value: &str) -> bool {
    let table = theme.groups.iter().find(|table| table.column == column);
    let row = table.and_then(|table| table.rows.iter().find(|row| row.value == value));
    row.is_some_and(|row| row.respondents.is_none())
}

/// The word for a level in tables.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Common => "common",
        Level::Additional => "additional",
    }
}
