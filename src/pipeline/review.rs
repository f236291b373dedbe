//! Quotes and what a person said of them: which may be quoted, which must still be read, and why one should look twice.

use super::Prepared;
use crate::disclose::Attributions;
use crate::review::{Passage, Review};
use crate::types::{Decision, QuestionReport, Quote, Report, ReviewRow, Survey, Theme, marks_in};
use std::collections::{BTreeMap, BTreeSet};

/// A word that fewer respondents than this wrote under the question is a rare detail, if it is a number or has a capital.
const RARE: usize = 3;
/// A theme that fewer respondents than this mention is a small group.
const SMALL_THEME: usize = 10;
/// People of whom a writer has one or few, so that whoever knows the writer knows them.
const COLLEAGUES: [&str; 12] = [
    "manager",
    "supervisor",
    "boss",
    "mentor",
    "lead",
    "leader",
    "receptionist",
    "director",
    "colleague",
    "coordinator",
    "trainer",
    "predecessor",
];

/// Whether segment number `segment` may be quoted: its respondent agrees, and nobody rejected it.
pub(super) fn may_be_quoted(
    survey: &Survey,
    question: usize,
    prepared: &Prepared,
    review: &Review,
    segment: usize,
) -> bool {
    let segment = &prepared.corpus.segments[segment];
    let respondent = &survey.respondents[segment.respondent];
    if !respondent.may_be_quoted || review.rows().is_empty() {
        return respondent.may_be_quoted;
    }
    let (start, end) = segment.span.code_points(&respondent.answers[question].text);
    let passage = Passage {
        question: &survey.questions[question].column,
        respondent_id: &respondent.id,
        start,
        end,
        text: &prepared.corpus.texts[segment.text],
    };
    review.decision_on(passage) != Some(Decision::Reject)
}

/// The rows of `quotes-review.csv`: the quotes of the report, then earlier decisions on words that are not quoted now, so that they
/// hold in the next run too. What somebody wrote who does not agree to be quoted any more is in none.
pub(super) fn review_rows(
    report: &Report,
    survey: &Survey,
    prepared: &[Prepared],
    review: &Review,
    min_group: usize,
) -> Vec<ReviewRow> {
    let attributions = Attributions::new(survey, min_group);
    let mut rows = Vec::new();
    for (question, prepared) in report.questions.iter().zip(prepared) {
        let rare = RareWords::new(question, prepared);
        for theme in &question.themes {
            rows.extend(theme.quotes.iter().map(|quote| ReviewRow {
                question: question.column.clone(),
                theme: theme.id,
                respondent_id: quote.respondent_id.clone(),
                start: quote.start,
                end: quote.end,
                text: quote.text.clone(),
                marks: marks_in(&quote.text),
                risks: risks(quote, theme, survey, &attributions, &rare),
                decision: review.decision_on(Passage {
                    question: &question.column,
                    respondent_id: &quote.respondent_id,
                    start: quote.start,
                    end: quote.end,
                    text: &quote.text,
                }),
            }));
        }
    }
    let quoted: BTreeSet<_> = rows.iter().map(place).collect();
    let withdrew = |row: &ReviewRow| survey.respondent(&row.respondent_id).is_some_and(|r| !r.may_be_quoted);
    let stays = |row: &&ReviewRow| !quoted.contains(&place(row)) && !withdrew(row);
    rows.extend(review.rows().iter().filter(stays).cloned());
    rows
}

/// The words that a row is about.
pub(super) fn place(row: &ReviewRow) -> (String, String, usize, usize) {
    (row.question.clone(), row.respondent_id.clone(), row.start, row.end)
}

/// Whether a person has approved every quote of the report.
pub(super) fn is_reviewed(report: &Report, rows: &[ReviewRow]) -> bool {
    let quotes = report.questions.iter().flat_map(|q| &q.themes).map(|theme| theme.quotes.len()).sum();
    quotes > 0 && rows.iter().take(quotes).all(|row| row.decision == Some(Decision::Approve))
}

