//! Titles, notes and headings of several columns above the header.

use super::Case;
use super::workbooks::workbook;
use std::fmt::Write;

const HEADER: &str = "ID,Name,Quote consent,What could be better?";

/// Six people, none of whom may be quoted.
fn people() -> String {
    (0..6).fold(String::new(), |mut rows, i| {
        writeln!(
            rows,
            "R{i},Zqxalina Mbekezi{i},no,The support was excellent and pay does not match costs {i}"
        )
        .unwrap();
        rows
    })
}

/// The words for a title above the header, as text and as a workbook with the same cells.
fn words(above: &str) -> [String; 2] {
    let text = format!("{above}{HEADER}\n{}", people());
    let sheet = workbook(|workbook| {
        let sheet = workbook.add_worksheet();
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate().filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(row as u32, column as u16, cell).unwrap();
            }
        }
    });
    [Case::bare("a.csv", text).words(), Case::bare("a.xlsx", sheet).words().replace("xlsx", "csv")]
}

#[test]
fn a_title_above_the_header_is_refused_with_the_rows_of_both_and_no_word_of_a_row() {
    insta::allow_duplicates! {
        for words in words("Staff survey 2023\n") {
            insta::assert_snapshot!(words, @"
            exit 1: `a.csv` seems to have its header in row 2: row 1 leaves columns without a name, as a title does
            hint: Delete the rows above it; if row 1 holds names of columns, write a survey file that says `header_rows = 1` or `header_rows = 2`
            ");
        }
    }
    for (above, first, header) in [
        ("Staff survey 2023,,,\n", 1, 2),
        ("Export of 12/03/2023\nConfidential\n", 1, 3),
        ("Staff survey 2023\n\n", 1, 3),
        ("Staff survey 2023,,,\n,,,\n", 1, 3),
        ("Table 1: Staff, 2023\n", 1, 2),
        ("Exported:,12/03/2023,,\nBy:,Office,,\n", 1, 3),
        ("What matters to you?\nNotes\nDo not share\n\n\n", 1, 6),
        ("Staff survey,,,\n,Wave 2,,\n", 1, 3),
        ("About you,,Your views,\n", 1, 2),
    ] {
        let told = format!("exit 1: `a.csv` seems to have its header in row {header}: row {first} leaves");
        for words in words(above) {
            assert!(words.starts_with(&told), "{above:?}: {words}");
        }
    }
    // Rows of a sheet that hold nothing are passed over, and are rows.
    let [text, sheet] = words("\n\nStaff survey 2023\n");
    assert!(
        text.contains("header in row 4: row 3 ") && sheet.contains("header in row 4: row 3 "),
        "{text}{sheet}"
    );
}

#[test]
fn a_title_is_refused_whatever_delimits_the_cells_and_whatever_is_asked_for() {
    for title in ["Staff survey; wave 2", "Staff survey, wave 2", "\"Staff survey\"", "Staff survey\r"] {
        for delimiter in [";", ",", "\t"] {
            let table = format!("{HEADER}\n{}", people()).replace(',', delimiter);
            let mut case = Case::new("a.csv", format!("{title}\n{table}"));
            case.plan.questions[0].column = "What could be better?".into();
            assert!(
                case.words().contains("header in row 2: row 1 leaves"),
                "{title:?} {delimiter:?}: {}",
                case.words()
            );
        }
    }
    let said = Case::bare("a.csv", format!("sep=;\nSurvey\n\n{HEADER}\n{}", people()).replace(',', ";"));
    assert!(said.words().contains("header in row 4: row 2 leaves"), "{}", said.words());
    let mut looked = Case::bare("a.csv", format!("About you,,Your views,\n{HEADER}\n{}", people()));
    looked.plan.header_rows = Some(2);
    assert_eq!(looked.read().survey.questions[0].column, "Your views – What could be better?");
}

#[test]
fn a_row_that_may_be_the_header_is_a_warning() {
    let answers = "Pay is too low,Patients and families\nToo few rooms here,All of my colleagues\nNever any time,The variety of it\n";
    let case = Case::bare("a.csv", format!("Staff survey 2023,\nTo change,To keep\n{answers}"));
    insta::assert_snapshot!(case.warnings().lines().next().unwrap(), @"Row 1 of `a.csv` leaves columns without a name that are filled below; if row 2 is the header, delete the rows above it");
}

/// Each of them has run and still runs, without a word about titles.
#[test]
fn headers_with_blanks_are_no_titles() {
    let answers = ["Pay is low", "Why is there no room for us?", "More time", "Training", "Less paper"];
    let rows = |row: &dyn Fn(usize, &str) -> String| -> String {
        answers.iter().enumerate().map(|(i, answer)| row(i, answer) + "\n").collect()
    };
    for (what, header, rows) in [
        ("numbered rows", ",region,comment", rows(&|i, answer| format!("{i},North {i},{answer}"))),
        ("nothing but numbers beside", ",comment", rows(&|i, answer| format!("{i},{answer}"))),
        ("columns that are not used", "id,comment,,,", rows(&|i, answer| format!("{i},{answer},,,"))),
        ("notes without a name", "id,comment,", rows(&|i, answer| format!("{i},{answer},see note {i}"))),
        (
            "two rows that are blank under the id",
            "Respondent ID,Collector ID,Do you?,,comment",
            format!(",,Yes,No,Open-Ended Response\n{}", rows(&|i, answer| format!("{i},7,Yes,,{answer}"))),
        ),
        ("one column", "comment", rows(&|_, answer| format!("{answer}, I think"))),
        (
            "one column with few commas",
            "comment",
            rows(&|i, answer| format!("{answer}{}", [", yes", ""][i % 2])),
        ),
    ] {
        let read = Case::bare("a.csv", format!("{header}\n{rows}"));
        assert!(!read.warnings().contains("header"), "{what}: {}", read.warnings());
    }
}

/// Whoever takes the columns of ids out of an export leaves this.
#[test]
fn the_second_header_row_of_an_export_is_no_header_by_itself() {
    let rows = "Helping people every day,Yes,,North,\nThe variety of it,,No,South,\nPatients and families,Yes,,North,\nMy whole team,,No,South,Isle\n";
    let text = format!("Enjoy,Do you?,,Region,\nOpen-Ended Response,Yes,No,Response,Other\n{rows}");
    assert_eq!(Case::bare("a.csv", text).read().summary.rows, 5);
}
