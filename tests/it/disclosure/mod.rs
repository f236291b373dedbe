//! Everything that two years publish, put side by side by somebody who wants the hidden counts.
//!
//! Each number in the files that are made for publication is either a count, a figure made from counts that are shown (which is
//! checked by making it again), or a bound on counts. What is left is a puzzle, and every hidden small count must have another
//! solution than the true one.

mod puzzle;

use crate::support::program::{Run, Workplace, rows};
use crate::support::report::fixture;
use puzzle::{Number, OPEN, Puzzle};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;
use verbatim::export::{ExportInput, export_run};
use verbatim::maths::{Proportion, benjamini_hochberg, test_groups};
use verbatim::types::{NOT_GIVEN, Survey};

const GROUPS: [&str; 3] = ["employer", "region", "years_in_role"];
const QUESTIONS: [&str; 2] = ["enjoy_most", "would_change"];

/// The first `n` rows of a year, with the rule for small counts.
fn survey(place: &Workplace, year: i32, n: usize, disclosure: &str) -> PathBuf {
    let mut table = csv::Writer::from_writer(Vec::new());
    let columns: Vec<&str> = ["respondent_id"].into_iter().chain(GROUPS).chain(QUESTIONS).collect();
    table.write_record(&columns).unwrap();
    for row in rows(Path::new(&format!("data/splw/responses-{year}.csv"))).iter().take(n) {
        table.write_record(columns.iter().map(|column| &row[*column])).unwrap();
    }
    let answers = format!("{disclosure}-{year}.csv");
    place.write(&answers, table.into_inner().unwrap());
    let questions =
        QUESTIONS.map(|column| format!("[[question]]\ncolumn = \"{column}\"\nwording = \"{column}?\"\n"));
    let text = format!(
        "[survey]\ninput = \"{answers}\"\ntitle = \"Link workers\"\nyear = {year}\nrespondent_id = \"respondent_id\"\n\
         groups = [\"{}\"]\nattribution = \"SPLW, {{employer}}, {{year}}\"\n{}[privacy]\ndisclosure = \"{disclosure}\"\n",
        GROUPS.join("\", \""),
        questions.concat()
    );
    place.write(&format!("{disclosure}-{year}.toml"), text)
}

/// A year and the next, which continues it.
fn both_years(place: &Workplace, disclosure: &str) -> [Run; 2] {
    let then = place.run(survey(place, 2022, 160, disclosure), &format!("{disclosure}-then"), &["--quiet"]);
    let previous = then.folder.to_str().unwrap().to_owned();
    let options = ["--quiet", "--previous", &previous];
    let now = place.run(survey(place, 2023, 120, disclosure), &format!("{disclosure}-now"), &options);
    [then, now]
}

/// Both years with nothing hidden: the truth.
fn open_years() -> &'static (Workplace, [Run; 2]) {
    static YEARS: OnceLock<(Workplace, [Run; 2])> = OnceLock::new();
    YEARS.get_or_init(|| {
        let place = Workplace::new();
        let runs = both_years(&place, "none");
        (place, runs)
    })
}

/// How a rule publishes a count.
#[derive(Clone, Copy)]
struct Published {
    /// Largest count that is hidden.
    hidden: i64,
    /// How far a published count may be from the true one.
    slack: i64,
}

impl Published {
    /// What a reader knows of a count that is published so.
    fn range(self, shown: &Value, truth: i64, most: i64) -> (i64, i64) {
        match shown.as_i64() {
            Some(0) => (0, 0),
            Some(n) => ((n - self.slack).max(0), n + self.slack),
            // Which counts are hidden for themselves and which to protect others, a reader may guess right.
            None if self.is_small(truth) => (1, self.hidden.min(most)),
            None => (0, most),
        }
    }

    fn is_small(self, count: i64) -> bool {
        (1..=self.hidden).contains(&count)
    }
}

/// The small counts that are hidden, by their numbers.
struct Secrets(Vec<Number>);

/// What a year's `themes.json` says, as a puzzle.
struct Year<'a> {
    label: &'a str,
    published: Published,
    report: &'a Value,
    truth: &'a Value,
    run: &'a Run,
}

fn count(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn with_id<'a>(items: &'a Value, key: &str, id: &Value) -> &'a Value {
    list(items).iter().find(|item| item[key] == *id).unwrap_or_else(|| panic!("no {id}"))
}

