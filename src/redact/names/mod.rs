//! Names of people: by titles ("Dr Patel"), by who they are to the writer ("my manager Sarah"), by what is said to them
//! ("thanks to Priya and Tom"), and by lists of names. Words that are names only sometimes are decided by their context.

mod behind;
mod cues;
mod lists;
mod shape;
#[cfg(test)]
mod tests;
mod things;
mod title;
mod tokens;
mod words;

use super::find::Found;
use crate::types::MaskKind;
use cues::Cue;
use tokens::{Case, Gap, Word};
use words::Role;

pub(super) use words::ORGANISATIONS;

/// Adds the names of `text` to `found`.
pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let words = tokens::words_of(text);
    let names = mark_names(&words, is_shouted(text));
    let mut i = 0;
    while i < words.len() {
        if names[i] {
            let mut last = i;
            while words
                .get(last + 1)
                .is_some_and(|next| names[last + 1] && next.gap == Gap::Space && !words[last].possessive)
            {
                last += 1;
            }
            found.push(Found { start: words[i].start, end: words[last].end, kind: MaskKind::Name });
            i = last;
        }
        i += 1;
    }
}

/// Whether `text` is a first name or an initial and a surname, in either order, and nothing else: "Sarah Thompson", "THOMPSON, S.".
pub(super) fn is_full_name(text: &str) -> bool {
    let words = tokens::words_of(text);
    let is_bare = text
        .chars()
        .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '\'' | '’' | '-' | ',' | '.'));
    let [first, .., last] = words.as_slice() else { return false };
    let is_first = |word: &Word| {
        lists::is_first(&word.lower)
            || word.role.is(Role::AMBIGUOUS.or(Role::GIVEN))
            || word.lower.chars().count() == 1
    };
    let is_one = |one: &Word, other: &Word| is_first(one) && lists::is_surname(&other.lower);
    is_bare && words.len() <= 4 && (is_one(first, last) || is_one(last, first))
}

/// Whether `text` is an initial and a surname in one, in either order, as accounts are called: "sthompson", "thompsons".
pub(super) fn is_initial_and_surname(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_last = |name: Option<&str>| name.is_some_and(|name| name.len() > 4 && lists::is_last(name));
    text.bytes().all(|byte| byte.is_ascii_lowercase())
        && (is_last(text.get(1..)) || is_last(text.get(..text.len().saturating_sub(1))))
}

/// Whether `text` is one word and a first name.
pub(super) fn is_first_name(text: &str) -> bool {
    matches!(tokens::words_of(text).as_slice(), [word] if lists::is_first(&word.lower) || word.role.is(Role::GIVEN.or(Role::ALSO_GIVEN)))
}

/// Whether `text` is a title and nothing else: "Dr", "Mrs.".
pub(super) fn is_title(text: &str) -> bool {
    matches!(tokens::words_of(text).as_slice(), [word] if word.role.is(Role::TITLE))
}

/// Whether capitals tell nothing, since nearly all letters are.
fn is_shouted(text: &str) -> bool {
    let (mut upper, mut lower) = (0_usize, 0_usize);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        if c.is_uppercase() { upper += 1 } else { lower += 1 }
    }
    upper > 8 && upper > lower * 2
}

/// How much a word looks like a name by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    None,
    /// A capital and no known word.
    Unknown,
    /// A name and a word.
    Ambiguous,
    Last,
    First,
}

/// Which words are part of a name.
fn mark_names(words: &[Word], shouted: bool) -> Vec<bool> {
    let likeness = words.iter().map(|word| likeness(word, shouted)).collect::<Vec<_>>();
    let mut names = vec![false; words.len()];
    for i in 0..words.len() {
        let cue = cues::cue(words, &names, i);
        let may_be_told = likeness[i] == Likeness::Unknown
            || likeness[i] == Likeness::Ambiguous && words[i].case == Case::Capital;
        let is_told = may_be_told && behind::is_told_behind(words, i);
        let is_person = is_told || is_name(words, &likeness, &names, i, cue, shouted);
        let is_thing = cue != Cue::Title && things::is_no_person(words, i);
        names[i] = is_person && !is_thing && !is_place(words, i, cue);
        if names[i] {
            mark_initials(words, &mut names, i);
        }
    }
    mark_partners(words, &likeness, &mut names);
    names
}

