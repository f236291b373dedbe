//! The structure that ARCHITECTURE.md promises, checked against the `use` lines of the code.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Stages in the order of the data.
const STAGES: [&str; 12] = [
    "read", "clean", "redact", "segment", "embed", "smooth", "cluster", "label", "quote", "compare",
    "disclose", "export",
];
/// What every module may know.
const COMMON: [&str; 7] = ["types", "error", "progress", "panics", "maths", "grammar", "files"];
/// Third-party crates that only one place may name, and that place.
const HOMES: [(&str, &[&str]); 25] = [
    ("rten", &["src/embed"]),
    ("tokenizers", &["src/embed"]),
    ("rust_bert", &["src/embed"]),
    ("linfa", &["src/cluster", "src/smooth"]),
    ("linfa_clustering", &["src/cluster"]),
    ("linfa_reduction", &["src/cluster"]),
    ("linfa_linalg", &["src/cluster", "src/smooth"]),
    ("bytes", &["src/files"]),
    ("calamine", &["src/read", "src/codebook"]),
    ("encoding_rs", &["src/read"]),
    ("whatlang", &["src/clean"]),
    ("aho_corasick", &["src/redact"]),
    ("minijinja", &["src/export"]),
    ("docx_rs", &["src/export"]),
    ("rustix", &["src/export"]),
    ("rust_xlsxwriter", &["src/export", "src/codebook"]),
    ("tiny_skia", &["src/export"]),
    ("ttf_parser", &["src/export"]),
    ("statrs", &["src/maths"]),
    ("rust_stemmers", &["src/grammar"]),
    ("clap", &["src/cli"]),
    ("clap_mangen", &["src/cli"]),
    ("indicatif", &["src/cli"]),
    ("comfy_table", &["src/cli"]),
    ("anyhow", &["src/cli"]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn code(path: &Path) -> String {
    let text = fs_err::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules of this crate that `code` names by `crate::…`, also inside `crate::{…}`.
fn modules_named(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').map(first_word).collect(),
            None => vec![first_word(rest)],
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn a_stage_knows_no_other_stage_nor_the_pipeline_nor_the_command_line() {
    for stage in STAGES {
        for file in rust_files(&Path::new("src").join(stage)) {
            for module in modules_named(&code(&file)) {
                let own = module == stage;
                let known = own || COMMON.contains(&module.as_str()) || module == "Hint" || module == "Error";
                assert!(known, "{} names `crate::{module}`", file.display());
            }
        }
    }
}

#[test]
fn types_know_nothing_of_the_stages() {
    for file in rust_files(Path::new("src/types")) {
        let named = modules_named(&code(&file));
        assert!(named.iter().all(|module| module == "types"), "{} names {named:?}", file.display());
    }
}

#[test]
fn every_crate_has_one_home() {
    for file in rust_files(Path::new("src")) {
        let code = code(&file);
        for (name, homes) in HOMES {
            let used = [format!("use {name}::"), format!(" {name}::"), format!("({name}::")];
            if used.iter().any(|pattern| code.contains(pattern.as_str())) {
                assert!(homes.iter().any(|home| file.starts_with(home)), "{} uses {name}", file.display());
            }
        }
    }
}

#[test]
fn only_the_command_line_prints_and_reads_the_environment() {
    for file in rust_files(Path::new("src")).iter().filter(|file| !file.starts_with("src/cli")) {
        let code = code(file);
        for forbidden in [
            "println!",
            "eprint",
            "std::io::stdout",
            "std::io::stderr",
            "env::var",
            "SystemTime",
            "Instant::now",
        ] {
            assert!(!code.contains(forbidden), "{} has `{forbidden}`", file.display());
        }
    }
}

#[test]
fn the_crate_lists_its_stages_in_the_order_of_the_data() {
    let text = fs_err::read_to_string("src/lib.rs").unwrap();
    let places: Vec<usize> =
        STAGES.iter().map(|stage| text.find(&format!("\npub mod {stage};")).unwrap()).collect();
    assert!(places.is_sorted());
}
