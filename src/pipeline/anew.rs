//! Themes of a question that no codebook knows.

use super::KnownThemes;
use super::fresh_ids::{by_shown_number, fresh_id};
use super::prepare::Prepared;
use super::refresh::{Continued, Refreshed, Texts};
use crate::cluster::{ClusterParams, cluster_texts};
use crate::codebook::Exemplars;
use crate::embed::Embedder;
use crate::error::Error;
use crate::smooth::Smoothed;
use crate::types::{Assignment, Clustering, ThemeId};
use std::collections::{BTreeMap, BTreeSet};

/// What can be done for a question before ids are given, and so for all questions at once.
pub(super) enum Begun<'a> {
    /// No codebook knows the question: its texts are clustered.
    Anew(Box<Clustered<'a>>),
    /// Themes are known, with texts of theirs: its texts are placed in them.
    Known(Box<Continued<'a>>),
}

impl<'a> Begun<'a> {
    pub(super) fn new(
        texts: Texts<'a>,
        known: Option<&'a KnownThemes>,
        params: &'a ClusterParams,
        embedder: &dyn Embedder,
    ) -> Result<Self, Error> {
        match known.and_then(|known| Some((known, known.exemplars_of(texts.column)?))) {
            Some((known, exemplars)) => {
                Ok(Self::Known(Box::new(Continued::of(known, exemplars, texts, params, embedder)?)))
            }
            None => Ok(Self::Anew(Box::new(Clustered::of(texts, params)?))),
        }
    }

    /// Gives ids to the themes that have none.
    pub(super) fn with_ids(self, next_id: &mut u32) -> Result<Refreshed, Error> {
        match self {
            Self::Anew(clustered) => Ok(clustered.with_ids(next_id)),
            Self::Known(continued) => continued.with_ids(next_id),
        }
    }
}

/// A question's texts, smoothed and clustered.
pub(super) struct Clustered<'a> {
    texts: Texts<'a>,
    space: Smoothed,
    clustering: Clustering,
}

impl<'a> Clustered<'a> {
    fn of(texts: Texts<'a>, params: &ClusterParams) -> Result<Self, Error> {
        let space = texts.smooth(texts.subject());
        let clustering = cluster_texts(texts.cluster_input(&space), params)?;
        Ok(Self { texts, space, clustering })
    }

    /// Gives each theme the next id.
    fn with_ids(self, next_id: &mut u32) -> Refreshed {
        let Self { texts, space, clustering } = self;
        let ids = theme_ids(texts.prepared, &clustering.assignments, clustering.n_themes(), next_id);
        let id = |theme: Option<usize>| theme.and_then(|theme| ids.get(theme).copied());
        let themes: Vec<_> = clustering.assignments.iter().map(|assignment| id(assignment.theme)).collect();
        let seconds: Vec<_> = clustering.assignments.iter().map(|assignment| id(assignment.second)).collect();
        let exemplars = Exemplars::new(texts.column, &themes, &seconds, texts.vectors);
        Refreshed {
            clustering,
            ids,
            new: BTreeSet::new(),
            reshaped: BTreeMap::new(),
            split: BTreeMap::new(),
            exemplars,
            space,
            n_known: 0,
        }
    }
}

/// Ids [`by_shown_number`], so that `T01` is one of the first question's most common themes.
fn theme_ids(
    prepared: &Prepared,
    assignments: &[Assignment],
    n_themes: usize,
    next_id: &mut u32,
) -> Vec<ThemeId> {
    let mut respondents = vec![BTreeSet::new(); n_themes];
    let first_text = |theme| assignments.iter().position(|assignment| assignment.theme == Some(theme));
    for segment in &prepared.corpus.segments {
        let Some(assignment) = assignments.get(segment.text) else { continue };
        for theme in assignment.theme.into_iter().chain(assignment.second) {
            respondents[theme].insert(segment.respondent);
        }
    }
    let mut order: Vec<usize> = (0..n_themes).collect();
    order.sort_by_cached_key(|&theme| by_shown_number(respondents[theme].len(), first_text(theme)));
    let mut ids = vec![ThemeId::FIRST; n_themes];
    for theme in order {
        ids[theme] = fresh_id(next_id);
    }
    ids
}
