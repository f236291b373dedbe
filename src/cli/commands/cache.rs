use crate::cli::args::{CacheArgs, CacheCommand};
use crate::cli::cache;
use crate::cli::printer::Printer;
use std::path::Path;

/// Shows or clears the cache.
pub(crate) fn cache(args: &CacheArgs, printer: Printer) -> anyhow::Result<()> {
    let folder = cache::folder()?;
    let (files, bytes) = size(&folder)?;
    let megabytes = bytes as f64 / 1e6;
    match args.command {
        CacheCommand::Show => {
            printer.data(format!("{}\t{files} files\t{megabytes:.1} MB\n", folder.display()).as_bytes())?;
        }
        CacheCommand::Clear => {
            if folder.exists() {
                fs_err::remove_dir_all(&folder)?;
            }
            printer.say(&format!("Deleted {files} files ({megabytes:.1} MB) in {}", folder.display()));
        }
    }
    Ok(())
}

/// Number and size of the files below `folder`.
fn size(folder: &Path) -> std::io::Result<(u64, u64)> {
    if !folder.exists() {
        return Ok((0, 0));
    }
    let (mut files, mut bytes) = (0, 0);
    for entry in fs_err::read_dir(folder)? {
        let entry = entry?;
        let found = entry.metadata()?;
        let (more, larger) = if found.is_dir() { size(&entry.path())? } else { (1, found.len()) };
        files += more;
        bytes += larger;
    }
    Ok((files, bytes))
}
