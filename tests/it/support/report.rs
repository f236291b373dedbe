//! A made-up run, rich enough to show everything an export can show and independent of the pipeline: two questions of fourteen
//! themes, with changes, groups, hidden cells, sub-themes, quotes and a map.

use super::wordings::{CHANGE, ENJOY, Wording};
use serde_json::json;
use std::collections::BTreeSet;
use verbatim::disclose::{hidden_columns, nestings};
use verbatim::export::{Attachment, ExportInput};
use verbatim::types::*;

/// A run to be exported.
pub(crate) struct Fixture {
    pub(crate) report: Report,
    pub(crate) survey: Survey,
    pub(crate) coded: Vec<Vec<CodedSegment>>,
    pub(crate) hidden_groups: Vec<usize>,
    pub(crate) review: Vec<ReviewRow>,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) manifest: serde_json::Value,
}

impl Fixture {
    pub(crate) fn input(&self) -> ExportInput<'_> {
        ExportInput {
            report: &self.report,
            survey: &self.survey,
            hidden_groups: &self.hidden_groups,
            coded: &self.coded,
            review: &self.review,
            attachments: &self.attachments,
            manifest: &self.manifest,
        }
    }

    /// The theme of the first question with this name.
    pub(crate) fn theme_mut(&mut self, index: usize) -> &mut Theme {
        &mut self.report.questions[0].themes[index]
    }
}

/// The run of `n` respondents.
pub(crate) fn fixture(n: usize) -> Fixture {
    let respondents: Vec<Respondent> = (0..n).map(respondent).collect();
    let survey = Survey {
        title: "Social Prescribing Link Worker Survey".into(),
        year: Some(2023),
        questions: vec![
            question("enjoy_most", "What do you enjoy most in your role as an SPLW?"),
            question("would_change", "What would you like to see changed?"),
        ],
        groups: ["employer", "contract"].map(|column| GroupColumn { column: column.into() }).into(),
        attribution: Some("SPLW, {employer}, {year}".into()),
        respondents,
    };
    let coded = vec![code(&survey, ENJOY, 0), code(&survey, CHANGE, 1)];
    let questions = survey
        .questions
        .iter()
        .zip([ENJOY, CHANGE])
        .zip(&coded)
        .map(|((question, wordings), coded)| question_report(&survey, question, wordings, coded))
        .collect();
    let report = Report {
        schema: REPORT_SCHEMA,
        title: survey.title.clone(),
        year: survey.year,
        run: RunInfo {
            version: "0.1.0".into(),
            model: "all-MiniLM-L6-v2".into(),
            model_sha256: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db".into(),
            engine: "rten".into(),
            seed: 42,
            previous: Some("Social Prescribing Link Worker Survey, 2022".into()),
        },
        respondents: n,
        quotes_reviewed: false,
        disclosure: Disclosure::Suppress,
        common_share: 0.05,
        most_common: None,
        questions,
        notes: vec![
            "The wording of `would_change` differs from 2022: compare its shares with care.".into(),
            "This survey is invented.".into(),
        ],
    };
    let review = review(&report);
    Fixture {
        hidden_groups: hidden_columns(&report, &survey, &nestings(&survey)),
        report,
        survey,
        coded,
        review,
        attachments: vec![Attachment { name: "codebook.toml".into(), content: b"[survey]\n".into() }],
        manifest: json!({ "counts": { "rows": n, "respondents": n }, "settings": { "seed": 42 } }),
    }
}

fn question(column: &str, wording: &str) -> Question {
    Question { column: column.into(), wording: wording.into() }
}

fn respondent(i: usize) -> Respondent {
    let employer = match i % 20 {
        0..=9 => Some("PCN"),
        10..=15 => Some("VCSE"),
        16 | 17 => Some("GP federation"),
        18 => Some("Local authority"),
        _ => None,
    };
    let contract = if i % 4 == 1 { "Fixed term" } else { "Permanent" };
    Respondent {
        id: format!("R{i:04}"),
        row: i + 1,
        groups: vec![employer.map(Into::into), Some(contract.into())],
        may_be_quoted: i % 7 != 3,
        weight: 1.0,
        answers: vec![Answer::default(); 2],
    }
}

/// Whether respondent `i` mentions theme `t`: a fixed scatter with about `percent` hits.
fn mentions(i: usize, t: usize, percent: usize, question: usize) -> bool {
    (i * 7919 + t * 104_729 + question * 31 + (i / 13) * 17) % 997 < percent * 997 / 100
}

