//! Two hundred invented personal details, each used once, go through the whole program; then every byte that it left anywhere is
//! searched for them.

mod details;
mod sweep;

use crate::support::program::Workplace;
use details::Detail;
use std::fmt::Write;
use std::path::Path;
use std::process::Output;
use sweep::Sweep;

/// Where the details of the other columns begin to be counted.
const IN_EMAIL: usize = 300;
const IN_NAME: usize = 500;
const IN_EMPLOYER: usize = 750;

/// Answers of the field, with a gap for a detail.
const ANSWERS: [&str; 12] = [
    "The pay does not reflect the responsibility. {} That is all",
    "Better pay and a clear career path. {}",
    "More time with each patient would help, {}",
    "Longer appointments! {} I never have enough time with patients.",
    "Training that is made for our role. {} And time to do the training",
    "{} We need regular clinical supervision.",
    "Supervision once a month, {} and peer support from other link workers",
    "A room of my own at the surgery; {}",
    "GPs who know what social prescribing is. {} They send the wrong referrals.",
    "Fewer inappropriate referrals from the practice - {}",
    "I love seeing people grow in confidence.\n{}\nIt makes my day",
    "Meeting people in the community ({}) is the best part of the job",
];

/// A survey with one detail in each answer and others in the columns around it.
fn survey(details: &[Detail]) -> String {
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["respondent_id", "Email", "Name", "employer", "enjoy_most"]).unwrap();
    for (i, detail) in details.iter().enumerate() {
        let answer = ANSWERS[i % ANSWERS.len()].replace("{}", &detail.sentence);
        // Someone always writes into "Other (please specify)" how to reach them.
        let employer = match i % 5 {
            0 => "PCN".into(),
            1 => "VCSE".into(),
            2 => format!("Other: {}", details::email(IN_EMPLOYER + i)),
            _ => "GP federation".into(),
        };
        let (email, name) = (details::email(IN_EMAIL + i), details::surname(IN_NAME + i));
        csv.write_record([&format!("R{i:03}"), &email, &name, &employer, &answer]).unwrap();
    }
    String::from_utf8(csv.into_inner().unwrap()).unwrap()
}

/// Runs the program with its cache, home and temporary files inside the place.
fn run(place: &Workplace, options: &[&str]) -> Output {
    let folder = |name: &str| {
        let path = place.path(name);
        fs_err::create_dir_all(&path).unwrap();
        path
    };
    place
        .verbatim()
        .args(options)
        .env("TMPDIR", folder("left/temporary"))
        .env("HOME", folder("left/home"))
        .env("XDG_CACHE_HOME", folder("left/cache"))
        .env("RUST_BACKTRACE", "1")
        .env("RUST_LOG", "trace")
        .output()
        .unwrap()
}

#[test]
fn no_personal_detail_of_an_answer_is_in_any_byte_that_a_run_leaves() {
    let details = details::two_hundred();
    let others = (0..details.len()).flat_map(|i| {
        [details::email(IN_EMAIL + i), details::surname(IN_NAME + i), details::email(IN_EMPLOYER + i)]
    });
    let sweep = Sweep::new(details.iter().map(|detail| detail.secret.clone()).chain(others));
    let text = survey(&details);
    assert_eq!(
        sweep.found_in(text.as_bytes()).len(),
        details.len() * 3 + details.len() / 5,
        "the sweep finds"
    );

    let place = Workplace::new();
    let input = place.write("in/survey.csv", &text);
    let toml = "[survey]\ninput = \"survey.csv\"\nrespondent_id = \"respondent_id\"\ngroups = [\"employer\"]\nyear = 2023\n\
        attribution = \"SPLW, {employer}, {year}\"\n[[question]]\ncolumn = \"enjoy_most\"\n[privacy]\ndisclosure = \"none\"\n";
    let file = place.write("in/survey.toml", toml);
    let out = place.path("left/out");
    let (file, out) = (file.to_str().unwrap(), out.to_str().unwrap());
    let first = run(&place, &["run", file, "--out", out]);
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    let again =
        ["run", file, "--out", out, "--codebook", &format!("{out}/codebook.toml"), "--disclosure", "nhs"];
    let mut said = vec![first, run(&place, &again), run(&place, &["check", file])];
    assert!(said.iter().all(|output| output.status.success()));

    said.extend(failing_runs(&place, &text, input.to_str().unwrap()));
    for output in &said {
        sweep.check("stdout", &output.stdout);
        sweep.check("stderr", &output.stderr);
    }
    let files = sweep.check_folder(&place.path("left"));
    for name in ["report.docx", "mentions.parquet", "quotes.xlsx", "codebook.toml", "themes.json", ".parquet"]
    {
        assert!(files.iter().any(|file| file.ends_with(name)), "{name} was searched");
    }
}

