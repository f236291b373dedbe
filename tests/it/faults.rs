//! The machine misbehaves: the disk fills, folders are read-only, a reader goes away, the clock is wrong, there is no network.

use crate::support::program::Workplace;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const QUESTION: &str = "comment";

/// A survey that takes a second.
fn survey(place: &Workplace, name: &str, n: usize) -> PathBuf {
    let topics = [
        "better pay for the job",
        "more time with each patient",
        "training for our role",
        "a room of our own",
    ];
    let mut text = String::from("id,comment\n");
    for i in 0..n {
        text += &format!("R{i:03},I would like {} in place {i}\n", topics[i % topics.len()]);
    }
    place.write(name, text)
}

/// `shell` runs with the program as `$0`, the survey as `$1` and the output folder as `$2`.
fn sh(place: &Workplace, shell: &str, survey: &Path, out: &Path) -> Output {
    Command::new("sh")
        .args(["-c", shell, env!("CARGO_BIN_EXE_verbatim")])
        .args([survey, out])
        .env("XDG_CACHE_HOME", place.path("cache"))
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

const RUN: &str = "exec \"$0\" run \"$1\" --question comment --id id --out \"$2\" --quiet --no-cache";

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file());
    files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs_err::read(path).unwrap()))
        .collect()
}

/// What stands in the folder of the run, hidden names too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs_err::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// No file may grow past a few kilobytes, as on a disk that is full: the system refuses the write in the middle of a file.
#[cfg(unix)]
#[test]
fn case_45_a_full_disk_leaves_the_earlier_run_whole() {
    let place = Workplace::new();
    let out = place.path("left/out");
    let small = survey(&place, "small.csv", 40);
    fs_err::create_dir_all(place.path("left")).unwrap();
    assert!(sh(&place, RUN, &small, &out).status.success());
    let before = files(&out);
    let larger = survey(&place, "larger.csv", 60);
    for kilobytes in [1, 16, 48, 96] {
        let shell = format!("trap '' XFSZ; ulimit -f {}; {RUN}", kilobytes * 2);
        let output = sh(&place, &shell, &larger, &out);
        assert_eq!(output.status.code(), Some(1), "{kilobytes}: {}", words(&output));
        assert!(words(&output).contains("File too large"), "{kilobytes}: {}", words(&output));
        assert!(files(&out) == before, "{kilobytes}: the earlier run changed");
        let left = names(&place.path("left"));
        // What an interrupted run can be gone on with is left, and nothing else.
        assert!(left.iter().all(|name| name == "out" || name == ".out.unfinished"), "{kilobytes}: {left:?}");
    }
    assert!(sh(&place, RUN, &larger, &out).status.success());
    assert!(files(&out) != before);
    assert_eq!(names(&place.path("left")), ["out"]);
}

