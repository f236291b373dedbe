//! How people, spreadsheets and scanners write the same thing differently.

use super::identifiers::Kind;
use rand::Rng;
use rand::seq::SliceRandom;

/// A way of writing an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Disguise {
    OddSpaces,
    ZeroWidth,
    FullWidth,
    LineBreak,
    LowerCase,
    LetterForDigit,
    Hyphens,
}

const ALL: [Disguise; 7] = [
    Disguise::OddSpaces,
    Disguise::ZeroWidth,
    Disguise::FullWidth,
    Disguise::LineBreak,
    Disguise::LowerCase,
    Disguise::LetterForDigit,
    Disguise::Hyphens,
];

/// `identifier` as it is (four times in ten) or in a disguise that its kind can wear.
pub(super) fn disguise(kind: Kind, identifier: &str, rng: &mut impl Rng) -> String {
    if rng.gen_bool(0.4) {
        return identifier.to_owned();
    }
    let fits = |disguise: &&Disguise| match disguise {
        Disguise::LowerCase => matches!(kind, Kind::Postcode | Kind::NiNumber | Kind::Address | Kind::Link),
        Disguise::LetterForDigit => {
            matches!(kind, Kind::Phone | Kind::NhsNumber | Kind::Card | Kind::NiNumber)
        }
        Disguise::Hyphens => matches!(kind, Kind::Phone | Kind::NhsNumber | Kind::Card | Kind::NiNumber),
        Disguise::LineBreak => !matches!(kind, Kind::Link | Kind::Handle),
        _ => true,
    };
    let fitting = ALL.iter().filter(fits).copied().collect::<Vec<_>>();
    wear(*fitting.choose(rng).unwrap(), identifier, rng)
}

fn wear(disguise: Disguise, identifier: &str, rng: &mut impl Rng) -> String {
    match disguise {
        Disguise::OddSpaces => {
            let space = *['\u{a0}', '\u{2009}', '\u{202f}', '\u{3000}'].choose(rng).unwrap();
            identifier.replace(' ', &space.to_string())
        }
        Disguise::ZeroWidth => {
            let invisible = *['\u{200b}', '\u{200d}', '\u{ad}', '\u{feff}'].choose(rng).unwrap();
            let letters = identifier.chars().collect::<Vec<_>>();
            let at = rng.gen_range(1..letters.len());
            letters[..at].iter().chain([&invisible]).chain(&letters[at..]).collect()
        }
        Disguise::FullWidth => identifier
            .chars()
            .map(|c| if c.is_ascii_graphic() { char::from_u32(c as u32 + 0xfee0).unwrap() } else { c })
            .collect(),
        Disguise::LineBreak => {
            let spaces = identifier.match_indices(' ').map(|(at, _)| at).collect::<Vec<_>>();
            match spaces.choose(rng) {
                Some(&at) => format!("{}\n{}", &identifier[..at], &identifier[at + 1..]),
                None => identifier.to_owned(),
            }
        }
        Disguise::LowerCase => identifier.to_lowercase(),
        Disguise::LetterForDigit => {
            // One in two: a text whose every 0 is a letter is rarer than one with a slip of the finger.
            identifier.chars().map(|c| if c == '0' && rng.gen_bool(0.5) { 'O' } else { c }).collect()
        }
        Disguise::Hyphens => identifier.replace(' ', if rng.gen_bool(0.5) { "-" } else { "\u{2011}" }),
    }
}
