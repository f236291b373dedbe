use super::question::{cleaned, pair};
use crate::export::charts;
use crate::export::figures::{self, percent, whole};
use crate::export::inert::{clean, one_line};
use crate::export::statement::{Piece, pieces, without_stop};
use crate::types::{GroupTable, QuestionReport, Quote, Report, Stability, Theme};
use minijinja::Value;
use serde::Serialize;

/// A theme's section.
#[derive(Serialize)]
pub(super) struct ThemeView {
    id: String,
    code: String,
    name: String,
    statement: Vec<Piece>,
    bullet: Vec<Piece>,
    bullet_figures: String,
    share: String,
    of_base: String,
    interval: String,
    mentions: String,
    stability: Option<String>,
    tentative: bool,
    change: Option<ChangeView>,
    keywords: Vec<String>,
    quotes: Vec<QuoteView>,
    subthemes: Vec<SubView>,
    groups: Vec<GroupView>,
}

#[derive(Serialize)]
struct ChangeView {
    previous: String,
    words: String,
    picture: Option<Value>,
}

/// A quote as it is printed.
#[derive(Serialize)]
pub(super) struct QuoteView {
    text: String,
    attribution: Option<String>,
}

#[derive(Serialize)]
struct SubView {
    name: String,
    respondents: String,
    share: String,
}

#[derive(Serialize)]
struct GroupView {
    column: String,
    heading: String,
    difference: Option<String>,
    rows: Vec<GroupRowView>,
}

#[derive(Serialize)]
struct GroupRowView {
    value: String,
    base: String,
    respondents: String,
    share: String,
    interval: String,
}

pub(super) fn theme_view(
    question_id: &str,
    theme: &Theme,
    question: &QuestionReport,
    report: &Report,
    max: f64,
) -> ThemeView {
    let id = format!("{question_id}-{}", theme.id);
    ThemeView {
        code: theme.id.to_string(),
        name: one_line(&theme.name),
        statement: cleaned(pieces(&theme.statement)),
        bullet: cleaned(without_stop(pieces(&theme.statement))),
        bullet_figures: figures::of_bullet(theme, question),
        share: percent(theme.share),
        of_base: match theme.respondents {
            Some(n) => format!("{} of {} respondents", whole(n), whole(question.base)),
            None => "number hidden".into(),
        },
        interval: figures::interval(theme.interval),
        mentions: figures::count(theme.mentions),
        stability: theme.stability.map(found_again),
        tentative: theme.tentative,
        change: theme.change.as_ref().map(|change| ChangeView {
            previous: one_line(&change.previous),
            words: one_line(&change.words),
            picture: pair(theme).filter(|pair| pair.then.is_some()).map(|pair| {
                let title = format!("{}, {} and {}", pair.label, change.previous, now(report));
                Value::from_safe_string(charts::pairs(&format!("{id}-change"), &title, &[pair], max, false))
            }),
        }),
        keywords: theme.keywords.iter().map(|word| one_line(word)).collect(),
        quotes: theme.quotes.iter().map(quote_view).collect(),
        subthemes: theme
            .subthemes
            .iter()
            .map(|sub| SubView {
                name: one_line(&sub.name),
                respondents: figures::count(sub.respondents),
                share: percent(sub.share),
            })
            .collect(),
        groups: theme.groups.iter().map(group_view).collect(),
        id,
    }
}

fn now(report: &Report) -> String {
    report.year.map_or_else(|| "now".into(), |year| year.to_string())
}

pub(super) fn quote_view(quote: &Quote) -> QuoteView {
    QuoteView { text: clean(quote.text.trim()), attribution: quote.attribution.as_deref().map(one_line) }
}

fn found_again(stability: Stability) -> String {
    format!("found again in {} of {} resamples", stability.found, stability.of)
}

fn group_view(table: &GroupTable) -> GroupView {
    let difference = table.p_adjusted.map(|p| {
        let p = if p < 0.001 { "p < 0.001".into() } else { format!("p = {p:.3}") };
        let effect = table.cramers_v.map(|v| format!(", Cramér’s V {v:.2}")).unwrap_or_default();
        let clear = if table.differs() { "Clear difference" } else { "No clear difference" };
        format!("{clear} (adjusted {p}{effect})")
    });
    GroupView {
        heading: figures::heading(&table.column),
        column: figures::spoken(&table.column),
        difference,
        rows: table
            .rows
            .iter()
            .map(|row| GroupRowView {
                value: one_line(&row.value),
                base: figures::count(row.base),
                respondents: figures::count(row.respondents),
                share: percent(row.share),
                interval: figures::interval(row.interval),
            })
            .collect(),
    }
}
