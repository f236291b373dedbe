use super::columns::Roles;
use super::error::ReadError;
use super::header::Header;
use super::personal::{asks_who_somebody_is, is_personal_name};
use super::table::{Next, Table};
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};

/// Distinct values that are counted; more tell nothing new.
const MAX_DISTINCT: usize = 5000;

/// What the values of a column are like. Sums only, so that the order of rows does not matter.
#[derive(Debug, Default)]
struct Profile {
    filled: usize,
    words: usize,
    characters: usize,
    letters: usize,
    addresses: usize,
    ticked: usize,
    distinct: BTreeSet<u64>,
}

impl Profile {
    fn take(&mut self, cell: &str) {
        let cell = cell.trim();
        if cell.is_empty() {
            return;
        }
        self.filled += 1;
        self.words += cell.split_whitespace().count();
        self.characters += cell.chars().count();
        self.letters += cell.chars().filter(|c| c.is_alphabetic()).count();
        self.addresses += usize::from(is_address(cell));
        self.ticked += usize::from(cell.ends_with(';'));
        if self.distinct.len() < MAX_DISTINCT {
            // Fixed keys: the same in every run.
            let mut hasher = DefaultHasher::new();
            cell.hash(&mut hasher);
            self.distinct.insert(hasher.finish());
        }
    }

    /// Long, mostly distinct text: at least three words on average with half of the values distinct, or eight words with a
    /// fifth, since answers to a closed question repeat and ids, dates and numbers have few words or letters. Microsoft Forms ends every
    /// option that was ticked with a semicolon.
    fn is_open_ended(&self) -> bool {
        let is_ticked = self.ticked * 2 > self.filled;
        if self.filled == 0 || is_ticked || self.letters * 2 < self.characters {
            return false;
        }
        let words = self.words as f64 / self.filled as f64;
        let distinct = self.distinct.len() as f64 / self.filled.min(MAX_DISTINCT) as f64;
        (words >= 3.0 && distinct >= 0.5) || (words >= 8.0 && distinct >= 0.2)
    }

    fn is_personal(&self) -> bool {
        self.filled > 0 && self.addresses * 2 > self.filled
    }
}

/// Whether a value is an e-mail address.
pub(super) fn is_address(value: &str) -> bool {
    value.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty() && host.contains('.') && !value.contains(char::is_whitespace)
    })
}

/// The columns of a bare file that look like answers to open-ended questions, and those that hold e-mail addresses under another name or ask who
/// somebody is.
pub(super) fn propose(
    table: &mut Table,
    header: &Header,
    roles: &Roles,
) -> Result<(Vec<usize>, Vec<usize>), ReadError> {
    let mut profiles: Vec<Profile> = header.columns.iter().map(|_| Profile::default()).collect();
    let free: Vec<bool> = header
        .columns
        .iter()
        .enumerate()
        .map(|(i, column)| !is_personal_name(&column.plain) && roles.uses().all(|(used, _)| used != i))
        .collect();
    let mut skip = header.rows;
    table.visit(&mut |row| {
        if skip > 0 {
            skip -= 1;
        } else if header.fits(row.cells) && row.problem.is_none() {
            for ((profile, cell), _) in
                profiles.iter_mut().zip(row.cells).zip(&free).filter(|(_, free)| **free)
            {
                profile.take(cell);
            }
        }
        Ok(Next::Go)
    })?;
    let those = |test: &dyn Fn(&Profile) -> bool| -> Vec<usize> {
        profiles.iter().enumerate().filter(|(_, profile)| test(profile)).map(|(i, _)| i).collect()
    };
    let (who, open): (Vec<usize>, Vec<usize>) =
        those(&|profile| profile.is_open_ended() && !profile.is_personal())
            .into_iter()
            .partition(|place| header.columns[*place].is_by_heading(asks_who_somebody_is));
    let mut personal = those(&Profile::is_personal);
    personal.extend(who);
    personal.sort_unstable();
    Ok((open, personal))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(cells: &[&str]) -> Profile {
        let mut profile = Profile::default();
        for cell in cells {
            profile.take(cell);
        }
        profile
    }

    #[test]
    fn only_long_and_mostly_distinct_text_is_open_ended() {
        assert!(
            profile(&[
                "I like the people",
                "Helping patients every day",
                "",
                "n/a",
                "Better pay please, and training"
            ])
            .is_open_ended()
        );
        assert!(!profile(&["Neither agree nor disagree"; 9]).is_open_ended());
        assert!(!profile(&["2023-11-01 10:00 11:00", "2023-11-02 10:30 11:45"]).is_open_ended());
        assert!(!profile(&["R_1abc", "R_2def", "R_3ghi"]).is_open_ended());
        assert!(
            !profile(&["Time with patients;Flexible hours;", "The team;", "Time with patients;"])
                .is_open_ended()
        );
        assert!(!profile(&["", " "]).is_open_ended());
    }

    #[test]
    fn a_column_of_addresses_is_personal_whatever_its_name() {
        assert!(profile(&["a.b@example.org", "c@example.com"]).is_personal());
        assert!(!profile(&["write to a@example.org", "no"]).is_personal());
    }
}
