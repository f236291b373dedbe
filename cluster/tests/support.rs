//! Finished runs, parts of a survey as files, and calls of the program.

use datafusion::arrow::array::{ArrayRef, AsArray, Float32Array, RecordBatch, StringArray, UInt32Array};
use datafusion::arrow::compute::concat_batches;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use tempfile::TempDir;
use verbatim::codebook::{CODEBOOK, TEXTS, VECTORS, codebook_toml, exemplar_bytes, text_place_bytes};
use verbatim::embed::RtenEmbedder;
use verbatim::export::{Attachment, ExportInput, export_run};
use verbatim::pipeline::{PipelineParams, manifest, mask_surroundings, run_pipeline};
use verbatim::progress::NoProgress;
use verbatim::read::{SurveyPlan, read_survey};
use verbatim::redact::{RedactParams, Redactor};

/// Longest that anything may take before a test gives up; on an idle machine all is done in a tenth of it.
const PATIENCE: Duration = Duration::from_mins(4);

/// The project's folder.
pub(crate) fn project() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

pub(crate) fn survey_file(year: u32) -> PathBuf {
    project().join(format!("data/splw/survey-{year}.toml"))
}

fn model() -> PathBuf {
    project().join("models/all-MiniLM-L6-v2")
}

/// The folder of `verbatim run` on the survey of a year, made once.
pub(crate) fn finished_run(year: u32) -> PathBuf {
    static MADE: [OnceLock<()>; 2] = [const { OnceLock::new() }; 2];
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("run-{year}"));
    MADE[usize::from(year == 2023)].get_or_init(|| run(year, &folder));
    folder
}

/// What the command line's `run` does, by the library.
fn run(year: u32, folder: &Path) {
    let plan = SurveyPlan::from_toml(&survey_file(year)).unwrap();
    let params = PipelineParams::default();
    let mut outcome = read_survey(&plan).unwrap();
    mask_surroundings(&mut outcome, &Redactor::new(&RedactParams::default()));
    let embedder = RtenEmbedder::load(&model()).unwrap();
    let output = run_pipeline(&outcome.survey, &params, None, &embedder, &NoProgress).unwrap();
    let attachment = |name: &str, content| Attachment { name: name.into(), content };
    let attachments = [
        attachment(TEXTS, text_place_bytes(&output.texts).unwrap()),
        attachment(VECTORS, exemplar_bytes(&output.exemplars).unwrap()),
        attachment(CODEBOOK, codebook_toml(&output.codebook).unwrap().into_bytes()),
    ];
    let input = ExportInput {
        report: &output.report,
        survey: &outcome.survey,
        hidden_groups: &output.hidden_groups,
        coded: &output.coded,
        review: &output.review,
        attachments: &attachments,
        manifest: &manifest(&outcome, &params, &output),
    };
    export_run(input, folder).unwrap();
}

/// A table of text: header and rows.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) header: Vec<String>,
    pub(crate) rows: Vec<Vec<String>>,
}

impl Table {
    /// The answers of a bundled survey.
    pub(crate) fn survey(year: u32) -> Self {
        Self::csv(&project().join(format!("data/splw/responses-{year}.csv")))
    }

    pub(crate) fn csv(path: &Path) -> Self {
        let mut reader = csv::Reader::from_path(path).unwrap();
        let header = reader.headers().unwrap().iter().map(str::to_owned).collect();
        let row = |row: csv::Result<csv::StringRecord>| row.unwrap().iter().map(str::to_owned).collect();
        Self { header, rows: reader.records().map(row).collect() }
    }

    /// Rows as maps from column to cell.
    pub(crate) fn maps(&self) -> Vec<BTreeMap<&str, &str>> {
        let header = || self.header.iter().map(String::as_str);
        self.rows.iter().map(|row| header().zip(row.iter().map(String::as_str)).collect()).collect()
    }

