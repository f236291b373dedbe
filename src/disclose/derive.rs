//! Tests and changes made anew from what is published, so that they can tell nothing else.

use super::withhold::{blank_difference, blank_previous};
use crate::maths::{ChangeInput, GroupTest, Proportion, adjusted_p, changes, test_groups};
use crate::types::{Change, GroupTable, NOT_GIVEN, QuestionReport, Report, ThemeStatus};

/// Tests every group table again, a table's hidden rows taken as one group, whose counts a reader could work out anyway.
pub(super) fn retest_groups(report: &mut Report) {
    let weighted = report.questions.iter().any(|question| question.effective_base.is_some());
    if weighted {
        forget_tests_of_hidden_rows(report);
        return;
    }
    let mut tests: Vec<Option<GroupTest>> = Vec::new();
    for question in &mut report.questions {
        for theme in &mut question.themes {
            for table in &mut theme.groups {
                let test = theme.respondents.and_then(|total| published_test(table, total, question.base));
                table.cramers_v = test.map(|test| test.cramers_v);
                tests.push(test);
            }
        }
    }
    for (table, p) in report.group_tables_mut().zip(adjusted_p(&tests)) {
        table.p_adjusted = p;
    }
}

fn published_test(table: &GroupTable, total: usize, base: usize) -> Option<GroupTest> {
    let (mut count_left, mut base_left) = (total, base);
    let mut groups = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        if let (Some(count), Some(base)) = (row.respondents, row.base) {
            count_left = count_left.saturating_sub(count);
            base_left = base_left.saturating_sub(base);
            if row.value != NOT_GIVEN {
                groups.extend(Proportion::of(count, base));
            }
        }
    }
    groups.extend(Proportion::of(count_left, base_left));
    test_groups(&groups)
}

/// Weighted tests cannot be made from the published counts; those of tables with a hidden row are dropped.
fn forget_tests_of_hidden_rows(report: &mut Report) {
    for table in report.group_tables_mut() {
        if table.rows.iter().any(|row| row.respondents.is_none()) {
            table.p_adjusted = None;
            table.cramers_v = None;
        }
    }
}

/// Hides the changes that rest on a hidden count, now or then, and adjusts the other p values without them.
///
/// `hide_then` says whether a number of respondents in the year before must be hidden; `round` is applied to the others.
pub(super) fn remake_changes(
    question: &mut QuestionReport,
    hide_then: impl Fn(usize) -> bool,
    round: impl Fn(usize) -> usize,
) {
    let (base, weighted) = (question.base, question.effective_base.is_some());
    let mut entries: Vec<(Option<Proportion>, &mut Change)> = Vec::new();
    for theme in &mut question.themes {
        let now = theme.respondents.and_then(|count| Proportion::of(count.min(base), base));
        entries.extend(theme.change.as_mut().map(|change| (now, change)));
    }
    entries.extend(question.gone.iter_mut().map(|gone| (Proportion::of(0, base), &mut gone.change)));

    let mut inputs = Vec::with_capacity(entries.len());
    for (now, change) in &mut entries {
        let then = publish_then(change, &hide_then, &round);
        // Whether or not anything is made anew below, as it is not from a hidden count.
        if let Some(then) = then.filter(|_| !weighted) {
            change.previous_share = Some(then.share());
            change.previous_interval = Some(then.interval());
        }
        if now.is_none() {
            blank_difference(change);
        }
        let reshaped = matches!(
            change.status,
            ThemeStatus::New
                | ThemeStatus::Added
                | ThemeStatus::Gone
                | ThemeStatus::Split
                | ThemeStatus::Merged
        );
        inputs.push(ChangeInput {
            now: *now,
            then,
            previous_base: change.previous_base,
            status: reshaped.then_some(change.status),
        });
    }
    if weighted {
        return;
    }
    let previous = entries.first().map(|(_, change)| change.previous.clone()).unwrap_or_default();
    for ((_, entry), remade) in entries.into_iter().zip(changes(&previous, &inputs)) {
        if remade.difference.is_some() {
            *entry = remade;
        }
    }
}

/// The share of the year before as it may be published, and hides it where it may not.
fn publish_then(
    change: &mut Change,
    hide_then: &impl Fn(usize) -> bool,
    round: &impl Fn(usize) -> usize,
) -> Option<Proportion> {
    let (share, base) = change.previous_share.zip(change.previous_base)?;
    let count = (share * base as f64).round() as usize;
    change.previous_base = Some(round(base));
    if hide_then(count) {
        blank_previous(change);
        return None;
    }
    Proportion::of(round(count).min(round(base)), round(base))
}
