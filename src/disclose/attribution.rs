//! Who said it, no more closely than is safe.

use crate::types::{Respondent, Survey};
use std::collections::BTreeMap;

/// Fewest respondents who must share a combination of attributes before it is printed beside a quote, unless set otherwise.
pub const MIN_SAME_ATTRIBUTES: usize = 10;

/// Fills a survey's attribution template for its respondents.
///
/// The template's parts are separated by commas. A part with a group column, such as `{employer}`, is printed only while at
/// least `min_group` respondents share all the values printed; otherwise parts are left out from the last to
/// the first, so that `SPLW, {employer}, {year}` becomes `SPLW, 2023`.
#[derive(Debug)]
pub struct Attributions<'a> {
    survey: &'a Survey,
    parts: Vec<Part>,
    counts: BTreeMap<Vec<Option<&'a str>>, usize>,
    min_group: usize,
}

#[derive(Debug)]
struct Part {
    template: String,
    columns: Vec<usize>,
}

impl<'a> Attributions<'a> {
    /// Counts the combinations of attributes in `survey`.
    pub fn new(survey: &'a Survey, min_group: usize) -> Self {
        let template = survey.attribution.as_deref().unwrap_or_default();
        let parts: Vec<Part> = template
            .split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| Part { template: part.to_owned(), columns: columns_in(part, survey) })
            .collect();
        let mut counts = BTreeMap::new();
        for kept in 0..=parts.len() {
            for respondent in &survey.respondents {
                *counts.entry(values(respondent, &parts[..kept], kept)).or_insert(0) += 1;
            }
        }
        Self { survey, parts, counts, min_group }
    }

    /// Whether too few share the attributes of `respondent` for all of them to be printed.
    pub fn is_coarsened(&self, respondent: &Respondent) -> bool {
        self.kept(respondent) < self.parts.len()
    }

    /// How many of the first parts may be printed.
    fn kept(&self, respondent: &Respondent) -> usize {
        let kept = (0..=self.parts.len()).rev().find(|&kept| {
            let same = values(respondent, &self.parts[..kept], kept);
            self.counts.get(&same).is_some_and(|&n| n >= self.min_group)
        });
        kept.unwrap_or(0)
    }

    /// The attribution of a quote by `respondent`; `None` without a template or when nothing is safe to print.
    pub fn of(&self, respondent: &Respondent) -> Option<String> {
        let kept = self.kept(respondent);
        let printed: Vec<String> = self
            .parts
            .iter()
            .enumerate()
            .filter(|(i, part)| *i < kept || part.columns.is_empty())
            .filter_map(|(_, part)| self.fill(part, respondent))
            .collect();
        (!printed.is_empty()).then(|| printed.join(", "))
    }

    fn fill(&self, part: &Part, respondent: &Respondent) -> Option<String> {
        let mut text = part.template.clone();
        for &column in &part.columns {
            let name = &self.survey.groups.get(column)?.column;
            let value = respondent.groups.get(column)?.as_deref()?;
            text = text.replace(&format!("{{{name}}}"), value);
        }
        match self.survey.year {
            Some(year) => Some(text.replace("{year}", &year.to_string())),
            None if text.contains("{year}") => None,
            None => Some(text),
        }
    }
}

fn columns_in(part: &str, survey: &Survey) -> Vec<usize> {
    (0..survey.groups.len()).filter(|&g| part.contains(&format!("{{{}}}", survey.groups[g].column))).collect()
}

/// The values that the first parts print; the leading marker keeps combinations of different lengths apart.
fn values<'r>(respondent: &'r Respondent, parts: &[Part], kept: usize) -> Vec<Option<&'r str>> {
    std::iter::repeat_n(None, kept)
        .chain(
            parts
                .iter()
                .flat_map(|part| &part.columns)
                .map(|&column| respondent.groups.get(column).and_then(|value| value.as_deref())),
        )
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::GroupColumn;

    fn survey(employers: &[(&str, usize)]) -> Survey {
        let respondents = employers.iter().flat_map(|&(employer, n)| std::iter::repeat_n(employer, n));
        Survey {
            year: Some(2023),
            groups: vec![GroupColumn { column: "employer".into() }],
            attribution: Some("SPLW, {employer}, {year}".into()),
            respondents: respondents
                .enumerate()
                .map(|(i, employer)| Respondent {
                    id: i.to_string(),
                    row: i + 1,
                    groups: vec![(!employer.is_empty()).then(|| employer.into())],
                    may_be_quoted: true,
                    weight: 1.0,
                    answers: Vec::new(),
                })
                .collect(),
            ..Survey::default()
        }
    }

    #[test]
    fn a_combination_of_ten_is_printed_and_of_nine_is_coarsened() {
        let survey = survey(&[("PCN", 10), ("VCSE", 9)]);
        let attributions = Attributions::new(&survey, MIN_SAME_ATTRIBUTES);
        assert_eq!(attributions.of(&survey.respondents[0]).as_deref(), Some("SPLW, PCN, 2023"));
        assert_eq!(attributions.of(&survey.respondents[18]).as_deref(), Some("SPLW, 2023"));
        assert!(!attributions.is_coarsened(&survey.respondents[0]));
        assert!(attributions.is_coarsened(&survey.respondents[18]));
    }

    #[test]
    fn a_blank_attribute_is_left_out() {
        let survey = survey(&[("", 12)]);
        assert_eq!(
            Attributions::new(&survey, MIN_SAME_ATTRIBUTES).of(&survey.respondents[0]).as_deref(),
            Some("SPLW, 2023")
        );
    }
}
