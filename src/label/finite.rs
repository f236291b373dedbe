//! Whether words make a sentence: one with a verb of its own.

use super::objects::is_determiner;
use super::tokens::{Class, Token};
use super::words;

/// Whether a verb with a subject stands before the first relative clause: an auxiliary, a known verb, or a word in `-s` between
/// another and an article ("boosts the economy").
pub(super) fn has_finite_verb(body: &[Token]) -> bool {
    let begins_with_gerund = body.first().is_some_and(|first| words::is_gerund(&first.lower));
    let mut after_to = false;
    for (i, token) in body.iter().enumerate() {
        let word = token.lower.as_str();
        if begins_clause_of_a_noun(body, i) {
            return false;
        }
        if word.contains("'re") || matches!(word, "it's" | "that's" | "there's" | "he's" | "she's") {
            return true;
        }
        let before = if i == 0 { "" } else { body[i - 1].lower.as_str() };
        after_to |= before == "to";
        // "opportunities to train and learn" has no verb of its own.
        let infinitive = before == "to"
            || (after_to && words::ANDS.contains(before) && !word.ends_with('s'))
            || matches!(word, "be" | "being" | "having" | "doing" | "been" | "done");
        // "watching people grow" has no verb of its own, "watching people helps" has.
        let known = (words::is_present_verb(word) || words::LIGHT_VERBS.contains(word))
            && (word.ends_with('s') || !begins_with_gerund);
        // "The will", "ease of use".
        let is_noun = words::ARTICLES.contains(before) || (known && words::LINKS.contains(before));
        let finite = words::AUXILIARIES.contains(word) || known || governs(body, i);
        if finite && i > 0 && !infinitive && !is_noun {
            return true;
        }
    }
    false
}

/// Whether a clause begins at `i` by which what stands before it is told, so that its verb is not the sentence's.
fn begins_clause_of_a_noun(body: &[Token], i: usize) -> bool {
    let next = body.get(i + 1);
    match body[i].lower.as_str() {
        "those" => true,
        // "The way the clinic was run", "the way they handle it".
        "way" => {
            let is_subject = |next: &Token| words::SUBJECTS.contains(next.lower.as_str());
            next.is_some_and(|next| is_determiner(next) || is_subject(next))
        }
        // "Less contact now covid is over".
        "now" => next.is_some_and(|next| next.class == Class::Content && !words::is_verb(&next.lower)),
        word if words::RELATIVES.contains(word) => true,
        _ => i > 0 && body[i - 1].is_content() && (is_of_somebody(body, i) || is_of_something(body, i)),
    }
}

/// "The change he will bring", "proving they could attack".
fn is_of_somebody(body: &[Token], i: usize) -> bool {
    let first = &body[0];
    matches!(body[i].lower.split('\'').next(), Some("he" | "she" | "they" | "it"))
        && ((i > 1 && (first.class == Class::Article || first.lower == "every"))
            || (i == 1 && words::is_gerund(&first.lower)))
}

/// "The last time the app was used", but not "reception answer the phone and are kind".
fn is_of_something(body: &[Token], i: usize) -> bool {
    let behind = || body[i + 1..].iter().find(|token| !token.is_content());
    body[i].class == Class::Article
        && !words::is_gerund(&body[0].lower)
        && !words::is_verb(&body[i - 1].lower)
        && behind().is_some_and(|token| words::AUXILIARIES.contains(token.lower.as_str()))
}

fn governs(body: &[Token], i: usize) -> bool {
    let word = body[i].lower.as_str();
    i > 0
        && body[i].class == Class::Content
        && body[i - 1].is_content()
        && word.ends_with('s')
        && !word.ends_with("ss")
        && body.get(i + 1).is_some_and(is_determiner)
}