impl Year<'_> {
    fn add(&self, puzzle: &mut Puzzle, secrets: &mut Secrets) {
        let known = self.groups_of_the_quoted();
        for question in list(&self.report["questions"]) {
            let truth = with_id(&self.truth["questions"], "column", &question["column"]);
            self.add_question(question, truth, &known, puzzle, secrets);
        }
    }

    /// A number, and its secret if it is one. A share stands or falls with its count.
    fn put(
        &self,
        name: String,
        shown: &Value,
        truth: i64,
        most: i64,
        to: (&mut Puzzle, &mut Secrets),
    ) -> Number {
        let (puzzle, secrets) = to;
        let number = puzzle.number(name, truth, self.published.range(shown, truth, most));
        if shown.is_null() && self.published.is_small(truth) {
            secrets.0.push(number);
        }
        number
    }

    fn add_question(
        &self,
        question: &Value,
        truth: &Value,
        known: &BTreeMap<String, BTreeMap<String, String>>,
        puzzle: &mut Puzzle,
        secrets: &mut Secrets,
    ) {
        let name = |what: &str| format!("{} {} {what}", self.label, question["column"].as_str().unwrap());
        let base = count(&truth["base"]);
        let slack = self.published.slack;
        assert!((count(&question["base"]) - base).abs() <= slack);
        let whole = puzzle.number(name("base"), base, self.published.range(&question["base"], base, OPEN));
        let blank =
            self.put(name("blank"), &question["blank"], count(&truth["blank"]), OPEN, (puzzle, secrets));
        let said_nothing = self.put(
            name("non-answers"),
            &question["non_answers"],
            count(&truth["non_answers"]),
            OPEN,
            (puzzle, secrets),
        );
        // The manifest says how many rows there are, to the last.
        let all = count(&self.truth["respondents"]);
        puzzle.rule(name("respondents"), vec![(blank, 1), (said_nothing, 1), (whole, 1)], (all, all));
        let unclear = self.put(
            name("unclear"),
            &question["no_clear_theme"],
            count(&truth["no_clear_theme"]),
            base,
            (puzzle, secrets),
        );
        Self::same_share(&question["coverage"], &question["no_clear_theme"], &question["base"], |n, base| {
            (base - n) / base
        });

        let people = self.people(question["column"].as_str().unwrap());
        let columns = GROUPS.map(|column| {
            self.add_groups(column, question, truth, &people, (whole, unclear), (puzzle, secrets))
        });
        for theme in list(&question["themes"]) {
            let true_theme = with_id(&truth["themes"], "id", &theme["id"]);
            self.add_theme(theme, true_theme, question, known, &columns, (puzzle, secrets));
        }
        for column in &columns {
            self.add_coverage(column, question, puzzle);
        }
    }

    /// People of the base in no theme, by the values of a group column, and the bases.
    fn add_groups(
        &self,
        column: &'static str,
        question: &Value,
        truth: &Value,
        people: &BTreeMap<String, bool>,
        (whole, unclear): (Number, Number),
        to: (&mut Puzzle, &mut Secrets),
    ) -> Column {
        let (puzzle, secrets) = to;
        let year = self.label;
        let table = |theme: &Value| with_id(&theme["groups"], "column", &column.into())["rows"].clone();
        let true_rows = table(&truth["themes"][0]);
        let input = self.input();
        let mut groups = BTreeMap::new();
        for row in list(&true_rows) {
            let value = row["value"].as_str().unwrap().to_owned();
            // Every theme shows the base, and one that shows it is enough.
            let rows = list(&question["themes"])
                .iter()
                .map(|theme| with_id(&table(theme), "value", &row["value"])["base"].clone());
            let shown = rows.clone().find(|base| !base.is_null()).unwrap_or(Value::Null);
            assert!(rows.clone().all(|base| base.is_null() || base == shown), "{rows:?}");
            let name = |what: &str| format!("{year} {} {column}={value} {what}", question["column"]);
            let base = self.put(name("base"), &shown, count(&row["base"]), OPEN, (puzzle, secrets));
            let here = people.iter().filter(|(id, in_a_theme)| !**in_a_theme && input[*id][column] == value);
            let none = puzzle.number(name("unclear"), here.count() as i64, (0, OPEN));
            puzzle.rule(name("no more are unclear than there are"), vec![(base, 1), (none, -1)], (0, OPEN));
            groups.insert(value, (base, none));
        }
        let sum =
            |of: fn(&(Number, Number)) -> Number| groups.values().map(|g| (of(g), 1)).collect::<Vec<_>>();
        let (mut bases, mut nones) = (sum(|g| g.0), sum(|g| g.1));
        bases.push((whole, -1));
        nones.push((unclear, -1));
        puzzle.rule(format!("{year} {column} bases"), bases, (0, 0));
        puzzle.rule(format!("{year} {column} unclear"), nones, (0, 0));
        Column { name: column, groups }
    }

    fn add_theme(
        &self,
        theme: &Value,
        truth: &Value,
        question: &Value,
        known: &BTreeMap<String, BTreeMap<String, String>>,
        columns: &[Column],
        to: (&mut Puzzle, &mut Secrets),
    ) {
        let (puzzle, secrets) = to;
        let id = theme["id"].as_str().unwrap();
        let name = |what: &str| format!("{} {id} {what}", self.label);
        let base = &question["base"];
        let total = self.put(
            name("all"),
            &theme["respondents"],
            count(&truth["respondents"]),
            OPEN,
            (puzzle, secrets),
        );
        let mentions = self.put(
            name("mentions"),
            &theme["mentions"],
            count(&truth["mentions"]),
            OPEN,
            (puzzle, secrets),
        );
        puzzle.rule(name("mentions are by people"), vec![(mentions, 1), (total, -1)], (0, OPEN));
        Self::same_share(&theme["share"], &theme["respondents"], base, |n, base| n.min(base) / base);
        assert_eq!(theme["interval"].is_null(), theme["share"].is_null());
        let points =
            list(&question["map"]).iter().filter(|point| point["theme"] == theme["id"]).count() as i64;
        puzzle.rule(name("points of the map"), vec![(mentions, 1)], (points, OPEN));

        let quoted: BTreeSet<&str> =
            list(&theme["quotes"]).iter().map(|quote| quote["respondent_id"].as_str().unwrap()).collect();
        puzzle.rule(name("quoted"), vec![(total, 1)], (quoted.len() as i64, OPEN));
        for sub in list(&theme["subthemes"]) {
            let true_sub = with_id(&truth["subthemes"], "id", &sub["id"]);
            let part = self.put(
                name(&sub["id"].to_string()),
                &sub["respondents"],
                count(&true_sub["respondents"]),
                OPEN,
                (puzzle, secrets),
            );
            puzzle.rule(name("a part is no larger"), vec![(total, 1), (part, -1)], (0, OPEN));
            Self::same_share(&sub["share"], &sub["respondents"], base, |n, base| n.min(base) / base);
        }
        for column in columns {
            let rows = &with_id(&theme["groups"], "column", &column.name.into())["rows"];
            let true_rows = &with_id(&truth["groups"], "column", &column.name.into())["rows"];
            let mut cells = vec![(total, -1)];
            for (value, (group, none)) in &column.groups {
                let row = with_id(rows, "value", &value.as_str().into());
                let true_row = with_id(true_rows, "value", &value.as_str().into());
                Self::same_share(&row["share"], &row["respondents"], &row["base"], |n, base| {
                    n.min(base) / base
                });
                let name = |what: &str| name(&format!("{}={value} {what}", column.name));
                let true_count = count(&true_row["respondents"]);
                let cell = if theme["respondents"].is_null() {
                    // All cells of a hidden theme are hidden, those with nobody too.
                    let cell = puzzle.number(name("cell"), true_count, (0, OPEN));
                    secrets.0.extend(self.published.is_small(true_count).then_some(cell));
                    cell
                } else {
                    self.put(name("cell"), &row["respondents"], true_count, OPEN, (puzzle, secrets))
                };
                puzzle.rule(name("in the group"), vec![(*group, 1), (cell, -1), (*none, -1)], (0, OPEN));
                let here = quoted
                    .iter()
                    .filter(|id| known.get(**id).and_then(|of| of.get(column.name)) == Some(value));
                puzzle.rule(name("quoted"), vec![(cell, 1)], (here.count() as i64, OPEN));
                cells.push((cell, 1));
            }
            puzzle.rule(name(column.name), cells, (0, 0));
        }
    }

    /// Everyone of a group's base mentions a theme or has no clear one.
    fn add_coverage(&self, column: &Column, question: &Value, puzzle: &mut Puzzle) {
        for (value, (base, none)) in &column.groups {
            let cell = |theme: &Value| {
                let name =
                    format!("{} {} {}={value} cell", self.label, theme["id"].as_str().unwrap(), column.name);
                (puzzle.named(&name).unwrap(), 1)
            };
            let mut terms: Vec<_> = list(&question["themes"]).iter().map(cell).collect();
            terms.extend([(*none, 1), (*base, -1)]);
            let name = format!("{} {} {}={value} covered", self.label, question["column"], column.name);
            puzzle.rule(name, terms, (0, OPEN));
        }
    }

    /// A share is there exactly if what it is made from is, and is made from what is shown.
    fn same_share(share: &Value, count: &Value, base: &Value, of: fn(f64, f64) -> f64) {
        match (count.as_f64(), base.as_f64()) {
            (Some(count), Some(base)) if base > 0.0 => {
                let made = of(count, base);
                let shown = share.as_f64().unwrap_or(made);
                assert!((shown - made).abs() < 1e-9, "{share} is not made from {count} and {base}");
            }
            _ => assert!(share.is_null(), "{share} tells of a hidden count"),
        }
    }

    /// What the quotes of all questions together say of whom: the group values by respondent.
    fn groups_of_the_quoted(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut known: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        let themes = list(&self.report["questions"]).iter().flat_map(|question| list(&question["themes"]));
        for quote in themes.flat_map(|theme| list(&theme["quotes"])) {
            let of = known.entry(quote["respondent_id"].as_str().unwrap().to_owned()).or_default();
            for (column, value) in GROUPS.iter().zip(list(&quote["groups"])) {
                of.extend(value.as_str().map(|value| ((*column).to_owned(), value.to_owned())));
            }
        }
        known
    }

    /// Who is in the base of a question, and whether in a theme.
    fn people(&self, column: &str) -> BTreeMap<String, bool> {
        let mut people = BTreeMap::new();
        for row in self.run.rows("assignments.csv").iter().filter(|row| row["question"] == column) {
            *people.entry(row["respondent_id"].clone()).or_insert(false) |= !row["theme_id"].is_empty();
        }
        people
    }

    /// The values of everybody's groups, by id.
    fn input(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let path = format!("data/splw/responses-{}.csv", self.label);
        let value =
            |text: &str| if text.trim().is_empty() { NOT_GIVEN.to_owned() } else { text.trim().to_owned() };
        rows(Path::new(&path))
            .into_iter()
            .map(|row| {
                let groups = GROUPS.map(|column| (column.to_owned(), value(&row[column])));
                (row["respondent_id"].clone(), groups.into())
            })
            .collect()
    }
}

