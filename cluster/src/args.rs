//! What can be typed, exactly as typed.

use clap::{Args, Parser, Subcommand};
use std::net::IpAddr;
use std::path::PathBuf;

/// Gives the themes of a finished `verbatim run` to any number of answers, on this machine or on several.
#[derive(Debug, Parser)]
#[command(
    version,
    help_expected = true,
    propagate_version = true,
    after_help = "Exit codes: 0 done, 1 a part or the request cannot be served, 2 wrong usage or an unexpected error."
)]
pub(crate) struct Cli {
    /// How much the engine may say on stderr: off, error, warn, info or debug
    #[arg(long, global = true, value_name = "LEVEL", default_value = "error", value_parser = level)]
    pub(crate) log: log::LevelFilter,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Give themes to every answer of the input, part by part, then count them
    ///
    /// A second call with the same options does only the parts that are missing.
    Assign(AssignArgs),
    /// Start the scheduler of a cluster; it holds neither a model nor a run
    Scheduler(SchedulerArgs),
    /// Start an executor, which runs the model
    Executor(ExecutorArgs),
}

/// Whose themes, and with which model.
#[derive(Debug, Args)]
pub(crate) struct RunArgs {
    /// Folder of a finished `verbatim run`
    #[arg(long, value_name = "DIR")]
    pub(crate) run: PathBuf,
    /// The survey file of that run: which words are never and which are always masked, and the columns. Default: nothing special
    #[arg(long, value_name = "FILE")]
    pub(crate) survey: Option<PathBuf>,
}

/// What runs the model.
#[derive(Debug, Args)]
pub(crate) struct EngineArgs {
    /// Folder of the model
    #[arg(long, value_name = "DIR", default_value = "models/all-MiniLM-L6-v2")]
    pub(crate) model: PathBuf,
    /// Threads that run the model. Default: one for each core; the result is the same for any number
    #[arg(long, value_name = "N")]
    pub(crate) threads: Option<usize>,
}

/// Encryption with certificates on both sides.
#[derive(Debug, Args)]
pub(crate) struct TlsArgs {
    /// Certificate (PEM) of the authority that has signed everybody's. Default: no encryption and no authentication
    #[arg(long = "tls-ca", value_name = "FILE", requires_all = ["cert", "key"], help_heading = "Encryption")]
    pub(crate) ca: Option<PathBuf>,
    /// This process's certificate (PEM), in the name by which others reach it
    #[arg(long = "tls-cert", value_name = "FILE", requires = "ca", help_heading = "Encryption")]
    pub(crate) cert: Option<PathBuf>,
    /// Its private key (PEM)
    #[arg(long = "tls-key", value_name = "FILE", requires = "ca", help_heading = "Encryption")]
    pub(crate) key: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(crate) struct AssignArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Parquet or CSV files (UTF-8, a header row), as a path or a pattern such as 'comments/*.parquet'; may be given several times
    #[arg(long, required = true, value_name = "PATTERN")]
    pub(crate) input: Vec<String>,
    /// Folder to write: `parts/`, `counts/` and `manifest.json`
    #[arg(long, short, value_name = "DIR")]
    pub(crate) out: PathBuf,
    /// Column of the respondents' ids. Default: as the survey file says, else `respondent_id`
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    pub(crate) id: Option<String>,
    /// Column of a question of the run; may be given several times. Default: every question of the run
    #[arg(long = "question", value_name = "COL", help_heading = "Columns")]
    pub(crate) questions: Vec<String>,
    /// Column to count by; may be given several times. Default: as the survey file says
    #[arg(long = "group", value_name = "COL", help_heading = "Columns")]
    pub(crate) groups: Vec<String>,
    /// Column of the year. Default: every row is of the run's year
    #[arg(long, value_name = "COL", help_heading = "Columns")]
    pub(crate) year: Option<String>,
    /// Write each segment's masked text too
    #[arg(long)]
    pub(crate) text: bool,
    /// Scheduler of a cluster, whose executors run the model. Default: this process does
    #[arg(long, value_name = "HOST:PORT", conflicts_with_all = ["model", "threads"], help_heading = "Cluster")]
    pub(crate) scheduler: Option<String>,
    /// Most parts that are with the cluster at a time; twice the number of executors is enough
    #[arg(long, value_name = "N", default_value_t = 16, requires = "scheduler", help_heading = "Cluster")]
    pub(crate) in_flight: usize,
    #[command(flatten)]
    pub(crate) tls: TlsArgs,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
}

#[derive(Debug, Args)]
pub(crate) struct SchedulerArgs {
    /// Address to listen at. Without `--tls-ca` anyone who can reach it can run queries
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) bind: IpAddr,
    /// Port to listen at
    #[arg(long, value_name = "PORT", default_value_t = 50050)]
    pub(crate) port: u16,
    /// Seconds without a sign of life after which an executor is given up and its part goes to another; a busy one gives a sign every
    /// five seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u64).range(15..=3600))]
    pub(crate) lost_after: u64,
    #[command(flatten)]
    pub(crate) tls: TlsArgs,
}

#[derive(Debug, Args)]
pub(crate) struct ExecutorArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) engine: EngineArgs,
    /// Scheduler to work for
    #[arg(long, value_name = "HOST:PORT", default_value = "127.0.0.1:50050")]
    pub(crate) scheduler: String,
    /// Address to listen at, from which results are fetched; without `--tls-ca` by anyone
    #[arg(long, value_name = "IP", default_value = "127.0.0.1")]
    pub(crate) bind: IpAddr,
    /// Name or address by which others reach this machine. Default: the address it listens at
    #[arg(long, value_name = "HOST")]
    pub(crate) host: Option<String>,
    /// Port to listen at
    #[arg(long, value_name = "PORT", default_value_t = 50051)]
    pub(crate) port: u16,
    /// Folder for results until they are fetched, which hold masked text; emptied when the executor ends. Default: a temporary one
    #[arg(long, value_name = "DIR")]
    pub(crate) work_dir: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) tls: TlsArgs,
}

fn level(name: &str) -> Result<log::LevelFilter, String> {
    name.parse().map_err(|_| "it is none of off, error, warn, info and debug".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn every_option_is_documented_and_well_formed() {
        Cli::command().debug_assert();
    }
}
