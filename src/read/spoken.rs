//! What the words of the headings tell: names of columns and questions, or a row of one who answers.

use super::columns::{ColumnError, ID_NAMES, Roles};
use super::error::ReadError;
use super::header::Header;
use super::personal::is_personal_name;

/// Words that speak of oneself.
const I: [&str; 7] = ["i", "i'm", "i've", "i'd", "i'll", "me", "myself"];

/// Refuses a file that has a question with a heading in the words of one who answers; where another column is called as only a column
/// is, or where the words may be a heading too, it is a warning.
pub(super) fn check_spoken(header: &Header, roles: &Roles, file: &str) -> Result<Option<String>, ReadError> {
    let heading = |column: &usize| header.columns.get(*column).map_or("", |column| column.plain.as_str());
    let spoken: Vec<usize> = roles
        .questions
        .iter()
        .map(|(column, _)| *column)
        .filter(|column| is_spoken(heading(column)))
        .collect();
    let surely = spoken.iter().find(|column| says_i(heading(column)));
    if let Some(column) = surely.filter(|_| !has_sure_heading(header)) {
        let seen = "is a sentence in which somebody speaks of themselves".into();
        return Err(ColumnError::NoHeader { file: file.into(), column: column + 1, seen }.into());
    }
    let places: Vec<String> = spoken.iter().map(|column| (column + 1).to_string()).collect();
    let (columns, speaks) = if places.len() == 1 { ("column", "reads") } else { ("columns", "read") };
    Ok((!places.is_empty()).then(|| {
        format!(
            "The heading of {columns} {} {speaks} like an answer and will be printed as the question; if the first row is a person's, put a \
             row with the names of the columns on top",
            places.join(", ")
        )
    }))
}

/// Refuses a file whose first row has the words of one who answers in any column, or more of them than a heading has.
pub(super) fn check_first_row(header: &Header, file: &str) -> Result<(), ReadError> {
    const LONGEST_HEADING: usize = 12;
    let is_answer = |heading: &str| {
        is_spoken(heading)
            || says_i(heading) && !heading.contains('?')
            || words(heading).len() > LONGEST_HEADING
    };
    let column = header.columns.iter().position(|column| is_answer(&column.plain));
    match column.filter(|_| !has_sure_heading(header)) {
        Some(column) => {
            let seen = "reads like an answer".into();
            Err(ColumnError::NoHeader { file: file.into(), column: column + 1, seen }.into())
        }
        None => Ok(()),
    }
}

/// Whether the file is of a known form, or a column is called as only a column is.
pub(super) fn has_sure_heading(header: &Header) -> bool {
    header.recognised.is_some() || header.columns.iter().any(|column| is_surely_a_heading(&column.plain))
}

/// Whether no cell of an answer is like this: a column of ids or of personal details, or a question to somebody else than the one who
/// asks.
pub(super) fn is_surely_a_heading(name: &str) -> bool {
    const ASKS: [&str; 7] = ["what", "which", "how", "why", "who", "where", "when"];
    let first = name.split_whitespace().next().unwrap_or_default();
    ID_NAMES.iter().any(|known| name.eq_ignore_ascii_case(known))
        || is_personal_name(name)
        || (name.ends_with('?') && ASKS.iter().any(|word| first.eq_ignore_ascii_case(word)) && !says_i(name))
}

/// Whether somebody speaks of themselves.
fn says_i(text: &str) -> bool {
    words(text).iter().any(|word| I.contains(&word.as_str()))
}

/// "I think my manager …", where nothing is asked and nothing is left to be filled in.
fn is_spoken(name: &str) -> bool {
    const OPENS: [&str; 5] = ["my", "we", "we've", "we're", "our"];
    const ASKS: [&str; 4] = ["what", "which", "how", "why"];
    const GOES_ON: [&str; 12] =
        ["is", "are", "was", "were", "be", "because", "if", "to", "would", "that", "by", "when"];
    let words = words(name);
    let first = words.first().map_or("", String::as_str);
    let opens = OPENS.contains(&first);
    let to_fill_in = ASKS.contains(&first)
        || name.contains(['?', '…', '_', ':'])
        || name.ends_with("...")
        || words.last().is_some_and(|word| GOES_ON.contains(&word.as_str()));
    !to_fill_in && words.len() > 3 && (opens || says_i(name))
}

fn words(text: &str) -> Vec<String> {
    let lower = text.to_lowercase().replace('’', "'");
    let words = lower.split(|c: char| !c.is_alphabetic() && c != '\'');
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_person_would_say_of_themselves_is_spoken() {
        for answer in
            ["I think my manager is a bully", "My manager never listens to us", "Nothing that I can think of"]
        {
            assert!(is_spoken(answer), "{answer}");
        }
        for heading in [
            "What one thing would make your working day better?",
            "Q1",
            "Yes/No",
            "I would stay in my role if …",
            "What I enjoy about my job",
            "The one thing that I would change about my job is",
            "My role",
            "Any other comments",
            "Please tell us about your role",
            "Do I get what I need?",
        ] {
            assert!(!is_spoken(heading), "{heading}");
        }
    }

    #[test]
    fn a_heading_may_speak_of_what_is_ours() {
        assert!(is_spoken("My favourite thing about work") && !says_i("My favourite thing about work"));
    }
}
