use super::{code_name, description, guid, question_guid, questions, theme_guid};
use crate::codebook::CodebookError;
use crate::export::clean;
use crate::types::{Codebook, CodebookTheme};
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io;

/// Namespace of a codebook.
const CODEBOOK: &str = "urn:QDA-XML:codebook:1.0";
/// Who made a file.
pub(super) const ORIGIN: &str = concat!("verbatim ", env!("CARGO_PKG_VERSION"));

/// XML in memory.
pub(super) struct Xml {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
}

impl Xml {
    pub(super) fn new() -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self { writer, open: Vec::new() })
    }

    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Start(start(name, attributes)))?;
        self.open.push(name);
        Ok(())
    }

    pub(super) fn close(&mut self) -> io::Result<()> {
        match self.open.pop() {
            Some(name) => self.writer.write_event(Event::End(BytesEnd::new(name))),
            None => Ok(()),
        }
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer.write_event(Event::Empty(start(name, attributes)))
    }

    pub(super) fn text(&mut self, name: &'static str, text: &str) -> io::Result<()> {
        self.writer.create_element(name).write_text_content(BytesText::new(&clean(text))).map(|_| ())
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.writer.into_inner()
    }
}

fn start<'a>(name: &'a str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (key, value) in attributes {
        start.push_attribute((*key, clean(value).replace(['\n', '\t'], " ").as_str()));
    }
    start
}

/// The codebook as `.qdc`: the themes that answers may be put into, below their questions. The same codebook gives the same bytes.
///
/// # Errors
/// If it has no such theme: the standard knows no codebook without a code.
pub fn codebook_qdc(codebook: &Codebook) -> Result<Vec<u8>, CodebookError> {
    refuse_empty(codebook)?;
    let write = || -> io::Result<Vec<u8>> {
        let mut xml = Xml::new()?;
        xml.open("CodeBook", &[("xmlns", CODEBOOK), ("origin", ORIGIN)])?;
        write_codes(&mut xml, codebook)?;
        xml.close()?;
        Ok(xml.finish())
    };
    write().map_err(|error| CodebookError::Write { path: "codebook.qdc".into(), reason: error.to_string() })
}

pub(super) fn refuse_empty(codebook: &Codebook) -> Result<(), CodebookError> {
    if questions(codebook).is_empty() {
        return Err(CodebookError::Inconsistent("it has no theme to export".into()));
    }
    Ok(())
}

/// `Codes`: a code per question, its themes below it.
pub(super) fn write_codes(xml: &mut Xml, codebook: &Codebook) -> io::Result<()> {
    xml.open("Codes", &[])?;
    for column in questions(codebook) {
        let wording = codebook.questions.iter().find(|question| question.column == column);
        let name = wording.map_or(column, |question| question.wording.as_str());
        xml.open("Code", &[("guid", &question_guid(column)), ("name", name), ("isCodable", "false")])?;
        let themes = codebook.themes.iter().filter(|theme| theme.question == column && theme.is_live());
        for theme in themes {
            write_code(xml, theme, &code_name(codebook, theme))?;
        }
        xml.close()?;
    }
    xml.close()
}

fn write_code(xml: &mut Xml, theme: &CodebookTheme, name: &str) -> io::Result<()> {
    let guid = theme_guid(theme);
    let colour = colour(theme);
    xml.open("Code", &[("guid", &guid), ("name", name), ("isCodable", "true"), ("color", &colour)])?;
    let description = description(theme);
    if !description.is_empty() {
        xml.text("Description", &description)?;
    }
    xml.close()
}

/// A colour of its own, in the lighter half, so that black text on it can be read.
fn colour(theme: &CodebookTheme) -> String {
    let number = theme.id.map_or_else(String::new, |id| id.to_string());
    let hex = guid(&["colour", &number]);
    let channel = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap_or(0) / 2 + 128;
    format!("#{:02X}{:02X}{:02X}", channel(0), channel(2), channel(4))
}
