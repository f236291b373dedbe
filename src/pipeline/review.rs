//! What respondents wrote and the report shows, and what a person said of it: which may be quoted, which must still be read, and why
//! one should look twice.

use super::Prepared;
use crate::disclose::Attributions;
use crate::review::{Passage, Review};
use crate::types::{Decision, Quote, Report, ReviewRow, Survey, Theme, ThemeId, marks_in};
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
    let agrees = survey.respondents[prepared.corpus.segments[segment].respondent].may_be_quoted;
    let is_rejected =
        || review.decision_on(passage(survey, question, prepared, segment)) == Some(Decision::Reject);
    agrees && (review.rows().is_empty() || !is_rejected())
}

/// The words of segment number `segment`.
fn passage<'a>(survey: &'a Survey, question: usize, prepared: &'a Prepared, segment: usize) -> Passage<'a> {
    let segment = &prepared.corpus.segments[segment];
    let respondent = &survey.respondents[segment.respondent];
    let (start, end) = segment.span.code_points(&respondent.answers[question].text);
    Passage {
        question: &survey.questions[question].column,
        respondent_id: &respondent.id,
        start,
        end,
        text: &prepared.corpus.texts[segment.text],
    }
}

/// By theme, the segment whose words its statement holds.
pub(super) type StatementSegments = BTreeMap<ThemeId, usize>;

/// The rows of `quotes-review.csv`, and whether a person has approved all that the report shows: its quotes and the answers that its
/// statements (`statements`, by question) are taken from. Behind them stand earlier decisions on words that are not shown now, so that
/// they hold in the next run too. What somebody wrote who does not agree to be quoted any more is in none.
pub(super) fn review_rows(
    report: &Report,
    statements: &[StatementSegments],
    survey: &Survey,
    prepared: &[Prepared],
    review: &Review,
    min_group: usize,
) -> (Vec<ReviewRow>, bool) {
    let attributions = Attributions::new(survey, min_group);
    let mut rows: Vec<ReviewRow> = Vec::new();
    let mut listed = BTreeSet::new();
    for (number, ((question, prepared), statements)) in
        report.questions.iter().zip(prepared).zip(statements).enumerate()
    {
        let of_theme = |theme| {
            let quotes = Shown::quoted(&question.column, theme);
            let said = statements.get(&theme.id).map(|&segment| passage(survey, number, prepared, segment));
            // The very words may be quoted from somebody else.
            let unquoted = said.filter(|said| theme.quotes.iter().all(|quote| quote.text != said.text));
            quotes.chain(unquoted.map(|passage| Shown { theme, passage, in_statement: true }))
        };
        let shown: Vec<Shown<'_>> = question.themes.iter().flat_map(of_theme).collect();
        let rare = RareWords::new(&shown, prepared);
        for shown in &shown {
            let row = shown.row(survey, &attributions, &rare, review);
            if listed.insert(place(&row)) {
                rows.push(row);
            }
        }
    }
    let is_reviewed = !rows.is_empty() && rows.iter().all(|row| row.decision == Some(Decision::Approve));
    let withdrew = |row: &ReviewRow| survey.respondent(&row.respondent_id).is_some_and(|r| !r.may_be_quoted);
    let stays = |row: &&ReviewRow| !listed.contains(&place(row)) && !withdrew(row);
    rows.extend(review.rows().iter().filter(stays).cloned());
    (rows, is_reviewed)
}

/// The words that a row is about.
pub(super) fn place(row: &ReviewRow) -> (String, String, usize, usize) {
    (row.question.clone(), row.respondent_id.clone(), row.start, row.end)
}

/// Words of a respondent that the report shows under a theme.
struct Shown<'a> {
    theme: &'a Theme,
    passage: Passage<'a>,
    /// In the theme's statement, and not quoted.
    in_statement: bool,
}

impl<'a> Shown<'a> {
    fn quoted(question: &'a str, theme: &'a Theme) -> impl Iterator<Item = Self> {
        theme.quotes.iter().map(move |quote| {
            let Quote { respondent_id, start, end, text, .. } = quote;
            let passage = Passage { question, respondent_id, start: *start, end: *end, text };
            Self { theme, passage, in_statement: false }
        })
    }

    fn row(
        &self,
        survey: &Survey,
        attributions: &Attributions<'_>,
        rare: &RareWords,
        review: &Review,
    ) -> ReviewRow {
        let Passage { question, respondent_id, start, end, text } = self.passage;
        ReviewRow {
            question: question.to_owned(),
            theme: self.theme.id,
            respondent_id: respondent_id.to_owned(),
            start,
            end,
            text: text.to_owned(),
            marks: marks_in(text),
            risks: self.risks(survey, attributions, rare),
            decision: review.decision_on(self.passage),
        }
    }

    fn risks(&self, survey: &Survey, attributions: &Attributions<'_>, rare: &RareWords) -> Vec<String> {
        let Passage { respondent_id, text, .. } = self.passage;
        let mut risks = Vec::new();
        if self.in_statement {
            risks.push("no quote: the theme's statement is made of it".into());
        }
        let words = rare.of(text);
        if !words.is_empty() {
            risks.push(format!("rare detail: {}", words.join(", ")));
        }
        let coarsened =
            survey.respondent(respondent_id).is_some_and(|writer| attributions.is_coarsened(writer));
        if coarsened {
            risks.push("small group: few share the attributes of its writer".into());
        }
        if self.theme.respondents.is_none_or(|n| n < SMALL_THEME) {
            risks.push("small group: few mention this theme".into());
        }
        if text.contains("[name]") {
            risks.push("names a colleague or another person".into());
        } else if points_at_colleague(text) {
            risks.push("speaks of a colleague".into());
        }
        risks
    }
}

/// "my line manager", "our receptionist".
fn points_at_colleague(text: &str) -> bool {
    let words: Vec<String> = words(text).map(|(_, word)| word.to_lowercase()).collect();
    let owned = |at: usize| {
        words[at.saturating_sub(3)..at].iter().any(|word| matches!(word.as_str(), "my" | "our" | "the"))
    };
    (0..words.len()).any(|at| COLLEAGUES.contains(&words[at].as_str()) && owned(at))
}

/// Shown words with a capital or a digit, with how many respondents wrote them.
struct RareWords(BTreeMap<String, usize>);

impl RareWords {
    fn new(shown: &[Shown<'_>], prepared: &Prepared) -> Self {
        let mut writers: BTreeMap<String, BTreeSet<usize>> = shown
            .iter()
            .flat_map(|shown| telling(shown.passage.text).map(str::to_lowercase))
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
