//! How much masking finds, measured on thousands of generated answers; `docs/privacy.md` prints these very figures.

mod disguises;
mod identifiers;
mod texts;

use disguises::disguise;
use identifiers::{Kind, STRUCTURED};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use verbatim::redact::{RedactParams, Redactor};
use verbatim::types::{MaskKind, Span};

const CASES_PER_KIND: usize = 600;
const NAME_CASES: usize = 3000;

/// Counts of one kind.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    planted: u64,
    /// Planted and wholly masked.
    found: u64,
    /// Masks of this kind.
    masks: u64,
    /// Masks of this kind that hide something planted.
    right: u64,
}

/// An answer and where the identifier stands in it.
struct Case {
    kind: Option<Kind>,
    text: String,
    planted: Span,
}

#[test]
fn masking_finds_what_the_documentation_says() {
    let tallies = measure();
    let documented = fs_err::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/privacy.md")).unwrap();
    let table = table(&tallies);
    assert!(documented.contains(&table), "docs/privacy.md must hold this table:\n{table}");

    let total = STRUCTURED.iter().map(|kind| tallies[kind]).fold(Tally::default(), add);
    assert!(share(total.found, total.planted) >= 0.99, "recall of structured kinds {total:?}");
    assert!(share(total.right, total.masks) >= 0.95, "precision of structured kinds {total:?}");
    for kind in STRUCTURED {
        assert!(share(tallies[&kind].found, tallies[&kind].planted) >= 0.97, "{kind:?} {:?}", tallies[&kind]);
    }
    let names = tallies[&Kind::Name];
    assert!(share(names.found, names.planted) >= 0.85, "recall of names {names:?}");
}

#[test]
fn huge_answers_of_every_shape_take_linear_time() {
    let redactor = Redactor::new(&RedactParams::default());
    for unit in [
        "a",
        "1",
        "0 ",
        "07700 ",
        "07 ",
        "a@",
        "a.",
        "Sam ",
        "dot ",
        "at ",
        "12 High ",
        "www.",
        "+",
        "(",
        "\u{200b}",
        "AB12",
        "born ",
        "[name]",
        "a@b",
        "a@b.",
        "a.b@c.com",
    ] {
        let text = unit.repeat((1 << 18) / unit.len());
        let began = std::time::Instant::now();
        let _ = redactor.find_masks(&text);
        // What grows with the square takes half a minute; the rest far less than a second.
        assert!(began.elapsed().as_secs() < 10, "{unit:?} took {:?}", began.elapsed());
    }
}

fn measure() -> BTreeMap<Kind, Tally> {
    let redactor = Redactor::new(&RedactParams::default());
    let mut tallies: BTreeMap<Kind, Tally> =
        STRUCTURED.into_iter().chain([Kind::Name]).map(|kind| (kind, Tally::default())).collect();
    for case in cases() {
        let masks = redactor.find_masks(&case.text);
        if let Some(kind) = case.kind {
            let hidden = case
                .planted
                .slice(&case.text)
                .char_indices()
                .filter(|(_, c)| c.is_alphanumeric() && !names_register(kind, *c))
                .all(|(at, _)| {
                    masks.iter().any(|mask| {
                        mask.span.contains(Span::new(case.planted.start + at, case.planted.start + at + 1))
                    })
                });
            let tally = tallies.get_mut(&kind).unwrap();
            tally.planted += 1;
            tally.found += u64::from(hidden);
        }
        for mask in &masks {
            let right = case.kind.is_some() && mask.span.overlaps(case.planted)
                || is_companion(mask.span.slice(&case.text));
            let tally = tallies.get_mut(&kind_of(&mask.kind)).unwrap();
            tally.masks += 1;
            tally.right += u64::from(right);
        }
    }
    tallies
}

/// The letters of "GMC" may stay; the number after it may not.
fn names_register(kind: Kind, c: char) -> bool {
    kind == Kind::Registration && "GMCＧＭＣ".contains(c)
}

/// Names that stand in a template beside the planted one.
fn is_companion(text: &str) -> bool {
    ["Sarah", "David", "Emma"].contains(&text)
}