/// A group column: the base and the people in no theme, by value.
struct Column {
    name: &'static str,
    groups: BTreeMap<String, (Number, Number)>,
}

/// The test of every table, made again from what is shown: the rows that are hidden count as one group.
fn tests_are_made_from_what_is_shown(report: &Value) {
    let mut shown = Vec::new();
    let mut made = Vec::new();
    for question in list(&report["questions"]) {
        for theme in list(&question["themes"]) {
            for table in list(&theme["groups"]) {
                let test = theme["respondents"].as_u64().and_then(|all| {
                    let (mut count, mut base) = (all as usize, question["base"].as_u64().unwrap() as usize);
                    let mut groups = Vec::new();
                    for row in list(&table["rows"]) {
                        let (Some(n), Some(of)) = (row["respondents"].as_u64(), row["base"].as_u64()) else {
                            continue;
                        };
                        count = count.saturating_sub(n as usize);
                        base = base.saturating_sub(of as usize);
                        if row["value"] != NOT_GIVEN {
                            groups.extend(Proportion::of(n as usize, of as usize));
                        }
                    }
                    groups.extend(Proportion::of(count, base));
                    test_groups(&groups)
                });
                shown.push((table["cramers_v"].as_f64(), table["p_adjusted"].as_f64()));
                made.push(test);
            }
        }
    }
    let mut adjusted =
        benjamini_hochberg(&made.iter().flatten().map(|test| test.p).collect::<Vec<_>>()).into_iter();
    let same = |shown: Option<f64>, made: Option<f64>| match (shown, made) {
        // The rows may have stood in another order.
        (Some(shown), Some(made)) => (shown - made).abs() < 1e-9,
        (shown, made) => shown.is_none() && made.is_none(),
    };
    for ((v, p), test) in shown.into_iter().zip(made) {
        assert!(same(v, test.map(|test| test.cramers_v)), "{v:?} is not made from what is shown: {test:?}");
        assert!(
            same(p, test.and_then(|_| adjusted.next())),
            "{p:?} is not made from what is shown: {test:?}"
        );
    }
}