fn code(survey: &Survey, wordings: &[Wording], question: usize) -> Vec<CodedSegment> {
    let mut coded = Vec::new();
    for (i, _) in survey.respondents.iter().enumerate().filter(|(i, _)| i % 5 != 4) {
        let (mut start, mut segment, mut primary) = (0, 0, true);
        for (t, wording) in wordings.iter().enumerate() {
            if !mentions(i, t, wording.percent, question) {
                continue;
            }
            let text = wording.quotes[i % wording.quotes.len()];
            let end = start + text.chars().count();
            let theme = ThemeId::new(t as u32 + 1);
            let similarity = 0.55 + ((i * 37 + t * 11) % 40) as f32 / 100.0;
            let (text, margin) = (text.to_string(), similarity / 5.0);
            coded.push(CodedSegment {
                respondent: i,
                segment,
                start,
                end,
                text,
                theme,
                second: None,
                similarity,
                margin,
                primary,
            });
            (start, segment, primary) = (end + 1, segment + 1, false);
        }
        if segment == 0 {
            let text = "It is hard to say in a few words".to_string();
            let end = text.chars().count();
            let unclear = CodedSegment {
                respondent: i,
                segment,
                start,
                end,
                text,
                theme: None,
                second: None,
                similarity: 0.21,
                margin: 0.01,
                primary: false,
            };
            coded.push(unclear);
        }
    }
    coded
}

fn question_report(
    survey: &Survey,
    question: &Question,
    wordings: &[Wording],
    coded: &[CodedSegment],
) -> QuestionReport {
    let base = coded.iter().map(|segment| segment.respondent).collect::<BTreeSet<_>>();
    let clear = coded.iter().filter(|s| s.theme.is_some()).map(|s| s.respondent).collect::<BTreeSet<_>>();
    let blank = survey.respondents.len() - base.len();
    let mut themes: Vec<Theme> =
        wordings.iter().enumerate().map(|(t, wording)| theme(survey, t, wording, coded, &base)).collect();
    themes.sort_by(|a, b| b.share.unwrap_or(0.0).total_cmp(&a.share.unwrap_or(0.0)).then(a.id.cmp(&b.id)));
    QuestionReport {
        column: question.column.clone(),
        wording: question.wording.clone(),
        blank: Some(blank - blank / 4),
        non_answers: Some(blank / 4),
        base: base.len(),
        effective_base: None,
        segments: coded.len(),
        no_clear_theme: Some(base.len() - clear.len()),
        coverage: Some(clear.len() as f64 / base.len() as f64),
        themes,
        gone: vec![gone()],
        map: map(coded),
    }
}

fn theme(
    survey: &Survey,
    t: usize,
    wording: &Wording,
    coded: &[CodedSegment],
    base: &BTreeSet<usize>,
) -> Theme {
    let id = ThemeId::new(t as u32 + 1).unwrap();
    let of: Vec<&CodedSegment> = coded.iter().filter(|segment| segment.theme == Some(id)).collect();
    let who: BTreeSet<usize> = of.iter().map(|segment| segment.respondent).collect();
    let share = who.len() as f64 / base.len() as f64;
    let stability = Stability { found: 20 - (t as u32 * 3) % 13, of: 20 };
    Theme {
        id,
        name: wording.name.into(),
        statement: wording.statement.into(),
        keywords: wording.keywords.iter().map(|word| (*word).into()).collect(),
        level: if share >= 0.05 { Level::Common } else { Level::Additional },
        respondents: Some(who.len()),
        mentions: Some(of.len()),
        share: Some(share),
        interval: Some(wilson(who.len(), base.len())),
        stability: Some(stability),
        tentative: stability.is_tentative(),
        change: Some(change(share, base.len(), wording.previous)),
        groups: (0..survey.groups.len()).map(|column| group_table(survey, column, &who, base)).collect(),
        quotes: quotes(survey, &of, wording.quotes.len()),
        subthemes: subthemes(id, wording, who.len(), base.len()),
    }
}

fn subthemes(id: ThemeId, wording: &Wording, n: usize, base: usize) -> Vec<SubTheme> {
    let parts = wording.parts.iter().enumerate();
    parts
        .map(|(i, name)| {
            let n = if i == 2 { None } else { Some(n / (2 + i)) };
            SubTheme {
                id: format!("{id}.{}", i + 1),
                name: (*name).into(),
                respondents: n,
                share: n.map(|n| n as f64 / base as f64),
            }
        })
        .collect()
}

fn quotes(survey: &Survey, of: &[&CodedSegment], n: usize) -> Vec<Quote> {
    let mut seen = BTreeSet::new();
    let fresh = of.iter().filter(|s| survey.respondents[s.respondent].may_be_quoted && seen.insert(&s.text));
    fresh
        .take(n)
        .enumerate()
        .map(|(i, s)| {
            let respondent = &survey.respondents[s.respondent];
            let employer = respondent.groups[0].clone();
            Quote {
                respondent_id: respondent.id.clone(),
                start: s.start,
                end: s.end,
                text: s.text.clone(),
                attribution: Some(
                    employer.as_ref().map_or("SPLW, 2023".into(), |e| format!("SPLW, {e}, 2023")),
                ),
                similarity: s.similarity,
                shows_spread: i == 4,
                masked: s.text.contains('['),
                groups: respondent.groups.clone(),
            }
        })
        .collect()
}

