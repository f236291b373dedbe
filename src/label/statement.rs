//! One sentence per theme in the form of a report, made of what people wrote, key words in bold.

use super::casing::{Casing, sentence_case};
use super::clauses::{Clause, Shape, clauses};
use super::direction::Direction;
use super::index::Index;
use super::names::Name;
use super::objects::is_doubtful;
use super::phrases::phrases;
use super::score::{Candidate, Groups, dot};
use super::shares::Shares;
use super::tokens::{Token, is_shouting, stem, telling_stems, tokens};
use super::usage::Usage;
use super::whole::{find_whole, is_whole};
use super::words;
use crate::grammar::slips::Slips;
use crate::types::Span;
use ndarray::ArrayView1;
use std::collections::BTreeSet;

/// Texts of a theme that are read for its statement, nearest to the centre first.
const MAX_READ: usize = 150;
/// Candidates whose words are set in bold.
const MAX_KEYS: usize = 12;
/// Bold places in a statement.
const MAX_BOLD: usize = 3;
/// Words of a statement's body that read best.
const GOOD_WORDS: std::ops::RangeInclusive<usize> = 5..=18;
/// What the typicality of a statement's words counts.
const TYPICALITY: f64 = 0.2;
/// What a word that few texts of the theme hold counts against it.
const RARE: f64 = 0.09;
/// What a slip of the pen counts against a statement.
const SLIP: f64 = 0.25;
/// What a phrase that is no object of a sentence counts against it.
const DOUBT: f64 = 0.1;
/// Words of a text that may stand as a whole behind the statement's colon.
const MAX_QUOTED_WORDS: usize = 30;

/// What a statement is made from.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) texts: &'a [&'a str],
    /// Whether the words of a text may be shown.
    pub(super) may_be_quoted: &'a dyn Fn(usize) -> bool,
    pub(super) index: &'a Index,
    pub(super) groups: &'a Groups,
    pub(super) slips: &'a Slips,
    pub(super) direction: Direction,
}

/// A sentence or part of one, with its worth.
struct Body {
    worth: f64,
    shape: Shape,
    text: usize,
    from: usize,
    to: usize,
}

/// The statement of group `group` and the text of the index whose words it holds, if there is one. `vectors` gives the vector of each
/// text of the index.
pub(super) fn statement<'a>(
    source: Source<'a>,
    group: usize,
    name: &Name,
    candidates: &[Candidate],
    vectors: impl Fn(usize) -> ArrayView1<'a, f32>,
) -> (String, Option<usize>) {
    let centre = source.groups.centres.row(group);
    let mut near: Vec<(f64, usize)> = (0..source.texts.len())
        .filter(|&text| source.groups.of[text] == Some(group))
        .map(|text| (dot(vectors(text).mapv(f64::from).view(), centre), text))
        .collect();
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let shares = Shares::among(source.index, &near.iter().map(|(_, text)| *text).collect::<Vec<_>>());
    near.retain(|(_, text)| (source.may_be_quoted)(*text));
    near.truncate(MAX_READ);
    let keys = keys(name, candidates);
    let telling = telling_stems(&tokens(&name.text));
    let of_name: Vec<&String> =
        name.phrases.iter().flatten().filter(|stem| is_whole(stem) || telling.contains(*stem)).collect();
    let mut best: Option<Body> = None;
    for &(closeness, text) in &near {
        for mut body in bodies(source, text, closeness, &of_name, &keys, &shares) {
            let is_best = |body: &Body| best.as_ref().is_none_or(|best| body.worth > best.worth);
            // Slips are sought only in what would be chosen.
            if is_best(&body) {
                let tokens = &source.index.tokens[body.text][body.from..body.to];
                body.worth -= SLIP * source.slips.among(tokens) as f64;
                if is_best(&body) {
                    best = Some(body);
                }
            }
        }
    }
    match best {
        Some(body) => (reported(source, &body, name, &keys), Some(body.text)),
        None => quoted(source, &near, name),
    }
}