/// A change tells the share of the year before, which that year must have published, and nothing of a hidden one.
fn changes_are_made_from_what_is_shown(then: &Value, now: &Value) {
    for question in list(&now["questions"]) {
        let before = with_id(&then["questions"], "column", &question["column"]);
        for entry in list(&question["themes"]).iter().chain(list(&question["gone"])) {
            let change = &entry["change"];
            let earlier = list(&before["themes"]).iter().find(|theme| theme["id"] == entry["id"]);
            let share = earlier.map_or(&Value::Null, |theme| &theme["share"]);
            if !change["previous_share"].is_null() {
                assert_eq!(&change["previous_share"], share, "{entry}");
                assert_eq!(change["previous_base"], before["base"]);
            }
            let is_gone = change["status"] == "gone";
            if change["previous_share"].is_null() || (entry["share"].is_null() && !is_gone) {
                for figure in ["difference", "interval", "p_adjusted"] {
                    assert!(change[figure].is_null(), "{entry}");
                }
                let words =
                    change["words"].as_str().unwrap().replace(change["previous"].as_str().unwrap(), "");
                assert!(!words.contains(|c: char| c.is_ascii_digit()), "{words}");
            }
        }
    }
}

/// The codebook and the manifest say no more than the findings.
fn other_files_say_no_more(run: &Run, report: &Value) {
    let year = report["year"].as_i64().unwrap().to_string();
    let codebook: toml::Table =
        toml::from_str(&fs_err::read_to_string(run.folder.join("codebook.toml")).unwrap()).unwrap();
    let themes: Vec<&Value> =
        list(&report["questions"]).iter().flat_map(|question| list(&question["themes"])).collect();
    for theme in codebook["theme"].as_array().unwrap() {
        let counts = theme.get("year").and_then(toml::Value::as_array).into_iter().flatten();
        let shown = themes.iter().find(|shown| Some(shown["id"].as_str().unwrap()) == theme["id"].as_str());
        for count in counts.filter(|count| count["year"].as_str() == Some(&year)) {
            let shown = shown.map_or(Some(0), |shown| shown["respondents"].as_i64());
            assert_eq!(count.get("respondents").and_then(toml::Value::as_integer), shown, "{theme}");
        }
    }
    let manifest = run.json("manifest.json");
    for (counts, question) in list(&manifest["questions"]).iter().zip(list(&report["questions"])) {
        for key in ["blank", "non_answers", "base", "no_clear_theme", "segments"] {
            assert_eq!(counts[key], question[key], "{key} of the manifest");
        }
        assert_eq!(counts["respondents"], report["respondents"]);
        assert_eq!(counts["in_a_theme"].is_null(), question["no_clear_theme"].is_null());
    }
}

