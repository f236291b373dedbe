//! `report.html`.

use super::folder::read_all;
use crate::support::report::{Fixture, fixture};
use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use verbatim::export::export_run;

fn page(fixture: &Fixture) -> String {
    let dir = tempfile::tempdir().unwrap();
    export_run(fixture.input(), &dir.path().join("run")).unwrap();
    String::from_utf8(read_all(&dir.path().join("run")).remove("report.html").unwrap()).unwrap()
}

/// The part of the page from the first `from` up to the next `to` after it.
fn part<'a>(page: &'a str, from: &str, to: &str) -> &'a str {
    let start = page.find(from).unwrap();
    let length = page[start..].find(to).unwrap();
    &page[start..start + length + to.len()]
}

#[test]
fn a_theme_has_a_section_with_everything_known_of_it() {
    let page = page(&fixture(300));
    insta::assert_snapshot!(part(&page, r#"<h4 id="q2-T01">"#, "</section>"));
}

#[test]
fn the_findings_come_first_in_plain_english() {
    let page = page(&fixture(300));
    insta::assert_snapshot!(part(&page, r#"<h2 id="findings">"#, "</section>"));
}

#[test]
fn a_thousand_respondents_fit_a_megabyte() {
    let page = page(&fixture(1000));
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn the_page_holds_no_script_no_address_and_a_policy_that_allows_only_style() {
    let page = page(&fixture(100));
    assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\">"));
    let style = part(&page, "<style>", "</style>");
    let style = style.strip_prefix("<style>").and_then(|style| style.strip_suffix("</style>")).unwrap();
    let hash = BASE64_STANDARD.encode(Sha256::digest(style));
    assert!(page.contains(&format!(
        "content=\"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'\""
    )));
    assert_eq!(page.matches("<style").count(), 1);
    for banned in [
        "<script",
        "javascript:",
        "http:",
        "https:",
        "url(",
        "@import",
        " src=",
        " style=",
        " onload",
        "<iframe",
    ] {
        assert!(!page.contains(banned), "{banned}");
    }
    for link in page.match_indices("href=\"").map(|(i, _)| &page[i + 6..i + 7]) {
        assert_eq!(link, "#");
    }
}

#[test]
fn every_link_has_its_target_and_every_id_is_one() {
    let page = page(&fixture(300));
    let values = |attribute: &str| -> Vec<String> {
        let opening = format!(" {attribute}=\"");
        let found = page.split(&opening).skip(1);
        found
            .flat_map(|rest| rest.split('"').next().unwrap().split(' ').map(String::from).collect::<Vec<_>>())
            .collect()
    };
    let ids = values("id");
    let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
    assert_eq!(ids.len(), distinct.len());
    let links = values("href").into_iter().map(|link| link.trim_start_matches('#').to_string());
    for target in links.chain(values("aria-labelledby")) {
        assert!(distinct.contains(&target), "{target}");
    }
}

#[test]
fn markup_in_any_text_is_shown_as_text() {
    let plain = page(&fixture(100));
    let hostile = "</style><script>alert(1)</script><img src=x onerror=y>{{7*7}}{% raw %}\"'&\u{202e}\u{0}";
    let mut fixture = fixture(100);
    fixture.report.title = hostile.into();
    fixture.report.notes.push(hostile.into());
    fixture.report.run.previous = Some(hostile.into());
    fixture.report.questions[0].wording = hostile.into();
    fixture.report.questions[0].gone[0].name = hostile.into();
    let theme = fixture.theme_mut(0);
    theme.name = hostile.into();
    theme.statement = format!("**{hostile}** and {hostile}");
    theme.keywords.push(hostile.into());
    theme.quotes[0].text = hostile.into();
    theme.quotes[0].attribution = Some(hostile.into());
    theme.groups[0].column = hostile.into();
    theme.groups[0].rows[0].value = hostile.into();
    theme.subthemes[0].name = hostile.into();
    theme.change.as_mut().unwrap().words = hostile.into();
    theme.change.as_mut().unwrap().previous = hostile.into();
    let page = page(&fixture);
    assert!(page.contains("{{7*7}}") && page.contains("&lt;script&gt;alert(1)"));
    assert!(!page.contains(['\u{202e}', '\0']));
    for markup in ["<script", "<img", "</style>"] {
        assert_eq!(page.matches(markup).count(), plain.matches(markup).count(), "{markup}");
    }
}

#[test]
fn a_run_without_themes_or_answers_has_a_page() {
    let mut fixture = fixture(40);
    for question in &mut fixture.report.questions {
        question.base = 0;
        question.coverage = None;
        question.themes.clear();
        question.gone.clear();
        question.map.clear();
    }
    fixture.coded = vec![Vec::new(); 2];
    let page = page(&fixture);
    assert!(page.contains("No theme was found"));
    assert!(!page.contains("NaN"));
}

#[test]
fn the_banner_goes_when_the_quotes_are_reviewed() {
    let mut fixture = fixture(100);
    assert!(page(&fixture).contains("Quotes not yet reviewed"));
    fixture.report.quotes_reviewed = true;
    assert!(!page(&fixture).contains("Quotes not yet reviewed"));
}

#[test]
fn a_difference_between_groups_names_two_groups() {
    let mut fixture = fixture(300);
    let all_but_one_hidden = |theme: &mut verbatim::types::Theme| {
        for row in theme.groups.iter_mut().flat_map(|table| table.rows.iter_mut().skip(1)) {
            row.share = None;
        }
    };
    assert!(!page(&fixture).contains("The clearest difference"), "the groups that are shown hardly differ");
    let table = &mut fixture.theme_mut(0).groups[0];
    table.p_adjusted = Some(0.001);
    for (i, row) in table.rows.iter_mut().enumerate() {
        let people = if i == 0 { row.base } else { Some(0) };
        (row.respondents, row.share) = (people, people.map(|n| if n == 0 { 0.0 } else { 1.0 }));
    }
    assert!(page(&fixture).contains("The clearest difference by employer"));
    fixture
        .report
        .questions
        .iter_mut()
        .flat_map(|question| &mut question.themes)
        .for_each(all_but_one_hidden);
    assert!(!page(&fixture).contains("The clearest difference"));
}
