//! Transformer, pooling and dense layers of rust-bert.

use super::files::{TorchFolder, WEIGHTS};
use super::layers::{Dense, pooling};
use super::{EmbedError, engine};
use rust_bert::albert::AlbertConfig;
use rust_bert::bert::BertConfig;
use rust_bert::distilbert::DistilBertConfig;
use rust_bert::pipelines::common::{ConfigOption, ModelType};
use rust_bert::pipelines::sentence_embeddings::SentenceEmbeddingsOption;
use rust_bert::pipelines::sentence_embeddings::layers::Pooling;
use rust_bert::t5::T5Config;
use std::panic::{AssertUnwindSafe, catch_unwind};
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
        let mut weights = nn::VarStore::new(device);
        // rust-bert asserts what it expects of a configuration.
        let transformer =
            catch_unwind(AssertUnwindSafe(|| SentenceEmbeddingsOption::new(kind, weights.root(), &config)))
                .map_err(|_| broken("its configuration makes no model".to_owned()))?
                .map_err(|error| broken(error.to_string()))?;
        weights.load(&path).map_err(|error| broken(error.to_string()))?;
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
        let pooled = catch_unwind(AssertUnwindSafe(|| {
            tch::no_grad(|| {
                let ids = Tensor::from_slice(&ids).view(shape).to(self.device);
                let mask = ids.ones_like();
                let (hidden, _) = self.transformer.forward(&ids, &mask).map_err(|error| error.to_string())?;
                let pooled = self.pooling.forward(hidden, &mask);
                let vectors = self.dense.iter().fold(pooled, |vectors, layer| layer.forward(&vectors));
                let vectors = vectors.to_kind(Kind::Float).to(Device::Cpu).contiguous().view([-1]);
                Vec::<f32>::try_from(vectors).map_err(|error| error.to_string())
            })
        }));
        pooled.map_err(|_| engine("libtorch refused a batch"))?.map_err(engine)
    }
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
