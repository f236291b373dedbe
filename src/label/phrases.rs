//! Phrases that can stand as a heading, cut from what people wrote by rules over closed word lists.

use super::tokens::{Class, Token};
use super::usage::{Usage, is_beside_subject};
use super::whole::{denial, ends_phrasal, whole};
use super::words;

/// A heading holds at most this many words, and this many words with content.
const MAX_WORDS: usize = 6;
const MAX_CONTENT: usize = 5;
/// Form of "looked after".
const PHRASAL_FORM: f64 = 0.9;

/// All phrases of a text, each as the indices of the tokens it keeps.
///
/// A phrase begins and ends with a content word; inside it articles, links ("of", "for") and "and" may stand, pointers
/// ("my", "this") are passed over. It ends where a noun phrase ends: before anything but another content word, or before a
/// verb, an adverb or a predicate. `usage` knows the verbs that no list knows. What is denied is not a phrase without its denial:
/// "no complaints" and "not happy with it" keep theirs, "isn't happy" gives none.
pub(super) fn phrases(tokens: &[Token], usage: &Usage) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    let mut behind = 0;
    for start in 0..tokens.len() {
        if start < behind {
            continue;
        }
        if let Some(whole) = whole(tokens, start) {
            behind = whole.end;
            if whole.len() <= MAX_WORDS {
                found.push(whole.collect());
            }
            continue;
        }
        if !can_begin(tokens, start, usage) {
            continue;
        }
        let first = match denial(tokens, start) {
            Some(at) if at + 1 == start && matches!(tokens[at].lower.as_str(), "no" | "not") => {
                vec![at, start]
            }
            Some(_) if words::is_adjective(&tokens[start].lower) => continue,
            // "Isn't parking a problem?" is still about parking.
            _ => vec![start],
        };
        phrases_from(tokens, first, usage, &mut found);
    }
    found
}

/// The phrases that begin with the tokens `kept`, of which the last is the first with content.
fn phrases_from(tokens: &[Token], mut kept: Vec<usize>, usage: &Usage, found: &mut Vec<Vec<usize>>) {
    let Some(&start) = kept.last() else { return };
    let mut pending: Vec<usize> = Vec::new();
    let mut n_content = 1;
    if can_end(tokens, &kept, usage) {
        found.push(kept.clone());
    }
    for at in start + 1..tokens.len() {
        let before = tokens.get(at.wrapping_sub(1)).map_or(Class::Break, |token| token.class);
        match tokens[at].class {
            Class::Break => return,
            Class::And if pending.is_empty() && before != Class::Pointer => pending.push(at),
            // "Prevent gambling from becoming normal": what is kept from something is no heading with it.
            Class::Link if tokens[at].lower == "from" && is_gerund_at(tokens, at + 1) => return,
            Class::Link if pending.is_empty() && before != Class::Pointer => pending.push(at),
            Class::And | Class::Link => return,
            Class::Article if !takes_object(&tokens[at - 1]) => return,
            Class::Article => pending.push(at),
            Class::Pointer if !takes_object(&tokens[at - 1]) => return,
            Class::Pointer => {}
            Class::LightGerund if before != Class::Link => return,
            Class::Content if is_beside_subject(tokens, at) => return,
            Class::Content | Class::LightGerund => {
                kept.append(&mut pending);
                kept.push(at);
                n_content += 1;
                if n_content > MAX_CONTENT || kept.len() > MAX_WORDS {
                    return;
                }
                if can_end(tokens, &kept, usage) {
                    found.push(kept.clone());
                }
            }
        }
    }
}

fn is_gerund_at(tokens: &[Token], at: usize) -> bool {
    tokens.get(at).is_some_and(|token| words::is_gerund(&token.lower))
}

/// A content word that is no adverb, no adjective of a comparison ("as long as") and, after a subject, no verb either: not "enjoy" in
/// "I enjoy".
fn can_begin(tokens: &[Token], at: usize, usage: &Usage) -> bool {
    let word = tokens[at].lower.as_str();
    let compares = at > 0 && tokens[at - 1].lower == "as" && words::is_adjective(word);
    tokens[at].is_content()
        && !compares
        && !words::is_adverb(word)
        && (!usage.is_verb(word) || word.ends_with("ed"))
        && !is_beside_subject(tokens, at)
}

