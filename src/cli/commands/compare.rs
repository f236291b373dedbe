use super::codebook::read_masked;
use crate::cli::args::CompareArgs;
use crate::cli::output;
use crate::cli::printer::Printer;
use crate::cli::table::empty_table;
use std::fmt::Write;
use std::path::Path;
use verbatim::codebook::CODEBOOK;
use verbatim::compare::{PastRun, compare_runs};
use verbatim::export::write_comparison;
use verbatim::maths::percent;
use verbatim::read::{ReadError, read_report};
use verbatim::redact::RedactParams;
use verbatim::types::{ComparedShare, Comparison};

/// Sets runs side by side.
pub(crate) fn compare(args: &CompareArgs, printer: Printer) -> anyhow::Result<()> {
    let format = output::format(&args.output)?;
    let runs = args.runs.iter().map(|folder| past_run(folder)).collect::<Result<Vec<_>, _>>()?;
    let comparison = compare_runs(&runs).map_err(verbatim::Error::from)?;
    printer.say(&shown(&comparison, printer));
    let Some(path) = &args.output.out else { return Ok(()) };
    let mut bytes = Vec::new();
    write_comparison(&comparison, format, &mut bytes)?;
    output::write_new(path, &bytes, printer)
}

fn past_run(folder: &Path) -> Result<PastRun, verbatim::Error> {
    let report = read_report(folder).map_err(ReadError::from)?;
    Ok(PastRun { report, codebook: read_masked(&folder.join(CODEBOOK), &RedactParams::default())? })
}

fn shown(comparison: &Comparison, printer: Printer) -> String {
    let mut text = String::new();
    for note in &comparison.notes {
        let _ = writeln!(text, "\n{note}");
    }
    for question in &comparison.questions {
        let _ = writeln!(text, "\n{}", question.wording);
        let mut table = empty_table(printer);
        let header = comparison.runs.iter().zip(&question.bases).map(|(run, base)| {
            base.map_or_else(|| format!("{run} (not asked)"), |base| format!("{run} (of {base})"))
        });
        table.set_header(std::iter::once("Theme".to_owned()).chain(header).chain(["Change".to_owned()]));
        for theme in &question.themes {
            let shares = theme.shares.iter().map(|share| share.map_or_else(String::new, share_words));
            let changes: Vec<&str> =
                theme.changes.iter().flatten().map(|change| change.words.as_str()).collect();
            table.add_row(std::iter::once(theme.name.clone()).chain(shares).chain([changes.join("; then ")]));
        }
        let _ = writeln!(text, "{table}");
    }
    text
}

fn share_words(share: ComparedShare) -> String {
    share.share.map_or_else(|| "[c]".into(), percent)
}
