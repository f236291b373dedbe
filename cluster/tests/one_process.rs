//! One process: the run's own themes, counts that add up, and parts that cannot be read.

use crate::support::{Place, Table, finished_run, refused, succeeded, text};
use serde_json::Value;
use std::collections::BTreeMap;
use verbatim::codebook::{CODEBOOK, read_codebook};
use verbatim::compare::{PastRun, compare_runs};
use verbatim::read::read_report;

/// What is published of a theme.
fn published(theme: &Value) -> Value {
    let mut kept = serde_json::Map::new();
    for key in [
        "id",
        "name",
        "statement",
        "keywords",
        "level",
        "respondents",
        "mentions",
        "share",
        "interval",
        "groups",
    ] {
        kept.insert(key.into(), theme[key].clone());
    }
    kept.into()
}

#[test]
fn the_same_answers_get_the_themes_and_the_counts_of_the_run() {
    let place = Place::with_parts(&Table::survey(2023), 200);
    let said = succeeded(&mut place.assign(2023, "out", &["--text"]));
    assert!(said.contains("all 4 parts: 777 rows in = 777 out + 0 rejected"), "{said}");

    let rows = place.rows("out");
    let mut found: Vec<[String; 10]> = (0..rows.num_rows())
        .filter(|&row| text(&rows, "kind", row) == "answer")
        .map(|row| {
            [
                "id",
                "question",
                "segment",
                "start",
                "end",
                "theme",
                "similarity",
                "second_theme",
                "margin",
                "text",
            ]
            .map(|column| text(&rows, column, row))
        })
        .collect();
    let assignments = Table::csv(&finished_run(2023).join("assignments.csv"));
    let mut expected: Vec<[String; 10]> = assignments
        .maps()
        .iter()
        .map(|row| {
            [
                "respondent_id",
                "question",
                "segment",
                "start",
                "end",
                "theme_id",
                "similarity",
                "second_theme_id",
                "margin",
                "text",
            ]
            .map(|column| row[column].trim_start_matches('\'').to_owned())
        })
        .collect();
    found.sort();
    expected.sort();
    assert!(expected.len() > 2000);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }

    let counts = place.json("out/counts/2023/themes.json");
    let run: Value =
        serde_json::from_slice(&fs_err::read(finished_run(2023).join("themes.json")).unwrap()).unwrap();
    for key in ["title", "year", "respondents", "disclosure", "common_share"] {
        assert_eq!(counts[key], run[key]);
    }
    let questions = |report: &Value| report["questions"].as_array().unwrap().clone();
    for (found, expected) in questions(&counts).iter().zip(questions(&run)) {
        for key in
            ["column", "wording", "blank", "non_answers", "base", "segments", "no_clear_theme", "coverage"]
        {
            assert_eq!(found[key], expected[key], "{key}");
        }
        let themes = |q: &Value| q["themes"].as_array().unwrap().iter().map(published).collect::<Vec<_>>();
        assert_eq!(themes(found), themes(&expected));
        assert!(!themes(found).is_empty());
    }
}

/// The survey with a column of the year, of which some cells are no year, an empty row and ids that cannot be used.
fn two_years() -> Table {
    let mut table = Table::survey(2023);
    table.rows.truncate(120);
    table.header.push("when".into());
    for (number, row) in table.rows.iter_mut().enumerate() {
        row.push(match number {
            7 => "last year".into(),
            8 => String::new(),
            _ => (2020 + number % 2).to_string(),
        });
    }
    table.rows[9].fill(String::new());
    // Who has no id, or one that tells who they are, gets another.
    table.rows[10][0] = "  ".into();
    table.rows[11][0] = "a.person@example.org".into();
    table.rows[12][0] = "Sarah Thompson".into();
    table
}

fn past_run(place: &Place, year: &str) -> PastRun {
    let folder = place.path(&format!("out/counts/{year}"));
    PastRun {
        report: read_report(&folder).unwrap(),
        codebook: read_codebook(&folder.join(CODEBOOK)).unwrap(),
    }
}

