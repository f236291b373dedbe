//! Respondents' ids that say who somebody is.

use crate::read::ReadOutcome;
use crate::redact::Redactor;
use crate::types::Respondent;
use std::collections::{BTreeMap, BTreeSet};

/// Puts the row in the place of ids that are personal details, as is done with e-mail addresses, and says so. Numbers only where nine of
/// ten ids of the same form are: one of eleven numbers of ten digits happens to be a valid NHS number. Where more than half of the ids
/// of a form are words that are personal or names, all are: the two that stand in no list would be left to be read.
pub(super) fn replace_personal_ids(outcome: &mut ReadOutcome, redactor: &Redactor) {
    let respondents = &mut outcome.survey.respondents;
    let given = (0..respondents.len()).filter(|&i| respondents[i].id != respondents[i].row_id());
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for i in given {
        let id = as_written(&respondents[i].id);
        let form = forms.entry(form_of(id)).or_default();
        form.all.push(i);
        if redactor.is_personal(id) {
            form.personal.push(i);
        }
        form.named += usize::from(redactor.may_be_name(id));
    }
    let personal: Vec<usize> = forms.into_iter().flat_map(|(form, found)| found.replaced(&form)).collect();
    if personal.is_empty() {
        return;
    }
    let mut taken: BTreeSet<String> = respondents.iter().map(|respondent| respondent.id.clone()).collect();
    for &i in &personal {
        let respondent = &mut respondents[i];
        respondent.id = free_id(respondent, &taken);
        taken.insert(respondent.id.clone());
    }
    respondents.sort_by(|a, b| a.id.cmp(&b.id));
    outcome.warnings.push(format!(
        "For {} of {} respondents the id is a personal detail, such as a number of the NHS, a telephone number or a name; the row stands in \
         its place, such as `row-2`. Name another column with `--id`, or `respondent_id` in the survey file",
        personal.len(),
        respondents.len()
    ));
}

/// Ids of one form: indices of respondents.
#[derive(Default)]
struct Form {
    all: Vec<usize>,
    /// Those whose id is a personal detail.
    personal: Vec<usize>,
    /// How many are called as a person may be.
    named: usize,
}

impl Form {
    fn replaced(self, form: &str) -> Vec<usize> {
        let (all, personal) = (self.all.len(), self.personal.len());
        let has_digits = form.contains('0');
        if self.named * 2 > all || !has_digits && personal * 2 > all {
            self.all
        } else if !has_digits || personal * 10 >= all * 9 {
            self.personal
        } else {
            Vec::new()
        }
    }
}

/// The id with `0` for each digit and `A` for each run of letters.
fn form_of(id: &str) -> String {
    let mut form = String::new();
    for c in id.chars() {
        match c {
            c if c.is_ascii_digit() => form.push('0'),
            c if !c.is_alphabetic() => form.push(c),
            _ if form.ends_with('A') => {}
            _ => form.push('A'),
        }
    }
    form
}

/// The id without what tells repeated ones apart: "Sarah Thompson-2".
fn as_written(id: &str) -> &str {
    match id.rsplit_once('-') {
        Some((written, number)) if number.len() < 5 && number.bytes().all(|b| b.is_ascii_digit()) => {
            // "943-476-5919" ends in digits of its own.
            if written.contains('-') { id } else { written }
        }
        _ => id,
    }
}

fn free_id(respondent: &Respondent, taken: &BTreeSet<String>) -> String {
    let id = respondent.row_id();
    let others = (2..).map(|n| format!("{id}-{n}"));
    std::iter::once(id.clone()).chain(others).find(|id| !taken.contains(id)).unwrap_or(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::RedactParams;

    fn replaced(ids: &[&str]) -> (Vec<String>, usize) {
        let mut outcome = ReadOutcome::default();
        let respondents = ids.iter().enumerate();
        outcome.survey.respondents = respondents
            .map(|(i, id)| Respondent {
                id: (*id).to_owned(),
                row: i + 2,
                groups: Vec::new(),
                may_be_quoted: true,
                weight: 1.0,
                answers: Vec::new(),
            })
            .collect();
        replace_personal_ids(&mut outcome, &Redactor::new(&RedactParams::default()));
        let ids = outcome.survey.respondents.into_iter().map(|respondent| respondent.id).collect();
        (ids, outcome.warnings.len())
    }

    #[test]
    fn ids_of_a_column_of_personal_details_are_replaced_with_a_warning() {
        for ids in [
            ["9434765919", "9434765919-2", "9990000018", "943 476 5919", "401 023 2137"],
            ["AB123456C", "CE102030A", "JK112233B", "PW998877D", "SX123123A"],
            ["Sarah Thompson", "Raj Patel", "Grace Hall", "Mark Young", "Sarah Thompson-2"],
            ["07700900123", "07700900124", "07700900125", "+447700900126", "07700 900127"],
            ["Sarah Thompson", "Raj Patel", "Dafydd Llewellyn", "Mark Young", "Xin Li"],
            ["Sarah", "Raj", "Zqdele", "Mark", "Bev"],
            ["Kath.Dunn10", "Raj.Patel11", "Bev.Zqright12", "Ava.Johnson13", "Tom.Hollins14"],
            [
                "Sarah O'Brien <s.obrien@nhs.net>",
                "r.p@nhs.net (work)",
                "x <x@nhs.net>",
                "a@nhs.net; b@nhs.net",
                "c@nhs.net",
            ],
        ] {
            let (new, warnings) = replaced(&ids);
            assert_eq!(new, ["row-2", "row-3", "row-4", "row-5", "row-6"]);
            assert_eq!(warnings, 1);
        }
    }

    #[test]
    fn ids_of_other_columns_stay_though_some_happen_to_be_valid() {
        for ids in [
            ["9434765919", "9434765918", "9434765917", "9990000018", "9434765910"],
            ["1234567890", "1234567891", "1234567892", "1234567893", "1234567894"],
            ["AB123456C", "AB123456F", "AB123456X", "AB123456Y", "AB123456Z"],
        ] {
            assert_eq!(replaced(&ids), (ids.map(str::to_owned).to_vec(), 0));
        }
    }

    #[test]
    fn a_personal_id_among_others_of_another_form_is_replaced() {
        let (new, warnings) =
            replaced(&["Sarah Thompson", "r2", "9434765919", "North West", "+447700900126"]);
        assert_eq!(new, ["North West", "r2", "row-2", "row-4", "row-6"]);
        assert_eq!(warnings, 1);
    }
}
