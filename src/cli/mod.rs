//! Arguments, bars, tables, messages: the only part of the program that prints.

mod args;
mod bars;
mod cache;
mod commands;
mod exit;
mod model;
mod output;
mod printer;
mod settings;
mod table;
mod unfinished;

use args::{Cli, Command};
use clap::Parser;
use printer::Printer;
use std::panic;
use std::process::ExitCode;
use verbatim::panics::is_caught;

/// Parses the arguments, runs the command, prints an error with its causes and hint, and gives the exit code.
pub(crate) fn main() -> ExitCode {
    keep_quiet_of_damaged_files();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return exit::usage(&error),
    };
    let printer = Printer::new(cli.global.quiet);
    match run(cli.command, printer) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => exit::failure(&error),
    }
}

/// Readers of Parquet and of models stop at some damaged files with a panic, which the library makes an error of: that is what is told.
fn keep_quiet_of_damaged_files() {
    let tell = panic::take_hook();
    panic::set_hook(Box::new(move |info| {
        if !is_caught(info) {
            tell(info);
        }
    }));
}

fn run(command: Command, printer: Printer) -> anyhow::Result<()> {
    match command {
        Command::Run(args) => commands::run::run(&args, printer),
        Command::Check(args) => commands::check::check(&args, printer),
        Command::Compare(args) => commands::compare::compare(&args, printer),
        Command::Quotes(args) => commands::quotes::quotes(&args, printer),
        Command::Agree(args) => commands::agree::agree(&args, printer),
        Command::Codebook(args) => commands::codebook::codebook(&args, printer),
        Command::Model(args) => commands::model::model(&args, printer),
        Command::Cache(args) => commands::cache::cache(&args, printer),
        Command::Completions(args) => commands::completions::completions(&args, printer),
        Command::Man(args) => commands::completions::man(&args, printer),
    }
}
