//! Words of the folded text with their case and what parts them.

use super::words::{self, Role};
use crate::redact::fold::MARK;

/// How a word is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    /// First letter a capital, others not all.
    Capital,
    Upper,
}

/// What stands between a word and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// White space, or the dot of an initial or title and white space.
    Space,
    Comma,
    /// The end of a sentence, a line, the beginning of the text.
    Start,
    /// The mark of an earlier masking: what stood there tells nothing now.
    Mark,
    Other,
}

/// A word.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools, reason = "each says one thing about how a word is written")]
pub(super) struct Word {
    pub(super) start: usize,
    /// Without a possessive 's.
    pub(super) end: usize,
    pub(super) lower: String,
    pub(super) case: Case,
    pub(super) gap: Gap,
    pub(super) role: Role,
    pub(super) possessive: bool,
    /// On another line than the word before.
    pub(super) new_line: bool,
    /// After a dot that did not end a sentence: "A. Smith".
    pub(super) after_dot: bool,
    /// Next to the mark of an earlier masking.
    pub(super) before_mark: bool,
    /// A single letter.
    pub(super) initial: bool,
}

/// The words of `text`.
pub(super) fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut last_end = 0;
    while let Some((start, c)) = chars.next() {
        if !c.is_alphabetic() && c != '&' {
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars.peek() {
            let inner = matches!(next, '\'' | '-')
                && text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
            if !(next.is_alphanumeric() || is_mark_on_letter(next) || inner) {
                break;
            }
            end = at + next.len_utf8();
            chars.next();
        }
        let name = text.get(start..end).and_then(glued_title).map(|title| start + title);
        for (start, end) in [(start, name.unwrap_or(end)), (name.unwrap_or(end), end)] {
            if start < end {
                let word = word_after(text, start, end, last_end, words.last());
                words.push(word);
                last_end = end;
            }
        }
    }
    words
}

fn word_after(text: &str, start: usize, end: usize, last_end: usize, before: Option<&Word>) -> Word {
    let gap = gap(text, last_end, start, before);
    let between = text.get(last_end..start).unwrap_or_default();
    let mut word = word(text, start, end, gap);
    word.new_line = between.contains('\n');
    word.before_mark =
        text.get(end..).is_some_and(|rest| rest.trim_start_matches([' ', ':']).starts_with(MARK));
    word.after_dot = gap == Gap::Space && between.starts_with('.');
    word
}

/// The length of a title to which a name is glued: "`DrAhmed`".
fn glued_title(shown: &str) -> Option<usize> {
    let title = ["Dr", "Mrs", "Mr", "Ms", "Prof"].into_iter().find(|title| shown.starts_with(title))?;
    let name = shown.get(title.len()..)?;
    let mut letters = name.chars();
    let is_written_so = letters.next()?.is_uppercase() && letters.next()?.is_lowercase();
    let denied = Role::NO_NAME.or(Role::PERSON).or(Role::WEAK_TITLE).or(Role::TITLE);
    let is_known = words::role(&name.to_lowercase()).is(denied);
    (is_written_so && !is_known).then_some(title.len())
}

fn is_mark_on_letter(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn word(text: &str, start: usize, end: usize, gap: Gap) -> Word {
    let shown = text.get(start..end).unwrap_or_default();
    let possessive = shown.len() > 3 && (shown.ends_with("'s") || shown.ends_with("'S"));
    let end = if possessive { end - 2 } else { end };
    let shown = text.get(start..end).unwrap_or_default();
    // No name is as long; the rest of a huge token is not even copied.
    let lower = if shown.len() > 40 { String::new() } else { shown.to_lowercase() };
    let mut letters = shown.chars().filter(|c| c.is_alphabetic());
    let first = letters.next().is_some_and(char::is_uppercase);
    let rest = letters.clone().next().is_some() && letters.all(char::is_uppercase);
    let initial = shown.chars().count() == 1;
    let case = match (first || has_small_prefix(shown), rest) {
        (true, true) => Case::Upper,
        (true, false) => Case::Capital,
        _ => Case::Lower,
    };
    // "Drs Patel and Khan", but not "the drs".
    let is_doctors = lower == "drs" && case == Case::Capital;
    Word {
        start,
        end,
        role: if is_doctors { Role::TITLE } else { words::role(&lower) },
        lower,
        case,
        gap,
        possessive,
        new_line: false,
        after_dot: false,
        before_mark: false,
        initial,
    }
}

/// "d'Souza", "al-Hassan": a name with its capital inside.
fn has_small_prefix(shown: &str) -> bool {
    const PREFIXES: &[&str] = &["d'", "o'", "l'", "al-", "el-", "bin-", "ap-"];
    let rest = PREFIXES.iter().find_map(|prefix| shown.strip_prefix(prefix));
    rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

fn gap(text: &str, from: usize, to: usize, before: Option<&Word>) -> Gap {
    let Some(before) = before else { return Gap::Start };
    let between = text.get(from..to).unwrap_or_default();
    let trimmed = between.trim();
    match trimmed {
        "" if between.contains('\n') && between.matches('\n').count() > 1 => Gap::Start,
        "" => Gap::Space,
        "." if before.initial || before.role.is(Role::TITLE.or(Role::WEAK_TITLE).or(Role::SAINT)) => {
            Gap::Space
        }
        "," | "/" => Gap::Comma,
        _ if trimmed.contains(MARK) => Gap::Mark,
        _ if trimmed.contains(['.', '!', '?', ':', ';', '-', '*', '"']) || between.contains('\n') => {
            Gap::Start
        }
        _ => Gap::Other,
    }
}
