//! `quotes.xlsx`: sheet `Quotes`, a row per quote with the columns of `quotes.csv` that a person reads.

use super::{Book, Cell, Column, Sheet};
use crate::export::figures;
use crate::export::run::{Run, level};
use std::io::{self, Write};

pub(crate) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let about = ["Quotes per theme, the most typical first. Each is the exact words of an answer."];
    let mut book = Book::new(run.report, "quotes", &about);
    let mut columns = vec![
        Column::new("Question", 32),
        Column::new("Theme", 28),
        Column::new("Level", 12),
        Column::new("Quote", 70),
        Column::new("Attribution", 28),
        Column::new("Rank", 8),
        Column::new("Shows spread", 10),
        Column::new("Masked", 10),
        Column::new("Theme id", 10),
        Column::new("Respondent id", 16),
    ];
    columns.extend(run.survey.groups.iter().map(|group| Column::new(figures::heading(&group.column), 20)));
    let mut rows = Vec::new();
    for question in &run.report.questions {
        for theme in &question.themes {
            for (rank, quote) in (1..).zip(&theme.quotes) {
                let mut row = vec![
                    Cell::text(&question.wording),
                    Cell::text(&theme.name),
                    Cell::text(level(theme.level)),
                    Cell::text(&quote.text),
                    Cell::text(quote.attribution.as_deref().unwrap_or_default()),
                    Cell::Count(rank),
                    Cell::text(yes_or_no(quote.shows_spread)),
                    Cell::text(yes_or_no(quote.masked)),
                    Cell::text(theme.id.to_string()),
                    Cell::text(&quote.respondent_id),
                ];
                let groups = (0..run.survey.groups.len())
                    .map(|column| quote.groups.get(column).and_then(Option::as_deref).unwrap_or_default());
                row.extend(groups.map(Cell::text));
                rows.push(row);
            }
        }
    }
    let sheet = Sheet {
        name: "Quotes".into(),
        title: "Quotes by question and theme".into(),
        about: vec!["This sheet holds one table.".into()],
        columns,
        rows,
        choices: None,
    };
    book.add(sheet, "quotes.csv");
    book.write(out)
}

fn yes_or_no(yes: bool) -> &'static str {
    if yes { "yes" } else { "no" }
}
