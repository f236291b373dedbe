//! UK telephone numbers, numbers with a country code, extensions and bleeps.

use super::find::{
    Found, before, before_in_sentence, digits, is_glued, names_any, pattern, scan, scan_matches,
};
use super::fold::MARK;
use crate::types::MaskKind;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

const CUES: &[&str] = &[
    "phone",
    "telephone",
    "tel",
    "mob",
    "mobile",
    "call",
    "called",
    "ring",
    "rang",
    "text",
    "whatsapp",
    "contact",
    "number",
    "fax",
    "landline",
    "me on",
    "her on",
    "him on",
    "us on",
    "no",
];

/// What a number is that is none of a telephone.
const OTHERS: &[&str] = &["nhs", "snomed", "code", "ref", "visa", "passport"];

/// Ofcom's numbering plan: 0 or +44, then nine or ten digits of which the first is 1, 2, 3, 5, 7, 8 or 9.
static UK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\(?(?:\+|00)[ ]?44\)?_(?:\([0Oo]\)_)?|\(?[0Oo]_)\(?(?:~[ \n.\-()]{0,3}){8,9}~(?:,?[ ]*(?:ext|extn|x|extension)\.?[ ]*[0-9]{2,6})?",
    )
});

static ABROAD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\+[ ]?[1-9](?:[ \n.\-()]{0,2}~){7,14}"));

/// A mobile or area number whose 0 was left out or eaten by a spreadsheet.
static NO_ZERO: LazyLock<Regex> = LazyLock::new(|| pattern(r"[1-378](?:_~){8,9}"));

/// "447911123456": the plus forgotten. Mobiles show themselves, other numbers need a word beside them.
static NO_PLUS: LazyLock<Regex> = LazyLock::new(|| pattern(r"4_4_[1237](?:_~){8,9}"));

/// "07911/123456", "0113/496 0123".
static SLASHED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"0[1-378][0-9O]{1,3}[ ]?[/|\x5f][ ]?~{3}[ /\-]?~{3,4}"));

static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:bleep|bleeper|pager|ext|extn|extension)s?(?:[ ]*(?:no|number)s?)?|(?:bleep|page)[ ]+(?:me|us|him|her|them)[ ]+on)[.]?(?:[ ]+(?:is|was))?[ ]*[.:#]?[ ]*#?([0-9][0-9 ]{1,6}[0-9])\b",
    )
});

/// "tel07700900123"
static GLUED_CUE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:tel|telephone|mob|mobile|phone|call|ring|text|fax|no|number)$"));

static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[0-3]?[0-9][.\- ][01]?[0-9][.\- ](?:19|20)[0-9]{2}(?:[^0-9]|$)"));

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    scan_matches(&UK, text, found, |whole| {
        let (start, end) = (whole.start(), without_word(text, whole.range()));
        let shown = text.get(start..end)?;
        // The cheapest test first: a column of figures is one reject after another.
        if !is_free(text, start, end) {
            return None;
        }
        let number = digits(shown.split(['e', 'x']).next()?)?;
        let rest = national(&number)?;
        let first = *rest.first()?;
        let plausible = matches!(rest.len(), 9 | 10) && matches!(first, 1 | 2 | 3 | 5 | 7 | 8 | 9);
        (plausible && !DATE.is_match(shown)).then_some((start, end, MaskKind::Phone))
    });
    if text.contains('+') {
        scan_whole(&ABROAD, text, found, |shown, _| digits(shown).is_some());
    }
    scan_whole(&NO_ZERO, text, found, |shown, start| {
        // Alone in its cell a spreadsheet has eaten its 0.
        digits(shown).is_some() && (is_called_so(text, start, false) || text.trim() == shown)
    });
    scan_whole(&NO_PLUS, text, found, |shown, start| {
        digits(shown).is_some_and(|number| {
            let is_mobile = number.len() == 12 && number[2] == 7;
            is_called_so(text, start, is_mobile)
        })
    });
    scan_whole(&SLASHED, text, found, |shown, _| {
        digits(shown).is_some_and(|number| matches!(number.len(), 10 | 11))
    });
    scan(&SHORT, text, found, |captures| {
        captures.get(1).map(|number| (number.start(), number.end(), MaskKind::Phone))
    });
}

/// Finds what `regex` matches as a whole, where no digit or letter goes on and `is_number` says so of it and its start.
fn scan_whole(regex: &Regex, text: &str, found: &mut Vec<Found>, is_number: impl Fn(&str, usize) -> bool) {
    scan_matches(regex, text, found, |whole| {
        let (start, end) = (whole.start(), whole.end());
        (is_free(text, start, end) && is_number(whole.as_str(), start)).then_some((
            start,
            end,
            MaskKind::Phone,
        ))
    });
}

/// Whether the words before a number say that it is one of a telephone; where it `shows_itself`, whether none says that it is another.
fn is_called_so(text: &str, start: usize, shows_itself: bool) -> bool {
    let context = before_in_sentence(text, start, 30);
    (shows_itself || names_any(&context, CUES)) && !names_any(&context, OTHERS)
}

/// The end of a match, before the letter of it that begins a word: "0800 123 456 option 2".
fn without_word(text: &str, matched: Range<usize>) -> usize {
    let shown = &text[matched.clone()];
    let goes_on = text[matched.end..].starts_with(char::is_alphabetic);
    let number = shown.trim_end_matches(char::is_alphabetic);
    let is_apart = number.ends_with(|c: char| !c.is_ascii_digit());
    if goes_on && is_apart {
        matched.start + number.trim_end_matches(|c: char| !c.is_ascii_digit()).len()
    } else {
        matched.end
    }
}

/// The number without 0, 44 or 44 0 before it.
fn national(number: &[u8]) -> Option<&[u8]> {
    match number {
        [0, 0, 4, 4, 0, rest @ ..] | [4, 4, 0, rest @ ..] | [0, 0, 4, 4, rest @ ..] | [4, 4, rest @ ..]
            if number.len() > 11 || rest.len() >= 9 && number.first() == Some(&4) =>
        {
            Some(rest)
        }
        [0, rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Whether no digit or letter goes on at either end.
fn is_free(text: &str, start: usize, end: usize) -> bool {
    let glued = |c: char| is_glued(c) || c == '/';
    let said = text.get(..start).unwrap_or_default();
    let is_begun = said.ends_with(glued) && !GLUED_CUE.is_match(&before(text, start, 12));
    let is_other = said.ends_with(['+', '£', '$', '€']);
    let goes_on = |c: char| c.is_ascii_digit() || c == '%' || c == MARK;
    !is_begun && !is_other && !text.get(end..).is_some_and(|rest| rest.starts_with(goes_on))
}
