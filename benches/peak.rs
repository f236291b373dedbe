//! What one core can do at most: 32-bit multiply-and-adds that wait for no memory, `cargo bench --bench peak`.
//!
//! `scripts/share-of-peak.py` sets the model's matrix products beside it.

#![allow(clippy::print_stdout, reason = "its figure is for the terminal")]

use rten_simd::ops::{BitOps, NumOps};
use rten_simd::{Isa, SimdOp};
use std::hint::black_box;
use std::time::Instant;

/// Sums kept side by side: more than a processor has multiply-and-adds under way.
const SUMS: usize = 12;
const ROUNDS: u64 = 50_000_000;

struct MultiplyAdd;

impl SimdOp for MultiplyAdd {
    /// Floating-point operations done.
    type Output = f64;

    #[allow(
        clippy::inline_always,
        reason = "only inside the caller may the processor's instructions be used"
    )]
    #[inline(always)]
    fn eval<I: Isa>(self, isa: I) -> f64 {
        let ops = isa.f32();
        let (factor, summand) = (ops.splat(black_box(0.999)), ops.splat(black_box(0.001)));
        let mut sums = [ops.splat(1.0); SUMS];
        for _ in 0..ROUNDS {
            for sum in &mut sums {
                *sum = ops.mul_add(*sum, factor, summand);
            }
        }
        black_box(sums.map(|sum| ops.sum(sum)));
        2.0 * (ROUNDS * (SUMS * ops.len()) as u64) as f64
    }
}

fn main() {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            let done = MultiplyAdd.dispatch();
            done / start.elapsed().as_secs_f64() / 1e9
        })
        .fold(0.0, f64::max);
    println!("one core: at most {best:.0} billion floating-point operations a second");
}
