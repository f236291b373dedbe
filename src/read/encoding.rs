use super::error::ReadError;
use super::input::InputFile;
use super::text::TextError;
use crate::files::count_byte;
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::io::{self, Read};

/// How the bytes of a text file become characters.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextEncoding {
    encoding: &'static Encoding,
    bom: usize,
    lossy: bool,
    /// Decided from the bytes without a mark that says so.
    pub(super) guessed: bool,
}

impl TextEncoding {
    /// Its usual name.
    pub(super) fn name(&self) -> String {
        let mark = if self.bom > 0 { " with BOM" } else { "" };
        format!("{}{mark}", if self.encoding == WINDOWS_1252 { "Windows-1252" } else { self.encoding.name() })
    }

    /// `file` as UTF-8 from the start, without a byte order mark.
    pub(super) fn reader(self, file: &InputFile) -> Result<Box<dyn Read>, ReadError> {
        let mut bytes = file.reader()?;
        io::copy(&mut bytes.by_ref().take(self.bom as u64), &mut io::sink()).map_err(|e| file.from_io(e))?;
        if self.encoding == UTF_8 && !self.lossy {
            return Ok(bytes);
        }
        Ok(Box::new(Decoding::new(bytes, self.encoding)))
    }
}

/// The text of a small file that a spreadsheet saved: by its byte order mark, else UTF-8, else Windows-1252.
pub fn decode_text(bytes: &[u8]) -> String {
    let (encoding, bom) = Encoding::for_bom(bytes).unwrap_or_else(|| {
        let encoding = if std::str::from_utf8(bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
        (encoding, 0)
    });
    encoding.decode_without_bom_handling(bytes.get(bom..).unwrap_or_default()).0.into_owned()
}

/// The text that was UTF-8 and was read as Windows-1252: `We’re` for `Weâ€™re`, as Excel does with a CSV that is opened by a double
/// click. `None` where the text is nothing of the kind.
pub fn unscrambled(text: &str) -> Option<String> {
    let (bytes, _, unknown) = WINDOWS_1252.encode(text);
    let read = String::from_utf8(bytes.into_owned()).ok()?;
    (!unknown && read != text).then_some(read)
}

/// What one pass over the bytes finds.
#[derive(Debug, Default)]
struct Scan {
    bytes: u64,
    multibyte: u64,
    invalid: u64,
    /// Invalid bytes that Windows-1252 has no usual letter for.
    odd: u64,
    nul: u64,
    first: Option<(u64, u64)>,
}

const UTF_32_MARKS: [&[u8]; 2] = [&[0xff, 0xfe, 0, 0], &[0, 0, 0xfe, 0xff]];

/// Finds the encoding: the label that was asked for, else a byte order mark, else strict UTF-8, else the NUL pattern of
/// UTF-16, else Windows-1252 where the bytes look like it.
pub(super) fn detect(file: &InputFile, label: Option<&str>) -> Result<TextEncoding, ReadError> {
    // The mark of UTF-16 is how that of UTF-32 begins.
    if UTF_32_MARKS.iter().any(|mark| file.head.starts_with(mark)) {
        return Err(TextError::Utf32 { file: file.name.clone() }.into());
    }
    let (marked, bom) =
        Encoding::for_bom(&file.head).map_or((None, 0), |(encoding, bom)| (Some(encoding), bom));
    if let Some(label) = label {
        return asked_for(file, label, marked, bom);
    }
    let plain = |encoding, guessed| TextEncoding { encoding, bom, lossy: false, guessed };
    match marked {
        Some(encoding) if encoding != UTF_8 => return check(file, plain(encoding, false), false),
        None => {
            if let Some(encoding) = utf16_pattern(&file.head) {
                return check(file, plain(encoding, true), false);
            }
        }
        _ => {}
    }
    let name = || file.name.clone();
    let scan = scan(file)?;
    if scan.nul * 20 > scan.bytes {
        return Err(TextError::NotText { file: name() }.into());
    }
    let Some((byte, line)) = scan.first else { return Ok(plain(UTF_8, false)) };
    if marked.is_some() || scan.multibyte >= scan.invalid || scan.odd > 0 {
        return Err(TextError::BrokenUtf8 { file: name(), byte, line, count: scan.invalid }.into());
    }
    Ok(plain(WINDOWS_1252, true))
}

fn asked_for(
    file: &InputFile,
    label: &str,
    marked: Option<&'static Encoding>,
    bom: usize,
) -> Result<TextEncoding, ReadError> {
    let lossy = label.eq_ignore_ascii_case("utf-8-lossy");
    let encoding = if lossy { Some(UTF_8) } else { Encoding::for_label(label.as_bytes()) }
        .ok_or_else(|| TextError::UnknownEncoding { label: label.into() })?;
    // `utf-16` means little-endian by its label; a mark in the file knows better.
    let encoding = match marked {
        Some(mark) if label.eq_ignore_ascii_case("utf-16") => mark,
        _ => encoding,
    };
    let bom = if marked == Some(encoding) { bom } else { 0 };
    let asked = TextEncoding { encoding, bom, lossy, guessed: false };
    if lossy { Ok(asked) } else { check(file, asked, true) }
}

/// Decodes the whole file once and fails where it does not fit.
fn check(file: &InputFile, found: TextEncoding, asked: bool) -> Result<TextEncoding, ReadError> {
    let mut bytes = file.reader()?;
    io::copy(&mut bytes.by_ref().take(found.bom as u64), &mut io::sink()).map_err(|e| file.from_io(e))?;
    let mut decoding = Decoding::new(bytes, found.encoding);
    io::copy(&mut decoding, &mut io::sink()).map_err(|error| file.from_io(error))?;
    if decoding.replaced {
        let encoding = found.name();
        return Err(TextError::WrongEncoding { file: file.name.clone(), encoding, asked }.into());
    }
    Ok(found)
}

/// Text of Western languages in UTF-16 has a NUL in every second byte.
fn utf16_pattern(head: &[u8]) -> Option<&'static Encoding> {
    let pairs = head.chunks_exact(2);
    let n = pairs.len();
    let (high, low) = pairs.fold((0, 0), |(high, low), pair| match pair {
        [0, x] if *x != 0 => (high + 1, low),
        [x, 0] if *x != 0 => (high, low + 1),
        _ => (high, low),
    });
    if n < 4 || high.min(low) * 20 > n {
        None
    } else if low * 10 > n * 6 {
        Some(UTF_16LE)
    } else if high * 10 > n * 6 {
        Some(UTF_16BE)
    } else {
        None
    }
}

