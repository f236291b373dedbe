//! Whole runs of few, equal and very long answers.

use crate::support::program::Workplace;
use serde_json::Value;

/// The question of `themes.json` after a run on `answers`.
fn question(answers: &[String]) -> Value {
    let place = Workplace::new();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "comment"]).unwrap();
    for (i, answer) in answers.iter().enumerate() {
        table.write_record([&format!("R{i}"), answer]).unwrap();
    }
    let input = place.write("answers.csv", table.into_inner().unwrap());
    let options = ["--question", "comment", "--id", "id", "--quiet", "--no-cache", "--disclosure", "none"];
    place.run(input, "out", &options).json("themes.json")["questions"][0].clone()
}

#[test]
fn case_25_one_or_two_answers_are_no_division_by_zero() {
    let answers =
        ["Better pay for everybody in the role", "More training in the practice"].map(str::to_owned);
    for n in [1, 2] {
        let question = question(&answers[..n]);
        assert_eq!(question["base"].as_u64(), u64::try_from(n).ok());
        let themes = question["themes"].as_array().unwrap();
        assert!(themes.iter().all(|theme| (0.0..=1.0).contains(&theme["share"].as_f64().unwrap())));
    }
}

#[test]
fn case_25_fewer_themes_than_were_asked_for_are_said() {
    let place = Workplace::new();
    let input = place.write("answers.csv", "id,comment\n1,more pay\n2,a room of our own\n");
    let asked = ["--question", "comment", "--themes", "5", "--no-cache", "--out"];
    let output = place.verbatim().arg("run").arg(input).args(asked).arg(place.path("out")).output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{words}");
    assert!(
        words.contains("warning: `comment`: 5 themes were asked for and 2 made, of 2 different texts\n"),
        "{words}"
    );
}

#[test]
fn case_26_equal_answers_are_one_theme_of_all() {
    let question = question(&vec!["Better pay for everybody in the role".to_owned(); 60]);
    let themes = question["themes"].as_array().unwrap();
    let counts: Vec<_> = themes.iter().map(|theme| theme["respondents"].as_u64()).collect();
    assert_eq!(counts, [Some(60)]);
}

#[test]
fn case_27_answers_without_an_end_are_counted_as_any_other() {
    let mut answers = vec!["x".repeat(50_000), "pay is low. ".repeat(20_000)];
    answers.extend((0..20).map(|i| format!("Better pay and training {i}")));
    assert!(question(&answers)["base"].as_u64() >= Some(21));
}
