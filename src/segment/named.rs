//! Sentences that only name what is liked or wanted: "a cap on case numbers and working in one practice".
//!
//! Nothing is said of anything in them, so what follows an "and" is most often another thing, even where the two are not of the same make.
//! What may still belong to what stands before it is not cut off: "support from the doctors and the nurses".

use super::clauses::{Chunk, Joint, says_something};
use super::half::{Half, Opening};
use super::tokens::Token;

/// A sentence that only names things.
#[derive(Debug, Clone, Copy)]
pub(super) struct Naming {
    /// More than two may be named, so that a comma may part them.
    many: bool,
    /// There is no verb outside relative clauses and activities. "My manager, a lovely woman, listened" has one.
    verbless: bool,
}

impl Naming {
    /// That of a sentence in these chunks, if it has no main clause, nor a colon, after which what was named is explained.
    pub(super) fn of(chunks: &[Chunk], tokens: &[Token]) -> Option<Self> {
        let says = chunks.iter().any(|chunk| chunk.half.finite || chunk.half.subject);
        let explains = tokens.iter().any(|token| token.is_sign(':'));
        let acts = |half: &Half| half.verb && !half.relative && half.opening != Some(Opening::Gerund);
        let goes_on = |half: &Half| half.opening == Some(Opening::Leaning);
        let verbless = !chunks.iter().any(|chunk| acts(&chunk.half))
            && !chunks.iter().skip(1).any(|chunk| goes_on(&chunk.half));
        (!says && !explains).then_some(Self { many: chunks.len() > 2, verbless })
    }

    /// Whether `right` is another thing than what came since the last boundary.
    pub(super) fn is_another(self, left: &Half, right: &Chunk) -> bool {
        let half = &right.half;
        let parts = match right.joint {
            Joint::And => true,
            Joint::Comma => self.many,
            Joint::But | Joint::Dash => false,
        };
        parts && is_whole(left) && !half.holds && !half.ends_in_judgement && self.begins(left, right)
    }

    fn begins(self, left: &Half, right: &Chunk) -> bool {
        let half = &right.half;
        match half.opening {
            // "and better pay"
            Some(Opening::Wish) => !half.denies && says_something(half),
            // "and helping people"; not "the joy of meeting and helping people"
            Some(Opening::Gerund) => !left.has_activity() && half.content >= 2,
            // "and the variety of my day"; not "in the day centre and the hospital"
            Some(Opening::Article) => {
                let own = is_heavy(half) || half.verb || half.relative || !left.preposition && !left.relative;
                let after_comma = right.joint == Joint::And || self.verbless;
                !left.has_activity() && !half.points && half.content >= 2 && own && after_comma
            }
            _ => false,
        }
    }
}

/// Nothing in it waits for what follows.
fn is_whole(half: &Half) -> bool {
    let begins = !matches!(half.opening, Some(Opening::Preposition | Opening::Subordinate) | None);
    begins && half.content >= 1 && !half.holds && !half.ends_in_judgement && !half.ends_in_wish
}

/// It has an end of its own: "rooms for all", "time to listen".
fn is_heavy(half: &Half) -> bool {
    half.preposition || half.infinitive
}
