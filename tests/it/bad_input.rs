//! Bad and odd inputs, each with the exact words that a user reads.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use verbatim::Hint;
use verbatim::read::{PlannedQuestion, ReadError, ReadOutcome, SurveyPlan, read_survey};

/// A folder with one input file and a plan for it.
struct Case {
    folder: TempDir,
    plan: SurveyPlan,
}

impl Case {
    /// `content` as file `name`, with the open-ended column `comment`.
    fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = TempDir::new().unwrap();
        let input = folder.path().join(name);
        fs_err::write(&input, content).unwrap();
        let questions = vec![PlannedQuestion { column: "comment".into(), wording: None }];
        Self { folder, plan: SurveyPlan { input, questions, ..SurveyPlan::default() } }
    }

    fn read(&self) -> Result<ReadOutcome, ReadError> {
        read_survey(&self.plan)
    }

    /// What the user reads when it fails: message, causes and hint, with the exit code in front.
    fn words(&self) -> String {
        words(&self.read().expect_err("it must fail"), self.folder.path())
    }

    fn answers(&self) -> Vec<String> {
        answers(&self.read().unwrap())
    }
}

fn answers(outcome: &ReadOutcome) -> Vec<String> {
    outcome.survey.respondents.iter().map(|respondent| respondent.answers[0].text.clone()).collect()
}

fn words(error: &ReadError, folder: &Path) -> String {
    let mut words = format!("exit {}: {error}", if error.is_usage() { 2 } else { 1 });
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        write!(words, "\ncause: {error}").unwrap();
        cause = error.source();
    }
    if let Some(hint) = error.hint() {
        write!(words, "\nhint: {hint}").unwrap();
    }
    words.replace(&*folder.to_string_lossy(), "DIR")
}

/// What a survey file's mistake reads like.
fn toml_words(text: &str) -> String {
    let folder = TempDir::new().unwrap();
    let path: PathBuf = folder.path().join("survey.toml");
    fs_err::write(&path, text).unwrap();
    words(&SurveyPlan::from_toml(&path).expect_err("it must fail"), folder.path())
}

#[test]
fn case_01_an_empty_file_is_named() {
    insta::assert_snapshot!(Case::new("a.csv", "").words(), @r#"
    exit 1: `a.csv` is empty
    hint: Export the answers again, with a header row and a row per respondent
    "#);
    insta::assert_snapshot!(Case::new("a.csv", " \r\n\n").words(), @r#"
    exit 1: `a.csv` is empty
    hint: Export the answers again, with a header row and a row per respondent
    "#);
}

#[test]
fn case_02_a_header_alone_is_no_survey() {
    insta::assert_snapshot!(Case::new("a.csv", "id,comment\n").words(), @r#"
    exit 1: `a.csv` has a header but no rows
    hint: Export the answers again, with a row per respondent under the header
    "#);
}

#[test]
fn case_03_a_byte_order_mark_is_not_part_of_the_first_name() {
    let case = Case::new("a.csv", "\u{feff}comment,id\nFine,1\n");
    assert_eq!(case.answers(), ["Fine"]);
    assert_eq!(case.read().unwrap().summary.encoding.as_deref(), Some("UTF-8 with BOM"));
}

#[test]
fn case_20_a_missing_column_is_named_with_the_nearest() {
    let mut case = Case::new("survey_2024.csv", "id,year,comment\n1,2024,Fine\n");
    case.plan.questions[0].column = "coment".into();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `coment` was not found in `survey_2024.csv`
    hint: Did you mean `comment`?
    "#);
    case.plan.questions[0].column = "What else?".into();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `What else?` was not found in `survey_2024.csv`
    hint: The columns are `id`, `year`, `comment`
    "#);
}

#[test]
fn case_51_a_survey_file_is_checked_key_by_key() {
    insta::assert_snapshot!(toml_words("[survey]\ninput = \"a.csv\"\nrespondent = \"id\"\n"), @r#"
    exit 2: Unknown key `respondent` in `survey.toml`, line 3, column 1
    hint: Did you mean `respondent_id`?
    "#);
}
