//! One program for every entrance: `VERBATIM_ENTRANCE` names the one that is given the bytes.
//!
//! A finding is a panic, an overflow, a run without end, or memory over the limit that `scripts/fuzz.sh` sets.

#![no_main]

mod entrance;
mod workbook;

use entrance::Entrance;
use libfuzzer_sys::{fuzz_mutator, fuzz_target};
use std::panic;
use std::sync::OnceLock;
use verbatim::panics::is_caught;

static ENTRANCE: OnceLock<Entrance> = OnceLock::new();

fn entrance() -> &'static Entrance {
    ENTRANCE.get_or_init(|| {
        let abort = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // The library catches these and makes errors of them; one that it does not catch still ends the fuzzing.
            if !is_caught(info) {
                abort(info);
            }
        }));
        Entrance::from_environment()
    })
}

fuzz_target!(|bytes: &[u8]| entrance().give(bytes));

// Bytes of a workbook are compressed and summed; changed as they are, they would hardly ever get past the archive.
fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if entrance().takes_workbooks() && seed % 8 != 0 {
        if let Some(changed) = workbook::changed(&data[..size], max_size, seed) {
            data[..changed.len()].copy_from_slice(&changed);
            return changed.len();
        }
    }
    libfuzzer_sys::fuzzer_mutate(data, size, max_size)
});
