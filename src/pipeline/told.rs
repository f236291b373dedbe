//! An error in the words that a user reads.

use super::mask_heading;
use crate::redact::{RedactParams, Redactor};
use std::error::Error;
use std::fmt::Write;

/// `error` with its causes, and `hint` below. Personal details are masked, names excepted: a file without a header has an answer in place
/// of its columns' names, and errors list those.
pub fn told(error: &(dyn Error + 'static), hint: Option<&str>) -> String {
    let mut last = error.to_string();
    let mut text = format!("error: {last}\n");
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        if !last.contains(&words) {
            let _ = writeln!(text, "  caused by: {words}");
        }
        last = words;
        cause = error.source();
    }
    if let Some(hint) = hint {
        let _ = writeln!(text, "\nhint: {hint}");
    }
    mask_heading(&text, &Redactor::new(&RedactParams::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io;

    #[derive(Debug, thiserror::Error)]
    #[error("The columns of `a.csv` do not fit")]
    struct Columns(#[source] io::Error);

    #[test]
    fn an_error_is_told_with_its_causes_and_hint_and_without_personal_details() {
        let error = Columns(io::Error::other("no column `Sam 07700 900123`"));
        let expected = "error: The columns of `a.csv` do not fit\n  caused by: no column `Sam [phone]`\n\n\
                        hint: Write to [email]\n";
        assert_eq!(told(&error, Some("Write to sam@example.org")), expected);
    }
}
