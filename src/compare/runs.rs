//! Runs that were written, side by side.

use super::lineage::incomparable;
use super::{PreviousQuestion, PreviousTheme, compare_years};
use crate::error::Hint;
use crate::maths::Proportion;
use crate::types::{
    Change, Codebook, CodebookTheme, ComparedQuestion, ComparedShare, ComparedTheme, Comparison,
    Incomparable, QuestionReport, Report, Theme, ThemeId, ThemeStatus,
};
use std::collections::{BTreeMap, BTreeSet};

/// A run that was written.
#[derive(Debug, Clone, PartialEq)]
pub struct PastRun {
    /// Its findings.
    pub report: Report,
    /// Its codebook.
    pub codebook: Codebook,
}

impl PastRun {
    /// Its year, or the survey's title where it has none.
    pub fn label(&self) -> String {
        self.report.label()
    }
}

/// Why runs cannot be compared.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// Two of them are of one year.
    #[error("Two of the runs are of `{0}`")]
    SameYear(String),
    /// One does not continue the other.
    #[error("The runs of `{first}` and `{second}` do not have the same themes: {theme} {how}")]
    NotRelated {
        /// A run.
        first: String,
        /// The other.
        second: String,
        /// The first theme that differs.
        theme: ThemeId,
        /// In what.
        how: String,
    },
    /// No question was asked twice.
    #[error("No question of the last run was asked in an earlier one; its columns are `{0}`")]
    NoSharedQuestion(String),
}

impl Hint for CompareError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::SameYear(_) => "Give each survey file its own `year`, and one run of each".into(),
            Self::NotRelated { first, second, .. } => format!(
                "Themes found anew are other themes: run the survey of `{second}` with `--previous` and the folder of `{first}`, \
                 then compare"
            ),
            Self::NoSharedQuestion(_) => {
                "The questions are known by their columns: give them the same names".into()
            }
        })
    }
}

/// Compares runs that continue each other, oldest first: shares with intervals, and the change of each theme since the run
/// before. The last run's names and decisions count; a theme that has since taken in another, or is a part of one that was divided, is not
/// compared with the time before.
///
/// # Errors
/// If two runs are of one year, do not share their themes, or share no question.
pub fn compare_runs(runs: &[PastRun]) -> Result<Comparison, CompareError> {
    check_related(runs)?;
    let labels: Vec<String> = runs.iter().map(PastRun::label).collect();
    let Some((last, earlier)) = runs.split_last() else {
        return Err(CompareError::NoSharedQuestion(String::new()));
    };
    let shared = |question: &&QuestionReport| earlier.iter().any(|run| find(run, &question.column).is_some());
    let questions: Vec<ComparedQuestion> = last
        .report
        .questions
        .iter()
        .filter(shared)
        .map(|question| compare_question(runs, &labels, &last.codebook, question))
        .collect();
    if questions.is_empty() {
        let columns: Vec<&str> = last.report.questions.iter().map(|q| q.column.as_str()).collect();
        return Err(CompareError::NoSharedQuestion(columns.join("`, `")));
    }
    Ok(Comparison { title: last.report.title.clone(), notes: notes(runs, &labels), runs: labels, questions })
}

/// One run continues another when every theme of the one with fewer is a theme of the other, found under the same name.
fn check_related(runs: &[PastRun]) -> Result<(), CompareError> {
    for (i, second) in runs.iter().enumerate() {
        for first in &runs[..i] {
            let (first_label, second_label) = (first.label(), second.label());
            if first_label == second_label {
                return Err(CompareError::SameYear(first_label));
            }
            let (fewer, more) = if first.codebook.next_id <= second.codebook.next_id {
                (first, second)
            } else {
                (second, first)
            };
            let known: BTreeMap<ThemeId, &CodebookTheme> =
                more.codebook.themes.iter().filter_map(|theme| Some((theme.id?, theme))).collect();
            for theme in &fewer.codebook.themes {
                let Some(id) = theme.id else { continue };
                let how = match known.get(&id) {
                    None => "is in one of them only".to_owned(),
                    Some(other)
                        if other.question != theme.question || other.found_name != theme.found_name =>
                    {
                        format!("was found as “{}” and as “{}”", theme.found_name, other.found_name)
                    }
                    Some(_) => continue,
                };
                return Err(CompareError::NotRelated {
                    first: first_label,
                    second: second_label,
                    theme: id,
                    how,
                });
            }
        }
    }
    Ok(())
}

pub(super) fn find<'a>(run: &'a PastRun, column: &str) -> Option<&'a QuestionReport> {
    run.report.questions.iter().find(|question| question.column == column)
}

