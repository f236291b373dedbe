//! National Insurance numbers.

use super::find::{Found, before, digits, names_any, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

/// Two letters, six digits, A to D. The prefixes that HMRC never issues are masked too: they are typing errors and the
/// "QQ" of examples, and nothing else has this shape.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[a-z][ ]?[a-z]_~_~_~_~_~_~_[a-d]"));
/// Without its last letter, which people leave out.
static SHORT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[a-z]{2}_~_~_~_~_~_~"));

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    for (regex, whole) in [(&WHOLE, true), (&SHORT, false)] {
        scan(regex, text, found, |captures| {
            let shown = captures.get(0)?;
            let number =
                digits(shown.as_str().get(2..)?.trim_end_matches(|c: char| c.is_ascii_alphabetic()))?;
            let called_so = || {
                names_any(&before(text, shown.start(), 40), &["ni", "nino", "national insurance", "nat ins"])
            };
            let free = !touches(text, shown.start(), shown.end());
            // "in 2019 20 2 b": six single digits between words are no number.
            let spread = shown.as_str().matches([' ', '\n']).count() > 5;
            (free && number.len() == 6 && (whole && !spread || called_so())).then_some((
                shown.start(),
                shown.end(),
                MaskKind::NiNumber,
            ))
        });
    }
}
