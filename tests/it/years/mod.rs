//! Last year's themes continued, and the researcher's decisions.

mod bundled;
mod refi;

use crate::support::program::{Run, Workplace, rows};
use predicates::str::contains;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

const QUESTION: &str = "would_change";

/// The first `n` rows of a bundled year with their ids and answers to one question.
fn part(place: &Workplace, year: i32, n: usize) -> PathBuf {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["respondent_id", QUESTION]).unwrap();
    for row in rows(Path::new(&format!("data/splw/responses-{year}.csv"))).iter().take(n) {
        table.write_record([&row["respondent_id"], &row[QUESTION]]).unwrap();
    }
    place.write(&format!("answers-{year}.csv"), table.into_inner().unwrap());
    let survey = format!(
        "[survey]\ninput = \"answers-{year}.csv\"\nyear = {year}\nrespondent_id = \"respondent_id\"\n\n\
         [[question]]\ncolumn = \"{QUESTION}\"\nwording = \"What would you change?\"\n"
    );
    place.write(&format!("survey-{year}.toml"), survey)
}

/// Part of the survey of 2022, run once for the tests that continue it.
fn first_year() -> &'static (Workplace, Run) {
    static RUN: OnceLock<(Workplace, Run)> = OnceLock::new();
    RUN.get_or_init(|| {
        let place = Workplace::new();
        let survey = part(&place, 2022, 260);
        let run = place.run(survey, "r22", &["--quiet", "--themes", "8"]);
        (place, run)
    })
}

pub(super) fn members(run: &Run) -> BTreeMap<String, BTreeSet<String>> {
    let mut members: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in run.rows("assignments.csv") {
        for id in [&row["theme_id"], &row["second_theme_id"]] {
            if !id.is_empty() {
                members.entry(id.clone()).or_default().insert(row["respondent_id"].clone());
            }
        }
    }
    members
}

fn codebook(run: &Run) -> toml::Table {
    toml::from_str(&fs_err::read_to_string(run.folder.join("codebook.toml")).unwrap()).unwrap()
}

fn theme<'a>(codebook: &'a mut toml::Table, id: &str) -> &'a mut toml::Table {
    let themes = codebook["theme"].as_array_mut().unwrap().iter_mut();
    themes.filter_map(toml::Value::as_table_mut).find(|theme| theme["id"].as_str() == Some(id)).unwrap()
}

/// Writes an edited codebook beside a copy of the run's vectors.
fn edited(place: &Workplace, run: &Run, name: &str, edit: impl FnOnce(&mut toml::Table)) -> PathBuf {
    let mut codebook = codebook(run);
    edit(&mut codebook);
    let vectors = fs_err::read(run.folder.join("codebook-vectors.parquet")).unwrap();
    place.write(&format!("{name}/codebook-vectors.parquet"), vectors);
    place.write(&format!("{name}/codebook.toml"), toml::to_string(&codebook).unwrap())
}

fn with_codebook<'a>(options: &[&'a str], codebook: &'a Path) -> Vec<&'a str> {
    [options, &["--quiet", "--codebook", codebook.to_str().unwrap()]].concat()
}

/// How often a theme was found again, as `themes.json` says.
fn stability(run: &Run, id: &str) -> serde_json::Value {
    let report = run.json("themes.json");
    let questions = report["questions"].as_array().unwrap();
    let theme =
        questions.iter().flat_map(|q| q["themes"].as_array().unwrap()).find(|theme| theme["id"] == *id);
    theme.unwrap()["stability"].clone()
}

