//! The phrase banks, and the decks of wordings drawn from them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::MakeError;
use super::design::{Design, QUESTIONS, UNPLANTED};
use super::draw::Draw;
use super::manner::{Phrasing, Slips};
use super::personal::PersonalBank;
use super::variants::vary;

/// What kind of wording an answer needs at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// One to five words that many people write alike; may repeat.
    Short,
    /// A piece of a sentence that begins in lower case and fits into a list.
    Phrase,
    /// A whole sentence or two.
    Sentence,
    /// An anecdote; each is told once.
    Story,
}

/// Everything answers are written from.
pub(crate) struct Banks {
    /// Decks by question, theme and kind.
    decks: BTreeMap<(String, String, Kind), Deck>,
    /// Texts that stand in the survey already.
    used: BTreeSet<String>,
    pub(crate) non_answers: BTreeMap<String, Vec<String>>,
    pub(crate) phrasing: Phrasing,
    pub(crate) slips: Slips,
    pub(crate) personal: PersonalBank,
}

/// Wordings dealt in turn, so that all are used equally often.
struct Deck {
    wordings: Vec<String>,
    next: usize,
    draw: Draw,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ThemeBank {
    #[serde(rename = "title")]
    _title: String,
    short: Vec<String>,
    phrases: Vec<String>,
    sentences: Vec<String>,
    stories: Vec<String>,
}

impl Banks {
    /// The next wording of a theme; a text that was used before is drawn again, except short ones.
    /// `None` where the kind has run out (stories) or does not exist.
    pub(crate) fn next(&mut self, question: &str, code: &str, kind: Kind) -> Option<String> {
        let deck = self.decks.get_mut(&(question.to_owned(), code.to_owned(), kind))?;
        let mut text = deck.deal(kind)?;
        for _ in 0..40 {
            if kind == Kind::Short || self.used.insert(text.clone()) {
                break;
            }
            text = deck.deal(kind)?;
        }
        Some(text)
    }
}

impl Deck {
    fn new(wordings: Vec<String>, draw: Draw) -> Self {
        let mut deck = Self { wordings, next: 0, draw };
        deck.draw.shuffle(&mut deck.wordings);
        deck
    }

    fn deal(&mut self, kind: Kind) -> Option<String> {
        if self.next == self.wordings.len() {
            if kind == Kind::Story {
                return None;
            }
            self.draw.shuffle(&mut self.wordings);
            self.next = 0;
        }
        let wording = self.wordings.get(self.next)?;
        self.next += 1;
        Some(vary(wording, &mut self.draw))
    }
}

/// Reads all banks under `folder` (`phrases/`).
pub(crate) fn read_banks(folder: &Path, design: &Design) -> Result<Banks, MakeError> {
    let mut decks = BTreeMap::new();
    let mut add = |question: &str, code: &str, kind: Kind, wordings: Vec<String>| {
        let draw = Draw::new(design.seed, &format!("wordings {question} {code} {kind:?}"));
        decks.insert((question.to_owned(), code.to_owned(), kind), Deck::new(wordings, draw));
    };
    for theme in &design.themes {
        let path = folder.join(&theme.question).join(format!("{}.toml", theme.code));
        let bank: ThemeBank = read(&path)?;
        add(&theme.question, &theme.code, Kind::Short, bank.short);
        add(&theme.question, &theme.code, Kind::Phrase, bank.phrases);
        add(&theme.question, &theme.code, Kind::Sentence, bank.sentences);
        add(&theme.question, &theme.code, Kind::Story, bank.stories);
    }
    let unplanted: BTreeMap<String, Vec<String>> = read(&folder.join("unplanted.toml"))?;
    for (question, wordings) in unplanted {
        add(&question, UNPLANTED, Kind::Story, wordings);
    }
    Ok(Banks {
        decks,
        used: BTreeSet::new(),
        non_answers: read_non_answers(&folder.join("non-answers.toml"))?,
        phrasing: read(&folder.join("manner.toml"))?,
        slips: read(&folder.join("slips.toml"))?,
        personal: read(&folder.join("personal.toml"))?,
    })
}

/// The non-answers of each question, each as many times as its weight says.
fn read_non_answers(path: &Path) -> Result<BTreeMap<String, Vec<String>>, MakeError> {
    let weights: BTreeMap<String, BTreeMap<String, usize>> = read(path)?;
    Ok(QUESTIONS
        .iter()
        .map(|&question| {
            let tables = ["any", question].into_iter().filter_map(|name| weights.get(name));
            let texts =
                tables.flatten().flat_map(|(text, &n)| std::iter::repeat_n(text.clone(), n)).collect();
            (question.to_owned(), texts)
        })
        .collect())
}

fn read<T: DeserializeOwned>(path: &Path) -> Result<T, MakeError> {
    toml::from_str(&fs_err::read_to_string(path)?).map_err(|e| format!("{}: {e}", path.display()).into())
}
