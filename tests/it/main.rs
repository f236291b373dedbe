//! All integration tests, in one binary.

mod support;

mod bad_input;
mod layering;
mod export;
mod survey_data;
