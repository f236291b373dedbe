//! Trims segments, joins scraps to a neighbour, bounds their number.

use super::MOST_SEGMENTS;
use super::tokens::{Kind, Token};
use super::words::Class;
use crate::types::Span;
use std::ops::Range;

/// The segments made of `ideas`, ranges of tokens in order.
pub(super) fn tidy(text: &str, tokens: &[Token], ideas: &[Range<usize>]) -> Vec<Span> {
    let trimmed = ideas.iter().filter_map(|idea| trim(tokens, idea.clone())).collect::<Vec<_>>();
    let mut kept = join_scraps(text, tokens, &trimmed);
    if kept.is_empty() {
        // All of it is fillers: better shown than lost.
        kept.extend(whole(tokens));
    }
    let spans = kept.iter().map(|idea| span(tokens, idea)).collect::<Vec<_>>();
    let together = spans.len().div_ceil(MOST_SEGMENTS).max(1);
    spans
        .chunks(together)
        .filter_map(|group| Some(Span::new(group.first()?.start, group.last()?.end)))
        .collect()
}

fn whole(tokens: &[Token]) -> Option<Range<usize>> {
    let first = tokens.iter().position(Token::is_word)?;
    let last = tokens.iter().rposition(Token::is_word)?;
    Some(first..last + 1)
}

fn span(tokens: &[Token], idea: &Range<usize>) -> Span {
    let start = tokens.get(idea.start).map_or(0, |t| t.span.start);
    let end = idea.end.checked_sub(1).and_then(|last| tokens.get(last)).map_or(start, |t| t.span.end);
    Span::new(start, end)
}

/// The idea without joining words, list signs and punctuation at its ends; `None` if no word is left.
fn trim(tokens: &[Token], mut idea: Range<usize>) -> Option<Range<usize>> {
    if !tokens.get(idea.clone())?.iter().any(Token::is_word) {
        return None;
    }
    let joins = |token: &Token| token.kind == Kind::Word && token.class.is(Class::JOINING);
    while idea.len() > 1 && tokens.get(idea.start).is_some_and(|t| joins(t) || !opens(t)) {
        idea.start += 1;
    }
    while idea.len() > 1 && tokens.get(idea.end - 1).is_some_and(|t| joins(t) || !closes(t)) {
        idea.end -= 1;
    }
    tokens.get(idea.clone())?.iter().any(Token::is_word).then_some(idea)
}

/// Whether a segment may begin with it. "£", "#" and opening brackets belong to the word they stand before.
fn opens(token: &Token) -> bool {
    match token.kind {
        Kind::Word | Kind::Mask => true,
        Kind::Sign(sign) => {
            matches!(sign, '"' | '“' | '‘' | '\'' | '(' | '[' | '£' | '$' | '€' | '#' | '@' | '¿')
                || is_picture(sign)
        }
        _ => false,
    }
}

/// Whether a segment may end with it.
fn closes(token: &Token) -> bool {
    match token.kind {
        Kind::Word | Kind::Mask => true,
        Kind::Sign(sign) => {
            matches!(sign, '"' | '”' | '’' | '\'' | ')' | ']' | '%' | '!' | '?' | '+' | '°')
                || is_picture(sign)
        }
        _ => false,
    }
}

/// Emoji are part of what people say.
fn is_picture(sign: char) -> bool {
    matches!(sign, '\u{2600}'..='\u{27bf}' | '\u{1f000}'..='\u{1faff}')
}

/// Joins lead-ins ("I would like to see:") to what follows and scraps to what precedes; fillers alone go.
fn join_scraps(text: &str, tokens: &[Token], ideas: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut kept: Vec<Range<usize>> = Vec::new();
    let mut waiting: Option<usize> = None;
    for idea in ideas {
        let words = tokens[idea.clone()].iter().filter(|t| t.is_word());
        let empty = !words.clone().any(|t| t.class.is(Class::CONTENT));
        // "Thanks", "yes it is"
        let filler = empty && words.clone().any(|t| t.class.is(Class::FILLER) && !t.class.is(Class::JOINING));
        let start = waiting.unwrap_or(idea.start);
        if leads_in(text, tokens, idea) {
            waiting = Some(start);
        } else if !empty || waiting.is_some() {
            kept.push(start..idea.end);
            waiting = None;
        } else if !filler {
            match kept.last_mut() {
                Some(last) => last.end = idea.end,
                None => waiting = Some(start),
            }
        }
    }
    if let (Some(start), Some(idea)) = (waiting, ideas.last()) {
        match kept.last_mut() {
            Some(last) => last.end = idea.end,
            None => kept.push(start..idea.end),
        }
    }
    kept
}

/// Whether a colon follows: the idea comes after it.
fn leads_in(text: &str, tokens: &[Token], idea: &Range<usize>) -> bool {
    let next = tokens.get(idea.end..).unwrap_or_default().iter().find(|t| !t.is_space());
    let said = next.is_some_and(|t| matches!(t.kind, Kind::Sign(':' | '：')));
    let last = tokens[idea.clone()].iter().rev().find(|t| t.is_word());
    said || last.is_some_and(|t| t.span.slice(text).eq_ignore_ascii_case("following"))
}
