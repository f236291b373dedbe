use serde::{Deserialize, Serialize};

/// A half-open range of **bytes** in an answer, always on character boundaries of that answer.
///
/// Exports turn it into Unicode code-point offsets with [`Span::code_points`], since their readers count characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The spanned part of `text`; empty where the span does not fit it.
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// The same span in Unicode code points of `text`, `(start, end)`.
    pub fn code_points(self, text: &str) -> (usize, usize) {
        let before = text.get(..self.start).unwrap_or_default().chars().count();
        (before, before + self.slice(text).chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_not_bytes() {
        let text = "£5 – tea";
        let span = Span::new("£5 ".len(), "£5 –".len());
        assert_eq!(span.slice(text), "–");
        assert_eq!(span.code_points(text), (3, 4));
    }
}
