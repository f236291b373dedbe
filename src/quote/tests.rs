use super::pick::{NEAR_DUPLICATE, cosine};
use super::*;
use crate::types::{Assignment, Segment, Span};
use ndarray::Array2;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Texts with a vector (an angle in degrees), a theme and a respondent each; theme centres at 0 and 90 degrees.
fn input(rows: &[(&str, f32, usize, usize)]) -> (Corpus, Vectors, Clustering) {
    let angle = |degrees: f32| [degrees.to_radians().cos(), degrees.to_radians().sin()];
    let vectors = Array2::from_shape_fn((rows.len(), 2), |(i, j)| angle(rows[i].1)[j]);
    let assignments = rows
        .iter()
        .map(|row| {
            let similarity = angle(row.1)[row.2];
            Assignment {
                theme: Some(row.2),
                similarity,
                second: None,
                margin: similarity - angle(row.1)[1 - row.2],
            }
        })
        .collect();
    let segment = |(text, row): (usize, &(&str, f32, usize, usize))| Segment {
        respondent: row.3,
        number: 0,
        span: Span::new(0, row.0.len()),
        text,
    };
    let corpus = Corpus {
        segments: rows.iter().enumerate().map(segment).collect(),
        texts: rows.iter().map(|row| row.0.to_string()).collect(),
        counts: vec![1; rows.len()],
    };
    let clustering = Clustering {
        assignments,
        centres: Array2::from_shape_vec((2, 2), vec![1.0, 0.0, 0.0, 1.0]).unwrap(),
        stability: vec![None; 2],
        subs: vec![Vec::new(); 2],
    };
    (corpus, Vectors::from_rows(vectors), clustering)
}

fn quotes(
    rows: &[(&str, f32, usize, usize)],
    n_quotes: usize,
    may: &dyn Fn(usize) -> bool,
) -> Vec<Vec<ThemeQuote>> {
    quotes_named(&["Reward", "Time"], rows, n_quotes, may)
}

fn quotes_named(
    names: &[&str],
    rows: &[(&str, f32, usize, usize)],
    n_quotes: usize,
    may: &dyn Fn(usize) -> bool,
) -> Vec<Vec<ThemeQuote>> {
    let (corpus, vectors, clustering) = input(rows);
    let input = QuoteInput {
        corpus: &corpus,
        vectors: &vectors,
        clustering: &clustering,
        names,
        may_be_quoted: may,
        n_quotes,
    };
    pick_quotes(input)
}

fn segments(quotes: &[ThemeQuote]) -> Vec<usize> {
    quotes.iter().map(|quote| quote.segment).collect()
}

const ROWS: [(&str, f32, usize, usize); 6] = [
    ("The pay should reflect the work.", 0.0, 0, 1),
    ("Our pay should reflect the work.", 1.0, 0, 2),
    ("Better salaries would keep people.", 28.0, 0, 3),
    ("and the pay is poor", -28.0, 0, 4),
    ("More time with patients would help.", 90.0, 1, 1),
    ("Longer appointments are needed.", 62.0, 1, 5),
];

#[test]
fn near_duplicates_are_not_quoted_together() {
    let found = quotes(&ROWS, 5, &|_| true);
    let segments = segments(&found[0]);
    assert!(!(segments.contains(&0) && segments.contains(&1)), "{segments:?}");
}

#[test]
fn the_last_of_several_shows_the_spread_and_a_single_one_the_centre() {
    let several = quotes(&ROWS, 2, &|_| true);
    assert_eq!(several[0].iter().map(|quote| quote.shows_spread).collect::<Vec<_>>(), [false, true]);
    assert_eq!(several[0].last().map(|quote| quote.segment), Some(2), "not the one that begins with `and`");
    let single = quotes(&ROWS, 1, &|_| true);
    assert_eq!(single[0].len(), 1);
    assert!(!single[0][0].shows_spread);
}

#[test]
fn quotes_of_few_words_stand_behind_the_others_but_before_the_one_that_shows_the_spread() {
    let rows = [
        ("The reward", 0.0, 0, 1),
        ("Their kindness is what rewards me.", 28.0, 0, 2),
        ("It was a long day in the end.", -34.0, 0, 3),
        ("More time with patients would help.", 90.0, 1, 4),
    ];
    let order = |n_quotes| {
        let found = quotes(&rows, n_quotes, &|_| true);
        found[0].iter().map(|quote| (quote.segment, quote.shows_spread)).collect::<Vec<_>>()
    };
    assert_eq!(order(1), [(0, false)]);
    assert_eq!(order(3), [(1, false), (0, false), (2, true)]);
    assert_eq!(order(5), order(3), "the one chosen last shows the spread of three texts too");
    let without_third = quotes(&rows, 5, &|segment| segment != 2);
    let last = without_third[0].last().map(|quote| (quote.segment, quote.shows_spread));
    assert_eq!(last, Some((1, true)), "not the shortest");
}

#[test]
fn a_quote_in_capitals_stands_behind_those_that_are_not() {
    let shown = |nearest| {
        let rows = [
            (nearest, 0.0, 0, 1),
            ("It is a reward to meet people.", 28.0, 0, 2),
            ("Each of them thanks us in the end.", -28.0, 0, 3),
            ("More time with patients would help.", 90.0, 1, 4),
        ];
        segments(&quotes(&rows, 3, &|_| true)[0])
    };
    assert_eq!(shown("The reward is in the people.")[0], 0);
    assert_eq!(shown("THE REWARD IS IN THE PEOPLE.")[1], 0, "before the one that shows the spread");
}

