//! Bad and odd inputs, each with the exact words that a user reads.

mod columns;
mod encodings;
mod exports;
mod files;
mod hostile;
mod rows;
mod survey_file;
mod titles;
mod workbooks;

use std::fmt::Write;
use std::path::Path;
use tempfile::TempDir;
use verbatim::Hint;
use verbatim::read::{PlannedQuestion, ReadError, ReadOutcome, SurveyPlan, read_survey};

/// A folder with one input file and a plan for it.
pub(crate) struct Case {
    pub(crate) folder: TempDir,
    pub(crate) plan: SurveyPlan,
}

impl Case {
    /// `content` as file `name`, with the open-ended column `comment`.
    pub(crate) fn new(name: &str, content: impl AsRef<[u8]>) -> Self {
        let folder = TempDir::new().unwrap();
        let input = folder.path().join(name);
        fs_err::write(&input, content).unwrap();
        let questions = vec![PlannedQuestion { column: "comment".into(), wording: None }];
        Self { folder, plan: SurveyPlan { input, questions, ..SurveyPlan::default() } }
    }

    /// The same without a word on the columns.
    pub(crate) fn bare(name: &str, content: impl AsRef<[u8]>) -> Self {
        let mut case = Self::new(name, content);
        case.plan.questions.clear();
        case
    }

    pub(crate) fn read(&self) -> ReadOutcome {
        match read_survey(&self.plan) {
            Ok(outcome) => outcome,
            Err(error) => panic!("{}", words(&error, self.folder.path())),
        }
    }

    /// What the user reads when it fails: message, causes and hint, with the exit code in front.
    pub(crate) fn words(&self) -> String {
        words(&read_survey(&self.plan).expect_err("it must fail"), self.folder.path())
    }

    /// Answers to the first question, respondents in the order of their ids.
    pub(crate) fn answers(&self) -> Vec<String> {
        answers(&self.read())
    }

    pub(crate) fn warnings(&self) -> String {
        self.read().warnings.join("\n")
    }

    /// What was done with each column.
    pub(crate) fn columns(&self) -> String {
        let columns = self.read().summary.columns;
        columns.iter().map(|(name, used)| format!("{name}: {used}")).collect::<Vec<_>>().join("\n")
    }
}

pub(crate) fn answers(outcome: &ReadOutcome) -> Vec<String> {
    outcome.survey.respondents.iter().map(|respondent| respondent.answers[0].text.clone()).collect()
}

pub(crate) fn ids(outcome: &ReadOutcome) -> Vec<&str> {
    outcome.survey.respondents.iter().map(|respondent| respondent.id.as_str()).collect()
}

pub(crate) fn words(error: &ReadError, folder: &Path) -> String {
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

/// Rows `1,comment`, `2,comment` and so on.
pub(crate) fn numbered(n: usize, comment: &str) -> String {
    (1..=n).map(|i| format!("{i},{comment}\n")).collect::<Vec<_>>().concat()
}
