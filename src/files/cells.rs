//! Cells of a CSV on their way through a spreadsheet, there and back.

use std::borrow::Cow;

/// Signs that a spreadsheet may act on at the beginning of a cell (CWE-1236).
const ACTS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet takes for a formula: one that starts with a sign it might act on gets a leading `'`.
pub(crate) fn defused(text: &str) -> Cow<'_, str> {
    if text.starts_with(ACTS) { format!("'{text}").into() } else { text.into() }
}

/// A cell without the apostrophe of [`defused`].
pub(crate) fn plain(cell: &str) -> &str {
    cell.strip_prefix('\'').filter(|rest| rest.starts_with(ACTS)).unwrap_or(cell)
}

/// What stands between the cells of a table with this first line: a semicolon or a tab where no comma does, as some spreadsheets save.
pub(crate) fn delimiter(header: &str) -> u8 {
    let other = [b';', b'\t'].into_iter().find(|&sign| header.as_bytes().contains(&sign));
    other.filter(|_| !header.contains(',')).unwrap_or(b',')
}

/// The place of a column: spreadsheets and people write its name with capitals too.
pub(crate) fn place<'a>(mut names: impl Iterator<Item = &'a str>, column: &str) -> Option<usize> {
    names.position(|name| name.trim().eq_ignore_ascii_case(column))
}

/// First bytes of a zip archive, as workbooks of Excel since 2007 are.
pub(crate) const ZIP: &[u8] = b"PK\x03\x04";
/// First bytes of a file of Office before 2007.
pub(crate) const OLD_OFFICE: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Whether a file is a workbook, of Excel since 2007 or before, whatever its name says.
pub(crate) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(ZIP) || bytes.starts_with(OLD_OFFICE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_defused_comes_back_as_it_was() {
        for text in ["=1+1", "+44", "-5", "@a", "\t=1", "\n-", "＝1", "it's", "'quoted'", "", "'"] {
            assert_eq!(plain(&defused(text)), text);
        }
        assert_eq!(defused("=1+1"), "'=1+1");
        assert_eq!(plain("'tis"), "'tis");
    }

    #[test]
    fn a_comma_in_the_header_settles_it() {
        assert_eq!(["id;code", "id\tcode", "id,code;x", "id"].map(delimiter), [b';', b'\t', b',', b',']);
    }
}
