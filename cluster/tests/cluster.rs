//! Several processes: the same bytes as one, also where some of them die.

use crate::support::{Cluster, Node, Place, Table, ended, output_of, refused, succeeded, wait_until};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Output;
use std::sync::OnceLock;

/// Answers of one year with the themes of the year before, so that the model has work to do.
const RUN: u32 = 2022;
const PARTS: usize = 10;
const ROWS: usize = 300;

fn place() -> Place {
    let mut table = Table::survey(2023);
    table.rows.truncate(ROWS);
    Place::with_parts(&table, ROWS / PARTS)
}

/// Every file that one process writes.
fn of_one_process() -> &'static BTreeMap<PathBuf, Vec<u8>> {
    static FILES: OnceLock<BTreeMap<PathBuf, Vec<u8>>> = OnceLock::new();
    FILES.get_or_init(|| {
        let place = place();
        succeeded(&mut place.assign(RUN, "out", &["--text"]));
        place.files("out")
    })
}

fn assign_on(place: &Place, cluster: &Cluster) -> std::process::Command {
    place.assign(RUN, "out", &["--text", "--scheduler", &cluster.address])
}

/// A job of which at least `done` parts are finished and some are not. On a busy machine the moment may pass unseen: it is begun again.
fn at_work(place: &Place, cluster: &Cluster, done: usize) -> Node {
    for _ in 0..5 {
        let mut assign = Node::start(&mut assign_on(place, cluster));
        wait_until("parts are done", || place.finished_parts("out") >= done || !assign.is_running());
        if assign.is_running() && place.finished_parts("out") < PARTS - 2 {
            return assign;
        }
        let output = output_of(assign);
        assert!(output.status.success(), "{}", said(&output));
        fs_err::remove_dir_all(place.path("out")).unwrap();
    }
    panic!("five jobs ended before they were seen at work");
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn two_executors_write_the_bytes_that_one_process_writes() {
    let expected = of_one_process();
    let (place, cluster) = (place(), Cluster::start(RUN, 2));
    let said = succeeded(&mut assign_on(&place, &cluster));
    assert!(said.contains("all 10 parts: 300 rows in = 300 out + 0 rejected"), "{said}");
    let files = place.files("out");
    assert_eq!(files.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, bytes) in &files {
        assert!(bytes == &expected[path], "{} differs", path.display());
    }
}

#[test]
fn case_58_an_executor_killed_at_work_is_replaced_by_the_other() {
    let expected = of_one_process();
    let (place, mut cluster) = (place(), Cluster::start(RUN, 2));
    let assign = at_work(&place, &cluster, 1);
    cluster.executors.remove(0).kill();
    let output = output_of(assign);
    assert!(output.status.success(), "{}", said(&output));
    assert!(place.files("out") == *expected);
}

#[test]
fn after_the_schedulers_death_a_second_call_does_what_is_missing() {
    let expected = of_one_process();
    let (place, cluster) = (place(), Cluster::start(RUN, 2));
    let assign = at_work(&place, &cluster, 2);
    let Cluster { scheduler, executors, .. } = cluster;
    scheduler.kill();
    let output = output_of(assign);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    drop(executors);
    let done = place.finished_parts("out");
    assert!((2..PARTS).contains(&done), "{done}");
    assert!(!place.path("out/counts").exists(), "what is not whole is not counted");

    let cluster = Cluster::start(RUN, 1);
    let said = succeeded(&mut assign_on(&place, &cluster));
    assert!(said.starts_with(&format!("{done} of {PARTS} parts are there already\n")), "{said}");
    assert!(place.files("out") == *expected);
}

#[test]
fn an_executor_of_another_run_refuses_and_nobody_listening_is_told() {
    let (place, cluster) = (place(), Cluster::start(2023, 1));
    let said = refused(&mut assign_on(&place, &cluster));
    assert!(said.contains("this executor was started with another run, survey file or version"), "{said}");
    assert_eq!(place.finished_parts("out"), 0);
    let address = cluster.address.clone();
    drop(cluster);
    let said = refused(&mut place.assign(RUN, "out", &["--scheduler", &address]));
    assert!(said.contains(&format!("No scheduler answers at `{address}`")), "{said}");
    let output = ended(&mut place.assign(RUN, "out", &["--scheduler", &address, "--threads", "1"]));
    assert_eq!(output.status.code(), Some(2), "threads are the executors' affair");
}
