//! Themes that judge the same thing, brought together.
//!
//! "Lovely staff", "friendly staff" and "professional staff" are apart for a sentence model, each is said by many, and no measure of how
//! groups stand apart joins them. A reader does: all three praise the staff. So of groups in which most texts judge, those that judge the same
//! things are one theme, and the judgements are its parts.

use crate::grammar::tokens::{Token, stem, tokens};
use crate::grammar::words::{is_adverb, is_denial, is_judgement};
use std::collections::{BTreeMap, BTreeSet};

/// Share of a group's texts that must judge.
const MOST: f64 = 0.5;
/// Cosine of what two groups judge from which they are one.
const SAME: f64 = 0.65;

/// Which texts judge, and what texts are about.
pub(super) struct Judgements {
    judges: Vec<bool>,
    /// Per text, its [`matters`] by number.
    matters: Vec<Vec<usize>>,
    /// Per matter, the square root of the natural logarithm of the inverse share of texts with it: a rare matter says more, but the
    /// staff, whom a third may name, must count.
    rarity: Vec<f64>,
    /// Groups that are left at least.
    least: usize,
}

impl Judgements {
    /// Reads them from texts, of which at least `least` groups are to be left.
    pub(super) fn of<'a>(texts: impl Iterator<Item = &'a str>, least: usize) -> Self {
        let read: Vec<(bool, BTreeSet<String>)> = texts
            .map(|text| {
                let tokens = tokens(text);
                let judges = judges(&tokens);
                (judges, matters(&tokens, judges))
            })
            .collect();
        let vocabulary: BTreeSet<&String> = read.iter().flat_map(|(_, matters)| matters).collect();
        let number: BTreeMap<&String, usize> =
            vocabulary.into_iter().enumerate().map(|(i, matter)| (matter, i)).collect();
        let mut holding = vec![0_usize; number.len()];
        let matters = read.iter().map(|(_, matters)| matters.iter().map(|matter| number[matter]).collect());
        let matters: Vec<Vec<usize>> = matters.collect();
        for &matter in matters.iter().flatten() {
            holding[matter] += 1;
        }
        let rarity = holding.iter().map(|&n| (read.len() as f64 / n as f64).ln().sqrt()).collect();
        Self { judges: read.iter().map(|(judges, _)| *judges).collect(), matters, rarity, least }
    }

    /// Joins those of the `n` groups that judge the same, the most alike first. `partition` holds the group of each of `texts`. The
    /// groups that come of it are numbered by their first text; the second is how many there are.
    pub(super) fn join(&self, texts: &[usize], partition: &[usize], n: usize) -> (Vec<usize>, usize) {
        let mut groups = self.judging(texts, partition, n);
        let mut joined: Vec<usize> = (0..n).collect();
        for _ in self.least..n {
            let Some((kept, gone)) = most_alike(&groups) else { break };
            for (matter, weight) in groups.remove(&gone).unwrap_or_default() {
                *groups.entry(kept).or_default().entry(matter).or_default() += weight;
            }
            joined.iter_mut().filter(|group| **group == gone).for_each(|group| *group = kept);
        }
        let mut numbers = BTreeMap::new();
        let numbered = partition.iter().map(|&group| {
            let next = numbers.len();
            *numbers.entry(joined[group]).or_insert(next)
        });
        (numbered.collect(), numbers.len())
    }

    /// The groups in which most texts judge, each with how much it is about each matter.
    fn judging(
        &self,
        texts: &[usize],
        partition: &[usize],
        n: usize,
    ) -> BTreeMap<usize, BTreeMap<usize, f64>> {
        let mut sizes = vec![(0_usize, 0_usize); n];
        for (&text, &group) in texts.iter().zip(partition) {
            sizes[group].0 += usize::from(self.judges[text]);
            sizes[group].1 += 1;
        }
        let mut groups: BTreeMap<usize, BTreeMap<usize, f64>> = BTreeMap::new();
        for (&text, &group) in texts.iter().zip(partition) {
            let (judging, size) = sizes[group];
            if judging as f64 >= MOST * size as f64 {
                let about = groups.entry(group).or_default();
                self.matters[text].iter().for_each(|&m| *about.entry(m).or_default() += self.rarity[m]);
            }
        }
        groups
    }
}

