//! Names that are words, where what follows says that the word is meant.

use super::is_month;
use super::tokens::{Case, Gap, Word};
use super::words::{Role, is_among};

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

/// Whether word `i`, a name that is a thing as often, is said to be somebody or does what only people do: "Grace is my manager", "Joy told
/// me", "Mark was discharged", "Grace's husband", but not "Faith helped me", "Charity is our aim".
pub(super) fn is_said_of_a_person(words: &[Word], i: usize) -> bool {
    const DEEDS: &str =
        "told said says explained listened listens visited visits asked phoned rang called answered emailed";
    const HELP: &str = "helped helps supported supports understood understands";
    const HAPPENS: &str =
        "sectioned discharged diagnosed admitted hospitalised sacked pregnant bullied divorced";
    const OWNED: &str = "team supervision manager husband wife mum dad daughter son caseload patients clinic";
    /// Things that help and die too.
    const DOES_TOO: &str = "hope faith charity patience comfort peace mercy love chance autumn summer winter";
    let next = |n: usize| words.get(i + n).filter(|next| next.gap == Gap::Space && next.case == Case::Lower);
    let Some(verb) = next(1).map(|next| next.lower.as_str()) else { return false };
    let of_whom = next(2).map_or("", |next| next.lower.as_str());
    let is_whose = matches!(of_whom, "my" | "our" | "the" | "a" | "an" | "his" | "her");
    let is_somebody = matches!(verb, "is" | "was")
        && is_whose
        && (3..6).map_while(next).any(|next| next.role.is(Role::PERSON.or(Role::WEAK_TITLE)));
    let helps = is_among(HELP, verb) && matches!(of_whom, "me" | "us" | "my" | "our");
    let owns = words[i].possessive && is_among(OWNED, verb);
    let happened = matches!(verb, "is" | "was" | "got") && is_among(HAPPENS, of_whom);
    let does_too = is_among(DOES_TOO, &words[i].lower);
    is_somebody
        || is_among(DEEDS, verb)
        || happened
        || helps && !does_too
        || (owns || verb == "died") && !does_too && !is_month(&words[i])
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
