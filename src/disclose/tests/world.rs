//! A made-up survey, its report, and every other survey that fits what is published of it.

use super::*;
use crate::maths::{ChangeInput, changes};

pub(super) const N_THEMES: usize = 3;
pub(super) const N_GROUPS: usize = 3;

/// What people said, as counts: respondents by theme and group, bases, no clear theme.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct World {
    pub(super) counts: [[usize; N_GROUPS]; N_THEMES],
    pub(super) bases: [usize; N_GROUPS],
    pub(super) unclear: usize,
}

impl World {
    pub(super) fn total(&self, theme: usize) -> usize {
        self.counts[theme].iter().sum()
    }

    /// The report of this survey as it stands before protection, with everything that is made from the counts.
    pub(super) fn report(&self, disclosure: Disclosure) -> Report {
        let base: usize = self.bases.iter().sum();
        let mut themes: Vec<Theme> = (0..N_THEMES).map(|t| self.theme(t, base)).collect();
        let then: Vec<ChangeInput> = (0..N_THEMES)
            .map(|t| ChangeInput {
                now: Proportion::of(self.total(t), base),
                then: Proportion::of([2, 30, 60][t], 100),
                previous_base: Some(100),
                status: None,
            })
            .collect();
        for (theme, change) in themes.iter_mut().zip(changes("2022", &then)) {
            theme.change = Some(change);
        }
        themes.sort_by_key(|theme| (theme.level, std::cmp::Reverse(theme.respondents), theme.id));
        Report {
            schema: REPORT_SCHEMA,
            title: "Survey".into(),
            year: Some(2023),
            run: RunInfo {
                version: String::new(),
                model: String::new(),
                model_sha256: String::new(),
                engine: String::new(),
                seed: 1,
                previous: None,
            },
            respondents: base + 9,
            quotes_reviewed: false,
            disclosure,
            common_share: 0.05,
            most_common: None,
            questions: vec![QuestionReport {
                column: "q".into(),
                wording: "q?".into(),
                blank: Some(6),
                non_answers: Some(3),
                base,
                effective_base: None,
                segments: 3 * base,
                no_clear_theme: Some(self.unclear),
                coverage: Some((base - self.unclear) as f64 / base as f64),
                themes,
                gone: Vec::new(),
                map: Vec::new(),
            }],
            notes: Vec::new(),
        }
    }

    pub(super) fn theme(&self, t: usize, base: usize) -> Theme {
        let share = Proportion::of(self.total(t), base).unwrap();
        let rows = (0..N_GROUPS).map(|g| {
            let share = Proportion::of(self.counts[t][g], self.bases[g]);
            GroupRow {
                value: ["PCN", "VCSE", "Council"][g].into(),
                base: Some(self.bases[g]),
                respondents: Some(self.counts[t][g]),
                share: share.map(Proportion::share),
                interval: share.map(Proportion::interval),
            }
        });
        let mut rows: Vec<GroupRow> = rows.collect();
        rows.sort_by_key(|row| (std::cmp::Reverse(row.base), row.value.clone()));
        Theme {
            id: ThemeId::new(t as u32 + 1).unwrap(),
            name: format!("Theme {t}"),
            statement: String::new(),
            keywords: Vec::new(),
            level: if share.share() >= 0.05 { Level::Common } else { Level::Additional },
            respondents: Some(self.total(t)),
            mentions: Some(self.total(t) * 2),
            share: Some(share.share()),
            interval: Some(share.interval()),
            stability: Some(Stability { found: 50, of: 50 }),
            tentative: false,
            change: None,
            groups: vec![GroupTable {
                column: "employer".into(),
                rows,
                p_adjusted: Some(0.5),
                cramers_v: Some(0.5),
            }],
            quotes: (0..self.total(t).min(5)).map(|_| quote()).collect(),
            subthemes: Vec::new(),
        }
    }

    /// Whether people could have answered so: everyone of the base mentions a theme or has no clear one.
    pub(super) fn is_possible(&self) -> bool {
        let missing: usize = (0..N_GROUPS)
            .map(|g| self.bases[g].saturating_sub((0..N_THEMES).map(|t| self.counts[t][g]).sum::<usize>()))
            .sum();
        let fits = (0..N_THEMES).all(|t| (0..N_GROUPS).all(|g| self.counts[t][g] <= self.bases[g]));
        fits && missing <= self.unclear
    }
}

fn quote() -> Quote {
    Quote {
        respondent_id: String::new(),
        start: 0,
        end: 0,
        text: String::new(),
        attribution: Some("SPLW, PCN, 2023".into()),
        similarity: 0.9,
        shows_spread: false,
        masked: false,
        groups: vec![Some("PCN".into())],
    }
}

