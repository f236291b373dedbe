//! Whether words make a sentence: one with a verb of its own.

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
    let (first, token) = (&body[0], &body[i]);
    let word = token.lower.as_str();
    let begins_with_gerund = words::is_gerund(&first.lower) || first.class == Class::LightGerund;
    let next = body.get(i + 1);
    // "The way the clinic was run", "the way they handle it".
    let way = word == "way"
        && next.is_some_and(|next| {
            matches!(next.class, Class::Article | Class::Pointer)
                || words::SUBJECTS.contains(next.lower.as_str())
        });
    // "Less contact now covid is over".
    let now = word == "now"
        && next.is_some_and(|next| next.class == Class::Content && !words::is_verb(&next.lower));
    // "The change he will bring", "proving they could attack".
    let of_somebody = matches!(word.split('\'').next(), Some("he" | "she" | "they" | "it"))
        && i > 0
        && body[i - 1].is_content()
        && ((i > 1 && (first.class == Class::Article || first.lower == "every"))
            || (i == 1 && begins_with_gerund));
    // "The last time the app was used", but "reception answer the phone and are kind".
    let behind = body[i + 1..].iter().find(|token| !token.is_content());
    let of_something = token.class == Class::Article
        && i > 0
        && !begins_with_gerund
        && body[i - 1].is_content()
        && !words::is_verb(&body[i - 1].lower)
        && behind.is_some_and(|token| words::AUXILIARIES.contains(token.lower.as_str()));
    words::RELATIVES.contains(word)
        || matches!(word, "that" | "those")
        || way
        || now
        || of_somebody
        || of_something
}

fn governs(body: &[Token], i: usize) -> bool {
    let word = body[i].lower.as_str();
    let governed = body.get(i + 1).is_some_and(|next| {
        matches!(next.class, Class::Article | Class::Pointer)
            && !words::RELATIVES.contains(next.lower.as_str())
    });
    i > 0
        && body[i].class == Class::Content
        && body[i - 1].is_content()
        && word.ends_with('s')
        && !word.ends_with("ss")
        && governed
}
