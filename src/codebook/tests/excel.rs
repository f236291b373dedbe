//! A codebook that is edited as a workbook.

use super::*;

/// The codebook as a workbook, edited by `edit` through its cells, and read back.
fn through_excel(codebook: &Codebook) -> Result<Codebook, CodebookError> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codebook.xlsx");
    fs_err::write(&path, codebook_workbook(codebook).unwrap()).unwrap();
    edited_codebook(&path, super::codebook(4)).map(|(codebook, left)| {
        assert_eq!(left, None, "no example of a known theme was edited");
        codebook
    })
}

#[test]
fn edited_examples_of_a_known_theme_are_left_and_told_and_look_as_if_they_could_not_be_edited() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codebook.xlsx");
    let left = |edit: fn(&mut Codebook)| {
        let mut edited = codebook(4);
        edit(&mut edited);
        fs_err::write(&path, codebook_workbook(&edited).unwrap()).unwrap();
        let (read, left) = edited_codebook(&path, super::codebook(4)).unwrap();
        assert_eq!(read, codebook(4));
        left
    };
    assert_eq!(
        left(|c| c.themes[1].examples[0] = "It =  good \"indeed\"\r\nand more ".into()),
        None,
        "spaces"
    );
    let words = left(|c| {
        c.themes[1].examples[0] = "Mine".into();
        c.themes[2].examples.clear();
    });
    assert!(
        words
            .unwrap()
            .starts_with("The examples of T02, T03 are not those of the codebook and were not taken over")
    );

    let fills = |state: ThemeState| {
        let mut one = codebook(1);
        one.themes[0].state = state;
        let mut book = zip::ZipArchive::new(std::io::Cursor::new(codebook_workbook(&one).unwrap())).unwrap();
        let sheet = std::io::read_to_string(book.by_name("xl/worksheets/sheet1.xml").unwrap()).unwrap();
        let style = |cell: &str| {
            let (_, rest) = sheet.split_once(&format!("<c r=\"{cell}\" s=\"")).unwrap();
            rest.split('"').next().unwrap().to_owned()
        };
        (style("C4"), style("J4"))
    };
    let (name, example) = fills(ThemeState::Known);
    assert_ne!(name, example, "grey");
    let (name, example) = fills(ThemeState::Added);
    assert_eq!(name, example, "white");
}

#[test]
fn what_may_be_edited_in_excel_comes_back_without_loss() {
    let mut edited = codebook(4);
    edited.themes[0].name = "=1+1, \"quoted\"".into();
    edited.themes[0].statement = " Two\nlines of **text** ".into();
    edited.themes[0].definition = "007".into();
    edited.themes[1].merge_into = Some(id(1));
    edited.themes[2].split = true;
    edited.themes[3].drop = true;
    edited.themes.push(CodebookTheme {
        question: "enjoy".into(),
        name: "Tea".into(),
        examples: vec!["I like tea".into(), "Tea, always".into()],
        keep: true,
        ..CodebookTheme::default()
    });
    edited.pins = vec![
        Pin {
            question: "enjoy".into(),
            respondent_id: "0012".into(),
            segment: Some(2),
            theme: id(1),
            away: true,
        },
        Pin {
            question: "enjoy".into(),
            respondent_id: "R7".into(),
            segment: None,
            theme: id(3),
            away: false,
        },
    ];
    let read = through_excel(&edited).unwrap();
    let numbered = reread(&edited).unwrap();
    assert_eq!(read, numbered);
    assert_eq!(codebook_workbook(&edited).unwrap(), codebook_workbook(&edited).unwrap());
}

#[test]
fn case_53_rows_of_a_workbook_that_do_not_fit_are_named() {
    type Edit = fn(&mut Codebook);
    let cases: [(&str, Edit); 5] = [
        ("the row of theme T02 was deleted", |c| {
            c.themes.remove(1);
        }),
        ("sheet `Themes`, row 7: the id T01 stands in a second row", |c| c.themes[3].id = Some(id(1))),
        ("sheet `Themes`, row 5: the codebook has no theme T77", |c| c.themes[1].id = Some(id(77))),
        ("sheet `Themes`, row 4: theme T01 belongs to the question `enjoy`", |c| {
            c.themes[0].question = "change".into();
        }),
        ("theme T02 is merged into itself", |c| c.themes[1].merge_into = Some(id(2))),
    ];
    for (want, change) in cases {
        let mut edited = codebook(4);
        change(&mut edited);
        let error = through_excel(&edited).unwrap_err().to_string();
        assert!(error.contains(want), "{error}");
    }
}
