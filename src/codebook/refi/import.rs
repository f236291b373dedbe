use super::{code_name, description, question_guid, theme_guid};
use crate::codebook::CodebookError;
use crate::codebook::check::check;
use crate::files;
use crate::types::{Codebook, CodebookTheme, ThemeState};
use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use std::path::Path;

/// Largest `.qdc` that is read, in bytes.
const LARGEST: u64 = 50 << 20;

/// A code of a `.qdc`.
#[derive(Debug, Default)]
struct Code {
    guid: String,
    name: String,
    is_codable: bool,
    description: String,
    parent: Option<usize>,
}

/// `codebook` with the codes of the `.qdc` at `path`. A code that was exported from it gives its theme the code's name and, where
/// it was changed, its description as definition. Any other code that can be given becomes an added theme, of the question it
/// stands below, else of `question`; the lines of its description, or its name, are the examples that say what it is. Where that question
/// has a theme of the same name, the code is that theme: tools that give codes new ids, and a file that is imported twice, add nothing
/// twice. Themes that the file does not hold stay as they are.
///
/// # Errors
/// If the file cannot be read, is no `.qdc`, or a new code's question cannot be told.
pub fn import_qdc(
    path: &Path,
    mut codebook: Codebook,
    question: Option<&str>,
) -> Result<Codebook, CodebookError> {
    let text = files::read_text(path, LARGEST)
        .map_err(|source| CodebookError::Open { path: path.into(), source: files::reason(source) })?;
    let form = |reason: String| CodebookError::Form { path: path.into(), reason };
    let codes = read_codes(text.trim_start_matches('\u{feff}')).map_err(form)?;
    let columns: Vec<String> = codebook.questions.iter().map(|question| question.column.clone()).collect();
    if let Some(unknown) = question.filter(|question| !columns.iter().any(|column| column == question)) {
        return Err(form(format!(
            "the codebook has no question `{unknown}`; it has `{}`",
            columns.join("`, `")
        )));
    }
    let only = if let [only] = &columns[..] { Some(only.as_str()) } else { None };
    let names: Vec<String> = codebook.themes.iter().map(|theme| code_name(&codebook, theme)).collect();
    let by_id = |theme: &CodebookTheme| codes.iter().any(|code| code.guid == theme_guid(theme));
    // Codes of one name below different codes are several: each theme is one of them.
    let mut taken: Vec<bool> = codebook.themes.iter().map(by_id).collect();
    for code in &codes {
        if columns.iter().any(|column| question_guid(column) == code.guid) {
            continue;
        }
        if let Some(number) = codebook.themes.iter().position(|theme| theme_guid(theme) == code.guid) {
            let is_renamed = names.get(number) != Some(&code.name);
            let theme = &mut codebook.themes[number];
            if is_renamed {
                theme.name.clone_from(&code.name);
            }
            describe(theme, code);
            continue;
        }
        if !code.is_codable {
            continue;
        }
        let column = column_of(code, &codes, &columns).or(question).or(only).ok_or_else(|| {
            form(format!(
                "code `{}` stands below no question of the codebook; name one with `--question`",
                code.name
            ))
        })?;
        let same =
            |&number: &usize| !taken[number] && is_named(&codebook.themes[number], &names[number], code);
        let there = (0..taken.len()).filter(|&number| codebook.themes[number].question == column).find(same);
        match there {
            Some(number) => {
                taken[number] = true;
                describe(&mut codebook.themes[number], code);
            }
            None => codebook.themes.push(added(code, column)),
        }
    }
    check(&mut codebook)?;
    Ok(codebook)
}

/// The question that a code stands below.
fn column_of<'a>(code: &Code, codes: &[Code], columns: &'a [String]) -> Option<&'a str> {
    let mut above = code.parent;
    while let Some(parent) = above.and_then(|parent| codes.get(parent)) {
        if let Some(column) = columns.iter().find(|column| question_guid(column) == parent.guid) {
            return Some(column);
        }
        above = parent.parent;
    }
    None
}

