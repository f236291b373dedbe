//! The second of two details: "07700 900123/07700 900124", "GMC 1234567 and 1234568", where nothing of its own calls it one.

use super::find::{Found, is_glued, pattern};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

/// What stands between two of a kind. A sign joins them closely; a comma and a word may begin something else.
static JOINED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[ \n]?([/+&|])[ \n]?|[ \n]?[,;][ \n]?(?:(?:or|and|&)[ \n]+)?|[ \n]+(?:or|and)[ \n]+)(?:on[ \n]+)?",
    )
});

/// Hours: "0900-1700", "0900 to 1700".
static HOURS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[0-2][0-9][0-5][0-9][ ]?(?:-|to|until|till|hrs|hours)[ ]?"));

/// Numbers that everybody dials.
const SERVICES: &[&str] = &["111", "999", "112", "101", "119", "116"];

/// Words that go on after a number that is dialled, while others say what is counted: "and 200 patients".
const GO_ON: &[&str] = &[
    "but", "and", "or", "on", "in", "at", "to", "for", "when", "which", "that", "is", "was", "are", "were",
    "please", "they", "i", "he", "she", "we", "nobody", "no", "all", "both", "after", "before", "with",
    "from", "if", "as", "then", "so", "ext", "next", "any", "now",
];

/// Fewest digits by which a second telephone number is told from the first: "0115 496 0123/124".
const SHORTEST_TAIL: usize = 3;
/// Digits of which a number hardly counts things.
const LONG: usize = 6;

/// What each of `found`, which is sorted and does not overlap, is joined with.
pub(super) fn find(text: &str, found: &[Found]) -> Vec<Found> {
    let mut joined = Vec::new();
    for (i, detail) in found.iter().enumerate() {
        // The detail after this one goes on by itself.
        let limit = found.get(i + 1).map_or(text.len(), |next| next.start);
        let Some(first) = text.get(detail.start..detail.end) else { continue };
        let mut at = detail.end;
        while let Some((start, end)) = next_of_kind(text, at, first, &detail.kind).filter(|(s, _)| *s < limit)
        {
            joined.push(Found { start, end, kind: detail.kind.clone() });
            at = end;
        }
    }
    joined
}

/// Where something of the form of `first` stands after `at`, joined with it.
fn next_of_kind(text: &str, at: usize, first: &str, kind: &MaskKind) -> Option<(usize, usize)> {
    let joint = JOINED.captures(text.get(at..)?)?;
    let start = at + joint.get(0)?.end();
    let rest = text.get(start..)?;
    let length = match kind {
        MaskKind::Phone => telephone(rest, first, joint.get(1).is_some()),
        MaskKind::DateOfBirth => super::birth::date_like(rest, first),
        MaskKind::Registration | MaskKind::NhsNumber | MaskKind::NiNumber => like(rest, &form(first)),
        MaskKind::Card => account(rest, first),
        _ => None,
    }?;
    let after = rest.get(length..)?;
    let is_share = after.starts_with('%') || after.starts_with('/') && *kind != MaskKind::Phone;
    let year = is_year(rest.get(..length)?) && joint.get(1).is_none();
    (!after.starts_with(is_glued) && !is_share && !is_decimal(after) && !year)
        .then_some((start, start + length))
}

/// "100,000", "9.30", "12:30".
fn is_decimal(after: &str) -> bool {
    after.starts_with(['.', ',', ':']) && after[1..].starts_with(|c: char| c.is_ascii_digit())
}

fn is_year(shown: &str) -> bool {
    shown.len() == 4 && (shown.starts_with("19") || shown.starts_with("20"))
}

/// The length of a telephone number at the beginning of `rest`, or of the end of one that differs from `first`.
fn telephone(rest: &str, first: &str, closely: bool) -> Option<usize> {
    let digits = first.bytes().filter(u8::is_ascii_digit).count();
    let (length, number) = number_at(rest)?;
    let shown = rest.get(..length)?;
    let fits = if digits > LONG { (SHORTEST_TAIL..=12).contains(&number) } else { number == digits };
    let dialled = closely || number >= LONG || shown.starts_with('0') || goes_on(rest.get(length..)?);
    (fits && dialled && !SERVICES.contains(&shown) && !HOURS.is_match(rest)).then_some(length)
}

/// Length and digits of the number at the beginning of `rest`, in groups that single signs part.
fn number_at(rest: &str) -> Option<(usize, usize)> {
    let (mut length, mut digits, mut gap) = (0, 0, 0);
    for (at, c) in rest.char_indices().take(32) {
        match c {
            '0'..='9' => (length, digits, gap) = (at + 1, digits + 1, 0),
            'O' | 'o' | 'I' | 'l' if gap == 0 && digits > 0 => (length, digits) = (at + 1, digits + 1),
            '+' if at == 0 => {}
            ' ' | '-' | '.' | '(' | ')' if gap < 2 && (digits > 0 || c == '(') => gap += 1,
            _ => break,
        }
    }
    (digits > 0).then_some((length, digits))
}

