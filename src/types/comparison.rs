use super::{Change, ThemeId};
use serde::Serialize;

/// Runs of a survey side by side, in the order given, oldest first. Figures are those that the runs published; what a run hid
/// stays hidden.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Comparison {
    /// Title of the last run's survey.
    pub title: String,
    /// Year of each run, or its survey's title.
    pub runs: Vec<String>,
    /// The questions of the last run that an earlier run asked too.
    pub questions: Vec<ComparedQuestion>,
    /// Things the reader must know, in plain English, such as a changed wording.
    pub notes: Vec<String>,
}

/// A question in several runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedQuestion {
    /// Column of the input.
    pub column: String,
    /// The words that respondents saw in the last run.
    pub wording: String,
    /// Respondents with a substantive answer, by run; `None` where the run did not ask it.
    pub bases: Vec<Option<usize>>,
    /// Largest in the last run first, then those that have gone.
    pub themes: Vec<ComparedTheme>,
}

/// A theme in several runs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ComparedTheme {
    /// Its id.
    pub id: ThemeId,
    /// Its name in the last run.
    pub name: String,
    /// By run; `None` where the run does not know the theme.
    pub shares: Vec<Option<ComparedShare>>,
    /// By run: the change since the run before it that asked the question. p values are adjusted over the themes of each pair of
    /// runs.
    pub changes: Vec<Option<Change>>,
}

/// A theme's share in one run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ComparedShare {
    /// Respondents who mention it; `None` where hidden.
    pub respondents: Option<usize>,
    /// Of the base; `None` where hidden.
    pub share: Option<f64>,
    /// Wilson 95% interval of the share.
    pub interval: Option<(f64, f64)>,
}