/// Whether an article may follow: "care for the", "making a", "declined the", but not "best a".
fn takes_object(token: &Token) -> bool {
    match token.class {
        Class::Link | Class::And | Class::LightGerund => true,
        Class::Content => {
            words::is_gerund(&token.lower) || words::is_verb(&token.lower) || token.lower.ends_with("ed")
        }
        Class::Article | Class::Pointer | Class::Break => false,
    }
}

/// Whether the phrase of the tokens `kept` is whole: a noun or gerund at its end that nothing behind belongs to.
fn can_end(tokens: &[Token], kept: &[usize], usage: &Usage) -> bool {
    let Some(&at) = kept.last() else { return false };
    let last = &tokens[at];
    let word = last.lower.as_str();
    let is_open = last.class == Class::LightGerund
        || matches!(word, "more" | "less" | "fewer")
        || words::is_adverb(word)
        || (usage.is_verb(word) && !word.ends_with("ed"))
        || word.ends_with("'s")
        || word.ends_with("s'")
        || (kept.len() > 1 && is_beside_subject(tokens, at))
        || is_bare_aim(tokens, kept)
        || (kept.len() > 1 && words::is_adjective(word) && !is_predicate(tokens, kept));
    !is_open
        && match tokens.get(at + 1) {
            Some(next) if next.is_content() => {
                words::is_verb(&next.lower)
                    || words::is_adverb(&next.lower)
                    || is_beside_subject(tokens, at + 1)
                    || (words::is_adjective(&next.lower) && !words::is_adjective(word))
            }
            // "the confidence of", "a sense of": what it is of belongs to it.
            // "Day to day": neither half stands alone.
            Some(next) if next.lower == "to" && tokens.get(at + 2).is_some_and(|then| then.lower == word) => {
                false
            }
            Some(next) if next.lower == "of" => kept.iter().all(|&i| tokens[i].class != Class::Article),
            Some(next) => {
                !words::OBJECTS.contains(next.lower.as_str())
                    && !words::PARTICLES.contains(next.lower.as_str())
            }
            None => true,
        }
}

/// "Trying to start", without what: a heading would break off.
fn is_bare_aim(tokens: &[Token], kept: &[usize]) -> bool {
    matches!(kept, [first, to, _] if tokens[*first].class == Class::LightGerund && tokens[*to].lower == "to")
}

/// Whether an adjective may end the phrase: among adjectives, or after "being" and its like.
fn is_predicate(tokens: &[Token], kept: &[usize]) -> bool {
    let before = kept.len().checked_sub(2).map_or("", |i| tokens[kept[i]].lower.as_str());
    matches!(before, "being" | "feeling" | "getting" | "staying" | "becoming")
        || kept.iter().filter(|&&i| tokens[i].is_content()).all(|&i| words::is_adjective(&tokens[i].lower))
}

