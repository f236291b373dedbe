//! The bundled model and its engine: exactness, the same bits always, and what is said of a damaged folder.

#[cfg(not(feature = "rust-bert"))]
use super::support::program::Workplace;
use super::support::vectors::{cosine, reference};
use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use verbatim::Hint;
use verbatim::embed::{Embedder, RtenEmbedder};
use verbatim::types::Vectors;

const BUNDLED: &str = "models/all-MiniLM-L6-v2";

static MODEL: LazyLock<RtenEmbedder> = LazyLock::new(|| RtenEmbedder::load(Path::new(BUNDLED)).unwrap());

fn embed(texts: &[&str]) -> Vectors {
    MODEL.embed(texts, &|_| ()).unwrap().vectors
}

#[test]
fn vectors_are_those_of_sentence_transformers() {
    let (texts, expected) = reference();
    assert_eq!((texts.len(), expected.len()), (500, 500));
    let refs: Vec<&str> = texts.iter().map(String::as_str).collect();
    let vectors = embed(&refs);
    let mut compared = 0;
    for (row, text) in texts.iter().enumerate() {
        if vectors.has_meaning(row) {
            let cosine = cosine(vectors.row(row).as_slice().unwrap(), &expected[row]);
            assert!(cosine >= 0.999_999, "{cosine} for {text:?}");
            compared += 1;
        } else {
            // Only what the vocabulary has no piece of: other scripts, emoji, words of over 100 letters.
            let known = |word: &str| word.len() <= 100 && word.chars().any(|c| c.is_ascii_alphanumeric());
            assert!(!text.split_whitespace().any(known), "{text:?} has no vector");
        }
    }
    assert!(compared >= 495, "only {compared} texts have a vector");
}

#[test]
fn another_model_that_was_exported_the_same_way_gives_its_own_vectors() {
    let model = RtenEmbedder::load(Path::new("tests/data/tiny/bert-onnx")).unwrap();
    let expected = fs_err::read("tests/data/tiny/expected.json").unwrap();
    let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
    for (text, vector) in
        expected["texts"].as_array().unwrap().iter().zip(expected["vectors"]["bert"].as_array().unwrap())
    {
        let vector: Vec<f64> = vector.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
        let found = model.embed(&[text.as_str().unwrap()], &|_| ()).unwrap().vectors;
        let cosine = cosine(found.row(0).as_slice().unwrap(), &vector);
        assert!(cosine >= 0.9999, "{cosine} for {text}");
    }
}

#[test]
fn a_text_has_the_same_bits_alone_among_others_in_any_order_and_on_any_number_of_threads() {
    let (texts, _) = reference();
    let texts: Vec<&str> = texts.iter().step_by(8).map(String::as_str).collect();
    let together = embed(&texts);
    let reversed: Vec<&str> = texts.iter().rev().copied().collect();
    let backwards = embed(&reversed);
    for (row, text) in texts.iter().enumerate() {
        assert_eq!(together.row(row), embed(&[text]).row(0), "alone: {text:?}");
        assert_eq!(together.row(row), backwards.row(texts.len() - 1 - row), "in another order: {text:?}");
    }
    for threads in [1, 3] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert_eq!(pool.install(|| embed(&texts)), together, "{threads} threads");
    }
}

#[test]
fn case_60_nothing_and_the_unknown_have_no_vector_and_no_nan() {
    let texts = ["", "   ", "\u{1F9A9}", "\u{1F9A9}\u{1F9A9} \u{1F9A9}", "good \u{1F9A9}"];
    let vectors = embed(&texts);
    let meaning: Vec<bool> = (0..texts.len()).map(|row| vectors.has_meaning(row)).collect();
    assert_eq!(meaning, [false, false, false, false, true]);
    assert!(vectors.view().iter().all(|x| x.is_finite()));
    assert_eq!(embed(&[]).len(), 0);
}