/// The two groups that are most alike, if they are the same; ties go to the first.
fn most_alike(groups: &BTreeMap<usize, BTreeMap<usize, f64>>) -> Option<(usize, usize)> {
    let pairs = groups.iter().flat_map(|a| groups.range(a.0 + 1..).map(move |b| (a, b)));
    let alike = pairs.map(|(a, b)| (cosine(a.1, b.1), (*a.0, *b.0))).filter(|(cosine, _)| *cosine >= SAME);
    alike.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1))).map(|(_, pair)| pair)
}

fn cosine(a: &BTreeMap<usize, f64>, b: &BTreeMap<usize, f64>) -> f64 {
    let length =
        |about: &BTreeMap<usize, f64>| about.values().map(|weight| weight * weight).sum::<f64>().sqrt();
    let both: f64 = a.iter().filter_map(|(matter, weight)| Some(weight * b.get(matter)?)).sum();
    both / (length(a) * length(b)).max(f64::MIN_POSITIVE)
}

/// Whether a text says how good or bad something was, and denies nothing: "nothing could be better" says neither.
fn judges(tokens: &[Token]) -> bool {
    let holds = |is: fn(&str) -> bool| tokens.iter().any(|token| is(&token.lower));
    holds(is_judgement) && !holds(is_denial)
}

/// Stems of the content words beside judgements and adverbs. Texts that judge and name nothing are about one and the same, the whole.
fn matters(tokens: &[Token], judges: bool) -> BTreeSet<String> {
    let is_matter =
        |token: &&Token| token.is_content() && !is_judgement(&token.lower) && !is_adverb(&token.lower);
    let mut found: BTreeSet<String> =
        tokens.iter().filter(is_matter).map(|token| stem(&token.lower)).collect();
    if judges && found.is_empty() {
        found.insert(String::new());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(texts: &[&str], partition: &[usize]) -> (Vec<usize>, usize) {
        let rows: Vec<usize> = (0..texts.len()).collect();
        let n = partition.iter().max().unwrap() + 1;
        Judgements::of(texts.iter().copied(), 2).join(&rows, partition, n)
    }

    #[test]
    fn groups_that_judge_the_same_thing_are_one() {
        let texts = [
            "lovely staff",
            "the staff were lovely",
            "good food",
            "great meals",
            "friendly staff",
            "staff very kind",
        ];
        assert_eq!(joined(&texts, &[0, 0, 1, 1, 2, 2]), (vec![0, 0, 1, 1, 0, 0], 2));
    }

    #[test]
    fn praise_of_everything_is_one_whatever_the_word_and_a_denial_is_no_praise() {
        let texts = [
            "amazing",
            "great",
            "good",
            "very nice",
            "nothing could be better",
            "no better",
            "long wait",
            "waits",
        ];
        assert_eq!(joined(&texts, &[0, 0, 1, 1, 2, 2, 3, 3]), (vec![0, 0, 0, 0, 1, 1, 2, 2], 3));
    }

    #[test]
    fn groups_of_one_matter_that_do_not_judge_stay_apart() {
        let texts = ["new card", "order a card", "physical card", "card for travel", "the rain", "sun"];
        assert_eq!(joined(&texts, &[0, 0, 1, 1, 2, 2]), (vec![0, 0, 1, 1, 2, 2], 3));
    }

    #[test]
    fn as_many_groups_are_left_as_there_must_be() {
        let texts = ["lovely staff", "friendly staff", "kind staff", "nice staff", "rain"];
        assert_eq!(joined(&texts, &[0, 1, 2, 3, 4]).1, 2);
        let judgements = Judgements::of(texts.into_iter(), 4);
        assert_eq!(judgements.join(&[0, 1, 2, 3, 4], &[0, 1, 2, 3, 4], 5).1, 4);
    }

    #[test]
    fn what_is_alike_is_asked_of_the_texts_that_were_drawn() {
        let judgements = Judgements::of(["lovely staff", "rain", "friendly staff", "sun"].into_iter(), 1);
        assert_eq!(judgements.join(&[0, 2, 3], &[0, 1, 2], 3), (vec![0, 0, 1], 2));
        assert_eq!(judgements.join(&[1, 3], &[0, 1], 2), (vec![0, 1], 2));
    }
}