/// How well a phrase of these lower-case words reads as a heading, 0 to 1: a noun phrase or a gerund phrase reads best, one
/// that ends in a verb or that begins with a bare verb less so.
pub(super) fn form(words: &[&str]) -> f64 {
    let content: Vec<&str> = words
        .iter()
        .copied()
        .filter(|word| !words::is_function_word(word) || words::LIGHT_GERUNDS.contains(word))
        .collect();
    if ends_phrasal(words) {
        return PHRASAL_FORM;
    }
    let (Some(first), Some(last)) = (content.first(), content.last()) else { return 0.0 };
    let mut form = 1.0;
    if words::is_adjective(last) {
        form *= if content.iter().all(|word| words::is_adjective(word)) { 0.8 } else { 0.6 };
    }
    if content.len() == 1 && last.ends_with("ed") {
        form *= 0.5;
    } else if words::is_verb(last) {
        form *= if last.ends_with("ed") { 0.85 } else { 0.6 };
    }
    // "Months of sadness" is no more about months than "the last months" are, and begins with them.
    if matches!(words, [first, "of", ..] if words::SHELLS.contains(first)) {
        form *= 0.45;
    } else if words::SHELLS.contains(last) {
        form *= 0.6;
    }
    if words::is_gerund(last) && content.len() > 1 {
        form *= 0.9;
    }
    // "Employed by the practice" tells what was done, not what it is about.
    if first.ends_with("ed") && words.get(1).is_some_and(|second| words::LINKS.contains(second)) {
        form *= 0.7;
    }
    if words::is_present_verb(first) {
        form *= 0.8;
    }
    // "Sex selection allows families" is the beginning of a sentence.
    if content.iter().skip(1).rev().skip(1).any(|word| words::is_present_verb(word)) {
        form *= 0.5;
    }
    form
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let tokens = tokens(text);
        let join =
            |kept: Vec<usize>| kept.iter().map(|&i| tokens[i].lower.clone()).collect::<Vec<_>>().join(" ");
        phrases(&tokens, &Usage::default()).into_iter().map(join).collect()
    }

    #[test]
    fn what_is_denied_keeps_its_denial_or_is_no_phrase() {
        assert_eq!(cut("No complaints"), ["no complaints"]);
        assert_eq!(cut("I was not happy with it"), ["not happy"]);
        assert_eq!(cut("It isn't good, never very good"), [""; 0]);
        assert_eq!(cut("There isn't enough parking"), ["parking"]);
    }

    #[test]
    fn phrases_end_where_noun_phrases_end() {
        assert_eq!(
            cut("Better career progression and training"),
            [
                "better career progression",
                "better career progression and training",
                "career progression",
                "career progression and training",
                "progression",
                "progression and training",
                "training",
            ]
        );
    }

    #[test]
    fn pointers_are_passed_over_and_articles_stay() {
        assert!(
            cut("We are making a difference to their lives").contains(&"making a difference".to_string())
        );
        assert!(cut("Help with my card").contains(&"help with card".to_string()));
        assert!(!cut("the best a child gets").contains(&"best a child".to_string()));
    }

    #[test]
    fn verbs_are_known_by_the_pronouns_beside_them() {
        assert_eq!(cut("I requested a refund"), ["refund"]);
        assert_eq!(cut("the variety suits me"), ["variety"]);
    }

    #[test]
    fn fragments_of_a_sentence_are_no_phrases() {
        assert_eq!(cut("problems that land on my desk"), ["problems", "desk"]);
        assert!(!cut("smiles return after months").iter().any(|phrase| phrase.contains("return")));
        assert!(!cut("always learning new things").contains(&"learning new".to_string()));
        assert!(!cut("gaining the confidence of people").contains(&"gaining the confidence".to_string()));
        assert!(!cut("variety from day to day").contains(&"variety from day".to_string()));
        assert!(!cut("to top up my card").contains(&"top".to_string()));
        assert!(cut("trying to help people").contains(&"trying to help people".to_string()));
        assert!(!cut("they were trying to start").iter().any(|phrase| phrase.contains("trying")));
        assert!(!cut("I was looking").contains(&"looking".to_string()));
        assert_eq!(cut("as long as they pass the test"), ["test"]);
        assert!(!cut("toilets clean more frequently").contains(&"clean more".to_string()));
        assert!(
            !cut("prevent gambling from becoming normal")
                .contains(&"gambling from becoming normal".to_string())
        );
    }

    #[test]
    fn no_phrase_reaches_across_a_mark_or_a_comma() {
        assert_eq!(cut("support, [name] training"), ["support", "training"]);
    }

    #[test]
    fn headings_that_end_in_verbs_or_adjectives_count_less() {
        assert!((form(&["career", "progression"]) - 1.0).abs() < 1e-9);
        assert!(form(&["staff", "friendly"]) < form(&["friendly", "staff"]));
        assert!(form(&["card", "provides"]) < form(&["card"]));
        assert!(form(&["employed", "by", "practice"]) < form(&["practice"]));
        assert!(form(&["months", "of", "sadness"]) < form(&["sense", "of", "sadness"]));
        assert!(form(&["provide", "training"]) < form(&["training"]));
        assert!(form(&["voting", "allows", "people"]) < form(&["voting", "rights"]) / 1.5);
    }

    proptest! {
        #[test]
        fn phrases_are_short_and_begin_and_end_with_content(text in "([a-z]{1,6}|the|of|and|my|,|making|better){0,14}( ([a-z]{1,6}|the|of|and|my|,)){0,14}") {
            let tokens = tokens(&text);
            for kept in phrases(&tokens, &Usage::default()) {
                prop_assert!(kept.len() <= MAX_WORDS && kept.is_sorted());
                prop_assert!(tokens[kept[0]].is_content() && tokens[kept[kept.len() - 1]].is_content());
            }
        }
    }
}
