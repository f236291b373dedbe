//! Progress as bars on a terminal, as one line per stage elsewhere.

use super::printer::Printer;
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use verbatim::progress::{Progress, Stage};

/// A bar per stage.
pub(crate) struct Bars {
    draw: MultiProgress,
    printer: Printer,
    running: Mutex<BTreeMap<Stage, ProgressBar>>,
}

impl Bars {
    /// Bars on stderr, if it is a terminal.
    pub(crate) fn new(printer: Printer) -> Self {
        let target =
            if printer.draws_bars() { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        Self { draw: MultiProgress::with_draw_target(target), printer, running: Mutex::default() }
    }

    fn with<T>(&self, stage: Stage, act: impl FnOnce(&ProgressBar) -> T) -> Option<T> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).get(&stage).map(act)
    }
}

impl Progress for Bars {
    fn start(&self, stage: Stage, total: Option<u64>) {
        if !self.printer.draws_bars() {
            self.printer.say(&format!("{stage}…"));
        }
        let bar = self.draw.add(total.map_or_else(ProgressBar::new_spinner, ProgressBar::new));
        bar.set_style(style(total));
        bar.set_message(stage.to_string());
        bar.enable_steady_tick(Duration::from_millis(120));
        self.running.lock().unwrap_or_else(PoisonError::into_inner).insert(stage, bar);
    }

    fn advance(&self, stage: Stage, steps: u64) {
        self.with(stage, |bar| bar.inc(steps));
    }

    fn finish(&self, stage: Stage) {
        self.with(stage, ProgressBar::finish);
    }
}

fn style(total: Option<u64>) -> ProgressStyle {
    let template = match total {
        Some(n) if n > 20 => "{msg:32} {wide_bar:.cyan/dim} {human_pos}/{human_len} {eta:>4} left",
        Some(_) => "{msg:32} {wide_bar:.cyan/dim} {human_pos}/{human_len}",
        None => "{msg:32} {spinner} {elapsed}",
    };
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
