//! The texts beyond the sample, placed in its themes chunk by chunk.

use super::coding::Distances;
use super::part::Part;
use super::prepare::Prepared;
use super::refresh::Refreshed;
use super::vectors::{CHUNK, embed_again};
use crate::cluster::{Centres, PartCentres, assign_texts};
use crate::embed::Embedder;
use crate::error::Error;
use crate::progress::{Progress, Stage};
use crate::types::{Assignment, Clustering, SubCluster, Vectors};
use ndarray::Array2;
use std::collections::{BTreeMap, BTreeSet};

/// What the sample says of where themes lie.
#[derive(Clone, Copy)]
pub(super) struct FromSample<'a> {
    pub(super) sample: &'a Part,
    pub(super) found: &'a Refreshed,
    pub(super) centres: &'a Centres,
    /// Smoothed vectors of the sample's texts.
    pub(super) smoothed: &'a Vectors,
}

/// The themes of all texts of a question: the sample's as they were found, of each other text the nearest, and the distances
/// that tell a respondent's main theme.
pub(super) fn place_rest(
    prepared: &Prepared,
    from: FromSample<'_>,
    embedder: &dyn Embedder,
    progress: &dyn Progress,
) -> Result<(Clustering, Distances), Error> {
    let FromSample { sample, found, centres, smoothed } = from;
    let fitted = &found.clustering;
    let n_texts = prepared.corpus.texts.len();
    let mut placing = Placing {
        sample,
        fitted,
        parts: PartCentres::of(smoothed, fitted),
        assignments: Vec::with_capacity(n_texts),
        subs: fitted.subs.iter().map(|subs| vec![Vec::new(); subs.len()]).collect(),
        rows: BTreeMap::new(),
        squared: Vec::new(),
    };
    let shared = in_answers_of_many(prepared);
    let squared_of_sample = centres.squared_distances(smoothed);
    progress.start(Stage::Place, Some(n_texts as u64));
    for segments in chunks(prepared) {
        let text_of = |segment: &usize| prepared.corpus.segments[*segment].text;
        let texts: BTreeSet<usize> = segments.iter().map(text_of).collect();
        let rest =
            segments.into_iter().filter(|segment| placing.in_sample(text_of(segment)).is_none()).collect();
        let part = Part::of(prepared, rest);
        let vectors = embed_again(&part.prepared, embedder)?;
        let smoothed = found.space.place(&part.prepared.corpus.texts, vectors.blended());
        let assignments = assign_texts(vectors.blended(), &smoothed, centres);
        let squared = centres.squared_distances(&smoothed);
        for &text in &texts {
            let squared = match placing.in_sample(text) {
                Some(row) => {
                    placing.keep(text, row);
                    squared_of_sample.row(row)
                }
                None => {
                    let row = part.texts.partition_point(|&other| other < text);
                    placing.place(text, assignments[row], smoothed.row(row));
                    squared.row(row)
                }
            };
            if shared[text] {
                placing.keep_distances(text, squared);
            }
        }
        progress.advance(Stage::Place, texts.len() as u64);
    }
    progress.finish(Stage::Place);
    Ok(placing.finish(prepared, found))
}

struct Placing<'a> {
    sample: &'a Part,
    fitted: &'a Clustering,
    parts: PartCentres,
    assignments: Vec<Assignment>,
    /// Texts of each part of each theme.
    subs: Vec<Vec<Vec<usize>>>,
    /// Row of `squared` of each text that has one.
    rows: BTreeMap<usize, usize>,
    squared: Vec<f32>,
}

