//! How many answers a second one process, one executor and two executors give themes to, on one thread each: the answers of the bundled
//! survey of 2023 with the themes of 2022's run, so that the model has work to do. Turns alternate; the median of each is printed.
//!
//! `cargo bench -p verbatim-cluster`, with `TURNS=5` for more turns than 3.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a benchmark prints, and has its helpers from the tests"
)]

#[path = "../tests/support.rs"]
mod support;

use std::time::Instant;
use support::{Cluster, Place, Table, succeeded};

/// Times that the survey is in the input, under other ids: so long that starting does not count.
const COPIES: usize = 4;

fn main() {
    let turns: usize = std::env::var("TURNS").map_or(3, |turns| turns.parse().unwrap());
    let mut table = Table::survey(2023);
    let answers = table.rows.iter().flat_map(|row| &row[row.len() - 2..]);
    let answers = COPIES * answers.filter(|answer| !answer.trim().is_empty()).count();
    let rows = table.rows.clone();
    for copy in 1..COPIES {
        // Another word at the end makes another text, which the model has to read.
        table.rows.extend(rows.iter().map(|row| {
            let n = row.len();
            let cell = |(i, cell): (usize, &String)| {
                if i + 2 < n || cell.is_empty() { cell.clone() } else { format!("{cell} {copy}") }
            };
            row.iter().enumerate().map(cell).collect()
        }));
    }
    println!("{answers} answers in {} rows", table.rows.len());
    let place = Place::with_parts(&table, table.rows.len().div_ceil(16));
    let mut seconds = [const { Vec::new() }; 3];
    for turn in 0..turns {
        let alone = Instant::now();
        succeeded(&mut place.assign(2022, &format!("alone-{turn}"), &["--threads", "1"]));
        seconds[0].push(alone.elapsed().as_secs_f64());
        for executors in [1, 2] {
            let cluster = Cluster::start(2022, executors);
            let out = format!("executors-{executors}-{turn}");
            let begun = Instant::now();
            succeeded(&mut place.assign(2022, &out, &["--scheduler", &cluster.address]));
            seconds[executors].push(begun.elapsed().as_secs_f64());
        }
    }
    for (what, mut seconds) in ["one process", "one executor", "two executors"].into_iter().zip(seconds) {
        seconds.sort_by(f64::total_cmp);
        let median = seconds[seconds.len() / 2];
        println!("{what}: {median:.1} s, {:.0} answers a second", answers as f64 / median);
    }
}
