use crate::cli::args::{ModelArgs, ModelCommand};
use crate::cli::model;
use crate::cli::printer::Printer;

/// Checks the model.
pub(crate) fn model(args: &ModelArgs, printer: Printer) -> anyhow::Result<()> {
    let ModelCommand::Check(engine) = &args.command;
    let embedder = model::load(engine)?;
    embedder.embed(&[], &|_| ()).map_err(verbatim::Error::from)?;
    let info = embedder.model();
    printer.say(&format!(
        "{}: all files are there and unchanged (weights sha256 {}), {} numbers per text, engine {}",
        info.name, info.sha256, info.dim, info.engine
    ));
    Ok(())
}
