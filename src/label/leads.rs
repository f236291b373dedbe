//! Openings that say that something is wanted or liked; what follows names it.

use super::direction::Direction;
use super::tokens::Token;
use super::words::THIRD_PERSON;

/// Words before a lead-in that say nothing.
const FILLERS: &str = "and but also so well maybe perhaps personally yes just really then plus ok honestly mostly definitely \
    most particularly especially simply again firstly secondly finally because cos coz cuz bec b/c bc becasue";
/// Openings that say that something is wanted; what follows names it.
const WANTS: [&str; 36] = [
    "i would like to see",
    "i'd like to see",
    "would like to see",
    "i would like to have",
    "i'd like to have",
    "would like to have",
    "i would like",
    "i'd like",
    "would like",
    "i would love",
    "i would love to see",
    "i'd love",
    "i'd love to see",
    "i want",
    "i want to see",
    "i would want",
    "i need",
    "we need",
    "we want",
    "there should be",
    "there could be",
    "there needs to be",
    "there need to be",
    "it would be good to have",
    "it would be nice to have",
    "it would be great to have",
    "it would be helpful to have",
    "it would be useful to have",
    "would be good to have",
    "would be nice to have",
    "would be helpful to have",
    "having",
    "to have",
    "could do with",
    "to see",
    "i think we need",
];
/// Openings that say that something is liked.
const LIKES: [&str; 27] = [
    "i enjoy",
    "i enjoy most is",
    "i love",
    "i like",
    "i value",
    "i appreciate",
    "what i enjoy most is",
    "what i enjoy is",
    "what i love is",
    "what i love most is",
    "what i like is",
    "what i like most is",
    "the best thing is",
    "the best part is",
    "the best bit is",
    "the thing i enjoy most is",
    "the part i enjoy most is",
    "i most enjoy",
    "enjoy",
    "love",
    "i get satisfaction from",
    "i get a lot of satisfaction from",
    "i find it rewarding",
    "my favourite part is",
    "my favourite thing is",
    "i enjoyed",
    "i liked",
];
/// The token after the opening of a clause in `direction` that stands at `start`, if there is one.
pub(super) fn after_lead_in(tokens: &[Token], start: usize, direction: Direction) -> Option<usize> {
    match direction {
        // "Having to wait outside" is no wish.
        Direction::Change => lead_in(tokens, start, &WANTS).filter(|&from| {
            tokens[start].lower != "having" || tokens.get(from).is_none_or(|next| next.lower != "to")
        }),
        Direction::Enjoy | Direction::Value => lead_in(tokens, start, &LIKES),
        Direction::Neutral => None,
    }
}

/// The first of the tokens before `to` that is no filler; `to` if there is none.
pub(super) fn skip_fillers(tokens: &[Token], to: usize) -> usize {
    // "Cause he listens", for "because".
    let is_because = |i: usize| {
        tokens[i].lower == "cause"
            && tokens.get(i + 1).is_some_and(|next| THIRD_PERSON.contains(next.lower.as_str()))
    };
    let is_filler = |i: usize| {
        !tokens[i].is_word()
            || is_because(i)
            || FILLERS.split_whitespace().any(|word| word == tokens[i].lower)
    };
    (0..to).find(|&i| !is_filler(i)).unwrap_or(to)
}

/// The token after the longest opening that stands at `start`; fillers inside it are passed over.
fn lead_in(tokens: &[Token], start: usize, openings: &[&str]) -> Option<usize> {
    let after = |opening: &&str| {
        let mut at = start;
        for word in opening.split(' ') {
            while at > start
                && tokens
                    .get(at)
                    .is_some_and(|t| t.lower != word && FILLERS.split_whitespace().any(|f| f == t.lower))
            {
                at += 1;
            }
            if tokens.get(at).is_none_or(|token| token.lower != word) {
                return None;
            }
            at += 1;
        }
        Some(skip_fillers(&tokens[at..], tokens.len() - at) + at)
    };
    openings.iter().filter_map(after).max()
}
