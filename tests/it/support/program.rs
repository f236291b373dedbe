//! Runs of the program in folders of their own.

use assert_cmd::Command;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use tempfile::TempDir;

/// The bundled survey.
pub(crate) const SURVEY_2023: &str = "data/splw/survey-2023.toml";

/// A folder that is deleted at the end of the test, with a cache of its own.
pub(crate) struct Workplace {
    folder: TempDir,
}

impl Workplace {
    pub(crate) fn new() -> Self {
        Self { folder: TempDir::new().unwrap() }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(&path, content).unwrap();
        path
    }

    /// The program, run from the project's folder, its cache in this folder.
    pub(crate) fn verbatim(&self) -> Command {
        let mut command = Command::cargo_bin("verbatim").unwrap();
        command.env("XDG_CACHE_HOME", self.path("cache")).env("NO_COLOR", "1").env_remove("VERBATIM_CACHE");
        command
    }

    /// Runs the program on `input`; the run is in the returned folder.
    pub(crate) fn run(&self, input: impl AsRef<Path>, name: &str, options: &[&str]) -> Run {
        let folder = self.path(name);
        self.verbatim()
            .arg("run")
            .arg(input.as_ref())
            .args(options)
            .arg("--out")
            .arg(&folder)
            .assert()
            .success();
        Run { folder }
    }
}

/// A finished run.
pub(crate) struct Run {
    pub(crate) folder: PathBuf,
}

impl Run {
    pub(crate) fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs_err::read(self.folder.join(name)).unwrap()).unwrap()
    }

    /// Rows of a CSV as maps from column to cell.
    pub(crate) fn rows(&self, name: &str) -> Vec<BTreeMap<String, String>> {
        rows(&self.folder.join(name))
    }

    /// Every file with its bytes, by name; folders left out.
    pub(crate) fn bytes(&self) -> BTreeMap<String, Vec<u8>> {
        fs_err::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_file())
            .map(|entry| {
                (entry.file_name().to_string_lossy().into_owned(), fs_err::read(entry.path()).unwrap())
            })
            .collect()
    }
}

/// Rows of a CSV as maps from column to cell.
pub(crate) fn rows(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// The bundled survey of 2023, run once for all tests that only look at it.
pub(crate) fn survey_run() -> &'static (Workplace, Run) {
    static RUN: OnceLock<(Workplace, Run)> = OnceLock::new();
    RUN.get_or_init(|| {
        let place = Workplace::new();
        let run = place.run(SURVEY_2023, "survey", &["--quiet"]);
        (place, run)
    })
}
