//! Web addresses and handles.

use super::find::{Found, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

static LINK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:(?:https?|hxxps?|ftp)[ ]?:[ ]?//[ ]?[^\s<>]+|www[ ]?(?:\.|dot)[ ]?[a-z0-9-]+(?:[ ]?(?:\.|\bdot\b)[ ]?[a-z0-9-]+)*(?:/[^\s<>]*)?|\b[a-z0-9-]+(?:\.[a-z0-9-]+){0,4}\.(?:com|org|net|co\.uk|org\.uk|nhs\.uk|gov\.uk|ac\.uk|uk|io|eu|info|wales|scot|cymru|invalid|example|gg|ly)\b(?:/[^\s<>]*)?|\b[a-z0-9-]{2,63}\.(?:me|us|co|be|tv|ee|gl|app|page|bio|site|online|link)/[a-z0-9][^\s<>]*)",
    )
});

static HANDLE: LazyLock<Regex> = LazyLock::new(|| pattern(r"@[A-Za-z0-9\x5f][A-Za-z0-9\x5f.]{1,30}"));

static NAMED_HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:twitter|instagram|insta|tiktok|snapchat|snap|facebook|linkedin|bluesky|threads)(?:[ ]+(?:handle|user[ ]?name|name|id))[ ]*(?:is|:|-|=)?[ ]*([a-z0-9\x5f][a-z0-9\x5f.]{2,30})",
    )
});

/// "insta: `sam_k9`", "my username is sam42": what no word looks like.
static SHOWN_HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:twitter|instagram|insta|tiktok|snapchat|snap|facebook|linkedin|bluesky|threads|skype|user[ ]?name|password)([ ]*[:=][ ]*|[ ]+)|(?:user[ ]?name|password)[ ]+(is)[ ]+)([a-z0-9][a-z0-9\x5f.\-]{2,30})",
    )
});

/// "follow @ sam": a gap after the sign, which elsewhere stands for "at".
static SPACED_HANDLE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:follow|following|dm|tweet|tag|handle|twitter|insta|instagram|tiktok|bluesky)(?:[ ]+(?:me|us|him|her|them|on|is))?[ :]+@[ ]+([a-z0-9\x5f][a-z0-9\x5f.]{2,30})",
    )
});
const PLACES: &[&str] = &[
    "the", "work", "home", "our", "all", "this", "that", "any", "your", "least", "lunch", "night", "weekends",
];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    if text.contains('.') || text.contains("://") || text.contains("dot") {
        scan(&LINK, text, found, |captures| {
            let whole = captures.get(0)?;
            let shown =
                whole.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '"', '\'', '*']);
            let dotted = shown.contains('.') || shown.contains("dot") || shown.contains("://");
            (dotted && shown.len() > 4).then_some((
                whole.start(),
                whole.start() + shown.len(),
                MaskKind::Link,
            ))
        });
    }
    if text.contains('@') {
        // Handles that are glued together go together: each would else show itself only when the one before is gone.
        let (mut handles, mut glued_at) = (Vec::new(), None);
        scan(&HANDLE, text, &mut handles, |captures| {
            let whole = captures.get(0)?;
            let shown = whole.as_str().trim_end_matches('.');
            let name = shown.bytes().any(|b| b.is_ascii_alphabetic());
            let free = glued_at == Some(whole.start())
                || !touches(text, whole.start(), whole.start() + 1)
                || !text.get(..whole.start()).is_some_and(|t| t.ends_with(char::is_alphanumeric));
            glued_at = free.then_some(whole.end());
            (name && free).then_some((whole.start(), whole.start() + shown.len(), MaskKind::Handle))
        });
        scan(&SPACED_HANDLE, text, &mut handles, |captures| {
            let name = captures.get(1)?;
            let word = PLACES.contains(&name.as_str().to_ascii_lowercase().as_str());
            let shown = name.as_str().trim_end_matches('.');
            (!word).then_some((name.start(), name.start() + shown.len(), MaskKind::Handle))
        });
        handles.dedup_by(|next, last| {
            let glued = last.end == next.start;
            last.end = if glued { next.end } else { last.end };
            glued
        });
        found.append(&mut handles);
    }
    scan(&NAMED_HANDLE, text, found, |captures| {
        let name = captures.get(1)?;
        let word = matches!(
            name.as_str().to_ascii_lowercase().as_str(),
            "and" | "for" | "the" | "was" | "not" | "has" | "page" | "that"
        );
        (!word).then_some((name.start(), name.end(), MaskKind::Handle))
    });
    scan(&SHOWN_HANDLE, text, found, |captures| {
        let name = captures.get(3)?;
        let shown = name.as_str().trim_end_matches(['.', '-']);
        let is_told = captures.get(1).is_none_or(|sign| sign.as_str().contains([':', '=']));
        let is_mixed =
            shown.contains(|c: char| c.is_ascii_alphabetic()) && shown.contains(|c: char| c.is_ascii_digit());
        let is_handle = shown.contains('_') || is_told && (is_mixed || shown.contains('.'));
        is_handle.then_some((name.start(), name.start() + shown.len(), MaskKind::Handle))
    });
}
