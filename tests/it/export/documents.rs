//! The Word document, the workbooks and Parquet: their parts are valid XML, hold nothing that acts, and nothing of the clock.
//! `scripts/check-documents.py` reads them with other programs.

use super::folder::read_all;
use crate::support::report::{Fixture, fixture};
use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use verbatim::export::{ChosenQuote, QuoteFormat, QuoteSet, export_run, write_quote_set};

fn exported(fixture: &Fixture) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    export_run(fixture.input(), &dir.path().join("run")).unwrap();
    read_all(&dir.path().join("run"))
}

/// The parts of a zipped document, by name; every XML part is read to its end by another parser.
fn parts(document: &[u8]) -> BTreeMap<String, String> {
    let mut zip = zip::ZipArchive::new(Cursor::new(document)).unwrap();
    let mut parts = BTreeMap::new();
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).unwrap();
        let (name, mut bytes) = (part.name().unwrap().into_owned(), Vec::new());
        part.read_to_end(&mut bytes).unwrap();
        if std::path::Path::new(&name).extension().is_some_and(|e| e == "xml" || e == "rels") {
            let text = String::from_utf8(bytes).unwrap();
            let mut reader = quick_xml::Reader::from_str(&text);
            while !matches!(
                reader.read_event().unwrap_or_else(|e| panic!("{name}: {e}")),
                quick_xml::events::Event::Eof
            ) {}
            parts.insert(name, text);
        }
    }
    parts
}

const HOSTILE: &str = "=1+1]]>&#x0;<!ENTITY x>\u{0}\u{1b}\u{fffe}\u{202e}\"'<w:p/>\nnext\tline";

fn hostile() -> Fixture {
    let mut fixture = fixture(60);
    fixture.report.title = HOSTILE.into();
    fixture.report.notes.push(HOSTILE.into());
    fixture.report.questions[0].wording = HOSTILE.into();
    fixture.report.questions[0].column = HOSTILE.into();
    fixture.survey.groups[0].column = HOSTILE.into();
    fixture.survey.respondents[0].id = HOSTILE.into();
    fixture.coded[0][0].text = HOSTILE.into();
    let theme = fixture.theme_mut(0);
    theme.name = HOSTILE.into();
    theme.statement = format!("**{HOSTILE}** and {HOSTILE}");
    theme.keywords.push(HOSTILE.into());
    theme.quotes[0].text = HOSTILE.into();
    theme.quotes[0].attribution = Some(HOSTILE.into());
    theme.groups[0].column = HOSTILE.into();
    theme.groups[0].rows[0].value = HOSTILE.into();
    theme.subthemes[0].name = HOSTILE.into();
    fixture
}

#[test]
fn text_that_breaks_xml_is_shown_as_text() {
    let files = exported(&hostile());
    for name in ["report.docx", "quotes.xlsx", "coded-answers.xlsx", "tables.xlsx"] {
        let parts = parts(&files[name]);
        let all: String = parts.values().cloned().collect();
        assert!(all.contains("=1+1]]&gt;&amp;#x0;&lt;!ENTITY x&gt;"), "{name}");
        assert!(!all.contains(['\0', '\u{1b}', '\u{fffe}', '\u{202e}']), "{name}");
        assert!(!all.contains("<f>"), "{name} holds a formula");
    }
}

#[test]
fn bullets_say_the_same_in_every_report() {
    let mut fixture = fixture(60);
    fixture.theme_mut(0).tentative = true;
    let files = exported(&fixture);
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    let markdown = text("report.md");
    let bullet = markdown
        .lines()
        .skip_while(|line| *line != "### Common Themes")
        .find(|line| line.starts_with("- "))
        .unwrap();
    let figures = &bullet[bullet.find(" (").unwrap()..];
    assert!(figures.ends_with("; tentative)"), "{bullet}");
    assert!(text("report.html").contains(&format!("{figures}</li>")), "page: {figures}");
    let document = &parts(&files["report.docx"])["word/document.xml"];
    assert!(document.contains(&format!("{figures}</w:t>")), "document: {figures}");
    let name = fixture.theme_mut(0).name.clone();
    assert!(document.contains(&format!("{name} (tentative)</w:t>")), "table of figures");
    assert!(text("report.html").contains(&format!("{name}</a> <span class=\"tag\">tentative</span></th>")));
    let texts = &parts(&files["tables.xlsx"])["xl/sharedStrings.xml"];
    assert!(texts.contains(">Tentative<") && texts.contains(">Yes<"), "workbook");
}

