//! `docs/scale.md` shows commands that this program has, with the options that they have.

use crate::support::{program, project, succeeded_quietly};

#[test]
fn every_command_shown_has_its_options() {
    let page = fs_err::read_to_string(project().join("docs/scale.md")).unwrap();
    let page = page.replace("\\\n", " ");
    let shown = page.lines().filter_map(|line| {
        let (_, command) = line.split_once("verbatim-cluster ")?;
        (line.starts_with("verbatim-cluster ") || line.starts_with("ExecStart=")).then_some(command)
    });
    let mut seen = 0;
    for command in shown {
        let words = command.split_whitespace().map(|word| word.trim_matches('\''));
        succeeded_quietly(program().args(words).arg("--help"));
        seen += 1;
    }
    assert!(seen >= 6, "only {seen} commands were seen");
}
