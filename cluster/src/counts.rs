//! The second query, over the parts that were written: how many mention each theme, by year and by group.
//!
//! Each part is counted by itself and the whole numbers are added up, so that memory does not grow with the collection and no order
//! of parts matters. A respondent is a row of the input and counts once per theme.

use crate::assign::Request;
use crate::record::{Record, output_path};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Int32Type, Int64Type};
use datafusion::execution::options::ParquetReadOptions;
use datafusion::prelude::{SessionConfig, SessionContext};
use std::collections::BTreeMap;
use std::path::Path;
use verbatim::codebook::{CODEBOOK, codebook_toml};
use verbatim::export::{Attachment, export_findings};
use verbatim::pipeline::{CountedQuestion, CountedTheme, CountedYear, report_from_counts};
use verbatim::types::ThemeId;

/// By year; `None` where the input names none.
type Years = BTreeMap<Option<i32>, CountedYear>;

/// Counts all parts and writes `counts/YEAR/`, each in the form of a run's findings. Returns what to say.
pub(crate) async fn count(
    request: &Request,
    out: &Path,
    folder: &Path,
    records: &[Record],
) -> anyhow::Result<String> {
    let mut years = Years::new();
    for record in records {
        let counting = Counting::open(request, &output_path(folder, &record.part)).await?;
        let written = counting.add_to(&mut years).await?;
        if written + record.rejected.total() != record.rows {
            anyhow::bail!(
                "`{}`: {written} rows written and {} rejected are not the {} rows of the input",
                record.part,
                record.rejected.total(),
                record.rows
            );
        }
    }
    let mut said = String::new();
    for (year, counted) in years {
        let year = year.or(request.report.year);
        let name = year.map_or_else(|| "all".to_owned(), |year| year.to_string());
        let report =
            report_from_counts(&request.report, &request.codebook, year, &request.layout.groups, &counted);
        let content = codebook_toml(&request.codebook).map_err(verbatim::Error::from)?.into_bytes();
        let target = out.join("counts").join(&name);
        export_findings(&report, &[Attachment { name: CODEBOOK.into(), content }], &target)
            .map_err(verbatim::Error::from)?;
        said.push_str(&format!("counts of {} respondents in `{}`\n", report.respondents, target.display()));
    }
    Ok(said)
}

/// One part as a table.
struct Counting<'a> {
    request: &'a Request,
    context: SessionContext,
}

/// A row that a query gives. All queries give the same columns; those that one has no use for are null or 0.
struct Counted {
    year: Option<i32>,
    question: String,
    /// A kind of answer, a theme or the value of another group column.
    key: Option<String>,
    /// Value of a group column.
    group: Option<String>,
    numbers: [usize; 3],
}

