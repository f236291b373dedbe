//! The whole program on the bundled survey, with the real model.

use crate::support::program::{SURVEY_2023, Workplace, rows, survey_run};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

fn themes(report: &Value) -> impl Iterator<Item = (&Value, &Value)> {
    report["questions"].as_array().unwrap().iter().flat_map(|question| {
        question["themes"].as_array().unwrap().iter().map(move |theme| (question, theme))
    })
}

#[test]
fn the_counts_of_the_manifest_add_up_and_no_row_is_lost() {
    let (_, run) = survey_run();
    let manifest = run.json("manifest.json");
    let number = |value: &Value| value.as_u64().unwrap();
    let input = &manifest["input"];
    assert_eq!(number(&input["rows"]), 777);
    assert_eq!(
        number(&input["rows"]),
        number(&input["respondents"]) + input["rejected"].as_array().unwrap().len() as u64
    );
    let assignments = run.rows("assignments.csv");
    for question in manifest["questions"].as_array().unwrap() {
        let get = |key: &str| number(&question[key]);
        assert_eq!(get("respondents"), get("blank") + get("non_answers") + get("base"));
        assert_eq!(get("base"), get("in_a_theme") + get("no_clear_theme"));
        let rows: Vec<_> = assignments.iter().filter(|row| row["question"] == question["column"]).collect();
        assert_eq!(rows.len() as u64, get("segments"));
        let people: BTreeSet<&str> = rows.iter().map(|row| row["respondent_id"].as_str()).collect();
        assert_eq!(people.len() as u64, get("base"), "everyone of the base has a segment");
        let primaries = rows.iter().filter(|row| row["primary"] == "true");
        assert_eq!(
            primaries.count() as u64,
            get("in_a_theme"),
            "one primary row for each respondent in a theme"
        );
    }
}

