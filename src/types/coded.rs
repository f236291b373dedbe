use super::ThemeId;

/// A segment with the themes it was given: a row of `assignments.csv`, `mentions.csv` and the coded answers.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedSegment {
    /// Index into [`Survey::respondents`](super::Survey::respondents).
    pub respondent: usize,
    /// Number within the answer, from 0.
    pub segment: usize,
    /// First Unicode code point in the original answer.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The span, masked.
    pub text: String,
    /// Its theme; `None` for "no clear theme".
    pub theme: Option<ThemeId>,
    /// A second theme that is nearly as close.
    pub second: Option<ThemeId>,
    /// Cosine to the centre of its theme (or of the nearest one).
    pub similarity: f32,
    /// How much nearer its theme is than the runner-up.
    pub margin: f32,
    /// Whether its theme is the respondent's main theme under this question: true on exactly one segment of each
    /// respondent that has a theme.
    pub primary: bool,
}