/// Whoever made the form wrote into its headers whom to ask, and the file is called after whoever sent it.
#[test]
fn case_55_details_in_headers_and_in_the_name_of_the_file_are_in_no_file_of_a_run() {
    let secrets = [details::email(0), details::email(1), details::email(2), details::phone(3)];
    let [sender, question, unused, group] = &secrets;
    let (question, group) =
        (format!("What do you enjoy? Ask {question}"), format!("employer (ring {group})"));
    let mut csv = csv::Writer::from_writer(Vec::new());
    csv.write_record(["id", &question, &group, &format!("For {unused}")]).unwrap();
    for i in 0..30 {
        csv.write_record([&format!("R{i}"), ANSWERS[i % ANSWERS.len()], "PCN", "x"]).unwrap();
    }
    let place = Workplace::new();
    let input = place.write(&format!("in/from {sender}.csv"), csv.into_inner().unwrap());
    let out = place.path("left/out");
    let (input, out) = (input.to_str().unwrap(), out.to_str().unwrap());
    let options = ["run", input, "--id", "id", "--question", &question, "--group", &group, "--out", out];
    let output = run(&place, &options);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let sweep = Sweep::new(secrets.iter().cloned());
    sweep.check_folder(&place.path("left"));
    let manifest = fs_err::read_to_string(place.path("left/out/manifest.json")).unwrap();
    assert!(
        manifest.contains("What do you enjoy? Ask [email]") && manifest.contains("employer (ring [phone])")
    );
}

/// Inputs that are refused where a detail stands, and requests that name none.
fn failing_runs(place: &Workplace, text: &str, input: &str) -> Vec<Output> {
    let unclosed = format!("{text}R900,x@example.org,Ann,PCN,\"Ring me on {}\n", details::phone(950));
    let mut ragged = text.to_owned();
    for i in 0..200 {
        writeln!(
            ragged,
            "R{i},{},{},PCN,{},,,{}",
            details::email(i),
            details::surname(i),
            details::ni_number(i),
            details::phone(i)
        )
        .unwrap();
    }
    let broken = [text.as_bytes(), b"R901,", details::email(7).as_bytes(), b",\xff,PCN,\xc3\n"].concat();
    let out = place.path("left/failed");
    let bad = [
        place.write("in/unclosed.csv", unclosed),
        place.write("in/ragged.csv", ragged),
        place.write("in/broken.csv", broken),
    ];
    let mut outputs: Vec<Output> = bad
        .iter()
        .map(|path| {
            run(
                place,
                &["run", path.to_str().unwrap(), "--question", "enjoy_most", "--out", out.to_str().unwrap()],
            )
        })
        .collect();
    for options in
        [["--question", "no such column"], ["--group", "Name"], ["--id", "Email"], ["--weight", "employer"]]
    {
        outputs.push(run(place, &[&["run", input, "--out", out.to_str().unwrap()], &options[..]].concat()));
    }
    assert!(outputs.iter().all(|output| !output.status.success()), "each of them is refused");
    assert!(!Path::new(&out).exists());
    outputs
}
