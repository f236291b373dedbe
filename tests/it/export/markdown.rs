//! `report.md`.

use super::folder::read_all;
use crate::support::report::{Fixture, fixture};
use verbatim::export::export_run;

fn markdown(fixture: &Fixture) -> String {
    let dir = tempfile::tempdir().unwrap();
    export_run(fixture.input(), &dir.path().join("run")).unwrap();
    String::from_utf8(read_all(&dir.path().join("run")).remove("report.md").unwrap()).unwrap()
}

#[test]
fn the_report_has_the_published_form() {
    insta::assert_snapshot!(markdown(&fixture(300)));
}

#[test]
fn answers_cannot_change_the_document() {
    let hostile = "<script>alert(1)</script> | [x](javascript:y) `z` # {{7*7}}\n\n# Heading\n- item";
    let mut fixture = fixture(100);
    fixture.report.questions[0].wording = hostile.into();
    fixture.report.notes.push(hostile.into());
    let theme = fixture.theme_mut(0);
    theme.name = hostile.into();
    theme.statement = format!("**{hostile}** and {hostile}");
    theme.quotes[0].text = hostile.into();
    theme.quotes[0].attribution = Some(hostile.into());
    let text = markdown(&fixture);
    assert!(text.contains(r"{{7\*7}}") && text.contains("alert(1)"));
    for line in text.lines() {
        assert!(!line.starts_with("# Heading") && !line.starts_with("- item"), "{line}");
    }
    let bare = |sign: &str| {
        text.match_indices(sign)
            .filter(|(i, _)| *i == 0 || text.as_bytes()[i - 1] != b'\\')
            .map(|(i, _)| i)
            .collect::<Vec<_>>()
    };
    for sign in ["<", "|", "`", "[x"] {
        assert_eq!(bare(sign), Vec::<usize>::new(), "{sign}");
    }
}
