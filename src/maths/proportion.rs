use super::table::{exact_p, pearson};
use statrs::distribution::{ChiSquared, ContinuousCDF};

/// Two-sided 95% point of the standard normal distribution.
const Z: f64 = 1.959_963_984_540_054;

/// A share and the number of respondents it rests on.
///
/// With survey weights the share is weighted and the base is Kish's effective one, so the intervals and tests that are made
/// from it allow for the loss of precision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proportion {
    share: f64,
    base: f64,
}

impl Proportion {
    /// `count` of `base` respondents; `None` where the base is empty or smaller than the count.
    pub fn of(count: usize, base: usize) -> Option<Self> {
        (base > 0 && count <= base).then(|| Self { share: count as f64 / base as f64, base: base as f64 })
    }

    /// A share of a base that need not be whole; `None` unless the share lies in 0 to 1 and the base is positive.
    pub fn new(share: f64, base: f64) -> Option<Self> {
        ((0.0..=1.0).contains(&share) && base.is_finite() && base > 0.0).then_some(Self { share, base })
    }

    /// Weighted share of those who mention, over the effective base (sum of weights)² / sum of squared weights
    /// (Kish 1965, Survey Sampling, section 11.7). `None` where nobody has a weight.
    pub fn weighted(respondents: impl IntoIterator<Item = (f64, bool)>) -> Option<Self> {
        let (mut all, mut squares, mut mentioning) = (0.0, 0.0, 0.0);
        for (weight, mentions) in respondents {
            all += weight;
            squares += weight * weight;
            mentioning += if mentions { weight } else { 0.0 };
        }
        if squares > 0.0 { Self::new((mentioning / all).min(1.0), all * all / squares) } else { None }
    }

    /// The same share on the base that tells as little as this one does where a share's variance is `effect` times that of sampling
    /// alone: the design effect (Kish 1965), at least 1.
    #[must_use]
    pub fn with_design_effect(self, effect: f64) -> Self {
        Self { base: self.base / effect.max(1.0), ..self }
    }

    /// The share, 0 to 1.
    pub fn share(self) -> f64 {
        self.share
    }

    /// What it rests on: respondents, or the effective base.
    pub fn base(self) -> f64 {
        self.base
    }

    /// Respondents who mention; not whole for a weighted share.
    pub fn count(self) -> f64 {
        self.share * self.base
    }

    /// Wilson's 95% score interval without continuity correction (Wilson 1927; method 3 of Newcombe 1998a).
    pub fn interval(self) -> (f64, f64) {
        let (p, n, z2) = (self.share, self.base, Z * Z);
        let middle = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let half = Z / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        let low = if p == 0.0 { 0.0 } else { (middle - half).max(0.0) };
        let high = if p == 1.0 { 1.0 } else { (middle + half).min(1.0) };
        (low, high)
    }

    /// Whole counts `(mentioning, base)`, where the proportion has them.
    pub(super) fn whole(self) -> Option<(u64, u64)> {
        let whole = |x: f64| ((x - x.round()).abs() < 1e-6).then(|| x.round() as u64);
        Some((whole(self.count())?, whole(self.base)?))
    }
}

/// `now` less `then`, -1 to 1.
pub fn difference(now: Proportion, then: Proportion) -> f64 {
    now.share - then.share
}

/// Newcombe's 95% hybrid score interval of `now` less `then` for independent samples (method 10 of Newcombe 1998b): it joins
/// the two Wilson intervals, keeps its coverage at small counts and never leaves -1 to 1.
pub fn difference_interval(now: Proportion, then: Proportion) -> (f64, f64) {
    let ((low_now, high_now), (low_then, high_then)) = (now.interval(), then.interval());
    let d = difference(now, then);
    (
        d - (now.share - low_now).hypot(high_then - then.share),
        d + (high_now - now.share).hypot(then.share - low_then),
    )
}