/// Stems of the phrases to set in bold: those of the name, then the best others.
fn keys(name: &Name, candidates: &[Candidate]) -> Vec<Vec<String>> {
    let mut keys = name.phrases.clone();
    for candidate in candidates.iter().filter(|c| c.joined.is_empty()).take(MAX_KEYS) {
        if !keys.contains(&candidate.stems) {
            keys.push(candidate.stems.clone());
        }
    }
    keys
}

fn bodies(
    source: Source<'_>,
    text: usize,
    closeness: f64,
    of_name: &[&String],
    keys: &[Vec<String>],
    shares: &Shares,
) -> Vec<Body> {
    let tokens = &source.index.tokens[text];
    let shown = source.texts[text];
    if is_shouting(shown) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (from, to) in sentences(tokens, shown) {
        let Some(clause) = clauses(&tokens[from..to], shown, source.direction) else { continue };
        let clause = Clause { from: clause.from + from, to: clause.to + from, ..clause };
        let body = &tokens[clause.from..clause.to];
        // Two lines are two thoughts.
        if body.windows(2).any(|pair| shown[pair[0].span.end..pair[1].span.start].contains('\n')) {
            continue;
        }
        let n_keys = keys.iter().filter(|key| find(body, key).is_some()).count();
        if n_keys == 0 {
            continue;
        }
        let common = shares.of(body);
        let share = share_held(body, of_name);
        let foreign = if share == 0.0 { 0.08 } else { 0.0 };
        let beside = if source.direction == Direction::Change && tells_only_what_is(clause.shape, body) {
            0.1
        } else {
            0.0
        };
        let doubt = if is_quoted(source, clause.shape, body) { DOUBT } else { 0.0 };
        let worth = closeness
            + shape_worth(clause.shape)
            + 0.2 * share
            + 0.03 * n_keys.min(3) as f64
            + TYPICALITY * common.typicality
            - RARE * common.n_rare as f64
            - foreign
            - beside
            - doubt
            - faults(body, shown, &source.index.casing);
        found.push(Body { worth, shape: clause.shape, text, from: clause.from, to: clause.to });
    }
    found
}

fn shape_worth(shape: Shape) -> f64 {
    match shape {
        Shape::Wanted => 0.10,
        Shape::Infinitive | Shape::Statement => 0.05,
        Shape::Noun => 0.06,
    }
}

/// What is wrong with `body` as a statement: its length, a second thought in it.
fn faults(body: &[Token], text: &str, casing: &Casing) -> f64 {
    let n_words = body.iter().filter(|token| token.is_word()).count();
    let length = match n_words {
        n if GOOD_WORDS.contains(&n) => 0.0,
        // "Better line management" says enough where nothing fuller is as near.
        3 | 4 => 0.08,
        _ => 0.15,
    };
    let broken = if runs_on(body, text, casing) || is_spliced(body, text) { 0.15 } else { 0.0 };
    length + broken
}

/// Share of the stems `wanted` that stand in `body`, 0 to 1.
fn share_held(body: &[Token], wanted: &[&String]) -> f64 {
    let held: BTreeSet<String> = body.iter().map(|token| stem(&token.lower)).collect();
    let holds = |stem: &String| held.contains(stem) || (is_whole(stem) && find_whole(body, stem).is_some());
    wanted.iter().filter(|stem| holds(stem)).count() as f64 / wanted.len().max(1) as f64
}

/// Whether it is a sentence in which nothing is wished for, missed or too much: no answer to what should change.
fn tells_only_what_is(shape: Shape, body: &[Token]) -> bool {
    let wishes = |token: &Token| {
        let word = token.lower.as_str();
        words::WISHES.contains(word)
            || words::QUANTIFIERS.contains(word)
            || word.ends_with("n't")
            || word.ends_with("n’t")
    };
    shape == Shape::Statement && !body.iter().any(wishes)
}

