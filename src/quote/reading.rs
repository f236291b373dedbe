//! How well a segment reads on its own.
use crate::grammar::tokens::is_shouting;
use crate::types::marks_in;

/// Words of a quote that read best.
pub(super) const GOOD_WORDS: std::ops::RangeInclusive<usize> = 5..=40;
/// Openings that lean on a sentence before.
const CONNECTIVES: &str = "and but also so or nor plus because which then therefore however though although yet whereas hence thus \
    besides otherwise instead too as well";
/// Openings that point at something the reader does not see.
const POINTERS: &str = "this that these those it it's its they they're them their he he's she she's him her his such both there here \
    neither either same who whom where when";
/// Endings that wait for more.
const OPEN_ENDS: &str = "and or but of the a an to for with from at in on by my our your their his her its because that which if as is are \
    was were";

/// How much is wrong with `text` as a quote: 0 for a whole sentence of readable length that stands alone, about 1 for one
/// that no report would print.
pub(super) fn faults(text: &str) -> f64 {
    let words: Vec<String> = text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect();
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return 2.0 };
    let is_in = |list: &str, word: &str| list.split_whitespace().any(|listed| listed == word);
    let mut faults = 0.0;
    if words.len() < *GOOD_WORDS.start() {
        faults += 0.15 * (GOOD_WORDS.start() - words.len()) as f64;
    }
    if words.len() > *GOOD_WORDS.end() {
        faults += (0.02 * (words.len() - GOOD_WORDS.end()) as f64).min(0.8);
    }
    if is_in(CONNECTIVES, first) {
        faults += 0.5;
    } else if is_in(POINTERS, first) {
        faults += 0.25;
    }
    if is_in(OPEN_ENDS, last) && !text.trim_end().ends_with(['.', '!', '?']) {
        faults += 0.3;
    }
    faults += 0.2 * marks_in(text).len() as f64;
    if leads_to_somebody(text) {
        faults += 0.8;
    }
    if is_shouting(text) {
        faults += 0.3;
    }
    if !text.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_numeric()) {
        faults += 0.08;
    }
    if !text.trim_end().ends_with(['.', '!', '?']) {
        faults += 0.04;
    }
    faults
}

/// "You can reach me on `[phone]`" says nothing about a theme.
fn leads_to_somebody(text: &str) -> bool {
    ["[email]", "[phone]", "[link]", "[handle]", "[address]"].iter().any(|mark| text.contains(mark))
}

/// A word in lower case without the punctuation around it.
pub(super) fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).replace('’', "'").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_sentence_that_stands_alone_has_no_fault() {
        assert!(faults("Seeing people gain confidence is wonderful.") < 1e-9);
    }

    #[test]
    fn each_fault_counts() {
        let whole = "The pay does not reflect the work.";
        let worse = [
            "And the pay does not reflect the work.",
            "It does not reflect the work at all.",
            "the pay does not reflect the work.",
            "The pay does not reflect the work",
            "The pay does not reflect the",
            "THE PAY DOES NOT REFLECT THE WORK.",
            "[name] says the pay is poor.",
            "Pay.",
            "",
        ];
        for text in worse {
            assert!(faults(text) > faults(whole), "{text}");
        }
        assert!(faults(worse[0]) > faults(worse[1]), "a leading `and` is worse than a pointer");
        let long = format!("The pay is poor{}.", " and it is poor".repeat(12));
        assert!(faults(&long) > faults(whole));
    }
}
