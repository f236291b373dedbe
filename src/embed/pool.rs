//! Batches over threads, and vectors of sequences back into vectors of texts.

use super::EmbedError;
use super::batch::Plan;
use crate::types::Vectors;
use ndarray::Array2;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// `work` on every batch, on as many threads as the current rayon pool has, each with a session of its own; results in
/// the order of batches. After a failure no further batch is begun.
///
/// Plain threads, since a rayon worker that waits for a session's own pool would begin another batch meanwhile.
pub(super) fn parallel<S>(
    batches: &[Vec<usize>],
    session: impl Fn() -> S + Sync,
    work: impl Fn(&[usize], &S) -> Result<Vec<f32>, EmbedError> + Sync,
) -> Result<Vec<Vec<f32>>, EmbedError> {
    let next = AtomicUsize::new(0);
    let results = Mutex::new(Vec::with_capacity(batches.len()));
    let worker = || {
        let session = session();
        while let Some((index, batch)) = {
            let index = next.fetch_add(1, Ordering::Relaxed);
            batches.get(index).map(|batch| (index, batch))
        } {
            let result = work(batch, &session);
            if result.is_err() {
                next.store(batches.len(), Ordering::Relaxed);
            }
            results.lock().unwrap_or_else(PoisonError::into_inner).push((index, result));
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..rayon::current_num_threads().min(batches.len()) {
            scope.spawn(worker);
        }
    });
    let mut results = results.into_inner().unwrap_or_else(PoisonError::into_inner);
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// A unit vector per text from the rows of each batch, `(batch, dim)`: that of its window, or the mean of its windows'
/// unit vectors weighted by the ids of the text in each (`own` of a window's length). A text without windows gets zeros.
pub(super) fn average(plan: &Plan, rows: &[Vec<f32>], dim: usize, own: impl Fn(usize) -> usize) -> Vectors {
    let mut of_sequence: Vec<&[f32]> = vec![&[]; plan.sequences.len()];
    for (batch, rows) in plan.batches.iter().zip(rows) {
        for (&sequence, row) in batch.iter().zip(rows.chunks_exact(dim)) {
            of_sequence[sequence] = row;
        }
    }
    let mut vectors = Array2::zeros((plan.windows.len(), dim));
    for (windows, mut vector) in plan.windows.iter().zip(vectors.rows_mut()) {
        let mut sum = vec![0.0_f64; dim];
        for &window in windows {
            let row = of_sequence[window];
            let weight = own(plan.sequences[window].len()) as f64 / length(row.iter().map(|x| f64::from(*x)));
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += weight * f64::from(*x));
        }
        let length = length(sum.iter().copied());
        if length > 0.0 {
            vector.iter_mut().zip(&sum).for_each(|(x, sum)| *x = (sum / length) as f32);
        }
    }
    Vectors::from_rows(vectors)
}

fn length(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.map(|x| x * x).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_count_by_their_length_and_not_by_the_size_of_their_vectors() {
        let plan = Plan {
            sequences: vec![vec![0; 5], vec![0; 3]],
            windows: vec![vec![0, 1], vec![1], vec![]],
            batches: vec![vec![1], vec![0]],
            credit: vec![1, 1],
        };
        let vectors = average(&plan, &[vec![0.0, 100.0], vec![0.25, 0.0]], 2, |length| length - 2);
        let expected = [[3.0 / 10.0_f32.sqrt(), 1.0 / 10.0_f32.sqrt()], [0.0, 1.0], [0.0, 0.0]];
        for (row, expected) in expected.iter().enumerate() {
            for (found, expected) in vectors.row(row).iter().zip(expected) {
                assert!((found - expected).abs() < 1e-6, "row {row}: {vectors:?}");
            }
        }
    }

    #[test]
    fn a_failure_is_that_of_the_first_batch_and_stops_the_rest() {
        let batches: Vec<Vec<usize>> = (0..1000).map(|i| vec![i]).collect();
        let begun = AtomicUsize::new(0);
        let result = parallel(
            &batches,
            || (),
            |batch, ()| {
                begun.fetch_add(1, Ordering::Relaxed);
                let reason = format!("batch {}", batch[0]);
                if batch[0] < 3 {
                    Ok(vec![])
                } else {
                    Err(EmbedError::Engine { engine: "test".into(), reason })
                }
            },
        );
        assert_eq!(result.unwrap_err().to_string(), "the engine `test` failed: batch 3");
        assert!(begun.load(Ordering::Relaxed) < 100);
    }
}
