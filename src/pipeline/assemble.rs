//! What the stages found, as the report says it.

use super::fresh_ids::by_shown_number;
use super::prepare::Prepared;
use crate::disclose::Attributions;
use crate::types::{
    Clustering, CodedSegment, Level, MapPoint, QuestionReport, Quote, Report, Stability, SubTheme, Survey,
    Theme, ThemeId, ThemeLabel, ThemeQuote,
};
use std::collections::BTreeSet;

/// What the stages said of a question's themes, each by theme number.
#[derive(Clone, Copy)]
pub(super) struct Described<'a> {
    pub(super) clustering: &'a Clustering,
    pub(super) labels: &'a [ThemeLabel],
    pub(super) quotes: &'a [Vec<ThemeQuote>],
    pub(super) ids: &'a [ThemeId],
}

/// The report of one question, unprotected and without its map.
pub(super) fn assemble_question(
    survey: &Survey,
    question: usize,
    prepared: &Prepared,
    coded: &[CodedSegment],
    described: Described<'_>,
    min_group: usize,
) -> QuestionReport {
    let base = prepared.base().len();
    let in_a_theme = respondents_where(coded, |segment| segment.theme.is_some()).len();
    let attributions = Attributions::new(survey, min_group);
    let builder = Builder { survey, question, prepared, coded, described, base };
    let themes: Vec<Theme> =
        (0..described.ids.len()).map(|theme| builder.theme(theme, &attributions)).collect();
    QuestionReport {
        column: survey.questions[question].column.clone(),
        wording: survey.questions[question].wording.clone(),
        blank: Some(prepared.blank()),
        non_answers: Some(prepared.non_answers()),
        base,
        effective_base: None,
        segments: coded.len(),
        no_clear_theme: Some(base - in_a_theme),
        coverage: (base > 0).then(|| in_a_theme as f64 / base as f64),
        themes,
        gone: Vec::new(),
        map: Vec::new(),
    }
}

struct Builder<'a> {
    survey: &'a Survey,
    question: usize,
    prepared: &'a Prepared,
    coded: &'a [CodedSegment],
    described: Described<'a>,
    base: usize,
}

impl Builder<'_> {
    fn theme(&self, theme: usize, attributions: &Attributions<'_>) -> Theme {
        let id = self.described.ids[theme];
        let label = self.described.labels.get(theme).cloned().unwrap_or_default();
        let stability = self.described.clustering.stability[theme];
        let belongs = |segment: &CodedSegment| segment.theme == Some(id) || segment.second == Some(id);
        let respondents = respondents_where(self.coded, belongs).len();
        let subthemes = self.subthemes(theme, &label);
        Theme {
            id,
            name: label.name,
            statement: label.statement,
            keywords: label.keywords,
            level: Level::Additional,
            respondents: Some(respondents),
            mentions: Some(self.coded.iter().filter(|segment| belongs(segment)).count()),
            share: None,
            interval: None,
            stability,
            tentative: stability.is_some_and(Stability::is_tentative),
            change: None,
            groups: Vec::new(),
            quotes: self.quotes(theme, attributions),
            subthemes,
        }
    }

    fn quotes(&self, theme: usize, attributions: &Attributions<'_>) -> Vec<Quote> {
        let Some(quotes) = self.described.quotes.get(theme) else { return Vec::new() };
        // A pin may have taken the segment out of the theme.
        let id = Some(self.described.ids[theme]);
        let here =
            |quote: &&ThemeQuote| self.coded.get(quote.segment).is_some_and(|segment| segment.theme == id);
        quotes.iter().filter(here).map(|quote| self.quote(quote, attributions)).collect()
    }

    fn quote(&self, quote: &ThemeQuote, attributions: &Attributions<'_>) -> Quote {
        let segment = &self.prepared.corpus.segments[quote.segment];
        let respondent = &self.survey.respondents[segment.respondent];
        let answer = &respondent.answers[self.question].text;
        let (start, end) = segment.span.code_points(answer);
        let text = self.prepared.corpus.texts[segment.text].clone();
        Quote {
            respondent_id: respondent.id.clone(),
            start,
            end,
            masked: text != segment.span.slice(answer),
            text,
            attribution: attributions.of(respondent),
            similarity: quote.similarity,
            shows_spread: quote.shows_spread,
            groups: respondent.groups.clone(),
        }
    }

    fn subthemes(&self, theme: usize, label: &ThemeLabel) -> Vec<SubTheme> {
        let id = self.described.ids[theme];
        let subs = self.described.clustering.subs.get(theme).map_or(&[][..], Vec::as_slice);
        let respondents = |texts: &[usize]| -> usize {
            let segments = self.prepared.corpus.segments.iter();
            let here = segments.filter(|segment| texts.binary_search(&segment.text).is_ok());
            here.map(|segment| segment.respondent).collect::<BTreeSet<_>>().len()
        };
        let named = subs.iter().zip(&label.subs).filter_map(|(sub, name)| {
            Some((respondents(&sub.texts), sub.texts.first().copied(), name.as_ref()?))
        });
        let mut named: Vec<_> = named.collect();
        named.sort_by_key(|&(respondents, first_text, _)| by_shown_number(respondents, first_text));
        let subtheme = |(number, (respondents, _, name)): (usize, (usize, _, &String))| SubTheme {
            id: format!("{id}.{}", number + 1),
            name: name.clone(),
            respondents: Some(respondents),
            share: (self.base > 0).then(|| respondents as f64 / self.base as f64),
        };
        named.into_iter().enumerate().map(subtheme).collect()
    }
}

/// Most segments on a map: more would hide each other and make the page heavy.
const MOST_POINTS: usize = 2000;

/// The map's points: every segment, or an even selection of [`MOST_POINTS`]. `places` is by distinct text.
pub(super) fn map_points(
    prepared: &Prepared,
    coded: &[CodedSegment],
    places: &[(f32, f32)],
) -> Vec<MapPoint> {
    let step = coded.len().div_ceil(MOST_POINTS).max(1);
    let segments = prepared.corpus.segments.iter().zip(coded).step_by(step);
    segments
        .filter_map(|(segment, coded)| {
            let (x, y) = *places.get(segment.text)?;
            Some(MapPoint { x, y, theme: coded.theme })
        })
        .collect()
}

/// Common themes are the [`Report::most_common`] with a share of at least [`Report::common_share`]; they come first, each level by
/// falling number of respondents.
pub(super) fn order_themes(report: &mut Report) {
    for question in &mut report.questions {
        question.themes.sort_by_key(|theme| (std::cmp::Reverse(theme.respondents), theme.id));
        let most = report.most_common.unwrap_or(usize::MAX);
        for (before, theme) in question.themes.iter_mut().enumerate() {
            let common = before < most && theme.share.is_some_and(|share| share >= report.common_share);
            theme.level = if common { Level::Common } else { Level::Additional };
        }
        question.themes.sort_by_key(|theme| theme.level);
    }
}

fn respondents_where(coded: &[CodedSegment], wanted: impl Fn(&CodedSegment) -> bool) -> BTreeSet<usize> {
    coded.iter().filter(|segment| wanted(segment)).map(|segment| segment.respondent).collect()
}
