//! Names after "Dr" and "Mrs", in whatever letters.

use super::Likeness;
use super::lists;
use super::tokens::{Case, Gap, Word};
use super::words::Role;

/// What a doctor does and has: "the dr read my notes", "dr appointments".
const NOT_AFTER: &str = "appointment appointments surgery surgeries receptionist receptionists visit visits letter letters note notes \
    call calls ring rings rang read reads page post book booker case cases sample means deal long short early day may will can so hand head love \
    rush rushing hope mark grant do an min son man ban max chase drew lance rob sue ask check checks checked referral referrals \
    prescription prescriptions bike calls line lines rota rounds round";

/// Whether word `i`, which stands after a title, is a name.
pub(super) fn is_titled(words: &[Word], i: usize, like: Likeness, shouted: bool) -> bool {
    let word = &words[i];
    let Some(at) = title_before(words, i) else { return false };
    let is_surname = lists::is_word_surname(&word.lower);
    let is_denied = word.role.is(Role::NO_NAME.or(Role::TITLE)) && !is_surname
        || NOT_AFTER.split_whitespace().any(|listed| listed == word.lower)
        || word.role.is(Role::PERSON_VERB);
    if word.initial || is_denied {
        return false;
    }
    // "Dr Ng", "Dr Green": after a title hardly anything is no name.
    if word.case == Case::Capital && !shouted {
        return true;
    }
    let owned =
        || word.lower.strip_suffix('s').is_some_and(|name| lists::is_first(name) || lists::is_last(name));
    if matches!(like, Likeness::First | Likeness::Last) || owned() {
        return true;
    }
    let is_known = is_surname || like == Likeness::Ambiguous;
    let is_new = word.role == Role::default() && word.lower.chars().count() > 3;
    match words[at].lower.as_str() {
        "mr" | "mrs" => is_known || is_new && !shouted,
        // "i miss wood", "ms nurse"
        "miss" | "ms" | "mx" => is_known && shouted,
        _ => {
            // "my dr green lit it", but "i saw dr green" and "my dr green was late"
            let is_bare = words[at].gap == Gap::Start
                || at.checked_sub(1).is_none_or(|before| !words[before].role.is(Role::OWNER));
            let acts = words.get(i + 1).is_some_and(|next| next.role.is(Role::PERSON_VERB));
            is_known && (is_bare || acts) || is_new && is_bare && acts && !shouted
        }
    }
}

/// The title before word `i`: next to it, or before an initial.
fn title_before(words: &[Word], i: usize) -> Option<usize> {
    let before = i.checked_sub(1)?;
    let at = if words[before].initial { before.checked_sub(1)? } else { before };
    (words[at].role.is(Role::TITLE) || words[at].lower == "doctor").then_some(at)
}
