use super::error::hint_on;
use super::nearest::nearest;
use super::plan::{PlannedQuestion, Settings, SurveyPlan, ThemeCount};
use super::survey_tables::{KEYS, SurveyFile};
use crate::error::Hint;
use crate::files;
use crate::files::reason;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Why a survey file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SurveyFileError {
    /// It cannot be read.
    #[error("The survey file `{}` cannot be read", path.display())]
    Io {
        /// The survey file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A key, a value or the form is wrong.
    #[error("`{file}`, line {line}, column {column}: {what}")]
    Form {
        /// What is wrong.
        what: String,
        /// Name of the survey file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// Character in the line, from 1.
        column: usize,
        /// What to do.
        hint: Option<String>,
    },
}

impl SurveyFileError {
    pub(super) fn is_usage(&self) -> bool {
        matches!(self, Self::Form { .. })
    }
}

impl Hint for SurveyFileError {
    fn hint(&self) -> Option<String> {
        match self {
            Self::Io { source, .. } => hint_on(source),
            Self::Form { hint, .. } => hint.clone(),
        }
    }
}

/// Largest survey file; real ones have a few kilobytes.
const MAX_BYTES: u64 = 1 << 20;

impl SurveyPlan {
    /// Reads a survey file (TOML). Paths in it are taken from the folder it lies in.
    ///
    /// # Errors
    /// If the file cannot be read or does not have the form of a survey file; the message names line and column.
    pub fn from_toml(path: &Path) -> Result<Self, super::ReadError> {
        let bytes = files::read(path, MAX_BYTES)
            .map_err(|source| SurveyFileError::Io { path: path.into(), source: reason(source) })?;
        let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let folder = path.parent().unwrap_or(Path::new(""));
        Ok(parse(&bytes, &file, folder)?)
    }
}

/// Turns spans of the source into places of a message.
struct Source<'a> {
    text: &'a str,
    file: &'a str,
}

impl Source<'_> {
    fn error(&self, at: usize, what: impl Into<String>, hint: Option<String>) -> SurveyFileError {
        let before = self.text.get(..at.min(self.text.len())).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        SurveyFileError::Form {
            what: what.into(),
            file: self.file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before
                .get(line_start..)
                .unwrap_or_default()
                .trim_start_matches('\u{feff}')
                .chars()
                .count()
                + 1,
            hint,
        }
    }

    fn toml_error(&self, error: &toml::de::Error) -> SurveyFileError {
        let span = error.span().unwrap_or_default();
        let what = match error.message() {
            "duplicate key" => {
                format!(
                    "the key `{}` stands there twice",
                    self.text.get(span.clone()).unwrap_or_default().trim()
                )
            }
            message => plain_words(message),
        };
        self.error(span.start, what, None)
    }

    /// A whole number in `range`.
    fn whole(
        &self,
        key: &str,
        value: Option<&Spanned<i64>>,
        range: Range<i64>,
    ) -> Result<Option<i64>, SurveyFileError> {
        let Some(value) = value else { return Ok(None) };
        let number = *value.get_ref();
        if range.contains(&number) {
            return Ok(Some(number));
        }
        let hint = if range.end == i64::MAX {
            format!("`{key}` is a whole number, {} or more", range.start)
        } else {
            format!("`{key}` is a whole number from {} to {}", range.start, range.end - 1)
        };
        Err(self.error(value.span().start, format!("`{key} = {number}` is not possible"), Some(hint)))
    }
}

/// The parser's message in one line, in words for people who do not write Rust.
fn plain_words(message: &str) -> String {
    let mut words = message.lines().next().unwrap_or_default().trim_end_matches('.').to_owned();
    for (technical, plain) in [
        ("unknown variant", "unknown value"),
        ("missing field", "missing key"),
        (" as i128", ""),
        ("expected i64", "expected a smaller whole number"),
        ("expected i32", "expected a whole number"),
        ("expected f64", "expected a number"),
        ("a sequence", "a list"),
        ("expected path string", "expected a path in quotation marks"),
    ] {
        words = words.replace(technical, plain);
    }
    words
}

