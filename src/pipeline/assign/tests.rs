use super::*;
use crate::embed::Embedded;
use crate::pipeline::part::Part;
use crate::pipeline::{PipelineParams, RunOutput, prepare_question, run_pipeline};
use crate::progress::NoProgress;
use crate::types::{Answer, Pin, Question as Asked, Respondent, Survey, Vectors};
use ndarray::Array2;
use std::collections::BTreeSet;

const DIM: usize = 24;

/// A text's vector is the sum of its words', each drawn by the word's bytes.
struct Words(ModelInfo);

impl Words {
    fn new() -> Self {
        let [name, sha256, engine] = ["words", "0", "test"].map(str::to_owned);
        Self(ModelInfo { name, sha256, engine, dim: DIM })
    }
}

impl Embedder for Words {
    fn model(&self) -> &ModelInfo {
        &self.0
    }

    fn embed(&self, texts: &[&str], done: &(dyn Fn(usize) + Sync)) -> Result<Embedded, EmbedError> {
        let mut rows = Array2::zeros((texts.len(), DIM));
        for (text, mut row) in texts.iter().zip(rows.rows_mut()) {
            for word in text.split_whitespace() {
                let seed = word.bytes().fold(7_u32, |hash, byte| {
                    hash.wrapping_mul(0x0100_0193) ^ u32::from(byte.to_ascii_lowercase())
                });
                row.iter_mut().zip(1_u8..).for_each(|(x, i)| *x += ((seed >> 8) as f32 * f32::from(i)).sin());
            }
        }
        done(texts.len());
        Ok(Embedded { vectors: Vectors::from_rows(rows), windowed: Vec::new() })
    }
}

/// Three hundred people, each with one to three of the words of one subject; "Good team" is in the answers of many.
fn survey() -> Survey {
    let subjects = [
        ["training", "course", "induction", "mentor", "skills", "learning"],
        ["salary", "wages", "banding", "pension", "bonus", "contract"],
        ["patients", "listening", "stories", "wellbeing", "smiles", "thanks"],
    ];
    let answer = |i: usize| {
        let words = subjects[i % 3];
        let one = format!("The {} and the {} of week {i}", words[i % 6], words[(i / 5) % 6]);
        match i % 5 {
            0 => "n/a".to_owned(),
            1 => format!("{one}. Good team."),
            2 => format!("{one}. More {} in week {i} too.", words[(i / 7) % 6]),
            _ => one,
        }
    };
    let respondents = (0..300).map(|i| Respondent {
        id: format!("r{i:03}"),
        row: i,
        groups: Vec::new(),
        may_be_quoted: true,
        weight: 1.0,
        answers: vec![Answer { text: answer(i) }],
    });
    Survey {
        questions: vec![Asked { column: "why".into(), wording: "Why?".into() }],
        respondents: respondents.collect(),
        ..Survey::default()
    }
}

fn run(survey: &Survey, sample: usize) -> RunOutput {
    let params = PipelineParams { sample, ..PipelineParams::default() };
    run_pipeline(survey, &params, None, &Words::new(), &NoProgress).unwrap()
}

fn assigner(run: &RunOutput, texts: bool) -> Assigner {
    let themes = RunThemes {
        known: KnownThemes { codebook: run.codebook.clone(), exemplars: run.exemplars.clone() },
        texts: if texts { run.texts.clone() } else { Vec::new() },
    };
    Assigner::new(themes, &RedactParams::default(), Words::new().model()).unwrap()
}

fn answers(survey: &Survey) -> Vec<GivenAnswer<'_>> {
    let given = |respondent| {
        let Respondent { id, answers, .. }: &Respondent = respondent;
        GivenAnswer { respondent_id: id, text: &answers[0].text }
    };
    survey.respondents.iter().map(given).collect()
}

fn segments(assigned: &[AssignedAnswer]) -> Vec<CodedSegment> {
    assigned.iter().flat_map(|answer| answer.segments.clone()).collect()
}

