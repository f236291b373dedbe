//! `codebook.xlsx`: the codebook for editing in Excel.
//!
//! Sheet `Themes` has a row per theme, sheet `Pins` a row per pinned answer; each has its title in A1, what to do in A2 and its
//! header in row 3. [`EDITABLE`] columns and whole pins may be edited and rows added; [`super::edited_codebook`] reads them back. The
//! examples of a known theme are quotes of its run: they are grey, and only those of added themes are read.

use super::CodebookError;
use crate::types::{Codebook, CodebookTheme, ThemeState};
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError,
};
use std::collections::BTreeSet;

/// Sheet of the themes.
pub(super) const THEMES: &str = "Themes";
/// Sheet of the pins.
pub(super) const PINS: &str = "Pins";
/// Columns of `Themes` that may be edited, after `id` and `question`.
pub(super) const EDITABLE: [&str; 7] =
    ["name", "statement", "definition", "merge_into", "split", "drop", "keep"];
/// Columns of `Pins`.
pub(super) const PIN_COLUMNS: [&str; 5] = ["question", "respondent_id", "segment", "theme", "away"];
/// Row of the header, from 0.
const HEADER: u32 = 2;
/// Fewest columns for examples.
const EXAMPLES: usize = 5;
/// How the names of their columns begin.
const EXAMPLE: &str = "example_";
/// Background of what is only shown.
const GREY: u32 = 0x00D9_D9D9;
/// Empty rows below the table that offer `yes` too.
const SPARE: u32 = 200;

/// The workbook's bytes; the same codebook gives the same bytes.
///
/// # Errors
/// If a text is longer than a cell holds (32,767 characters).
pub fn codebook_workbook(codebook: &Codebook) -> Result<Vec<u8>, CodebookError> {
    let fill = || -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // A fixed date: nothing depends on the clock.
        let date = ExcelDateTime::from_ymd(2000, 1, 1)?;
        let title = format!("{}: codebook", codebook.survey);
        let properties = DocProperties::new().set_title(&title).set_author("verbatim");
        book.set_properties(&properties.set_creation_datetime(&date));
        write_themes(book.add_worksheet(), codebook, &title)?;
        write_pins(book.add_worksheet(), codebook)?;
        book.save_to_buffer()
    };
    fill().map_err(|error| CodebookError::Write { path: "codebook.xlsx".into(), reason: error.to_string() })
}

/// `example_1`, `example_2`, …
pub(super) fn example_column(number: usize) -> String {
    format!("{EXAMPLE}{number}")
}

fn write_themes(page: &mut Worksheet, codebook: &Codebook, title: &str) -> Result<(), XlsxError> {
    let n_examples =
        codebook.themes.iter().map(|theme| theme.examples.len()).max().unwrap_or(0).max(EXAMPLES);
    let years: BTreeSet<&str> =
        codebook.themes.iter().flat_map(|theme| &theme.years).map(|count| count.year.as_str()).collect();
    let mut header: Vec<String> =
        ["id", "question"].iter().chain(&EDITABLE).map(|name| (*name).into()).collect();
    header.extend((1..=n_examples).map(example_column));
    header.extend(["found_name", "keywords", "status", "split_into"].map(String::from));
    header.extend(years.iter().map(|year| format!("respondents {year}")));
    page.set_name(THEMES)?;
    let advice = "White columns may be edited, but not their grey cells. merge_into: an id. split, drop, keep: yes or empty. Never delete a row. \
                  A new theme: a row without an id, with question, name and two or three examples.";
    write_head(page, title, advice, &header, |name| EDITABLE.contains(&name) || name.starts_with(EXAMPLE))?;
    for (row, theme) in (HEADER + 1..).zip(&codebook.themes) {
        let mut cells = cells_of(theme, n_examples);
        cells.extend(years.iter().map(|year| respondents(theme, year)));
        let is_known = theme.state == ThemeState::Known;
        write_row(page, row, &cells, |column| is_known && header[column].starts_with(EXAMPLE))?;
    }
    let last = HEADER + codebook.themes.len() as u32 + SPARE;
    let yes = DataValidation::new().allow_list_strings(&["yes"])?;
    for (column, name) in (0..).zip(&header) {
        if ["split", "drop", "keep"].contains(&name.as_str()) {
            page.add_data_validation(HEADER + 1, column, last, column, &yes)?;
        }
        let width = if ["name", "found_name"].contains(&name.as_str()) {
            30
        } else if ["statement", "definition", "keywords"].contains(&name.as_str())
            || name.starts_with(EXAMPLE)
        {
            50
        } else {
            14
        };
        page.set_column_width(column, width)?;
    }
    Ok(())
}

