//! Changes inside a workbook: a part is unpacked, changed, and packed again with a true length and sum.

use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// Room for a part to grow.
const GROWTH: usize = 4096;

/// `bytes` with one part changed; `None` where they are no archive or what comes out has no room.
pub fn changed(bytes: &[u8], most: usize, seed: u32) -> Option<Vec<u8>> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = (seed / 8) as usize % old.len().max(1);
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for i in 0..old.len() {
        let mut part = old.by_index(i).ok()?;
        let mut content = Vec::new();
        part.by_ref().take(1 << 20).read_to_end(&mut content).ok()?;
        if i == chosen {
            let length = content.len();
            content.resize(length + GROWTH, 0);
            let room = content.len();
            let length = libfuzzer_sys::fuzzer_mutate(&mut content, length, room);
            content.truncate(length);
        }
        new.start_file(part.name().ok()?.into_owned(), options).ok()?;
        new.write_all(&content).ok()?;
    }
    Some(new.finish().ok()?.into_inner()).filter(|bytes| bytes.len() <= most)
}
