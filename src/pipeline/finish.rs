//! The questions of a run together: groups and years compared, small counts hidden, quotes listed for review.

use super::RunOutput;
use super::assemble::order_themes;
use super::describe::Workplace;
use super::prepare::Prepared;
use super::question::QuestionRun;
use super::review::review_rows;
use super::years::compare_with_last_year;
use crate::codebook::update_codebook;
use crate::compare::{CodedQuestion, compare_groups};
use crate::disclose::{hidden_columns, nestings, protect, round_weighted};
use crate::progress::Stage;
use crate::types::{CodedSegment, Pin, QuestionReport, REPORT_SCHEMA, Report, RunInfo, Survey};
use std::collections::BTreeMap;

/// Makes of the `questions` what the run found; `warnings` are those that no single question gave, and new themes got the ids
/// before `next_id`.
pub(super) fn finish(
    workplace: Workplace<'_>,
    prepared: &[Prepared],
    questions: Vec<QuestionRun>,
    next_id: u32,
    mut warnings: Vec<String>,
) -> RunOutput {
    let Workplace { survey, params, review, known, progress, .. } = workplace;
    progress.start(Stage::Compare, None);
    let (mut reports, mut coded, mut counts) = (Vec::new(), Vec::new(), Vec::new());
    let (mut exemplars, mut texts, mut reshaped) = (Vec::new(), Vec::new(), Vec::new());
    let mut statements = Vec::new();
    let (mut split, mut unused_pins) = (BTreeMap::new(), Vec::new());
    for question in questions {
        reports.push(question.report);
        coded.push(question.coded);
        counts.push(question.counts);
        exemplars.push(question.exemplars);
        texts.push(question.texts);
        reshaped.push(question.reshaped);
        statements.push(question.statements);
        split.extend(question.split);
        unused_pins.extend(question.unused_pins);
        warnings.extend(question.warnings);
    }
    warnings.extend(unused_words(&unused_pins));
    let mut report = with_groups(new_report(workplace, reports), survey, prepared, &coded);
    if let Some(known) = known {
        compare_with_last_year(&mut report, &known.codebook, &reshaped, &split);
    }
    let nestings = nestings(survey);
    let report = protect(report, &nestings);
    let hidden_groups = hidden_columns(&report, survey, &nestings);
    let (review, quotes_reviewed) =
        review_rows(&report, &statements, survey, prepared, review, params.min_group);
    let report = Report { quotes_reviewed, ..report };
    let codebook = update_codebook(known.map(|known| &known.codebook), &report, next_id, &split);
    progress.finish(Stage::Compare);
    RunOutput { report, hidden_groups, coded, counts, review, codebook, exemplars, texts, warnings }
}

/// Says in one sentence which pins name nobody in this survey: in the next year's that may be most of them.
fn unused_words(pins: &[Pin]) -> Option<String> {
    let first = pins.first()?;
    let named = format!("of respondent `{}` to theme {}", first.respondent_id, first.theme);
    Some(match pins.len() {
        1 => format!("The pin {named} fits no answer of this survey"),
        n => format!("{n} pins of the codebook fit no answer of this survey; the first is that {named}"),
    })
}

/// The report with shares and groups, its themes in their order.
fn with_groups(
    mut report: Report,
    survey: &Survey,
    prepared: &[Prepared],
    coded: &[Vec<CodedSegment>],
) -> Report {
    let bases: Vec<Vec<usize>> = prepared.iter().map(Prepared::base).collect();
    let questions: Vec<CodedQuestion<'_>> =
        bases.iter().zip(coded).map(|(base, coded)| CodedQuestion { base, coded }).collect();
    compare_groups(&mut report, survey, &questions);
    round_weighted(&mut report);
    order_themes(&mut report);
    report
}

fn new_report(workplace: Workplace<'_>, questions: Vec<QuestionReport>) -> Report {
    let Workplace { survey, params, embedder, .. } = workplace;
    let model = embedder.model();
    Report {
        schema: REPORT_SCHEMA,
        title: survey.title.clone(),
        year: survey.year,
        run: RunInfo {
            version: env!("CARGO_PKG_VERSION").into(),
            model: model.name.clone(),
            model_sha256: model.sha256.clone(),
            engine: model.engine.clone(),
            seed: params.cluster.seed,
            previous: None,
        },
        respondents: survey.respondents.len(),
        quotes_reviewed: false,
        disclosure: params.disclosure,
        common_share: params.common_share,
        most_common: params.most_common,
        questions,
        notes: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::ThemeId;

    #[test]
    fn pins_that_name_nobody_are_told_in_one_warning() {
        let pin = |who: &str| Pin {
            question: "q".into(),
            respondent_id: who.into(),
            segment: None,
            theme: ThemeId::FIRST,
            away: false,
        };
        let pins = ["a", "b", "c"].map(pin);
        let words = |n: usize| unused_words(&pins[..n]);
        assert_eq!(words(0), None);
        assert_eq!(words(1).unwrap(), "The pin of respondent `a` to theme T01 fits no answer of this survey");
        assert_eq!(
            words(3).unwrap(),
            "3 pins of the codebook fit no answer of this survey; the first is that of respondent `a` to theme T01"
        );
    }
}
