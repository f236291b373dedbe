//! A question whose themes are known: its answers are placed, what is new may become themes, and the researcher's decisions
//! are applied.

use super::fresh_ids::{fresh_id, in_order_of_first};
use super::prepare::Prepared;
use crate::cluster::{ClusterInput, ClusterParams, cluster_whole};
use crate::codebook::{
    Decisions, Exemplars, Known, Placed, accept_candidate, fresh_groups, freshness, grow, place, reshaped,
};
use crate::embed::Embedder;
use crate::error::Error;
use crate::smooth::{Smoothed, Subject, smooth_vectors};
use crate::types::{
    Assignment, Clustering, Codebook, ThemeId, ThemeState, ThemeStatus, Vectors, directions_by_group,
};
use ndarray::{Array1, Axis, concatenate};
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// A codebook with the vectors beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownThemes {
    /// The themes and decisions.
    pub codebook: Codebook,
    /// The vectors of the texts they were made of, by question.
    pub exemplars: Vec<Exemplars>,
}

impl KnownThemes {
    /// The exemplars of the question with this column.
    pub fn exemplars_of(&self, column: &str) -> Option<&Exemplars> {
        self.exemplars.iter().find(|exemplars| exemplars.question == column && !exemplars.vectors.is_empty())
    }
}

/// Fewest texts of a theme that are kept from earlier years when this year has hardly any.
const FEWEST_EXEMPLARS: usize = 20;

/// What became of a question's texts.
pub(super) struct Refreshed {
    /// The themes that anybody mentions.
    pub(super) clustering: Clustering,
    /// Their ids, by theme number.
    pub(super) ids: Vec<ThemeId>,
    /// New themes, which await the researcher's word.
    pub(super) new: BTreeSet<ThemeId>,
    /// Themes that this year's own clustering divides or puts together.
    pub(super) reshaped: BTreeMap<ThemeId, ThemeStatus>,
    /// Themes that a `split` decision has divided.
    pub(super) split: BTreeMap<ThemeId, Vec<ThemeId>>,
    /// The texts with their themes before mergers and drops, for the next run.
    pub(super) exemplars: Exemplars,
    /// The texts after smoothing, with what is known before them.
    pub(super) space: Smoothed,
    /// Rows of what is known.
    pub(super) n_known: usize,
}

impl Refreshed {
    /// The texts' vectors after smoothing.
    pub(super) fn smoothed(&self) -> Cow<'_, Vectors> {
        let all = &self.space.vectors;
        if self.n_known == 0 {
            return Cow::Borrowed(all);
        }
        Cow::Owned(all.select(&(self.n_known..all.len()).collect::<Vec<_>>()))
    }
}

/// The texts of one question.
#[derive(Clone, Copy)]
pub(super) struct Texts<'a> {
    /// The survey's.
    pub(super) title: &'a str,
    pub(super) column: &'a str,
    pub(super) prepared: &'a Prepared,
    pub(super) vectors: &'a Vectors,
}

impl Texts<'_> {
    /// What they are all about.
    pub(super) fn subject(&self) -> Subject {
        Subject::learn(self.title, &self.prepared.corpus.texts, self.vectors)
    }

    /// Their vectors blended with their neighbours', without the subject.
    pub(super) fn smooth(&self, subject: Subject) -> Smoothed {
        smooth_vectors(self.vectors, Some(&self.prepared.corpus.texts), subject)
    }

    /// What is clustered of them, given how they are smoothed.
    pub(super) fn cluster_input<'b>(&'b self, space: &'b Smoothed) -> ClusterInput<'b> {
        let corpus = &self.prepared.corpus;
        ClusterInput {
            vectors: self.vectors,
            smoothed: &space.vectors,
            graph: &space.graph,
            counts: &corpus.counts,
            texts: Some(&corpus.texts),
        }
    }
}

/// A question's texts, placed in the themes that are known of it.
pub(super) struct Continued<'a> {
    known: &'a KnownThemes,
    texts: Texts<'a>,
    params: &'a ClusterParams,
    learnt: Learnt,
    space: Smoothed,
    placed: Vec<Placed>,
    /// This year's own clustering; absent where most texts stood in the years before in the same words.
    free: Option<Clustering>,
}

