//! Workbooks by the Government Analysis Function's rules for accessible spreadsheets: a cover, a contents list and notes, then
//! one real table a sheet with its title in A1, no merged cell, no blank row in a table, the header frozen and repeated in print.
//!
//! Every text is written as a string, so that no cell is a formula. A sheet holds at most [`ROWS`] rows; where there are more, the
//! cover and the sheet say so and name the CSV file that holds them all.

mod book;
mod coded;
mod quotes;
mod tables;

pub(super) use book::{Book, Cell, Choices, Column, Sheet};
pub(super) use coded::write as write_coded;
pub(super) use quotes::write as write_quotes;
pub(super) use tables::write as write_tables;

/// Rows of a sheet at most: a tenth of what the format allows, and about what Excel opens and sorts without a wait.
pub(super) const ROWS: usize = 100_000;
