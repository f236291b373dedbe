//! From the ideas of a respondent to what stands in the survey.

use std::collections::BTreeMap;

use super::banks::{Banks, Kind};
use super::design::{Design, QUESTIONS, UNPLANTED};
use super::draw::Draw;
use super::manner::{Manner, Tone};
use super::people::Person;
use super::plan::Intent;

/// One answer and the ideas in it.
#[derive(Debug, Default)]
pub(crate) struct Answer {
    pub(crate) text: String,
    pub(crate) ideas: Vec<Idea>,
}

/// One planted idea: `text` stands in the answer at `start`, counted in code points.
#[derive(Debug)]
pub(crate) struct Idea {
    pub(crate) code: String,
    pub(crate) text: String,
    pub(crate) start: usize,
}

/// How ideas are put together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    Prose,
    Paragraphs,
    Commas,
    Semicolons,
    Lines,
    Marked(&'static str),
    Numbered,
}

/// Writes the answers of a year, in the order of `people`; the two questions in the order of [`QUESTIONS`].
pub(crate) fn write_answers(
    people: &[Person],
    plan: &BTreeMap<String, Vec<Intent>>,
    banks: &mut Banks,
    design: &Design,
) -> Vec<[Answer; 2]> {
    people
        .iter()
        .enumerate()
        .map(|(i, person)| {
            let mut draw = Draw::new(design.seed, &format!("voice {}", person.id));
            let manner = Manner::of(person, &mut draw);
            QUESTIONS.map(|question| match &plan[question][i] {
                Intent::Blank => Answer::default(),
                Intent::NonAnswer => {
                    Answer { text: draw.pick(&banks.non_answers[question]).to_owned(), ideas: Vec::new() }
                }
                Intent::Mention(codes) => {
                    Writer { question, manner: &manner, banks, draw: &mut draw }.write(codes)
                }
            })
        })
        .collect()
}

/// Writes one answer.
struct Writer<'a> {
    question: &'a str,
    manner: &'a Manner,
    banks: &'a mut Banks,
    draw: &'a mut Draw,
}

