//! The parts that are missing, one after the other or, on a cluster, several at a time.

use crate::args::AssignArgs;
use crate::complaint::{Complaint, say};
use crate::output::{Layout, PartWriter, UNFINISHED, write_json};
use crate::parts::{Facts, Format, Part, list};
use crate::record::{Record, output_path};
use crate::run::{Run, fingerprint, hex, plan, redact_params};
use crate::tls::Tls;
use crate::{counts, function, nodes};
use ballista_core::extension::SessionConfigExt;
use datafusion::arrow::datatypes::DataType;
use datafusion::execution::FunctionRegistry;
use datafusion::execution::options::{CsvReadOptions, ParquetReadOptions};
use datafusion::logical_expr::{Expr, cast};
use datafusion::prelude::{SessionConfig, SessionContext, ident, lit};
use futures::StreamExt;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use verbatim::codebook::{CODEBOOK, read_codebook};
use verbatim::pipeline::mask_heading;
use verbatim::read::{ReadError, read_report};
use verbatim::redact::Redactor;
use verbatim::types::{Codebook, Report};

/// Rows that the function gets at a time: enough that texts of one length fill the model's batches, few enough to be done in seconds.
const BATCH: usize = 2048;

/// Column of the ids where nobody names another.
const USUAL_ID: &str = "respondent_id";

/// What is asked for, with all defaults filled in.
#[derive(Debug)]
pub(crate) struct Request {
    /// Which run's themes.
    pub(crate) fingerprint: String,
    id: String,
    pub(crate) questions: Vec<String>,
    /// The group columns as the input calls them; what is written calls them as [`Layout::groups`] does.
    groups: Vec<String>,
    year: Option<String>,
    pub(crate) layout: Layout,
    /// The run's findings and codebook.
    pub(crate) report: Report,
    pub(crate) codebook: Codebook,
}

impl Request {
    fn new(args: &AssignArgs) -> anyhow::Result<Self> {
        let plan = plan(&args.run)?;
        let fingerprint = fingerprint(&args.run, &plan)?;
        let report = read_report(&args.run.run).map_err(ReadError::from).map_err(verbatim::Error::from)?;
        let codebook = read_codebook(&args.run.run.join(CODEBOOK)).map_err(verbatim::Error::from)?;
        let known: Vec<&str> = codebook.questions.iter().map(|question| question.column.as_str()).collect();
        if let Some(unknown) = args.questions.iter().find(|asked| !known.contains(&asked.as_str())) {
            let message = format!("The run has no question `{unknown}`; it has `{}`", known.join("`, `"));
            return Err(Complaint::new(message).into());
        }
        let questions = if args.questions.is_empty() {
            known.into_iter().map(str::to_owned).collect()
        } else {
            args.questions.clone()
        };
        let groups = if args.groups.is_empty() { plan.groups.clone() } else { args.groups.clone() };
        let id = args.id.clone().or_else(|| plan.respondent_id.clone());
        let redactor = Redactor::new(&redact_params(&plan));
        let headings = groups.iter().map(|group| mask_heading(group, &redactor)).collect();
        let layout = Layout { text: args.text, year: args.year.is_some(), groups: headings, redactor };
        layout.check()?;
        Ok(Self {
            fingerprint,
            id: id.unwrap_or_else(|| USUAL_ID.to_owned()),
            questions,
            groups,
            year: args.year.clone(),
            layout,
            report,
            codebook,
        })
    }

    /// What decides the bytes of a part, beside its input.
    pub(crate) fn key(&self) -> String {
        let Self { fingerprint, id, questions, groups, year, layout, .. } = self;
        let all = format!("{fingerprint:?} {id:?} {questions:?} {year:?} {groups:?} {}", layout.text);
        hex(&Sha256::digest(all.as_bytes()))
    }

    /// Columns of the input that are read.
    fn columns(&self) -> impl Iterator<Item = &String> {
        let own = std::iter::once(&self.id).chain(&self.year);
        own.chain(&self.questions).chain(&self.groups)
    }

    /// A heading as it may be shown and written.
    fn masked(&self, heading: &str) -> String {
        mask_heading(heading, &self.layout.redactor)
    }

    /// The column of the input that is called so or, since a run writes headings masked, that is called so once it is masked.
    fn find<'a>(&self, column: &str, facts: &'a Facts) -> Option<&'a str> {
        let called = |heading: &&String| self.masked(heading) == column;
        let mut headings = facts.columns.iter();
        let exact = headings.clone().find(|heading| *heading == column);
        exact.or_else(|| headings.find(called)).map(String::as_str)
    }

    /// What is asked of each row: `id`, `entries`, `year` if there is one, then the groups.
    fn select(&self, facts: &Facts, assign: &dyn Fn(Vec<Expr>) -> Expr) -> Vec<Expr> {
        let text = |column: &String| {
            let column = self.find(column, facts).unwrap_or(column);
            cast(ident(column), DataType::Utf8)
        };
        let mut of_function = vec![lit(self.fingerprint.as_str()), text(&self.id)];
        for question in &self.questions {
            of_function.extend([lit(question.as_str()), text(question)]);
        }
        let mut all = vec![text(&self.id).alias("id"), assign(of_function).alias("entries")];
        all.extend(self.year.iter().map(|year| text(year).alias("year")));
        let groups = self.groups.iter().enumerate();
        all.extend(groups.map(|(number, group)| text(group).alias(format!("group {number}"))));
        all
    }
}

