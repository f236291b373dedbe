use super::{Stability, ThemeId};
use serde::{Deserialize, Serialize};

/// Everything a run found, after masking and disclosure control. It is written as `themes.json`, and every export without a row per
/// segment is made from it alone.
///
/// Counts and shares that disclosure control hides are `None` (`null` in JSON, `[c]` in tables). Shares run from 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of this form; a reader refuses a newer one.
    pub schema: u32,
    /// Title of the survey.
    pub title: String,
    /// Survey year.
    pub year: Option<i32>,
    /// How the run was made.
    pub run: RunInfo,
    /// Number of respondents in the input.
    pub respondents: usize,
    /// Whether a person has read and approved the quotes and the answers that statements are taken from; until then exports say "quotes
    /// not yet reviewed".
    pub quotes_reviewed: bool,
    /// The rule for small counts.
    pub disclosure: Disclosure,
    /// Share of the base from which a theme is a common theme.
    pub common_share: f64,
    /// Most themes of a question that are common ones, the most frequent first; as many as there are if absent.
    #[serde(default)]
    pub most_common: Option<usize>,
    /// One per open-ended question.
    pub questions: Vec<QuestionReport>,
    /// Things the reader must know, in plain English, such as a changed wording.
    pub notes: Vec<String>,
}

/// Version of [`Report`] that this build writes.
pub const REPORT_SCHEMA: u32 = 1;

/// How a run was made. Nothing in it depends on the clock or the machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunInfo {
    /// Version of the program.
    pub version: String,
    /// Name of the model.
    pub model: String,
    /// sha256 of the model file, in hexadecimal.
    pub model_sha256: String,
    /// Engine that made the vectors.
    pub engine: String,
    /// Seed of every random choice.
    pub seed: u64,
    /// Name of the previous run's survey and year, if this run continues one.
    pub previous: Option<String>,
}

/// How small counts are protected in exports.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Disclosure {
    /// Counts of 1 to 4 are hidden, with secondary suppression. The default.
    #[default]
    Suppress,
    /// Counts of 1 to 7 are hidden, others are rounded to the nearest 5 (NHS England, Hospital Episode Statistics).
    Nhs,
    /// Nothing is hidden: only for work within the team.
    None,
}

/// The themes of one question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QuestionReport {
    /// Column of the input.
    pub column: String,
    /// The words that respondents saw.
    pub wording: String,
    /// Respondents who left it blank.
    pub blank: Option<usize>,
    /// Respondents whose answer says nothing ("n/a", "nothing").
    pub non_answers: Option<usize>,
    /// Respondents with a substantive answer; every share of this question is of them.
    pub base: usize,
    /// Weighted shares' effective base (Kish 1965); `None` without survey weights.
    pub effective_base: Option<f64>,
    /// Segments of the substantive answers.
    pub segments: usize,
    /// Respondents of the base in no theme at all.
    pub no_clear_theme: Option<usize>,
    /// Share of the base in at least one theme.
    pub coverage: Option<f64>,
    /// Largest first; common themes before additional comments.
    pub themes: Vec<Theme>,
    /// Themes of the previous years that nobody mentions now.
    pub gone: Vec<GoneTheme>,
    /// Answers on a map of two dimensions; empty where the question has fewer than 30 distinct texts, and at most 2,000.
    pub map: Vec<MapPoint>,
}

/// What a year's counts go by: the survey year, or the title where it has none.
pub fn year_label(year: Option<i32>, title: &str) -> String {
    year.map_or_else(|| title.to_owned(), |year| year.to_string())
}

impl Report {
    /// The [`year_label`] of the run.
    pub fn label(&self) -> String {
        year_label(self.year, &self.title)
    }

    /// Every group table, in the order of questions, themes and columns.
    pub fn group_tables_mut(&mut self) -> impl Iterator<Item = &mut GroupTable> {
        self.questions
            .iter_mut()
            .flat_map(|question| &mut question.themes)
            .flat_map(|theme| &mut theme.groups)
    }
}

/// A theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Theme {
    /// Stable id.
    pub id: ThemeId,
    /// Heading.
    pub name: String,
    /// One sentence, key words between `**`.
    pub statement: String,
    /// Typical words and phrases, best first.
    pub keywords: Vec<String>,
    /// Common theme or additional comment.
    pub level: Level,
    /// Respondents who mention it; each counts once.
    pub respondents: Option<usize>,
    /// Segments in it.
    pub mentions: Option<usize>,
    /// `respondents` / base (weighted where the survey has weights).
    pub share: Option<f64>,
    /// Wilson 95% interval of the share.
    pub interval: Option<(f64, f64)>,
    /// How often resampling finds it again; `None` for a theme that was not found by clustering.
    #[serde(with = "super::themes::stability_in_file")]
    pub stability: Option<Stability>,
    /// Whether `stability` is below one half, or a candidate awaits the researcher's word.
    pub tentative: bool,
    /// Against the previous year; `None` without one.
    pub change: Option<Change>,
    /// One per group column.
    pub groups: Vec<GroupTable>,
    /// Best first.
    pub quotes: Vec<Quote>,
    /// Parts that stand apart inside the theme.
    pub subthemes: Vec<SubTheme>,
}

