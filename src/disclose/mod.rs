//! Small counts hidden, once, before any export.
//!
//! What is protected is every count of people in a [`Report`] and everything made from one: shares, intervals, tests, changes,
//! the order of themes and groups, the number of quotes, the map. The number of respondents and the base of a question are
//! always shown, under `nhs` rounded. Files with a row per person (`assignments.csv`, the coded answers) are for the team and are not covered.

mod attribution;
mod derive;
mod line;
mod nested;
mod network;
mod nhs;
mod records;
mod suppress;
mod weighted;
mod withhold;
#[cfg(test)]
mod tests;

pub use attribution::{Attributions, MIN_SAME_ATTRIBUTES};
pub use nested::{Nesting, Nestings, nestings};
pub use records::hidden_columns;
pub use weighted::round_weighted;

use crate::types::{Disclosure, Report};

/// Largest count that [`Disclosure::Suppress`] hides.
const SMALL: usize = 4;

/// A count of a run that stands beside its report, as `disclosure` allows it to be shown.
pub fn shown(count: usize, disclosure: Disclosure) -> Option<usize> {
    match disclosure {
        Disclosure::None => Some(count),
        Disclosure::Suppress => (!(1..=SMALL).contains(&count)).then_some(count),
        Disclosure::Nhs => nhs::publish(Some(count)),
    }
}

/// Hides small counts in `report` by its [`Report::disclosure`] rule.
///
/// * `suppress`: counts of 1 to 4 become `None`, and so does whatever would give them back: the other cell of a row whose
///   total is shown, a theme that the base leaves no choice about, a sum of hidden cells that is itself small. Tests and
///   changes are made anew from what is left. `nestings` are the group columns that give counts of each other.
/// * `nhs`: counts of 1 to 7 become `None`, the others are rounded to the nearest 5, shares and tests are made from those.
/// * `none`: nothing is changed.
pub fn protect(mut report: Report, nestings: &[Nesting]) -> Report {
    match report.disclosure {
        Disclosure::None => return report,
        Disclosure::Suppress => {
            for question in &mut report.questions {
                suppress::suppress_question(question, nestings);
                derive::remake_changes(question, |count| (1..=SMALL).contains(&count), |count| count);
            }
        }
        Disclosure::Nhs => {
            report.respondents = nhs::round(report.respondents);
            for question in &mut report.questions {
                nhs::round_question(question);
                derive::remake_changes(question, nhs::is_hidden, nhs::round);
            }
        }
    }
    derive::retest_groups(&mut report);
    for question in &mut report.questions {
        withhold::cover_traces(question);
    }
    report
}
