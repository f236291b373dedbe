//! Clauses that can be reported in a sentence without a changed word.

use super::direction::Direction;
use super::finite::has_finite_verb;
use super::leads::{after_lead_in, skip_fillers};
use super::tokens::{Class, Token};
use super::words;

/// What a clause is, and so what may stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// Named after a lead-in ("I would like"): "better pay for the work".
    Wanted,
    /// After a lead-in: "to work in one practice".
    Infinitive,
    /// A noun or gerund phrase without a verb of its own: "meeting new people".
    Noun,
    /// A sentence about others: "the role is not understood by GPs".
    Statement,
}

/// Part of a text: tokens `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) shape: Shape,
    pub(super) from: usize,
    pub(super) to: usize,
}

const MIN_WORDS: usize = 2;
const MAX_WORDS: usize = 26;

/// A wish or a joy is not reported where the clause holds one of these: the sentence might say the opposite.
const NEGATIVE: &str = "no not never lack lacking poor poorly bad worse worst problem problems issue issues unclear insufficient \
    limited without too nothing none unable cannot hard difficult difficulty stress stressful isolated isolation frustrating \
    less fewer waste pressure joke nightmare shame disgrace struggle mess farce pain";

/// The clauses of `tokens` (one sentence, without its final mark) that `direction` can report.
pub(super) fn clauses(tokens: &[Token], text: &str, direction: Direction) -> Option<Clause> {
    let mut to = tokens.len();
    while to > 0
        && (!tokens[to - 1].is_word() || matches!(tokens[to - 1].lower.as_str(), "please" | "thanks" | "etc"))
    {
        to -= 1;
    }
    let start = skip_fillers(tokens, to);
    let lead = after_lead_in(&tokens[..to], start, direction);
    let from = lead.unwrap_or(start);
    to = before_second_sentence(tokens, text, from, to);
    while to > from && tokens[to - 1].lower == "please" {
        to -= 1;
    }
    let body = &tokens[from..to];
    let n_words = body.iter().filter(|token| token.is_word()).count();
    if !(MIN_WORDS..=MAX_WORDS).contains(&n_words)
        || !is_plain(body, text)
        || !ends_well(body)
        || is_torn(body)
    {
        return None;
    }
    shape_of(body, lead.is_some(), direction).map(|shape| Clause { shape, from, to })
}

/// Where a sentence is hung on with a comma ("better pay, the salary is too low"), the clause ends before it.
fn before_second_sentence(tokens: &[Token], text: &str, from: usize, to: usize) -> usize {
    let comma = (from..to).find(|&i| tokens[i].span.slice(text) == ",");
    comma.filter(|&comma| has_finite_verb(&tokens[comma + 1..to])).unwrap_or(to)
}

/// Speaks of nobody in person, holds no mark, no odd punctuation and no odd capitals.
fn is_plain(body: &[Token], text: &str) -> bool {
    let first = body.first().map_or("", |token| token.lower.as_str());
    let opens_well = first == "there" || first == "to" || !words::THIRD_PERSON.contains(first);
    opens_well
        && body.iter().all(|token| {
            let shown = token.span.slice(text);
            if token.is_word() {
                !words::FIRST_PERSON.contains(token.lower.as_str())
                    && !words::SECOND_PERSON.contains(token.lower.as_str())
                    && !has_odd_capitals(shown)
                    && !is_blank(&token.lower)
            } else {
                matches!(shown, "," | "%" | "£" | "&")
            }
        })
}

/// "XXXX" stands for a name that somebody else has taken out.
fn is_blank(lower: &str) -> bool {
    lower.len() > 1 && lower.chars().all(|c| c == 'x')
}

/// "frIendly", "EVERY"; initials such as `SPLW` are not odd.
fn has_odd_capitals(word: &str) -> bool {
    (word.chars().count() > 4 && word.chars().all(char::is_uppercase))
        || word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase())
}

fn ends_well(body: &[Token]) -> bool {
    let last = body.last().map_or("", |token| token.lower.as_str());
    let is_open = words::ANDS.contains(last)
        || words::ARTICLES.contains(last)
        || words::POINTERS.contains(last)
        || words::RELATIVES.contains(last)
        || words::AUXILIARIES.contains(last)
        || matches!(
            last,
            "of" | "for" | "to" | "with" | "from" | "at" | "into" | "very" | "more" | "not" | "too"
        );
    !is_open
}

