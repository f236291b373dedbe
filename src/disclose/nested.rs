//! Group columns whose values lie within those of another, as places lie in regions: a region's count is the sum of its places'.

use super::line::{Cell, complete, is_safe};
use super::network::Table;
use crate::types::{GroupRow, Survey};
use std::collections::{BTreeMap, BTreeSet};

/// Two group columns of which each value of the inner one lies in one value of the outer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nesting {
    pub(super) outer: usize,
    pub(super) inner: usize,
    /// The outer value of each inner one.
    within: BTreeMap<String, String>,
}

/// Learns which group columns nest from the values that stand beside each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Nestings {
    /// By columns `(outer, inner)` the outer value of each inner one; `None` once an inner value lies in two.
    pairs: BTreeMap<(usize, usize), Option<BTreeMap<String, String>>>,
}

impl Nestings {
    /// Takes note that somebody has `value` in `column` and `other_value` in `other_column`. Who left either blank is left aside.
    pub fn see(&mut self, (column, value): (usize, &str), (other_column, other_value): (usize, &str)) {
        self.lies_in((column, value), (other_column, other_value));
        self.lies_in((other_column, other_value), (column, value));
    }

    fn lies_in(&mut self, (inner, inside): (usize, &str), (outer, outside): (usize, &str)) {
        let within = self.pairs.entry((outer, inner)).or_insert_with(|| Some(BTreeMap::new()));
        let Some(known) = within else { return };
        match known.get(inside) {
            Some(earlier) if earlier == outside => {}
            Some(_) => *within = None,
            None => {
                known.insert(inside.to_owned(), outside.to_owned());
            }
        }
    }

    /// What nests; of two columns with the same division each lies in the other.
    pub fn learnt(&self) -> Vec<Nesting> {
        let nesting = |(&(outer, inner), within): (&(usize, usize), &Option<BTreeMap<String, String>>)| {
            let within = within.clone()?;
            let outside: BTreeSet<&String> = within.values().collect();
            // Where all lie in one value, its count is that of all.
            (outside.len() > 1).then_some(Nesting { outer, inner, within })
        };
        self.pairs.iter().filter_map(nesting).collect()
    }
}

/// The group columns of a survey that nest.
pub fn nestings(survey: &Survey) -> Vec<Nesting> {
    let mut nestings = Nestings::default();
    for respondent in &survey.respondents {
        let given = respondent.groups.iter().enumerate();
        let given: Vec<(usize, &str)> =
            given.filter_map(|(column, value)| Some((column, value.as_deref()?))).collect();
        for (at, one) in given.iter().enumerate() {
            given[at + 1..].iter().for_each(|other| nestings.see(*one, *other));
        }
    }
    nestings.learnt()
}

impl Nesting {
    /// The columns `(outer, inner)`.
    pub(super) fn columns(&self) -> (usize, usize) {
        (self.outer, self.inner)
    }

    /// The inner rows that lie in each outer row.
    fn families(&self, outer: &[GroupRow], inner: &[GroupRow]) -> Vec<Vec<usize>> {
        let place: BTreeMap<&String, usize> =
            outer.iter().enumerate().map(|(o, row)| (&row.value, o)).collect();
        let mut families = vec![Vec::new(); outer.len()];
        for (i, row) in inner.iter().enumerate() {
            if let Some(o) = self.within.get(&row.value).and_then(|outside| place.get(outside)) {
                families[*o].push(i);
            }
        }
        families
    }

    /// Hides further cells of two tables until neither gives a hidden one of the other back. Whether any was. `rows` are the rows of the
    /// outer and the inner table.
    pub(super) fn tie(&self, outer: &mut Table, inner: &mut Table, rows: (&[GroupRow], &[GroupRow])) -> bool {
        let mut changed = false;
        for (o, family) in self.families(rows.0, rows.1).into_iter().enumerate() {
            let bases: Vec<Cell> =
                family.iter().map(|&i| Cell { value: inner.bases[i].0, most: None }).collect();
            let mut hidden: Vec<bool> = family.iter().map(|&i| inner.bases[i].1).collect();
            changed |= protect_each_other(&bases, &mut outer.bases[o].1, &mut hidden);
            family.iter().zip(hidden).for_each(|(&i, hidden)| inner.bases[i].1 = hidden);
            for t in 0..outer.counts.len() {
                let cell = |&i: &usize| {
                    let (base, hidden) = inner.bases[i];
                    Cell { value: inner.counts[t][i], most: (!hidden).then_some(base) }
                };
                let cells: Vec<Cell> = family.iter().map(cell).collect();
                let mut hidden: Vec<bool> = family.iter().map(|&i| inner.hidden[t][i]).collect();
                changed |= protect_each_other(&cells, &mut outer.hidden[t][o], &mut hidden);
                family.iter().zip(hidden).for_each(|(&i, hidden)| inner.hidden[t][i] = hidden);
            }
        }
        changed
    }
}

/// Where the sum of `cells` is shown, hides cells as in a row with a known total, and the sum where that does not help; where it is
/// hidden, the smallest cell if all are shown. Whether anything was hidden.
fn protect_each_other(cells: &[Cell], sum_hidden: &mut bool, hidden: &mut [bool]) -> bool {
    let before = (*sum_hidden, hidden.to_vec());
    if !*sum_hidden {
        complete(cells, hidden);
        let alone = hidden.iter().filter(|hidden| **hidden).count() == 1;
        let all = hidden.iter().all(|hidden| *hidden);
        *sum_hidden = !cells.is_empty() && !is_safe(cells, hidden) && (alone || all);
    } else if hidden.iter().all(|hidden| !hidden)
        && let Some(least) = (0..cells.len()).min_by_key(|&i| (cells[i].value == 0, cells[i].value))
    {
        hidden[least] = true;
    }
    before != (*sum_hidden, hidden.to_vec())
}