impl<'a> Continued<'a> {
    /// Places the texts of a question that `known` has `exemplars` of.
    pub(super) fn of(
        known: &'a KnownThemes,
        exemplars: &Exemplars,
        texts: Texts<'a>,
        params: &'a ClusterParams,
        embedder: &dyn Embedder,
    ) -> Result<Self, Error> {
        let learnt = learn(known, exemplars, texts, embedder)?;
        let raw = stack(&learnt.vectors, texts.vectors);
        let subject = texts.subject();
        let space = smooth_vectors(&raw, None, subject.clone());
        let placed = place(Known {
            themes: &learnt.themes,
            seconds: &learnt.seconds,
            raw: &raw,
            smoothed: &space.vectors,
            added: &learnt.added,
        });
        let n_new = placed.iter().filter(|placed| !placed.is_known).count();
        let free = (n_new * 2 > placed.len())
            .then(|| cluster_whole(texts.cluster_input(&texts.smooth(subject)), params))
            .transpose()?;
        Ok(Self { known, texts, params, learnt, space, placed, free })
    }

    /// Looks for new themes, which get the next ids, and applies the codebook's decisions.
    pub(super) fn with_ids(self, next_id: &mut u32) -> Result<Refreshed, Error> {
        let Self { known, texts, params, learnt, space, placed, free } = self;
        let mut themes: Vec<Option<ThemeId>> = placed.iter().map(|p| p.theme.or(p.fallback)).collect();
        let new = find_new(&learnt, texts, &placed, &space, next_id, &mut themes);
        let mut seconds: Vec<Option<ThemeId>> =
            placed.iter().map(|p| p.second.filter(|_| p.theme.is_some())).collect();
        let split = split_themes(&known.codebook, texts, params, next_id, (&mut themes, &mut seconds))?;
        let counts = &texts.prepared.corpus.counts;
        let reshaped = free.map(|free| reshaped(&themes, &free, counts)).unwrap_or_default();
        let decisions = Decisions::of(&known.codebook);
        let decided: Vec<Option<ThemeId>> = themes.iter().map(|theme| decisions.apply(*theme)).collect();
        let decided_seconds: Vec<Option<ThemeId>> = seconds
            .iter()
            .zip(&decided)
            .map(|(second, first)| decisions.apply(*second).filter(|id| Some(*id) != *first))
            .collect();
        let (clustering, ids) = as_clustering(&decided, &decided_seconds, texts);
        let exemplars = keep_exemplars(&learnt, texts, &themes, &seconds);
        let n_known = learnt.themes.len();
        Ok(Refreshed { clustering, ids, new, reshaped, split, exemplars, space, n_known })
    }
}

/// What is known of a question's themes: last year's texts, and the example sentences of added themes.
struct Learnt {
    themes: Vec<Option<ThemeId>>,
    seconds: Vec<Option<ThemeId>>,
    vectors: Vectors,
    added: BTreeSet<ThemeId>,
}

fn learn(
    known: &KnownThemes,
    exemplars: &Exemplars,
    texts: Texts<'_>,
    embedder: &dyn Embedder,
) -> Result<Learnt, Error> {
    let mut learnt = Learnt {
        themes: exemplars.themes.clone(),
        seconds: exemplars.seconds.clone(),
        vectors: exemplars.vectors.clone(),
        added: BTreeSet::new(),
    };
    let added =
        known.codebook.themes.iter().filter(|t| t.state == ThemeState::Added && t.question == texts.column);
    for theme in added {
        let Some(id) = theme.id else { continue };
        let sentences: Vec<&str> =
            theme.examples.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
        let vectors = embedder.embed(&sentences, &|_| ())?.vectors;
        learnt.themes.extend(std::iter::repeat_n(Some(id), vectors.len()));
        learnt.seconds.extend(std::iter::repeat_n(None, vectors.len()));
        learnt.vectors = stack(&learnt.vectors, &vectors);
        learnt.added.insert(id);
    }
    Ok(learnt)
}

fn stack(above: &Vectors, below: &Vectors) -> Vectors {
    concatenate(Axis(0), &[above.view(), below.view()]).map_or_else(|_| below.clone(), Vectors::from_rows)
}

