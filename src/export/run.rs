use super::ExportInput;
use crate::types::{CodedSegment, Level, QuestionReport, Report, Respondent, Survey, Theme, ThemeId};
use std::collections::BTreeMap;

/// What is shown for a value that disclosure control hides.
pub(super) const HIDDEN: &str = "[c]";

/// The input of the exports with what several of them look up.
pub(super) struct Run<'a> {
    pub(super) input: ExportInput<'a>,
    pub(super) report: &'a Report,
    pub(super) survey: &'a Survey,
    /// Per question.
    pub(super) questions: Vec<Coded<'a>>,
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
        Self { input, report: input.report, survey: input.survey, questions }
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
                if self.input.hidden_groups.contains(&column) {
                    return HIDDEN;
                }
                values.get(column).and_then(Option::as_deref).unwrap_or_default()
            })
            .collect()
    }
}

/// The word for a level in tables.
pub(super) fn level(level: Level) -> &'static str {
    match level {
        Level::Common => "common",
        Level::Additional => "additional",
    }
}
