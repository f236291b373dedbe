//! Numbers that carry a check digit: NHS numbers and payment cards.

use super::find::{
    Found, before_in_sentence, digits, names_any, pattern, prefix, scan, scan_matches, touches,
};
use crate::types::MaskKind;
use regex::Regex;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// Words before a number that make it a code of a record system, not a person's number.
const CODES: &[&str] =
    &["snomed", "sctid", "concept", "code", "codes", "read", "icd", "invoice", "isbn", "ods"];

static TEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"~(?:[ \n.\-/]{0,2}~){9}"));
/// "01/02/2023 10:30"
static DATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^[0-3]?[0-9][./\-][01]?[0-9][./\-](?:19|20)[0-9]{2}(?:[^0-9]|$)"));
static CARD: LazyLock<Regex> = LazyLock::new(|| pattern(r"[2-6](?:_~){12,18}"));
static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:s/c|a/c(?:[ ]?(?:no|number))?|sort(?:[ ]?code)?|sc|account(?:[ ]?(?:no|number))?|acc(?:[ ]?(?:no|number))?|acct(?:[ ]?(?:no|number))?|iban)[ .:#]*(?:is)?[ ]*([A-Z]{0,2}[0-9][0-9 -]{4,28}[0-9])",
    )
});

/// ISO 13616: a country, two check digits, eleven and more letters and digits, mostly in fours.
static IBAN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b[a-z]{2}[0-9]{2}(?:[ ]?[a-z0-9]{4}){2,7}(?:[ ]?[a-z0-9]{1,3})?\b"));

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    find_cards(text, found);
    scan(&IBAN, text, found, |captures| {
        let whole = captures.get(0)?;
        is_iban(whole.as_str()).then_some((whole.start(), whole.end(), MaskKind::Card))
    });
    find_nhs_numbers(text, found);
    scan(&ACCOUNT, text, found, |captures| {
        captures.get(1).map(|number| (number.start(), number.end(), MaskKind::Card))
    });
}

fn find_nhs_numbers(text: &str, found: &mut Vec<Found>) {
    let is_named = text.as_bytes().windows(3).any(|name| name.eq_ignore_ascii_case(b"nhs"));
    scan_matches(&TEN, text, found, |whole| {
        let number = digits(whole.as_str())?;
        // "NHS4857529416"
        let glued = whole.start().checked_sub(3).filter(|&from| {
            text.get(from..whole.start()).is_some_and(|name| name.eq_ignore_ascii_case("nhs"))
        });
        if touches(text, glued.unwrap_or(whole.start()), whole.end()) {
            return None;
        }
        let is_valid = is_nhs_number(&number);
        if !is_valid && !is_named {
            return None;
        }
        let context = before_in_sentence(text, whole.start(), 32);
        let called_so = ["nhs n", "nhs i", "nhs:", "nhs#"].iter().any(|cue| context.contains(cue))
            || context.ends_with("nhs");
        let is_code = || names_any(&context, CODES) || DATE.is_match(whole.as_str());
        (called_so || is_valid && !is_code()).then_some((whole.start(), whole.end(), MaskKind::NhsNumber))
    });
}

fn find_cards(text: &str, found: &mut Vec<Found>) {
    scan_matches(&CARD, text, found, |whole| {
        let context = before_in_sentence(text, whole.start(), 32);
        let called_so = names_any(&context, &["card", "visa", "mastercard", "amex", "debit", "credit"]);
        let code = LazyCell::new(|| names_any(&context, CODES));
        // What follows the card may begin with digits too, so every length that ends at a gap is tried, usual ones first.
        [16, 15, 19, 18, 17, 14, 13].into_iter().find_map(|length| {
            let end = whole.start() + prefix(whole.as_str(), length)?;
            let number = digits(text.get(whole.start()..end)?)?;
            let usual = matches!(length, 15 | 16);
            let checks = passes_luhn(&number) && (usual || called_so) && !*code;
            let free = !touches(text, whole.start(), end);
            (free && (checks || called_so && usual)).then_some((whole.start(), end, MaskKind::Card))
        })
    });
}

/// NHS Data Dictionary: weights 10 to 2, check digit 11 less the remainder by 11, 11 written as 0, 10 never issued.
///
/// Ten equal digits pass the sum but are never issued. Scotland's begin with a day of birth, so also with 0.
fn is_nhs_number(number: &[u8]) -> bool {
    let [first, .., check] = number else { return false };
    let sum: u32 = number.iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let expected = match 11 - sum % 11 {
        11 => 0,
        other => other,
    };
    number.len() == 10 && u32::from(*check) == expected && number.iter().any(|digit| digit != first)
}

/// ISO 13616: with the country and check digits moved to the end and letters as 10 to 35, the number leaves 1 when divided by 97.
fn is_iban(shown: &str) -> bool {
    let compact: Vec<u8> = shown.bytes().filter(|b| *b != b' ').map(|b| b.to_ascii_uppercase()).collect();
    let turned = compact.iter().cycle().skip(4).take(compact.len());
    let remainder = turned.fold(0, |remainder: u32, b| match b {
        b'0'..=b'9' => (remainder * 10 + u32::from(b - b'0')) % 97,
        letter => (remainder * 100 + u32::from(letter - b'A') + 10) % 97,
    });
    (15..=34).contains(&compact.len()) && remainder == 1
}

/// ISO/IEC 7812-1, annex B.
fn passes_luhn(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| match (i % 2, u32::from(*digit)) {
            (0, digit) => digit,
            (_, digit) if digit > 4 => digit * 2 - 9,
            (_, digit) => digit * 2,
        })
        .sum();
    sum.is_multiple_of(10) && number.iter().any(|digit| *digit != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_digits_are_those_of_the_published_examples() {
        assert!(is_nhs_number(&[9, 4, 3, 4, 7, 6, 5, 9, 1, 9]));
        assert!(is_nhs_number(&[9, 9, 9, 0, 0, 0, 0, 0, 1, 8]));
        assert!(!is_nhs_number(&[9, 4, 3, 4, 7, 6, 5, 9, 1, 8]));
        assert!(is_nhs_number(&[0, 6, 5, 8, 9, 4, 8, 1, 1, 3]));
        assert!(!is_nhs_number(&[1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
        assert!(passes_luhn(&[4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]));
        assert!(!passes_luhn(&[4, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2]));
    }
}
