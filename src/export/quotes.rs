//! `quotes.csv`: a row per quote, themes in the order of the report, best quote first.
//!
//! | column | meaning |
//! |---|---|
//! | `question` | column of the question |
//! | `theme_id`, `theme`, `level` | its theme |
//! | `rank` | place among the theme's quotes, from 1 |
//! | `respondent_id` | who wrote it |
//! | `start`, `end` | Unicode code points in the original answer, half-open |
//! | `text` | the quote, masked |
//! | `attribution` | as it is printed; empty where none is |
//! | `similarity` | cosine to the theme's centre, 4 decimals |
//! | `shows_spread` | whether it shows how far the theme reaches rather than its centre |
//! | `masked` | whether a mark stands in it |
//! | `reviewed` | whether a person has read the quotes of this run |
//! | one per group column | the respondent's value; empty where not given or hidden |

use super::figures::decimals;
use super::inert::cell;
use super::mentions::group_columns;
use super::run::{Run, level};
use std::io::{self, Write};

const COLUMNS: [&str; 14] = [
    "question",
    "theme_id",
    "theme",
    "level",
    "rank",
    "respondent_id",
    "start",
    "end",
    "text",
    "attribution",
    "similarity",
    "shows_spread",
    "masked",
    "reviewed",
];

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let header: Vec<String> =
        COLUMNS.iter().map(|name| (*name).into()).chain(group_columns(run, &COLUMNS)).collect();
    table.write_record(header.iter().map(|name| cell(name)))?;
    for question in &run.report.questions {
        for theme in &question.themes {
            for (rank, quote) in (1..).zip(&theme.quotes) {
                let fixed: [String; COLUMNS.len()] = [
                    cell(&question.column),
                    theme.id.to_string(),
                    cell(&theme.name),
                    level(theme.level).into(),
                    rank.to_string(),
                    cell(&quote.respondent_id),
                    quote.start.to_string(),
                    quote.end.to_string(),
                    cell(&quote.text),
                    quote.attribution.as_deref().map(cell).unwrap_or_default(),
                    decimals(quote.similarity),
                    quote.shows_spread.to_string(),
                    quote.masked.to_string(),
                    run.report.quotes_reviewed.to_string(),
                ];
                let groups = (0..run.survey.groups.len()).map(|column| {
                    quote.groups.get(column).and_then(Option::as_deref).map(cell).unwrap_or_default()
                });
                table.write_record(fixed.into_iter().chain(groups))?;
            }
        }
    }
    table.flush()
}