fn shape_of(body: &[Token], has_lead: bool, direction: Direction) -> Option<Shape> {
    let first = &body[0];
    let negative = body.iter().any(|token| NEGATIVE.split_whitespace().any(|word| word == token.lower));
    if has_lead && first.lower == "to" {
        return (direction == Direction::Change).then_some(Shape::Infinitive);
    }
    let bare_predicate = (words::is_adjective(&first.lower) || first.lower.ends_with("ed"))
        && body.get(1).is_none_or(|next| !next.is_content() && next.class != Class::And);
    if begins_noun(first, direction)
        && !has_finite_verb(body)
        && !bare_predicate
        && !has_hidden_predicate(body)
    {
        return match direction {
            Direction::Change if has_lead => Some(Shape::Wanted),
            Direction::Change => (words::QUANTIFIERS.contains(first.lower.as_str())
                || (!negative && matches!(first.lower.as_str(), "a" | "an")))
            .then_some(Shape::Noun),
            Direction::Enjoy | Direction::Value if negative => None,
            Direction::Enjoy | Direction::Value if has_lead => Some(Shape::Wanted),
            _ => Some(Shape::Noun),
        };
    }
    (!has_lead && begins_statement(body) && has_finite_verb(body)).then_some(Shape::Statement)
}

fn begins_noun(first: &Token, direction: Direction) -> bool {
    let word = first.lower.as_str();
    if first.class == Class::LightGerund {
        return direction != Direction::Change;
    }
    words::ARTICLES.contains(word)
        || words::QUANTIFIERS.contains(word)
        || (first.class == Class::Content && !words::is_present_verb(word) && !words::is_adverb(word))
}

fn begins_statement(body: &[Token]) -> bool {
    let word = body[0].lower.as_str();
    let adjective_alone = words::is_adjective(word) && body.get(1).is_none_or(|next| !next.is_content());
    // "Set up a peer group" is told to somebody.
    let is_order = word == "set" && body.get(1).is_some_and(|next| next.lower == "up");
    // "Some they can listen to".
    let speaks_twice = body.get(1).is_some_and(|next| words::SUBJECTS.contains(next.lower.as_str()));
    !adjective_alone
        && !is_order
        && !speaks_twice
        && (matches!(word, "there" | "all" | "every" | "each" | "most" | "some" | "many")
            || words::ARTICLES.contains(word)
            || words::QUANTIFIERS.contains(word)
            || (body[0].class == Class::Content && !words::is_verb(word) && !words::is_adverb(word)))
}

/// "The are kind": a letter or a word is missing.
fn is_torn(body: &[Token]) -> bool {
    const NO_NOUN: [&str; 10] = ["am", "is", "are", "was", "were", "have", "has", "had", "should", "would"];
    let has_no_noun =
        |pair: &[Token]| pair[0].class == Class::Article && NO_NOUN.contains(&pair[1].lower.as_str());
    body.windows(2).any(has_no_noun)
}

/// "Staff very friendly", "staff great", "good and be kind".
fn has_hidden_predicate(body: &[Token]) -> bool {
    let after_to = body.iter().any(|token| token.lower == "to");
    let intensifies = |token: &Token| words::INTENSIFIERS.contains(token.lower.as_str());
    let hides = |pair: &[Token]| {
        (pair[0].is_content() && intensifies(&pair[1]))
            || (pair[0].class == Class::And && pair[1].lower == "be" && !after_to)
    };
    body.windows(2).any(hides) || ends_in_judgement(body)
}

