//! Errors as a user reads them, and the exit code.

use std::process::ExitCode;
use verbatim::Hint;
use verbatim::pipeline::told;

/// 1: a part or the request cannot be served.
const CANNOT_SERVE: u8 = 1;
/// 2: wrong usage, or something nobody expected.
pub(crate) const USAGE: u8 = 2;

/// An error that only this program can know of.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Complaint {
    message: String,
    hint: Option<String>,
}

impl Complaint {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None }
    }

    /// What to do.
    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Prints an error with its causes and its hint.
pub(crate) fn print(error: &anyhow::Error) -> ExitCode {
    let (hint, code) = match (error.downcast_ref::<Complaint>(), error.downcast_ref::<verbatim::Error>()) {
        (Some(complaint), _) => (complaint.hint.clone(), CANNOT_SERVE),
        (None, Some(error)) => (error.hint(), CANNOT_SERVE),
        (None, None) => (None, USAGE),
    };
    say(&told(error.as_ref(), hint.as_deref()));
    ExitCode::from(code)
}

/// Says something on stderr.
pub(crate) fn say(text: &str) {
    use std::io::Write;
    // A closed stream is nobody's fault.
    let _ = std::io::stderr().write_all(text.as_bytes());
}
