use crate::files::MAX_CELL;
use std::collections::VecDeque;
use std::io::{self, Read};

/// Passes text through and follows its quotation marks, so that one that is never closed is found at its opening, and its blank lines,
/// which a spreadsheet counts and the reader of records passes over.
#[derive(Debug)]
pub(super) struct QuoteWatch<R> {
    inner: R,
    delimiter: u8,
    state: State,
    line: u64,
    /// Line and byte where the cell began.
    cell: (u64, u64),
    at: u64,
    /// Whether the quoted cell has held a line break.
    breaks: bool,
    after_cr: bool,
    /// Quoted cells on one line that go on after their closing mark, and the line of the first.
    pub(super) stray: (usize, u64),
    /// Opening line of a quoted cell over several lines that ended in the middle of text.
    torn: Option<u64>,
    blank: Blank,
}

/// The blank lines among the records that went through.
#[derive(Debug, Default)]
struct Blank {
    /// Those since the last record.
    lines: usize,
    /// Records that have begun.
    records: usize,
    within_line: bool,
    /// Records right below blank lines, counted from 1, and how many lines: those nobody has asked for yet.
    above: VecDeque<(usize, usize)>,
}

impl Blank {
    fn end_line(&mut self) {
        self.lines += usize::from(!self.within_line);
        self.within_line = false;
    }

    fn go_on(&mut self) {
        if self.within_line {
            return;
        }
        self.within_line = true;
        self.records += 1;
        if self.lines > 0 {
            self.above.push_back((self.records, std::mem::take(&mut self.lines)));
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    CellStart,
    Plain,
    Quoted,
    /// After a quotation mark in a quoted cell: its end, or the first half of a doubled one.
    QuoteInQuoted,
}

/// A cell that goes on for more than [`MAX_CELL`] bytes.
#[derive(Debug, thiserror::Error)]
#[error("a cell does not end")]
pub(super) struct Runaway {
    pub(super) line: u64,
}

impl<R> QuoteWatch<R> {
    pub(super) fn new(inner: R, delimiter: u8, line: u64) -> Self {
        Self {
            inner,
            delimiter,
            state: State::CellStart,
            line,
            cell: (line, 0),
            at: 0,
            breaks: false,
            after_cr: false,
            stray: (0, 0),
            torn: None,
            blank: Blank::default(),
        }
    }

    /// Blank lines right above record `record`, counted from 1, which is asked of every record in turn.
    pub(super) fn blank_lines_above(&mut self, record: usize) -> usize {
        let above = &mut self.blank.above;
        above.pop_front_if(|(below, _)| *below == record).map_or(0, |(_, lines)| lines)
    }

    /// Line of the opening mark of a quoted cell that never ended, or that ran over several lines and ended in the middle
    /// of text, where the next cell's opening mark closed it.
    pub(super) fn unclosed(&self) -> Option<u64> {
        self.torn.or_else(|| (self.state == State::Quoted).then_some(self.cell.0))
    }

    fn follow(&mut self, byte: u8) {
        let is_break = byte == b'\n' || byte == b'\r';
        let ends_line = is_break && !(byte == b'\n' && self.after_cr);
        match (self.state, is_break) {
            (State::Quoted, _) | (_, false) => self.blank.go_on(),
            _ if ends_line => self.blank.end_line(),
            _ => {}
        }
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::CellStart | State::QuoteInQuoted, b'"') => State::Quoted,
            (State::Quoted, _) => {
                self.breaks |= is_break;
                State::Quoted
            }
            (_, byte) if is_break || byte == self.delimiter => State::CellStart,
            (State::QuoteInQuoted, _) => {
                if self.breaks {
                    self.torn.get_or_insert(self.cell.0);
                } else {
                    self.stray.0 += 1;
                    self.stray.1 = if self.stray.0 == 1 { self.cell.0 } else { self.stray.1 };
                }
                State::Plain
            }
            (State::CellStart | State::Plain, _) => State::Plain,
        };
        self.line += u64::from(ends_line);
        self.after_cr = byte == b'\r';
        self.at += 1;
        if self.state == State::CellStart {
            self.cell = (self.line, self.at);
            self.breaks = false;
        }
    }
}

impl<R: Read> Read for QuoteWatch<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        for byte in buffer.iter().take(n) {
            self.follow(*byte);
        }
        if self.at - self.cell.1 > MAX_CELL {
            return Err(io::Error::other(Runaway { line: self.cell.0 }));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unclosed(text: &str) -> Option<u64> {
        let mut watch = QuoteWatch::new(text.as_bytes(), b',', 1);
        io::copy(&mut watch, &mut io::sink()).unwrap();
        watch.unclosed()
    }

    #[test]
    fn blank_lines_are_counted_between_records_and_not_in_cells() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["", "\"a", "", "b\"", "", "", "id,comment", "", "1,fine"].join(end);
            let mut watch = QuoteWatch::new(text.as_bytes(), b',', 1);
            io::copy(&mut watch, &mut io::sink()).unwrap();
            assert_eq!([1, 2, 3].map(|record| watch.blank_lines_above(record)), [1, 2, 1], "{end:?}");
        }
    }

    #[test]
    fn only_a_mark_that_is_never_closed_is_named() {
        assert_eq!(unclosed("id,text\r\n1,\"two\r\nlines\"\r\n2,\"a \"\"b\"\" c\"\r\n"), None);
        assert_eq!(unclosed("id,text\n1,\"fine\"\n2,\"not closed\n3,more\n"), Some(3));
        assert_eq!(unclosed("id,text\n1,\"not closed\n2,\"next\"\n"), Some(2));
        assert_eq!(unclosed("id,text\n1,5\" pipe\n2,\"he \"said\" so\"\n"), None);
        assert_eq!(unclosed("id,text\r1,\"a\rb\"\r2,\"open\r"), Some(4));
    }
}
