//! `report.html`: one file that opens anywhere, without a script, a font or a request. Its policy allows nothing but the style
//! inside. The templates lay out; every figure and sentence is made in `view`.

mod view;
mod question;
mod theme;

use super::run::Run;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use std::io::{self, Write};

const TEMPLATES: [(&str, &str); 4] = [
    ("report.html", include_str!("templates/report.html")),
    ("question.html", include_str!("templates/question.html")),
    ("theme.html", include_str!("templates/theme.html")),
    ("parts.html", include_str!("templates/parts.html")),
];

pub(super) fn write(run: &Run<'_>, out: &mut (dyn Write + Send)) -> io::Result<()> {
    let mut templates = Environment::new();
    templates.set_auto_escape_callback(|_| AutoEscape::Html);
    templates.set_undefined_behavior(UndefinedBehavior::Strict);
    // The lines of the templates that only hold a tag leave nothing in the page.
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    templates.set_syntax(syntax.map_err(io::Error::other)?);
    for (name, source) in TEMPLATES {
        templates.add_template(name, source).map_err(io::Error::other)?;
    }
    let template = templates.get_template("report.html").map_err(io::Error::other)?;
    let page = template.render(Serde(view::page(run))).map_err(io::Error::other)?;
    out.write_all(page.as_bytes())?;
    out.write_all(b"\n")
}