impl<'a> Counting<'a> {
    async fn open(request: &'a Request, path: &Path) -> anyhow::Result<Self> {
        let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(1));
        context.register_parquet("part", path.to_string_lossy(), ParquetReadOptions::default()).await?;
        Ok(Self { request, context })
    }

    /// Adds the part's counts and returns the number of rows of the input that are in it.
    async fn add_to(&self, years: &mut Years) -> anyhow::Result<u64> {
        let year = if self.request.layout.year { "\"year\"" } else { "CAST(NULL AS INT)" };
        let mut rows = 0;
        let all = format!(
            "SELECT {year} AS y, '' AS q, NULL AS k, NULL AS g, COUNT(DISTINCT \"row\") AS a, 0 AS b, 0 AS c FROM part GROUP BY 1"
        );
        for counted in self.query(&all).await? {
            rows += counted.numbers[0] as u64;
            years.entry(counted.year).or_default().respondents += counted.numbers[0];
        }
        let kinds = format!(
            "SELECT {year} AS y, question AS q, kind AS k, NULL AS g, COUNT(DISTINCT \"row\") AS a, \
             COUNT(DISTINCT CASE WHEN theme IS NOT NULL THEN \"row\" END) AS b, COUNT(segment) AS c \
             FROM part GROUP BY 1, 2, 3"
        );
        for counted in self.query(&kinds).await? {
            let question = self.question(years, &counted);
            let [respondents, in_a_theme, segments] = counted.numbers;
            match counted.key.as_deref() {
                Some("blank") => question.blank += respondents,
                Some("no comment") => question.non_answers += respondents,
                _ => question.base += respondents,
            }
            question.in_a_theme += in_a_theme;
            question.segments += segments;
        }
        for counted in self.query(&mentions(year, "CAST(NULL AS VARCHAR)")).await? {
            let [respondents, mentions, _] = counted.numbers;
            let theme = self.theme(years, &counted)?;
            theme.respondents += respondents;
            theme.mentions += mentions;
        }
        let groups: Vec<String> = self.request.layout.groups.iter().map(|group| quoted(group)).collect();
        for (number, group) in groups.iter().enumerate() {
            let bases = format!(
                "SELECT {year} AS y, question AS q, NULL AS k, {group} AS g, COUNT(DISTINCT \"row\") AS a, 0 AS b, 0 AS c \
                 FROM part WHERE kind = 'answer' GROUP BY 1, 2, 4"
            );
            for counted in self.query(&bases).await? {
                let question = self.question(years, &counted);
                *question.groups[number].entry(counted.group).or_default() += counted.numbers[0];
            }
            for counted in self.query(&mentions(year, group)).await? {
                let theme = self.theme(years, &counted)?;
                *theme.groups[number].entry(counted.group).or_default() += counted.numbers[0];
            }
            for (other, other_group) in groups.iter().enumerate().skip(number + 1) {
                let beside = format!(
                    "SELECT {year} AS y, '' AS q, {other_group} AS k, {group} AS g, 0 AS a, 0 AS b, 0 AS c \
                     FROM part WHERE {group} IS NOT NULL AND {other_group} IS NOT NULL GROUP BY 1, 3, 4"
                );
                for counted in self.query(&beside).await? {
                    let nestings = &mut years.entry(counted.year).or_default().nestings;
                    if let (Some(value), Some(beside)) = (&counted.group, &counted.key) {
                        nestings.see((number, value), (other, beside));
                    }
                }
            }
        }
        Ok(rows)
    }

    fn question<'y>(&self, years: &'y mut Years, counted: &Counted) -> &'y mut CountedQuestion {
        let year = years.entry(counted.year).or_default();
        let question = year.questions.entry(counted.question.clone()).or_default();
        question.groups.resize_with(self.request.layout.groups.len(), BTreeMap::new);
        question
    }

    fn theme<'y>(&self, years: &'y mut Years, counted: &Counted) -> anyhow::Result<&'y mut CountedTheme> {
        let id: Result<ThemeId, String> = counted.key.as_deref().unwrap_or_default().parse();
        let id = id.map_err(anyhow::Error::msg)?;
        let theme = self.question(years, counted).themes.entry(id).or_default();
        theme.groups.resize_with(self.request.layout.groups.len(), BTreeMap::new);
        Ok(theme)
    }

    async fn query(&self, sql: &str) -> anyhow::Result<Vec<Counted>> {
        let mut rows = Vec::new();
        for batch in self.context.sql(sql).await?.collect().await? {
            read(&batch, &mut rows)?;
        }
        Ok(rows)
    }
}

/// The name of a column as SQL writes it.
fn quoted(column: &str) -> String {
    format!("\"{}\"", column.replace('"', "\"\""))
}

/// Respondents and segments by year, question, theme and the value of a column. A segment belongs to its theme and to its second one.
fn mentions(year: &str, group: &str) -> String {
    let of = |theme: &str| {
        format!(
            "SELECT {year} AS y, question AS q, {theme} AS k, {group} AS g, \"row\" AS r FROM part WHERE {theme} IS NOT NULL"
        )
    };
    let (first, second) = (of("theme"), of("second_theme"));
    format!(
        "SELECT y, q, k, g, COUNT(DISTINCT r) AS a, COUNT(*) AS b, 0 AS c \
         FROM ({first} UNION ALL {second}) GROUP BY y, q, k, g"
    )
}

fn read(batch: &RecordBatch, rows: &mut Vec<Counted>) -> anyhow::Result<()> {
    let column = |number: usize, kind: DataType| cast(batch.column(number), &kind);
    let years = column(0, DataType::Int32)?;
    let years = years.as_primitive::<Int32Type>();
    let texts = [1, 2, 3].map(|number| column(number, DataType::Utf8));
    let [questions, keys, groups] = texts;
    let (questions, keys, groups) = (questions?, keys?, groups?);
    let text = |array: &ArrayRef, row: usize| {
        array.is_valid(row).then(|| array.as_string::<i32>().value(row).to_owned())
    };
    let [first, second, third] = [4, 5, 6].map(|number| column(number, DataType::Int64));
    let numbers = [first?, second?, third?];
    for row in 0..batch.num_rows() {
        rows.push(Counted {
            year: years.is_valid(row).then(|| years.value(row)),
            question: text(&questions, row).unwrap_or_default(),
            key: text(&keys, row),
            group: text(&groups, row),
            numbers: [0, 1, 2].map(|n| numbers[n].as_primitive::<Int64Type>().value(row) as usize),
        });
    }
    Ok(())
}
