//! First names and surnames; `README.md` beside the lists gives their origin and licence.

use std::collections::HashSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

static FIRST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("first.txt").lines().collect());
static LAST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| include_str!("last.txt").lines().collect());

static LAST_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("last_words.txt").lines().collect());

static SURE: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| include_str!("first_sure.txt").lines().collect());

/// Whether `word`, lower case, is a first name that nobody means otherwise, in whatever letters.
pub(super) fn is_sure(word: &str) -> bool {
    SURE.contains(word)
}

/// Whether `word`, lower case, is a surname and an ordinary word: "green".
pub(super) fn is_word_surname(word: &str) -> bool {
    LAST_WORDS.contains(word)
}

/// Whether `word`, lower case, is a surname, whether or not it is an ordinary word too.
pub(super) fn is_surname(word: &str) -> bool {
    is_last(word) || is_word_surname(word)
}

/// Whether `word`, lower case, is a first name and no ordinary word.
pub(super) fn is_first(word: &str) -> bool {
    is_listed(&FIRST, word)
}

/// Whether `word`, lower case, stands in a list of names.
pub(super) fn is_name(word: &str) -> bool {
    is_first(word) || LAST.contains(word)
}

/// Whether `word`, lower case, is a surname and no ordinary word, or has the shape of one.
pub(super) fn is_last(word: &str) -> bool {
    is_listed(&LAST, word) || word.split('-').any(has_shape_of_surname)
}

/// "Siân" and "Seán" stand in the lists as "Sian" and "Sean" too. Names are also looked up by their parts: "Anne-Marie", "Okafor-Jones".
fn is_listed(list: &HashSet<&'static str>, word: &str) -> bool {
    list.contains(word)
        || !word.is_ascii() && list.contains(unaccented(word).as_str())
        || word.contains('-') && word.split('-').filter(|part| part.len() > 2).any(|part| list.contains(part))
}

fn unaccented(word: &str) -> String {
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}

/// "O'Brien", "d'Souza" and the like, and endings that no English word has.
fn has_shape_of_surname(word: &str) -> bool {
    const ENDINGS: &[&str] = &[
        "owski", "ewski", "owska", "ewska", "icz", "escu", "opoulos", "enko", "ovic", "ović", "idze", "yan",
        "oğlu", "nathan", "swamy",
    ];
    word.starts_with("o'") && word.len() > 4
        || word.starts_with("d'") && word.len() > 5
        || word.starts_with("mc") && word.len() > 4
        || word.len() > 6 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}
