use super::error::hint_on;
use crate::error::Hint;
use crate::files::reason;
use flate2::read::MultiGzDecoder;
use std::fs::Metadata;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Largest input, as it lies on disk.
pub(super) const MAX_FILE: u64 = 500 << 20;
/// Largest input after decompression.
const MAX_UNPACKED: u64 = 2 << 30;
/// Answers that any file may hold, and bytes on disk for each beyond them: what is made of an answer takes a thousand bytes, however
/// short it is.
const ANSWERS: u64 = 400_000;
const BYTES_PER_ANSWER: u64 = 25;

/// Most that may be kept of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Keepable {
    /// Bytes of all answers.
    pub(super) text: u64,
    /// Answers that are not blank.
    pub(super) answers: u64,
}

/// Why a file cannot be read, whatever is in it.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FileError {
    /// The system refuses.
    #[error("`{}` cannot be read", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A directory, a pipe or a device.
    #[error("`{}` is {kind}, not a file", path.display())]
    NotAFile {
        /// What was named.
        path: PathBuf,
        /// What it is.
        kind: &'static str,
    },
    /// No bytes, or nothing but white space.
    #[error("`{file}` is empty")]
    Empty {
        /// Name of the file.
        file: String,
    },
    /// Over the limit on disk.
    #[error("`{file}` has {size} MB; the limit is {} MB", MAX_FILE >> 20)]
    TooLarge {
        /// Name of the file.
        file: String,
        /// Megabytes.
        size: u64,
    },
    /// It unpacks to far more than its size allows.
    #[error("`{file}` unpacks to more than {limit} MB, which its size does not allow")]
    Bomb {
        /// Name of the file.
        file: String,
        /// Megabytes.
        limit: u64,
    },
    /// Compressed data that do not unpack.
    #[error("`{file}` is damaged or cut short: {what}")]
    Damaged {
        /// Name of the file.
        file: String,
        /// What was found.
        what: String,
    },
    /// Written to between the start and the end of reading.
    #[error("`{file}` changed while it was being read")]
    Changed {
        /// Name of the file.
        file: String,
    },
    /// A kind of file that is not read.
    #[error("`{file}` is {kind}, which is not read")]
    Unsupported {
        /// Name of the file.
        file: String,
        /// What it is.
        kind: &'static str,
    },
}

impl Hint for FileError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Io { source, .. } => return hint_on(source),
            Self::NotAFile { .. } => "Name a CSV, TSV, XLSX or JSON Lines file".into(),
            Self::Empty { .. } => "Export the answers again, with a header row and a row per respondent".into(),
            Self::TooLarge { .. } => "Split it, or leave out columns that are not needed".into(),
            Self::Bomb { .. } => {
                "If the file is genuine, delete empty formatted rows and columns, or export the answers as CSV".into()
            }
            Self::Damaged { .. } => "Copy or export the file again".into(),
            Self::Changed { .. } => "Close the programs that write to it and run again".into(),
            Self::Unsupported { .. } => "Save the table as XLSX or as CSV (UTF-8)".into(),
        })
    }
}

/// A file that may be read several times and was the same each time.
#[derive(Debug, Clone)]
pub(super) struct InputFile {
    path: PathBuf,
    /// Its last component, for messages.
    pub(super) name: String,
    size: u64,
    /// As it was when it was opened.
    metadata: Metadata,
    gzip: bool,
    /// Its first bytes, unpacked.
    pub(super) head: Vec<u8>,
}

/// Bytes of the head: enough to tell formats apart.
const HEAD: u64 = 8192;

