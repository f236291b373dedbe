//! Makes the invented survey in `data/splw/` again: `cargo run --example generate_survey`.
//!
//! What is planted stands in `data/splw/planted-shares.toml`, the wordings in `data/splw/phrases/`. The same
//! files give the same survey on every machine: all draws come from a seeded generator and use whole numbers.

mod make;

use std::path::Path;

fn main() -> Result<(), make::MakeError> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/splw");
    for (name, content) in make::make_survey(&folder)? {
        fs_err::write(folder.join(name), content)?;
    }
    Ok(())
}
