//! Errors as a user reads them, and the exit code.

use std::process::ExitCode;
use verbatim::Hint;
use verbatim::pipeline::told;

/// 1: the input or the request cannot be served.
pub(crate) const CANNOT_SERVE: u8 = 1;
/// 2: wrong usage, or something nobody expected.
pub(crate) const USAGE: u8 = 2;

/// An error that only the command line can know of.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub(crate) struct Complaint {
    message: String,
    hint: Option<String>,
    usage: bool,
}

impl Complaint {
    /// The request cannot be served.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), hint: None, usage: false }
    }

    /// The request makes no sense.
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self { usage: true, ..Self::new(message) }
    }

    /// What to do.
    pub(crate) fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}

/// Prints clap's message to the stream it belongs on.
pub(crate) fn usage(error: &clap::Error) -> ExitCode {
    let code = if error.use_stderr() { USAGE } else { 0 };
    // A closed stream is nobody's fault.
    let _ = error.print();
    ExitCode::from(code)
}

/// Prints an error with its causes and its hint.
pub(crate) fn failure(error: &anyhow::Error) -> ExitCode {
    if is_broken_pipe(error) {
        return ExitCode::SUCCESS;
    }
    let (hint, code) = advice(error);
    super::printer::to_stderr(&told(error.as_ref(), hint.as_deref()));
    ExitCode::from(code)
}

fn advice(error: &anyhow::Error) -> (Option<String>, u8) {
    if let Some(e) = error.downcast_ref::<Complaint>() {
        return (e.hint.clone(), if e.usage { USAGE } else { CANNOT_SERVE });
    }
    if let Some(e) = error.downcast_ref::<verbatim::Error>() {
        let usage = matches!(e, verbatim::Error::Read(read) if read.is_usage());
        return (e.hint(), if usage { USAGE } else { CANNOT_SERVE });
    }
    (None, USAGE)
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|io| io.kind() == std::io::ErrorKind::BrokenPipe)
}
