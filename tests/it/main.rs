//! All integration tests, in one binary.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a helper of a test may fail as the test does")]

mod support;

mod bad_input;
mod canary;
mod disclosure;
mod docs;
mod embedding;
mod export;
mod faults;
mod few;
mod fuzz;
mod hostile_run;
mod layering;
mod motion;
mod namer;
mod redact_generated;
mod review;
mod sample;
#[cfg(feature = "rust-bert")]
mod second_engine;
mod settings;
mod survey_data;
mod survey_run;
mod years;
