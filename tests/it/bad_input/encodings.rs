//! Cases 3 to 10: byte order marks, encodings, characters that do not belong into a text.

use super::{Case, numbered};
use encoding_rs::WINDOWS_1252;

fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
    text.encode_utf16()
        .flat_map(|unit| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() })
        .collect()
}

#[test]
fn case_03_a_byte_order_mark_is_not_part_of_the_first_name() {
    let case = Case::new("a.csv", "\u{feff}comment,id\nFine,1\n");
    assert_eq!(case.answers(), ["Fine"]);
    assert_eq!(case.read().summary.encoding.as_deref(), Some("UTF-8 with BOM"));
}

#[test]
fn case_04_excels_unicode_text_is_decoded_and_its_tabs_are_found() {
    for big_endian in [false, true] {
        let text = utf16("\u{feff}id\tcomment\r\n1\tIt’s £5 – fine\r\n", big_endian);
        let case = Case::new("a.txt", text);
        assert_eq!(case.answers(), ["It’s £5 – fine"]);
        let summary = case.read().summary;
        assert_eq!(
            summary.encoding.as_deref(),
            Some(if big_endian { "UTF-16BE with BOM" } else { "UTF-16LE with BOM" })
        );
        assert_eq!((summary.format.as_str(), summary.delimiter), ("tsv", Some('\t')));
    }
}

#[test]
fn case_05_utf_16_without_a_mark_is_known_by_its_nuls() {
    for big_endian in [false, true] {
        let case = Case::new("a.csv", utf16("id,comment\n1,Fine – really\n", big_endian));
        assert_eq!(case.answers(), ["Fine – really"]);
    }
    let case = Case::new("a.csv", utf16("id,comment\n1,Fine\n", false));
    insta::assert_snapshot!(case.warnings(), @"`a.csv` does not say its encoding and was read as UTF-16LE; if signs such as £ and ’ look wrong, name it with `--encoding`");
    let mut cut = utf16("id,comment\n1,Fine\n", false);
    cut.pop();
    insta::assert_snapshot!(Case::new("a.csv", cut).words(), @r#"
    exit 1: `a.csv` is not valid UTF-16LE
    hint: Export the answers again as CSV (UTF-8)
    "#);
}

#[test]
fn case_06_windows_1252_is_decoded_with_a_warning() {
    let (bytes, _, _) = WINDOWS_1252.encode("id,comment\n1,It’s £5 – “fine”\n");
    let case = Case::new("a.csv", bytes);
    assert_eq!(case.answers(), ["It’s £5 – “fine”"]);
    insta::assert_snapshot!(case.warnings(), @"`a.csv` does not say its encoding and was read as Windows-1252; if signs such as £ and ’ look wrong, name it with `--encoding`");
}

#[test]
fn case_07_one_broken_byte_in_utf_8_is_located() {
    let mut bytes = format!("id,comment\n{}", numbered(1000, "It’s fine")).into_bytes();
    let middle = bytes.iter().position(|b| *b == b'5').unwrap();
    bytes.insert(middle, 0xff);
    let mut case = Case::new("a.csv", bytes);
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: `a.csv` is not valid UTF-8: byte 67 in line 6 is broken (1 in the whole file)
    hint: Export it again as CSV (UTF-8), or say `--encoding windows-1252`, or `--encoding utf-8-lossy` to put `�` in place of broken bytes
    "#);
    case.plan.encoding = Some("utf-8".into());
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: `a.csv` is not valid UTF-8
    hint: Leave out `--encoding` to have it detected
    "#);
    case.plan.encoding = Some("utf-8-lossy".into());
    assert_eq!(case.read().summary.rows, 1000);
    case.plan.encoding = Some("latin-99".into());
    insta::assert_snapshot!(case.words(), @r#"
    exit 2: Encoding `latin-99` is not known
    hint: Usual ones are `utf-8`, `utf-8-lossy`, `utf-16le`, `utf-16be` and `windows-1252`
    "#);
}

#[test]
fn case_08_text_saved_in_the_wrong_encoding_is_flagged_and_not_changed() {
    let case = Case::new("a.csv", "id,comment\n1,I donâ€™t know\n");
    assert_eq!(case.answers(), ["I donâ€™t know"]);
    insta::assert_snapshot!(case.warnings(), @"In 1 answer there are signs such as `â€™`, left by saving in the wrong encoding; export the answers again as UTF-8 to mend them (first in row 2)");
}

#[test]
fn case_09_nul_characters_are_taken_out_and_counted() {
    let case = Case::new(
        "a.csv",
        "id,comment\n1,a\0b which is a longer answer than the others\n2,fine_x000D_\n3,well enough\n",
    );
    assert_eq!(case.answers(), ["ab which is a longer answer than the others", "fine", "well enough"]);
    insta::assert_snapshot!(case.warnings(), @"In 2 answers NUL characters or `_x000D_` were taken out (first in row 2)");
    insta::assert_snapshot!(Case::new("a.csv", [0; 500]).words(), @r#"
    exit 1: `a.csv` does not look like text
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
}

#[test]
fn the_mark_of_utf_32_is_not_taken_for_that_of_utf_16() {
    for mark in [[0xff, 0xfe, 0, 0], [0, 0, 0xfe, 0xff]] {
        insta::allow_duplicates! {
            insta::assert_snapshot!(Case::new("a.csv", [mark, [b'i', 0, 0, 0]].concat()).words(), @r#"
            exit 1: `a.csv` is in UTF-32
            hint: Save the table as XLSX or as CSV (UTF-8)
            "#);
        }
    }
}

#[test]
fn case_10_control_characters_are_kept_and_counted() {
    let case = Case::new("a.csv", "id,comment\n1,a\u{1}b\u{fffe}\n2,tab\there\n");
    assert_eq!(case.answers(), ["a\u{1}b\u{fffe}", "tab\there"]);
    insta::assert_snapshot!(case.warnings(), @"In 1 answer there are control characters, which exports leave out (first in row 2)");
}
