//! The files of a run, made from a hand-made report.

mod folder;
mod tables;
mod markdown;
mod html;
mod documents;
