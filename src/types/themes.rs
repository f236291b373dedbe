use ndarray::Array2;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;

/// A theme's id: `T01`, `T02`, … It never changes and is never used again for another theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ThemeId(NonZeroU32);

impl ThemeId {
    /// `T01`.
    pub const FIRST: Self = Self(NonZeroU32::MIN);

    /// The id with this number; `None` for 0.
    pub fn new(number: u32) -> Option<Self> {
        NonZeroU32::new(number).map(Self)
    }

    /// Its number, from 1.
    pub fn number(self) -> u32 {
        self.0.get()
    }
}

impl fmt::Display for ThemeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{:02}", self.0)
    }
}

impl FromStr for ThemeId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.strip_prefix('T')
            .filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|digits| digits.parse().ok())
            .and_then(Self::new)
            .ok_or_else(|| format!("`{text}` is not a theme id such as `T07`"))
    }
}

impl TryFrom<String> for ThemeId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<ThemeId> for String {
    fn from(id: ThemeId) -> Self {
        id.to_string()
    }
}

/// Where one text belongs. Themes are numbered from 0 within a [`Clustering`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Assignment {
    /// The theme, or `None` for "no clear theme".
    pub theme: Option<usize>,
    /// Cosine to the centre of that theme (or of the nearest one), -1 to 1.
    pub similarity: f32,
    /// A second theme that is nearly as close.
    pub second: Option<usize>,
    /// Similarity to the first theme less that to the runner-up, 0 to 2: how clear the choice is.
    pub margin: f32,
}

/// The themes found in one question's distinct texts. Theme 0 is the largest; ties go to the one with the first text.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// One per distinct text.
    pub assignments: Vec<Assignment>,
    /// Unit-length mean of the vectors of each theme's texts, `(n_themes, dim)`.
    pub centres: Array2<f32>,
    /// One per theme; `None` where it was not resampled.
    pub stability: Vec<Option<Stability>>,
    /// Sub-themes per theme; empty where there is no structure inside.
    pub subs: Vec<Vec<SubCluster>>,
}

impl Clustering {
    /// Number of themes.
    pub fn n_themes(&self) -> usize {
        self.centres.nrows()
    }

    /// Indices of the texts whose first theme is `theme`, ascending.
    pub fn members(&self, theme: usize) -> Vec<usize> {
        (0..self.assignments.len()).filter(|&i| self.assignments[i].theme == Some(theme)).collect()
    }
}

/// How often a theme is found again in resamples (Hennig 2007, Jaccard of at least 0.6 counts as found).
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Stability {
    /// Resamples in which it was found.
    pub found: u32,
    /// Resamples drawn, at least 1.
    pub of: u32,
}

impl Stability {
    /// Of these counts; `None` if no resample was drawn.
    pub fn of_counts(found: u32, of: u32) -> Option<Self> {
        (of > 0).then_some(Self { found, of })
    }

    /// The counts of a stability; both are 0 for none.
    pub fn counts(stability: Option<Self>) -> (u32, u32) {
        stability.map_or((0, 0), |stability| (stability.found, stability.of))
    }

    /// Share of resamples in which the theme was found, 0 to 1.
    pub fn share(self) -> f64 {
        f64::from(self.found) / f64::from(self.of)
    }

    /// Below one half: the theme is marked tentative in every export.
    pub fn is_tentative(self) -> bool {
        self.share() < 0.5
    }
}

/// In a file two counts always stand there, both 0 for a theme that was not resampled.
pub(super) mod stability_in_file {
    use super::Stability;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde passes a reference")]
    pub(crate) fn serialize<S: Serializer>(
        stability: &Option<Stability>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let (found, of) = Stability::counts(*stability);
        Stability { found, of }.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Stability>, D::Error> {
        let Stability { found, of } = Stability::deserialize(deserializer)?;
        Ok(Stability::of_counts(found, of))
    }
}

/// A part of a theme that stands apart inside it.
#[derive(Debug, Clone, PartialEq)]
pub struct SubCluster {
    /// Indices of its texts, ascending.
    pub texts: Vec<usize>,
}

/// What a theme is called.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ThemeLabel {
    /// A heading of two to six words in sentence case.
    pub name: String,
    /// One sentence, key words between `**`.
    pub statement: String,
    /// Index into [`Corpus::segments`](super::Corpus::segments) of the segment whose words stand in the statement; `None` where it
    /// holds no more than the name, or somebody else wrote it.
    #[serde(skip)]
    pub statement_from: Option<usize>,
    /// Words and phrases typical of the theme, best first.
    pub keywords: Vec<String>,
    /// A heading for each sub-theme, in the order of [`Clustering::subs`]; none alike within the question. `None` for a sub-theme that
    /// no heading fits, which is not reported.
    #[serde(default)]
    pub subs: Vec<Option<String>>,
}

/// A segment chosen as a quote.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThemeQuote {
    /// Index into [`Corpus::segments`](super::Corpus::segments).
    pub segment: usize,
    /// Cosine to the theme's centre.
    pub similarity: f32,
    /// Whether it was chosen to show the theme's spread, not its centre.
    pub shows_spread: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_with_two_digits_and_read_back() {
        let id = ThemeId::new(7).unwrap();
        assert_eq!(id.to_string(), "T07");
        assert_eq!("T07".parse(), Ok(id));
        assert_eq!("T123".parse::<ThemeId>().unwrap().number(), 123);
        for wrong in ["T0", "7", "T", "T-1", "t07", "T99999999999"] {
            assert!(wrong.parse::<ThemeId>().is_err(), "{wrong}");
        }
    }
}
