//! Street addresses.

use super::find::{Found, before, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

/// Words that end a street name and, after a number, hardly anything else.
const SURE: &str = "street|road|avenue|crescent|terrace|rd|ave|cres|boulevard|mews";
const OTHER: &str = "st|lane|ln|close|drive|dr|way|court|gardens|gdns|grove|place|square|hill|park|row|walk|parade|view|green|rise|croft|gate|fold|mount|wharf|vale|drove|bank|brae|wynd";

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i)\b(?:(?:flat|apartment|apt|unit|room|house)[ \n]+[0-9][0-9a-z]{{0,3}}[ \n]*,?[ \n]+)?(?:no\.?[ ]?)?[0-9lI][0-9Oo]{{0,3}}[a-z]?(?:[ ]?(?:[-/&]|\b(?:and|or|to)\b)[ ]?[0-9]{{1,4}}[a-z]?){{0,2}},?[ \n]+((?:[a-z'’.\-]{{2,20}}[ \n]+){{1,3}}?)({SURE}|{OTHER})\b"
    ))
});

static LIVES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"\b(?i:liv(?:e|es|ed|ing)|resid(?:e|es|ing)|home is|house is|lodging|flat is)[ \n]+(?:on|at|in|off)[ \n]+((?:[A-Z][A-Za-z'\-]{{1,20}}[ \n]+){{1,3}}(?i:{SURE}|{OTHER}))\b"
    ))
});

/// Where somebody is said to live, a number and a name are enough, and so is a house with a name: "I live at 7 The Crescent".
static HOME: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(?i:liv(?:e|es|ed|ing)[ \n]+(?:at|in)|resid(?:e|es|ing)[ \n]+at|address[ \n]+is|address:)[ \n]+((?i:(?:flat|apartment|apt)[ ]+[0-9]{1,4}[a-z]?,?[ ]+)?(?:[0-9]{1,4}[a-z]?,?[ ]+(?i:the[ ]+)?[A-Z][A-Za-z'\-]+(?:[ ][A-Z][A-Za-z'\-]+){0,2}|(?:[A-Z][A-Za-z'\-]+[ ]){1,2}(?:Cottage|House|Lodge|Farm|Towers|Barn)))\b",
    )
});

/// "Flat 12 Marlborough House".
static FLAT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b((?i:flat|apartment|apt)[ ]+[0-9]{1,4}[a-z]?,?[ ]+(?:[A-Z][A-Za-z'\-]+[ ]){1,2}(?:House|Court|Towers?|Lodge|Heights|Mansions|Point|Buildings?))\b",
    )
});

static PO_BOX: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(p[. ]{0,2}o[. ]{0,2}box[ ]+(?:no[. ]+)?[0-9]{1,6})\b"));

/// Words that are never part of a street's name but stand between a number and "road" or "way" in ordinary text.
const NOT_IN_NAMES: &[&str] = &[
    "a",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "away",
    "back",
    "band",
    "by",
    "can",
    "day",
    "days",
    "different",
    "down",
    "each",
    "every",
    "few",
    "for",
    "from",
    "get",
    "gps",
    "have",
    "hour",
    "hours",
    "i",
    "in",
    "into",
    "is",
    "it",
    "just",
    "long",
    "main",
    "many",
    "metres",
    "mile",
    "miles",
    "min",
    "mins",
    "minute",
    "minutes",
    "month",
    "months",
    "more",
    "my",
    "new",
    "of",
    "off",
    "on",
    "one",
    "or",
    "other",
    "our",
    "out",
    "patients",
    "people",
    "per",
    "practices",
    "same",
    "side",
    "staff",
    "step",
    "surgeries",
    "that",
    "the",
    "their",
    "there",
    "this",
    "times",
    "to",
    "two",
    "up",
    "us",
    "very",
    "was",
    "way",
    "ways",
    "we",
    "week",
    "weeks",
    "were",
    "when",
    "with",
    "year",
    "years",
    "yards",
    "percent",
    "only",
    "steps",
    "good",
    "bad",
    "no",
    "hr",
    "hrs",
    "pm",
    "am",
    "not",
    "you",
    "they",
    "he",
    "she",
    "do",
    "did",
    "had",
    "has",
    "go",
    "going",
    "walk",
    "drive",
];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    let numbered = if text.bytes().any(|b| b.is_ascii_digit()) { text } else { "" };
    scan(&NUMBERED, numbered, found, |captures| {
        let whole = captures.get(0)?;
        let (name, ending) = (captures.get(1)?.as_str(), captures.get(2)?.as_str());
        let ordinary =
            name.split_whitespace().any(|word| NOT_IN_NAMES.contains(&word.to_lowercase().as_str()));
        let capital = name.split_whitespace().all(|word| word.starts_with(|c: char| c.is_uppercase()));
        let sure = SURE.split('|').any(|word| word.eq_ignore_ascii_case(ending));
        let stands_at =
            ["at ", "to ", "at\n"].iter().any(|cue| before(text, whole.start(), 4).ends_with(cue));
        let flat = whole.as_str().get(..5).is_some_and(|start| start.eq_ignore_ascii_case("flat "));
        let named = capital || sure || stands_at || flat;
        let numeral = whole.as_str().bytes().any(|b| b.is_ascii_digit());
        let counted = before(text, whole.start(), 6).ends_with("band ");
        (named && numeral && !ordinary && !counted && !touches(text, whole.start(), whole.end())).then_some((
            whole.start(),
            whole.end(),
            MaskKind::Address,
        ))
    });
    for (whole, text) in [(&HOME, text), (&FLAT, numbered), (&PO_BOX, numbered)] {
        scan(whole, text, found, |captures| {
            let home = captures.get(1)?;
            Some((home.start(), home.end(), MaskKind::Address))
        });
    }
    if text.contains("iv") || text.contains("resid") || text.contains(" is ") || text.contains("odging") {
        scan(&LIVES, text, found, |captures| {
            let street = captures.get(1)?;
            Some((street.start(), street.end(), MaskKind::Address))
        });
    }
}
