//! Where a sentence holds more than one idea.
//!
//! A sentence is cut at every comma, "and", "but" and dash into chunks; then each joint is either kept or made a
//! boundary. It becomes one where both halves are clauses of their own ("I enjoy the work but the pay is poor"), where
//! both are noun phrases or activities of the same make ("better pay and protected time for training"), or where it
//! belongs to a list of such.

use super::half::{Half, Opening};
use super::lists::lists;
use super::named::Naming;
use super::tokens::{Kind, Token};
use super::words::{self, Class};
use std::ops::Range;

/// What stands between two chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    Comma,
    And,
    But,
    Dash,
}

/// Words between two joints.
pub(super) struct Chunk {
    /// What stands before it; of the first chunk, nothing is read from it.
    pub(super) joint: Joint,
    pub(super) tokens: Range<usize>,
    pub(super) half: Half,
}

/// Adds the ideas of the sentence `piece` to `ideas`.
pub(super) fn split(text: &str, tokens: &[Token], piece: Range<usize>, ideas: &mut Vec<Range<usize>>) {
    let chunks = chunks(text, tokens, piece.clone());
    let listed = lists(&chunks);
    let naming = Naming::of(&chunks, &tokens[piece.clone()]);
    let mut start = piece.start;
    let mut left: Option<Half> = None;
    let mut main_begun = false;
    for (i, chunk) in chunks.iter().enumerate() {
        if let Some(so_far) = &mut left {
            let previous = &chunks[i - 1];
            let fits = listed[i]
                || stands_alone(so_far, main_begun, chunk, chunks.get(i + 1))
                || naming.is_some_and(|naming| naming.is_another(so_far, chunk));
            if fits && !is_set_phrase(text, tokens, previous, chunk) {
                ideas.push(start..previous.tokens.end);
                start = chunk.tokens.start;
                left = Some(chunk.half.clone());
                main_begun = false;
                continue;
            }
            so_far.join(&chunk.half);
            main_begun |= chunk.joint == Joint::Comma && chunk.half.clause;
        } else {
            left = Some(chunk.half.clone());
        }
    }
    ideas.push(start..piece.end);
}

/// The chunks of a sentence. Nothing within brackets is a joint.
fn chunks(text: &str, tokens: &[Token], piece: Range<usize>) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut push = |joint, range: Range<usize>| {
        let half = Half::of(text, tokens.get(range.clone()).unwrap_or_default());
        chunks.push(Chunk { joint, tokens: range, half });
    };
    let closing = piece.clone().rev().find(|&i| tokens[i].is_sign(')')).unwrap_or(piece.start);
    let last_word = piece.clone().rev().find(|&i| tokens[i].is_word()).unwrap_or(piece.start);
    let mut joint = Joint::Comma;
    let mut start = piece.start;
    let mut said = false;
    let mut depth = 0_usize;
    let mut i = piece.start;
    while i < piece.end {
        match tokens[i].kind {
            Kind::Sign('(') if i < closing => depth += 1,
            Kind::Sign(')') => depth = depth.saturating_sub(1),
            _ => {}
        }
        let Some((found, end)) = joint_at(text, tokens, i, piece.end).filter(|_| depth == 0) else {
            said |= tokens[i].is_word();
            i += 1;
            continue;
        };
        if said && end <= last_word {
            push(joint, start..i);
            joint = found;
            start = end;
            said = false;
        }
        i = end;
    }
    push(joint, start..piece.end);
    chunks
}

/// The joint that begins at token `i` and the token after it: a comma, dash, "and" or "but" with all that goes with it
/// (", and also").
fn joint_at(text: &str, tokens: &[Token], i: usize, end: usize) -> Option<(Joint, usize)> {
    let mut joint = None;
    let mut at = i;
    let mut after = i;
    while at < end {
        if tokens[at].is_space() {
            at += 1;
            continue;
        }
        let Some((found, next)) = single_joint(text, tokens, at, end) else { break };
        joint = match (joint, found) {
            (None | Some(Joint::Comma), found) => Some(found),
            (Some(joint), _) => Some(joint),
        };
        at = next;
        after = next;
    }
    joint.map(|joint| (joint, after))
}

