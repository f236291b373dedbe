//! `quotes-review.csv`: every quote, and every answer that a statement is taken from, with marks and risks, and a column for the reviewer.
//!
//! | column | meaning |
//! |---|---|
//! | `question`, `theme_id` | where it is shown |
//! | `respondent_id`, `start`, `end` | which words of whom, in Unicode code points of the original answer |
//! | `text` | the words, masked |
//! | `marks` | the marks in it, such as `[name]`, separated by spaces |
//! | `risks` | why it may give somebody away, separated by `; ` |
//! | `decision` | for the reviewer: `approve`, `reject`, or empty for not yet read |

use super::inert::cell;
use super::run::Run;
use crate::types::Decision;
use std::io::{self, Write};

const HEADER: [&str; 9] =
    ["question", "theme_id", "respondent_id", "start", "end", "text", "marks", "risks", "decision"];

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(HEADER)?;
    for row in run.input.review {
        table.write_record(&[
            cell(&row.question),
            row.theme.to_string(),
            cell(&row.respondent_id),
            row.start.to_string(),
            row.end.to_string(),
            cell(&row.text),
            row.marks.join(" "),
            row.risks.join("; "),
            row.decision.map(Decision::word).unwrap_or_default().into(),
        ])?;
    }
    table.flush()
}
