//! `report.docx`: the report for Word, in its own styles (Title, Heading 1 to 3, List Bullet, Quote, Caption, Table Grid), so that
//! it takes on the look of whatever document its parts are pasted into. Charts are pictures with a text alternative.

mod contents;
mod package;
mod parts;
mod question;

use super::figures;
use super::findings::findings;
use super::quote_set::QuoteSet;
use super::run::Run;
use package::Package;
use parts::{bullet, heading, notice, paragraph, pieces_run, styled};
use std::io::{self, Write};

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let report = run.report;
    let title = figures::title(report);
    let mut package = Package::new(&title);
    package.add(styled("Title", &title));
    let respondents = figures::whole(report.respondents);
    package.add(styled("Subtitle", &format!("What {respondents} respondents said in their own words")));
    if !report.quotes_reviewed {
        package.add(notice(figures::NOT_REVIEWED, figures::REVIEW_ADVICE));
    }
    package.contents();
    package.heading(heading(1, "Findings"), 1);
    for question in &report.questions {
        package.add(heading(3, &question.wording));
        for finding in findings(report, question) {
            package.add(pieces_run(bullet(), &finding));
        }
    }
    if !report.notes.is_empty() {
        package.add(heading(3, "Please note"));
        for note in &report.notes {
            package.add(parts::text(bullet(), note));
        }
    }
    for question in &report.questions {
        question::add(&mut package, question, report)?;
    }
    package.heading(heading(1, "How this was made"), 1);
    package.add(paragraph(&figures::made(report)));
    package.write(out)
}

/// A set of quotes as a document of its own.
pub(super) fn write_quotes(set: &QuoteSet<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut package = Package::new(&set.title);
    package.add(styled("Title", &set.title));
    package.add(styled("Subtitle", &figures::title(set.report)));
    if !set.report.quotes_reviewed {
        package.add(notice(figures::NOT_REVIEWED, figures::REVIEW_ADVICE));
    }
    let mut before = None;
    for chosen in &set.quotes {
        if chosen.opens_section(before) {
            package.add(heading(1, &chosen.theme.name));
            package.add(paragraph(&chosen.question.wording));
        }
        package.add(parts::quote(chosen.quote));
        before = Some(chosen);
    }
    package.write(out)
}
