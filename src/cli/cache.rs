//! The folder where vectors are kept between runs.

use super::exit::Complaint;
use etcetera::BaseStrategy;
use std::path::PathBuf;

/// `verbatim/vectors` in the user's cache folder.
pub(crate) fn folder() -> anyhow::Result<PathBuf> {
    let user = etcetera::choose_base_strategy().map_err(|error| {
        Complaint::new(format!("the user's cache folder cannot be told: {error}"))
            .with_hint("keep no vectors with `--no-cache`")
    })?;
    Ok(user.cache_dir().join("verbatim").join("vectors"))
}
