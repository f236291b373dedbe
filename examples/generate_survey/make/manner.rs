//! How a respondent writes: how tidily, how loudly, with which slips.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::draw::Draw;
use super::people::Person;

/// Words around the ideas; none carries an idea of its own.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Phrasing {
    pub(crate) openers: BTreeMap<String, Vec<String>>,
    pub(crate) lead_ins: BTreeMap<String, Vec<String>>,
    pub(crate) tails: Vec<String>,
    pub(crate) sign_offs: Vec<String>,
    pub(crate) emoji: Vec<String>,
    pub(crate) links: Vec<String>,
}

/// Misspellings and careless forms, right to wrong.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slips {
    misspellings: BTreeMap<String, String>,
    casual: BTreeMap<String, String>,
}

/// What somebody writes like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Terse,
    Plain,
    Chatty,
    Cross,
    Grateful,
}

/// Upper and lower case over a whole answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Case {
    Usual,
    Lower,
    Shouting,
}

/// The habits of one respondent: each is there or not, whatever the others.
#[allow(clippy::struct_excessive_bools)]
pub(crate) struct Manner {
    pub(crate) tone: Tone,
    case: Case,
    /// Leaves the last full stop out.
    pub(crate) open_end: bool,
    /// Misspells one word in so many; 0 for never.
    slip_every: usize,
    casual: bool,
    /// Pastes from a word processor.
    curly: bool,
    clients: bool,
    social_prescriber: bool,
}

impl Manner {
    /// Draws the habits of `person`.
    pub(crate) fn of(person: &Person, draw: &mut Draw) -> Self {
        let tone = match (person.talkative, draw.below(10)) {
            (1, 0..=5) | (2, 0..=2) => Tone::Terse,
            (4.., 0..=4) | (_, 6) => Tone::Chatty,
            (_, 7) => Tone::Cross,
            (_, 8) => Tone::Grateful,
            _ => Tone::Plain,
        };
        let case = match draw.below(100) {
            0..=1 => Case::Shouting,
            2..=9 => Case::Lower,
            10..=24 if tone == Tone::Terse => Case::Lower,
            _ => Case::Usual,
        };
        let is_vcse = person.groups.get("employer").is_some_and(|employer| employer == "VCSE");
        Self {
            tone,
            case,
            open_end: case == Case::Lower || draw.chance(if tone == Tone::Terse { 85 } else { 35 }),
            slip_every: [0, 0, 0, 0, 0, 0, 0, 40, 40, 16][draw.below(10)],
            casual: draw.chance(20),
            curly: draw.chance(10),
            clients: is_vcse && draw.chance(50),
            social_prescriber: draw.chance(20),
        }
    }

    /// `text` as this respondent would type it; `at_start` begins with a capital.
    pub(crate) fn typed(&self, text: &str, slips: &Slips, draw: &mut Draw) -> String {
        let mut text = text.to_owned();
        if self.clients {
            text = text.replace("patient", "client").replace("Patient", "Client");
        }
        if self.social_prescriber {
            text =
                text.replace("link worker", "social prescriber").replace("Link worker", "Social prescriber");
        }
        if self.casual {
            for (right, careless) in &slips.casual {
                if text.contains(right.as_str()) && draw.chance(45) {
                    text = text.replace(right.as_str(), careless);
                }
            }
        }
        if self.slip_every > 0 {
            text = text.split(' ').map(|word| self.slip(word, slips, draw)).collect::<Vec<_>>().join(" ");
        }
        if self.tone == Tone::Cross {
            text = stressed(&text, draw);
        }
        match self.case {
            Case::Usual => {}
            Case::Lower => text = text.to_lowercase(),
            Case::Shouting => text = text.to_uppercase(),
        }
        if self.curly { curled(&text) } else { text }
    }

    /// `word`, misspelt now and then.
    fn slip(&self, word: &str, slips: &Slips, draw: &mut Draw) -> String {
        if let Some(wrong) = slips.misspellings.get(word)
            && draw.below(if word.len() < 5 { self.slip_every } else { self.slip_every / 4 }) == 0
        {
            return wrong.clone();
        }
        let letters: Vec<char> = word.chars().collect();
        if letters.len() < 5
            || !letters.iter().all(char::is_ascii_lowercase)
            || draw.below(self.slip_every) > 0
        {
            return word.to_owned();
        }
        // Two letters change places, or one is lost; never the first, which people get right.
        let at = 1 + draw.below(letters.len() - 2);
        let mut slipped = letters;
        if draw.chance(60) {
            slipped.swap(at, at + 1);
        } else {
            slipped.remove(at);
        }
        slipped.into_iter().collect()
    }
}

/// `text` with the quotation marks of a word processor: an opening one after a space, else a closing one.
fn curled(text: &str) -> String {
    let opened = text.replace(" '", " ‘").replace('\'', "’");
    opened.strip_prefix('’').map_or(opened.clone(), |rest| format!("‘{rest}"))
}

/// `text` with one word of weight in capitals.
fn stressed(text: &str, draw: &mut Draw) -> String {
    const WEIGHTY: [&str; 9] =
        ["never", "nobody", "nothing", "still", "every", "always", "properly", "please", "love"];
    let hits: Vec<&str> = WEIGHTY.into_iter().filter(|&word| text.split(' ').any(|w| w == word)).collect();
    if hits.is_empty() || draw.chance(40) {
        return text.to_owned();
    }
    let chosen = hits[draw.below(hits.len())];
    text.split(' ')
        .map(|w| if w == chosen { w.to_uppercase() } else { w.to_owned() })
        .collect::<Vec<_>>()
        .join(" ")
}
