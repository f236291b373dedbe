//! Where one sentence, line or list item ends.

use super::tokens::{Kind, Token};
use std::ops::Range;

/// Words whose dot does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "dr", "drs", "mr", "mrs", "ms", "mx", "prof", "rev", "sr", "jr", "st", "e.g", "i.e", "eg", "ie", "vs",
    "v", "approx", "dept", "inc", "ltd", "co", "tel", "ext", "no", "nos", "fig", "incl", "esp", "min", "max",
    "appt", "appts", "avg", "hrs", "mins", "wk", "yr", "yrs",
];

/// Abbreviations that end a sentence where a capital letter follows.
const MAY_END: &[&str] = &[
    "etc", "a.m", "p.m", "no", "yr", "yrs", "wk", "hrs", "mins", "min", "max", "co", "ltd", "inc", "appt",
    "appts",
];

/// A line shorter than this was ended by the writer, not wrapped by a machine.
const WRAPPED_LINE: usize = 45;

/// Token ranges between the breaks, in order, list marks left out.
pub(super) fn pieces(text: &str, tokens: &[Token]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut list = List::default();
    let mut line_start = 0;
    let mut start = skip_mark(text, tokens, 0, &mut list);
    let mut i = start;
    while i < tokens.len() {
        let next = if tokens[i].kind == Kind::Line {
            let wrapped = is_wrapped(text, tokens, line_start, i);
            line_start = i + 1;
            (!wrapped).then(|| skip_mark(text, tokens, i + 1, &mut list))
        } else if ends_sentence(text, tokens, i) {
            Some(i + 1)
        } else {
            list.inline_mark(text, tokens, i)
        };
        match next {
            Some(next) => {
                // A sentence keeps its own end mark.
                let end =
                    if matches!(tokens[i].kind, Kind::Sign('.' | '!' | '?' | '…')) { i + 1 } else { i };
                pieces.push(start..end.max(start));
                start = next;
                i = next.max(i + 1);
            }
            None => i += 1,
        }
    }
    pieces.push(start..tokens.len());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// The list that an answer is written as, if it is.
#[derive(Default)]
struct List {
    /// Number or letter that the next item would carry.
    next: Option<Ordinal>,
    /// The sign that began the last item.
    sign: Option<char>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ordinal {
    Number(u32),
    Letter(char),
}

impl Ordinal {
    fn parse(word: &str) -> Option<Self> {
        let mut letters = word.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) if letter.is_ascii_alphabetic() => {
                Some(Self::Letter(letter.to_ascii_lowercase()))
            }
            _ if word.len() <= 2 => word.parse().ok().map(Self::Number),
            _ => None,
        }
    }

    fn following(self) -> Option<Self> {
        match self {
            Self::Number(number) => Some(Self::Number(number + 1)),
            Self::Letter(letter) => char::from_u32(letter as u32 + 1).map(Self::Letter),
        }
    }
}

impl List {
    /// Where the item begins whose mark stands at token `i` within a line ("1. Pay 2. Training", "- pay - training").
    fn inline_mark(&mut self, text: &str, tokens: &[Token], i: usize) -> Option<usize> {
        let after_space = i == 0 || tokens[i - 1].is_space();
        match tokens[i].kind {
            Kind::Sign('•' | '●' | '▪' | '‣' | '◦' | '■' | '◆' | '✓' | '✔' | '➢' | '·') => {
                Some(i + 1)
            }
            Kind::Sign(sign @ ('-' | '*' | '–')) => {
                let spaced = after_space && tokens.get(i + 1).is_some_and(Token::is_space);
                (spaced && self.sign == Some(sign)).then_some(i + 1)
            }
            Kind::Word if after_space && self.next.is_some() => {
                let (ordinal, end) = numbered_mark(text, tokens, i)?;
                (Some(ordinal) == self.next).then(|| {
                    self.next = ordinal.following();
                    end
                })
            }
            _ => None,
        }
    }
}

