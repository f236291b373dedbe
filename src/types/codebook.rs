use super::{Question, Stability, ThemeId, ThemeStatus};
use serde::{Deserialize, Serialize};

/// Version of [`Codebook`] that this build writes.
pub const CODEBOOK_SCHEMA: u32 = 1;

/// The themes of a survey with the researcher's decisions: it is written by every run, edited by hand or in Excel, and read by
/// the next run or the next year's.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Codebook {
    /// Version of this form; a reader refuses a newer one.
    pub schema: u32,
    /// Title of the survey.
    pub survey: String,
    /// Name of the model that made the vectors beside the codebook.
    pub model: String,
    /// sha256 of the model file. Vectors of different models are never compared.
    pub model_sha256: String,
    /// Number of the next new theme. Every id below it was given to a theme and stands in the file for good, so that a
    /// deleted row is noticed and no id is used twice.
    pub next_id: u32,
    /// The questions, in the order of the survey.
    #[serde(default, rename = "question")]
    pub questions: Vec<Question>,
    /// The themes, in the order of the questions, then of their ids.
    #[serde(default, rename = "theme")]
    pub themes: Vec<CodebookTheme>,
    /// Answers that the researcher has put into a theme or taken out of one.
    #[serde(default, rename = "pin", skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
}

/// A theme in the codebook.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodebookTheme {
    /// Its id, which never changes. A theme that the researcher adds needs none: it gets the next free one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ThemeId>,
    /// Column of its question.
    pub question: String,
    /// Heading. May be edited; an edited name is never overwritten.
    pub name: String,
    /// The heading that the program found.
    #[serde(default)]
    pub found_name: String,
    /// One sentence, key words between `**`. May be edited; an edited one is never overwritten.
    #[serde(default)]
    pub statement: String,
    /// The statement that the program found.
    #[serde(default)]
    pub found_statement: String,
    /// What belongs to the theme and what does not, in the researcher's words. Never changed by the program.
    #[serde(default)]
    pub definition: String,
    /// Words and phrases typical of it, best first.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Two or three masked quotes; for an added theme, the sentences that say what it is.
    #[serde(default)]
    pub examples: Vec<String>,
    /// What became of it in the last run.
    #[serde(default)]
    pub state: ThemeState,
    /// Against the year before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ThemeStatus>,
    /// Decision: its answers count under that theme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merge_into: Option<ThemeId>,
    /// Decision: divide it in the next run. The program then fills `split_into` and clears this.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub split: bool,
    /// The themes that it was divided into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub split_into: Vec<ThemeId>,
    /// Decision: it is not reported, and its answers count under no theme.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub drop: bool,
    /// Decision: it is reported even when nobody mentions it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub keep: bool,
    /// Resamples in which it was found again when it was found, of `resamples`: what is gone on with is not found anew.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub found_again: u32,
    /// 0 for a theme that was not found by clustering alone.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub resamples: u32,
    /// Counts by year, oldest first.
    #[serde(default, rename = "year", skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<YearCount>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

impl CodebookTheme {
    /// How stable it was when it was found; `None` if it was not found by clustering alone.
    pub fn stability(&self) -> Option<Stability> {
        Stability::of_counts(self.found_again, self.resamples)
    }

    /// Whether the researcher wrote it: the program never found a name for it.
    pub fn is_researchers(&self) -> bool {
        self.found_name.is_empty()
    }

    /// The statement that the researcher wrote; without one it is made of each year's answers.
    pub fn written_statement(&self) -> Option<&str> {
        Some(self.statement.as_str()).filter(|said| !said.is_empty() && *said != self.found_statement)
    }

    /// Whether answers may be put into it: it was not merged, divided or dropped.
    pub fn is_live(&self) -> bool {
        self.merge_into.is_none() && self.split_into.is_empty() && !self.drop
    }
}

/// Where a theme comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeState {
    /// The researcher wrote it; no run has looked for it yet.
    #[default]
    Added,
    /// A run has found it or looked for it.
    Known,
}

/// A theme's count in one year, as published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearCount {
    /// The year, or the survey's title where it has none.
    pub year: String,
    /// Respondents who mention it; absent where it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondents: Option<usize>,
    /// Respondents with a substantive answer.
    pub base: usize,
    /// Its share, 0 to 1, weighted where the survey has weights; absent where it is hidden.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub share: Option<f64>,
    /// Kish's effective base of a weighted survey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_base: Option<f64>,
}

/// An answer put into a theme or taken out of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Column of the question.
    pub question: String,
    /// Who wrote it.
    pub respondent_id: String,
    /// Which segment, from 0; the whole answer if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub segment: Option<usize>,
    /// The theme.
    pub theme: ThemeId,
    /// `true` to take it out of the theme; by default it is put in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub away: bool,
}