/// Does every part that is missing, then counts them all.
pub(crate) fn assign(args: &AssignArgs) -> anyhow::Result<()> {
    if args.scheduler.is_none() && args.tls.ca.is_some() {
        return Err(Complaint::new(
            "`--tls-ca` is for a connection, and without `--scheduler` there is none",
        )
        .into());
    }
    let request = Request::new(args)?;
    let parts = list(&args.input)?;
    let folder = args.out.join("parts");
    fs_err::create_dir_all(&folder)?;
    let _lock = lock(&args.out)?;
    clear_unfinished(&args.out)?;
    clear_unfinished(&folder)?;
    nodes::runtime()?.block_on(async {
        let work = Work { request: &request, key: request.key(), folder, n_parts: parts.len() };
        let records = work.all(args, &parts).await?;
        let counted = counts::count(&request, &args.out, &work.folder, &records).await?;
        summarise(args, &request, &records)?;
        say(&counted);
        Ok(())
    })
}

/// Held while parts are written into a folder, so that two calls do not write into each other's.
fn lock(out: &Path) -> anyhow::Result<std::fs::File> {
    let file = fs_err::File::create(out.join(".lock"))?.into_file();
    file.try_lock()
        .map_err(|_| Complaint::new(format!("Another call is writing into `{}`", out.display())))?;
    Ok(file)
}

/// Removes what a killed call left; the lock is held, so nobody else is writing there.
fn clear_unfinished(folder: &Path) -> anyhow::Result<()> {
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes()) {
            fs_err::remove_file(entry.path())?;
        }
    }
    Ok(())
}

struct Work<'a> {
    request: &'a Request,
    key: String,
    folder: PathBuf,
    n_parts: usize,
}

/// A part that could not be done.
struct Failure {
    part: String,
    reason: String,
}

