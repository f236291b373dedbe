//! Names that are words, where what follows says that the word is meant.

use super::tokens::{Case, Gap, Word};
use super::words::Role;

/// Whether word `i` is a thing, a place or a deed by what is said of it: "Hope is what people need", "Jordan is a country", "Drew up a
/// plan".
pub(super) fn is_said_of_a_thing(words: &[Word], i: usize) -> bool {
    let next =
        |n: usize| words.get(i + n).filter(|next| next.gap == Gap::Space).map(|next| next.lower.as_str());
    let (one, two, three) = (next(1), next(2), next(3));
    let is = matches!(one, Some("is" | "was"));
    let is_needed =
        matches!(two, Some("what" | "needed" | "essential" | "important" | "vital" | "key" | "everything"));
    let is_somewhere = matches!(two, Some("a" | "an" | "the"))
        && matches!(three, Some("country" | "city" | "town" | "place" | "county" | "state" | "region"));
    let is_drawn = words[i].lower == "drew" && matches!(one, Some("up" | "out" | "a" | "attention"));
    words[i].role.is(Role::THING) && is && is_needed || is && is_somewhere || is_drawn
}

/// Whether word `i` is "My" before what is owned, or a registration: "and My number", "Reg AB12 CDE".
pub(super) fn is_no_person(words: &[Word], i: usize) -> bool {
    let next = words.get(i + 1);
    let is_owned = || next.is_some_and(|next| next.gap == Gap::Space && next.case == Case::Lower);
    let has_number = || {
        next.is_some_and(|next| {
            let is_plate = next.lower.contains(|c: char| c.is_ascii_digit());
            is_plate || matches!(next.lower.as_str(), "no" | "number" | "plate" | "plates")
        })
    };
    let after_car = || {
        let before = i.checked_sub(1).and_then(|before| words.get(before));
        before.is_some_and(|before| matches!(before.lower.as_str(), "car" | "vehicle" | "van" | "number"))
    };
    match words[i].lower.as_str() {
        "my" => is_owned(),
        "reg" => words[i].before_mark || has_number() || after_car(),
        _ => false,
    }
}