impl Writer<'_> {
    fn write(&mut self, codes: &[String]) -> Answer {
        let layout = if codes.len() == 1 { Layout::Prose } else { self.layout() };
        let mut answer = Answer::default();
        match layout {
            Layout::Prose => self.prose(codes, " ", &mut answer),
            Layout::Paragraphs => self.prose(codes, "\n\n", &mut answer),
            _ => self.list(codes, layout, &mut answer),
        }
        self.finish(&mut answer);
        answer
    }

    fn layout(&mut self) -> Layout {
        let prose = match self.manner.tone {
            Tone::Terse => 15,
            Tone::Plain | Tone::Cross => 50,
            Tone::Chatty | Tone::Grateful => 70,
        };
        if self.draw.chance(prose) {
            return if self.draw.chance(10) { Layout::Paragraphs } else { Layout::Prose };
        }
        match self.draw.below(20) {
            0..=9 => Layout::Commas,
            10..=12 => Layout::Semicolons,
            13..=15 => Layout::Lines,
            16 => Layout::Marked("- "),
            17 => Layout::Marked("* "),
            18 => Layout::Marked("• "),
            _ => Layout::Numbered,
        }
    }

    /// Sentences, or pieces of sentences with a stop behind them.
    fn prose(&mut self, codes: &[String], gap: &str, answer: &mut Answer) {
        if self.manner.tone == Tone::Chatty && self.draw.chance(8) {
            let lead_in = self.draw.pick(&self.banks.phrasing.lead_ins[self.question]).to_owned();
            answer.text.push_str(&lead_in);
            answer.text.push(' ');
        }
        for (i, code) in codes.iter().enumerate() {
            if i > 0 {
                answer.text.push_str(gap);
            }
            let kind = self.kind(codes.len());
            let (kind, text) = self.wording(code, kind);
            let (before, text) = match kind {
                Kind::Phrase if i == 0 => self.opened(&text),
                Kind::Phrase => self.linked(&text),
                _ => (String::new(), capitalised(&text)),
            };
            answer.text.push_str(&before);
            let body = text.strip_suffix('.').unwrap_or(&text).to_owned();
            self.idea(code, &body, answer);
            let is_closed = body.ends_with(['?', '!', '😀']);
            let is_plain = !body.contains([',', ':']);
            if !is_closed && is_plain && kind == Kind::Sentence && self.draw.chance(8) {
                let tail = self.draw.pick(&self.banks.phrasing.tails).to_owned();
                answer.text.push_str(", ");
                answer.text.push_str(&tail);
            }
            if !is_closed {
                answer.text.push_str(self.stop());
            }
        }
    }

    /// Which kind of wording comes next in prose.
    fn kind(&mut self, n_ideas: usize) -> Kind {
        let percent = self.draw.below(100);
        match self.manner.tone {
            Tone::Terse if n_ideas == 1 && percent < 65 => Kind::Short,
            Tone::Terse if percent < 85 => Kind::Phrase,
            Tone::Plain | Tone::Cross | Tone::Grateful if n_ideas == 1 && percent < 18 => Kind::Short,
            Tone::Plain | Tone::Cross | Tone::Grateful if percent < 40 => Kind::Phrase,
            Tone::Plain | Tone::Chatty if n_ideas < 3 && percent >= 86 => Kind::Story,
            Tone::Chatty if percent < 20 => Kind::Phrase,
            _ => Kind::Sentence,
        }
    }

    /// A wording of `code`, of this kind if there is one left, and the kind it is.
    fn wording(&mut self, code: &str, kind: Kind) -> (Kind, String) {
        if code == UNPLANTED {
            let text = self.banks.next(self.question, code, Kind::Story).unwrap_or_default();
            return (Kind::Story, text);
        }
        [kind, Kind::Sentence]
            .into_iter()
            .find_map(|kind| Some((kind, self.banks.next(self.question, code, kind)?)))
            .unwrap_or((Kind::Sentence, String::new()))
    }

    /// "I enjoy" and the piece, or the piece alone with a capital.
    fn opened(&mut self, piece: &str) -> (String, String) {
        let is_clause = self.question == "would_change" && is_clause(piece);
        if is_clause || self.draw.chance(45) {
            return (String::new(), capitalised(piece));
        }
        let opener = self.draw.pick(&self.banks.phrasing.openers[self.question]);
        (format!("{opener} "), piece.to_owned())
    }

    /// "Also" and the piece, or the piece alone with a capital.
    fn linked(&mut self, piece: &str) -> (String, String) {
        if self.draw.chance(55) {
            return (String::new(), capitalised(piece));
        }
        (format!("{} ", self.draw.pick(&self.banks.phrasing.links)), piece.to_owned())
    }

    /// Pieces in a row, under each other, or with marks.
    fn list(&mut self, codes: &[String], layout: Layout, answer: &mut Answer) {
        let has_capitals = self.draw.chance(70);
        for (i, code) in codes.iter().enumerate() {
            let piece = self.piece(code, layout);
            if i > 0 {
                answer.text.push_str(match layout {
                    Layout::Commas if i + 1 == codes.len() => " and ",
                    Layout::Commas => ", ",
                    Layout::Semicolons => "; ",
                    _ => "\n",
                });
            }
            match layout {
                Layout::Marked(mark) => answer.text.push_str(mark),
                Layout::Numbered => answer.text.extend([&(i + 1).to_string(), ". "]),
                _ => {}
            }
            let runs_on = matches!(layout, Layout::Commas | Layout::Semicolons) && i > 0;
            let text = if !runs_on && (has_capitals || i == 0) { capitalised(&piece) } else { piece };
            self.idea(code, &text, answer);
        }
        if matches!(layout, Layout::Commas | Layout::Semicolons) {
            answer.text.push_str(self.stop());
        }
    }

    /// A piece for a list: without commas where commas divide the pieces.
    fn piece(&mut self, code: &str, layout: Layout) -> String {
        let mut piece = String::new();
        for _ in 0..6 {
            let kind = if self.draw.chance(25) { Kind::Short } else { Kind::Phrase };
            piece = lowered(&self.wording(code, kind).1);
            if layout != Layout::Commas || code == UNPLANTED || !piece.contains([',', '.', ':']) {
                break;
            }
        }
        piece
    }

    fn idea(&mut self, code: &str, text: &str, answer: &mut Answer) {
        let text = self.manner.typed(text, &self.banks.slips, self.draw);
        let start = answer.text.chars().count();
        answer.text.push_str(&text);
        answer.ideas.push(Idea { code: code.to_owned(), text, start });
    }

    fn stop(&mut self) -> &'static str {
        let is_loud = match self.manner.tone {
            Tone::Cross => 40,
            Tone::Chatty => 12,
            _ => 1,
        };
        if self.draw.chance(is_loud) { ["!", "!!", "!"][self.draw.below(3)] } else { "." }
    }

    /// Thanks, emoji, a name that should not be there, and the last full stop that some leave out.
    fn finish(&mut self, answer: &mut Answer) {
        if self.manner.open_end && answer.text.ends_with('.') {
            answer.text.pop();
        } else if self.manner.tone == Tone::Grateful && self.draw.chance(12)
            || answer.ideas.len() > 3 && self.draw.chance(12)
        {
            let sign_off = self.draw.pick(&self.banks.phrasing.sign_offs).to_owned();
            answer.text.push(' ');
            answer.text.push_str(&sign_off);
        }
        if matches!(self.manner.tone, Tone::Chatty | Tone::Grateful) && self.draw.chance(7) {
            answer.text.push(' ');
            answer.text.push_str(self.draw.pick(&self.banks.phrasing.emoji));
        }
        if self.draw.below(1000) < 25 {
            let needs_stop = answer.text.ends_with(char::is_alphanumeric);
            answer.text.push_str(if needs_stop { ". " } else { " " });
            answer.text.push_str(&self.banks.personal.sentence(self.draw));
        }
    }
}

/// Whether a piece begins with a verb or "not", so that "we need" cannot stand before it.
fn is_clause(piece: &str) -> bool {
    let first = piece.split(' ').next().unwrap_or_default();
    matches!(first, "not" | "no" | "to" | "us" | "GPs" | "link" | "stopping" | "somewhere")
        || first.ends_with("ing") && !matches!(first, "training" | "funding" | "parking")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// `text` with a small first letter, unless it begins with "I" or an abbreviation.
fn lowered(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(text.chars().skip(1)).collect()
        }
        _ => text.to_owned(),
    }
}
