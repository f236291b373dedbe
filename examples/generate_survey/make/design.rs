//! What is planted: `planted-shares.toml`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::MakeError;

/// The two open questions, by column.
pub(crate) const QUESTIONS: [&str; 2] = ["enjoy_most", "would_change"];
/// Code of an idea that belongs to no planted theme.
pub(crate) const UNPLANTED: &str = "unplanted";

/// The whole design.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Design {
    /// Every draw follows from it.
    pub(crate) seed: u64,
    #[serde(rename = "year")]
    pub(crate) years: Vec<YearDesign>,
    #[serde(rename = "theme")]
    pub(crate) themes: Vec<ThemeDesign>,
}

/// One year: how many took part, how many of them wrote nothing, and who they are.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct YearDesign {
    pub(crate) year: u16,
    pub(crate) respondents: usize,
    /// Empty answers, per question.
    pub(crate) blank: BTreeMap<String, usize>,
    /// Answers such as "n/a", per question.
    pub(crate) non_answers: BTreeMap<String, usize>,
    /// Per group column, the share of each value; they add up to 1.
    pub(crate) groups: BTreeMap<String, BTreeMap<String, f64>>,
}

/// One planted theme.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThemeDesign {
    pub(crate) question: String,
    pub(crate) code: String,
    /// For readers and tests; the shares say the same.
    #[serde(rename = "change")]
    _change: String,
    share_2022: f64,
    share_2023: f64,
    pub(crate) tilt: Option<Tilt>,
}

/// Who mentions a theme more often than others.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Tilt {
    pub(crate) column: String,
    pub(crate) value: String,
    pub(crate) weight: u32,
}

impl YearDesign {
    /// Respondents with a substantive answer to `question`.
    pub(crate) fn base(&self, question: &str) -> usize {
        self.respondents - self.blank[question] - self.non_answers[question]
    }
}

impl ThemeDesign {
    /// How many respondents mention the theme in `year`.
    pub(crate) fn mentions(&self, year: &YearDesign) -> usize {
        let share = if year.year == 2022 { self.share_2022 } else { self.share_2023 };
        (share * year.base(&self.question) as f64).round() as usize
    }
}

/// Reads the design.
pub(crate) fn read_design(path: &Path) -> Result<Design, MakeError> {
    Ok(toml::from_str(&fs_err::read_to_string(path)?)?)
}
