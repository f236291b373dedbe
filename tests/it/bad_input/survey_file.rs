//! Case 51: survey files, key by key.

use super::words;
use std::path::Path;
use tempfile::TempDir;
use verbatim::read::{SurveyPlan, ThemeCount};
use verbatim::types::{Disclosure, Granularity};

fn parse(text: impl AsRef<[u8]>) -> Result<SurveyPlan, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("survey.toml");
    fs_err::write(&path, text).unwrap();
    let mut plan = SurveyPlan::from_toml(&path).map_err(|error| words(&error, folder.path()))?;
    for path in std::iter::once(&mut plan.input).chain(&mut plan.previous_run) {
        *path = path.strip_prefix(folder.path()).unwrap().to_path_buf();
    }
    Ok(plan)
}

fn complaint(text: impl AsRef<[u8]>) -> String {
    parse(text).expect_err("it must fail")
}

const FULL: &str = r#"
[survey]
title = "Social Prescribing Link Worker Survey"
year = 2023
input = "responses-2023.csv"
respondent_id = "respondent_id"
groups = ["employer", "contract"]
consent = "quote_consent"
weight = "weight"
attribution = "SPLW, {employer}, {year}"
encoding = "utf-8"
sheet = "Answers"
header_rows = 2
[[question]]
column = "enjoy_most"
wording = "What do you enjoy most?"
[[question]]
column = "change"
[previous]
run = "out/2022"
[privacy]
allow = ["Grace House"]
deny = ["Project X"]
disclosure = "nhs"
min_group = 12
[settings]
themes = 9
granularity = "fine"
seed = 7
common_share = 0.1
quotes = 3
sample = 20000
"#;

#[test]
fn every_key_arrives() {
    let plan = parse(FULL).unwrap();
    assert_eq!(plan.input, Path::new("responses-2023.csv"));
    assert_eq!(plan.previous_run.as_deref(), Some(Path::new("out/2022")));
    assert_eq!((plan.year, plan.header_rows), (Some(2023), Some(2)));
    assert_eq!(plan.questions[0].wording.as_deref(), Some("What do you enjoy most?"));
    assert_eq!((plan.questions[1].column.as_str(), &plan.questions[1].wording), ("change", &None));
    assert_eq!(plan.groups, ["employer", "contract"]);
    assert_eq!((plan.allow[0].as_str(), plan.deny[0].as_str()), ("Grace House", "Project X"));
    let settings = plan.settings;
    assert_eq!(settings.themes, Some(ThemeCount::Exactly(9)));
    assert_eq!(settings.granularity, Some(Granularity::Fine));
    assert_eq!((settings.seed, settings.common_share), (Some(7), Some(0.1)));
    assert_eq!((settings.quotes, settings.sample), (Some(3), Some(20_000)));
    assert_eq!((settings.disclosure, settings.min_group), (Some(Disclosure::Nhs), Some(12)));
}

#[test]
fn case_51_an_unknown_key_is_named_with_its_place_and_the_nearest() {
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\nrespondent = \"id\"\n"), @r#"
    exit 2: `survey.toml`, line 3, column 1: unknown key `respondent`
    hint: Did you mean `respondent_id`?
    "#);
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\n[[questions]]\ncolumn = \"a\"\n"), @r#"
    exit 2: `survey.toml`, line 3, column 3: unknown key `questions`
    hint: Did you mean `question`?
    "#);
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\n[[question]]\ncolumn = \"a\"\n  wordign = \"A?\"\n"), @r#"
    exit 2: `survey.toml`, line 5, column 3: unknown key `wordign`
    hint: Did you mean `wording`?
    "#);
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\n[settings]\nfrobnicate = 1\n"), @r#"
    exit 2: `survey.toml`, line 4, column 1: unknown key `frobnicate`
    hint: The keys of `[settings]` are `themes`, `granularity`, `seed`, `common_share`, `quotes`, `sample`
    "#);
}

