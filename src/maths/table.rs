use super::Proportion;
use statrs::distribution::{ChiSquared, ContinuousCDF};
use statrs::function::factorial::ln_binomial;

/// Most tables that the exact test goes through one by one.
const MAX_TABLES: f64 = 200_000.0;
/// Most groups of an exact test: each is one level of its recursion.
const MAX_GROUPS: usize = 100;

/// How a theme differs between groups.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GroupTest {
    /// Two-sided p value, not adjusted.
    pub p: f64,
    /// Effect size, 0 (same share in every group) to 1 (Cramér 1946).
    pub cramers_v: f64,
}

/// Tests whether groups mention a theme equally often: Pearson's chi-square where expected counts allow it (none below 1, at
/// most a fifth below 5; Cochran 1954), else the exact test of Freeman and Halton (1951).
///
/// `None` with fewer than two groups, where nobody or everybody mentions the theme, and where expected counts are too small
/// for the first test and the table is too large, or weighted, for the second.
pub fn test_groups(groups: &[Proportion]) -> Option<GroupTest> {
    let total: f64 = groups.iter().map(|g| g.base()).sum();
    let (statistic, smallest) = pearson(groups);
    if groups.len() < 2 || smallest <= 0.0 {
        return None;
    }
    let cramers_v = (statistic / total).sqrt().min(1.0);
    let p = if fits_chi_square(groups, smallest) {
        ChiSquared::new((groups.len() - 1) as f64).ok()?.sf(statistic)
    } else {
        exact_p(&groups.iter().map(|g| g.whole()).collect::<Option<Vec<_>>>()?)?
    };
    Some(GroupTest { p, cramers_v })
}

/// Pearson's statistic of the table (mentions, does not mention) by group, and its smallest expected count.
pub(super) fn pearson(groups: &[Proportion]) -> (f64, f64) {
    let total: f64 = groups.iter().map(|g| g.base()).sum();
    let overall = groups.iter().map(|g| g.count()).sum::<f64>() / total;
    let rarer = overall.min(1.0 - overall);
    let smallest = groups.iter().map(|g| g.base() * rarer).fold(f64::INFINITY, f64::min);
    if rarer.is_nan() || rarer <= 1e-12 {
        return (0.0, 0.0);
    }
    let spread: f64 = groups.iter().map(|g| g.base() * (g.share() - overall).powi(2)).sum();
    (spread / (overall * (1.0 - overall)), smallest)
}

fn fits_chi_square(groups: &[Proportion], smallest: f64) -> bool {
    let total: f64 = groups.iter().map(|g| g.base()).sum();
    let overall = groups.iter().map(|g| g.count()).sum::<f64>() / total;
    let small: usize = groups
        .iter()
        .map(|g| usize::from(g.base() * overall < 5.0) + usize::from(g.base() * (1.0 - overall) < 5.0))
        .sum();
    smallest >= 1.0 && small * 5 <= groups.len() * 2
}

/// Exact two-sided p value of a 2 x k table given as `(mentioning, base)` per group: the probability, with all margins
/// fixed, of every table that is no more likely than this one (Freeman and Halton 1951; with k = 2, Fisher's exact test).
///
/// `None` where more than 200,000 tables would have to be gone through, or one of more than 100 groups.
pub fn exact_p(groups: &[(u64, u64)]) -> Option<f64> {
    let bases: Vec<u64> = groups.iter().map(|g| g.1).collect();
    let mentioning: u64 = groups.iter().map(|g| g.0).sum();
    if groups.len() > MAX_GROUPS
        || groups.iter().any(|g| g.0 > g.1)
        || number_of_tables(&bases, mentioning) > MAX_TABLES
    {
        return None;
    }
    let all = ln_binomial(bases.iter().sum(), mentioning);
    let observed = groups.iter().map(|&(x, n)| ln_binomial(n, x)).sum::<f64>() - all;
    // Each is asked for in many tables, and costs three logarithms of a gamma function.
    let ways: Vec<Vec<f64>> =
        bases.iter().map(|&n| (0..=n.min(mentioning)).map(|x| ln_binomial(n, x)).collect()).collect();
    let mut p = 0.0;
    walk_tables(&ways, mentioning as usize, -all, &mut |ln| {
        // A table just as likely may differ in the last bits of its logarithm.
        if ln <= observed + 1e-7 {
            p += ln.exp();
        }
    });
    Some(p.min(1.0))
}