#[test]
fn long_texts_are_read_to_their_end_and_named() {
    let long = format!("{} the car park is always full", "my link worker listened ".repeat(100));
    let other = format!("{} the salary is far too low for this", "my link worker listened ".repeat(100));
    let embedded = MODEL.embed(&["short", &long, &other], &|_| ()).unwrap();
    assert_eq!(embedded.windowed, [1, 2]);
    assert_ne!(embedded.vectors.row(1), embedded.vectors.row(2));
}

#[test]
fn progress_counts_every_text_once() {
    let long = "word ".repeat(600);
    let texts = ["same", "same", "Same", "", "other", &long, &long];
    let done = AtomicUsize::new(0);
    MODEL.embed(&texts, &|n| _ = done.fetch_add(n, Ordering::Relaxed)).unwrap();
    assert_eq!(done.into_inner(), texts.len());
}

/// What is said of the bundled folder after `damage`, with the folder's own path left out.
fn fault(damage: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    for name in ["manifest.json", "model.onnx", "tokenizer.json"] {
        fs_err::copy(Path::new(BUNDLED).join(name), folder.path().join(name)).unwrap();
    }
    damage(folder.path());
    let error = RtenEmbedder::load(folder.path()).expect_err("a damaged folder was accepted");
    assert!(error.hint().is_some());
    error.to_string().replace(&format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR), "")
}

fn edit(folder: &Path, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    let mut bytes = fs_err::read(folder.join(name)).unwrap();
    change(&mut bytes);
    fs_err::write(folder.join(name), bytes).unwrap();
}

/// Changes a file and makes the manifest agree with it.
fn forge(folder: &Path, name: &str, change: impl FnOnce(&mut Vec<u8>)) {
    use sha2::{Digest, Sha256};
    edit(folder, name, change);
    let bytes = fs_err::read(folder.join(name)).unwrap();
    let hash = Sha256::digest(&bytes).iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
    edit_manifest(folder, |manifest| {
        manifest["files"][name] = serde_json::json!({ "bytes": bytes.len(), "sha256": hash });
    });
}

