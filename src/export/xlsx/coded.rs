//! `coded-answers.xlsx`: sheet `Coded answers`, a row per segment, for a person who checks the coding.
//!
//! `theme` is the theme that was found and `final_theme` the one a person decides on: it starts as the same and offers the names of sheet
//! `Themes`. A cell that is emptied takes the segment out of every theme. `question`, `respondent_id`, `start` and `end` tell
//! which segment it is and are not to be changed. Headers are those of `assignments.csv`, so that a program reads both.

use super::{Book, Cell, Choices, Column, ROWS, Sheet};
use crate::export::run::Run;
use std::io::{self, Write};

pub(crate) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let about = [
        "Every part of every answer with its theme. final_theme is for your own counting and is not read back.",
        "To move an answer to another theme for good, pin it: sheet Pins of the codebook workbook.",
        "For the team only: this workbook holds a row for each respondent.",
    ];
    let mut book = Book::new(run.report, "coded answers", &about);
    let all = run.questions.iter().map(|question| question.segments.len()).sum::<usize>();
    let themes = themes(run);
    let mut answers = Sheet {
        name: "Coded answers".into(),
        title: "Parts of answers with their themes".into(),
        about: vec!["Change final_theme only; leave it empty for no clear theme.".into()],
        columns: columns(run),
        rows: rows(run),
        choices: Some(Choices { column: 6, sheet: "Themes", letter: 'C', n_rows: themes.rows.len() }),
    };
    // The rows beyond the cap were never made; the count of all is what is said.
    let missing = all - answers.rows.len();
    if missing > 0 {
        answers.about.push(super::book::only_the_first(all, "assignments.csv"));
    }
    book.add(answers, "assignments.csv");
    book.add(themes, "themes.json");
    book.write(out)
}

fn columns(run: &Run<'_>) -> Vec<Column> {
    let fixed = [
        ("question", 18),
        ("respondent_id", 16),
        ("segment", 10),
        ("text", 70),
        ("theme_id", 10),
        ("theme", 28),
        ("final_theme", 28),
        ("similarity", 12),
        ("primary", 10),
        ("start", 8),
        ("end", 8),
    ];
    let groups = run.survey.groups.iter().map(|group| Column::new(&group.column, 20));
    fixed.map(|(header, width)| Column::new(header, width)).into_iter().chain(groups).collect()
}

fn rows(run: &Run<'_>) -> Vec<Vec<Cell>> {
    let segments =
        run.questions.iter().flat_map(|question| question.segments.iter().map(move |s| (question, s)));
    segments
        .take(ROWS)
        .map(|(question, segment)| {
            let theme = question.theme(segment.theme).map(|theme| theme.name.as_str()).unwrap_or_default();
            let id = run.respondent(segment).map(|respondent| respondent.id.as_str()).unwrap_or_default();
            let fixed = [
                Cell::text(&question.report.column),
                Cell::text(id),
                Cell::Count(segment.segment),
                Cell::text(&segment.text),
                Cell::text(segment.theme.map(|id| id.to_string()).unwrap_or_default()),
                Cell::text(theme),
                Cell::text(theme),
                Cell::Number(f64::from(segment.similarity)),
                Cell::text(segment.primary.to_string()),
                Cell::Count(segment.start),
                Cell::Count(segment.end),
            ];
            fixed.into_iter().chain(run.groups(segment).into_iter().map(Cell::text)).collect()
        })
        .collect()
}

fn themes(run: &Run<'_>) -> Sheet {
    let mut rows = Vec::new();
    for question in &run.report.questions {
        for theme in &question.themes {
            rows.push(vec![
                Cell::text(&question.column),
                Cell::text(theme.id.to_string()),
                Cell::text(&theme.name),
                Cell::text(theme.statement.replace("**", "")),
                Cell::count(theme.respondents),
            ]);
        }
    }
    Sheet {
        name: "Themes".into(),
        title: "Themes to choose from".into(),
        about: vec!["The names in this table are offered in the column final_theme.".into()],
        columns: vec![
            Column::new("question", 18),
            Column::new("theme_id", 10),
            Column::new("theme", 34),
            Column::new("statement", 70),
            Column::new("respondents", 14),
        ],
        rows,
        choices: None,
    }
}
