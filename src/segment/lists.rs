//! Lists of three and more ideas.

use super::clauses::{Chunk, Joint};
use super::half::{Half, Opening};

/// Which joints belong to a list of three and more ideas.
pub(super) fn lists(chunks: &[Chunk]) -> Vec<bool> {
    let mut listed = vec![false; chunks.len()];
    let mut first = 0;
    while first < chunks.len() {
        let run = chunks[first + 1..].iter().take_while(|chunk| may_be_listed(chunk)).count();
        let last = first + run;
        if run >= 2 && is_list(&chunks[first..=last], first == 0, chunks.get(last + 1)) {
            listed[first + 1..=last].fill(true);
        } else {
            mark_activities(&chunks[first..=last], &mut listed[first..=last]);
        }
        first = last + 1;
    }
    listed
}

/// "Building links, setting up groups, a chat over tea and helping others": three activities and more make a list whatever
/// else is in it.
fn mark_activities(items: &[Chunk], listed: &mut [bool]) {
    let activity = |chunk: &Chunk| chunk.half.opening == Some(Opening::Gerund) && chunk.half.content >= 2;
    let begins = |head: &Half| head.gerund || is_thing(head);
    let head = items.first().is_some_and(|head| begins(&head.half) && !head.half.holds && !head.half.finite);
    if head && items.iter().skip(1).filter(|chunk| activity(chunk)).count() >= 2 {
        for (item, listed) in items.iter().zip(listed).skip(1) {
            *listed = activity(item);
        }
    }
}

fn may_be_listed(chunk: &Chunk) -> bool {
    matches!(chunk.joint, Joint::Comma | Joint::And)
        && !chunk.half.finite
        && !matches!(
            chunk.half.opening,
            Some(Opening::Leaning | Opening::Subordinate | Opening::Preposition) | None
        )
}

fn is_list(items: &[Chunk], begins_sentence: bool, next: Option<&Chunk>) -> bool {
    let Some((head, rest)) = items.split_first() else { return false };
    let halves = || rest.iter().map(|chunk| &chunk.half);
    if head.half.holds
        || halves().any(|half| half.holds)
        || head.half.open
        || head.half.opening == Some(Opening::Subordinate)
    {
        return false;
    }
    // "the doctors, the nurses and the porters were kind"
    if !head.half.verb && next.is_some_and(|chunk| chunk.half.finite && !chunk.half.pronoun_clause) {
        return false;
    }
    let pairs = || items.iter().zip(rest).map(|(before, item)| (&before.half, &item.half));
    let follows = |(before, item)| says_itself(item) || is_bare_thing(item) && is_bare_thing(before);
    if begins_sentence && is_bare_thing(&head.half) && pairs().all(follows) {
        return true;
    }
    let marked = |half: &Half| match half.opening {
        Some(Opening::Wish) => head.half.wish,
        Some(Opening::Gerund) => head.half.gerund,
        Some(Opening::Infinitive) => head.half.infinitive && half.infinitive,
        _ => !head.half.preposition,
    };
    let same_article = head.half.article
        && !head.half.preposition
        && halves().all(|half| half.opening == Some(Opening::Article));
    same_article && halves().all(|half| half.content >= 1)
        || head.half.content >= 2 && halves().all(|half| says_enough(half) && marked(half))
}

fn says_enough(half: &Half) -> bool {
    half.content >= 2 && !half.ends_in_judgement
}

/// "salary", "the team", "better pay".
fn is_bare_thing(half: &Half) -> bool {
    let bare = (1..=4).contains(&half.words) && half.substance >= 1 && !half.verb && !half.preposition;
    bare && !half.ends_in_judgement
        && matches!(half.opening, Some(Opening::Plain | Opening::Article | Opening::Wish))
}

/// "shorter waiting times for patients", "helping others": an item of which nothing belongs to the one before it.
fn says_itself(half: &Half) -> bool {
    let begins_anew = match half.opening {
        Some(Opening::Gerund) => true,
        Some(Opening::Plain | Opening::Article | Opening::Wish) => !half.verb && !half.has_activity(),
        _ => false,
    };
    begins_anew && says_enough(half) && !half.relative && !half.denies
}

/// "the variety of my day", with no activity in it that others could join: "the joy of helping".
fn is_thing(half: &Half) -> bool {
    let begins =
        matches!(half.opening, Some(Opening::Article | Opening::Wish | Opening::Judgement | Opening::Plain));
    begins && half.content >= 1 && !half.has_activity() && !half.subject && !half.ends_in_judgement
}
