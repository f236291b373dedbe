use super::*;
use crate::types::{Question, ThemeId, ThemeState};
use std::path::PathBuf;

fn codebook() -> Codebook {
    let theme = |number: u32, question: &str, name: &str| CodebookTheme {
        id: ThemeId::new(number),
        question: question.into(),
        name: name.into(),
        found_name: name.into(),
        statement: "People want **more** of it.".into(),
        state: ThemeState::Known,
        ..CodebookTheme::default()
    };
    let mut codebook = Codebook {
        schema: 1,
        survey: "Survey <2023> & more".into(),
        next_id: 4,
        questions: ["enjoy", "change"]
            .map(|column| Question { column: column.into(), wording: format!("{column}?") })
            .into(),
        themes: vec![
            theme(1, "enjoy", "Tea & \"cake\""),
            theme(2, "enjoy", "Merged"),
            theme(3, "change", "Pay"),
        ],
        ..Codebook::default()
    };
    codebook.themes[1].merge_into = ThemeId::new(1);
    codebook
}

fn write(folder: &tempfile::TempDir, text: impl AsRef<[u8]>) -> PathBuf {
    let path = folder.path().join("codes.qdc");
    fs_err::write(&path, text).unwrap();
    path
}

#[test]
fn a_codebook_comes_back_as_it_was_and_edits_of_another_tool_are_taken() {
    let folder = tempfile::tempdir().unwrap();
    let qdc = String::from_utf8(codebook_qdc(&codebook()).unwrap()).unwrap();
    assert!(
        !qdc.contains("Merged") && qdc.contains("<Description>People want more of it.</Description>"),
        "{qdc}"
    );
    assert_eq!(import_qdc(&write(&folder, &qdc), codebook(), None).unwrap(), codebook());
    let edited = qdc
        .replace("name=\"Pay\"", "name=\"Salary\"")
        .replacen("People want more of it.", "Caf&#233; &lt;and&gt; kettle", 1)
        .replacen("</Code>\n    </Code>", "</Code><Code guid='{0A}' name='Parking' isCodable='true'><Description>Nowhere to park\nCar park is full</Description></Code></Code>", 1);
    let read = import_qdc(&write(&folder, edited), codebook(), None).unwrap();
    assert_eq!(read.themes[2].name, "Salary");
    assert_eq!(read.themes[0].definition, "Café <and> kettle");
    let added = &read.themes[3];
    assert_eq!(
        (added.question.as_str(), added.name.as_str(), added.id),
        ("enjoy", "Parking", ThemeId::new(4))
    );
    assert_eq!(added.examples, ["Nowhere to park", "Car park is full"]);
}

#[test]
fn a_code_that_is_there_by_its_name_is_not_added_again() {
    let folder = tempfile::tempdir().unwrap();
    let code = |guid: u32, name: &str, text: &str| {
        format!("<Code guid='{guid}' name='{name}' isCodable='true'><Description>{text}</Description></Code>")
    };
    let import = |codes: &str, before: Codebook| {
        let qdc = format!("<CodeBook><Codes>{codes}</Codes></CodeBook>");
        import_qdc(&write(&folder, qdc), before, Some("enjoy")).unwrap()
    };
    let two =
        code(1, "Other", "Tea breaks") + &code(2, "Other", "The view") + &code(3, "Parking", "No space");
    let once = import(&two, codebook());
    assert_eq!(once.themes.len(), 3 + 3, "two codes of one name are two themes");
    assert_eq!(import(&two, once.clone()), once, "the same file again adds nothing");
    let mut dropped = once.clone();
    dropped.themes[5].drop = true;
    assert_eq!(import(&two, dropped.clone()), dropped, "what was decided of an added code holds");
    let again = import(&code(9, "PARKING ", "Nowhere to park"), once.clone());
    assert_eq!((again.themes.len(), again.themes[5].name.as_str()), (6, "Parking"));
    assert_eq!(
        (again.themes[5].definition.as_str(), &again.themes[5].examples[..]),
        ("Nowhere to park", &["Nowhere to park".to_owned()][..])
    );
    assert_eq!(import(&code(9, "pay", "Money"), codebook()).themes.len(), 4, "`Pay` is of another question");
    assert_eq!(import(&code(9, "Merged", "Anew"), codebook()).themes.len(), 4, "the old one is merged away");
    let mut asked = codebook();
    asked.themes[0].name = "Asked of".into();
    let guid = theme_guid(&asked.themes[0]);
    let renamed =
        format!("<Code guid='{guid}' name='Renamed' isCodable='true'/>") + &code(9, "Asked of", "Anew");
    let read = import(&renamed, asked);
    assert_eq!(
        (read.themes[0].name.as_str(), read.themes.len()),
        ("Renamed", 4),
        "a name that was given up is free"
    );
}

