//! The bundled survey is what its generator makes, and has the shape that other tests rely on.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[path = "../../examples/generate_survey/make/mod.rs"]
mod make;

type Row = BTreeMap<String, String>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/splw")
}

fn rows(file: &str) -> Vec<Row> {
    csv::Reader::from_path(folder().join(file)).unwrap().deserialize().map(Result::unwrap).collect()
}

fn design() -> toml::Table {
    fs_err::read_to_string(folder().join("planted-shares.toml")).unwrap().parse().unwrap()
}

/// Respondents that the planted file gives `theme` under `question`.
fn mentioning<'a>(planted: &'a [Row], question: &str, theme: &str) -> BTreeSet<&'a str> {
    planted
        .iter()
        .filter(|row| row["question"] == question && row["theme"] == theme)
        .map(|row| row["respondent_id"].as_str())
        .collect()
}

/// Respondents with at least one planted idea under `question`.
fn base(planted: &[Row], question: &str) -> usize {
    let ids: BTreeSet<&str> = planted
        .iter()
        .filter(|row| row["question"] == question)
        .map(|row| row["respondent_id"].as_str())
        .collect();
    ids.len()
}

#[test]
fn committed_files_are_what_the_generator_makes() {
    for (name, content) in make::make_survey(&folder()).unwrap() {
        let committed = fs_err::read_to_string(folder().join(&name)).unwrap();
        assert!(committed == content, "{name} differs: run `cargo run --example generate_survey`");
    }
}

#[test]
fn each_year_has_its_respondents_and_a_fifth_of_blanks() {
    for (year, respondents) in [(2022, 947), (2023, 777)] {
        let rows = rows(&format!("responses-{year}.csv"));
        let ids: BTreeSet<&str> = rows.iter().map(|row| row["respondent_id"].as_str()).collect();
        assert_eq!((rows.len(), ids.len()), (respondents, respondents));
        for question in ["enjoy_most", "would_change"] {
            let blank =
                rows.iter().filter(|row| row[question].is_empty()).count() as f64 / respondents as f64;
            assert!((0.19..0.21).contains(&blank), "{year} {question}: {blank}");
        }
        let consenting = rows.iter().filter(|row| row["quote_consent"] == "yes").count() as f64;
        assert!((consenting / respondents as f64 - 0.85).abs() < 0.005);
    }
}

#[test]
fn employers_and_contracts_have_their_shares() {
    let expected: [(u16, &str, &str, f64); 7] = [
        (2022, "employer", "VCSE", 0.37),
        (2022, "employer", "GP federation", 0.0),
        (2022, "contract", "Permanent", 0.69),
        (2023, "employer", "PCN", 0.50),
        (2023, "employer", "VCSE", 0.30),
        (2023, "employer", "GP federation", 0.09),
        (2023, "contract", "Permanent", 0.75),
    ];
    for (year, column, value, share) in expected {
        let rows = rows(&format!("responses-{year}.csv"));
        let found = rows.iter().filter(|row| row[column] == value).count() as f64 / rows.len() as f64;
        assert!((found - share).abs() < 0.005, "{year} {value}: {found}");
    }
}

#[test]
fn planted_ideas_are_exact_spans_in_order() {
    for year in [2022, 2023] {
        let answers: BTreeMap<String, Row> = rows(&format!("responses-{year}.csv"))
            .into_iter()
            .map(|row| (row["respondent_id"].clone(), row))
            .collect();
        let mut last = (String::new(), String::new(), 0);
        for idea in rows(&format!("planted-{year}.csv")) {
            let answer: Vec<char> = answers[&idea["respondent_id"]][&idea["question"]].chars().collect();
            let (start, end): (usize, usize) = (idea["start"].parse().unwrap(), idea["end"].parse().unwrap());
            assert_eq!(answer[start..end].iter().collect::<String>(), idea["text"]);
            let place = (idea["respondent_id"].clone(), idea["question"].clone());
            assert!(
                (&place.0, &place.1) != (&last.0, &last.1) || start >= last.2,
                "{place:?}: ideas overlap"
            );
            last = (place.0, place.1, end);
        }
    }
}

