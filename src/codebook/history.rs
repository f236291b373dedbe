//! What the codebook knows of the year before.

use crate::types::{Codebook, CodebookTheme, ThemeId, YearCount};
use std::collections::BTreeMap;

/// A question in the last year that the codebook holds before `year`.
#[derive(Debug, Clone, PartialEq)]
pub struct LastYear {
    /// The year, or the survey's title.
    pub label: String,
    /// Respondents with a substantive answer then.
    pub base: usize,
    /// Kish's effective base then.
    pub effective_base: Option<f64>,
    /// Themes that answers may be put into, with their names and shares then; `None` where a share was hidden, or is not
    /// known because the theme has since taken in another.
    pub themes: BTreeMap<ThemeId, (String, Option<f64>)>,
}

/// The last year before `year` of the question with this column; `None` if the codebook has none.
pub fn last_year(codebook: &Codebook, column: &str, year: &str) -> Option<LastYear> {
    let themes: Vec<&CodebookTheme> =
        codebook.themes.iter().filter(|theme| theme.question == column).collect();
    let label = themes
        .iter()
        .flat_map(|theme| &theme.years)
        .map(|count| &count.year)
        .filter(|y| is_before(y, year))
        .max()?;
    let in_year = |theme: &CodebookTheme| -> Option<YearCount> {
        theme.years.iter().find(|count| count.year == *label).cloned()
    };
    let some = themes.iter().find_map(|theme| in_year(theme))?;
    let took_in = |id: ThemeId| {
        themes.iter().any(|theme| {
            theme.merge_into == Some(id) && in_year(theme).is_some_and(|count| count.respondents != Some(0))
        })
    };
    let known = themes.iter().filter(|theme| theme.is_live()).filter_map(|theme| {
        let (id, count) = (theme.id?, in_year(theme)?);
        Some((id, (theme.name.clone(), count.share.filter(|_| !took_in(id)))))
    });
    Some(LastYear {
        label: label.clone(),
        base: some.base,
        effective_base: some.effective_base,
        themes: known.collect(),
    })
}

/// Whether `label` is a year before `year`. What has no number, a survey's title, is taken to be earlier: the codebook holds it already.
fn is_before(label: &str, year: &str) -> bool {
    match (label.parse::<i32>(), year.parse::<i32>()) {
        (Ok(label), Ok(year)) => label < year,
        _ => label != year,
    }
}
