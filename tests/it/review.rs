//! What a person decides about quotes, and quotes on demand.

use crate::support::program::{Run, Workplace, rows, survey_run};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

type Row = BTreeMap<String, String>;

/// The first answers of the bundled survey with one question.
fn small_survey(place: &Workplace) -> std::path::PathBuf {
    let mut reader = csv::Reader::from_path("data/splw/responses-2023.csv").unwrap();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(reader.headers().unwrap()).unwrap();
    for record in reader.records().take(150) {
        writer.write_record(&record.unwrap()).unwrap();
    }
    place.write("in/survey.csv", writer.into_inner().unwrap())
}

const OPTIONS: [&str; 5] = ["--quiet", "--question", "enjoy_most", "--consent", "quote_consent"];

/// Writes `decide` into the column `decision` of a run's review file, as a person with a spreadsheet would.
fn decide(run: &Run, decide: impl Fn(&Row) -> &'static str) {
    let path = run.folder.join("quotes-review.csv");
    edit(&path, &path, |row| {
        let decision = decide(row).to_owned();
        row.insert("decision".into(), decision);
    });
}

/// The table of one file with its rows edited, as another or the same.
fn edit(from: &std::path::Path, to: &std::path::Path, edit: impl Fn(&mut Row)) {
    let header = csv::Reader::from_path(from).unwrap().headers().unwrap().clone();
    let mut edited = rows(from);
    edited.iter_mut().for_each(edit);
    let mut writer = csv::Writer::from_path(to).unwrap();
    writer.write_record(&header).unwrap();
    for row in edited {
        writer.write_record(header.iter().map(|column| &row[column])).unwrap();
    }
    writer.flush().unwrap();
}

fn key(row: &Row) -> (String, String, String) {
    (row["respondent_id"].clone(), row["start"].clone(), row["end"].clone())
}

/// Whether nothing of the row is quoted, but the statement of its theme is taken from it.
fn is_statement(row: &Row) -> bool {
    row["risks"].starts_with("no quote: ")
}

