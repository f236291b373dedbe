//! Whether a cell of the consent column says that its author may be quoted.

use super::header::one_line;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Consent {
    Yes,
    No,
    Unclear,
}

/// Whether a respondent may be quoted. A blank is a no; so is everything that is not clearly a yes: "Yes" with more words that take
/// nothing back, or a phrase that says so alone. A number before a label ("1 - No") is a form's code.
pub(super) fn consent(value: &str) -> Consent {
    const YES: [&str; 16] = [
        "true",
        "1",
        "ok",
        "okay",
        "agree",
        "agreed",
        "consent",
        "consented",
        "quote",
        "consent given",
        "consent to quote",
        "happy to be quoted",
        "can be quoted",
        "may be quoted",
        "may quote",
        "i do",
    ];
    const NO: [&str; 13] = [
        "no",
        "n",
        "false",
        "0",
        "not",
        "none",
        "never",
        "disagree",
        "refuse",
        "refused",
        "declined",
        "withdrawn",
        "withheld",
    ];
    const TAKES_BACK: [&str; 9] =
        ["but", "if", "unless", "except", "only", "without", "maybe", "perhaps", "ask"];
    let lower = one_line(value).to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let coded = words.len() > 1 && words[0].chars().all(|c| c.is_ascii_digit());
    let words = if coded { &words[1..] } else { &words[..] };
    let Some(first) = words.first() else { return Consent::No };
    let denies = |word: &&str| NO.contains(word) || matches!(*word, "dont" | "wont" | "cant" | "cannot");
    let plain = words.join(" ");
    let plain = plain.strip_prefix("i ").filter(|rest| *rest != "do").unwrap_or(&plain);
    if denies(first) || (*first == "i" && words.iter().any(denies)) {
        Consent::No
    } else if words.iter().any(|word| denies(word) || TAKES_BACK.contains(word)) {
        Consent::Unclear
    } else if matches!(*first, "yes" | "y") || YES.contains(&plain) || plain.starts_with("agree to") {
        Consent::Yes
    } else {
        Consent::Unclear
    }
}
