//! Cases 34 to 42: workbooks that are damaged, hostile, hidden, or hold more than text.

use super::Case;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub(super) fn workbook(build: impl FnOnce(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    build(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn simple() -> Vec<u8> {
    workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        for (row, (id, comment)) in
            [("id", "comment"), ("1", "Fine"), ("2", "It’s £5\nnow")].into_iter().enumerate()
        {
            sheet.write_string(row as u32, 0, id).unwrap();
            sheet.write_string(row as u32, 1, comment).unwrap();
        }
    })
}

/// `bytes` with part `name` replaced, or added.
fn with_part(bytes: &[u8], name: &str, content: &[u8]) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut part = old.by_index(i).unwrap();
        let part_name = part.name().unwrap().into_owned();
        if part_name != name {
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            new.start_file(part_name, SimpleFileOptions::default()).unwrap();
            new.write_all(&text).unwrap();
        }
    }
    new.start_file(name, SimpleFileOptions::default()).unwrap();
    new.write_all(content).unwrap();
    new.finish().unwrap().into_inner()
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    ZipArchive::new(Cursor::new(bytes)).unwrap().by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_workbook_is_read_row_by_row_whatever_its_name() {
    assert_eq!(Case::new("a.xlsx", simple()).answers(), ["Fine", "It’s £5\nnow"]);
    let case = Case::new("a.csv", simple());
    assert_eq!(case.answers().len(), 2);
    insta::assert_snapshot!(case.warnings(), @"`a.csv` is an XLSX workbook in spite of its name and was read as one");
}

#[test]
fn case_34_two_cells_at_the_ends_of_a_sheet_are_too_wide_and_cost_nothing() {
    let far = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "comment").unwrap();
        sheet.write_string(1_048_575, 16_383, "far").unwrap();
    });
    insta::assert_snapshot!(Case::new("a.xlsx", far).words(), @r#"
    exit 1: `a.xlsx` has 16384 columns; the limit is 2000
    hint: Delete the columns that are not needed, and empty formatted ones
    "#);
    let tall = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "comment").unwrap();
        sheet.write_string(1_048_575, 0, "far").unwrap();
    });
    let outcome = Case::new("a.xlsx", tall).read();
    assert_eq!((outcome.summary.rows, outcome.survey.respondents[0].row), (1, 1_048_576));
}

/// The reader takes the first text for a number that is none.
#[test]
fn a_cell_that_names_no_text_is_refused_and_not_given_another_one() {
    let sheet = part(&simple(), "xl/worksheets/sheet1.xml");
    let at = sheet.find(" t=\"s\"><v>").unwrap() + " t=\"s\"><v>".len();
    let with = |number: &str| {
        let sheet = format!(
            "{}{number}{}",
            &sheet[..at],
            sheet[at..].trim_start_matches(|c: char| c.is_ascii_digit())
        );
        Case::new("a.xlsx", with_part(&simple(), "xl/worksheets/sheet1.xml", sheet.as_bytes()))
    };
    for wrong in ["-1", "one", "1e0", "0x1"] {
        assert!(with(wrong).words().contains("has a cell whose text is not there"), "{wrong}");
    }
    assert!(with("99999").words().contains("is damaged"), "beyond the last text");
    with(&sheet[at..=at]).read();
}