fn single_joint(text: &str, tokens: &[Token], i: usize, end: usize) -> Option<(Joint, usize)> {
    let token = &tokens[i];
    let spaced = || i > 0 && tokens[i - 1].is_space() && tokens.get(i + 1).is_some_and(Token::is_space);
    match token.kind {
        Kind::Sign(',' | '，' | '、' | '…') => Some((Joint::Comma, i + 1)),
        // Two dots and more that did not end the sentence.
        Kind::Sign('.') if tokens.get(i + 1).is_some_and(|t| t.is_sign('.')) => Some((Joint::Comma, i + 1)),
        Kind::Sign('.') if i > 0 && tokens[i - 1].is_sign('.') => Some((Joint::Comma, i + 1)),
        Kind::Sign('&' | '+') if spaced() => Some((Joint::And, i + 1)),
        Kind::Sign('/') if spaced() => Some((Joint::Comma, i + 1)),
        Kind::Sign('-' | '–' | '—') if spaced() => Some((Joint::Dash, i + 1)),
        Kind::Word if token.class.is(Class::AND) => Some((Joint::And, i + 1)),
        Kind::Word if token.class.is(Class::BUT) => Some((Joint::But, i + 1)),
        Kind::Word => {
            let word = token.span.slice(text);
            if word.eq_ignore_ascii_case("also") {
                return also_joins(tokens, i, end).then_some((Joint::And, i + 1));
            }
            phrase_joint(text, tokens, i).map(|next| (Joint::And, next))
        }
        _ => None,
    }
}

/// "also" joins where something new begins after it; in "I also enjoy" it does not.
fn also_joins(tokens: &[Token], i: usize, end: usize) -> bool {
    let next = tokens.get(i..end).unwrap_or_default().iter().skip(1).find(|t| t.is_word());
    next.is_some_and(|t| t.class.is(Class::ARTICLE.or(Class::SUBJECT).or(Class::WISH)))
}

/// The token after "as well as" or "along with" at `i`.
fn phrase_joint(text: &str, tokens: &[Token], i: usize) -> Option<usize> {
    let is = |offset: usize, word: &str| {
        tokens.get(i + offset).is_some_and(|t| t.span.slice(text).eq_ignore_ascii_case(word))
    };
    if is(0, "as") && is(2, "well") && is(4, "as") {
        Some(i + 5)
    } else if is(0, "along") && is(2, "with") {
        Some(i + 3)
    } else {
        None
    }
}

/// "health and wellbeing", "nothing but praise": the last word on the left and the first on the right belong together.
fn is_set_phrase(text: &str, tokens: &[Token], left: &Chunk, right: &Chunk) -> bool {
    let word = |t: &&Token| t.kind == Kind::Word;
    let last = tokens[left.tokens.clone()].iter().rev().find(word);
    let first = tokens[right.tokens.clone()].iter().find(word);
    match (last, first) {
        (Some(last), Some(_)) if right.joint == Joint::But => ["nothing", "anything", "none", "all"]
            .iter()
            .any(|word| last.span.slice(text).eq_ignore_ascii_case(word)),
        (Some(last), Some(first)) => words::is_pair(last.span.slice(text), first.span.slice(text)),
        _ => false,
    }
}

/// Whether the joint before `right` parts two ideas. `left` is what came since the last boundary, `main_begun` whether
/// a main clause followed its "when …,".
fn stands_alone(left: &Half, main_begun: bool, right: &Chunk, next: Option<&Chunk>) -> bool {
    if left.words == 0 || leads(left) && !main_begun {
        return false;
    }
    let half = &right.half;
    if splits_clauses(left, right.joint, half) {
        return true;
    }
    match right.joint {
        Joint::But => contrasts(left, half),
        Joint::And | Joint::Comma => !shares_verb(left, half, next) && is_parallel(left, half, right.joint),
        Joint::Dash => false,
    }
}

