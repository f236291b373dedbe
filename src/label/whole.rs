//! Phrases that mean something only as a whole: what is denied, and participles with their preposition.

use super::tokens::{Class, Token, stem};
use super::words;
use std::ops::Range;

/// The phrase of this kind that begins at `start`: "nothing could have been done better", "cannot fault", "well looked after".
pub(super) fn whole(tokens: &[Token], start: usize) -> Option<Range<usize>> {
    denied_outcome(tokens, start).or_else(|| phrasal(tokens, start))
}

/// Where one stands in `tokens` whose [`key`] is `stems`.
pub(super) fn find_whole(tokens: &[Token], stems: &str) -> Option<Range<usize>> {
    let stemmed: Vec<String> = tokens.iter().map(|token| stem(&token.lower)).collect();
    (0..tokens.len()).find_map(|start| {
        let range = whole(tokens, start)?;
        (key(tokens, range.clone(), &stemmed) == [stems]).then_some(range)
    })
}

/// Whether these stems are those of a phrase of this kind, which are one.
pub(super) fn is_whole(stems: &str) -> bool {
    stems.contains(' ')
}

/// The stems of the phrase of the tokens `kept`, given the stem of each token. Those of one that says the opposite of its words, or nothing
/// without its function words, are one: "not better", "look after".
pub(super) fn key(
    tokens: &[Token],
    kept: impl IntoIterator<Item = usize>,
    stemmed: &[String],
) -> Vec<String> {
    let kept: Vec<usize> = kept.into_iter().collect();
    match kept.as_slice() {
        [first, .., last] if denied_outcome(tokens, *first).is_some() => vec![denied_key(&stemmed[*last])],
        [.., participle, preposition] if !kept.iter().any(|&i| tokens[i].is_content()) => {
            vec![format!("{} {}", stemmed[*participle], stemmed[*preposition])]
        }
        content => content.iter().filter(|&&i| tokens[i].is_content()).map(|&i| stemmed[i].clone()).collect(),
    }
}

/// What stands for a stem where it is denied.
pub(super) fn denied_key(stem: &str) -> String {
    format!("not {stem}")
}

/// The word before `start` that denies what begins there, only intensifiers between them.
pub(super) fn denial(tokens: &[Token], start: usize) -> Option<usize> {
    let at = tokens[..start].iter().rposition(|token| !words::INTENSIFIERS.contains(token.lower.as_str()))?;
    let word = tokens[at].lower.as_str();
    words::is_denial(word).then_some(at)
}

/// What went so well that no better could be thought of, if it begins at `start`: the opposite of what its last word says.
fn denied_outcome(tokens: &[Token], start: usize) -> Option<Range<usize>> {
    let word = |at: usize| word(tokens, at);
    let (after, can_be_short) = match word(start) {
        "cannot" | "can't" | "couldn't" | "cant" | "couldnt" => (start + 1, true),
        // "Nothing better" may praise something else.
        "nothing" | "don't" | "dont" => (start + 1, false),
        "could" | "can" if word(start + 1) == "not" => (start + 2, true),
        _ => return None,
    };
    let end = (after..tokens.len()).find(|&at| !words::UNDER_DENIAL.contains(word(at)))?;
    (words::OUTCOMES.contains(word(end)) && (can_be_short || end > after)).then_some(start..end + 1)
}

/// "Looked after" or "well looked after", if it begins at `start`, is not denied, and no object follows.
fn phrasal(tokens: &[Token], start: usize) -> Option<Range<usize>> {
    let first = if word(tokens, start) == "well" { start + 1 } else { start };
    let object = tokens.get(first + 2).is_some_and(|next| {
        matches!(next.class, Class::Article | Class::Pointer)
            || next.is_content() && !words::is_adverb(&next.lower)
            || words::OBJECTS.contains(next.lower.as_str())
    });
    let said = ends_phrasal(&[word(tokens, first), word(tokens, first + 1)]);
    (said && !object && denial(tokens, start).is_none()).then_some(start..first + 2)
}

/// Whether lower-case words end as "well looked after" does.
pub(super) fn ends_phrasal(words: &[&str]) -> bool {
    let [.., participle, preposition] = words else { return false };
    words::PHRASAL.iter().any(|listed| listed.split_once('-') == Some((participle, preposition)))
}

fn word(tokens: &[Token], at: usize) -> &str {
    tokens.get(at).map_or("", |token| token.lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let said = |range: Range<usize>| range.map(|at| word(&tokens, at)).collect::<Vec<_>>().join(" ");
        (0..tokens.len()).filter_map(|start| whole(&tokens, start)).map(said).collect()
    }

    #[test]
    fn what_could_not_be_better_is_denied_as_a_whole() {
        assert_eq!(said("Nothing could have been done better!"), ["nothing could have been done better"]);
        assert_eq!(said("There is nothing they could do better"), ["nothing they could do better"]);
        assert_eq!(said("I couldn’t fault the staff"), ["couldn't fault"]);
        assert_eq!(said("It could not be improved"), ["could not be improved"]);
        assert_eq!(said("Communication could be better. Nothing better than a hot meal"), [""; 0]);
        assert_eq!(said("Nothing, it could be better"), [""; 0]);
    }

    #[test]
    fn participles_keep_their_preposition_unless_an_object_follows() {
        assert_eq!(said("I was well looked after by everyone"), ["well looked after", "looked after"]);
        assert_eq!(said("I felt safe and cared for"), ["cared for"]);
        assert_eq!(said("I was not looked after. She looked after my mother"), [""; 0]);
    }

    #[test]
    fn one_that_is_denied_has_the_key_of_its_denial() {
        let tokens = tokens("You could not have done any better");
        let stemmed: Vec<String> = tokens.iter().map(|token| stem(&token.lower)).collect();
        let key = key(&tokens, 1..7, &stemmed);
        assert_eq!(key, ["not better"]);
        assert_eq!(find_whole(&tokens, "not better"), Some(1..7));
        assert!(is_whole(&key[0]) && !is_whole("better"));
    }
}
