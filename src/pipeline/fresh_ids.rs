//! Ids of themes and parts that have none yet. None puts hidden counts in order.

use crate::disclose::shown;
use crate::types::{Disclosure, ThemeId};
use std::cmp::Reverse;

/// Sorts what gets ids by falling number of respondents, and of one number by first text. The number is taken as the stricter rule of
/// [`Disclosure`] shows it, whatever the run's is, so that runs under other rules have the same ids.
pub(super) fn by_shown_number(respondents: usize, first_text: Option<usize>) -> impl Ord {
    (Reverse(shown(respondents, Disclosure::Nhs)), first_text)
}

/// Gives the ids, ascending, to what they are for in the order of `first`.
pub(super) fn in_order_of_first(ids: &mut [ThemeId], first: impl Fn(&usize) -> Option<usize>) {
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by_key(first);
    let ascending = ids.to_vec();
    for (at, id) in order.into_iter().zip(ascending) {
        ids[at] = id;
    }
}

/// The next free id.
pub(super) fn fresh_id(next_id: &mut u32) -> ThemeId {
    let id = ThemeId::new(*next_id).unwrap_or(ThemeId::FIRST);
    *next_id += 1;
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_what_stands_first_and_not_what_is_largest() {
        let mut next = 7;
        let mut ids: Vec<ThemeId> = (0..3).map(|_| fresh_id(&mut next)).collect();
        in_order_of_first(&mut ids, |part| [Some(40), Some(2), Some(9)].get(*part).copied().flatten());
        assert_eq!(ids.iter().map(ThemeId::to_string).collect::<Vec<_>>(), ["T09", "T07", "T08"]);
        assert_eq!(next, 10);
    }
}
