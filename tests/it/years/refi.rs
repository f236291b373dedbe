//! The codebook and the coded answers in a tool that we did not write.

use super::{codebook, first_year};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// What QualCoder's importer has put into its database from a file.
fn opened(qualcoder: &Path, file: &Path) -> Value {
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".into());
    let output = Command::new(python).arg("scripts/open-refi.py").args([qualcoder, file]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn qualcoder_reads_the_codes_and_the_coded_answers() {
    let Some(qualcoder) = std::env::var_os("QUALCODER") else {
        eprintln!(
            "skipped: set QUALCODER to a checkout of QualCoder's source, and PYTHON to a Python with what scripts/open-refi.py needs"
        );
        return;
    };
    let (place, run) = first_year();
    let open = |name: &str| {
        let file = place.path(name);
        let command = ["codebook", "export", run.folder.to_str().unwrap(), "--out", file.to_str().unwrap()];
        place.verbatim().args(command).assert().success();
        opened(Path::new(&qualcoder), &file)
    };
    let book = codebook(run);
    let mut names: Vec<&str> =
        book["theme"].as_array().unwrap().iter().map(|theme| theme["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let (qdc, qdpx) = (open("codes.qdc"), open("answers.qdpx"));
    for found in [&qdc, &qdpx] {
        let codes = found["codes"].as_array().unwrap();
        assert_eq!(codes.iter().map(|code| code[0].as_str().unwrap()).collect::<Vec<_>>(), names);
        assert!(
            codes.iter().all(|code| code[1] == "What would you change?"),
            "below their question: {codes:?}"
        );
    }
    let mut wanted: Vec<[String; 3]> = Vec::new();
    for row in run.rows("assignments.csv") {
        for theme in [&row["theme"], &row["second_theme"]].into_iter().filter(|theme| !theme.is_empty()) {
            // What a spreadsheet would take for a formula has a mark before it in the table.
            let text = row["text"].strip_prefix('\'').filter(|rest| rest.starts_with(['=', '+', '-', '@']));
            let words: Vec<&str> = text.unwrap_or(&row["text"]).split_whitespace().collect();
            let text = words.join(" ");
            wanted.push([theme.clone(), format!("{} {}", row["respondent_id"], row["question"]), text]);
        }
    }
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let codings = qdpx["codings"].as_array().unwrap();
    let mut found: Vec<[String; 3]> =
        codings.iter().map(|coding| [text(&coding[0]), text(&coding[1]), text(&coding[2])]).collect();
    wanted.sort();
    found.sort();
    assert_eq!(found, wanted, "every coded part, with its words");
}
