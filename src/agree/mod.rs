//! A run against people: how well its themes agree with a human-coded sample.
//!
//! Only answers that both have coded count. An answer may have several themes and several codes. Agreement by theme treats
//! each as a yes or no per answer; the overall figures compare the main theme with the first code, "no clear theme" being a
//! theme of its own.

mod error;
mod files;
mod figures;
mod table;
#[cfg(test)]
mod tests;

pub use error::AgreeError;
pub use files::{read_human, read_run};
pub use table::write_agreement;

use figures::{Sample, bootstrap, confusion, disagreements, overall, theme_rows};
use serde::Serialize;
use std::collections::BTreeMap;

/// An answer: respondent id and column of the question.
pub type AnswerKey = (String, String);

/// The themes or codes of answers, first the main one; empty for none.
pub type Coding = BTreeMap<AnswerKey, Vec<String>>;

/// Settings of [`agree`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AgreeParams {
    /// Bootstrap resamples of the answers. Default: 1000.
    pub resamples: usize,
    /// Seed of the resampling. Default: 42.
    pub seed: u64,
}

impl Default for AgreeParams {
    fn default() -> Self {
        Self { resamples: 1000, seed: 42 }
    }
}

/// A figure with its bootstrap interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figure {
    /// The figure.
    pub value: f64,
    /// Its 95% interval.
    pub interval: (f64, f64),
}

/// How well a run agrees with people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// Column of the question.
    pub question: String,
    /// Answers coded by both.
    pub answers: usize,
    /// Mean Cohen's kappa over the themes with their best codes; `None` where none can be computed.
    pub mean_kappa: Option<Figure>,
    /// Adjusted mutual information of main theme and first code.
    pub ami: Figure,
    /// Mean over the codes, by their size, of the F1 of the theme that fits best.
    pub best_match_f1: Figure,
    /// Per theme, the code that fits it best.
    pub themes: Vec<ThemeAgreement>,
    /// Answers by main theme (rows) and first code (columns).
    pub confusion: Confusion,
    /// Answers whose themes match none of their codes, for reading.
    pub disagreements: Vec<Disagreement>,
}

/// A theme with the code that fits it best.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThemeAgreement {
    /// The theme.
    pub theme: String,
    /// The code with the largest F1; ties go to the first by name. `None` where no code shares an answer.
    pub code: Option<String>,
    /// Answers with the theme.
    pub answers: usize,
    /// Of them, with the code.
    pub shared: usize,
    /// F1 of theme and code.
    pub f1: f64,
    /// Cohen's kappa of theme and code.
    pub kappa: Option<f64>,
}

/// A table of theme against code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// Themes, by name; an empty one is "no clear theme".
    pub themes: Vec<String>,
    /// Codes, by name.
    pub codes: Vec<String>,
    /// Answers, theme by code.
    pub counts: Vec<Vec<usize>>,
}

/// An answer that people coded otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Disagreement {
    /// Who wrote it.
    pub respondent_id: String,
    /// Its themes.
    pub themes: Vec<String>,
    /// Its codes.
    pub codes: Vec<String>,
}

/// Compares a run with a human-coded sample, question by question. Human codes without a question (an empty column name)
/// count for the run's only question.
///
/// # Errors
/// If a sample without a question meets a run of several, or nothing was coded by both.
pub fn agree(run: &Coding, human: &Coding, params: AgreeParams) -> Result<Vec<Agreement>, AgreeError> {
    let mut questions: Vec<&str> = run.keys().map(|key| key.1.as_str()).collect();
    questions.sort_unstable();
    questions.dedup();
    let unnamed = human.keys().any(|key| key.1.is_empty());
    if unnamed && questions.len() > 1 {
        return Err(AgreeError::WhichQuestion(questions.join("`, `")));
    }
    let mut found = Vec::new();
    for question in questions {
        let human_question = if unnamed { "" } else { question };
        let sample = Sample::new(run, human, question, human_question);
        if sample.len() > 0 {
            found.push(one_question(question, &sample, params));
        }
    }
    if found.is_empty() { Err(AgreeError::NothingShared) } else { Ok(found) }
}

fn one_question(question: &str, sample: &Sample, params: AgreeParams) -> Agreement {
    let all: Vec<usize> = (0..sample.len()).collect();
    let values = overall(sample, &all);
    let spread = bootstrap(sample, values, params);
    let figure = |n: usize| Figure { value: values[n].unwrap_or(0.0), interval: spread[n] };
    Agreement {
        question: question.to_owned(),
        answers: sample.len(),
        mean_kappa: values[0].map(|_| figure(0)),
        ami: figure(1),
        best_match_f1: figure(2),
        themes: theme_rows(sample, &all),
        confusion: confusion(sample),
        disagreements: disagreements(sample),
    }
}
