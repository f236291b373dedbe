//! The rule of NHS England's Hospital Episode Statistics: 1 to 7 hidden, everything else to the nearest 5, and percentages
//! made from the rounded figures.

use super::withhold::{blank_row, blank_theme};
use crate::maths::Proportion;
use crate::types::{QuestionReport, Theme};

/// Largest count that is hidden.
const HIDDEN_UP_TO: usize = 7;

/// Rounding can be off by this much either way.
const SLACK: usize = 2;

/// Whether a count is hidden.
pub(super) fn is_hidden(count: usize) -> bool {
    (1..=HIDDEN_UP_TO).contains(&count)
}

/// The nearest multiple of 5.
pub(super) fn round(count: usize) -> usize {
    (count + SLACK) / 5 * 5
}

/// A count as it is published.
pub(super) fn publish(count: Option<usize>) -> Option<usize> {
    count.filter(|count| !is_hidden(*count)).map(round)
}

/// Hides and rounds the counts of a question.
pub(super) fn round_question(question: &mut QuestionReport) {
    let base = round(question.base);
    let weighted = question.effective_base.is_some();
    question.base = base;
    question.segments = round(question.segments);
    question.blank = publish(question.blank);
    question.non_answers = publish(question.non_answers);
    question.no_clear_theme = publish(question.no_clear_theme);
    question.coverage = question
        .no_clear_theme
        .filter(|_| base > 0)
        .map(|unclear| base.saturating_sub(unclear) as f64 / base as f64);
    // The map shows every segment, so it would count what is rounded.
    question.map.clear();
    for theme in &mut question.themes {
        if theme.respondents.is_none_or(is_hidden)
            || theme.groups.iter().any(|table| given_back(theme, table))
        {
            blank_theme(theme);
            for row in theme.groups.iter_mut().flat_map(|table| &mut table.rows) {
                row.base = publish(row.base);
            }
        } else {
            round_theme(theme, base, weighted);
        }
    }
}

/// Whether the hidden counts of a table can only all be 1 or all be 7, the rounding of the others allowed for.
fn given_back(theme: &Theme, table: &crate::types::GroupTable) -> bool {
    let (hidden, shown): (Vec<usize>, Vec<usize>) =
        table.rows.iter().filter_map(|row| row.respondents).partition(|count| is_hidden(*count));
    let Some(total) = theme.respondents.map(round) else { return false };
    let shown: Vec<usize> = shown.into_iter().map(round).filter(|count| *count > 0).collect();
    let sum: usize = shown.iter().sum();
    let least = total.saturating_sub(SLACK + sum + SLACK * shown.len());
    let most = (total + SLACK + SLACK * shown.len()).saturating_sub(sum);
    !hidden.is_empty() && (least >= HIDDEN_UP_TO * hidden.len() || most <= hidden.len())
}

fn round_theme(theme: &mut Theme, base: usize, weighted: bool) {
    theme.respondents = publish(theme.respondents);
    theme.mentions = publish(theme.mentions);
    let share = share_of(theme.respondents, theme.share.filter(|_| weighted), base);
    theme.share = share.map(Proportion::share);
    theme.interval = share.map(Proportion::interval);
    for row in theme.groups.iter_mut().flat_map(|table| &mut table.rows) {
        row.base = publish(row.base);
        row.respondents = publish(row.respondents);
        if row.base.is_none() {
            row.respondents = None;
        }
        match row.base.and_then(|base| share_of(row.respondents, row.share.filter(|_| weighted), base)) {
            Some(share) => {
                row.share = Some(share.share());
                row.interval = Some(share.interval());
            }
            None => blank_row_share(row),
        }
    }
    for sub in &mut theme.subthemes {
        sub.respondents = publish(sub.respondents);
        sub.share = share_of(sub.respondents, None, base).map(Proportion::share);
    }
}

fn blank_row_share(row: &mut crate::types::GroupRow) {
    let respondents = row.respondents;
    blank_row(row);
    row.respondents = respondents;
}

/// The share made from rounded figures; a weighted share is taken as so many respondents, and those are rounded.
fn share_of(respondents: Option<usize>, weighted: Option<f64>, base: usize) -> Option<Proportion> {
    let count = match weighted {
        Some(share) => respondents.map(|_| round((share * base as f64).round() as usize)),
        None => respondents,
    };
    Proportion::of(count?.min(base), base)
}
