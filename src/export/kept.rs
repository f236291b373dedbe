//! What a researcher did in a run's folder outlives the next run there: files that were edited since they were written, and
//! files that no run wrote, go into its folder `kept`.

use crate::files::manifest::{MANIFEST, sha256, written};
use fs_err as fs;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};

const KEPT: &str = "kept";

/// Copies from the folder of the run `old`, which stays as it is, into that of the run `new`, which is complete.
pub(super) fn keep_edits(old: &Path, new: &Path) -> io::Result<()> {
    let Ok(entries) = fs::read_dir(old) else { return Ok(()) };
    let written = written(old);
    for entry in sorted(entries)? {
        let Some(name) = entry.file_name().map(OsStr::to_owned) else { continue };
        let kind = fs::symlink_metadata(&entry)?.file_type();
        if kind.is_dir() {
            let into = if name == KEPT { new.join(KEPT) } else { new.join(KEPT).join(&name) };
            copy_folder(&entry, &into)?;
        } else if kind.is_file() && name != MANIFEST {
            let content = fs::read(&entry)?;
            let is_as_written = name.to_str().is_some_and(|name| written(name) == Some(sha256(&content)));
            let is_as_new = fs::read(new.join(&name)).is_ok_and(|new| new == content);
            if !is_as_written && !is_as_new {
                keep(&content, &new.join(KEPT), &name)?;
            }
        }
    }
    Ok(())
}

fn copy_folder(from: &Path, into: &Path) -> io::Result<()> {
    for entry in sorted(fs::read_dir(from)?)? {
        let Some(name) = entry.file_name() else { continue };
        let kind = fs::symlink_metadata(&entry)?.file_type();
        if kind.is_dir() {
            copy_folder(&entry, &into.join(name))?;
        } else if kind.is_file() {
            keep(&fs::read(&entry)?, into, name)?;
        }
    }
    Ok(())
}

/// Writes `content` under `name`, or under the first of `name-2`, `name-3`, … that is free or holds the same.
fn keep(content: &[u8], folder: &Path, name: &OsStr) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let (stem, ending) = (Path::new(name).file_stem().unwrap_or(name), Path::new(name).extension());
    for number in 1_u32.. {
        let mut path = folder.join(name);
        if number > 1 {
            let mut numbered = stem.to_owned();
            numbered.push(format!("-{number}"));
            path = folder.join(numbered);
            if let Some(ending) = ending {
                path.set_extension(ending);
            }
        }
        match fs::read(&path) {
            Ok(there) if there == content => return Ok(()),
            Ok(_) => {}
            Err(_) => {
                fs::write(&path, content)?;
                return fs::File::open(&path)?.sync_all();
            }
        }
    }
    Ok(())
}

fn sorted(entries: fs::ReadDir) -> io::Result<Vec<PathBuf>> {
    let mut paths = entries.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}
