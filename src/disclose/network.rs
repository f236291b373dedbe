//! Whether a hidden cell of a theme by group table could hold another count, everything that is published taken together.
//!
//! The table is a flow: from a hub to each theme (its respondents), from a theme to each group (the cell), from a group back
//! to the hub. A respondent of the base mentions a theme or counts under "no clear theme", so at least the base of a group
//! flows through it. Since the true table is one such flow, a cell can hold another count exactly if a cycle runs through it
//! along which the flow may be changed by one (Ahuja, Magnanti and Orlin 1993, Network Flows, section 3.5; the use for
//! tables is Gusfield's 1988, A graph theoretic approach to statistical data security).

use super::SMALL;

/// A theme by group table with what of it is published.
#[derive(Debug)]
pub(super) struct Table {
    /// Counts, theme by group.
    pub(super) counts: Vec<Vec<usize>>,
    /// Whether a count is hidden.
    pub(super) hidden: Vec<Vec<bool>>,
    /// Respondents of each theme, and whether that is hidden.
    pub(super) totals: Vec<(usize, bool)>,
    /// Base of each group, and whether that is hidden.
    pub(super) bases: Vec<(usize, bool)>,
    /// Respondents without a clear theme, and whether that is hidden.
    pub(super) unclear: (usize, bool),
}

const HUB: usize = 0;

/// The arcs along which one more could flow, by node.
pub(super) struct Residual {
    arcs: Vec<Vec<usize>>,
    n_themes: usize,
}

impl Residual {
    pub(super) fn new(table: &Table) -> Self {
        let (n_themes, n_groups) = (table.totals.len(), table.bases.len());
        let mut residual = Self { arcs: vec![Vec::new(); n_themes + n_groups + 3], n_themes };
        let (rest, unclear) = (n_themes + n_groups + 1, n_themes + n_groups + 2);
        for (t, &(total, hidden)) in table.totals.iter().enumerate() {
            if hidden {
                residual.between(HUB, 1 + t, total, small_limits(total));
            }
            for (g, &count) in table.counts[t].iter().enumerate() {
                if table.hidden[t][g] {
                    let most = if table.bases[g].1 { usize::MAX } else { table.bases[g].0 };
                    residual.between(1 + t, residual.group(g), count, (0, most));
                }
            }
        }
        let flows: Vec<usize> = (0..n_groups).map(|g| table.counts.iter().map(|row| row[g]).sum()).collect();
        let without = spread_unclear(table, &flows);
        let (mut rest_flow, mut rest_base) = (0, 0);
        for g in 0..n_groups {
            let (base, hidden) = table.bases[g];
            residual.between(unclear, residual.group(g), without[g], (0, usize::MAX));
            let flow = flows[g] + without[g];
            if hidden {
                residual.between(residual.group(g), rest, flow, (0, usize::MAX));
                rest_flow += flow;
                rest_base += base;
            } else {
                residual.between(residual.group(g), HUB, flow, (base, usize::MAX));
            }
        }
        residual.between(rest, HUB, rest_flow, (rest_base, usize::MAX));
        if table.unclear.1 {
            residual.between(HUB, unclear, table.unclear.0, small_limits(table.unclear.0));
        }
        residual
    }

    fn group(&self, g: usize) -> usize {
        1 + self.n_themes + g
    }

    fn between(&mut self, from: usize, to: usize, flow: usize, (least, most): (usize, usize)) {
        if flow < most {
            self.arcs[from].push(to);
        }
        if flow > least {
            self.arcs[to].push(from);
        }
    }

    /// Whether the cell could be larger or smaller.
    pub(super) fn cell_can_vary(&self, theme: usize, group: usize) -> bool {
        let (t, g) = (1 + theme, self.group(group));
        (self.has_arc(t, g) && self.reaches(g, t)) || (self.has_arc(g, t) && self.reaches(t, g))
    }

    /// Whether a hidden theme's respondents could be `(more, fewer)`.
    pub(super) fn total_can_vary(&self, theme: usize) -> (bool, bool) {
        let t = 1 + theme;
        (self.has_arc(HUB, t) && self.reaches(t, HUB), self.has_arc(t, HUB) && self.reaches(HUB, t))
    }

    fn has_arc(&self, from: usize, to: usize) -> bool {
        self.arcs[from].contains(&to)
    }

    /// Whether `to` can be reached without the arc that joins the two directly.
    fn reaches(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.arcs.len()];
        let mut open = vec![from];
        seen[from] = true;
        while let Some(node) = open.pop() {
            for &next in &self.arcs[node] {
                if node == from && next == to {
                    continue;
                }
                if next == to {
                    return true;
                }
                if !std::mem::replace(&mut seen[next], true) {
                    open.push(next);
                }
            }
        }
        false
    }
}

/// What a reader takes a hidden count to lie in: a small count, or anything if it was hidden to protect another.
fn small_limits(value: usize) -> (usize, usize) {
    if (1..=SMALL).contains(&value) { (1, SMALL) } else { (0, usize::MAX) }
}

/// Some way to share out the respondents without a clear theme over the groups that fits every base.
fn spread_unclear(table: &Table, flows: &[usize]) -> Vec<usize> {
    let mut left = table.unclear.0;
    let mut without: Vec<usize> = flows
        .iter()
        .zip(&table.bases)
        .map(|(flow, (base, _))| {
            let here = base.saturating_sub(*flow).min(left);
            left -= here;
            here
        })
        .collect();
    if let Some(first) = without.first_mut() {
        *first += left;
    }
    without
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(counts: [[usize; 3]; 3], hidden: [[bool; 3]; 3], bases: [usize; 3], unclear: usize) -> Table {
        Table {
            totals: counts.iter().map(|row| (row.iter().sum(), false)).collect(),
            counts: counts.iter().map(|row| row.to_vec()).collect(),
            hidden: hidden.iter().map(|row| row.to_vec()).collect(),
            bases: bases.iter().map(|b| (*b, false)).collect(),
            unclear: (unclear, false),
        }
    }

    #[test]
    fn two_cells_of_a_row_are_given_back_by_their_columns_where_nobody_names_two_themes() {
        let counts = [[3, 9, 20], [10, 10, 10], [10, 10, 10]];
        let mut hidden = [[false; 3]; 3];
        hidden[0] = [true, true, false];
        let tight = [23, 29, 40];
        assert!(!Residual::new(&table(counts, hidden, tight, 0)).cell_can_vary(0, 0));
        assert!(
            Residual::new(&table(counts, hidden, [20, 26, 37], 0)).cell_can_vary(0, 0),
            "some name two themes"
        );
        hidden[1] = [true, true, false];
        assert!(
            Residual::new(&table(counts, hidden, tight, 0)).cell_can_vary(0, 0),
            "a square of four protects"
        );
    }
}