/// Whether a word inside has a capital that it does not have elsewhere: a sentence begins there without a mark before it.
fn runs_on(body: &[Token], text: &str, casing: &Casing) -> bool {
    body.iter().skip(1).filter(|token| token.is_word()).any(|token| {
        token.span.slice(text).starts_with(char::is_uppercase)
            && !casing.inside(&token.lower).starts_with(char::is_uppercase)
    })
}

/// Whether a comma stands in it that belongs to no list: two thoughts, of which one statement is enough.
fn is_spliced(body: &[Token], text: &str) -> bool {
    let comma = body.iter().rposition(|token| token.span.slice(text) == ",");
    comma.is_some_and(|at| body[at..].iter().all(|token| !words::ANDS.contains(token.lower.as_str())))
}

/// Token ranges of the sentences of a text, without their final marks; questions and unfinished sentences are left out.
fn sentences(tokens: &[Token], text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut from = 0;
    for (at, token) in tokens.iter().enumerate() {
        let mark = token.span.slice(text);
        let next_is_apart = tokens.get(at + 1).is_none_or(|next| next.span.start > token.span.end);
        if matches!(mark, "." | "!" | "?") {
            if mark != "?" && from < at && next_is_apart {
                found.push((from, at));
            }
            from = at + 1;
        }
    }
    if from < tokens.len() {
        found.push((from, tokens.len()));
    }
    found
}

/// Where the stems of `key` stand one after the other in `body`, only function words between them.
fn find(body: &[Token], key: &[String]) -> Option<(usize, usize)> {
    if let [whole] = key
        && is_whole(whole)
    {
        return find_whole(body, whole).map(|range| (range.start, range.end));
    }
    let content: Vec<usize> = (0..body.len()).filter(|&i| body[i].is_content()).collect();
    content.windows(key.len().max(1)).find_map(|window| {
        let (first, last) = (*window.first()?, *window.last()?);
        let same = window.iter().zip(key).all(|(&i, stemmed)| stem(&body[i].lower) == *stemmed);
        let whole = body[first..last].iter().all(Token::is_word) && last - first < key.len() * 2 + 1;
        (same && whole).then_some((first, last + 1))
    })
}

/// Whether `body` can only stand in quotation marks.
fn is_quoted(source: Source<'_>, shape: Shape, body: &[Token]) -> bool {
    shape == Shape::Noun && source.direction != Direction::Change && is_doubtful(body, &source.index.usage)
}

fn reported(source: Source<'_>, body: &Body, name: &Name, keys: &[Vec<String>]) -> String {
    let tokens = &source.index.tokens[body.text][body.from..body.to];
    let text = source.texts[body.text];
    if is_quoted(source, body.shape, tokens) {
        let said = with_bold(tokens, text, &[], &source.index.casing);
        return format!(
            "{} {}: “{}.”",
            mentions(source.direction),
            subject(source, name),
            sentence_case(&said)
        );
    }
    let places = bold_places(tokens, keys, &source.index.usage);
    let said = with_bold(tokens, text, &places, &source.index.casing);
    let opening = match (body.shape, source.direction) {
        (Shape::Statement, _) => "say that",
        (Shape::Wanted | Shape::Infinitive | Shape::Noun, Direction::Change) => "would like",
        (_, Direction::Enjoy) => "enjoy",
        (_, Direction::Value) => "value",
        (_, Direction::Neutral) => "mention",
    };
    format!("Respondents {opening} {said}.")
}

/// Begins a statement whose words stand in quotation marks.
fn mentions(direction: Direction) -> &'static str {
    match direction {
        Direction::Change => "Asked what should change, respondents mention",
        Direction::Enjoy => "Asked what they enjoy, respondents mention",
        Direction::Value => "Asked what is good, respondents mention",
        Direction::Neutral => "Respondents mention",
    }
}

/// What a theme is about, inside a sentence.
fn subject(source: Source<'_>, name: &Name) -> String {
    match name.phrases.as_slice() {
        [] => "other things".into(),
        _ => bold_name(&name.text, &source.index.casing),
    }
}

