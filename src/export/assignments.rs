//! `assignments.csv`: a row per segment, question by question, respondents in the order of their ids.
//!
//! | column | meaning |
//! |---|---|
//! | `respondent_id` | as in the input |
//! | `question` | column of the question |
//! | `segment` | number within the answer, from 0 |
//! | `start`, `end` | Unicode code points in the original answer, half-open |
//! | `theme_id`, `theme` | its theme; empty for no clear theme |
//! | `similarity` | cosine to the centre of its theme, or of the nearest one, 4 decimals |
//! | `primary` | `true` on exactly one row of each respondent and question that has a theme |
//! | `level` | `common` or `additional` |
//! | `second_theme_id`, `second_theme` | a second theme that is nearly as close |
//! | `margin` | how much nearer its theme is than the runner-up, 4 decimals |
//! | `text` | the segment, masked |

use super::figures::decimals;
use super::inert::cell;
use super::run::{Run, level};
use std::io::{self, Write};

const HEADER: [&str; 14] = [
    "respondent_id",
    "question",
    "segment",
    "start",
    "end",
    "theme_id",
    "theme",
    "similarity",
    "primary",
    "level",
    "second_theme_id",
    "second_theme",
    "margin",
    "text",
];

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for question in &run.questions {
        let column = cell(&question.report.column);
        for segment in question.segments {
            let (theme, second) = (question.theme(segment.theme), question.theme(segment.second));
            table.write_record(&[
                run.respondent(segment).map(|respondent| cell(&respondent.id)).unwrap_or_default(),
                column.clone(),
                segment.segment.to_string(),
                segment.start.to_string(),
                segment.end.to_string(),
                segment.theme.map(|id| id.to_string()).unwrap_or_default(),
                theme.map(|theme| cell(&theme.name)).unwrap_or_default(),
                decimals(segment.similarity),
                segment.primary.to_string(),
                theme.map(|theme| level(theme.level).into()).unwrap_or_default(),
                segment.second.map(|id| id.to_string()).unwrap_or_default(),
                second.map(|theme| cell(&theme.name)).unwrap_or_default(),
                decimals(segment.margin),
                cell(&segment.text),
            ])?;
        }
    }
    table.flush()
}
