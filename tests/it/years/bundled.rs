//! The bundled survey: both years, and what the program says has changed of what was planted.

use super::members;
use crate::support::program::{Run, Workplace, rows};
use predicates::boolean::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::OnceLock;
use verbatim::maths::{Proportion, change_interval, difference};

/// Both years of the bundled survey, the second continuing the first.
fn both_years() -> &'static (Workplace, Run, Run) {
    static RUNS: OnceLock<(Workplace, Run, Run)> = OnceLock::new();
    RUNS.get_or_init(|| {
        let place = Workplace::new();
        let then = place.run("data/splw/survey-2022.toml", "then", &["--quiet"]);
        let now = place.run(
            "data/splw/survey-2023.toml",
            "now",
            &["--quiet", "--previous", then.folder.to_str().unwrap()],
        );
        (place, then, now)
    })
}

struct Refreshed {
    id: String,
    code: String,
    status: String,
}

/// Every theme of the second year, or gone since the first, with the planted theme whose people it shares most (F1).
fn refreshed() -> Vec<Refreshed> {
    let (_, then, now) = both_years();
    let planted = |year: i32| {
        let mut people: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
        for row in rows(Path::new(&format!("data/splw/planted-{year}.csv"))) {
            people
                .entry((row["question"].clone(), row["theme"].clone()))
                .or_default()
                .insert(row["respondent_id"].clone());
        }
        people
    };
    let (planted_then, planted_now) = (planted(2022), planted(2023));
    let (members_then, members_now) = (members(then), members(now));
    let report = now.json("themes.json");
    let mut found = Vec::new();
    for question in report["questions"].as_array().unwrap() {
        let column = question["column"].as_str().unwrap();
        let entries =
            question["themes"].as_array().unwrap().iter().chain(question["gone"].as_array().unwrap());
        for entry in entries {
            let id = entry["id"].as_str().unwrap();
            let (people, codes) = match members_then.get(id) {
                Some(people) => (people, &planted_then),
                None => (&members_now[id], &planted_now),
            };
            let f1 = |code: &BTreeSet<String>| {
                2.0 * people.intersection(code).count() as f64 / (people.len() + code.len()) as f64
            };
            let of_question = codes.iter().filter(|((question, _), _)| question == column);
            let best = of_question.max_by(|a, b| f1(a.1).total_cmp(&f1(b.1))).unwrap();
            found.push(Refreshed {
                id: id.to_owned(),
                code: best.0.1.clone(),
                status: entry["change"]["status"].as_str().unwrap().to_owned(),
            });
        }
    }
    found
}

fn planted_themes() -> Vec<toml::Table> {
    let file: toml::Table =
        toml::from_str(&fs_err::read_to_string("data/splw/planted-shares.toml").unwrap()).unwrap();
    file["theme"].as_array().unwrap().iter().map(|theme| theme.as_table().unwrap().clone()).collect()
}

fn planted(code: &str) -> toml::Table {
    planted_themes().into_iter().find(|theme| theme["code"].as_str() == Some(code)).unwrap_or_default()
}

fn planted_change(code: &str) -> String {
    planted(code).get("change").and_then(toml::Value::as_str).unwrap_or("unplanted").to_owned()
}

#[test]
fn the_bundled_years_are_told_apart_by_what_was_planted() {
    let found = refreshed();
    let known = members(&both_years().1).len();
    let kept = found.iter().filter(|theme| theme.status != "new" && theme.status != "gone").count();
    assert!(kept * 10 >= known * 9, "{kept} of {known} themes are continued");
    let steady: Vec<&Refreshed> = found
        .iter()
        .filter(|theme| theme.status != "new" && planted_change(&theme.code) == "steady")
        .collect();
    let called: Vec<&str> = steady
        .iter()
        .filter(|theme| ["growing", "shrinking", "gone"].contains(&theme.status.as_str()))
        .map(|theme| theme.id.as_str())
        .collect();
    assert!(called.len() * 10 <= steady.len(), "{called:?} of {} are called changed", steady.len());
    for theme in &found {
        let wrong = match planted_change(&theme.code).as_str() {
            "growing" => ["shrinking", "gone"].contains(&theme.status.as_str()),
            "shrinking" | "gone" => theme.status == "growing",
            _ => false,
        };
        assert!(!wrong, "{} ({}) is called {}", theme.id, theme.code, theme.status);
    }
}

/// Change of the respondents who mention any of the themes that follow a planted one: then, now, and the bases.
fn followed(found: &[Refreshed], code: &str) -> [(usize, usize); 2] {
    let (_, then, now) = both_years();
    let ids: Vec<&str> =
        found.iter().filter(|theme| theme.code == code).map(|theme| theme.id.as_str()).collect();
    let question = planted(code)["question"].as_str().unwrap().to_owned();
    [then, now].map(|run| {
        let members = members(run);
        let people: BTreeSet<&String> = ids.iter().filter_map(|id| members.get(*id)).flatten().collect();
        let report = run.json("themes.json");
        let of = report["questions"]
            .as_array()
            .unwrap()
            .iter()
            .find(|of| of["column"] == question.as_str())
            .unwrap();
        (people.len(), of["base"].as_u64().unwrap() as usize)
    })
}

