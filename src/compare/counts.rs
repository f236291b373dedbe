use super::groups::{fill_adjusted, order_rows};
use crate::maths::{GroupTest, Proportion, test_groups};
use crate::types::{GroupTable, NOT_GIVEN, Report};

/// Fills each theme's share and interval and its group tables' shares, intervals and tests from the counts that stand in the report;
/// a hidden count gives nothing. Shares are not weighted. p values are adjusted over all group tests, as
/// [`compare_groups`](super::compare_groups) does.
pub fn compare_counts(report: &mut Report) {
    let mut tests: Vec<Option<GroupTest>> = Vec::new();
    for question in &mut report.questions {
        for theme in &mut question.themes {
            let share = theme.respondents.and_then(|count| Proportion::of(count, question.base));
            theme.share = share.map(Proportion::share);
            theme.interval = share.map(Proportion::interval);
            tests.extend(theme.groups.iter_mut().map(compare_rows));
        }
    }
    fill_adjusted(report, &tests);
}

fn compare_rows(table: &mut GroupTable) -> Option<GroupTest> {
    let mut tested = Vec::with_capacity(table.rows.len());
    for row in &mut table.rows {
        let share = row.respondents.zip(row.base).and_then(|(count, base)| Proportion::of(count, base));
        if row.value != NOT_GIVEN {
            tested.extend(share);
        }
        row.share = share.map(Proportion::share);
        row.interval = share.map(Proportion::interval);
    }
    order_rows(&mut table.rows);
    let test = test_groups(&tested);
    table.cramers_v = test.map(|test| test.cramers_v);
    test
}
