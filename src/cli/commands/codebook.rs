use crate::cli::args::{CodebookArgs, CodebookCommand};
use crate::cli::exit::Complaint;
use crate::cli::output;
use crate::cli::printer::Printer;
use std::path::{Path, PathBuf};
use verbatim::Error;
use verbatim::codebook::{
    CODEBOOK, CodebookError, TEXTS, VECTORS, check_exemplars, codebook_qdc, codebook_qdpx, codebook_toml,
    codebook_workbook, companions, edited_codebook, exemplar_bytes, import_qdc, read_answer_parts,
    read_codebook, read_exemplars, text_place_bytes,
};
use verbatim::export::Attachment;
use verbatim::pipeline::{KnownThemes, RunOutput, mask_codebook};
use verbatim::read::read_report;
use verbatim::redact::{RedactParams, Redactor};
use verbatim::types::Codebook;

/// Name of the coded segments in the folder of a run.
pub(super) const ASSIGNMENTS: &str = "assignments.csv";

/// Edits the codebook or exchanges it with other tools.
pub(crate) fn codebook(args: &CodebookArgs, printer: Printer) -> anyhow::Result<()> {
    match &args.command {
        CodebookCommand::ToXlsx { codebook, out } => {
            let path = file_of(codebook);
            let out = out.clone().unwrap_or_else(|| path.with_extension("xlsx"));
            if out.exists() {
                let hint = "It may hold edits: take them over with `verbatim codebook from-xlsx`, or name another file with `--out`";
                return Err(output::there_already(&out, hint).into());
            }
            let bytes = read_masked(&path, &RedactParams::default())
                .and_then(|codebook| codebook_workbook(&codebook));
            output::write(&out, &bytes.map_err(Error::from)?, printer)
        }
        CodebookCommand::FromXlsx { workbook, codebook, out } => {
            let path = file_of(codebook);
            let edited = read_codebook(&path).and_then(|codebook| edited_codebook(workbook, codebook));
            let (edited, left) = edited.map_err(Error::from)?;
            if let Some(left) = left {
                printer.warn(&left);
            }
            let edited = codebook_toml(&masked(edited, &RedactParams::default())).map_err(Error::from)?;
            put(&path, out.as_deref(), &edited, printer)
        }
        CodebookCommand::Export { codebook, out } => export(codebook, out, printer),
        CodebookCommand::Import { file, codebook, question, out } => {
            let path = file_of(codebook);
            let merged = read_codebook(&path)
                .and_then(|codebook| import_qdc(file, codebook, question.as_deref()))
                .and_then(|codebook| codebook_toml(&masked(codebook, &RedactParams::default())));
            let merged = merged.map_err(Error::from)?;
            put(&path, out.as_deref(), &merged, printer)
        }
    }
}

/// Writes what became of the codebook at `path` over it, or to `out` with the files that a run needs beside it.
fn put(path: &Path, out: Option<&Path>, codebook: &str, printer: Printer) -> anyhow::Result<()> {
    let out = out.unwrap_or(path);
    if out != Path::new("-") {
        // The codebook last: where it stands, they do.
        for (file, bytes) in companions(path, out).map_err(Error::from)? {
            output::write(&file, &bytes, printer)?;
        }
    }
    output::write(out, codebook.as_bytes(), printer)
}

/// A codebook in which what was typed since the run is masked.
pub(super) fn read_masked(path: &Path, redact: &RedactParams) -> Result<Codebook, CodebookError> {
    Ok(masked(read_codebook(path)?, redact))
}

fn masked(mut codebook: Codebook, redact: &RedactParams) -> Codebook {
    mask_codebook(&mut codebook, &Redactor::new(redact));
    codebook
}

/// The codebook in the folder of a run, or the file itself.
fn file_of(path: &Path) -> PathBuf {
    if path.is_dir() { path.join(CODEBOOK) } else { path.to_owned() }
}

/// Whether a person has read the quotes of the run that the codebook lies in; not where that cannot be told.
fn is_reviewed(codebook: &Path) -> bool {
    let file = file_of(codebook);
    file.parent().is_some_and(|run| read_report(run).is_ok_and(|report| report.quotes_reviewed))
}

fn export(codebook: &Path, out: &Path, printer: Printer) -> anyhow::Result<()> {
    let ending = out.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let read = read_masked(&file_of(codebook), &RedactParams::default()).map_err(Error::from)?;
    let bytes = match ending.as_deref() {
        Some("qdc") => codebook_qdc(&read),
        Some("qdpx") => read_answer_parts(&file_of(codebook).with_file_name(ASSIGNMENTS))
            .and_then(|parts| codebook_qdpx(&read, &parts, is_reviewed(codebook))),
        _ => {
            return Err(Complaint::usage(format!("`{}` ends in neither `.qdc` nor `.qdpx`", out.display()))
                .with_hint("`.qdc` holds the codebook, `.qdpx` the coded answers too")
                .into());
        }
    };
    output::write_new(out, &bytes.map_err(Error::from)?, printer)
}

/// The themes to continue: those of `codebook`, or of the previous run's folder.
pub(super) fn known_themes(
    codebook: Option<&Path>,
    previous: Option<&Path>,
    redact: &RedactParams,
) -> Result<Option<KnownThemes>, Error> {
    let path = match (codebook, previous) {
        (Some(path), _) => path.to_owned(),
        (None, Some(folder)) => folder.join(CODEBOOK),
        (None, None) => return Ok(None),
    };
    let codebook = read_masked(&path, redact)?;
    let vectors = path.with_file_name(VECTORS);
    // A codebook without themes has no vectors to go by.
    let is_empty = codebook.themes.is_empty() && !vectors.exists();
    if is_empty {
        return Ok(Some(KnownThemes { codebook, exemplars: Vec::new() }));
    }
    check_exemplars(&vectors)?;
    let exemplars = read_exemplars(&vectors)?;
    Ok(Some(KnownThemes { codebook, exemplars }))
}

/// The codebook after a run, for its folder.
pub(super) fn attachments(output: &RunOutput) -> Result<Vec<Attachment>, CodebookError> {
    Ok(vec![
        Attachment { name: TEXTS.into(), content: text_place_bytes(&output.texts)? },
        Attachment { name: VECTORS.into(), content: exemplar_bytes(&output.exemplars)? },
        Attachment { name: CODEBOOK.into(), content: codebook_toml(&output.codebook)?.into_bytes() },
    ])
}
