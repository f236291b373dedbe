//! A whole run on a survey in which every field tries to be something else than text: a formula, markup, a template, a document's
//! own signs, another direction of writing.

#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "the program writes these names itself")]

use crate::support::program::{Run, Workplace};
use quick_xml::Reader;
use quick_xml::events::Event;
use std::io::Read;

/// Cases 28 and 30 to 33, and what else a field may hold.
const HOSTILE: [&str; 20] = [
    "=HYPERLINK(\"http://a.test\",\"more pay\")",
    "+44 and more pay",
    "-5 is what the pay is worth",
    "@SUM(A1:A9) more time",
    "\t=1+1 more time",
    "＝1+1 more time",
    "=cmd|' /C calc'!A0 more training",
    "<script>alert(1)</script> more training",
    "<img src=x onerror=alert(1)> more staff",
    "</style></title></p> more staff",
    "{{7*7}} {% raw %} ${7*7} more staff",
    "[pay](javascript:alert(1)) ![x](http://a.test/x.png)",
    "]]> &#x0; <!ENTITY x SYSTEM \"file:///etc/passwd\"> more rooms",
    "a | b | `code` # heading **bold** _x_ more rooms",
    "# heading\n\n---\n1. list\n> more rooms",
    "\u{202e}yap erom\u{202c} \u{2066}more pay\u{2069}",
    "مرحبا بالعالم أريد المزيد من الوقت",
    "👩‍👩‍👧 a family 🇬🇧 needs more time",
    "Z̸̡̢a̵l̷g̶o̷ wants more pay",
    "nul\u{0} bell\u{7} escape\u{1b}[2J vertical\u{b} _x000D_ more pay",
];

fn hostile_run(place: &Workplace) -> Run {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "=employer<b>", "comment"]).unwrap();
    for i in 0..80 {
        let answer = format!("{} in place {}", HOSTILE[i % HOSTILE.len()], i % 7);
        let group = HOSTILE[i % 3 + 6].replace(['\0', '\t'], "");
        table.write_record([&format!("=R{i}"), &group, &answer]).unwrap();
    }
    place.write("answers.csv", table.into_inner().unwrap());
    let survey = "[survey]\ninput = \"answers.csv\"\ntitle = \"=1+1 <script>alert(2)</script> {{7*7}} \\u202e\"\nyear = 2023\n\
        respondent_id = \"id\"\ngroups = [\"=employer<b>\"]\nattribution = \"<i>{=employer<b>}</i>, {year}\"\n\
        [[question]]\ncolumn = \"comment\"\nwording = \"<script>alert(3)</script> | {{7*7}} # What?\"\n\
        [privacy]\nmin_group = 1\ndisclosure = \"none\"\n";
    let survey = place.write("survey.toml", survey);
    place.run(survey, "out", &["--quiet", "--no-cache", "--themes", "4"])
}

/// What looks back or on from each of its words takes the square of its length: the first of these took three minutes.
#[test]
fn cells_that_repeat_themselves_take_time_in_proportion_to_their_length() {
    let place = Workplace::new();
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["id", "comment"]).unwrap();
    for i in 0..20 {
        table.write_record([&format!("R{i}"), &format!("More pay for link worker {i}")]).unwrap();
    }
    for (id, word, n) in
        [("A", "1-", 1_000_000), ("B", "Dr ", 60_000), ("C", "NHS England Dr Smith, ", 10_000)]
    {
        table.write_record([id, &word.repeat(n)]).unwrap();
    }
    let input = place.write("answers.csv", table.into_inner().unwrap());
    let options = "--quiet --no-cache --question comment --id id --out";
    let mut command = place.verbatim();
    command.arg("run").arg(input).args(options.split(' '));
    command.arg(place.path("out")).timeout(std::time::Duration::from_mins(1)).assert().success();
}

/// Every part of the archives, by the name of the file and the part.
fn parts(run: &Run, ending: &str) -> Vec<(String, Vec<u8>)> {
    let files = run.bytes().into_iter().filter(|(name, _)| name.ends_with(ending));
    files
        .flat_map(|(file, bytes)| {
            let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
            (0..archive.len())
                .map(|i| {
                    let mut part = archive.by_index(i).unwrap();
                    let mut content = Vec::new();
                    part.read_to_end(&mut content).unwrap();
                    (format!("{file}: {}", part.name().unwrap()), content)
                })
                .collect::<Vec<_>>()
        })
        .collect()
}

fn is_well_formed(xml: &[u8]) -> Result<(), quick_xml::Error> {
    let mut reader = Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer)? {
            Event::Eof => return Ok(()),
            _ => buffer.clear(),
        }
    }
}

#[test]
fn cases_28_and_30_to_33_fields_that_would_be_more_than_text_stay_text_in_every_file() {
    let place = Workplace::new();
    let run = hostile_run(&place);
    let files = run.bytes();

    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        for record in csv::Reader::from_reader(bytes.as_slice()).records() {
            for cell in &record.unwrap() {
                let acts = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']);
                assert!(!acts || cell.parse::<f64>().is_ok(), "{name}: {cell:?}");
            }
        }
    }
    for (name, xml) in parts(&run, ".xlsx").into_iter().chain(parts(&run, ".docx")) {
        if name.ends_with(".xml") || name.ends_with(".rels") {
            is_well_formed(&xml).unwrap_or_else(|error| panic!("{name}: {error}"));
        }
        let text = String::from_utf8_lossy(&xml);
        assert!(!text.contains("<f>") && !text.contains("<f "), "{name} has a formula");
        assert!(
            !text.contains(['\u{202e}', '\u{2066}', '\u{7}', '\u{1b}', '\0']) || name.ends_with(".png"),
            "{name}"
        );
        assert!(!text.contains("TargetMode=\"External\""), "{name} links to somewhere");
    }
    let text = |name: &str| String::from_utf8(files[name].clone()).unwrap();
    for name in ["report.html", "report.md"] {
        let text = text(name);
        assert!(!text.contains(['\u{202e}', '\u{2066}', '\u{7}', '\u{1b}', '\0']), "{name}");
    }
    let page = text("report.html");
    assert!(page.contains("مرحبا") && page.contains("👩‍👩‍👧"), "what is no danger is kept");
    for markup in ["<script", "<img", "<i>", "href=\"javascript", "href=\"http"] {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("{{7*7}}"), "no template is filled");
    let markdown = text("report.md");
    for markup in ["<", "](javascript", "](http"] {
        let escaped = markdown.matches(&format!("\\{markup}")).count();
        assert_eq!(markdown.matches(markup).count(), escaped, "{markup}");
    }

    let answers: Vec<String> =
        (0..80).map(|i| format!("{} in place {}", HOSTILE[i % HOSTILE.len()], i % 7)).collect();
    for row in run.rows("assignments.csv") {
        let who: usize = row["respondent_id"].trim_start_matches("'=R").parse().unwrap();
        let answer = answers[who].replace('\0', "").replace("_x000D_", "");
        let (start, end): (usize, usize) = (row["start"].parse().unwrap(), row["end"].parse().unwrap());
        let span: String = answer.chars().skip(start).take(end - start).collect();
        let shown = row["text"].strip_prefix('\'').unwrap_or(&row["text"]);
        assert!(shown == span || shown.contains('['), "{shown:?} is not {span:?}");
    }
}
