//! Generated inputs: whatever the bytes, reading ends with an answer or an error, and every row is accounted for.

use super::Case;
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use std::collections::BTreeSet;
use std::io::{Cursor, Read, Write};
use verbatim::read::{SurveyPlan, read_survey};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// Pieces that tables are made of, and pieces that break them.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: [&[u8]; 26] = [
        b"id,comment\n",
        b"1,fine\n",
        b"\"",
        b"\"\"",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r\n",
        b"\r",
        b"sep=;\n",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"\x92",
        b"\xc3\xa9",
        b"\xe2\x80\x99",
        b"{\"comment\":\"x\"}\n",
        b"{\"ImportId\":\"a\"}",
        b"comment",
        b"a long answer of several words",
        b"=1+1",
        b"\xf0\x9f\x91\xa9",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"_x000D_",
    ];
    prop_oneof![
        4 => prop::sample::select(known.to_vec()).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ]
}

/// The rules that hold for whatever could be read.
fn check(case: &Case) {
    let Ok(outcome) = read_survey(&case.plan) else { return };
    let respondents = &outcome.survey.respondents;
    assert_eq!(outcome.summary.rows, respondents.len() + outcome.rejected.len());
    assert!(respondents.is_sorted_by(|a, b| a.id < b.id), "ids are sorted and distinct");
    let rows: BTreeSet<usize> = respondents
        .iter()
        .map(|respondent| respondent.row)
        .chain(outcome.rejected.iter().map(|row| row.row))
        .collect();
    assert_eq!(rows.len(), outcome.summary.rows, "each row is named once");
    assert!(respondents.iter().all(|respondent| respondent.answers.len() == outcome.survey.questions.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_or_refused(pieces in prop::collection::vec(piece(), 0..40), bare: bool) {
        let bytes = [&b"id,comment\n"[..], &pieces.concat()].concat();
        check(&if bare { Case::bare("a.csv", bytes) } else { Case::new("a.csv", bytes) });
        check(&Case::bare("a.csv", pieces.concat()));
    }

    #[test]
    fn any_survey_file_is_read_or_refused(lines in prop::collection::vec(
        prop_oneof![
            prop::sample::select(vec![
                "[survey]", "[[question]]", "[settings]", "[privacy]", "[question]", "[survey.x]", "input = \"a\"", "input = 3",
                "column = \"é\"", "themes = 1", "themes = [1]", "seed = 0x10", "groups = [\"a\", 1]", "year = 1e3", "\u{feff}",
                "common_share = inf", "a.b.c = 1", "input.x = 1", "deny = [[[[]]]]", "x = \"\"\"",
            ]).prop_map(str::to_owned),
            "\\PC{0,12}",
        ], 0..12)) {
        let case = Case::new("survey.toml", lines.join("\n"));
        let _ = SurveyPlan::from_toml(&case.plan.input);
    }

    #[test]
    fn any_change_to_a_workbooks_xml_is_read_or_refused(part in 0_usize..20, changes in prop::collection::vec((any::<prop::sample::Index>(), piece_of_xml()), 1..6)) {
        let bytes = changed(&workbook(), part, &changes);
        check(&Case::new("a.xlsx", &bytes));
        check(&Case::bare("a.xlsx", &bytes));
    }
}

fn piece_of_xml() -> impl Strategy<Value = &'static [u8]> {
    let known: Vec<&'static [u8]> = vec![
        b"<",
        b">",
        b"\"",
        b"&",
        b"&#0;",
        b"&x;",
        b"<c r=\"A1\"/>",
        b"<c r=\"B99\" t=\"s\"><v>7</v></c>",
        b"<row r=\"0\">",
        b"</row>",
        b"r=\"A1048577\"",
        b"t=\"e\"",
        b"t=\"zz\"",
        b"s=\"99\"",
        b"-1",
        b"9",
        b"<v>1e400</v>",
        b"<v>NaN</v>",
        b"\xff",
        b"\0",
        b"</sheetData>",
        b"<is><t>x</t></is>",
        b"<!--",
        b"<![CDATA[",
        b"]]>",
        b"<?xml?>",
        b"<mergeCell ",
        b"uniqueCount",
        b"<dimension ref=\"A1:XFD1048576\"/>",
    ];
    prop::sample::select(known)
}

fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (row, cells) in [["id", "comment"], ["1", "fine"], ["2", "a second answer"]].into_iter().enumerate() {
        for (column, cell) in cells.into_iter().enumerate() {
            sheet.write_string(row as u32, column as u16, cell).unwrap();
        }
    }
    sheet.write_number(3, 0, 3.0).unwrap();
    sheet.write_boolean(3, 1, true).unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_sheet_that_ends_before_it_begins_is_read_or_refused() {
    let mut seen = false;
    let bytes = repacked(&workbook(), |_, text| {
        let xml = String::from_utf8_lossy(text).into_owned();
        seen |= xml.contains("<dimension ref=\"A1:B4\"/>");
        *text = xml.replace("<dimension ref=\"A1:B4\"/>", "<dimension ref=\"B4:A1\"/>").into_bytes();
    });
    assert!(seen);
    check(&Case::new("a.xlsx", &bytes));
}

/// `bytes` with pieces put over the XML of part `number`.
fn changed(bytes: &[u8], number: usize, changes: &[(prop::sample::Index, &[u8])]) -> Vec<u8> {
    let number = number % ZipArchive::new(Cursor::new(bytes)).unwrap().len();
    repacked(bytes, |i, text| {
        for (at, piece) in changes.iter().filter(|_| i == number) {
            let at = at.index(text.len());
            let end = text.len().min(at + piece.len() / 2);
            text.splice(at..end, piece.iter().copied());
        }
    })
}

/// `bytes` with `edit` done to the XML of each part, packed again so that only the XML is wrong.
fn repacked(bytes: &[u8], mut edit: impl FnMut(usize, &mut Vec<u8>)) -> Vec<u8> {
    let mut old = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..old.len() {
        let mut part = old.by_index(i).unwrap();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        edit(i, &mut text);
        new.start_file(part.name().unwrap().into_owned(), SimpleFileOptions::default()).unwrap();
        new.write_all(&text).unwrap();
    }
    new.finish().unwrap().into_inner()
}
