//! A set of quotes on demand, for a slide or a section of a report. It never holds who wrote them.

use super::docx;
use super::figures;
use super::inert::{cell, markdown, markdown_line};
use super::run::level;
use super::xlsx::{Book, Cell, Column, Sheet};
use crate::types::{QuestionReport, Quote, Report, Theme};
use std::io::{self, Write};

/// Quotes that somebody chose from a run.
#[derive(Debug, Clone)]
pub struct QuoteSet<'a> {
    /// The run's findings.
    pub report: &'a Report,
    /// What was asked for, such as `Salary and progression, employer PCN`; printed as the title.
    pub title: String,
    /// In the order in which they are to stand.
    pub quotes: Vec<ChosenQuote<'a>>,
}

/// A quote and where it comes from.
#[derive(Debug, Clone, Copy)]
pub struct ChosenQuote<'a> {
    /// Its question.
    pub question: &'a QuestionReport,
    /// Its theme.
    pub theme: &'a Theme,
    /// The quote.
    pub quote: &'a Quote,
}

/// The form of a quote set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteFormat {
    /// A Word document with the style Quote.
    Docx,
    /// A workbook: cover, contents, notes and one table.
    Xlsx,
    /// A table: `question,theme_id,theme,level,text,attribution,reviewed`, where `reviewed` says whether a person has read the
    /// quotes of the run.
    Csv,
    /// Block quotes under a heading per question and theme.
    Markdown,
}

/// Writes the set. Two calls with the same set write the same bytes.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_quote_set(
    set: &QuoteSet<'_>,
    format: QuoteFormat,
    out: &mut (dyn Write + Send),
) -> io::Result<()> {
    match format {
        QuoteFormat::Docx => docx::write_quotes(set, out),
        QuoteFormat::Xlsx => write_xlsx(set, out),
        QuoteFormat::Csv => write_csv(set, out),
        QuoteFormat::Markdown => write_markdown(set, out),
    }
}

impl ChosenQuote<'_> {
    /// Whether it stands under another question or theme than the one before it.
    pub(super) fn opens_section(&self, before: Option<&Self>) -> bool {
        before.is_none_or(|before| {
            before.theme.id != self.theme.id || before.question.column != self.question.column
        })
    }
}

fn write_csv(set: &QuoteSet<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["question", "theme_id", "theme", "level", "text", "attribution", "reviewed"])?;
    for ChosenQuote { question, theme, quote } in &set.quotes {
        table.write_record([
            cell(&question.column),
            theme.id.to_string(),
            cell(&theme.name),
            level(theme.level).into(),
            cell(&quote.text),
            quote.attribution.as_deref().map(cell).unwrap_or_default(),
            set.report.quotes_reviewed.to_string(),
        ])?;
    }
    table.flush()
}

fn write_markdown(set: &QuoteSet<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "# {}", markdown_line(&set.title))?;
    if !set.report.quotes_reviewed {
        writeln!(out, "\n> **{}.** {}", figures::NOT_REVIEWED, figures::REVIEW_ADVICE)?;
    }
    let mut before = None;
    for chosen in &set.quotes {
        if chosen.opens_section(before) {
            writeln!(out, "\n## {}", markdown_line(&chosen.theme.name))?;
            writeln!(out, "\n{}", markdown_line(&chosen.question.wording))?;
        }
        write!(out, "\n> “{}”", markdown(&chosen.quote.text))?;
        match &chosen.quote.attribution {
            Some(attribution) => writeln!(out, "  \n> — {}", markdown(attribution))?,
            None => writeln!(out)?,
        }
        before = Some(chosen);
    }
    Ok(())
}

fn write_xlsx(set: &QuoteSet<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut book = Book::new(
        set.report,
        &set.title,
        &["Quotes chosen from the run. Each is the exact words of an answer."],
    );
    let columns = [("Question", 32), ("Theme", 28), ("Level", 12), ("Quote", 80), ("Attribution", 28)];
    let rows = set.quotes.iter().map(|ChosenQuote { question, theme, quote }| {
        vec![
            Cell::text(&question.wording),
            Cell::text(&theme.name),
            Cell::text(level(theme.level)),
            Cell::text(&quote.text),
            Cell::text(quote.attribution.as_deref().unwrap_or_default()),
        ]
    });
    let sheet = Sheet {
        name: "Quotes".into(),
        title: set.title.clone(),
        about: vec!["This sheet holds one table.".into()],
        columns: columns.map(|(header, width)| Column::new(header, width)).into(),
        rows: rows.collect(),
        choices: None,
    };
    book.add(sheet, "quotes.csv");
    book.write(out)
}