#[test]
fn themes_of_one_name_are_told_apart_where_a_code_is_known_by_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let mut codebook = codebook();
    codebook.themes[2].name = codebook.themes[0].name.clone();
    let qdc = String::from_utf8(codebook_qdc(&codebook).unwrap()).unwrap();
    assert!(qdc.contains("cake&quot; (T01)\"") && qdc.contains("cake&quot; (T03)\""), "{qdc}");
    let read = import_qdc(&write(&folder, qdc), codebook.clone(), None).unwrap();
    assert_eq!(read, codebook, "nothing was renamed");
}

#[test]
fn what_is_no_codebook_or_names_no_question_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let refusal = |text: &str, question| {
        import_qdc(&write(&folder, text), codebook(), question).unwrap_err().to_string()
    };
    let alone = "<CodeBook xmlns='urn:QDA-XML:codebook:1.0'><Codes><Code guid='1' name='New' isCodable='true'/></Codes></CodeBook>";
    assert!(refusal(alone, None).contains("code `New` stands below no question"));
    assert!(refusal(alone, Some("nothing")).contains("no question `nothing`; it has `enjoy`, `change`"));
    assert_eq!(
        import_qdc(&write(&folder, alone), codebook(), Some("change")).unwrap().themes[3].examples,
        ["New"]
    );
    assert!(refusal("<Project/>", None).contains("no `CodeBook`"));
    assert!(refusal("<CodeBook><Codes></CodeBook>", None).contains("at byte"));
    assert!(refusal("", None).contains("no `CodeBook`"));
    let empty = Codebook { themes: Vec::new(), ..codebook() };
    assert!(codebook_qdc(&empty).unwrap_err().to_string().contains("no theme to export"));
}

#[test]
fn selections_of_a_project_are_the_coded_parts_in_code_points() {
    let part = |text: &str, themes: &[u32]| AnswerPart {
        question: "enjoy".into(),
        respondent_id: "R1".into(),
        text: text.into(),
        themes: themes.iter().filter_map(|id| ThemeId::new(*id)).collect(),
    };
    let parts = [part("Thé 🍵", &[1]), part("unclear", &[]), part("Pay", &[3, 1])];
    let bytes = codebook_qdpx(&codebook(), &parts, false).unwrap();
    let described = |reviewed| {
        let bytes = codebook_qdpx(&codebook(), &parts, reviewed).unwrap();
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        let project = std::io::read_to_string(archive.by_name("project.qde").unwrap()).unwrap();
        project.contains("</Sources>\n  <Description>Quotes not yet reviewed.")
    };
    assert_eq!([false, true].map(described), [true, false], "until somebody has read the quotes");
    assert_eq!(bytes, codebook_qdpx(&codebook(), &parts, false).unwrap(), "the same bytes every time");
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    let project = std::io::read_to_string(archive.by_name("project.qde").unwrap()).unwrap();
    let source = guid(&["answer", "enjoy", "R1"]);
    let text = std::io::read_to_string(archive.by_name(&format!("sources/{source}.txt")).unwrap()).unwrap();
    assert_eq!(text, "Thé 🍵\nunclear\nPay");
    assert!(
        project.contains("startPosition=\"0\" endPosition=\"5\"")
            && project.contains("startPosition=\"14\" endPosition=\"17\""),
        "{project}"
    );
    assert_eq!(project.matches("<CodeRef").count(), 3);
    for theme in codebook().themes.iter().filter(|theme| theme.is_live()) {
        let target = theme_guid(theme);
        assert!(
            project.contains(&format!("<Code guid=\"{target}\""))
                && project.contains(&format!("targetGUID=\"{target}\""))
        );
    }
}
