//! Weighted shares, which say something of the groups whose weights differ.

use crate::maths::Proportion;
use crate::types::{Disclosure, Report};

/// Respondents to the nearest of which a weighted share is rounded.
const STEP: f64 = 5.0;

/// Rounds the weighted shares of themes to the nearest five respondents of the base, and makes their intervals from that. With every
/// digit a share would be an equation in the counts of the groups by which weights differ, hidden ones too. Nothing is done where
/// nothing is to be hidden, or where shares are not weighted.
pub fn round_weighted(report: &mut Report) {
    if report.disclosure == Disclosure::None {
        return;
    }
    for question in &mut report.questions {
        let Some(effective) = question.effective_base else { continue };
        let base = question.base.max(1) as f64;
        for theme in &mut question.themes {
            let share = theme.share.map(|share| ((share * base / STEP).round() * STEP / base).min(1.0));
            let rounded = share.and_then(|share| Proportion::new(share, effective));
            theme.share = rounded.map(Proportion::share);
            theme.interval = rounded.map(Proportion::interval);
        }
    }
}
