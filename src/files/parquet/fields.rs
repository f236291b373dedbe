//! The fields of a Parquet file's footer and page headers (Thrift's compact protocol), looked through before the reader sees them.
//!
//! The reader passes over fields that it does not know. It takes no byte for the truth values of a list in them, but counts them one by
//! one: a forged list of two thousand million costs it seconds, and a file may hold a million such lists. The format has none in these places.

use std::io::{self, BufReader, Error, Read, Seek, SeekFrom};

/// Structures in structures; the format has less than ten.
const DEEPEST: usize = 32;
/// Behind the footer: its length, in four bytes, and `PAR1`.
const TAIL: u64 = 8;
/// The field of a page header that holds the page's length.
const PAGE_LENGTH: u8 = 3;

/// Looks through the footer of a file of `length` bytes.
///
/// # Errors
/// If it is not in the form of a footer, or the file cannot be read.
pub(super) fn look_through_footer(mut file: impl Read + Seek, length: u64) -> io::Result<()> {
    let end = length.checked_sub(TAIL).ok_or_else(damaged)?;
    let mut n_bytes = [0; 4];
    file.seek(SeekFrom::Start(end))?;
    file.read_exact(&mut n_bytes)?;
    let start = end.checked_sub(u32::from_le_bytes(n_bytes).into()).ok_or_else(damaged)?;
    Fields::between(file, start, end)?.structure(DEEPEST).map(|_| ())
}

/// Looks through the headers of the pages that lie between two places of a file.
///
/// # Errors
/// As [`look_through_footer`].
pub(super) fn look_through_pages(file: impl Read + Seek, start: u64, end: u64) -> io::Result<()> {
    let mut fields = Fields::between(file, start, end)?;
    while fields.left > 0 {
        let n_bytes = fields.structure(DEEPEST)?.ok_or_else(damaged)?;
        fields.pass_over(n_bytes)?;
    }
    Ok(())
}

struct Fields<R> {
    from: BufReader<R>,
    /// Bytes up to the end of what is looked through.
    left: u64,
}

impl<R: Read + Seek> Fields<R> {
    fn between(mut file: R, start: u64, end: u64) -> io::Result<Self> {
        file.seek(SeekFrom::Start(start))?;
        Ok(Self { from: BufReader::new(file), left: end.saturating_sub(start) })
    }

    /// Passes over a structure; gives its [`PAGE_LENGTH`] where it has such a field.
    fn structure(&mut self, deepest: usize) -> io::Result<Option<u64>> {
        let deepest = deepest.checked_sub(1).ok_or_else(damaged)?;
        let (mut field, mut page_length) = (0u8, None);
        loop {
            let head = self.byte()?;
            let kind = head & 0x0f;
            if kind == 0 {
                return Ok(page_length);
            }
            // A field is named by its distance from the last one. The format numbers so few that none needs the longer form, in which
            // a forged file could name one twice.
            let distance = head >> 4;
            field = field.checked_add(distance).filter(|_| distance > 0).ok_or_else(damaged)?;
            match kind {
                1 | 2 => {}
                5 if field == PAGE_LENGTH => page_length = Some(signed(self.number()?).ok_or_else(damaged)?),
                _ => self.value(kind, deepest)?,
            }
        }
    }

    fn value(&mut self, kind: u8, deepest: usize) -> io::Result<()> {
        let deepest = deepest.checked_sub(1).ok_or_else(damaged)?;
        match kind {
            3 => self.pass_over(1),
            4..=6 => self.number().map(|_| ()),
            7 => self.pass_over(8),
            8 => self.number().and_then(|n_bytes| self.pass_over(n_bytes)),
            9 | 10 => {
                let head = self.byte()?;
                let n_items = if head >> 4 == 15 { self.number()? } else { u64::from(head >> 4) };
                (0..n_items).try_for_each(|_| self.value(head & 0x0f, deepest))
            }
            12 => self.structure(deepest).map(|_| ()),
            // Truth values in a list, and maps, of which the format has none.
            _ => Err(damaged()),
        }
    }

    fn byte(&mut self) -> io::Result<u8> {
        let mut byte = [0];
        self.left = self.left.checked_sub(1).ok_or_else(damaged)?;
        self.from.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    /// A number of seven bits a byte, the lowest first.
    fn number(&mut self) -> io::Result<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Ok(number);
            }
        }
        Err(damaged())
    }

    fn pass_over(&mut self, n_bytes: u64) -> io::Result<()> {
        self.left = self.left.checked_sub(n_bytes).ok_or_else(damaged)?;
        self.from.seek_relative(i64::try_from(n_bytes).map_err(|_| damaged())?)
    }
}

/// A length that is written as a signed number (zigzag); `None` where it is negative.
fn signed(number: u64) -> Option<u64> {
    (number & 1 == 0).then_some(number >> 1)
}

fn damaged() -> Error {
    Error::other("its fields are damaged")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn pages(bytes: &[u8]) -> io::Result<()> {
        look_through_pages(Cursor::new(bytes), 0, bytes.len() as u64)
    }

    #[test]
    fn headers_are_passed_over_with_their_pages() {
        // Fields 1, 2 and 3 are numbers; the third says that a page of two bytes follows.
        let page = [0x15, 0x00, 0x15, 0x04, 0x15, 0x04, 0x00, b'a', b'b'];
        assert!(pages(&page).is_ok());
        assert!(pages(&[page, page].concat()).is_ok());
        // Field 5 is a structure that holds a list of two structures without fields and a text of one byte.
        let nested = [0x15, 0x00, 0x25, 0x00, 0x2c, 0x19, 0x2c, 0x00, 0x00, 0x18, 0x01, b'x', 0x00, 0x00];
        assert!(pages(&nested).is_ok());
        assert!(pages(&nested[..12]).is_err(), "cut short");
        assert!(pages(&[0x15, 0x00, 0x00]).is_err(), "a page without a length");
        assert!(pages(&[0x35, 0x03, 0x00]).is_err(), "a negative length");
        assert!(
            pages(&[0x35, 0x06, 0x00, b'a', b'b']).is_err(),
            "a page of three bytes, of which two are there"
        );
        assert!(pages(&[0x05, 0x06, 0x04, 0x00]).is_err(), "a field named by its number");
    }

    #[test]
    fn a_footer_is_found_from_the_end() {
        let file = [b"PAR1".as_slice(), &[0x15, 0x02, 0x00], &[3, 0, 0, 0], b"PAR1"].concat();
        let look = |file: &[u8]| look_through_footer(Cursor::new(file), file.len() as u64);
        assert!(look(&file).is_ok());
        assert!(look(&file[8..]).is_err(), "longer than the file");
        assert!(look(b"PAR1").is_err());
    }

    #[test]
    fn lists_that_take_no_bytes_and_endless_nesting_are_refused() {
        let numbers = [0x19, 0xf7, 0xff, 0xff, 0xff, 0xff, 0x07, 0x25, 0x00, 0x00];
        assert!(pages(&numbers).is_err(), "more numbers than there are bytes");
        let forged = [0x19, 0xf1, 0xff, 0xff, 0xff, 0xff, 0x07, 0x25, 0x00, 0x00];
        assert!(pages(&forged).is_err());
        assert!(pages(&[0x1c; 1_000]).is_err());
        assert!(pages(&[0x19; 1_000]).is_err(), "lists of one list each");
    }
}
