use super::*;
use ndarray::Array2;
use proptest::prelude::*;

/// `k` heaps of `each` texts around far corners, in turn; every text joined to all others of its heap.
fn heaps(k: usize, each: usize) -> (Vectors, NeighbourGraph) {
    let n = k * each;
    let rows = Array2::from_shape_fn((n, k + 2), |(i, j)| match j {
        j if j == i % k => 1.0,
        j if j == k => 0.02 * (i / k % 5) as f32,
        j if j == k + 1 => 0.01 * (i / k % 7) as f32,
        _ => 0.0,
    });
    let edges = (0..n).map(|i| (0..n).filter(|j| *j != i && j % k == i % k).map(|j| (j, 0.9)).collect());
    (Vectors::from_rows(rows), NeighbourGraph { edges: edges.collect() })
}

fn cluster(vectors: &Vectors, graph: &NeighbourGraph, params: &ClusterParams) -> Clustering {
    let counts = vec![1; vectors.len()];
    cluster_texts(ClusterInput { vectors, smoothed: vectors, graph, counts: &counts, texts: None }, params)
        .unwrap()
}

fn themes(clustering: &Clustering) -> Vec<Option<usize>> {
    clustering.assignments.iter().map(|assignment| assignment.theme).collect()
}

#[test]
fn planted_heaps_are_found_with_their_number_and_are_stable() {
    for k in [2, 3, 5, 8] {
        let (vectors, graph) = heaps(k, 15);
        let params = ClusterParams { min_themes: 2, ..ClusterParams::default() };
        let found = cluster(&vectors, &graph, &params);
        let expected: Vec<_> = (0..k * 15).map(|i| Some(i % k)).collect();
        assert_eq!(themes(&found), expected, "{k} heaps");
        assert!(found.stability.iter().all(|s| s.is_some_and(|s| s.share() > 0.9)), "{:?}", found.stability);
        assert!(found.subs.iter().all(Vec::is_empty), "a heap is of one piece");
    }
}

#[test]
fn fewer_than_three_themes_are_never_chosen_by_default() {
    let (vectors, graph) = heaps(2, 15);
    assert_eq!(cluster(&vectors, &graph, &ClusterParams::default()).n_themes(), 3);
}

#[test]
fn the_number_asked_for_is_the_number_given() {
    let (vectors, graph) = heaps(4, 10);
    for k in [1, 2, 3, 4, 7, 40, 100] {
        let params = ClusterParams { n_themes: Some(k), ..ClusterParams::default() };
        let found = cluster(&vectors, &graph, &params);
        // Texts of a heap repeat every 35, so 40 texts hold no two alike.
        assert_eq!(found.n_themes(), k.min(40), "{k} asked for");
        assert_eq!(found.stability.len(), found.n_themes());
    }
}

#[test]
fn the_largest_theme_comes_first_and_counts_count() {
    let (vectors, graph) = heaps(3, 12);
    let counts: Vec<usize> = (0..36).map(|i| [1, 5, 2][i % 3]).collect();
    let input =
        ClusterInput { vectors: &vectors, smoothed: &vectors, graph: &graph, counts: &counts, texts: None };
    let found = cluster_texts(input, &ClusterParams::default()).unwrap();
    assert_eq!(themes(&found)[..3], [Some(2), Some(0), Some(1)]);
}

#[test]
fn no_text_one_text_and_texts_without_meaning_do_not_break_it() {
    let params = ClusterParams::default();
    let none = cluster(&Vectors::from_rows(Array2::zeros((0, 4))), &NeighbourGraph::default(), &params);
    assert_eq!((none.n_themes(), none.assignments.len()), (0, 0));
    for n in 1..6 {
        let alike = Vectors::from_rows(Array2::ones((n, 4)));
        let graph = NeighbourGraph { edges: vec![Vec::new(); n] };
        let found = cluster(&alike, &graph, &params);
        assert_eq!(themes(&found), vec![Some(0); n], "{n} equal texts are one theme");
    }
    let zeros = Vectors::from_rows(Array2::zeros((5, 4)));
    let found = cluster(&zeros, &NeighbourGraph { edges: vec![Vec::new(); 5] }, &params);
    assert_eq!((found.n_themes(), themes(&found)), (0, vec![None; 5]));
}

