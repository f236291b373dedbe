//! The default engine: a model in ONNX form, run by rten, in pure Rust.

use super::batch::Plan;
use super::files::ModelFolder;
use super::graph;
use super::onnx;
use super::pool::{average, parallel};
use super::tokens::Tokens;
use super::{EmbedError, Embedded, Embedder, ModelInfo};
use crate::panics::caught;
use rten::{Model, ModelOptions, NodeId, OpRegistry, RunOptions, ThreadPool, Value};
use std::path::{Path, PathBuf};
use std::sync::Arc;

const WEIGHTS: &str = "model.onnx";
const TOKENIZER: &str = "tokenizer.json";

/// What is said of a model at which rten panics.
const DAMAGED: &str = "its graph is damaged";

/// The engine's name.
const ENGINE: &str = "rten";

/// Embeds with rten: one single-threaded session per thread of the current rayon pool.
#[derive(Debug)]
pub struct RtenEmbedder {
    info: ModelInfo,
    tokens: Tokens,
    model: Model,
    input: NodeId,
    output: NodeId,
    weights: PathBuf,
}

impl RtenEmbedder {
    /// Loads the model of a folder that `models/export_onnx.py` wrote, after checking every file against its manifest.
    ///
    /// # Errors
    /// If a file is missing, cut, changed or does not fit the others, or the weights are not finite.
    pub fn load(folder: &Path) -> Result<Self, EmbedError> {
        let folder = ModelFolder::open(folder)?;
        let manifest = &folder.manifest;
        let weights = folder.file(WEIGHTS);
        let broken = |reason: String| EmbedError::Weights { path: weights.clone(), reason };
        let load_model = || {
            let bytes = folder.load(WEIGHTS)?;
            if !onnx::is_whole(&bytes) {
                return Err(broken("a length in it goes beyond its end".to_owned()));
            }
            graph::check(&bytes, manifest.max_tokens).map_err(|refused| broken(refused.to_string()))?;
            caught(|| ModelOptions::with_ops(operators()).prepack_weights(true).load(bytes))
                .ok_or_else(|| broken(DAMAGED.to_owned()))?
                .map_err(|error| broken(error.to_string()))
        };
        let load_tokens = || {
            let json = folder.load(TOKENIZER)?;
            Tokens::new(&json, &folder.file(TOKENIZER), manifest.max_tokens, manifest.vocabulary)
        };
        let (model, tokens) = rayon::join(load_model, load_tokens);
        let (model, tokens) = (model?, tokens?);
        let (&[input], &[output]) = (model.input_ids(), model.output_ids()) else {
            return Err(broken("it must have one input and one output".to_owned()));
        };
        let info = info(&folder)?;
        let embedder = Self { info, tokens, model, input, output, weights };
        embedder.embed(&["What do you enjoy most in your role?"], &|_| ())?;
        Ok(embedder)
    }

    /// What the manifest of a folder says of its model; the other files are not looked at.
    ///
    /// # Errors
    /// If the manifest is missing or is not one.
    pub fn describe(folder: &Path) -> Result<ModelInfo, EmbedError> {
        info(&ModelFolder::open(folder)?)
    }

    /// Vectors of sequences of equal length, row after row.
    fn run(&self, sequences: &[&[u32]], pool: &Arc<ThreadPool>) -> Result<Vec<f32>, EmbedError> {
        let failed = |reason: String| EmbedError::Engine { engine: ENGINE.to_owned(), reason };
        let ids: Vec<i32> = sequences.iter().flat_map(|ids| ids.iter().map(|id| *id as i32)).collect();
        let length = sequences.first().map_or(0, |ids| ids.len());
        let ids =
            Value::from_shape([sequences.len(), length], ids).map_err(|error| failed(error.to_string()))?;
        let options = RunOptions::default().with_thread_pool(Some(Arc::clone(pool)));
        let run = || self.model.run_n(vec![(self.input, ids.into())], [self.output], Some(options));
        let [vectors] = caught(run)
            .ok_or_else(|| EmbedError::Weights { path: self.weights.clone(), reason: DAMAGED.to_owned() })?
            .map_err(|error| failed(error.to_string()))?;
        let ([rows, dim], vectors) =
            vectors.into_shape_vec::<f32, 2>().map_err(|error| failed(error.to_string()))?;
        if rows != sequences.len() || dim != self.info.dim {
            let path = self.weights.clone();
            return Err(EmbedError::Dim { path, found: dim, expected: self.info.dim });
        }
        if vectors.iter().any(|x| !x.is_finite()) {
            return Err(EmbedError::NotFinite { path: self.weights.clone() });
        }
        // Its buffer has held larger things, and would be kept in full until all texts are embedded.
        Ok(vectors.as_slice().to_vec())
    }
}

/// The operators that `models/export_onnx.py` writes. With others a stranger's graph could go round for ever (`Loop`) or make tensors of
/// any size out of a few bytes (`ConstantOfShape`, `Expand`).
fn operators() -> OpRegistry {
    rten::op_registry!(
        Add,
        Cast,
        Gather,
        Gelu,
        LayerNormalization,
        MatMul,
        Mul,
        ReduceMean,
        Relu,
        Reshape,
        Shape,
        Slice,
        Softmax,
        Transpose
    )
}

fn info(folder: &ModelFolder) -> Result<ModelInfo, EmbedError> {
    Ok(ModelInfo {
        name: folder.manifest.name.clone(),
        sha256: folder.sha256(WEIGHTS)?.to_owned(),
        engine: ENGINE.to_owned(),
        dim: folder.manifest.dim,
    })
}

impl Embedder for RtenEmbedder {
    fn model(&self) -> &ModelInfo {
        &self.info
    }

    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError> {
        let plan = Plan::new(texts, |text| self.tokens.windows(text))
            .map_err(|reason| EmbedError::Engine { engine: "tokenizers".to_owned(), reason })?;
        done(plan.unknown());
        let session = || Arc::new(ThreadPool::with_num_threads(1));
        let rows = parallel(&plan.batches, session, |batch, pool| {
            let sequences: Vec<&[u32]> = batch.iter().map(|&i| plan.sequences[i].as_slice()).collect();
            let vectors = self.run(&sequences, pool)?;
            done(batch.iter().map(|&i| plan.credit[i]).sum());
            Ok(vectors)
        })?;
        let vectors = average(&plan, &rows, self.info.dim, |length| self.tokens.own(length));
        Ok(Embedded { vectors, windowed: plan.long_texts() })
    }
}
