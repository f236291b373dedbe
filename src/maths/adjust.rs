use super::GroupTest;

/// p values adjusted so that calling every one below 0.05 a finding lets at most 5% of the findings be false on average:
/// the step-up procedure of Benjamini and Hochberg (1995), in the order given. Each result lies in its p value to 1.
pub fn benjamini_hochberg(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[b].total_cmp(&p_values[a]));
    let mut adjusted = vec![1.0; p_values.len()];
    let mut smallest: f64 = 1.0;
    for (from_the_top, &i) in order.iter().enumerate() {
        let rank = p_values.len() - from_the_top;
        smallest = smallest.min(p_values[i] * p_values.len() as f64 / rank as f64);
        adjusted[i] = smallest;
    }
    adjusted
}

/// The p values of `tests`, adjusted over those that could be made.
pub fn adjusted_p(tests: &[Option<GroupTest>]) -> Vec<Option<f64>> {
    let p: Vec<f64> = tests.iter().flatten().map(|test| test.p).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    tests.iter().map(|test| test.and_then(|_| adjusted.next())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Benjamini and Hochberg (1995), section 4.1: fifteen hypotheses about two treatments of heart attack; at 5% their
    /// procedure rejects the four smallest, Bonferroni's only three.
    #[test]
    fn the_paper_s_example_rejects_four() {
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let adjusted = benjamini_hochberg(&p);
        assert_eq!(adjusted.iter().filter(|p| **p <= 0.05).count(), 4);
        // By hand: 0.0095 x 15 / 4, and 0.0344 x 15 / 8, which also undercuts the ranks below it.
        assert!((adjusted[3] - 0.035_625).abs() < 1e-12);
        assert!((adjusted[7] - 0.0645).abs() < 1e-12 && (adjusted[6] - 0.063_857_142_857).abs() < 1e-9);
        assert!((adjusted[5] - adjusted[6]).abs() < 1e-12, "0.0278 x 15 / 6 is above its neighbour's");
        assert_eq!(adjusted[14], 1.0);
    }

    #[test]
    fn the_order_given_is_kept_and_nothing_is_lowered() {
        let p = [0.9, 0.001, 0.03, 0.001];
        let adjusted = benjamini_hochberg(&p);
        assert!(adjusted.iter().zip(p).all(|(a, p)| *a >= p && *a <= 1.0));
        assert_eq!(adjusted[1], adjusted[3]);
        assert!(benjamini_hochberg(&[]).is_empty());
    }
}