/// Where a theme stands in the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Share of the base at or above [`Report::common_share`], and among the [`Report::most_common`].
    Common,
    /// All others.
    Additional,
}

/// A part of a theme.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SubTheme {
    /// Theme id, a dot and a number: `T03.1`.
    pub id: String,
    /// Heading.
    pub name: String,
    /// Respondents who mention it.
    pub respondents: Option<usize>,
    /// `respondents` / base of the question.
    pub share: Option<f64>,
}

/// An exact span of an answer, its personal details shown as marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// Who wrote it. Files with a row per quote, segment or mention hold it, and `themes.json`; reports print the attribution.
    pub respondent_id: String,
    /// First Unicode code point in the answer.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// The span, masked.
    pub text: String,
    /// Such as `SPLW, PCN, 2023`; coarsened where few respondents share it.
    pub attribution: Option<String>,
    /// Cosine to the theme's centre.
    pub similarity: f32,
    /// Whether it shows the theme's spread rather than its centre.
    pub shows_spread: bool,
    /// Whether a mark stands in it.
    pub masked: bool,
    /// Values of the group columns, in the order of the survey file, for `verbatim quotes --group`; `None` where hidden.
    pub groups: Vec<Option<String>>,
}

/// A theme's share now against the year before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Year (or title) compared with.
    pub previous: String,
    /// What happened to the theme.
    pub status: ThemeStatus,
    /// Share then.
    pub previous_share: Option<f64>,
    /// Wilson 95% interval of it.
    pub previous_interval: Option<(f64, f64)>,
    /// Base then.
    pub previous_base: Option<usize>,
    /// Share now less share then.
    pub difference: Option<f64>,
    /// Newcombe 95% interval of the difference.
    pub interval: Option<(f64, f64)>,
    /// p value adjusted over the themes of the question (Benjamini-Hochberg).
    pub p_adjusted: Option<f64>,
    /// In words: `rose from 12% to 18% (+6 points, 95% CI 2 to 10)` or `no clear change`.
    pub words: String,
}

/// What happened to a theme since the year before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeStatus {
    /// Still there, no clear change.
    Continuing,
    /// Clearly larger share.
    Growing,
    /// Clearly smaller share.
    Shrinking,
    /// Not there the year before; a candidate until the researcher keeps it.
    New,
    /// There the year before, nobody mentions it now.
    Gone,
    /// The researcher has added it to the codebook since.
    Added,
    /// This year's own clustering divides it, or it is a part of a theme that the researcher has divided.
    Split,
    /// This year's own clustering puts it together with another.
    Merged,
}

/// A theme that nobody mentions any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GoneTheme {
    /// Its id.
    pub id: ThemeId,
    /// Its name.
    pub name: String,
    /// The change.
    pub change: Change,
}

/// A theme by the values of one group column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupTable {
    /// The column.
    pub column: String,
    /// One per value, largest base first.
    pub rows: Vec<GroupRow>,
    /// p value adjusted over all group tests of the run; `None` where it cannot be tested.
    pub p_adjusted: Option<f64>,
    /// Effect size, 0 to 1 (Cramér 1946).
    pub cramers_v: Option<f64>,
}

impl GroupTable {
    /// Whether the groups differ by more than chance would make them (adjusted p below 0.05).
    pub fn differs(&self) -> bool {
        self.p_adjusted.is_some_and(|p| p < 0.05)
    }
}

/// The row of those who left a group column blank. It is shown, and left out of the tests.
pub const NOT_GIVEN: &str = "(not given)";

/// One group's share.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct GroupRow {
    /// Value of the column; [`NOT_GIVEN`] for blank.
    pub value: String,
    /// Respondents of the base in the group.
    pub base: Option<usize>,
    /// Of them, those who mention the theme.
    pub respondents: Option<usize>,
    /// `respondents` / `base`.
    pub share: Option<f64>,
    /// Wilson 95% interval of it.
    pub interval: Option<(f64, f64)>,
}

/// A segment on the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MapPoint {
    /// Across, 0 to 1.
    pub x: f32,
    /// Up, 0 to 1.
    pub y: f32,
    /// Its theme.
    pub theme: Option<ThemeId>,
}
