//! One heading per group, no two alike.

use super::index::Index;
use super::score::{Candidate, Groups};
use super::tokens::{content_stems, tokens};
use std::collections::BTreeSet;

/// A stem in at least this share of all texts is generic if no group does without it.
const GENERIC_SHARE: f64 = 0.1;
/// Share of groups that must use a generic stem, at half its overall rate or more.
const GENERIC_GROUPS: f64 = 0.8;
/// Share of a part of a theme that a name of one word covers.
const ONE_WORD_COVERAGE: f64 = 0.2;

/// A heading and the phrases it is made of.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Name {
    /// In sentence case.
    pub(super) text: String,
    /// Stems of each phrase.
    pub(super) phrases: Vec<Vec<String>>,
    /// Share of the group's weight whose texts hold one of them, 0 to 1.
    pub(super) coverage: f64,
}

impl Name {
    /// Whether it tells what a part of a theme is about: more than one word, or one that a good part of the texts hold.
    pub(super) fn is_telling(&self) -> bool {
        !self.phrases.is_empty() && (self.text.contains(' ') || self.coverage >= ONE_WORD_COVERAGE)
    }
}

/// Stems that name nothing alone: those of the survey's title and the question's wording, and those that every group uses.
pub(super) fn generic_stems(asked: &[&str], index: &Index, groups: &Groups) -> BTreeSet<String> {
    let sizes = groups.sizes();
    let total: f64 = sizes.iter().sum();
    let is_everywhere = |texts: &Vec<usize>| {
        let uses = groups.weigh(texts);
        let rate = uses.iter().sum::<f64>() / total;
        let using = (0..sizes.len()).filter(|&g| uses[g] >= rate * sizes[g] / 2.0).count();
        rate >= GENERIC_SHARE && sizes.len() > 2 && using as f64 >= GENERIC_GROUPS * sizes.len() as f64
    };
    let everywhere =
        index.stems.iter().filter(|(_, texts)| is_everywhere(texts)).map(|(stem, _)| stem.clone());
    let asked = asked.iter().flat_map(|text| content_stems(&tokens(text)));
    everywhere.chain(asked).collect()
}

/// A name for each group, none of them in `taken`, to which they are added.
///
/// The group with the strongest claim to a name gets it. Only a group without any content word is called "Other comments".
pub(super) fn choose_names(
    candidates: &[Vec<Candidate>],
    generic: &BTreeSet<String>,
    taken: &mut BTreeSet<String>,
) -> Vec<Name> {
    let mut names = vec![Name::default(); candidates.len()];
    for accepts_generic in [false, true] {
        let fits = |c: &Candidate| accepts_generic || !c.stems.iter().all(|stem| generic.contains(stem));
        let mut claims: Vec<(usize, usize)> = Vec::new();
        for (group, candidates) in candidates.iter().enumerate() {
            claims.extend(
                (0..candidates.len()).filter(|&rank| fits(&candidates[rank])).map(|rank| (group, rank)),
            );
        }
        claims
            .sort_by(|a, b| candidates[b.0][b.1].score.total_cmp(&candidates[a.0][a.1].score).then(a.cmp(b)));
        for (group, rank) in claims {
            let candidate = &candidates[group][rank];
            if names[group].text.is_empty() && taken.insert(key(&candidate.stems)) {
                names[group] = Name {
                    text: candidate.name.clone(),
                    phrases: candidate.phrases(),
                    coverage: candidate.coverage,
                };
            }
        }
    }
    for name in names.iter_mut().filter(|name| name.text.is_empty()) {
        *name = other_comments(taken);
    }
    names
}

/// The same stems in any order are the same name.
fn key(stems: &[String]) -> String {
    let distinct: BTreeSet<&str> = stems.iter().map(String::as_str).collect();
    distinct.into_iter().collect::<Vec<_>>().join(" ")
}

fn other_comments(taken: &mut BTreeSet<String>) -> Name {
    let numbered = |number| match number {
        1 => "Other comments".to_string(),
        _ => format!("Other comments {number}"),
    };
    let mut number = 1;
    while !taken.insert(numbered(number)) {
        number += 1;
    }
    Name { text: numbered(number), phrases: Vec::new(), coverage: 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_not_named_by_one_word_that_few_wrote_nor_by_what_is_left() {
        let name = |text: &str, coverage| Name {
            text: text.into(),
            phrases: vec![vec![text.to_lowercase()]],
            coverage,
        };
        assert!(name("Autonomy", 0.49).is_telling());
        assert!(!name("Baby", 0.06).is_telling());
        assert!(name("Permanent contracts", 0.06).is_telling());
        assert!(!other_comments(&mut BTreeSet::new()).is_telling());
    }
}
