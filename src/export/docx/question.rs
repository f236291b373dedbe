use super::package::Package;
use super::parts::{bullet, heading, paragraph, pieces_run, quote, table, text};
use crate::export::charts::{Bar, bar_picture};
use crate::export::figures::{self, count, interval, percent, whole};
use crate::export::inert::one_line;
use crate::export::statement::{pieces, without_stop};
use crate::types::{GroupTable, Level, QuestionReport, Report, Theme};
use docx_rs::Paragraph;
use std::io;

/// Adds everything about one question.
pub(super) fn add(package: &mut Package, question: &QuestionReport, report: &Report) -> io::Result<()> {
    package.heading(heading(1, &question.wording).page_break_before(true), 1);
    package.add(paragraph(&figures::response(question, report.respondents)));
    add_figures(package, question)?;
    let quotes = figures::page_of_quotes(question);
    if !quotes.is_empty() {
        package.heading(heading(2, "In respondents’ words"), 2);
        for one in quotes {
            package.add(quote(one));
        }
    }
    add_bullets(package, question, Level::Common, "Common Themes");
    add_bullets(package, question, Level::Additional, "Additional Comments");
    if !question.gone.is_empty() {
        package.heading(heading(2, "No longer mentioned"), 2);
        for gone in &question.gone {
            package.add(text(bullet(), &one_line(&format!("{} ({})", gone.name, gone.change.words))));
        }
    }
    if !question.themes.is_empty() {
        package.heading(heading(2, "Theme by theme"), 2);
    }
    for theme in &question.themes {
        add_theme(package, theme, question);
    }
    Ok(())
}

fn add_figures(package: &mut Package, question: &QuestionReport) -> io::Result<()> {
    if question.themes.is_empty() {
        return Ok(());
    }
    package.heading(heading(2, "Themes by share"), 2);
    let bars: Vec<Bar> = question.themes.iter().map(bar).collect();
    let words: Vec<String> =
        bars.iter().map(|bar| format!("{}: {}", bar.label, percent(bar.share))).collect();
    let caption =
        format!("Share of the {} respondents who answered, with 95% intervals", whole(question.base));
    package.figure(&bar_picture(&bars)?, &caption, &format!("Bar chart. {}", words.join("; ")));
    if figures::adds_to_more_than_all(question) {
        package.add(paragraph(figures::ADDS_TO_MORE));
    }
    let previous =
        question.themes.iter().find_map(|theme| theme.change.as_ref()).map(|change| change.previous.as_str());
    let since = previous.map(|previous| format!("Since {previous}"));
    let mut header = vec!["No.", "Theme", "Respondents", "Share", "95% interval"];
    let mut widths = vec![6, 26, 17, 9, 16];
    if let Some(since) = &since {
        header.push(since);
        widths.push(26);
    }
    let rows: Vec<Vec<String>> =
        (1..).zip(&question.themes).map(|(n, theme)| row(n, theme, since.is_some())).collect();
    package.caption("Table", &format!("Themes in figures. Base: {} respondents", whole(question.base)));
    package.table(table(&header, &rows, &widths, 2..5));
    Ok(())
}

fn bar(theme: &Theme) -> Bar {
    let common = theme.level == Level::Common;
    Bar { label: one_line(&theme.name), share: theme.share, interval: theme.interval, common }
}

fn row(number: usize, theme: &Theme, with_change: bool) -> Vec<String> {
    let tentative = if theme.tentative { " (tentative)" } else { "" };
    let mut row = vec![
        number.to_string(),
        format!("{}{tentative}", one_line(&theme.name)),
        count(theme.respondents),
        percent(theme.share),
        interval(theme.interval),
    ];
    if with_change {
        row.push(theme.change.as_ref().map(|change| one_line(&change.words)).unwrap_or_default());
    }
    row
}

