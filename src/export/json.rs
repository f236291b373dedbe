//! `themes.json`: the [`Report`](crate::types::Report) itself, two spaces to a level, fields in the order of the type, a line
//! feed at the end.

use super::run::Run;
use serde::Serialize;
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    pretty(run.report, out)
}

pub(super) fn pretty<T: Serialize>(value: &T, out: &mut (dyn Write + Send)) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
