use super::Span;

/// What became of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AnswerKind {
    /// It says something.
    Substantive,
    /// It says nothing; it counts as "no comment".
    NonAnswer(NonAnswer),
}

/// Why an answer counts as "no comment".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NonAnswer {
    /// Nothing but white space.
    Blank,
    /// Nothing but punctuation or other characters without a letter or digit.
    NoWords,
    /// A phrase such as "n/a", "nothing", "as above".
    Phrase,
}

/// A span of an answer that holds one idea.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// Index into [`Survey::respondents`](super::Survey::respondents).
    pub respondent: usize,
    /// Number within the answer, from 0.
    pub number: usize,
    /// Where it stands in the answer.
    pub span: Span,
    /// Index into [`Corpus::texts`].
    pub text: usize,
}

/// All segments of one question, with their distinct masked texts.
///
/// The same text given many times is one text here: it is embedded and clustered once and counted for each respondent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Corpus {
    /// In the order of respondents, then of their place in the answer.
    pub segments: Vec<Segment>,
    /// Distinct masked texts in lexical order, so that nothing later depends on the order of rows.
    pub texts: Vec<String>,
    /// Number of segments with each text; same length as `texts`.
    pub counts: Vec<usize>,
}
