use super::*;
use crate::types::*;
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::collections::BTreeMap;

pub(super) fn id(number: u32) -> ThemeId {
    ThemeId::new(number).unwrap()
}

fn theme(number: u32) -> Theme {
    Theme {
        id: id(number),
        name: format!("Theme {number}"),
        statement: String::new(),
        keywords: Vec::new(),
        level: Level::Common,
        respondents: None,
        mentions: None,
        share: None,
        interval: None,
        stability: Stability { found: 50, of: 50 },
        tentative: false,
        change: None,
        groups: Vec::new(),
        quotes: Vec::new(),
        subthemes: Vec::new(),
    }
}

fn question(themes: Vec<Theme>, base: usize) -> QuestionReport {
    QuestionReport {
        column: "q".into(),
        wording: "q?".into(),
        blank: Some(0),
        non_answers: Some(0),
        base,
        effective_base: None,
        segments: base,
        no_clear_theme: Some(0),
        coverage: Some(1.0),
        themes,
        gone: Vec::new(),
        map: Vec::new(),
    }
}

fn report(question: QuestionReport) -> Report {
    Report {
        schema: REPORT_SCHEMA,
        title: "t".into(),
        year: Some(2023),
        run: RunInfo {
            version: String::new(),
            model: String::new(),
            model_sha256: String::new(),
            engine: String::new(),
            seed: 1,
            previous: None,
        },
        respondents: question.base,
        quotes_reviewed: false,
        disclosure: Disclosure::None,
        common_share: 0.05,
        questions: vec![question],
        notes: Vec::new(),
    }
}

/// A survey of one group column; each respondent is (group, weight, themes of the segments).
fn coded(respondents: &[(Option<&str>, f64, &[u32])]) -> (Survey, Vec<CodedSegment>) {
    let survey = Survey {
        groups: vec![GroupColumn { column: "employer".into() }],
        respondents: respondents
            .iter()
            .enumerate()
            .map(|(i, (group, weight, _))| Respondent {
                id: i.to_string(),
                row: i,
                groups: vec![group.map(Into::into)],
                may_be_quoted: true,
                weight: *weight,
                answers: Vec::new(),
            })
            .collect(),
        ..Survey::default()
    };
    let segments = respondents.iter().enumerate().flat_map(|(respondent, (_, _, themes))| {
        themes.iter().enumerate().map(move |(segment, theme)| CodedSegment {
            respondent,
            segment,
            start: 0,
            end: 0,
            text: String::new(),
            theme: ThemeId::new(*theme),
            second: None,
            similarity: 1.0,
            margin: 1.0,
            primary: segment == 0,
        })
    });
    (survey.clone(), segments.collect())
}

#[test]
fn a_respondent_counts_once_per_theme_and_blank_groups_are_shown_but_not_tested() {
    let mut rows: Vec<(Option<&str>, f64, &[u32])> = Vec::new();
    rows.extend([(Some("PCN"), 1.0, &[1, 1, 2][..]); 30]);
    rows.extend([(Some("PCN"), 1.0, &[2][..]); 30]);
    rows.extend([(Some("VCSE"), 1.0, &[1][..]); 5]);
    rows.extend([(Some("VCSE"), 1.0, &[2][..]); 35]);
    rows.extend([(None, 1.0, &[2][..]); 3]);
    let (survey, segments) = coded(&rows);
    let base: Vec<usize> = (0..rows.len()).collect();
    let mut report = report(question(vec![theme(1), theme(2)], base.len()));
    compare_groups(&mut report, &survey, &[CodedQuestion { base: &base, coded: &segments }]);

    let first = &report.questions[0].themes[0];
    assert!((first.share.unwrap() - 35.0 / 103.0).abs() < 1e-12);
    let table = &first.groups[0];
    let rows: Vec<_> = table.rows.iter().map(|r| (r.value.as_str(), r.base, r.respondents)).collect();
    assert_eq!(
        rows,
        [("PCN", Some(60), Some(30)), ("VCSE", Some(40), Some(5)), (NOT_GIVEN, Some(3), Some(0))]
    );
    // Pearson's chi-square of (30, 30; 5, 35) by hand: 100 (30 x 35 - 30 x 5)^2 / (60 x 40 x 35 x 65) = 14.835.
    assert!((table.cramers_v.unwrap() - 0.148_35_f64.sqrt()).abs() < 1e-5);
    assert!(table.p_adjusted.unwrap() < 0.001);
}

