//! How fine themes may be among few texts about many things.

use crate::types::{Vectors, about_one_thing};

/// Texts from which people's codes are as broad as [`super::Granularity`] says. Among fewer a theme has so few texts that most of
/// its neighbours, of whom there are hardly fewer, belong to others, and modularity puts several together.
const MANY: f64 = 1_000.0;
/// Power of how far the texts fall short of [`MANY`].
const POWER: f64 = 0.25;
/// Mean cosine of the texts with each other up to which they are about many things, and from which they are not.
const MANY_THINGS: f64 = 0.3;
const NOT_MANY: f64 = 0.4;
/// What the resolution is multiplied by where all texts are about one thing, as arguments for one motion are: of these people make few codes.
const OF_ONE_THING: f64 = 0.9;

/// What resolution and most themes are multiplied by: more the fewer the texts are below [`MANY`], where they are about many things,
/// and less where all are about one.
///
/// `texts` are the rows of `vectors` that count, none of them zeros.
pub(super) fn breadth(vectors: &Vectors, texts: &[usize]) -> f64 {
    let alike = vectors.mean_cosine(texts);
    let many_things = ((NOT_MANY - alike) / (NOT_MANY - MANY_THINGS)).clamp(0.0, 1.0);
    let few = (MANY / texts.len().max(1) as f64).max(1.0);
    few.powf(POWER * many_things) * OF_ONE_THING.powf(about_one_thing(alike))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, arr2};

    fn apart(n: usize) -> Vectors {
        Vectors::from_rows(Array2::eye(n))
    }

    #[test]
    fn few_texts_about_many_things_are_divided_more_finely() {
        let all = |n: usize| (0..n).collect::<Vec<_>>();
        // The fourth root of 1,000 / 16 and of 1,000 / 100; from 1,000 on nothing.
        assert!((breadth(&apart(16), &all(16)) - 2.8117).abs() < 1e-4);
        assert!((breadth(&apart(100), &all(100)) - 1.7783).abs() < 1e-4);
        assert_eq!(breadth(&apart(1_000), &all(1_000)), 1.0);
    }

    #[test]
    fn where_all_say_the_same_in_part_themes_are_broader() {
        // Any two have a cosine of 0.74, and each has 1 with itself: on average 0.77.
        let near = Vectors::from_rows(Array2::<f32>::eye(10) + 1.0 / 5.0_f32.sqrt());
        assert_eq!(breadth(&near, &(0..10).collect::<Vec<_>>()), 0.9);
        // On average (1 - 0.3) / 2 = 0.35, half-way between both ends.
        let between = Vectors::from_rows(arr2(&[[1.0, 0.0], [-0.3, 0.953_939_2]]));
        assert!((breadth(&between, &[0, 1]) - 500_f64.powf(0.125)).abs() < 1e-3);
        assert_eq!(breadth(&between, &[]), MANY.powf(POWER));
    }
}