fn parse(bytes: &[u8], file: &str, folder: &Path) -> Result<SurveyPlan, SurveyFileError> {
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = String::from_utf8_lossy(bytes.get(..error.valid_up_to()).unwrap_or_default());
            let source = Source { text: &valid, file };
            let hint = Some("Save the survey file as UTF-8".to_owned());
            return Err(source.error(error.valid_up_to(), "a character is not UTF-8", hint));
        }
    };
    let source = Source { text, file };
    check_keys(&source)?;
    let parsed: SurveyFile = toml::from_str(text).map_err(|error| source.toml_error(&error))?;
    let settings = settings(&source, &parsed)?;
    let survey = parsed.survey;
    let header_rows = source.whole("header_rows", survey.header_rows.as_ref(), 1..4)?;
    Ok(SurveyPlan {
        input: folder.join(survey.input),
        title: survey.title,
        year: survey.year,
        respondent_id: survey.respondent_id,
        questions: parsed
            .question
            .into_iter()
            .map(|question| PlannedQuestion { column: question.column, wording: question.wording })
            .collect(),
        groups: survey.groups,
        consent: survey.consent,
        weight: survey.weight,
        attribution: survey.attribution,
        previous_run: parsed.previous.run.map(|run| folder.join(run)),
        allow: parsed.privacy.allow,
        deny: parsed.privacy.deny,
        encoding: survey.encoding,
        sheet: survey.sheet,
        header_rows: header_rows.map(|rows| rows as usize),
        settings,
    })
}

fn settings(source: &Source<'_>, parsed: &SurveyFile) -> Result<Settings, SurveyFileError> {
    let table = &parsed.settings;
    let whole = |key, value, range| Ok(source.whole(key, value, range)?.map(|number| number as usize));
    Ok(Settings {
        themes: theme_count(source, table.themes.as_ref())?,
        granularity: table.granularity,
        seed: source.whole("seed", table.seed.as_ref(), 0..i64::MAX)?.map(|seed| seed as u64),
        common_share: share(source, "common_share", table.common_share.as_ref())?,
        quotes: whole("quotes", table.quotes.as_ref(), 1..*Settings::QUOTES.end() as i64 + 1)?,
        sample: whole("sample", table.sample.as_ref(), Settings::LEAST_SAMPLE as i64..i64::MAX)?,
        disclosure: parsed.privacy.disclosure,
        min_group: whole("min_group", parsed.privacy.min_group.as_ref(), 1..i64::MAX)?,
    })
}

fn theme_count(
    source: &Source<'_>,
    value: Option<&Spanned<toml::Value>>,
) -> Result<Option<ThemeCount>, SurveyFileError> {
    let Some(value) = value else { return Ok(None) };
    match value.get_ref() {
        toml::Value::String(word) if word == "auto" => Ok(Some(ThemeCount::Auto)),
        toml::Value::Integer(n) if usize::try_from(*n).is_ok_and(|n| Settings::THEMES.contains(&n)) => {
            Ok(Some(ThemeCount::Exactly(*n as usize)))
        }
        other => {
            let (least, most) = Settings::THEMES.into_inner();
            let hint = Some(format!("`themes` is `\"auto\"` or a whole number from {least} to {most}"));
            Err(source.error(value.span().start, format!("`themes = {other}` is not possible"), hint))
        }
    }
}

fn share(
    source: &Source<'_>,
    key: &str,
    value: Option<&Spanned<f64>>,
) -> Result<Option<f64>, SurveyFileError> {
    let Some(value) = value else { return Ok(None) };
    let share = *value.get_ref();
    if (0.0..=1.0).contains(&share) {
        return Ok(Some(share));
    }
    let hint = Some(format!("`{key}` is a share from 0 to 1, such as 0.05 for 5%"));
    Err(source.error(value.span().start, format!("`{key} = {share}` is not possible"), hint))
}

/// Refuses a key that no table has, with the nearest one that there is.
fn check_keys(source: &Source<'_>) -> Result<(), SurveyFileError> {
    let top = DeTable::parse(source.text).map_err(|error| source.toml_error(&error))?;
    check_table(source, "", top.get_ref())?;
    for (key, value) in top.get_ref() {
        match value.get_ref() {
            DeValue::Table(table) => check_table(source, key.get_ref(), table)?,
            DeValue::Array(items) => {
                for table in items.iter().filter_map(|item| item.get_ref().as_table()) {
                    check_table(source, key.get_ref(), table)?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn check_table(source: &Source<'_>, name: &str, table: &DeTable<'_>) -> Result<(), SurveyFileError> {
    let Some((_, keys)) = KEYS.iter().find(|(table, _)| *table == name) else { return Ok(()) };
    // In the order of the file, so that the first mistake is the one that is named.
    let mut unknown: Vec<_> = table.keys().filter(|key| !keys.contains(&key.get_ref().as_ref())).collect();
    unknown.sort_by_key(|key| key.span().start);
    let Some(key) = unknown.first() else { return Ok(()) };
    let place = if name.is_empty() { String::new() } else { format!(" of `[{name}]`") };
    let hint = nearest(key.get_ref(), keys.iter().copied()).map_or_else(
        || format!("The keys{place} are {}", quoted(keys)),
        |near| format!("Did you mean `{near}`?"),
    );
    Err(source.error(key.span().start, format!("unknown key `{}`", key.get_ref()), Some(hint)))
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
