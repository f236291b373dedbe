//! Who mentions what: exactly as many respondents per theme as the design says.

use std::collections::BTreeMap;

use super::MakeError;
use super::design::{Design, QUESTIONS, ThemeDesign, UNPLANTED, YearDesign};
use super::draw::Draw;
use super::people::Person;

/// What one respondent does with one question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Intent {
    /// Leaves it empty.
    Blank,
    /// Writes "n/a" or the like.
    NonAnswer,
    /// Mentions these themes, in this order; at least one, none twice.
    Mention(Vec<String>),
}

/// Ideas outside every planted theme, per question and year.
const UNPLANTED_PER_YEAR: usize = 25;

/// Per question, the intent of each person.
pub(crate) fn plan_year(
    year: &YearDesign,
    people: &[Person],
    design: &Design,
) -> Result<BTreeMap<String, Vec<Intent>>, MakeError> {
    let mut plan: BTreeMap<String, Vec<Intent>> = BTreeMap::new();
    // Who skips one question tends to skip the other.
    let mut skips = vec![1; people.len()];
    for question in QUESTIONS {
        let mut draw = Draw::new(design.seed, &format!("plan {} {question}", year.year));
        let mut intents = vec![Intent::Mention(Vec::new()); people.len()];
        for (count, intent) in
            [(year.blank[question], Intent::Blank), (year.non_answers[question], Intent::NonAnswer)]
        {
            let free = |i: usize, w: u32| if intents[i] == Intent::Mention(Vec::new()) { w } else { 0 };
            let weights = skips.iter().enumerate().map(|(i, &w)| free(i, w)).collect();
            for i in choose(count, weights, &mut draw)? {
                intents[i] = intent.clone();
            }
        }
        for (weight, intent) in skips.iter_mut().zip(&intents) {
            *weight = if *intent == Intent::Blank { 4 } else { 1 };
        }
        deal_themes(year, question, people, design, &mut intents, &mut draw)?;
        plan.insert(question.to_owned(), intents);
    }
    Ok(plan)
}

/// Gives each theme its respondents, then sees to it that nobody is left without an idea.
fn deal_themes(
    year: &YearDesign,
    question: &str,
    people: &[Person],
    design: &Design,
    intents: &mut [Intent],
    draw: &mut Draw,
) -> Result<(), MakeError> {
    // Tilted themes first: what comes late is moved by `share_out`, which would level the tilt.
    let mut themes: Vec<&ThemeDesign> =
        design.themes.iter().filter(|theme| theme.question == question).collect();
    themes.sort_by_key(|theme| theme.tilt.is_none());
    for theme in themes {
        let weights =
            people.iter().zip(&*intents).map(|(p, intent)| leaning(p, intent, Some(theme))).collect();
        add_mentions(&theme.code, theme.mentions(year), weights, intents, draw)?;
    }
    let weights = people.iter().zip(&*intents).map(|(p, intent)| leaning(p, intent, None)).collect();
    add_mentions(UNPLANTED, UNPLANTED_PER_YEAR, weights, intents, draw)?;
    share_out(intents, draw);
    for intent in intents {
        if let Intent::Mention(codes) = intent {
            draw.shuffle(codes);
        }
    }
    Ok(())
}

/// How likely a person is to mention a theme, next to others; 0 for those who do not answer.
fn leaning(person: &Person, intent: &Intent, theme: Option<&ThemeDesign>) -> u32 {
    let Intent::Mention(codes) = intent else { return 0 };
    let tilt = theme.and_then(|theme| theme.tilt.as_ref());
    let tilted = tilt.is_some_and(|tilt| person.groups.get(&tilt.column) == Some(&tilt.value));
    let factor = if tilted { tilt.map_or(1, |tilt| tilt.weight) } else { 1 };
    // Those who have said a lot already are passed over more often.
    12 * person.talkative * factor / (2 + codes.len() as u32)
}

fn add_mentions(
    code: &str,
    count: usize,
    weights: Vec<u32>,
    intents: &mut [Intent],
    draw: &mut Draw,
) -> Result<(), MakeError> {
    for i in choose(count, weights, draw)? {
        if let Intent::Mention(codes) = &mut intents[i] {
            codes.push(code.to_owned());
        }
    }
    Ok(())
}

/// Moves an idea from somebody with several to each who has none: the number per theme stays.
fn share_out(intents: &mut [Intent], draw: &mut Draw) {
    let spare = |intent: &Intent| if let Intent::Mention(codes) = intent { codes.len() > 1 } else { false };
    while let Some(empty) = intents.iter().position(|intent| *intent == Intent::Mention(Vec::new())) {
        let weights: Vec<u32> = intents.iter().map(|intent| u32::from(spare(intent))).collect();
        let Some(giver) = draw.weighted(&weights) else { return };
        let moved = if let Intent::Mention(codes) = &mut intents[giver] { codes.pop() } else { None };
        intents[empty] = Intent::Mention(moved.into_iter().collect());
    }
}

/// `count` different indices, drawn with these weights.
fn choose(count: usize, mut weights: Vec<u32>, draw: &mut Draw) -> Result<Vec<usize>, MakeError> {
    let mut chosen = Vec::with_capacity(count);
    for _ in 0..count {
        let i = draw.weighted(&weights).ok_or("more respondents are planned than there are")?;
        weights[i] = 0;
        chosen.push(i);
    }
    Ok(chosen)
}