#[test]
fn the_eight_most_frequent_themes_are_common_unless_a_share_is_named() {
    let levels = |report: &Value, column: &str| {
        let of_question = themes(report).filter(|(question, _)| question["column"] == column);
        let levels = of_question.map(|(_, theme)| {
            (theme["level"] == "common", theme["respondents"].as_u64(), theme["share"].as_f64().unwrap())
        });
        levels.collect::<Vec<_>>()
    };
    let (place, run) = survey_run();
    for column in ["enjoy_most", "would_change"] {
        let levels = levels(&run.json("themes.json"), column);
        assert!(
            levels.len() > 8 && levels.iter().enumerate().all(|(rank, (common, ..))| *common == (rank < 8))
        );
        assert!(levels.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{levels:?}");
    }
    let named = place.run(SURVEY_2023, "named", &["--common", "6"]).json("themes.json");
    for column in ["enjoy_most", "would_change"] {
        let levels = levels(&named, column);
        assert!(levels.iter().all(|(common, _, share)| *common == (*share >= 0.06)), "{levels:?}");
        assert!(levels.iter().filter(|(common, ..)| *common).count() > 8);
    }
}

#[test]
fn every_quote_is_the_span_of_its_answer() {
    let (_, run) = survey_run();
    let answers: BTreeMap<String, BTreeMap<String, String>> = rows(Path::new("data/splw/responses-2023.csv"))
        .into_iter()
        .map(|row| (row["respondent_id"].clone(), row))
        .collect();
    let report = run.json("themes.json");
    let mut quotes = 0;
    for (question, theme) in themes(&report) {
        for quote in theme["quotes"].as_array().unwrap() {
            let answer =
                &answers[quote["respondent_id"].as_str().unwrap()][question["column"].as_str().unwrap()];
            let (start, end) =
                (quote["start"].as_u64().unwrap() as usize, quote["end"].as_u64().unwrap() as usize);
            let span: String = answer.chars().skip(start).take(end - start).collect();
            let text = quote["text"].as_str().unwrap();
            if quote["masked"].as_bool().unwrap() {
                assert!(equal_outside_marks(text, &span), "{text} is not a masked {span}");
            } else {
                assert_eq!(text, span);
            }
            quotes += 1;
        }
    }
    assert!(quotes > 50, "only {quotes} quotes");
}

/// Whether `masked` is `span` with marks in place of something: the pieces between marks follow each other in the span.
fn equal_outside_marks(masked: &str, span: &str) -> bool {
    let mut rest = span;
    masked.split('[').enumerate().all(|(i, piece)| {
        let piece = if i == 0 { piece } else { piece.split_once(']').map_or(piece, |(_, after)| after) };
        rest.find(piece).is_some_and(|at| {
            rest = &rest[at + piece.len()..];
            true
        })
    })
}

#[test]
fn case_56_people_who_did_not_consent_are_counted_but_never_quoted() {
    let (_, run) = survey_run();
    let consent: BTreeMap<String, String> = rows(Path::new("data/splw/responses-2023.csv"))
        .into_iter()
        .map(|row| (row["respondent_id"].clone(), row["quote_consent"].clone()))
        .collect();
    for row in run.rows("quotes.csv") {
        assert_eq!(consent[&row["respondent_id"]], "yes", "{}", row["respondent_id"]);
    }
    let silent = run.rows("assignments.csv").iter().any(|row| consent[&row["respondent_id"]] != "yes");
    assert!(silent, "nobody without consent is counted");
}

#[test]
fn statements_are_in_the_words_of_people_who_consent() {
    let (_, run) = survey_run();
    let plain =
        |text: &str| text.replace("**", "").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let rows = rows(Path::new("data/splw/responses-2023.csv"));
    let answers = |consent: bool| {
        let rows = rows.iter().filter(move |row| (row["quote_consent"] == "yes") == consent);
        rows.flat_map(|row| [plain(&row["enjoy_most"]), plain(&row["would_change"])]).collect::<Vec<String>>()
    };
    let (said, unsaid) = (answers(true), answers(false));
    let report = run.json("themes.json");
    let themes = report["questions"].as_array().unwrap().iter().flat_map(|q| q["themes"].as_array().unwrap());
    let mut statements = 0;
    for theme in themes {
        for keyword in theme["keywords"].as_array().unwrap() {
            let beginnings: Vec<String> = plain(keyword.as_str().unwrap())
                .split_whitespace()
                .map(|word| word.chars().take(4).collect())
                .collect();
            let holds = |answer: &&String| beginnings.iter().all(|word| answer.contains(word.as_str()));
            let n = (said.iter().filter(holds).count(), unsaid.iter().filter(holds).count());
            assert!(n.0 > 0 || n.1 > 1, "one person who may not be quoted said: {keyword}");
        }
        let statement = plain(theme["statement"].as_str().unwrap());
        let body = ["say that ", "would like ", "enjoy "].iter().find_map(|opening| {
            statement.strip_prefix("respondents ")?.strip_prefix(opening)?.strip_suffix('.')
        });
        let Some(body) = body else { continue };
        assert!(said.iter().any(|answer| answer.contains(body)), "nobody who may be quoted said: {body}");
        statements += 1;
    }
    assert!(statements > 25, "only {statements}");
}

#[test]
fn threads_and_the_order_of_rows_change_no_byte() {
    let (_, first) = survey_run();
    let place = Workplace::new();
    let text = fs_err::read_to_string("data/splw/responses-2023.csv").unwrap();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    let mut records: Vec<csv::StringRecord> = reader.records().map(|record| record.unwrap()).collect();
    records[1..].reverse();
    records[1..].rotate_left(100);
    let mut shuffled = csv::Writer::from_writer(Vec::new());
    for record in &records {
        shuffled.write_record(record).unwrap();
    }
    place.write("responses-2023.csv", shuffled.into_inner().unwrap());
    let toml = place.write("survey-2023.toml", fs_err::read(SURVEY_2023).unwrap());
    let second = place.run(toml, "out", &["--quiet", "--threads", "1", "--no-cache"]);
    let (first, second) = (first.bytes(), second.bytes());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, bytes) in &first {
        assert!(bytes == &second[name], "{name} differs");
    }
}

#[test]
fn planted_themes_are_found() {
    let (_, run) = survey_run();
    let planted = rows(Path::new("data/splw/planted-2023.csv"));
    let found = run.rows("assignments.csv");
    for column in ["enjoy_most", "would_change"] {
        let mut by_theme: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in found.iter().filter(|row| row["question"] == column && !row["theme_id"].is_empty()) {
            by_theme.entry(&row["theme_id"]).or_default().insert(&row["respondent_id"]);
        }
        let mut by_code: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for row in planted.iter().filter(|row| row["question"] == column) {
            by_code.entry(&row["theme"]).or_default().insert(&row["respondent_id"]);
        }
        let f1 = |a: &BTreeSet<&str>, b: &BTreeSet<&str>| {
            2.0 * a.intersection(b).count() as f64 / (a.len() + b.len()) as f64
        };
        let best = |code: &BTreeSet<&str>| by_theme.values().map(|theme| f1(code, theme)).fold(0.0, f64::max);
        let scores: BTreeMap<&str, f64> =
            by_code.iter().map(|(code, people)| (*code, best(people))).collect();
        // Answers hold several ideas each, so that no theme has exactly a code's respondents; by chance the mean is near 0.2.
        let mean = scores.values().sum::<f64>() / scores.len() as f64;
        assert!(mean >= 0.42, "{column}: the planted themes are found with F1 {mean:.2}: {scores:?}");
    }
}
