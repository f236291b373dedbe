//! Whether a phrase reads well as what somebody mentions, enjoys or values.

use super::tokens::{Class, Token};
use super::usage::Usage;
use super::words;

/// Whether `body`, in which no verb with a subject was found, is hardly the object of a sentence: it begins as an order does ("run a short
/// session"), compares before there is anything ("more for the people"), is judgement alone ("strong and greedy"), or has two nouns with
/// nothing between them ("the same issue the economy").
pub(super) fn is_doubtful(body: &[Token], usage: &Usage) -> bool {
    begins_as_order(body, usage) || compares_first(body) || only_judges(body) || stutters(body)
}

fn begins_as_order(body: &[Token], usage: &Usage) -> bool {
    let Some(first) = body.first().filter(|first| first.class == Class::Content) else { return false };
    let governs =
        body.get(1).is_some_and(|next| is_determiner(next) || words::OBJECTS.contains(next.lower.as_str()));
    !words::is_gerund(&first.lower) && (governs || usage.is_verb(&first.lower))
}

fn compares_first(body: &[Token]) -> bool {
    let compares = body.first().is_some_and(|first| words::QUANTIFIERS.contains(first.lower.as_str()));
    let goes_on = |next: &Token| next.is_content() || next.lower == "of" || next.class == Class::And;
    compares && !body.get(1).is_some_and(goes_on)
}

fn only_judges(body: &[Token]) -> bool {
    match body {
        [first, and, second, rest @ ..] => {
            words::is_adjective(&first.lower)
                && and.class == Class::And
                && second.is_content()
                && !words::is_plural(&second.lower)
                && !rest.first().is_some_and(|next| next.is_content() || next.class == Class::And)
        }
        _ => false,
    }
}

fn stutters(body: &[Token]) -> bool {
    let has_gerund = body.iter().any(|token| words::is_gerund(&token.lower));
    let is_noun = |token: &Token| token.is_content() && !words::is_verb(&token.lower);
    !has_gerund && body.windows(2).skip(1).any(|pair| is_noun(&pair[0]) && is_determiner(&pair[1]))
}

/// "The", "my", "these".
pub(super) fn is_determiner(token: &Token) -> bool {
    matches!(token.class, Class::Article | Class::Pointer) && !words::RELATIVES.contains(token.lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn orders_comparisons_judgements_and_stutters_are_no_objects() {
        let usage = Usage::default();
        let doubtful = |text: &str| is_doubtful(&tokens(text), &usage);
        for text in [
            "run a short session",
            "disrupt the economy",
            "help them",
            "more for the working people",
            "more than happy with the care",
            "strong and greedy",
            "informative and helpful",
            "the same issue the economy",
            "the war his policy on the war",
        ] {
            assert!(doubtful(text), "{text}");
        }
        for text in [
            "the fact that he listens",
            "more of the same",
            "more and better training",
            "more conservative views",
            "kind and helpful staff",
            "fair and honest people",
            "giving patients the time",
            "help with the forms",
            "a short session for all the staff",
            "making a difference",
        ] {
            assert!(!doubtful(text), "{text}");
        }
    }

    #[test]
    fn a_word_that_people_use_as_a_verb_begins_an_order() {
        let texts = ["patients land here", "they land", "she lands"].map(tokens);
        let usage = Usage::learn(texts.iter().map(Vec::as_slice));
        assert!(is_doubtful(&tokens("land planes"), &usage));
    }
}
