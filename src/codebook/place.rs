//! New texts into known themes, by thresholds learnt from the themes' own texts.

#[cfg(test)]
mod tests;

use crate::types::{ThemeId, Vectors, directions_by_group};
use ndarray::{Array1, Array2, ArrayView1, Axis};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Share of a theme's own texts that lie below its threshold.
const STRICT: f64 = 0.05;

/// Fewest texts from which a theme's own threshold is learnt; smaller themes take the median of the others'.
const ENOUGH: usize = 8;

/// The texts whose themes are known and the texts to be placed, in one matrix so that they were smoothed together: known ones
/// first.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// Themes of the first rows.
    pub themes: &'a [Option<ThemeId>],
    /// Second themes of the first rows.
    pub seconds: &'a [Option<ThemeId>],
    /// All rows before smoothing.
    pub raw: &'a Vectors,
    /// All rows after smoothing.
    pub smoothed: &'a Vectors,
    /// Themes that no run has looked for yet: they may take texts that another theme had.
    pub added: &'a BTreeSet<ThemeId>,
}

/// Where a text was placed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Placed {
    /// Its theme; `None` where none is close enough.
    pub theme: Option<ThemeId>,
    /// A second theme that is nearly as close, as often as last year's texts had one.
    pub second: Option<ThemeId>,
    /// The theme it falls back on if it does not become part of a new one: no nearer than the theme's own farthest texts.
    pub fallback: Option<ThemeId>,
    /// Whether the very same text was known: it is left where it was.
    pub is_known: bool,
}

#[derive(Clone, Copy)]
struct Theme {
    id: ThemeId,
    /// All but 5% of its own texts are at least as near.
    strict: f32,
    /// Its own farthest text.
    loose: f32,
    /// Half of its own texts are at least as near: its core.
    core: f32,
    /// What is added to a similarity to it before themes are compared.
    offset: f32,
}

/// Share of the texts of a year without change that lie in a theme's core, where half of its own texts lie: fewer than half, since they
/// have not drawn its centre towards them (a third to two fifths, measured between random halves of the bundled survey).
const IN_CORE: f64 = 0.35;
/// A theme is gone when less than this share of the texts that its core would hold are there.
const CORE_LEFT: f64 = 0.25;
/// Fewest texts that a year like the last would have placed in a core, or in a whole theme, from which it is judged: less than a quarter
/// of 20 by accident is a chance of 1 in 60,000.
const ENOUGH_TO_JUDGE: f64 = 20.0;
/// A theme is gone, too, when fewer texts than make a new theme are placed in it.
const TOO_FEW: usize = 5;

/// Places every row after the known ones: into the nearest theme (cosine to the mean of the theme's texts, after smoothing) if
/// it is at least as close as all but 5% of the theme's own texts.
///
/// Where hardly any text is placed in a theme that had many, or its core holds hardly any of those it should, what people used to
/// say in it is no longer said, and only strays at its edge were near: such a theme takes none, and its texts are placed among
/// the others.
pub fn place(known: Known<'_>) -> Vec<Placed> {
    let (themes, centres) = learn(known);
    let placed = place_in(known, &themes, &centres);
    let deserted = deserted(known, &themes, &centres, &placed);
    if deserted.is_empty() {
        return placed;
    }
    let left: Vec<usize> = (0..themes.len()).filter(|t| !deserted.contains(&themes[*t].id)).collect();
    let centres = centres.select(Axis(0), &left);
    let themes: Vec<Theme> = left.into_iter().map(|t| themes[t]).collect();
    place_in(known, &themes, &centres)
}

