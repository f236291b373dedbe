use super::super::tests::id;
use super::*;

/// Points around the axes: `n` of each, slightly off.
fn around(axes: &[usize], n: usize) -> Vec<[f32; 6]> {
    let point = |axis: usize, i: usize| {
        let mut point = [0.0; 6];
        point[axis] = 1.0;
        point[(axis + 1) % 6] += 0.05 * (i % 4) as f32;
        point[(axis + 2) % 6] += 0.03 * (i % 3) as f32;
        point
    };
    axes.iter().flat_map(|&axis| (0..n).map(move |i| point(axis, i))).collect()
}

/// Where the rows after those with themes are placed; no theme was added, and no row has a second.
fn placed(themes: &[Option<ThemeId>], rows: &[[f32; 6]]) -> Vec<Placed> {
    let all = Vectors::from_rows(Array2::from_shape_fn((rows.len(), 6), |(i, j)| rows[i][j]));
    let seconds = vec![None; themes.len()];
    place(Known { themes, seconds: &seconds, raw: &all, smoothed: &all, added: &BTreeSet::new() })
}

#[test]
fn near_texts_go_to_their_theme_and_far_ones_to_none() {
    let mut rows = around(&[0, 2], 12);
    let themes: Vec<Option<ThemeId>> = (0..24).map(|i| Some(id(1 + i / 12))).collect();
    rows.extend([
        [1.0, 0.04, 0.02, 0.0, 0.0, 0.0],
        [0.0, 0.0, 1.0, 0.06, 0.01, 0.0],
        [0.0, 0.0, 0.0, 0.0, 1.0, 0.0],
    ]);
    let placed = placed(&themes, &rows);
    assert_eq!(
        placed.iter().map(|p| p.theme.map(ThemeId::number)).collect::<Vec<_>>(),
        [Some(1), Some(2), None]
    );
    assert_eq!(placed[2].fallback, None, "a far text does not fall back on the nearest theme either");
}

#[test]
fn the_very_same_text_stays_where_it_was() {
    let mut rows = around(&[0, 2], 12);
    // The researcher's clustering put this text into theme 2 although it lies near theme 1.
    rows[23] = [1.0, 0.2, 0.0, 0.0, 0.0, 0.0];
    rows.push(rows[23]);
    let themes: Vec<Option<ThemeId>> = (0..24).map(|i| Some(id(1 + i / 12))).collect();
    assert_eq!(placed(&themes, &rows), [Placed { theme: Some(id(2)), is_known: true, ..Placed::default() }]);
}

#[test]
fn an_example_of_an_added_theme_takes_the_very_same_text_from_where_it_was() {
    let mut rows = around(&[0, 2], 12);
    let mut themes: Vec<Option<ThemeId>> = (0..24).map(|i| Some(id(1 + i / 12))).collect();
    // Two examples that have little in common, of which one is a text of theme 1.
    let examples = [rows[5], [0.0, 0.0, 0.0, 0.0, 1.0, 0.0]];
    rows.extend(examples);
    themes.extend([Some(id(3)); 2]);
    rows.extend([rows[5], rows[6]]);
    let all = Vectors::from_rows(Array2::from_shape_fn((rows.len(), 6), |(i, j)| rows[i][j]));
    let seconds = vec![None; themes.len()];
    let added = BTreeSet::from([id(3)]);
    let placed =
        place(Known { themes: &themes, seconds: &seconds, raw: &all, smoothed: &all, added: &added });
    assert_eq!(placed.iter().map(|placed| placed.theme).collect::<Vec<_>>(), [Some(id(3)), Some(id(1))]);
}

#[test]
fn a_theme_of_which_only_strays_are_left_takes_none() {
    let mut rows = around(&[0, 2], 40);
    let themes: Vec<Option<ThemeId>> = (0..80).map(|i| Some(id(1 + i / 40))).collect();
    // Thirty texts at the very edge of theme 1 and none in its core; theme 2 is as ever.
    rows.extend(std::iter::repeat_n([1.0, 0.155, 0.065, 0.0, 0.0, 0.0], 30));
    rows.extend(around(&[2], 30));
    let placed = placed(&themes, &rows);
    assert!(placed[..30].iter().all(|p| p.theme.is_none()), "{:?}", placed[0]);
    assert!(placed[30..].iter().all(|p| p.theme == Some(id(2))));
}

#[test]
fn a_theme_that_is_gone_is_not_kept_by_somebody_who_says_the_same_words() {
    let mut rows = around(&[0, 2], 80);
    let themes: Vec<Option<ThemeId>> = (0..160).map(|i| Some(id(1 + i / 80))).collect();
    rows.push(rows[5]);
    rows.extend(around(&[2], 150));
    assert_eq!(placed(&themes, &rows)[0].theme, None);
}
