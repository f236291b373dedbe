//! A theme's statement: one sentence whose key words stand between `**`.

use super::inert::one_line;

/// A piece of a statement.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) bold: bool,
}

/// The statement in pieces. An odd `**`, which no bold text can come from, is text.
pub(super) fn pieces(statement: &str) -> Vec<Piece> {
    let statement = one_line(statement);
    let parts: Vec<&str> = statement.split("**").collect();
    if parts.len().is_multiple_of(2) {
        return vec![Piece { text: statement, bold: false }];
    }
    parts
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(i, text)| Piece { text: (*text).into(), bold: i % 2 == 1 })
        .collect()
}

/// The pieces of a statement without its full stop, so that figures can follow it.
pub(super) fn without_stop(mut pieces: Vec<Piece>) -> Vec<Piece> {
    if let Some(last) = pieces.last_mut() {
        last.text.truncate(last.text.trim_end_matches('.').len());
    }
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(statement: &str) -> String {
        pieces(statement)
            .iter()
            .map(|p| if p.bold { format!("<{}>", p.text) } else { p.text.clone() })
            .collect()
    }

    #[test]
    fn bold_stands_between_pairs_and_an_odd_mark_is_text() {
        assert_eq!(shown("**Salary** that reflects **demand**."), "<Salary> that reflects <demand>.");
        assert_eq!(shown("2 ** 3"), "2 ** 3");
        assert_eq!(shown("****"), "");
    }
}
