//! Transformer, pooling and dense layers of rust-bert.

use super::files::{TorchFolder, WEIGHTS};
use super::layers::{Dense, pooling};
use super::{EmbedError, engine};
use crate::panics::caught;
use rust_bert::albert::AlbertConfig;
use rust_bert::bert::BertConfig;
use rust_bert::distilbert::DistilBertConfig;
use rust_bert::pipelines::common::{ConfigOption, ModelType};
use rust_bert::pipelines::sentence_embeddings::SentenceEmbeddingsOption;
use rust_bert::pipelines::sentence_embeddings::layers::Pooling;
use rust_bert::t5::T5Config;
use std::collections::BTreeMap;
use std::path::Path;
use tch::{Device, Kind, Tensor, nn};

/// Token ids in, vectors out.
pub(super) struct Network {
    transformer: SentenceEmbeddingsOption,
    pooling: Pooling,
    dense: Vec<Dense>,
    dim: usize,
    device: Device,
    /// Owns the weights that the transformer refers to.
    _weights: nn::VarStore,
}

impl std::fmt::Debug for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Network")
            .field("dim", &self.dim)
            .field("device", &self.device)
            .finish_non_exhaustive()
    }
}

impl Network {
    pub(super) fn load(folder: &TorchFolder, device: Device) -> Result<Self, EmbedError> {
        let (kind, config) = architecture(folder)?;
        let path = folder.file(WEIGHTS);
        let broken = |reason: String| EmbedError::Weights { path: path.clone(), reason };
        let rounded = kind == ModelType::Bert;
        let mut weights = nn::VarStore::new(device);
        // rust-bert asserts what it expects of a configuration.
        let transformer = caught(|| SentenceEmbeddingsOption::new(kind, weights.root(), &config))
            .ok_or_else(|| broken("its configuration makes no model".to_owned()))?
            .map_err(|error| broken(error.to_string()))?;
        fill(&weights, &path, rounded).map_err(broken)?;
        weights.freeze();

        let (config, mut dim) = pooling(folder)?;
        let mut dense = Vec::new();
        for module in &folder.dense {
            let layer = Dense::load(folder, module, device)?;
            dim = layer.dim();
            dense.push(layer);
        }
        Ok(Self { transformer, pooling: Pooling::new(config), dense, dim, device, _weights: weights })
    }

    /// Numbers per vector.
    pub(super) fn dim(&self) -> usize {
        self.dim
    }

    /// Vectors of sequences of equal length, row after row, not normalised.
    pub(super) fn run(&self, sequences: &[&[u32]]) -> Result<Vec<f32>, EmbedError> {
        let ids: Vec<i64> = sequences.iter().flat_map(|ids| ids.iter().map(|id| i64::from(*id))).collect();
        let shape = [sequences.len() as i64, sequences.first().map_or(0, |ids| ids.len() as i64)];
        let pooled = caught(|| {
            tch::no_grad(|| {
                let ids = Tensor::from_slice(&ids).view(shape).to(self.device);
                let mask = ids.ones_like();
                let (hidden, _) = self.transformer.forward(&ids, &mask).map_err(|error| error.to_string())?;
                let pooled = self.pooling.forward(hidden, &mask);
                let vectors = self.dense.iter().fold(pooled, |vectors, layer| layer.forward(&vectors));
                let vectors = vectors.to_kind(Kind::Float).to(Device::Cpu).contiguous().view([-1]);
                Vec::<f32>::try_from(vectors).map_err(|error| error.to_string())
            })
        });
        pooled.ok_or_else(|| engine("libtorch refused a batch"))?.map_err(engine)
    }
}

/// Fills `weights` from a safetensors file.
///
/// Where matrices are `rounded`, they keep the 16 bits in which `models/export_onnx.py` stores them: both engines then compute with the same
/// numbers, without which a theme here and there would be divided otherwise.
fn fill(weights: &nn::VarStore, path: &Path, rounded: bool) -> Result<(), String> {
    let stored = Tensor::read_safetensors(path).map_err(|error| error.to_string())?;
    let stored: BTreeMap<String, Tensor> = stored.into_iter().collect();
    let variables: BTreeMap<String, Tensor> = weights.variables().into_iter().collect();
    tch::no_grad(|| {
        for (name, mut variable) in variables {
            // A model that was saved on its own lacks the first word (`distilbert.`) that rust-bert expects.
            let own = name.split_once('.').map(|(_, own)| own);
            let source = stored.get(&name).or_else(|| stored.get(own?));
            let source = source.ok_or_else(|| format!("it has no tensor `{name}`"))?;
            if source.size() != variable.size() {
                return Err(format!("its tensor `{name}` has another shape than its configuration says"));
            }
            let half = rounded && source.dim() == 2 && !name.ends_with("token_type_embeddings.weight");
            let source = if half { source.to_kind(Kind::Half) } else { source.shallow_clone() };
            variable.f_copy_(&source).map_err(|error| error.to_string())?;
        }
        Ok(())
    })
}

fn architecture(folder: &TorchFolder) -> Result<(ModelType, ConfigOption), EmbedError> {
    let file = "config.json";
    Ok(match folder.architecture.as_str() {
        "distilbert" => {
            (ModelType::DistilBert, ConfigOption::DistilBert(folder.config::<DistilBertConfig>(file)?))
        }
        "roberta" => (ModelType::Roberta, ConfigOption::Roberta(folder.config::<BertConfig>(file)?)),
        "albert" => (ModelType::Albert, ConfigOption::Albert(folder.config::<AlbertConfig>(file)?)),
        "t5" => (ModelType::T5, ConfigOption::T5(folder.config::<T5Config>(file)?)),
        _ => (ModelType::Bert, ConfigOption::Bert(folder.config::<BertConfig>(file)?)),
    })
}
