//! Dates of birth: dates with a word beside them that says so. Other dates are left alone.

use super::find::{Found, after, before, pattern, scan_matches, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

const MONTHS: &str = "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?";

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:~{{1,2}}[ \n]?[/.\- ][ \n]?~{{1,2}}[ \n]?[/.\- ][ \n]?(?:(?:19|2[0O]|l9|I9)~{{2}}|~{{2}})|[12]~{{3}}[/.\- ]~{{1,2}}[/.\- ]~{{1,2}}|~{{1,2}}[ \n]?(?:st|nd|rd|th)?[ \n]?(?:of[ \n])?[ \n.\-/]?(?:{MONTHS})[ \n.,\-/]{{0,2}}(?:[12]~{{3}}|'?~{{2}})|(?:{MONTHS})[ \n](?:of[ \n])?[12]~{{3}}|~{{8}}|~{{6}}|(?:{MONTHS})[ \n]~{{1,2}}(?:st|nd|rd|th)?,?[ \n](?:[12]~{{3}}|'?~{{2}}))"
    ))
});

/// A day without its year, which only "birthday" and the like make a date of birth: "my birthday is 12th March".
static DAY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)(?:~{{1,2}}[ \n]?(?:st|nd|rd|th)?[ \n](?:of[ \n])?(?:{MONTHS})\b|(?:{MONTHS})[ \n](?:the[ \n])?~{{1,2}}(?:st|nd|rd|th)?\b)"
    ))
});

static DAY_CUE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\bd[. ]?o[. ]?b\b\.?|\bdate[ \n]of[ \n]birth|\bbirthday|\bborn[ \n]on)(?:[ \n]+(?:is|was|on|the|falls))*[ \n:=,\-]*$",
    )
});

static CUE_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\bd[. /]?o[. /]?b(?:'?s)?\b\.?|\bdates?[ \n\-]of[ \n\-]birth|\bbirth[ \n]?(?:date|day)s?|\bborn|\bturn(?:s|ed)[ \n]+[0-9]{2}|\(b\b\.?)(?:,?[ \n]+(?:is|was|on|of|in|the|it's|it|being|as|given|recorded|wrongly|which|you|know))*[ \n:=.,()\-]*(?:the[ \n])?$",
    )
});

static CUE_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[ \n,()\-]*(?:is[ \n]|was[ \n]|as[ \n])?(?:my|his|her|their|the|when[ \n]\w+[ \n]was)?[ \n]?(?:d[. ]?o[. ]?b\b|date[ \n]of[ \n]birth|birth[ \n]?(?:date|day)\b|born\b)",
    )
});

/// A date of so long ago, right behind a name, that it is no visit: "Mrs Khan (01/02/1950)".
static BEHIND_NAME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[ ]?[(,\-–]?[ ]?([0-9]{1,2}[/.\-][0-9]{1,2}[/.\-](?:19[0-9]{2}|20[01][0-9]|[3-9][0-9]))(?:[^0-9/.\-]|[.\-]?$|[.\-][^0-9])",
    )
});

/// Dates of birth right behind the names that were found.
pub(super) fn find_behind_names(text: &str, found: &mut Vec<Found>) {
    let behind = |name: &Found| {
        let date = BEHIND_NAME.captures(text.get(name.end..)?)?.get(1)?;
        let (start, end) = (name.end + date.start(), name.end + date.end());
        Some(Found { start, end, kind: MaskKind::DateOfBirth })
    };
    let names = found.iter().filter(|detail| detail.kind == MaskKind::Name);
    let dates: Vec<Found> = names.filter_map(behind).collect();
    found.extend(dates);
}

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let lower = text.to_ascii_lowercase();
    if !(lower.contains("born")
        || lower.contains("birth")
        || lower.contains("dob")
        || lower.contains("o.b")
        || lower.contains("o b")
        || lower.contains("o/b")
        || lower.contains("(b")
        || lower.contains("turn"))
    {
        return;
    }
    scan_matches(&DAY, text, found, |day| {
        let cue = DAY_CUE.is_match(&before(text, day.start(), 48));
        (cue && !touches(text, day.start(), day.end())).then_some((
            day.start(),
            day.end(),
            MaskKind::DateOfBirth,
        ))
    });
    scan_matches(&DATE, text, found, |date| {
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

/// The length of a date at the beginning of `text`, one without signs between its parts only where `first` has none either.
pub(super) fn date_like(text: &str, first: &str) -> Option<usize> {
    // No date is longer; looking on for the next one behind each would take the square of the length.
    let near = &text[..text.floor_char_boundary(48)];
    let date = DATE.find(near).filter(|date| date.start() == 0)?;
    let is_bare = |shown: &str| shown.bytes().all(|b| b.is_ascii_digit());
    (!is_bare(date.as_str()) || is_bare(first)).then_some(date.end())
}
