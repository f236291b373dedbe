//! Decisions of an earlier review, fitted to the answers of today.

use super::review::place;
use crate::read::unscrambled;
use crate::redact::Redactor;
use crate::review::{Review, letters};
use crate::types::{Decision, Respondent, ReviewRow, Span, Survey, marks_in, masked_text};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The review without the rows that fit no answer of this survey, and what the user ought to know of those. Words that are not found
/// under the id beside them are looked for under every other: a rejection that is found so holds for whoever wrote them, an approval
/// does not. A rejection of words that nobody wrote holds for what stands in their place. Decisions about a person or a question that
/// is not in this survey are kept: both may come back. What today's rules and deny-list mask is in no row.
pub(super) fn fitting(review: &Review, survey: &Survey, redactor: &Redactor) -> (Review, Vec<String>) {
    let answers = Answers { survey, redactor };
    let masked = |question: &str, id: &str| answers.masked(question, id);
    let (kept, left) = review.still_true(masked);
    let read_otherwise = Review::new(left.into_iter().map(in_right_letters));
    let (readable, left) = read_otherwise.still_true(masked);
    let masked_anew = Review::new(left.into_iter().map(|row| answers.masked_row(row)));
    let (masked_anew, left) = masked_anew.still_true(masked);
    let mut elsewhere = Elsewhere::default();
    for (row, found) in left.iter().zip(answers.by_words(&left)) {
        elsewhere.take(row, found, answers.answer(&row.question, &row.respondent_id).is_some());
    }
    elsewhere.ids_changed = left.iter().any(|row| answers.looks_changed(&row.respondent_id));
    let rejected: BTreeSet<_> = elsewhere.rejections.iter().map(place).collect();
    let approved =
        |row: &&ReviewRow| row.decision == Some(Decision::Reject) || !rejected.contains(&place(row));
    let true_today = [&kept, &readable, &masked_anew].into_iter().flat_map(Review::rows);
    let kept: Vec<ReviewRow> = true_today.filter(approved).cloned().collect();
    let warnings = elsewhere.warnings();
    (Review::new(kept.into_iter().chain(elsewhere.rejections).chain(elsewhere.absent)), warnings)
}

/// The row as it was before a spreadsheet took UTF-8 for Windows-1252.
fn in_right_letters(row: ReviewRow) -> ReviewRow {
    let right = |text: String| unscrambled(&text).unwrap_or(text);
    ReviewRow {
        question: right(row.question),
        respondent_id: right(row.respondent_id),
        text: right(row.text),
        ..row
    }
}

/// Decisions whose words do not stand in the answer of the id beside them.
#[derive(Default)]
struct Elsewhere {
    rejections: Vec<ReviewRow>,
    rejected: usize,
    approved: usize,
    by_place: usize,
    absent: Vec<ReviewRow>,
    lost: usize,
    ids_changed: bool,
}

impl Elsewhere {
    fn take(&mut self, row: &ReviewRow, found: Vec<ReviewRow>, has_place: bool) {
        if found.is_empty() && !has_place {
            self.absent.push(row.clone());
        } else if found.is_empty() && row.decision == Some(Decision::Reject) {
            self.by_place += 1;
            self.rejections.push(row.clone());
        } else if found.is_empty() {
            self.lost += 1;
        } else if row.decision == Some(Decision::Reject) {
            self.rejected += 1;
            self.rejections.extend(found);
        } else {
            self.approved += 1;
        }
    }

    fn warnings(&self) -> Vec<String> {
        let Self { rejected, approved, by_place, absent, lost, .. } = self;
        let why = if self.ids_changed {
            "; a spreadsheet seems to have changed ids (`007` to `7`, long numbers to `1.2E+11`): import the column `respondent_id` as text"
        } else {
            ""
        };
        let found = (rejected + approved > 0).then(|| {
            format!(
                "The words of {} of the review stand in other answers than those of the ids beside them: {} for whoever wrote the words, \
                 {} not taken over{why}",
                counted(rejected + approved, "decision", "decisions"),
                counted(*rejected, "rejection holds", "rejections hold"),
                counted(*approved, "approval is", "approvals are"),
            )
        });
        let by_place = (*by_place > 0).then(|| {
            format!(
                "The words of {} of the review are in no answer now: nothing is quoted from where they stood",
                counted(*by_place, "rejection", "rejections")
            )
        });
        let lost = (*lost > 0).then(|| {
            format!(
                "{} about words that are in no answer now",
                counted(*lost, "decision of the review is", "decisions of the review are")
            )
        });
        let absent = (!absent.is_empty()).then(|| {
            format!(
                "{} about a person or a question that is not in this run; the review keeps them",
                counted(absent.len(), "decision of the review is", "decisions of the review are")
            )
        });
        found.into_iter().chain(by_place).chain(absent).chain(lost).collect()
    }
}

