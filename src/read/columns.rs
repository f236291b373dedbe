use super::consent::may_ask_who_objects;
use super::error::ReadError;
use super::header::{Column, Header, one_line};
use super::nearest::nearest;
use super::personal::is_personal_name;
use super::plan::SurveyPlan;
use crate::error::Hint;
use crate::types::Question;

/// Why the columns do not fit the request.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ColumnError {
    /// No column has the name.
    #[error("Column `{column}` was not found in `{file}`")]
    NotFound {
        /// What was asked for.
        column: String,
        /// Name of the file.
        file: String,
        /// The nearest name that there is.
        near: Option<String>,
        /// The names that there are.
        columns: Vec<String>,
    },
    /// Several columns have the name.
    #[error("Column `{column}` stands {} times in `{file}`", matches.len())]
    Ambiguous {
        /// What was asked for.
        column: String,
        /// Name of the file.
        file: String,
        /// Unique names of the columns.
        matches: Vec<String>,
    },
    /// One column is asked to be two things.
    #[error("Column `{column}` is named both as {first} and as {second}")]
    Twice {
        /// The column.
        column: String,
        /// Its first use.
        first: &'static str,
        /// Its second use.
        second: &'static str,
    },
    /// A column of personal details where they would reach the outputs.
    #[error("Column `{column}` of `{file}` holds personal details and cannot be used as {used_as}")]
    Personal {
        /// The column.
        column: String,
        /// Name of the file.
        file: String,
        /// What it was to be.
        used_as: &'static str,
    },
    /// A column of consent in which a yes may mean no.
    #[error(
        "Column `{column}` of `{file}` seems to ask who does not want to be quoted, so a yes in it may be no consent"
    )]
    Objection {
        /// The column.
        column: String,
        /// Name of the file.
        file: String,
    },
    /// A name in braces that nothing fills.
    #[error("The attribution holds `{{{placeholder}}}`, which is neither `year` nor a group column")]
    Placeholder {
        /// What stands between the braces.
        placeholder: String,
        /// What may stand there.
        known: Vec<String>,
    },
    /// The first row is an answer, not the names of the columns.
    #[error("`{file}` seems to have no header: the first cell of column {column} {seen}")]
    NoHeader {
        /// Name of the file.
        file: String,
        /// Number of the column, from 1.
        column: usize,
        /// What shows it, half a sentence without the text of the cell.
        seen: String,
    },
    /// The first row is a title, or has headings that span several columns, and the names of the columns stand below it.
    #[error(
        "`{file}` seems to have its header in row {header}: row {first} leaves columns without a name, as a title does"
    )]
    TitleAbove {
        /// Name of the file.
        file: String,
        /// The first row.
        first: usize,
        /// The row that seems to be the header.
        header: usize,
    },
    /// No column looks like answers to an open-ended question.
    #[error("No open-ended column was found in `{file}`")]
    NoQuestion {
        /// Name of the file.
        file: String,
        /// The columns that there are.
        columns: Vec<String>,
    },
}

impl ColumnError {
    pub(super) fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Twice { .. } | Self::Personal { .. } | Self::Objection { .. } | Self::Placeholder { .. }
        )
    }
}

impl Hint for ColumnError {
    fn hint(&self) -> Option<String> {
        Some(match self {
            Self::NotFound { near: Some(near), .. } => format!("Did you mean `{near}`?"),
            Self::NotFound { columns, .. } => format!("The columns are {}", list(columns)),
            Self::Ambiguous { matches, .. } => {
                format!("Name the one you mean by its place: {}", matches.join(" or "))
            }
            Self::Twice { .. } => "Give each column one use".into(),
            Self::Personal { used_as: "respondent id", .. } => {
                "Leave it out, and respondents are called by their row".into()
            }
            Self::Personal { .. } => "Name a column such as the employer or the region".into(),
            Self::Objection { .. } => {
                "Name a column that says `yes` for those who may be quoted; if this one does, call it `consent` in the file".into()
            }
            Self::Placeholder { known, .. } => format!("It may hold {}", list(known)),
            Self::NoHeader { .. } => {
                "Put a row with the names of the columns on top; if the first row holds them, write a survey file that says `header_rows = 1`"
                    .into()
            }
            Self::TitleAbove { first, header, .. } => {
                let rows = if first + 1 == *header { " or `header_rows = 2`" } else { "" };
                format!(
                    "Delete the rows above it; if row {first} holds names of columns, write a survey file that says `header_rows = 1`{rows}"
                )
            }
            Self::NoQuestion { columns, .. } => {
                format!("Name one with `--question`; the columns are {}", list(columns))
            }
        })
    }
}