#[test]
fn rows_in_are_rows_out_and_rejected_and_each_year_has_its_counts() {
    let place = Place::with_parts(&two_years(), 40);
    let said = succeeded(&mut place.assign(2022, "out", &["--year", "when", "--group", "region"]));
    let all = "all 3 parts: 120 rows in = 117 out + 3 rejected (1 empty, 2 without a year)";
    assert!(said.contains(all), "{said}");
    let manifest = place.json("out/manifest.json");
    assert_eq!([&manifest["rows"], &manifest["written"], &manifest["rejected"]], [120, 117, 3]);
    let respondents: Vec<u64> = ["2020", "2021"]
        .map(|year| place.json(&format!("out/counts/{year}/themes.json"))["respondents"].as_u64().unwrap())
        .to_vec();
    // 60 of each, less row 8 of 2020 and rows 7 and 9 of 2021.
    assert_eq!(respondents, [59, 58]);
    let rows = place.rows("out");
    assert!(rows.column_by_name("text").is_none(), "no text unless asked for");
    let ids: Vec<String> = (0..rows.num_rows()).map(|row| text(&rows, "id", row)).collect();
    assert!(["part-00:10", "part-00:11", "part-00:12"].iter().all(|id| ids.contains(&(*id).to_owned())));
    assert!(!ids.iter().any(|id| id.contains('@') || id.contains("Thompson")));
    assert!(place.path("out/counts/2021/report.html").is_file());
    let comparison = compare_runs(&["2020", "2021"].map(|year| past_run(&place, year))).unwrap();
    assert_eq!(comparison.runs, ["2020", "2021"]);
    assert!(comparison.questions.iter().all(|question| question.bases.iter().all(Option::is_some)));

    // What is there is not done again, whatever is done anew is the same, and another request is.
    let before = place.files("out");
    let said = succeeded(&mut place.assign(2022, "out", &["--year", "when", "--group", "region"]));
    assert!(said.starts_with("3 of 3 parts are there already\n"), "{said}");
    fs_err::write(place.path("out/parts/part-01.parquet"), b"edited").unwrap();
    let said = succeeded(&mut place.assign(2022, "out", &["--year", "when", "--group", "region"]));
    assert!(said.starts_with("2 of 3 parts are there already\n"), "{said}");
    assert!(place.files("out") == before);
}

#[test]
fn a_count_is_not_given_back_by_a_column_that_another_lies_in() {
    let halves = BTreeMap::from([
        ("South", ["London", "South East", "South West"].as_slice()),
        ("Other", ["Midlands", "East of England", "North West", "North East and Yorkshire"].as_slice()),
    ]);
    let mut table = Table::survey(2023);
    let region = table.header.iter().position(|column| column == "region").unwrap();
    table.header.push("half".into());
    for row in &mut table.rows {
        let half = halves.iter().find(|(_, regions)| regions.contains(&row[region].as_str()));
        row.push(half.map_or_else(String::new, |(half, _)| (*half).to_owned()));
    }
    let place = Place::with_parts(&table, 200);
    succeeded(&mut place.assign(2023, "out", &["--group", "half", "--group", "region"]));

    let counts = place.json("out/counts/2023/themes.json");
    let mut hidden_beside_a_sum = 0;
    for question in counts["questions"].as_array().unwrap() {
        for theme in question["themes"].as_array().unwrap() {
            let [outer, inner] = [0, 1].map(|column| theme["groups"][column]["rows"].as_array().unwrap());
            for (half, regions) in &halves {
                let is_hidden = |row: &&Value| row["respondents"].is_null();
                let sum = outer.iter().find(|row| row["value"] == **half).unwrap();
                let parts = inner.iter().filter(|row| regions.iter().any(|region| row["value"] == **region));
                let hidden = parts.filter(is_hidden).count();
                if is_hidden(&sum) {
                    assert_ne!(hidden, 0, "{half} of {}", theme["name"]);
                } else {
                    assert_ne!(hidden, 1, "{half} of {}", theme["name"]);
                    hidden_beside_a_sum += hidden;
                }
            }
        }
    }
    assert_ne!(hidden_beside_a_sum, 0);
}

