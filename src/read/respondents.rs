use super::count_of;
use crate::files;
use crate::types::{Answer, Respondent};
use sha2::{Digest, Sha256};
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Everyone of a survey under construction.
#[derive(Debug, Default)]
pub(super) struct Respondents {
    people: Vec<Respondent>,
    digests: Vec<[u8; 32]>,
    blank_ids: usize,
}

/// What [`Respondents::finish`] found out about ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IdReport {
    /// Respondents whose id was blank.
    pub(super) blank: usize,
    /// Respondents whose id was taken already.
    pub(super) repeated: usize,
}

impl IdReport {
    /// What the user ought to know.
    pub(super) fn warnings(self) -> impl Iterator<Item = String> {
        let respondents = |n| count_of(n, "respondent");
        let blank = (self.blank > 0).then(|| {
            format!(
                "For {} the id is blank; the row stands in its place, such as `row-2`",
                respondents(self.blank)
            )
        });
        let repeated = (self.repeated > 0).then(|| {
            format!(
                "For {} the id is taken by another; all are kept, with `-2`, `-3` and so on after the id; whoever answered twice counts twice, so check \
                 these rows, and take out the older ones or name another column with `--id`",
                respondents(self.repeated)
            )
        });
        blank.into_iter().chain(repeated)
    }
}

impl Respondents {
    /// Adds a respondent as read; a blank id becomes `row-N`.
    pub(super) fn push(&mut self, mut respondent: Respondent) {
        self.digests.push(digest(&respondent));
        if respondent.id.is_empty() {
            respondent.id = respondent.row_id();
            self.blank_ids += 1;
        }
        self.people.push(respondent);
    }

    pub(super) fn len(&self) -> usize {
        self.people.len()
    }

    /// Everyone sorted by id, repeated ids told apart by a suffix, and the sha256 of all rows in any order.
    pub(super) fn finish(mut self) -> (Vec<Respondent>, IdReport, String) {
        self.people.sort_unstable_by(by_content);
        self.withdraw_for_all_rows();
        let repeated = self.tell_apart();
        if repeated > 0 {
            self.people.sort_unstable_by(by_content);
        }
        self.digests.sort_unstable();
        let mut whole = Sha256::new();
        for digest in &self.digests {
            whole.update(digest);
        }
        (self.people, IdReport { blank: self.blank_ids, repeated }, files::hex(&whole.finalize()))
    }

    /// Whoever does not agree in one of several rows under one id does not agree.
    fn withdraw_for_all_rows(&mut self) {
        for rows in self.people.chunk_by_mut(|a, b| a.id == b.id) {
            let agrees = rows.iter().all(|row| row.may_be_quoted);
            for row in rows {
                row.may_be_quoted = agrees;
            }
        }
    }

    /// The first of respondents with one id keeps it; the others become `id-2`, `id-3` and so on. "First" goes by what they
    /// said, so that the order of rows does not matter.
    fn tell_apart(&mut self) -> usize {
        let same = |pair: &[Respondent]| matches!(pair, [a, b] if a.id == b.id);
        if !self.people.windows(2).any(same) {
            return 0;
        }
        let mut taken: BTreeSet<String> = self.people.iter().map(|person| person.id.clone()).collect();
        let mut repeated = 0;
        let (mut id, mut number) = (None, 1);
        for person in &mut self.people {
            if id.as_ref() != Some(&person.id) {
                (id, number) = (Some(person.id.clone()), 1);
                continue;
            }
            repeated += 1;
            let free = loop {
                number += 1;
                let candidate = format!("{}-{number}", person.id);
                if taken.insert(candidate.clone()) {
                    break candidate;
                }
            };
            person.id = free;
        }
        repeated
    }
}

fn text(answer: &Answer) -> &str {
    &answer.text
}

/// Order by id, then by everything that was said; the row decides only between respondents who are alike in all of it.
fn by_content(a: &Respondent, b: &Respondent) -> Ordering {
    a.id.cmp(&b.id)
        .then_with(|| a.answers.iter().map(text).cmp(b.answers.iter().map(text)))
        .then_with(|| a.groups.cmp(&b.groups))
        .then_with(|| a.may_be_quoted.cmp(&b.may_be_quoted))
        .then_with(|| a.weight.total_cmp(&b.weight))
        .then_with(|| a.row.cmp(&b.row))
}

/// sha256 of everything that was read of a respondent, each part with its length before it.
fn digest(person: &Respondent) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut part = |text: &str| {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    };
    part(&person.id);
    for answer in &person.answers {
        part(&answer.text);
    }
    for group in &person.groups {
        part(group.as_deref().unwrap_or_default());
    }
    part(if person.may_be_quoted { "quotable" } else { "" });
    hash.update(person.weight.to_bits().to_le_bytes());
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_does_not_agree_in_one_of_several_rows_agrees_in_none() {
        let mut respondents = Respondents::default();
        for (row, id, may_be_quoted) in [(2, "a", true), (3, "b", true), (4, "a", false)] {
            respondents.push(Respondent {
                id: id.into(),
                row,
                groups: Vec::new(),
                may_be_quoted,
                weight: 1.0,
                answers: Vec::new(),
            });
        }
        let (people, _, _) = respondents.finish();
        let agree: Vec<_> = people.iter().map(|person| (person.id.as_str(), person.may_be_quoted)).collect();
        assert_eq!(agree, [("a", false), ("a-2", false), ("b", true)]);
    }
}
