//! Decisions applied to coded answers, and the codebook written anew from a report.

use super::CodebookError;
use super::check::Decisions;
use crate::types::{
    CODEBOOK_SCHEMA, Codebook, CodebookTheme, CodedSegment, Pin, Question, QuestionReport, Report, Stability,
    Theme, ThemeId, ThemeState, YearCount,
};
use std::collections::{BTreeMap, BTreeSet};

/// Examples kept per theme.
const EXAMPLES: usize = 3;

/// Refuses a codebook whose vectors come from another model than `ours` (name and sha256).
///
/// # Errors
/// If they do.
pub fn check_model(codebook: &Codebook, name: &str, sha256: &str) -> Result<(), CodebookError> {
    if codebook.model_sha256 == sha256 || codebook.model_sha256.is_empty() {
        return Ok(());
    }
    // Two models may have one name.
    let named = |model: &str, sha256: &str| {
        if codebook.model == name {
            format!("{model} {}", sha256.get(..8).unwrap_or(sha256))
        } else {
            model.to_owned()
        }
    };
    Err(CodebookError::OtherModel {
        theirs: named(&codebook.model, &codebook.model_sha256),
        ours: named(name, sha256),
    })
}

/// Refuses a theme that was added to one of the questions `asked` before any run has found themes for it: an added theme takes
/// answers from others, which `is_known` says whether there are.
///
/// # Errors
/// If there is such a theme.
pub fn check_added(
    codebook: &Codebook,
    asked: &[&str],
    is_known: &dyn Fn(&str) -> bool,
) -> Result<(), CodebookError> {
    let mut added = codebook.themes.iter().filter(|theme| theme.state == ThemeState::Added);
    match added.find(|theme| asked.contains(&theme.question.as_str()) && !is_known(&theme.question)) {
        None => Ok(()),
        Some(theme) => {
            Err(CodebookError::AddedTooSoon { name: theme.name.clone(), question: theme.question.clone() })
        }
    }
}

/// Puts pinned answers of one question where the researcher wants them; `respondent_id` is by respondent index. A segment
/// pinned away goes to its second theme if it has one, else to none. Returns the pins that name nobody in this survey.
pub fn apply_pins<'a>(
    codebook: &'a Codebook,
    question: &str,
    coded: &mut [CodedSegment],
    respondent_id: &dyn Fn(usize) -> String,
) -> Vec<&'a Pin> {
    let pins: Vec<&Pin> = codebook.pins.iter().filter(|pin| pin.question == question).collect();
    if pins.is_empty() {
        return pins;
    }
    let decisions = Decisions::of(codebook);
    let pinned: BTreeSet<&str> = pins.iter().map(|pin| pin.respondent_id.as_str()).collect();
    let mut rows: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (row, segment) in coded.iter().enumerate() {
        let id = respondent_id(segment.respondent);
        if pinned.contains(id.as_str()) {
            rows.entry(id).or_default().push(row);
        }
    }
    let mut unused = Vec::new();
    for pin in pins {
        let rows = rows.get(&pin.respondent_id).map_or(&[][..], Vec::as_slice);
        let rows: Vec<usize> =
            rows.iter().copied().filter(|&row| pin.segment.is_none_or(|n| n == coded[row].segment)).collect();
        if rows.is_empty() {
            unused.push(pin);
        }
        let theme = decisions.apply(Some(pin.theme));
        for row in rows {
            let segment = &mut coded[row];
            if pin.away {
                if segment.second == theme {
                    segment.second = None;
                }
                if segment.theme == theme {
                    segment.theme = segment.second.take();
                }
            } else {
                segment.second = segment.second.filter(|second| Some(*second) != theme);
                segment.theme = theme;
            }
        }
    }
    unused
}

/// The codebook after a run: found themes added, edited names and statements kept, this year's published counts set.
///
/// `next_id` is the number of the next new theme and `split` says which themes a `split` decision has made.
pub fn update_codebook(
    before: Option<&Codebook>,
    report: &Report,
    next_id: u32,
    split: &BTreeMap<ThemeId, Vec<ThemeId>>,
) -> Codebook {
    let mut codebook = before.cloned().unwrap_or_default();
    codebook.schema = CODEBOOK_SCHEMA;
    codebook.survey.clone_from(&report.title);
    codebook.model.clone_from(&report.run.model);
    codebook.model_sha256.clone_from(&report.run.model_sha256);
    codebook.next_id = next_id.max(codebook.next_id);
    codebook.questions = report
        .questions
        .iter()
        .map(|question| Question { column: question.column.clone(), wording: question.wording.clone() })
        .collect();
    let year = report.label();
    for question in &report.questions {
        for theme in &question.themes {
            let place = codebook.themes.iter().position(|known| known.id == Some(theme.id));
            let place = place.unwrap_or_else(|| {
                codebook.themes.push(CodebookTheme { id: Some(theme.id), ..CodebookTheme::default() });
                codebook.themes.len() - 1
            });
            update_theme(&mut codebook.themes[place], question, theme, &year);
        }
        let reported: BTreeSet<ThemeId> = question.themes.iter().map(|theme| theme.id).collect();
        let absent = codebook.themes.iter_mut().filter(|theme| theme.question == question.column);
        for theme in absent.filter(|theme| theme.id.is_some_and(|id| !reported.contains(&id))) {
            theme.state = ThemeState::Known;
            let gone = question.gone.iter().find(|gone| Some(gone.id) == theme.id);
            theme.status = gone.map(|gone| gone.change.status);
            if gone.is_some() || theme.is_live() {
                set_year(theme, &year, question, Some(0), Some(0.0));
            } else {
                theme.years.retain(|count| count.year != year);
            }
        }
    }
    for theme in &mut codebook.themes {
        if let Some(parts) = theme.id.and_then(|id| split.get(&id)) {
            theme.split = false;
            theme.split_into.clone_from(parts);
        }
    }
    let order: Vec<&str> = report.questions.iter().map(|question| question.column.as_str()).collect();
    codebook.themes.sort_by_key(|theme| {
        (order.iter().position(|column| *column == theme.question).unwrap_or(order.len()), theme.id)
    });
    codebook.pins.sort();
    codebook
}

fn update_theme(known: &mut CodebookTheme, question: &QuestionReport, theme: &Theme, year: &str) {
    known.question.clone_from(&question.column);
    if known.name.is_empty() {
        known.name.clone_from(&theme.name);
        known.found_name.clone_from(&theme.name);
    }
    // One that the researcher did not write is made of each year's answers.
    if known.written_statement().is_none() {
        known.statement.clone_from(&theme.statement);
        known.found_statement.clone_from(&theme.statement);
    }
    (known.found_again, known.resamples) = Stability::counts(theme.stability);
    known.keywords.clone_from(&theme.keywords);
    if !theme.quotes.is_empty() {
        known.examples = theme.quotes.iter().take(EXAMPLES).map(|quote| quote.text.clone()).collect();
    }
    known.state = ThemeState::Known;
    known.status = theme.change.as_ref().map(|change| change.status);
    set_year(known, year, question, theme.respondents, theme.share);
}

fn set_year(
    theme: &mut CodebookTheme,
    year: &str,
    question: &QuestionReport,
    respondents: Option<usize>,
    share: Option<f64>,
) {
    theme.years.retain(|count| count.year != year);
    theme.years.push(YearCount {
        year: year.to_owned(),
        respondents,
        base: question.base,
        share,
        effective_base: question.effective_base,
    });
    theme.years.sort_by(|a, b| a.year.cmp(&b.year));
}
