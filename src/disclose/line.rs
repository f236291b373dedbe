//! Which further cells of a row with a known total must be hidden, so that subtraction gives none of them back.

use super::SMALL;

/// A count of a row of the table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell {
    /// The count.
    pub(super) value: usize,
    /// What a reader knows it cannot exceed, such as the base of its group; `None` if nothing.
    pub(super) most: Option<usize>,
}

/// Hides the smallest other cells until the hidden ones of a row, whose sum is known, protect each other. Equal cells are
/// hidden together, or the choice between them would tell a reader who knows this rule something.
pub(super) fn complete(cells: &[Cell], hidden: &mut [bool]) {
    while !is_safe(cells, hidden) {
        let shown = (0..cells.len()).filter(|&i| !hidden[i]).map(|i| cells[i].value);
        let Some(next) = shown.min_by_key(|value| (*value == 0, *value)) else { return };
        for (cell, hidden) in cells.iter().zip(&mut *hidden) {
            *hidden |= cell.value == next;
        }
    }
}

/// Whether nothing is hidden, or the hidden cells add up to at least the threshold, are not forced to be all 1 or all at
/// the largest small count, and each can still lie anywhere in a range as wide as the small counts.
pub(super) fn is_safe(cells: &[Cell], hidden: &[bool]) -> bool {
    let masked: Vec<Cell> =
        cells.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(cell, _)| *cell).collect();
    let sum: usize = masked.iter().map(|cell| cell.value).sum();
    if sum == 0 {
        return true;
    }
    let n = masked.len();
    if n < 2 || sum <= SMALL || sum == n || sum == SMALL * n {
        return false;
    }
    let most = |cell: &Cell| cell.most.unwrap_or(sum).min(sum);
    let room: usize = masked.iter().map(most).sum();
    masked.iter().all(|cell| {
        let least = sum.saturating_sub(room - most(cell));
        most(cell) >= least + SMALL - 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    fn completed(values: &[usize]) -> Vec<bool> {
        let cells: Vec<Cell> = values.iter().map(|&value| Cell { value, most: None }).collect();
        let mut hidden: Vec<bool> = values.iter().map(|v| (1..=SMALL).contains(v)).collect();
        complete(&cells, &mut hidden);
        hidden
    }

    #[test]
    fn one_small_count_takes_the_next_smallest_with_it() {
        assert_eq!(completed(&[40, 3, 12, 0]), [false, true, true, false]);
        assert_eq!(
            completed(&[40, 1, 1, 0]),
            [true, true, true, false],
            "1 + 1 would be a small count of its own"
        );
        assert_eq!(completed(&[40, 12]), [false, false]);
    }

    /// Every row of three counts up to a total of 18, as a reader sees it who knows this program: the total, the shown
    /// counts, and which are hidden. No small count may be the same in all rows that look alike.
    #[test]
    fn a_reader_who_knows_the_rule_cannot_undo_it() {
        type Seen = (usize, Vec<Option<usize>>);
        let mut alike: BTreeMap<Seen, Vec<[usize; 3]>> = BTreeMap::new();
        for a in 0..=18 {
            for b in 0..=18 - a {
                for c in 0..=18 - a - b {
                    if a + b + c > SMALL {
                        let row = [a, b, c];
                        let hidden = completed(&row);
                        let seen =
                            row.iter().zip(hidden).map(|(x, hidden)| (!hidden).then_some(*x)).collect();
                        alike.entry((a + b + c, seen)).or_default().push(row);
                    }
                }
            }
        }
        let mut given_back = Vec::new();
        for ((total, seen), rows) in alike {
            for cell in 0..3 {
                let first = rows[0][cell];
                if seen[cell].is_none()
                    && (1..=SMALL).contains(&first)
                    && rows.iter().all(|row| row[cell] == first)
                {
                    given_back.push((total, seen.clone(), rows.clone()));
                }
            }
        }
        assert!(given_back.is_empty(), "{given_back:?}");
    }
}
