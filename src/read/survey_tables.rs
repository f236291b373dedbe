use crate::types::{Disclosure, Granularity};
use serde::Deserialize;
use std::path::PathBuf;
use toml::Spanned;

/// The tables of a survey file with their keys; `""` is the top.
pub(super) const KEYS: [(&str, &[&str]); 6] = [
    ("", &["survey", "question", "previous", "privacy", "settings"]),
    (
        "survey",
        &[
            "title",
            "year",
            "input",
            "respondent_id",
            "groups",
            "consent",
            "weight",
            "attribution",
            "encoding",
            "sheet",
            "header_rows",
        ],
    ),
    ("question", &["column", "wording"]),
    ("previous", &["run"]),
    ("privacy", &["allow", "deny", "disclosure", "min_group"]),
    ("settings", &["themes", "granularity", "seed", "common_share", "quotes", "sample"]),
];

#[derive(Deserialize)]
pub(super) struct SurveyFile {
    pub(super) survey: SurveyTable,
    #[serde(default)]
    pub(super) question: Vec<QuestionTable>,
    #[serde(default)]
    pub(super) previous: PreviousTable,
    #[serde(default)]
    pub(super) privacy: PrivacyTable,
    #[serde(default)]
    pub(super) settings: SettingsTable,
}

#[derive(Deserialize)]
pub(super) struct SurveyTable {
    pub(super) title: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) input: PathBuf,
    pub(super) respondent_id: Option<String>,
    #[serde(default)]
    pub(super) groups: Vec<String>,
    pub(super) consent: Option<String>,
    pub(super) weight: Option<String>,
    pub(super) attribution: Option<String>,
    pub(super) encoding: Option<String>,
    pub(super) sheet: Option<String>,
    pub(super) header_rows: Option<Spanned<i64>>,
}

#[derive(Deserialize)]
pub(super) struct QuestionTable {
    pub(super) column: String,
    pub(super) wording: Option<String>,
}

#[derive(Default, Deserialize)]
pub(super) struct PreviousTable {
    pub(super) run: Option<PathBuf>,
}

#[derive(Default, Deserialize)]
pub(super) struct PrivacyTable {
    #[serde(default)]
    pub(super) allow: Vec<String>,
    #[serde(default)]
    pub(super) deny: Vec<String>,
    pub(super) disclosure: Option<Disclosure>,
    pub(super) min_group: Option<Spanned<i64>>,
}

#[derive(Default, Deserialize)]
pub(super) struct SettingsTable {
    pub(super) themes: Option<Spanned<toml::Value>>,
    pub(super) granularity: Option<Granularity>,
    pub(super) seed: Option<Spanned<i64>>,
    pub(super) common_share: Option<Spanned<f64>>,
    pub(super) quotes: Option<Spanned<i64>>,
    pub(super) sample: Option<Spanned<i64>>,
}
