//! The themes of a question with their names and quotes, and the theme of every text of it.

use super::PipelineParams;
use super::assemble::map_points;
use super::coding::Distances;
use super::prepare::Prepared;
use super::refresh::{KnownThemes, Refreshed};
use super::rest::{FromSample, place_rest};
use super::review::may_be_quoted;
use super::vectors::Fitted;
use crate::cluster::{Centres, map_texts};
use crate::embed::Embedder;
use crate::error::Error;
use crate::label::{LabelInput, label_themes};
use crate::progress::Progress;
use crate::quote::{QuoteInput, pick_quotes};
use crate::review::Review;
use crate::types::{Clustering, CodedSegment, MapPoint, Survey, ThemeLabel, ThemeQuote};

/// What a run works with from beginning to end.
#[derive(Clone, Copy)]
pub(super) struct Workplace<'a> {
    pub(super) survey: &'a Survey,
    pub(super) params: &'a PipelineParams,
    pub(super) known: Option<&'a KnownThemes>,
    pub(super) review: &'a Review,
    pub(super) embedder: &'a dyn Embedder,
    pub(super) progress: &'a dyn Progress,
}

/// The themes of a question.
pub(super) struct Themes {
    /// Of all texts, also those beyond the sample.
    pub(super) clustering: Clustering,
    /// That tell a respondent's main theme.
    pub(super) distances: Distances,
    /// By theme number.
    pub(super) labels: Vec<ThemeLabel>,
    /// By theme number; segments are those of the whole question.
    pub(super) quotes: Vec<Vec<ThemeQuote>>,
    /// What the user ought to know.
    pub(super) warnings: Vec<String>,
    /// Where the fitted texts stand on the map, if there is one.
    places: Option<Vec<(f32, f32)>>,
}

impl Themes {
    /// Names the themes that were `found` in the fitted texts of a question and chooses their quotes there; places all other texts.
    pub(super) fn describe(
        workplace: Workplace<'_>,
        question: usize,
        prepared: &Prepared,
        fitted: &Fitted,
        found: &Refreshed,
    ) -> Result<Self, Error> {
        let Workplace { survey, params, review, embedder, progress, .. } = workplace;
        let here = fitted.of(prepared);
        let corpus = &here.corpus;
        let vectors = &fitted.vectors.own;
        let clustering = &found.clustering;
        let may_be_quoted = &|segment| may_be_quoted(survey, question, here, review, segment);
        let label = || {
            let phrase_vectors = |phrases: &[String]| {
                let phrases: Vec<&str> = phrases.iter().map(String::as_str).collect();
                embedder.embed(&phrases, &|_| ()).ok().map(|embedded| embedded.vectors)
            };
            let (title, wording) = (&survey.title, &survey.questions[question].wording);
            let input = LabelInput { title, wording, corpus, vectors, clustering, may_be_quoted };
            label_themes(input, &phrase_vectors)
        };
        let smoothed = found.smoothed();
        let map = || map_texts(&smoothed, &clustering.assignments, found.ids.len());
        let (mut labels, places) = rayon::join(label, map);
        let names: &[&str] = &labels.iter().map(|label| label.name.as_str()).collect::<Vec<_>>();
        let n_quotes = params.n_quotes;
        let mut quotes =
            pick_quotes(QuoteInput { corpus, vectors, clustering, names, may_be_quoted, n_quotes });
        let warnings = params.namer.as_ref().map_or_else(Vec::new, |namer| {
            let quoted = |quote: &ThemeQuote| corpus.texts[corpus.segments[quote.segment].text].clone();
            let quoted: Vec<Vec<String>> =
                quotes.iter().map(|quotes| quotes.iter().map(quoted).collect()).collect();
            namer.rename(&survey.questions[question].wording, &mut labels, &quoted)
        });
        let themes: Vec<_> = clustering.assignments.iter().map(|assignment| assignment.theme).collect();
        let centres = Centres::of(fitted.vectors.blended(), &smoothed, &themes, found.ids.len());
        let (clustering, distances) = match &fitted.sample {
            None => {
                let squared = centres.squared_distances(&smoothed);
                (clustering.clone(), Distances::new(prepared, squared, Some, &found.ids))
            }
            Some(sample) => {
                for quote in quotes.iter_mut().flatten() {
                    quote.segment = sample.segments[quote.segment];
                }
                for from in labels.iter_mut().filter_map(|label| label.statement_from.as_mut()) {
                    *from = sample.segments[*from];
                }
                let from = FromSample { sample, found, centres: &centres, smoothed: &smoothed };
                place_rest(prepared, from, embedder, progress)?
            }
        };
        Ok(Self { clustering, distances, labels, quotes, warnings, places })
    }

    /// The points of the map: segments of fitted texts. `coded` are all segments of the question.
    pub(super) fn map(&self, prepared: &Prepared, fitted: &Fitted, coded: &[CodedSegment]) -> Vec<MapPoint> {
        match (&self.places, &fitted.sample) {
            (None, _) => Vec::new(),
            (Some(places), None) => map_points(prepared, coded, places),
            (Some(places), Some(sample)) => {
                let drawn: Vec<_> = sample.segments.iter().map(|&segment| coded[segment].clone()).collect();
                map_points(&sample.prepared, &drawn, places)
            }
        }
    }
}
