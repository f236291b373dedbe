//! Figures in words, the same in every export.

use super::inert::one_line;
use super::run::HIDDEN;
use crate::maths;
use crate::types::{Disclosure, QuestionReport, Quote, Report, Theme};

/// `1,234`; `[c]` where hidden.
pub(super) fn count(count: Option<usize>) -> String {
    count.map_or_else(|| HIDDEN.into(), whole)
}

/// `1,234`.
pub(super) fn whole(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `42%`, rounded half away from zero; `[c]` where hidden. A share that is neither 0 nor 1 is never shown as such.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or_else(|| HIDDEN.into(), maths::percent)
}

/// `38% to 46%`; `[c]` where hidden.
pub(super) fn interval(interval: Option<(f64, f64)>) -> String {
    interval.map_or_else(
        || HIDDEN.into(),
        |(low, high)| format!("{} to {}", percent(Some(low)), percent(Some(high))),
    )
}

/// A share with its base, as the house style wants it: `42%, 310 of 738`.
pub(super) fn share_of_base(theme: &Theme, question: &QuestionReport) -> String {
    match (theme.share, theme.respondents) {
        (Some(share), Some(n)) => {
            let weighted = if question.effective_base.is_some() { " weighted" } else { "" };
            format!("{}{weighted}, {} of {}", percent(Some(share)), whole(n), whole(question.base))
        }
        (Some(share), None) => percent(Some(share)),
        (None, _) => "number hidden".into(),
    }
}

/// What stands behind a theme's bullet: the share with its base, what changed, and whether the theme is tentative.
pub(super) fn of_bullet(theme: &Theme, question: &QuestionReport) -> String {
    let change = theme.change.as_ref().map(|change| one_line(&change.words));
    let tentative = theme.tentative.then(|| "tentative".to_owned());
    [Some(share_of_base(theme, question)), change, tentative]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; ")
}

/// The response to a question in a sentence or two.
pub(super) fn response(question: &QuestionReport, respondents: usize) -> String {
    let mut text = format!(
        "{} of {} respondents gave an answer that says something",
        whole(question.base),
        whole(respondents)
    );
    if let (Some(blank), Some(none)) = (question.blank, question.non_answers) {
        text += &format!(
            "; {} left the question blank and {} wrote only “nothing”, “n/a” or the like",
            whole(blank),
            whole(none)
        );
    }
    text += ".";
    if let Some(coverage) = question.coverage {
        let share = percent(Some(coverage));
        let (who, rest) = match question.no_clear_theme {
            Some(0) => ("All".into(), String::new()),
            Some(unclear) => (share, format!(", {} in none", whole(unclear))),
            None => (share, String::new()),
        };
        text += &format!(" {who} of those who answered are in at least one theme{rest}.");
    }
    text
}

/// A similarity with 4 decimals; never `-0.0000`.
pub(super) fn decimals(number: f32) -> String {
    let text = format!("{number:.4}");
    if text == "-0.0000" { text[1..].into() } else { text }
}

/// Whether the shares of a question add to more than the whole, so that a reader should be told.
pub(super) fn adds_to_more_than_all(question: &QuestionReport) -> bool {
    question.themes.iter().filter_map(|theme| theme.share).sum::<f64>() > 1.0
}

/// The words for that.
pub(super) const ADDS_TO_MORE: &str =
    "A respondent can mention several themes, so the percentages add up to more than 100%.";

/// A column's name in a sentence: its low lines as spaces.
pub(super) fn spoken(column: &str) -> String {
    super::inert::one_line(&column.replace('_', " "))
}

/// A column's name as a heading: spoken, its first letter large.
pub(super) fn heading(column: &str) -> String {
    let text = spoken(column);
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Title and year.
pub(super) fn title(report: &Report) -> String {
    match report.year {
        Some(year) if !report.title.contains(&year.to_string()) => format!("{}, {year}", report.title),
        _ => report.title.clone(),
    }
}

/// The quotes of a question's opening page: the best of each theme, at most twelve.
pub(super) fn page_of_quotes(question: &QuestionReport) -> Vec<&Quote> {
    question.themes.iter().filter_map(|theme| theme.quotes.first()).take(12).collect()
}

/// How the findings were made, and what their figures mean.
pub(super) fn made(report: &Report) -> String {
    let run = &report.run;
    let rule = match report.disclosure {
        Disclosure::Suppress => {
            " Counts of 1 to 4, and others from which they could be worked out, are hidden: [c]."
        }
        Disclosure::Nhs => " Counts of 1 to 7 are hidden, [c], and others are rounded to the nearest 5.",
        Disclosure::None => " No count is hidden: this report is for work within the team.",
    };
    format!(
        "Made by verbatim {} with the model {} (engine {}, seed {}): the same answers and settings give the same report. \
         Themes are found by meaning, and their shares are of the respondents who gave an answer that says something. {}; \
         intervals are 95% (Wilson). Tentative themes come and go when the answers are \
         resampled.{rule}",
        run.version,
        run.model,
        run.engine,
        run.seed,
        common(report),
    )
}

/// Which themes are called common.
fn common(report: &Report) -> String {
    let share = percent(Some(report.common_share));
    match report.most_common {
        Some(most) => format!(
            "Common themes are those that {share} or more of them mention, at most the {} most frequent",
            whole(most)
        ),
        None => format!("A theme is common from {share} of them on"),
    }
}

/// What stands on every report whose quotes nobody has read back in.
pub(crate) const NOT_REVIEWED: &str = "Quotes not yet reviewed";

/// What to do about that.
pub(crate) const REVIEW_ADVICE: &str = "Do not publish this until a person has read and decided on every row of quotes-review.csv and the run has been repeated.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_grouped_rounded_and_never_falsely_zero() {
        assert_eq!([0, 999, 1000, 1_234_567].map(whole), ["0", "999", "1,000", "1,234,567"]);
        let shares = [0.0, 0.001, 0.005, 0.125, 0.4249, 0.994, 0.999, 1.0].map(|share| percent(Some(share)));
        assert_eq!(shares, ["0%", "under 1%", "1%", "13%", "42%", "99%", "over 99%", "100%"]);
        assert_eq!(percent(None), "[c]");
        assert_eq!(count(None), "[c]");
    }
}