/// The first token after white space and a list mark that stand at `i`, the beginning of a line.
fn skip_mark(text: &str, tokens: &[Token], mut i: usize, list: &mut List) -> usize {
    while tokens.get(i).is_some_and(Token::is_space) {
        i += 1;
    }
    let Some(token) = tokens.get(i) else { return i };
    list.sign = None;
    match token.kind {
        Kind::Sign(
            sign @ ('-' | '*' | '–' | '—' | '•' | '●' | '▪' | '‣' | '◦' | '■' | '◆' | '✓' | '✔' | '➢' | '·'
            | '>' | '~' | '+'),
        ) => {
            list.sign = Some(sign);
            i + 1
        }
        Kind::Word if token.span.slice(text) == "o" && tokens.get(i + 1).is_some_and(Token::is_space) => {
            i + 1
        }
        Kind::Word | Kind::Sign('(') => match numbered_mark(text, tokens, i) {
            Some((ordinal, end)) => {
                list.next = ordinal.following();
                end
            }
            None => i,
        },
        _ => i,
    }
}

/// A mark such as `1.`, `2)`, `(3)`, `a)` at token `i`, and the token after it.
fn numbered_mark(text: &str, tokens: &[Token], i: usize) -> Option<(Ordinal, usize)> {
    let opened = tokens.get(i)?.is_sign('(');
    let at = if opened { i + 1 } else { i };
    let ordinal = Ordinal::parse(tokens.get(at)?.span.slice(text))?;
    let closed = match tokens.get(at + 1)?.kind {
        Kind::Sign(')') => true,
        Kind::Sign('.') => !opened && matches!(ordinal, Ordinal::Number(_)),
        _ => false,
    };
    (closed && tokens.get(at + 2).is_some_and(|after| after.is_space() || after.capital))
        .then_some((ordinal, at + 2))
}

/// Whether the line break at `i` was put in by a machine that wraps long lines.
fn is_wrapped(text: &str, tokens: &[Token], line_start: usize, i: usize) -> bool {
    let (Some(first), Some(next)) = (tokens.get(line_start), tokens.get(i + 1)) else { return false };
    let blank_line = tokens[i].span.slice(text).matches('\n').count() > 1;
    let long = tokens[i].span.start - first.span.start >= WRAPPED_LINE;
    let open = i > 0 && (tokens[i - 1].is_word() || tokens[i - 1].is_sign(','));
    long && open && !blank_line && next.kind == Kind::Word && !next.capital
}

/// Whether token `i` ends a sentence.
fn ends_sentence(text: &str, tokens: &[Token], i: usize) -> bool {
    let before = i.checked_sub(1).and_then(|b| tokens.get(b));
    if !matches!(tokens[i].kind, Kind::Sign(_)) {
        return false;
    }
    match tokens[i].kind {
        Kind::Sign(';' | '；' | '。') => true,
        // Closing signs after the mark belong to the sentence and open nothing, so the break comes with them trimmed.
        Kind::Sign('!' | '?') => tokens.get(i + 1).is_none_or(|t| t.is_space() || t.is_word()),
        Kind::Sign('…') => next_word(tokens, i).is_none_or(|t| t.capital),
        Kind::Sign('.') => {
            let Some(next) = tokens.get(i + 1) else { return true };
            if next.is_sign('.') {
                return false;
            }
            let next_word = next_word(tokens, i);
            let dots = tokens[..i].iter().rev().take(3).take_while(|t| t.is_sign('.')).count();
            if dots > 0 {
                return next_word.is_some_and(|t| t.capital);
            }
            let word = before.filter(|t| t.kind == Kind::Word).map(|t| t.span.slice(text).to_lowercase());
            let capital_next = next_word.is_some_and(|t| t.capital);
            if let Some(word) = word {
                let initial =
                    word.chars().count() == 1 && word.chars().all(char::is_alphabetic) && word != "i";
                if MAY_END.contains(&word.as_str()) {
                    return capital_next || next.kind == Kind::Line;
                }
                if ABBREVIATIONS.contains(&word.as_str()) || initial {
                    return false;
                }
            }
            next.is_space() || next.capital || matches!(next.kind, Kind::Sign(_)) && next_word.is_some()
        }
        _ => false,
    }
}

/// The word after the end mark at `i`, closing quotes and brackets, and a space.
fn next_word(tokens: &[Token], i: usize) -> Option<&Token> {
    let closes = |t: &&Token| matches!(t.kind, Kind::Sign('"' | '”' | '’' | '\'' | ')' | ']'));
    // Nobody closes more than a few at once.
    let closing = tokens.get(i + 1..)?.iter().take(8).take_while(closes).count();
    tokens.get(i + 1 + closing).filter(|t| t.is_space()).and_then(|_| tokens.get(i + 2 + closing))
}