fn risks(
    quote: &Quote,
    theme: &Theme,
    survey: &Survey,
    attributions: &Attributions<'_>,
    rare: &RareWords,
) -> Vec<String> {
    let mut risks = Vec::new();
    let words = rare.of(&quote.text);
    if !words.is_empty() {
        risks.push(format!("rare detail: {}", words.join(", ")));
    }
    let coarsened =
        survey.respondent(&quote.respondent_id).is_some_and(|writer| attributions.is_coarsened(writer));
    if coarsened {
        risks.push("small group: few share the attributes of its writer".into());
    }
    if theme.respondents.is_none_or(|n| n < SMALL_THEME) {
        risks.push("small group: few mention this theme".into());
    }
    if quote.text.contains("[name]") {
        risks.push("names a colleague or another person".into());
    } else if points_at_colleague(&quote.text) {
        risks.push("speaks of a colleague".into());
    }
    risks
}

/// "my line manager", "our receptionist".
fn points_at_colleague(text: &str) -> bool {
    let words: Vec<String> = words(text).map(|(_, word)| word.to_lowercase()).collect();
    let owned = |at: usize| {
        words[at.saturating_sub(3)..at].iter().any(|word| matches!(word.as_str(), "my" | "our" | "the"))
    };
    (0..words.len()).any(|at| COLLEAGUES.contains(&words[at].as_str()) && owned(at))
}

/// Words of the quotes with a capital or a digit, with how many respondents wrote them.
struct RareWords(BTreeMap<String, usize>);

impl RareWords {
    fn new(question: &QuestionReport, prepared: &Prepared) -> Self {
        let quotes = question.themes.iter().flat_map(|theme| &theme.quotes);
        let mut writers: BTreeMap<String, BTreeSet<usize>> = quotes
            .flat_map(|quote| telling(&quote.text).map(str::to_lowercase).collect::<Vec<_>>())
            .map(|word| (word, BTreeSet::new()))
            .collect();
        if !writers.is_empty() {
            let mut words_of = vec![Vec::new(); prepared.corpus.texts.len()];
            for (found, text) in words_of.iter_mut().zip(&prepared.corpus.texts) {
                found.extend(
                    words(text)
                        .map(|(_, word)| word.to_lowercase())
                        .filter(|word| writers.contains_key(word)),
                );
            }
            for segment in &prepared.corpus.segments {
                for word in &words_of[segment.text] {
                    writers.entry(word.clone()).or_default().insert(segment.respondent);
                }
            }
        }
        Self(writers.into_iter().map(|(word, people)| (word, people.len())).collect())
    }

    fn of<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let is_rare = |word: &&str| self.0.get(&word.to_lowercase()).is_some_and(|n| *n < RARE);
        telling(text).filter(is_rare).collect()
    }
}

/// Words that may tell who or where: inside a sentence with a capital, or with a digit. Marks tell nothing.
fn telling(text: &str) -> impl Iterator<Item = &str> {
    // Carried from word to word: looking back from each of them would take the square of the length.
    let (mut marked, mut seen) = (false, 0);
    words(text)
        .filter(move |(at, word)| {
            let before = text[..*at].trim_end();
            let opens = before.is_empty() || before.ends_with(['.', '!', '?', ':', '"', '“', '-', '–', '•']);
            let capital = word.starts_with(char::is_uppercase) && !opens;
            let passed = &text[seen..*at];
            marked = passed.rfind(['[', ']']).map_or(marked, |bracket| passed[bracket..].starts_with('['));
            seen = *at;
            let long = word.chars().count() > 1;
            long && !marked && (capital || word.contains(|c: char| c.is_numeric()))
        })
        .map(|(_, word)| word)
}

/// Runs of letters and digits, with where they begin.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let parts = |c: char| !c.is_alphanumeric() && c != '\'' && c != '’';
    let mut end = 0;
    text.split_inclusive(parts)
        .map(move |piece| {
            end += piece.len();
            (end - piece.len(), piece.trim_end_matches(parts))
        })
        .filter(|(_, word)| word.contains(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn telling_words_are_names_and_numbers_inside_a_sentence() {
        let found = |text: &'static str| telling(text).collect::<Vec<_>>();
        assert_eq!(
            found("We met in Zennor. Then 4 of us went to the EMIS-day on 12th"),
            ["Zennor", "EMIS", "12th"]
        );
        assert_eq!(found("Nobody said [NHS number] or [postcode LS]. “Pay” matters"), Vec::<&str>::new());
    }

    #[test]
    fn a_colleague_is_spoken_of_by_role() {
        assert!(points_at_colleague("My line manager never listens"));
        assert!(points_at_colleague("I cannot stand our receptionist."));
        assert!(!points_at_colleague("Managers do not listen"));
    }
}
