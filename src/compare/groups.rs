use crate::maths::{GroupTest, Proportion, adjusted_p, test_groups};
use crate::types::{CodedSegment, GroupRow, GroupTable, NOT_GIVEN, Report, Survey, ThemeId};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Who answered a question and what they said.
#[derive(Debug, Clone, Copy)]
pub struct CodedQuestion<'a> {
    /// Indices of the respondents with a substantive answer.
    pub base: &'a [usize],
    /// Their segments.
    pub coded: &'a [CodedSegment],
}

/// Fills each theme's share, interval and group tables, and the questions' effective bases.
///
/// `questions` are in the order of [`Report::questions`]. A respondent counts once per theme, also when it is the second
/// theme of a segment. Where weights differ, shares are weighted and their intervals and tests rest on Kish's effective
/// base; counts stay counts of people. p values are adjusted over all group tests of the run (Benjamini-Hochberg).
pub fn compare_groups(report: &mut Report, survey: &Survey, questions: &[CodedQuestion<'_>]) {
    let weighted = survey.respondents.windows(2).any(|pair| pair[0].weight != pair[1].weight);
    let mut tests: Vec<Option<GroupTest>> = Vec::new();
    for (question, coding) in report.questions.iter_mut().zip(questions) {
        let mentions = mentions_by_theme(coding.coded);
        if weighted {
            question.effective_base = share_of(survey, coding.base, &BTreeSet::new()).map(Proportion::base);
        }
        for theme in &mut question.themes {
            let none = BTreeSet::new();
            let mentioning = mentions.get(&theme.id).unwrap_or(&none);
            let share = share_of(survey, coding.base, mentioning);
            theme.share = share.map(Proportion::share);
            theme.interval = share.map(Proportion::interval);
            theme.groups.clear();
            for column in 0..survey.groups.len() {
                let (table, test) = group_table(survey, coding.base, mentioning, column);
                theme.groups.push(table);
                tests.push(test);
            }
        }
    }
    fill_adjusted(report, &tests);
}

/// Respondents by the themes they mention.
fn mentions_by_theme(coded: &[CodedSegment]) -> BTreeMap<ThemeId, BTreeSet<usize>> {
    let mut mentions: BTreeMap<ThemeId, BTreeSet<usize>> = BTreeMap::new();
    for segment in coded {
        for theme in segment.theme.iter().chain(&segment.second) {
            mentions.entry(*theme).or_default().insert(segment.respondent);
        }
    }
    mentions
}

fn share_of(survey: &Survey, base: &[usize], mentioning: &BTreeSet<usize>) -> Option<Proportion> {
    Proportion::weighted(
        base.iter().filter_map(|r| Some((survey.respondents.get(*r)?.weight, mentioning.contains(r)))),
    )
}

fn group_table(
    survey: &Survey,
    base: &[usize],
    mentioning: &BTreeSet<usize>,
    column: usize,
) -> (GroupTable, Option<GroupTest>) {
    let mut members: BTreeMap<Option<&str>, Vec<usize>> = BTreeMap::new();
    for &r in base {
        let value =
            survey.respondents.get(r).and_then(|respondent| respondent.groups.get(column)?.as_deref());
        members.entry(value).or_default().push(r);
    }
    let mut rows = Vec::with_capacity(members.len());
    let mut tested = Vec::with_capacity(members.len());
    for (value, members) in &members {
        let share = share_of(survey, members, mentioning);
        if value.is_some() {
            tested.extend(share);
        }
        rows.push(GroupRow {
            value: value.unwrap_or(NOT_GIVEN).to_owned(),
            base: Some(members.len()),
            respondents: Some(members.iter().filter(|r| mentioning.contains(r)).count()),
            share: share.map(Proportion::share),
            interval: share.map(Proportion::interval),
        });
    }
    order_rows(&mut rows);
    let test = test_groups(&tested);
    let column = survey.groups.get(column).map(|group| group.column.clone()).unwrap_or_default();
    (GroupTable { column, rows, p_adjusted: None, cramers_v: test.map(|t| t.cramers_v) }, test)
}

/// Largest base first; ties by value.
pub(super) fn order_rows(rows: &mut [GroupRow]) {
    rows.sort_by(|a, b| (Reverse(a.base), &a.value).cmp(&(Reverse(b.base), &b.value)));
}

/// Sets the p values of all group tables, adjusted over those that could be tested; `tests` in their order.
pub(super) fn fill_adjusted(report: &mut Report, tests: &[Option<GroupTest>]) {
    for (table, p) in report.group_tables_mut().zip(adjusted_p(tests)) {
        table.p_adjusted = p;
    }
}
