//! The contents list: a real field, which Word brings up to date when it opens the document, with an entry per heading for
//! readers that do not, without page numbers, which only they know. Written here, since LibreOffice shows the field that the crate writes as its raw instruction.

use super::package::attribute;
use docx_rs::Paragraph;

/// A heading that the list has.
pub(super) struct Entry {
    pub(super) words: String,
    pub(super) level: usize,
}

/// Name of the place where the list goes.
const PLACE: &str = "_Contents";

/// The place of the list.
pub(super) fn place() -> Paragraph {
    Paragraph::new().add_bookmark_start(0, PLACE).add_bookmark_end(0)
}

/// The bookmark of the `i`-th heading of the list.
pub(super) fn bookmark(i: usize) -> String {
    format!("_Toc{:08}", i + 1)
}

/// `document` with the list in its place.
pub(super) fn insert(document: &str, entries: &[Entry]) -> String {
    let Some(at) = document.find(&format!(r#"w:name="{PLACE}""#)) else { return document.into() };
    let start = document[..at].rfind("<w:p ").unwrap_or(at);
    let end = document[at..].find("</w:p>").map_or(at, |length| at + length + "</w:p>".len());
    format!("{}{}{}", &document[..start], list(entries), &document[end..])
}

fn list(entries: &[Entry]) -> String {
    let mut list = String::new();
    for (i, entry) in entries.iter().enumerate() {
        let (level, words, key) = (entry.level, attribute(&entry.words), bookmark(i));
        list += &format!(
            r#"<w:p><w:pPr><w:pStyle w:val="TOC{level}"/><w:tabs><w:tab w:val="right" w:leader="dot" w:pos="9600"/></w:tabs></w:pPr>"#
        );
        if i == 0 {
            list += &format!(
                r#"{}<w:r><w:instrText xml:space="preserve"> TOC \o "1-2" \h \z \u </w:instrText></w:r>{}"#,
                field("begin", true),
                field("separate", false)
            );
        }
        list += &format!(
            r#"<w:hyperlink w:anchor="{key}" w:history="1"><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:hyperlink></w:p>"#
        );
    }
    if entries.is_empty() { list } else { format!("{list}<w:p>{}</w:p>", field("end", false)) }
}

fn field(part: &str, is_stale: bool) -> String {
    let stale = if is_stale { r#" w:dirty="true""# } else { "" };
    format!(r#"<w:r><w:fldChar w:fldCharType="{part}"{stale}/></w:r>"#)
}