/// Gives fresh ids to the groups of this year's texts that are far more frequent than before, large and tight enough.
fn find_new(
    learnt: &Learnt,
    texts: Texts<'_>,
    placed: &[Placed],
    smoothed: &Smoothed,
    next_id: &mut u32,
    themes: &mut [Option<ThemeId>],
) -> BTreeSet<ThemeId> {
    let n_known = learnt.themes.len();
    let fresh = freshness(&smoothed.graph, n_known);
    let may = |row: usize| {
        row.checked_sub(n_known).is_some_and(|text| !placed[text].is_known && texts.vectors.has_meaning(text))
    };
    let mut groups = fresh_groups(&smoothed.graph, &fresh, &may);
    groups.sort_by_key(|group| (Reverse(group.len()), group[0]));
    let centres = centres(learnt, &smoothed.vectors);
    let known = by_theme(learnt);
    let base = texts.prepared.base().len();
    let mut new = BTreeSet::new();
    for group in groups {
        let placed_in = themes.to_vec();
        let own = |row: usize| {
            let theme = row.checked_sub(n_known).and_then(|text| placed_in[text]);
            let centre = theme.and_then(|theme| centres.get(&theme));
            centre.map_or(-1.0, |centre| smoothed.vectors.row(row).dot(centre))
        };
        // What has gone into another new theme stays there.
        let free =
            |row: usize| may(row) && placed_in[row - n_known].is_none_or(|theme| !new.contains(&theme));
        let Some(rows) = grow(&group, &smoothed.vectors, &fresh, &free, &own) else { continue };
        let members: Vec<usize> = rows.into_iter().map(|row| row - n_known).collect();
        let wanted: BTreeSet<usize> = members.iter().copied().collect();
        let segments = texts.prepared.corpus.segments.iter();
        let people: BTreeSet<usize> = segments
            .filter(|segment| wanted.contains(&segment.text))
            .map(|segment| segment.respondent)
            .collect();
        if accept_candidate(people.len(), &texts.vectors.select(&members), &known, base) {
            let id = fresh_id(next_id);
            new.insert(id);
            for member in members {
                themes[member] = Some(id);
            }
        }
    }
    let found: Vec<ThemeId> = new.iter().copied().collect();
    let mut renamed = found.clone();
    in_order_of_first(&mut renamed, |at| themes.iter().position(|theme| *theme == Some(found[*at])));
    let name_of: BTreeMap<ThemeId, ThemeId> = found.into_iter().zip(renamed).collect();
    for theme in themes.iter_mut().flatten() {
        *theme = name_of.get(theme).copied().unwrap_or(*theme);
    }
    new
}

/// Centres of the known themes among the smoothed vectors.
fn centres(learnt: &Learnt, smoothed: &Vectors) -> BTreeMap<ThemeId, Array1<f32>> {
    let mut sums: BTreeMap<ThemeId, Array1<f32>> = BTreeMap::new();
    for (row, theme) in learnt.themes.iter().enumerate() {
        if let Some(theme) = theme {
            *sums.entry(*theme).or_insert_with(|| Array1::zeros(smoothed.dim())) += &smoothed.row(row);
        }
    }
    for sum in sums.values_mut() {
        let length = sum.dot(sum).sqrt().max(1e-12);
        *sum /= length;
    }
    sums
}

fn by_theme(learnt: &Learnt) -> BTreeMap<ThemeId, Vectors> {
    let mut rows: BTreeMap<ThemeId, Vec<usize>> = BTreeMap::new();
    for (i, theme) in learnt.themes.iter().enumerate() {
        if let Some(theme) = theme {
            rows.entry(*theme).or_default().push(i);
        }
    }
    rows.into_iter().map(|(theme, rows)| (theme, learnt.vectors.select(&rows))).collect()
}

/// Divides the themes that are to be divided, each into as many as its texts suggest, at least two.
fn split_themes(
    codebook: &Codebook,
    texts: Texts<'_>,
    params: &ClusterParams,
    next_id: &mut u32,
    (themes, seconds): (&mut [Option<ThemeId>], &mut [Option<ThemeId>]),
) -> Result<BTreeMap<ThemeId, Vec<ThemeId>>, Error> {
    let mut split = BTreeMap::new();
    let wanted = codebook.themes.iter().filter(|theme| theme.split && theme.question == texts.column);
    for id in wanted.filter_map(|theme| theme.id) {
        let members: Vec<usize> = (0..themes.len()).filter(|&i| themes[i] == Some(id)).collect();
        if members.len() < 2 {
            continue;
        }
        let vectors = texts.vectors.select(&members);
        let corpus = &texts.prepared.corpus;
        let counts: Vec<usize> = members.iter().map(|&i| corpus.counts[i]).collect();
        let written: Vec<String> = members.iter().map(|&i| corpus.texts[i].clone()).collect();
        let free = ClusterParams { n_themes: None, min_themes: 2, ..params.clone() };
        let subject = Subject::learn(texts.title, &written, &vectors);
        let Smoothed { graph, vectors: smoothed, .. } = &smooth_vectors(&vectors, Some(&written), subject);
        // Parts that judge the same stay apart: they may be why the theme is to be divided.
        let input = ClusterInput { vectors: &vectors, smoothed, graph, counts: &counts, texts: None };
        let mut clustering = cluster_whole(input, &free)?;
        if clustering.n_themes() < 2 {
            clustering = cluster_whole(input, &ClusterParams { n_themes: Some(2), ..free })?;
        }
        if clustering.n_themes() < 2 {
            continue;
        }
        let of_part = |part: &usize| clustering.assignments.iter().position(|a| a.theme == Some(*part));
        let mut parts: Vec<ThemeId> = (0..clustering.n_themes()).map(|_| fresh_id(next_id)).collect();
        in_order_of_first(&mut parts, of_part);
        for (member, assignment) in members.iter().zip(&clustering.assignments) {
            themes[*member] = assignment.theme.map(|part| parts[part]);
        }
        for second in (0..seconds.len()).filter(|&i| seconds[i] == Some(id)).collect::<Vec<_>>() {
            let near = |part: &usize| clustering.centres.row(*part).dot(&texts.vectors.row(second));
            let nearest = (0..parts.len()).max_by(|a, b| near(a).total_cmp(&near(b)).then(b.cmp(a)));
            seconds[second] = nearest.map(|part| parts[part]);
        }
        split.insert(id, parts);
    }
    Ok(split)
}

