use crate::maths::{ChangeInput, Proportion, changes};
use crate::types::{Change, GoneTheme, Incomparable, QuestionReport, Theme, ThemeId, ThemeStatus};
use std::collections::BTreeMap;

/// A question in the year before.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PreviousQuestion {
    /// The year, or the survey's title where it has none.
    pub label: String,
    /// Respondents with a substantive answer then.
    pub base: usize,
    /// Kish's effective base then, for a weighted survey.
    pub effective_base: Option<f64>,
    /// Its themes then.
    pub themes: BTreeMap<ThemeId, PreviousTheme>,
    /// Themes of now that cannot be set against then.
    pub incomparable: BTreeMap<ThemeId, Incomparable>,
}

/// A theme in the year before.
#[derive(Debug, Clone, PartialEq)]
pub struct PreviousTheme {
    /// Its name.
    pub name: String,
    /// Its share then, 0 to 1; `None` where it was hidden.
    pub share: Option<f64>,
    /// Whether this year's own clustering divides it or puts it together with another.
    pub reshaped: Option<ThemeStatus>,
}

/// Sets `question`'s changes since `previous`, and moves the themes that nobody mentions any more to
/// [`QuestionReport::gone`]. A theme that was not in `previous` is new, unless it is known where it comes from. p values are adjusted over the question's themes.
///
/// `kept` names themes that the researcher keeps even when they are empty.
pub fn compare_years(
    question: &mut QuestionReport,
    previous: &PreviousQuestion,
    kept: &dyn Fn(ThemeId) -> bool,
) {
    let now_base = question.effective_base.unwrap_or(question.base as f64);
    let then_base = previous.effective_base.unwrap_or(previous.base as f64);
    let is_empty = |respondents: Option<usize>| respondents == Some(0);
    question.themes.retain(|theme| {
        !is_empty(theme.respondents) || kept(theme.id) || !previous.themes.contains_key(&theme.id)
    });
    // What had gone before has not gone since.
    let was_there = previous.themes.iter().filter(|(_, theme)| theme.share != Some(0.0));
    let gone: Vec<ThemeId> = was_there
        .map(|(id, _)| *id)
        .filter(|id| question.themes.iter().all(|theme| theme.id != *id))
        .collect();

    let then = |id: &ThemeId| {
        let theme = previous.themes.get(id).filter(|_| !previous.incomparable.contains_key(id))?;
        Proportion::new(theme.share?, then_base)
    };
    let mut inputs: Vec<ChangeInput> = question
        .themes
        .iter()
        .map(|theme| ChangeInput {
            now: theme.share.and_then(|share| Proportion::new(share, now_base)),
            then: then(&theme.id),
            previous_base: Some(previous.base),
            status: status(theme, previous),
        })
        .collect();
    inputs.extend(gone.iter().map(|id| ChangeInput {
        now: Proportion::new(0.0, now_base),
        then: then(id),
        previous_base: Some(previous.base),
        status: Some(ThemeStatus::Gone),
    }));

    let mut changes = changes(&previous.label, &inputs).into_iter();
    for (theme, change) in question.themes.iter_mut().zip(&mut changes) {
        let why = previous.incomparable.get(&theme.id).filter(|_| change.status != ThemeStatus::Gone);
        let words = why.map(|why| why.words(&previous.label));
        theme.change = Some(Change { words: words.unwrap_or(change.words), ..change });
    }
    question.gone = gone
        .into_iter()
        .zip(changes)
        .filter_map(|(id, change)| {
            Some(GoneTheme { id, name: previous.themes.get(&id)?.name.clone(), change })
        })
        .collect();
}

/// What is known of a theme beside its shares.
fn status(theme: &Theme, previous: &PreviousQuestion) -> Option<ThemeStatus> {
    match (previous.incomparable.get(&theme.id), previous.themes.get(&theme.id)) {
        (Some(Incomparable::Added), _) => Some(ThemeStatus::Added),
        (Some(Incomparable::PartOf(_)), _) => Some(ThemeStatus::Split),
        (Some(Incomparable::TookIn(_)), None) => Some(ThemeStatus::Merged),
        (None, None) => Some(ThemeStatus::New),
        (_, Some(_)) if theme.respondents == Some(0) => Some(ThemeStatus::Gone),
        (_, Some(then)) => then.reshaped,
    }
}
