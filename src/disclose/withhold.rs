//! What goes with a hidden count: everything made from it, and everything that would betray it.

use crate::types::{Change, GroupRow, Level, QuestionReport, Theme, ThemeStatus};
use std::cmp::Reverse;

/// What the report says instead of a change that rests on a hidden count.
const WITHHELD: &str = "not shown: too few respondents";

/// Hides a group's figures for one theme.
pub(super) fn blank_row(row: &mut GroupRow) {
    row.respondents = None;
    row.share = None;
    row.interval = None;
}

/// Hides a theme's figures. Its level, its change and the number of its quotes would narrow the count down, so it is listed
/// as an additional comment with one quote.
pub(super) fn blank_theme(theme: &mut Theme) {
    theme.respondents = None;
    theme.mentions = None;
    theme.share = None;
    theme.interval = None;
    theme.level = Level::Additional;
    theme.quotes.truncate(1);
    for table in &mut theme.groups {
        table.p_adjusted = None;
        table.cramers_v = None;
        table.rows.iter_mut().for_each(blank_row);
    }
    for sub in &mut theme.subthemes {
        sub.respondents = None;
        sub.share = None;
    }
    if let Some(change) = &mut theme.change {
        blank_difference(change);
    }
}

/// Hides a change. Whether it grew depends on the hidden count; whether it is new, added, split or merged does not.
pub(super) fn blank_difference(change: &mut Change) {
    change.difference = None;
    change.interval = None;
    change.p_adjusted = None;
    if matches!(change.status, ThemeStatus::Growing | ThemeStatus::Shrinking) {
        change.status = ThemeStatus::Continuing;
    }
    if !matches!(change.status, ThemeStatus::New | ThemeStatus::Added) {
        WITHHELD.clone_into(&mut change.words);
    }
}

/// Hides the share of the year before.
pub(super) fn blank_previous(change: &mut Change) {
    change.previous_share = None;
    change.previous_interval = None;
    blank_difference(change);
    if change.status == ThemeStatus::Gone {
        change.words = format!("gone since {}", change.previous);
    }
}

/// Removes the traces that hidden counts leave in the order of things, in the quotes and on the map.
pub(super) fn cover_traces(question: &mut QuestionReport) {
    question.themes.sort_by_key(|theme| (theme.level, Reverse(theme.respondents), theme.id));
    for theme in &mut question.themes {
        theme.subthemes.sort_by_key(|sub| sub.respondents.is_none());
        for (column, table) in theme.groups.iter_mut().enumerate() {
            let hidden: Vec<String> =
                table.rows.iter().filter(|r| r.respondents.is_none()).map(|r| r.value.clone()).collect();
            for quote in &mut theme.quotes {
                let value = quote.groups.get(column).cloned().flatten();
                if let Some(value) = value.filter(|value| hidden.contains(value)) {
                    quote.groups[column] = None;
                    quote.attribution = quote.attribution.take().and_then(|text| without_part(&text, &value));
                }
            }
            table.rows.sort_by(|a, b| match (a.base, b.base) {
                (Some(_), Some(_)) => std::cmp::Ordering::Equal,
                (None, None) => a.value.cmp(&b.value),
                (a, b) => a.is_none().cmp(&b.is_none()),
            });
        }
    }
    let hidden: Vec<_> =
        question.themes.iter().filter(|theme| theme.respondents.is_none()).map(|theme| theme.id).collect();
    let unclear_hidden = question.no_clear_theme.is_none();
    question.map.retain(|point| point.theme.map_or(!unclear_hidden, |theme| !hidden.contains(&theme)));
    // In the order of the respondents it would be a list of them.
    question.map.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
}

/// The attribution without the parts that name `value`.
fn without_part(attribution: &str, value: &str) -> Option<String> {
    let kept: Vec<&str> = attribution.split(", ").filter(|part| !names(part, value)).collect();
    // A value may itself hold a comma; then nothing less than the whole is sure to leave it out.
    (!kept.is_empty() && !names(&kept.join(", "), value) && !value.contains(", ")).then(|| kept.join(", "))
}

/// Whether `value` stands in `text`, and not inside a word or number: a rating of 4 is not in 2024.
fn names(text: &str, value: &str) -> bool {
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(value).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + value.len()..]);
        !inside(before.chars().next_back()) && !inside(after.chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_that_names_the_value_is_left_out() {
        let without = |value| without_part("Patient, rated 4, Leeds, 2024", value);
        assert_eq!(without("4").as_deref(), Some("Patient, Leeds, 2024"));
        assert_eq!(without("Leeds").as_deref(), Some("Patient, rated 4, 2024"));
        assert_eq!(without("Lee").as_deref(), Some("Patient, rated 4, Leeds, 2024"));
        assert_eq!(without("Leeds, North"), None);
    }
}
