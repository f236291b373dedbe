//! Answers into segments: clean, redact, segment, and the distinct masked texts of each question.

use super::gathered::Gathered;
use super::ids::replace_personal_ids;
use crate::clean::{classify_answer, foreign_language, says_something};
use crate::read::ReadOutcome;
use crate::redact::Redactor;
use crate::segment::segment_answer;
use crate::types::{AnswerKind, Corpus, MaskKind, NonAnswer, Respondent, Span, Survey, masked_text};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Respondents whose answers are in pieces at once: enough for every thread, and little beside what is kept of them.
const AT_ONCE: usize = 16_384;

/// One question's answers, ready to be embedded.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Prepared {
    /// Segments and distinct texts.
    pub corpus: Corpus,
    /// Distinct masked answers of more than one segment, in lexical order: the context of their segments.
    pub wholes: Vec<String>,
    /// Index into `wholes` of each respondent's answer; `None` for an answer that is one segment or none.
    pub whole_of: Vec<Option<usize>>,
    /// What became of each respondent's answer, by respondent index.
    pub kinds: Vec<AnswerKind>,
    /// Personal details masked, in all answers to the question.
    pub masks: usize,
    /// Answers that were given word for word by an earlier respondent too.
    pub duplicates: usize,
    /// Substantive answers that are plainly in another language than English, by the English name of the language.
    pub foreign: BTreeMap<&'static str, usize>,
}

impl Prepared {
    /// The place in [`Self::wholes`] of a respondent's answer; `None` if it is one segment or none.
    pub fn whole_of(&self, respondent: usize) -> Option<usize> {
        self.whole_of.get(respondent).copied().flatten()
    }

    /// Respondents with a substantive answer, ascending.
    pub fn base(&self) -> Vec<usize> {
        (0..self.kinds.len()).filter(|&i| self.kinds[i] == AnswerKind::Substantive).collect()
    }

    /// Respondents whose answer is of this kind.
    pub fn count(&self, wanted: impl Fn(AnswerKind) -> bool) -> usize {
        self.kinds.iter().filter(|kind| wanted(**kind)).count()
    }

    /// Respondents who left the question blank.
    pub fn blank(&self) -> usize {
        self.count(|kind| kind == AnswerKind::NonAnswer(NonAnswer::Blank))
    }

    /// How many answers seem not to be in English, as in "3 answers seem not to be in English (Polish 1, Welsh 2)"; `None` for none.
    pub fn foreign_answers(&self) -> Option<String> {
        let n: usize = self.foreign.values().sum();
        let names: Vec<String> = self.foreign.iter().map(|(name, count)| format!("{name} {count}")).collect();
        let said = if n == 1 { "answer seems" } else { "answers seem" };
        (n > 0).then(|| format!("{n} {said} not to be in English ({})", names.join(", ")))
    }

    /// Respondents who wrote something that says nothing.
    pub fn non_answers(&self) -> usize {
        self.kinds.len() - self.blank() - self.count(|kind| kind == AnswerKind::Substantive)
    }
}

/// One answer, cut into pieces.
pub(super) struct PreparedAnswer {
    pub(super) kind: AnswerKind,
    pub(super) masks: usize,
    /// Each with its masked text.
    pub(super) pieces: Vec<(Span, String)>,
    /// Its language, where that is plainly not English.
    pub(super) foreign: Option<&'static str>,
    /// The masked answer, where it has more than one piece.
    pub(super) whole: Option<String>,
}

/// Prepares the answers to question number `question`.
pub fn prepare_question(survey: &Survey, question: usize, redactor: &Redactor) -> Prepared {
    let mut gathered = Gathered::default();
    for respondents in survey.respondents.chunks(AT_ONCE) {
        let prepare = |respondent: &Respondent| prepare_answer(answer_to(question, respondent), redactor);
        let answers: Vec<PreparedAnswer> = respondents.par_iter().map(prepare).collect();
        for answer in answers {
            gathered.take(answer);
        }
    }
    let duplicates = count_duplicates(survey, question, gathered.kinds());
    gathered.finish(duplicates)
}

/// Masks in place what stands around the answers: the values of the group columns, since people write a telephone number into
/// "Other (please specify)" too; the title, the names of columns and what is said of them, since whoever made the form writes
/// whom to ask into a header. Names are left, since a place or an employer is often called like a person, but not in a title that is
/// the name of a file: nobody chose that for a report. Ids of respondents that say who somebody is are replaced.
pub fn mask_surroundings(outcome: &mut ReadOutcome, redactor: &Redactor) {
    let survey = &mut outcome.survey;
    for value in survey.respondents.iter_mut().flat_map(|respondent| &mut respondent.groups).flatten() {
        *value = mask_group(value, redactor);
    }
    let form = |text: &mut String| *text = mask_heading(text, redactor);
    if outcome.summary.title_is_file_name {
        survey.title = mask_but(&survey.title, &[], redactor);
    }
    form(&mut survey.title);
    // A name in the heading of a question is one in a first row that is an answer; what a survey file words is left.
    let whole = |text: &mut String| *text = mask_but(text, &[], redactor);
    for question in &mut survey.questions {
        let typed = question.wording != question.column;
        whole(&mut question.column);
        if typed { form(&mut question.wording) } else { question.wording.clone_from(&question.column) }
    }
    survey.groups.iter_mut().for_each(|group| form(&mut group.column));
    survey.attribution.iter_mut().for_each(|template| *template = mask_attribution(template, redactor));
    outcome.summary.columns.iter_mut().for_each(|(name, _)| whole(name));
    outcome.rejected.iter_mut().for_each(|row| form(&mut row.reason));
    outcome.warnings.iter_mut().for_each(whole);
    replace_personal_ids(outcome, redactor);
}

