//! A whole run on the bundled survey, as a user starts it: `cargo bench --bench run`.
//!
//! Once without a cache and once from cached vectors; the most memory either took is printed (Linux only).

// A benchmark whose run fails has nothing to measure, and its figures are for the terminal.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use criterion::{Criterion, criterion_group, criterion_main};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Runs the survey and returns the peak of its resident memory in MB, where the system tells it.
fn run(folder: &Path, options: &[&str]) -> Option<u64> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_verbatim"));
    command
        .args(["run", "data/splw/survey-2023.toml", "--quiet", "--out"])
        .arg(folder.join("out"))
        .args(options);
    let mut child =
        command.env("XDG_CACHE_HOME", folder.join("cache")).stdout(Stdio::null()).spawn().unwrap();
    let mut peak = None;
    let status = loop {
        peak = peak_of(child.id()).or(peak);
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    assert!(status.success(), "{status}");
    peak
}

fn peak_of(process: u32) -> Option<u64> {
    let status = fs_err::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<u64>().ok()? / 1024)
}

fn whole_run(criterion: &mut Criterion) {
    let folder = std::env::temp_dir().join(format!("verbatim-bench-{}", std::process::id()));
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10).measurement_time(Duration::from_mins(1));
    for (name, options) in [("first", &["--no-cache"][..]), ("cached", &[])] {
        let mut peak = run(&folder, options);
        group.bench_function(name, |bencher| bencher.iter(|| peak = peak.max(run(&folder, options))));
        if let Some(peak) = peak {
            println!("run/{name}: at most {peak} MB");
        }
    }
    group.finish();
    fs_err::remove_dir_all(folder).unwrap();
}

criterion_group!(benches, whole_run);
criterion_main!(benches);
