use super::ROWS;
use crate::export::figures::{self, whole};
use crate::export::inert::{clean, one_line};
use crate::types::Report;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Table, TableColumn, TableStyle, Url, Workbook,
    Worksheet, XlsxError,
};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// A workbook under construction.
pub(crate) struct Book {
    title: String,
    about: Vec<String>,
    notes: Vec<String>,
    sheets: Vec<Sheet>,
}

/// A sheet with one table.
pub(crate) struct Sheet {
    /// On its tab: at most 31 characters, letters, figures, spaces and low lines.
    pub(crate) name: String,
    pub(crate) title: String,
    /// Sentences under the title.
    pub(crate) about: Vec<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
    /// A column whose cells offer a list.
    pub(crate) choices: Option<Choices>,
}

/// A list to choose from: a column of another sheet that has one sentence under its title.
pub(crate) struct Choices {
    /// The column that offers it, from 0.
    pub(crate) column: u16,
    pub(crate) sheet: &'static str,
    /// Letter of the list's column.
    pub(crate) letter: char,
    pub(crate) n_rows: usize,
}

/// A column: its header, and its width in characters.
pub(crate) struct Column {
    pub(crate) header: String,
    pub(crate) width: f64,
}

impl Column {
    pub(crate) fn new(header: impl Into<String>, width: u16) -> Self {
        Self { header: header.into(), width: f64::from(width) }
    }
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    Text(String),
    Count(usize),
    /// Shown with decimals.
    Number(f64),
    /// Shown in per cent.
    Share(f64),
}

impl Cell {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    pub(crate) fn count(count: Option<usize>) -> Self {
        count.map_or_else(|| Self::text(figures::count(None)), Self::Count)
    }

    pub(crate) fn share(share: Option<f64>) -> Self {
        share.map_or_else(|| Self::text(figures::percent(None)), Self::Share)
    }
}

/// The row of a table's header; above it stand the title and the sentences.
fn header_row(sheet: &Sheet) -> u32 {
    sheet.about.len() as u32 + 1
}

/// Characters of a cell at most (in UTF-16).
const CELL: usize = 32_767;

impl Book {
    pub(crate) fn new(report: &Report, what: &str, about: &[&str]) -> Self {
        let mut about: Vec<String> = about.iter().map(|line| (*line).into()).collect();
        if !report.quotes_reviewed {
            about.insert(0, format!("{}. {}", figures::NOT_REVIEWED, figures::REVIEW_ADVICE));
        }
        about.push(figures::made(report));
        let notes = [
            "[c] A count, or a figure made from it, that is hidden so that nobody can be recognised.",
            "An empty cell: not given, or none.",
            "Base: respondents whose answer to the question says something.",
            "Share: respondents who mention a theme, of the base; a respondent counts once in a theme and can be in several, so that shares can add up to more than 100%.",
            "Mention: a part of an answer that holds one idea and belongs to the theme.",
            "Personal details are masked by marks such as [name]; […] stands for words left out.",
        ];
        let title = format!("{}: {what}", one_line(&figures::title(report)));
        Self { title, about, notes: notes.map(Into::into).into(), sheets: Vec::new() }
    }

    /// Adds a sheet, cut to [`ROWS`] rows; `whole_file` holds them all.
    pub(crate) fn add(&mut self, mut sheet: Sheet, whole_file: &str) {
        let taken = |name: &str| self.sheets.iter().any(|other| other.name.eq_ignore_ascii_case(name));
        if taken(&sheet.name) {
            let stem: String = sheet.name.chars().take(26).collect();
            sheet.name = format!("{stem} {}", self.sheets.len() + 1);
        }
        let all = sheet.rows.len();
        if all > ROWS {
            sheet.rows.truncate(ROWS);
            let words = only_the_first(all, whole_file);
            sheet.about.push(words.clone());
            self.about.push(format!("{}: {words}", sheet.name));
        }
        self.sheets.push(sheet);
    }

    pub(crate) fn write(&self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        let mut book = Workbook::new();
        // A fixed date: nothing in a run depends on the clock.
        let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(io::Error::other)?;
        let properties =
            DocProperties::new().set_title(&self.title).set_author("verbatim").set_creation_datetime(&date);
        book.set_properties(&properties);
        self.fill(&mut book).and_then(|()| book.save_to_writer(out)).map_err(io::Error::other)
    }

    fn fill(&self, book: &mut Workbook) -> Result<(), XlsxError> {
        lines(book.add_worksheet(), "Cover", &self.title, &self.about)?;
        let contents = Sheet {
            name: "Contents".into(),
            title: "Contents".into(),
            about: vec!["This sheet lists the sheets with tables; each name is a link.".into()],
            columns: vec![Column::new("Sheet", 28), Column::new("Table", 90)],
            rows: self.sheets.iter().map(|s| vec![Cell::text(&s.name), Cell::text(&s.title)]).collect(),
            choices: None,
        };
        let page = book.add_worksheet();
        write_sheet(page, &contents, "contents")?;
        for (row, sheet) in (header_row(&contents) + 1..).zip(&self.sheets) {
            page.write_url_with_text(row, 0, Url::new(format!("internal:'{}'!A1", sheet.name)), &sheet.name)?;
        }
        lines(book.add_worksheet(), "Notes", "Notes", &self.notes)?;
        for (number, sheet) in (1..).zip(&self.sheets) {
            write_sheet(book.add_worksheet(), sheet, &format!("table_{number}"))?;
        }
        Ok(())
    }
}

