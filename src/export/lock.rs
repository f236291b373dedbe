//! One writer per folder: a lock beside it, which the system frees when its process ends, however it ends.

use super::ExportError;
use fs_err as fs;
use std::fs::TryLockError;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Held while a run is written; removed and freed on drop.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: fs::File,
}

impl Lock {
    /// Takes the lock on `folder`, whose lock file is `path`.
    pub(super) fn take(path: &Path, folder: &Path) -> Result<Self, ExportError> {
        let process = std::process::id().to_string();
        let failed = |source| ExportError::write(folder, source);
        // A holder removes its file when it is done. Whoever opened that file before and locks it after would hold
        // nothing, so the file must still be the one under this name, which its content tells.
        for _ in 0..10 {
            let file =
                fs::File::options().create(true).truncate(false).write(true).open(path).map_err(failed)?;
            match file.file().try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(held(path, folder)),
                Err(TryLockError::Error(source)) => return Err(failed(source)),
            }
            let mut lock = Self { path: path.into(), file };
            lock.file.set_len(0).and_then(|()| lock.file.write_all(process.as_bytes())).map_err(failed)?;
            if fs::read_to_string(path).is_ok_and(|content| content == process) {
                return Ok(lock);
            }
        }
        Err(held(path, folder))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Only tidiness: a lock file that stays behind is free as soon as its process is gone.
        let _ = fs::remove_file(&self.path);
        let _ = self.file.file().unlock();
    }
}

fn held(path: &Path, folder: &Path) -> ExportError {
    let process = fs::read_to_string(path).ok().and_then(|content| content.trim().parse().ok());
    ExportError::Locked { folder: folder.into(), process }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_held_lock_is_refused_and_a_stale_file_is_not() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(".run.lock");
        fs::write(&path, "4294967295").unwrap();
        let first = Lock::take(&path, dir.path()).unwrap();
        let error = Lock::take(&path, dir.path()).unwrap_err();
        let words = format!(
            "Another run is writing into `{}` (process {})",
            dir.path().display(),
            std::process::id()
        );
        assert_eq!(error.to_string(), words);
        drop(first);
        assert!(!path.exists());
        Lock::take(&path, dir.path()).unwrap();
    }
}
