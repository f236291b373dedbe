//! Where personal details stand in an answer.
//!
//! Masks are spans of the untouched answer; nothing is rewritten here. The text is first [`fold`]ed, so that odd spaces,
//! full-width digits and invisible characters hide nothing, then each recogniser adds what it finds, and overlapping
//! finds become one mask of the more certain kind. What is recognised, how well, and what is not: `docs/privacy.md`.

mod address;
mod birth;
mod email;
mod find;
mod fold;
mod ids;
mod link;
mod names;
mod ni_number;
mod numbers;
mod phone;
mod postcode;
mod registration;
mod series;
mod terms;
#[cfg(test)]
mod tests;

use crate::types::{Mask, MaskKind, Span};
use find::Found;
use fold::{Folded, MARK};
use terms::Terms;

/// Passes over one text. Ordinary answers need one that finds nothing new; the limit is for those made to need many.
const MOST_PASSES: usize = 6;

/// What is never and what is always masked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RedactParams {
    /// Names that are never masked (organisations), beside a built-in list. In any case; whole words.
    pub allow: Vec<String>,
    /// Terms that are always masked, as [`MaskKind::Denied`]. In any case; whole words.
    pub deny: Vec<String>,
}

/// Finds personal details. Made once, used for every answer, from several threads.
#[derive(Debug)]
pub struct Redactor {
    allow: Terms,
    deny: Terms,
}

impl Redactor {
    /// A redactor with the UK rules and these lists.
    pub fn new(params: &RedactParams) -> Self {
        let organisations = names::ORGANISATIONS.iter().map(|name| (*name).to_owned());
        Self {
            allow: Terms::new(organisations.chain(params.allow.iter().cloned())),
            deny: Terms::new(params.deny.iter().cloned()),
        }
    }

    /// The personal details of `text`, sorted, not overlapping.
    ///
    /// A term of the deny-list is masked even where the allow-list names it. Marks of an earlier masking (`[name]`) are
    /// left alone, so that masking masked text changes nothing.
    pub fn find_masks(&self, text: &str) -> Vec<Mask> {
        let mut folded = Folded::new(text);
        let mut all = Vec::new();
        // What was glued to a detail shows itself once that is gone ("nhs.ukhttps://…"), so the rest is looked through again.
        for _ in 0..MOST_PASSES {
            let found = self.find_in(&folded.text);
            if found.is_empty() {
                break;
            }
            all.extend(found.iter().map(|detail| {
                let span = folded.original(detail.start, detail.end);
                Found { start: span.start, end: span.end, kind: detail.kind.clone() }
            }));
            folded = folded.without(&found);
        }
        merge(all)
            .into_iter()
            .map(|detail| Mask { span: Span::new(detail.start, detail.end), kind: detail.kind })
            .filter(|mask| !mask.span.is_empty())
            .collect()
    }

    /// One pass over a folded text: details sorted, not overlapping, each with something to hide.
    fn find_in(&self, text: &str) -> Vec<Found> {
        let mut found = Vec::new();
        find_details(text, &mut found);
        found.append(&mut series::find(text, &merge(found.clone())));
        let allowed = if found.is_empty() { Vec::new() } else { self.allow.find(text) };
        found.retain(|detail| {
            // The last that begins no later is the only one that can hold it.
            let last = allowed.partition_point(|(start, _)| *start <= detail.start).checked_sub(1);
            last.is_none_or(|last| detail.end > allowed[last].1)
        });
        let denied = self.deny.find(text);
        found.extend(denied.into_iter().map(|(start, end)| Found { start, end, kind: MaskKind::Denied }));
        let mut found = merge(found);
        found.retain(|detail| {
            text.get(detail.start..detail.end).is_some_and(|shown| shown.contains(|c| c != MARK))
        });
        found
    }
}

/// All recognisers, each behind the cheapest sign that it could find something.
fn find_details(text: &str, found: &mut Vec<Found>) {
    email::find(text, found);
    link::find(text, found);
    if text.bytes().any(|b| b.is_ascii_digit()) {
        numbers::find(text, found);
        phone::find(text, found);
        ni_number::find(text, found);
        postcode::find(text, found);
        birth::find(text, found);
        registration::find(text, found);
    }
    address::find(text, found);
    names::find(text, found);
    birth::find_behind_names(text, found);
}

/// One mask for details that overlap, of the more certain kind, over all of them: no part is left to be read.
fn merge(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| (a.start, b.end).cmp(&(b.start, a.end)));
    let mut merged: Vec<Found> = Vec::with_capacity(found.len());
    for detail in found {
        match merged.last_mut().filter(|last| detail.start < last.end) {
            Some(last) => {
                last.end = last.end.max(detail.end);
                if certainty(&detail.kind) > certainty(&last.kind) {
                    last.kind = detail.kind;
                }
            }
            None => merged.push(detail),
        }
    }
    merged
}

/// Which kind is right where two rules claim the same text.
fn certainty(kind: &MaskKind) -> u8 {
    match kind {
        MaskKind::Denied => 12,
        MaskKind::Email => 11,
        MaskKind::Link => 10,
        MaskKind::DateOfBirth => 9,
        MaskKind::Card => 8,
        MaskKind::NiNumber => 7,
        MaskKind::NhsNumber => 6,
        MaskKind::Registration => 5,
        MaskKind::Phone => 4,
        MaskKind::Address => 3,
        MaskKind::Postcode(_) => 2,
        MaskKind::Handle => 1,
        MaskKind::Name => 0,
    }
}
