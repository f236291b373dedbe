//! A report made of counts that were added up elsewhere, part by part, such as over a collection that no one machine holds.

use super::assemble::order_themes;
use crate::compare::compare_counts;
use crate::disclose::{Nestings, protect};
use crate::types::{
    Codebook, GroupRow, GroupTable, Level, NOT_GIVEN, Question, QuestionReport, Report, Theme, ThemeId,
};
use std::collections::BTreeMap;

/// Respondents by the value of a group column; `None` for blank.
pub type ByGroup = BTreeMap<Option<String>, usize>;

/// What was counted of one year.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountedYear {
    /// Respondents who took part.
    pub respondents: usize,
    /// By column.
    pub questions: BTreeMap<String, CountedQuestion>,
    /// The group columns whose values lie within those of another.
    pub nestings: Nestings,
}

/// What was counted of one question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountedQuestion {
    /// Respondents who left it blank.
    pub blank: usize,
    /// Respondents whose answer says nothing.
    pub non_answers: usize,
    /// Respondents with a substantive answer.
    pub base: usize,
    /// Of the base, those in at least one theme.
    pub in_a_theme: usize,
    /// Segments.
    pub segments: usize,
    /// The base by the values of each group column, in the order of the columns.
    pub groups: Vec<ByGroup>,
    /// By theme; one that nobody mentions may be absent.
    pub themes: BTreeMap<ThemeId, CountedTheme>,
}

/// What was counted of one theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CountedTheme {
    /// Respondents who mention it, each once.
    pub respondents: usize,
    /// Segments in it, as first or as second theme.
    pub mentions: usize,
    /// Its respondents by the values of each group column, in the order of the columns.
    pub groups: Vec<ByGroup>,
}

/// The report of one year that counts make: shares with intervals, groups with tests, small counts hidden.
///
/// `run` is the report of the run whose themes were counted, of which the report takes title, settings and the themes' statements and
/// key words; names are those of `codebook`, its codebook. `groups` are the names of the group columns. There are no quotes, no sub-themes and
/// no map.
pub fn report_from_counts(
    run: &Report,
    codebook: &Codebook,
    year: Option<i32>,
    groups: &[String],
    counted: &CountedYear,
) -> Report {
    let questions = codebook.questions.iter();
    let questions = questions.filter_map(|question| {
        let counted = counted.questions.get(&question.column)?;
        Some(Counting { run, codebook, groups, counted }.question(question))
    });
    let mut report = Report {
        year,
        respondents: counted.respondents,
        questions: questions.collect(),
        notes: Vec::new(),
        ..run.clone()
    };
    report.run.previous = None;
    compare_counts(&mut report);
    order_themes(&mut report);
    protect(report, &counted.nestings.learnt())
}

struct Counting<'a> {
    run: &'a Report,
    codebook: &'a Codebook,
    groups: &'a [String],
    counted: &'a CountedQuestion,
}

impl Counting<'_> {
    fn question(&self, question: &Question) -> QuestionReport {
        let counted = self.counted;
        let themes = counted.themes.iter().filter(|(_, theme)| theme.respondents > 0);
        QuestionReport {
            column: question.column.clone(),
            wording: question.wording.clone(),
            blank: Some(counted.blank),
            non_answers: Some(counted.non_answers),
            base: counted.base,
            effective_base: None,
            segments: counted.segments,
            no_clear_theme: Some(counted.base.saturating_sub(counted.in_a_theme)),
            coverage: (counted.base > 0).then(|| counted.in_a_theme as f64 / counted.base as f64),
            themes: themes.map(|(id, theme)| self.theme(&question.column, *id, theme)).collect(),
            gone: Vec::new(),
            map: Vec::new(),
        }
    }

    fn theme(&self, column: &str, id: ThemeId, counted: &CountedTheme) -> Theme {
        let named = self.codebook.themes.iter().find(|theme| theme.id == Some(id));
        let asked = self.run.questions.iter().find(|question| question.column == column);
        let found = asked.and_then(|question| question.themes.iter().find(|theme| theme.id == id));
        let groups = (self.groups.iter().zip(&self.counted.groups).enumerate())
            .map(|(column, (name, bases))| table(name, bases, counted.groups.get(column)));
        Theme {
            id,
            name: named.map(|theme| theme.name.clone()).unwrap_or_default(),
            statement: named.map(|theme| theme.statement.clone()).unwrap_or_default(),
            keywords: named.map(|theme| theme.keywords.clone()).unwrap_or_default(),
            level: Level::Additional,
            respondents: Some(counted.respondents),
            mentions: Some(counted.mentions),
            share: None,
            interval: None,
            stability: found.and_then(|theme| theme.stability),
            tentative: found.is_some_and(|theme| theme.tentative),
            change: None,
            groups: groups.collect(),
            quotes: Vec::new(),
            subthemes: Vec::new(),
        }
    }
}

fn table(column: &str, bases: &ByGroup, mentioning: Option<&ByGroup>) -> GroupTable {
    let rows = bases.iter().map(|(value, base)| GroupRow {
        value: value.clone().unwrap_or_else(|| NOT_GIVEN.to_owned()),
        base: Some(*base),
        respondents: Some(mentioning.and_then(|counts| counts.get(value)).copied().unwrap_or(0)),
        share: None,
        interval: None,
    });
    GroupTable { column: column.to_owned(), rows: rows.collect(), p_adjusted: None, cramers_v: None }
}
