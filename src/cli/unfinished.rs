//! What a run leaves beside its folder until it is done, so that `--resume` can go on with it after an interruption.

use super::exit::Complaint;
use super::printer::Printer;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::ffi::OsString;
use std::fs::{File, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use verbatim::export::ExportError;

/// What was asked, by hashes.
const REQUEST: &str = "request.json";

/// Locked as long as the run goes on; the system frees it when the process ends, however it ends.
const LOCK: &str = "lock";

/// The folder `.NAME.unfinished` beside the run's folder `NAME`, for its owner only. It holds what was asked and, where no cache
/// is kept, the vectors that are made.
pub(crate) struct Unfinished {
    folder: PathBuf,
    lock: File,
}

/// What decides the bytes of a run. A run is resumed only if all of it is the same.
pub(crate) struct Request<'a> {
    /// sha256 of the answers.
    pub(crate) answers: &'a str,
    /// Whatever else was asked, as text.
    pub(crate) settings: String,
    /// sha256 of the model, and the engine.
    pub(crate) model: String,
}

impl Request<'_> {
    fn fields(&self) -> [(&'static str, String); 4] {
        // Settings may hold words that are to be masked: their hash is all that has to be known.
        let settings = Sha256::digest(self.settings.as_bytes());
        let settings = settings.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"));
        [
            ("program", env!("CARGO_PKG_VERSION").to_owned()),
            // Other columns are other settings and also other answers: the cause is told, not what follows of it.
            ("settings", settings),
            ("answers", self.answers.to_owned()),
            ("model", self.model.clone()),
        ]
    }
}

impl Unfinished {
    /// Begins the run that is to be written into `out` or, if `resume`, goes on with the one that was interrupted there.
    ///
    /// # Errors
    /// If the run there is still going on or was asked something else, or the folder cannot be written.
    pub(crate) fn begin(
        out: &Path,
        request: &Request<'_>,
        resume: bool,
        printer: Printer,
    ) -> anyhow::Result<Self> {
        let folder = beside(out);
        let failed = |source| cannot_write(&folder, source);
        if folder.exists() {
            // Only an interrupted run has left its lock.
            lock(&folder, out)?;
        }
        match (folder.exists(), resume) {
            (true, true) => check(&folder, request, out)?,
            (true, false) => {
                printer.say("A run that was interrupted here is not gone on with (`--resume` would)");
                fs_err::remove_dir_all(&folder).map_err(failed)?;
            }
            (false, true) => printer.say("No run was interrupted here: this one starts from the beginning"),
            (false, false) => {}
        }
        if !folder.exists() {
            let fields: Map<String, Value> =
                request.fields().into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
            make_private(&folder)
                .and_then(|()| fs_err::write(folder.join(REQUEST), Value::from(fields).to_string()))
                .map_err(failed)?;
        }
        let lock = lock(&folder, out)?;
        Ok(Self { folder, lock })
    }

    /// Where vectors lie that are not to outlast the run.
    pub(crate) fn vectors(&self) -> PathBuf {
        self.folder.join("vectors")
    }

    /// The run is written: nothing of it is left to be gone on with.
    pub(crate) fn done(self) -> anyhow::Result<()> {
        self.lock.unlock().map_err(|source| cannot_write(&self.folder, source))?;
        match fs_err::remove_dir_all(&self.folder) {
            Err(source) if source.kind() != ErrorKind::NotFound => Err(cannot_write(&self.folder, source)),
            _ => Ok(()),
        }
    }
}

impl Drop for Unfinished {
    /// A run that ended by an error before it made vectors has left nothing to go on with.
    fn drop(&mut self) {
        let vectors = self.vectors();
        // What has vectors in it is not removed by this.
        for of_model in fs_err::read_dir(&vectors).into_iter().flatten().flatten() {
            let _ = fs_err::remove_dir(of_model.path());
        }
        let _ = fs_err::remove_dir(&vectors);
        if !vectors.exists() {
            let _ = self.lock.unlock();
            let _ = fs_err::remove_dir_all(&self.folder);
        }
    }
}

fn lock(folder: &Path, out: &Path) -> anyhow::Result<File> {
    let failed = |source| cannot_write(folder, source);
    let file = fs_err::File::create(folder.join(LOCK)).map_err(failed)?.into_file();
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            Err(Complaint::new(format!("Another run is writing into `{}`", out.display()))
                .with_hint("wait until it is done, or choose another folder with `--out`")
                .into())
        }
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

fn cannot_write(folder: &Path, source: io::Error) -> anyhow::Error {
    verbatim::Error::from(ExportError::Write { path: folder.into(), source }).into()
}

fn beside(out: &Path) -> PathBuf {
    let out = fs_err::canonicalize(out).unwrap_or_else(|_| out.to_owned());
    let mut name = OsString::from(".");
    name.push(out.file_name().unwrap_or_default());
    name.push(".unfinished");
    out.with_file_name(name)
}

fn check(folder: &Path, request: &Request<'_>, out: &Path) -> anyhow::Result<()> {
    // Killed before it was written to its end, the request tells nothing, and there is nothing else yet.
    let text = fs_err::read_to_string(folder.join(REQUEST)).unwrap_or_default();
    let Ok(then) = serde_json::from_str::<Value>(&text) else {
        return fs_err::remove_dir_all(folder).map_err(|source| cannot_write(folder, source));
    };
    match request.fields().into_iter().find(|(name, value)| then[*name] != **value) {
        None => Ok(()),
        Some((name, _)) => {
            let what = match name {
                "program" => "another version of this program",
                "answers" => "other answers",
                "settings" => "other settings",
                _ => "another model or engine",
            };
            let out = out.display();
            Err(Complaint::new(format!("The run that was interrupted in `{out}` was of {what}"))
                .with_hint("give what was given then, or start from the beginning without `--resume`")
                .into())
        }
    }
}

fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
