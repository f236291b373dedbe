use super::*;
use rten_onnx::onnx::ValueInfoProto;

fn node(kind: &str, input: &[&str], output: &str) -> NodeProto {
    NodeProto {
        op_type: Some(kind.into()),
        input: input.iter().map(ToString::to_string).collect(),
        output: vec![output.into()],
        ..NodeProto::default()
    }
}

fn declared(name: &str, dims: &[i64]) -> TensorProto {
    TensorProto {
        name: Some(name.into()),
        dims: dims.to_vec(),
        data_type: Some(DataType::FLOAT),
        ..TensorProto::default()
    }
}

fn tensor(name: &str, dims: &[i64]) -> TensorProto {
    let bytes = vec![0; dims.iter().product::<i64>() as usize];
    TensorProto { raw_data: Some(bytes.into()), ..declared(name, dims) }
}

fn integers(name: &str, values: &[i64]) -> TensorProto {
    TensorProto {
        data_type: Some(DataType::INT64),
        int64_data: values.to_vec(),
        ..declared(name, &[values.len() as i64])
    }
}

/// A graph of sequences of up to 64 ids, `(batch, tokens, 8)` after its first node.
fn checked(nodes: &[NodeProto], stored: &[TensorProto]) -> Result<(), Refused> {
    let named = |name: &str| ValueInfoProto { name: Some(name.into()), ..ValueInfoProto::default() };
    let graph = GraphProto {
        node: [&[node("Gather", &["words", "ids"], "x")], nodes].concat(),
        initializer: [&[tensor("words", &[100, 8])], stored].concat(),
        input: vec![named("ids")],
        output: vec![named("y")],
        ..GraphProto::default()
    };
    check(&ModelProto { graph: Some(graph), ..ModelProto::default() }.write_buf().unwrap(), 64)
}

#[test]
fn models_that_are_run_are_let_through() {
    for folder in ["models/all-MiniLM-L6-v2", "tests/data/tiny/bert-onnx"] {
        let model = fs_err::read(format!("{folder}/model.onnx")).unwrap();
        assert_eq!(check(&model, 40), Ok(()), "{folder}");
        assert_eq!(check(&model, 100_000), Err(Refused::Damaged), "{folder} has no such positions");
    }
}

#[test]
fn a_product_of_everything_with_everything_is_refused() {
    let row = integers("row", &[1, -1]);
    let column = integers("column", &[-1, 1]);
    let nodes = [
        node("Reshape", &["x", "row"], "flat"),
        node("Reshape", &["x", "column"], "tall"),
        node("MatMul", &["flat", "tall"], "y"),
    ];
    assert_eq!(checked(&nodes, &[row.clone(), column.clone()]), Ok(()), "one number");
    let nodes = [nodes[0].clone(), nodes[1].clone(), node("MatMul", &["tall", "flat"], "y")];
    // 1,024 ids of 8 numbers, each with each, beside what they are made of.
    assert_eq!(8_192_u64.pow(2), MOST_HELD);
    assert_eq!(checked(&nodes, &[row, column]), Err(Refused::TooCostly));
}

#[test]
fn what_is_made_of_stored_tensors_alone_is_no_larger_than_they() {
    let stored = [tensor("a", &[20, 1]), tensor("b", &[1, 40])];
    let sum = node("Add", &["a", "b"], "y");
    assert_eq!(checked(std::slice::from_ref(&sum), &stored), Ok(()), "800 numbers beside 860");
    assert_eq!(checked(&[sum, node("Relu", &["y"], "z")], &stored), Err(Refused::TooCostly));
}

#[test]
fn what_is_no_longer_needed_is_not_held() {
    let wide = tensor("wide", &[8, 16_384]);
    let narrow = tensor("narrow", &[16_384, 8]);
    let step = |from: &str, to: &str| {
        let inner = format!("{to}.inner");
        [node("MatMul", &[from, "wide"], &inner), node("MatMul", &[&inner, "narrow"], to)]
    };
    // 16 million numbers in the middle of each step.
    let steps = |n: usize| {
        (0..n).flat_map(|i| step(&if i == 0 { "x".into() } else { format!("x{i}") }, &format!("x{}", i + 1)))
    };
    let stored = [wide, narrow];
    assert_eq!(checked(&steps(8).collect::<Vec<_>>(), &stored), Ok(()));
    let kept: Vec<_> =
        steps(8).chain((1..=8).map(|i| node("Relu", &[&format!("x{i}.inner")], &format!("y{i}")))).collect();
    assert_eq!(checked(&kept, &stored), Err(Refused::TooCostly));
}

#[test]
fn work_has_an_end_too() {
    let square = tensor("square", &[4_096, 4_096]);
    let wide = tensor("wide", &[8, 4_096]);
    let steps = |n: usize| {
        let step = |i: usize| node("MatMul", &[&format!("x{i}"), "square"], &format!("x{}", i + 1));
        [vec![node("MatMul", &["x", "wide"], "x0")], (0..n).map(step).collect()].concat()
    };
    let stored = [square, wide];
    // 1,024 ids x 4,096 x 4,096 are 2^34 multiplications a step.
    assert_eq!(checked(&steps(60), &stored), Ok(()));
    assert_eq!(checked(&steps(65), &stored), Err(Refused::TooCostly));
}

#[test]
fn graphs_that_say_two_things_or_nothing_are_refused() {
    let relu = |input: &str, output: &str| node("Relu", &[input], output);
    assert_eq!(checked(&[relu("x", "y")], &[]), Ok(()));
    assert_eq!(checked(&[relu("x", "x")], &[]), Err(Refused::Damaged), "a name twice");
    assert_eq!(
        checked(&[relu("z", "y"), relu("x", "z")], &[]),
        Err(Refused::Damaged),
        "used before it is made"
    );
    assert_eq!(checked(&[node("Loop", &["x"], "y")], &[]), Err(Refused::UnknownOperator("Loop".into())));
    for more_than_there_is in [[i64::MAX, 2], [1 << 20, 1 << 20], [-1, 2]] {
        let stored = declared("stored", &more_than_there_is);
        assert_eq!(checked(&[relu("x", "y")], &[stored]), Err(Refused::Damaged));
    }
    assert_eq!(check(b"", 64), Err(Refused::Damaged));
}
