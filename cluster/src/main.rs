//! `verbatim-cluster` gives the themes of a finished `verbatim run` to any number of answers, on this machine or on several.
//!
//! Every part of the input is a unit of its own: [`parts`] lists them, [`assign`] has the engine do those that are missing, [`output`]
//! writes each beside its place and renames it, and [`counts`] adds up what was written in a second query. [`function`] is what the
//! engine runs over Arrow batches: the library's own [`Assigner`](verbatim::pipeline::Assigner), in this process or in the
//! [`nodes`] of a Ballista cluster. Only this crate knows DataFusion and Ballista.

mod args;
mod assign;
mod complaint;
mod counts;
mod engine_log;
mod function;
mod nodes;
mod output;
mod parts;
mod record;
mod run;
mod tls;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match args::Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // A closed stream is nobody's fault.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { complaint::USAGE } else { 0 });
        }
    };
    engine_log::init(cli.log);
    let result = match &cli.command {
        args::Command::Assign(args) => assign::assign(args),
        args::Command::Scheduler(args) => nodes::scheduler(args),
        args::Command::Executor(args) => nodes::executor(args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complaint::print(&error),
    }
}
