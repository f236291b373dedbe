//! Files of every kind that the program reads back, broken at random: each ends in an answer or an error, never in a panic.
//!
//! Seeded, so every run breaks the same files. `VERBATIM_FUZZ=100 cargo test --release fuzz` breaks a hundred times as many.

use crate::support::program::{Run, Workplace};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use verbatim::codebook::{edited_codebook, import_qdc, parse_codebook, read_codebook, read_exemplars};
use verbatim::read::read_report;
use verbatim::review::read_review;

/// A change to the bytes of a file.
#[derive(Debug, Clone)]
enum Break {
    /// A bit turns over.
    Flip(prop::sample::Index, u8),
    /// The file ends here.
    Cut(prop::sample::Index),
    /// A stretch is missing.
    Drop(prop::sample::Index, usize),
    /// A stretch is there again, somewhere else.
    Repeat(prop::sample::Index, usize, prop::sample::Index),
    /// Something stands in place of what was there.
    Put(prop::sample::Index, Vec<u8>),
}

/// Numbers and words that parsers stumble over.
const WORDS: [&[u8]; 24] = [
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b"<",
    b"&#0;",
    b"]]>",
    b"-1",
    b"1e999",
    b"NaN",
    b"null",
    b"18446744073709551616",
    b"\xff\xff\xff\x7f",
    b"\0\0\0\0\0\0\0\0",
    b"\xff\xff\xff\xff\xff\xff\xff\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"T00",
    b"T01",
    b"T4294967295",
    b"\n",
    b"\xe2\x80\xae",
];

fn breaks() -> impl Strategy<Value = Vec<Break>> {
    let at = any::<prop::sample::Index>;
    let word = prop::sample::select(WORDS.to_vec()).prop_map(<[u8]>::to_vec);
    prop::collection::vec(
        prop_oneof![
            4 => (at(), 0_u8..8).prop_map(|(at, bit)| Break::Flip(at, bit)),
            1 => at().prop_map(Break::Cut),
            2 => (at(), 1_usize..64).prop_map(|(at, n)| Break::Drop(at, n)),
            2 => (at(), 1_usize..64, at()).prop_map(|(from, n, to)| Break::Repeat(from, n, to)),
            4 => (at(), word).prop_map(|(at, word)| Break::Put(at, word)),
        ],
        1..6,
    )
}

fn broken(bytes: &[u8], breaks: &[Break]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for change in breaks {
        if bytes.is_empty() {
            break;
        }
        let n = bytes.len();
        match change {
            Break::Flip(at, bit) => bytes[at.index(n)] ^= 1 << bit,
            Break::Cut(at) => bytes.truncate(at.index(n)),
            Break::Drop(at, many) => drop(bytes.drain(at.index(n)..n.min(at.index(n) + many))),
            Break::Repeat(from, many, to) => {
                let piece = bytes[from.index(n)..n.min(from.index(n) + many)].to_vec();
                bytes.splice(to.index(n)..to.index(n), piece);
            }
            Break::Put(at, word) => {
                drop(bytes.splice(at.index(n)..n.min(at.index(n) + word.len()), word.iter().copied()));
            }
        }
    }
    bytes
}

/// How many times as many files are broken as in a usual test.
fn scale() -> u32 {
    std::env::var("VERBATIM_FUZZ").ok().and_then(|scale| scale.parse().ok()).unwrap_or(1)
}