    /// Writes files of so many rows each: CSV where `csv` says so by the file's number, else Parquet.
    pub(crate) fn write_parts(&self, folder: &Path, rows: usize, csv: impl Fn(usize) -> bool) {
        fs_err::create_dir_all(folder).unwrap();
        for (number, rows) in self.rows.chunks(rows).enumerate() {
            let path = |ending| folder.join(format!("part-{number:02}.{ending}"));
            if csv(number) {
                let mut writer = csv::Writer::from_path(path("csv")).unwrap();
                writer.write_record(&self.header).unwrap();
                for row in rows {
                    writer.write_record(row).unwrap();
                }
                writer.flush().unwrap();
            } else {
                let columns = self.header.iter().enumerate().map(|(column, name)| {
                    let cells =
                        rows.iter().map(|row| Some(row[column].as_str()).filter(|cell| !cell.is_empty()));
                    let cells: ArrayRef = Arc::new(cells.collect::<StringArray>());
                    (name.clone(), cells, true)
                });
                let batch = RecordBatch::try_from_iter_with_nullable(columns).unwrap();
                let file = fs_err::File::create(path("parquet")).unwrap();
                let mut writer = ArrowWriter::try_new(file, batch.schema(), None).unwrap();
                writer.write(&batch).unwrap();
                writer.close().unwrap();
            }
        }
    }
}

/// A folder with the parts of a survey in `in/`.
pub(crate) struct Place {
    folder: TempDir,
}

impl Place {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn with_parts(table: &Table, rows: usize) -> Self {
        let place = Self::new();
        table.write_parts(&place.path("in"), rows, |number| number == 1);
        place
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// `assign` of the parts into `out`, with the themes of the run of `year`; not yet started.
    pub(crate) fn assign(&self, year: u32, out: &str, options: &[&str]) -> Command {
        let mut command = program();
        command.args(["assign", "--input"]).arg(self.path("in/*.parquet"));
        command.arg("--input").arg(self.path("in/*.csv")).arg("--out").arg(self.path(out));
        command.arg("--run").arg(finished_run(year)).arg("--survey").arg(survey_file(year));
        if !options.contains(&"--scheduler") {
            command.arg("--model").arg(model());
        }
        command.args(options);
        command
    }

    /// Every file of `out` but the lock, by its path in there.
    pub(crate) fn files(&self, out: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path(out);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in fs_err::read_dir(&folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.file_name().unwrap() != ".lock" {
                    files.insert(path.strip_prefix(&root).unwrap().to_owned(), fs_err::read(&path).unwrap());
                }
            }
        }
        files
    }

    /// Parts of `out` that are finished.
    pub(crate) fn finished_parts(&self, out: &str) -> usize {
        let Ok(entries) = fs_err::read_dir(self.path(out).join("parts")) else { return 0 };
        entries
            .filter(|entry| entry.as_ref().unwrap().path().extension().is_some_and(|e| e == "json"))
            .count()
    }

    pub(crate) fn json(&self, name: &str) -> serde_json::Value {
        serde_json::from_slice(&fs_err::read(self.path(name)).unwrap()).unwrap()
    }

    /// All rows of the finished parts of `out`, in the order of the parts.
    pub(crate) fn rows(&self, out: &str) -> RecordBatch {
        let parts: Vec<PathBuf> =
            self.files(out).into_keys().filter(|path| path.starts_with("parts")).collect();
        let parquet = parts.iter().filter(|path| path.extension().is_some_and(|e| e == "parquet"));
        let batches: Vec<RecordBatch> = parquet
            .flat_map(|path| {
                let file = fs_err::File::open(self.path(out).join(path)).unwrap().into_file();
                ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap()
            })
            .map(|batch| batch.unwrap())
            .collect();
        concat_batches(&batches[0].schema(), &batches).unwrap()
    }
}