fn bold_places(tokens: &[Token], keys: &[Vec<String>], usage: &Usage) -> Vec<(usize, usize)> {
    let mut places: Vec<(usize, usize)> = Vec::new();
    for key in keys {
        let Some((from, to)) = find(tokens, key) else { continue };
        if places.len() < MAX_BOLD && places.iter().all(|place| to <= place.0 || place.1 <= from) {
            places.push((from, to));
        }
    }
    if places.is_empty() {
        let longest = phrases(tokens, usage).into_iter().max_by_key(Vec::len);
        places.extend(longest.and_then(|kept| Some((*kept.first()?, *kept.last()? + 1))));
    }
    places.sort_unstable();
    places
}

/// The words of `tokens` as written, from a small letter on unless the word keeps its capital.
fn with_bold(tokens: &[Token], text: &str, places: &[(usize, usize)], casing: &Casing) -> String {
    let mut said = String::new();
    let mut at = tokens.first().map_or(0, |token| token.span.start);
    for (i, token) in tokens.iter().enumerate() {
        said.push_str(Span::new(at, token.span.start).slice(text));
        if places.iter().any(|place| place.0 == i) {
            said.push_str("**");
        }
        let shown = token.span.slice(text);
        said.push_str(if i == 0 { casing.inside(&token.lower) } else { shown });
        if places.iter().any(|place| place.1 == i + 1) {
            said.push_str("**");
        }
        at = token.span.end;
    }
    said.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where no clause can be reported: the name, and the nearest readable text as it stands.
fn quoted(source: Source<'_>, near: &[(f64, usize)], name: &Name) -> (String, Option<usize>) {
    let n_words = |text: usize| source.index.tokens[text].iter().filter(|token| token.is_word()).count();
    let readable = |text: usize| {
        let shown = source.texts[text];
        n_words(text) <= MAX_QUOTED_WORDS
            && !shown.contains('[')
            && !shown.contains('\n')
            && !is_shouting(shown)
    };
    let best = near.iter().map(|(_, text)| *text);
    let chosen = best
        .clone()
        .find(|&text| readable(text) && n_words(text) > 2)
        .or_else(|| best.clone().find(|&text| readable(text)));
    let asks = chosen.is_some_and(|text| source.texts[text].trim_end().ends_with('?'));
    let opening = if asks { "Respondents ask about" } else { mentions(source.direction) };
    let what = subject(source, name);
    let said = match chosen {
        Some(text) => {
            let shown = source.texts[text].trim();
            let end = if shown.ends_with(['.', '!', '?', '…']) { "" } else { "." };
            format!("{opening} {what}: “{shown}{end}”")
        }
        None => format!("{opening} {what}."),
    };
    (said, chosen)
}

/// The name inside a sentence.
fn bold_name(name: &str, casing: &Casing) -> String {
    let mut words = name.splitn(2, ' ');
    let first = words.next().unwrap_or_default().to_lowercase();
    let rest = words.next().map_or_else(String::new, |rest| format!(" {rest}"));
    format!("**{}{rest}**", casing.inside(&first))
}

#[cfg(test)]
mod tests {
    use super::super::tokens::tokens;
    use super::*;

    #[test]
    fn what_only_is_answers_no_question_of_change() {
        let of = |text: &str| tells_only_what_is(Shape::Statement, &tokens(text));
        assert!(of("a doctor sends everyone over seventy"));
        assert!(!of("the salary needs to be looked at again"));
        assert!(!of("the role is not understood by GPs"));
        assert!(!of("GPs don't know what we do"));
        assert!(!tells_only_what_is(Shape::Noun, &tokens("meeting new people")));
    }

    #[test]
    fn a_second_thought_is_seen_by_its_capital_or_its_comma() {
        let of = |text: &str| {
            let body = tokens(text);
            (runs_on(&body, text, &Casing::default()), is_spliced(&body, text))
        };
        assert_eq!(of("good service Staff polite"), (true, false));
        assert_eq!(of("months of sadness, support for health"), (false, true));
        assert_eq!(of("kind, caring and helpful staff"), (false, false));
    }
}