/// People of three groups who each name one theme or two, or none.
pub(super) fn world() -> impl Strategy<Value = World> {
    let person = (0_usize..N_GROUPS, prop_oneof![Just(0), Just(0), Just(1), Just(1), Just(2)], 0_usize..12);
    prop::collection::vec(person, 6..15).prop_map(|people| {
        let mut world = World { counts: [[0; N_GROUPS]; N_THEMES], bases: [0; N_GROUPS], unclear: 0 };
        for (group, theme, what) in people {
            world.bases[group] += 1;
            match what {
                0 => world.unclear += 1,
                1 | 2 => {
                    world.counts[theme][group] += 1;
                    world.counts[(theme + 1) % N_THEMES][group] += 1;
                }
                _ => world.counts[theme][group] += 1,
            }
        }
        world
    })
}

/// The table of a column with the region of each group, in the order of the survey below.
pub(super) fn regions(counts: [usize; N_GROUPS], bases: [usize; N_GROUPS]) -> GroupTable {
    let row = |value: &str, n: usize, base: usize| {
        let share = Proportion::of(n, base);
        GroupRow {
            value: value.into(),
            base: Some(base),
            respondents: Some(n),
            share: share.map(Proportion::share),
            interval: share.map(Proportion::interval),
        }
    };
    GroupTable {
        column: "region".into(),
        rows: vec![
            row("North", counts[0] + counts[1], bases[0] + bases[1]),
            row("South", counts[2], bases[2]),
        ],
        p_adjusted: None,
        cramers_v: None,
    }
}

pub(super) fn survey_of_regions() -> Survey {
    let respondent = |employer: &str, region: &str| Respondent {
        id: employer.into(),
        row: 1,
        groups: vec![Some(employer.into()), Some(region.into())],
        may_be_quoted: true,
        weight: 1.0,
        answers: Vec::new(),
    };
    Survey {
        groups: ["employer", "region"].map(|column| GroupColumn { column: column.into() }).into(),
        respondents: vec![
            respondent("PCN", "North"),
            respondent("VCSE", "North"),
            respondent("Council", "South"),
        ],
        ..Survey::default()
    }
}

pub(super) type Cells = [Option<usize>; N_GROUPS];

/// The counts of a published report: theme totals, cells per theme and group, bases.
pub(super) fn published(report: &Report) -> ([Option<usize>; N_THEMES], [Cells; N_THEMES], Cells) {
    let (mut totals, mut cells, mut bases) =
        ([None; N_THEMES], [[None; N_GROUPS]; N_THEMES], [None; N_GROUPS]);
    for theme in &report.questions[0].themes {
        let t = theme.id.number() as usize - 1;
        totals[t] = theme.respondents;
        for row in &theme.groups[0].rows {
            let g = ["PCN", "VCSE", "Council"].iter().position(|value| *value == row.value).unwrap();
            cells[t][g] = row.respondents;
            bases[g] = row.base;
        }
    }
    (totals, cells, bases)
}

/// Every way to fill a theme's hidden cells.
pub(super) fn fillings(total: Option<usize>, cells: Cells, most: usize) -> Vec<[usize; N_GROUPS]> {
    let range = |cell: Option<usize>| cell.map_or(0..=most, |known| known..=known);
    let mut found = Vec::new();
    for a in range(cells[0]) {
        for b in range(cells[1]) {
            for c in range(cells[2]) {
                let sum = a + b + c;
                if total.map_or(sum <= SMALL, |total| total == sum) {
                    found.push([a, b, c]);
                }
            }
        }
    }
    found
}

/// Every survey that the published totals, cells and bases leave possible to a reader who takes hidden themes as small.
/// None, where a theme had to be hidden only to protect the others.
pub(super) fn solutions(truth: &World, report: &Report) -> Vec<World> {
    let (totals, cells, bases) = published(report);
    let base = report.questions[0].base;
    let all_bases: Vec<[usize; N_GROUPS]> =
        fillings(Some(base), bases, base).into_iter().filter(|b| !b.contains(&0)).collect();
    let most = if bases.contains(&None) { base } else { truth.bases.iter().copied().max().unwrap_or(0) };
    let per_theme: Vec<Vec<[usize; N_GROUPS]>> =
        (0..N_THEMES).map(|t| fillings(totals[t], cells[t], most)).collect();
    let unclear = match report.questions[0].no_clear_theme {
        Some(known) => known..=known,
        None => 0..=SMALL,
    };
    let mut found = Vec::new();
    for first in &per_theme[0] {
        for second in &per_theme[1] {
            for third in &per_theme[2] {
                for unclear in unclear.clone() {
                    let counts = [*first, *second, *third];
                    let worlds = all_bases.iter().map(|&bases| World { counts, bases, unclear });
                    found.extend(worlds.filter(World::is_possible).take(3));
                }
            }
        }
    }
    found
}
