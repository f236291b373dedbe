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
    let value = one_line(value);
    // As a spreadsheet writes the numbers of a column with a blank.
    let value = value.strip_suffix(".0").unwrap_or(&value);
    let words = words(value);
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

/// Whether a column's heading asks about being quoted: "May we quote you?", "Can we use your comments in our report?".
pub(super) fn asks_about_quoting(heading: &str) -> bool {
    let words = words(heading);
    let is_used =
        words.iter().any(|word| is_one_of(word, &USES)) && words.iter().any(|word| is_one_of(word, &WORDS));
    is_used || words.iter().any(|word| is_about_quoting(word) || is_about_publishing(word))
}

/// Whether a heading may ask who does *not* want to be quoted ("Do you object…?"), so that a yes would mean no. Nothing is turned round for
/// it, since a heading may deny much.
pub(super) fn may_ask_who_objects(heading: &str) -> bool {
    const OBJECTIONS: [&str; 14] = [
        "object",
        "refus",
        "withdr",
        "withh",
        "declin",
        "unwilling",
        "unhappy",
        "optout",
        "exclud",
        "avoid",
        "remov",
        "restrict",
        "omit",
        "nonconsent",
    ];
    const DENIALS: [&str; 8] = ["not", "dont", "didnt", "never", "without", "mind", "no", "non"];
    // "I do not want to be quoted", but not "Happy to be quoted? We will not use your name".
    const REACH: usize = 5;
    let words = words(heading);
    let before = |at: usize| at.checked_sub(1).map(|before| words[before].as_str());
    let behind = |at: usize| &words[at + 1..words.len().min(at + 1 + REACH)];
    // "We will not publish your name" says how it is quoted; "do not use my comments" says that it is not.
    let is_named =
        |at: usize| behind(at).iter().any(|word| is_one_of(word, &["name", "names", "details", "identity"]));
    let is_mine =
        |at: usize| behind(at).windows(2).any(|pair| pair[0] == "my" && is_one_of(&pair[1], &WORDS));
    let denies = |at: usize| {
        is_one_of(&words[at], &DENIALS)
            && !matches!(before(at), Some("or" | "yes"))
            && (behind(at).iter().any(|word| is_about_quoting(word))
                || !is_named(at) && (is_mine(at) || behind(at).iter().any(|word| is_about_publishing(word))))
    };
    let leaves_out = |at: usize| match words[at].as_str() {
        "leave" => behind(at).iter().any(|word| word == "out"),
        "keep" | "stay" => behind(at).iter().any(|word| word == "within"),
        "out" => matches!(before(at), Some("opt" | "opting" | "opted")),
        _ => false,
    };
    let is_private = |word: &String| matches!(word.as_str(), "confidential" | "private");
    (words.iter().any(is_private) && !asks_about_quoting(heading))
        || words.iter().enumerate().any(|(at, word)| {
            OBJECTIONS.iter().any(|objection| word.starts_with(objection)) || leaves_out(at) || denies(at)
        })
}

/// What is done with answers, and what they are called, where they are shown to others.
const USES: [&str; 8] = ["use", "used", "share", "shared", "sharing", "include", "included", "display"];
const WORDS: [&str; 9] =
    ["comment", "comments", "words", "answer", "answers", "response", "responses", "feedback", "remarks"];

fn is_one_of(word: &str, list: &[&str]) -> bool {
    list.contains(&word)
}

fn is_about_quoting(word: &str) -> bool {
    word.starts_with("consent") || matches!(word, "quote" | "quoted" | "quotes" | "quoting")
}

fn is_about_publishing(word: &str) -> bool {
    word.starts_with("publish") || matches!(word, "publication" | "permission")
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
            "I do not give permission for my comments to be used",
            "non-consent",
            "I would prefer my answers not to be published",
            "Should we avoid quoting you?",
            "Quotes: exclude me",
            "Not for publication",
            "Remove my comments from the report",
            "Please leave my comments out of the report",
            "I’d rather you didn’t quote me",
            "I want my comments to stay within the team",
            "Anonymous only - never publish my words",
            "Restrict use of my comments",
            "Do not use my comments",
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
            "Are you happy for us to publish your comments? We will not publish your name",
            "Do you give permission for your comments to be used?",
        ] {
            assert!(!may_ask_who_objects(heading), "{heading}");
        }
    }

    #[test]
    fn headings_of_forms_that_ask_about_quoting_are_known() {
        for heading in [
            "Can we use your comments in our report?",
            "May we share your words?",
            "Can your feedback be published?",
            "Permission to publish",
            "Publish?",
            "Are you happy for your comments to be included in our report?",
            "I agree that my answers may be used anonymously",
            "Please tick if you do not want your comments published",
            "Do you give permission for your comments to be used?",
        ] {
            assert!(asks_about_quoting(heading), "{heading}");
        }
        for heading in [
            "Any other comments",
            "Which services do you use?",
            "Region",
            "What would you share with a new starter?",
        ] {
            assert!(!asks_about_quoting(heading), "{heading}");
        }
    }

    #[test]
    fn numbers_are_read_as_a_spreadsheet_writes_them() {
        assert_eq!(
            [consent("1.0"), consent("0.0"), consent("1"), consent("2.0")],
            [Consent::Yes, Consent::No, Consent::Yes, Consent::Unclear]
        );
    }
}