impl InputFile {
    /// Looks at the file without reading it whole.
    pub(super) fn open(path: &Path) -> Result<Self, FileError> {
        let io = |source| FileError::Io { path: path.into(), source: reason(source) };
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let metadata = fs_err::metadata(path).map_err(io)?;
        if !metadata.is_file() {
            let kind = if metadata.is_dir() { "a directory" } else { "a pipe or a device" };
            return Err(FileError::NotAFile { path: path.into(), kind });
        }
        let size = metadata.len();
        if size == 0 {
            return Err(FileError::Empty { file: name });
        }
        if size > MAX_FILE {
            return Err(FileError::TooLarge { file: name, size: size >> 20 });
        }
        let mut magic = Vec::new();
        fs_err::File::open(path).map_err(io)?.take(2).read_to_end(&mut magic).map_err(io)?;
        let gzip = magic == [0x1f, 0x8b];
        let mut file = Self { path: path.into(), name, size, metadata, gzip, head: Vec::new() };
        let mut head = Vec::new();
        file.reader()?.take(HEAD).read_to_end(&mut head).map_err(|error| file.from_io(error))?;
        file.head = head;
        Ok(file)
    }

    /// Most that may be kept of what is read.
    pub(super) fn keepable(&self) -> Keepable {
        Keepable { text: self.allowance(), answers: (self.size / BYTES_PER_ANSWER).max(ANSWERS) }
    }

    /// Most bytes that the content of this file may take once unpacked, or its kept text: generous for real surveys,
    /// too small for a bomb.
    pub(super) fn allowance(&self) -> u64 {
        (self.size * 30 + (32 << 20)).min(MAX_UNPACKED)
    }

    /// The bytes from the start, unpacked.
    pub(super) fn reader(&self) -> Result<Box<dyn Read>, FileError> {
        // What is appended meanwhile is not followed; `check_unchanged` tells.
        let file = self.raw()?.take(self.size);
        if !self.gzip {
            return Ok(Box::new(file));
        }
        let limit = self.allowance();
        Ok(Box::new(Limited {
            inner: MultiGzDecoder::new(file),
            left: limit,
            limit,
            file: self.name.clone(),
        }))
    }

    /// The file itself, not unpacked.
    pub(super) fn raw(&self) -> Result<fs_err::File, FileError> {
        fs_err::File::open(&self.path).map_err(|source| self.io(source))
    }

    /// Whether the file is compressed with gzip.
    pub(super) fn is_gzip(&self) -> bool {
        self.gzip
    }

    /// What follows the last dot of the name without `.gz`, in lower case.
    pub(super) fn extension(&self) -> String {
        let name = self.name.to_lowercase();
        let plain = Path::new(name.strip_suffix(".gz").unwrap_or(&name));
        plain.extension().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// What went wrong in a reader of this file.
    #[expect(clippy::wrong_self_convention, reason = "it turns an error of this file's readers into ours")]
    pub(super) fn from_io(&self, error: io::Error) -> FileError {
        match error.downcast::<FileError>() {
            Ok(ours) => ours,
            Err(error) if self.gzip => {
                FileError::Damaged { file: self.name.clone(), what: error.to_string() }
            }
            Err(source) => self.io(source),
        }
    }

    fn io(&self, source: io::Error) -> FileError {
        FileError::Io { path: self.path.clone(), source: reason(source) }
    }

    /// Fails if the file was written to since it was opened.
    pub(super) fn check_unchanged(&self) -> Result<(), FileError> {
        let now = fs_err::metadata(&self.path).map_err(|source| self.io(source))?;
        if now.len() == self.size && now.modified().ok() == self.metadata.modified().ok() {
            return Ok(());
        }
        Err(FileError::Changed { file: self.name.clone() })
    }
}

/// Counts what really comes out; what a header says of sizes is not believed.
struct Limited<R> {
    inner: R,
    left: u64,
    limit: u64,
    file: String,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        match self.left.checked_sub(n as u64) {
            Some(left) => self.left = left,
            None => {
                return Err(io::Error::other(FileError::Bomb {
                    file: self.file.clone(),
                    limit: self.limit >> 20,
                }));
            }
        }
        Ok(n)
    }
}