fn number_of_tables(bases: &[u64], mentioning: u64) -> f64 {
    if mentioning as f64 > MAX_TABLES {
        return f64::INFINITY;
    }
    let mut ways = vec![0.0; mentioning as usize + 1];
    ways[0] = 1.0;
    for &base in bases {
        let base = base.min(mentioning) as usize;
        let mut window = 0.0;
        let mut next = vec![0.0; ways.len()];
        for sum in 0..ways.len() {
            window += ways[sum];
            if sum > base {
                window -= ways[sum - base - 1];
            }
            next[sum] = window;
        }
        ways = next;
    }
    ways[mentioning as usize]
}

/// Calls `see` with `ln` plus the logarithm of the ways of each table: `ways` holds, per group, those in which 0, 1, … of its members
/// mention the theme, as far as `left` of all together can.
fn walk_tables(ways: &[Vec<f64>], left: usize, ln: f64, see: &mut impl FnMut(f64)) {
    match ways {
        [] => {}
        [last] => see(ln + last[left]),
        [first, rest @ ..] => {
            let room: usize = rest.iter().map(|ways| ways.len() - 1).sum();
            for (here, more) in first.iter().enumerate().take(left + 1).skip(left.saturating_sub(room)) {
                walk_tables(rest, left - here, ln + more, see);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use statrs::stats_tests::Alternative;
    use statrs::stats_tests::fisher::fishers_exact;

    fn groups(counts: &[(usize, usize)]) -> Vec<Proportion> {
        counts.iter().map(|&(x, n)| Proportion::of(x, n).unwrap()).collect()
    }

    /// Agresti (2007), table 2.5, party by gender, with the two parties named against independents:
    /// chi-square of the 2 x 3 table (762, 327, 468; 484, 239, 477) is 30.07 on 2 degrees of freedom.
    #[test]
    fn party_by_gender_has_the_published_chi_square() {
        let table = groups(&[(762, 762 + 484), (327, 327 + 239), (468, 468 + 477)]);
        let (statistic, _) = pearson(&table);
        assert!((statistic - 30.07).abs() < 0.005, "{statistic}");
        let test = test_groups(&table).unwrap();
        assert!((test.cramers_v - (30.07_f64 / 2757.0).sqrt()).abs() < 1e-4);
        assert!(test.p < 1e-6 && test.p > 1e-7);
    }

    /// Fisher (1962), Confidence limits for a cross-product ratio: convictions of like-sex twins of criminals,
    /// 2 of 17 and 10 of 13; two-sided p = 0.0005367.
    #[test]
    fn convicted_twins_have_the_published_exact_p() {
        assert!((exact_p(&[(2, 17), (10, 13)]).unwrap() - 0.000_536_7).abs() < 5e-8);
    }

    #[test]
    fn three_groups_are_enumerated_by_hand() {
        // Three of six, two per group: 20 ways; (2, 1, 0) and its five orders have 2 each, (1, 1, 1) has 8.
        assert!((exact_p(&[(2, 2), (1, 2), (0, 2)]).unwrap() - 0.6).abs() < 1e-12);
        assert!((exact_p(&[(1, 2), (1, 2), (1, 2)]).unwrap() - 1.0).abs() < 1e-12);
        assert_eq!(number_of_tables(&[2, 2, 2], 3), 7.0);
    }

    #[test]
    fn what_cannot_be_tested_is_not() {
        assert_eq!(test_groups(&groups(&[(3, 10)])), None);
        assert_eq!(test_groups(&groups(&[(0, 10), (0, 20)])), None);
        assert_eq!(test_groups(&groups(&[(10, 10), (20, 20)])), None);
        assert_eq!(
            test_groups(&groups(&vec![(1, 10); 40])),
            None,
            "40 groups of expected count 1 are too many tables"
        );
    }

    proptest! {
        #[test]
        fn with_two_groups_it_is_fishers_test(a in 0_u64..25, b in 0_u64..25, c in 0_u64..25, d in 0_u64..25) {
            prop_assume!(a + b > 0 && c + d > 0);
            let ours = exact_p(&[(a, a + b), (c, c + d)]).unwrap();
            let theirs = fishers_exact(&[a, c, b, d], Alternative::TwoSided).unwrap();
            prop_assert!((ours - theirs).abs() < 1e-6, "{ours} {theirs}");
        }

        #[test]
        fn order_of_groups_does_not_matter(mut counts in prop::collection::vec((0_usize..9, 0_usize..9), 2..5)) {
            for (x, n) in &mut counts {
                *n += *x + 1;
            }
            let forward = test_groups(&groups(&counts));
            counts.reverse();
            let backward = test_groups(&groups(&counts));
            prop_assert_eq!(forward.is_some(), backward.is_some());
            if let (Some(a), Some(b)) = (forward, backward) {
                prop_assert!((a.p - b.p).abs() < 1e-9 && (a.cramers_v - b.cramers_v).abs() < 1e-9);
            }
        }
    }
}
