//! A comparison of runs as a file.
//!
//! * Markdown: a table per question, a row per theme.
//! * CSV: a row per theme and run: `question,theme_id,theme,run,base,respondents,share,share_low,share_high,since,status,difference,`
//!   `difference_low,difference_high,p_adjusted,change`. Shares and differences are numbers from -1 to 1; what is hidden is `[c]`, what is
//!   not there is empty.
//! * JSON: [`Comparison`] itself.

use super::figures::{percent, whole};
use super::inert::{cell, markdown, markdown_line};
use super::json;
use super::run::HIDDEN;
use crate::types::{ComparedQuestion, ComparedShare, ComparedTheme, Comparison};
use std::io::{self, Write};

/// The form of a table that is written on demand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// For reading and pasting.
    Markdown,
    /// For R, Python and Excel.
    Csv,
    /// Everything.
    Json,
}

/// Writes a comparison. Two calls with the same comparison write the same bytes.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_comparison(
    comparison: &Comparison,
    format: TableFormat,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    match format {
        TableFormat::Markdown => write_markdown(comparison, out),
        TableFormat::Csv => write_csv(comparison, out),
        TableFormat::Json => json::pretty(comparison, out),
    }
}

fn write_markdown(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}: {}", markdown_line(&comparison.title), markdown(&comparison.runs.join(", ")))?;
    for note in &comparison.notes {
        writeln!(out, "\n> {}.", markdown(note))?;
    }
    for question in &comparison.questions {
        writeln!(out, "\n## {}\n", markdown_line(&question.wording))?;
        write!(out, "| Theme |")?;
        for (run, base) in comparison.runs.iter().zip(&question.bases) {
            let base = base.map_or_else(|| "not asked".into(), |base| format!("base {}", whole(base)));
            write!(out, " {} ({base}) |", markdown(run))?;
        }
        writeln!(out, " Change |\n| --- |{} --- |", " --- |".repeat(comparison.runs.len()))?;
        for theme in &question.themes {
            write!(out, "| {} |", markdown(&theme.name))?;
            for share in &theme.shares {
                write!(out, " {} |", share_words(*share))?;
            }
            writeln!(out, " {} |", markdown(&change_words(theme)))?;
        }
    }
    writeln!(
        out,
        "\nShares are of the base, with 95% intervals (Wilson); changes have 95% intervals (Newcombe) and count as clear at"
    )?;
    writeln!(
        out,
        "p below 0.05, adjusted over the themes (Benjamini-Hochberg). [c]: hidden so that nobody can be recognised."
    )
}

/// `12% (10% to 15%)`; `[c]` where hidden, empty where the run does not know the theme.
fn share_words(share: Option<ComparedShare>) -> String {
    match share {
        None => String::new(),
        Some(ComparedShare { share: Some(share), interval: Some((low, high)), .. }) => {
            format!("{} ({} to {})", percent(Some(share)), percent(Some(low)), percent(Some(high)))
        }
        Some(share) => percent(share.share),
    }
}

/// The changes in words, oldest first; where there are several, each with the run it compares with.
fn change_words(theme: &ComparedTheme) -> String {
    let changes: Vec<_> = theme.changes.iter().flatten().collect();
    match changes.as_slice() {
        [only] => only.words.clone(),
        several => {
            let words = several.iter().map(|change| format!("since {}: {}", change.previous, change.words));
            words.collect::<Vec<_>>().join("; ")
        }
    }
}

const COLUMNS: [&str; 16] = [
    "question",
    "theme_id",
    "theme",
    "run",
    "base",
    "respondents",
    "share",
    "share_low",
    "share_high",
    "since",
    "status",
    "difference",
    "difference_low",
    "difference_high",
    "p_adjusted",
    "change",
];

fn write_csv(comparison: &Comparison, out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(COLUMNS)?;
    for question in &comparison.questions {
        for theme in &question.themes {
            for (number, run) in comparison.runs.iter().enumerate() {
                table.write_record(row(question, theme, number, run)?)?;
            }
        }
    }
    table.flush()
}

fn row(
    question: &ComparedQuestion,
    theme: &ComparedTheme,
    number: usize,
    run: &str,
) -> io::Result<Vec<String>> {
    let share = theme.shares.get(number).copied().flatten();
    let change = theme.changes.get(number).and_then(Option::as_ref);
    let count = |count: Option<usize>| count.map_or_else(|| HIDDEN.into(), |count| count.to_string());
    let of_share = |get: fn(ComparedShare) -> Option<f64>| {
        share.map_or_else(String::new, |share| get(share).map_or_else(|| HIDDEN.into(), number_words))
    };
    let of_change = |number: Option<f64>| number.map(number_words).unwrap_or_default();
    let status = change.map(|change| serde_json::to_value(change.status)).transpose()?;
    Ok(vec![
        cell(&question.column),
        theme.id.to_string(),
        cell(&theme.name),
        cell(run),
        question.bases.get(number).copied().flatten().map(|base| base.to_string()).unwrap_or_default(),
        share.map_or_else(String::new, |share| count(share.respondents)),
        of_share(|share| share.share),
        of_share(|share| share.interval.map(|interval| interval.0)),
        of_share(|share| share.interval.map(|interval| interval.1)),
        change.map(|change| cell(&change.previous)).unwrap_or_default(),
        status.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default().to_owned(),
        of_change(change.and_then(|change| change.difference)),
        of_change(change.and_then(|change| Some(change.interval?.0))),
        of_change(change.and_then(|change| Some(change.interval?.1))),
        of_change(change.and_then(|change| change.p_adjusted)),
        change.map(|change| cell(&change.words)).unwrap_or_default(),
    ])
}

/// Four decimals; never `-0.0000`.
fn number_words(number: f64) -> String {
    let text = format!("{number:.4}");
    if text == "-0.0000" { text[1..].into() } else { text }
}