/// The statement of the theme of a row.
fn statement(run: &Run, row: &Row) -> String {
    let report = run.json("themes.json");
    let mut themes =
        report["questions"].as_array().unwrap().iter().flat_map(|q| q["themes"].as_array().unwrap());
    let theme = themes.find(|theme| theme["id"] == row["theme_id"]).unwrap();
    theme["statement"].as_str().unwrap().into()
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Every text of a run that a reader sees, documents unpacked.
fn texts(run: &Run) -> BTreeMap<String, String> {
    let shown = |bytes: Vec<u8>| {
        if !bytes.starts_with(b"PK") {
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        for i in 0..archive.len() {
            let mut part = Vec::new();
            archive.by_index(i).unwrap().read_to_end(&mut part).unwrap();
            text += &String::from_utf8_lossy(&part);
        }
        text
    };
    run.bytes().into_iter().map(|(name, bytes)| (name, shown(bytes))).collect()
}

fn read_run(place: &Workplace, input: &std::path::Path, name: &str, options: &[&str]) -> Run {
    place.run(input, name, &[&OPTIONS[..], options].concat())
}

#[test]
fn quotes_with_a_rare_detail_are_marked() {
    let (_, whole) = survey_run();
    let shown = whole.rows("quotes-review.csv");
    let marked = shown.iter().filter(|row| row["risks"].starts_with("rare detail: ")).count();
    assert!((1..shown.len() / 4).contains(&marked), "{marked} of {}", shown.len());
}

#[test]
fn rejected_quotes_give_way_to_the_next_best_and_approved_ones_lift_the_warning() {
    let place = Workplace::new();
    let input = small_survey(&place);
    let first = read_run(&place, &input, "out", &[]);
    let shown = first.rows("quotes-review.csv");
    assert_eq!(
        shown.iter().filter(|row| !is_statement(row)).count(),
        first.rows("quotes.csv").len(),
        "behind the quotes stands what statements are taken from"
    );
    assert!(texts(&first)["report.md"].contains("Quotes not yet reviewed"));

    // The first quote of every theme is rejected, the others approved.
    let mut seen = BTreeSet::new();
    let rejected: BTreeSet<_> =
        shown.iter().filter(|row| seen.insert(row["theme_id"].clone())).map(key).collect();
    decide(&first, |row| if rejected.contains(&key(row)) { "reject" } else { "approve" });
    let second = read_run(&place, &input, "out", &[]);
    let quotes = second.rows("quotes.csv");
    assert!(quotes.iter().all(|row| !rejected.contains(&key(row))), "a rejected quote is back");
    assert!(quotes.len() + rejected.len() > shown.len(), "some rejected quote was replaced");
    assert!(quotes.iter().all(|row| row["reviewed"] == "false"), "the new ones were read by nobody");
    let review = second.rows("quotes-review.csv");
    assert!(review.iter().any(|row| row["decision"].is_empty()));
    assert_eq!(
        review.iter().filter(|row| row["decision"] == "reject").count(),
        rejected.len(),
        "kept for the next run"
    );

    decide(&second, |row| if row["decision"] == "reject" { "reject" } else { "approve" });
    let third = read_run(&place, &input, "out", &[]);
    assert_eq!(
        third.rows("quotes.csv").iter().map(key).collect::<Vec<_>>(),
        quotes.iter().map(key).collect::<Vec<_>>()
    );
    for (name, text) in texts(&third) {
        assert!(!text.to_lowercase().contains("not yet reviewed"), "{name}");
    }
    assert!(third.rows("quotes.csv").iter().all(|row| row["reviewed"] == "true"));

    // Elsewhere, by the file's name.
    let file = third.folder.join("quotes-review.csv");
    let fourth = read_run(&place, &input, "elsewhere", &["--review", file.to_str().unwrap()]);
    assert_eq!(fourth.bytes()["themes.json"], third.bytes()["themes.json"]);
}

#[test]
fn what_a_statement_is_taken_from_is_read_like_a_quote() {
    let place = Workplace::new();
    let input = small_survey(&place);
    let first = read_run(&place, &input, "out", &[]);
    let taken = first.rows("quotes-review.csv").into_iter().filter(is_statement);
    let taken: Vec<_> = taken.map(|row| (statement(&first, &row), row)).collect();
    let mut looked_at = 0;
    for (said, row) in &taken {
        let said = said.replace("**", "");
        if let Some(said) = said.strip_prefix("Respondents enjoy ") {
            assert!(letters(&row["text"]).contains(&letters(said)), "{row:?}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 0);

    decide(&first, |row| if is_statement(row) { "" } else { "approve" });
    let second = read_run(&place, &input, "out", &[]);
    assert!(
        texts(&second)["report.md"].contains("Quotes not yet reviewed"),
        "nobody has read the statements"
    );

    decide(&second, |row| if is_statement(row) { "reject" } else { "approve" });
    let third = read_run(&place, &input, "out", &[]);
    for (said, row) in &taken {
        assert_ne!(statement(&third, row), *said, "{row:?}");
    }
}

#[test]
fn decisions_on_the_words_of_somebody_who_has_since_withdrawn_are_not_kept() {
    let place = Workplace::new();
    let input = small_survey(&place);
    let first = read_run(&place, &input, "out", &[]);
    let shown = first.rows("quotes.csv");
    let withdrawn = [&shown[0], &shown[1]].map(|row| row["respondent_id"].clone());
    decide(&first, |row| if row["respondent_id"] == withdrawn[0] { "reject" } else { "approve" });
    let input_now = place.path("in/withdrawn.csv");
    edit(&input, &input_now, |row| {
        if withdrawn.contains(&row["respondent_id"]) {
            row.insert("quote_consent".into(), "no".into());
        }
    });
    let second = read_run(&place, &input_now, "out", &[]);
    let review = second.rows("quotes-review.csv");
    assert!(review.iter().all(|row| !withdrawn.contains(&row["respondent_id"])));
    assert!(review.iter().any(|row| row["decision"] == "approve"), "the others are");
}

#[test]
fn a_rejected_quote_is_not_shown_again_from_somebody_who_wrote_the_same() {
    let place = Workplace::new();
    let mut table = String::from("respondent_id,enjoy_most,quote_consent\n");
    let mut reader = csv::Reader::from_path("data/splw/responses-2023.csv").unwrap();
    for (number, record) in reader.deserialize::<Row>().take(150).enumerate() {
        let answer = record.unwrap()["enjoy_most"].replace('"', "'");
        for copy in ["a", "b"] {
            table += &format!("{number}{copy},\"{answer}\",yes\n");
        }
    }
    let input = place.write("in/survey.csv", table);
    let first = read_run(&place, &input, "out", &[]);
    let rejected = first.rows("quotes.csv")[0]["text"].clone();
    decide(&first, |row| if row["text"] == rejected { "reject" } else { "" });
    let second = read_run(&place, &input, "out", &[]);
    assert!(second.rows("quotes.csv").iter().all(|row| row["text"] != rejected), "{rejected}");
}

#[test]
fn a_rejection_holds_after_a_spreadsheet_took_the_zeros_off_the_ids() {
    let place = Workplace::new();
    let mut table = String::from("respondent_id,enjoy_most,quote_consent\n");
    let mut reader = csv::Reader::from_path("data/splw/responses-2023.csv").unwrap();
    for (number, record) in reader.deserialize::<Row>().take(150).enumerate() {
        let answer = record.unwrap()["enjoy_most"].replace('"', "'");
        table += &format!("{number:05},\"{answer}\",yes\n");
    }
    let input = place.write("in/survey.csv", table);
    let first = read_run(&place, &input, "out", &[]);
    let rejected: BTreeSet<String> =
        first.rows("quotes.csv").into_iter().map(|row| row["text"].clone()).collect();
    decide(&first, |_| "reject");
    let path = first.folder.join("quotes-review.csv");
    let saved =
        fs_err::read_to_string(&path).unwrap().replace(",0000", ",").replace(",000", ",").replace(",00", ",");
    fs_err::write(&path, saved).unwrap();
    let output = place
        .verbatim()
        .arg("run")
        .arg(&input)
        .args(&OPTIONS[1..])
        .arg("--out")
        .arg(&first.folder)
        .output()
        .unwrap();
    assert!(output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("import the column `respondent_id` as text"), "{said}");
    let back = first.rows("quotes.csv").into_iter().filter(|row| rejected.contains(&row["text"])).count();
    assert_eq!(back, 0);
}

#[test]
fn a_review_that_cannot_be_read_stops_the_run_with_its_row() {
    let place = Workplace::new();
    let input = small_survey(&place);
    let run = read_run(&place, &input, "out", &[]);
    let before = run.bytes()["themes.json"].clone();
    decide(&run, |_| "perhaps");
    let output =
        place.verbatim().arg("run").arg(&input).args(OPTIONS).arg("--out").arg(&run.folder).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8(output.stderr).unwrap().replace(&*place.path("").to_string_lossy(), "DIR/");
    insta::assert_snapshot!(words, @r"
    error: Row 2 of `DIR/out/quotes-review.csv` cannot be used: `decision` holds neither `approve` nor `reject`

    hint: Write `approve` or `reject` into `decision`, or leave it empty, and leave the other columns as they are
    ");
    assert_eq!(run.bytes()["themes.json"], before);
}

#[test]
fn a_set_of_quotes_is_printed_from_a_finished_run() {
    let (place, run) = survey_run();
    let folder = run.folder.to_str().unwrap();
    let quotes =
        |options: &[&str]| place.verbatim().arg("quotes").arg(folder).args(options).output().unwrap();
    let report = run.json("themes.json");
    let theme = &report["questions"][0]["themes"][0];
    let (id, name) = (theme["id"].as_str().unwrap(), theme["name"].as_str().unwrap());

    let all = quotes(&["--theme", id, "--format", "csv", "--quiet"]);
    assert!(all.status.success());
    let texts = |bytes: &[u8]| -> Vec<String> {
        csv::Reader::from_reader(bytes).deserialize::<Row>().map(|row| row.unwrap()["text"].clone()).collect()
    };
    let expected: Vec<&str> =
        theme["quotes"].as_array().unwrap().iter().map(|quote| quote["text"].as_str().unwrap()).collect();
    assert_eq!(texts(&all.stdout), expected);
    assert_eq!(quotes(&["--theme", &name.to_uppercase(), "--format", "csv", "--quiet"]).stdout, all.stdout);
    assert_eq!(texts(&quotes(&["--theme", id, "--n", "2", "--format", "csv"]).stdout), expected[..2]);

    let of_group = texts(&quotes(&["--group", "employer=PCN", "--n", "100", "--format", "csv"]).stdout);
    let from: BTreeSet<String> = run
        .rows("quotes.csv")
        .into_iter()
        .filter(|row| row["employer"] == "PCN")
        .map(|row| row["text"].clone())
        .collect();
    assert!(of_group.len() > 5 && of_group.iter().cloned().collect::<BTreeSet<_>>() == from);

    let said_to_be_few = |groups: &[&str]| {
        let options: Vec<&str> = groups.iter().flat_map(|group| ["--group", group]).collect();
        String::from_utf8(quotes(&options).stderr).unwrap().contains("fewer than 10 respondents")
    };
    assert!(!said_to_be_few(&["employer=PCN"]));
    assert!(
        said_to_be_few(&["employer=PCN", "contract=Permanent"]),
        "the report does not show how many are in both"
    );

    for (ending, start) in [("docx", &b"PK"[..]), ("xlsx", b"PK"), ("md", b"# "), ("csv", b"question,")] {
        let file = place.path(&format!("set.{ending}"));
        assert!(quotes(&["--out", file.to_str().unwrap()]).status.success());
        assert!(fs_err::read(&file).unwrap().starts_with(start), "{ending}");
        let again = quotes(&["--out", file.to_str().unwrap()]);
        assert_eq!(again.status.code(), Some(1), "written over {ending}");
    }
    let words = |options: &[&str]| {
        let output = quotes(options);
        let words = String::from_utf8(output.stderr).unwrap();
        format!("exit {}: {}", output.status.code().unwrap(), words.lines().next().unwrap())
    };
    insta::assert_snapshot!(words(&["--theme", "T99"]), @"exit 1: error: the run has no theme `T99`");
    insta::assert_snapshot!(words(&["--group", "employer=NASA"]), @"exit 1: error: no respondent has `NASA` in `employer`");
    insta::assert_snapshot!(words(&["--group", "PCN"]), @"exit 2: error: `--group PCN` has no `=`");
    insta::assert_snapshot!(words(&["--group", "shoe=9"]), @"exit 1: error: the run has no group column `shoe`");
    insta::assert_snapshot!(words(&["--question", "no"]), @"exit 1: error: the run has no question `no`");
    insta::assert_snapshot!(words(&["--out", "a.pdf"]), @"exit 2: error: `.pdf` says no form of a list of quotes");
}
