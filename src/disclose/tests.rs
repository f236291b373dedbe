//! A reader tries to solve for the hidden counts from everything that is published, and fails.

use super::*;
use crate::maths::Proportion;
use crate::types::*;
use proptest::prelude::*;
use world::{N_GROUPS, N_THEMES, World, fillings, published, regions, solutions, survey_of_regions, world};

mod world;

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
