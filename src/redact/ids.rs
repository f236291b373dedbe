//! Whether a value by itself says who somebody is, for columns that hold a value a person.

use super::Redactor;
use super::names;
use crate::types::MaskKind;

impl Redactor {
    /// Whether `value` is, as a whole, an NHS number, a National Insurance number, a payment card, a UK telephone number, a postcode,
    /// a social-media name, a nurse's PIN, a full name of known words, also as an account is called, or one with a title or an initial; or holds an e-mail address.
    ///
    /// Stricter than [`Redactor::find_masks`], since an ordinary id has digits too: a telephone number has its 0 or + or the ten digits
    /// of a mobile, and a number of the form of National Insurance a prefix that HMRC issues.
    pub fn is_personal(&self, value: &str) -> bool {
        let value = as_entered(value);
        if is_whole_name(value) || is_account(value) || is_mobile(value) || is_pin(value) {
            return true;
        }
        let masks = self.find_masks(value);
        if masks.iter().any(|mask| mask.kind == MaskKind::Email) {
            return true;
        }
        let [mask] = masks.as_slice() else { return false };
        let beside = [&value[..mask.span.start], &value[mask.span.end..]].concat();
        let is_whole = beside.trim().is_empty();
        match &mask.kind {
            MaskKind::Name => names::is_title(beside.trim()),
            MaskKind::NhsNumber | MaskKind::Card | MaskKind::Postcode(_) | MaskKind::Handle => is_whole,
            MaskKind::NiNumber => is_whole && has_issued_prefix(value),
            MaskKind::Phone => is_whole && is_dialled(value),
            _ => false,
        }
    }
}

impl Redactor {
    /// Whether `value` is how somebody is called, also by a first name alone; that is an ordinary word as often, so it is for columns that
    /// hold more of the kind.
    pub fn may_be_name(&self, value: &str) -> bool {
        let value = as_entered(value);
        is_whole_name(value) || names::is_first_name(without_number(value))
    }
}

fn is_whole_name(value: &str) -> bool {
    names::is_full_name(&without_affixes(value)) || names::is_initial_and_surname(without_number(value))
}

fn without_number(value: &str) -> &str {
    value.trim_end_matches(|c: char| c.is_ascii_digit())
}

/// Without the `.0` that a program leaves at the end of a number, and `NHS` before one.
fn as_entered(value: &str) -> &str {
    let value = value.trim();
    let is_number = |rest: &&str| rest.bytes().all(|byte| byte.is_ascii_digit());
    let value = value.strip_suffix(".0").filter(is_number).unwrap_or(value);
    let named = value.get(..3).filter(|start| start.eq_ignore_ascii_case("nhs"));
    let number = named.map(|start| value[start.len()..].trim_start_matches([' ', ':', '-', '_']));
    number.filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit())).unwrap_or(value)
}

/// A name without its organisation in brackets, a number before or behind it or a date, and what joins its words: "KOWALSKI, Leroy (NHS
/// TRUST)", "`leroy_kowalski`", "leroy.kowalski1", "Leroy Kowalski 12/03/1954", "S003 Leroy Kowalski", "`LeroyKowalski`".
fn without_affixes(value: &str) -> String {
    let value = value.split_once(" (").map_or(value, |(name, _)| name);
    let number = |c: char| c.is_ascii_digit() || matches!(c, '/' | '.' | '-' | ' ');
    let value = value.trim_end_matches(number);
    let numbered = value.split_once(' ').filter(|(first, _)| first.contains(|c: char| c.is_ascii_digit()));
    let value = numbered.map_or(value, |(_, name)| name);
    let is_one_word = !value.contains(' ');
    let mut name = String::with_capacity(value.len() + 2);
    for c in value.chars() {
        if is_one_word && c.is_uppercase() && name.ends_with(char::is_lowercase) {
            name.push(' ');
        }
        name.push(if c == '_' || c == '-' && is_one_word { ' ' } else { c });
    }
    name
}

/// A Windows account: "xltht\\kowalskil".
fn is_account(value: &str) -> bool {
    let is_part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
    };
    value.split_once('\\').is_some_and(|(domain, account)| is_part(domain) && is_part(account))
}

/// A mobile whose 0 a spreadsheet took away.
fn is_mobile(value: &str) -> bool {
    value.len() == 10 && value.starts_with('7') && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// The form of the Nursing and Midwifery Council: year, month as a letter, number, country.
fn is_pin(value: &str) -> bool {
    match value.to_ascii_uppercase().as_bytes() {
        [year @ .., b'A'..=b'L', a, b, c, d, b'C' | b'E' | b'N' | b'O' | b'S' | b'W'] => {
            year.len() == 2 && year.iter().chain([a, b, c, d]).all(u8::is_ascii_digit)
        }
        _ => false,
    }
}

/// HMRC's manual NIM39110: letters and pairs of letters that no number begins with.
fn has_issued_prefix(value: &str) -> bool {
    let prefix: String = value.chars().take(2).flat_map(char::to_uppercase).collect();
    !prefix.contains(['D', 'F', 'I', 'Q', 'U', 'V'])
        && !prefix.ends_with('O')
        && !matches!(prefix.as_str(), "BG" | "GB" | "NK" | "KN" | "TN" | "NT" | "ZZ")
}

/// A mobile, a number with a country code, or one that is written in groups: "0100000123" may count anything.
fn is_dialled(value: &str) -> bool {
    let grouped = value.starts_with(['0', '(']) && value.contains([' ', '-', '.', '/']);
    value.starts_with('+') || value.starts_with("07") || grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::RedactParams;

    #[test]
    fn what_says_who_somebody_is_is_told_from_ordinary_ids() {
        let redactor = Redactor::new(&RedactParams::default());
        for value in [
            "943 476 5919",
            "AB123456C",
            "4111 1111 1111 1111",
            "07700 900123",
            "+44 7700 900123",
            "LS6 2AB",
            "@sarah_t",
            "Sarah Thompson",
            "THOMPSON, SARAH",
            "Grace Hall",
            "S Thompson",
            "Dr Patel",
            "sarah thompson <sarah.t@nhs.net>",
            "s.t@nhs.net (work)",
            "9434765919.0",
            "NHS 9434765919",
            "7700900123",
            "12A3456E",
            "KOWALSKI, Leroy (LEEDS TEACHING HOSPITALS NHS TRUST)",
            "Sarah Thompson (PCN)",
            "Sarah Thompson 12/03/1954",
            "Sarah_Thompson",
            "sarah.thompson1",
            "xltht\\kowalskil",
            "sthompson",
            "thompsons",
            "Amelia-Evans",
            "AmeliaEvans",
            "begumf3",
            "14 George Wilson",
            "S003 Sarah Thompson",
        ] {
            assert!(redactor.is_personal(value), "{value}");
        }
        for value in [
            "r12",
            "11534822321",
            "1234567890",
            "0100000123",
            "R_1abcDEF",
            "QQ123456C",
            "1234567890.0",
            "NHS England",
            "12Z3456E",
            "North West",
            "Hope",
            "R_12",
            "PCN (Leeds)",
            "site\\12",
            "response",
            "",
        ] {
            assert!(!redactor.is_personal(value), "{value}");
        }
    }
}
