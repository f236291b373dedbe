//! Any engine that is loaded while other work goes on.

use super::{EmbedError, Embedded, Embedder, ModelInfo};
use crate::progress::Warning;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::JoinHandle;

type Loaded = Result<Box<dyn Embedder>, EmbedError>;

/// An engine that a thread of its own loads; whoever embeds first waits for it.
pub struct LoadingEmbedder {
    info: ModelInfo,
    engine: OnceLock<Box<dyn Embedder>>,
    /// The thread, until somebody has waited for it.
    thread: Mutex<Option<JoinHandle<Loaded>>>,
}

impl LoadingEmbedder {
    /// Begins to `load` the engine of the model that `info` describes. That it cannot be loaded is told by [`Embedder::embed`].
    pub fn start(info: ModelInfo, load: impl FnOnce() -> Loaded + Send + 'static) -> Self {
        let thread = std::thread::spawn(load);
        Self { info, engine: OnceLock::new(), thread: Mutex::new(Some(thread)) }
    }

    fn engine(&self) -> Result<&dyn Embedder, EmbedError> {
        let mut thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(thread) = thread.take() {
            let stopped = |_| self.failed("it stopped while it was loaded");
            // Nobody else sets it: the thread is taken once.
            let _ = self.engine.set(thread.join().map_err(stopped)??);
        }
        self.engine.get().map(AsRef::as_ref).ok_or_else(|| self.failed("it could not be loaded"))
    }

    fn failed(&self, reason: &str) -> EmbedError {
        EmbedError::Engine { engine: self.info.engine.clone(), reason: reason.to_owned() }
    }
}

impl Embedder for LoadingEmbedder {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError> {
        self.engine()?.embed(texts, done)
    }

    fn take_warnings(&self) -> Vec<Warning> {
        self.engine.get().map_or_else(Vec::new, |engine| engine.take_warnings())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embed::RtenEmbedder;
    use std::path::{Path, PathBuf};

    fn start(folder: PathBuf) -> LoadingEmbedder {
        let info = RtenEmbedder::describe(Path::new("tests/data/tiny/bert-onnx")).unwrap();
        LoadingEmbedder::start(info, move || Ok(Box::new(RtenEmbedder::load(&folder)?)))
    }

    #[test]
    fn it_embeds_as_the_engine_that_it_waits_for() {
        let folder = PathBuf::from("tests/data/tiny/bert-onnx");
        let engine = RtenEmbedder::load(&folder).unwrap();
        let loading = start(folder);
        assert_eq!(loading.model(), engine.model());
        let embed = |embedder: &dyn Embedder| embedder.embed(&["pay", "rooms"], &|_| ()).unwrap();
        assert_eq!(embed(&loading), embed(&engine));
        assert_eq!(embed(&loading), embed(&engine), "also the second time");
    }

    #[test]
    fn an_engine_that_cannot_be_loaded_says_why_and_then_stays_unusable() {
        let loading = start(PathBuf::from("tests/data/none"));
        let why = |texts: &[&str]| loading.embed(texts, &|_| ()).unwrap_err().to_string();
        assert!(why(&[]).contains("none"), "the file is named");
        assert!(why(&["pay"]).contains("could not be loaded"));
    }
}