/// Bytes from which a name is not told: it fills the message, and may be an answer in the place of a name.
const LONGEST_NAME: usize = 150;

/// At most a dozen names for a message.
fn list(names: &[String]) -> String {
    let mut shown: Vec<String> =
        names.iter().enumerate().take(12).map(|(column, name)| told_name(column, name)).collect();
    if names.len() > 12 {
        shown.push(format!("and {} more", names.len() - 12));
    }
    shown.join(", ")
}

fn told_name(column: usize, name: &str) -> String {
    match name.len() {
        ..LONGEST_NAME => format!("`{name}`"),
        _ => format!("number {} with a very long name", column + 1),
    }
}

/// The names of these columns for a message.
pub(super) fn told(header: &Header, columns: impl IntoIterator<Item = usize>) -> String {
    let name = |column: usize| Some(told_name(column, &header.columns.get(column)?.name));
    columns.into_iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// Which column is what. Numbers are indices into the header's columns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) id: Option<usize>,
    pub(super) questions: Vec<(usize, Question)>,
    pub(super) groups: Vec<usize>,
    pub(super) consent: Option<usize>,
    pub(super) weight: Option<usize>,
    /// Columns that turned out to hold e-mail addresses, whatever their name.
    pub(super) addresses: Vec<usize>,
}

impl Roles {
    /// Every use, in the order of the survey file.
    pub(super) fn uses(&self) -> impl Iterator<Item = (usize, &'static str)> {
        let one = |column: Option<usize>, is| column.into_iter().map(move |column| (column, is));
        one(self.id, "respondent id")
            .chain(self.questions.iter().map(|(column, _)| (*column, "question")))
            .chain(self.groups.iter().map(|column| (*column, "group")))
            .chain(one(self.consent, "consent"))
            .chain(one(self.weight, "weight"))
    }

    /// What is done with each column, in words.
    pub(super) fn describe(&self, header: &Header) -> Vec<(String, String)> {
        let describe = |(i, column): (usize, &Column)| {
            let found = self.uses().find(|(used, _)| *used == i).map(|(_, is)| is);
            let personal = is_personal_name(&column.plain) || self.addresses.contains(&i);
            let unused = if personal { DROPPED } else { UNUSED };
            (column.name.clone(), found.unwrap_or(unused).to_owned())
        };
        header.columns.iter().enumerate().map(describe).collect()
    }
}

/// What is done with a column that nothing names.
pub(super) const UNUSED: &str = "not used";

/// What is done with a column that says who somebody is.
pub(super) const DROPPED: &str = "dropped as personal";

/// Names that a column of ids usually has, likeliest first.
pub(super) const ID_NAMES: [&str; 9] = [
    "respondent_id",
    "respondent id",
    "respondentid",
    "response id",
    "responseid",
    "response_id",
    "unique id",
    "userid",
    "id",
];

/// Finds the columns that the plan names; the questions are left empty where the plan has none.
pub(super) fn find_roles(plan: &SurveyPlan, header: &Header, file: &str) -> Result<Roles, ReadError> {
    let find = |wanted: &String| find_column(wanted, header, file);
    let find_one = |wanted: &Option<String>| wanted.as_ref().map(find).transpose();
    let mut roles = Roles {
        id: find_one(&plan.respondent_id)?,
        questions: Vec::new(),
        groups: plan.groups.iter().map(find).collect::<Result<_, _>>()?,
        consent: find_one(&plan.consent)?,
        weight: find_one(&plan.weight)?,
        addresses: Vec::new(),
    };
    for planned in &plan.questions {
        let column = find(&planned.column)?;
        roles.questions.push((column, question(header, column, planned.wording.clone())));
    }
    if plan.respondent_id.is_none() {
        let usual = ID_NAMES.iter().find_map(|name| {
            header.columns.iter().position(|column| column.plain.eq_ignore_ascii_case(name))
        });
        roles.id = usual.filter(|column| roles.uses().all(|(used, _)| used != *column));
    }
    check_uses(&roles, header, file)?;
    check_consent(&roles, header, file)?;
    Ok(roles)
}

/// The question of a column, by its wording in the plan, else in the header, else its name.
pub(super) fn question(header: &Header, column: usize, wording: Option<String>) -> Question {
    let (name, in_header) = header
        .columns
        .get(column)
        .map_or_else(Default::default, |column| (column.name.clone(), column.wording.clone()));
    Question { wording: wording.or(in_header).unwrap_or_else(|| name.clone()), column: name }
}

