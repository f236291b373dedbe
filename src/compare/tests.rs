use super::*;
use crate::maths::Proportion;
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
        stability: Some(Stability { found: 50, of: 50 }),
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
        most_common: None,
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
        incomparable: BTreeMap::new(),
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

#[test]
fn a_theme_that_was_added_merged_into_or_divided_says_so_and_is_not_tested() {
    let with = |number, respondents: usize| Theme {
        respondents: Some(respondents),
        share: Some(respondents as f64 / 500.0),
        ..theme(number)
    };
    let then = PreviousTheme { name: "Then".into(), share: Some(0.1), reshaped: None };
    let previous = PreviousQuestion {
        label: "2022".into(),
        base: 600,
        effective_base: None,
        themes: [1, 2, 6].map(|n| (id(n), then.clone())).into(),
        incomparable: BTreeMap::from([
            (id(1), Incomparable::TookIn(vec![id(8)])),
            (id(3), Incomparable::Added),
            (id(4), Incomparable::PartOf(id(9))),
            (id(6), Incomparable::TookIn(vec![id(7)])),
            (id(10), Incomparable::TookIn(vec![id(7)])),
        ]),
    };
    let mut now = question(
        [(1, 150), (2, 150), (3, 40), (4, 30), (5, 20), (10, 20)].map(|(n, x)| with(n, x)).into(),
        500,
    );
    compare_years(&mut now, &previous, &|_| false);
    let changes: Vec<&Change> = now.themes.iter().filter_map(|theme| theme.change.as_ref()).collect();
    let told: Vec<_> = changes.iter().map(|change| (change.status, change.words.as_str())).collect();
    assert_eq!(told[0], (ThemeStatus::Continuing, "not compared: T08 was merged into it since 2022"));
    assert_eq!(told[1].0, ThemeStatus::Growing);
    assert_eq!(told[2], (ThemeStatus::Added, "added to the codebook since 2022"));
    assert_eq!(told[3], (ThemeStatus::Split, "new: part of T09"));
    assert_eq!(told[4], (ThemeStatus::New, "new since 2022"));
    assert_eq!(told[5], (ThemeStatus::Merged, "not compared: T07 was merged into it since 2022"));
    for untested in [0, 2, 3, 4, 5] {
        assert_eq!((changes[untested].difference, changes[untested].previous_share), (None, None));
    }
    assert_eq!(now.gone[0].change.words, "gone since 2022", "T06 is gone with what it took in");
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
            incomparable: BTreeMap::new(),
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

fn past_run(year: i32, counts: &[(u32, usize)], base: usize, codebook: &Codebook) -> PastRun {
    let share = |n: usize| Proportion::of(n, base);
    let themes = counts
        .iter()
        .map(|&(number, n)| Theme {
            respondents: Some(n),
            share: share(n).map(Proportion::share),
            interval: share(n).map(Proportion::interval),
            ..theme(number)
        })
        .collect();
    let report = Report { year: Some(year), ..report(question(themes, base)) };
    PastRun { report, codebook: codebook.clone() }
}

fn shared_codebook(n: u32) -> Codebook {
    let theme = |number: u32| CodebookTheme {
        id: Some(id(number)),
        question: "q".into(),
        name: format!("Theme {number}"),
        found_name: format!("Theme {number}"),
        ..CodebookTheme::default()
    };
    Codebook { next_id: n + 1, themes: (1..=n).map(theme).collect(), ..Codebook::default() }
}

#[test]
fn runs_that_continue_each_other_stand_side_by_side() {
    let (old, mut new) = (shared_codebook(3), shared_codebook(4));
    new.themes[0].name = "Renamed".into();
    let runs = [
        past_run(2021, &[(1, 120), (2, 90), (3, 40)], 1000, &old),
        past_run(2022, &[(1, 180), (2, 91), (4, 50)], 1000, &new),
        past_run(2023, &[(1, 182), (2, 40), (4, 51)], 1000, &new),
    ];
    let found = compare_runs(&runs).unwrap();
    assert_eq!(found.runs, ["2021", "2022", "2023"]);
    let themes = &found.questions[0].themes;
    let words = |theme: usize| -> Vec<&str> {
        themes[theme].changes.iter().flatten().map(|change| change.words.as_str()).collect()
    };
    assert_eq!(themes[0].name, "Renamed");
    assert_eq!(words(0), ["rose from 12% to 18% (+6 points, 95% CI 3 to 9)", "no clear change"]);
    assert_eq!(words(1), ["no clear change", "fell from 9% to 4% (−5 points, 95% CI −8 to −3)"]);
    assert_eq!(words(2), ["new since 2021", "no clear change"]);
    assert!(themes[2].shares[0].is_none() && themes[3].shares[2].is_none());
    assert_eq!((themes[3].id, words(3)), (id(3), vec!["gone: 4% in 2021, nobody now"]));
}

#[test]
fn runs_that_hide_counts_by_different_rules_are_told_of() {
    let codebook = shared_codebook(2);
    let mut runs = [2022, 2023].map(|year| past_run(year, &[(1, 10)], 100, &codebook));
    assert!(compare_runs(&runs).unwrap().notes.is_empty());
    runs[0].report.disclosure = Disclosure::Suppress;
    assert!(compare_runs(&runs).unwrap().notes[0].starts_with("The runs of 2022 and 2023 hide small counts"));
}

#[test]
fn decisions_of_the_last_codebook_count_in_every_year() {
    let old = shared_codebook(3);
    let mut new = shared_codebook(3);
    new.themes[1].merge_into = Some(id(1));
    new.themes[2].drop = true;
    let runs =
        [past_run(2022, &[(1, 120), (2, 90), (3, 40)], 1000, &old), past_run(2023, &[(1, 210)], 1000, &new)];
    let themes = compare_runs(&runs).unwrap().questions.remove(0).themes;
    assert_eq!(themes.len(), 1, "the merged and the dropped theme are not called gone");
    let change = themes[0].changes[1].as_ref().unwrap();
    assert_eq!(change.difference, None, "210 now against 120 then would compare two themes with one");
    assert_eq!(change.words, "not compared: T02 was merged into it since 2022");
}

#[test]
fn what_the_researcher_did_between_two_runs_is_told_and_only_between_those() {
    let old = shared_codebook(4);
    let mut new = shared_codebook(8);
    new.themes[1].merge_into = Some(id(3));
    new.themes[2].merge_into = Some(id(1));
    new.themes[3].split_into = vec![id(5), id(6)];
    new.themes[6].found_name = String::new();
    let counted: &[(u32, usize)] = &[(1, 120), (2, 90), (3, 40), (4, 60)];
    let runs = [
        past_run(2021, counted, 1000, &old),
        past_run(2022, counted, 1000, &old),
        past_run(2023, &[(1, 240), (5, 30), (6, 30), (7, 20), (8, 20)], 1000, &new),
        past_run(2024, &[(1, 240), (5, 30), (6, 30), (7, 20), (8, 20)], 1000, &new),
    ];
    let themes = compare_runs(&runs).unwrap().questions.remove(0).themes;
    let told: Vec<(u32, Vec<&str>)> = themes
        .iter()
        .map(|theme| {
            let words = theme.changes.iter().flatten().map(|change| change.words.as_str());
            (theme.id.number(), words.collect())
        })
        .collect();
    let none = "no clear change";
    let wanted = [
        (1, vec![none, "not compared: T02 and T03 were merged into it since 2022", none]),
        (5, vec!["new: part of T04", none]),
        (6, vec!["new: part of T04", none]),
        (7, vec!["added to the codebook since 2022", none]),
        (8, vec!["new since 2022", none]),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn runs_with_other_themes_or_of_one_year_are_refused() {
    let codebook = shared_codebook(2);
    let mut other = shared_codebook(2);
    other.themes[1].found_name = "Parking".into();
    let run = |year, codebook: &Codebook| past_run(year, &[(1, 10)], 100, codebook);
    let refusal = |runs: &[PastRun]| compare_runs(runs).unwrap_err().to_string();
    assert_eq!(
        refusal(&[run(2022, &codebook), run(2023, &other)]),
        "The runs of `2022` and `2023` do not have the same themes: T02 was found as “Theme 2” and as “Parking”"
    );
    assert_eq!(refusal(&[run(2022, &codebook), run(2022, &codebook)]), "Two of the runs are of `2022`");
    let mut elsewhere = run(2023, &codebook);
    elsewhere.report.questions[0].column = "r".into();
    assert!(refusal(&[run(2022, &codebook), elsewhere]).ends_with("its columns are `r`"));
}
