use super::check::count_of;
use super::codebook::ASSIGNMENTS;
use crate::cli::args::AgreeArgs;
use crate::cli::output;
use crate::cli::printer::Printer;
use crate::cli::table::empty_table;
use std::fmt::Write;
use verbatim::agree::{
    AgreeParams, Agreement, Figure, agree as compare, read_human, read_run, write_agreement,
};
use verbatim::pipeline::mask_codes;
use verbatim::redact::{RedactParams, Redactor};

/// Compares a run with a sample that people have coded.
pub(crate) fn agree(args: &AgreeArgs, printer: Printer) -> anyhow::Result<()> {
    let format = output::format(&args.output)?;
    let run = read_run(&args.run.join(ASSIGNMENTS)).map_err(verbatim::Error::from)?;
    let mut human = read_human(&args.sample).map_err(verbatim::Error::from)?;
    let redactor = Redactor::new(&RedactParams::default());
    for codes in human.values_mut() {
        mask_codes(codes, &redactor);
    }
    let params = AgreeParams { seed: args.seed, ..AgreeParams::default() };
    let found = compare(&run, &human, params).map_err(verbatim::Error::from)?;
    let shared: usize = found.iter().map(|agreement| agreement.answers).sum();
    if shared < human.len() {
        printer.warn(&format!(
            "Left aside {} of {} in `{}`: the run has no such id or question, or the answer says nothing",
            human.len() - shared,
            count_of(human.len(), "coded answer"),
            args.sample.display()
        ));
    }
    let blank = human.values().filter(|codes| codes.is_empty()).count();
    if blank > 0 {
        let codes = if blank == 1 { "has no code" } else { "have no code" };
        printer.warn(&format!(
            "{} in `{}` {codes}, which says that none fits: leave out the rows of answers that nobody has coded yet",
            count_of(blank, "answer"),
            args.sample.display()
        ));
    }
    printer.say(&shown(&found, printer));
    let Some(path) = &args.output.out else { return Ok(()) };
    let mut bytes = Vec::new();
    write_agreement(&found, format, &mut bytes)?;
    output::write_new(path, &bytes, printer)
}

fn shown(found: &[Agreement], printer: Printer) -> String {
    let mut text = String::new();
    for agreement in found {
        let answers = count_of(agreement.answers, "answer");
        let _ = writeln!(text, "\n{}: {answers} coded by both", agreement.question);
        let figures = [
            ("mean kappa", agreement.mean_kappa),
            ("AMI", Some(agreement.ami)),
            ("best-match F1", Some(agreement.best_match_f1)),
        ];
        for (name, figure) in figures {
            if let Some(Figure { value, interval: (low, high) }) = figure {
                let _ = writeln!(text, "  {name} {value:.2} (95% interval {low:.2} to {high:.2})");
            }
        }
        let mut table = empty_table(printer);
        table.set_header(["Theme", "Code that fits best", "Answers", "Shared", "F1", "Kappa"]);
        for theme in &agreement.themes {
            table.add_row([
                theme.theme.clone(),
                theme.code.clone().unwrap_or_default(),
                theme.answers.to_string(),
                theme.shared.to_string(),
                format!("{:.2}", theme.f1),
                theme.kappa.map_or_else(String::new, |kappa| format!("{kappa:.2}")),
            ]);
        }
        let _ = writeln!(text, "{table}");
        let n = agreement.disagreements.len();
        let (answers, have) = (count_of(n, "answer"), if n == 1 { "has" } else { "have" });
        let _ = writeln!(text, "{answers} {have} no theme that fits one of their codes; `--out` lists them");
    }
    text
}
