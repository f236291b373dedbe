//! Registrations: professional registers, vehicles, driving licences, passports, hospital and record numbers.

use super::find::{Found, after, before, digits, names_any, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

/// A number that stands after the name of its register.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:gmc|nmc|hcpc|gphc|gdc|goc|gosc|swe|social work england|ukcp|bacp|passport|visa[ ]+(?:number|no|num|ref|id)|hosp(?:ital)?|patient(?:[ ]+(?:id|number|no))|rio|emis|systmone|mrn|driving lic[ae]n[cs]e|drivers? lic[ae]n[cs]e|dbs)(?:[ \n]+(?:registered|registration|reg|record|pin|ref|reference|certificate))?(?:[ \n]*(?:no|number|num|id))?[ \n]*(?:\.|:|#|-|is|=)*[ \n]*((?:[a-z]{1,3}[ -]?)?(?:~[ -]?){4,12}[a-z]?)\b",
    )
});

/// Numbers of an employer and of the systems at work, which are long where they tell somebody: "payroll 20458812",
/// "case number 4501873", "complaint ref 2023/4567", "patient reference PM4471902", "UBRN 0001 2345 6789".
static AT_WORK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:ubrn|esr|payroll|datix|smart[ ]?card|ref(?:erence)?[ ]+(?:no|number|num|id)|(?:staff|employee|unit|case|complaint|incident|claim|patient|client|referral|assignment|customer|member(?:ship)?)[ ]+(?:no|number|num|id|ref|reference))(?:[ ]+(?:no|number|num|id|ref|reference))?(?:[ ]+is)?[ \n.:#=\-]*((?:[a-z]{1,3}[-/]?)?(?:(?:20)?[0-9]{2}/[0-9]{3,6}|(?:[0-9][ -]?){5,12}[a-z]?))\b",
    )
});

/// The PIN of the Nursing and Midwifery Council: year, month letter, four digits, country letter.
static NMC: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[0-9]{2}[ ]?[a-l][ ]?[0-9]{4}[ ]?[eswncoxy]"));

/// Register prefixes of the Health and Care Professions Council and Social Work England.
static HCPC: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b(?:AS|BS|CH|CS|DT|HAD|ODP|OR|OT|PA|PH|PO|PYL|RA|SL|SW)[ ]?[0-9]{5,6}\b"));

/// Vehicles since 2001 (DVLA INF104): area, age, three letters without I and Q.
static PLATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b[a-hj-pr-y]{2}[0-9O]{2}[ \n-]?[a-hj-pr-z]{3}\b"));
/// The same with a space too many: "LB 07 SXY".
static SPACED_PLATE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b[a-hj-pr-y]{2}[ ][0-9O]{2}[ ][a-hj-pr-z]{3}\b"));
/// Vehicles of 1963 to 2001.
static OLD_PLATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:[a-hj-npr-ty][ ]?[0-9]{1,3}[ -]?[a-hj-pr-y]{3}|[a-hj-pr-y]{3}[ -]?[0-9]{1,3}[ -]?[a-hj-npr-ty])\b",
    )
});
static LICENCE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"\b[A-Z][A-Z9]{4}[ ]?[0-9]{6}[ ]?[A-Z][A-Z9][0-9][A-Z]{2}\b"));

const VEHICLES: &[&str] = &[
    "car",
    "reg",
    "registration",
    "plate",
    "plates",
    "number plate",
    "vehicle",
    "van",
    "ambulance",
    "drives",
    "taxi",
    "parked",
    "permit",
];
const WORDS: &[&str] = &[
    "and", "the", "for", "are", "was", "but", "has", "had", "our", "who", "new", "per", "any", "not", "can",
    "now", "day", "out", "all", "one",
];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    scan(&NAMED, text, found, |captures| {
        let (whole, number) = (captures.get(0)?, captures.get(1)?);
        // A year that begins the line after "the hospital" is no number of it.
        let broken = text.get(whole.start()..number.start()).is_some_and(|named| named.contains('\n'));
        let fewest = if broken { 6 } else { 4 };
        let enough = digits(number.as_str()).is_some_and(|digits| digits.len() >= fewest);
        enough.then_some((
            number.start(),
            number.start() + number.as_str().trim_end().len(),
            MaskKind::Registration,
        ))
    });
    scan(&AT_WORK, text, found, |captures| {
        let number = captures.get(1)?;
        let shown = number.as_str().trim_end();
        // "payroll 2023/2024"
        let is_years =
            shown.split_once('/').is_some_and(|(_, second)| second.len() == 4 && second.starts_with("20"));
        (!is_years).then_some((number.start(), number.start() + shown.len(), MaskKind::Registration))
    });
    for regex in [&NMC, &HCPC, &LICENCE] {
        scan(regex, text, found, |captures| {
            let whole = captures.get(0)?;
            (!touches(text, whole.start(), whole.end())).then_some((
                whole.start(),
                whole.end(),
                MaskKind::Registration,
            ))
        });
    }
    for (regex, needs_cue) in [(&PLATE, false), (&SPACED_PLATE, true), (&OLD_PLATE, true)] {
        scan(regex, text, found, |captures| {
            let whole = captures.get(0)?;
            let shown = whole.as_str();
            let letters = shown.get(shown.len() - 3..)?.to_ascii_lowercase();
            let lower = shown.bytes().any(|b| b.is_ascii_lowercase());
            let cue = names_any(&before(text, whole.start(), 32), VEHICLES)
                || names_any(&after(text, whole.end(), 16), VEHICLES);
            let digit = shown.bytes().any(|b| b.is_ascii_digit());
            let word = WORDS.contains(&letters.as_str()) && !cue;
            (digit && !word && (cue || !needs_cue && !lower)).then_some((
                whole.start(),
                whole.end(),
                MaskKind::Registration,
            ))
        });
    }
}