#[test]
fn the_spread_is_shown_by_one_that_says_the_name_where_there_is_one() {
    let rows = [
        ("The reward is in the people.", 0.0, 0, 1),
        ("We are rewarded by what they say.", -30.0, 0, 2),
        ("Days are long in winter here.", 34.0, 0, 3),
        ("More time with patients would help.", 90.0, 1, 4),
    ];
    let shown = |may: &dyn Fn(usize) -> bool| segments(&quotes(&rows, 2, may)[0]);
    assert_eq!(shown(&|_| true), [0, 1], "the third is further away");
    assert_eq!(shown(&|segment| segment != 1), [0, 2]);
}

#[test]
fn nobody_is_quoted_who_may_not_be() {
    let found = quotes(&ROWS, 5, &|segment| segment != 0);
    assert!(found.iter().flatten().all(|quote| quote.segment != 0));
    assert!(quotes(&ROWS, 5, &|_| false).iter().all(Vec::is_empty));
    assert!(quotes(&ROWS, 0, &|_| true).iter().all(Vec::is_empty));
}

#[test]
fn of_two_as_near_the_one_that_says_the_name_comes_first() {
    let rows = [
        ("They never answer the telephone.", 10.0, 0, 1),
        ("Nobody was ever rewarded for it.", -10.0, 0, 2),
        ("Days are long in winter.", 0.0, 0, 3),
        ("More hours with each of them.", 90.0, 1, 4),
    ];
    let found = quotes(&rows, 3, &|_| true);
    assert_eq!(found[0][0].segment, 1);
}

#[test]
fn a_nearer_quote_that_does_not_say_the_name_is_chosen_first_and_shown_behind() {
    let rows = [
        ("They never answer the telephone.", 0.0, 0, 1),
        ("It is dark in the evenings.", 1.0, 0, 2),
        ("Days are long in winter.", -1.0, 0, 3),
        ("Nobody was ever rewarded for any of it.", 44.0, 0, 4),
        ("Some of it is far from here.", -44.0, 0, 5),
        ("More hours with each of them.", 90.0, 1, 6),
    ];
    let shown = |n| segments(&quotes(&rows, n, &|_| true)[0]);
    assert_eq!(shown(1), [2]);
    assert_eq!(shown(3), [3, 2, 4]);
}

#[test]
fn the_first_quote_says_most_of_the_name() {
    let rows = [
        ("A reward is what we wait for.", 0.0, 0, 1),
        ("A reward and kindness are what we wait for.", 28.0, 0, 2),
        ("Days are long in winter here.", -28.0, 0, 3),
        ("More time with patients would help.", 90.0, 1, 4),
    ];
    let first = |name| segments(&quotes_named(&[name, "Time"], &rows, 3, &|_| true)[0])[0];
    assert_eq!(first("Reward"), 0);
    assert_eq!(first("Reward and kindness"), 1, "half is not most");
}

#[test]
fn a_quote_of_two_topics_stands_behind_those_of_one() {
    let rows = [
        ("Rewards and parking are what I think of.", 0.0, 0, 1),
        ("It is a reward to meet people.", 28.0, 0, 2),
        ("Each of them rewards us in the end.", -28.0, 0, 3),
        ("The parking is full by eight.", 90.0, 1, 4),
        ("They should look into the parking.", 88.0, 1, 5),
    ];
    let shown = |n| segments(&quotes(&rows, n, &|_| true)[0]);
    assert_ne!(shown(3)[0], 0, "though it is the nearest");
    assert!(shown(3).contains(&0));
}

#[test]
fn a_respondent_is_quoted_once_per_theme() {
    let rows = [
        ("The pay should reflect the work.", 0.0, 0, 1),
        ("Better salaries would keep people.", 28.0, 0, 1),
        ("Fair wages matter.", -28.0, 0, 2),
        ("More time with patients.", 90.0, 1, 3),
    ];
    let found = quotes(&rows, 5, &|_| true);
    let segments = segments(&found[0]);
    assert_eq!(segments.len(), 2, "{segments:?}");
    assert!(segments.contains(&2));
}

proptest! {
    #[test]
    fn quotes_of_a_theme_are_its_own_and_apart(angles in prop::collection::vec((-60.0f32..150.0, 0usize..8), 1..30), n in 0usize..7) {
        let texts: Vec<String> = (0..angles.len()).map(|i| format!("Comment number {i} about something.")).collect();
        let rows: Vec<_> = angles.iter().zip(&texts).map(|((a, r), t)| (t.as_str(), *a, usize::from(*a > 45.0), *r)).collect();
        let (corpus, vectors, clustering) = input(&rows);
        let input = QuoteInput { corpus: &corpus, vectors: &vectors, clustering: &clustering, names: &["Numbers", "Something"], may_be_quoted: &|_| true, n_quotes: n };
        for (theme, quotes) in pick_quotes(input).iter().enumerate() {
            prop_assert!(quotes.len() <= n);
            prop_assert_eq!(quotes.iter().any(|q| q.shows_spread), quotes.len() > 1);
            let respondents: BTreeSet<usize> = quotes.iter().map(|q| corpus.segments[q.segment].respondent).collect();
            prop_assert_eq!(respondents.len(), quotes.len());
            for (i, a) in quotes.iter().enumerate() {
                let text = corpus.segments[a.segment].text;
                prop_assert_eq!(clustering.assignments[text].theme, Some(theme));
                for b in &quotes[i + 1..] {
                    prop_assert!(cosine(&vectors, text, corpus.segments[b.segment].text) < NEAR_DUPLICATE);
                }
            }
        }
    }
}