fn scan(file: &InputFile) -> Result<Scan, ReadError> {
    let mut bytes = file.reader()?;
    let mut found = Scan::default();
    let mut buffer = vec![0; 1 << 16];
    let (mut kept, mut at, mut line) = (0, 0, 1);
    loop {
        let n =
            bytes.read(buffer.get_mut(kept..).unwrap_or_default()).map_err(|error| file.from_io(error))?;
        let chunk = buffer.get(..kept + n).unwrap_or_default();
        let used = found.chunk(chunk, n == 0, at, &mut line);
        if n == 0 {
            return Ok(found);
        }
        at += used as u64;
        found.bytes = at;
        kept = chunk.len() - used;
        buffer.copy_within(used..used + kept, 0);
    }
}

impl Scan {
    /// Takes in `chunk`, which begins at byte `at` of the file, and says how many of its bytes are done with; an
    /// incomplete character at its end waits for the next chunk.
    fn chunk(&mut self, chunk: &[u8], last: bool, at: u64, line: &mut u64) -> usize {
        let mut used = 0;
        while let Some(rest) = chunk.get(used..).filter(|rest| !rest.is_empty()) {
            let (valid, bad) = match std::str::from_utf8(rest) {
                Ok(_) => (rest.len(), 0),
                Err(error) => match error.error_len() {
                    None if !last => (error.valid_up_to(), 0),
                    None => (error.valid_up_to(), rest.len() - error.valid_up_to()),
                    Some(bad) => (error.valid_up_to(), bad),
                },
            };
            let (good, tail) = rest.split_at(valid);
            self.multibyte += good.iter().filter(|byte| **byte >= 0xc0).count() as u64;
            self.nul += count_byte(good, 0);
            if self.first.is_none() {
                *line += count_byte(good, b'\n');
            }
            used += valid;
            if bad == 0 {
                break;
            }
            self.first.get_or_insert((at + used as u64, *line));
            self.invalid += bad as u64;
            self.odd += tail.iter().take(bad).filter(|byte| is_odd_in_windows_1252(**byte)).count() as u64;
            used += bad;
        }
        used
    }
}

/// Bytes without a character in Windows-1252, and `þ` and `ÿ`, which binary data have and surveys have not.
fn is_odd_in_windows_1252(byte: u8) -> bool {
    matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d | 0xfe | 0xff)
}

/// Turns another encoding into UTF-8 while reading.
struct Decoding<R> {
    inner: R,
    decoder: Decoder,
    input: Vec<u8>,
    output: Vec<u8>,
    /// What of `output` has been read.
    taken: usize,
    finished: bool,
    replaced: bool,
}

impl<R: Read> Decoding<R> {
    fn new(inner: R, encoding: &'static Encoding) -> Self {
        Self {
            inner,
            decoder: encoding.new_decoder_without_bom_handling(),
            input: vec![0; 1 << 15],
            output: Vec::new(),
            taken: 0,
            finished: false,
            replaced: false,
        }
    }

    fn fill(&mut self) -> io::Result<()> {
        let n = self.inner.read(&mut self.input)?;
        let bytes = self.input.get(..n).unwrap_or_default();
        let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(4 * n + 16);
        self.output.resize(room, 0);
        let (_, _, written, replaced) = self.decoder.decode_to_utf8(bytes, &mut self.output, n == 0);
        self.output.truncate(written);
        self.taken = 0;
        self.finished = n == 0;
        self.replaced |= replaced;
        Ok(())
    }
}

impl<R: Read> Read for Decoding<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.output.len() && !self.finished {
            self.fill()?;
        }
        let waiting = self.output.get(self.taken..).unwrap_or_default();
        let n = waiting.len().min(buffer.len());
        if let (Some(to), Some(from)) = (buffer.get_mut(..n), waiting.get(..n)) {
            to.copy_from_slice(from);
        }
        self.taken += n;
        Ok(n)
    }
}
