//! What running a model's graph takes, worked out from its shapes before anything of it is run.
//!
//! A few bytes can ask for a product of any size. Shapes are worked out by rten's own rules, for the shortest and the longest sequences that
//! are run; what a graph takes at a length between lies below the larger of the two.

#[cfg(test)]
mod tests;

use super::batch::BUDGET;
use crate::panics::caught;
use rten_onnx::onnx::{DataType, GraphProto, ModelProto, NodeProto, TensorProto};
use rten_shape_inference::ops::{Gather, MatMul, Reshape, Shape, Slice, Transpose};
use rten_shape_inference::{
    BinaryOp, InferShapes, InferShapesContext, ReductionOp, SymExpr, SymTensor, SymbolGen, UnaryOp,
};
use std::collections::BTreeMap;

/// Most numbers that a batch holds at once besides the weights: 256 MB. The largest BERT (24 layers of 1,024, 16 heads, 512 tokens) holds
/// about 20 million, most of them two tables of each token with each.
const MOST_HELD: u64 = 1 << 26;
/// Most multiplications in a batch, 1.1 trillion. The largest BERT needs 0.34.
const MOST_WORK: u64 = 1 << 40;
/// Most numbers in a constant that says a shape or a place.
const MOST_VALUES: usize = 16;

/// Why a graph is not run.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refused {
    /// Shapes do not fit each other or the operators, or cannot be told.
    #[error("its graph is damaged")]
    Damaged,
    /// A model of any other kind, or a forged one.
    #[error("its graph has the operator `{0}`, which is not known")]
    UnknownOperator(String),
    /// More than any model of its kind.
    #[error("its graph takes more memory or time than a model of its kind")]
    TooCostly,
}

/// Looks at the graph of a model for sequences of up to `max_tokens` ids.
pub(super) fn check(onnx: &[u8], max_tokens: usize) -> Result<(), Refused> {
    let model = caught(|| ModelProto::parse_buf(onnx)).ok_or(Refused::Damaged)?;
    let graph = model.ok().and_then(|model| model.graph).ok_or(Refused::Damaged)?;
    let of_length =
        |tokens: usize| Costs::check(&graph, onnx.len() as u64, [(BUDGET / tokens.max(1)).max(1), tokens]);
    caught(|| [1, max_tokens].into_iter().try_for_each(of_length)).unwrap_or(Err(Refused::Damaged))
}

/// A tensor of the graph.
struct Value {
    shape: SymTensor,
    size: u64,
    /// Whether it is the same for all input.
    is_constant: bool,
}

/// What has been taken so far.
#[derive(Default)]
struct Costs {
    /// Numbers in stored tensors, and in what is made of them alone, which is kept.
    stored: u64,
    made_of_stored: u64,
    held: u64,
    work: u64,
}