fn likeness(word: &Word, shouted: bool) -> Likeness {
    // "PIP", "MAX": short and all capitals among other words is an abbreviation.
    let abbreviation = word.case == Case::Upper && !shouted && word.lower.chars().count() < 5;
    if word.lower.is_empty() || word.initial || abbreviation {
        Likeness::None
    } else if word.role.is(Role::AMBIGUOUS) {
        Likeness::Ambiguous
    } else if word.role.is(Role::NO_NAME.or(Role::TITLE)) {
        Likeness::None
    } else if lists::is_first(&word.lower) {
        Likeness::First
    } else if lists::is_last(&word.lower) {
        Likeness::Last
    } else if !shouted
        && word.case == Case::Capital
        && word.lower.chars().count() > 2
        && word.role == Role::default()
    {
        Likeness::Unknown
    } else {
        Likeness::None
    }
}

/// Whether word `i` is part of a name, given what was decided before it.
fn is_name(words: &[Word], likeness: &[Likeness], names: &[bool], i: usize, cue: Cue, shouted: bool) -> bool {
    let word = &words[i];
    let like = likeness[i];
    if is_particle(words, likeness, names, i, cue) {
        return true;
    }
    if cue == Cue::Title && title::is_no_name(words, i, like, shouted) {
        return false;
    }
    if cue == Cue::Title && title::is_titled(words, i, like, shouted) {
        return true;
    }
    let is_called = matches!(cue, Cue::Title | Cue::Strong);
    if like == Likeness::Ambiguous && !is_called && things::is_said_of_a_thing(words, i) {
        return false;
    }
    // "Sally at reception": with a capital no word.
    if word.role.is(Role::GIVEN) && word.case == Case::Capital && !shouted {
        return true;
    }
    if like == Likeness::Ambiguous
        && word.case == Case::Capital
        && !shouted
        && cues::works_somewhere(words, i)
    {
        return true;
    }
    if goes_on_after_cue(words, likeness, names, i, shouted) {
        return true;
    }
    // "my boss bukola", "MY BOSS BUKOLA": no list has all names of the world.
    let is_shaped =
        word.case == if shouted { Case::Upper } else { Case::Lower } && word.role == Role::default();
    if is_shaped && cue == Cue::Strong && cues::is_led(words, i) && shape::has_shape_of_name(&word.lower) {
        return true;
    }
    let goes_on = follows_name(words, names, i);
    // "Emma Hill", "Sarah WHITE"
    let is_surname = word.case != Case::Lower && lists::is_word_surname(&word.lower);
    if goes_on && is_surname && likeness[i - 1] == Likeness::First {
        return true;
    }
    if like == Likeness::None {
        return false;
    }
    if word.case == Case::Lower || shouted {
        let is_first = like == Likeness::First || word.role.is(Role::GIVEN.or(Role::ALSO_GIVEN));
        return match cue {
            Cue::Title => like == Likeness::Ambiguous && shouted,
            // "Matron rounds": surnames that are words are mostly plurals.
            Cue::Strong if cues::is_addressed(words, i) => {
                is_first || like == Likeness::Last && !word.lower.ends_with('s')
            }
            Cue::Strong | Cue::Listed => is_first,
            Cue::Weak if cues::is_spoken_to(words, i) => is_first,
            _ if goes_on && (like == Likeness::Last || like == Likeness::First) => true,
            _ => {
                like == Likeness::First && lists::is_sure(&word.lower)
                    || shouted && like == Likeness::First && word.lower.len() > 3
            }
        };
    }
    let next = words.get(i + 1).filter(|next| next.gap == Gap::Space);
    let next_like = next.map_or(Likeness::None, |_| likeness[i + 1]);
    let next_capital = next.is_some_and(|next| next.case == Case::Capital);
    let inside = word.gap != Gap::Start;
    let before_verb = next.is_some_and(|next| next.role.is(Role::PERSON_VERB) && next.case == Case::Lower);
    match like {
        Likeness::First => true,
        // "my mentor Xanthe", but not "my mentor⏎Using Zoom all day".
        Likeness::Unknown if word.new_line && cue != Cue::Title && !cues::is_signed(words, i) => false,
        _ if matches!(cue, Cue::Title | Cue::Strong) || goes_on => true,
        Likeness::Ambiguous => {
            // "Jack Russell", but not "Will Sarah come?"
            let before_surname = next_capital
                && (next_like == Likeness::Last
                    || inside && matches!(next_like, Likeness::Unknown | Likeness::First)
                    || next_like == Likeness::First
                        && !word.role.is(Role::THING.or(Role::NO_NAME))
                        && !is_month(word));
            // "and Charity shops", "for Peace"
            let thing_among_things = word.role.is(Role::THING) && cues::is_loose(words, i);
            let acts = before_verb || word.possessive;
            before_surname
                || acts && !word.role.is(Role::THING)
                || acts && inside && !is_month(word)
                || things::is_said_of_a_person(words, i)
                || is_with_the_writer(words, i)
                || cue == Cue::Listed
                || cue == Cue::Weak && !is_month(word) && !thing_among_things
        }
        Likeness::Last => {
            let after_capital = i > 0
                && word.gap == Gap::Space
                && words[i - 1].case == Case::Capital
                && likeness[i - 1] >= Likeness::Unknown;
            after_capital
                || cue == Cue::Listed
                || inside && (before_verb || word.possessive || cue == Cue::Weak)
        }
        _ => {
            let people = |word: &Word| word.role.is(Role::PEOPLE_CUE) && word.case == Case::Lower;
            let said_of_people = i.checked_sub(1).and_then(|b| words.get(b)).is_some_and(people)
                || next.is_some_and(|next| matches!(next.lower.as_str(), "who" | "left" | "said"));
            cue == Cue::Listed || next_capital && next_like == Likeness::Last || inside && said_of_people
        }
    }
}

