use crate::types::{Disclosure, Granularity};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What to read and how to understand it: a survey file, or what the command line says of a bare file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SurveyPlan {
    /// The file with the answers.
    pub input: PathBuf,
    /// Title; the input's file stem if absent.
    pub title: Option<String>,
    /// Survey year.
    pub year: Option<i32>,
    /// Column of respondent ids; a column with a usual name such as `respondent_id`, else row numbers, if absent.
    pub respondent_id: Option<String>,
    /// Open-ended columns with their wording; proposed from the data if empty.
    pub questions: Vec<PlannedQuestion>,
    /// Group columns.
    pub groups: Vec<String>,
    /// Column that says who may be quoted; everyone if absent.
    pub consent: Option<String>,
    /// Column of survey weights.
    pub weight: Option<String>,
    /// Template of a quote's attribution; `{year}` and `{<group column>}` are filled in.
    pub attribution: Option<String>,
    /// Folder of the previous year's run.
    pub previous_run: Option<PathBuf>,
    /// Names that are never masked (organisations).
    pub allow: Vec<String>,
    /// Terms that are always masked.
    pub deny: Vec<String>,
    /// Encoding label, such as `windows-1252`, or `utf-8-lossy` to replace broken bytes by `�`; detected if absent.
    pub encoding: Option<String>,
    /// Sheet of a workbook; the only one with data if absent.
    pub sheet: Option<String>,
    /// Number of header rows, 1 to 3; recognised if absent.
    pub header_rows: Option<usize>,
    /// What the survey file says about the later stages; the command line may override each.
    pub settings: Settings,
}

/// An open-ended column.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedQuestion {
    /// Name of the column.
    pub column: String,
    /// The words that respondents saw.
    pub wording: Option<String>,
}

/// The `[settings]` and `[privacy]` tables of a survey file. Absent means the default of the stage.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Number of themes, chosen from the data or fixed.
    pub themes: Option<ThemeCount>,
    /// How fine the themes are when their number is chosen.
    pub granularity: Option<Granularity>,
    /// Seed of every random choice.
    pub seed: Option<u64>,
    /// Share of the base from which a theme is a common theme, 0 to 1.
    pub common_share: Option<f64>,
    /// Most quotes per theme, at least 1.
    pub quotes: Option<usize>,
    /// Most distinct texts that themes are fitted on, at least 100.
    pub sample: Option<usize>,
    /// How small counts are protected.
    pub disclosure: Option<Disclosure>,
    /// Respondents below which a combination of group values is not printed in an attribution, at least 1.
    pub min_group: Option<usize>,
}

impl Settings {
    /// How many themes may be asked for: their tree takes memory by the square of the number.
    pub const THEMES: RangeInclusive<usize> = 1..=1000;
    /// How many quotes per theme may be asked for.
    pub const QUOTES: RangeInclusive<usize> = 1..=100;
    /// Fewest texts that themes may be fitted on.
    pub const LEAST_SAMPLE: usize = 100;
}

/// The `themes` setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeCount {
    /// Chosen from the data.
    Auto,
    /// Exactly so many, at least 1.
    Exactly(usize),
}
