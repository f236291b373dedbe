//! `tables.xlsx`: the figures of the report. Per question `Qn themes`, `Qn change` where there is a year before, and `Qn by …`
//! for each group column, tidy: a row per theme and group.

use super::{Book, Cell, Column, Sheet};
use crate::export::figures::{self, whole};
use crate::export::inert::one_line;
use crate::export::run::{Run, level};
use crate::types::{QuestionReport, Stability, Theme};
use std::io::{self, Write};

pub(crate) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let about = ["The figures of the report: themes by share, their change, and themes by group."];
    let mut book = Book::new(run.report, "tables", &about);
    for (number, question) in (1..).zip(&run.report.questions) {
        book.add(themes(number, question), "themes.json");
        if question.themes.iter().any(|theme| theme.change.is_some()) {
            book.add(change(number, question), "themes.json");
        }
        for column in group_columns(question) {
            book.add(groups(number, question, column), "themes.json");
        }
    }
    book.write(out)
}

fn about(question: &QuestionReport) -> Vec<String> {
    vec![
        format!("Question: {}", one_line(&question.wording)),
        format!("Base: {} respondents who gave an answer that says something.", whole(question.base)),
    ]
}

fn first_cells(theme: &Theme) -> Vec<Cell> {
    vec![Cell::text(theme.id.to_string()), Cell::text(&theme.name)]
}

fn first_columns() -> Vec<Column> {
    vec![Column::new("Theme id", 10), Column::new("Theme", 36)]
}

fn themes(number: usize, question: &QuestionReport) -> Sheet {
    let mut columns = first_columns();
    columns.extend(
        [
            ("Level", 12),
            ("Respondents", 14),
            ("Share", 10),
            ("Interval from", 12),
            ("Interval to", 12),
            ("Mentions", 12),
            ("Found again", 12),
            ("Of resamples", 12),
            ("Tentative", 10),
            ("Statement", 70),
        ]
        .map(|(header, width)| Column::new(header, width)),
    );
    let rows = question.themes.iter().map(|theme| {
        let mut row = first_cells(theme);
        let resampled = |count: fn(Stability) -> u32| {
            theme.stability.map_or_else(|| Cell::text(""), |stability| Cell::Count(count(stability) as usize))
        };
        row.extend([
            Cell::text(level(theme.level)),
            Cell::count(theme.respondents),
            Cell::share(theme.share),
            Cell::share(theme.interval.map(|interval| interval.0)),
            Cell::share(theme.interval.map(|interval| interval.1)),
            Cell::count(theme.mentions),
            resampled(|stability| stability.found),
            resampled(|stability| stability.of),
            Cell::text(if theme.tentative { "Yes" } else { "No" }),
            Cell::text(theme.statement.replace("**", "")),
        ]);
        row
    });
    Sheet {
        name: format!("Q{number} themes"),
        title: format!("Question {number}: themes by share of respondents, with 95% intervals"),
        about: about(question),
        rows: rows.collect(),
        columns,
        choices: None,
    }
}

fn change(number: usize, question: &QuestionReport) -> Sheet {
    let mut columns = first_columns();
    columns.extend(
        [
            ("Compared with", 16),
            ("Share then", 12),
            ("Share now", 12),
            ("Difference", 12),
            ("Interval from", 12),
            ("Interval to", 12),
            ("Adjusted p", 12),
            ("In words", 60),
        ]
        .map(|(header, width)| Column::new(header, width)),
    );
    let of = |id: String, name: &str, now: Option<f64>, change: &crate::types::Change| {
        // What is not known is not hidden: a new theme had no share, and a gone one has none.
        let known = |value: Option<f64>| value.map_or_else(|| Cell::text(""), Cell::Share);
        vec![
            Cell::text(id),
            Cell::text(name),
            Cell::text(&change.previous),
            known(change.previous_share),
            known(now),
            known(change.difference),
            known(change.interval.map(|interval| interval.0)),
            known(change.interval.map(|interval| interval.1)),
            change.p_adjusted.map_or_else(|| Cell::text(""), Cell::Number),
            Cell::text(&change.words),
        ]
    };
    let still = question.themes.iter().filter_map(|theme| {
        theme.change.as_ref().map(|change| of(theme.id.to_string(), &theme.name, theme.share, change))
    });
    let gone = question.gone.iter().map(|gone| of(gone.id.to_string(), &gone.name, None, &gone.change));
    Sheet {
        name: format!("Q{number} change"),
        title: format!("Question {number}: themes now and before, with the 95% interval of the difference"),
        about: about(question),
        rows: still.chain(gone).collect(),
        columns,
        choices: None,
    }
}

fn group_columns(question: &QuestionReport) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for table in question.themes.iter().flat_map(|theme| &theme.groups) {
        if !columns.contains(&table.column.as_str()) {
            columns.push(&table.column);
        }
    }
    columns
}

fn groups(number: usize, question: &QuestionReport, column: &str) -> Sheet {
    let heading = figures::heading(column);
    let mut columns = first_columns();
    columns.push(Column::new(&heading, 28));
    columns.extend(
        [("Base", 10), ("Mention it", 12), ("Share", 10), ("Interval from", 12), ("Interval to", 12)]
            .map(|(header, width)| Column::new(header, width)),
    );
    let mut rows = Vec::new();
    for theme in &question.themes {
        for row in theme.groups.iter().filter(|table| table.column == column).flat_map(|table| &table.rows) {
            let mut cells = first_cells(theme);
            cells.extend([
                Cell::text(&row.value),
                Cell::count(row.base),
                Cell::count(row.respondents),
                Cell::share(row.share),
                Cell::share(row.interval.map(|interval| interval.0)),
                Cell::share(row.interval.map(|interval| interval.1)),
            ]);
            rows.push(cells);
        }
    }
    Sheet {
        name: tab(&format!("Q{number} by {heading}")),
        title: format!("Question {number}: themes by {}", figures::spoken(column)),
        about: about(question),
        columns,
        rows,
        choices: None,
    }
}

/// A name that a tab can have.
fn tab(name: &str) -> String {
    let plain = |c: char| if c.is_alphanumeric() || c == ' ' { c } else { '_' };
    name.chars().map(plain).take(31).collect::<String>().trim().into()
}
