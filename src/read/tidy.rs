use super::cells::answer_text;
use super::count_of;
use std::borrow::Cow;

/// Longest answer that raises no remark, in characters.
const LONG_ANSWER: usize = 100_000;
/// Characters that a cell of Excel can hold; a text of exactly so many was probably cut there.
const EXCEL_CELL: usize = 32_767;
/// Longest run of characters without a space that may be a word or a link.
const LONG_WORD: usize = 5000;

/// What was found in answers, counted per kind, with the first row of each.
#[derive(Debug, Default)]
pub(super) struct Notes {
    counts: [Note; 7],
}

#[derive(Debug, Clone, Copy, Default)]
struct Note {
    count: usize,
    first: usize,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Nul,
    Control,
    Mojibake,
    Long,
    Cut,
    Scientific,
    Word,
}

impl Notes {
    /// An answer as [`answer_text`] keeps it.
    pub(super) fn tidy(&mut self, cell: &str, row: usize) -> String {
        let text = answer_text(cell);
        if matches!(text, Cow::Owned(_)) {
            self.note(Kind::Nul, row);
        }
        let text = text.into_owned();
        if text.chars().any(is_odd) {
            self.note(Kind::Control, row);
        }
        if !text.is_ascii() && MOJIBAKE.iter().any(|sign| text.contains(sign)) {
            self.note(Kind::Mojibake, row);
        }
        if is_scientific(&text) {
            self.note(Kind::Scientific, row);
        }
        if text.len() > LONG_WORD && text.split_whitespace().any(|word| word.chars().nth(LONG_WORD).is_some())
        {
            self.note(Kind::Word, row);
        }
        if text.len() >= EXCEL_CELL {
            let characters = text.chars().count();
            if characters > LONG_ANSWER {
                self.note(Kind::Long, row);
            }
            if text.encode_utf16().count() == EXCEL_CELL {
                self.note(Kind::Cut, row);
            }
        }
        text
    }

    fn note(&mut self, kind: Kind, row: usize) {
        if let Some(note) = self.counts.get_mut(kind as usize) {
            if note.count == 0 {
                note.first = row;
            }
            note.count += 1;
        }
    }

    /// One sentence per kind that was found.
    pub(super) fn warnings(&self) -> Vec<String> {
        let words = [
            (Kind::Nul, "NUL characters or `_x000D_` were taken out"),
            (Kind::Control, "there are control characters, which exports leave out"),
            (
                Kind::Mojibake,
                "there are signs such as `â€™`, left by saving in the wrong encoding; export the answers again as UTF-8 to mend them",
            ),
            (Kind::Long, "there are over 100,000 characters; they are kept whole"),
            (
                Kind::Cut,
                "there are exactly 32,767 characters, where Excel cuts a cell; the end may be missing",
            ),
            (
                Kind::Scientific,
                "there is only a number such as `1E+09`, which Excel makes of long numbers; what was typed is lost",
            ),
            (
                Kind::Word,
                "there are over 5,000 characters without a space, such as a picture pasted as text; they are kept whole",
            ),
        ];
        words
            .iter()
            .filter_map(|(kind, words)| {
                let note = self.counts.get(*kind as usize).filter(|note| note.count > 0)?;
                Some(format!("In {} {words} (first in row {})", count_of(note.count, "answer"), note.first))
            })
            .collect()
    }
}

/// UTF-8 read as Windows-1252: curly quotes, dashes, the pound sign, accented letters.
const MOJIBAKE: [&str; 9] = ["â€™", "â€˜", "â€œ", "â€“", "â€”", "â€¦", "Â£", "Ã©", "Ã¨"];

/// Control characters that no keyboard types into a text, and the characters that XML forbids.
fn is_odd(c: char) -> bool {
    (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) || matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// `1E+09`, `4.47E+11`.
fn is_scientific(text: &str) -> bool {
    let text = text.trim();
    text.len() < 30
        && text.split_once("E+").is_some_and(|(mantissa, exponent)| {
            mantissa.starts_with(|c: char| c.is_ascii_digit())
                && mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.')
                && !exponent.is_empty()
                && exponent.bytes().all(|b| b.is_ascii_digit())
        })
}