fn cases() -> Vec<Case> {
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(2023);
    let mut cases = Vec::new();
    for kind in STRUCTURED {
        for _ in 0..CASES_PER_KIND {
            let template = identifiers::pick(texts::templates(kind), &mut rng);
            let identifier = identifiers::identifier(kind, &mut rng);
            let worn = disguise(kind, &identifier, &mut rng);
            cases.push(place(Some(kind), &template, &worn, &mut rng));
        }
    }
    for _ in 0..NAME_CASES {
        let (template, name) = texts::name_case(&mut rng);
        let worn = if rng.gen_bool(0.2) { disguise(Kind::Name, &name, &mut rng) } else { name };
        cases.push(place(Some(Kind::Name), &template, &worn, &mut rng));
    }
    for clean in texts::CLEAN {
        for _ in 0..20 {
            cases.push(place(None, clean, "", &mut rng));
        }
    }
    cases
}

/// The template with the identifier in its gap, now and then with another sentence before or after it.
fn place(kind: Option<Kind>, template: &str, identifier: &str, rng: &mut impl Rng) -> Case {
    let before =
        if rng.gen_bool(0.3) { format!("{}. ", identifiers::pick(texts::CLEAN, rng)) } else { String::new() };
    let after =
        if rng.gen_bool(0.3) { format!("\n{}", identifiers::pick(texts::CLEAN, rng)) } else { String::new() };
    let at = before.len() + template.find("{}").unwrap_or_default();
    Case {
        kind,
        text: format!("{before}{}{after}", template.replacen("{}", identifier, 1)),
        planted: Span::new(at, at + identifier.len()),
    }
}

fn kind_of(kind: &MaskKind) -> Kind {
    match kind {
        MaskKind::Email => Kind::Email,
        MaskKind::Phone => Kind::Phone,
        MaskKind::NhsNumber => Kind::NhsNumber,
        MaskKind::Postcode(_) => Kind::Postcode,
        MaskKind::NiNumber => Kind::NiNumber,
        MaskKind::DateOfBirth => Kind::DateOfBirth,
        MaskKind::Address => Kind::Address,
        MaskKind::Link => Kind::Link,
        MaskKind::Handle => Kind::Handle,
        MaskKind::Card => Kind::Card,
        MaskKind::Registration => Kind::Registration,
        MaskKind::Name | MaskKind::Denied => Kind::Name,
    }
}

fn add(a: Tally, b: Tally) -> Tally {
    Tally {
        planted: a.planted + b.planted,
        found: a.found + b.found,
        masks: a.masks + b.masks,
        right: a.right + b.right,
    }
}

fn share(part: u64, of: u64) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

/// The Markdown table of the documentation.
fn table(tallies: &BTreeMap<Kind, Tally>) -> String {
    let mut table = String::from(
        "| kind | planted | recall (95% interval) | masks | precision (95% interval) |\n|---|---|---|---|---|\n",
    );
    let mut row = |name: &str, tally: Tally| {
        let cell = |part, of| {
            let (low, high) = wilson(part, of);
            format!("{:.3} ({low:.3}–{high:.3})", share(part, of))
        };
        let (recall, precision) = (cell(tally.found, tally.planted), cell(tally.right, tally.masks));
        let _ = writeln!(table, "| {name} | {} | {recall} | {} | {precision} |", tally.planted, tally.masks);
    };
    let name = |kind: Kind| match kind {
        Kind::Email => "e-mail",
        Kind::Phone => "telephone",
        Kind::NhsNumber => "NHS number",
        Kind::Postcode => "postcode",
        Kind::NiNumber => "NI number",
        Kind::DateOfBirth => "date of birth",
        Kind::Address => "address",
        Kind::Link => "link",
        Kind::Handle => "handle",
        Kind::Card => "card",
        Kind::Registration => "registration",
        Kind::Name => "name",
    };
    for kind in STRUCTURED {
        row(name(kind), tallies[&kind]);
    }
    row("**all but names**", STRUCTURED.iter().map(|kind| tallies[kind]).fold(Tally::default(), add));
    row(name(Kind::Name), tallies[&Kind::Name]);
    table
}

/// Wilson 95% interval (Wilson 1927).
fn wilson(part: u64, of: u64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if of == 0 {
        return (0.0, 1.0);
    }
    let (n, p) = (of as f64, share(part, of));
    let middle = (p + Z * Z / (2.0 * n)) / (1.0 + Z * Z / n);
    let half = Z / (1.0 + Z * Z / n) * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    ((middle - half).max(0.0), (middle + half).min(1.0))
}
