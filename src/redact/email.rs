//! E-mail addresses, also those written out ("sam at trust dot nhs dot uk").

use super::find::{Found, pattern, scan};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

const ENDINGS: &str = "uk|com|net|org|edu|gov|nhs|ac|co|io|eu|ie|info|wales|scot|cymru|invalid|example|test";

static SIGN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)[\p{{L}}\p{{M}}0-9.%+'!#$&*=?^{{|}}/\x5f-]{{1,64}}[ \n]{{0,2}}(?:@|\(at\)|\[at\]|<at>|\(a\))[ \n]{{0,2}}[a-z0-9-]{{1,63}}(?:\.[a-z0-9-]{{1,63}}|[ \n]?\.[ \n]{{0,2}}(?:{ENDINGS})\b|[ \n]+(?:dot|\(dot\)|\[dot\])[ \n]+[a-z0-9-]{{1,63}}|(?:\(dot\)|\[dot\])[a-z0-9-]{{1,63}})+"
    ))
});

static SPELT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b[a-z0-9][a-z0-9.\x5f-]{{0,40}}(?:[ \n]+dot[ \n]+[a-z0-9-]{{1,40}}){{0,3}}[ \n]+at[ \n]+[a-z0-9-]{{1,40}}(?:[ \n]+dot[ \n]+[a-z0-9-]{{1,40}}){{0,4}}[ \n]+dot[ \n]+(?:{ENDINGS})\b"
    ))
});

/// Its end forgotten, or ended by a comma: "sam.ohara@trust", "sam@gmail,com".
static UNENDED: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b[a-z][a-z0-9.+\x5f-]{2,63}@[a-z]{3,63}(?:,(?:com|co|net|org)\b)?"));

/// "sam-ohara at trust.nhs.uk".
static SPELT_AT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b[a-z0-9]+[.\x5f-][a-z0-9.\x5f-]{{1,40}}[ \n]+at[ \n]+(?:[a-z0-9-]{{1,40}}\.){{1,4}}(?:{ENDINGS})\b"
    ))
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if text.contains(['@', '(', '[', '<']) {
        scan(&SIGN, text, found, |captures| {
            let whole = captures.get(0)?;
            let name = whole.as_str().split(['@', '(', '[', '<']).next()?;
            let start =
                whole.start() + name.len() - name.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
            name.contains(|c: char| c.is_alphanumeric()).then_some((start, whole.end(), MaskKind::Email))
        });
    }
    let signs: [(&[&str], _); 3] =
        [(&["@"], &UNENDED), (&[" at "], &SPELT_AT), (&["dot", "DOT", "Dot"], &SPELT)];
    for (signs, regex) in signs {
        if signs.iter().any(|sign| text.contains(sign)) {
            scan(regex, text, found, |captures| {
                let whole = captures.get(0)?;
                Some((whole.start(), whole.end(), MaskKind::Email))
            });
        }
    }
}
