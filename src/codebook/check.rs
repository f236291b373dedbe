//! Whether a codebook's rows fit together.

use super::CodebookError;
use crate::types::{Codebook, CodebookTheme, ThemeId, ThemeState};
use std::collections::{BTreeMap, BTreeSet};

/// Gives added themes their ids and checks every rule; the message names the row.
pub(super) fn check(codebook: &mut Codebook) -> Result<(), CodebookError> {
    number_added(codebook)?;
    check_questions(codebook)?;
    let themes = by_id(codebook)?;
    for number in 1..codebook.next_id {
        let id = ThemeId::new(number).unwrap_or(ThemeId::FIRST);
        if !themes.contains_key(&id) {
            return wrong(format!("the row of theme {id} was deleted"));
        }
    }
    for (id, theme) in &themes {
        check_theme(*id, theme, &themes)?;
        resolve(*id, &themes)?;
    }
    let mut pinned: BTreeMap<(&str, &str, Option<usize>), ThemeId> = BTreeMap::new();
    for (row, pin) in codebook.pins.iter().enumerate() {
        let place = format!("pin {} (`{}`, question `{}`)", row + 1, pin.respondent_id, pin.question);
        let Some(theme) = themes.get(&pin.theme) else {
            return wrong(format!("{place} names theme {}, which does not exist", pin.theme));
        };
        if theme.question != pin.question {
            return wrong(format!("{place} names theme {} of question `{}`", pin.theme, theme.question));
        }
        let key = (pin.question.as_str(), pin.respondent_id.as_str(), pin.segment);
        if !pin.away && pinned.insert(key, pin.theme).is_some_and(|other| other != pin.theme) {
            return wrong(format!("{place} puts the same answer into a second theme, {}", pin.theme));
        }
    }
    Ok(())
}

fn wrong<T>(what: String) -> Result<T, CodebookError> {
    Err(CodebookError::Inconsistent(what))
}

fn number_added(codebook: &mut Codebook) -> Result<(), CodebookError> {
    if codebook.next_id == 0 || codebook.next_id > 1_000_000 {
        return wrong(format!("`next_id` is {}", codebook.next_id));
    }
    for (row, theme) in codebook.themes.iter_mut().enumerate() {
        if theme.id.is_none() {
            if theme.state != ThemeState::Added {
                return wrong(format!("row {} (`{}`) has lost its id", row + 1, theme.name));
            }
            theme.id = ThemeId::new(codebook.next_id);
            codebook.next_id += 1;
        }
    }
    Ok(())
}

/// An added theme of a question that nobody knows would never be looked for.
fn check_questions(codebook: &Codebook) -> Result<(), CodebookError> {
    let found = codebook.themes.iter().filter(|theme| theme.state == ThemeState::Known);
    let asked = codebook.questions.iter().map(|question| &question.column);
    let known: BTreeSet<&String> = asked.chain(found.map(|theme| &theme.question)).collect();
    match codebook.themes.iter().find(|theme| !known.contains(&theme.question)) {
        Some(theme) if !known.is_empty() => {
            let known: Vec<&str> = known.into_iter().map(String::as_str).collect();
            wrong(format!(
                "the theme `{}` is of the question `{}`, and the codebook knows only `{}`",
                theme.name,
                theme.question,
                known.join("`, `")
            ))
        }
        _ => Ok(()),
    }
}

fn by_id(codebook: &Codebook) -> Result<BTreeMap<ThemeId, &CodebookTheme>, CodebookError> {
    let mut themes = BTreeMap::new();
    for (row, theme) in codebook.themes.iter().enumerate() {
        let Some(id) = theme.id else { continue };
        if id.number() >= codebook.next_id {
            return wrong(format!(
                "row {} has the unknown id {id}; a new theme is written without an id",
                row + 1
            ));
        }
        if themes.insert(id, theme).is_some() {
            return wrong(format!(
                "two rows have the id {id}, the second is row {} (`{}`)",
                row + 1,
                theme.name
            ));
        }
    }
    Ok(themes)
}

fn check_theme(
    id: ThemeId,
    theme: &CodebookTheme,
    themes: &BTreeMap<ThemeId, &CodebookTheme>,
) -> Result<(), CodebookError> {
    if theme.name.trim().is_empty() {
        return wrong(format!("theme {id} has no name"));
    }
    if theme.state == ThemeState::Added && theme.examples.iter().all(|example| example.trim().is_empty()) {
        return wrong(format!("theme {id} (`{}`) was added without an example sentence", theme.name));
    }
    if theme.split && (theme.merge_into.is_some() || theme.drop) {
        return wrong(format!("theme {id} is to be divided and merged or dropped at once"));
    }
    if theme.drop && (theme.merge_into.is_some() || theme.keep) {
        return wrong(format!("theme {id} is to be dropped and kept or merged at once"));
    }
    for other in theme.merge_into.iter().chain(&theme.split_into) {
        match themes.get(other) {
            None => return wrong(format!("theme {id} refers to theme {other}, which does not exist")),
            Some(target) if target.question != theme.question => {
                return wrong(format!("theme {id} refers to theme {other} of another question"));
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// The theme that `id` was merged into in the end.
fn resolve(id: ThemeId, themes: &BTreeMap<ThemeId, &CodebookTheme>) -> Result<ThemeId, CodebookError> {
    let mut at = id;
    let mut path = vec![id];
    while let Some(next) = themes.get(&at).and_then(|theme| theme.merge_into) {
        if next == at {
            return wrong(format!("theme {at} is merged into itself"));
        }
        let is_circle = path.contains(&next);
        path.push(next);
        if is_circle {
            let path: Vec<String> = path.iter().map(ToString::to_string).collect();
            return wrong(format!("theme {id} is merged in a circle: {}", path.join(" into ")));
        }
        at = next;
    }
    Ok(at)
}

/// Where answers of each theme count in the end, after the researcher's mergers and drops.
#[derive(Debug)]
pub struct Decisions(BTreeMap<ThemeId, Option<ThemeId>>);

impl Decisions {
    /// Those of a codebook.
    pub fn of(codebook: &Codebook) -> Self {
        let themes: BTreeMap<ThemeId, &CodebookTheme> =
            codebook.themes.iter().filter_map(|theme| Some((theme.id?, theme))).collect();
        let end = |id: &ThemeId| {
            resolve(*id, &themes).ok().filter(|end| themes.get(end).is_some_and(|theme| !theme.drop))
        };
        Self(themes.keys().map(|id| (*id, end(id))).collect())
    }

    /// The theme that `theme` was merged into; none if it was dropped.
    pub fn apply(&self, theme: Option<ThemeId>) -> Option<ThemeId> {
        let theme = theme?;
        self.0.get(&theme).copied().unwrap_or(Some(theme))
    }
}
