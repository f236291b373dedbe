//! What a run was made from, for `manifest.json`. It holds no time and no machine, so that two runs agree to the byte.

use super::{PipelineParams, RunOutput};
use crate::cluster::Granularity;
use crate::read::ReadOutcome;
use crate::types::Decision;
use serde_json::{Value, json};

/// Version of the manifest's form.
const MANIFEST_SCHEMA: u32 = 1;

/// The manifest without the files, which the export adds: version, model, settings, hash of the input, counts per stage.
pub fn manifest(outcome: &ReadOutcome, params: &PipelineParams, output: &RunOutput) -> Value {
    let report = &output.report;
    let summary = &outcome.summary;
    json!({
        "schema": MANIFEST_SCHEMA,
        "program": { "name": "verbatim", "version": report.run.version },
        "model": {
            "name": report.run.model,
            "sha256": report.run.model_sha256,
            "engine": report.run.engine,
        },
        "settings": {
            "themes": params.cluster.n_themes.map_or_else(|| Value::from("auto"), Value::from),
            "granularity": match params.cluster.granularity {
                Granularity::Coarse => "coarse",
                Granularity::Medium => "medium",
                Granularity::Fine => "fine",
            },
            "seed": params.cluster.seed,
            "namer": params.namer.as_ref().map(crate::label::Namer::endpoint),
            "sample": params.sample,
            "quotes": params.n_quotes,
            "common_share": params.common_share,
            "disclosure": params.disclosure,
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
        "questions": output.counts,
        "warnings": outcome.warnings,
    })
}
