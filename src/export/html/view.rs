use super::question::{QuestionView, question_view};
use crate::export::figures;
use crate::export::inert::one_line;
use crate::export::run::Run;
use base64::prelude::{BASE64_STANDARD, Engine};
use minijinja::Value;
use serde::Serialize;
use sha2::{Digest, Sha256};

const STYLE: &str = include_str!("templates/style.css");

/// What the page shows.
#[derive(Serialize)]
pub(super) struct Page {
    title: String,
    style: Value,
    /// Of the style, for the policy (CSP level 2): the page allows these very bytes and no other style.
    style_hash: Value,
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
        style: Value::from_safe_string(STYLE.into()),
        style_hash: Value::from_safe_string(BASE64_STANDARD.encode(Sha256::digest(STYLE))),
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
