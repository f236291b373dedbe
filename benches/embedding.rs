//! Speed of the default engine: `cargo bench --bench embedding`.
//!
//! On the texts of the file that `VERBATIM_TEXTS` names, one a line, else on the answers of the bundled survey.
// A benchmark that cannot read its texts has nothing to go on with.
#![allow(clippy::unwrap_used)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use std::path::Path;
use std::time::Duration;
use verbatim::embed::{Embedder, RtenEmbedder};

fn texts() -> Vec<String> {
    match std::env::var("VERBATIM_TEXTS") {
        Ok(file) => fs_err::read_to_string(file).unwrap().lines().map(str::to_owned).collect(),
        Err(_) => survey_answers(),
    }
}

fn survey_answers() -> Vec<String> {
    let mut rows = csv::Reader::from_path("data/splw/responses-2023.csv").unwrap();
    let columns: Vec<usize> = (rows.headers().unwrap().iter().enumerate())
        .filter(|(_, name)| ["enjoy_most", "would_change"].contains(name))
        .map(|(column, _)| column)
        .collect();
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    rows.iter().flat_map(|row| columns.iter().map(|&column| row[column].to_owned())).collect()
}

fn embedding(criterion: &mut Criterion) {
    let model = RtenEmbedder::load(Path::new("models/all-MiniLM-L6-v2")).unwrap();
    let texts = texts();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let mut group = criterion.benchmark_group("embed");
    group
        .sample_size(10)
        .measurement_time(Duration::from_secs(20))
        .throughput(Throughput::Elements(texts.len() as u64));
    for threads in [1, std::thread::available_parallelism().map_or(1, usize::from)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        group.bench_function(format!("rten/{threads} threads/{} texts", texts.len()), |bencher| {
            bencher.iter(|| pool.install(|| model.embed(&texts, &|_| ()).unwrap()));
        });
    }
    group.finish();
}

criterion_group!(benches, embedding);
criterion_main!(benches);
