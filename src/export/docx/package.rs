use super::contents::{self, Entry};
use crate::export::charts::Picture;
use crate::export::inert::one_line;
use docx_rs::{
    AbstractNumbering, Docx, Level, LevelJc, LevelText, NumberFormat, Numbering, PageMargin, Paragraph, Pic,
    Run, SpecialIndentType, Start, Table,
};
use std::io::{self, Cursor, Write};

/// Our own, since the crate writes a style's parts in an order that the schema does not allow, and no language.
const STYLES: &str = include_str!("styles.xml");
/// What the crate writes for every picture: one id for all, and no text alternative.
const PICTURE: &str = r#"<wp:docPr id="1" name="Figure" />"#;
/// On every row, see `parts::table`.
const ROW: &str = "<w:cantSplit />";
/// The numbering that the style List Bullet names.
pub(super) const BULLETS: usize = 2;
/// Pixels of a picture in the crate's unit.
const EMU: u32 = 9525;

/// A document under construction.
pub(super) struct Package {
    title: String,
    parts: Vec<Part>,
    contents: Vec<Entry>,
    alternatives: Vec<String>,
    tables: usize,
}

enum Part {
    Paragraph(Box<Paragraph>),
    Table(Box<Table>),
}

impl Package {
    pub(super) fn new(title: &str) -> Self {
        Self {
            title: one_line(title),
            parts: Vec::new(),
            contents: Vec::new(),
            alternatives: Vec::new(),
            tables: 0,
        }
    }

    pub(super) fn add(&mut self, paragraph: Paragraph) {
        self.parts.push(Part::Paragraph(Box::new(paragraph)));
    }

    pub(super) fn table(&mut self, table: Table) {
        self.parts.push(Part::Table(Box::new(table)));
        // Two tables without a paragraph between them would become one.
        self.add(Paragraph::new());
    }

    /// The contents list stands here.
    pub(super) fn contents(&mut self) {
        self.add(super::parts::styled("TOCHeading", "Contents"));
        self.add(contents::place());
    }

    /// A heading that the contents list has too.
    pub(super) fn heading(&mut self, heading: Paragraph, level: usize) {
        let number = self.contents.len();
        self.contents.push(Entry { words: heading.raw_text(), level });
        self.add(
            heading.add_bookmark_start(number + 1, contents::bookmark(number)).add_bookmark_end(number + 1),
        );
    }

    /// A numbered caption.
    pub(super) fn caption(&mut self, kind: &str, words: &str) {
        self.tables += 1;
        self.add(super::parts::styled("Caption", &format!("{kind} {}. {words}", self.tables)));
    }

    /// A picture under its caption, with what a reader hears who does not see it.
    pub(super) fn figure(&mut self, picture: &Picture, caption: &str, alternative: &str) {
        self.alternatives.push(alternative.into());
        let number = self.alternatives.len();
        self.add(super::parts::styled("Caption", &format!("Figure {number}. {caption}")));
        let pic = Pic::new_with_dimensions(picture.png.clone(), picture.width, picture.height)
            .id(format!("rIdImage{number}"))
            .size(picture.width * EMU, picture.height * EMU);
        self.add(Paragraph::new().add_run(Run::new().add_image(pic)));
    }

    pub(super) fn write(self, out: &mut (dyn Write + Send)) -> io::Result<()> {
        let docx = Docx::new()
            .page_size(11906, 16838)
            .page_margin(PageMargin::new().top(1134).bottom(1134).left(1134).right(1134))
            .add_abstract_numbering(bullets())
            .add_numbering(Numbering::new(BULLETS, BULLETS));
        let docx = self.parts.into_iter().fold(docx, add);

        let mut package = docx.build();
        package.styles = STYLES.into();
        package.doc_props.core = core(&self.title).into();
        let document = String::from_utf8(package.document).map_err(io::Error::other)?;
        package.document = mend(&contents::insert(&document, &self.contents), &self.alternatives).into();
        let mut file = Cursor::new(Vec::new());
        package.pack(&mut file).map_err(io::Error::other)?;
        pack(file, out)
    }
}

/// The crate leaves the parts as large as they are; here they are packed, all with one date.
fn pack(file: Cursor<Vec<u8>>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut parts = zip::ZipArchive::new(file)?;
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for i in 0..parts.len() {
        let mut part = parts.by_index(i)?;
        if part.is_file() {
            let name = part.name()?.into_owned();
            packed.start_file(name, options)?;
            io::copy(&mut part, &mut packed)?;
        }
    }
    out.write_all(packed.finish()?.get_ref())
}

fn add(docx: Docx, part: Part) -> Docx {
    match part {
        Part::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
        Part::Table(table) => docx.add_table(*table),
    }
}

fn bullets() -> AbstractNumbering {
    let indent = SpecialIndentType::Hanging(360);
    AbstractNumbering::new(BULLETS).add_level(
        Level::new(0, Start::new(1), NumberFormat::new("bullet"), LevelText::new("•"), LevelJc::new("left"))
            .indent(Some(360), Some(indent), None, None),
    )
}

/// Gives each picture an id and its text alternative, and marks the first row of each table as its head, so that they are read out and repeated.
fn mend(document: &str, alternatives: &[String]) -> String {
    let mut parts = document.split(PICTURE);
    let mut mended = parts.next().unwrap_or_default().to_string();
    for (i, part) in parts.enumerate() {
        let words = alternatives.get(i).map(|words| attribute(words)).unwrap_or_default();
        let id = i + 1;
        mended += &format!(r#"<wp:docPr id="{id}" name="Figure {id}" descr="{words}"/>{part}"#);
    }
    let tables: Vec<String> =
        mended.split("<w:tbl>").map(|part| part.replacen(ROW, "<w:cantSplit/><w:tblHeader/>", 1)).collect();
    tables.join("<w:tbl>")
}

/// Title, language and fixed dates: nothing about the machine, the user or the hour.
fn core(title: &str) -> String {
    let title = attribute(title);
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{title}</dc:title><dc:creator>verbatim</dc:creator><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"#
    )
}

pub(super) fn attribute(text: &str) -> String {
    let text = one_line(text).replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
