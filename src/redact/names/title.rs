//! Names after "Dr" and "Mrs", in whatever letters.

use super::Likeness;
use super::lists;
use super::shape::has_shape_of_name;
use super::tokens::{Case, Gap, Word};
use super::words::{Role, is_among};

/// What a doctor does and has: "the dr read my notes", "dr appointments".
const NOT_AFTER: &str = "appointment appointments surgery surgeries receptionist receptionists visit visits letter letters note notes \
    call calls ring rings rang read reads page post book booker case cases sample means deal long short early day may will can so hand head love \
    rush rushing hope mark grant do an min son man ban max chase drew lance rob sue ask check checks checked referral referrals \
    prescription prescriptions bike calls line lines rota rounds round";

/// What has a capital after a title and is no name all the same: what belongs to doctors, the beginning of a sentence, a film, products
/// of Ms.
const NEVER_AFTER: &str = "appointment appointments surgery surgeries receptionist receptionists letter letters notes visits calls referral \
    referrals prescription prescriptions practice patient patients who which what where when why how i i'm i've i'd i'll the a and but or if is \
    are was were be has had have did does not no yes it they we you he she this that these those there then my our your his her their to of \
    in on at by for from with as because while also just very really should would could teams word excel office outlook access project forms \
    out having being working seeing helping meeting";

/// Whether word `i`, which stands after a title, is a name.
pub(super) fn is_titled(words: &[Word], i: usize, like: Likeness, shouted: bool) -> bool {
    let word = &words[i];
    let Some(at) = title_before(words, i) else { return false };
    if word.initial {
        return false;
    }
    // "Dr Ng", "Dr Day", "Mrs English": after a title hardly anything with a capital is no name.
    if word.case != Case::Lower && !shouted && is_plain_title(&words[at]) {
        let never = is_among(NEVER_AFTER, &word.lower) || word.role.is(Role::TITLE);
        // "Dr NGUYEN", but not "Dr GP"
        let abbreviation = word.case == Case::Upper && word.role.is(Role::NO_NAME);
        return !never && !abbreviation;
    }
    let is_surname = lists::is_word_surname(&word.lower);
    let is_denied = word.role.is(Role::NO_NAME.or(Role::TITLE)) && !is_surname
        || is_among(NOT_AFTER, &word.lower)
        || word.role.is(Role::PERSON_VERB);
    if is_denied {
        return false;
    }
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
            let is_bare = matches!(words[at].gap, Gap::Start | Gap::Comma)
                || at.checked_sub(1).is_none_or(|before| !words[before].role.is(Role::OWNER));
            let acts = words.get(i + 1).is_some_and(|next| next.role.is(Role::PERSON_VERB));
            let is_shaped = word.role == Role::default() && has_shape_of_name(&word.lower);
            is_known && (is_bare || acts) || is_bare && (is_new && acts || is_shaped) && !shouted
        }
    }
}

/// Whether word `i` has a capital and is no name although it stands after a title: "Dr Surgery", "MR Imaging".
pub(super) fn is_no_name(words: &[Word], i: usize, like: Likeness, shouted: bool) -> bool {
    let word = &words[i];
    let Some(at) = title_before(words, i).filter(|_| word.case != Case::Lower && !shouted) else {
        return false;
    };
    let is_known = matches!(like, Likeness::First | Likeness::Last) || lists::is_word_surname(&word.lower);
    is_among(NEVER_AFTER, &word.lower)
        || words[at].role.is(Role::TITLE) && !is_plain_title(&words[at]) && !is_known
}

/// A title that means nothing else: "MS" is an illness and "MR" a picture, "doctor" a job.
fn is_plain_title(title: &Word) -> bool {
    title.role.is(Role::TITLE)
        && !(title.case == Case::Upper && matches!(title.lower.as_str(), "ms" | "mr" | "mx"))
}

/// The name before word `i` goes on with it, since a title or "my manager" stands before that: "Dr Grace Hall", "dr mohammed ali",
/// "Dr NGUYEN THI HOA".
pub(super) fn goes_on_after_title(words: &[Word], likeness: &[Likeness], i: usize, shouted: bool) -> bool {
    let (word, before) = (&words[i], &words[i - 1]);
    if shouted || word.initial || is_among(NEVER_AFTER, &word.lower) {
        return false;
    }
    let begins = matches!(likeness[i - 1], Likeness::First | Likeness::Ambiguous | Likeness::Unknown);
    match word.case {
        Case::Capital if word.new_line => !word.lower.is_ascii() && word.role == Role::default(),
        Case::Capital => begins && lists::is_word_surname(&word.lower),
        Case::Upper => before.case == Case::Upper && word.role == Role::default(),
        Case::Lower => {
            // "dr grace hall is great"
            let acts = words.get(i + 1).is_some_and(|next| next.role.is(Role::PERSON_VERB));
            let is_word =
                begins && acts && lists::is_word_surname(&word.lower) && !is_among(NOT_AFTER, &word.lower);
            let is_unsure = likeness[i] == Likeness::Ambiguous && !is_among(NOT_AFTER, &word.lower);
            before.case == Case::Lower
                && (is_word
                    || is_unsure && lists::is_name(&word.lower)
                    || word.role == Role::default() && has_shape_of_name(&word.lower))
        }
    }
}

/// The title before word `i`: next to it, or before an initial.
fn title_before(words: &[Word], i: usize) -> Option<usize> {
    let before = i.checked_sub(1)?;
    let at = if words[before].initial { before.checked_sub(1)? } else { before };
    (words[at].role.is(Role::TITLE) || words[at].lower == "doctor").then_some(at)
}