/// Found by the generated workbooks: the reader multiplied beyond 32 bits.
#[test]
fn case_34_a_reference_beyond_any_sheet_is_refused() {
    let sheet = part(&simple(), "xl/worksheets/sheet1.xml");
    let with = |reference: &str| {
        let sheet = sheet.replacen("<sheetData>", &format!("<sheetData><row {reference}></row>"), 1);
        Case::new("a.xlsx", with_part(&simple(), "xl/worksheets/sheet1.xml", sheet.as_bytes()))
    };
    insta::assert_snapshot!(with("spans = '1:1' r\n= 'uniqueCount7'").words(), @r#"
    exit 1: `a.xlsx` is damaged or cut short: xl/worksheets/sheet1.xml refers to a cell that no sheet has
    hint: Copy or export the file again
    "#);
    for endless in ["r=\"99999999999\"", "r=\"AAAAAAAA1\"", "x=\"0\" ref=\"A1:B99999999999\""] {
        assert!(with(endless).words().contains("refers to a cell that no sheet has"), "{endless}");
    }
    let told = "<is><t>the answer r=\"immediately\"</t></is>";
    let cell = format!("<c r=\"B2\" t=\"inlineStr\">{told}</c>");
    let sheet = sheet.replacen(
        "</sheetData>",
        &format!("<row r=\"9\">{}</row></sheetData>", cell.replace("B2", "B9")),
        1,
    );
    let outcome =
        Case::new("a.xlsx", with_part(&simple(), "xl/worksheets/sheet1.xml", sheet.as_bytes())).read();
    let answers: Vec<_> =
        outcome.survey.respondents.iter().flat_map(|respondent| &respondent.answers).collect();
    assert!(
        answers.iter().any(|answer| format!("{answer:?}").contains("immediately")),
        "an answer is no reference"
    );
}

#[test]
fn case_35_a_bomb_is_refused_by_what_comes_out() {
    let zeros = vec![b' '; 80 << 20];
    let bomb = with_part(&simple(), "xl/worksheets/sheet1.xml", &zeros);
    assert!(bomb.len() < 1 << 20);
    insta::assert_snapshot!(Case::new("a.xlsx", bomb).words(), @r#"
    exit 1: `a.xlsx` unpacks to more than 34 MB, which its size does not allow
    hint: If the file is genuine, delete empty formatted rows and columns, or export the answers as CSV
    "#);
    let styles = format!("<styleSheet><cellXfs>{}</cellXfs></styleSheet>", "<xf/>".repeat(600_000));
    insta::assert_snapshot!(Case::new("a.xlsx", with_part(&simple(), "xl/styles.xml", styles.as_bytes())).words(), @r#"
    exit 1: `a.xlsx` is damaged or cut short: xl/styles.xml has too many definitions
    hint: Copy or export the file again
    "#);
}

#[test]
fn case_35_declared_counts_and_shared_texts_cannot_take_memory() {
    let strings = part(&simple(), "xl/sharedStrings.xml").replace("uniqueCount=\"", "uniqueCount=\"99999999");
    let lying = with_part(&simple(), "xl/sharedStrings.xml", strings.as_bytes());
    insta::assert_snapshot!(Case::new("a.xlsx", lying).words(), @r#"
    exit 1: `a.xlsx` is damaged or cut short: xl/sharedstrings.xml declares more texts than it has
    hint: Copy or export the file again
    "#);
    // One long text, named by very many cells.
    let long = format!("<sst uniqueCount=\"1\"><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let row = |row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>");
    let cells = (1..=200).map(row).collect::<Vec<_>>().concat();
    let sheet = format!("<worksheet><sheetData>{cells}</sheetData></worksheet>");
    let laughing = with_part(
        &with_part(&simple(), "xl/sharedStrings.xml", long.as_bytes()),
        "xl/worksheets/sheet1.xml",
        sheet.as_bytes(),
    );
    let mut case = Case::bare("a.xlsx", laughing);
    case.plan.header_rows = Some(1);
    case.plan.questions =
        vec![verbatim::read::PlannedQuestion { column: "x".repeat(1 << 20), wording: None }];
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: The answers in `a.xlsx` take more than 32 MB, which its size does not allow
    hint: Check the file: few real surveys repeat long answers so often
    "#);
}

#[test]
fn case_35_a_long_text_that_many_cells_of_a_row_name_is_refused() {
    let long = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(1 << 20));
    let bytes = with_part(&simple(), "xl/sharedStrings.xml", long.as_bytes());
    let row = format!("<row r=\"1\">{}</row>", "<c t=\"s\"><v>0</v></c>".repeat(100));
    let sheet = format!("<worksheet><sheetData>{row}</sheetData></worksheet>");
    let wide = with_part(&bytes, "xl/worksheets/sheet1.xml", sheet.as_bytes());
    insta::assert_snapshot!(Case::new("a.xlsx", wide).words(), @r#"
    exit 1: `a.xlsx` is damaged or cut short: row 1 holds more than 32 MB of text
    hint: Copy or export the file again
    "#);
    let longer = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(17 << 20));
    let bytes = with_part(&simple(), "xl/sharedStrings.xml", longer.as_bytes());
    insta::assert_snapshot!(Case::new("a.xlsx", bytes).words(), @r#"
    exit 1: `a.xlsx` is damaged or cut short: xl/sharedstrings.xml holds a text of more than 16 MB
    hint: Copy or export the file again
    "#);
}

#[test]
fn case_36_the_only_visible_sheet_with_data_is_read() {
    let build = |hidden: bool, second: bool| {
        workbook(|workbook| {
            workbook.add_worksheet().set_name("Empty").unwrap();
            let sheet = workbook.add_worksheet().set_name("Answers").unwrap();
            sheet.write_string(0, 0, "comment").unwrap();
            sheet.write_string(1, 0, "Fine").unwrap();
            if second {
                let sheet = workbook.add_worksheet().set_name("Old answers").unwrap();
                sheet.set_hidden(hidden);
                sheet.write_string(0, 0, "comment").unwrap();
                sheet.write_string(1, 0, "Old").unwrap();
            }
        })
    };
    assert_eq!(Case::new("a.xlsx", build(false, false)).answers(), ["Fine"]);
    let hidden = Case::new("a.xlsx", build(true, true));
    assert_eq!(hidden.answers(), ["Fine"]);
    insta::assert_snapshot!(hidden.warnings(), @"`a.xlsx` has a hidden sheet with data, `Old answers`, which is not read");
    let mut several = Case::new("a.xlsx", build(false, true));
    insta::assert_snapshot!(several.words(), @r#"
    exit 1: `a.xlsx` has 2 sheets with data
    hint: Name one with `--sheet`: `Answers`, `Old answers`
    "#);
    several.plan.sheet = Some("Old answers".into());
    assert_eq!(several.answers(), ["Old"]);
    several.plan.sheet = Some("Answer".into());
    insta::assert_snapshot!(several.words(), @r#"
    exit 1: Sheet `Answer` was not found in `a.xlsx`
    hint: Did you mean `Answers`?
    "#);
    insta::assert_snapshot!(Case::new("a.xlsx", workbook(|workbook| {
        workbook.add_worksheet();
    })).words(), @r#"
    exit 1: `a.xlsx` has no sheet with data
    hint: Export the answers again
    "#);
    let only_hidden = workbook(|workbook| {
        workbook.add_worksheet();
        workbook
            .add_worksheet()
            .set_name("Secret")
            .unwrap()
            .set_hidden(true)
            .write_string(0, 0, "comment")
            .unwrap();
    });
    insta::assert_snapshot!(Case::new("a.xlsx", only_hidden).words(), @r#"
    exit 1: `a.xlsx` has no sheet with data
    hint: To read a hidden one, name it with `--sheet`: `Secret`
    "#);
}

#[test]
fn case_37_other_office_files_are_told_apart() {
    let zip = |name: &str| {
        with_part(&ZipWriter::new(Cursor::new(Vec::new())).finish().unwrap().into_inner(), name, b"x")
    };
    insta::assert_snapshot!(Case::new("a.xlsx", zip("word/document.xml")).words(), @r#"
    exit 1: `a.xlsx` is a Word document, which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    insta::assert_snapshot!(Case::new("a.ods", zip("mimetype")).words(), @r#"
    exit 1: `a.ods` is an OpenDocument file, which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    insta::assert_snapshot!(Case::new("a.xlsx", zip("xl/workbook.bin")).words(), @r#"
    exit 1: `a.xlsx` is a binary workbook (XLSB), which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    insta::assert_snapshot!(Case::new("a.zip", zip("readme.txt")).words(), @r#"
    exit 1: `a.zip` is a ZIP archive, which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
}

#[test]
fn case_38_a_cut_or_flipped_workbook_is_an_error_or_read_and_never_a_panic() {
    let whole = simple();
    for tenth in 1..10 {
        let cut = &whole[..whole.len() * tenth / 10];
        let words = Case::new("a.xlsx", cut).words();
        assert!(words.starts_with("exit 1: `a.xlsx` is damaged or cut short: "), "{words}");
    }
    let mut refused = 0;
    for i in (0..whole.len()).step_by(7) {
        let mut flipped = whole.clone();
        flipped[i] ^= 1 << (i % 8);
        refused += usize::from(verbatim::read::read_survey(&Case::new("a.xlsx", flipped).plan).is_err());
    }
    assert!(refused > 100, "only {refused} were refused");
}

#[test]
fn case_39_cells_that_are_not_text_are_read_as_shown() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "id").unwrap();
        sheet.write_string(0, 1, "comment").unwrap();
        let date = Format::new().set_num_format("dd/mm/yyyy");
        for row in 1..=6 {
            sheet.write_number(row, 0, f64::from(row)).unwrap();
        }
        sheet.write_number(1, 1, 37.5).unwrap();
        sheet.write_boolean(2, 1, true).unwrap();
        sheet.write_datetime_with_format(3, 1, ExcelDateTime::from_ymd(2023, 11, 1).unwrap(), &date).unwrap();
        sheet.write_formula(4, 1, Formula::new("=A1&\"!\"").set_result("id!")).unwrap();
        sheet.write_formula(5, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        let bold = Format::new().set_bold();
        sheet
            .write_rich_string(6, 1, &[(&Format::new(), "so "), (&bold, "very"), (&Format::new(), " good")])
            .unwrap();
    });
    let case = Case::new("a.xlsx", bytes);
    assert_eq!(case.answers(), ["37.5", "TRUE", "2023-11-01", "id!", "", "so very good"]);
    insta::assert_snapshot!(case.warnings(), @"1 cell of `a.xlsx` with an error such as `#REF!` read as blank");
}

#[test]
fn case_39_inline_strings_and_dates_since_1904_are_read() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>comment</t></is></c></row>\
                 <row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> in line</t></is></c></row></sheetData></worksheet>";
    let case = Case::new("a.xlsx", with_part(&simple(), "xl/worksheets/sheet1.xml", sheet.as_bytes()));
    assert_eq!(case.answers(), [" in line"]);
}

#[test]
fn case_40_macros_and_entities_do_nothing() {
    let macros = with_part(&simple(), "xl/vbaProject.bin", b"macro");
    insta::assert_snapshot!(Case::new("a.xlsm", macros).warnings(), @"`a.xlsm` holds macros; they are not run");
    let entity = "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><sst uniqueCount=\"1\"><si><t>&x;</t></si></sst>";
    let hostile = with_part(&simple(), "xl/sharedStrings.xml", entity.as_bytes());
    insta::assert_snapshot!(Case::new("a.xlsx", hostile).words(), @r#"
    exit 1: `a.xlsx` is damaged or cut short: a part is not in the form of a workbook
    hint: Copy or export the file again
    "#);
}

#[test]
fn case_41_merged_cells_and_hidden_rows_are_read_raw_and_said() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "comment").unwrap();
        sheet.write_string(0, 1, "group").unwrap();
        sheet.merge_range(1, 0, 1, 1, "Fine", &Format::new()).unwrap();
        sheet.write_string(2, 0, "Hidden").unwrap();
        sheet.set_row_hidden(2).unwrap();
    });
    let case = Case::new("a.xlsx", bytes);
    assert_eq!(case.answers(), ["Fine", "Hidden"]);
    insta::assert_snapshot!(case.warnings(), @r#"
    `a.xlsx` has merged cells; only the first cell of each holds its value
    `a.xlsx` has hidden or filtered rows; they are read like the others
    "#);
}

#[test]
fn formulas_without_a_stored_result_are_said() {
    let sheet = "xl/worksheets/sheet1.xml";
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "comment").unwrap();
        sheet.write_string(1, 0, "Fine").unwrap();
        sheet.write_formula(2, 0, Formula::new("=A2").set_result("Fine as well")).unwrap();
    });
    assert_eq!(Case::new("a.xlsx", bytes.clone()).warnings(), "");
    let stored = part(&bytes, sheet);
    for open in ["", "<v/>", "<v></v>"] {
        let unstored = stored.replace("<v>Fine as well</v>", open);
        assert_ne!(unstored, stored);
        let case = Case::new("a.xlsx", with_part(&bytes, sheet, unstored.as_bytes()));
        assert_eq!(case.answers(), ["Fine"]);
        insta::allow_duplicates! {
            insta::assert_snapshot!(case.warnings(), @"`a.xlsx` has formulas whose results are not stored, which are read as blank; open it in Excel and save it once");
        }
    }
}

#[test]
fn case_42_numbers_among_the_answers_are_kept_and_scientific_ones_said() {
    let bytes = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        sheet.write_string(0, 0, "comment").unwrap();
        sheet.write_number(1, 0, 7_700_900_123.0).unwrap();
        sheet.write_string(2, 0, "7.7E+09").unwrap();
    });
    let case = Case::new("a.xlsx", bytes);
    assert_eq!(case.answers(), ["7700900123", "7.7E+09"]);
    insta::assert_snapshot!(case.warnings(), @"In 1 answer there is only a number such as `1E+09`, which Excel makes of long numbers; what was typed is lost (first in row 3)");
}
