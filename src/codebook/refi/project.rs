use super::write::{ORIGIN, Xml, refuse_empty, write_codes};
use super::{guid, theme_guid};
use crate::codebook::CodebookError;
use crate::export::{NOT_REVIEWED, REVIEW_ADVICE};
use crate::files;
use crate::files::cells::plain;
use crate::types::{Codebook, ThemeId};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Namespace of a project.
const PROJECT: &str = "urn:QDA-XML:project:1.0";

/// A part of an answer with its themes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerPart {
    /// Column of the question.
    pub question: String,
    /// Who wrote it.
    pub respondent_id: String,
    /// The masked text.
    pub text: String,
    /// Its themes.
    pub themes: Vec<ThemeId>,
}

/// The parts of all answers in a run's `assignments.csv`, in the order of the file.
///
/// # Errors
/// If the file cannot be read or is not in its form.
pub fn read_answer_parts(path: &Path) -> Result<Vec<AnswerPart>, CodebookError> {
    let file = files::open(path, u64::MAX)
        .map_err(|source| CodebookError::Open { path: path.into(), source: files::reason(source) })?;
    let form = |reason: String| CodebookError::Form { path: path.into(), reason };
    let mut reader = csv::Reader::from_reader(file);
    let header = reader.headers().map_err(|error| form(error.to_string()))?.clone();
    let place = |name: &str| {
        let found = header.iter().position(|column| column == name);
        found.ok_or_else(|| form(format!("it has no column `{name}`")))
    };
    let [question, respondent, text, theme, second] = [
        place("question")?,
        place("respondent_id")?,
        place("text")?,
        place("theme_id")?,
        place("second_theme_id")?,
    ];
    let mut parts = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| form(error.to_string()))?;
        let cell = |column: usize| record.get(column).unwrap_or_default();
        let ids = [cell(theme), cell(second)].into_iter().filter(|id| !id.is_empty()).map(str::parse);
        parts.push(AnswerPart {
            question: plain(cell(question)).to_owned(),
            respondent_id: plain(cell(respondent)).to_owned(),
            text: plain(cell(text)).to_owned(),
            themes: ids.collect::<Result<_, String>>().map_err(form)?,
        });
    }
    Ok(parts)
}

/// Codebook and coded answers as `.qdpx`: a text per answer, its parts one below the other, as masked; each part with its
/// themes. Until a person has read the run's quotes (`reviewed`), the project's description says so. The same input gives the same bytes.
///
/// # Errors
/// If the codebook has no theme to code with.
pub fn codebook_qdpx(
    codebook: &Codebook,
    parts: &[AnswerPart],
    reviewed: bool,
) -> Result<Vec<u8>, CodebookError> {
    refuse_empty(codebook)?;
    let write = || -> io::Result<Vec<u8>> {
        let mut archive = ZipWriter::new(io::Cursor::new(Vec::new()));
        // The format's first date: nothing depends on the clock.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let (project, sources) = project(codebook, parts, reviewed)?;
        archive.start_file("project.qde", options)?;
        archive.write_all(&project)?;
        for (guid, text) in &sources {
            archive.start_file(format!("sources/{guid}.txt"), options)?;
            archive.write_all(text.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    };
    write().map_err(|error| CodebookError::Write { path: "answers.qdpx".into(), reason: error.to_string() })
}

type Sources = Vec<(String, String)>;

/// `project.qde`, and the text of each source by its id.
fn project(codebook: &Codebook, parts: &[AnswerPart], reviewed: bool) -> io::Result<(Vec<u8>, Sources)> {
    let themes: BTreeMap<ThemeId, String> = codebook
        .themes
        .iter()
        .filter(|theme| theme.is_live())
        .filter_map(|theme| Some((theme.id?, theme_guid(theme))))
        .collect();
    let user = guid(&["user", "verbatim"]);
    let mut sources = Vec::new();
    let mut xml = Xml::new()?;
    let name = if codebook.survey.trim().is_empty() { "Survey" } else { &codebook.survey };
    xml.open(
        "Project",
        &[("xmlns", PROJECT), ("name", name), ("origin", ORIGIN), ("creatingUserGUID", &user)],
    )?;
    xml.open("Users", &[])?;
    xml.empty("User", &[("guid", &user), ("name", "verbatim")])?;
    xml.close()?;
    xml.open("CodeBook", &[])?;
    write_codes(&mut xml, codebook)?;
    xml.close()?;
    if !parts.is_empty() {
        xml.open("Sources", &[])?;
        let same_answer =
            |a: &AnswerPart, b: &AnswerPart| a.question == b.question && a.respondent_id == b.respondent_id;
        for answer in parts.chunk_by(same_answer) {
            sources.push(write_source(&mut xml, answer, &themes, &user)?);
        }
        xml.close()?;
    }
    if !reviewed {
        xml.text("Description", &format!("{NOT_REVIEWED}. {REVIEW_ADVICE}"))?;
    }
    xml.close()?;
    Ok((xml.finish(), sources))
}

fn write_source(
    xml: &mut Xml,
    answer: &[AnswerPart],
    themes: &BTreeMap<ThemeId, String>,
    user: &str,
) -> io::Result<(String, String)> {
    let (question, respondent) = (answer[0].question.as_str(), answer[0].respondent_id.as_str());
    let source = guid(&["answer", question, respondent]);
    let name = format!("{respondent} {question}");
    let path = format!("internal://{source}.txt");
    xml.open(
        "TextSource",
        &[("guid", &source), ("name", &name), ("plainTextPath", &path), ("creatingUser", user)],
    )?;
    let mut text = String::new();
    let mut at = 0;
    for (number, part) in answer.iter().enumerate() {
        if number > 0 {
            text.push('\n');
            at += 1;
        }
        // One line, so that no reader counts a line end otherwise.
        let line = part.text.split_whitespace().collect::<Vec<_>>().join(" ");
        // Positions are in Unicode code points.
        let end = at + line.chars().count();
        let codes: Vec<(ThemeId, &String)> =
            part.themes.iter().filter_map(|id| Some((*id, themes.get(id)?))).collect();
        if !codes.is_empty() {
            let number = number.to_string();
            let selection = guid(&["selection", question, respondent, &number]);
            let (from, to) = (at.to_string(), end.to_string());
            let place = [("startPosition", from.as_str()), ("endPosition", to.as_str())];
            let who = [("guid", selection.as_str()), ("name", number.as_str()), ("creatingUser", user)];
            xml.open("PlainTextSelection", &[who.as_slice(), place.as_slice()].concat())?;
            for (id, code) in codes {
                let coding = guid(&["coding", question, respondent, &number, &id.to_string()]);
                xml.open("Coding", &[("guid", &coding), ("creatingUser", user)])?;
                xml.empty("CodeRef", &[("targetGUID", code)])?;
                xml.close()?;
            }
            xml.close()?;
        }
        text.push_str(&line);
        at = end;
    }
    xml.close()?;
    Ok((source, text))
}
