//! How well two codings of the same answers agree.

use statrs::function::factorial::ln_factorial;
use std::collections::BTreeMap;

/// Cohen's kappa (1960) of two yes/no codings given as `(both, only first, only second, neither)`; `None` where both coders gave
/// every answer the same code, which leaves nothing to agree about.
pub fn cohen_kappa(both: usize, first: usize, second: usize, neither: usize) -> Option<f64> {
    let n = (both + first + second + neither) as f64;
    let observed = (both + neither) as f64 / n;
    let (a, b) = ((both + first) as f64 / n, (both + second) as f64 / n);
    let expected = a * b + (1.0 - a) * (1.0 - b);
    (n > 0.0 && expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// Harmonic mean of precision and recall; 0 where nothing is shared.
pub fn f1(both: usize, first: usize, second: usize) -> f64 {
    if both == 0 { 0.0 } else { 2.0 * both as f64 / (2 * both + first + second) as f64 }
}

/// Adjusted mutual information of two partitions of the same answers (Vinh, Epps and Bailey 2010; normalised by the arithmetic
/// mean of the entropies, as scikit-learn does): 0 as by chance, 1 for the same partition.
pub fn adjusted_mutual_information(first: &[usize], second: &[usize]) -> f64 {
    let mut joint: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let (mut rows, mut columns): (BTreeMap<usize, usize>, BTreeMap<usize, usize>) = Default::default();
    for (&a, &b) in first.iter().zip(second) {
        *joint.entry((a, b)).or_default() += 1;
        *rows.entry(a).or_default() += 1;
        *columns.entry(b).or_default() += 1;
    }
    // Two partitions of one part each, or of parts of one each, are the same.
    let n = first.len().min(second.len());
    if rows.len() == columns.len() && (rows.len() <= 1 || rows.len() == n) {
        return 1.0;
    }
    let total = n as f64;
    let mutual: f64 = joint
        .iter()
        .map(|((a, b), &n)| n as f64 / total * (total * n as f64 / (rows[a] as f64 * columns[b] as f64)).ln())
        .sum();
    let entropy = |sizes: &BTreeMap<usize, usize>| -> f64 {
        sizes.values().map(|&n| -(n as f64 / total) * (n as f64 / total).ln()).sum()
    };
    let expected = expected_mutual_information(&rows, &columns, n);
    let most = f64::midpoint(entropy(&rows), entropy(&columns));
    let room = most - expected;
    if room.abs() < 1e-15 { 0.0 } else { (mutual - expected) / room }
}

/// Mutual information expected of two random partitions with these sizes (hypergeometric model, Vinh et al. 2010, equation 24a).
fn expected_mutual_information(
    rows: &BTreeMap<usize, usize>,
    columns: &BTreeMap<usize, usize>,
    n: usize,
) -> f64 {
    let ln: Vec<f64> = (0..=n as u64).map(ln_factorial).collect();
    let total = n as f64;
    let mut expected = 0.0;
    for &a in rows.values() {
        for &b in columns.values() {
            for both in (a + b).saturating_sub(n).max(1)..=a.min(b) {
                let chance = ln[a] + ln[b] + ln[n - a] + ln[n - b]
                    - ln[n]
                    - ln[both]
                    - ln[a - both]
                    - ln[b - both]
                    - ln[n + both - a - b];
                let both = both as f64;
                expected += both / total * (total * both / (a as f64 * b as f64)).ln() * chance.exp();
            }
        }
    }
    expected
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_is_that_of_the_worked_example() {
        // 20 both yes, 5 and 10 one only, 15 both no: observed 0.7, expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5.
        assert!((cohen_kappa(20, 5, 10, 15).unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(cohen_kappa(0, 0, 0, 9), None);
        assert_eq!(cohen_kappa(5, 0, 0, 5), Some(1.0));
        assert_eq!(f1(20, 5, 10), 40.0 / 55.0);
    }

    /// Values of scikit-learn's `adjusted_mutual_info_score`.
    #[test]
    fn ami_equals_scikit_learns() {
        let first = [0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3];
        let second = [0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 0, 2, 2, 2];
        assert!((adjusted_mutual_information(&first, &second) - AMI_A).abs() < 1e-9);
        assert!((adjusted_mutual_information(&[0, 0, 1, 1, 2, 2], &[0, 1, 0, 1, 0, 1]) - AMI_B).abs() < 1e-9);
        assert_eq!(adjusted_mutual_information(&[0, 0, 1, 1], &[7, 7, 3, 3]), 1.0);
        assert!(adjusted_mutual_information(&[0, 0, 0, 0], &[0, 1, 2, 3]).abs() < 1e-12);
    }

    const AMI_A: f64 = 0.334_799_191_690_598_13;
    const AMI_B: f64 = -0.448_188_687_256_334_9;
}
