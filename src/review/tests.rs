use super::*;
use crate::error::Hint;
use crate::types::ThemeId;
use std::io::Write;

const HEADER: &str = "question,theme_id,respondent_id,start,end,text,marks,risks,decision\n";

fn read(content: &[u8]) -> Result<Review, ReviewError> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(content).unwrap();
    read_review(file.path())
}

fn words(content: &str) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs_err::write(file.path(), content).unwrap();
    let error = read_review(file.path()).unwrap_err();
    assert!(error.hint().is_some());
    error.to_string().replace(&*file.path().to_string_lossy(), "FILE")
}

fn passage<'a>(id: &'a str, start: usize, text: &'a str) -> Passage<'a> {
    Passage { question: "q", respondent_id: id, start, end: start + text.chars().count(), text }
}

#[test]
fn a_decision_is_about_the_words_and_a_rejection_about_every_part_of_them() {
    let text = format!(
        "{HEADER}q,T01,R1,5,14,Good pay.,,,approve\nq,T02,R1,20,35,My boss is rude,,,Reject\nq,T02,R2,0,9,Good pay.,,,\n"
    );
    let review = read(text.as_bytes()).unwrap();
    assert_eq!((review.count(Decision::Approve), review.count(Decision::Reject)), (1, 1));
    let decided = |id, start, text| review.decision_on(passage(id, start, text));
    assert_eq!(decided("R1", 5, "Good pay."), Some(Decision::Approve));
    assert_eq!(decided("R1", 6, "good pay"), Some(Decision::Approve), "an edited answer moves offsets");
    assert_eq!(decided("R1", 0, "Good pay and more"), None);
    assert_eq!(decided("R1", 30, "rude, he is"), Some(Decision::Reject), "by its place");
    assert_eq!(decided("R1", 90, "I think my boss is rude!"), Some(Decision::Reject), "by its words");
    assert_eq!(decided("R2", 0, "Good pay."), None, "not read yet");
    assert_eq!(decided("R3", 0, "Good pay."), None, "somebody else");
}

#[test]
fn rejected_words_are_rejected_whoever_wrote_them_and_approved_ones_are_not_approved_so() {
    let text = format!(
        "{HEADER}q,T01,R1,0,16,My boss is rude.,,,reject\nq,T01,R2,0,16,My boss is rude.,,,approve\n"
    );
    let review = read(text.as_bytes()).unwrap();
    let decided = |question, id, text| review.decision_on(Passage { question, ..passage(id, 40, text) });
    assert_eq!(decided("q", "R3", "my boss is rude"), Some(Decision::Reject));
    assert_eq!(decided("other", "R3", "My boss is rude!"), Some(Decision::Reject), "under another question");
    assert_eq!(decided("q", "R2", "My boss is rude."), Some(Decision::Reject), "one rejection is enough");
    assert_eq!(decided("q", "R3", "My boss is rude and late"), None, "other words");
    assert_eq!(decided("q", "R3", "My boss"), None, "a part of them");
}

#[test]
fn a_file_that_a_spreadsheet_saved_is_read() {
    let text = "\u{feff}decision;question;theme_id;respondent_id;start;end;text;marks;risks\nreject;q;T01;'-5;0;4;It’s;[name] [NHS number];a; b\n";
    let windows: Vec<u8> =
        text.chars().filter(|c| *c != '\u{feff}').map(|c| if c == '’' { 0x92 } else { c as u8 }).collect();
    for bytes in [text.as_bytes(), &windows] {
        let review = read(bytes).unwrap();
        let row = &review.rows()[0];
        assert_eq!((row.respondent_id.as_str(), row.text.as_str()), ("-5", "It’s"));
        assert_eq!(row.marks, ["[name]", "[NHS number]"]);
        assert_eq!(row.theme, ThemeId::FIRST);
    }
}

#[test]
fn headings_count_in_any_case_and_a_workbook_is_called_one() {
    let header = HEADER.replace("question", "Question").replace("decision", "DECISION");
    let review = read(format!("{header}q,T01,R1,0,4,Fine,,,approve\n").as_bytes()).unwrap();
    assert_eq!(review.count(Decision::Approve), 1);
    for start in [&b"PK\x03\x04"[..], b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        let error = read(start).unwrap_err();
        assert!(error.to_string().ends_with("` is a workbook, not a CSV file"), "{error}");
        assert_eq!(error.hint().as_deref(), Some("Open it in Excel and save it as CSV (UTF-8)"));
    }
}

#[test]
fn what_cannot_be_used_is_named_with_its_row() {
    let with = |row: &str| words(&format!("{HEADER}q,T01,R1,0,4,Fine,,,\n{row}\n"));
    insta::assert_snapshot!(with("q,T01,R1,0,4,Fine,,,maybe"), @"Row 3 of `FILE` cannot be used: `decision` holds neither `approve` nor `reject`");
    insta::assert_snapshot!(with("q,T01,R1,zero,4,Fine,,,approve"), @"Row 3 of `FILE` cannot be used: `start` is not a whole number");
    insta::assert_snapshot!(with("q,T01,R1,4,4,Fine,,,approve"), @"Row 3 of `FILE` cannot be used: `end` (4) does not come after `start` (4)");
    insta::assert_snapshot!(with("q,T01,,0,4,Fine,,,approve"), @"Row 3 of `FILE` cannot be used: `respondent_id` is empty");
    insta::assert_snapshot!(with("q,7,R1,0,4,Fine,,,approve"), @"Row 3 of `FILE` cannot be used: `theme_id` is not a theme id such as `T07`");
    insta::assert_snapshot!(with("q,T01,R1,0,4,Fine,,,approve\nq,T02,R1,0,4,Fine,,,reject"), @"Row 4 of `FILE` cannot be used: row 3 decides otherwise about the same words");
    insta::assert_snapshot!(with("q,T01,R1,0,4,Fine,,,approve\nq,T01,R1,0,4,Poor,,,reject\nq,T02,R1,0,4,Fine,,,reject"), @"Row 5 of `FILE` cannot be used: row 3 decides otherwise about the same words");
    insta::assert_snapshot!(words("question,text\nq,Fine\n"), @"`FILE` has no column `theme_id`");
}

#[test]
fn decisions_on_words_that_are_no_longer_there_are_set_apart() {
    let text = format!(
        "{HEADER}q,T01,R1,0,4,Fine,,,approve\nq,T01,R2,0,4,Poor,,,reject\nq,T01,R9,0,4,Gone,,,reject\n"
    );
    let answer = |_: &str, id: &str| (id != "R9").then(|| "It is fine, though".to_owned());
    let (review, left) = read(text.as_bytes()).unwrap().still_true(answer);
    assert_eq!((review.rows().len(), left.len()), (1, 2));
}
