//! What can be typed, exactly as typed: nothing is opened or checked here.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::de::value::Error as ValueError;
use serde::de::{DeserializeOwned, IntoDeserializer};
use std::path::PathBuf;
use verbatim::read::Settings;
use verbatim::types::{Disclosure, Granularity};

/// Turns open-ended survey answers into labelled themes with representative quotes.
///
/// Everything happens on this machine: no network, and the same result every time.
#[derive(Debug, Parser)]
#[command(
    name = "verbatim",
    version,
    help_expected = true,
    propagate_version = true,
    after_help = "Exit codes: 0 done, 1 the input or the request cannot be served, 2 wrong usage or an unexpected error."
)]
pub(crate) struct Cli {
    /// Options of every command
    #[command(flatten)]
    pub(crate) global: Global,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Args)]
pub(crate) struct Global {
    /// Print nothing but errors
    #[arg(long, short, global = true)]
    pub(crate) quiet: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Find the themes of a survey and write the report
    ///
    /// Give a survey file (TOML) or a bare CSV, TSV, XLSX or JSON Lines file, plain or gzip-compressed.
    Run(Box<RunArgs>),
    /// Show what was understood of an input and what would happen; writes nothing
    Check(CheckArgs),
    /// Set runs of a survey side by side: how each theme changed, with intervals
    Compare(CompareArgs),
    /// Print chosen quotes of a finished run, for a slide or a section of a report
    Quotes(QuotesArgs),
    /// Compare a run with a sample that people have coded
    Agree(AgreeArgs),
    /// Edit the codebook in Excel, or exchange it with other tools
    Codebook(CodebookArgs),
    /// Look at the model
    Model(ModelArgs),
    /// Look at or clear the cache of vectors, which holds personal data in effect
    Cache(CacheArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, or write one page for each command into a folder
    Man(ManArgs),
}

#[derive(Debug, Args)]
pub(crate) struct InputArgs {
    /// A survey file (TOML) or the answers themselves (CSV, TSV, XLSX, JSON Lines; `.gz` too)
    pub(crate) input: PathBuf,
    /// Column with an open-ended question; may be given several times. Default: proposed from the data
    #[arg(long = "question", value_name = "COL", help_heading = "Columns")]
    pub(crate) questions: Vec<String>,
    /// Column with the respondents' ids. Default: row numbers
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    pub(crate) id: Option<String>,
    /// Column to compare groups by; may be given several times
    #[arg(long = "group", value_name = "COL", help_heading = "Columns")]
    pub(crate) groups: Vec<String>,
    /// Column that says who may be quoted (yes/no). Default: everyone may
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    pub(crate) consent: Option<String>,
    /// Column with survey weights
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    pub(crate) weight: Option<String>,
    /// Encoding of a text file, such as `windows-1252`. Default: detected
    #[arg(long, value_name = "NAME", help_heading = "Columns")]
    pub(crate) encoding: Option<String>,
    /// Sheet of a workbook. Default: the only one with data
    #[arg(long, value_name = "NAME", help_heading = "Columns")]
    pub(crate) sheet: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct EngineArgs {
    /// Folder of the model. Default: `models/all-MiniLM-L6-v2` beside the program or in the working folder
    #[arg(long, value_name = "DIR", help_heading = "Engine")]
    pub(crate) model: Option<PathBuf>,
    /// What runs the model; `rust-bert` is there if the program was built with it
    #[arg(long, value_enum, default_value_t, help_heading = "Engine")]
    pub(crate) engine: EngineName,
    /// Where `rust-bert` computes
    #[arg(long, value_enum, default_value_t, help_heading = "Engine")]
    pub(crate) device: DeviceName,
}

/// What runs the model.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum EngineName {
    /// Pure Rust
    #[default]
    Rten,
    /// libtorch
    RustBert,
}

/// Where libtorch computes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum DeviceName {
    /// The processor
    #[default]
    Cpu,
    /// The first CUDA device
    Cuda,
}

