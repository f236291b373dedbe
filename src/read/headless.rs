//! Whether the first row of a file is one person's answers rather than the names of the columns: what stands there would be printed as
//! the heading of a question.

use super::columns::ColumnError;
use super::error::ReadError;
use super::header::{Header, one_line};
use super::propose::is_address;
use super::spoken::has_sure_heading;
use super::table::{Next, Table};
use csv::StringRecord;
use std::collections::BTreeSet;

/// Rows that are looked at: what a heading has in common with the cells below shows in a few.
const LOOKED_AT: usize = 1000;
/// Rows that a heading has to stand in, and values that have to stand beside it. A form writes the heading itself into the cells of an
/// option that was ticked, and nothing else or one word beside it.
const SEVERAL: usize = 2;
/// Fewest cells that are of one form.
const LEAST_SERIES: usize = 4;

/// A heading and what it has in common with the cells below it.
struct Below {
    heading: String,
    shape: Option<String>,
    number: Option<usize>,
    filled: usize,
    same: usize,
    same_shape: usize,
    /// Cells from the first on that count on from the heading: 2, 3, 4 below 1.
    counted_on: usize,
    others: BTreeSet<String>,
}

/// What shows that a heading is a cell like those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sign {
    Address,
    Repeated(usize),
    Series,
    CountedOn,
}

impl Below {
    fn new(name: &str) -> Self {
        let heading = one_line(name);
        Self {
            shape: shape(&heading),
            number: heading.parse().ok(),
            heading,
            filled: 0,
            same: 0,
            same_shape: 0,
            counted_on: 0,
            others: BTreeSet::new(),
        }
    }

    fn take(&mut self, cell: &str) {
        let cell = one_line(cell);
        if cell.is_empty() {
            return;
        }
        let follows = self.number.is_some_and(|number| cell.parse() == Ok(number + self.filled + 1));
        self.counted_on += usize::from(follows && self.counted_on == self.filled);
        self.filled += 1;
        if cell == self.heading {
            self.same += 1;
            return;
        }
        self.same_shape += usize::from(self.shape.is_some() && shape(&cell) == self.shape);
        self.others.insert(cell.to_lowercase());
    }

    fn sign(&self) -> Option<Sign> {
        // Questions are numbered, and people write "Other" under "Other".
        let may_be_a_cell =
            self.heading.chars().any(char::is_alphabetic) && !self.heading.eq_ignore_ascii_case("other");
        let is_series = self.filled >= LEAST_SERIES
            && self.same_shape == self.filled
            && self.others.len() * 2 >= self.filled;
        if is_address(&self.heading) {
            Some(Sign::Address)
        } else if may_be_a_cell && self.same >= SEVERAL && self.others.len() >= SEVERAL {
            Some(Sign::Repeated(self.same))
        } else if self.counted_on >= LEAST_SERIES {
            Some(Sign::CountedOn)
        } else {
            is_series.then_some(Sign::Series)
        }
    }
}

impl Sign {
    fn seen(self) -> String {
        match self {
            Self::Address => "is an e-mail address".into(),
            Self::Repeated(rows) => format!("stands in {rows} rows below it too"),
            Self::Series => "is of one form with every cell below it".into(),
            Self::CountedOn => "is a number that the cells below it count on from".into(),
        }
    }
}

/// An id, a date, a reference: its letters and signs with `0` for each number, and for each digit of a long number. `None` for a short
/// number alone, as questions and the steps of a scale are, and for words without any.
fn shape(text: &str) -> Option<String> {
    const LONG: usize = 5;
    if is_moment(text) {
        return Some("moment".into());
    }
    if text.len() >= LONG && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some("0".repeat(text.len()));
    }
    if text.contains(' ') || text.parse::<f64>().is_ok() || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut shape = String::new();
    for c in text.chars() {
        match c {
            '0'..='9' if shape.ends_with('0') => {}
            '0'..='9' => shape.push('0'),
            c => shape.push(c),
        }
    }
    Some(shape)
}

/// A date with a time, such as `2023-11-01 09:30`, seconds or none.
fn is_moment(text: &str) -> bool {
    const LEAST_NUMBERS: usize = 5;
    let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count();
    let of_a_clock = |c: char| {
        c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ':' | ' ' | 'A' | 'P' | 'M' | 'a' | 'p' | 'm')
    };
    numbers >= LEAST_NUMBERS && text.contains(' ') && text.contains(':') && text.chars().all(of_a_clock)
}