impl Costs {
    /// Goes through the graph as it is run for input of this shape; `bytes` are those of the file.
    fn check(graph: &GraphProto, bytes: u64, input: [usize; 2]) -> Result<(), Refused> {
        let mut costs = Self::default();
        let mut values = BTreeMap::new();
        for tensor in &graph.initializer {
            let value = stored(tensor)?;
            costs.stored = costs.stored.saturating_add(value.size);
            // Each number takes a byte at least.
            if costs.stored > bytes {
                return Err(Refused::Damaged);
            }
            insert(&mut values, tensor.name.as_deref(), value)?;
        }
        let [ids] = graph.input.as_slice() else { return Err(Refused::Damaged) };
        let value = Value::new(SymTensor::from_fixed_shape(&input), false)?;
        costs.held = value.size;
        insert(&mut values, ids.name.as_deref(), value)?;
        let last_uses = last_uses(graph);
        for (at, node) in graph.node.iter().enumerate() {
            let made = make(node, &values)?;
            costs.take(node, &made, &values)?;
            if made.len() != node.output.len() {
                return Err(Refused::Damaged);
            }
            for (name, value) in node.output.iter().zip(made) {
                insert(&mut values, Some(name), value)?;
            }
            for name in node.input.iter().filter(|name| last_uses.get(name.as_str()) == Some(&at)) {
                let done = values.get_mut(name.as_str()).filter(|value| !value.is_constant);
                costs.held -= done.map_or(0, |value| std::mem::take(&mut value.size));
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        node: &NodeProto,
        made: &[Value],
        values: &BTreeMap<&str, Value>,
    ) -> Result<(), Refused> {
        let size: u64 = made.iter().map(|value| value.size).sum();
        let inner = match kind(node) {
            "MatMul" => {
                node.input.first().and_then(|name| last_dim(&values.get(name.as_str())?.shape)).unwrap_or(1)
            }
            _ => 1,
        };
        self.work = self.work.saturating_add(size.saturating_mul(inner));
        let is_constant = made.iter().all(|value| value.is_constant);
        let sum = if is_constant { &mut self.made_of_stored } else { &mut self.held };
        *sum = sum.saturating_add(size);
        let is_too_much = self.held > MOST_HELD || self.work > MOST_WORK || self.made_of_stored > self.stored;
        if is_too_much { Err(Refused::TooCostly) } else { Ok(()) }
    }
}

impl Value {
    fn new(shape: SymTensor, is_constant: bool) -> Result<Self, Refused> {
        let shape = shape.simplify();
        let mut size = 1_u64;
        for dim in shape.shape().ok_or(Refused::Damaged)? {
            let SymExpr::Value(dim) = dim else { return Err(Refused::Damaged) };
            let dim = u64::try_from(dim).map_err(|_| Refused::Damaged)?;
            size = size.checked_mul(dim).ok_or(Refused::TooCostly)?;
        }
        Ok(Self { shape, size, is_constant })
    }
}

fn last_dim(shape: &SymTensor) -> Option<u64> {
    match shape.shape()?.last()? {
        SymExpr::Value(dim) => u64::try_from(dim).ok(),
        _ => None,
    }
}

/// A name stands for one tensor.
fn insert<'a>(
    values: &mut BTreeMap<&'a str, Value>,
    name: Option<&'a str>,
    value: Value,
) -> Result<(), Refused> {
    let earlier = values.insert(name.ok_or(Refused::Damaged)?, value);
    if earlier.is_some() { Err(Refused::Damaged) } else { Ok(()) }
}

/// The last node that each tensor goes into; none of what comes out of the graph.
fn last_uses(graph: &GraphProto) -> BTreeMap<&str, usize> {
    let uses = graph
        .node
        .iter()
        .enumerate()
        .flat_map(|(at, node)| node.input.iter().map(move |name| (name.as_str(), at)));
    let mut last: BTreeMap<&str, usize> = uses.collect();
    for output in graph.output.iter().filter_map(|output| output.name.as_deref()) {
        last.remove(output);
    }
    last
}

/// A stored tensor, with its values where they may say a shape.
fn stored(tensor: &TensorProto) -> Result<Value, Refused> {
    let dims =
        tensor.dims.iter().map(|dim| i32::try_from(*dim).ok().and_then(|dim| usize::try_from(dim).ok()));
    let dims: Vec<usize> = dims.collect::<Option<_>>().ok_or(Refused::Damaged)?;
    let shape = match (dims.as_slice(), values(tensor)) {
        ([], Some(values)) => values.first().map(|value| SymTensor::from_scalar(value.clone())),
        ([n], Some(values)) if values.len() == *n => Some(SymTensor::from_vec(values)),
        _ => None,
    };
    Value::new(shape.unwrap_or_else(|| SymTensor::from_fixed_shape(&dims)), true)
}

/// Few whole numbers; those beyond 32 bits become the largest or smallest, as rten reads them.
fn values(tensor: &TensorProto) -> Option<Vec<SymExpr>> {
    if tensor.data_type != Some(DataType::INT64) {
        return None;
    }
    let raw = tensor.raw_data.as_ref().map(std::cell::RefCell::borrow);
    let values: Vec<i64> = match raw {
        Some(bytes) if bytes.len() <= 8 * MOST_VALUES => {
            bytes.as_chunks().0.iter().map(|bytes| i64::from_le_bytes(*bytes)).collect()
        }
        Some(_) => return None,
        None => tensor.int64_data.clone(),
    };
    let value = |value: &i64| SymExpr::Value((*value).clamp(i32::MIN.into(), i32::MAX.into()) as i32);
    (values.len() <= MOST_VALUES).then(|| values.iter().map(value).collect())
}

/// What a node makes of its input.
fn make(node: &NodeProto, values: &BTreeMap<&str, Value>) -> Result<Vec<Value>, Refused> {
    let mut is_constant = true;
    let mut inputs = Vec::with_capacity(node.input.len());
    for name in &node.input {
        let value =
            if name.is_empty() { None } else { Some(values.get(name.as_str()).ok_or(Refused::Damaged)?) };
        is_constant &= value.is_none_or(|value| value.is_constant);
        inputs.push(value.map(|value| value.shape.clone()));
    }
    let shapes = infer(node, InferShapesContext::new(&inputs))?;
    shapes.into_iter().map(|shape| Value::new(shape, is_constant)).collect()
}

fn kind(node: &NodeProto) -> &str {
    node.op_type.as_deref().unwrap_or_default()
}

/// The shapes of what comes out of a node. The operators are those of `models/export_onnx.py`.
fn infer(node: &NodeProto, inputs: InferShapesContext<'_>) -> Result<Vec<SymTensor>, Refused> {
    let symbols = &mut SymbolGen::new();
    let attribute =
        |name: &str| node.attribute.iter().find(|attribute| attribute.name.as_deref() == Some(name));
    let number = |name: &str| Some(attribute(name)?.i?.clamp(i32::MIN.into(), i32::MAX.into()) as i32);
    let numbers = |name: &str| attribute(name).map(|attribute| attribute.ints.as_slice());
    let is_set = |name: &str, default| number(name).unwrap_or(default) != 0;
    let shapes = match kind(node) {
        "Add" | "Mul" => BinaryOp.infer_shapes(inputs, symbols),
        "Cast" | "Gelu" | "LayerNormalization" | "Relu" | "Softmax" => UnaryOp.infer_shapes(inputs, symbols),
        "Gather" => Gather { axis: number("axis").unwrap_or(0) }.infer_shapes(inputs, symbols),
        "MatMul" => MatMul.infer_shapes(inputs, symbols),
        "ReduceMean" => {
            let axes = numbers("axes").map(|axes| axes.iter().map(|axis| *axis as i32).collect::<Vec<_>>());
            ReductionOp { axes: axes.as_deref(), keep_dims: is_set("keepdims", 1) }
                .infer_shapes(inputs, symbols)
        }
        "Reshape" => Reshape { allow_zero: is_set("allowzero", 0) }.infer_shapes(inputs, symbols),
        "Shape" => Shape { start: number("start"), end: number("end") }.infer_shapes(inputs, symbols),
        "Slice" => Slice.infer_shapes(inputs, symbols),
        "Transpose" => {
            let order =
                numbers("perm").map(|order| order.iter().map(|axis| *axis as usize).collect::<Vec<_>>());
            Transpose { perm: order.as_deref() }.infer_shapes(inputs, symbols)
        }
        other => return Err(Refused::UnknownOperator(other.to_owned())),
    };
    shapes.map_err(|_| Refused::Damaged)
}