impl Work<'_> {
    /// The records of all parts, in their order.
    async fn all(&self, args: &AssignArgs, parts: &[Part]) -> anyhow::Result<Vec<Record>> {
        let mut records = Vec::new();
        let mut failures = Vec::new();
        let mut missing = Vec::new();
        for part in parts {
            match part.facts().and_then(|facts| self.check(facts)) {
                Err(reason) => failures.push(Failure { part: part.name.clone(), reason }),
                Ok(facts) => match Record::read(&self.folder, &part.name) {
                    Some(record) if record.fits(&self.folder, part, &facts, &self.key) => {
                        records.push(record);
                    }
                    _ => missing.push((part, facts)),
                },
            }
        }
        let there = records.len();
        if there > 0 {
            say(&format!("{there} of {} parts are there already\n", parts.len()));
        }
        if !missing.is_empty() {
            let context = self.context(args).await?;
            let mut again = self.some(&context, args, &missing, &mut records).await;
            if args.scheduler.is_some() && !again.is_empty() {
                // What an executor took with it when it went is worth a second try; what is wrong with a part shows again.
                missing.retain(|(part, _)| again.iter().any(|failure| failure.part == part.name));
                say(&format!("{} parts are tried once more\n", missing.len()));
                again = self.some(&context, args, &missing, &mut records).await;
            }
            failures.extend(again);
        }
        records.sort_by(|a, b| a.part.cmp(&b.part));
        if failures.is_empty() {
            return Ok(records);
        }
        failures.sort_by(|a, b| a.part.cmp(&b.part));
        let named: Vec<String> =
            failures.iter().map(|failure| format!("\n  `{}`: {}", failure.part, failure.reason)).collect();
        let (n, all) = (failures.len(), parts.len());
        let message =
            format!("{n} of {all} parts could not be done, the others are written:{}", named.concat());
        Err(Complaint::new(message)
            .with_hint("mend them or leave them out, and call again: only they are done then")
            .into())
    }

    fn check(&self, facts: Facts) -> Result<Facts, String> {
        match self.request.columns().find(|column| self.request.find(column, &facts).is_none()) {
            None => Ok(facts),
            Some(column) => {
                let there: Vec<String> =
                    facts.columns.iter().map(|there| self.request.masked(there)).collect();
                let column = self.request.masked(column);
                Err(format!("it has no column `{column}`; it has `{}`", there.join("`, `")))
            }
        }
    }

    async fn context(&self, args: &AssignArgs) -> anyhow::Result<SessionContext> {
        // One partition: rows come back in the order of the file.
        let config = SessionConfig::new_with_ballista().with_target_partitions(1).with_batch_size(BATCH);
        match &args.scheduler {
            Some(scheduler) => nodes::connect(scheduler, Tls::read(&args.tls)?.as_ref(), config).await,
            None => {
                let run = Run::load(&args.run, &args.engine)?;
                let context = SessionContext::new_with_config(config);
                context.register_udf(function::of_run(Arc::new(run)));
                Ok(context)
            }
        }
    }

    /// Does parts, adds their records, and returns those that failed.
    async fn some(
        &self,
        context: &SessionContext,
        args: &AssignArgs,
        parts: &[(&Part, Facts)],
        records: &mut Vec<Record>,
    ) -> Vec<Failure> {
        let at_once = if args.scheduler.is_some() { args.in_flight.max(1) } else { 1 };
        let parts = futures::stream::iter(parts);
        let mut done = parts
            .map(|(part, facts)| async move { (part, self.one(context, part, facts).await) })
            .buffer_unordered(at_once);
        let mut failures = Vec::new();
        while let Some((part, result)) = done.next().await {
            match result {
                Ok(record) => {
                    records.push(record);
                    let record = &records[records.len() - 1];
                    let n = records.len();
                    say(&format!(
                        "{} ({n} of {})\n",
                        words(&record.part, std::slice::from_ref(record)),
                        self.n_parts
                    ));
                }
                Err(error) => {
                    let reason = error.to_string();
                    say(&format!("{}: {reason}\n", part.name));
                    failures.push(Failure { part: part.name.clone(), reason });
                }
            }
        }
        failures
    }

    async fn one(&self, context: &SessionContext, part: &Part, facts: &Facts) -> anyhow::Result<Record> {
        let path = part.path.to_string_lossy();
        let frame = match part.format {
            Format::Parquet => context.read_parquet(path.as_ref(), ParquetReadOptions::default()).await?,
            Format::Csv => {
                let schema = facts.text_schema();
                let options = CsvReadOptions::new().has_header(true).newlines_in_values(true).schema(&schema);
                context.read_csv(path.as_ref(), options).await?
            }
        };
        let function = context.udf(function::NAME)?;
        let mut rows =
            frame.select(self.request.select(facts, &|args| function.call(args)))?.execute_stream().await?;
        let mut writer = PartWriter::begin(&self.request.layout, &part.name, &self.folder)?;
        while let Some(batch) = rows.next().await {
            writer.write(&batch?)?;
        }
        if writer.seen() != facts.rows {
            anyhow::bail!("{} of its {} rows came back", writer.seen(), facts.rows);
        }
        let written = writer.finish(&output_path(&self.folder, &part.name))?;
        let record = Record {
            part: part.name.clone(),
            request: self.key.clone(),
            input_sha256: facts.sha256.clone(),
            rows: facts.rows,
            written: written.rows,
            rejected: written.rejected,
            segments: written.segments,
            output_sha256: written.sha256,
        };
        record.write(&self.folder)?;
        Ok(record)
    }
}

/// What was done, in words; rows in are always those out and those rejected.
fn words(what: &str, records: &[Record]) -> String {
    let sum = |of: &dyn Fn(&Record) -> u64| records.iter().map(of).sum::<u64>();
    let (empty, no_year) = (sum(&|record| record.rejected.empty), sum(&|record| record.rejected.no_year));
    let rejected = match (empty, no_year) {
        (0, 0) => "0 rejected".to_owned(),
        _ => format!("{} rejected ({empty} empty, {no_year} without a year)", empty + no_year),
    };
    let (rows, written, segments) = (sum(&|r| r.rows), sum(&|r| r.written), sum(&|r| r.segments));
    format!("{what}: {rows} rows in = {written} out + {rejected}, {segments} segments")
}

/// Writes `manifest.json` and says what was done.
fn summarise(args: &AssignArgs, request: &Request, records: &[Record]) -> anyhow::Result<()> {
    let sum = |of: &dyn Fn(&Record) -> u64| records.iter().map(of).sum::<u64>();
    let manifest = serde_json::json!({
        "program": "verbatim-cluster",
        "version": env!("CARGO_PKG_VERSION"),
        "schema": 1,
        "run": request.fingerprint,
        "columns": {
            "id": request.masked(&request.id),
            "questions": request.questions,
            "groups": request.layout.groups,
            "year": request.year.as_ref().map(|year| request.masked(year)),
        },
        "rows": sum(&|record| record.rows),
        "written": sum(&|record| record.written),
        "rejected": sum(&|record| record.rejected.total()),
        "segments": sum(&|record| record.segments),
        "parts": records,
    });
    write_json(&args.out.join("manifest.json"), &manifest)?;
    say(&format!("{}\n", words(&format!("all {} parts", records.len()), records)));
    Ok(())
}
