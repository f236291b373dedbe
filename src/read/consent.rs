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
    let words = words(&one_line(value));
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
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

/// Whether a column's heading asks about being quoted.
pub(super) fn asks_about_quoting(heading: &str) -> bool {
    words(heading).iter().any(|word| is_about_quoting(word))
}

/// Whether a heading may ask who does *not* want to be quoted ("Do you object…?"), so that a yes would mean no. Nothing is turned round for
/// it, since a heading may deny much.
pub(super) fn may_ask_who_objects(heading: &str) -> bool {
    const OBJECTIONS: [&str; 8] =
        ["object", "refus", "withdr", "withh", "declin", "unwilling", "unhappy", "optout"];
    const DENIALS: [&str; 7] = ["not", "dont", "never", "without", "mind", "exclude", "no"];
    // "I do not want to be quoted", but not "Happy to be quoted? We will not use your name".
    const REACH: usize = 5;
    let words = words(heading);
    let before = |at: usize| at.checked_sub(1).map(|before| words[before].as_str());
    let denies = |at: usize| {
        let behind = &words[at + 1..words.len().min(at + 1 + REACH)];
        DENIALS.contains(&words[at].as_str())
            && !matches!(before(at), Some("or" | "yes"))
            && behind.iter().any(|word| is_about_quoting(word))
    };
    let is_private = |word: &String| matches!(word.as_str(), "confidential" | "private");
    (words.iter().any(is_private) && !asks_about_quoting(heading))
        || words.iter().enumerate().any(|(at, word)| {
            OBJECTIONS.iter().any(|objection| word.starts_with(objection))
                || (word == "out" && matches!(before(at), Some("opt" | "opting" | "opted")))
                || denies(at)
        })
}

fn is_about_quoting(word: &str) -> bool {
    word.starts_with("consent") || matches!(word, "quote" | "quoted" | "quotes" | "quoting")
}

fn words(heading: &str) -> Vec<String> {
    let lower = heading.to_lowercase().replace(['\'', '’'], "");
    lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_that_may_ask_who_objects_is_told_from_one_that_asks_who_agrees() {
        for heading in [
            "I do NOT want to be quoted",
            "Do you object to being quoted?",
            "Opt out of quotes",
            "opt-out",
            "I don’t consent",
            "No quotes please",
            "Would you mind being quoted?",
            "Keep my answer private",
        ] {
            assert!(may_ask_who_objects(heading), "{heading}");
        }
        for heading in [
            "consent",
            "Quote consent",
            "Can we quote you? (Yes/No)",
            "May we quote you or not?",
            "Happy to be quoted? We will not use your name",
            "Your answers are confidential. May we quote you?",
            "Do you agree that your words may be quoted anonymously?",
        ] {
            assert!(!may_ask_who_objects(heading), "{heading}");
        }
    }
}
