//! Agreement as a file.
//!
//! * Markdown: figures, themes with their best codes, the table of theme against code, disagreements.
//! * CSV: a row per theme: `question,theme,code,answers,shared,f1,kappa`; what cannot be computed is empty.
//! * JSON: a list of [`Agreement`].

use super::{Agreement, Confusion, Figure};
use crate::export::{TableFormat, cell, markdown, markdown_line};
use std::io::{self, Write};

/// Writes how well a run agrees with people.
///
/// # Errors
/// If `out` cannot be written.
pub fn write_agreement(found: &[Agreement], format: TableFormat, out: &mut dyn Write) -> io::Result<()> {
    match format {
        TableFormat::Markdown => {
            writeln!(out, "# Agreement with people")?;
            found.iter().try_for_each(|agreement| write_markdown(agreement, out))
        }
        TableFormat::Csv => write_csv(found, out),
        TableFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, found)?;
            writeln!(out)
        }
    }
}

fn write_csv(found: &[Agreement], out: &mut dyn Write) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["question", "theme", "code", "answers", "shared", "f1", "kappa"])?;
    for agreement in found {
        for theme in &agreement.themes {
            table.write_record([
                cell(&agreement.question),
                cell(&theme.theme),
                theme.code.as_deref().map(cell).unwrap_or_default(),
                theme.answers.to_string(),
                theme.shared.to_string(),
                format!("{:.4}", theme.f1),
                theme.kappa.map_or_else(String::new, |kappa| format!("{kappa:.4}")),
            ])?;
        }
    }
    table.flush()
}

fn write_markdown(agreement: &Agreement, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "\n## {}\n", markdown_line(&agreement.question))?;
    writeln!(out, "{} answers were coded by both.\n", agreement.answers)?;
    writeln!(out, "| Figure | Value | 95% interval |\n| --- | --- | --- |")?;
    let figures = [
        ("Mean Cohen's kappa", agreement.mean_kappa),
        ("Adjusted mutual information", Some(agreement.ami)),
        ("Best-match F1", Some(agreement.best_match_f1)),
    ];
    for (name, figure) in figures {
        if let Some(Figure { value, interval: (low, high) }) = figure {
            writeln!(out, "| {name} | {value:.2} | {low:.2} to {high:.2} |")?;
        }
    }
    writeln!(
        out,
        "\n| Theme | Code that fits best | Answers | Shared | F1 | Kappa |\n| --- | --- | --- | --- | --- | --- |"
    )?;
    for theme in &agreement.themes {
        let kappa = theme.kappa.map_or_else(String::new, |kappa| format!("{kappa:.2}"));
        let code = theme.code.as_deref().map(markdown).unwrap_or_default();
        writeln!(
            out,
            "| {} | {code} | {} | {} | {:.2} | {kappa} |",
            markdown(&theme.theme),
            theme.answers,
            theme.shared,
            theme.f1
        )?;
    }
    write_confusion(&agreement.confusion, out)?;
    if !agreement.disagreements.is_empty() {
        writeln!(out, "\n### To read: answers whose themes match none of their codes\n")?;
        writeln!(out, "| Respondent | Themes | Codes |\n| --- | --- | --- |")?;
    }
    for row in &agreement.disagreements {
        let (id, themes, codes) =
            (markdown(&row.respondent_id), markdown(&row.themes.join("; ")), markdown(&row.codes.join("; ")));
        writeln!(out, "| {id} | {themes} | {codes} |")?;
    }
    Ok(())
}

fn write_confusion(table: &Confusion, out: &mut dyn Write) -> io::Result<()> {
    let name = |name: &str, none: &str| if name.is_empty() { none.to_owned() } else { markdown(name) };
    writeln!(out, "\n### Answers by main theme and first code\n")?;
    write!(out, "| Theme |")?;
    for code in &table.codes {
        write!(out, " {} |", name(code, "(no code)"))?;
    }
    writeln!(out, "\n| --- |{}", " --- |".repeat(table.codes.len()))?;
    for (theme, counts) in table.themes.iter().zip(&table.counts) {
        write!(out, "| {} |", name(theme, "(no clear theme)"))?;
        for count in counts {
            write!(out, " {count} |")?;
        }
        writeln!(out)?;
    }
    Ok(())
}