#[test]
fn decisions_are_applied_and_survive_the_next_year() {
    let (_, first) = first_year();
    let place = Workplace::new();
    let (y22, y23) = (part(&place, 2022, 260), part(&place, 2023, 200));
    let before = members(first);
    // Somebody who speaks of T05 and of nothing that is decided about.
    let others = |id: &str, who: &String| {
        ["T01", "T02", "T03", "T04"].iter().filter(|t| **t != id).all(|t| !before[*t].contains(who))
    };
    let pinned = before["T05"].iter().find(|who| others("T05", who)).unwrap().clone();
    let book = edited(&place, first, "edited", |codebook| {
        theme(codebook, "T01").insert("split".into(), true.into());
        theme(codebook, "T02").insert("name".into(), "In our own words".into());
        theme(codebook, "T03").insert("merge_into".into(), "T02".into());
        theme(codebook, "T04").insert("drop".into(), true.into());
        let added = "question = \"would_change\"\nname = \"Parking\"\nexamples = [\"There is nowhere to park\", \"Parking at the surgery\"]\nkeep = true\n";
        codebook["theme"].as_array_mut().unwrap().push(toml::from_str::<toml::Table>(added).unwrap().into());
        let pin = format!("question = \"would_change\"\nrespondent_id = \"{pinned}\"\ntheme = \"T02\"\n");
        let of = |who: &str| toml::from_str::<toml::Table>(&pin.replace(&pinned, who)).unwrap();
        codebook.insert("pin".into(), vec![of(&pinned), of("SP22-nobody")].into());
    });
    let run = place.run(&y22, "decided", &with_codebook(&[], &book));
    let after = members(&run);
    assert_eq!(
        stability(&run, "T05"),
        stability(first, "T05"),
        "how stable it was found to be stays with a theme"
    );
    assert_eq!(stability(&run, "T05")["of"], 50);
    for id in ["T01", "T03", "T04"] {
        assert!(!after.contains_key(id), "{id} is still there");
    }
    let parts = codebook(&run)["theme"].as_array().unwrap()[0]["split_into"].as_array().unwrap().clone();
    assert!(parts.len() >= 2);
    let of_parts: BTreeSet<String> =
        parts.iter().flat_map(|id| after[id.as_str().unwrap()].clone()).collect();
    let strangers: Vec<&String> = of_parts.difference(&before["T01"]).collect();
    assert!(strangers.is_empty(), "only T01 is divided: {strangers:?}");
    let (kept, held) = (of_parts.len(), before["T01"].len());
    assert!(kept * 10 >= held * 8, "of {held} respondents of T01, {kept} are in a part of it");
    let mut merged: BTreeSet<String> = before["T02"].union(&before["T03"]).cloned().collect();
    merged.insert(pinned.clone());
    let strays = merged.symmetric_difference(&after["T02"]).count();
    assert!(
        strays * 20 <= merged.len(),
        "T02 holds its own answers, those of T03 and the pinned one: {strays} differ"
    );
    assert!(after["T02"].contains(&pinned) && !after["T05"].contains(&pinned));
    let report = run.json("themes.json");
    let themes = report["questions"][0]["themes"].as_array().unwrap();
    let named = |id: &str| themes.iter().find(|theme| theme["id"] == id).map(|theme| theme["name"].clone());
    assert_eq!(named("T02"), Some("In our own words".into()));
    assert_eq!(named("T09"), Some("Parking".into()), "kept even if empty");

    let again = place.run(&y22, "again", &with_codebook(&["--threads", "1"], &book));
    assert!(run.bytes() == again.bytes(), "the same decisions give the same files");

    let divided = place.run(&y23, "divided", &with_codebook(&[], &book)).json("themes.json");
    let question = &divided["questions"][0];
    assert!(!question["gone"].as_array().unwrap().iter().any(|gone| gone["id"] == "T01"), "it was divided");
    let of_t01 = question["themes"].as_array().unwrap().iter().filter(|t| t["change"]["status"] == "split");
    assert!(of_t01.count() >= 2, "its parts are not new");

    let next = place.path("next");
    let (previous, out) = (run.folder.to_str().unwrap(), next.to_str().unwrap());
    let told =
        place.verbatim().args(["run", y23.to_str().unwrap(), "--previous", previous, "--out", out]).output();
    let told = String::from_utf8(told.unwrap().stderr).unwrap();
    assert_eq!(told.matches("fit no answer of this survey").count(), 1, "{told}");
    assert!(told.contains("2 pins of the codebook"), "{told}");
    let next = Run { folder: next };
    let report = next.json("themes.json");
    let themes = report["questions"][0]["themes"].as_array().unwrap();
    let name_of = |id: &str| themes.iter().find(|theme| theme["id"] == id).map(|theme| theme["name"].clone());
    assert_eq!(name_of("T02"), Some("In our own words".into()));
    for id in ["T01", "T03", "T04"] {
        assert_eq!(name_of(id), None, "{id} came back");
    }
    let known = codebook(&run)["next_id"].as_integer().unwrap();
    for theme in themes.iter().filter(|theme| theme["change"]["status"] == "new") {
        let number: i64 = theme["id"].as_str().unwrap()[1..].parse().unwrap();
        assert!(number >= known, "a new theme has a fresh id");
    }
    let then = codebook(&next);
    let kept: Vec<&str> =
        then["theme"].as_array().unwrap().iter().filter_map(|theme| theme["id"].as_str()).collect();
    assert!((1..known).all(|number| kept.contains(&format!("T{number:02}").as_str())), "no row is lost");
    assert_eq!(then["pin"].as_array().unwrap().len(), 2);
}