/// "Mark and I"
fn is_with_the_writer(words: &[Word], i: usize) -> bool {
    let next = |n: usize| words.get(i + n).filter(|next| next.gap == Gap::Space);
    next(1).is_some_and(|and| and.role.is(Role::AND)) && next(2).is_some_and(|i| i.lower == "i" && i.initial)
}

/// No name has more words, and none is looked for further back than that.
const MOST_WORDS: usize = 4;

/// Whether word `i` stands directly behind a name that it may go on with.
fn follows_name(words: &[Word], names: &[bool], i: usize) -> bool {
    i > 0 && names[i - 1] && words[i].gap == Gap::Space && !words[i - 1].possessive
}

/// Whether the name before word `i` began after a title or "my manager" and goes on with it.
fn goes_on_after_cue(words: &[Word], likeness: &[Likeness], names: &[bool], i: usize, shouted: bool) -> bool {
    if !follows_name(words, names, i) || !title::goes_on_after_title(words, likeness, i, shouted) {
        return false;
    }
    let mut first = i - 1;
    while first > 0 && names[first - 1] && words[first].gap == Gap::Space && i - first < MOST_WORDS {
        first -= 1;
    }
    matches!(cues::cue(words, names, first), Cue::Title | Cue::Strong)
}

fn is_month(word: &Word) -> bool {
    matches!(word.lower.as_str(), "may" | "april" | "june" | "august" | "summer" | "autumn" | "winter")
}

/// "van" and "der" between a name or title and its rest.
fn is_particle(words: &[Word], likeness: &[Likeness], names: &[bool], i: usize, cue: Cue) -> bool {
    let after_name = cue == Cue::Title || i > 0 && names[i - 1] && words[i].gap == Gap::Space;
    let before_name = words.get(i + 1).is_some_and(|next| {
        next.gap == Gap::Space
            && (next.case == Case::Capital && likeness[i + 1] != Likeness::None
                || next.role.is(Role::PARTICLE))
    });
    let middle_initial =
        words[i].initial && words[i].case != Case::Lower && words[i].lower != "i" && words[i].lower != "&";
    after_name
        && (words[i].role.is(Role::PARTICLE) && before_name
            || middle_initial && likeness.get(i + 1).is_some_and(|l| *l != Likeness::None))
}

