//! National Insurance numbers.

use super::find::{Found, before, lax_digits, names_any, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

/// Two letters, six digits, A to D. The prefixes that HMRC never issues are masked too: they are typing errors and the
/// "QQ" of examples, and nothing else has this shape.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[a-z][ ]?[a-z]_~_~_~_~_~_~_[a-d]"));
/// Without its last letter, which people leave out, or with slashes.
static LOOSE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)[a-z][ ]?[a-z][ /]{0,3}_~_~[ /]?_~_~[ /]?_~_~(?:[ /]{0,3}[a-d]\b)?"));

const CUES: &[&str] = &["ni", "nino", "national insurance", "nat ins", "nat. ins", "n.i"];
/// Who asks for the number; also for others, so that what stands after these has to look like one.
const PAYROLL: &[&str] = &["payroll", "payslip", "hmrc", "p45", "p60"];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for (regex, whole) in [(&WHOLE, true), (&LOOSE, false)] {
        scan(regex, text, found, |captures| {
            let shown = captures.get(0)?;
            let (number, letters) = lax_digits(
                shown.as_str().get(2..)?.trim_end_matches(|c: char| matches!(c, 'A'..='D' | 'a'..='d')),
            );
            let context = before(text, shown.start(), 40);
            let called_so =
                names_any(&context, CUES) || names_any(&context, PAYROLL) && is_in_capitals(shown.as_str());
            let free = !touches(text, shown.start(), shown.end());
            // "in 2019 20 2 b": six single digits between words are no number.
            let spread = shown.as_str().matches([' ', '\n']).count() > 5;
            // "AB1O2O3OC" is one without a word beside it, "PWOOOO95C" with.
            let most_letters = if called_so { 5 } else { 3 };
            let is_number = number.len() == 6 && letters <= most_letters;
            (free && is_number && (whole && !spread || called_so)).then_some((
                shown.start(),
                shown.end(),
                MaskKind::NiNumber,
            ))
        });
    }
}

/// "AB102030", but not "in 2023 24".
fn is_in_capitals(shown: &str) -> bool {
    shown.starts_with(|c: char| c.is_ascii_uppercase())
        && shown[1..].starts_with(|c: char| c.is_ascii_uppercase())
}