#[test]
fn a_codebook_that_cannot_be_used_is_refused_and_nothing_is_written() {
    let (_, first) = first_year();
    let place = Workplace::new();
    let survey = part(&place, 2023, 120);
    let refused = |name: &str, book: &Path, words: &str| {
        let out = place.path(name);
        place
            .verbatim()
            .args([
                "run",
                survey.to_str().unwrap(),
                "--codebook",
                book.to_str().unwrap(),
                "--out",
                out.to_str().unwrap(),
            ])
            .assert()
            .code(1)
            .stderr(contains(words));
        assert!(!out.exists(), "{name} was written");
    };
    let circle = edited(&place, first, "circle", |codebook| {
        theme(codebook, "T01").insert("merge_into".into(), "T02".into());
        theme(codebook, "T02").insert("merge_into".into(), "T01".into());
    });
    refused("a", &circle, "theme T01 is merged in a circle");
    let deleted = edited(&place, first, "deleted", |codebook| {
        codebook["theme"].as_array_mut().unwrap().remove(2);
    });
    refused("b", &deleted, "the row of theme T03 was deleted");
    let other = edited(&place, first, "other", |codebook| {
        codebook.insert("model".into(), "larger-model".into());
        codebook.insert("model_sha256".into(), "00".into());
    });
    refused("c", &other, "were made with the model `larger-model`");
    let newer = edited(&place, first, "newer", |codebook| {
        codebook.insert("schema".into(), 99.into());
    });
    refused("d", &newer, "its schema is 99");
    let alone = place.write("alone/codebook.toml", fs_err::read(first.folder.join("codebook.toml")).unwrap());
    refused("e", &alone, "codebook-vectors.parquet`, which a codebook needs beside it");
    for name in ["codebook.toml", "manifest.json"] {
        place.write(&format!("rotten/{name}"), fs_err::read(first.folder.join(name)).unwrap());
    }
    let mut vectors = fs_err::read(first.folder.join("codebook-vectors.parquet")).unwrap();
    let middle = vectors.len() / 2;
    vectors[middle] ^= 1;
    place.write("rotten/codebook-vectors.parquet", vectors);
    refused("f", &place.path("rotten/codebook.toml"), "it is not as the run left it");
}

#[test]
fn an_empty_codebook_finds_themes_anew_and_a_merged_one_has_one_theme() {
    let (_, first) = first_year();
    let place = Workplace::new();
    let survey = part(&place, 2023, 120);
    let empty = place.write(
        "empty/codebook.toml",
        "schema = 1\nsurvey = \"\"\nmodel = \"\"\nmodel_sha256 = \"\"\nnext_id = 1\n",
    );
    let run = place.run(&survey, "anew", &with_codebook(&[], &empty));
    assert!(members(&run).len() > 1);
    let one = edited(&place, first, "one", |codebook| {
        for number in 2..=8 {
            theme(codebook, &format!("T{number:02}")).insert("merge_into".into(), "T01".into());
        }
    });
    let run = place.run(&survey, "one-theme", &with_codebook(&[], &one));
    let report = run.json("themes.json");
    for theme in report["questions"][0]["themes"].as_array().unwrap() {
        assert!(theme["id"] == "T01" || theme["change"]["status"] == "new", "{}", theme["id"]);
    }
}

#[test]
fn case_52_a_codebook_of_five_hundred_themes_is_gone_on_with() {
    let (_, first) = first_year();
    let place = Workplace::new();
    let survey = part(&place, 2023, 120);
    let many = edited(&place, first, "many", |codebook| {
        let themes = codebook["theme"].as_array_mut().unwrap();
        for number in 9..=500 {
            let theme = format!(
                "id = \"T{number:02}\"\nquestion = \"{QUESTION}\"\nname = \"Of old {number}\"\nstate = \"known\"\n"
            );
            themes.push(toml::from_str::<toml::Table>(&theme).unwrap().into());
        }
        codebook.insert("next_id".into(), 501.into());
    });
    let run = place.run(&survey, "five-hundred", &with_codebook(&[], &many));
    assert_eq!(codebook(&run)["theme"].as_array().unwrap().len(), 500 + new_themes(&run));
    assert!(
        members(&run).keys().all(|id| id.len() == 3 || id.as_str() > "T500"),
        "the old ones have no answer"
    );
}

fn new_themes(run: &Run) -> usize {
    let report = run.json("themes.json");
    let themes = report["questions"][0]["themes"].as_array().unwrap();
    themes.iter().filter(|theme| theme["change"]["status"] == "new").count()
}

