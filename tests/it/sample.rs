//! Surveys with more texts than themes are fitted on, and runs that were interrupted.

use crate::support::program::{Run, SURVEY_2023, Workplace, survey_run};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn number(value: &Value) -> usize {
    value.as_u64().unwrap() as usize
}

/// The theme of every segment of a run.
fn themes(run: &Run) -> BTreeMap<[String; 3], String> {
    let rows = run.rows("assignments.csv").into_iter();
    let key =
        |row: &BTreeMap<String, String>| ["question", "respondent_id", "segment"].map(|c| row[c].clone());
    rows.map(|row| (key(&row), row["theme_id"].clone())).collect()
}

/// Share of the segments in a theme that two divisions both make, by which of the second's themes holds most of each of the first's.
fn agreement<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>) -> f64 {
    let mut both: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for (first, second) in pairs.filter(|(first, _)| !first.is_empty()) {
        *both.entry(first).or_default().entry(second).or_default() += 1;
    }
    let all: usize = both.values().flat_map(BTreeMap::values).sum();
    let most: usize = both.values().filter_map(|others| others.values().max()).sum();
    most as f64 / all as f64
}

#[test]
fn themes_of_a_sample_are_given_to_everybody_and_resemble_those_of_all() {
    let (place, all) = survey_run();
    let sampled = place.run(SURVEY_2023, "sampled", &["--quiet", "--sample", "400"]);
    let manifest = sampled.json("manifest.json");
    assert_eq!(manifest["settings"]["sample"], 400);
    let assignments = sampled.rows("assignments.csv");
    for question in manifest["questions"].as_array().unwrap() {
        let get = |key: &str| number(&question[key]);
        assert!((380..=400).contains(&get("fitted_texts")) && get("distinct_texts") > 600, "{question}");
        let rows: Vec<_> = assignments.iter().filter(|row| row["question"] == question["column"]).collect();
        assert_eq!(rows.len(), get("segments"), "everybody has a row");
        // How many are in a theme may be hidden, since few are in none.
        let in_a_theme = rows.iter().filter(|row| row["primary"] == "true").count();
        assert!(in_a_theme * 10 > get("base") * 9, "{question}");
    }
    for question in sampled.json("themes.json")["questions"].as_array().unwrap() {
        for theme in question["themes"].as_array().unwrap() {
            let shown: Vec<&Value> = theme["quotes"].as_array().unwrap().iter().collect();
            assert!(!shown.is_empty(), "{}", theme["name"]);
            for quote in shown {
                let row = assignments.iter().find(|row| {
                    row["respondent_id"] == quote["respondent_id"].as_str().unwrap()
                        && row["question"] == question["column"].as_str().unwrap()
                        && row["start"].parse().ok() == quote["start"].as_u64()
                });
                assert_eq!(
                    row.unwrap()["theme_id"],
                    theme["id"].as_str().unwrap(),
                    "a quote is of its theme"
                );
            }
        }
    }
    let (sampled, all) = (themes(&sampled), themes(all));
    assert_eq!(sampled.keys().collect::<Vec<_>>(), all.keys().collect::<Vec<_>>(), "the same segments");
    let together = agreement(sampled.values().zip(all.values()));
    // Each segment against the one some hundred rows below it: what two divisions share by their sizes alone.
    let by_chance = agreement(sampled.values().zip(all.values().cycle().skip(101)));
    // As Cohen's kappa corrects for chance, so that the measure does not hang on how many themes there are.
    let beyond_chance = (together - by_chance) / (1.0 - by_chance);
    assert!(beyond_chance > 0.2, "{together:.2} are together in both runs, by chance {by_chance:.2}");
}

#[test]
fn threads_change_no_byte_of_a_sampled_run() {
    let (place, _) = survey_run();
    let options = |threads| ["--quiet", "--sample", "300", "--threads", threads];
    let one = place.run(SURVEY_2023, "one-thread", &options("1")).bytes();
    let three = place.run(SURVEY_2023, "three-threads", &options("3")).bytes();
    assert!(one == three);
}

/// Starts a run and kills it as soon as `until` holds of what it leaves unfinished and of what it has said; whether it was still
/// running then, or had come to a good end.
fn kill(place: &Workplace, options: &[&str], until: impl Fn(&Path, &str) -> bool) -> bool {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim"));
    command.args(["run", SURVEY_2023, "--no-cache", "--out"]).arg(place.path("out"));
    command.args(options).env("XDG_CACHE_HOME", place.path("cache"));
    let stderr = place.path("said");
    let file = fs_err::File::create(&stderr).unwrap().into_file();
    let mut run = command.stdout(Stdio::null()).stderr(file).spawn().unwrap();
    let said = || fs_err::read_to_string(&stderr).unwrap();
    let begun = Instant::now();
    while !until(&place.path(".out.unfinished"), &said()) {
        if let Some(status) = run.try_wait().unwrap() {
            assert!(status.success(), "{}", said());
            return false;
        }
        assert!(begun.elapsed() < Duration::from_mins(2), "it neither ended nor came to the point");
        std::thread::sleep(Duration::from_millis(2));
    }
    run.kill().unwrap();
    !run.wait().unwrap().success()
}

