//! What the engine says, on stderr. It speaks of plans and parts and never of answers' text.

use crate::complaint::say;
use log::{LevelFilter, Log, Metadata, Record};

struct ToStderr;

impl Log for ToStderr {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // The HTTP library is of interest to nobody here.
        metadata.target().starts_with("ballista") || metadata.target().starts_with("datafusion")
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            say(&format!("{}: {}\n", record.level().as_str().to_lowercase(), record.args()));
        }
    }

    fn flush(&self) {}
}

/// Begins to print what has at least this weight.
pub(crate) fn init(level: LevelFilter) {
    if log::set_logger(&ToStderr).is_ok() {
        log::set_max_level(level);
    }
}
