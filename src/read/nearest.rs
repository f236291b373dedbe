/// The candidate that `wanted` was probably meant to be: the nearest by edit distance, within a third of its length,
/// letter case ignored. The first of equals.
pub(super) fn nearest<'a>(wanted: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = lower(wanted);
    let furthest = (wanted.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &lower(candidate)), candidate))
        .filter(|(distance, _)| *distance <= furthest)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Lower-case characters; 200 are enough to tell two columns apart and bound the work.
fn lower(text: &str) -> Vec<char> {
    text.chars().flat_map(char::to_lowercase).take(200).collect()
}

/// Least number of insertions, deletions and substitutions (Levenshtein 1966).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, y) in row.iter_mut().skip(1).zip(b) {
            let here = (diagonal + usize::from(x != y)).min(left + 1).min(*cell + 1);
            diagonal = *cell;
            *cell = here;
            left = here;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distance_counts_edits() {
        let d = |a: &str, b: &str| distance(&lower(a), &lower(b));
        assert_eq!(d("kitten", "sitting"), 3);
        assert_eq!(d("", "abc"), 3);
        assert_eq!(d("abc", ""), 3);
        assert_eq!(d("Same", "same"), 0);
    }

    #[test]
    fn only_a_near_name_is_suggested() {
        assert_eq!(nearest("coment", ["id", "year", "comment"]), Some("comment"));
        assert_eq!(nearest("coment", ["id", "year"]), None);
    }
}
