use super::cells::{group_value, respondent_id};
use super::columns::Roles;
use super::consent::{Consent, consent};
use super::error::ReadError;
use super::header::{Header, one_line};
use super::headless::repeats;
use super::input::Keepable;
use super::propose::is_address;
use super::recognise::QUALTRICS;
use super::respondents::Respondents;
use super::table::{MAX_ROWS, Next, Row, Table};
use super::text::TextError;
use super::{RejectedRow, count_of, tidy};
use crate::types::{Answer, Respondent};

/// Longest answer, in bytes: 400,000 words. What is made of an answer takes a hundred times its size.
const MAX_ANSWER: usize = 2 << 20;

/// Reads the data rows into respondents, and keeps count of everything that the user ought to know.
pub(super) struct Collector<'a> {
    file: &'a str,
    header: &'a Header,
    roles: &'a Roles,
    keepable: Keepable,
    kept: Keepable,
    pub(super) rows: usize,
    pub(super) respondents: Respondents,
    pub(super) rejected: Vec<RejectedRow>,
    /// Rows whose number of cells is not the header's, and the first of them.
    ragged: (usize, Option<(usize, Option<u64>, usize)>),
    /// Lines that the format's parser refuses.
    unusable: usize,
    /// Ids that are e-mail addresses.
    pub(super) address_ids: usize,
    /// Column in which Qualtrics marks previews.
    status: Option<usize>,
    pub(super) notes: tidy::Notes,
    /// Consent values that are neither yes nor no, and the first row with one.
    unclear_consent: (usize, usize),
}

impl<'a> Collector<'a> {
    pub(super) fn new(file: &'a str, header: &'a Header, roles: &'a Roles, keepable: Keepable) -> Self {
        Self {
            file,
            header,
            roles,
            keepable,
            kept: Keepable { text: 0, answers: 0 },
            rows: 0,
            respondents: Respondents::default(),
            rejected: Vec::new(),
            ragged: (0, None),
            unusable: 0,
            address_ids: 0,
            status: (header.recognised == Some(QUALTRICS))
                .then(|| header.columns.iter().position(|column| column.plain.eq_ignore_ascii_case("status")))
                .flatten(),
            notes: tidy::Notes::default(),
            unclear_consent: (0, 0),
        }
    }

    /// Reads all data rows of `table`.
    pub(super) fn read(&mut self, table: &mut Table) -> Result<(), ReadError> {
        let mut header_rows = self.header.rows;
        table.visit(&mut |row| {
            if header_rows > 0 {
                header_rows -= 1;
            } else {
                self.row(row)?;
            }
            Ok(Next::Go)
        })?;
        self.check_rows()
    }

    fn row(&mut self, row: Row<'_>) -> Result<(), ReadError> {
        self.rows += 1;
        if self.rows > MAX_ROWS {
            return Err(TextError::TooManyRows { file: self.file.into(), limit: MAX_ROWS }.into());
        }
        match self.respondent(row) {
            Ok(respondent) => {
                self.count(&respondent.answers)?;
                self.respondents.push(respondent);
            }
            Err(reason) => self.rejected.push(RejectedRow { row: row.number, reason }),
        }
        Ok(())
    }

    fn count(&mut self, answers: &[Answer]) -> Result<(), TextError> {
        for answer in answers.iter().filter(|answer| !answer.text.is_empty()) {
            self.kept.text += answer.text.len() as u64;
            self.kept.answers += 1;
        }
        let (file, keepable) = (self.file, self.keepable);
        if self.kept.text > keepable.text {
            return Err(TextError::TooMuchText { file: file.into(), limit: keepable.text >> 20 });
        }
        if self.kept.answers > keepable.answers {
            return Err(TextError::TooManyAnswers { file: file.into(), limit: keepable.answers });
        }
        Ok(())
    }

