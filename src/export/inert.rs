//! Text from answers, made harmless for the program that opens the file. Nothing that an answer holds may run, link, or change
//! the document around it.

use crate::files::cells::defused;

/// Without the characters that no document may hold or that reorder the text around them: C0 and C1 controls except tab and
/// line feed, non-characters, and bidirectional controls (Boucher & Anderson 2021, "Trojan Source"). Line ends become `\n`.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => clean.push('\n'),
            '\t' | '\n' => clean.push(c),
            _ if c.is_control() || is_reordering(c) || is_non_character(c) => {}
            _ => clean.push(c),
        }
    }
    clean
}

/// [`clean`] and on one line, runs of white space as one space.
pub(super) fn one_line(text: &str) -> String {
    clean(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn is_reordering(c: char) -> bool {
    matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn is_non_character(c: char) -> bool {
    matches!(c, '\u{FDD0}'..='\u{FDEF}') || (c as u32) & 0xFFFE == 0xFFFE
}

/// A CSV cell that no spreadsheet takes for a formula: one that starts with a sign it might act on gets a leading `'`
/// (CWE-1236). NUL is dropped, everything else kept.
pub(crate) fn cell(text: &str) -> String {
    defused(&text.replace('\0', "")).into_owned()
}

/// Text in the middle of a Markdown line: on one line and with every sign escaped that would be markup, a link or mathematics.
pub(crate) fn markdown(text: &str) -> String {
    let text = one_line(text);
    let mut escaped = String::with_capacity(text.len() + 8);
    for (i, c) in text.char_indices() {
        let rest = &text[i..];
        let acts = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '$' | '#' => true,
            '&' => rest[1..].starts_with(|c: char| c == '#' || c.is_ascii_alphabetic()),
            ':' => rest.starts_with("://"),
            '.' => escaped.to_lowercase().ends_with("www"),
            '(' | ')' => escaped.ends_with(']'),
            _ => false,
        };
        if acts {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// [`markdown`] at the start of a line, where lists, headings and rules begin.
pub(crate) fn markdown_line(text: &str) -> String {
    let escaped = markdown(text);
    let digits = escaped.bytes().take_while(u8::is_ascii_digit).count();
    if escaped.starts_with(['-', '+', '=']) {
        format!("\\{escaped}")
    } else if digits > 0 && escaped[digits..].starts_with(['.', ')']) {
        format!("{}\\{}", &escaped[..digits], &escaped[digits..])
    } else {
        escaped
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn formulas_become_text_and_plain_text_stays() {
        for (text, safe) in [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("+44 7700", "'+44 7700"),
            ("-5", "'-5"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r\n=1", "'\r\n=1"),
            ("\0=1", "'=1"),
            ("＝1", "'＝1"),
            ("a=b", "a=b"),
            ("", ""),
        ] {
            assert_eq!(cell(text), safe, "{text:?}");
        }
    }

    #[test]
    fn markdown_shows_markup_as_text() {
        for (text, safe) in [
            ("a | b", r"a \| b"),
            ("<img src=x onerror=y>", r"\<img src=x onerror=y\>"),
            ("[x](javascript:y)", r"\[x\]\(javascript:y)"),
            ("**bold** `code` # no", r"\*\*bold\*\* \`code\` \# no"),
            ("see https://a.test or www.a.test", r"see https\://a.test or www\.a.test"),
            ("R&D &lt;b&gt;", r"R\&D \&lt;b\&gt;"),
            ("co-operation, 24/7 & more", "co-operation, 24/7 & more"),
            ("two\nlines", "two lines"),
        ] {
            assert_eq!(markdown(text), safe);
        }
        assert_eq!(markdown_line("- not a list"), r"\- not a list");
        assert_eq!(markdown_line("3. not a list"), r"3\. not a list");
        assert_eq!(markdown_line("# not a heading"), r"\# not a heading");
    }

    #[test]
    fn controls_that_break_or_reorder_a_document_are_dropped() {
        assert_eq!(clean("a\u{0}b\u{1b}c\u{202e}d\u{fffe}e\r\nf\rg\u{2028}h"), "abcde\nf\ng\nh");
        assert_eq!(clean("naïve 👩‍👩‍👧 café\tok"), "naïve 👩‍👩‍👧 café\tok");
    }

    proptest! {
        #[test]
        fn a_safe_cell_is_safe_already(text in any::<String>()) {
            let safe = cell(&text);
            prop_assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\0']));
            prop_assert_eq!(cell(&safe), safe);
        }

        #[test]
        fn markdown_keeps_every_visible_character(text in any::<String>()) {
            let unescaped: String = {
                let (mut plain, mut chars) = (String::new(), markdown(&text).chars().collect::<Vec<_>>().into_iter());
                while let Some(c) = chars.next() {
                    plain.push(if c == '\\' { chars.next().unwrap() } else { c });
                }
                plain
            };
            prop_assert_eq!(unescaped, one_line(&text));
        }
    }
}