/// "Victoria Hospital", "St Mary's", "Charlotte Ward".
fn is_place(words: &[Word], i: usize, cue: Cue) -> bool {
    if matches!(cue, Cue::Title | Cue::Strong) {
        return false;
    }
    let saint = i > 0
        && words[i - 1].role.is(Role::SAINT)
        && words[i].gap == Gap::Space
        && words[i].case != Case::Lower;
    let mut rest = words
        .iter()
        .skip(i + 1)
        .take(2)
        .take_while(|next| next.gap == Gap::Space && next.case != Case::Lower);
    saint || rest.any(|next| next.role.is(Role::PLACE_END)) && !has_surname_of_place(words, i)
}

/// Whether word `i` is a first name before a surname that ends places too: "Emma Hill chairs it", but not "Victoria Park", "at Emma House" or
/// "Emma Park surgery".
fn has_surname_of_place(words: &[Word], i: usize) -> bool {
    const GIVEN_TO_PLACES: &str = "victoria charlotte george elizabeth alexandra albert edward william james john mary henry margaret alfred \
        arthur charles catherine caroline adelaide augusta frederick philip anne diana florence nightingale edith mabel edna thomas";
    const BEFORE_PLACES: &str = "at in near on of off the from behind opposite past by";
    let next = |n: usize| words.get(i + n).filter(|next| next.gap == Gap::Space);
    // Those that end places more often than they are surnames.
    let is_place = |word: &str| matches!(word, "house" | "street" | "church" | "lodge" | "manor");
    let is_surname =
        next(1).is_some_and(|next| lists::is_word_surname(&next.lower) && !is_place(&next.lower));
    let goes_on = next(2).is_some_and(|next| {
        next.role.is(Role::PLACE_END) || matches!(next.lower.as_str(), "care" | "nursing" | "primary" | "gp")
    });
    let before = i.checked_sub(1).and_then(|b| words.get(b)).filter(|_| words[i].gap == Gap::Space);
    let is_there = before.is_some_and(|before| {
        words::is_among(BEFORE_PLACES, &before.lower)
            || before.lower == "to"
                && !cues::is_spoken_to(words, i)
                && i.checked_sub(2).is_none_or(|b| words[b].lower != "according")
    });
    lists::is_first(&words[i].lower)
        && !words::is_among(GIVEN_TO_PLACES, &words[i].lower)
        && is_surname
        && !goes_on
        && !is_there
}

/// "J. Smith": initials before a name that was found.
fn mark_initials(words: &[Word], names: &mut [bool], i: usize) {
    let mut at = i;
    while at > 0 && words[at].gap == Gap::Space && words[at - 1].initial && words[at - 1].case != Case::Lower
    {
        let dotted = words[at].after_dot;
        let is_word = !dotted && !cues::is_initial_of_person(words, at - 1);
        let pronoun =
            words[at - 1].lower == "&" || is_word && matches!(words[at - 1].lower.as_str(), "i" | "a");
        if pronoun {
            return;
        }
        at -= 1;
        names[at] = true;
    }
}

/// "Will and Priya", "BEGUM, Rukhsana": who stands beside a name is a person too.
fn mark_partners(words: &[Word], likeness: &[Likeness], names: &mut [bool]) {
    for i in (0..words.len().saturating_sub(1)).rev() {
        let spaced = |n: usize| words.get(i + n).filter(|word| word.gap == Gap::Space);
        let joined = spaced(1).is_some_and(|and| and.role.is(Role::AND)) && spaced(2).is_some();
        let listed = words[i + 1].gap == Gap::Comma && names[i + 1];
        let partner = joined && names[i + 2] || listed;
        let plausible =
            matches!(likeness[i], Likeness::Ambiguous | Likeness::Last) && words[i].case == Case::Capital;
        // As directories write it: a surname in capitals is no abbreviation there.
        let is_sent = words[i].gap == Gap::Other || i > 0 && words[i - 1].lower == "from";
        let is_entry = words[i].case == Case::Upper || words[i].case == Case::Capital && is_sent;
        let is_filed =
            listed && lists::is_surname(&words[i].lower) && is_entry && words[i + 1].case == Case::Capital;
        if partner && (plausible || is_filed) && !is_month(&words[i]) && !things::is_no_person(words, i) {
            names[i] = true;
        }
    }
}
