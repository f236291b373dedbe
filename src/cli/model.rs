//! Where the model lies.

use super::args::{DeviceName, EngineArgs, EngineName};
use super::cache;
use super::exit::Complaint;
use super::printer::Printer;
use std::path::{Path, PathBuf};
use verbatim::embed::{CachedEmbedder, Embedder, RtenEmbedder};

/// Folder of the bundled model below the project's or the installation's folder.
const BUNDLED: &str = "models/all-MiniLM-L6-v2";
/// The same model for the engine `rust-bert`, as `scripts/prepare-libtorch.sh` leaves it.
#[cfg(feature = "rust-bert")]
const PREPARED: &str = "models/all-MiniLM-L6-v2-rust-bert";

/// The model's folder: the one asked for, else `usual` beside the program, above it, or in the working folder.
fn folder(asked: Option<&Path>, usual: &str) -> anyhow::Result<PathBuf> {
    if let Some(folder) = asked {
        return Ok(folder.to_owned());
    }
    let program = std::env::current_exe().ok();
    let above =
        program.iter().flat_map(|path| path.ancestors().skip(1).take(4)).map(|folder| folder.join(usual));
    above.chain([PathBuf::from(usual)]).find(|folder| folder.is_dir()).ok_or_else(|| {
        Complaint::new(format!(
            "The model folder `{usual}` was not found beside the program or in the working folder"
        ))
        .with_hint("run from the folder of the project, or give the model with `--model DIR`")
        .into()
    })
}

/// Loads and checks the model, in the engine that was asked for.
pub(crate) fn load(args: &EngineArgs) -> anyhow::Result<Box<dyn Embedder>> {
    match args.engine {
        EngineName::Rten if args.device != DeviceName::Cpu => {
            Err(Complaint::usage("`--device cuda` needs `--engine rust-bert`").into())
        }
        EngineName::Rten => {
            let folder = folder(args.model.as_deref(), BUNDLED)?;
            Ok(Box::new(RtenEmbedder::load(&folder).map_err(verbatim::Error::from)?))
        }
        EngineName::RustBert => rust_bert(args),
    }
}

#[cfg(feature = "rust-bert")]
fn rust_bert(args: &EngineArgs) -> anyhow::Result<Box<dyn Embedder>> {
    use verbatim::embed::{Device, RustBertEmbedder};
    let device = match args.device {
        DeviceName::Cpu => Device::Cpu,
        DeviceName::Cuda => Device::Cuda,
    };
    let folder = folder(args.model.as_deref(), PREPARED)?;
    Ok(Box::new(RustBertEmbedder::load(&folder, device).map_err(verbatim::Error::from)?))
}

#[cfg(not(feature = "rust-bert"))]
fn rust_bert(_: &EngineArgs) -> anyhow::Result<Box<dyn Embedder>> {
    Err(Complaint::new("this program was built without the engine `rust-bert`")
        .with_hint("run `scripts/prepare-libtorch.sh`, then build with `--features rust-bert`")
        .into())
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
