//! The one place that writes to a stream: data to stdout, everything else to stderr.

use std::io::{IsTerminal, Write};

/// Decides what is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Printer {
    quiet: bool,
}

impl Printer {
    /// Prints nothing but errors if `quiet`.
    pub(crate) fn new(quiet: bool) -> Self {
        Self { quiet }
    }

    /// Whether bars may be drawn.
    pub(crate) fn draws_bars(self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Whether bold and colour may be used.
    pub(crate) fn colours(self) -> bool {
        self.draws_bars() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
    }

    /// A message for the user.
    pub(crate) fn say(self, text: &str) {
        if !self.quiet {
            to_stderr(&format!("{text}\n"));
        }
    }

    /// Something the user ought to know.
    pub(crate) fn warn(self, text: &str) {
        if !self.quiet {
            to_stderr(&format!("warning: {text}\n"));
        }
    }

    /// Data that another program may read.
    ///
    /// # Errors
    /// If stdout cannot be written.
    #[expect(
        clippy::unused_self,
        reason = "all printing goes through a printer, so that quiet is never forgotten"
    )]
    pub(crate) fn data(self, bytes: &[u8]) -> std::io::Result<()> {
        let mut stdout = std::io::stdout().lock();
        match str::from_utf8(bytes) {
            Ok(text) => stdout.write_all(harmless(text).as_bytes())?,
            Err(_) => stdout.write_all(bytes)?,
        }
        stdout.flush()
    }
}

/// Writes to stderr; a closed stderr is nobody's fault.
pub(crate) fn to_stderr(text: &str) {
    let _ = std::io::stderr().lock().write_all(harmless(text).as_bytes());
}

/// What tables are drawn with: bold, and the end of it.
const BOLD: [&str; 2] = ["\u{1b}[1m", "\u{1b}[0m"];

/// Without what would drive a terminal or turn its text around. Quotes and names of columns come from anywhere.
fn harmless(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let bold = BOLD.iter().find(|bold| rest.starts_with(**bold));
        let length = bold.map_or(c.len_utf8(), |bold| bold.len());
        let ends_line = c == '\r' && rest.starts_with("\r\n");
        let drives = c.is_control() && !matches!(c, '\n' | '\t') && !ends_line;
        let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let (piece, after) = rest.split_at(length);
        if bold.is_some() || !(drives || turns) {
            shown.push_str(piece);
        }
        rest = after;
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_drives_a_terminal_is_not_printed_and_lines_may_end_in_both_signs() {
        assert_eq!(harmless("a\r\nb\rc\r"), "a\r\nbc");
        let text = "\u{1b}[1mPay\u{1b}[0m “\u{1b}]0;x\u{7}\u{1b}[2J\u{9b}2Ja\u{202e}b\rc👩‍👩‍👧”\n\t.";
        assert_eq!(harmless(text), "\u{1b}[1mPay\u{1b}[0m “]0;x[2J2Jabc👩‍👩‍👧”\n\t.");
    }
}
