//! The CSV files.

use super::MakeError;
use super::answer::Answer;
use super::design::QUESTIONS;
use super::people::Person;

/// The columns of `responses-*.csv` between the id and the answers.
const GROUPS: [&str; 5] = ["employer", "contract", "region", "years_in_role", "quote_consent"];

/// The survey as a researcher gets it: a row per respondent.
pub(crate) fn responses(people: &[Person], answers: &[[Answer; 2]]) -> Result<String, MakeError> {
    let header = ["respondent_id"].into_iter().chain(GROUPS).chain(QUESTIONS).map(str::to_owned).collect();
    let rows = people.iter().zip(answers).map(|(person, answers)| {
        let groups = GROUPS.iter().map(|&column| person.groups.get(column).cloned().unwrap_or_default());
        let texts = answers.iter().map(|answer| answer.text.clone());
        std::iter::once(person.id.clone()).chain(groups).chain(texts).collect()
    });
    table(std::iter::once(header).chain(rows))
}

/// The planted code of every idea, with its place in the answer in code points.
pub(crate) fn planted(people: &[Person], answers: &[[Answer; 2]]) -> Result<String, MakeError> {
    let header =
        ["respondent_id", "question", "idea", "theme", "text", "start", "end"].map(str::to_owned).to_vec();
    let rows = people.iter().zip(answers).flat_map(|(person, answers)| {
        QUESTIONS.iter().zip(answers).flat_map(|(question, answer)| {
            answer.ideas.iter().enumerate().map(|(i, idea)| {
                vec![
                    person.id.clone(),
                    (*question).to_owned(),
                    (i + 1).to_string(),
                    idea.code.clone(),
                    idea.text.clone(),
                    idea.start.to_string(),
                    (idea.start + idea.text.chars().count()).to_string(),
                ]
            })
        })
    });
    table(std::iter::once(header).chain(rows))
}

fn table(rows: impl Iterator<Item = Vec<String>>) -> Result<String, MakeError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    Ok(String::from_utf8(writer.into_inner()?)?)
}
