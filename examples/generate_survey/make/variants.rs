//! Wordings with choices: `{I love|I enjoy} my {patients|job}`.

use super::draw::Draw;

/// `wording` with one option taken from each pair of braces; options may be empty, braces do not nest.
pub(crate) fn vary(wording: &str, draw: &mut Draw) -> String {
    let mut text = String::new();
    let mut rest = wording;
    while let Some((before, choice)) = rest.split_once('{') {
        text.push_str(before);
        let (options, after) = choice.split_once('}').unwrap_or((choice, ""));
        let options: Vec<&str> = options.split('|').collect();
        text.push_str(options[draw.below(options.len())]);
        rest = after;
    }
    text.push_str(rest);
    // An empty option leaves a space too many, perhaps before a comma or a stop.
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    words.join(" ").replace(" ,", ",").replace(" .", ".")
}