/// Themes of which only strays are left.
fn deserted(
    known: Known<'_>,
    themes: &[Theme],
    centres: &Array2<f32>,
    placed: &[Placed],
) -> BTreeSet<ThemeId> {
    let growth = placed.len() as f64 / known.themes.len().max(1) as f64;
    let mut judged = BTreeSet::new();
    for (t, theme) in themes.iter().enumerate() {
        let here: Vec<usize> =
            (0..placed.len()).filter(|&i| placed[i].theme.or(placed[i].fallback) == Some(theme.id)).collect();
        let in_core = |i: usize| {
            placed[i].is_known
                || known.smoothed.row(known.themes.len() + i).dot(&centres.row(t)) >= theme.core
        };
        let n_core = here.iter().filter(|&&i| in_core(i)).count();
        let then = known.themes.iter().filter(|then| **then == Some(theme.id)).count();
        let expected = then as f64 * growth;
        let strays =
            expected * IN_CORE >= ENOUGH_TO_JUDGE && (n_core as f64) < CORE_LEFT * IN_CORE * expected;
        let is_known = here.iter().any(|&i| placed[i].is_known);
        let empty = here.len() < TOO_FEW && !is_known && expected >= ENOUGH_TO_JUDGE;
        if strays || empty {
            judged.insert(theme.id);
        }
    }
    judged
}

fn place_in(known: Known<'_>, themes: &[Theme], centres: &Array2<f32>) -> Vec<Placed> {
    let n_known = known.themes.len();
    let is_there = |id: ThemeId| themes.iter().any(|theme| theme.id == id);
    let mut seen = exact_matches(known);
    // A theme that nobody else speaks of any more is not kept by those who say the same words again.
    seen.retain(|_, was| known.themes[*was].is_none_or(is_there));
    let second_margin = learn_second_margin(known, themes, centres);
    (n_known..known.smoothed.len())
        .into_par_iter()
        .map(|i| {
            let ranked = rank(known.smoothed.row(i), themes, centres);
            let nearest = ranked.first().map(|&(t, score)| (&themes[t], score - themes[t].offset));
            if let Some(&was) = seen.get(&bits(known.raw.row(i))) {
                let taken = nearest.filter(|(theme, s)| {
                    known.added.contains(&theme.id) && *s >= theme.strict && !is_added(known, was)
                });
                return match taken {
                    Some((theme, _)) => Placed { theme: Some(theme.id), is_known: true, ..Placed::default() },
                    None => Placed {
                        theme: known.themes[was],
                        second: known.seconds[was].filter(|&id| is_there(id)),
                        fallback: None,
                        is_known: true,
                    },
                };
            }
            let Some((theme, similarity)) = nearest.filter(|_| known.raw.has_meaning(i)) else {
                return Placed::default();
            };
            let second = ranked
                .get(1)
                .filter(|(_, s)| similarity + theme.offset - s < second_margin)
                .map(|&(t, _)| themes[t].id);
            if similarity >= theme.strict {
                Placed { theme: Some(theme.id), second, fallback: None, is_known: false }
            } else {
                let fallback = (similarity >= theme.loose).then_some(theme.id);
                Placed { theme: None, second: None, fallback, is_known: false }
            }
        })
        .collect()
}