#[test]
fn case_51_values_out_of_range_are_named_with_what_is_possible() {
    let setting = |line: &str| complaint(format!("[survey]\ninput = \"a.csv\"\n[settings]\n{line}\n"));
    insta::assert_snapshot!(setting("themes = 0"), @r#"
    exit 2: `survey.toml`, line 4, column 10: `themes = 0` is not possible
    hint: `themes` is `"auto"` or a whole number from 1 to 1000
    "#);
    insta::assert_snapshot!(setting("themes = \"many\""), @r#"
    exit 2: `survey.toml`, line 4, column 10: `themes = "many"` is not possible
    hint: `themes` is `"auto"` or a whole number from 1 to 1000
    "#);
    insta::assert_snapshot!(setting("common_share = -0.1"), @r#"
    exit 2: `survey.toml`, line 4, column 16: `common_share = -0.1` is not possible
    hint: `common_share` is a share from 0 to 1, such as 0.05 for 5%
    "#);
    insta::assert_snapshot!(setting("common_share = nan"), @r#"
    exit 2: `survey.toml`, line 4, column 16: `common_share = NaN` is not possible
    hint: `common_share` is a share from 0 to 1, such as 0.05 for 5%
    "#);
    insta::assert_snapshot!(setting("seed = -1"), @r#"
    exit 2: `survey.toml`, line 4, column 8: `seed = -1` is not possible
    hint: `seed` is a whole number, 0 or more
    "#);
    insta::assert_snapshot!(setting("seed = 99999999999999999999"), @"exit 2: `survey.toml`, line 4, column 8: invalid type: integer `99999999999999999999`, expected a smaller whole number");
    insta::assert_snapshot!(setting("quotes = 0"), @r#"
    exit 2: `survey.toml`, line 4, column 10: `quotes = 0` is not possible
    hint: `quotes` is a whole number from 1 to 100
    "#);
    insta::assert_snapshot!(setting("granularity = \"finer\""), @"exit 2: `survey.toml`, line 4, column 15: unknown value `finer`, expected one of `coarse`, `medium`, `fine`");
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\n[privacy]\ndisclosure = \"some\"\n"), @"exit 2: `survey.toml`, line 4, column 14: unknown value `some`, expected one of `suppress`, `nhs`, `none`");
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\nyear = \"2023\"\n"), @r#"exit 2: `survey.toml`, line 3, column 8: invalid type: string "2023", expected a whole number"#);
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\nheader_rows = 4\n"), @r#"
    exit 2: `survey.toml`, line 3, column 15: `header_rows = 4` is not possible
    hint: `header_rows` is a whole number from 1 to 3
    "#);
}

#[test]
fn case_51_form_errors_are_located() {
    insta::assert_snapshot!(complaint("[survey]\ninput = \"a.csv\"\ninput = \"b.csv\"\n"), @"exit 2: `survey.toml`, line 3, column 1: the key `input` stands there twice");
    insta::assert_snapshot!(complaint("[survey]\ninput = a.csv\n"), @"exit 2: `survey.toml`, line 2, column 9: string values must be quoted, expected literal string");
    insta::assert_snapshot!(complaint("[survey]\ntitle = \"A\"\n"), @"exit 2: `survey.toml`, line 1, column 1: missing key `input`");
    insta::assert_snapshot!(complaint("title = \"A\"\n"), @r#"
    exit 2: `survey.toml`, line 1, column 1: unknown key `title`
    hint: The keys are `survey`, `question`, `previous`, `privacy`, `settings`
    "#);
    insta::assert_snapshot!(complaint(""), @"exit 2: `survey.toml`, line 1, column 1: missing key `survey`");
    insta::assert_snapshot!(complaint(b"[survey]\ntitle = \"caf\xe9\"\n"), @r#"
    exit 2: `survey.toml`, line 2, column 13: a character is not UTF-8
    hint: Save the survey file as UTF-8
    "#);
}

#[test]
fn case_51_a_byte_order_mark_and_windows_line_ends_do_no_harm() {
    let text = format!("\u{feff}{}", FULL.trim_start().replace('\n', "\r\n"));
    assert_eq!(parse(&text), parse(FULL));
    insta::assert_snapshot!(complaint("\u{feff}[survay]\r\n"), @r#"
    exit 2: `survey.toml`, line 1, column 2: unknown key `survay`
    hint: Did you mean `survey`?
    "#);
}

#[test]
fn a_missing_survey_file_is_the_systems_matter() {
    let folder = TempDir::new().unwrap();
    let error = SurveyPlan::from_toml(&folder.path().join("none.toml")).unwrap_err();
    insta::assert_snapshot!(words(&error, folder.path()), @r#"
    exit 1: The survey file `DIR/none.toml` cannot be read
    cause: No such file or directory (os error 2)
    hint: Check its name and folder; a path in a survey file begins where the survey file lies
    "#);
}
