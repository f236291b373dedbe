//! Names that are words, where what follows says that the word is meant.

use super::tokens::{Gap, Word};
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
