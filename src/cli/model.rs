//! Where the model lies.

use super::cache;
use super::exit::Complaint;
use super::printer::Printer;
use std::path::{Path, PathBuf};
use verbatim::embed::{CachedEmbedder, Embedder, RtenEmbedder};

/// Folder of the bundled model below the project's or the installation's folder.
const BUNDLED: &str = "models/all-MiniLM-L6-v2";

/// The model's folder: the one asked for, else the bundled one beside the program, above it, or in the working folder.
pub(crate) fn folder(asked: Option<&Path>) -> anyhow::Result<PathBuf> {
    if let Some(folder) = asked {
        return Ok(folder.to_owned());
    }
    let program = std::env::current_exe().ok();
    let above =
        program.iter().flat_map(|path| path.ancestors().skip(1).take(4)).map(|folder| folder.join(BUNDLED));
    above.chain([PathBuf::from(BUNDLED)]).find(|folder| folder.is_dir()).ok_or_else(|| {
        Complaint::new(format!(
            "The model folder `{BUNDLED}` was not found beside the program or in the working folder"
        ))
        .with_hint("run from the folder of the project, or give the model with `--model DIR`")
        .into()
    })
}

/// Loads and checks the model.
pub(crate) fn load(asked: Option<&Path>) -> anyhow::Result<Box<dyn Embedder>> {
    let embedder = RtenEmbedder::load(&folder(asked)?).map_err(verbatim::Error::from)?;
    Ok(Box::new(embedder))
}

/// The engine with the user's kept vectors before it; without them, and with a word of warning, where they cannot be kept.
pub(crate) fn with_cache(embedder: Box<dyn Embedder>, printer: Printer) -> anyhow::Result<Box<dyn Embedder>> {
    let folder = cache::folder()?;
    if let Err(error) = CachedEmbedder::probe(&folder) {
        printer.warn(&format!("{error}; this run keeps none"));
        return Ok(embedder);
    }
    let cached = CachedEmbedder::open(embedder, &folder).map_err(verbatim::Error::from)?;
    Ok(Box::new(cached))
}
