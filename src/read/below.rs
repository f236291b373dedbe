//! What a heading has in common with the cells below it.

use super::header::one_line;
use super::propose::is_address;
use std::collections::BTreeSet;

/// Rows that a heading has to stand in, and values that have to stand beside it. A form writes the heading itself into the cells of an
/// option that was ticked, and nothing else or one word beside it.
const SEVERAL: usize = 2;
/// Fewest cells that are of one form.
const LEAST_SERIES: usize = 4;

/// A heading and what it has in common with the cells below it.
pub(super) struct Below {
    heading: String,
    shape: Option<String>,
    number: Option<usize>,
    filled: usize,
    same: usize,
    same_shape: usize,
    /// Cells from the first on that count on from the heading: 2, 3, 4 below 1.
    counted_on: usize,
    /// What the first cell is: a number, an id, a date.
    form: Option<String>,
    of_form: usize,
    others: BTreeSet<String>,
}

/// What shows that a heading is a cell like those below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sign {
    Address,
    Repeated(usize),
    Series,
    CountedOn,
}

impl Below {
    pub(super) fn new(name: &str) -> Self {
        let heading = one_line(name);
        Self {
            shape: shape(&heading),
            number: heading.parse().ok(),
            heading,
            filled: 0,
            same: 0,
            same_shape: 0,
            counted_on: 0,
            form: None,
            of_form: 0,
            others: BTreeSet::new(),
        }
    }

    pub(super) fn take(&mut self, cell: &str) {
        let cell = one_line(cell);
        if cell.is_empty() {
            return;
        }
        let follows = self.number.is_some_and(|number| cell.parse() == Ok(number + self.filled + 1));
        self.counted_on += usize::from(follows && self.counted_on == self.filled);
        if self.filled == 0 {
            self.form = form(&cell);
        }
        self.of_form += usize::from(self.form.is_some() && form(&cell) == self.form);
        self.filled += 1;
        if cell == self.heading {
            self.same += 1;
            return;
        }
        self.same_shape += usize::from(self.shape.is_some() && shape(&cell) == self.shape);
        self.others.insert(cell.to_lowercase());
    }

    /// Whether the cells are of one form, or a few values over and over, and the heading is none of them.
    pub(super) fn is_unlike(&self) -> bool {
        let one_form = self.of_form == self.filled && form(&self.heading) != self.form;
        let few_values = self.same == 0
            && self.others.len() * 2 <= self.filled
            && !self.others.contains(&self.heading.to_lowercase());
        !self.heading.is_empty() && self.filled >= LEAST_SERIES && (one_form || few_values)
    }

    pub(super) fn sign(&self) -> Option<Sign> {
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
    pub(super) fn seen(self) -> String {
        match self {
            Self::Address => "is an e-mail address".into(),
            Self::Repeated(rows) => format!("stands in {rows} rows below it too"),
            Self::Series => "is of one form with every cell below it".into(),
            Self::CountedOn => "is a number that the cells below it count on from".into(),
        }
    }
}

/// `number`, or the shape of an id or a date.
fn form(text: &str) -> Option<String> {
    text.parse::<f64>().map_or_else(|_| shape(text), |_| Some("number".into()))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn below(heading: &str, cells: &[&str]) -> Below {
        let mut below = Below::new(heading);
        for cell in cells {
            below.take(cell);
        }
        below
    }

    fn sign(heading: &str, cells: &[&str]) -> Option<Sign> {
        below(heading, cells).sign()
    }

    #[test]
    fn a_heading_is_unlike_numbers_ids_and_the_few_values_of_a_choice() {
        for (heading, cells) in [
            ("ID", ["R1", "R2", "R3", "R12"]),
            ("Age", ["31", "45", "28", "3.5"]),
            ("Consent", ["no", "yes", "no", "yes"]),
        ] {
            assert!(below(heading, &cells).is_unlike(), "{heading}");
        }
        for (cell, cells) in [
            ("R0", ["R1", "R2", "R3", "R12"]),
            ("No", ["no", "yes", "no", "yes"]),
            ("Better pay", ["More time", "Less paper", "n/a", "Parking"]),
            ("", ["no", "yes", "no", "yes"]),
        ] {
            assert!(!below(cell, &cells).is_unlike(), "{cell}");
        }
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
