//! What separates the cells of a text file, told from its first bytes.

use csv::ReaderBuilder;

/// What separates cells when a file has one column only and so no delimiter: a character that no text has.
pub(super) const NONE: u8 = 0x1f;

/// Bytes that the delimiter is found from.
pub(super) const SAMPLE: u64 = 1 << 16;

/// Records of the sample that are looked at.
const RECORDS: usize = 100;

/// The delimiter of a first line `sep=;`.
pub(super) fn sep_line(sample: &[u8]) -> Option<u8> {
    let line = sample.split(|byte| matches!(byte, b'\r' | b'\n')).next()?;
    match line {
        [s, e, p, b'=', delimiter] if [*s, *e, *p].eq_ignore_ascii_case(b"sep") => Some(*delimiter),
        _ => None,
    }
}

/// The delimiter under which the first records agree best on having several cells, commas before others; and the one of the rows below
/// a title, where the first record has another number of cells than most.
pub(super) fn delimiters(sample: &[u8], tab_first: bool) -> (u8, Option<u8>) {
    let candidates = if tab_first { [b'\t', b',', b';'] } else { [b',', b';', b'\t'] };
    let sizes = candidates.map(|delimiter| (sizes(sample, delimiter), delimiter));
    let mut best = (0.0, NONE);
    for (sizes, delimiter) in &sizes {
        let score = agreement(sizes);
        if score > best.0 {
            best = (score, *delimiter);
        }
    }
    let is_told = best.0 > 0.5;
    let widths = sizes.map(|(sizes, delimiter)| (width_below(&sizes), delimiter));
    let widest = widths.into_iter().rev().max_by_key(|(width, _)| *width);
    (best.1, widest.filter(|(width, _)| width.is_some() && !is_told).map(|(_, delimiter)| delimiter))
}

/// Cells in each of the first records.
fn sizes(sample: &[u8], delimiter: u8) -> Vec<usize> {
    let mut reader =
        ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(sample);
    let records = reader.byte_records().map_while(Result::ok).take(RECORDS);
    let mut sizes: Vec<usize> = records.map(|record| record.len()).collect();
    // A full sample cuts its last record short.
    if sample.len() as u64 == SAMPLE && sizes.len() > 1 {
        sizes.pop();
    }
    sizes
}

/// Share of the records with as many cells as the first, or 0 if that has one only; more cells win a tie.
fn agreement(sizes: &[usize]) -> f64 {
    let Some((width, rest)) = sizes.split_first().filter(|(width, _)| **width > 1) else { return 0.0 };
    let same = rest.iter().filter(|size| *size == width).count();
    let share = if rest.is_empty() { 1.0 } else { same as f64 / rest.len() as f64 };
    share + 0.001 * (*width).min(RECORDS) as f64
}

/// The number of cells that nine of ten records have from some record on, if that is several: a header and a row at least.
fn width_below(sizes: &[usize]) -> Option<usize> {
    let count = |width: usize| sizes.iter().filter(|size| **size == width).count();
    let width =
        sizes.iter().copied().filter(|width| *width > 1).max_by_key(|width| (count(*width), *width))?;
    let rest = sizes.get(sizes.iter().position(|size| *size == width)?..)?;
    let same = rest.iter().filter(|size| **size == width).count();
    (same > 1 && same * 10 >= rest.len() * 9).then_some(width)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_below_a_title_tell_the_delimiter_that_the_first_row_does_not() {
        for title in
            ["Staff survey 2023", "Staff survey\nConfidential, please", "Staff survey; wave 2", "\"a\nb\""]
        {
            let text = format!("{title}\nid,name,comment\n1,a,fine\n2,b,\"good, too\"\n");
            assert_eq!(delimiters(text.as_bytes(), false).1, Some(b','), "{title}");
        }
        for text in [
            "comment\nfine, I think\nyes, no, maybe\nok\n",
            "id,comment\n1,fine\n2,good\n",
            "comment\nfine\n",
        ] {
            assert_eq!(delimiters(text.as_bytes(), false).1, None, "{text}");
        }
    }
}