/// Permissions do not hold the superuser back, so the test takes its powers away where it has them.
#[cfg(target_os = "linux")]
#[test]
fn case_45_a_read_only_folder_is_named_and_left_alone() {
    use std::os::unix::fs::PermissionsExt;
    let place = Workplace::new();
    let input = survey(&place, "small.csv", 40);
    let folder = place.path("locked");
    fs_err::create_dir_all(&folder).unwrap();
    assert!(sh(&place, RUN, &input, &folder.join("out")).status.success());
    let before = files(&folder.join("out"));
    fs_err::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs_err::write(folder.join("probe"), "").is_ok();
    let shell = if is_root {
        format!("exec setpriv --bounding-set=-all --inh-caps=-all sh -c '{RUN}' \"$0\" \"$1\" \"$2\"")
    } else {
        RUN.into()
    };
    let output = sh(&place, &shell, &input, &folder.join("out"));
    fs_err::set_permissions(&folder, std::fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(
        words(&output).contains("Cannot write") && words(&output).contains("locked"),
        "{}",
        words(&output)
    );
    assert!(files(&folder.join("out")) == before);
}

#[test]
fn case_47_the_second_of_two_runs_into_one_folder_is_refused() {
    let place = Workplace::new();
    // Long enough that the second, with few answers, comes while it is going on.
    let (input, few) = (survey(&place, "many.csv", 1_500), survey(&place, "few.csv", 40));
    let out = place.path("out");
    let mut first = Command::new(env!("CARGO_BIN_EXE_verbatim"))
        .args(["run", "--question", QUESTION, "--id", "id", "--quiet", "--no-cache", "--out"])
        .args([&out, &input])
        .env("XDG_CACHE_HOME", place.path("cache"))
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    // The lock of the whole run: that of the export comes and goes before it, when the folder is tried.
    while !place.path(".out.unfinished/lock").exists() {
        assert!(
            first.try_wait().unwrap().is_none() && begun.elapsed() < Duration::from_mins(1),
            "no lock was seen"
        );
        std::thread::sleep(Duration::from_millis(2));
    }
    let second = sh(&place, RUN, &few, &out);
    assert_eq!(second.status.code(), Some(1), "{}", words(&second));
    assert!(words(&second).contains("Another run"), "{}", words(&second));
    assert!(first.wait().unwrap().success(), "the first is not disturbed");
    assert!(out.join("manifest.json").exists());
}

/// Closed before anything is printed, as by `| head -0`.
#[cfg(unix)]
#[test]
fn case_59_a_reader_that_goes_away_is_no_error() {
    let place = Workplace::new();
    let input = survey(&place, "small.csv", 40);
    let out = place.path("out");
    for closed in [
        "\"$0\" run \"$1\" --question comment --id id --out \"$2\" --no-cache | true",
        "exec \"$0\" run \"$1\" --question comment --id id --out \"$2\" --no-cache >&- 2>&-",
        "\"$0\" check \"$1\" | true",
        "\"$0\" run --help | true",
    ] {
        let output = sh(&place, closed, &input, &out);
        assert!(output.status.success(), "{closed}: {}", words(&output));
        assert!(
            !words(&output).contains("panicked") && !words(&output).contains("error"),
            "{closed}: {}",
            words(&output)
        );
    }
    assert!(out.join("manifest.json").exists());
}

#[test]
fn cases_57_and_59_surroundings_change_no_byte() {
    let place = Workplace::new();
    let input = survey(&place, "small.csv", 40);
    let plain = place.path("plain");
    assert!(sh(&place, RUN, &input, &plain).status.success());
    let before = files(&plain);
    for (name, surroundings) in [
        ("homeless", "unset HOME XDG_CACHE_HOME; "),
        ("c", "LANG=C LC_ALL=C TERM=dumb TZ=Pacific/Kiritimati; export LANG LC_ALL TERM TZ; "),
        (
            "turkish",
            "LANG=tr_TR.UTF-8 LC_ALL=tr_TR.UTF-8 RAYON_NUM_THREADS=3; export LANG LC_ALL RAYON_NUM_THREADS; ",
        ),
        ("dated", "touch -d 1970-01-02 \"$1\"; "),
    ] {
        let out = place.path(name);
        let output = sh(&place, &format!("{surroundings}{RUN}"), &input, &out);
        assert!(output.status.success(), "{name}: {}", words(&output));
        assert!(files(&out) == before, "{name}");
    }
}

/// A cache is wanted, and there is no home to keep it in.
#[test]
fn case_59_without_a_home_a_run_with_a_cache_still_ends_well() {
    let place = Workplace::new();
    let input = survey(&place, "small.csv", 40);
    let out = place.path("out");
    let shell =
        "unset HOME XDG_CACHE_HOME; exec \"$0\" run \"$1\" --question comment --id id --out \"$2\" --quiet";
    let output = sh(&place, shell, &input, &out);
    assert!(output.status.success(), "{}", words(&output));
}

const ARGUMENTS: &str = "\"$0\" run \"$1\" --question comment --id id --out \"$2\" --quiet --no-cache";

/// Not every system lets an ordinary user make a network of its own. `VERBATIM_NO_SKIPS=1`, as in CI, makes the skip a failure.
#[test]
fn a_machine_without_any_network_changes_nothing() {
    let place = Workplace::new();
    if !Command::new("unshare").args(["-rn", "true"]).status().is_ok_and(|status| status.success()) {
        assert!(std::env::var_os("VERBATIM_NO_SKIPS").is_none(), "`unshare -rn` cannot be had here");
        eprintln!("SKIPPED: `unshare -rn` cannot be had here, so a run without a network was not tried");
        return;
    }
    let input = survey(&place, "small.csv", 40);
    assert!(sh(&place, RUN, &input, &place.path("plain")).status.success());
    let output = sh(&place, &format!("exec unshare -rn {ARGUMENTS}"), &input, &place.path("alone"));
    assert!(output.status.success(), "{}", words(&output));
    assert!(files(&place.path("plain")) == files(&place.path("alone")));
}

/// The clock is set by a library of some lines, which the C compiler that Rust links with makes here.
#[cfg(target_os = "linux")]
#[test]
fn case_59_a_clock_in_1970_or_2100_changes_nothing() {
    let place = Workplace::new();
    let library = place.path("clock.so");
    let made = Command::new("cc")
        .args(["-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg("tests/data/clock.c")
        .output()
        .expect("the C compiler that Rust links with");
    assert!(made.status.success(), "{}", words(&made));
    let input = survey(&place, "small.csv", 40);
    assert!(sh(&place, RUN, &input, &place.path("plain")).status.success());
    for (year, seconds) in [("1970", 90_000_i64), ("2100", 4_133_894_400)] {
        let clock = format!("LD_PRELOAD='{}' CLOCK_AT={seconds}", library.display());
        let told = Command::new("sh").args(["-c", &format!("{clock} date -u +%Y")]).output().unwrap();
        assert_eq!(String::from_utf8_lossy(&told.stdout).trim(), year, "the clock is not set");
        let out = place.path(year);
        let output = sh(&place, &format!("exec env {clock} {ARGUMENTS}"), &input, &out);
        assert!(output.status.success(), "{year}: {}", words(&output));
        assert!(files(&place.path("plain")) == files(&out), "{year}");
    }
}

/// The model is looked at before anything is embedded: there is nothing to go on with.
#[test]
fn a_run_that_cannot_begin_leaves_nothing_behind() {
    let place = Workplace::new();
    let input = survey(&place, "small.csv", 40);
    let model = place.path("model");
    fs_err::create_dir_all(&model).unwrap();
    for name in ["manifest.json", "model.onnx", "tokenizer.json"] {
        fs_err::copy(Path::new("models/all-MiniLM-L6-v2").join(name), model.join(name)).unwrap();
    }
    fs_err::write(model.join("model.onnx"), "cut").unwrap();
    fs_err::create_dir_all(place.path("left")).unwrap();
    let output = sh(&place, &format!("{RUN} --model '{}'", model.display()), &input, &place.path("left/out"));
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(words(&output).contains("it is cut short or of another model"), "{}", words(&output));
    assert_eq!(names(&place.path("left")), [""; 0]);
}

#[test]
fn a_link_to_nowhere_and_a_negative_number_are_named() {
    let place = Workplace::new();
    let input = survey(&place, "small.csv", 40);
    let link = place.path("link");
    std::os::unix::fs::symlink(place.path("gone"), &link).unwrap();
    let output = sh(&place, RUN, &input, &link);
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(words(&output).contains("it is a link to a folder that is not there"), "{}", words(&output));

    let output = sh(&place, &format!("{RUN} --themes -3"), &input, &place.path("out"));
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    assert!(words(&output).contains("give `auto` or a number from 1 to 1000"), "{}", words(&output));
}

/// Somebody deletes a folder while the run is going on: the run is whole in the end, or is not there and says why.
#[test]
fn folders_that_vanish_while_a_run_goes_on_leave_it_whole_or_absent() {
    let place = Workplace::new();
    let input = survey(&place, "many.csv", 400);
    let whole = place.path("whole");
    assert!(sh(&place, RUN, &input, &whole).status.success());
    let earlier = survey(&place, "few.csv", 40);
    for vanishing in ["there", "there/out", "there/.out.unfinished"] {
        let out = place.path("there/out");
        assert!(sh(&place, RUN, &earlier, &out).status.success());
        let run = Command::new(env!("CARGO_BIN_EXE_verbatim"))
            .args(["run", "--question", QUESTION, "--id", "id", "--quiet", "--no-cache", "--out"])
            .args([&out, &input])
            .env("XDG_CACHE_HOME", place.path("cache"))
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        while !place.path("there/.out.unfinished/request.json").exists() {
            assert!(begun.elapsed() < Duration::from_mins(1), "no run was seen");
            std::thread::sleep(Duration::from_millis(2));
        }
        // A folder that is written to may get a new file while it is emptied.
        while place.path(vanishing).exists() {
            let _ = fs_err::remove_dir_all(place.path(vanishing));
        }
        let output = run.wait_with_output().unwrap();
        let said = words(&output);
        assert!(!said.contains("panicked"), "{vanishing}: {said}");
        match output.status.code() {
            Some(0) => assert!(files(&out) == files(&whole), "{vanishing}: the run is not whole"),
            Some(1) => {
                assert!(said.contains("there"), "{vanishing}: {said}");
                let is_earlier = out.join("manifest.json").exists();
                assert_eq!(is_earlier, vanishing == "there/.out.unfinished", "{vanishing}: {said}");
            }
            code => panic!("{vanishing}: {code:?} {said}"),
        }
        let _ = fs_err::remove_dir_all(place.path("there"));
    }
}
