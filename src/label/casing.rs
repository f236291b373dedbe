//! How a word is written inside a sentence: `GP` and `Italy` keep their capitals, `Staff` does not.

use super::tokens::{Token, is_shouting};
use std::collections::BTreeMap;

/// The forms of words that are mostly not written in lower case, by their lower-case form.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Casing(BTreeMap<String, String>);

impl Casing {
    /// Learns from all texts. A capital at the start of a sentence says nothing, and a text in capitals or in title case nothing
    /// at all; initials (`NHS`) count wherever they stand.
    pub(super) fn learn<'a>(texts: impl Iterator<Item = (&'a str, &'a [Token])>) -> Self {
        let mut forms: BTreeMap<String, BTreeMap<&str, usize>> = BTreeMap::new();
        for (text, tokens) in texts.filter(|(text, tokens)| !is_shouting(text) && !is_headline(text, tokens))
        {
            let mut starts = true;
            for token in tokens {
                let form = token.span.slice(text);
                if token.is_word() && (!starts || is_initials(form) || !form.starts_with(char::is_uppercase))
                {
                    *forms.entry(token.lower.clone()).or_default().entry(form).or_default() += 1;
                }
                starts = !token.is_word();
            }
        }
        let mostly = |forms: BTreeMap<&str, usize>| {
            // Small letters sort behind capitals, so a tie keeps no capital.
            let written = forms.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(a.0.cmp(b.0)));
            written.map(|(form, _)| form.to_string())
        };
        let kept = forms.into_iter().filter_map(|(lower, forms)| Some((lower, mostly(forms)?)));
        Self(kept.filter(|(lower, form)| lower != form && has_plain_capitals(form)).collect())
    }

    /// `lower` as people write it inside a sentence.
    pub(super) fn inside<'a>(&'a self, lower: &'a str) -> &'a str {
        self.0.get(lower).map_or(lower, String::as_str)
    }
}

/// `text` with its first letter in upper case.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether no word begins in lower case, as in "THE GAS" or "Room For Improvement".
fn is_headline(text: &str, tokens: &[Token]) -> bool {
    let mut words = tokens.iter().filter(|token| token.is_word()).map(|token| token.span.slice(text));
    words.all(|word| !word.starts_with(char::is_lowercase))
}

/// Two to six capitals, with or without a plural `s`.
fn is_initials(form: &str) -> bool {
    let capitals = form.strip_suffix('s').unwrap_or(form);
    (2..=6).contains(&capitals.chars().count()) && capitals.chars().all(char::is_uppercase)
}

fn has_plain_capitals(form: &str) -> bool {
    is_initials(form)
        || (form.starts_with(char::is_uppercase) && form.chars().skip(1).all(|c| !c.is_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn capitals_are_kept_where_people_write_them_inside_sentences() {
        let texts = [
            "GPs in Italy. Staff at the NHS",
            "the staff and Italy",
            "Our gps. GPs and GPs",
            "PAY THE STAFF PROPERLY",
            "THE GAS",
            "Room For Improvement",
            "gas, room",
            "room for Improvement",
            "an improvement",
        ];
        let tokens: Vec<_> = texts.iter().map(|text| tokens(text)).collect();
        let casing = Casing::learn(texts.iter().copied().zip(tokens.iter().map(Vec::as_slice)));
        let inside: Vec<&str> = ["gps", "italy", "staff", "nhs", "pay", "gas", "improvement"]
            .iter()
            .map(|word| casing.inside(word))
            .collect();
        assert_eq!(inside, ["GPs", "Italy", "staff", "NHS", "pay", "gas", "improvement"]);
    }

    #[test]
    fn sentence_case_touches_only_the_first_letter() {
        assert_eq!(sentence_case("more NHS staff"), "More NHS staff");
        assert_eq!(sentence_case("écoute"), "Écoute");
        assert_eq!(sentence_case(""), "");
    }
}
