//! Shares in words, rounded in one way everywhere.

/// `42%`; a share that is neither 0 nor 1 is never shown as such, but as `under 1%` or `over 99%`.
pub fn percent(share: f64) -> String {
    match share {
        share if share > 0.0 && share < 0.005 => "under 1%".into(),
        share if (0.995..1.0).contains(&share) => "over 99%".into(),
        share => format!("{}%", percentage(share, 0)),
    }
}

/// A share times 100 with so many decimals, rounded half away from zero.
pub(super) fn percentage(share: f64, decimals: usize) -> String {
    let unit = 10f64.powi(decimals as i32);
    format!("{:.decimals$}", (share * 100.0 * unit).round() / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_half_is_rounded_away_from_zero_and_hardly_any_is_not_none() {
        assert_eq!([0.0, 0.125, 0.135, 1.0].map(percent), ["0%", "13%", "14%", "100%"]);
        assert_eq!([0.004, 0.997].map(percent), ["under 1%", "over 99%"]);
        assert_eq!([percentage(0.00125, 1), percentage(-0.125, 0)], ["0.1", "-13"]);
    }
}
