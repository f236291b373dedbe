//! The CSV files and `themes.json`.

use super::folder::read_all;
use crate::support::report::{Fixture, fixture};
use std::collections::BTreeMap;
use verbatim::export::export_run;
use verbatim::types::Report;

type Rows = Vec<BTreeMap<String, String>>;

fn exported(fixture: &Fixture) -> BTreeMap<String, Vec<u8>> {
    let dir = tempfile::tempdir().unwrap();
    export_run(fixture.input(), &dir.path().join("run")).unwrap();
    read_all(&dir.path().join("run"))
}

fn rows(bytes: &[u8]) -> Rows {
    csv::Reader::from_reader(bytes).deserialize().map(Result::unwrap).collect()
}

fn header(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().next().unwrap().to_string()
}

/// A fixture some of whose segments count for a second theme.
fn with_seconds(n: usize) -> Fixture {
    let mut fixture = fixture(n);
    for coded in &mut fixture.coded {
        let themes: Vec<_> = coded.iter().map(|segment| segment.theme).collect();
        for (i, segment) in coded.iter_mut().enumerate().filter(|(i, _)| i % 3 == 0) {
            segment.second =
                themes[(i + 1) % themes.len()].filter(|id| segment.theme.is_some_and(|own| own != *id));
        }
    }
    fixture
}

#[test]
fn themes_json_is_the_report() {
    let fixture = fixture(100);
    let files = exported(&fixture);
    let read: Report = serde_json::from_slice(&files["themes.json"]).unwrap();
    assert!(read == fixture.report);
}

#[test]
fn the_fixed_columns_come_first() {
    let files = exported(&fixture(100));
    insta::assert_snapshot!(header(&files["assignments.csv"]), @"respondent_id,question,segment,start,end,theme_id,theme,similarity,primary,level,second_theme_id,second_theme,margin,text");
    insta::assert_snapshot!(header(&files["mentions.csv"]), @"year,question,respondent_id,segment,theme_id,theme,level,primary,second,similarity,base,weight,text,employer,contract");
    insta::assert_snapshot!(header(&files["quotes.csv"]), @"question,theme_id,theme,level,rank,respondent_id,start,end,text,attribution,similarity,shows_spread,masked,reviewed,employer,contract");
    insta::assert_snapshot!(header(&files["quotes-review.csv"]), @"question,theme_id,respondent_id,start,end,text,marks,risks,decision");
}

#[test]
fn every_segment_has_a_row_and_every_mention_one_too() {
    let fixture = with_seconds(300);
    let files = exported(&fixture);
    let assignments = rows(&files["assignments.csv"]);
    assert_eq!(assignments.len(), fixture.coded.iter().map(Vec::len).sum::<usize>());
    let with_theme: Vec<_> = assignments.iter().filter(|row| !row["theme_id"].is_empty()).collect();
    let with_second = with_theme.iter().filter(|row| !row["second_theme_id"].is_empty()).count();
    assert!(with_second > 0);
    assert_eq!(rows(&files["mentions.csv"]).len(), with_theme.len() + with_second);
    let mut primary: BTreeMap<_, usize> = BTreeMap::new();
    for row in with_theme {
        *primary.entry((&row["respondent_id"], &row["question"])).or_default() +=
            usize::from(row["primary"] == "true");
    }
    assert!(primary.values().all(|&n| n == 1));
}

#[test]
fn a_hidden_count_cannot_be_counted_from_mentions() {
    let mut fixture = with_seconds(300);
    let files = exported(&fixture);
    let mentions = rows(&files["mentions.csv"]);
    let mut hidden_cells = 0;
    for question in &fixture.report.questions {
        for theme in &question.themes {
            for table in &theme.groups {
                for row in table.rows.iter().filter(|row| row.respondents.is_none()) {
                    hidden_cells += 1;
                    let value = if row.value == "(not given)" { "" } else { &row.value };
                    let shown = mentions.iter().filter(|mention| {
                        mention["question"] == question.column
                            && mention["theme_id"] == theme.id.to_string()
                            && mention[&table.column] == value
                    });
                    assert_eq!(shown.count(), 0, "{} {} {}", theme.name, table.column, row.value);
                }
            }
        }
    }
    assert!(hidden_cells > 10);
    // Nor solved for: a column of which any count is hidden has no value in any row.
    assert!(mentions.iter().all(|row| row["employer"] == "[c]"));

    fixture.hidden_groups.clear();
    assert!(!String::from_utf8_lossy(&exported(&fixture)["mentions.csv"]).contains("[c]"));
}

#[test]
fn a_formula_in_any_text_is_inert() {
    let mut fixture = fixture(100);
    for formula in ["=HYPERLINK(\"http://x\")", "+44 7700 900123", "-5", "@SUM(A1)", "\t=1", "＝1"] {
        fixture.survey.respondents[0].id = formula.into();
        fixture.survey.respondents[0].groups[0] = Some(formula.into());
        fixture.survey.groups[0].column = formula.into();
        fixture.coded[0][0].text = formula.into();
        let theme = fixture.theme_mut(0);
        theme.name = formula.into();
        theme.quotes[0].text = formula.into();
        theme.quotes[0].attribution = Some(formula.into());
        fixture.report.questions[0].column = formula.into();
        fixture.review[0].text = formula.into();
        let files = exported(&fixture);
        for name in ["assignments.csv", "mentions.csv", "quotes.csv", "quotes-review.csv"] {
            let records: Vec<_> = csv::ReaderBuilder::new()
                .has_headers(false)
                .from_reader(&files[name][..])
                .into_records()
                .map(Result::unwrap)
                .collect();
            let found = records.iter().flatten().filter(|cell| *cell == format!("'{formula}")).count();
            assert!(found > 0, "{name}: {formula:?} is there");
            assert!(!records.iter().flatten().any(|cell| cell == formula), "{name}: {formula:?} acts");
        }
    }
}
