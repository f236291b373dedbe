//! The documents are true: what they link to is there, and what they tell the reader to type works.

mod commands;
mod links;

use std::path::{Path, PathBuf};

/// A document of the project.
struct Page {
    path: PathBuf,
    /// Its Markdown; of a notebook the Markdown cells.
    text: String,
}

impl Page {
    fn read(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let text = fs_err::read_to_string(&path).unwrap();
        let text =
            if path.extension().is_some_and(|end| end == "ipynb") { markdown_cells(&text) } else { text };
        Self { path, text }
    }

    /// Fenced blocks: the word after the fence, and the lines, less the indent of the fence.
    fn blocks(&self) -> Vec<(String, Vec<String>)> {
        let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
        let mut indent = None;
        for line in self.text.lines() {
            let fence = line.trim_start().strip_prefix("```");
            match (indent, fence) {
                (None, Some(kind)) => {
                    indent = Some(line.len() - line.trim_start().len());
                    blocks.push((kind.trim().into(), Vec::new()));
                }
                (Some(_), Some(_)) => indent = None,
                (Some(width), None) => {
                    let inside = line.get(width..).unwrap_or(line.trim_start());
                    blocks.last_mut().unwrap().1.push(inside.into());
                }
                (None, None) => {}
            }
        }
        assert!(indent.is_none(), "{} ends inside a block", self.path.display());
        blocks
    }

    /// The lines outside fenced blocks.
    fn prose(&self) -> impl Iterator<Item = &str> {
        let mut inside = false;
        self.text.lines().filter(move |line| {
            let fence = line.trim_start().starts_with("```");
            inside ^= fence;
            !inside && !fence
        })
    }

    /// What stands between backticks in the prose.
    fn code(&self) -> Vec<String> {
        self.prose().flat_map(|line| line.split('`').skip(1).step_by(2)).map(Into::into).collect()
    }
}

/// Every document, those with commands that build upon each other in the order in which they are read.
fn pages() -> Vec<Page> {
    let mut paths: Vec<PathBuf> =
        ["README.md", "docs/own-survey.md", "docs/next-year.md", "docs/quotes.md", "docs/codebook.md"]
            .map(Into::into)
            .into();
    for folder in [".", "docs", "models", "data/splw", "notebooks"] {
        let mut others: Vec<PathBuf> = fs_err::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| path.strip_prefix(".").map(Path::to_owned).unwrap_or(path))
            .filter(|path| path.extension().is_some_and(|end| end == "md" || end == "ipynb"))
            .filter(|path| !paths.contains(path))
            .collect();
        others.sort();
        paths.extend(others);
    }
    paths.into_iter().map(Page::read).collect()
}

fn markdown_cells(notebook: &str) -> String {
    let notebook: serde_json::Value = serde_json::from_str(notebook).unwrap();
    let cells = notebook["cells"].as_array().unwrap().iter();
    let lines = cells.filter(|cell| cell["cell_type"] == "markdown").flat_map(|cell| {
        match &cell["source"] {
            serde_json::Value::Array(lines) => lines.clone(),
            text => vec![text.clone()],
        }
        .into_iter()
        .map(|line| line.as_str().unwrap().to_owned())
        .chain(["\n\n".into()])
    });
    lines.collect()
}