/// "When I came in, …", "At our charity, …", "Having seen both, …": the main clause is still to come.
fn leads(half: &Half) -> bool {
    match half.opening {
        Some(Opening::Subordinate | Opening::Preposition) => true,
        Some(Opening::Gerund) => half.verb && !half.finite,
        _ => false,
    }
}

/// Both halves have a subject and a verb.
fn splits_clauses(left: &Half, joint: Joint, right: &Half) -> bool {
    let whole = right.content >= 2 || right.content == 1 && right.words >= 3;
    if !right.clause || !whole || right.holds || left.open || right.opening == Some(Opening::Leaning) {
        return false;
    }
    let left_clause = left.verb && left.words >= 2 && left.content >= 1;
    let left_phrase = matches!(left.opening, Some(Opening::Wish | Opening::Judgement)) && left.content >= 2;
    if right.pronoun_clause {
        return left_clause || (left_phrase && joint != Joint::Dash);
    }
    let own_subject =
        matches!(right.opening, Some(Opening::Article | Opening::Plain | Opening::Wish | Opening::Judgement));
    left_clause && left.finite && own_subject && !left.holds
}

/// "good team but long waits".
fn contrasts(left: &Half, right: &Half) -> bool {
    let free = !matches!(
        right.opening,
        Some(Opening::Preposition | Opening::Leaning | Opening::Subordinate | Opening::Infinitive) | None
    );
    free && !left.holds && !right.ends_in_judgement && left.content >= 2 && right.content >= 2
}

/// "more staff and better pay would help": one verb for both.
fn shares_verb(left: &Half, right: &Half, next: Option<&Chunk>) -> bool {
    let later =
        next.is_some_and(|chunk| chunk.joint != Joint::But && chunk.half.finite && !chunk.half.clause);
    right.finite || (!left.verb && later)
}

/// Both halves are phrases of the same make and each says enough.
fn is_parallel(left: &Half, right: &Half, joint: Joint) -> bool {
    let says_enough = left.content >= 2 && right.content >= 2;
    if left.holds || left.open && !left.wish {
        return false;
    }
    let left_is_noun =
        matches!(left.opening, Some(Opening::Wish | Opening::Judgement | Opening::Plain)) && !left.verb;
    match right.opening {
        Some(Opening::Gerund) => {
            let is_subject = left.opening == Some(Opening::Gerund) && left.finite;
            left.gerund && !is_subject && says_enough && joint == Joint::And
        }
        Some(Opening::Infinitive) => left.infinitive && says_enough && right.infinitive,
        Some(Opening::Wish) => {
            let waits = left.ends_in_wish && !left.finite;
            left.wish && !waits && says_something(left) && says_something(right)
        }
        Some(Opening::Judgement) => {
            left_is_noun
                && left.wish
                && says_something(left)
                && says_something(right)
                && !right.ends_in_judgement
                && !left.ends_in_judgement
        }
        Some(Opening::Article) => {
            let after_article = left.opening == Some(Opening::Article) && !left.inner_article && !left.verb;
            let after_wish = left.opening == Some(Opening::Wish) && !left.preposition && !left.verb;
            (after_article && says_enough || after_wish && says_something(left) && right.content >= 2)
                && joint == Joint::And
        }
        Some(Opening::Plain) => {
            let pure = left_is_noun && !left.preposition && left.substance >= 2;
            let marked = left.opening == Some(Opening::Plain) || right.substance >= 3;
            pure && marked
                && right.content >= 2
                && !right.verb
                && !right.ends_in_judgement
                && joint == Joint::And
        }
        _ => false,
    }
}

/// "too many referrals": a wish or judgement and what it is about.
pub(super) fn says_something(half: &Half) -> bool {
    half.words >= 2 && half.substance >= 1
}
