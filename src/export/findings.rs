//! What a reader should know first, in sentences.

use super::figures::{self, percent, whole};
use super::statement::Piece;
use crate::maths::{Proportion, test_groups};
use crate::types::{GroupRow, GroupTable, Level, NOT_GIVEN, QuestionReport, Report, Theme, ThemeStatus};

/// The findings of one question: a few sentences, theme names in bold.
pub(super) fn findings(report: &Report, question: &QuestionReport) -> Vec<Vec<Piece>> {
    let mut sentences = vec![most_frequent(report, question)];
    let changes = [
        (ThemeStatus::Growing, "Mentioned more than"),
        (ThemeStatus::Shrinking, "Mentioned less than"),
        (ThemeStatus::New, "New since"),
    ];
    for (status, words) in changes {
        let with = |theme: &&Theme| theme.change.as_ref().is_some_and(|change| change.status == status);
        let themes: Vec<&Theme> = question.themes.iter().filter(with).collect();
        let Some(change) = themes.first().and_then(|theme| theme.change.as_ref()) else { continue };
        let mut sentence = vec![plain(format!("{words} in {}: ", change.previous))];
        if status == ThemeStatus::New {
            sentence = vec![plain(format!("{words} {}: ", change.previous))];
        }
        let named = themes.iter().map(|theme| (theme.name.as_str(), from_to(theme)));
        enumerate(&mut sentence, named.collect());
        sentences.push(sentence);
    }
    if let Some(first) = question.gone.first() {
        let mut sentence = vec![plain(format!("No longer mentioned since {}: ", first.change.previous))];
        enumerate(
            &mut sentence,
            question.gone.iter().map(|gone| (gone.name.as_str(), String::new())).collect(),
        );
        sentences.push(sentence);
    }
    sentences.extend(clearest_group(question));
    sentences
}

fn most_frequent(report: &Report, question: &QuestionReport) -> Vec<Piece> {
    let themes: Vec<&Theme> = question.themes.iter().filter(|theme| theme.share.is_some()).take(3).collect();
    let mut sentence = vec![plain(format!(
        "{} of {} respondents answered.",
        whole(question.base),
        whole(report.respondents)
    ))];
    if themes.is_empty() {
        sentence.push(plain(" No theme was found in the answers.".into()));
        return sentence;
    }
    sentence.push(plain(
        if themes.len() == 1 { " The most frequent theme is " } else { " The most frequent themes are " }
            .into(),
    ));
    let figures = themes.iter().map(|theme| (theme.name.as_str(), percent(theme.share)));
    enumerate(&mut sentence, figures.collect());
    let common = question.themes.iter().filter(|theme| theme.level == Level::Common).count();
    let all = question.themes.len();
    let (are, themes) = match all {
        1 => ("is", "1 theme".into()),
        _ => ("are", format!("{} themes", whole(all))),
    };
    let common = match common {
        0 if all == 1 => "not a common one".into(),
        1 if all == 1 => "a common one".into(),
        0 => "none of them common".into(),
        1 => "of which 1 is common".into(),
        _ if common == all => "all of them common".into(),
        _ => format!("of which {common} are common"),
    };
    sentence.push(plain(format!(" In all there {are} {themes}, {common}.")));
    sentence
}

/// `36% to 41%`, or the share alone where there is no other.
fn from_to(theme: &Theme) -> String {
    let then = theme.change.as_ref().and_then(|change| change.previous_share);
    match (then, theme.share) {
        (Some(then), Some(now)) => format!("{} to {}", percent(Some(then)), percent(Some(now))),
        _ => percent(theme.share),
    }
}

/// The theme and group column whose difference is least likely to be chance, of those whose shown groups differ by themselves: a
/// difference from a hidden group cannot be told.
fn clearest_group(question: &QuestionReport) -> Option<Vec<Piece>> {
    let tables =
        question.themes.iter().flat_map(|theme| theme.groups.iter().map(move |table| (theme, table)));
    let (theme, table, _) = tables
        .filter(|(_, table)| table.differs() && shown_rows_differ(table))
        .filter_map(|(theme, table)| Some((theme, table, table.p_adjusted?)))
        .min_by(|a, b| {
            let effect = |v: Option<f64>| v.unwrap_or(0.0);
            a.2.total_cmp(&b.2).then(effect(b.1.cramers_v).total_cmp(&effect(a.1.cramers_v)))
        })?;
    let shown = shown_rows(table).filter_map(|row| row.share.map(|share| (share, row)));
    let most = shown.clone().reduce(|a, b| if b.0 > a.0 { b } else { a })?;
    let least = shown.reduce(|a, b| if b.0 < a.0 { b } else { a })?;
    Some(vec![
        plain(format!("The clearest difference by {}: ", figures::spoken(&table.column))),
        bold(&theme.name),
        plain(format!(
            ", mentioned by {} ({}) and {} ({}).",
            percent(Some(most.0)),
            most.1.value,
            percent(Some(least.0)),
            least.1.value
        )),
    ])
}

/// Groups whose share is shown, without those who gave none.
fn shown_rows(table: &GroupTable) -> impl Iterator<Item = &GroupRow> + Clone {
    table.rows.iter().filter(|row| row.share.is_some() && row.value != NOT_GIVEN)
}

fn shown_rows_differ(table: &GroupTable) -> bool {
    let groups = shown_rows(table).filter_map(|row| Proportion::of(row.respondents?, row.base?));
    test_groups(&groups.collect::<Vec<_>>()).is_some_and(|test| test.p < 0.05)
}

/// `A (x), B (y) and C (z).`
fn enumerate(sentence: &mut Vec<Piece>, items: Vec<(&str, String)>) {
    let last = items.len().saturating_sub(1);
    for (i, (name, figure)) in items.into_iter().enumerate() {
        if i > 0 {
            sentence.push(plain(if i == last { " and " } else { ", " }.into()));
        }
        sentence.push(bold(name));
        if !figure.is_empty() {
            sentence.push(plain(format!(" ({figure})")));
        }
    }
    sentence.push(plain(".".into()));
}

fn plain(text: String) -> Piece {
    Piece { text, bold: false }
}

fn bold(text: &str) -> Piece {
    Piece { text: text.into(), bold: true }
}