fn cells_of(theme: &CodebookTheme, n_examples: usize) -> Vec<String> {
    let id = |id: Option<crate::types::ThemeId>| id.map(|id| id.to_string()).unwrap_or_default();
    let mut cells = vec![
        id(theme.id),
        theme.question.clone(),
        theme.name.clone(),
        theme.statement.clone(),
        theme.definition.clone(),
        id(theme.merge_into),
        yes(theme.split),
        yes(theme.drop),
        yes(theme.keep),
    ];
    cells.extend((0..n_examples).map(|n| theme.examples.get(n).cloned().unwrap_or_default()));
    let parts: Vec<String> = theme.split_into.iter().map(ToString::to_string).collect();
    let status = theme.status.and_then(|status| serde_json::to_value(status).ok());
    let status = status.as_ref().and_then(serde_json::Value::as_str).unwrap_or_default();
    cells.extend([theme.found_name.clone(), theme.keywords.join(", "), status.to_owned(), parts.join(", ")]);
    cells
}

fn respondents(theme: &CodebookTheme, year: &str) -> String {
    let count = theme.years.iter().find(|count| count.year == year);
    count.map_or_else(String::new, |count| count.respondents.map_or_else(|| "[c]".into(), |n| n.to_string()))
}

fn write_pins(page: &mut Worksheet, codebook: &Codebook) -> Result<(), XlsxError> {
    page.set_name(PINS)?;
    let advice = "An answer to be put into a theme, or with yes under away taken out of it. segment: its part, from 0; empty for all of it.";
    write_head(page, "Pinned answers", advice, &PIN_COLUMNS.map(String::from), |_| true)?;
    for (row, pin) in (HEADER + 1..).zip(&codebook.pins) {
        let segment = pin.segment.map(|segment| segment.to_string()).unwrap_or_default();
        let cells =
            [pin.question.clone(), pin.respondent_id.clone(), segment, pin.theme.to_string(), yes(pin.away)];
        write_row(page, row, &cells, |_| false)?;
    }
    page.set_column_range_width(0, 4, 20)?;
    Ok(())
}

fn yes(value: bool) -> String {
    if value { "yes".into() } else { String::new() }
}

fn write_head(
    page: &mut Worksheet,
    title: &str,
    advice: &str,
    header: &[String],
    is_editable: impl Fn(&str) -> bool,
) -> Result<(), XlsxError> {
    let bold = Format::new().set_font_name("Arial").set_bold();
    page.write_string_with_format(0, 0, title, &bold.clone().set_font_size(16))?;
    page.write_string_with_format(1, 0, advice, &Format::new().set_font_name("Arial"))?;
    for (column, name) in (0..).zip(header) {
        let format = if is_editable(name) { bold.clone() } else { bold.clone().set_background_color(GREY) };
        page.write_string_with_format(HEADER, column, name, &format)?;
    }
    page.set_freeze_panes(HEADER + 1, 0)?.set_repeat_rows(HEADER, HEADER)?;
    Ok(())
}

/// Writes the cells as text; `is_shown` says of which columns they are only shown.
fn write_row(
    page: &mut Worksheet,
    row: u32,
    cells: &[String],
    is_shown: impl Fn(usize) -> bool,
) -> Result<(), XlsxError> {
    let text = Format::new()
        .set_font_name("Arial")
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        // As text: an id such as `007` or `1-2` is not to become a number or a date when it is edited.
        .set_num_format("@");
    let shown = text.clone().set_background_color(GREY);
    for (number, (column, cell)) in (0..).zip(cells).enumerate() {
        if is_shown(number) {
            page.write_string_with_format(row, column, cell, &shown)?;
        } else if !cell.is_empty() {
            page.write_string_with_format(row, column, cell, &text)?;
        }
    }
    Ok(())
}
