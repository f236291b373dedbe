//! The second engine: models of several architectures, run by rust-bert on libtorch.

mod files;
mod layers;
mod network;

use super::batch::Plan;
use super::pool::average;
use super::tokens::Tokens;
use super::{EmbedError, Embedded, Embedder, ModelInfo};
use files::TorchFolder;
use network::Network;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tch::{Cuda, Device as TorchDevice};

const ENGINE: &str = "rust-bert";

/// Where libtorch computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Device {
    /// On the processor.
    #[default]
    Cpu,
    /// On the first CUDA device.
    Cuda,
}

/// Embeds with rust-bert: one session, whose products run on the threads of the current rayon pool.
///
/// Tokens, windows and batches are those of the default engine, so both give the same vectors but for the last bits.
#[derive(Debug)]
pub struct RustBertEmbedder {
    info: ModelInfo,
    tokens: Tokens,
    network: Mutex<Network>,
    weights: PathBuf,
}

impl RustBertEmbedder {
    /// Loads a sentence-transformers folder: `modules.json`, `config.json` (BERT, DistilBERT, RoBERTa, ALBERT or T5),
    /// `model.safetensors`, `tokenizer.json`, its configuration, a pooling module and, if the model has
    /// them, dense modules. Every file is checked first, since rust-bert panics on what it cannot read.
    ///
    /// # Errors
    /// If a file is missing or damaged, the model is of another kind, or `device` is not there.
    pub fn load(folder: &Path, device: Device) -> Result<Self, EmbedError> {
        let device = match device {
            Device::Cpu => TorchDevice::Cpu,
            Device::Cuda if Cuda::is_available() => TorchDevice::Cuda(0),
            Device::Cuda => return Err(engine("libtorch finds no CUDA device")),
        };
        let folder = TorchFolder::open(folder)?;
        let tokens = Tokens::new(
            &folder.tokenizer,
            &folder.file("tokenizer.json"),
            folder.max_tokens,
            folder.vocabulary,
        )?;
        tch::set_num_threads(rayon::current_num_threads().try_into().unwrap_or(i32::MAX));
        let network = Network::load(&folder, device)?;
        let info = ModelInfo {
            name: folder.name(),
            sha256: folder.sha256.clone(),
            engine: ENGINE.to_owned(),
            dim: network.dim(),
        };
        let weights = folder.file(files::WEIGHTS);
        let embedder = Self { info, tokens, network: Mutex::new(network), weights };
        embedder.embed(&["What do you enjoy most in your role?"], &|_| ())?;
        Ok(embedder)
    }

    fn run(&self, sequences: &[&[u32]]) -> Result<Vec<f32>, EmbedError> {
        let network = self.network.lock().unwrap_or_else(PoisonError::into_inner);
        let vectors = network.run(sequences)?;
        let found = vectors.len() / sequences.len().max(1);
        if found != self.info.dim {
            return Err(EmbedError::Dim { path: self.weights.clone(), found, expected: self.info.dim });
        }
        if vectors.iter().any(|x| !x.is_finite()) {
            return Err(EmbedError::NotFinite { path: self.weights.clone() });
        }
        Ok(vectors)
    }
}

impl Embedder for RustBertEmbedder {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError> {
        let plan = Plan::new(texts, |text| self.tokens.windows(text))
            .map_err(|reason| EmbedError::Engine { engine: "tokenizers".to_owned(), reason })?;
        done(plan.unknown());
        let mut rows = Vec::with_capacity(plan.batches.len());
        for batch in &plan.batches {
            let sequences: Vec<&[u32]> = batch.iter().map(|&i| plan.sequences[i].as_slice()).collect();
            rows.push(self.run(&sequences)?);
            done(batch.iter().map(|&i| plan.credit[i]).sum());
        }
        let vectors = average(&plan, &rows, self.info.dim, |length| self.tokens.own(length));
        Ok(Embedded { vectors, windowed: plan.long_texts() })
    }
}

fn engine(reason: impl Into<String>) -> EmbedError {
    EmbedError::Engine { engine: ENGINE.to_owned(), reason: reason.into() }
}
