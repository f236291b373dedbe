//! `report.md`: the findings in the form of the published report. Per question: the response, a page of quotes, Common Themes
//! as bullets whose key words are bold, Additional Comments as smaller ones.

use super::figures;
use super::inert::{markdown, markdown_line};
use super::run::Run;
use super::statement::{pieces, without_stop};
use crate::types::{Level, QuestionReport, Quote, Report, Theme};
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let report = run.report;
    writeln!(out, "# {}", markdown_line(&figures::title(report)))?;
    if !report.quotes_reviewed {
        writeln!(out, "\n> **{}.** {}", figures::NOT_REVIEWED, figures::REVIEW_ADVICE)?;
    }
    if !report.notes.is_empty() {
        writeln!(out)?;
        for note in &report.notes {
            writeln!(out, "- {}", markdown_line(note))?;
        }
    }
    for question in &report.questions {
        write_question(question, report, out)?;
    }
    writeln!(out, "\n## How this was made\n\n{}", markdown_line(&figures::made(report)))
}

fn write_question(question: &QuestionReport, report: &Report, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}", markdown_line(&question.wording))?;
    writeln!(out, "\n{}", figures::response(question, report.respondents))?;
    let quotes = figures::page_of_quotes(question);
    if !quotes.is_empty() {
        writeln!(out, "\n### In respondents’ words")?;
        for quote in quotes {
            write_quote(quote, out)?;
        }
    }
    write_themes("Common Themes", question, Level::Common, out)?;
    write_themes("Additional Comments", question, Level::Additional, out)?;
    if figures::adds_to_more_than_all(question) {
        writeln!(out, "\n{}", figures::ADDS_TO_MORE)?;
    }
    if !question.gone.is_empty() {
        writeln!(out, "\n### No longer mentioned\n")?;
        for gone in &question.gone {
            writeln!(out, "- {} ({})", markdown_line(&gone.name), markdown(&gone.change.words))?;
        }
    }
    Ok(())
}

fn write_themes(
    heading: &str,
    question: &QuestionReport,
    level: Level,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut themes = question.themes.iter().filter(|theme| theme.level == level).peekable();
    if themes.peek().is_none() {
        return Ok(());
    }
    writeln!(out, "\n### {heading}\n")?;
    for theme in themes {
        writeln!(out, "- {} ({})", statement(theme), markdown(&figures::of_bullet(theme, question)))?;
    }
    Ok(())
}

fn statement(theme: &Theme) -> String {
    let shown = without_stop(pieces(&theme.statement));
    let mut line = String::new();
    for piece in &shown {
        // A space inside the marks would keep them from being bold.
        let inner = piece.text.trim();
        if piece.bold && !inner.is_empty() {
            let (before, after) = (piece.text.starts_with(' '), piece.text.ends_with(' '));
            line += &format!("{}**{}**{}", gap(before), markdown(inner), gap(after));
        } else {
            line += gap(piece.text.starts_with(' '));
            line += &if line.is_empty() { markdown_line(inner) } else { markdown(inner) };
            line += gap(piece.text.ends_with(' ') && !inner.is_empty());
        }
    }
    line
}

fn gap(needed: bool) -> &'static str {
    if needed { " " } else { "" }
}

fn write_quote(quote: &Quote, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "\n> “{}”", markdown(&quote.text))?;
    match &quote.attribution {
        Some(attribution) => writeln!(out, "  \n> — {}", markdown(attribution)),
        None => writeln!(out),
    }
}
