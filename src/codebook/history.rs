//! What the codebook knows of the year before.

use super::check::Decisions;
use crate::types::{Codebook, CodebookTheme, Incomparable, ThemeId, YearCount, year_label};
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
    /// Themes that answers may be put into, with their names and shares then; `None` where a share was hidden.
    pub themes: BTreeMap<ThemeId, (String, Option<f64>)>,
    /// Themes that have since taken in another, and those that the researcher has added since.
    pub incomparable: BTreeMap<ThemeId, Incomparable>,
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
    let known = themes.iter().filter(|theme| theme.is_live()).filter_map(|theme| {
        let (id, count) = (theme.id?, in_year(theme)?);
        Some((id, (theme.name.clone(), count.share)))
    });
    Some(LastYear {
        label: label.clone(),
        base: some.base,
        effective_base: some.effective_base,
        themes: known.collect(),
        incomparable: incomparable(codebook, &themes, &in_year),
    })
}

fn incomparable(
    codebook: &Codebook,
    themes: &[&CodebookTheme],
    in_year: &dyn Fn(&CodebookTheme) -> Option<YearCount>,
) -> BTreeMap<ThemeId, Incomparable> {
    let decisions = Decisions::of(codebook);
    let mut merged: BTreeMap<ThemeId, Vec<ThemeId>> = BTreeMap::new();
    for theme in themes.iter().filter(|theme| theme.merge_into.is_some()) {
        let counted = in_year(theme).is_some_and(|count| count.respondents != Some(0));
        if let Some(id) = theme.id.filter(|_| counted)
            && let Some(end) = decisions.apply(Some(id))
        {
            merged.entry(end).or_default().push(id);
        }
    }
    let took_in = merged.into_iter().map(|(id, ids)| (id, Incomparable::TookIn(ids)));
    let unknown = themes.iter().filter(|theme| theme.is_researchers() && in_year(theme).is_none());
    let added = unknown.filter_map(|theme| Some((theme.id?, Incomparable::Added)));
    // An added theme that others were merged into is not only that.
    added.chain(took_in).collect()
}

/// Makes room in the codebook of the previous run for the counts of a run of `title` and `year`, where both would have one name. Counts of
/// a title without a year get a name of their own, so that they are kept and compared with; two runs of one year are not told apart.
/// Returns what the user ought to know of it.
pub fn set_apart(codebook: &mut Codebook, title: &str, year: Option<i32>) -> Option<String> {
    let label = year_label(year, title);
    let has =
        |label: &str| codebook.themes.iter().flat_map(|theme| &theme.years).any(|count| count.year == label);
    if !has(&label) {
        return None;
    }
    if year.is_some() {
        return Some(format!(
            "This run and the one that it continues are both of {label}: nothing is compared between them, and the counts of this one take the \
             place of the earlier ones in its codebook. If they are of different years, give each its `year` in the survey file"
        ));
    }
    let mut names = (1..).map(|n| format!("{label} (run {n})"));
    let name = names.find(|name| !has(name))?;
    let counts = codebook.themes.iter_mut().flat_map(|theme| &mut theme.years);
    for count in counts.filter(|count| count.year == label) {
        count.year.clone_from(&name);
    }
    Some(format!(
        "Neither this run nor the one that it continues has a year, and both are called `{label}`: the earlier one is called `{name}` in the \
         report. Write a survey file with `year = …` for each, so that they can be told apart by `verbatim compare` too"
    ))
}

/// Whether `label` is a year before `year`. What has no number, a survey's title, is taken to be earlier: the codebook holds it already.
fn is_before(label: &str, year: &str) -> bool {
    match (label.parse::<i32>(), year.parse::<i32>()) {
        (Ok(label), Ok(year)) => label < year,
        _ => label != year,
    }
}