fn group_table(survey: &Survey, column: usize, who: &BTreeSet<usize>, base: &BTreeSet<usize>) -> GroupTable {
    let value = |i: usize| survey.respondents[i].groups[column].clone().unwrap_or("(not given)".into());
    let values: BTreeSet<String> = base.iter().map(|&i| value(i)).collect();
    let mut rows: Vec<GroupRow> = values
        .into_iter()
        .map(|wanted| {
            let n_base = base.iter().filter(|&&i| value(i) == wanted).count();
            let n = who.iter().filter(|&&i| value(i) == wanted).count();
            let shown = n == 0 || n >= 5;
            GroupRow {
                value: wanted,
                base: Some(n_base),
                respondents: shown.then_some(n),
                share: shown.then(|| n as f64 / n_base as f64),
                interval: shown.then(|| wilson(n, n_base)),
            }
        })
        .collect();
    rows.sort_by(|a, b| b.base.cmp(&a.base).then_with(|| a.value.cmp(&b.value)));
    let tested = rows.iter().all(|row| row.respondents.is_some());
    let column = survey.groups[column].column.clone();
    GroupTable { column, rows, p_adjusted: tested.then_some(0.013), cramers_v: tested.then_some(0.14) }
}

fn change(share: f64, base: usize, previous: Option<usize>) -> Change {
    let Some(then) = previous else {
        return Change {
            previous: "2022".into(),
            status: ThemeStatus::New,
            previous_share: None,
            previous_interval: None,
            previous_base: None,
            difference: None,
            interval: None,
            p_adjusted: None,
            words: "new this year".into(),
        };
    };
    let then = then as f64 / 100.0;
    let difference = share - then;
    let (status, words) = if difference.abs() < 0.03 {
        (ThemeStatus::Continuing, format!("no clear change from {:.0}% in 2022", then * 100.0))
    } else {
        let (status, verb) =
            if difference > 0.0 { (ThemeStatus::Growing, "rose") } else { (ThemeStatus::Shrinking, "fell") };
        let points = difference * 100.0;
        let words = format!(
            "{verb} from {:.0}% to {:.0}% ({points:+.0} points, 95% CI {:.0} to {:.0})",
            then * 100.0,
            share * 100.0,
            points - 3.0,
            points + 3.0
        );
        (status, words)
    };
    Change {
        previous: "2022".into(),
        status,
        previous_share: Some(then),
        previous_interval: Some(wilson((then * 700.0) as usize, 700)),
        previous_base: Some(base + 100),
        difference: Some(difference),
        interval: Some((difference - 0.03, difference + 0.03)),
        p_adjusted: Some(0.02),
        words,
    }
}

fn gone() -> GoneTheme {
    let change = Change {
        previous_share: Some(0.06),
        words: "6% in 2022, nobody now".into(),
        status: ThemeStatus::Gone,
        ..change(0.0, 500, Some(6))
    };
    GoneTheme { id: ThemeId::new(77).unwrap(), name: "Remote working in lockdown".into(), change }
}

fn map(coded: &[CodedSegment]) -> Vec<MapPoint> {
    let scatter =
        |i: usize, salt: usize| ((i * i * 31 + i * 7919 + salt * (613 + i)) % 1009) as f32 / 1009.0 - 0.5;
    let point = |(i, segment): (usize, &CodedSegment)| {
        let t = segment.theme.map_or(0, ThemeId::number) as f32;
        let (angle, out) = (t * 2.4, 0.1 + 0.3 * (t / 15.0).sqrt());
        let spread = if t == 0.0 { 1.6 } else { 0.6 };
        let x = 0.5 + out * angle.cos() + spread * scatter(i, 1) * scatter(i, 3).abs();
        let y = 0.5 + out * angle.sin() + spread * scatter(i, 2) * scatter(i, 4).abs();
        MapPoint { x: x.clamp(0.0, 1.0), y: y.clamp(0.0, 1.0), theme: segment.theme }
    };
    coded.iter().enumerate().map(point).collect()
}

fn review(report: &Report) -> Vec<ReviewRow> {
    let mut rows = Vec::new();
    for question in &report.questions {
        for theme in &question.themes {
            rows.extend(theme.quotes.iter().map(|quote| ReviewRow {
                question: question.column.clone(),
                theme: theme.id,
                respondent_id: quote.respondent_id.clone(),
                start: quote.start,
                end: quote.end,
                text: quote.text.clone(),
                marks: if quote.masked { vec!["[name]".into()] } else { Vec::new() },
                risks: if quote.masked { vec!["names a colleague".into()] } else { Vec::new() },
                decision: quote.masked.then_some(Decision::Reject),
            }));
        }
    }
    rows
}

/// Wilson's 95% interval.
fn wilson(n: usize, of: usize) -> (f64, f64) {
    let (z, p, of) = (1.959_964, n as f64 / of as f64, of as f64);
    let middle = (p + z * z / (2.0 * of)) / (1.0 + z * z / of);
    let half = z / (1.0 + z * z / of) * (p * (1.0 - p) / of + z * z / (4.0 * of * of)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}
