use serde::{Deserialize, Serialize};

/// One survey year as read: respondents in the order of their ids, so that no result depends on the order of rows.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Survey {
    /// Title as printed on the report.
    pub title: String,
    /// Survey year, where the survey file names one.
    pub year: Option<i32>,
    /// The open-ended questions, in the order of the survey file.
    pub questions: Vec<Question>,
    /// The closed columns that answers may be compared by.
    pub groups: Vec<GroupColumn>,
    /// Template of a quote's attribution, such as `SPLW, {employer}, {year}`; `None` prints none.
    pub attribution: Option<String>,
    /// Everyone in the input, sorted by id.
    pub respondents: Vec<Respondent>,
}

impl Survey {
    /// The respondent with this id.
    pub fn respondent(&self, id: &str) -> Option<&Respondent> {
        let at = self.respondents.binary_search_by(|respondent| respondent.id.as_str().cmp(id)).ok()?;
        self.respondents.get(at)
    }
}

/// An open-ended question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Name of its column in the input.
    pub column: String,
    /// The words that respondents saw; the column name where the survey file gives none.
    pub wording: String,
}

/// A closed column, such as `employer`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupColumn {
    /// Name of its column in the input.
    pub column: String,
}

/// A person who returned the survey.
#[derive(Debug, Clone, PartialEq)]
pub struct Respondent {
    /// Id in the input, unique within the survey; `row-N` where the input has none.
    pub id: String,
    /// Row of the input, counted from 1 with the header rows, as a spreadsheet shows it; only for messages.
    pub row: usize,
    /// One value per [`Survey::groups`]; `None` where the cell is blank.
    pub groups: Vec<Option<String>>,
    /// Whether the respondent may be quoted. `true` where the survey has no consent column.
    pub may_be_quoted: bool,
    /// Survey weight, positive and finite; 1 where the survey has no weight column.
    pub weight: f64,
    /// One answer per [`Survey::questions`].
    pub answers: Vec<Answer>,
}

impl Respondent {
    /// The id of a respondent who has none, or none that may be shown.
    pub fn row_id(&self) -> String {
        format!("row-{}", self.row)
    }
}

/// What a respondent wrote under one question, untouched. Blank answers hold an empty or white string.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The text of the cell.
    pub text: String,
}