/// "Staff great", "clean ward and very quiet".
fn ends_in_judgement(body: &[Token]) -> bool {
    let judged = |token: &Token| {
        token.class == Class::Content
            && !words::is_adjective(&token.lower)
            && !words::is_gerund(&token.lower)
            && !words::is_adverb(&token.lower)
    };
    match body {
        [.., noun, last] if judged(noun) => words::is_judgement(&last.lower) && last.lower != "patient",
        [.., noun, and, very, last] if judged(noun) && and.class == Class::And => {
            words::INTENSIFIERS.contains(very.lower.as_str()) && words::is_adjective(&last.lower)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    fn cut(text: &str, direction: Direction) -> Option<(Shape, String)> {
        let tokens = tokens(text);
        clauses(&tokens, text, direction).map(|clause| {
            let (from, to) = (tokens[clause.from].span.start, tokens[clause.to - 1].span.end);
            (clause.shape, text[from..to].to_string())
        })
    }

    #[test]
    fn what_is_wanted_is_cut_from_its_lead_in() {
        let table = [
            (
                "I would really like to see better pay that reflects the work",
                Shape::Wanted,
                "better pay that reflects the work",
            ),
            ("I'd like to work in one practice", Shape::Infinitive, "to work in one practice"),
            ("More time with patients please", Shape::Noun, "More time with patients"),
            ("Better pay please, the salary doesn't reflect the work", Shape::Noun, "Better pay"),
            ("The lists are frightening, people get worse", Shape::Statement, "The lists are frightening"),
            ("Less contact now covid is over", Shape::Noun, "Less contact now covid is over"),
            ("The role is not understood by GPs", Shape::Statement, "The role is not understood by GPs"),
        ];
        for (text, shape, body) in table {
            assert_eq!(cut(text, Direction::Change), Some((shape, body.to_string())), "{text}");
        }
    }

    #[test]
    fn a_clause_that_could_mislead_is_not_reported() {
        for text in [
            "A lack of support",
            "Having to wait outside in the rain",
            "Set up a peer practice group so that we can learn",
            "Reminders for jabs and the way the vaccine clinic was run",
            "A joke to get through in the morning",
            "Poor communication",
            "My pay",
            "We need our own rooms",
            "Clinics [name] runs",
            "It is bad",
        ] {
            assert_eq!(cut(text, Direction::Change), None, "{text}");
        }
        assert_eq!(cut("Poor pay", Direction::Enjoy), None);
        for text in [
            "Staff very friendly",
            "Unable to pay",
            "Informed by the son of a patient",
            "Really EVERYTHING there",
            "pls it's urgent",
            "Thanks to XXXX for the help",
            "Excellent chances to train and learn, w/ care",
        ] {
            assert_eq!(cut(text, Direction::Neutral), None, "{text}");
        }
    }

    #[test]
    fn gerunds_without_a_verb_of_their_own_are_nouns() {
        let grow = Some((Shape::Noun, "Watching people grow".to_string()));
        assert_eq!(cut("Watching people grow", Direction::Enjoy), grow);
        let boosts = cut("Legalising cannabis boosts the economy", Direction::Neutral).map(|clause| clause.0);
        assert_eq!(boosts, Some(Shape::Statement));
    }

    #[test]
    fn a_change_that_somebody_will_bring_is_no_sentence_and_cause_may_be_because() {
        let of = |text: &str| cut(text, Direction::Neutral);
        assert_eq!(
            of("The change he will bring"),
            Some((Shape::Noun, "The change he will bring".to_string()))
        );
        assert_eq!(of("The role is what they expect").map(|clause| clause.0), Some(Shape::Statement));
        assert_eq!(of("Cause he is a good speaker"), None, "speaks of somebody in person");
        let cause = Some((Shape::Noun, "cause of the problems".to_string()));
        assert_eq!(of("And cause of the problems").map(|(shape, said)| (shape, said.to_lowercase())), cause);
    }

    #[test]
    fn the_verb_of_a_clause_inside_makes_no_sentence() {
        let nouns = [
            "Last time the app was used",
            "The specific permissions that the app wanted",
            "The will for a new manager",
            "Ease of use",
            "Proving they could attack",
            "The direction it's going",
            "The way they want to handle it",
        ];
        let sentences = [
            "The access one app needs for something is the same",
            "Staff explained the forms and were kind",
            "Reception answer the phone and are kind",
            "Legalising the drug helps the economy",
        ];
        let neither = [
            "The are kind",
            "Nurses and staff great",
            "Safe ward and very clean",
            "Good and be kind",
            "Some they can listen to a lot more",
        ];
        let shaped =
            [(Some(Shape::Noun), &nouns[..]), (Some(Shape::Statement), &sentences), (None, &neither)];
        for (shape, text) in
            shaped.iter().flat_map(|(shape, texts)| texts.iter().map(move |text| (*shape, *text)))
        {
            let whole = shape.map(|shape| (shape, text.to_string()));
            assert_eq!(cut(text, Direction::Neutral), whole, "{text}");
        }
    }

    #[test]
    fn what_is_enjoyed_may_be_a_gerund() {
        let expected = Some((Shape::Wanted, "helping people to help themselves".to_string()));
        assert_eq!(cut("I really enjoy helping people to help themselves", Direction::Enjoy), expected);
        assert_eq!(
            cut("Making a difference", Direction::Enjoy),
            Some((Shape::Noun, "Making a difference".to_string()))
        );
    }
}