/// Refuses a file whose first row is surely an answer. Where another column is called as only a column is, it is a warning.
pub(super) fn check_headings(
    table: &mut Table,
    header: &Header,
    file: &str,
) -> Result<Option<String>, ReadError> {
    if matches!(table, Table::JsonLines(_)) {
        return Ok(None);
    }
    let Some((column, sign)) = first_sign(table, header)? else { return Ok(None) };
    if has_sure_heading(header) {
        return Ok(Some(format!(
            "The first cell of column {} {}; check that the first row of `{file}` holds the names of the columns",
            column + 1,
            sign.seen()
        )));
    }
    Err(ColumnError::NoHeader { file: file.into(), column: column + 1, seen: sign.seen() }.into())
}

fn first_sign(table: &mut Table, header: &Header) -> Result<Option<(usize, Sign)>, ReadError> {
    let mut columns: Vec<Below> = header.columns.iter().map(|column| Below::new(&column.plain)).collect();
    let mut seen = 0;
    table.visit(&mut |row| {
        seen += 1;
        if seen > header.rows && !repeats(header, row.cells) {
            columns.iter_mut().zip(row.cells).for_each(|(column, cell)| column.take(cell));
        }
        Ok(if seen < header.rows + LOOKED_AT { Next::Go } else { Next::Stop })
    })?;
    Ok(columns.iter().enumerate().find_map(|(i, column)| Some((i, column.sign()?))))
}

/// Whether a row is the heading row once more, as where files were put one after the other.
pub(super) fn repeats(header: &Header, cells: &StringRecord) -> bool {
    let named = header.columns.iter().filter(|column| !column.plain.is_empty()).count();
    header.rows == 1
        && named > 1
        && header.columns.len() == cells.len()
        && header.columns.iter().zip(cells).all(|(column, cell)| column.plain == one_line(cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(heading: &str, cells: &[&str]) -> Option<Sign> {
        let mut below = Below::new(heading);
        for cell in cells {
            below.take(cell);
        }
        below.sign()
    }

    #[test]
    fn a_heading_like_the_cells_below_it_is_an_answer() {
        assert_eq!(sign("PCN", &["VCSE", "PCN", "Trust", "PCN"]), Some(Sign::Repeated(2)));
        assert_eq!(sign("n/a", &["n/a", "Pay", "n/a", "Hours"]), Some(Sign::Repeated(2)));
        assert_eq!(sign("r0", &["r7", "r12", "r3", "r104"]), Some(Sign::Series));
        assert_eq!(sign("2023-11-01", &["2023-11-01", "2023-11-02"]), None, "too few");
        assert_eq!(
            sign("01/11/2023", &["02/11/2023", "03/11/2023", "03/12/2023", "04/12/2023"]),
            Some(Sign::Series)
        );
        assert_eq!(sign("a@example.org", &[]), Some(Sign::Address));
        assert_eq!(sign("1", &["2", "3", "4", "5", "9"]), Some(Sign::CountedOn));
        assert_eq!(sign("1", &["2", "3", "5", "4"]), None, "a scale");
        assert_eq!(sign("118234", &["118301", "118299", "118256", "118311"]), Some(Sign::Series));
        assert_eq!(
            sign(
                "2023-05-01 10:00",
                &["2023-05-01 10:00:11", "2023-05-02 9:01", "2023-05-03 9:02", "2023-05-04 9:02"]
            ),
            Some(Sign::Series)
        );
    }

    #[test]
    fn headings_of_real_tables_are_none() {
        assert_eq!(sign("PCN", &["yes", "no", "yes", "", "no"]), None);
        assert_eq!(sign("PCN", &["PCN", "", "PCN", "PCN"]), None, "an option that was ticked");
        assert_eq!(sign("PCN", &["PCN", "No", "PCN", "No"]), None, "and one that was not");
        assert_eq!(sign("3", &["3", "1", "5", "3", "2"]), None, "a question's number and a scale");
        assert_eq!(sign("1", &["1", "2", "3", "4", "5"]), None, "a question's number over numbered rows");
        assert_eq!(sign("1.1", &["2.5", "3.5", "4.5", "1.5"]), None);
        assert_eq!(sign("Q1", &["Good", "Q1 is unclear", "Fine"]), None);
        assert_eq!(sign("Q1", &["Q4", "Q3", "Q4", "Q3", "Q2", "Q4", "Q2", "Q3"]), None, "quarters");
        assert_eq!(sign("Yes/No", &["Yes", "No", "Yes", "No"]), None);
        assert_eq!(sign("Other", &["Bank", "Other", "Agency", "Other"]), None);
        assert_eq!(sign("18-24", &["18-24", "", "18-24"]), None);
        assert_eq!(sign("comment", &["fine", "good", "fine"]), None);
    }
}
