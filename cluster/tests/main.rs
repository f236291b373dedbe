//! The program on the bundled surveys: in one process, and as a cluster on this machine's loopback with executors and the scheduler
//! killed. Every wait has an end.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail as the test does")]

mod cluster;
mod documents;
mod encrypted;
mod one_process;
mod support;
