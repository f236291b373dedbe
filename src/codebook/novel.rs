//! Themes that were not there the year before, and themes that this year's own clustering draws otherwise.

use crate::types::{Clustering, ThemeId, ThemeStatus, Vectors, sums_by_group};
use std::collections::BTreeMap;

/// Whether a candidate becomes a theme: mentioned by at least 2% of the base and by 5 people, as tight as the loosest tenth of the
/// known themes, and as distinct as the least distinct of them. That nobody spoke of it before is for
/// [`super::fresh::freshness`] to say.
///
/// Tight: how near its texts are to its centre. Distinct: how many of them are nearer to it than to every known theme.
/// `known` holds each known theme's texts and `texts` those of the candidate; both before smoothing.
pub fn accept_candidate(
    respondents: usize,
    texts: &Vectors,
    known: &BTreeMap<ThemeId, Vectors>,
    base: usize,
) -> bool {
    let centres: Vec<Vec<f32>> = known.values().map(centre).collect();
    let own = centre(texts);
    let all: Vec<&Vec<f32>> = centres.iter().collect();
    let but = |number: usize| [&all[..number], &all[number + 1..]].concat();
    let tightness = known.values().zip(&centres).map(|(texts, centre)| cohesion(texts, centre)).collect();
    let distinctness = known
        .values()
        .enumerate()
        .map(|(number, texts)| distinct(texts, &centres[number], &but(number)))
        .fold(1.0, f32::min);
    respondents >= base.div_ceil(50).max(5)
        && cohesion(texts, &own) >= lowest_tenth(tightness)
        && distinct(texts, &own, &all) >= distinctness
}

/// The value that a tenth of `values` lie below; 0 where there are none.
fn lowest_tenth(mut values: Vec<f32>) -> f32 {
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 10).copied().unwrap_or(0.0)
}

/// Share of the texts that are nearer to `own` than to every other centre.
fn distinct(texts: &Vectors, own: &[f32], others: &[&Vec<f32>]) -> f32 {
    let view = texts.view();
    let nearest_own = view.rows().into_iter().filter(|row| {
        let near = |centre: &[f32]| row.iter().zip(centre).map(|(a, b)| a * b).sum::<f32>();
        others.iter().all(|other| near(other) < near(own))
    });
    if texts.is_empty() { 0.0 } else { nearest_own.count() as f32 / texts.len() as f32 }
}

fn centre(texts: &Vectors) -> Vec<f32> {
    let (sum, _) = sums_by_group(texts.view(), std::iter::repeat(Some(0)), 1);
    let length = sum.iter().map(|x| x * x).sum::<f64>().sqrt().max(1e-12);
    sum.iter().map(|x| (x / length) as f32).collect()
}

fn cohesion(texts: &Vectors, centre: &[f32]) -> f32 {
    let sum: f32 = texts
        .view()
        .rows()
        .into_iter()
        .map(|row| row.iter().zip(centre).map(|(a, b)| a * b).sum::<f32>())
        .sum();
    if texts.is_empty() { 0.0 } else { sum / texts.len() as f32 }
}

/// Smallest part of a theme that counts in a split or a merger.
const PART: f64 = 0.3;
/// How much of a free cluster must be of one theme, and of a theme in one free cluster.
const MOST: f64 = 0.6;

/// Themes that this year's free clustering divides, or puts together with another. `themes` and `free` are by text, `counts`
/// the segments with each text.
pub fn reshaped(
    themes: &[Option<ThemeId>],
    free: &Clustering,
    counts: &[usize],
) -> BTreeMap<ThemeId, ThemeStatus> {
    let mut joint: BTreeMap<(ThemeId, usize), f64> = BTreeMap::new();
    let mut sizes: BTreeMap<ThemeId, f64> = BTreeMap::new();
    let mut clusters = vec![0.0; free.n_themes()];
    for (i, theme) in themes.iter().enumerate() {
        let (Some(theme), Some(cluster)) = (theme, free.assignments.get(i).and_then(|a| a.theme)) else {
            continue;
        };
        let n = counts[i] as f64;
        *joint.entry((*theme, cluster)).or_default() += n;
        *sizes.entry(*theme).or_default() += n;
        clusters[cluster] += n;
    }
    let stable =
        |cluster: usize| free.stability.get(cluster).copied().flatten().is_some_and(|s| s.share() >= 0.75);
    let mut found = BTreeMap::new();
    for (&theme, &size) in &sizes {
        let parts = joint.iter().filter(|((t, cluster), n)| {
            *t == theme && **n >= PART * size && **n >= MOST * clusters[*cluster] && stable(*cluster)
        });
        if parts.count() >= 2 {
            found.insert(theme, ThemeStatus::Split);
        }
    }
    for cluster in (0..clusters.len()).filter(|&cluster| stable(cluster)) {
        let inside: Vec<ThemeId> = joint
            .iter()
            .filter(|((t, c), n)| *c == cluster && **n >= MOST * sizes[t] && **n >= PART * clusters[cluster])
            .map(|((t, _), _)| *t)
            .collect();
        if inside.len() >= 2 {
            found.extend(inside.into_iter().map(|theme| (theme, ThemeStatus::Merged)));
        }
    }
    found
}