fn check_uses(roles: &Roles, header: &Header, file: &str) -> Result<(), ColumnError> {
    let name = |column: usize| header.columns.get(column).map(|c| c.name.clone()).unwrap_or_default();
    let uses: Vec<_> = roles.uses().collect();
    for (i, (column, second)) in uses.iter().enumerate() {
        if let Some((_, first)) = uses.iter().take(i).find(|(before, _)| before == column) {
            return Err(ColumnError::Twice { column: name(*column), first, second });
        }
    }
    let is_personal = |column: usize| header.columns.get(column).is_some_and(|c| is_personal_name(&c.plain));
    let shown = |used_as: &str| matches!(used_as, "group" | "respondent id");
    match uses.into_iter().find(|(column, used_as)| shown(used_as) && is_personal(*column)) {
        Some((column, used_as)) => {
            Err(ColumnError::Personal { column: name(column), file: file.into(), used_as })
        }
        None => Ok(()),
    }
}

fn check_consent(roles: &Roles, header: &Header, file: &str) -> Result<(), ColumnError> {
    let column = roles.consent.and_then(|column| header.columns.get(column));
    match column.filter(|column| column.is_by_heading(may_ask_who_objects)) {
        Some(column) => Err(ColumnError::Objection { column: column.name.clone(), file: file.into() }),
        None => Ok(()),
    }
}

/// Finds the column called `wanted`: exactly, else after folding spaces, quotation marks, dashes and letter case, in the
/// names first and then in the wordings.
fn find_column(wanted: &String, header: &Header, file: &str) -> Result<usize, ColumnError> {
    let folded = fold(wanted);
    let by = |test: &dyn Fn(&Column) -> bool| -> Vec<usize> {
        header.columns.iter().enumerate().filter(|(_, column)| test(column)).map(|(i, _)| i).collect()
    };
    let tests: [&dyn Fn(&Column) -> bool; 5] = [
        &|column| column.name == *wanted,
        &|column| column.plain == one_line(wanted),
        &|column| fold(&column.plain) == folded,
        &|column| without_number(&fold(&column.plain)) == without_number(&folded),
        &|column| column.wording.as_ref().is_some_and(|wording| fold(wording) == folded),
    ];
    for test in tests {
        match by(test).as_slice() {
            [] => {}
            [one] => return Ok(*one),
            several => {
                let name = |i: &usize| header.columns.get(*i).map(|c| format!("`{}`", c.name));
                let matches = several.iter().filter_map(name).collect();
                return Err(ColumnError::Ambiguous { column: wanted.clone(), file: file.into(), matches });
            }
        }
    }
    let columns: Vec<String> = header.columns.iter().map(|column| column.name.clone()).collect();
    let near = nearest(wanted, columns.iter().map(String::as_str)).map(str::to_owned);
    Err(ColumnError::NotFound { column: wanted.clone(), file: file.into(), near, columns })
}

/// A name as people compare it.
fn fold(name: &str) -> String {
    one_line(name)
        .chars()
        .map(|c| match c {
            '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{b4}' | '`' => '\'',
            '\u{201c}' | '\u{201d}' | '\u{201f}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            c => c,
        })
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .replace('\u{2026}', "...")
}

/// A question without the number before it: `3. `, `Q3: `.
fn without_number(folded: &str) -> &str {
    let rest = folded.strip_prefix('q').unwrap_or(folded);
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(['.', ':', ')']) {
        Some(question) if rest.len() < folded.len() && !question.trim().is_empty() => question.trim_start(),
        _ => folded,
    }
}

/// The attribution's template with the names of `groups`, the columns that stand for the planned ones, in its placeholders.
pub(super) fn attribution(plan: &SurveyPlan, header: &Header, groups: &[usize]) -> Option<String> {
    let name = |placeholder: &str| {
        let column = plan.groups.iter().zip(groups).find(|(planned, _)| *planned == placeholder)?.1;
        header.columns.get(*column).map(|column| column.name.as_str())
    };
    let mut parts = plan.attribution.as_deref()?.split('{');
    let mut template = parts.next()?.to_owned();
    for part in parts {
        let (placeholder, rest) = part.split_once('}').unwrap_or((part, ""));
        template.extend(["{", name(placeholder).unwrap_or(placeholder), "}", rest]);
    }
    Some(template)
}

/// Refuses an attribution with a name that nothing fills.
pub(super) fn check_attribution(plan: &SurveyPlan) -> Result<(), ColumnError> {
    let Some(template) = &plan.attribution else { return Ok(()) };
    for part in template.split('{').skip(1) {
        let placeholder = part.split('}').next().unwrap_or_default();
        if placeholder != "year" && !plan.groups.iter().any(|group| group == placeholder) {
            let known = std::iter::once("{year}".to_owned())
                .chain(plan.groups.iter().map(|group| format!("{{{group}}}")))
                .collect();
            return Err(ColumnError::Placeholder { placeholder: placeholder.into(), known });
        }
    }
    Ok(())
}
