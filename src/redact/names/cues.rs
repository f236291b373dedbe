//! What stands before a word and makes a name of it.

use super::lists;
use super::tokens::{Case, Gap, Word};
use super::words::{Role, is_among};

/// The strongest sign before a word that it is a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cue {
    /// "Dr".
    Title,
    /// "my manager", "thanks to", "called".
    Strong,
    /// A name and "and" or a comma.
    Listed,
    /// "with", "spoke to".
    Weak,
    None,
}

/// The cue before word `i`; `names` says what was decided about the words before it.
pub(super) fn cue(words: &[Word], names: &[bool], i: usize) -> Cue {
    let word = &words[i];
    let Some(before) = i.checked_sub(1).and_then(|b| words.get(b)) else { return Cue::None };
    let two_before = i.checked_sub(2).and_then(|b| words.get(b));
    let spaced = word.gap == Gap::Space;
    let is_doctor = before.lower == "doctor" && word.case == Case::Capital;
    if spaced && (before.role.is(Role::TITLE) || is_doctor) {
        return Cue::Title;
    }
    // "dr a khan"
    let titled = before.gap == Gap::Space && two_before.is_some_and(|two| two.role.is(Role::TITLE));
    if spaced && before.initial && titled && lists::is_last(&word.lower) {
        return Cue::Title;
    }
    let may_be_called = word.role == Role::default() || word.role.is(Role::GIVEN.or(Role::ALSO_GIVEN));
    if is_addressed(words, i) && (word.case != Case::Lower || may_be_called) {
        return Cue::Strong;
    }
    // "J. Smith", "my manager J. Smith"
    if spaced
        && before.initial
        && before.case != Case::Lower
        && word.case == Case::Capital
        && !word.role.is(Role::NO_NAME)
    {
        let lettered = two_before.is_some_and(|two| two.role.is(Role::LETTERED));
        let of_person = is_initial_of_person(words, i - 1);
        let pronoun = matches!(before.lower.as_str(), "i" | "a" | "&") && !word.after_dot && !of_person;
        let is_surname = lists::is_last(&word.lower) || of_person && lists::is_word_surname(&word.lower);
        if !lettered && !pronoun && (word.after_dot || is_surname) {
            return Cue::Title;
        }
    }
    if is_person(words, i) || names_someone(words, i) {
        return Cue::Strong;
    }
    let after_name = |at: usize| names.get(at).copied().unwrap_or_default();
    let after_and =
        spaced && before.role.is(Role::AND) && before.gap == Gap::Space && i >= 2 && after_name(i - 2);
    let after_comma = word.gap == Gap::Comma && after_name(i - 1);
    // "Priya, Tom, and Ade"
    let after_both =
        spaced && before.role.is(Role::AND) && before.gap == Gap::Comma && i >= 2 && after_name(i - 2);
    if after_and || after_comma || after_both {
        return Cue::Listed;
    }
    let weak = before.role.is(Role::WEAK_CUE) || is_spoken_to(words, i);
    if spaced && weak { Cue::Weak } else { Cue::None }
}

/// Whether who somebody is stands before the single letter `i`, which is no word then: "patient A Booth".
pub(super) fn is_initial_of_person(words: &[Word], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| words.get(b));
    words[i].gap == Gap::Space && before.is_some_and(|before| before.role.is(Role::PERSON))
}

/// "nurse Kelly", "doctor patel".
pub(super) fn is_addressed(words: &[Word], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| words.get(b));
    words[i].gap == Gap::Space && before.is_some_and(|before| before.role.is(Role::WEAK_TITLE))
}

/// "spoke to sarah", "asked priya": people are spoken to, whatever the letters they are written in.
pub(super) fn is_spoken_to(words: &[Word], i: usize) -> bool {
    let back = |n: usize| i.checked_sub(n).and_then(|b| words.get(b));
    let one = back(1).is_some_and(|word| {
        word.role.is(Role::PEOPLE_CUE)
            || word.role.is(Role::PERSON)
            || matches!(
                word.lower.as_str(),
                "asking" | "telling" | "tell" | "saw" | "especially" | "nominate"
            )
    });
    let done_by = back(1).is_some_and(|word| word.lower == "by")
        && back(2).is_some_and(|word| {
            matches!(
                word.lower.as_str(),
                "seen"
                    | "treated"
                    | "done"
                    | "after"
                    | "helped"
                    | "supported"
                    | "completed"
                    | "bullied"
                    | "told"
                    | "run"
            )
        });
    let to = back(1).is_some_and(|word| matches!(word.lower.as_str(), "to" | "with"));
    let speaks = |word: &Word| {
        matches!(
            word.lower.as_str(),
            "spoke" | "speak" | "speaking" | "spoken" | "talk" | "talked" | "talking" | "chat" | "chatted"
        )
    };
    words.get(i).is_some_and(|word| word.gap == Gap::Space)
        && (one || done_by || to && back(2).is_some_and(speaks))
}

