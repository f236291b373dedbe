//! All integration tests, in one binary.

mod survey_data;
