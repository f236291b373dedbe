//! What a person decided about the quotes of an earlier run: `quotes-review.csv` read back.
//!
//! A decision is about the words of one respondent, whatever theme they stand in: approved words may be printed, and of
//! rejected ones no part is quoted again. Nor are the very words that were rejected when somebody else wrote them, under any question: a
//! reader of the report could not tell them from what was rejected.

mod error;
mod file;
#[cfg(test)]
mod tests;

pub use error::ReviewError;
pub use file::read_review;

use crate::types::{Decision, ReviewRow};
use std::collections::{BTreeMap, BTreeSet};

/// Decisions on quotes. Empty unless an earlier run was reviewed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Review {
    /// Rows with a decision, in the order of the file.
    rows: Vec<ReviewRow>,
    /// Indices into `rows` by question and respondent.
    index: BTreeMap<(String, String), Vec<usize>>,
    /// Letters of the rejected rows.
    rejected: BTreeSet<String>,
}

/// Words that might be quoted.
#[derive(Debug, Clone, Copy)]
pub struct Passage<'a> {
    /// Column of the question.
    pub question: &'a str,
    /// Who wrote them.
    pub respondent_id: &'a str,
    /// First Unicode code point in the answer.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The words, masked.
    pub text: &'a str,
}

impl Review {
    /// The review that these rows make; those without a decision are left out.
    pub fn new(rows: impl IntoIterator<Item = ReviewRow>) -> Self {
        let mut review = Self::default();
        for row in rows.into_iter().filter(|row| row.decision.is_some()) {
            let key = (row.question.clone(), row.respondent_id.clone());
            review.index.entry(key).or_default().push(review.rows.len());
            if row.decision == Some(Decision::Reject) {
                review.rejected.insert(letters(&row.text));
            }
            review.rows.push(row);
        }
        review
    }

    /// Rows with a decision.
    pub fn rows(&self) -> &[ReviewRow] {
        &self.rows
    }

    /// How many rows have this decision.
    pub fn count(&self, decision: Decision) -> usize {
        self.rows.iter().filter(|row| row.decision == Some(decision)).count()
    }

    /// What was decided about a passage: approved if the very words were, rejected if any part of them was, or the very words whoever
    /// wrote them.
    pub fn decision_on(&self, passage: Passage<'_>) -> Option<Decision> {
        let key = (passage.question.to_owned(), passage.respondent_id.to_owned());
        let text = letters(passage.text);
        if !text.is_empty() && self.rejected.contains(&text) {
            return Some(Decision::Reject);
        }
        let rows: Vec<&ReviewRow> = self.index.get(&key)?.iter().filter_map(|i| self.rows.get(*i)).collect();
        let touches = |row: &&ReviewRow| {
            let overlaps = row.start < passage.end && passage.start < row.end;
            overlaps || holds(&letters(&row.text), &text) || holds(&text, &letters(&row.text))
        };
        let is = |row: &ReviewRow, decision| row.decision == Some(decision);
        if rows.iter().any(|row| is(row, Decision::Reject) && touches(row)) {
            return Some(Decision::Reject);
        }
        let same = |row: &&ReviewRow| is(row, Decision::Approve) && letters(&row.text) == text;
        rows.iter().any(same).then_some(Decision::Approve)
    }

    /// The rows whose words still stand in the answer that `masked_answer` gives for their question and respondent, and those whose
    /// words do not: the answer or the id was changed, or it is another survey.
    pub fn still_true(&self, masked_answer: impl Fn(&str, &str) -> Option<String>) -> (Self, Vec<ReviewRow>) {
        let stands = |row: &ReviewRow| {
            masked_answer(&row.question, &row.respondent_id)
                .is_some_and(|answer| holds(&letters(&answer), &letters(&row.text)))
        };
        let (kept, left): (Vec<_>, Vec<_>) = self.rows.iter().cloned().partition(stands);
        (Self::new(kept), left)
    }
}

fn holds(text: &str, part: &str) -> bool {
    !part.is_empty() && text.contains(part)
}

/// Letters and digits alone, in lower case: what a spreadsheet leaves as it is.
pub(crate) fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