#[test]
fn the_same_answers_get_the_themes_that_the_run_gave_them() {
    let survey = survey();
    for sample in [50_000, 100] {
        let run = run(&survey, sample);
        let themes: BTreeSet<_> = run.coded[0].iter().filter_map(|segment| segment.theme).collect();
        assert!(themes.len() > 1, "{themes:?}");
        let assigned = assigner(&run, true).assign("why", &answers(&survey), &Words::new()).unwrap();
        let expected = run.coded[0].iter().map(|s| CodedSegment { primary: false, ..s.clone() });
        assert_eq!(segments(&assigned), expected.collect::<Vec<_>>());
        let substantive = assigned.iter().filter(|a| a.kind == AnswerKind::Substantive).count();
        assert_eq!(substantive, run.report.questions[0].base);
    }
}

#[test]
fn nearly_every_text_that_the_run_has_not_fitted_is_placed_where_the_run_places_it() {
    let survey = survey();
    let run = run(&survey, 100);
    let prepared = prepare_question(&survey, 0, &Redactor::new(&RedactParams::default()));
    let sample = Part::sample(&prepared, 100, PipelineParams::default().cluster.seed).unwrap();
    let fitted: BTreeSet<&String> = sample.prepared.corpus.texts.iter().collect();
    let assigned = assigner(&run, false).assign("why", &answers(&survey), &Words::new()).unwrap();
    let found = segments(&assigned);
    let pairs = found.iter().zip(&run.coded[0]).filter(|(_, expected)| {
        let text = prepared.corpus.texts.binary_search(&expected.text).unwrap();
        // A text in the answers of many has the mean of them for a context in the run.
        prepared.corpus.counts[text] == 1 && !fitted.contains(&expected.text)
    });
    let (same, other): (Vec<_>, Vec<_>) = pairs.partition(|(found, expected)| found.theme == expected.theme);
    // The run smooths its texts by their words too, which are not kept.
    assert!(
        same.len() > 100 && other.len() * 14 <= same.len(),
        "{} the same, {} not",
        same.len(),
        other.len()
    );
}

#[test]
fn what_an_answer_gets_does_not_hang_on_the_answers_beside_it() {
    let survey = survey();
    let assigner = assigner(&run(&survey, 100), false);
    let answers = answers(&survey);
    let together = assigner.assign("why", &answers, &Words::new()).unwrap();
    for parts in [1, 7, 64] {
        let apart = answers.chunks(parts).flat_map(|part| {
            let mut assigned = assigner.assign("why", part, &Words::new()).unwrap();
            for segment in assigned.iter_mut().flat_map(|answer| &mut answer.segments) {
                segment.respondent = 0;
            }
            assigned
        });
        let whole = together.iter().cloned().map(|mut answer| {
            answer.segments.iter_mut().for_each(|segment| segment.respondent = 0);
            answer
        });
        assert!(apart.eq(whole), "{parts} at a time");
    }
}

#[test]
fn decisions_and_pins_made_since_the_run_count() {
    let survey = survey();
    let mut run = run(&survey, 50_000);
    let ids: Vec<ThemeId> = run.codebook.themes.iter().filter_map(|theme| theme.id).collect();
    let first = |id: ThemeId| run.coded[0].iter().find(|s| s.theme == Some(id)).unwrap().respondent;
    let (merged, pinned) = (first(ids[1]), first(ids[0]));
    run.codebook.themes[1].merge_into = Some(ids[0]);
    run.codebook.themes[2].drop = true;
    run.codebook.pins = vec![Pin {
        question: "why".into(),
        respondent_id: survey.respondents[pinned].id.clone(),
        segment: None,
        theme: ids[0],
        away: true,
    }];
    let assigned = assigner(&run, true).assign("why", &answers(&survey), &Words::new()).unwrap();
    assert!(assigned[merged].segments.iter().any(|segment| segment.theme == Some(ids[0])));
    assert!(assigned[pinned].segments.iter().all(|segment| segment.theme != Some(ids[0])));
    let gone = |segment: &CodedSegment| {
        [segment.theme, segment.second].iter().flatten().any(|id| [ids[1], ids[2]].contains(id))
    };
    assert!(!segments(&assigned).iter().any(gone));
}

#[test]
fn a_question_that_the_run_does_not_know_has_no_themes() {
    let survey = survey();
    let assigned =
        assigner(&run(&survey, 50_000), true).assign("what", &answers(&survey), &Words::new()).unwrap();
    assert!(segments(&assigned).iter().all(|segment| segment.theme.is_none()));
    assert!(!segments(&assigned).is_empty());
}
