//! The structure that ARCHITECTURE.md promises, checked against the `use` lines of the code.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Stages in the order of the data.
const STAGES: [&str; 12] = [
    "read", "clean", "redact", "segment", "embed", "smooth", "cluster", "label", "quote", "compare",
    "disclose", "export",
];
/// What every module may know.
const COMMON: [&str; 7] = ["types", "error", "progress", "panics", "maths", "grammar", "files"];
/// Modules that are no stage, and the stages that they may know, for how text is decoded and made safe to write.
const BESIDE: [(&str, &[&str]); 3] =
    [("codebook", &["export"]), ("review", &["read"]), ("agree", &["read", "export"])];
/// Modules that everyone may know, and what they may know themselves.
const BELOW: [(&str, &[&str]); 6] = [
    ("types", &[]),
    ("maths", &["types"]),
    ("grammar", &["types"]),
    ("files", &["panics"]),
    ("panics", &[]),
    ("progress", &[]),
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs_err::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn code(path: &Path) -> String {
    let text = fs_err::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// The modules of this crate that `code` names by `crate::…`, also inside `crate::{…}`.
fn modules_named(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').map(first_word).collect(),
            None => vec![first_word(rest)],
        })
        .filter(|name| !name.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Every file of a module, also of one that is a single file.
fn files_of(module: &str) -> Vec<PathBuf> {
    let folder = Path::new("src").join(module);
    let mut files = if folder.is_dir() { rust_files(&folder) } else { Vec::new() };
    files.extend(Some(folder.with_extension("rs")).filter(|file| file.is_file()));
    assert!(!files.is_empty(), "there is no module `{module}`");
    files
}

/// Fails if a file of `module` names another module of the crate than those that it may `know`.
fn knows_only(module: &str, know: impl Fn(&str) -> bool) {
    for file in files_of(module) {
        for named in modules_named(&code(&file)) {
            assert!(named == module || know(&named), "{} names `crate::{named}`", file.display());
        }
    }
}

fn is_common(module: &str) -> bool {
    COMMON.contains(&module) || module == "Hint" || module == "Error"
}

#[test]
fn a_stage_knows_no_other_stage_nor_the_pipeline_nor_the_command_line() {
    for stage in STAGES {
        knows_only(stage, is_common);
    }
}

#[test]
fn what_stands_beside_the_stages_knows_those_alone_that_read_and_write_text() {
    for (module, known) in BESIDE {
        knows_only(module, |named| is_common(named) || known.contains(&named));
    }
}

#[test]
fn what_everyone_knows_knows_nothing_of_the_stages() {
    for (module, known) in BELOW {
        knows_only(module, |named| known.contains(&named));
    }
}

#[test]
fn every_module_has_its_place_in_the_layers() {
    // These may know everything: an error wraps those of all stages.
    let above = ["pipeline", "cli", "error", "lib", "main"];
    let placed: BTreeSet<&str> = STAGES
        .into_iter()
        .chain(BESIDE.map(|(module, _)| module))
        .chain(BELOW.map(|(module, _)| module))
        .chain(above)
        .collect();
    for entry in fs_err::read_dir("src").unwrap() {
        let path = entry.unwrap().path();
        let module = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(placed.contains(module.as_str()), "`{module}` is in no layer");
    }
}

/// The rows of `docs/dependencies.md` for the crates of the program: a crate and its homes, none of which means everywhere.
fn documented_homes() -> BTreeMap<String, Vec<String>> {
    let text = fs_err::read_to_string("docs/dependencies.md").unwrap();
    let program = text.split("\n## ").next().unwrap();
    let rows = program.lines().filter_map(|line| line.strip_prefix("| ")).skip(1);
    let rows = rows.filter(|row| !row.starts_with("---"));
    let mut homes = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.split(" | ").collect();
        let places: Vec<String> = cells[1].split('`').skip(1).step_by(2).map(String::from).collect();
        let is_for_tests = cells[1] == "tests" || places.iter().any(|place| place.contains('/'));
        for name in cells[0].split(", ").filter(|_| !is_for_tests) {
            let places = places.iter().filter(|place| *place != "rust-bert").cloned().collect();
            assert!(homes.insert(name.to_owned(), places).is_none(), "{name} has two rows");
        }
    }
    homes
}

fn dependencies() -> BTreeSet<String> {
    let manifest: toml::Table = fs_err::read_to_string("Cargo.toml").unwrap().parse().unwrap();
    let of = |table: &toml::Table| -> Vec<String> {
        table
            .get("dependencies")
            .and_then(|d| d.as_table())
            .map(|d| d.keys().cloned().collect())
            .unwrap_or_default()
    };
    let targets = manifest.get("target").and_then(|t| t.as_table()).into_iter().flat_map(|t| t.values());
    let of_targets = targets.filter_map(|target| target.as_table()).flat_map(of);
    of(&manifest).into_iter().chain(of_targets).collect()
}

#[test]
fn every_crate_is_used_in_its_documented_homes_and_nowhere_else() {
    let homes = documented_homes();
    assert_eq!(homes.keys().cloned().collect::<BTreeSet<_>>(), dependencies());
    let files: Vec<(PathBuf, String)> =
        rust_files(Path::new("src")).into_iter().map(|file| (file.clone(), code(&file))).collect();
    for (name, homes) in homes {
        let path = format!("{}::", name.replace('-', "_"));
        let names_it = |code: &str| {
            code.match_indices(&path)
                .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
        };
        let users: Vec<&PathBuf> =
            files.iter().filter(|(_, code)| names_it(code)).map(|(file, _)| file).collect();
        assert!(!users.is_empty(), "nothing uses {name}");
        let is_home = |file: &Path, home: &str| {
            let inside = file.strip_prefix("src").unwrap();
            inside.starts_with(home) || inside == Path::new(&format!("{home}.rs"))
        };
        for user in &users {
            let at_home = homes.is_empty() || homes.iter().any(|home| is_home(user, home));
            assert!(at_home, "{} uses {name}, whose homes are {homes:?}", user.display());
        }
        for home in &homes {
            assert!(users.iter().any(|user| is_home(user, home)), "{home} is no home of {name} any more");
        }
    }
}

#[test]
fn only_the_command_line_prints_and_reads_the_environment() {
    for file in rust_files(Path::new("src")).iter().filter(|file| !file.starts_with("src/cli")) {
        let code = code(file);
        for forbidden in [
            "println!",
            "eprint",
            "std::io::stdout",
            "std::io::stderr",
            "env::var",
            "SystemTime",
            "Instant::now",
        ] {
            assert!(!code.contains(forbidden), "{} has `{forbidden}`", file.display());
        }
    }
}

#[test]
fn the_crate_lists_its_stages_in_the_order_of_the_data() {
    let text = fs_err::read_to_string("src/lib.rs").unwrap();
    let places: Vec<usize> =
        STAGES.iter().map(|stage| text.find(&format!("\npub mod {stage};")).unwrap()).collect();
    assert!(places.is_sorted());
}
