//! Recorded vectors, and how alike two vectors are.

/// Texts of every kind and their vectors by sentence-transformers; `models/reference.py` made both.
pub(crate) fn reference() -> (Vec<String>, Vec<Vec<f64>>) {
    let texts = fs_err::read_to_string("tests/data/reference/texts.json").unwrap();
    let texts: Vec<String> = serde_json::from_str(&texts).unwrap();
    let numbers = fs_err::read("tests/data/reference/vectors.i16").unwrap();
    let numbers: Vec<f64> =
        numbers.chunks_exact(2).map(|pair| f64::from(i16::from_le_bytes([pair[0], pair[1]]))).collect();
    (texts, numbers.chunks_exact(384).map(<[f64]>::to_vec).collect())
}

/// The cosine of two vectors.
pub(crate) fn cosine(found: &[f32], expected: &[f64]) -> f64 {
    let dot: f64 = found.iter().zip(expected).map(|(a, b)| f64::from(*a) * b).sum();
    let squares = |numbers: &mut dyn Iterator<Item = f64>| numbers.map(|x| x * x).sum::<f64>();
    dot / (squares(&mut found.iter().map(|x| f64::from(*x))) * squares(&mut expected.iter().copied())).sqrt()
}