impl Placing<'_> {
    /// The number of a text among those that themes were fitted on.
    fn in_sample(&self, text: usize) -> Option<usize> {
        self.sample.texts.binary_search(&text).ok()
    }

    /// A text of the sample stays where it was found; `row` is its number there.
    fn keep(&mut self, text: usize, row: usize) {
        let assignment = self.fitted.assignments[row];
        let part = assignment.theme.and_then(|theme| {
            self.fitted.subs[theme].iter().position(|sub| sub.texts.binary_search(&row).is_ok())
        });
        self.add(text, assignment, part);
    }

    /// Any other goes to the nearest theme, and there to the nearest part.
    fn place(&mut self, text: usize, nearest: Assignment, smoothed: ndarray::ArrayView1<'_, f32>) {
        let part = nearest.theme.and_then(|theme| self.parts.nearest(theme, smoothed));
        self.add(text, nearest, part);
    }

    fn add(&mut self, text: usize, assignment: Assignment, part: Option<usize>) {
        self.assignments.push(assignment);
        let subs = assignment.theme.and_then(|theme| self.subs.get_mut(theme));
        if let Some(texts) = subs.zip(part).and_then(|(subs, part)| subs.get_mut(part)) {
            texts.push(text);
        }
    }

    fn keep_distances(&mut self, text: usize, squared: ndarray::ArrayView1<'_, f32>) {
        self.rows.insert(text, self.rows.len());
        self.squared.extend(squared);
    }

    fn finish(self, prepared: &Prepared, found: &Refreshed) -> (Clustering, Distances) {
        let n_themes = self.fitted.n_themes();
        let squared = Array2::from_shape_vec((self.rows.len(), n_themes), self.squared)
            .unwrap_or_else(|_| Array2::zeros((0, n_themes)));
        let distances = Distances::new(prepared, squared, |text| self.rows.get(&text).copied(), &found.ids);
        let subs =
            self.subs.into_iter().map(|parts| parts.into_iter().map(|texts| SubCluster { texts }).collect());
        let clustering = Clustering {
            assignments: self.assignments,
            centres: self.fitted.centres.clone(),
            stability: self.fitted.stability.clone(),
            subs: subs.collect(),
        };
        (clustering, distances)
    }
}

/// All segments of the question by their texts, in the order of texts, about [`CHUNK`] segments at a time; each chunk ascending.
fn chunks(prepared: &Prepared) -> Vec<Vec<usize>> {
    let segments = &prepared.corpus.segments;
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by_key(|&segment| (segments[segment].text, segment));
    let mut chunks: Vec<Vec<usize>> = Vec::new();
    for text in order.chunk_by(|&a, &b| segments[a].text == segments[b].text) {
        match chunks.last_mut() {
            Some(chunk) if chunk.len() + text.len() <= CHUNK => chunk.extend(text),
            _ => chunks.push(text.to_vec()),
        }
    }
    for chunk in &mut chunks {
        chunk.sort_unstable();
    }
    chunks
}

/// Whether a text stands in an answer of more than one segment: the main theme of the others' authors is no question of distance.
fn in_answers_of_many(prepared: &Prepared) -> Vec<bool> {
    let mut shared = vec![false; prepared.corpus.texts.len()];
    for answer in prepared.corpus.segments.chunk_by(|a, b| a.respondent == b.respondent) {
        for segment in answer.iter().filter(|_| answer.len() > 1) {
            shared[segment.text] = true;
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{Corpus, Segment, Span};

    #[test]
    fn chunks_hold_every_segment_once_and_a_text_in_one_chunk() {
        let n = CHUNK * 2 + 100;
        let segments = (0..n).map(|i| Segment {
            respondent: i / 3,
            number: i % 3,
            span: Span::new(0, 1),
            text: i * 7919 % (n / 2),
        });
        let prepared = Prepared {
            corpus: Corpus {
                segments: segments.collect(),
                texts: vec![String::new(); n / 2],
                counts: vec![2; n / 2],
            },
            ..Prepared::default()
        };
        let chunks = chunks(&prepared);
        assert!(chunks.iter().all(|chunk| chunk.len() <= CHUNK && chunk.is_sorted()));
        let texts = |chunk: &[usize]| {
            chunk.iter().map(|&s| prepared.corpus.segments[s].text).collect::<std::collections::BTreeSet<_>>()
        };
        let seen: usize = chunks.iter().map(|chunk| texts(chunk).len()).sum();
        assert_eq!(seen, n / 2);
        let mut all = chunks.concat();
        all.sort_unstable();
        assert_eq!(all, (0..n).collect::<Vec<_>>());
        let shared = in_answers_of_many(&prepared);
        assert!(shared.iter().all(|shared| *shared));
    }
}
