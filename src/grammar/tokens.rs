//! Words of a text with their places and the part each plays.

use super::words;
use crate::types::{Span, mark_len};
use rust_stemmers::{Algorithm, Stemmer};
use std::collections::BTreeSet;
use std::sync::LazyLock;

static STEMMER: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::English));

/// The part a word plays when phrases are cut from a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Carries meaning.
    Content,
    /// A light verb in `-ing`, which may begin a phrase.
    LightGerund,
    /// "the", "a".
    Article,
    /// "my", "these": left out of headings.
    Pointer,
    /// "of", "for".
    Link,
    /// "and", "or".
    And,
    /// No phrase reaches across: another function word, punctuation, a number, a mark such as `[name]`.
    Break,
}

/// A word, or a break between words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Bytes of the text.
    pub(crate) span: Span,
    /// In lower case with straight apostrophes; empty where it is no word.
    pub(crate) lower: String,
    /// Its part.
    pub(crate) class: Class,
}

impl Token {
    /// Whether it is a word, not punctuation or a mark.
    pub(crate) fn is_word(&self) -> bool {
        !self.lower.is_empty()
    }

    /// Whether it carries meaning.
    pub(crate) fn is_content(&self) -> bool {
        matches!(self.class, Class::Content | Class::LightGerund)
    }
}

/// Cuts `text` into words and breaks. A word may hold `'`, `-`, `/` or `&` between letters; `[name]` is a break.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |i: usize| chars.get(i).map_or(text.len(), |c| c.0);
    let mut found = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let first = chars[i].1;
        let from = i;
        i += 1;
        if first.is_alphanumeric() {
            while i < chars.len() && continues_word(&chars, i) {
                i += 1;
            }
        } else if let Some(mark) = mark_len(&text[chars[from].0..]) {
            i += text[chars[from].0..][..mark].chars().count() - 1;
        } else if first.is_whitespace() {
            continue;
        }
        let span = Span::new(end_of(from), end_of(i));
        let lower =
            if first.is_alphanumeric() || first == '&' { normalise(span.slice(text)) } else { String::new() };
        found.push(Token { span, class: class_of(&lower), lower });
    }
    found
}

fn continues_word(chars: &[(usize, char)], i: usize) -> bool {
    let joiner = matches!(chars[i].1, '\'' | '’' | '-' | '/' | '&');
    chars[i].1.is_alphanumeric() || (joiner && chars.get(i + 1).is_some_and(|next| next.1.is_alphanumeric()))
}

fn normalise(word: &str) -> String {
    word.replace('’', "'").to_lowercase()
}

fn class_of(lower: &str) -> Class {
    if words::ARTICLES.contains(lower) {
        Class::Article
    } else if words::POINTERS.contains(lower) {
        Class::Pointer
    } else if words::LINKS.contains(lower) {
        Class::Link
    } else if words::ANDS.contains(lower) {
        Class::And
    } else if words::LIGHT_GERUNDS.contains(lower) {
        Class::LightGerund
    } else if lower.chars().count() < 2
        || lower.starts_with(|c: char| c.is_ascii_digit())
        || lower.chars().all(|c| c == 'x')
        || words::CALENDAR.contains(lower)
        || words::is_function_word(lower)
    {
        Class::Break
    } else {
        Class::Content
    }
}

/// Whether most letters of a text of some length are capitals.
pub(crate) fn is_shouting(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let upper = text.chars().filter(|c| c.is_uppercase()).count();
    letters >= 8 && upper * 10 > letters * 6
}

/// The stem of each content word, as they follow each other.
pub(crate) fn stems(tokens: &[Token]) -> impl Iterator<Item = String> {
    tokens.iter().filter(|token| token.is_content()).map(|token| stem(&token.lower))
}

/// The stems of the content words.
pub(crate) fn content_stems(tokens: &[Token]) -> BTreeSet<String> {
    stems(tokens).collect()
}

/// The stems that tell what a heading is about: those of the content words but "seeing", "making" and their like, which stand before anything;
/// these too where there is nothing else.
pub(crate) fn telling_stems(tokens: &[Token]) -> BTreeSet<String> {
    let is_telling = |token: &&Token| token.class == Class::Content;
    let telling: BTreeSet<String> =
        tokens.iter().filter(is_telling).map(|token| stem(&token.lower)).collect();
    if telling.is_empty() { content_stems(tokens) } else { telling }
}

/// The stem under which forms and spellings of a lower-case word are one: `training`/`trainings`, `legalise`/`legalize`.
pub(crate) fn stem(lower: &str) -> String {
    let word = lower.strip_suffix("'s").unwrap_or(lower).replace('\'', "");
    let british = match word.find("iz") {
        Some(at) if at > 2 && ["e", "es", "ed", "ing", "er", "ation"].contains(&&word[at + 2..]) => {
            word.replacen("iz", "is", 1)
        }
        _ => word,
    };
    let stemmed = STEMMER.stem(&british);
    // The stemmer keeps the plural of initials and other vowelless words: `gps`.
    match stemmed.strip_suffix('s') {
        Some(single) if single.len() > 1 && !single.contains(['a', 'e', 'i', 'o', 'u', 'y', 's']) => {
            single.to_string()
        }
        _ => stemmed.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn classes(text: &str) -> Vec<(String, Class)> {
        tokens(text).into_iter().map(|token| (token.lower, token.class)).collect()
    }

    #[test]
    fn only_a_mark_in_brackets_is_a_break_as_a_whole() {
        let words = |text: &str| {
            tokens(text).into_iter().filter(Token::is_word).map(|token| token.lower).collect::<Vec<_>>()
        };
        assert_eq!(words("pay [see above, more leave"), ["pay", "see", "above", "more", "leave"]);
        assert_eq!(words("ask [name] in [postcode LS] [paid leave]"), ["ask", "in", "paid", "leave"]);
    }

    #[test]
    fn what_a_heading_is_about_does_not_hang_on_seeing_and_making_unless_it_says_no_more() {
        let telling = |heading: &str| telling_stems(&tokens(heading)).into_iter().collect::<Vec<_>>();
        assert_eq!(telling("Seeing patients"), [stem("patients")]);
        assert_eq!(telling("Making a difference to people"), [stem("difference"), stem("people")]);
        assert_eq!(telling("Being heard"), [stem("heard")]);
        assert_eq!(telling("Asking"), [stem("asking")]);
    }

    #[test]
    fn words_keep_their_joiners_and_marks_are_breaks() {
        let expected = [
            ("gp's", Class::Content),
            ("top-up", Class::Content),
            ("", Class::Break),
            ("for", Class::Link),
            ("", Class::Break),
            ("my", Class::Pointer),
            ("role", Class::Content),
        ];
        let expected: Vec<_> = expected.iter().map(|(word, class)| ((*word).to_string(), *class)).collect();
        assert_eq!(classes("GP’s top-up, for [NHS number] my role"), expected);
    }

    #[test]
    fn forms_and_spellings_share_a_stem() {
        for (a, b) in
            [("training", "trainings"), ("gp", "gps"), ("legalise", "legalizing"), ("people's", "people")]
        {
            assert_eq!(stem(a), stem(b), "{a} {b}");
        }
        assert_ne!(stem("care"), stem("career"));
    }

    proptest! {
        #[test]
        fn tokens_lie_in_the_text_in_order(text in "\\PC{0,60}") {
            let mut at = 0;
            for token in tokens(&text) {
                prop_assert!(token.span.start >= at && !token.span.is_empty());
                prop_assert!(text.get(token.span.start..token.span.end).is_some());
                at = token.span.end;
            }
            prop_assert!(at <= text.len());
        }
    }
}