fn edit_manifest(folder: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let mut manifest = serde_json::from_slice(&fs_err::read(folder.join("manifest.json")).unwrap()).unwrap();
    change(&mut manifest);
    fs_err::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

#[test]
fn case_48_a_missing_cut_or_changed_file_is_named() {
    assert_eq!(
        fault(|folder| fs_err::remove_file(folder.join("manifest.json")).unwrap()),
        "the model file `manifest.json` is missing"
    );
    assert_eq!(
        fault(|folder| fs_err::remove_file(folder.join("model.onnx")).unwrap()),
        "the model file `model.onnx` is missing"
    );
    assert_eq!(
        fault(|folder| edit(folder, "model.onnx", |bytes| bytes.truncate(1_000_000))),
        "`model.onnx` has 1000000 bytes where its manifest says 45233285: it is cut short or of another model"
    );
    let words = fault(|folder| edit(folder, "tokenizer.json", |bytes| bytes[1000] ^= 1));
    assert!(words.starts_with("`tokenizer.json` was changed: its sha256 is `"), "{words}");
    assert!(
        words.ends_with(
            "`, its manifest says `3ad857958ba886d154a5a852119fb31a0dd549d03d8a3fc20e33f2336272cc19`"
        ),
        "{words}"
    );
}

#[test]
fn a_manifest_that_makes_no_sense_is_refused() {
    assert_eq!(
        fault(|folder| edit(folder, "manifest.json", |bytes| bytes.truncate(1))),
        "`manifest.json` is not a model manifest: EOF while parsing an object at line 1 column 1"
    );
    assert_eq!(
        fault(|folder| edit_manifest(folder, |manifest| manifest["schema"] = 9.into())),
        "`manifest.json` is not a model manifest: its schema is 9, this program reads 1"
    );
    assert_eq!(
        fault(|folder| edit_manifest(folder, |manifest| {
            manifest["files"].as_object_mut().unwrap().remove("tokenizer.json");
        })),
        "`manifest.json` is not a model manifest: it does not list `tokenizer.json`"
    );
}

#[test]
fn case_49_files_that_do_not_fit_each_other_are_refused() {
    assert_eq!(
        fault(|folder| edit_manifest(folder, |manifest| manifest["dim"] = 768.into())),
        "`model.onnx` gives 384 numbers per text where its manifest says 768"
    );
    assert_eq!(
        fault(|folder| edit_manifest(folder, |manifest| manifest["vocabulary"] = 20_000.into())),
        "`tokenizer.json` does not fit its model: it knows 30522 tokens where the model knows 20000"
    );
    let words = fault(|folder| forge(folder, "tokenizer.json", |bytes| *bytes = b"{}".to_vec()));
    assert!(words.starts_with("`tokenizer.json` does not fit its model: "), "{words}");
    let words = fault(|folder| forge(folder, "model.onnx", |bytes| *bytes = b"not a model".to_vec()));
    assert!(words.starts_with("`model.onnx` cannot be loaded: "), "{words}");
}

#[test]
fn weights_that_are_not_numbers_are_refused() {
    let words = fault(|folder| {
        forge(folder, "model.onnx", |bytes| {
            // The bias of the last layer norm is stored as raw 32-bit floats after its name.
            let name = b"encoder.layer.5.output.LayerNorm.bias\x4a\x80\x0c";
            let raw = bytes.windows(name.len()).position(|window| window == name).unwrap() + name.len();
            bytes[raw..raw + 4].copy_from_slice(&f32::NAN.to_le_bytes());
        });
    });
    assert_eq!(words, "`model.onnx` gives vectors that are not finite: its weights are damaged");
}

/// A graph that rten panics at, and a number without an end, which keeps it busy for ever.
#[test]
fn a_graph_that_the_engine_does_not_end_well_at_is_refused() {
    let changed = |from: &[u8], to: &[u8]| {
        fault(|folder| {
            forge(folder, "model.onnx", |bytes| {
                let at = bytes.windows(from.len()).position(|window| window == from).unwrap();
                bytes[at..at + to.len()].copy_from_slice(to);
            });
        })
    };
    // Of four axes one is named twice.
    assert_eq!(
        changed(b"perm@\0@\x02@\x01@\x03", b"perm@\0@\x02@\x02@\x03"),
        "`model.onnx` cannot be loaded: its graph is damaged"
    );
    // The field of one number says that it is a list of seven bytes, of which none is the last of a number.
    assert_eq!(
        changed(b"perm@\0@\x02@\x01@\x03", b"perm\x42\x07\x80\x80\x80\x80\x80"),
        "`model.onnx` cannot be loaded: a length in it goes beyond its end"
    );
    // Known to rten, but written by no export of ours.
    let words = changed(b"ReduceMean", b"ReduceProd");
    assert!(words.starts_with("`model.onnx` cannot be loaded: ") && words.contains("ReduceProd"), "{words}");
}

/// Case 50. Without a libtorch there is no second engine, and the default one needs no library: ONNX is run in Rust.
#[cfg(not(feature = "rust-bert"))]
#[test]
fn case_50_an_engine_that_was_not_built_in_is_named_with_the_way_to_have_it() {
    let place = Workplace::new();
    let input = place.write("answers.csv", "id,comment\n1,more pay\n");
    let run = |engine: &[&str]| {
        let command = ["run", "--quiet", "--question", "comment", "--out"];
        let output = place.verbatim().args(command).arg(place.path("out")).arg(&input).args(engine).output();
        let output = output.unwrap();
        assert!(!place.path("out").exists());
        format!("exit {}\n{}", output.status.code().unwrap(), String::from_utf8_lossy(&output.stderr))
    };
    insta::assert_snapshot!(run(&["--engine", "rust-bert"]), @r#"
    exit 1
    error: this program was built without the engine `rust-bert`

    hint: run `scripts/prepare-libtorch.sh`, then build with `--features rust-bert`
    "#);
    insta::assert_snapshot!(run(&["--device", "cuda"]), @r#"
    exit 2
    error: `--device cuda` needs `--engine rust-bert`
    "#);
}