#[test]
fn a_line_break_in_a_quote_is_one_in_word() {
    let document = &parts(&exported(&hostile())["report.docx"])["word/document.xml"];
    assert!(document.contains("<w:br w:type=\"textWrapping\" /><w:t xml:space=\"preserve\">next line"));
}

#[test]
fn every_picture_has_its_own_id_and_a_text_alternative() {
    let document = &parts(&exported(&fixture(100))["report.docx"])["word/document.xml"];
    for id in [1, 2] {
        assert!(document.contains(&format!(r#"<wp:docPr id="{id}" name="Figure {id}" descr="Bar chart. "#)));
    }
    assert!(document.contains("Salary and progression: 3"));
    assert!(document.matches("<w:tblHeader/>").count() == document.matches("<w:tbl>").count());
}

#[test]
fn the_styles_are_defined() {
    let parts = parts(&exported(&fixture(60))["report.docx"]);
    let used = parts["word/document.xml"]
        .split("Style w:val=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap());
    for style in used {
        assert!(parts["word/styles.xml"].contains(&format!("w:styleId=\"{style}\"")), "{style}");
    }
    assert!(
        parts["word/numbering.xml"].contains("w:numId w:val=\"2\"")
            || parts["word/numbering.xml"].contains("w:numId=\"2\"")
    );
}

#[test]
fn two_group_columns_that_begin_alike_have_a_sheet_each() {
    let mut fixture = fixture(60);
    for (i, name) in
        ["a rather long name of a group column, one", "a rather long name of a group column, two"]
            .iter()
            .enumerate()
    {
        for theme in &mut fixture.report.questions[0].themes {
            theme.groups[i].column = (*name).into();
        }
    }
    let sheets = &parts(&exported(&fixture)["tables.xlsx"])["xl/workbook.xml"];
    assert_eq!(sheets.matches("<sheet name=\"Q1 by A rather long name").count(), 2);
}

fn chosen(fixture: &Fixture) -> QuoteSet<'_> {
    let question = &fixture.report.questions[1];
    let quotes = question.themes[..2].iter().flat_map(|theme| {
        theme.quotes.iter().take(2).map(move |quote| ChosenQuote { question, theme, quote })
    });
    QuoteSet { report: &fixture.report, title: "Salary, = recognition".into(), quotes: quotes.collect() }
}

fn written(set: &QuoteSet<'_>, format: QuoteFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_quote_set(set, format, &mut bytes).unwrap();
    bytes
}

#[test]
fn a_quote_set_has_the_quotes_and_not_who_wrote_them() {
    let fixture = fixture(300);
    let set = chosen(&fixture);
    insta::assert_snapshot!(String::from_utf8(written(&set, QuoteFormat::Markdown)).unwrap());
    insta::assert_snapshot!(String::from_utf8(written(&set, QuoteFormat::Csv)).unwrap());
    for format in [QuoteFormat::Docx, QuoteFormat::Xlsx] {
        let bytes = written(&set, format);
        assert!(bytes == written(&set, format), "{format:?}");
        let all: String = parts(&bytes).into_values().collect();
        for chosen in &set.quotes {
            assert!(all.contains(&chosen.quote.text), "{format:?}");
            assert!(!all.contains(&chosen.quote.respondent_id), "{format:?}");
        }
    }
}