/// Breaks `original` in `cases` ways; `read` is given a file with each.
fn fuzz(name: &str, original: &[u8], cases: u32, read: impl Fn(&Path)) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let config = Config { cases: cases * scale(), failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome = runner.run(&breaks(), |breaks| {
        fs_err::write(&path, broken(original, &breaks)).unwrap();
        read(&path);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{name}: {failure}"));
}

/// A small run with everything that is read back.
fn run() -> &'static (Workplace, Run) {
    static RUN: OnceLock<(Workplace, Run)> = OnceLock::new();
    RUN.get_or_init(|| {
        let place = Workplace::new();
        let topics = ["better pay for the job", "more time with each patient", "training for our role"];
        let rows = (0..45).map(|i| format!("R{i},PCN,I would like {} in place {i}\n", topics[i % 3]));
        let input = place.write("small.csv", format!("id,employer,comment\n{}", rows.collect::<String>()));
        let options =
            ["--question", "comment", "--id", "id", "--group", "employer", "--quiet", "--themes", "3"];
        let run = place.run(input, "run", &options);
        let book = run.folder.join("codebook.toml");
        place.verbatim().args(["codebook", "to-xlsx", book.to_str().unwrap()]).assert().success();
        let qdc = place.path("codebook.qdc");
        place
            .verbatim()
            .args(["codebook", "export", book.to_str().unwrap(), "--out", qdc.to_str().unwrap()])
            .assert()
            .success();
        (place, run)
    })
}

fn file(name: &str) -> (PathBuf, Vec<u8>) {
    let path = run().1.folder.join(name);
    let bytes = fs_err::read(&path).unwrap();
    (path, bytes)
}

#[test]
fn a_broken_codebook_is_read_or_refused() {
    let (path, bytes) = file("codebook.toml");
    assert!(read_codebook(&path).is_ok());
    fuzz("codebook.toml", &bytes, 400, |path| {
        let _ = read_codebook(path);
    });
}

#[test]
fn a_codebook_read_from_broken_text_can_be_written_and_read_again() {
    let (path, bytes) = file("codebook.toml");
    fuzz("codebook.toml", &bytes, 200, |broken| {
        if let Ok(codebook) = read_codebook(broken) {
            let text = verbatim::codebook::codebook_toml(&codebook).unwrap();
            assert_eq!(parse_codebook(&text, &path).unwrap(), codebook);
        }
    });
}

#[test]
fn a_broken_workbook_of_decisions_is_read_or_refused() {
    let codebook = read_codebook(&file("codebook.toml").0).unwrap();
    let (path, bytes) = file("codebook.xlsx");
    assert!(edited_codebook(&path, codebook.clone()).is_ok());
    fuzz("codebook.xlsx", &bytes, 200, |path| {
        let _ = edited_codebook(path, codebook.clone());
    });
}

#[test]
fn broken_vectors_are_read_or_refused() {
    let (path, bytes) = file("codebook-vectors.parquet");
    let dim = read_exemplars(&path).unwrap()[0].vectors.dim();
    fuzz("codebook-vectors.parquet", &bytes, 300, |path| {
        let questions = read_exemplars(path).unwrap_or_default();
        assert!(questions.iter().all(|question| question.themes.len() == question.vectors.len()), "of {dim}");
    });
}

#[test]
fn a_broken_code_system_is_read_or_refused() {
    let codebook = read_codebook(&file("codebook.toml").0).unwrap();
    let bytes = fs_err::read(run().0.path("codebook.qdc")).unwrap();
    fuzz("codebook.qdc", &bytes, 300, |path| {
        let _ = import_qdc(path, codebook.clone(), Some("comment"));
    });
}

#[test]
fn broken_findings_of_an_earlier_run_are_read_or_refused() {
    let (_, bytes) = file("themes.json");
    fuzz("themes.json", &bytes, 300, |path| {
        let _ = read_report(path.parent().unwrap());
    });
}

#[test]
fn a_broken_review_is_read_or_refused() {
    let (_, bytes) = file("quotes-review.csv");
    fuzz("quotes-review.csv", &bytes, 300, |path| {
        let _ = read_review(path);
    });
}

#[test]
fn a_broken_run_is_refused_by_the_program_or_gone_on_with() {
    let (place, run) = run();
    for name in ["codebook.toml", "codebook-vectors.parquet"] {
        let original = fs_err::read(run.folder.join(name)).unwrap();
        let codebook = place.path("broken/codebook.toml");
        fs_err::create_dir_all(codebook.parent().unwrap()).unwrap();
        fuzz(name, &original, 6, |path| {
            for other in ["codebook.toml", "codebook-vectors.parquet"] {
                fs_err::copy(run.folder.join(other), codebook.with_file_name(other)).unwrap();
            }
            fs_err::copy(path, codebook.with_file_name(name)).unwrap();
            let output = place
                .verbatim()
                .args([
                    "run",
                    "--question",
                    "comment",
                    "--id",
                    "id",
                    "--quiet",
                    "--themes",
                    "3",
                    "--codebook",
                ])
                .arg(&codebook)
                .arg(place.path("small.csv"))
                .arg("--out")
                .arg(place.path("again"))
                .output()
                .unwrap();
            let words = String::from_utf8_lossy(&output.stderr);
            assert!(matches!(output.status.code(), Some(0 | 1)) && !words.contains("panicked"), "{words}");
        });
    }
}
