/// A quote, or an answer that a statement is taken from, that a person should read before it is published: a row of `quotes-review.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewRow {
    /// Column of the question.
    pub question: String,
    /// Its theme.
    pub theme: super::ThemeId,
    /// Who wrote it.
    pub respondent_id: String,
    /// First Unicode code point in the answer.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The span, masked.
    pub text: String,
    /// The marks in it, such as `[name]`, in their order.
    pub marks: Vec<String>,
    /// Why it may give somebody away, in plain English; empty where nothing was noticed.
    pub risks: Vec<String>,
    /// What the researcher decided in an earlier review.
    pub decision: Option<Decision>,
}

/// A researcher's word on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It may be published.
    Approve,
    /// It may not; the next best takes its place.
    Reject,
}

impl Decision {
    /// The word in the `decision` column.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
        }
    }
}
