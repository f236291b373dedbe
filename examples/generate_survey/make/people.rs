//! Respondents, and the groups they belong to.

use std::collections::BTreeMap;

use super::MakeError;
use super::design::{Design, YearDesign};
use super::draw::Draw;

/// One respondent.
pub(crate) struct Person {
    /// Like `SP23-0412`.
    pub(crate) id: String,
    /// Value per group column.
    pub(crate) groups: BTreeMap<String, String>,
    /// How much they write: 1 (a word) to 9 (everything that comes to mind).
    pub(crate) talkative: u32,
}

/// The respondents of a year, ordered by id; every group value has exactly its share.
pub(crate) fn make_people(year: &YearDesign, design: &Design) -> Result<Vec<Person>, MakeError> {
    let mut draw = Draw::new(design.seed, &format!("people {}", year.year));
    let n = year.respondents;
    // Ids have gaps: invitations that nobody answered.
    let mut numbers: Vec<usize> = (1..=n + n / 4).collect();
    draw.shuffle(&mut numbers);
    numbers.truncate(n);
    numbers.sort_unstable();
    let mut people: Vec<Person> = numbers
        .iter()
        .map(|number| Person {
            id: format!("SP{}-{number:04}", year.year % 100),
            groups: BTreeMap::new(),
            talkative: [1, 1, 1, 2, 2, 3, 4, 6, 9][draw.below(9)],
        })
        .collect();
    for (column, shares) in &year.groups {
        let mut values = deal_values(shares, n)?;
        draw.shuffle(&mut values);
        for (person, value) in people.iter_mut().zip(values) {
            person.groups.insert(column.clone(), value);
        }
    }
    Ok(people)
}

/// `n` values in these shares; the most frequent value takes what rounding leaves over.
fn deal_values(shares: &BTreeMap<String, f64>, n: usize) -> Result<Vec<String>, MakeError> {
    let most = shares.iter().max_by(|a, b| a.1.total_cmp(b.1)).ok_or("a group column has no values")?.0;
    let mut values: Vec<String> = shares
        .iter()
        .filter(|(value, _)| *value != most)
        .flat_map(|(value, share)| std::iter::repeat_n(value.clone(), (share * n as f64).round() as usize))
        .collect();
    values.resize(n, most.clone());
    Ok(values)
}