/// Each theme's centre and thresholds.
fn learn(known: Known<'_>) -> (Vec<Theme>, Array2<f32>) {
    let mut members: BTreeMap<ThemeId, Vec<usize>> = BTreeMap::new();
    for (i, theme) in known.themes.iter().enumerate() {
        if let Some(theme) = theme {
            members.entry(*theme).or_default().push(i);
        }
    }
    let number: BTreeMap<ThemeId, usize> = members.keys().enumerate().map(|(t, id)| (*id, t)).collect();
    let groups = known.themes.iter().map(|theme| theme.map(|theme| number[&theme]));
    let centres = directions_by_group(known.smoothed, groups, members.len());
    let mut themes: Vec<Theme> = Vec::with_capacity(members.len());
    for (t, (id, rows)) in members.iter().enumerate() {
        let mut own: Vec<f32> =
            rows.iter().map(|&row| known.smoothed.row(row).dot(&centres.row(t))).collect();
        own.sort_by(f32::total_cmp);
        let at =
            |share: f64| if own.len() < ENOUGH { f32::NAN } else { own[(own.len() as f64 * share) as usize] };
        themes.push(Theme { id: *id, strict: at(STRICT), loose: at(0.0), core: at(0.5), offset: 0.0 });
    }
    let median = |of: fn(&Theme) -> f32| {
        let mut all: Vec<f32> = themes.iter().map(of).filter(|x| !x.is_nan()).collect();
        all.sort_by(f32::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(0.5)
    };
    let (strict, loose, core) = (median(|t| t.strict), median(|t| t.loose), median(|t| t.core));
    for theme in themes.iter_mut().filter(|theme| theme.strict.is_nan()) {
        *theme = Theme { strict, loose, core, ..*theme };
    }
    balance(known, &mut themes, &centres);
    (themes, centres)
}

/// Rounds of [`balance`], and its first step: a tenth of the usual distance between themes.
const ROUNDS: usize = 100;
const STEP: f32 = 0.05;

/// Learns the offsets with which the known texts, placed as new ones are, give every theme the size it had. A wide theme was drawn
/// by its neighbourhoods and not by the nearest centre: by similarity alone it would lose texts to tight ones, in a year that is
/// no other.
fn balance(known: Known<'_>, themes: &mut [Theme], centres: &Array2<f32>) {
    let number: BTreeMap<ThemeId, usize> =
        themes.iter().enumerate().map(|(t, theme)| (theme.id, t)).collect();
    let rows: Vec<usize> = (0..known.themes.len()).filter(|&i| known.raw.has_meaning(i)).collect();
    let similarities: Vec<Array1<f32>> =
        rows.par_iter().map(|&i| centres.dot(&known.smoothed.row(i))).collect();
    let mut wanted = vec![0_usize; themes.len()];
    for theme in rows.iter().filter_map(|&i| known.themes[i]) {
        wanted[number[&theme]] += 1;
    }
    for round in 0..ROUNDS {
        let mut got = vec![0_usize; themes.len()];
        for row in &similarities {
            let nearest = (0..themes.len()).max_by(|&a, &b| {
                (row[a] + themes[a].offset).total_cmp(&(row[b] + themes[b].offset)).then(b.cmp(&a))
            });
            if let Some(t) = nearest.filter(|&t| row[t] >= themes[t].loose) {
                got[t] += 1;
            }
        }
        let step = STEP / (1.0 + round as f32 / 10.0);
        for (t, theme) in themes.iter_mut().enumerate() {
            let ratio = (wanted[t] + 1) as f32 / (got[t] + 1) as f32;
            theme.offset += step * ratio.ln().clamp(-1.0, 1.0);
        }
    }
}

/// Known rows by their exact vector: the same masked text has the same vector to the last bit. What a researcher wrote as an example of an
/// added theme comes before where a text of these words was.
fn exact_matches(known: Known<'_>) -> BTreeMap<Vec<u32>, usize> {
    let (examples, texts): (Vec<usize>, Vec<usize>) =
        (0..known.themes.len()).rev().partition(|&i| is_added(known, i));
    texts.into_iter().chain(examples).map(|i| (bits(known.raw.row(i)), i)).collect()
}

fn is_added(known: Known<'_>, row: usize) -> bool {
    known.themes[row].is_some_and(|theme| known.added.contains(&theme))
}

fn bits(row: ArrayView1<'_, f32>) -> Vec<u32> {
    row.iter().map(|x| x.to_bits()).collect()
}

/// The two nearest themes with their similarity and offset, nearest first.
fn rank(row: ArrayView1<'_, f32>, themes: &[Theme], centres: &Array2<f32>) -> Vec<(usize, f32)> {
    let rows = centres.rows().into_iter().zip(themes).enumerate();
    let mut ranked: Vec<(usize, f32)> =
        rows.map(|(t, (centre, theme))| (t, row.dot(&centre) + theme.offset)).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(2);
    ranked
}

/// The margin under which as many known texts lie as had a second theme.
fn learn_second_margin(known: Known<'_>, themes: &[Theme], centres: &Array2<f32>) -> f32 {
    let with_theme: Vec<usize> = (0..known.themes.len()).filter(|&i| known.themes[i].is_some()).collect();
    let n_second = with_theme.iter().filter(|&&i| known.seconds[i].is_some()).count();
    if n_second == 0 || themes.len() < 2 {
        return 0.0;
    }
    let mut margins: Vec<f32> = with_theme
        .into_par_iter()
        .map(|i| match rank(known.smoothed.row(i), themes, centres)[..] {
            [(_, first), (_, second), ..] => first - second,
            _ => f32::INFINITY,
        })
        .collect();
    margins.sort_by(f32::total_cmp);
    margins[n_second.min(margins.len() - 1)]
}
