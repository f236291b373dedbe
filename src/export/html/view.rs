use super::question::{QuestionView, question_view};
use crate::export::figures;
use crate::export::inert::one_line;
use crate::export::run::Run;
use minijinja::Value;
use serde::Serialize;

/// What the page shows.
#[derive(Serialize)]
pub(super) struct Page {
    title: String,
    style: Value,
    reviewed: bool,
    not_reviewed: &'static str,
    review_advice: &'static str,
    respondents: String,
    notes: Vec<String>,
    questions: Vec<QuestionView>,
    made: String,
    previous: Option<String>,
}

pub(super) fn page(run: &Run<'_>) -> Page {
    let report = run.report;
    Page {
        title: one_line(&figures::title(report)),
        style: Value::from_safe_string(include_str!("templates/style.css").into()),
        reviewed: report.quotes_reviewed,
        not_reviewed: figures::NOT_REVIEWED,
        review_advice: figures::REVIEW_ADVICE,
        respondents: figures::whole(report.respondents),
        notes: report.notes.iter().map(|note| one_line(note)).collect(),
        questions: (1..)
            .zip(&report.questions)
            .map(|(n, question)| question_view(n, question, report))
            .collect(),
        made: one_line(&figures::made(report)),
        previous: report.run.previous.as_deref().map(one_line),
    }
}
