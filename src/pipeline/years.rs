//! The codebook's names and last year's figures in this year's report.

use crate::codebook::last_year;
use crate::compare::{PreviousQuestion, PreviousTheme, compare_years};
use crate::types::{
    Codebook, CodebookTheme, Incomparable, Level, QuestionReport, Report, Stability, Theme, ThemeId,
    ThemeStatus,
};
use std::collections::{BTreeMap, BTreeSet};

/// Gives known themes their names from the codebook and the statements that the researcher wrote there, marks new ones as awaiting the
/// researcher's word, leaves out themes that nobody mentions and lists those that are kept all the same.
pub(super) fn name_known_themes(question: &mut QuestionReport, codebook: &Codebook, new: &BTreeSet<ThemeId>) {
    let known: BTreeMap<ThemeId, &CodebookTheme> =
        codebook.themes.iter().filter_map(|theme| Some((theme.id?, theme))).collect();
    question.themes.retain(|theme| theme.respondents != Some(0));
    for theme in &mut question.themes {
        theme.tentative |= new.contains(&theme.id);
        if let Some(known) = known.get(&theme.id) {
            theme.stability = known.stability();
            theme.tentative |= theme.stability.is_some_and(Stability::is_tentative);
            theme.name.clone_from(&known.name);
            if let Some(written) = known.written_statement() {
                written.clone_into(&mut theme.statement);
            }
        }
    }
    for (id, theme) in known {
        let is_here = question.themes.iter().any(|here| here.id == id);
        if theme.keep && theme.is_live() && theme.question == question.column && !is_here {
            question.themes.push(empty_theme(id, theme));
        }
    }
}

fn empty_theme(id: ThemeId, known: &CodebookTheme) -> Theme {
    Theme {
        id,
        name: known.name.clone(),
        // What the program found in another year is somebody's words, which nobody has read this year.
        statement: known.written_statement().map_or_else(|| format!("**{}**", known.name), str::to_owned),
        keywords: known.keywords.clone(),
        level: Level::Additional,
        respondents: Some(0),
        mentions: Some(0),
        share: None,
        interval: None,
        stability: None,
        tentative: false,
        change: None,
        groups: Vec::new(),
        quotes: Vec::new(),
        subthemes: Vec::new(),
    }
}

/// Sets the changes since the last year that the codebook knows, and notes a wording that is not the same any more.
///
/// A theme that the researcher has `split` has not gone, and its parts are not new: nobody counted them before.
pub(super) fn compare_with_last_year(
    report: &mut Report,
    codebook: &Codebook,
    reshaped: &[BTreeMap<ThemeId, ThemeStatus>],
    split: &BTreeMap<ThemeId, Vec<ThemeId>>,
) {
    let year = report.label();
    let kept = |id: ThemeId| codebook.themes.iter().any(|theme| theme.id == Some(id) && theme.keep);
    for (number, question) in report.questions.iter_mut().enumerate() {
        let Some(last) = last_year(codebook, &question.column, &year) else { continue };
        let (mut themes, mut incomparable) = (BTreeMap::new(), last.incomparable);
        for (id, (name, share)) in last.themes {
            let reshaped = reshaped.get(number).and_then(|reshaped| reshaped.get(&id).copied());
            let Some(parts) = split.get(&id) else {
                themes.insert(id, PreviousTheme { name, share, reshaped });
                continue;
            };
            incomparable.extend(parts.iter().map(|part| (*part, Incomparable::PartOf(id))));
        }
        let previous = PreviousQuestion {
            label: last.label.clone(),
            base: last.base,
            effective_base: last.effective_base,
            themes,
            incomparable,
        };
        compare_years(question, &previous, &kept);
        report.run.previous = Some(last.label.clone());
        let then = codebook.questions.iter().find(|then| then.column == question.column);
        if let Some(then) = then.filter(|then| then.wording.trim() != question.wording.trim()) {
            report.notes.push(format!(
                "The wording of “{}” has changed since {}: then it was “{}”. A change in its themes may come from that",
                question.wording, last.label, then.wording
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_theme_that_nobody_mentions_says_what_the_researcher_wrote_or_its_name_and_no_answer_of_another_year()
    {
        let known = |statement: &str| CodebookTheme {
            name: "Parking".into(),
            statement: statement.into(),
            found_statement: "Respondents would like **spaces**.".into(),
            ..CodebookTheme::default()
        };
        let said = |statement: &str| empty_theme(ThemeId::FIRST, &known(statement)).statement;
        assert_eq!(said("Respondents would like **spaces**."), "**Parking**");
        assert_eq!(said(""), "**Parking**");
        assert_eq!(said("Where to **park**."), "Where to **park**.");
    }
}
