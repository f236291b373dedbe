//! Cases 11 to 15, 21 to 26 and 29: quoting, ragged rows, delimiters, line ends, ids, blanks, few rows, other languages.

use super::{Case, ids, numbered};
use crate::support::program::Workplace;

#[test]
fn case_11_line_breaks_and_quotation_marks_in_a_cell_stay_in_it() {
    let case = Case::new("a.csv", "id,comment\r\n1,\"two\r\nlines, \"\"quoted\"\"\"\r\n2,next\r\n");
    assert_eq!(case.answers(), ["two\r\nlines, \"quoted\"", "next"]);
    let rows: Vec<usize> = case.read().survey.respondents.iter().map(|respondent| respondent.row).collect();
    assert_eq!(rows, [2, 3]);
}

#[test]
fn case_12_an_unclosed_quotation_mark_is_found_at_its_opening() {
    let mut text = format!("id,comment\n1,fine\n2,\"never closed\n{}", numbered(500, "fine"));
    insta::assert_snapshot!(Case::new("a.csv", &text).words(), @r#"
    exit 1: `a.csv` has a quotation mark in line 3 that is never closed
    hint: Close it, or write a quotation mark inside a quoted cell twice (`""`); exporting the table again does it
    "#);
    text.push_str("500,\"and a later one\"\n");
    insta::assert_snapshot!(Case::new("a.csv", &text).words(), @r#"
    exit 1: `a.csv` has a quotation mark in line 3 that is never closed
    hint: Close it, or write a quotation mark inside a quoted cell twice (`""`); exporting the table again does it
    "#);
    let endless = format!("id,comment\n1,\"{}", "all work and no play\n".repeat(1_000_000));
    insta::assert_snapshot!(Case::new("a.csv", endless).words(), @r#"
    exit 1: `a.csv` has a cell of more than 16 MB that begins in line 2
    hint: Close it, or write a quotation mark inside a quoted cell twice (`""`); exporting the table again does it
    "#);
}

#[test]
fn a_quotation_mark_that_is_not_doubled_is_said() {
    let case = Case::new("a.csv", "id,comment\n1,5\" pipe\n2,\"she said \"hello\" to me\"\n");
    insta::assert_snapshot!(case.warnings(), @"In 1 quoted cell a quotation mark is not doubled (first in line 3); marks or delimiters near it may be misread");
    assert_eq!(Case::new("a.csv", "id,comment\n1,5\" pipe\n2,\"a \"\"b\"\"\"\n").warnings(), "");
}

#[test]
fn case_13_a_few_ragged_rows_are_listed_and_many_are_an_error() {
    let text = format!("id,comment\n{}", numbered(39, "fine"));
    let case = Case::new("a.csv", format!("{text}40,one, two\n41\n42,blanks beyond,,\n"));
    let outcome = case.read();
    let listed: Vec<(usize, &str)> =
        outcome.rejected.iter().map(|row| (row.row, row.reason.as_str())).collect();
    let reasons = ["it has 3 cells where the header has 2", "it has 1 cell where the header has 2"];
    assert_eq!(listed, [(41, reasons[0]), (42, reasons[1])]);
    assert_eq!(outcome.summary.rows, outcome.survey.respondents.len() + outcome.rejected.len());
    insta::assert_snapshot!(case.warnings(), @"Left out 2 of 42 rows; the first is row 41: it has 3 cells where the header has 2");
    insta::assert_snapshot!(Case::new("a.csv", "id,comment\n1,fine\n2,\"a\nb\",c\n").words(), @r#"
    exit 1: Row 3 (line 3) of `a.csv` has 3 cells where the header has 2; in all, 1 of 2 rows do not fit
    hint: Put cells that hold the delimiter into quotation marks; exporting the table again does it
    "#);
}

#[test]
fn a_delimiter_at_the_end_of_every_row_makes_no_column() {
    let row = |i: usize| format!("R{i},N,The support was excellent and pay is low {i},\n");
    let text = format!("id,region,answer\n{}", (0..20).map(row).collect::<String>());
    let case = Case::bare("a.csv", format!("{text}id,region,answer,\n"));
    assert_eq!(case.read().survey.questions[0].column, "answer");
    assert_eq!(case.read().survey.respondents.len(), 20, "the header once more is none");
    assert_eq!(case.answers()[0], "The support was excellent and pay is low 0");
}

#[test]
fn case_14_delimiters_are_found() {
    for (text, delimiter) in [
        ("id;comment\n1;fine, I think\n2;good, too\n", Some(';')),
        ("id\tcomment\n1\tfine, I think\n2\tgood; too\n", Some('\t')),
        ("sep=;\nid;comment\n1;fine, I think\n", Some(';')),
        ("SEP=,\r\nid,comment\r\n1,fine; I think\r\n", Some(',')),
        ("comment\nfine, I think\n\"good; too\"\n", None),
    ] {
        let case = Case::new("a.csv", text);
        assert!(case.answers()[0].starts_with("fine"), "{text}");
        assert_eq!(case.read().summary.delimiter, delimiter, "{text}");
    }
    assert_eq!(Case::new("a.csv", "sep=;\nid;comment\n1;fine\n").read().survey.respondents[0].row, 3);
}

#[test]
fn case_15_every_kind_of_line_end_is_read() {
    for text in
        ["id,comment\r1,one\r2,two\r", "id,comment\r\n1,one\n2,two", "id,comment\n1,one\r\n\r\n2,two\n\n"]
    {
        assert_eq!(Case::new("a.csv", text).answers(), ["one", "two"], "{text:?}");
    }
}

#[test]
fn case_21_respondents_with_one_id_are_all_kept_and_told_apart() {
    let shuffled = ["7,b,x\n3,c,y\n7,a,z\n7-2,d,\n", "7-2,d,\n7,a,z\n7,b,x\n3,c,y\n"];
    let cases = shuffled.map(|rows| Case::new("a.csv", format!("id,comment,group\n{rows}")));
    for case in &cases {
        assert_eq!(ids(&case.read()), ["3", "7", "7-2", "7-3"]);
        assert_eq!(case.answers(), ["c", "a", "d", "b"]);
    }
    insta::assert_snapshot!(cases[0].warnings(), @"For 1 respondent the id is taken by another; all are kept, with `-2`, `-3` and so on after the id; whoever answered twice counts twice, so check these rows, and take out the older ones or name another column with `--id`");
    let [first, second] = cases.map(|case| case.read().summary.rows_sha256);
    assert_eq!(first, second);
}

#[test]
fn the_header_once_more_is_no_respondent() {
    let case = Case::new("a.csv", "id,comment\n1,one\nid,comment\n2,two\nid,comment\n3,three\n");
    assert_eq!(case.answers(), ["one", "two", "three"]);
    insta::assert_snapshot!(case.warnings(), @"Left out 2 of 5 rows; the first is row 3: it holds the names of the columns once more");
}

#[test]
fn case_27_a_word_that_never_ends_is_said() {
    let case = Case::new("a.csv", format!("id,comment\n1,see {}\n2,fine\n", "x".repeat(50_000)));
    assert!(
        case.warnings().starts_with("In 1 answer there are over 5,000 characters without a space"),
        "{}",
        case.warnings()
    );
    assert_eq!(Case::new("a.csv", format!("id,comment\n1,{}\n", "fine ".repeat(9000))).warnings(), "");
}

#[test]
fn case_22_a_blank_id_becomes_the_row() {
    let case = Case::new("a.csv", "id,comment\n,one\n2,two\n \u{a0},three\n");
    assert_eq!(ids(&case.read()), ["2", "row-2", "row-4"]);
    insta::assert_snapshot!(case.warnings(), @"For 2 respondents the id is blank; the row stands in its place, such as `row-2`");
    let without = Case::new("a.csv", "comment,group\none,a\ntwo,b\n");
    assert_eq!(ids(&without.read()), ["row-2", "row-3"]);
    assert_eq!(without.warnings(), "");
}

#[test]
fn cases_23_to_26_repeated_blank_and_few_answers_are_read_as_they_are() {
    let repeated = format!("id,comment\n{}", numbered(300, "Fine"));
    assert_eq!(Case::new("a.csv", repeated).answers(), vec!["Fine"; 300]);
    let blank = Case::new("a.csv", "id,comment\n1,\n2,n/a\n3,.\n4,no\n,\n");
    assert_eq!(blank.answers(), ["", "n/a", ".", "no"]);
    insta::assert_snapshot!(blank.warnings(), @"Left out 1 of 5 rows; the first is row 6: it is empty");
    assert_eq!(Case::new("a.csv", "comment\nOnly one\n").answers(), ["Only one"]);
    let none = Case::new("a.csv", "id,comment\n,\n,\n");
    insta::assert_snapshot!(none.words(), @"exit 1: None of the 2 rows of `a.csv` can be used: row 2: it is empty");
}

#[test]
fn a_row_without_a_usable_weight_is_listed() {
    let mut case = Case::new("a.csv", "id,comment,w\n1,a,1.5\n2,b,\"0,5\"\n3,c,0\n4,d,\n5,e,x\n6,f,inf\n");
    case.plan.weight = Some("w".into());
    let outcome = case.read();
    let weights: Vec<f64> = outcome.survey.respondents.iter().map(|respondent| respondent.weight).collect();
    assert_eq!(weights, [1.5, 0.5]);
    let reasons: Vec<String> =
        outcome.rejected.iter().map(|row| format!("row {}: {}", row.row, row.reason)).collect();
    insta::assert_snapshot!(reasons.join("\n"), @r#"
    row 4: its weight in column `w` is not a number above 0
    row 5: its weight in column `w` is blank
    row 6: its weight in column `w` is not a number above 0
    row 7: its weight in column `w` is not a number above 0
    "#);
}

#[test]
fn consent_is_given_only_by_a_clear_yes() {
    let rows = [
        "Yes",
        "YES, anonymously",
        "y",
        "1",
        "I agree",
        "1 - Yes",
        "Yes, I am happy for my words to be used anonymously",
        "Consent given",
        "No",
        "",
        "no thanks",
        "0",
        "I do not agree",
        "2 - No",
        "I don't consent",
        "maybe",
        "not sure",
        "Consent withheld",
        "Consent not given",
        "OK to contact, do not quote",
        "Yes, but ask me first",
    ];
    let text = rows
        .iter()
        .enumerate()
        .map(|(i, value)| format!("{i:02},a,\"{value}\"\n"))
        .collect::<Vec<_>>()
        .concat();
    let mut case = Case::new("a.csv", format!("id,comment,quote\n{text}"));
    case.plan.consent = Some("quote".into());
    let quotable: Vec<bool> =
        case.read().survey.respondents.iter().map(|respondent| respondent.may_be_quoted).collect();
    assert_eq!(quotable, [vec![true; 8], vec![false; 13]].concat());
    insta::assert_snapshot!(case.warnings(), @"For 5 respondents the consent column says neither yes nor no (first in row 17); they count and are not quoted");
}

#[test]
fn a_column_of_consent_that_is_not_named_is_not_passed_over_in_silence() {
    let header = "id,comment,Are you happy for your comments to be quoted anonymously?";
    let mut case = Case::new("a.csv", format!("{header}\n1,a,No\n"));
    insta::assert_snapshot!(case.warnings(), @"Column `Are you happy for your comments to be quoted anonymously?` looks like consent to be quoted and is not used, so anybody may be quoted; name it with `--consent` or `consent` in the survey file");
    case.plan.consent = Some("Are you happy for your comments to be quoted anonymously?".into());
    assert!(!case.warnings().contains("consent"));
}

#[test]
fn the_hash_follows_the_content_and_not_the_order_of_rows() {
    let hash = |rows: &str| Case::new("a.csv", format!("comment,group\n{rows}")).read().summary.rows_sha256;
    assert_eq!(hash("a,x\nb,y\n"), hash("b,y\na,x\n"));
    assert_ne!(hash("a,x\nb,y\n"), hash("a,x\nc,y\n"));
    assert_eq!(hash("a,x\nb,y\n").len(), 64);
}

#[test]
fn case_27_an_answer_without_end_is_left_out_and_listed() {
    let case = Case::new("a.csv", format!("id,comment\n1,{}\n2,more pay\n", "long answer ".repeat(200_000)));
    assert_eq!(case.answers(), ["more pay"]);
    insta::assert_snapshot!(case.warnings(), @"Left out 1 of 2 rows; the first is row 2: an answer has 3 MB, which is over the limit of 2 MB");
}

#[test]
fn case_27_a_very_long_answer_is_kept_whole_with_a_warning() {
    let case = Case::new("a.csv", format!("id,comment\n1,{}\n2,fine\n", "long answer ".repeat(90_000)));
    assert_eq!(case.answers()[0].len(), 12 * 90_000);
    insta::assert_snapshot!(case.warnings(), @"In 1 answer there are over 100,000 characters; they are kept whole (first in row 2)");
}

/// Flagged and kept: they are answers, and in the themes as all others are.
#[test]
fn case_29_answers_in_other_languages_are_counted_by_language_and_kept() {
    let place = Workplace::new();
    let mut table = String::from("id,comment\n");
    for i in 0..30 {
        let topic = ["better pay for the job", "more time with each patient", "a room of our own"][i % 3];
        table += &format!("R{i:02},I would like to have {topic} in place {i}\n");
    }
    table += "W1,Hoffwn gael mwy o amser gyda phob claf a gwell hyfforddiant\nW2,Mwy o staff\n\
        W3,Mae angen mwy o staff a gwell cyflog ar gyfer y gwaith yma\n\
        P1,\"Staff were lovely, bardzo dobra opieka, dziękuję wszystkim pielęgniarkom\"\n";
    let input = place.write("answers.csv", table);
    let asked = ["--question", "comment", "--id", "id"];
    let checked = place.verbatim().arg("check").arg(&input).args(asked).output().unwrap();
    assert!(checked.status.success());
    let checked = String::from_utf8(checked.stdout).unwrap();
    let line = "\n  3 answers seem not to be in English (Polish 1, Welsh 2)\n";
    assert!(checked.contains(line), "{checked}");
    let run =
        place.verbatim().arg("run").arg(&input).args(asked).arg("--out").arg(place.path("out")).output();
    let run = run.unwrap();
    let words = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "{words}");
    let warning = "warning: `comment`: 3 answers seem not to be in English (Polish 1, Welsh 2); the model knows English \
        best, so check the themes of such answers\n";
    assert!(words.contains(warning), "{words}");
    let themes: serde_json::Value =
        serde_json::from_slice(&fs_err::read(place.path("out/themes.json")).unwrap()).unwrap();
    assert_eq!(themes["questions"][0]["base"], 34, "all of them are answers");
    let quoted = fs_err::read_to_string(place.path("out/assignments.csv")).unwrap();
    assert!(["W1", "W3", "P1"].iter().all(|id| quoted.contains(id)), "{quoted}");
}