#[test]
fn themes_have_their_planted_shares_and_shifts() {
    let planted = [2022, 2023].map(|year| rows(&format!("planted-{year}.csv")));
    let mut changes: BTreeMap<String, usize> = BTreeMap::new();
    for theme in design()["theme"].as_array().unwrap() {
        let (question, code) = (theme["question"].as_str().unwrap(), theme["code"].as_str().unwrap());
        let shares = ["share_2022", "share_2023"].map(|key| theme[key].as_float().unwrap());
        for (planted, share) in planted.iter().zip(shares) {
            let base = base(planted, question) as f64;
            let found = mentioning(planted, question, code).len() as f64;
            assert!((found - share * base).abs() <= 0.5, "{code}: {found} of {base}");
        }
        let points = 100.0 * (shares[1] - shares[0]);
        let change = theme["change"].as_str().unwrap();
        let is_so = match change {
            "steady" => points == 0.0,
            "new" => shares[0] == 0.0 && points > 0.0,
            "gone" => shares[1] == 0.0 && points < 0.0,
            "growing" => shares[0] > 0.0 && points >= 6.0,
            "shrinking" => shares[1] > 0.0 && points <= -6.0,
            _ => false,
        };
        assert!(is_so, "{code} is not {change}: {shares:?}");
        *changes.entry(change.to_owned()).or_default() += 1;
    }
    let counts = ["new", "gone", "growing", "shrinking"].map(|change| changes[change]);
    assert_eq!(counts, [1, 1, 2, 2]);
    assert!(changes["steady"] >= 20);
}

#[test]
fn tilted_groups_mention_their_theme_more_often() {
    for year in [2022, 2023] {
        let people = rows(&format!("responses-{year}.csv"));
        let planted = rows(&format!("planted-{year}.csv"));
        for theme in design()["theme"].as_array().unwrap().iter().filter(|theme| theme.get("tilt").is_some())
        {
            let (question, code) = (theme["question"].as_str().unwrap(), theme["code"].as_str().unwrap());
            let (column, value) =
                (theme["tilt"]["column"].as_str().unwrap(), theme["tilt"]["value"].as_str().unwrap());
            let ids = mentioning(&planted, question, code);
            let (inside, outside): (Vec<&Row>, Vec<&Row>) =
                people.iter().partition(|row| row[column] == value);
            let share = |rows: &[&Row]| {
                rows.iter().filter(|row| ids.contains(row["respondent_id"].as_str())).count() as f64
                    / rows.len() as f64
            };
            assert!(share(&inside) > 1.5 * share(&outside), "{year} {code}");
        }
    }
}

#[test]
fn every_theme_has_25_really_different_wordings() {
    for theme in design()["theme"].as_array().unwrap() {
        let (question, code) = (theme["question"].as_str().unwrap(), theme["code"].as_str().unwrap());
        let path = folder().join("phrases").join(question).join(format!("{code}.toml"));
        let bank: toml::Table = fs_err::read_to_string(path).unwrap().parse().unwrap();
        let wordings: Vec<&str> = ["phrases", "sentences", "stories"]
            .into_iter()
            .flat_map(|list| bank[list].as_array().unwrap())
            .map(|wording| wording.as_str().unwrap())
            .collect();
        // Plain wordings share the theme's own words; they are counted once.
        let mut different: Vec<&str> = Vec::new();
        for wording in wordings {
            if different.iter().all(|other| overlap(wording, other) < 0.4) {
                different.push(wording);
            }
        }
        assert!(different.len() >= 25, "{code}: {}", different.len());
    }
}

/// Share of words, with all choices, that two wordings have in common (Jaccard).
fn overlap(a: &str, b: &str) -> f64 {
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 2).map(str::to_lowercase).collect()
    };
    let (a, b) = (words(a), words(b));
    a.intersection(&b).count() as f64 / a.union(&b).count().max(1) as f64
}

#[test]
fn answers_repeat_only_where_people_write_alike() {
    for year in [2022, 2023] {
        let rows = rows(&format!("responses-{year}.csv"));
        for question in ["enjoy_most", "would_change"] {
            let mut seen: BTreeSet<&str> = BTreeSet::new();
            for row in &rows {
                let answer = row[question].as_str();
                let is_long = answer.split_whitespace().count() > 9;
                assert!(seen.insert(answer) || !is_long, "{year} {question} twice: {answer}");
            }
        }
    }
}