fn compare_question(
    runs: &[PastRun],
    labels: &[String],
    codebook: &Codebook,
    last: &QuestionReport,
) -> ComparedQuestion {
    let asked: Vec<Option<QuestionReport>> = runs
        .iter()
        .map(|run| find(run, &last.column).map(|question| only_live(question, codebook)))
        .collect();
    let mut changes: Vec<BTreeMap<ThemeId, Change>> = vec![BTreeMap::new(); runs.len()];
    let mut before: Option<(usize, &QuestionReport)> = None;
    for (number, question) in asked.iter().enumerate() {
        let Some(question) = question else { continue };
        if let Some((earlier, then)) = before {
            let why = incomparable((&runs[earlier], &runs[number]), &last.column, codebook);
            changes[number] = changes_since(&labels[earlier], (then, question), codebook, why);
        }
        before = Some((number, question));
    }
    let name = |id: ThemeId| {
        let known = codebook.themes.iter().find(|theme| theme.id == Some(id));
        known.map_or_else(|| id.to_string(), |theme| theme.name.clone())
    };
    ComparedQuestion {
        column: last.column.clone(),
        wording: last.wording.clone(),
        bases: asked.iter().map(|question| question.as_ref().map(|question| question.base)).collect(),
        themes: order(&asked)
            .into_iter()
            .map(|id| ComparedTheme {
                id,
                name: name(id),
                shares: asked.iter().map(|question| share(question.as_ref()?, id)).collect(),
                changes: changes.iter().map(|changes| changes.get(&id).cloned()).collect(),
            })
            .collect(),
    }
}

/// Without the themes that the last run's codebook has merged, divided or dropped.
fn only_live(question: &QuestionReport, codebook: &Codebook) -> QuestionReport {
    let live: BTreeSet<ThemeId> =
        codebook.themes.iter().filter(|theme| theme.is_live()).filter_map(|theme| theme.id).collect();
    let mut question = question.clone();
    question.themes.retain(|theme| live.contains(&theme.id));
    question.gone.retain(|theme| live.contains(&theme.id));
    question
}

/// Ids in the order of the last run that has each, the last run's first.
fn order(asked: &[Option<QuestionReport>]) -> Vec<ThemeId> {
    let mut ids = Vec::new();
    for question in asked.iter().rev().flatten() {
        for id in question.themes.iter().map(|theme| theme.id) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

fn share(question: &QuestionReport, id: ThemeId) -> Option<ComparedShare> {
    if let Some(theme) = question.themes.iter().find(|theme| theme.id == id) {
        let Theme { respondents, share, interval, .. } = *theme;
        return Some(ComparedShare { respondents, share, interval });
    }
    question.gone.iter().find(|gone| gone.id == id)?;
    let base = question.effective_base.unwrap_or(question.base as f64);
    let interval = Proportion::new(0.0, base).map(Proportion::interval);
    Some(ComparedShare { respondents: Some(0), share: Some(0.0), interval })
}

fn changes_since(
    label: &str,
    (then, now): (&QuestionReport, &QuestionReport),
    codebook: &Codebook,
    incomparable: BTreeMap<ThemeId, Incomparable>,
) -> BTreeMap<ThemeId, Change> {
    let reshaped = |id: ThemeId| {
        let theme = now.themes.iter().find(|theme| theme.id == id)?;
        let change = theme.change.as_ref().filter(|change| change.previous == label)?;
        matches!(change.status, ThemeStatus::Split | ThemeStatus::Merged).then_some(change.status)
    };
    let ids = then.themes.iter().map(|theme| (theme.id, &theme.name));
    let ids = ids.chain(then.gone.iter().map(|gone| (gone.id, &gone.name)));
    let themes = ids.map(|(id, name)| {
        let share = share(then, id).and_then(|share| share.share);
        (id, PreviousTheme { name: name.clone(), share, reshaped: reshaped(id) })
    });
    let previous = PreviousQuestion {
        label: label.to_owned(),
        base: then.base,
        effective_base: then.effective_base,
        themes: themes.collect(),
        incomparable,
    };
    let kept = |id: ThemeId| codebook.themes.iter().any(|theme| theme.id == Some(id) && theme.keep);
    let mut now = now.clone();
    compare_years(&mut now, &previous, &kept);
    let here = now.themes.into_iter().filter_map(|theme| Some((theme.id, theme.change?)));
    here.chain(now.gone.into_iter().map(|gone| (gone.id, gone.change))).collect()
}

/// Changed wordings, and models and rules for small counts that differ between the runs.
fn notes(runs: &[PastRun], labels: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    for (number, now) in runs.iter().enumerate() {
        for question in &now.report.questions {
            let earlier =
                (0..number).rev().find_map(|then| Some((then, find(&runs[then], &question.column)?)));
            let Some((then, before)) = earlier else { continue };
            if before.wording.trim() != question.wording.trim() {
                notes.push(format!(
                    "The wording of “{}” has changed since {}: then it was “{}”. A change in its themes may come from that",
                    question.wording, labels[then], before.wording
                ));
            }
        }
    }
    for (i, pair) in runs.windows(2).enumerate() {
        let [then, now] = pair else { continue };
        if then.report.run.model_sha256 != now.report.run.model_sha256 {
            notes.push(format!(
                "The run of {} used the model `{}`, that of {} `{}`: a change may come from that",
                labels[i],
                then.report.run.model,
                labels[i + 1],
                now.report.run.model
            ));
        }
        if then.report.disclosure != now.report.disclosure {
            notes.push(format!(
                "The runs of {} and {} hide small counts by different rules: what one shows may give back what the other hides, so keep \
                 them and this comparison within the team",
                labels[i],
                labels[i + 1]
            ));
        }
    }
    notes
}
