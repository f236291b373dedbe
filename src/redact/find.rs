//! What every recogniser of numbers and addresses shares.

use super::fold::MARK;
use crate::types::MaskKind;
use regex::{Captures, Match, Regex};
use std::ops::Range;

/// A personal detail in the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: MaskKind,
}

/// A pattern that is fixed in the source.
///
/// `~` stands for a digit or the letters that are typed and scanned in place of one, `_` for what people put between
/// groups of digits.
pub(super) fn pattern(pattern: &str) -> Regex {
    let pattern = pattern.replace('~', "[0-9OoIl]").replace('_', r"[ \n.\-]{0,2}");
    #[expect(clippy::expect_used, reason = "every pattern is fixed and compiled by the tests")]
    Regex::new(&pattern).expect("a pattern of the source is valid")
}

/// The digits of `text`, letters that stand for digits put right; `None` where letters outnumber digits, which is a word.
pub(super) fn digits(text: &str) -> Option<Vec<u8>> {
    let (digits, letters) = lax_digits(text);
    (letters * 2 < digits.len().max(1)).then_some(digits)
}

/// As [`digits`], however many of them are letters, and how many are.
pub(super) fn lax_digits(text: &str) -> (Vec<u8>, usize) {
    let mut digits = Vec::new();
    let mut letters = 0;
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => digits.push(b - b'0'),
            b'O' | b'o' => {
                digits.push(0);
                letters += 1;
            }
            b'I' | b'l' => {
                digits.push(1);
                letters += 1;
            }
            _ => {}
        }
    }
    (digits, letters)
}

/// Whether a word or number goes on directly before `start` or after `end`.
pub(super) fn touches(text: &str, start: usize, end: usize) -> bool {
    let before = text.get(..start).and_then(|t| t.chars().next_back());
    let after = text.get(end..).and_then(|t| t.chars().next());
    before.is_some_and(is_glued) || after.is_some_and(is_glued)
}

/// Letters, digits, and the mark of what was masked before, which was made of them.
pub(super) fn is_glued(c: char) -> bool {
    c.is_alphanumeric() || c == MARK
}

/// Up to `most` bytes before `start`, lower case: whole words, and none from beyond a mark, so that masking masked text, where a
/// mark is shorter or longer than what it hides, brings no other word near.
pub(super) fn before(text: &str, start: usize, most: usize) -> String {
    let from = (start.saturating_sub(most)..=start).find(|&i| text.is_char_boundary(i)).unwrap_or(start);
    let near = text.get(from..start).unwrap_or_default();
    let cut = text.get(..from).is_some_and(|rest| rest.ends_with(char::is_alphanumeric));
    let near = if cut { near.trim_start_matches(char::is_alphanumeric) } else { near };
    near.rsplit(MARK).next().unwrap_or_default().to_lowercase()
}

/// As [`before`], but no further than the beginning of the sentence or line.
pub(super) fn before_in_sentence(text: &str, start: usize, most: usize) -> String {
    let context = before(text, start, most);
    let said = context.trim_end();
    let from =
        [". ", "! ", "? ", "\n"].iter().filter_map(|end| said.rfind(end).map(|at| at + end.len())).max();
    said.get(from.unwrap_or(0)..).unwrap_or_default().to_owned()
}

/// Length of the beginning of `shown` that holds `most` digits, or letters in their place, if it ends there.
pub(super) fn prefix(shown: &str, most: usize) -> Option<usize> {
    let is_digit = |b: u8| b.is_ascii_digit() || matches!(b, b'O' | b'o' | b'I' | b'l');
    let (last, _) = shown.bytes().enumerate().filter(|(_, b)| is_digit(*b)).nth(most.checked_sub(1)?)?;
    let ends = shown.as_bytes().get(last + 1).is_none_or(|b| !is_digit(*b));
    ends.then_some(last + 1)
}

/// As [`before`], after `end`.
pub(super) fn after(text: &str, end: usize, most: usize) -> String {
    let to = (end..=(end + most).min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(end);
    let near = text.get(end..to).unwrap_or_default();
    let cut = text.get(to..).is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    let near = if cut { near.trim_end_matches(char::is_alphanumeric) } else { near };
    near.split(MARK).next().unwrap_or_default().to_lowercase()
}

/// Whether one of `words`, of letters, stands in `text`, as a whole word.
pub(super) fn names_any(text: &str, words: &[&str]) -> bool {
    // A text of figures names nothing; most that are looked at before a number are.
    text.bytes().any(|b| b.is_ascii_alphabetic())
        && words
            .iter()
            .any(|word| text.match_indices(word).any(|(at, _)| !touches(text, at, at + word.len())))
}

/// Goes through all matches; `judge` gives the kind and may narrow the span to a group. A rejected match does not hide
/// one that begins within it.
pub(super) fn scan(
    regex: &Regex,
    text: &str,
    found: &mut Vec<Found>,
    mut judge: impl FnMut(&Captures<'_>) -> Option<(usize, usize, MaskKind)>,
) {
    walk(text, found, |at| {
        let captures = regex.captures_at(text, at)?;
        Some((captures.get(0)?.range(), judge(&captures)))
    });
}

/// As [`scan`], of matches without groups, which costs half.
pub(super) fn scan_matches(
    regex: &Regex,
    text: &str,
    found: &mut Vec<Found>,
    mut judge: impl FnMut(Match<'_>) -> Option<(usize, usize, MaskKind)>,
) {
    walk(text, found, |at| {
        let whole = regex.find_at(text, at)?;
        Some((whole.range(), judge(whole)))
    });
}

/// Goes on with the `next` match, given where to look from, as long as there is one, and keeps those that are judged to be something.
fn walk(
    text: &str,
    found: &mut Vec<Found>,
    mut next: impl FnMut(usize) -> Option<(Range<usize>, Option<(usize, usize, MaskKind)>)>,
) {
    let mut at = 0;
    while at <= text.len() {
        let Some((whole, judged)) = next(at) else { return };
        if let Some((start, end, kind)) = judged {
            found.push(Found { start, end, kind });
            at = end.max(whole.start + 1);
        } else {
            // Past the first run of characters of the match, so that a long reject costs little.
            let shown = text.get(whole.clone()).unwrap_or_default();
            let word = shown.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(shown.len()).max(1);
            at = whole.start + word;
        }
        while !text.is_char_boundary(at.min(text.len())) {
            at += 1;
        }
    }
}
