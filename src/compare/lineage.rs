//! What the researcher has made of themes between two runs, by what each run counted by itself.

use super::PastRun;
use super::runs::find;
use crate::types::{Codebook, CodebookTheme, Incomparable, QuestionReport, ThemeId};
use std::collections::{BTreeMap, BTreeSet};

/// Themes of `now` that cannot be set against `then`, by the decisions of `codebook`, the last run's. The codebook's own counts do not
/// tell: a run of the same year with the edited codebook has written over them.
pub(super) fn incomparable(
    (then, now): (&PastRun, &PastRun),
    column: &str,
    codebook: &Codebook,
) -> BTreeMap<ThemeId, Incomparable> {
    let (Some(before), Some(after)) = (find(then, column), find(now, column)) else {
        return BTreeMap::new();
    };
    let (counted, counted_now) = (listed(before), listed(after));
    let themes: BTreeMap<ThemeId, &CodebookTheme> =
        codebook.themes.iter().filter_map(|theme| Some((theme.id?, theme))).collect();
    let mut merged: BTreeMap<ThemeId, Vec<ThemeId>> = BTreeMap::new();
    let mentioned = before.themes.iter().filter(|theme| theme.respondents != Some(0)).map(|theme| theme.id);
    // What both runs counted by itself was merged after them.
    for id in mentioned.filter(|id| !counted_now.contains(id)) {
        let end = end(id, &themes);
        if end != id {
            merged.entry(end).or_default().push(id);
        }
    }
    let mut found: BTreeMap<ThemeId, Incomparable> = BTreeMap::new();
    for (id, mut ids) in merged {
        ids.sort();
        found.insert(id, Incomparable::TookIn(ids));
    }
    for id in counted_now.difference(&counted) {
        if let Some(whole) = whole(*id, &themes, &counted) {
            found.insert(*id, Incomparable::PartOf(whole));
        } else if is_added(*id, &themes, &then.codebook) {
            // One that others were merged into is not only that.
            found.entry(*id).or_insert(Incomparable::Added);
        }
    }
    found
}

/// The themes that a question's report has a figure of.
fn listed(question: &QuestionReport) -> BTreeSet<ThemeId> {
    let gone = question.gone.iter().map(|theme| theme.id);
    question.themes.iter().map(|theme| theme.id).chain(gone).collect()
}

/// The theme that `id` was merged into in the end.
fn end(id: ThemeId, themes: &BTreeMap<ThemeId, &CodebookTheme>) -> ThemeId {
    let into = |id: &ThemeId| themes.get(id).and_then(|theme| theme.merge_into);
    // A codebook that was read has no circle; one that was not must not hang.
    std::iter::successors(Some(id), into).take(themes.len() + 1).last().unwrap_or(id)
}

/// The theme that `then` counted and that `id` is a part of, or a part of a part.
fn whole(
    id: ThemeId,
    themes: &BTreeMap<ThemeId, &CodebookTheme>,
    counted: &BTreeSet<ThemeId>,
) -> Option<ThemeId> {
    let above =
        |id: &ThemeId| themes.iter().find(|(_, theme)| theme.split_into.contains(id)).map(|(id, _)| *id);
    std::iter::successors(above(&id), above).take(themes.len()).find(|whole| counted.contains(whole))
}

/// Whether the researcher wrote it and the run with the codebook `then` had not looked for it.
fn is_added(id: ThemeId, themes: &BTreeMap<ThemeId, &CodebookTheme>, then: &Codebook) -> bool {
    let was_known = then.themes.iter().any(|theme| theme.id == Some(id));
    !was_known && themes.get(&id).is_some_and(|theme| theme.is_researchers())
}