/// What a sheet says whose rows are cut.
pub(super) fn only_the_first(all: usize, whole_file: &str) -> String {
    format!("This sheet holds the first {} of {} rows; {whole_file} holds them all.", whole(ROWS), whole(all))
}

/// A sheet of sentences, one a row.
fn lines(page: &mut Worksheet, name: &str, title: &str, lines: &[String]) -> Result<(), XlsxError> {
    let wrapped =
        Format::new().set_font_name("Arial").set_font_size(12).set_text_wrap().set_align(FormatAlign::Top);
    page.set_name(name)?.set_column_width(0, 100)?;
    page.write_string_with_format(0, 0, cut(title), &heading())?;
    for (row, line) in (1..).zip(lines) {
        page.write_string_with_format(row, 0, cut(line), &wrapped)?;
    }
    Ok(())
}

fn write_sheet(page: &mut Worksheet, sheet: &Sheet, table_name: &str) -> Result<(), XlsxError> {
    let text = Format::new().set_font_name("Arial").set_font_size(11).set_align(FormatAlign::Top);
    let wrapped = text.clone().set_text_wrap();
    page.set_name(&sheet.name)?;
    page.write_string_with_format(0, 0, cut(&sheet.title), &heading())?;
    for (row, line) in (1..).zip(&sheet.about) {
        page.write_string_with_format(row, 0, cut(line), &text)?;
    }
    if sheet.rows.is_empty() {
        page.write_string_with_format(header_row(sheet), 0, "There is nothing in this table.", &text)?;
        return Ok(());
    }
    let (first, last_column) = (header_row(sheet), sheet.columns.len().saturating_sub(1) as u16);
    let last = first + sheet.rows.len() as u32;
    let columns: Vec<TableColumn> = headers(&sheet.columns)
        .into_iter()
        .map(|header| TableColumn::new().set_header(header).set_header_format(wrapped.clone().set_bold()))
        .collect();
    let table = Table::new().set_name(table_name).set_columns(&columns).set_style(TableStyle::Light15);
    page.add_table(first, 0, last, last_column, &table)?;
    for (column, shape) in (0..).zip(&sheet.columns) {
        page.set_column_width(column, shape.width)?;
    }
    page.set_freeze_panes(first + 1, 0)?.set_repeat_rows(first, first)?;
    page.set_landscape().set_paper_size(9).set_print_fit_to_pages(1, 0);
    let count = text.clone().set_num_format("#,##0");
    let number = text.clone().set_num_format("0.00");
    let share = text.clone().set_num_format("0.0%");
    for (row, cells) in (first + 1..).zip(&sheet.rows) {
        for (column, cell) in (0..).zip(cells) {
            match cell {
                Cell::Text(words) if words.is_empty() => continue,
                Cell::Text(words) => page.write_string_with_format(row, column, cut(words), &wrapped)?,
                Cell::Count(value) => page.write_number_with_format(row, column, *value as f64, &count)?,
                Cell::Number(value) => page.write_number_with_format(row, column, *value, &number)?,
                Cell::Share(value) => page.write_number_with_format(row, column, *value, &share)?,
            };
        }
    }
    add_choices(page, sheet, first + 1, last)
}

/// The list to choose from only warns: a researcher may need a theme that is not in it.
fn add_choices(page: &mut Worksheet, sheet: &Sheet, first: u32, last: u32) -> Result<(), XlsxError> {
    use rust_xlsxwriter::{DataValidation, DataValidationErrorStyle, Formula};
    let Some(Choices { column, sheet: list, letter, n_rows }) = &sheet.choices else { return Ok(()) };
    // As Excel counts: title, sentence, header, and then the list.
    let range = format!("='{list}'!${letter}$4:${letter}${}", 3 + (*n_rows).max(1));
    let choices = DataValidation::new()
        .allow_list_formula(Formula::new(range))
        .set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message("This theme is not in the list of themes. Keep it as a new theme?")?;
    page.add_data_validation(first, *column, last, *column, &choices)?;
    Ok(())
}

fn heading() -> Format {
    Format::new().set_font_name("Arial").set_font_size(16).set_bold()
}

/// Headers that Excel accepts: on one line, not empty, no two alike in any case.
fn headers(columns: &[Column]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let mut headers = Vec::new();
    for (number, column) in (1..).zip(columns) {
        let mut header: String = one_line(&column.header).chars().take(200).collect();
        if header.is_empty() || !seen.insert(header.to_lowercase()) {
            header = format!("{header} ({number})").trim_start().into();
            seen.insert(header.to_lowercase());
        }
        headers.push(header);
    }
    headers
}

/// Text that a cell can hold; what is cut off is marked.
fn cut(text: &str) -> String {
    let clean = clean(text);
    if clean.encode_utf16().count() <= CELL {
        return clean;
    }
    let mark = " […]";
    let mut left = CELL - mark.len();
    let fits = |c: &char| {
        let fits = c.len_utf16() <= left;
        left = left.saturating_sub(c.len_utf16());
        fits
    };
    clean.chars().take_while(fits).chain(mark.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_longer_than_a_cell_is_cut_with_a_mark() {
        let long = "🦊".repeat(20_000);
        let shown = cut(&long);
        assert!(shown.encode_utf16().count() <= CELL && shown.ends_with("🦊 […]"));
        assert_eq!(cut("short"), "short");
    }

    #[test]
    fn headers_are_distinct_in_any_case_and_never_empty() {
        let columns = ["Theme", "theme", "", "a\nb"].map(|header| Column::new(header, 10));
        assert_eq!(headers(&columns), ["Theme", "theme (2)", "(3)", "a b"]);
    }
}
