//! What stands after the transformer: pooling, and dense layers if the model has them.

use super::EmbedError;
use super::files::TorchFolder;
use rust_bert::pipelines::sentence_embeddings::layers::PoolingConfig;
use serde::Deserialize;
use serde_json::Value;
use tch::{Device, Kind, Tensor};

/// How token vectors become one, and how many numbers that gives.
///
/// Older folders have a switch for each way of pooling, newer ones the name of one; rust-bert reads the older form.
pub(super) fn pooling(folder: &TorchFolder) -> Result<(PoolingConfig, usize), EmbedError> {
    let file = format!("{}/config.json", folder.pooling);
    let config: Value = folder.config(&file)?;
    let wrong = |reason: &str| EmbedError::Manifest { path: folder.file(&file), reason: reason.to_owned() };
    let dim = (config.get("word_embedding_dimension").or_else(|| config.get("embedding_dimension")))
        .and_then(Value::as_i64)
        .ok_or_else(|| wrong("it does not say how many numbers a token has"))?;
    let named = config.get("pooling_mode").and_then(Value::as_str);
    let way = |switch: &str, name: &str| match named {
        Some(named) => named == name,
        None => config.get(switch).and_then(Value::as_bool).unwrap_or(false),
    };
    let pooling = PoolingConfig {
        word_embedding_dimension: dim,
        pooling_mode_cls_token: way("pooling_mode_cls_token", "cls"),
        pooling_mode_max_tokens: way("pooling_mode_max_tokens", "max"),
        pooling_mode_mean_tokens: way("pooling_mode_mean_tokens", "mean"),
        pooling_mode_mean_sqrt_len_tokens: way("pooling_mode_mean_sqrt_len_tokens", "mean_sqrt_len_tokens"),
    };
    // rust-bert cannot put the others beside the maximum, which keeps an axis more.
    let ways = [
        pooling.pooling_mode_cls_token,
        pooling.pooling_mode_mean_tokens,
        pooling.pooling_mode_mean_sqrt_len_tokens,
    ];
    let beside = ways.iter().filter(|on| **on).count();
    match (beside, pooling.pooling_mode_max_tokens) {
        (0, false) => Err(wrong("its way of pooling is not supported")),
        (1.., true) => Err(wrong("pooling by the maximum beside another way is not supported")),
        (beside, max) => Ok((pooling, dim.unsigned_abs() as usize * (beside + usize::from(max)))),
    }
}

#[derive(Deserialize)]
struct DenseConfig {
    in_features: i64,
    out_features: i64,
    bias: bool,
    activation_function: String,
}

/// A dense layer. Not rust-bert's own, which looks for other names than those that sentence-transformers writes.
#[derive(Debug)]
pub(super) struct Dense {
    weight: Tensor,
    bias: Option<Tensor>,
    activation: fn(&Tensor) -> Tensor,
    dim: usize,
}

impl Dense {
    pub(super) fn load(folder: &TorchFolder, module: &str, device: Device) -> Result<Self, EmbedError> {
        let file = format!("{module}/config.json");
        let config: DenseConfig = folder.config(&file)?;
        let name = config.activation_function.rsplit('.').next().unwrap_or_default();
        let activation: fn(&Tensor) -> Tensor = match name {
            "Identity" => Tensor::shallow_clone,
            "Tanh" => Tensor::tanh,
            "ReLU" => Tensor::relu,
            "Sigmoid" => Tensor::sigmoid,
            "GELU" => |x| x.gelu("none"),
            _ => {
                let reason = format!("the activation `{name}` is not supported");
                return Err(EmbedError::Manifest { path: folder.file(&file), reason });
            }
        };
        let path = folder.dense_weights(module)?;
        let broken = |reason: String| EmbedError::Weights { path: path.clone(), reason };
        let tensors = Tensor::read_safetensors(&path).map_err(|error| broken(error.to_string()))?;
        let find = |name: &str, shape: &[i64]| {
            let tensor = tensors.iter().find(|(key, _)| key == name).map(|(_, tensor)| tensor);
            match tensor {
                Some(tensor) if tensor.size() == shape => Ok(tensor.to_kind(Kind::Float).to(device)),
                _ => Err(broken(format!("it holds no `{name}` of the size that `{file}` gives"))),
            }
        };
        let weight = find("linear.weight", &[config.out_features, config.in_features])?;
        let bias = config.bias.then(|| find("linear.bias", &[config.out_features])).transpose()?;
        Ok(Self { weight, bias, activation, dim: config.out_features.unsigned_abs() as usize })
    }

    /// Numbers per text after this layer.
    pub(super) fn dim(&self) -> usize {
        self.dim
    }

    pub(super) fn forward(&self, x: &Tensor) -> Tensor {
        let product = x.matmul(&self.weight.transpose(0, 1));
        (self.activation)(&match &self.bias {
            Some(bias) => product + bias,
            None => product,
        })
    }
}
