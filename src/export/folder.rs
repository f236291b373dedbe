//! A run's folder is replaced whole or not at all: everything is written beside it and takes its place by a rename.

use super::ExportError;
use super::kept::keep_edits;
use super::lock::Lock;
use crate::files;
use crate::files::manifest::manifest_in;
use fs_err as fs;
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A run on its way to `folder`. Dropped before [`Staging::commit`], it leaves no trace.
#[derive(Debug)]
pub(super) struct Staging {
    folder: PathBuf,
    place: Place,
    temp: TempDir,
    _lock: Lock,
}

impl Staging {
    /// Takes the lock, mends what a killed run left, and makes the temporary folder.
    pub(super) fn begin(folder: &Path) -> Result<Self, ExportError> {
        let place = Place::of(folder)?;
        let lock = Lock::take(&place.beside(".lock"), folder)?;
        place.recover().map_err(|source| ExportError::write(folder, source))?;
        place.check(folder)?;
        let temp = private_folder(&place).map_err(|source| ExportError::write(folder, source))?;
        Ok(Self { folder: folder.into(), place, temp, _lock: lock })
    }

    /// Writes one file to the disk, through `fill`, and gives its sha256 in hexadecimal.
    pub(super) fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<String, ExportError> {
        let write = || {
            let mut out = Hashing::new(fs::File::create(self.temp.path().join(name))?);
            fill(&mut out)?;
            out.finish()
        };
        write().map_err(|source| ExportError::write(&self.folder.join(name), source))
    }

    /// Puts the new folder in the place of the old one.
    pub(super) fn commit(self) -> Result<(), ExportError> {
        let failed = |source| ExportError::write(&self.folder, source);
        keep_edits(&self.place.target(), self.temp.path()).map_err(failed)?;
        sync_folder(self.temp.path()).map_err(failed)?;
        self.place.swap(self.temp.path()).map_err(failed)?;
        sync_folder(&self.place.parent).map_err(failed)
        // The temporary folder now holds the earlier run, or nothing; dropping it clears that away.
    }
}

/// Only its owner may look into it, as the temporary folder and as the run's: it holds what people wrote.
fn private_folder(place: &Place) -> io::Result<TempDir> {
    let prefix = place.partial_prefix();
    let mut builder = tempfile::Builder::new();
    builder.prefix(&prefix);
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.tempdir_in(&place.parent)
}

/// Whether a run can be written into `folder`, to be asked before the long work.
pub(super) fn check(folder: &Path) -> Result<(), ExportError> {
    Staging::begin(folder).map(drop)
}

/// Where the folder stands: its parent, which exists, and its name in there.
#[derive(Debug)]
struct Place {
    parent: PathBuf,
    name: OsString,
}

impl Place {
    fn of(folder: &Path) -> Result<Self, ExportError> {
        let failed = |source| ExportError::write(folder, source);
        // A link to a folder is followed, so that the link stays and the folder behind it is replaced.
        let folder_itself = match fs::canonicalize(folder) {
            Ok(real) => real,
            Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_symlink() => {
                return Err(failed(io::Error::new(
                    error.kind(),
                    "it is a link to a folder that is not there",
                )));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => folder.to_path_buf(),
            Err(error) => return Err(failed(error)),
        };
        let no_name = || ExportError::NoName { folder: folder.into() };
        let name = folder_itself.file_name().ok_or_else(no_name)?.to_owned();
        let parent = folder_itself.parent().ok_or_else(no_name)?;
        let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
        fs::create_dir_all(parent).map_err(failed)?;
        Ok(Self { parent: fs::canonicalize(parent).map_err(failed)?, name })
    }

    fn target(&self) -> PathBuf {
        self.parent.join(&self.name)
    }

    /// `.NAME` and an ending, beside the folder.
    fn beside(&self, ending: &str) -> PathBuf {
        let mut name = OsString::from(".");
        name.push(&self.name);
        name.push(ending);
        self.parent.join(name)
    }

    fn partial_prefix(&self) -> OsString {
        let mut prefix = OsString::from(".");
        prefix.push(&self.name);
        prefix.push(".partial-");
        prefix
    }

    /// Refuses anything that is there and is neither empty nor a run.
    fn check(&self, folder: &Path) -> Result<(), ExportError> {
        let target = self.target();
        let mut entries = match fs::read_dir(&target) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(ExportError::write(folder, error)),
        };
        if entries.next().is_none() || is_run(&target) {
            Ok(())
        } else {
            Err(ExportError::NotARun { folder: folder.into() })
        }
    }

    /// Clears what a killed run left behind. Called with the lock held, so nobody else is writing there.
    fn recover(&self) -> io::Result<()> {
        let previous = self.beside(".previous");
        if previous.exists() {
            if self.target().exists() {
                fs::remove_dir_all(&previous)?;
            } else {
                fs::rename(&previous, self.target())?;
            }
        }
        let prefix = self.partial_prefix();
        for entry in fs::read_dir(&self.parent)? {
            let entry = entry?;
            let stale = entry.file_name().as_encoded_bytes().starts_with(prefix.as_encoded_bytes());
            if stale && entry.file_type()?.is_dir() {
                fs::remove_dir_all(entry.path())?;
            }
        }
        Ok(())
    }

    /// Puts `new` in the folder's place. Where the system can exchange two folders in one step, it does.
    fn swap(&self, new: &Path) -> io::Result<()> {
        let target = self.target();
        if !target.exists() {
            return fs::rename(new, &target);
        }
        if exchange(new, &target).is_ok() {
            return Ok(());
        }
        let previous = self.beside(".previous");
        fs::rename(&target, &previous)?;
        if let Err(error) = fs::rename(new, &target) {
            fs::rename(&previous, &target)?;
            return Err(error);
        }
        fs::remove_dir_all(previous)
    }
}

fn is_run(folder: &Path) -> bool {
    manifest_in(folder)
        .is_some_and(|manifest| manifest.get("program").is_some_and(|program| program == super::PROGRAM))
}

#[cfg(target_os = "linux")]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Makes the names in `folder` last. Windows keeps them by itself and opens no folder as a file.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Hashes on the way to the disk.
struct Hashing {
    out: BufWriter<fs::File>,
    hash: Sha256,
}

impl Hashing {
    fn new(file: fs::File) -> Self {
        Self { out: BufWriter::with_capacity(1 << 16, file), hash: Sha256::new() }
    }

    fn finish(self) -> io::Result<String> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.sync_all()?;
        Ok(files::hex(&self.hash.finalize()))
    }
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
