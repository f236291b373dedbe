//! What becomes of single cells, wherever they were read: the same in a survey that is read here and in a table that another program reads.

use super::header::one_line;
use super::propose::is_address;
use std::borrow::Cow;

/// An answer as it is kept: as written, without NUL characters and `_x000D_`, which programs leave and nobody types.
pub fn answer_text(cell: &str) -> Cow<'_, str> {
    if cell.contains('\0') || cell.contains("_x000D_") {
        Cow::Owned(cell.replace('\0', "").replace("_x000D_", ""))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A respondent's id, on one line; `None` where it is blank or an e-mail address, which tells who somebody is.
pub fn respondent_id(cell: &str) -> Option<String> {
    Some(one_line(cell)).filter(|id| !id.is_empty() && !is_address(id))
}

/// The value of a group column, on one line; `None` where it is blank.
pub fn group_value(cell: &str) -> Option<String> {
    Some(one_line(cell)).filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_lose_what_programs_leave_and_nothing_else() {
        assert_eq!(answer_text("Good\0 team_x000D_\n 😊"), "Good team\n 😊");
        assert!(matches!(answer_text(" as written "), Cow::Borrowed(" as written ")));
        assert_eq!(respondent_id(" R\n1 ").as_deref(), Some("R 1"));
        assert_eq!(respondent_id("a.person@example.org"), None);
        assert_eq!((respondent_id(" "), group_value("\t")), (None, None));
        assert_eq!(group_value("North  West").as_deref(), Some("North West"));
    }
}
