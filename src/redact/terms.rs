//! Lists of terms that are never or always masked.

use super::find::touches;
use super::fold::Folded;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use unicode_normalization::UnicodeNormalization;

/// Shortest term of several words, in bytes without its spaces, that is looked for as one word too.
const SHORTEST_COMPOUND: usize = 6;

/// Terms to look for, as whole words, however they are spaced, hyphenated, joined, accented and cased.
#[derive(Debug)]
pub(super) struct Terms(Option<AhoCorasick>);

impl Terms {
    /// Blank terms are left out.
    pub(super) fn new(terms: impl Iterator<Item = String>) -> Self {
        let mut bare = terms
            .map(|term| Bare::new(&Folded::new(&term).text).text.trim().to_owned())
            .filter(|term| !term.is_empty())
            .flat_map(|term| [joined(&term), Some(term)])
            .flatten()
            .collect::<Vec<_>>();
        bare.sort();
        bare.dedup();
        if bare.is_empty() {
            return Self(None);
        }
        // Building fails only beyond gigabytes of terms; the regular list of a survey file is a few lines.
        Self(AhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest).build(&bare).ok())
    }

    /// Where terms stand in `text`, `(start, end)`, sorted, not overlapping.
    pub(super) fn find(&self, text: &str) -> Vec<(usize, usize)> {
        let Some(automaton) = &self.0 else { return Vec::new() };
        let bare = Bare::new(text);
        automaton
            .find_iter(&bare.text)
            .filter_map(|found| {
                Some((bare.origin.get(found.start())?.0, bare.origin.get(found.end() - 1)?.1))
            })
            .filter(|(start, end)| !touches(text, *start, *end))
            .collect()
    }
}

/// The term as one word, as in `#ProjectNightingale`.
fn joined(term: &str) -> Option<String> {
    let joined = term.replace(' ', "");
    (term.contains(' ') && joined.len() >= SHORTEST_COMPOUND).then_some(joined)
}

/// Text in small letters without accents and the stops of abbreviations, in which a run of white space, hyphens, slashes and low lines is
/// one space: what people do not keep to when they write a name that others gave.
struct Bare {
    text: String,
    /// Start and end of what each byte of `text` was made from.
    origin: Vec<(usize, usize)>,
}

impl Bare {
    fn new(text: &str) -> Self {
        let mut bare =
            Self { text: String::with_capacity(text.len()), origin: Vec::with_capacity(text.len()) };
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let is_abbreviation = c == '.' && text[end..].starts_with([' ', '\n']);
            if is_abbreviation {
                continue;
            }
            if c.is_whitespace() || matches!(c, '-' | '/' | '_') {
                bare.widen_or_push(start, end);
            } else if is_accent(c) {
                bare.widen(end);
            } else {
                bare.push(c, start, end);
            }
        }
        bare
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        if c.is_ascii() {
            self.text.push(c.to_ascii_lowercase());
            self.origin.push((start, end));
            return;
        }
        // Capitals first: "ß" has no other form in common with "SS".
        let plain = std::iter::once(c).nfd().filter(|c| !is_accent(*c));
        let before = self.text.len();
        self.text.extend(plain.flat_map(char::to_uppercase).flat_map(char::to_lowercase));
        self.origin.extend(std::iter::repeat_n((start, end), self.text.len() - before));
    }

    fn widen_or_push(&mut self, start: usize, end: usize) {
        if self.text.ends_with(' ') {
            self.widen(end);
        } else {
            self.push(' ', start, end);
        }
    }

    fn widen(&mut self, end: usize) {
        if let Some(last) = self.origin.last_mut() {
            last.1 = end;
        }
    }
}

fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}