/// The placed texts in the form that the clustering stage gives, themes by falling number of segments.
fn as_clustering(
    themes: &[Option<ThemeId>],
    seconds: &[Option<ThemeId>],
    texts: Texts<'_>,
) -> (Clustering, Vec<ThemeId>) {
    let mut sizes: BTreeMap<ThemeId, usize> = BTreeMap::new();
    for (theme, count) in themes.iter().zip(&texts.prepared.corpus.counts) {
        if let Some(theme) = theme {
            *sizes.entry(*theme).or_default() += count;
        }
    }
    let mut ids: Vec<ThemeId> = sizes.keys().copied().collect();
    ids.sort_by_key(|id| (Reverse(sizes[id]), *id));
    let number: BTreeMap<ThemeId, usize> = ids.iter().enumerate().map(|(n, id)| (*id, n)).collect();
    let groups = themes.iter().map(|theme| theme.map(|theme| number[&theme]));
    let centres = directions_by_group(texts.vectors, groups, ids.len());
    let assignments = (0..themes.len())
        .map(|i| {
            let similarity = |theme: usize| texts.vectors.row(i).dot(&centres.row(theme));
            let own = themes[i].map(|theme| number[&theme]);
            let rival = (0..ids.len()).filter(|t| Some(*t) != own).map(similarity).fold(-1.0, f32::max);
            let nearness = own.map_or(rival, similarity);
            let second = seconds[i].and_then(|theme| number.get(&theme).copied()).filter(|_| own.is_some());
            Assignment { theme: own, similarity: nearness, second, margin: (nearness - rival).max(0.0) }
        })
        .collect();
    let n = ids.len();
    (Clustering { assignments, centres, stability: vec![None; n], subs: vec![Vec::new(); n] }, ids)
}

/// This year's texts, and earlier ones of themes that hardly anybody mentions this year.
fn keep_exemplars(
    learnt: &Learnt,
    texts: Texts<'_>,
    themes: &[Option<ThemeId>],
    seconds: &[Option<ThemeId>],
) -> Exemplars {
    let mut sizes: BTreeMap<ThemeId, usize> = BTreeMap::new();
    for theme in themes.iter().flatten() {
        *sizes.entry(*theme).or_default() += 1;
    }
    let bits = |vectors: &Vectors, i: usize| vectors.row(i).iter().map(|x| x.to_bits()).collect::<Vec<u32>>();
    let here: BTreeSet<Vec<u32>> = (0..texts.vectors.len()).map(|i| bits(texts.vectors, i)).collect();
    let old: Vec<usize> = (0..learnt.themes.len())
        .filter(|&i| !here.contains(&bits(&learnt.vectors, i)))
        .filter(|&i| learnt.themes[i].is_some_and(|id| sizes.get(&id).is_none_or(|n| *n < FEWEST_EXEMPLARS)))
        .collect();
    let with_old = |now: &[Option<ThemeId>], then: &[Option<ThemeId>]| -> Vec<Option<ThemeId>> {
        now.iter().copied().chain(old.iter().map(|&i| then[i])).collect()
    };
    let vectors = stack(texts.vectors, &learnt.vectors.select(&old));
    Exemplars::new(
        texts.column,
        &with_old(themes, &learnt.themes),
        &with_old(seconds, &learnt.seconds),
        &vectors,
    )
}