    /// The respondent of a row, or why there is none.
    fn respondent(&mut self, row: Row<'_>) -> Result<Respondent, String> {
        if let Some(problem) = row.problem {
            self.unusable += 1;
            return Err(problem.into());
        }
        let expected = self.header.columns.len();
        let found = row.cells.len();
        if !self.header.fits(row.cells) {
            self.ragged.0 += 1;
            self.ragged.1.get_or_insert((row.number, row.line, found));
            return Err(format!("it has {} where the header has {expected}", count_of(found, "cell")));
        }
        if expected > 1 && row.cells.iter().all(|cell| cell.trim().is_empty()) {
            return Err("it is empty".into());
        }
        if repeats(self.header, row.cells) {
            return Err("it holds the names of the columns once more".into());
        }
        let cell = |column: usize| row.cells.get(column).unwrap_or_default();
        if self.status.is_some_and(|column| matches!(cell(column), "Survey Preview" | "Survey Test")) {
            return Err("it is a preview of the survey, not an answer to it".into());
        }
        let weight = self.roles.weight.map_or(Ok(1.0), |column| weight(cell(column), &self.name(column)))?;
        let consent = self.roles.consent.map(|column| consent(cell(column)));
        if consent == Some(Consent::Unclear) {
            self.unclear_consent.0 += 1;
            if self.unclear_consent.1 == 0 {
                self.unclear_consent.1 = row.number;
            }
        }
        let groups = self.roles.groups.iter().map(|column| group_value(cell(*column))).collect();
        let questions = self.roles.questions.iter();
        if let Some(longest) = questions.clone().map(|(column, _)| cell(*column).len()).max()
            && longest > MAX_ANSWER
        {
            let (mb, limit) = (longest.div_ceil(1 << 20), MAX_ANSWER >> 20);
            return Err(format!("an answer has {mb} MB, which is over the limit of {limit} MB"));
        }
        let answers = questions
            .map(|(column, _)| Answer { text: self.notes.tidy(cell(*column), row.number) })
            .collect();
        let id = self.roles.id.map(cell).unwrap_or_default();
        self.address_ids += usize::from(is_address(&one_line(id)));
        Ok(Respondent {
            id: respondent_id(id).unwrap_or_default(),
            row: row.number,
            groups,
            may_be_quoted: consent.is_none_or(|consent| consent == Consent::Yes),
            weight,
            answers,
        })
    }

    fn name(&self, column: usize) -> String {
        self.header.columns.get(column).map(|column| column.name.clone()).unwrap_or_default()
    }

    /// A few rows that do not fit are listed; many mean that the file is not read as it was meant.
    fn check_rows(&self) -> Result<(), ReadError> {
        let file = || self.file.to_owned();
        if self.rows == 0 {
            return Err(TextError::NoRows { file: file() }.into());
        }
        if let (count, Some((row, line, found))) = self.ragged
            && count * 10 > self.rows
        {
            let expected = self.header.columns.len();
            return Err(TextError::Ragged {
                file: file(),
                row,
                line,
                found,
                expected,
                count,
                rows: self.rows,
            }
            .into());
        }
        if let Some(first) = self.rejected.first().filter(|_| self.unusable * 10 > self.rows) {
            return Err(TextError::BadLines {
                file: file(),
                row: first.row,
                reason: first.reason.clone(),
                count: self.unusable,
                rows: self.rows,
            }
            .into());
        }
        match self.rejected.first() {
            Some(first) if self.respondents.len() == 0 => Err(TextError::AllRejected {
                file: file(),
                rows: self.rows,
                row: first.row,
                reason: first.reason.clone(),
            }
            .into()),
            _ => Ok(()),
        }
    }

    /// What the user ought to know about the rows.
    pub(super) fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        if let Some(first) = self.rejected.first() {
            warnings.push(format!(
                "Left out {} of {} rows; the first is row {}: {}",
                self.rejected.len(),
                self.rows,
                first.row,
                first.reason
            ));
        }
        if self.unclear_consent.0 > 0 {
            let (count, row) = self.unclear_consent;
            warnings.push(format!(
                "For {} the consent column says neither yes nor no (first in row {row}); they count and are not quoted",
                count_of(count, "respondent")
            ));
        }
        if self.address_ids > 0 {
            warnings.push(format!(
                "For {} the id is an e-mail address; the row stands in its place, such as `row-2`",
                count_of(self.address_ids, "respondent")
            ));
        }
        warnings.extend(self.notes.warnings());
        warnings
    }
}

/// A survey weight, or why it is none.
fn weight(value: &str, column: &str) -> Result<f64, String> {
    let value = value.trim();
    let decimal = if value.contains('.') { value.to_owned() } else { value.replacen(',', ".", 1) };
    match decimal.parse::<f64>() {
        Ok(weight) if weight.is_finite() && weight > 0.0 => Ok(weight),
        _ if value.is_empty() => Err(format!("its weight in column `{column}` is blank")),
        _ => Err(format!("its weight in column `{column}` is not a number above 0")),
    }
}
