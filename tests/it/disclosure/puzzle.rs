//! Unknown whole numbers under linear constraints, and the search for another solution than the true one.

use std::collections::BTreeMap;

/// A number of a [`Puzzle`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Number(usize);

#[derive(Debug, Clone)]
struct Unknown {
    name: String,
    truth: i64,
    least: i64,
    most: i64,
}

/// Terms add up to a value between two bounds.
#[derive(Debug, Clone)]
struct Rule {
    name: String,
    terms: Vec<(Number, i64)>,
    least: i64,
    most: i64,
}

/// What a reader knows: numbers in their ranges, and rules between them.
#[derive(Debug, Default)]
pub(super) struct Puzzle {
    numbers: Vec<Unknown>,
    by_name: BTreeMap<String, Number>,
    rules: Vec<Rule>,
}

/// Any value that a rule leaves open.
pub(super) const OPEN: i64 = i64::MAX / 4;

impl Puzzle {
    /// A number with its true value, which the reader knows to lie in a range.
    pub(super) fn number(&mut self, name: String, truth: i64, (least, most): (i64, i64)) -> Number {
        assert!(least <= truth && truth <= most, "{name}: {truth} is not from {least} to {most}");
        let number = Number(self.numbers.len());
        assert!(self.by_name.insert(name.clone(), number).is_none(), "{name} stands twice");
        self.numbers.push(Unknown { name, truth, least, most });
        number
    }

    pub(super) fn named(&self, name: &str) -> Option<Number> {
        self.by_name.get(name).copied()
    }

    /// The terms add up to something from `least` to `most`.
    pub(super) fn rule(&mut self, name: String, terms: Vec<(Number, i64)>, (least, most): (i64, i64)) {
        let sum = terms.iter().map(|(number, factor)| factor * self.numbers[number.0].truth).sum::<i64>();
        assert!(least <= sum && sum <= most, "the rule {name} does not fit the truth: {sum}");
        self.rules.push(Rule { name, terms, least, most });
    }

    /// Whether a value beside the true one fits everything that the reader knows. A solution is always a true one; where the
    /// search finds none, there may be one yet.
    pub(super) fn can_differ(&self, number: Number) -> bool {
        let by_number = self.rules_of_numbers();
        DEPTHS.into_iter().any(|depth| {
            [1, -1].into_iter().any(|step| {
                let mut search = Search {
                    puzzle: self,
                    by_number: &by_number,
                    values: self.numbers.iter().map(|number| number.truth).collect(),
                    sums: self.rules.iter().map(|rule| self.sum(rule)).collect(),
                    left: MOST_STEPS,
                };
                search.may_change(number, step) && search.change_and_mend(number, step, depth - 1)
            })
        })
    }

    /// The name of a number, for messages.
    pub(super) fn name(&self, number: Number) -> &str {
        &self.numbers[number.0].name
    }

    /// The rules with a number, for messages.
    pub(super) fn rules_with(&self, number: Number) -> Vec<&str> {
        let rules = self.rules.iter();
        rules.filter(|r| r.terms.iter().any(|(n, _)| *n == number)).map(|r| r.name.as_str()).collect()
    }

    fn sum(&self, rule: &Rule) -> i64 {
        rule.terms.iter().map(|(number, factor)| factor * self.numbers[number.0].truth).sum()
    }

    fn rules_of_numbers(&self) -> Vec<Vec<(usize, i64)>> {
        let mut by_number = vec![Vec::new(); self.numbers.len()];
        for (i, rule) in self.rules.iter().enumerate() {
            for (number, factor) in &rule.terms {
                by_number[number.0].push((i, *factor));
            }
        }
        by_number
    }
}

/// Numbers changed at most, each by one: few first, since few are often enough.
const DEPTHS: [usize; 6] = [2, 4, 6, 9, 14, 24];
/// Changes tried at most at each depth, before a search gives up and the number counts as given back.
const MOST_STEPS: usize = 50_000;

/// Mends one broken rule after the other by changing one more number by one.
struct Search<'a> {
    puzzle: &'a Puzzle,
    by_number: &'a [Vec<(usize, i64)>],
    values: Vec<i64>,
    sums: Vec<i64>,
    left: usize,
}

impl Search<'_> {
    /// Within the range, and not back: a number moves away from the truth only.
    fn may_change(&self, number: Number, step: i64) -> bool {
        let unknown = &self.puzzle.numbers[number.0];
        let value = self.values[number.0];
        (unknown.least..=unknown.most).contains(&(value + step)) && (value - unknown.truth) * step >= 0
    }

    fn change(&mut self, number: Number, step: i64) {
        self.values[number.0] += step;
        for &(rule, factor) in &self.by_number[number.0] {
            self.sums[rule] += factor * step;
        }
    }

    fn change_and_mend(&mut self, number: Number, step: i64, depth: usize) -> bool {
        self.change(number, step);
        if self.mend(depth) {
            return true;
        }
        self.change(number, -step);
        false
    }

    /// Whether all rules can be kept with at most `depth` further changes.
    fn mend(&mut self, depth: usize) -> bool {
        let off = |(rule, sum): (&Rule, &i64)| (rule.least - sum).max(0) - (sum - rule.most).max(0);
        let rules = &self.puzzle.rules;
        let broken: Vec<(usize, i64)> = rules
            .iter()
            .zip(&self.sums)
            .enumerate()
            .map(|(i, pair)| (i, off(pair)))
            .filter(|(_, off)| *off != 0)
            .collect();
        // The rule with the fewest numbers leaves the fewest choices.
        let Some(&(rule, missing)) = broken.iter().min_by_key(|(i, _)| rules[*i].terms.len()) else {
            return true;
        };
        if depth == 0 || self.left == 0 {
            return false;
        }
        for (number, factor) in &rules[rule].terms {
            let step = missing.signum() * factor.signum();
            if self.may_change(*number, step) {
                self.left = self.left.saturating_sub(1);
                if self.change_and_mend(*number, step, depth - 1) {
                    return true;
                }
            }
        }
        false
    }
}

#[test]
fn a_cell_beside_its_total_is_given_back_and_two_cells_protect_each_other() {
    let mut puzzle = Puzzle::default();
    let total = puzzle.number("total".into(), 20, (20, 20));
    let shown = puzzle.number("shown".into(), 12, (12, 12));
    let hidden = puzzle.number("hidden".into(), 3, (0, 20));
    let second = puzzle.number("second".into(), 5, (5, 5));
    puzzle.rule("sum".into(), vec![(shown, 1), (hidden, 1), (second, 1), (total, -1)], (0, 0));
    assert!(!puzzle.can_differ(hidden));

    let mut puzzle = Puzzle::default();
    let cells: Vec<Number> =
        [3, 5, 4, 8].iter().enumerate().map(|(i, n)| puzzle.number(format!("{i}"), *n, (0, 20))).collect();
    for (name, a, b, sum) in
        [("row", 0, 1, 8), ("row 2", 2, 3, 12), ("column", 0, 2, 7), ("column 2", 1, 3, 13)]
    {
        puzzle.rule(name.into(), vec![(cells[a], 1), (cells[b], 1)], (sum, sum));
    }
    assert!(puzzle.can_differ(cells[0]), "a square of four");
    puzzle.rule("one of them".into(), vec![(cells[3], 1)], (8, 8));
    assert!(!puzzle.can_differ(cells[0]));
}
