//! A reader tries to solve for the hidden counts from everything that is published, and fails.

use super::*;
use crate::maths::{ChangeInput, Proportion, changes};
use crate::types::*;
use proptest::prelude::*;

const N_THEMES: usize = 3;
const N_GROUPS: usize = 3;

/// What people said, as counts: respondents by theme and group, bases, no clear theme.
#[derive(Debug, Clone, PartialEq)]
struct World {
    counts: [[usize; N_GROUPS]; N_THEMES],
    bases: [usize; N_GROUPS],
    unclear: usize,
}

impl World {
    fn total(&self, theme: usize) -> usize {
        self.counts[theme].iter().sum()
    }

    /// The report of this survey as it stands before protection, with everything that is made from the counts.
    fn report(&self, disclosure: Disclosure) -> Report {
        let base: usize = self.bases.iter().sum();
        let mut themes: Vec<Theme> = (0..N_THEMES).map(|t| self.theme(t, base)).collect();
        let then: Vec<ChangeInput> = (0..N_THEMES)
            .map(|t| ChangeInput {
                now: Proportion::of(self.total(t), base),
                then: Proportion::of([2, 30, 60][t], 100),
                previous_base: Some(100),
                status: None,
            })
            .collect();
        for (theme, change) in themes.iter_mut().zip(changes("2022", &then)) {
            theme.change = Some(change);
        }
        themes.sort_by_key(|theme| (theme.level, std::cmp::Reverse(theme.respondents), theme.id));
        Report {
            schema: REPORT_SCHEMA,
            title: "Survey".into(),
            year: Some(2023),
            run: RunInfo {
                version: String::new(),
                model: String::new(),
                model_sha256: String::new(),
                engine: String::new(),
                seed: 1,
                previous: None,
            },
            respondents: base + 9,
            quotes_reviewed: false,
            disclosure,
            common_share: 0.05,
            most_common: None,
            questions: vec![QuestionReport {
                column: "q".into(),
                wording: "q?".into(),
                blank: Some(6),
                non_answers: Some(3),
                base,
                effective_base: None,
                segments: 3 * base,
                no_clear_theme: Some(self.unclear),
                coverage: Some((base - self.unclear) as f64 / base as f64),
                themes,
                gone: Vec::new(),
                map: Vec::new(),
            }],
            notes: Vec::new(),
        }
    }

    fn theme(&self, t: usize, base: usize) -> Theme {
        let share = Proportion::of(self.total(t), base).unwrap();
        let rows = (0..N_GROUPS).map(|g| {
            let share = Proportion::of(self.counts[t][g], self.bases[g]);
            GroupRow {
                value: ["PCN", "VCSE", "Council"][g].into(),
                base: Some(self.bases[g]),
                respondents: Some(self.counts[t][g]),
                share: share.map(Proportion::share),
                interval: share.map(Proportion::interval),
            }
        });
        let mut rows: Vec<GroupRow> = rows.collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.base), row.value.clone()));
        Theme {
            id: ThemeId::new(t as u32 + 1).unwrap(),
            name: format!("Theme {t}"),
            statement: String::new(),
            keywords: Vec::new(),
            level: if share.share() >= 0.05 { Level::Common } else { Level::Additional },
            respondents: Some(self.total(t)),
            mentions: Some(self.total(t) * 2),
            share: Some(share.share()),
            interval: Some(share.interval()),
            stability: Some(Stability { found: 50, of: 50 }),
            tentative: false,
            change: None,
            groups: vec![GroupTable {
                column: "employer".into(),
                rows,
                p_adjusted: Some(0.5),
                cramers_v: Some(0.5),
            }],
            quotes: (0..self.total(t).min(5)).map(|_| quote()).collect(),
            subthemes: Vec::new(),
        }
    }

    /// Whether people could have answered so: everyone of the base mentions a theme or has no clear one.
    fn is_possible(&self) -> bool {
        let missing: usize = (0..N_GROUPS)
            .map(|g| self.bases[g].saturating_sub((0..N_THEMES).map(|t| self.counts[t][g]).sum::<usize>()))
            .sum();
        let fits = (0..N_THEMES).all(|t| (0..N_GROUPS).all(|g| self.counts[t][g] <= self.bases[g]));
        fits && missing <= self.unclear
    }
}