/// Kills a run as `kill` does. On a busy machine the moment may pass unseen and the run end: it is begun again then.
fn kill_at(place: &Workplace, options: &[&str], until: impl Fn(&Path, &str) -> bool) {
    for _ in 0..5 {
        if kill(place, options, &until) && !place.path("out").exists() {
            return;
        }
        fs_err::remove_dir_all(place.path("out")).unwrap();
    }
    panic!("five runs ended before they were seen at the point");
}

fn parts(unfinished: &Path) -> usize {
    let Ok(models) = fs_err::read_dir(unfinished.join("vectors")) else { return 0 };
    let files = models.filter_map(|model| fs_err::read_dir(model.unwrap().path()).ok()).flatten();
    files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|e| e == "parquet")).count()
}

#[test]
fn case_46_a_run_killed_at_any_stage_goes_on_and_ends_with_the_same_bytes() {
    let (_, whole) = survey_run();
    let place = Workplace::new();
    // Killed before a vector is kept; after the first part; after all parts, while themes are found.
    kill_at(&place, &[], |unfinished, _| unfinished.exists());
    kill_at(&place, &["--resume"], |unfinished, _| parts(unfinished) >= 1);
    kill_at(&place, &["--resume"], |unfinished, _| parts(unfinished) >= 4);
    let unfinished = place.path(".out.unfinished");
    assert!(parts(&unfinished) >= 4, "vectors are kept");
    let resumed = place.run(SURVEY_2023, "out", &["--quiet", "--no-cache", "--resume"]);
    assert!(resumed.bytes() == whole.bytes(), "the same to the byte");
    assert!(!unfinished.exists(), "vectors do not outlast the run");
    assert!(!place.path("cache").exists(), "and are in no cache");
}

/// Whether the run whose unfinished part this is has begun to write its files.
fn writes(unfinished: &Path) -> bool {
    let place = unfinished.parent().unwrap();
    let entries = fs_err::read_dir(place).unwrap().map(|entry| entry.unwrap().path());
    let partial = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().starts_with(".out.partial-");
    entries.filter(partial).any(|folder| folder.join("assignments.csv").exists())
}

#[test]
fn a_sampled_run_killed_in_each_stage_goes_on_and_ends_with_the_same_bytes() {
    let place = Workplace::new();
    let options = ["--question", "would_change", "--sample", "300"];
    let resume = [&options[..], &["--resume"]].concat();
    let whole = place.run(SURVEY_2023, "whole", &[&["--no-cache"][..], &options].concat());
    for stage in ["Reading", "Cleaning", "Embedding", "Finding", "Placing", "Comparing", "Writing"] {
        kill_at(&place, &resume, |_, said| said.contains(stage));
    }
    kill_at(&place, &resume, |unfinished, _| writes(unfinished));
    let resumed = place.run(SURVEY_2023, "out", &[&["--quiet", "--no-cache"][..], &resume].concat());
    assert!(resumed.bytes() == whole.bytes(), "the same to the byte");
    let left: Vec<_> = fs_err::read_dir(place.path("")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with(".out")), "{left:?}");
}

/// Killed between making the file and writing into it.
#[test]
fn a_run_that_left_half_a_request_is_begun_again() {
    let place = Workplace::new();
    for left in ["", "{\"program\":"] {
        place.write(".out.unfinished/request.json", left);
        let answers = place.write("answers.csv", "id,comment\n1,Better pay\n2,More training\n");
        place.run(answers, "out", &["--question", "comment", "--no-cache", "--resume"]);
        assert!(!place.path(".out.unfinished").exists());
    }
}

#[test]
fn a_run_of_something_else_is_not_gone_on_with() {
    let place = Workplace::new();
    kill_at(&place, &[], |_, said| said.contains("Embedding"));
    let error = |options: &[&str]| {
        let mut command = place.verbatim();
        command.args(["run", SURVEY_2023, "--no-cache", "--resume", "--out"]).arg(place.path("out"));
        let output = command.args(options).assert().failure().code(1).get_output().clone();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(error(&["--seed", "7"]).contains("was of other settings"));
    assert!(error(&["--question", "enjoy_most"]).contains("was of other settings"));
}
