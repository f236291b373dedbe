//! The table at the end of a run.

use super::printer::Printer;
use comfy_table::{Attribute, Cell, CellAlignment, ContentArrangement, Table, presets};
use std::fmt::Write;
use std::path::Path;
use verbatim::maths::percent;
use verbatim::types::{Level, QuestionReport, Report, Theme};

const BAR_WIDTH: usize = 10;

/// What was found, question by question, and where the files are.
pub(crate) fn summary(report: &Report, folder: &Path, printer: Printer) -> String {
    let mut text = String::new();
    for question in &report.questions {
        let _ = writeln!(text, "\n{}", question.wording);
        let _ = writeln!(text, "{}", figures(question));
        if !question.themes.is_empty() {
            let _ = writeln!(text, "{}", themes(report, question, printer));
        }
    }
    let page = folder.join("report.html");
    let _ =
        write!(text, "\nThe report is {}; everything of this run is in {}", page.display(), folder.display());
    text
}

fn figures(question: &QuestionReport) -> String {
    let coverage = question
        .coverage
        .map_or_else(String::new, |share| format!(", {} of them in a theme", percent(share)));
    let silent = question
        .blank
        .zip(question.non_answers)
        .map_or_else(String::new, |(blank, none)| format!("; {blank} left it blank, {none} had no comment"));
    format!("{} answered{coverage}{silent}", question.base)
}

fn themes(report: &Report, question: &QuestionReport, printer: Printer) -> Table {
    let changes = question.themes.iter().any(|theme| theme.change.is_some());
    let mut header = vec!["Theme", "n", "Share", ""];
    if changes {
        header.push("Change");
    }
    header.push("First quote");
    let mut table = empty_table(printer);
    table.set_header(header);
    for theme in &question.themes {
        table.add_row(row(report, theme, changes, printer));
    }
    table
}

/// A table as wide as the terminal.
pub(crate) fn empty_table(printer: Printer) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    if !printer.draws_bars() {
        table.set_width(100);
    }
    table
}

fn row(report: &Report, theme: &Theme, changes: bool, printer: Printer) -> Vec<Cell> {
    let tentative = if theme.tentative { " (tentative)" } else { "" };
    let mut name = Cell::new(format!("{}{tentative}", theme.name));
    if printer.colours() && theme.level == Level::Common {
        name = name.add_attribute(Attribute::Bold);
    }
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    let mut cells = vec![
        name,
        right(theme.respondents.map_or_else(|| "[c]".into(), |n| n.to_string())),
        right(theme.share.map_or_else(|| "[c]".into(), percent)),
        Cell::new(theme.share.map_or_else(String::new, |share| bar(share, report))),
    ];
    if changes {
        cells.push(Cell::new(theme.change.as_ref().map_or("", |change| change.words.as_str())));
    }
    cells.push(Cell::new(
        theme.quotes.first().map_or_else(String::new, |quote| format!("“{}”", clip(&quote.text))),
    ));
    cells
}

fn bar(share: f64, report: &Report) -> String {
    let largest = report
        .questions
        .iter()
        .flat_map(|question| &question.themes)
        .filter_map(|theme| theme.share)
        .fold(f64::MIN_POSITIVE, f64::max);
    "█".repeat(((share / largest * BAR_WIDTH as f64).round() as usize).clamp(1, BAR_WIDTH))
}

fn clip(text: &str) -> String {
    const LONGEST: usize = 110;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST {
        return line;
    }
    let cut: String = line.chars().take(LONGEST).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole_words, _)| whole_words))
}
