//! Which of the command line, the survey file and the default decides what a run does.

use crate::support::program::{Run, Workplace};
use serde_json::json;
use std::path::PathBuf;

const ANSWERS: &str = "id,comment\n\
    1,More pay for everybody\n\
    2,The project Quibblewick takes my time\n\
    3,I am grateful to Sarah Jones for her help\n\
    4,A room of our own\n";

/// A survey file with these `tables` after its question.
fn survey(place: &Workplace, name: &str, tables: &str) -> PathBuf {
    place.write("answers.csv", ANSWERS);
    let survey =
        "[survey]\ninput = \"answers.csv\"\nrespondent_id = \"id\"\n\n[[question]]\ncolumn = \"comment\"\n";
    place.write(&format!("{name}.toml"), format!("{survey}\n{tables}"))
}

fn run(place: &Workplace, name: &str, tables: &str, options: &[&str]) -> Run {
    place.run(survey(place, name, tables), name, &[&["--quiet", "--no-cache"], options].concat())
}

#[test]
fn the_command_line_wins_over_the_survey_file_and_the_file_over_the_default() {
    let place = Workplace::new();
    let file =
        "[settings]\nthemes = 2\ngranularity = \"coarse\"\nquotes = 3\n\n[privacy]\ndisclosure = \"nhs\"\n";
    let typed = ["--themes", "auto", "--granularity", "fine", "--quotes", "4", "--disclosure", "none"];
    let settings = |name: &str, tables: &str, options: &[&str]| {
        let manifest = run(&place, name, tables, options).json("manifest.json");
        ["themes", "granularity", "quotes", "disclosure"].map(|key| manifest["settings"][key].clone())
    };
    assert_eq!(settings("default", "", &[]), [json!("auto"), json!("medium"), json!(5), json!("suppress")]);
    assert_eq!(settings("file", file, &[]), [json!(2), json!("coarse"), json!(3), json!("nhs")]);
    assert_eq!(settings("typed", file, &typed), [json!("auto"), json!("fine"), json!(4), json!("none")]);
    let number = settings("number", file, &["--themes", "1"]);
    assert_eq!(number, [json!(1), json!("coarse"), json!(3), json!("nhs")], "the others are the file's");
}

#[test]
fn attributions_that_few_people_fit_are_warned_of() {
    let place = Workplace::new();
    for (name, min_group, warned) in
        [("default", "", false), ("ten", "min_group = 10", false), ("three", "min_group = 3", true)]
    {
        let survey = survey(&place, name, &format!("[privacy]\n{min_group}\n"));
        let run = place.verbatim().arg("run").arg(survey).arg("--out").arg(place.path(name)).assert();
        let words = String::from_utf8_lossy(&run.success().get_output().stderr).into_owned();
        assert_eq!(words.contains("fit as few as 3 of the respondents"), warned, "{words}");
    }
}

#[test]
fn what_the_survey_file_denies_is_masked_and_what_it_allows_is_not() {
    let place = Workplace::new();
    let texts = |name: &str, tables: &str| {
        let rows = run(&place, name, tables, &[]).rows("mentions.csv");
        rows[1..3].iter().map(|row| row["text"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(
        texts("default", ""),
        ["The project Quibblewick takes my time", "I am grateful to [name] for her help"]
    );
    assert_eq!(
        texts("file", "[privacy]\ndeny = [\"Quibblewick\"]\nallow = [\"Sarah Jones\"]\n"),
        ["The project [removed] takes my time", "I am grateful to Sarah Jones for her help"]
    );
}
