//! A sentence-transformers folder, checked before rust-bert sees it.

use super::super::files::read;
use super::super::safetensors::declared_length;
use super::EmbedError;
use crate::files;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub(super) const WEIGHTS: &str = "model.safetensors";

/// Architectures, as `config.json` calls them and as the rust-bert pipeline does.
const ARCHITECTURES: [&str; 5] = ["bert", "distilbert", "roberta", "albert", "t5"];

/// What a folder holds.
#[derive(Debug)]
pub(super) struct TorchFolder {
    path: PathBuf,
    /// One of [`ARCHITECTURES`].
    pub(super) architecture: String,
    /// Folder of the pooling module.
    pub(super) pooling: String,
    /// Folders of the dense modules, in their order.
    pub(super) dense: Vec<String>,
    pub(super) max_tokens: usize,
    pub(super) vocabulary: usize,
    pub(super) tokenizer: Vec<u8>,
    /// sha256 of the weights.
    pub(super) sha256: String,
}

#[derive(Deserialize)]
struct Module {
    path: String,
    #[serde(rename = "type")]
    kind: String,
}

impl TorchFolder {
    pub(super) fn open(path: &Path) -> Result<Self, EmbedError> {
        let config: Value = json(&path.join("config.json"))?;
        let number = |keys: &[&str]| keys.iter().find_map(|key| config.get(*key)?.as_u64()).unwrap_or(0);
        let wrong = |reason: String| EmbedError::Manifest { path: path.join("config.json"), reason };
        let architecture = config.get("model_type").and_then(Value::as_str).unwrap_or_default().to_owned();
        if !ARCHITECTURES.contains(&architecture.as_str()) {
            return Err(wrong(format!(
                "models of type `{architecture}` are not supported, only {}",
                ARCHITECTURES.map(|name| format!("`{name}`")).join(", ")
            )));
        }
        let (hidden, heads) = (
            number(&["hidden_size", "dim", "d_model"]),
            number(&["num_attention_heads", "n_heads", "num_heads"]),
        );
        // T5 alone gives the size of a head by itself.
        if hidden == 0 || heads == 0 || (architecture != "t5" && hidden % heads != 0) {
            return Err(wrong(format!("{hidden} numbers cannot be shared among {heads} heads")));
        }
        let (pooling, dense) = modules(path)?;
        let max_tokens = max_tokens(path, number(&["max_position_embeddings", "n_positions"]))?;
        Ok(Self {
            path: path.to_owned(),
            architecture,
            pooling,
            dense,
            max_tokens,
            vocabulary: number(&["vocab_size"]) as usize,
            tokenizer: read(&path.join("tokenizer.json"))?,
            sha256: check_weights(&path.join(WEIGHTS))?,
        })
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The folder's own name, which is all that a model says of itself.
    pub(super) fn name(&self) -> String {
        let path = self.path.canonicalize().unwrap_or_else(|_| self.path.clone());
        path.file_name().map_or_else(|| "model".to_owned(), |name| name.to_string_lossy().into_owned())
    }

    /// A configuration file as rust-bert's own type, which gives an error where its own reader would panic.
    pub(super) fn config<T: DeserializeOwned>(&self, name: &str) -> Result<T, EmbedError> {
        json(&self.file(name))
    }

    /// The weights of a dense module, checked.
    pub(super) fn dense_weights(&self, module: &str) -> Result<PathBuf, EmbedError> {
        let path = self.path.join(module).join(WEIGHTS);
        check_weights(&path)?;
        Ok(path)
    }
}

/// The folder of the pooling module and those of the dense modules.
fn modules(folder: &Path) -> Result<(String, Vec<String>), EmbedError> {
    let path = folder.join("modules.json");
    let modules: Vec<Module> = json(&path)?;
    let wrong = |reason: String| EmbedError::Manifest { path: path.clone(), reason };
    let (mut pooling, mut dense) = (None, Vec::new());
    for module in modules {
        // The last word is the same in every version of sentence-transformers.
        match module.kind.rsplit('.').next().unwrap_or_default() {
            "Transformer" | "Normalize" => {}
            "Pooling" => pooling = Some(module.path),
            "Dense" => dense.push(module.path),
            other => return Err(wrong(format!("modules of type `{other}` are not supported"))),
        }
    }
    Ok((pooling.ok_or_else(|| wrong("it names no pooling module".to_owned()))?, dense))
}

/// Tokens that the model reads: older folders say so in `sentence_bert_config.json`, newer ones in `tokenizer_config.json`,
/// where a number beyond all bounds means none; else the model's number of `positions`.
fn max_tokens(folder: &Path, positions: u64) -> Result<usize, EmbedError> {
    for (file, key) in
        [("sentence_bert_config.json", "max_seq_length"), ("tokenizer_config.json", "model_max_length")]
    {
        let config: Value = json(&folder.join(file))?;
        match config.get(key).and_then(Value::as_u64) {
            Some(tokens) if (8..=1 << 20).contains(&tokens) => return Ok(tokens as usize),
            _ => {}
        }
    }
    if positions < 8 {
        let reason = "it does not say how many tokens the model reads".to_owned();
        return Err(EmbedError::Manifest { path: folder.join("config.json"), reason });
    }
    Ok(positions as usize)
}

fn json<T: DeserializeOwned>(path: &Path) -> Result<T, EmbedError> {
    serde_json::from_slice(&read(path)?)
        .map_err(|error| EmbedError::Manifest { path: path.to_owned(), reason: error.to_string() })
}

/// Checks that a safetensors file is as long as its header says; its sha256.
fn check_weights(path: &Path) -> Result<String, EmbedError> {
    let bytes = read(path)?;
    let needed = declared_length(&bytes)
        .map_err(|reason| EmbedError::Weights { path: path.to_owned(), reason: reason.to_owned() })?;
    if bytes.len() as u64 != needed {
        return Err(EmbedError::Length {
            path: path.to_owned(),
            found: bytes.len() as u64,
            expected: needed,
        });
    }
    Ok(files::hex(&Sha256::digest(&bytes)))
}