/// The bullets of the published report: the statement with its key words in bold, then the figures.
fn add_bullets(package: &mut Package, question: &QuestionReport, level: Level, title: &str) {
    let mut themes = question.themes.iter().filter(|theme| theme.level == level).peekable();
    if themes.peek().is_none() {
        return;
    }
    package.heading(heading(2, title), 2);
    for theme in themes {
        let statement = pieces_run(bullet(), &without_stop(pieces(&theme.statement)));
        package.add(text(statement, &format!(" ({})", figures::of_bullet(theme, question))));
    }
}

fn add_theme(package: &mut Package, theme: &Theme, question: &QuestionReport) {
    package.add(heading(3, &one_line(&theme.name)));
    package.add(pieces_run(Paragraph::new(), &pieces(&theme.statement)));
    package.add(paragraph(&facts(theme, question)));
    if !theme.keywords.is_empty() {
        package.add(paragraph(&format!("Key words: {}", one_line(&theme.keywords.join(", ")))));
    }
    for one in &theme.quotes {
        package.add(quote(one));
    }
    if !theme.subthemes.is_empty() {
        package.caption(
            "Table",
            &format!("Parts of “{}”; a respondent can be in several, or in none", one_line(&theme.name)),
        );
        let rows: Vec<Vec<String>> = theme
            .subthemes
            .iter()
            .map(|sub| vec![one_line(&sub.name), count(sub.respondents), percent(sub.share)])
            .collect();
        package.table(table(&["Part", "Respondents", "Share"], &rows, &[60, 20, 20], 1..3));
    }
    for group in theme.groups.iter().filter(|group| group.differs()) {
        add_group(package, theme, group);
    }
    if let Some(words) = other_groups(theme) {
        package.add(paragraph(&words));
    }
}

/// The group columns by which a theme's shares do not differ clearly: their tables would be most of the document.
fn other_groups(theme: &Theme) -> Option<String> {
    let columns = |tested: bool| {
        let groups =
            theme.groups.iter().filter(|group| !group.differs() && group.p_adjusted.is_some() == tested);
        groups.map(|group| figures::spoken(&group.column)).collect::<Vec<_>>().join(", ")
    };
    let said = [("No clear difference by", columns(true)), ("Not tested by", columns(false))];
    let said: Vec<String> = said
        .iter()
        .filter(|(_, columns)| !columns.is_empty())
        .map(|(words, columns)| format!("{words} {columns}."))
        .collect();
    (!said.is_empty()).then(|| format!("{} The figures are in tables.xlsx.", said.join(" ")))
}

fn facts(theme: &Theme, question: &QuestionReport) -> String {
    let mut facts = figures::share_of_base(theme, question);
    if theme.interval.is_some() {
        facts += &format!(" (95% interval {})", interval(theme.interval));
    }
    if let Some(stability) = theme.stability {
        facts += &format!("; found again in {} of {} resamples", stability.found, stability.of);
    }
    if theme.tentative {
        facts += "; tentative";
    }
    facts += ".";
    if let Some(change) = &theme.change {
        facts += &format!(" Since {}: {}.", one_line(&change.previous), one_line(&change.words));
    }
    facts
}

fn add_group(package: &mut Package, theme: &Theme, group: &GroupTable) {
    let by = figures::spoken(&group.column);
    package.caption("Table", &format!("“{}” by {by}: a clear difference", one_line(&theme.name)));
    let rows: Vec<Vec<String>> = group
        .rows
        .iter()
        .map(|row| vec![one_line(&row.value), count(row.base), count(row.respondents), percent(row.share)])
        .collect();
    let heading = figures::heading(&group.column);
    package.table(table(&[&heading, "Base", "Mention it", "Share"], &rows, &[46, 18, 18, 18], 1..4));
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_table_is_as_wide_as_the_text_of_an_a4_page() {
        // 210 mm less two margins of 20 mm, in twentieths of a point.
        assert_eq!(
            crate::export::docx::parts::WIDTH,
            ((210.0_f64 - 40.0) / 25.4 * 72.0 * 20.0).round() as usize
        );
    }
}
