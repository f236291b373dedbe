//! The command line of `verbatim`.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
