//! Words, signs and spaces.

use super::words::{self, Class};
use crate::types::{Mask, MaskKind, Span};
use unicode_segmentation::UnicodeSegmentation;

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters or digits, with hyphens, slashes and apostrophes inside.
    Word,
    /// A personal detail; never split.
    Mask,
    /// Punctuation, a symbol, an emoji; holds its first character.
    Sign(char),
    /// White space within a line.
    Space,
    /// White space with at least one line break.
    Line,
}

/// A token of the answer.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) span: Span,
    pub(super) kind: Kind,
    /// What the word can be; empty for everything else.
    pub(super) class: Class,
    /// Whether it begins with a capital letter.
    pub(super) capital: bool,
}

impl Token {
    /// Whether it is a word or a personal detail.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Mask)
    }

    /// Whether it is white space.
    pub(super) fn is_space(&self) -> bool {
        matches!(self.kind, Kind::Space | Kind::Line)
    }

    /// Whether it is this sign.
    pub(super) fn is_sign(&self, sign: char) -> bool {
        self.kind == Kind::Sign(sign)
    }
}

/// The tokens of `text`, which together cover it.
pub(super) fn tokenise(text: &str, masks: &[Mask]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    for mask in masks {
        if mask.span.start < at || mask.span.end > text.len() || mask.span.is_empty() {
            continue;
        }
        tokenise_part(text, Span::new(at, mask.span.start), &mut tokens);
        // "She said no. [name] agreed" is two sentences, "my NHS no. [NHS number]" is one.
        let capital = matches!(mask.kind, MaskKind::Name | MaskKind::Denied);
        tokens.push(Token { span: mask.span, kind: Kind::Mask, class: Class::CONTENT, capital });
        at = mask.span.end;
    }
    tokenise_part(text, Span::new(at, text.len()), &mut tokens);
    tokens
}

fn tokenise_part(text: &str, part: Span, tokens: &mut Vec<Token>) {
    let first = tokens.len();
    for (offset, word) in part.slice(text).split_word_bound_indices() {
        let start = part.start + offset;
        match missing_space(word) {
            Some(dot) => {
                push(text, Span::new(start, start + dot), first, tokens);
                push(text, Span::new(start + dot, start + dot + 1), first, tokens);
                push(text, Span::new(start + dot + 1, start + word.len()), first, tokens);
            }
            None => {
                for (start, end) in without_spaces(start, word) {
                    push(text, Span::new(start, end), first, tokens);
                }
            }
        }
    }
    for token in tokens.iter_mut().skip(first).filter(|token| token.kind == Kind::Word) {
        let word = token.span.slice(text);
        token.class = words::classify(word);
        token.capital = word.chars().next().is_some_and(char::is_uppercase);
    }
}

/// Where the pieces of a word begin and end that white space parts: the Unicode rules hold a narrow no-break space for a part of the
/// word beside it, and a lone accent for a part of the space before it.
fn without_spaces(start: usize, word: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut end = start;
    word.split_inclusive(char::is_whitespace).flat_map(move |piece| {
        let letters = (end, end + piece.trim_end().len());
        end += piece.len();
        // An empty piece is no token.
        [letters, (letters.1, end)]
    })
}

/// Where the dot stands in "friendly.The", which the Unicode rules keep together as they do "example.org".
fn missing_space(word: &str) -> Option<usize> {
    let (before, after) = word.split_once('.')?;
    let lower = before.chars().count() > 1 && before.chars().all(char::is_lowercase);
    let new_sentence = after.chars().next().is_some_and(char::is_uppercase);
    (lower && new_sentence).then_some(before.len())
}

/// Adds a token, or lengthens the one before: "face-to-face", "and/or" and a run of spaces are one token each.
fn push(text: &str, span: Span, first: usize, tokens: &mut Vec<Token>) {
    let piece = span.slice(text);
    let Some(sign) = piece.chars().next() else { return };
    let kind = if piece.chars().all(char::is_whitespace) {
        if piece.contains(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']) { Kind::Line } else { Kind::Space }
    } else if piece.chars().any(char::is_alphanumeric) {
        Kind::Word
    } else {
        Kind::Sign(sign)
    };
    if tokens.len() > first {
        let count = tokens.len();
        let joins = |token: &Token| matches!(token.kind, Kind::Sign('-' | '/' | '&' | '\'' | '’' | '‑'));
        match (kind, tokens.last().map(|last| last.kind)) {
            (Kind::Word, Some(Kind::Sign(_)))
                if count >= first + 2
                    && tokens.last().is_some_and(joins)
                    && tokens.get(count - 2).is_some_and(|token| token.kind == Kind::Word) =>
            {
                tokens.pop();
                if let Some(word) = tokens.last_mut() {
                    word.span.end = span.end;
                }
                return;
            }
            (Kind::Space | Kind::Line, Some(Kind::Space | Kind::Line)) => {
                if let Some(space) = tokens.last_mut() {
                    space.span.end = span.end;
                    if kind == Kind::Line {
                        space.kind = Kind::Line;
                    }
                }
                return;
            }
            _ => {}
        }
    }
    tokens.push(Token { span, kind, class: Class::default(), capital: false });
}
