//! Commands that the documents show.

use super::{Page, pages};
use crate::support::program::Workplace;
use std::collections::BTreeSet;
use std::path::Path;

/// How a command begins that is not run here, and why.
const NOT_RUN: &[(&str, &str)] = &[
    ("cargo test", "these are the tests"),
    ("cargo run --release --features rust-bert", "needs libtorch"),
    ("scripts/prepare-libtorch.sh", "fetches 850 MB"),
    ("source libtorch/env.sh", "needs what the command before it fetched"),
    ("python3 -m venv", "installs packages"),
    ("source=", "needs the packages of the command before it"),
    (".venv/bin/python", "needs the packages of the command before it"),
    ("verbatim-cluster", "another package, whose own tests look at these"),
];

#[test]
fn every_command_shown_runs() {
    let place = Workplace::new();
    for folder in ["data/splw", "models/all-MiniLM-L6-v2"] {
        copy(Path::new(folder), &place);
    }
    let (mut ran, mut passed_over) = (0, BTreeSet::new());
    for page in pages() {
        for command in shown(&page) {
            if let Some((start, _)) = NOT_RUN.iter().find(|(start, _)| command.starts_with(start)) {
                passed_over.insert(*start);
                continue;
            }
            let arguments = arguments(&command)
                .unwrap_or_else(|| panic!("{} shows `{command}`, which nothing tests", page.path.display()));
            let result = place.verbatim().current_dir(place.path("")).args(&arguments).ok();
            if let Err(error) = result {
                panic!("{} shows `{command}`, which fails:\n{error}", page.path.display());
            }
            ran += 1;
        }
    }
    assert!(ran >= 12, "only {ran} commands were run");
    let gone: Vec<_> = NOT_RUN.iter().filter(|(start, _)| !passed_over.contains(start)).collect();
    assert!(gone.is_empty(), "no document shows these any more: {gone:?}");
}

#[test]
fn every_survey_file_shown_is_understood() {
    let place = Workplace::new();
    copy(Path::new("data/splw"), &place);
    let mut seen = 0;
    for page in pages() {
        for (_, lines) in page
            .blocks()
            .into_iter()
            .filter(|(kind, lines)| kind == "toml" && lines.contains(&"[survey]".into()))
        {
            let file = place.write("data/splw/shown.toml", lines.join("\n"));
            place.verbatim().arg("check").arg(file).assert().success();
            seen += 1;
        }
    }
    assert!(seen > 0, "no document shows a survey file");
}

#[test]
fn every_command_named_in_a_sentence_exists_with_its_options() {
    let place = Workplace::new();
    let mut seen = 0;
    for page in pages() {
        for command in page.code() {
            let words: Vec<&str> = command.split_whitespace().collect();
            let (["verbatim", rest @ ..], true) = (&words[..], words.len() > 1) else { continue };
            let named = rest.iter().take_while(|word| {
                word.chars().all(|c| c.is_ascii_lowercase() || c == '-') && !word.starts_with('-')
            });
            let mut named: Vec<&str> = named.copied().collect();
            // A word after the command may be an argument of it.
            named.truncate(if matches!(named.first(), Some(&("codebook" | "model" | "cache"))) {
                2
            } else {
                1
            });
            let mut help = place.verbatim();
            let help = help.args(&named).arg("--help").assert().success().get_output().stdout.clone();
            let help = String::from_utf8(help).unwrap();
            for option in rest.iter().filter(|word| word.starts_with("--")) {
                assert!(help.contains(option), "{}: `{command}`: no {option}", page.path.display());
            }
            seen += 1;
        }
    }
    assert!(seen > 10, "only {seen} commands were seen");
}

#[test]
fn every_script_benchmark_and_example_named_is_there() {
    for page in pages() {
        let lines = page.blocks().into_iter().filter(|(kind, _)| kind == "sh").flat_map(|(_, lines)| lines);
        for command in page.code().into_iter().chain(lines) {
            let words: Vec<&str> = command.split_whitespace().collect();
            for pair in words.windows(2) {
                let file = match pair[0] {
                    "--bench" => format!("benches/{}.rs", pair[1]),
                    "--example" => format!("examples/{}.rs", pair[1]),
                    _ => continue,
                };
                let folder = file.trim_end_matches(".rs");
                assert!(
                    Path::new(&file).exists() || Path::new(folder).is_dir(),
                    "{}: `{command}`: no {file}",
                    page.path.display()
                );
            }
            if let Some(script) = words.first().filter(|word| word.starts_with("scripts/")) {
                assert!(Path::new(script).exists(), "{}: no `{script}`", page.path.display());
            }
        }
    }
}

/// The commands of a page's shell blocks, lines that go on put together.
fn shown(page: &Page) -> Vec<String> {
    let blocks =
        page.blocks().into_iter().filter(|(kind, _)| matches!(kind.as_str(), "sh" | "console" | "bash"));
    let text = blocks.map(|(_, lines)| lines.join("\n")).collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    let lines = text.lines().map(|line| line.trim_start_matches("$ ").trim());
    lines.filter(|line| !line.is_empty() && !line.starts_with('#')).map(Into::into).collect()
}

/// The arguments that a command gives the program; `None` if it is another's.
fn arguments(command: &str) -> Option<Vec<String>> {
    let rest =
        command.strip_prefix("verbatim ").or_else(|| command.strip_prefix("cargo run --release -- "))?;
    assert!(!rest.contains(['"', '\'', '|', '>', ';', '&']), "`{command}` needs a shell");
    Some(rest.split_whitespace().map(Into::into).collect())
}

fn copy(folder: &Path, place: &Workplace) {
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            place.write(path.to_str().unwrap(), fs_err::read(&path).unwrap());
        }
    }
}