#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
    /// Folder to write; an earlier run in it is replaced whole. Default: `out/NAME-OF-THE-INPUT`
    #[arg(long, short, value_name = "DIR", help_heading = "Output")]
    pub(crate) out: Option<PathBuf>,
    /// Codebook (TOML) whose themes and decisions to use. Default: that of the survey file's previous run, if it names one
    #[arg(long, value_name = "FILE", help_heading = "Themes")]
    pub(crate) codebook: Option<PathBuf>,
    /// Folder of the previous year's run, whose themes to continue. Default: as the survey file says
    #[arg(long, value_name = "DIR", conflicts_with = "codebook", help_heading = "Themes")]
    pub(crate) previous: Option<PathBuf>,
    /// Number of themes per question, or `auto`. Default: auto
    #[arg(long, value_name = "N|auto", allow_negative_numbers = true, help_heading = "Themes")]
    pub(crate) themes: Option<Themes>,
    /// How fine the themes are when their number is chosen from the data. Default: medium
    #[arg(long, value_parser = one_of::<Granularity>(GRANULARITIES), help_heading = "Themes")]
    pub(crate) granularity: Option<Granularity>,
    /// Seed of every random choice. Default: 42
    #[arg(long, value_name = "N", help_heading = "Themes")]
    pub(crate) seed: Option<u64>,
    /// Most distinct texts of a question that themes are fitted on; of more, a random sample, and the rest is placed in the nearest
    /// theme. Default: 50000
    #[arg(long, value_name = "N", help_heading = "Themes")]
    pub(crate) sample: Option<usize>,
    /// Language model on this machine (any OpenAI-compatible server) to ask for names and statements; it sees masked quotes only.
    /// Two runs may then differ. Default: names are phrases of the answers
    #[arg(long, value_name = "http://localhost:PORT", help_heading = "Themes")]
    pub(crate) namer: Option<String>,
    /// Name of the model that the namer's server is to use. Default: `default`, which servers with one model take
    #[arg(long, value_name = "NAME", requires = "namer", help_heading = "Themes")]
    pub(crate) namer_model: Option<String>,
    /// Quotes per theme. Default: 5
    #[arg(long, value_name = "N", help_heading = "Themes")]
    pub(crate) quotes: Option<usize>,
    /// Share of the base in percent from which a theme is a common theme. Default: 5, and only the eight most frequent are
    #[arg(long, value_name = "PERCENT", help_heading = "Themes")]
    pub(crate) common: Option<f64>,
    /// Reviewed list of quotes (CSV) to honour. Default: `quotes-review.csv` of the earlier run in the output folder
    #[arg(long, value_name = "FILE", help_heading = "Privacy")]
    pub(crate) review: Option<PathBuf>,
    /// How small counts are protected. Default: suppress
    #[arg(long, value_parser = one_of::<Disclosure>(DISCLOSURES), help_heading = "Privacy")]
    pub(crate) disclosure: Option<Disclosure>,
    /// Keep no vectors after the run; until it is done they lie beside its folder
    #[arg(long, help_heading = "Engine")]
    pub(crate) no_cache: bool,
    /// Go on with a run that was interrupted, of the same answers into the same folder; the result is the same to the byte
    #[arg(long, help_heading = "Output")]
    pub(crate) resume: bool,
    /// Threads to use. Default: one for each core; the result is the same for any number
    #[arg(long, value_name = "N", help_heading = "Engine")]
    pub(crate) threads: Option<usize>,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CheckArgs {
    #[command(flatten)]
    pub(crate) input: InputArgs,
}

/// Where a table goes.
#[derive(Debug, Args)]
pub(crate) struct OutputArgs {
    /// File to write; `-` for stdout. Default: none, the table is only shown
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) out: Option<PathBuf>,
    /// Form of the file. Default: as the name of the file ends, else md
    #[arg(long, value_enum, requires = "out", help_heading = "Output")]
    pub(crate) format: Option<TableFormatArg>,
}

/// `--format` of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TableFormatArg {
    /// Markdown
    Md,
    /// For R, Python and Excel
    Csv,
    /// Everything
    Json,
}

#[derive(Debug, Args)]
pub(crate) struct CompareArgs {
    /// Folders of two or more runs that continue each other, oldest first
    #[arg(required = true, num_args = 2.., value_name = "RUN")]
    pub(crate) runs: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct QuotesArgs {
    /// Folder of a run
    pub(crate) run: PathBuf,
    /// Only quotes of this theme, by its id or name; may be given several times. Default: every theme
    #[arg(long = "theme", value_name = "ID|NAME")]
    pub(crate) themes: Vec<String>,
    /// Only quotes under this question. Default: every question
    #[arg(long = "question", value_name = "COL")]
    pub(crate) question: Option<String>,
    /// Only quotes of respondents with this value; may be given several times, and all must hold
    #[arg(long = "group", value_name = "COL=VALUE")]
    pub(crate) groups: Vec<String>,
    /// Most quotes for each theme
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub(crate) n: usize,
    /// File to write; `-` for stdout. Default: stdout
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    pub(crate) out: Option<PathBuf>,
    /// Form of the quotes. Default: as the name of the file ends, else md
    #[arg(long, value_enum, help_heading = "Output")]
    pub(crate) format: Option<QuoteFormatArg>,
}

/// `--format` of quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum QuoteFormatArg {
    /// Word, in the style Quote
    Docx,
    /// Excel
    Xlsx,
    /// For R and Python
    Csv,
    /// Markdown
    Md,
}

