//! Links of the documents: files and headings.

use super::{Page, pages};
use std::path::Path;

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_are_there() {
    let (mut links, mut broken) = (0, Vec::new());
    for page in pages() {
        for target in targets(&page) {
            links += 1;
            if let Err(why) = follow(&page, &target) {
                broken.push(format!("{}: `{target}` {why}", page.path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert!(links > 20, "only {links} links were seen");
}

#[test]
fn a_link_to_nowhere_is_seen() {
    let page = |text: &str| Page { path: "docs/method.md".into(), text: text.into() };
    let faults = |text: &str| {
        let page = page(text);
        targets(&page).iter().filter(|target| follow(&page, target).is_err()).count()
    };
    assert_eq!(faults("# Method\n[a](change.md) ![b](report.png) [c](../README.md#try-it) [d](#method)"), 0);
    assert_eq!(faults("[a](nothing.md) ![b](../report.png) [c](../README.md#nothing) [d](#method)"), 4);
    assert_eq!(
        faults("`[a](nothing.md)`\n```\n[a](nothing.md)\n```\n[b](https://example.org/nothing.md)"),
        0
    );
}

/// Targets of the links and pictures in the prose that lead to a file of the project.
fn targets(page: &Page) -> Vec<String> {
    let prose: String = page.prose().map(|line| outside_code(line) + "\n").collect();
    let starts = prose.split("](").skip(1);
    starts
        .filter_map(|rest| rest.split(')').next())
        .map(|target| target.split_whitespace().next().unwrap_or_default().to_owned())
        .filter(|target| !target.contains("://") && !target.starts_with("mailto:"))
        .collect()
}

fn outside_code(line: &str) -> String {
    line.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

fn follow(page: &Page, target: &str) -> Result<(), &'static str> {
    let (file, heading) =
        target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
    let path = if file.is_empty() {
        page.path.clone()
    } else {
        page.path.parent().unwrap_or(Path::new("")).join(file)
    };
    if !file.is_empty() && !path.exists() {
        return Err("is not there");
    }
    let Some(heading) = heading else { return Ok(()) };
    let headings = if file.is_empty() { anchors(page) } else { anchors(&Page::read(path)) };
    if headings.iter().any(|anchor| anchor == heading) { Ok(()) } else { Err("has no such heading") }
}

/// The anchors of a page's headings, as GitHub makes them: lower case, punctuation gone, spaces as hyphens.
fn anchors(page: &Page) -> Vec<String> {
    let headings = page.prose().filter(|line| line.starts_with('#'));
    headings
        .map(|line| {
            let kept = line.trim_start_matches('#').trim().to_lowercase();
            let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect()
}
