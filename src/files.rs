//! Files that came from anywhere, read whole: a pipe that never ends is refused, and so is more than there is room for.

pub(crate) mod archive;
pub(crate) mod cells;
pub(crate) mod manifest;
pub(crate) mod parquet;

use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Longest text of a cell, in bytes; a longer one comes of a quotation mark that is never closed, or of malice.
pub(crate) const MAX_CELL: u64 = 16 << 20;

/// Opens a regular file of at most `most` bytes.
///
/// # Errors
/// If the system refuses, or it is something else.
pub(crate) fn open(path: &Path, most: u64) -> io::Result<File> {
    let metadata = fs_err::metadata(path)?;
    if !metadata.is_file() {
        let kind = if metadata.is_dir() { "a directory" } else { "a pipe or a device" };
        return Err(io::Error::other(format!("it is {kind}, not a file")));
    }
    if metadata.len() > most {
        return Err(io::Error::other(format!("it has over {} MB", most >> 20)));
    }
    Ok(fs_err::File::open(path)?.into_file())
}

/// The bytes of a regular file of at most `most` bytes.
///
/// # Errors
/// As [`open`].
pub(crate) fn read(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // What is appended meanwhile is left.
    open(path, most)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// How often `byte` stands in `bytes`.
pub(crate) fn count_byte(bytes: &[u8], byte: u8) -> u64 {
    bytes.iter().map(|other| u64::from(*other == byte)).sum()
}

/// [`read`] as UTF-8.
///
/// # Errors
/// As [`open`], and if it is no UTF-8.
pub(crate) fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read(path, most)?).map_err(|_| io::Error::other("it is not UTF-8"))
}

/// The system's own words, without the path that `fs_err` adds: the message names it already.
pub(crate) fn reason(error: io::Error) -> io::Error {
    let inner =
        error.get_ref().and_then(|error| error.source()).and_then(|error| error.downcast_ref::<io::Error>());
    inner.and_then(io::Error::raw_os_error).map_or(error, io::Error::from_raw_os_error)
}
