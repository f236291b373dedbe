//! The engine `rust-bert` beside the default one. Needs `scripts/prepare-libtorch.sh`.

use super::support::program::{Run, SURVEY_2023, survey_run};
use super::support::vectors::{cosine, reference};
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;
use verbatim::embed::{Device, Embedder, RtenEmbedder, RustBertEmbedder};

const PREPARED: &str = "models/all-MiniLM-L6-v2-rust-bert";

#[test]
fn both_engines_give_the_same_vectors() {
    let (texts, _) = reference();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let first = RtenEmbedder::load(Path::new("models/all-MiniLM-L6-v2")).unwrap();
    let second = RustBertEmbedder::load(Path::new(PREPARED), Device::Cpu)
        .expect("`scripts/prepare-libtorch.sh` fetches the weights for this engine");
    let [first, second] = [&first as &dyn Embedder, &second].map(|engine| {
        let start = Instant::now();
        let embedded = engine.embed(&texts, &|_| ()).unwrap();
        println!(
            "{}: {:.0} texts/s",
            engine.model().engine,
            texts.len() as f64 / start.elapsed().as_secs_f64()
        );
        embedded
    });
    assert_eq!(first.windowed, second.windowed);
    for (row, text) in texts.iter().enumerate() {
        assert_eq!(first.vectors.has_meaning(row), second.vectors.has_meaning(row), "{text:?}");
        if first.vectors.has_meaning(row) {
            let second: Vec<f64> = second.vectors.row(row).iter().map(|x| f64::from(*x)).collect();
            let cosine = cosine(first.vectors.row(row).as_slice().unwrap(), &second);
            assert!(cosine >= 0.99999, "{cosine} for {text:?}");
        }
    }
}

/// Every segment with its themes, and every quote.
fn found(run: &Run) -> [Vec<BTreeMap<String, String>>; 2] {
    // The vectors of two engines differ in the last bits, and so does what is measured on them.
    let without_measures = |mut row: BTreeMap<String, String>| {
        row.remove("similarity");
        row.remove("margin");
        row
    };
    ["assignments.csv", "quotes.csv"].map(|file| run.rows(file).into_iter().map(without_measures).collect())
}

#[test]
fn both_engines_find_the_same_themes_and_quotes_in_the_bundled_survey() {
    let (place, first) = survey_run();
    let second = place.run(SURVEY_2023, "second-engine", &["--quiet", "--engine", "rust-bert"]);
    assert_eq!(second.json("themes.json")["run"]["engine"], "rust-bert");
    assert_eq!(found(first), found(&second));
}

#[test]
fn every_architecture_gives_the_vectors_of_sentence_transformers() {
    let expected = fs_err::read("tests/data/tiny/expected.json").unwrap();
    let expected: serde_json::Value = serde_json::from_slice(&expected).unwrap();
    let texts: Vec<&str> =
        expected["texts"].as_array().unwrap().iter().map(|text| text.as_str().unwrap()).collect();
    for (architecture, vectors) in expected["vectors"].as_object().unwrap() {
        let folder = Path::new("tests/data/tiny").join(architecture);
        let engine = RustBertEmbedder::load(&folder, Device::Cpu).unwrap();
        let found = engine.embed(&texts, &|_| ()).unwrap().vectors;
        for (row, vector) in vectors.as_array().unwrap().iter().enumerate() {
            let vector: Vec<f64> = vector.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect();
            assert_eq!(found.dim(), vector.len(), "{architecture}");
            let cosine = cosine(found.row(row).as_slice().unwrap(), &vector);
            assert!(cosine >= 0.9999, "{architecture}: {cosine} for {:?}", texts[row]);
        }
    }
}

/// What is said of a tiny model after `damage`, with the folder's own path left out.
fn fault(architecture: &str, damage: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    for file in [
        "modules.json",
        "config.json",
        "tokenizer.json",
        "tokenizer_config.json",
        "sentence_bert_config.json",
        "model.safetensors",
        "1_Pooling/config.json",
    ] {
        let to = folder.path().join(file);
        fs_err::create_dir_all(to.parent().unwrap()).unwrap();
        fs_err::copy(Path::new("tests/data/tiny").join(architecture).join(file), to).unwrap();
    }
    damage(folder.path());
    let error =
        RustBertEmbedder::load(folder.path(), Device::Cpu).expect_err("a damaged folder was accepted");
    error.to_string().replace(&format!("{}{}", folder.path().display(), std::path::MAIN_SEPARATOR), "")
}

fn edit(folder: &Path, file: &str, from: &str, to: &str) {
    let text = fs_err::read_to_string(folder.join(file)).unwrap();
    assert!(text.contains(from), "{file} does not hold {from}");
    fs_err::write(folder.join(file), text.replace(from, to)).unwrap();
}

#[test]
fn a_damaged_folder_is_an_error_and_not_a_panic() {
    for file in
        ["modules.json", "config.json", "tokenizer.json", "model.safetensors", "sentence_bert_config.json"]
    {
        assert_eq!(
            fault("bert", |folder| fs_err::remove_file(folder.join(file)).unwrap()),
            format!("the model file `{file}` is missing")
        );
    }
    assert_eq!(
        fault("bert", |folder| edit(folder, "config.json", "\"bert\"", "\"gpt2\"")),
        "`config.json` is not a model manifest: models of type `gpt2` are not supported, only `bert`, `distilbert`, \
         `roberta`, `albert`, `t5`"
    );
    assert_eq!(
        fault("bert", |folder| edit(
            folder,
            "config.json",
            "\"num_attention_heads\": 3",
            "\"num_attention_heads\": 5"
        )),
        "`config.json` is not a model manifest: 24 numbers cannot be shared among 5 heads"
    );
    assert_eq!(
        fault("bert", |folder| edit(folder, "1_Pooling/config.json", "mean", "lasttoken")),
        "`1_Pooling/config.json` is not a model manifest: its way of pooling is not supported"
    );
    let words = fault("bert", |folder| {
        let path = folder.join("model.safetensors");
        let bytes = fs_err::read(&path).unwrap();
        fs_err::write(path, &bytes[..bytes.len() - 100]).unwrap();
    });
    assert!(words.ends_with("it is cut short or of another model"), "{words}");
    let words = fault("bert", |folder| {
        edit(folder, "config.json", "\"num_hidden_layers\": 2", "\"num_hidden_layers\": 3")
    });
    assert!(words.starts_with("`model.safetensors` cannot be loaded: "), "{words}");
}

#[test]
fn a_device_that_is_not_there_is_an_error() {
    let folder = Path::new("tests/data/tiny/bert");
    match RustBertEmbedder::load(folder, Device::Cuda) {
        Ok(engine) => assert!(engine.embed(&["pay"], &|_| ()).unwrap().vectors.has_meaning(0)),
        Err(error) => {
            assert_eq!(error.to_string(), "the engine `rust-bert` failed: libtorch finds no CUDA device")
        }
    }
}