fn quote() -> Quote {
    Quote {
        respondent_id: String::new(),
        start: 0,
        end: 0,
        text: String::new(),
        attribution: Some("SPLW, PCN, 2023".into()),
        similarity: 0.9,
        shows_spread: false,
        masked: false,
        groups: vec![Some("PCN".into())],
    }
}

/// People of three groups who each name one theme or two, or none.
fn world() -> impl Strategy<Value = World> {
    let person = (0_usize..N_GROUPS, prop_oneof![Just(0), Just(0), Just(1), Just(1), Just(2)], 0_usize..12);
    prop::collection::vec(person, 6..15).prop_map(|people| {
        let mut world = World { counts: [[0; N_GROUPS]; N_THEMES], bases: [0; N_GROUPS], unclear: 0 };
        for (group, theme, what) in people {
            world.bases[group] += 1;
            match what {
                0 => world.unclear += 1,
                1 | 2 => {
                    world.counts[theme][group] += 1;
                    world.counts[(theme + 1) % N_THEMES][group] += 1;
                }
                _ => world.counts[theme][group] += 1,
            }
        }
        world
    })
}

/// The table of a column with the region of each group, in the order of the survey below.
fn regions(counts: [usize; N_GROUPS], bases: [usize; N_GROUPS]) -> GroupTable {
    let row = |value: &str, n: usize, base: usize| {
        let share = Proportion::of(n, base);
        GroupRow {
            value: value.into(),
            base: Some(base),
            respondents: Some(n),
            share: share.map(Proportion::share),
            interval: share.map(Proportion::interval),
        }
    };
    GroupTable {
        column: "region".into(),
        rows: vec![
            row("North", counts[0] + counts[1], bases[0] + bases[1]),
            row("South", counts[2], bases[2]),
        ],
        p_adjusted: None,
        cramers_v: None,
    }
}

fn survey_of_regions() -> Survey {
    let respondent = |employer: &str, region: &str| Respondent {
        id: employer.into(),
        row: 1,
        groups: vec![Some(employer.into()), Some(region.into())],
        may_be_quoted: true,
        weight: 1.0,
        answers: Vec::new(),
    };
    Survey {
        groups: ["employer", "region"].map(|column| GroupColumn { column: column.into() }).into(),
        respondents: vec![
            respondent("PCN", "North"),
            respondent("VCSE", "North"),
            respondent("Council", "South"),
        ],
        ..Survey::default()
    }
}

type Cells = [Option<usize>; N_GROUPS];

/// The counts of a published report: theme totals, cells per theme and group, bases.
fn published(report: &Report) -> ([Option<usize>; N_THEMES], [Cells; N_THEMES], Cells) {
    let (mut totals, mut cells, mut bases) =
        ([None; N_THEMES], [[None; N_GROUPS]; N_THEMES], [None; N_GROUPS]);
    for theme in &report.questions[0].themes {
        let t = theme.id.number() as usize - 1;
        totals[t] = theme.respondents;
        for row in &theme.groups[0].rows {
            let g = ["PCN", "VCSE", "Council"].iter().position(|value| *value == row.value).unwrap();
            cells[t][g] = row.respondents;
            bases[g] = row.base;
        }
    }
    (totals, cells, bases)
}

/// Every way to fill a theme's hidden cells.
fn fillings(total: Option<usize>, cells: Cells, most: usize) -> Vec<[usize; N_GROUPS]> {
    let range = |cell: Option<usize>| cell.map_or(0..=most, |known| known..=known);
    let mut found = Vec::new();
    for a in range(cells[0]) {
        for b in range(cells[1]) {
            for c in range(cells[2]) {
                let sum = a + b + c;
                if total.map_or(sum <= SMALL, |total| total == sum) {
                    found.push([a, b, c]);
                }
            }
        }
    }
    found
}

