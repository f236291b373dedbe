//! Where the model lies.

use super::args::{DeviceName, EngineArgs, EngineName};
use super::cache;
use super::exit::Complaint;
use super::printer::Printer;
use std::path::{Path, PathBuf};
use verbatim::embed::{CachedEmbedder, Embedder, LoadingEmbedder, RtenEmbedder};

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

/// Begins to load and check the model, in the engine that was asked for.
pub(crate) fn load(args: &EngineArgs) -> anyhow::Result<Box<dyn Embedder>> {
    match args.engine {
        EngineName::Rten if args.device != DeviceName::Cpu => {
            Err(Complaint::usage("`--device cuda` needs `--engine rust-bert`").into())
        }
        EngineName::Rten => {
            let folder = folder(args.model.as_deref(), BUNDLED)?;
            let info = RtenEmbedder::describe(&folder).map_err(verbatim::Error::from)?;
            Ok(Box::new(LoadingEmbedder::start(info, move || Ok(Box::new(RtenEmbedder::load(&folder)?)))))
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

/// The engine with a store of vectors before it: the user's cache or, where `no_cache` says so or none can be kept, the folder
/// `for_this_run`.
pub(crate) fn with_store(
    embedder: Box<dyn Embedder>,
    no_cache: bool,
    for_this_run: &Path,
    printer: Printer,
) -> anyhow::Result<Box<dyn Embedder>> {
    let mut folder = for_this_run.to_owned();
    if !no_cache {
        let cache = cache::folder()?;
        match CachedEmbedder::probe(&cache) {
            Ok(()) => folder = cache,
            Err(error) => printer.warn(&format!("{error}; this run keeps none")),
        }
    }
    Ok(Box::new(CachedEmbedder::open(embedder, &folder).map_err(verbatim::Error::from)?))
}