/// A cell as text; empty for null.
pub(crate) fn text(rows: &RecordBatch, column: &str, row: usize) -> String {
    let column = rows.column_by_name(column).unwrap();
    if column.is_null(row) {
        String::new()
    } else if let Some(texts) = column.as_string_opt::<i32>() {
        texts.value(row).to_owned()
    } else if let Some(numbers) = column.as_any().downcast_ref::<UInt32Array>() {
        numbers.value(row).to_string()
    } else {
        let numbers = column.as_any().downcast_ref::<Float32Array>().unwrap();
        format!("{:.4}", numbers.value(row))
    }
}

pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim-cluster"));
    // A node that is killed cannot clear its temporary folder: it is left where builds are, not among everybody's files.
    command.env("TMPDIR", env!("CARGO_TARGET_TMPDIR"));
    command
}

/// Runs a command to its end, which must come in time.
pub(crate) fn ended(command: &mut Command) -> Output {
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    output_of(Node(child))
}

/// The output of a process that has to end by itself.
pub(crate) fn output_of(mut node: Node) -> Output {
    // What it says fits a pipe, so it never waits for a reader.
    wait_until("the program ends", || node.0.try_wait().unwrap().is_some());
    let read = |stream: Option<&mut dyn std::io::Read>| {
        let mut bytes = Vec::new();
        stream.unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    let stdout = read(node.0.stdout.as_mut().map(|stream| stream as _));
    let stderr = read(node.0.stderr.as_mut().map(|stream| stream as _));
    Output { status: node.0.wait().unwrap(), stdout, stderr }
}

/// What a command said, which must have gone well.
pub(crate) fn succeeded(command: &mut Command) -> String {
    let output = ended(command);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    said
}

/// Runs a command that must go well and prints to stdout.
pub(crate) fn succeeded_quietly(command: &mut Command) {
    let output = ended(command);
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What a command said, which must have been refused.
pub(crate) fn refused(command: &mut Command) -> String {
    let output = ended(command);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    said
}

pub(crate) fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < PATIENCE, "waited too long until {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A process that does not outlive its test.
pub(crate) struct Node(pub(crate) Child);

impl Node {
    pub(crate) fn start(command: &mut Command) -> Self {
        Self(command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap())
    }

    /// Without a chance to tidy up.
    pub(crate) fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    pub(crate) fn is_running(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A scheduler and executors on the loopback.
pub(crate) struct Cluster {
    pub(crate) scheduler: Node,
    pub(crate) executors: Vec<Node>,
    pub(crate) address: String,
    /// Given to each of them.
    options: Vec<String>,
}

impl Cluster {
    pub(crate) fn start(year: u32, executors: usize) -> Self {
        Self::start_with(year, executors, &[])
    }

    pub(crate) fn start_with(year: u32, executors: usize, options: &[String]) -> Self {
        let port = free_port();
        let address = format!("127.0.0.1:{port}");
        // A lost executor is given up soon, so that the test does not have to wait for it.
        let mut command = program();
        command.args(["scheduler", "--lost-after", "15", "--port", &port.to_string()]).args(options);
        let scheduler = Node::start(&mut command);
        wait_until("the scheduler listens", || std::net::TcpStream::connect(&address).is_ok());
        let mut cluster = Self { scheduler, executors: Vec::new(), address, options: options.to_vec() };
        for _ in 0..executors {
            cluster.add_executor(year);
        }
        cluster
    }

    pub(crate) fn add_executor(&mut self, year: u32) {
        let port = free_port();
        let mut command = program();
        command.args([
            "executor",
            "--threads",
            "1",
            "--scheduler",
            &self.address,
            "--port",
            &port.to_string(),
        ]);
        command.arg("--run").arg(finished_run(year)).arg("--survey").arg(survey_file(year));
        command.arg("--model").arg(model()).args(&self.options);
        self.executors.push(Node::start(&mut command));
        wait_until("the executor listens", || std::net::TcpStream::connect(("127.0.0.1", port)).is_ok());
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}
