use std::path::Path;
use verbatim::Error;
use verbatim::codebook::{CodebookError, codebook_toml, exemplar_bytes, read_codebook, read_exemplars};
use verbatim::export::Attachment;
use verbatim::pipeline::{KnownThemes, RunOutput};

/// Name of the codebook in the folder of a run.
pub(super) const CODEBOOK: &str = "codebook.toml";
/// Name of the vectors beside it.
const VECTORS: &str = "codebook-vectors.parquet";

/// The themes to continue: those of `codebook`, or of the previous run's folder.
pub(super) fn known_themes(
    codebook: Option<&Path>,
    previous: Option<&Path>,
) -> Result<Option<KnownThemes>, Error> {
    let path = match (codebook, previous) {
        (Some(path), _) => path.to_owned(),
        (None, Some(folder)) => folder.join(CODEBOOK),
        (None, None) => return Ok(None),
    };
    let codebook = read_codebook(&path)?;
    let vectors = path.with_file_name(VECTORS);
    // A codebook without themes has no vectors to go by.
    let is_empty = codebook.themes.is_empty() && !vectors.exists();
    let exemplars = if is_empty { Vec::new() } else { read_exemplars(&vectors)? };
    Ok(Some(KnownThemes { codebook, exemplars }))
}

/// The codebook after a run, for its folder.
pub(super) fn attachments(output: &RunOutput) -> Result<Vec<Attachment>, CodebookError> {
    Ok(vec![
        Attachment { name: VECTORS.into(), content: exemplar_bytes(&output.exemplars)? },
        Attachment { name: CODEBOOK.into(), content: codebook_toml(&output.codebook)?.into_bytes() },
    ])
}
