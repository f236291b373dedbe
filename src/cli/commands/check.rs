use crate::cli::args::CheckArgs;
use crate::cli::printer::Printer;
use crate::cli::settings;
use comfy_table::{Table, presets};
use std::fmt::Write;
use verbatim::pipeline::{Prepared, mask_surroundings, prepare_question};
use verbatim::read::{ReadOutcome, read_survey};
use verbatim::redact::{RedactParams, Redactor};

/// Shows what was understood of an input; writes nothing.
pub(crate) fn check(args: &CheckArgs, printer: Printer) -> anyhow::Result<()> {
    let plan = settings::plan(&args.input)?;
    let mut outcome = read_survey(&plan).map_err(verbatim::Error::from)?;
    let redactor = Redactor::new(&RedactParams { allow: plan.allow.clone(), deny: plan.deny.clone() });
    mask_surroundings(&mut outcome, &redactor);
    let mut text = understood(&outcome);
    for question in 0..outcome.survey.questions.len() {
        let prepared = prepare_question(&outcome.survey, question, &redactor);
        text.push_str(&question_figures(&outcome, question, &prepared));
    }
    for row in outcome.rejected.iter().take(20) {
        let _ = writeln!(text, "Row {} is left out: {}", row.row, row.reason);
    }
    if outcome.rejected.len() > 20 {
        let _ = writeln!(text, "… and {} more rows", outcome.rejected.len() - 20);
    }
    for warning in &outcome.warnings {
        printer.warn(warning);
    }
    Ok(printer.data(text.as_bytes())?)
}

fn understood(outcome: &ReadOutcome) -> String {
    let summary = &outcome.summary;
    let mut text = String::new();
    let _ = writeln!(text, "{}", outcome.survey.title);
    let encoding = summary.encoding.as_ref().map_or_else(String::new, |name| format!(", {name}"));
    let delimiter = match summary.delimiter {
        Some('\t') => ", separated by tabs".into(),
        Some(delimiter) => format!(", separated by `{delimiter}`"),
        None => String::new(),
    };
    let recognised =
        summary.recognised.as_ref().map_or_else(String::new, |name| format!(", an export of {name}"));
    let _ = writeln!(text, "Read as {}{encoding}{delimiter}{recognised}", summary.format);
    let (rows, rejected) = (summary.rows, outcome.rejected.len());
    let respondents = outcome.survey.respondents.len();
    let (rows, respondents) = (count_of(rows, "row"), count_of(respondents, "respondent"));
    let _ = writeln!(text, "{rows}: {respondents}, {} left out\n", count_of(rejected, "row"));
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY).set_header(["Column", "Used as"]);
    for (column, used) in &summary.columns {
        table.add_row([column, used]);
    }
    let _ = writeln!(text, "{table}");
    text
}

fn question_figures(outcome: &ReadOutcome, question: usize, prepared: &Prepared) -> String {
    let survey = &outcome.survey;
    let base = prepared.base();
    let mut words: Vec<usize> = base
        .iter()
        .map(|&respondent| survey.respondents[respondent].answers[question].text.split_whitespace().count())
        .collect();
    words.sort_unstable();
    let at = |share: f64| words.get((share * words.len().saturating_sub(1) as f64).round() as usize).copied();
    let mut text = format!("\n{}\n", survey.questions[question].wording);
    let _ = writeln!(
        text,
        "  {}, {} blank, {} no comment, {} given word for word before",
        count_of(base.len(), "answer"),
        prepared.blank(),
        prepared.non_answers(),
        prepared.duplicates
    );
    if let (Some(median), Some(long), Some(longest)) = (at(0.5), at(0.9), at(1.0)) {
        let _ = writeln!(text, "  words: median {median}, one in ten over {long}, longest {longest}");
    }
    let _ = writeln!(
        text,
        "  {}, {}, {} to be masked",
        count_of(prepared.corpus.segments.len(), "segment"),
        count_of(prepared.corpus.texts.len(), "different text"),
        count_of(prepared.masks, "personal detail")
    );
    if let Some(foreign) = prepared.foreign_answers() {
        let _ = writeln!(text, "  {foreign}");
    }
    text
}

/// `1 answer`, `2 answers`.
pub(super) fn count_of(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}
