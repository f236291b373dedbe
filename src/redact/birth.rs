//! Dates of birth: dates with a word beside them that says so. Other dates are left alone.

use super::find::{Found, after, before, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:~{{1,2}}[ \n]?[/.\- ][ \n]?~{{1,2}}[ \n]?[/.\- ][ \n]?(?:(?:19|2[0O]|l9|I9)~{{2}}|~{{2}})|[12]~{{3}}[/.\- ]~{{1,2}}[/.\- ]~{{1,2}}|~{{1,2}}[ \n]?(?:st|nd|rd|th)?[ \n]?(?:of[ \n])?[ \n.\-/]?(?:{MONTHS})[ \n.,\-/]{{0,2}}(?:[12]~{{3}}|'?~{{2}})|(?:{MONTHS})[ \n](?:of[ \n])?[12]~{{3}}|~{{8}}|~{{6}}|(?:{MONTHS})[ \n]~{{1,2}}(?:st|nd|rd|th)?,?[ \n](?:[12]~{{3}}|'?~{{2}}))"
    ))
});

static CUE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\bd[. ]?o[. ]?b\b\.?|\bdate[ \n]of[ \n]birth|\bbirth[ \n]?(?:date|day)|\bborn)(?:[ \n]+(?:is|was|on|of|in|the|it's|it|being|as|given|recorded|wrongly))*[ \n:=.,()\-]*(?:the[ \n])?$",
    )
});

static CUE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[ \n,()\-]*(?:is[ \n]|was[ \n]|as[ \n])?(?:my|his|her|their|the|when[ \n]\w+[ \n]was)?[ \n]?(?:d[. ]?o[. ]?b\b|date[ \n]of[ \n]birth|birth[ \n]?(?:date|day)\b|born\b)",
    )
});

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let lower = text.to_ascii_lowercase();
    if !(lower.contains("born")
        || lower.contains("birth")
        || lower.contains("dob")
        || lower.contains("o.b")
        || lower.contains("o b"))
    {
        return;
    }
    scan(&DATE, text, found, |captures| {
        let date = captures.get(0)?;
        let real = date.as_str().bytes().filter(u8::is_ascii_digit).count() >= 2;
        let cue = CUE_BEFORE.is_match(&before(text, date.start(), 48))
            || CUE_AFTER.is_match(&after(text, date.end(), 32));
        (real && cue && !touches(text, date.start(), date.end())).then_some((
            date.start(),
            date.end(),
            MaskKind::DateOfBirth,
        ))
    });
}
