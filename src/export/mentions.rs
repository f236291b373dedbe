//! `mentions.csv`: tidy, one row per mention with the respondent's groups, for R and Python. A segment is in its theme, and in a
//! second one that is nearly as close: the report's figures are counts of these rows, and of the people in them.
//!
//! | column | meaning |
//! |---|---|
//! | `year` | survey year; empty where not given |
//! | `question` | column of the question |
//! | `respondent_id` | as in the input |
//! | `segment` | number within the answer, from 0 |
//! | `theme_id`, `theme` | the theme |
//! | `level` | `common` or `additional` |
//! | `primary` | whether it is the respondent's main theme under this question |
//! | `second` | whether it is the segment's second theme |
//! | `similarity` | cosine to the centre of the segment's first theme, 4 decimals |
//! | `base` | respondents with a substantive answer to the question, the denominator of every share |
//! | `weight` | survey weight of the respondent; 1 without weights |
//! | `text` | the segment, masked |
//! | one per group column | the respondent's value; empty where not given, `[c]` in a column of which the report hides a count |

use super::figures::decimals;
use super::inert::cell;
use super::run::{Mention, Run, level};
use std::io::{self, Write};

/// The columns before those of the groups.
pub(super) const COLUMNS: [&str; 13] = [
    "year",
    "question",
    "respondent_id",
    "segment",
    "theme_id",
    "theme",
    "level",
    "primary",
    "second",
    "similarity",
    "base",
    "weight",
    "text",
];

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    let header: Vec<String> =
        COLUMNS.iter().map(|name| (*name).into()).chain(group_columns(run, &COLUMNS)).collect();
    table.write_record(header.iter().map(|name| cell(name)))?;
    let year = run.report.year.map(|year| year.to_string()).unwrap_or_default();
    for question in &run.questions {
        for Mention { segment, theme, is_second } in question.mentions() {
            let Some(respondent) = run.respondent(segment) else { continue };
            let fixed: [String; COLUMNS.len()] = [
                year.clone(),
                cell(&question.report.column),
                cell(&respondent.id),
                segment.segment.to_string(),
                theme.id.to_string(),
                cell(&theme.name),
                level(theme.level).into(),
                (segment.primary && !is_second).to_string(),
                is_second.to_string(),
                decimals(segment.similarity),
                question.report.base.to_string(),
                respondent.weight.to_string(),
                cell(&segment.text),
            ];
            let groups = run.groups(segment).into_iter().map(cell);
            table.write_record(fixed.into_iter().chain(groups))?;
        }
    }
    table.flush()
}

/// Names of the group columns, told apart from `fixed` ones of the same name by a leading `group_`.
pub(super) fn group_columns(run: &Run<'_>, fixed: &[&str]) -> Vec<String> {
    let names = run.survey.groups.iter().map(|group| &group.column);
    names
        .map(|name| if fixed.contains(&name.as_str()) { format!("group_{name}") } else { name.clone() })
        .collect()
}
