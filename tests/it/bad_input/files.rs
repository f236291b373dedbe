//! Cases 1, 2, 35, 37, 43 and 44: files that are empty, no files, no tables, compressed, or written to meanwhile.

use super::{Case, numbered};
use crate::support::program::Workplace;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use verbatim::read::{SurveyPlan, read_survey};

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn case_01_an_empty_file_is_named() {
    insta::assert_snapshot!(Case::new("a.csv", "").words(), @r#"
    exit 1: `a.csv` is empty
    hint: Export the answers again, with a header row and a row per respondent
    "#);
    insta::assert_snapshot!(Case::new("a.csv", " \r\n\n").words(), @r#"
    exit 1: `a.csv` is empty
    hint: Export the answers again, with a header row and a row per respondent
    "#);
    insta::assert_snapshot!(Case::new("a.csv.gz", gzip(b"")).words(), @r#"
    exit 1: `a.csv.gz` is empty
    hint: Export the answers again, with a header row and a row per respondent
    "#);
}

#[test]
fn case_02_a_header_alone_is_no_survey() {
    insta::assert_snapshot!(Case::new("a.csv", "id,comment\n").words(), @r#"
    exit 1: `a.csv` has a header but no rows
    hint: Export the answers again, with a row per respondent under the header
    "#);
}

#[test]
fn gzip_is_known_by_its_bytes() {
    let packed = gzip(b"id,comment\n1,Fine\n");
    for name in ["a.csv.gz", "a.csv"] {
        assert_eq!(Case::new(name, &packed).answers(), ["Fine"]);
    }
    insta::assert_snapshot!(Case::new("a.csv.gz", &packed[..packed.len() - 9]).words(), @r#"
    exit 1: `a.csv.gz` is damaged or cut short: incomplete deflate stream
    hint: Copy or export the file again
    "#);
}

#[test]
fn case_35_a_gzip_bomb_is_refused_by_what_comes_out() {
    let row = vec![b'a'; 1 << 20];
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(b"id,comment\n").unwrap();
    for _ in 0..100 {
        encoder.write_all(&row).unwrap();
    }
    insta::assert_snapshot!(Case::new("a.csv.gz", encoder.finish().unwrap()).words(), @r#"
    exit 1: `a.csv.gz` unpacks to more than 34 MB, which its size does not allow
    hint: If the file is genuine, delete empty formatted rows and columns, or export the answers as CSV
    "#);
}

#[test]
fn more_answers_of_a_few_letters_than_memory_is_trusted_with_are_refused_and_blank_ones_are_none() {
    let file = |answer: &str| format!("id,comment\n{}1,Fine\n", format!("1,{answer}\n").repeat(400_000));
    insta::assert_snapshot!(Case::new("a.csv", file("ok")).words(), @r#"
    exit 1: `a.csv` has more than 400000 answers, which its size does not allow
    hint: Unpack the file if it is compressed; else split it, or use `verbatim-cluster` for collections of this size
    "#);
    assert_eq!(Case::new("a.csv", file("")).read().survey.respondents.len(), 400_001);
}

#[test]
fn case_37_other_kinds_of_file_are_told_by_their_first_bytes() {
    let words = |name: &str, content: &[u8]| Case::new(name, content).words();
    insta::assert_snapshot!(words("a.xls", b"\r\n<HTML><body><table><tr><td>id</td></tr></table>"), @r#"
    exit 1: `a.xls` is a web page (HTML), which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    insta::assert_snapshot!(words("a.csv", b"%PDF-1.7\n"), @r#"
    exit 1: `a.csv` is a PDF document, which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    insta::assert_snapshot!(words("a.parquet", b"PAR1\x15\x04"), @r#"
    exit 1: `a.parquet` is a Parquet file, which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    let old = [&b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..], &[0; 600]].concat();
    insta::assert_snapshot!(words("a.xlsx", &old), @r#"
    exit 1: `a.xlsx` is in the format of Office before 2007 (.xls), which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
    let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    insta::assert_snapshot!(words("a.xlsx", &[old, marker].concat()), @r#"
    exit 1: `a.xlsx` is protected with a password
    hint: Open it in Excel and save it without a password, or as CSV (UTF-8)
    "#);
}

#[test]
fn case_37_a_text_file_named_xlsx_is_read_with_a_warning() {
    let case = Case::new("a.xlsx", "id,comment\n1,Fine\n");
    assert_eq!(case.answers(), ["Fine"]);
    insta::assert_snapshot!(case.warnings(), @"`a.xlsx` is a text file in spite of its name and was read as one");
}

#[test]
fn case_43_what_is_no_readable_file_is_named_with_the_systems_reason() {
    let mut case = Case::new("a.csv", "");
    let path = case.folder.path().to_path_buf();
    case.plan.input.clone_from(&path);
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: `DIR` is a directory, not a file
    hint: Name a CSV, TSV, XLSX or JSON Lines file
    "#);
    case.plan.input = path.join("absent.csv");
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: `DIR/absent.csv` cannot be read
    cause: No such file or directory (os error 2)
    hint: Check its name and folder; a path in a survey file begins where the survey file lies
    "#);
    case.plan.input = path.join("x".repeat(300));
    assert!(case.words().contains("File name too long"), "{}", case.words());
}

#[cfg(unix)]
#[test]
fn case_43_pipes_loops_and_odd_paths() {
    let mut case = Case::new("a.csv", "id,comment\n1,Fine\n");
    let path = case.folder.path().to_path_buf();
    std::os::unix::fs::symlink(path.join("loop"), path.join("loop")).unwrap();
    case.plan.input = path.join("loop");
    assert!(case.words().starts_with("exit 1: `DIR/loop` cannot be read\ncause: "), "{}", case.words());
    case.plan.input = "/dev/null".into();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: `/dev/null` is a pipe or a device, not a file
    hint: Name a CSV, TSV, XLSX or JSON Lines file
    "#);
    let deep = path.join("é è").join("x".repeat(200));
    fs_err::create_dir_all(&deep).unwrap();
    case.plan.input = deep.join("with spaces.csv");
    fs_err::copy(path.join("a.csv"), &case.plan.input).unwrap();
    assert_eq!(case.answers(), ["Fine"]);
}

/// A pipe that nobody writes to would be waited at for ever.
#[cfg(unix)]
#[test]
fn case_43_no_entrance_waits_at_a_pipe() {
    let place = Workplace::new();
    let input = place.write("answers.csv", format!("id,comment\n{}", numbered(12, "more pay and more time")));
    let input = input.to_str().unwrap();
    let asked = ["run", "--question", "comment", "--id", "id", "--quiet", "--out", "new"];
    place.run(input, "run", &["--question", "comment", "--id", "id", "--quiet"]);
    place.write("model/manifest.json", fs_err::read("models/all-MiniLM-L6-v2/manifest.json").unwrap());
    place.write("sample.csv", "respondent_id,code\n1,pay\n");
    for (pipe, arguments) in [
        ("survey.toml", [&asked[..], &["survey.toml"]].concat()),
        ("survey.csv", [&asked[..], &["survey.csv"]].concat()),
        ("survey.xlsx", vec!["check", "survey.xlsx"]),
        ("codebook.toml", [&asked[..], &[input, "--codebook", "codebook.toml"]].concat()),
        ("run/codebook.toml", [&asked[..], &[input, "--previous", "run"]].concat()),
        ("run/codebook-vectors.parquet", [&asked[..], &[input, "--previous", "run"]].concat()),
        ("review.csv", [&asked[..], &[input, "--review", "review.csv"]].concat()),
        ("run/quotes-review.csv", vec!["run", input, "--question", "comment", "--id", "id", "--out", "run"]),
        ("model/manifest.json", [&asked[..], &[input, "--model", "model"]].concat()),
        ("model/model.onnx", [&asked[..], &[input, "--model", "model"]].concat()),
        ("edited.xlsx", vec!["codebook", "from-xlsx", "edited.xlsx", "run"]),
        ("codes.qdc", vec!["codebook", "import", "codes.qdc", "run"]),
        ("run/assignments.csv", vec!["codebook", "export", "run", "--out", "new.qdpx"]),
        ("run/themes.json", vec!["compare", "run", "run"]),
        ("run/themes.json", vec!["quotes", "run"]),
        ("sample.csv", vec!["agree", "run", "sample.csv"]),
        ("run/assignments.csv", vec!["agree", "run", "sample.csv"]),
    ] {
        let (path, aside) = (place.path(pipe), place.path("aside"));
        let was_there = fs_err::rename(&path, &aside).is_ok();
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        let mut command = place.verbatim();
        command.current_dir(place.path("")).args(&arguments);
        if !arguments.contains(&"--model") && arguments[0] == "run" {
            command.arg("--model").arg(std::path::absolute("models/all-MiniLM-L6-v2").unwrap());
        }
        let output = command.timeout(std::time::Duration::from_mins(1)).output().unwrap();
        let words = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{pipe}: {arguments:?}: {words}");
        assert!(words.contains("a pipe or a device, not a file"), "{pipe}: {arguments:?}: {words}");
        fs_err::remove_file(&path).unwrap();
        if was_there {
            fs_err::rename(&aside, &path).unwrap();
        }
    }
}

#[test]
fn case_43_a_file_over_the_limit_is_refused_before_it_is_read() {
    let case = Case::new("a.csv", "");
    let file = fs_err::OpenOptions::new().write(true).open(&case.plan.input).unwrap();
    file.set_len(5 << 30).unwrap();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: `a.csv` has 5120 MB; the limit is 500 MB
    hint: Split it, or leave out columns that are not needed
    "#);
}

#[test]
fn case_44_a_file_that_grows_while_it_is_read_is_noticed() {
    let case = Case::new("a.csv", format!("id,comment\n{}", numbered(200_000, "an answer of some words")));
    let path = case.plan.input.clone();
    let plan = SurveyPlan { ..case.plan.clone() };
    let (stop, stopped) = std::sync::mpsc::channel::<()>();
    let writer = std::thread::spawn(move || {
        let mut file = fs_err::OpenOptions::new().append(true).open(path).unwrap();
        while stopped.try_recv().is_err() {
            file.write_all(b"x,more\n").unwrap();
        }
    });
    let result = read_survey(&plan);
    stop.send(()).unwrap();
    writer.join().unwrap();
    let words = super::words(&result.expect_err("it must be noticed"), case.folder.path());
    insta::assert_snapshot!(words, @r#"
    exit 1: `a.csv` changed while it was being read
    hint: Close the programs that write to it and run again
    "#);
}

/// A file without a header: the first answer stands where the names of columns are told.
#[test]
fn an_answer_in_place_of_a_header_is_not_told_in_the_complaint() {
    let place = Workplace::new();
    let answer = "Sam rang me on 07700 900123, sam@example.org, at 12 High Street in LS9 7TF, and then again in the evening";
    let input = place.write("a.csv", format!("1,\"{answer}\"\n2,Fine\n"));
    let codebook = place.write("codebook.toml", format!("{answer}\n"));
    let words = |options: &[&std::ffi::OsStr]| {
        let output = place.verbatim().arg("run").arg(&input).args(options).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        String::from_utf8(output.stderr).unwrap()
    };
    let columns = words(&["--question".as_ref(), "comment".as_ref()]);
    assert!(columns.contains("the first cell of column 2 reads like an answer"), "{columns}");
    let codebook = words(&["--question".as_ref(), "2".as_ref(), "--codebook".as_ref(), codebook.as_ref()]);
    assert!(codebook.contains("line 1"), "{codebook}");
    for words in [columns, codebook] {
        assert!(
            !["900123", "example", "High", "7TF", "Sam"].iter().any(|said| words.contains(said)),
            "{words}"
        );
    }
}

#[test]
fn a_run_does_not_take_its_own_input_away() {
    let place = Workplace::new();
    let run = place.run(
        place.write("a.csv", "id,comment\n1,pay\n2,rooms\n"),
        "out",
        &["--quiet", "--question", "comment"],
    );
    let input = place.write("out/b.csv", "id,comment\n1,more pay\n2,more rooms\n");
    let output = place.verbatim().arg("run").arg(&input).arg("--out").arg(&run.folder).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let words = String::from_utf8(output.stderr).unwrap();
    assert!(words.contains("out/b.csv` lies in the folder that the run is written to"), "{words}");
    assert!(input.exists() && run.folder.join("themes.json").exists());
}
