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
        stdout.write_all(bytes)?;
        stdout.flush()
    }
}

/// Writes to stderr; a closed stderr is nobody's fault.
pub(crate) fn to_stderr(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}