/// Six heaps of 20 texts around three corners, two near each corner: text `i` is of heap `i % 6` and corner `i % 3`.
fn pairs_of_heaps() -> (Vectors, NeighbourGraph) {
    let n = 6 * 20;
    let rows = Array2::from_shape_fn((n, 10), |(i, j)| match j {
        j if j == i % 3 => 1.0,
        j if j == 3 + i % 6 => 0.35,
        9 => 0.01 * (i / 6 % 7) as f32,
        _ => 0.0,
    });
    let edges = (0..n).map(|i| {
        let weight = |j: usize| if j % 6 == i % 6 { 0.9 } else { 0.15 };
        (0..n).filter(|j| *j != i && j % 3 == i % 3).map(|j| (j, weight(j))).collect()
    });
    (Vectors::from_rows(rows), NeighbourGraph { edges: edges.collect() })
}

#[test]
fn a_theme_of_two_pieces_has_two_parts() {
    let (vectors, graph) = pairs_of_heaps();
    let params = ClusterParams { n_themes: Some(3), ..ClusterParams::default() };
    let found = cluster(&vectors, &graph, &params);
    for (theme, parts) in found.subs.iter().enumerate() {
        assert_eq!(parts.iter().map(|part| part.texts.len()).collect::<Vec<_>>(), [20, 20], "theme {theme}");
        assert!(parts.iter().all(|part| part.texts.iter().all(|t| t % 6 == part.texts[0] % 6)));
    }
}

#[test]
fn coarse_themes_are_corners_and_fine_ones_are_heaps() {
    let (vectors, graph) = pairs_of_heaps();
    let found = |granularity| {
        cluster(&vectors, &graph, &ClusterParams { granularity, ..ClusterParams::default() }).n_themes()
    };
    assert_eq!((found(Granularity::Coarse), found(Granularity::Fine)), (3, 6));
}

#[test]
fn one_thread_and_four_give_the_same_bits() {
    let (vectors, graph) = heaps(5, 60);
    let noisy = Vectors::from_rows(Array2::from_shape_fn(vectors.view().raw_dim(), |(i, j)| {
        vectors.view()[[i, j]] + ((i * 31 + j * 17) % 97) as f32 / 200.0
    }));
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| cluster(&noisy, &graph, &ClusterParams::default()))
    };
    assert_eq!(run(1), run(4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn every_text_has_one_place_whatever_the_vectors(
        rows in proptest::collection::vec(proptest::array::uniform4(-1.0_f32..1.0), 0..40),
        wanted in proptest::option::of(0_usize..50),
        seed in 0_u64..5,
    ) {
        let n = rows.len();
        let vectors = Vectors::from_rows(Array2::from_shape_fn((n, 4), |(i, j)| rows[i][j]));
        let edges = (0..n).map(|i| (0..n).filter(|j| *j != i).map(|j| (j, 0.5)).collect()).collect();
        let params = ClusterParams { n_themes: wanted, seed, ..ClusterParams::default() };
        let found = cluster(&vectors, &NeighbourGraph { edges }, &params);
        prop_assert_eq!(found.assignments.len(), n);
        prop_assert_eq!(found.stability.len(), found.n_themes());
        prop_assert_eq!(found.subs.len(), found.n_themes());
        for assignment in &found.assignments {
            prop_assert!(assignment.theme.is_none_or(|theme| theme < found.n_themes()));
            prop_assert!(assignment.second.is_none_or(|second| Some(second) != assignment.theme));
            prop_assert!(assignment.similarity.is_finite() && assignment.margin >= 0.0);
        }
    }
}
