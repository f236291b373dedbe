//! Files with a row per person beside counts that are hidden.

use super::nested::Nesting;
use crate::types::{Report, Survey};
use std::collections::BTreeSet;

/// Indices of the group columns, ascending, whose values no file with a row per person may show.
///
/// With the themes of everybody, every count that is shown is an equation in the values, so that a hidden count would come back by
/// counting rows or by solving for those left out. So a column of which `report` hides a count is hidden in every row, and so is one
/// that by `nestings` lies in it or around it.
pub fn hidden_columns(report: &Report, survey: &Survey, nestings: &[Nesting]) -> Vec<usize> {
    let tables = report.questions.iter().flat_map(|q| &q.themes).flat_map(|theme| &theme.groups);
    let with_hidden: BTreeSet<&str> = tables
        .filter(|table| table.rows.iter().any(|row| row.respondents.is_none()))
        .map(|table| table.column.as_str())
        .collect();
    let is_hidden = |column: usize| {
        survey.groups.get(column).is_some_and(|group| with_hidden.contains(group.column.as_str()))
    };
    let mut hidden: BTreeSet<usize> = (0..survey.groups.len()).filter(|column| is_hidden(*column)).collect();
    for &Nesting { outer, inner, .. } in nestings {
        if is_hidden(outer) || is_hidden(inner) {
            hidden.extend([outer, inner]);
        }
    }
    hidden.into_iter().collect()
}
