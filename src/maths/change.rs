use super::percent::percentage;
use super::{Proportion, benjamini_hochberg, difference, difference_interval, two_proportion_p};
use crate::types::{Change, ThemeStatus};

/// An adjusted p value below it, with an interval that leaves out zero, makes a change clear.
const CLEAR: f64 = 0.05;

/// How much larger the variance of a change is than that of sampling, because texts are placed by a machine: measured between random
/// halves of NHS comments, bank customers' questions and a consultation, where nothing has changed (1.1 to 1.3; docs/change.md).
const CODING_EFFECT: f64 = 1.2;

/// One theme in two years.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChangeInput {
    /// Its share now; `None` where it must not be shown.
    pub now: Option<Proportion>,
    /// Its share then; `None` where it is not known or must not be shown.
    pub then: Option<Proportion>,
    /// Respondents of the base then, for the report.
    pub previous_base: Option<usize>,
    /// What is known beside the shares: new, gone, split or merged. `None` leaves it to the shares.
    pub status: Option<ThemeStatus>,
}

/// The changes of one question's themes since `previous`, p values adjusted over all of them that can be tested.
///
/// A theme that is new or added is not tested: its share then is not zero but unknown, since nobody looked for it.
pub fn changes(previous: &str, themes: &[ChangeInput]) -> Vec<Change> {
    let tested: Vec<Option<(Proportion, Proportion)>> = themes
        .iter()
        .map(|theme| (!was_unknown(theme)).then_some(theme.now.zip(theme.then)).flatten())
        .collect();
    let p: Vec<f64> = tested.iter().flatten().map(|&(now, then)| two_proportion_p(now, then)).collect();
    let mut adjusted = benjamini_hochberg(&p).into_iter();
    themes
        .iter()
        .zip(tested)
        .map(|(theme, pair)| change(previous, theme, pair.and_then(|pair| Some((pair, adjusted.next()?)))))
        .collect()
}

/// The 95% interval of a theme's change: Newcombe's ([`difference_interval`]) on bases that allow for the error of placing texts.
pub fn change_interval(now: Proportion, then: Proportion) -> (f64, f64) {
    let [now, then] = [now, then].map(|share| share.with_design_effect(CODING_EFFECT));
    difference_interval(now, then)
}

fn change(previous: &str, theme: &ChangeInput, tested: Option<((Proportion, Proportion), f64)>) -> Change {
    let then = theme.then.filter(|_| !was_unknown(theme));
    let mut change = Change {
        previous: previous.to_owned(),
        status: theme.status.unwrap_or(ThemeStatus::Continuing),
        previous_share: then.map(Proportion::share),
        previous_interval: then.map(Proportion::interval),
        previous_base: theme.previous_base,
        difference: None,
        interval: None,
        p_adjusted: None,
        words: untested_words(previous, theme),
    };
    if let Some(((now, then), p)) = tested {
        let (d, interval) = (difference(now, then), change_interval(now, then));
        let clear = p < CLEAR && (interval.0 > 0.0 || interval.1 < 0.0);
        change.difference = Some(d);
        change.interval = Some(interval);
        change.p_adjusted = Some(p);
        if clear && theme.status.is_none() {
            change.status = if d > 0.0 { ThemeStatus::Growing } else { ThemeStatus::Shrinking };
        }
        if theme.status != Some(ThemeStatus::Gone) {
            change.words = if clear { clear_words(now, then, interval) } else { "no clear change".into() };
        }
    }
    change
}

/// Whether nobody looked for it then.
fn was_unknown(theme: &ChangeInput) -> bool {
    matches!(theme.status, Some(ThemeStatus::New | ThemeStatus::Added))
}

fn untested_words(previous: &str, theme: &ChangeInput) -> String {
    match (theme.status, theme.then) {
        (Some(ThemeStatus::New), _) => format!("new since {previous}"),
        (Some(ThemeStatus::Gone), Some(then)) => {
            format!("gone: {} in {previous}, nobody now", percent(then.share(), 0))
        }
        (Some(ThemeStatus::Gone), None) => format!("gone since {previous}"),
        _ => "not compared: a count is too small to be shown or not known".into(),
    }
}

