use crate::cli::args::{Cli, CompletionsArgs, ManArgs};
use crate::cli::printer::Printer;
use anyhow::Context;
use clap::CommandFactory;

/// Prints a completion script.
pub(crate) fn completions(args: &CompletionsArgs, printer: Printer) -> anyhow::Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "verbatim", &mut script);
    Ok(printer.data(&script)?)
}

/// Prints the main manual page, or writes a page for each command into a folder.
pub(crate) fn man(args: &ManArgs, printer: Printer) -> anyhow::Result<()> {
    let command = Cli::command();
    let Some(folder) = &args.out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(command).render(&mut page)?;
        return Ok(printer.data(&page)?);
    };
    fs_err::create_dir_all(folder)?;
    clap_mangen::generate_to(command, folder)
        .with_context(|| format!("Cannot write the manual into `{}`", folder.display()))?;
    printer.say(&format!("The manual pages are in {}", folder.display()));
    Ok(())
}
