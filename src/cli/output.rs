//! Where a table that was asked for goes.

use super::args::{OutputArgs, TableFormatArg};
use super::exit::Complaint;
use super::printer::Printer;
use std::io::Write;
use std::path::Path;
use verbatim::export::TableFormat;

/// The form that was asked for, or that the name of the file says. Checked before the work begins.
pub(crate) fn format(args: &OutputArgs) -> anyhow::Result<TableFormat> {
    if let Some(format) = args.format {
        return Ok(format.into());
    }
    let ending =
        args.out.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        None | Some("md") => Ok(TableFormat::Markdown),
        Some("csv") => Ok(TableFormat::Csv),
        Some("json") => Ok(TableFormat::Json),
        Some(other) => Err(Complaint::usage(format!("`.{other}` says no form of a table"))
            .with_hint("Name the form with `--format md`, `csv` or `json`")
            .into()),
    }
}

/// As [`write`], but not over a file: it may be somebody's answers, or a part of a run.
pub(crate) fn write_new(path: &Path, bytes: &[u8], printer: Printer) -> anyhow::Result<()> {
    if path.is_file() {
        return Err(there_already(path, "Name another file with `--out`, or delete this one first").into());
    }
    write(path, bytes, printer)
}

/// The refusal to write over what is there, and what to do instead.
pub(crate) fn there_already(path: &Path, hint: &str) -> Complaint {
    Complaint::new(format!("`{}` is there already", path.display())).with_hint(hint)
}

/// Writes to the file, or to stdout for `-`; the file is there whole or not at all.
pub(crate) fn write(path: &Path, bytes: &[u8], printer: Printer) -> anyhow::Result<()> {
    if path == Path::new("-") {
        return Ok(printer.data(bytes)?);
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let put = || -> std::io::Result<()> {
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    put().map_err(|error| Complaint::new(format!("Cannot write `{}`: {error}", path.display())))?;
    printer.say(&format!("Written to {}", path.display()));
    Ok(())
}

impl From<TableFormatArg> for TableFormat {
    fn from(arg: TableFormatArg) -> Self {
        match arg {
            TableFormatArg::Md => Self::Markdown,
            TableFormatArg::Csv => Self::Csv,
            TableFormatArg::Json => Self::Json,
        }
    }
}
