use super::theme::{QuoteView, ThemeView, quote_view, theme_view};
use crate::export::charts::{self, Bar, Pair};
use crate::export::figures::{self, percent, whole};
use crate::export::findings::findings;
use crate::export::inert::one_line;
use crate::export::statement::Piece;
use crate::types::{Level, QuestionReport, Report, Theme, ThemeStatus};
use minijinja::Value;
use serde::Serialize;

/// A question's part of the page.
#[derive(Serialize)]
pub(super) struct QuestionView {
    number: usize,
    id: String,
    wording: String,
    column: String,
    findings: Vec<Vec<Piece>>,
    response: String,
    base: String,
    tiles: Vec<Tile>,
    chart: Option<Value>,
    headline: String,
    weighted: Option<String>,
    adds_to_more: Option<&'static str>,
    rows: Vec<Row>,
    has_change: bool,
    previous: String,
    change_chart: Option<Value>,
    quotes: Vec<QuoteView>,
    common: Vec<ThemeView>,
    additional: Vec<ThemeView>,
    gone: Vec<Gone>,
    map: Option<MapView>,
}

/// A figure that opens the question.
#[derive(Serialize)]
struct Tile {
    figure: String,
    words: String,
}

/// A theme's row in the table beside the chart.
#[derive(Serialize)]
struct Row {
    number: usize,
    id: String,
    name: String,
    common: bool,
    tentative: bool,
    respondents: String,
    share: String,
    interval: String,
    change: String,
}

#[derive(Serialize)]
struct Gone {
    name: String,
    words: String,
}

#[derive(Serialize)]
struct MapView {
    picture: Value,
    dots: String,
    /// Whether there may be more ideas than dots: of more than 2,000, some 1,000 to 2,000 are drawn.
    may_be_thinned: bool,
}

pub(super) fn question_view(number: usize, question: &QuestionReport, report: &Report) -> QuestionView {
    let id = format!("q{number}");
    let max = largest_share(question);
    let of = |level| {
        let themes = question.themes.iter().filter(move |theme| theme.level == level);
        themes.map(|theme| theme_view(&id, theme, question, report, max)).collect()
    };
    let previous = question
        .themes
        .iter()
        .find_map(|theme| theme.change.as_ref())
        .map(|change| one_line(&change.previous));
    QuestionView {
        number,
        wording: one_line(&question.wording),
        column: one_line(&question.column),
        findings: findings(report, question).into_iter().map(cleaned).collect(),
        response: figures::response(question, report.respondents),
        base: whole(question.base),
        tiles: tiles(question, report),
        chart: bar_chart(&id, question),
        headline: headline(question),
        weighted: question.effective_base.map(|base| whole(base.round().max(0.0) as usize)),
        adds_to_more: figures::adds_to_more_than_all(question).then_some(figures::ADDS_TO_MORE),
        rows: rows(&id, question),
        has_change: previous.is_some(),
        change_chart: previous.as_ref().and_then(|_| change_chart(&id, question, max)),
        previous: previous.unwrap_or_default(),
        quotes: figures::page_of_quotes(question).into_iter().map(quote_view).collect(),
        common: of(Level::Common),
        additional: of(Level::Additional),
        gone: question
            .gone
            .iter()
            .map(|gone| Gone { name: one_line(&gone.name), words: one_line(&gone.change.words) })
            .collect(),
        map: map_view(&id, question),
        id,
    }
}

fn tiles(question: &QuestionReport, report: &Report) -> Vec<Tile> {
    let tile = |figure: String, words: &str| Tile { figure, words: words.into() };
    let common = question.themes.iter().filter(|theme| theme.level == Level::Common).count();
    let rate = (report.respondents > 0).then(|| question.base as f64 / report.respondents as f64);
    let mut tiles = vec![tile(whole(question.base), "respondents answered (the base of every share)")];
    tiles.extend(rate.map(|rate| tile(percent(Some(rate)), "of all respondents")));
    tiles.push(tile(whole(question.themes.len()), &format!("themes, {common} of them common")));
    tiles.push(tile(percent(question.coverage), "of the base in at least one theme"));
    tiles
}

fn headline(question: &QuestionReport) -> String {
    match question.themes.iter().find(|theme| theme.share.is_some()) {
        Some(theme) => {
            format!("{} of those who answered mention “{}”", percent(theme.share), one_line(&theme.name))
        }
        None => "No theme was found".into(),
    }
}

fn bar_chart(id: &str, question: &QuestionReport) -> Option<Value> {
    let bars: Vec<Bar> = question.themes.iter().map(bar).collect();
    let title = format!("Themes by share of the {} respondents who answered", whole(question.base));
    (!bars.is_empty()).then(|| Value::from_safe_string(charts::bars(&format!("{id}-bars"), &title, &bars)))
}

fn bar(theme: &Theme) -> Bar {
    let common = theme.level == Level::Common;
    Bar { label: one_line(&theme.name), share: theme.share, interval: theme.interval, common }
}

fn change_chart(id: &str, question: &QuestionReport, max: f64) -> Option<Value> {
    let pairs: Vec<Pair> = question.themes.iter().filter_map(pair).collect();
    (!pairs.is_empty()).then(|| {
        let title = "Share of each theme now and the year before";
        Value::from_safe_string(charts::pairs(&format!("{id}-change"), title, &pairs, max, true))
    })
}

/// A theme's shares then and now, where at least one of them may be shown beside a change.
pub(super) fn pair(theme: &Theme) -> Option<Pair> {
    let change = theme.change.as_ref()?;
    theme.share?;
    let clear = matches!(change.status, ThemeStatus::Growing | ThemeStatus::Shrinking | ThemeStatus::New);
    Some(Pair { label: one_line(&theme.name), then: change.previous_share, now: theme.share, clear })
}

/// The largest share in the question, now or the year before: the right end of its change charts.
fn largest_share(question: &QuestionReport) -> f64 {
    let then = |theme: &Theme| theme.change.as_ref().and_then(|change| change.previous_share);
    question.themes.iter().flat_map(|theme| [theme.share, then(theme)]).flatten().fold(0.0, f64::max)
}

fn rows(id: &str, question: &QuestionReport) -> Vec<Row> {
    (1..)
        .zip(&question.themes)
        .map(|(number, theme)| Row {
            number,
            id: format!("{id}-{}", theme.id),
            name: one_line(&theme.name),
            common: theme.level == Level::Common,
            tentative: theme.tentative,
            respondents: figures::count(theme.respondents),
            share: percent(theme.share),
            interval: figures::interval(theme.interval),
            change: theme.change.as_ref().map(|change| one_line(&change.words)).unwrap_or_default(),
        })
        .collect()
}

fn map_view(id: &str, question: &QuestionReport) -> Option<MapView> {
    if question.map.is_empty() {
        return None;
    }
    let picture = charts::map(&format!("{id}-map"), "Map of the answers", &question.map, &question.themes);
    let dots = question.map.len();
    Some(MapView {
        picture: Value::from_safe_string(picture),
        dots: whole(dots),
        may_be_thinned: dots >= 1_000,
    })
}

pub(super) fn cleaned(pieces: Vec<Piece>) -> Vec<Piece> {
    let clean = |piece: Piece| Piece { text: crate::export::inert::clean(&piece.text), bold: piece.bold };
    pieces.into_iter().map(clean).collect()
}
