//! What a question asks for, by its words.

use super::tokens::{Token, tokens};

/// Where the answers to a question point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// What people enjoy.
    Enjoy,
    /// What people find good.
    Value,
    /// What people want to be different.
    Change,
    /// Neither, or both.
    Neutral,
}

/// The direction of a question's wording; a bare column name such as `text` has none.
pub(super) fn direction_of(wording: &str) -> Direction {
    const CHANGE: [&str; 17] = [
        "change",
        "changed",
        "changes",
        "improve",
        "improved",
        "improvement",
        "improvements",
        "differently",
        "better",
        "wish",
        "want",
        "need",
        "needs",
        "suggest",
        "suggestions",
        "recommendations",
        "worse",
    ];
    const GOOD: [&str; 13] = [
        "good",
        "best",
        "well",
        "positive",
        "value",
        "valued",
        "appreciate",
        "likes",
        "liked",
        "strengths",
        "benefits",
        "rewarding",
        "satisfied",
    ];
    let words: Vec<String> =
        tokens(&wording.replace('_', " ")).into_iter().filter(Token::is_word).map(|t| t.lower).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    let likes = words
        .iter()
        .enumerate()
        .any(|(i, word)| word == "like" && !words[..i].contains(&"would".to_string()));
    // "What will you do differently?" asks for intentions, not for wishes.
    let intends =
        words.windows(2).any(|pair| pair[0] == "you" && pair[1] == "do") && has(&["will", "differently"]);
    let change = has(&CHANGE) && !intends || (has(&["would"]) && has(&["like"]));
    let enjoy = has(&["enjoy", "enjoyed", "enjoyable", "love"]);
    match (enjoy, has(&GOOD) || likes, change) {
        (true, _, false) => Direction::Enjoy,
        (false, true, false) => Direction::Value,
        (false, false, true) => Direction::Change,
        _ => Direction::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wording_tells_the_direction() {
        let table = [
            ("What do you enjoy most in your role as an SPLW?", Direction::Enjoy),
            ("What, if anything, would you like to see changed?", Direction::Change),
            ("How could we improve?", Direction::Change),
            ("What was good about your visit?", Direction::Value),
            ("What do you like about your job?", Direction::Value),
            ("enjoy_most", Direction::Enjoy),
            ("What could we do differently?", Direction::Change),
            ("What will you do differently as a result of the course?", Direction::Neutral),
            ("text", Direction::Neutral),
            ("What do you enjoy, and what would you change?", Direction::Neutral),
            ("Please tell us why you gave this answer", Direction::Neutral),
        ];
        for (wording, direction) in table {
            assert_eq!(direction_of(wording), direction, "{wording}");
        }
    }
}