/// Two-sided p value that two independent samples have the same share: Pearson's chi-square without continuity correction,
/// or Fisher's exact test where an expected count is below 5 and the counts are whole (Cochran 1954).
pub fn two_proportion_p(now: Proportion, then: Proportion) -> f64 {
    let table = [now, then];
    let (statistic, smallest) = pearson(&table);
    if smallest < 5.0
        && let (Some(now), Some(then)) = (now.whole(), then.whole())
        && let Some(p) = exact_p(&[now, then])
    {
        return p;
    }
    ChiSquared::new(1.0).map_or(1.0, |law| law.sf(statistic))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(got: (f64, f64), want: (f64, f64)) -> bool {
        (got.0 - want.0).abs() < 0.000_051 && (got.1 - want.1).abs() < 0.000_051
    }

    /// Newcombe (1998a), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, table I,
    /// method 3.
    #[test]
    fn wilson_intervals_are_those_of_newcombes_table() {
        let table = [
            (81, 263, (0.2553, 0.3662)),
            (15, 148, (0.0624, 0.1605)),
            (0, 20, (0.0, 0.1611)),
            (1, 29, (0.0061, 0.1718)),
        ];
        for (count, base, want) in table {
            let got = Proportion::of(count, base).unwrap().interval();
            assert!(close(got, want), "{count}/{base}: {got:?}");
        }
    }

    /// Newcombe (1998b), Interval estimation for the difference between independent proportions, Statistics in Medicine 17,
    /// table II, method 10.
    #[test]
    fn difference_intervals_are_those_of_newcombes_table() {
        let table = [
            ((56, 70), (48, 80), (0.0524, 0.3339)),
            ((9, 10), (3, 10), (0.1705, 0.8090)),
            ((6, 7), (2, 7), (0.0582, 0.8062)),
            ((5, 56), (0, 29), (-0.0381, 0.1926)),
            ((0, 10), (0, 20), (-0.1611, 0.2775)),
            ((0, 10), (0, 10), (-0.2775, 0.2775)),
            ((10, 10), (0, 20), (0.6791, 1.0)),
            ((10, 10), (0, 10), (0.6075, 1.0)),
        ];
        for (now, then, want) in table {
            let (a, b) = (Proportion::of(now.0, now.1).unwrap(), Proportion::of(then.0, then.1).unwrap());
            let got = difference_interval(a, b);
            assert!(close(got, want), "{now:?} {then:?}: {got:?}");
        }
    }

    /// Agresti (2007), An Introduction to Categorical Data Analysis, table 2.3: heart attacks, aspirin 104 of 11,037 and
    /// placebo 189 of 11,034; chi-square 25.01 on 1 degree of freedom.
    #[test]
    fn large_samples_are_compared_by_chi_square() {
        let (placebo, aspirin) = (Proportion::of(189, 11_034).unwrap(), Proportion::of(104, 11_037).unwrap());
        assert!((pearson(&[placebo, aspirin]).0 - 25.01).abs() < 0.01);
        assert!((two_proportion_p(placebo, aspirin) / 5.69e-7 - 1.0).abs() < 0.01);
    }

    /// Fisher (1935), The Design of Experiments, chapter 2: three of four cups told right; two-sided p = 34/70.
    #[test]
    fn the_lady_tasting_tea_is_tested_exactly() {
        let (milk, tea) = (Proportion::of(3, 4).unwrap(), Proportion::of(1, 4).unwrap());
        assert!((two_proportion_p(milk, tea) - 34.0 / 70.0).abs() < 1e-9);
    }

    #[test]
    fn weights_shrink_the_base_to_kishs() {
        // Weights 1, 1, 2: sum 4, squares 6, so 16 / 6; those who mention hold 3 of 4.
        let weighted = Proportion::weighted([(1.0, true), (1.0, false), (2.0, true)]).unwrap();
        assert!((weighted.share() - 0.75).abs() < 1e-12 && (weighted.base() - 16.0 / 6.0).abs() < 1e-12);
        let equal = Proportion::weighted([(0.5, true), (0.5, false), (0.5, false), (0.5, false)]).unwrap();
        assert_eq!((equal.share(), equal.base()), (0.25, 4.0), "equal weights lose nothing");
        assert_eq!(Proportion::weighted([]), None);
    }

    #[test]
    fn no_share_of_nothing() {
        assert_eq!(Proportion::of(0, 0), None);
        assert_eq!(Proportion::of(3, 2), None);
        assert_eq!(Proportion::new(f64::NAN, 3.0), None);
    }
}