#[derive(Debug, Args)]
pub(crate) struct AgreeArgs {
    /// Folder of a run
    pub(crate) run: PathBuf,
    /// CSV of the coded sample: `respondent_id`, `code` and, for several questions, `question`; a row per code
    pub(crate) sample: PathBuf,
    /// Seed of the resampling for the intervals. Default: 42
    #[arg(long, value_name = "N", default_value_t = 42, hide_default_value = true)]
    pub(crate) seed: u64,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

#[derive(Debug, Args)]
pub(crate) struct CodebookArgs {
    /// What to do with the codebook
    #[command(subcommand)]
    pub(crate) command: CodebookCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CodebookCommand {
    /// Write the codebook as a workbook for editing
    ToXlsx {
        /// Folder of a run, or its `codebook.toml`
        codebook: PathBuf,
        /// File to write, which must not be there yet. Default: `codebook.xlsx` beside the codebook
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Take the edits of a workbook into the codebook it was written from
    FromXlsx {
        /// The edited workbook
        workbook: PathBuf,
        /// Folder of the run, or its `codebook.toml`
        codebook: PathBuf,
        /// File to write. Default: the codebook itself
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
    /// Write the codebook (`.qdc`) or the coded answers (`.qdpx`) for other tools, by the REFI-QDA standard
    Export {
        /// Folder of a run, or for a `.qdc` its `codebook.toml`
        codebook: PathBuf,
        /// File to write; it ends in `.qdc` or `.qdpx`
        #[arg(long, short, value_name = "FILE")]
        out: PathBuf,
    },
    /// Take names, definitions and new codes of a `.qdc` into the codebook
    Import {
        /// The `.qdc`
        file: PathBuf,
        /// Folder of the run, or its `codebook.toml`
        codebook: PathBuf,
        /// Column of the question that new codes belong to, where they stand below none
        #[arg(long, value_name = "COL")]
        question: Option<String>,
        /// File to write. Default: the codebook itself
        #[arg(long, short, value_name = "FILE")]
        out: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(crate) struct ModelArgs {
    /// What to do with the model
    #[command(subcommand)]
    pub(crate) command: ModelCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum ModelCommand {
    /// Check that every file of the model is there and unchanged, and that it runs
    Check(EngineArgs),
}

#[derive(Debug, Args)]
pub(crate) struct CacheArgs {
    /// What to do with the cache
    #[command(subcommand)]
    pub(crate) command: CacheCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum CacheCommand {
    /// Print where the cache lies and how large it is
    Show,
    /// Delete the cache
    Clear,
}

#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub(crate) shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(crate) struct ManArgs {
    /// Folder to write `verbatim.1`, `verbatim-run.1`, … into. Default: print the main page
    #[arg(long, value_name = "DIR")]
    pub(crate) out: Option<PathBuf>,
}

/// `--themes`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Themes {
    /// Chosen from the data.
    Auto,
    /// Exactly this many.
    Number(usize),
}

impl std::str::FromStr for Themes {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.parse() {
            _ if text == "auto" => Ok(Self::Auto),
            Ok(n) if Settings::THEMES.contains(&n) => Ok(Self::Number(n)),
            _ => {
                let (least, most) = Settings::THEMES.into_inner();
                Err(format!("give `auto` or a number from {least} to {most}"))
            }
        }
    }
}

/// The words of `--granularity`.
const GRANULARITIES: [(&str, &str); 3] = [
    ("coarse", "Fewer, broader themes"),
    ("medium", "As the data suggest"),
    ("fine", "More, narrower themes"),
];

/// The words of `--disclosure`.
const DISCLOSURES: [(&str, &str); 3] = [
    ("suppress", "Hide counts of 1 to 4"),
    ("nhs", "Hide counts of 1 to 7, round the others to the nearest 5"),
    ("none", "Hide nothing: only for work within the team"),
];

/// Reads one of the `words`, each with its help, as a survey file would.
fn one_of<T>(words: [(&'static str, &'static str); 3]) -> impl TypedValueParser<Value = T>
where
    T: DeserializeOwned + Clone + Send + Sync + 'static,
{
    let words = words.map(|(word, help)| PossibleValue::new(word).help(help));
    PossibleValuesParser::new(words)
        .try_map(|word| T::deserialize(IntoDeserializer::<ValueError>::into_deserializer(word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_option_is_documented_and_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_word_of_an_option_is_read() {
        for (word, _) in GRANULARITIES {
            Cli::try_parse_from(["verbatim", "run", "a.csv", "--granularity", word]).unwrap();
        }
        for (word, _) in DISCLOSURES {
            Cli::try_parse_from(["verbatim", "run", "a.csv", "--disclosure", word]).unwrap();
        }
    }
}