#[test]
fn two_bare_files_of_one_name_are_compared_with_a_warning_and_last_years_counts_are_kept() {
    let place = Workplace::new();
    for (year, n) in [(2022, 120), (2023, 100)] {
        part(&place, year, n);
        let answers = fs_err::read(place.path(&format!("answers-{year}.csv"))).unwrap();
        place.write(&format!("{year}/responses.csv"), answers);
    }
    let options = ["--quiet", "--question", QUESTION];
    let first = place.run(place.path("2022/responses.csv"), "first", &options);
    let (previous, out) = (first.folder.to_str().unwrap(), place.path("second"));
    let mut command = place.verbatim();
    command.arg("run").arg(place.path("2023/responses.csv")).args(["--question", QUESTION]);
    let told = command.args(["--previous", previous]).arg("--out").arg(&out).assert().success();
    let told = String::from_utf8(told.get_output().stderr.clone()).unwrap();
    assert!(told.contains("the earlier one is called `responses (run 1)`"), "{told}");
    let (before, after) = (codebook(&first), codebook(&Run { folder: out.clone() }));
    let years = |book: &toml::Table| book["theme"].as_array().unwrap()[0]["year"].as_array().unwrap().clone();
    let (then, kept) = (years(&before), years(&after));
    assert_eq!((then.len(), kept.len()), (1, 2));
    assert_eq!(kept[1]["year"].as_str(), Some("responses (run 1)"));
    assert_eq!((&kept[1]["base"], kept[1].get("share")), (&then[0]["base"], then[0].get("share")));
    let report = Run { folder: out }.json("themes.json");
    assert_eq!(report["questions"][0]["themes"][0]["change"]["previous"], "responses (run 1)");
}

#[test]
fn a_question_asked_in_other_words_is_flagged() {
    let (_, first) = first_year();
    let place = Workplace::new();
    let survey = part(&place, 2023, 120);
    let text =
        fs_err::read_to_string(&survey).unwrap().replace("What would you change?", "What should get better?");
    let survey = place.write("survey-2023.toml", text);
    let run = place.run(&survey, "reworded", &["--quiet", "--previous", first.folder.to_str().unwrap()]);
    let report = fs_err::read_to_string(run.folder.join("report.md")).unwrap();
    assert!(
        report.contains("What would you change?") && report.contains("has changed since 2022"),
        "{report}"
    );
}

#[test]
fn a_codebook_goes_through_excel_and_through_other_tools() {
    let (_, first) = first_year();
    let place = Workplace::new();
    let untouched = edited(&place, first, "book", |_| ());
    let book = untouched.to_str().unwrap();
    let command = |args: &[&str]| place.verbatim().arg("codebook").args(args).assert();
    command(&["to-xlsx", book]).success();
    let workbook = place.path("book/codebook.xlsx");
    command(&["to-xlsx", book]).code(1).stderr(contains("is there already"));
    let before = first.json("themes.json");
    command(&["from-xlsx", workbook.to_str().unwrap(), book]).success();
    let read: toml::Table = toml::from_str(&fs_err::read_to_string(&untouched).unwrap()).unwrap();
    assert_eq!(read, codebook(first), "nothing was edited");

    let qdc = place.path("book.qdc");
    command(&["export", book, "--out", qdc.to_str().unwrap()]).success();
    let name = before["questions"][0]["themes"][0]["name"].as_str().unwrap();
    let text = fs_err::read_to_string(&qdc).unwrap();
    assert!(text.contains(&format!("name=\"{name}\"")), "{text}");
    let renamed = place.write(
        "renamed.qdc",
        text.replace(&format!("name=\"{name}\""), "name=\"Renamed, ask sam@example.org\""),
    );
    command(&["import", renamed.to_str().unwrap(), book]).success();
    assert!(fs_err::read_to_string(&untouched).unwrap().contains("name = \"Renamed, ask [email]\""));

    fs_err::create_dir(place.path("apart")).unwrap();
    let apart = place.path("apart/imported.toml");
    let run = first.folder.to_str().unwrap();
    command(&["import", renamed.to_str().unwrap(), run, "--out", apart.to_str().unwrap()]).success();
    let survey = part(&place, 2023, 120);
    let next = place.run(&survey, "apart-run", &with_codebook(&[], &apart));
    assert!(codebook(&next)["theme"].as_array().unwrap()[0]["name"].as_str() == Some("Renamed, ask [email]"));

    let qdpx = place.path("answers.qdpx");
    command(&["export", first.folder.to_str().unwrap(), "--out", qdpx.to_str().unwrap()]).success();
    let mut archive = zip::ZipArchive::new(fs_err::File::open(&qdpx).unwrap()).unwrap();
    let project = std::io::read_to_string(archive.by_name("project.qde").unwrap()).unwrap();
    let coded: usize = first
        .rows("assignments.csv")
        .iter()
        .map(|row| usize::from(!row["theme_id"].is_empty()) + usize::from(!row["second_theme_id"].is_empty()))
        .sum();
    assert_eq!(project.matches("<CodeRef ").count(), coded);
    command(&["export", book, "--out", place.path("book.doc").to_str().unwrap()]).code(2);
}