/// "Tony at the front desk", "Dawn on nights": where somebody works.
pub(super) fn works_somewhere(words: &[Word], i: usize) -> bool {
    const WHERE: &str = "reception desk ward team transport pharmacy nights days clinic surgery bed admissions triage a&e maternity \
        outpatients theatre bookings switchboard finance payroll";
    const FROM: &str = "pcn council practice hub charity project centre agency hospital trust library school";
    let spaced = |n: usize| words.get(i + n).filter(|next| next.gap == Gap::Space);
    let next = |n: usize| spaced(n).filter(|next| next.case == Case::Lower);
    let leads = next(1).is_some_and(|next| matches!(next.lower.as_str(), "at" | "on" | "in" | "from"));
    let place = |word: &Word| is_among(WHERE, &word.lower);
    // "Grace from the council will tell you"
    let from = next(1).is_some_and(|next| next.lower == "from")
        && next(2).is_some_and(|next| next.lower == "the")
        && (3..6).map_while(spaced).any(|next| is_among(FROM, &next.lower));
    // "Mark from IT fixed it"
    let part =
        spaced(2).is_some_and(|next| next.case == Case::Upper && matches!(next.lower.as_str(), "it" | "hr"));
    let is_person = |word: &Word| word.role.is(Role::PERSON.or(Role::WEAK_TITLE));
    let who = next(1).is_some_and(|next| matches!(next.lower.as_str(), "the" | "my" | "our"))
        && spaced(2).is_some_and(is_person);
    let may_ask = matches!(words[i].lower.as_str(), "can" | "will" | "may" | "do" | "an" | "so");
    from || leads && (part || (2..5).map_while(next).any(place)) || who && !may_ask
}

/// Whether what stands before word `i` joins or compares things as often as people.
pub(super) fn is_loose(words: &[Word], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| words.get(b)).map_or("", |word| word.lower.as_str());
    matches!(
        before,
        "and"
            | "or"
            | "for"
            | "about"
            | "at"
            | "than"
            | "like"
            | "as"
            | "because"
            | "since"
            | "where"
            | "when"
            | "while"
            | "if"
            | "love"
            | "loved"
    )
}

/// "my manager Sarah", "our lovely receptionist, Sarah", "link worker Ade".
fn is_person(words: &[Word], i: usize) -> bool {
    let parted = matches!(words[i].gap, Gap::Space | Gap::Comma | Gap::Other);
    let Some(before) =
        words.get(i - 1).filter(|before| before.role.is(Role::PERSON) && parted && !before.possessive)
    else {
        return false;
    };
    let owner = i.checked_sub(2).and_then(|b| words.get(b)).filter(|_| before.gap == Gap::Space);
    owner.is_some_and(|owner| owner.role.is(Role::OWNER.or(Role::PERSON)) || owner.possessive)
}

/// "my manager bukola", "my boss bukola": one person, of whom nothing but the name follows.
pub(super) fn is_led(words: &[Word], i: usize) -> bool {
    let back = |n: usize| i.checked_sub(n).and_then(|b| words.get(b)).map_or("", |word| word.lower.as_str());
    let owned = matches!(back(2), "my" | "our" | "his" | "her" | "line" | "team" | "your" | "their");
    words[i].gap == Gap::Space
        && owned
        && matches!(back(1), "manager" | "boss" | "supervisor" | "mentor" | "lead")
}

/// "Kind regards⏎Zqdele": who wrote it.
pub(super) fn is_signed(words: &[Word], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| words.get(b));
    before.is_some_and(|before| matches!(before.lower.as_str(), "regards" | "sincerely" | "faithfully"))
}

/// "called Sarah", "my name is Sarah", "thanks to Sarah", "well done Sarah", "I'm Sarah".
fn names_someone(words: &[Word], i: usize) -> bool {
    let word = &words[i];
    let back = |n: usize| i.checked_sub(n).and_then(|b| words.get(b)).map_or("", |w| w.lower.as_str());
    let near = matches!(word.gap, Gap::Space | Gap::Comma | Gap::Other)
        || is_signed(words, i)
        || matches!(back(1), "thanks" | "name");
    if !near {
        return false;
    }
    let one = back(1);
    let thanked = |before: &str| {
        matches!(
            before,
            "thanks"
                | "thank"
                | "grateful"
                | "kudos"
                | "credit"
                | "praise"
                | "props"
                | "shout"
                | "shoutout"
                | "shout-out"
                | "out"
                | "mention"
        )
    };
    let is_known_capital =
        word.case == Case::Capital && word.role.is(Role::AMBIGUOUS.or(Role::GIVEN).or(Role::ALSO_GIVEN));
    words[i - 1].role.is(Role::NAMING)
        || one == "you" && back(2) == "thank"
        || one == "done" && back(2) == "well"
        || matches!(one, "to" | "for")
            && (thanked(back(2)) || back(2) == "you" && back(3) == "thank" || thanked(back(3)))
        || matches!(one, "is" | "was") && matches!(back(2), "name" | "names")
        || matches!(one, "is" | "was")
            && is_known_capital
            && words.get(i.wrapping_sub(2)).is_some_and(|two| two.role.is(Role::PERSON))
        || one == "much" && back(2) == "so" && back(3) == "you" && is_known_capital
        || matches!(one, "i'm" | "im") && word.case == Case::Capital
        || one == "am" && back(2) == "i" && word.case == Case::Capital
        || one == "from" && matches!(back(2), "love" | "regards")
}