/// Masks a template such as "SPLW, {employer}". It sends nobody anywhere, so that links and handles go; names of columns stay as they
/// are in the survey.
fn mask_attribution(template: &str, redactor: &Redactor) -> String {
    let mut masked = String::new();
    let template = mask_heading(template, redactor);
    for part in template.split_inclusive(['{', '}']) {
        if part.ends_with('}') {
            masked.push_str(part);
        } else {
            masked.push_str(&mask_group(part, redactor));
        }
    }
    masked
}

/// Masks what stands on a form, such as the heading of a column. Names are left, and so are links and handles: a form may well send its
/// readers to a page on purpose.
pub fn mask_heading(heading: &str, redactor: &Redactor) -> String {
    mask_but(heading, &[MaskKind::Name, MaskKind::Link, MaskKind::Handle], redactor)
}

/// Masks the value of a group column: people write a telephone number into "Other (please specify)" too. Names are left, since a
/// place or an employer is often called like a person.
pub fn mask_group(value: &str, redactor: &Redactor) -> String {
    mask_but(value, &[MaskKind::Name], redactor)
}

fn mask_but(text: &str, kept: &[MaskKind], redactor: &Redactor) -> String {
    let mut masks = redactor.find_masks(text);
    masks.retain(|mask| !kept.contains(&mask.kind));
    masked_text(text, Span::new(0, text.len()), &masks)
}

/// Cleans, masks and segments one answer.
pub(super) fn prepare_answer(text: &str, redactor: &Redactor) -> PreparedAnswer {
    let kind = classify_answer(text);
    if kind != AnswerKind::Substantive {
        return PreparedAnswer { kind, masks: 0, foreign: None, pieces: Vec::new(), whole: None };
    }
    let masks = redactor.find_masks(text);
    let pieces = segment_answer(text, &masks).into_iter().map(|span| (span, masked_text(text, span, &masks)));
    let (telling, others): (Vec<_>, Vec<_>) = pieces.partition(|(_, masked)| says_something(masked));
    // Where nothing else is there they are kept, so that every answer has its row.
    let pieces = if telling.is_empty() { others } else { telling };
    let whole = (pieces.len() > 1).then(|| masked_text(text, Span::new(0, text.len()), &masks));
    PreparedAnswer { kind, masks: masks.len(), foreign: foreign_language(text), pieces, whole }
}

fn answer_to(question: usize, respondent: &Respondent) -> &str {
    respondent.answers.get(question).map_or("", |answer| answer.text.as_str())
}

fn count_duplicates(survey: &Survey, question: usize, kinds: &[AnswerKind]) -> usize {
    let mut seen = BTreeSet::new();
    let answers = survey.respondents.iter().map(|respondent| answer_to(question, respondent));
    answers
        .zip(kinds)
        .filter(|(_, kind)| **kind == AnswerKind::Substantive)
        .filter(|(answer, _)| !seen.insert(answer.trim().to_lowercase()))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::RedactParams;
    use crate::types::Question;

    #[test]
    fn names_are_masked_in_a_title_that_is_the_name_of_a_file_alone() {
        let titled = |title_is_file_name| {
            let mut outcome = ReadOutcome::default();
            outcome.survey.title = "Complaint of Sarah Thompson 07911 888777".into();
            outcome.summary.title_is_file_name = title_is_file_name;
            mask_surroundings(&mut outcome, &Redactor::new(&RedactParams::default()));
            outcome.survey.title
        };
        assert_eq!(titled(true), "Complaint of [name] [phone]");
        assert_eq!(titled(false), "Complaint of Sarah Thompson [phone]");
    }

    #[test]
    fn names_are_masked_in_the_heading_of_a_question_unless_the_survey_file_words_it() {
        let mut outcome = ReadOutcome::default();
        let heading = "Why does Sarah Thompson shout at me?";
        outcome.survey.questions = [heading, "What is it like with Sarah Thompson?"]
            .map(|wording| Question { column: heading.into(), wording: wording.into() })
            .into();
        outcome.warnings = vec![format!("No question was named: `{heading}`")];
        mask_surroundings(&mut outcome, &Redactor::new(&RedactParams::default()));
        let masked = "Why does [name] shout at me?";
        let [read, worded] = outcome.survey.questions.as_slice() else { panic!() };
        assert_eq!((read.column.as_str(), read.wording.as_str()), (masked, masked));
        assert_eq!(
            (worded.column.as_str(), worded.wording.as_str()),
            (masked, "What is it like with Sarah Thompson?")
        );
        assert_eq!(outcome.warnings, [format!("No question was named: `{masked}`")]);
    }

    #[test]
    fn an_attribution_sends_nobody_to_a_page() {
        let redactor = Redactor::new(&RedactParams::default());
        let template = "SPLW of Sarah, @sam_helps, {@team}, sam@example.org";
        assert_eq!(mask_attribution(template, &redactor), "SPLW of Sarah, [handle], {@team}, [email]");
    }
}