#[test]
fn planted_changes_are_found_in_their_direction() {
    let found = refreshed();
    let status =
        |code: &str, status: &str| found.iter().any(|theme| theme.code == code && theme.status == status);
    assert!(status("cost-of-living", "new"), "nobody spoke of it before");
    assert!(status("remote-only", "gone"), "nobody speaks of it any more");
    let (mut inside, mut all) = (0, 0);
    let (mut held, mut called) = (Vec::new(), Vec::new());
    for theme in planted_themes() {
        let code = theme["code"].as_str().unwrap();
        let share = |year: &str| theme.get(year).and_then(toml::Value::as_float).unwrap_or(0.0);
        let truth = share("share_2023") - share("share_2022");
        if !found.iter().any(|theme| theme.code == code) || theme["change"].as_str() == Some("new") {
            continue;
        }
        let [then, now] = followed(&found, code).map(|(people, base)| Proportion::of(people, base).unwrap());
        let (low, high) = change_interval(now, then);
        all += 1;
        inside += usize::from(low <= truth && truth <= high);
        if ["growing", "shrinking"].contains(&theme["change"].as_str().unwrap()) {
            assert!(difference(now, then) * truth > 0.0, "{code} goes the other way");
            held.push(low <= truth && truth <= high);
            called.push(status(code, theme["change"].as_str().unwrap()));
        }
    }
    // Themes differ a little from what is planted, so that a change comes out smaller than it is: one of them may miss its interval, and
    // one need not be clear (of five samples of 99% of the answers 17 of 20 hold and 18 are called; docs/change.md).
    let misses = |of: &[bool]| of.iter().filter(|is| !**is).count();
    assert!(held.len() >= 3 && misses(&held) <= 1, "{held:?} are in their intervals");
    assert!(misses(&called) <= 1, "{called:?} are called so");
    assert!(all >= 20 && inside * 10 >= all * 8, "{inside} of {all} intervals hold the planted change");
}

#[test]
fn runs_that_continue_each_other_are_compared_as_the_report_does() {
    let (place, then, now) = both_years();
    let (then_path, now_path) = (then.folder.to_str().unwrap(), now.folder.to_str().unwrap());
    let out = place.path("compared.json");
    place
        .verbatim()
        .args(["compare", then_path, now_path, "--out", out.to_str().unwrap()])
        .assert()
        .success()
        .stderr(contains("no clear change"));
    let compared: Value = serde_json::from_slice(&fs_err::read(&out).unwrap()).unwrap();
    let report = now.json("themes.json");
    let mut seen = 0;
    for question in report["questions"].as_array().unwrap() {
        let same = compared["questions"]
            .as_array()
            .unwrap()
            .iter()
            .find(|q| q["column"] == question["column"])
            .unwrap();
        for theme in question["themes"].as_array().unwrap() {
            let row = same["themes"].as_array().unwrap().iter().find(|row| row["id"] == theme["id"]).unwrap();
            assert_eq!(row["shares"][1]["share"], theme["share"]);
            assert_eq!(row["changes"][1]["difference"], theme["change"]["difference"], "{}", theme["id"]);
            seen += 1;
        }
    }
    assert!(seen > 10);
    place
        .verbatim()
        .args(["compare", now_path, now_path])
        .assert()
        .code(1)
        .stderr(contains("Two of the runs"));
}

#[test]
fn a_run_is_compared_with_people_s_codes() {
    let (place, _, now) = both_years();
    let mut sample = csv::Writer::from_writer(Vec::new());
    sample.write_record(["respondent_id", "question", "code"]).unwrap();
    for row in rows(Path::new("data/splw/planted-2023.csv")) {
        sample.write_record([&row["respondent_id"], &row["question"], &row["theme"]]).unwrap();
    }
    let sample = place.write("sample.csv", sample.into_inner().unwrap());
    let output = place
        .verbatim()
        .args([
            "agree",
            now.folder.to_str().unwrap(),
            sample.to_str().unwrap(),
            "--quiet",
            "--out",
            "-",
            "--format",
            "json",
        ])
        .output()
        .unwrap();
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    for question in found.as_array().unwrap() {
        let (value, low) =
            (question["ami"]["value"].as_f64().unwrap(), question["ami"]["interval"][0].as_f64().unwrap());
        assert!(low > 0.1 && low < value, "better than chance by far: {low} {value}");
    }
}

#[test]
fn coded_answers_that_the_run_does_not_have_are_said() {
    let (place, _, now) = both_years();
    let row = rows(&now.folder.join("assignments.csv")).remove(0);
    let (id, question) = (&row["respondent_id"], &row["question"]);
    let header = "respondent_id,question,code\n";
    let sample = place.write(
        "unknown.csv",
        format!("{header}{id},{question},Pay\nNOSUCH1,{question},Pay\nNOSUCH2,{question},Pay\n"),
    );
    let agree = |sample: &Path| place.verbatim().arg("agree").arg(&now.folder).arg(sample).assert().success();
    let counted = format!("{question}: 1 answer coded by both");
    agree(&sample).stderr(contains("warning: Left aside 2 of 3 coded answers in")).stderr(contains(counted));
    let whole = place.write("known.csv", format!("{header}{id},{question},Pay\n"));
    agree(&whole).stderr(contains("Left aside").not()).stderr(contains("no code").not());
    let blank = place.write("blank.csv", format!("{header}{id},{question},\n"));
    agree(&blank).stderr(contains("warning: 1 answer in")).stderr(contains("has no code, which says"));
}
