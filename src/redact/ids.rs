//! Whether a value by itself says who somebody is, for columns that hold a value a person.

use super::Redactor;
use super::names;
use crate::types::MaskKind;

impl Redactor {
    /// Whether `value` is, as a whole, an NHS number, a National Insurance number, a payment card, a UK telephone number, a postcode,
    /// a social-media name, an e-mail address or a full name of known words.
    ///
    /// Stricter than [`Redactor::find_masks`], since an ordinary id has digits too: a telephone number has its 0 or +, and a number
    /// of the form of National Insurance a prefix that HMRC issues.
    pub fn is_personal(&self, value: &str) -> bool {
        if names::is_full_name(value) {
            return true;
        }
        let value = value.trim();
        let masks = self.find_masks(value);
        let [mask] = masks.as_slice() else { return false };
        let is_whole = mask.span.slice(value).len() == value.len();
        is_whole
            && match &mask.kind {
                MaskKind::NhsNumber
                | MaskKind::Card
                | MaskKind::Postcode(_)
                | MaskKind::Handle
                | MaskKind::Email => true,
                MaskKind::NiNumber => has_issued_prefix(value),
                MaskKind::Phone => is_dialled(value),
                _ => false,
            }
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
            "North West",
            "Hope",
            "",
        ] {
            assert!(!redactor.is_personal(value), "{value}");
        }
    }
}