#[test]
fn a_part_that_cannot_be_read_is_named_and_the_others_are_done() {
    let table = two_years();
    let place = Place::with_parts(&table, 30);
    let broken = place.path("in/part-02.parquet");
    let whole = fs_err::read(&broken).unwrap();
    // The footer is whole, a page is not: only reading the rows shows it.
    let mut damaged = whole.clone();
    let middle = whole.len() / 3;
    damaged[middle..middle + 64].fill(0xff);
    fs_err::write(&broken, damaged).unwrap();
    fs_err::write(place.path("in/part-03.parquet"), &whole[..whole.len() / 2]).unwrap();
    let csv = fs_err::read_to_string(place.path("in/part-01.csv")).unwrap();
    fs_err::write(place.path("in/part-01.csv"), format!("{csv}too,few,cells\n")).unwrap();

    let said = refused(&mut place.assign(2022, "out", &["--threads", "1"]));
    assert!(said.contains("3 of 4 parts could not be done, the others are written"), "{said}");
    let line = csv.lines().count() + 1;
    assert!(said.contains(&format!("`part-01`: line {line} has 3 cells and the header 9")), "{said}");
    assert!(said.contains("`part-02`: ") && said.contains("`part-03`: "), "{said}");
    assert_eq!(place.finished_parts("out"), 1);
    assert!(!place.path("out/counts").exists() && !place.path("out/manifest.json").exists());

    table.write_parts(&place.path("in"), 30, |number| number == 1);
    let said = succeeded(&mut place.assign(2022, "out", &[]));
    assert!(said.starts_with("1 of 4 parts are there already\n"), "{said}");
    assert!(said.contains("all 4 parts: 120 rows in = 119 out + 1 rejected"), "{said}");
}

#[test]
fn what_cannot_be_asked_for_is_refused_by_name() {
    let place = Place::with_parts(&two_years(), 60);
    let refusal = |options: &[&str]| refused(&mut place.assign(2022, "out", options));
    assert!(
        refusal(&["--question", "enjoy"]).contains("The run has no question `enjoy`; it has `enjoy_most`")
    );
    assert!(refusal(&["--id", "nobody"]).contains("`part-00`: it has no column `nobody`"));
    let mut none = place.assign(2022, "out", &[]);
    none.args(["--input", "nowhere/*.parquet"]);
    assert!(refused(&mut none).contains("No file has a name like `nowhere/*.parquet`"));
}

#[test]
fn a_personal_detail_in_a_heading_is_masked_wherever_the_heading_is_written() {
    let mut table = two_years();
    for (heading, told) in [("region", "region (ask 07700 900123)"), ("when", "when, ask jo@example.org")] {
        let column = table.header.iter().position(|name| name == heading).unwrap();
        table.header[column] = told.into();
    }
    let place = Place::with_parts(&table, 60);
    let options =
        ["--year", "when, ask jo@example.org", "--group", "region (ask 07700 900123)", "--group", "employer"];
    let said = succeeded(&mut place.assign(2022, "out", &options));
    assert!(place.rows("out").column_by_name("region (ask [phone])").is_some());
    assert_eq!(place.json("out/manifest.json")["columns"]["year"], "when, ask [email]");
    let as_masked = ["--year", "when, ask [email]", "--group", "region (ask [phone])", "--group", "employer"];
    assert!(succeeded(&mut place.assign(2022, "again", &as_masked)).contains("120 rows in = 117 out"));
    let refusal = refused(&mut place.assign(2022, "none", &["--group", "postcode"]));
    assert!(refusal.contains("it has no column `postcode`; it has "), "{refusal}");
    let holds =
        |bytes: &[u8], detail: &str| bytes.windows(detail.len()).any(|there| there == detail.as_bytes());
    for detail in ["900123", "jo@example.org"] {
        assert!(!said.contains(detail) && !refusal.contains(detail));
        for (name, bytes) in place.files("out") {
            assert!(!holds(&bytes, detail), "`{detail}` stands in {name:?}");
        }
    }
}
