//! What a run was made from, for `manifest.json`. It holds no time and no machine, so that two runs agree to the byte.

use super::{PipelineParams, QuestionCounts, RunOutput};
use crate::disclose::shown;
use crate::read::ReadOutcome;
use crate::types::{Decision, QuestionReport, Report};
use serde_json::{Value, json};

/// The manifest without what the export says of itself and its files: model, settings, hash of the input, counts per stage.
pub fn manifest(outcome: &ReadOutcome, params: &PipelineParams, output: &RunOutput) -> Value {
    let report = &output.report;
    let summary = &outcome.summary;
    json!({
        "model": {
            "name": report.run.model,
            "sha256": report.run.model_sha256,
            "engine": report.run.engine,
        },
        "settings": {
            "themes": params.cluster.n_themes.map_or_else(|| Value::from("auto"), Value::from),
            "granularity": params.cluster.granularity,
            "seed": params.cluster.seed,
            "namer": params.namer.as_ref().map(crate::label::Namer::endpoint),
            "sample": params.sample,
            "quotes": params.n_quotes,
            "common_share": params.common_share,
            "most_common": params.most_common,
            "disclosure": params.disclosure,
            "min_group": params.min_group,
            "review": {
                "approved": params.review.count(Decision::Approve),
                "rejected": params.review.count(Decision::Reject),
            },
        },
        "input": {
            "format": summary.format,
            "encoding": summary.encoding,
            "rows": summary.rows,
            "rows_sha256": summary.rows_sha256,
            "rejected": outcome.rejected.iter().map(|row| json!({ "row": row.row, "reason": row.reason })).collect::<Vec<_>>(),
            "respondents": outcome.survey.respondents.len(),
            "columns": summary.columns,
        },
        "questions": report.questions.iter().zip(&output.counts).map(|(question, counts)| {
            question_counts(report, question, counts)
        }).collect::<Vec<_>>(),
        "warnings": outcome.warnings,
    })
}

/// What became of the answers to one question; `null` where a count is hidden, which must not come back here.
fn question_counts(report: &Report, question: &QuestionReport, counts: &QuestionCounts) -> Value {
    let shown = |count| shown(count, report.disclosure);
    json!({
        "column": question.column,
        "respondents": report.respondents,
        "blank": question.blank,
        "non_answers": question.non_answers,
        "base": question.base,
        "in_a_theme": question.no_clear_theme.map(|unclear| question.base.saturating_sub(unclear)),
        "no_clear_theme": question.no_clear_theme,
        "duplicates": shown(counts.duplicates),
        "masks": shown(counts.masks),
        "segments": question.segments,
        "distinct_texts": shown(counts.distinct_texts),
        "fitted_texts": shown(counts.fitted_texts),
        "windowed_texts": shown(counts.windowed_texts),
        "themes": question.themes.len(),
    })
}