/// Whether nothing is counted after a number: it ends there, or a small word goes on.
fn goes_on(after: &str) -> bool {
    let word: String = after.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    word.is_empty() || GO_ON.contains(&word.to_lowercase().as_str())
}

/// A sort code stands beside an account number, which has eight digits, or seven.
fn account(rest: &str, first: &str) -> Option<usize> {
    let first = form(first);
    let others: &[&str] = match first.as_str() {
        "000000" => &["00000000", "0000000"],
        "00000000" | "0000000" => &["000000"],
        _ => &[],
    };
    std::iter::once(first.as_str()).chain(others.iter().copied()).find_map(|form| like(rest, form))
}

/// The letters and digits of `shown`, each digit as 0 and each letter as a.
fn form(shown: &str) -> String {
    shown.chars().filter(char::is_ascii_alphanumeric).map(sort).collect()
}

fn sort(c: char) -> char {
    if c.is_ascii_digit() { '0' } else { 'a' }
}

/// The length of what stands at the beginning of `rest` in this form.
fn like(rest: &str, form: &str) -> Option<usize> {
    let mut wanted = form.chars();
    let mut next = wanted.next()?;
    let mut gap = 0;
    for (at, c) in rest.char_indices() {
        if c.is_ascii_alphanumeric() && sort(c) == next {
            gap = 0;
            match wanted.next() {
                Some(other) => next = other,
                None => return (!rest[at + 1..].starts_with(is_glued)).then_some(at + 1),
            }
        } else if at > 0 && gap == 0 && matches!(c, ' ' | '-' | '.') {
            gap = 1;
        } else {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::redact::tests::masked;

    #[test]
    fn the_second_of_two_details_is_masked_like_the_first() {
        for (text, expected) in [
            ("Ring 07700 900123/07700 900124", "Ring [phone]/[phone]"),
            ("07700900123/07700900124/07700900125", "[phone]/[phone]/[phone]"),
            ("07700900123+07700900124", "[phone]+[phone]"),
            ("0115 496 0123/0124 is dead", "[phone]/[phone] is dead"),
            ("0115 496 0123 or 0124 please", "[phone] or [phone] please"),
            ("07700900123 or 900124", "[phone] or [phone]"),
            ("DOB 12/03/1964 & 13/04/1966", "DOB [date of birth] & [date of birth]"),
            ("DOBs 12/03/1964 and 13/04/1966", "DOBs [date of birth] and [date of birth]"),
            ("DOBs 12/03/1964, 13 April 1966", "DOBs [date of birth], [date of birth]"),
            ("GMC 1234567 and 1234568", "GMC [registration] and [registration]"),
            ("GMC 1234567/1234568, 1234569", "GMC [registration]/[registration], [registration]"),
            ("sort code 12-34-56/12345678", "sort code [card]/[card]"),
            ("acct 12345678 was never paid", "acct [card] was never paid"),
            ("NHS no 999 000 0018/999 000 0019", "NHS no [NHS number]/[NHS number]"),
            ("12-14 High Street, 12/14 High Street", "[address], [address]"),
            ("at 12 and 14 High Street", "at [address]"),
            ("ext 4521/4522, ext 4521 or 4522", "ext [phone]/[phone], ext [phone] or [phone]"),
            ("bleeps 4521/4522, bleep me on 4521", "bleeps [phone]/[phone], bleep me on [phone]"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn what_is_counted_after_a_detail_stays() {
        for (text, expected) in [
            ("07700 900123 and 3 times", "[phone] and 3 times"),
            ("07700 900123, 24/7, 2023/24", "[phone], 24/7, 2023/24"),
            ("07700 900123 and 200 patients", "[phone] and 200 patients"),
            ("0800 123 456 or 111, 0800 123 456/999", "[phone] or 111, [phone]/999"),
            ("07700 900123, 0900-1700", "[phone], 0900-1700"),
            ("07700 900123 and 100,000 people", "[phone] and 100,000 people"),
            ("07700 900123, 50% and £500", "[phone], 50% and £500"),
            ("07700 900123 and 2019", "[phone] and 2019"),
            ("ext 4521 and 2023 targets", "ext [phone] and 2023 targets"),
            ("ext 4521 and 5000 patients", "ext [phone] and 5000 patients"),
            ("DOB 12/03/1964, 10 years on", "DOB [date of birth], 10 years on"),
            ("GMC 1234567 and 12 others", "GMC [registration] and 12 others"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }
}
