//! UK postcodes; the area is kept, as it names a region of some hundred thousand people.

use super::find::{Found, before, names_any, pattern, scan, touches};
use crate::types::MaskKind;
use regex::Regex;
use std::sync::LazyLock;

/// The areas of the Postcode Address File.
const AREAS: &str = " AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD \
    HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM \
    S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE ZZ ";

/// A district with l for 1, a comma and a gap before the last two letters are slips, which [`is_slip`] judges.
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bGIR_[0O]AA\b|\b([a-z]{1,2})[ ]?([0-9Il](?:[0-9O]|[a-hjkmnp-y])?)(_|,[ ]?)([0-9O])([ ]?)([abd-hjlnp-uw-z]{2})\b",
    )
});

/// In capitals, a gap between any two: "LS14A P", "L S 1 4 A P".
static SPREAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"\b([A-Z])[ ]?([A-Z])?[ ]?[0-9][ ]?[0-9]?[ ]?[0-9][ ]?([ABD-HJLNP-UW-Z])[ ]([ABD-HJLNP-UW-Z])\b")
});

/// Two letters that are a word of the field, so that "SE1 2 GP practices" is no postcode.
const WORDS: &[&str] =
    &["GP", "PT", "HR", "AD", "UP", "AS", "AT", "BE", "BY", "HE", "WE", "US", "ST", "ND", "RD", "TH"];

pub(super) fn find(text: &str, found: &mut Vec<Found>) {
    find_spread(text, found);
    scan(&POSTCODE, text, found, |captures| {
        let whole = captures.get(0)?;
        let Some(area) = captures.get(1) else {
            return Some((whole.start(), whole.end(), MaskKind::Postcode("GIR".into())));
        };
        let part = |group| captures.get(group).map(|part| part.as_str());
        let (district, sector, unit) = (part(2)?, part(4)?, part(6)?);
        let upper = area.as_str().to_ascii_uppercase();
        let lower = whole.as_str().bytes().any(|b| b.is_ascii_lowercase() && b != b'l');
        let known = is_area(&upper);
        // "E1 2nd floor", "in 2 1st class": an ordinal, or a word and two numbers.
        let ordinal = matches!(
            (sector, unit.to_ascii_lowercase().as_str()),
            ("1", "st") | ("2", "nd") | ("3", "rd") | (_, "th")
        );
        let apart = area.end() != captures.get(2)?.start();
        let word =
            lower && (ordinal || apart || district.ends_with(['o', 'O']) || sector.eq_ignore_ascii_case("o"));
        let letter_for_digit = sector.eq_ignore_ascii_case("o") && (lower || apart);
        let one = district.starts_with(['i', 'I', 'l', 'L']);
        let slips = [one, part(3)?.contains(','), !part(5)?.is_empty()];
        let read_so = !slips.contains(&true)
            || is_slip(slips, unit, district) && !apart && (!lower || is_called_so(text, whole.start()));
        (known && !word && !letter_for_digit && read_so && !touches(text, whole.start(), whole.end()))
            .then_some((whole.start(), whole.end(), MaskKind::Postcode(upper)))
    });
}

fn find_spread(text: &str, found: &mut Vec<Found>) {
    scan(&SPREAD, text, found, |captures| {
        let whole = captures.get(0)?;
        let letter = |group| captures.get(group).map_or("", |letter| letter.as_str());
        let area = format!("{}{}", letter(1), letter(2));
        let unit = format!("{}{}", letter(3), letter(4));
        let is_postcode = is_area(&area) && !WORDS.contains(&unit.as_str());
        let is_free = !touches(text, whole.start(), whole.end());
        (is_postcode && is_free).then_some((whole.start(), whole.end(), MaskKind::Postcode(area)))
    });
}

fn is_area(letters: &str) -> bool {
    AREAS.contains(&format!(" {letters} "))
}

/// Whether one slip, and one only, stands between this and a postcode: `LSl 4AP`, `LS1,4AP`, `LS1 4 AP`.
fn is_slip(slips: [bool; 3], unit: &str, district: &str) -> bool {
    slips.iter().filter(|slip| **slip).count() == 1
        && !district.starts_with(['i', 'L'])
        && !WORDS.contains(&unit.to_ascii_uppercase().as_str())
}

fn is_called_so(text: &str, start: usize) -> bool {
    names_any(&before(text, start, 32), &["postcode", "post code", "postal code"])
}