fn counted(n: usize, one: &str, several: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { several })
}

struct Answers<'a> {
    survey: &'a Survey,
    redactor: &'a Redactor,
}

impl Answers<'_> {
    fn question(&self, column: &str) -> Option<usize> {
        self.survey.questions.iter().position(|question| question.column == column)
    }

    fn answer(&self, question: &str, id: &str) -> Option<&str> {
        Some(&self.survey.respondent(id)?.answers.get(self.question(question)?)?.text)
    }

    fn masked(&self, question: &str, id: &str) -> Option<String> {
        let answer = self.answer(question, id)?;
        Some(self.mask(answer, Span::new(0, answer.len())))
    }

    /// The row by today's rules: its words may have been shown before a term was denied.
    fn masked_row(&self, row: ReviewRow) -> ReviewRow {
        let mask = |text: &str| self.mask(text, Span::new(0, text.len()));
        let text = mask(&row.text);
        let risks = row.risks.iter().map(|risk| mask(risk)).collect();
        ReviewRow { marks: marks_in(&text), text, risks, ..row }
    }

    fn mask(&self, answer: &str, span: Span) -> String {
        masked_text(answer, span, &self.redactor.find_masks(answer))
    }

    /// Each row under the ids of those who wrote its words at its very place, which tells its writer where the answer is as it was;
    /// under its own id where the words stand in other places only; none where nobody wrote them.
    fn by_words(&self, rows: &[ReviewRow]) -> Vec<Vec<ReviewRow>> {
        let questions: BTreeSet<usize> = rows.iter().filter_map(|row| self.question(&row.question)).collect();
        let written: BTreeMap<usize, Vec<String>> =
            questions.into_iter().map(|question| (question, self.letters_of(question))).collect();
        rows.iter()
            .map(|row| {
                let Some(question) = self.question(&row.question) else { return Vec::new() };
                let words = letters(&row.text);
                let all = written.get(&question).map(Vec::as_slice).unwrap_or_default();
                let holding: Vec<&Respondent> = all
                    .iter()
                    .zip(&self.survey.respondents)
                    .filter(|(answer, _)| !words.is_empty() && answer.contains(&words))
                    .map(|(_, respondent)| respondent)
                    .collect();
                let at_place = |respondent: &&&Respondent| {
                    let answer = respondent.answers.get(question).map_or("", |answer| answer.text.as_str());
                    letters(&self.mask(answer, span_of(answer, row))) == words
                };
                let writers = holding.iter().filter(at_place).map(|respondent| respondent.id.clone());
                let under = |respondent_id| ReviewRow { respondent_id, ..row.clone() };
                let found: Vec<ReviewRow> = writers.map(under).collect();
                if found.is_empty() && !holding.is_empty() { vec![row.clone()] } else { found }
            })
            .collect()
    }

    fn letters_of(&self, question: usize) -> Vec<String> {
        let answer = |respondent: &Respondent| {
            let text = respondent.answers.get(question).map_or("", |answer| answer.text.as_str());
            letters(&self.mask(text, Span::new(0, text.len())))
        };
        self.survey.respondents.par_iter().map(answer).collect()
    }

    /// An id that nobody has and that Excel makes of another: without its leading zeros, or as a rounded number.
    fn looks_changed(&self, id: &str) -> bool {
        let cut = |known: &str| {
            known.starts_with('0') && known.trim_start_matches('0') == id.trim_start_matches('0')
        };
        let rounded = id.starts_with(|c: char| c.is_ascii_digit()) && id.contains("E+");
        self.survey.respondent(id).is_none()
            && (rounded || self.survey.respondents.iter().any(|respondent| cut(&respondent.id)))
    }
}