fn no_hidden_count_can_be_solved_for(disclosure: &str, published: Published) {
    let place = Workplace::new();
    let (open, shown) = (&open_years().1, both_years(&place, disclosure));
    let truths = [0, 1].map(|i| open[i].json("themes.json"));
    let reports = [0, 1].map(|i| shown[i].json("themes.json"));
    let mut puzzle = Puzzle::default();
    let mut secrets = Secrets(Vec::new());
    for (i, label) in ["2022", "2023"].into_iter().enumerate() {
        let year = Year { label, published, report: &reports[i], truth: &truths[i], run: &open[i] };
        year.add(&mut puzzle, &mut secrets);
        tests_are_made_from_what_is_shown(&reports[i]);
        other_files_say_no_more(&shown[i], &reports[i]);
    }
    changes_are_made_from_what_is_shown(&reports[0], &reports[1]);
    assert!(secrets.0.len() > 50, "{} secrets are too few to be a test", secrets.0.len());
    let given_back: Vec<(&str, Vec<&str>)> = secrets
        .0
        .iter()
        .filter(|secret| !puzzle.can_differ(**secret))
        .map(|secret| (puzzle.name(*secret), puzzle.rules_with(*secret)))
        .collect();
    assert!(given_back.is_empty(), "{} of {}: {given_back:#?}", given_back.len(), secrets.0.len());
}

#[test]
fn two_years_with_small_counts_hidden_give_none_back() {
    no_hidden_count_can_be_solved_for("suppress", Published { hidden: 4, slack: 0 });
}

#[test]
fn two_years_with_rounded_counts_give_no_hidden_one_back() {
    no_hidden_count_can_be_solved_for("nhs", Published { hidden: 7, slack: 2 });
}

/// The files for publication are made from the findings alone, so that what holds of `themes.json` holds of them all.
#[test]
fn files_for_publication_know_nothing_but_the_findings() {
    let run = fixture(200);
    let place = Workplace::new();
    export_run(run.input(), &place.path("with")).unwrap();
    let nobody = Survey { respondents: Vec::new(), ..run.survey.clone() };
    let without = ExportInput { survey: &nobody, coded: &[], review: &[], ..run.input() };
    export_run(without, &place.path("without")).unwrap();
    for name in ["report.html", "report.docx", "report.md", "tables.xlsx", "themes.json"] {
        let read = |folder: &str| fs_err::read(place.path(folder).join(name)).unwrap();
        assert!(read("with") == read("without"), "{name}");
    }
}