/// Whether a theme, `known_as` to other tools, has the code's name. One that was merged, divided or dropped only if the researcher
/// had added it: then that was decided of this very code. A theme of the program's may have left its name free.
fn is_named(theme: &CodebookTheme, known_as: &str, code: &Code) -> bool {
    let folded = |name: &str| name.trim().to_lowercase();
    let name = folded(&code.name);
    let is_own = theme.found_name.is_empty();
    (theme.is_live() || is_own) && (folded(known_as) == name || folded(&theme.name) == name)
}

/// Takes over a description that was changed elsewhere.
fn describe(theme: &mut CodebookTheme, code: &Code) {
    if code.description.trim().is_empty() || code.description == description(theme) {
        return;
    }
    theme.definition.clone_from(&code.description);
    if theme.state == ThemeState::Added {
        theme.examples = examples(code);
    }
}

/// The lines of its description, or its name.
fn examples(code: &Code) -> Vec<String> {
    let lines = code.description.lines().map(str::trim).filter(|line| !line.is_empty());
    let examples: Vec<String> = lines.map(str::to_owned).collect();
    if examples.is_empty() { vec![code.name.clone()] } else { examples }
}

fn added(code: &Code, column: &str) -> CodebookTheme {
    CodebookTheme {
        question: column.to_owned(),
        name: code.name.clone(),
        definition: code.description.clone(),
        examples: examples(code),
        state: ThemeState::Added,
        ..CodebookTheme::default()
    }
}

fn read_codes(text: &str) -> Result<Vec<Code>, String> {
    let mut reader = Reader::from_str(text);
    let mut codes: Vec<Code> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let (mut is_codebook, mut in_description) = (false, false);
    loop {
        let event =
            reader.read_event().map_err(|error| format!("{error} (at byte {})", reader.error_position()))?;
        match event {
            Event::Eof => break,
            Event::Start(start) | Event::Empty(start) if !is_codebook => {
                if start.local_name().as_ref() != "CodeBook" {
                    return Err("it holds no `CodeBook`".into());
                }
                is_codebook = true;
            }
            Event::Start(start) if start.local_name().as_ref() == "Code" => {
                codes.push(code(&start, open.last().copied())?);
                open.push(codes.len() - 1);
            }
            Event::Empty(start) if start.local_name().as_ref() == "Code" => {
                codes.push(code(&start, open.last().copied())?);
            }
            Event::End(end) if end.local_name().as_ref() == "Code" => {
                open.pop();
            }
            Event::Start(start) if start.local_name().as_ref() == "Description" => in_description = true,
            Event::End(end) if end.local_name().as_ref() == "Description" => in_description = false,
            Event::Text(piece) if in_description => add(&mut codes, &open, &piece.xml10_content()),
            Event::CData(piece) if in_description => add(&mut codes, &open, &piece.xml10_content()),
            Event::GeneralRef(entity) if in_description => add(&mut codes, &open, &resolve(&entity)?),
            _ => {}
        }
    }
    if is_codebook { Ok(codes) } else { Err("it holds no `CodeBook`".into()) }
}

fn add(codes: &mut [Code], open: &[usize], text: &str) {
    if let Some(code) = open.last().and_then(|&at| codes.get_mut(at)) {
        code.description.push_str(text);
    }
}

/// `&amp;`, `&#233;` and the like; entities that a file defines itself are refused.
fn resolve(entity: &BytesRef<'_>) -> Result<String, String> {
    if let Some(character) = entity.resolve_char_ref().map_err(|error| error.to_string())? {
        return Ok(character.to_string());
    }
    let name = entity.xml10_content();
    resolve_predefined_entity(&name).map(str::to_owned).ok_or_else(|| format!("unknown entity `{name}`"))
}

fn code(start: &BytesStart<'_>, parent: Option<usize>) -> Result<Code, String> {
    let mut code = Code { parent, is_codable: true, ..Code::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        let value = attribute.normalized_value(quick_xml::XmlVersion::Explicit1_0);
        let value = value.map_err(|error| error.to_string())?.into_owned();
        match attribute.key.local_name().as_ref() {
            "guid" => code.guid = value.trim_matches(['{', '}']).to_lowercase(),
            "name" => code.name = value,
            "isCodable" => code.is_codable = value.trim() != "false" && value.trim() != "0",
            _ => {}
        }
    }
    if code.name.trim().is_empty() { Err("a code has no name".into()) } else { Ok(code) }
}