/// `rose from 12% to 18% (+6 points, 95% CI 2 to 10)`; with one decimal where whole numbers would not add up.
fn clear_words(now: Proportion, then: Proportion, interval: (f64, f64)) -> String {
    let d = difference(now, then);
    let whole = |x: f64| (x * 100.0).round();
    let adds_up = (whole(now.share()) - whole(then.share()) - whole(d)).abs() < 0.5 && whole(d).abs() > 0.5;
    let bound_hits_zero = whole(interval.0).abs() < 0.5 || whole(interval.1).abs() < 0.5;
    let decimals = usize::from(!adds_up || bound_hits_zero);
    let verb = if d > 0.0 { "rose" } else { "fell" };
    let points = signed(d, decimals);
    let point = if matches!(points.as_str(), "+1" | "−1") { "point" } else { "points" };
    format!(
        "{verb} from {} to {} ({points} {point}, 95% CI {} to {})",
        percent(then.share(), decimals),
        percent(now.share(), decimals),
        unsigned_plus(interval.0, decimals),
        unsigned_plus(interval.1, decimals),
    )
}

fn percent(share: f64, decimals: usize) -> String {
    format!("{}%", percentage(share, decimals))
}

fn signed(points: f64, decimals: usize) -> String {
    let sign = if points < 0.0 { '−' } else { '+' };
    format!("{sign}{}", percentage(points.abs(), decimals))
}

fn unsigned_plus(points: f64, decimals: usize) -> String {
    signed(points, decimals).trim_start_matches('+').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input(now: (usize, usize), then: (usize, usize)) -> ChangeInput {
        ChangeInput {
            now: Proportion::of(now.0, now.1),
            then: Proportion::of(then.0, then.1),
            previous_base: Some(then.1),
            status: None,
        }
    }

    #[test]
    fn a_clear_change_is_told_with_its_interval() {
        let changes = changes("2022", &[input((180, 1000), (120, 1000)), input((90, 1000), (150, 1000))]);
        assert_eq!(changes[0].words, "rose from 12% to 18% (+6 points, 95% CI 3 to 9)");
        assert_eq!(changes[0].status, ThemeStatus::Growing);
        assert_eq!(changes[1].words, "fell from 15% to 9% (−6 points, 95% CI −9 to −3)");
        assert_eq!(changes[1].status, ThemeStatus::Shrinking);
    }

    #[test]
    fn whole_numbers_that_do_not_add_up_get_a_decimal() {
        let changes = changes("2022", &[input((1760, 10_000), (1240, 10_000))]);
        assert_eq!(changes[0].words, "rose from 12.4% to 17.6% (+5.2 points, 95% CI 4.1 to 6.3)");
    }

    #[test]
    fn an_unclear_change_is_called_that_and_keeps_its_figures() {
        let changes = changes("2022", &[input((103, 800), (100, 800))]);
        assert_eq!(
            (changes[0].words.as_str(), changes[0].status),
            ("no clear change", ThemeStatus::Continuing)
        );
        assert!(changes[0].interval.unwrap().0 < 0.0 && changes[0].p_adjusted.unwrap() > 0.5);
    }

    #[test]
    fn one_change_in_many_must_be_clearer() {
        let alone = input((126, 800), (96, 800));
        assert_eq!(changes("2022", &[alone])[0].status, ThemeStatus::Growing);
        let mut many = vec![input((80, 800), (80, 800)); 19];
        many.push(alone);
        assert_eq!(changes("2022", &many)[19].words, "no clear change");
    }

    #[test]
    fn new_and_gone_themes_are_named_so() {
        let new = ChangeInput { status: Some(ThemeStatus::New), then: None, ..input((50, 700), (0, 800)) };
        let gone = ChangeInput { status: Some(ThemeStatus::Gone), ..input((0, 700), (96, 800)) };
        let changes = changes("2022", &[new, gone]);
        assert_eq!((changes[0].words.as_str(), changes[0].previous_share), ("new since 2022", None));
        assert_eq!(changes[1].words, "gone: 12% in 2022, nobody now");
        assert!(changes[1].interval.unwrap().1 < 0.0);
    }
}