/// Every survey that the published totals, cells and bases leave possible to a reader who takes hidden themes as small.
/// None, where a theme had to be hidden only to protect the others.
fn solutions(truth: &World, report: &Report) -> Vec<World> {
    let (totals, cells, bases) = published(report);
    let base = report.questions[0].base;
    let all_bases: Vec<[usize; N_GROUPS]> =
        fillings(Some(base), bases, base).into_iter().filter(|b| !b.contains(&0)).collect();
    let most = if bases.contains(&None) { base } else { truth.bases.iter().copied().max().unwrap_or(0) };
    let per_theme: Vec<Vec<[usize; N_GROUPS]>> =
        (0..N_THEMES).map(|t| fillings(totals[t], cells[t], most)).collect();
    let unclear = match report.questions[0].no_clear_theme {
        Some(known) => known..=known,
        None => 0..=SMALL,
    };
    let mut found = Vec::new();
    for first in &per_theme[0] {
        for second in &per_theme[1] {
            for third in &per_theme[2] {
                for unclear in unclear.clone() {
                    let counts = [*first, *second, *third];
                    let worlds = all_bases.iter().map(|&bases| World { counts, bases, unclear });
                    found.extend(worlds.filter(World::is_possible).take(3));
                }
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// For every hidden small count there must be another survey, with another count in its place, that fits every
    /// published count.
    #[test]
    fn case_54_no_hidden_count_can_be_solved_for(truth in world()) {
        prop_assume!(!truth.bases.contains(&0));
        let report = protect(truth.report(Disclosure::Suppress), &[]);
        let (totals, cells, _) = published(&report);
        let solutions = solutions(&truth, &report);
        prop_assume!(!solutions.is_empty());
        for t in 0..N_THEMES {
            if totals[t].is_none() && (1..=SMALL).contains(&truth.total(t)) {
                prop_assert!(solutions.iter().any(|w| w.total(t) != truth.total(t)), "theme {t} of {report:#?}");
            }
            for (g, &count) in truth.counts[t].iter().enumerate() {
                prop_assert!(cells[t][g].is_none() || !(1..=SMALL).contains(&count), "a small count is shown");
                if totals[t].is_some() && cells[t][g].is_none() && (1..=SMALL).contains(&count) {
                    prop_assert!(solutions.iter().any(|w| w.counts[t][g] != count), "cell {t} {g} of {truth:?}");
                }
            }
        }
        if report.questions[0].no_clear_theme.is_none() {
            prop_assert!(solutions.iter().any(|w| w.unclear != truth.unclear));
        }
    }

    /// The same where PCN and VCSE lie in one region and Council in another, and both columns are published.
    #[test]
    fn no_hidden_count_can_be_solved_for_from_a_column_that_another_lies_in(
        counts in prop::array::uniform3(prop::array::uniform3(0_usize..14)),
    ) {
        let truth = World { counts, bases: [60, 50, 40], unclear: 100 };
        let mut report = truth.report(Disclosure::Suppress);
        for theme in &mut report.questions[0].themes {
            theme.groups.push(regions(truth.counts[theme.id.number() as usize - 1], truth.bases));
        }
        let report = protect(report, &nestings(&survey_of_regions()));
        let (totals, cells, _) = published(&report);
        for theme in &report.questions[0].themes {
            let t = theme.id.number() as usize - 1;
            let fits = |filling: &[usize; N_GROUPS]| {
                let seen = theme.groups[1].rows.iter().zip(regions(*filling, truth.bases).rows);
                seen.into_iter().all(|(seen, row)| seen.respondents.is_none_or(|n| Some(n) == row.respondents))
            };
            let fillings: Vec<_> = fillings(totals[t], cells[t], 60).into_iter().filter(fits).collect();
            for (g, &count) in counts[t].iter().enumerate() {
                if totals[t].is_some() && cells[t][g].is_none() && (1..=SMALL).contains(&count) {
                    prop_assert!(fillings.iter().any(|f| f[g] != count), "cell {t} {g} of {truth:?}");
                }
            }
        }
    }

    /// Shares, intervals, tests, words, levels, orders and quotes are the same for every survey with the same published
    /// counts, so they cannot tell such surveys apart.
    #[test]
    fn what_is_made_from_counts_tells_no_more_than_the_published_counts(truth in world()) {
        prop_assume!(!truth.bases.contains(&0));
        let report = protect(truth.report(Disclosure::Suppress), &[]);
        let look = published(&report);
        for other in solutions(&truth, &report).iter().step_by(7).take(40) {
            // That nobody mentions a theme is no secret: it has no quote.
            if (0..N_THEMES).any(|t| (other.total(t) == 0) != (truth.total(t) == 0)) {
                continue;
            }
            let other = protect(other.report(Disclosure::Suppress), &[]);
            if published(&other) == look && other.questions[0].no_clear_theme == report.questions[0].no_clear_theme {
                prop_assert_eq!(&other, &report);
            }
        }
    }

    /// With rounding, all counts that are published leave at least two choices for each hidden one.
    #[test]
    fn rounding_gives_no_hidden_count_back(truth in world()) {
        let report = protect(truth.report(Disclosure::Nhs), &[]);
        let (totals, cells, bases) = published(&report);
        prop_assert_eq!(report.questions[0].base % 5, 0);
        for t in 0..N_THEMES {
            prop_assert!(totals[t].is_none_or(|n| n % 5 == 0 && (n > 0) == (truth.total(t) > 0)));
            for g in 0..N_GROUPS {
                prop_assert!(cells[t][g].is_none_or(|n| n % 5 == 0) && bases[g].is_none_or(|n| n % 5 == 0));
                prop_assert!(cells[t][g].is_none() || !(1..=7).contains(&truth.counts[t][g]));
            }
            let Some(total) = totals[t] else { continue };
            let choices = |cell: Option<usize>| match cell {
                Some(0) => 0..=0,
                Some(n) => n - 2..=n + 2,
                None => 1..=7,
            };
            let mut seen = [[false; 8]; N_GROUPS];
            for a in choices(cells[t][0]) {
                for b in choices(cells[t][1]) {
                    for c in choices(cells[t][2]) {
                        if (a + b + c).abs_diff(total) <= 2 {
                            for (g, x) in [a, b, c].into_iter().enumerate() {
                                seen[g][x.min(7)] = true;
                            }
                        }
                    }
                }
            }
            for g in (0..N_GROUPS).filter(|&g| cells[t][g].is_none() && (1..=7).contains(&truth.counts[t][g])) {
                prop_assert!(seen[g].iter().filter(|seen| **seen).count() > 1, "cell {t} {g} of {truth:?}");
            }
        }
    }
}

#[test]
fn everything_made_from_a_hidden_count_goes_with_it() {
    let truth = World { counts: [[2, 1, 0], [20, 9, 7], [40, 20, 8]], bases: [60, 30, 12], unclear: 3 };
    let report = protect(truth.report(Disclosure::Suppress), &[]);
    let question = &report.questions[0];
    assert_eq!((question.blank, question.non_answers), (None, None), "6 would be given back by 9 - 3");
    assert_eq!((question.no_clear_theme, question.coverage), (None, None));
    let hidden = question.themes.last().unwrap();
    assert_eq!((hidden.name.as_str(), hidden.level), ("Theme 0", Level::Additional));
    assert_eq!(
        (hidden.respondents, hidden.mentions, hidden.share, hidden.interval),
        (None, None, None, None)
    );
    assert_eq!(hidden.quotes.len(), 1, "three quotes by three people would say: at least three");
    assert_eq!(hidden.quotes[0].attribution.as_deref(), Some("SPLW, 2023"));
    let change = hidden.change.as_ref().unwrap();
    assert_eq!(
        (change.difference, change.p_adjusted, change.words.as_str()),
        (None, None, "not shown: too few respondents")
    );
    assert_eq!(change.previous_share, None, "2 of 100 in the year before is small too");
}

#[test]
fn the_map_and_the_segments_do_not_count_a_hidden_theme() {
    let truth = World { counts: [[2, 1, 0], [20, 9, 7], [40, 20, 8]], bases: [60, 30, 12], unclear: 3 };
    let mut report = truth.report(Disclosure::Suppress);
    let question = &mut report.questions[0];
    let point = |x: f32, theme: Option<u32>| MapPoint { x, y: 0.5, theme: theme.and_then(ThemeId::new) };
    question.map = vec![point(0.9, Some(2)), point(0.1, Some(1)), point(0.5, None), point(0.3, Some(3))];
    let question = &protect(report, &[]).questions[0];
    let places: Vec<f32> = question.map.iter().map(|point| point.x).collect();
    assert_eq!(places, [0.3, 0.9], "no dot of what is hidden, and not in the order of the respondents");
    assert_eq!(question.segments, 310, "of 306");
}

/// In each of two regions every answer weighs the same, so a share with every digit is an equation in the regions' counts.
#[test]
fn a_weighted_share_does_not_tell_how_many_of_which_weight_are_hidden_in_it() {
    let weighted = |more: f64| {
        let truth = World { counts: [[18, 2, 2], [20, 9, 7], [40, 20, 8]], bases: [60, 30, 12], unclear: 3 };
        let mut report = truth.report(Disclosure::Suppress);
        report.questions[0].effective_base = Some(90.0);
        let theme = report.questions[0].themes.iter_mut().find(|theme| theme.name == "Theme 0").unwrap();
        theme.share = theme.share.map(|share| share + more / 102.0);
        round_weighted(&mut report);
        protect(report, &[])
    };
    // (18, 1, 3) and (18, 2, 2) with weights of 1.4 and 0.6 for the two hidden groups.
    assert_eq!(weighted(-0.8), weighted(0.0));
    let weighted = weighted(0.0);
    let theme = weighted.questions[0].themes.iter().find(|theme| theme.name == "Theme 0").unwrap();
    assert_eq!(theme.share, Some(20.0 / 102.0));
    assert_eq!(theme.interval, Proportion::new(20.0 / 102.0, 90.0).map(Proportion::interval));
    let table = &theme.groups[0];
    assert!(table.rows.iter().any(|row| row.respondents.is_none()));
    assert_eq!((table.p_adjusted, table.cramers_v), (None, None));
}

#[test]
fn nothing_is_hidden_on_request_or_where_nothing_is_small() {
    let small = World { counts: [[2, 1, 0], [20, 9, 7], [40, 20, 8]], bases: [60, 30, 12], unclear: 3 };
    assert_eq!(protect(small.report(Disclosure::None), &[]), small.report(Disclosure::None));
    let large = World { counts: [[12, 11, 10], [20, 9, 7], [40, 20, 8]], bases: [60, 30, 12], unclear: 30 };
    let report = protect(large.report(Disclosure::Suppress), &[]);
    assert!(
        report.questions[0]
            .themes
            .iter()
            .all(|theme| theme.groups[0].rows.iter().all(|row| row.share.is_some()))
    );
}

#[test]
fn rounded_figures_are_consistent() {
    let truth = World { counts: [[2, 1, 0], [21, 9, 8], [40, 20, 8]], bases: [60, 30, 12], unclear: 3 };
    let report = protect(truth.report(Disclosure::Nhs), &[]);
    let question = &report.questions[0];
    assert_eq!((report.respondents, question.base, question.no_clear_theme), (110, 100, None));
    let theme = question.themes.iter().find(|theme| theme.name == "Theme 1").unwrap();
    assert_eq!((theme.respondents, theme.share), (Some(40), Some(0.4)), "38 of 102");
    let change = theme.change.as_ref().unwrap();
    assert_eq!(change.difference.map(|d| (d * 100.0).round()), Some(10.0), "40% less 30%");
}

#[test]
fn the_share_then_is_rounded_beside_a_hidden_count_too() {
    let truth = World { counts: [[2, 1, 0], [21, 9, 8], [40, 20, 8]], bases: [60, 30, 12], unclear: 3 };
    let mut report = truth.report(Disclosure::Nhs);
    let is_small = |theme: &&mut Theme| theme.name == "Theme 0";
    let change = report.questions[0].themes.iter_mut().find(is_small).unwrap().change.as_mut().unwrap();
    (change.previous_share, change.previous_base) = (Some(13.0 / 81.0), Some(81));
    let report = protect(report, &[]);
    let theme = report.questions[0].themes.iter().find(|theme| theme.name == "Theme 0").unwrap();
    assert_eq!(theme.change.as_ref().unwrap().previous_share, Some(15.0 / 80.0));
}

#[test]
fn where_everyone_names_one_theme_a_group_s_other_themes_are_used_to_protect_a_cell() {
    let counts = [[3, 9, 20], [10, 11, 10], [10, 12, 10]];
    let tight = World { counts, bases: [23, 32, 40], unclear: 0 };
    let (_, cells, _) = published(&protect(tight.report(Disclosure::Suppress), &[]));
    assert_eq!(cells[0], [None, None, Some(20)]);
    assert!(cells[1] == [None, None, Some(10)] || cells[2] == [None, None, Some(10)], "{cells:?}");
    let loose = World { counts, bases: [20, 29, 36], unclear: 0 };
    let (_, cells, _) = published(&protect(loose.report(Disclosure::Suppress), &[]));
    assert_eq!((cells[1], cells[2]), (counts[1].map(Some), counts[2].map(Some)));
}