#[test]
fn weights_move_the_share_and_shrink_the_base() {
    let rows: Vec<(Option<&str>, f64, &[u32])> =
        vec![(None, 1.0, &[1]), (None, 1.0, &[2]), (None, 2.0, &[1]), (None, 1.0, &[2])];
    let (survey, segments) = coded(&rows);
    let mut report = report(question(vec![theme(1)], 4));
    compare_groups(&mut report, &survey, &[CodedQuestion { base: &[0, 1, 2, 3], coded: &segments }]);
    assert_eq!(report.questions[0].themes[0].share, Some(0.6));
    assert!((report.questions[0].effective_base.unwrap() - 25.0 / 7.0).abs() < 1e-12);
}

#[test]
fn empty_themes_are_gone_unless_kept_and_unknown_ones_are_new() {
    let with = |number, respondents: usize| Theme {
        respondents: Some(respondents),
        share: Some(respondents as f64 / 500.0),
        ..theme(number)
    };
    let then = |share| PreviousTheme { name: "Then".into(), share: Some(share), reshaped: None };
    let previous = PreviousQuestion {
        label: "2022".into(),
        base: 600,
        effective_base: None,
        themes: BTreeMap::from([
            (id(1), then(0.1)),
            (id(2), then(0.2)),
            (id(3), then(0.1)),
            (id(4), then(0.02)),
        ]),
    };
    let mut now = question(vec![with(1, 150), with(2, 0), with(4, 0), with(5, 40)], 500);
    compare_years(&mut now, &previous, &|theme| theme == id(4));

    let status = |n| now.themes.iter().find(|t| t.id == id(n)).map(|t| t.change.as_ref().unwrap().status);
    assert_eq!(status(1), Some(ThemeStatus::Growing));
    assert_eq!(status(2), None);
    assert_eq!(status(4), Some(ThemeStatus::Gone), "kept by the researcher though nobody mentions it");
    assert_eq!(status(5), Some(ThemeStatus::New));
    assert_eq!(now.gone.iter().map(|gone| gone.id).collect::<Vec<_>>(), [id(2), id(3)]);
    assert_eq!(now.gone[0].change.words, "gone: 20% in 2022, nobody now");
}

/// Pairs of years drawn with replacement from the same coded respondents: nothing changes, so whatever is called a change is
/// false, and the interval ought to hold zero 95 times in 100.
#[test]
fn years_without_change_are_rarely_called_changed_and_intervals_cover_the_truth() {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(2023);
    let truth: Vec<f64> = (1..=14).map(|i| 0.4 / f64::from(i)).collect();
    let pool: Vec<Vec<bool>> = (0..777).map(|_| truth.iter().map(|p| rng.gen_bool(*p)).collect()).collect();
    let (mut tested, mut flagged, mut covered) = (0_usize, 0, 0);
    for _ in 0..200 {
        let mut draw = |n: usize| -> Vec<usize> {
            let mut counts = vec![0; truth.len()];
            for _ in 0..n {
                let answer = &pool[rng.gen_range(0..pool.len())];
                for (count, yes) in counts.iter_mut().zip(answer) {
                    *count += usize::from(*yes);
                }
            }
            counts
        };
        let (then, now) = (draw(947), draw(777));
        let previous = PreviousQuestion {
            label: "2022".into(),
            base: 947,
            effective_base: None,
            themes: (1..)
                .zip(&then)
                .map(|(n, x)| {
                    (
                        id(n),
                        PreviousTheme { name: String::new(), share: Some(*x as f64 / 947.0), reshaped: None },
                    )
                })
                .collect(),
        };
        let themes = (1..)
            .zip(&now)
            .map(|(n, x)| Theme { respondents: Some(*x), share: Some(*x as f64 / 777.0), ..theme(n) })
            .collect();
        let mut question = question(themes, 777);
        compare_years(&mut question, &previous, &|_| false);
        for change in question.themes.iter().filter_map(|theme| theme.change.as_ref()) {
            let (low, high) = change.interval.unwrap();
            tested += 1;
            covered += usize::from(low <= 0.0 && high >= 0.0);
            flagged += usize::from(change.status != ThemeStatus::Continuing);
        }
    }
    let [flagged, covered] = [flagged, covered].map(|n: usize| n as f64 / tested as f64);
    assert!(flagged <= 0.05, "{flagged}");
    assert!((0.93..=0.97).contains(&covered), "{covered}");
}
