//! Exchange with other tools for qualitative analysis by the REFI-QDA standard 1.0 (qdasoftware.org): the codebook as `.qdc`, coded
//! answers as `.qdpx`, and reading a `.qdc`.
//!
//! A question is a code that cannot be given itself, its themes are the codes below it. Ids are made from the question, the theme's
//! id and the name it was found under, so that a theme has the same one in every export and is known when it comes back.

mod write;
mod project;
mod import;
#[cfg(test)]
mod tests;

pub use import::import_qdc;
pub use project::{AnswerPart, codebook_qdpx, read_answer_parts};
pub use write::codebook_qdc;

use crate::files;
use crate::types::{Codebook, CodebookTheme};
use sha2::{Digest, Sha256};

/// A UUID (RFC 9562, version 8) made from the parts alone.
fn guid(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    let hash = hash.finalize();
    let mut bytes: Vec<u8> = hash.iter().take(16).copied().collect();
    bytes[6] = (bytes[6] & 0x0F) | 0x80;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    let hex = files::hex(&bytes);
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn question_guid(column: &str) -> String {
    guid(&["question", column])
}

fn theme_guid(theme: &CodebookTheme) -> String {
    let id = theme.id.map(|id| id.to_string()).unwrap_or_default();
    guid(&["theme", &theme.question, &id, &theme.found_name])
}

/// What other tools show about a theme: its definition, else its statement.
fn description(theme: &CodebookTheme) -> String {
    if theme.definition.trim().is_empty() {
        theme.statement.replace("**", "")
    } else {
        theme.definition.clone()
    }
}

/// What other tools call a theme: its name, and its id beside it where another theme has the same name. Some tools know a code by its
/// name alone.
fn code_name(codebook: &Codebook, theme: &CodebookTheme) -> String {
    let same = |other: &&CodebookTheme| other.is_live() && other.name.trim() == theme.name.trim();
    match theme.id {
        Some(id) if codebook.themes.iter().filter(same).count() > 1 => format!("{} ({id})", theme.name),
        _ => theme.name.clone(),
    }
}

/// The columns of the questions that have a theme to code with, in the order of the codebook.
fn questions(codebook: &Codebook) -> Vec<&str> {
    let mut columns: Vec<&str> = Vec::new();
    for theme in codebook.themes.iter().filter(|theme| theme.is_live()) {
        if !columns.contains(&theme.question.as_str()) {
            columns.push(&theme.question);
        }
    }
    columns
}