/// The bytes between the code points of a row.
fn span_of(answer: &str, row: &ReviewRow) -> Span {
    let byte = |point: usize| answer.char_indices().nth(point).map_or(answer.len(), |(at, _)| at);
    Span::new(byte(row.start), byte(row.end))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::RedactParams;
    use crate::types::{Answer, Question, ThemeId};

    fn row(id: &str, text: &str, decision: Decision) -> ReviewRow {
        ReviewRow {
            question: "q".into(),
            theme: ThemeId::FIRST,
            respondent_id: id.into(),
            start: 0,
            end: text.chars().count(),
            text: text.into(),
            marks: Vec::new(),
            risks: Vec::new(),
            decision: Some(decision),
        }
    }

    fn survey(people: &[(&str, &str)]) -> Survey {
        let respondent = |(id, text): &(&str, &str)| Respondent {
            id: (*id).into(),
            row: 1,
            groups: Vec::new(),
            may_be_quoted: true,
            weight: 1.0,
            answers: vec![Answer { text: (*text).into() }],
        };
        Survey {
            questions: vec![Question { column: "q".into(), wording: "q".into() }],
            respondents: people.iter().map(respondent).collect(),
            ..Survey::default()
        }
    }

    fn fitted(rows: Vec<ReviewRow>) -> (Vec<(String, Option<Decision>)>, Vec<String>) {
        let people = [
            ("0007", "My boss is rude. Pay is low"),
            ("0008", "I like the people"),
            ("0009", "My boss is rude"),
            ("0010", "We’re tired"),
        ];
        let redactor = Redactor::new(&RedactParams::default());
        let (review, warnings) = fitting(&Review::new(rows), &survey(&people), &redactor);
        (review.rows().iter().map(|row| (row.respondent_id.clone(), row.decision)).collect(), warnings)
    }

    #[test]
    fn a_rejection_whose_id_a_spreadsheet_changed_holds_for_whoever_wrote_the_words() {
        let (rows, warnings) = fitted(vec![
            row("7", "My boss is rude", Decision::Reject),
            row("0009", "My boss is rude", Decision::Approve),
            row("8", "I like the people", Decision::Approve),
        ]);
        assert_eq!(
            rows,
            [("0007".into(), Some(Decision::Reject)), ("0009".into(), Some(Decision::Reject))],
            "one rejection is enough"
        );
        insta::assert_snapshot!(warnings.join("\n"), @"The words of 2 decisions of the review stand in other answers than those of the ids beside them: 1 rejection holds for whoever wrote the words, 1 approval is not taken over; a spreadsheet seems to have changed ids (`007` to `7`, long numbers to `1.2E+11`): import the column `respondent_id` as text");
    }

    #[test]
    fn what_is_denied_today_leaves_the_rows_of_yesterday_which_hold_all_the_same() {
        let params = RedactParams { deny: vec!["people".into()], ..RedactParams::default() };
        let review = Review::new(vec![
            row("0008", "I like the people", Decision::Approve),
            row("gone", "The people here", Decision::Reject),
        ]);
        let today = survey(&[("0008", "I like the people")]);
        let (review, _) = fitting(&review, &today, &Redactor::new(&params));
        let shown: Vec<_> = review.rows().iter().map(|row| (row.text.as_str(), row.decision)).collect();
        let [approve, reject] = [Decision::Approve, Decision::Reject].map(Some);
        assert_eq!(shown, [("I like the [removed]", approve), ("The [removed] here", reject)]);
    }

    #[test]
    fn a_rejection_under_another_persons_id_or_in_another_place_holds_too_and_who_is_not_here_may_come_back()
    {
        let (rows, warnings) = fitted(vec![
            row("0008", "My boss is rude", Decision::Reject),
            row("X", "Pay is low", Decision::Reject),
            row("X", "Gone", Decision::Reject),
            ReviewRow { question: "another".into(), ..row("0008", "Elsewhere", Decision::Approve) },
        ]);
        let ids: Vec<&str> = rows.iter().map(|(id, _)| id.as_str()).collect();
        assert_eq!(ids, ["0007", "0009", "X", "X", "0008"]);
        insta::assert_snapshot!(warnings.join("\n"), @"
        The words of 2 decisions of the review stand in other answers than those of the ids beside them: 2 rejections hold for whoever wrote the words, 0 approvals are not taken over
        2 decisions of the review are about a person or a question that is not in this run; the review keeps them
        ");
    }

    #[test]
    fn a_decision_in_letters_that_a_spreadsheet_scrambled_holds_and_a_rejection_of_changed_words_by_its_place()
     {
        let (rows, warnings) = fitted(vec![
            row("0010", "Weâ€™re tired", Decision::Approve),
            row("0007", "My b?ss is rude", Decision::Reject),
            row("0008", "I l?ke the people", Decision::Approve),
        ]);
        assert_eq!(rows, [("0010".into(), Some(Decision::Approve)), ("0007".into(), Some(Decision::Reject))]);
        insta::assert_snapshot!(warnings.join("\n"), @"
        The words of 1 rejection of the review are in no answer now: nothing is quoted from where they stood
        1 decision of the review is about words that are in no answer now
        ");
    }
}
