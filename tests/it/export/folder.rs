//! A run's folder is whole: the old run or the new one.

use crate::support::report::fixture;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use verbatim::Hint;
use verbatim::export::{ExportError, export_run};

pub(crate) fn read_all(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    entries
        .map(|entry| (entry.file_name().into_string().unwrap(), fs_err::read(entry.path()).unwrap()))
        .collect()
}

/// Names in `folder`, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn two_exports_of_the_same_run_have_the_same_bytes() {
    let dir = tempfile::tempdir().unwrap();
    for name in ["a", "b"] {
        export_run(fixture(200).input(), &dir.path().join(name)).unwrap();
    }
    let (a, b) = (read_all(&dir.path().join("a")), read_all(&dir.path().join("b")));
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, bytes) in &a {
        assert!(bytes == &b[name], "{name} differs");
    }
}

#[test]
fn the_manifest_knows_every_other_file() {
    let dir = tempfile::tempdir().unwrap();
    export_run(fixture(50).input(), &dir.path().join("run")).unwrap();
    let mut files = read_all(&dir.path().join("run"));
    let manifest: serde_json::Value =
        serde_json::from_slice(&files.remove("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["program"], "verbatim");
    assert_eq!(manifest["counts"]["rows"], 50);
    let listed = manifest["files"].as_object().unwrap();
    assert_eq!(listed.keys().collect::<Vec<_>>(), files.keys().collect::<Vec<_>>());
    for (name, bytes) in files {
        let sum = Sha256::digest(&bytes).iter().fold(String::new(), |sum, byte| sum + &format!("{byte:02x}"));
        assert_eq!(listed[&name], sum, "{name}");
    }
}

#[test]
fn an_earlier_run_is_replaced_and_nothing_is_left_beside_it() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    let mut first = fixture(40);
    first.attachments.push(verbatim::export::Attachment { name: "old.txt".into(), content: b"old".into() });
    export_run(first.input(), &folder).unwrap();
    assert!(folder.join("old.txt").exists());
    export_run(fixture(50).input(), &folder).unwrap();
    assert!(!folder.join("old.txt").exists());
    assert_eq!(names(dir.path()), ["run"]);
}

#[test]
fn a_folder_that_is_no_run_is_refused_and_untouched() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("thesis");
    fs_err::create_dir_all(&folder).unwrap();
    fs_err::write(folder.join("chapter-1.txt"), "years of work").unwrap();
    fs_err::write(folder.join("manifest.json"), "{\"program\": \"another\"}").unwrap();
    let error = export_run(fixture(20).input(), &folder).unwrap_err();
    let words = format!("`{}` is there already and is not the folder of a run", folder.display());
    assert_eq!(error.to_string(), words);
    assert!(error.hint().unwrap().contains("--out"));
    assert_eq!(names(&folder), ["chapter-1.txt", "manifest.json"]);
    assert_eq!(names(dir.path()), ["thesis"]);
}

#[test]
fn an_empty_folder_and_one_in_a_new_place_are_taken() {
    let dir = tempfile::tempdir().unwrap();
    let empty = dir.path().join("empty");
    fs_err::create_dir_all(&empty).unwrap();
    export_run(fixture(20).input(), &empty).unwrap();
    export_run(fixture(20).input(), &dir.path().join("a/b c/é")).unwrap();
    assert!(dir.path().join("a/b c/é/manifest.json").exists());
}

#[test]
fn a_file_in_the_way_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("out");
    fs_err::write(&file, "a file").unwrap();
    for folder in [file.clone(), file.join("run")] {
        let error = export_run(fixture(20).input(), &folder).unwrap_err();
        assert!(matches!(error, ExportError::Write { .. }));
        assert_eq!(error.to_string(), format!("Cannot write `{}`", folder.display()));
    }
    assert_eq!(fs_err::read_to_string(&file).unwrap(), "a file");
}

/// An attachment whose name cannot be written stands for a disk that fails in the middle of the run.
#[test]
fn a_failure_in_the_middle_leaves_the_earlier_run_as_it_was() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    export_run(fixture(40).input(), &folder).unwrap();
    let before = read_all(&folder);
    let mut broken = fixture(60);
    broken
        .attachments
        .push(verbatim::export::Attachment { name: "no/such/folder".into(), content: Vec::new() });
    let error = export_run(broken.input(), &folder).unwrap_err();
    assert!(matches!(error, ExportError::Write { .. }));
    assert_eq!(read_all(&folder), before);
    assert_eq!(names(dir.path()), ["run"]);
}

#[test]
fn what_a_killed_run_left_is_mended() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    export_run(fixture(40).input(), &folder).unwrap();
    let before = read_all(&folder);
    // Killed after the old run was moved away, on a system that cannot exchange folders.
    fs_err::rename(&folder, dir.path().join(".run.previous")).unwrap();
    fs_err::create_dir_all(dir.path().join(".run.partial-abc")).unwrap();
    fs_err::write(dir.path().join(".run.lock"), "1").unwrap();
    verbatim::export::check_folder(&folder).unwrap();
    assert_eq!(read_all(&folder), before);
    assert_eq!(names(dir.path()), ["run"]);
}

#[cfg(unix)]
#[test]
fn only_the_owner_may_look_into_a_run() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    export_run(fixture(20).input(), &folder).unwrap();
    assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn what_a_person_did_in_the_folder_is_kept() {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("run");
    export_run(fixture(40).input(), &folder).unwrap();
    fs_err::write(folder.join("quotes.csv"), "edited").unwrap();
    fs_err::write(folder.join("my notes.txt"), "mine").unwrap();
    export_run(fixture(50).input(), &folder).unwrap();
    assert_eq!(names(&folder.join("kept")), ["my notes.txt", "quotes.csv"]);
    assert_eq!(fs_err::read_to_string(folder.join("kept/quotes.csv")).unwrap(), "edited");
    assert_ne!(fs_err::read_to_string(folder.join("quotes.csv")).unwrap(), "edited");

    fs_err::write(folder.join("quotes.csv"), "edited again").unwrap();
    for _ in 0..2 {
        export_run(fixture(50).input(), &folder).unwrap();
        assert_eq!(names(&folder.join("kept")), ["my notes.txt", "quotes-2.csv", "quotes.csv"]);
    }
}
