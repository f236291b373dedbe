//! The text as a reader would see it: disguises undone, with the way back to the original.

use super::find::Found;
use crate::types::{Span, mark_len};

/// Stands for a mark of an earlier masking, so that no rule reads it as text. A sign of ASCII, since one of another script makes
/// patterns with word boundaries ten times as slow.
pub(super) const MARK: char = '\u{1a}';

/// Text in which odd spaces are spaces, full-width letters and digits are plain ones, dashes and apostrophes are of one
/// kind, and invisible characters are gone.
pub(super) struct Folded {
    pub(super) text: String,
    /// Start and end in the original of the character that holds each byte of `text`; empty where nothing was changed.
    origin: Vec<(usize, usize)>,
}

impl Folded {
    pub(super) fn new(original: &str) -> Self {
        if original.is_ascii() && !original.contains(['[', '`', '\t', '\r', MARK]) {
            return Self { text: original.to_owned(), origin: Vec::new() };
        }
        let mut folded = Self { text: String::with_capacity(original.len()), origin: Vec::new() };
        let mut at = 0;
        while let Some(c) = original.get(at..).and_then(|rest| rest.chars().next()) {
            let mark = if c == '[' { mark_len(original.get(at..).unwrap_or_default()) } else { None };
            let end = at + mark.unwrap_or(c.len_utf8());
            match mark {
                Some(_) => folded.push(MARK, at, end),
                None => {
                    if let Some(plain) = plain(c) {
                        folded.push(plain, at, end);
                    }
                }
            }
            at = end;
        }
        folded
    }

    fn push(&mut self, c: char, start: usize, end: usize) {
        self.text.push(c);
        self.origin.extend(std::iter::repeat_n((start, end), c.len_utf8()));
    }

    /// The text with a mark in place of each of `details`, which are sorted and do not overlap.
    pub(super) fn without(&self, details: &[Found]) -> Self {
        let mut masked = Self { text: String::with_capacity(self.text.len()), origin: Vec::new() };
        let mut at = 0;
        for detail in details {
            masked.copy(self, at, detail.start);
            let span = self.original(detail.start, detail.end);
            masked.push(MARK, span.start, span.end);
            at = detail.end;
        }
        masked.copy(self, at, self.text.len());
        masked
    }

    fn copy(&mut self, from: &Self, start: usize, end: usize) {
        for (i, c) in from.text.get(start..end).unwrap_or_default().char_indices() {
            let span = from.original(start + i, start + i + c.len_utf8());
            self.push(c, span.start, span.end);
        }
    }

    /// Where `start..end` of the folded text stands in the original.
    pub(super) fn original(&self, start: usize, end: usize) -> Span {
        if self.origin.is_empty() || end <= start {
            return Span::new(start, end);
        }
        let from = self.origin.get(start).map_or(0, |origin| origin.0);
        let to = self.origin.get(end - 1).map_or(from, |origin| origin.1);
        Span::new(from, to)
    }
}

/// What a reader sees; `None` for nothing.
fn plain(c: char) -> Option<char> {
    match c {
        MARK
        | '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}'
        | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\t' => {
            Some(' ')
        }
        // What stands for an object in a text, which nobody reads.
        '\u{fffc}' => Some(MARK),
        '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe58}' | '\u{fe63}' => Some('-'),
        '‘' | '’' | '‛' | 'ʼ' | '`' | '´' => Some('\''),
        // Digits of other scripts are numbers to a reader and to a telephone.
        '\u{660}'..='\u{669}' => char::from_u32(c as u32 - 0x660 + 0x30),
        '\u{6f0}'..='\u{6f9}' => char::from_u32(c as u32 - 0x6f0 + 0x30),
        '\u{966}'..='\u{96f}' => char::from_u32(c as u32 - 0x966 + 0x30),
        '\u{1d7ce}'..='\u{1d7ff}' => char::from_u32((c as u32 - 0x1d7ce) % 10 + 0x30),
        _ => Some(c),
    }
}
