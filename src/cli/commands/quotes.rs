use crate::cli::args::{QuoteFormatArg, QuotesArgs};
use crate::cli::exit::Complaint;
use crate::cli::output;
use crate::cli::printer::Printer;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use verbatim::disclose::MIN_SAME_ATTRIBUTES;
use verbatim::export::{ChosenQuote, QuoteFormat, QuoteSet, write_quote_set};
use verbatim::read::{ReadError, read_report};
use verbatim::types::{GroupTable, QuestionReport, Quote, Report, Theme};

/// Prints chosen quotes of a finished run. They are those of the report, which a person can have read; nothing is chosen anew.
pub(crate) fn quotes(args: &QuotesArgs, printer: Printer) -> anyhow::Result<()> {
    let format = format(args)?;
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from("-"));
    let binary = matches!(format, QuoteFormat::Docx | QuoteFormat::Xlsx);
    if binary && out == Path::new("-") && std::io::stdout().is_terminal() {
        return Err(Complaint::usage("a document cannot be printed on a terminal")
            .with_hint("name a file with `--out`")
            .into());
    }
    let report = read_report(&args.run).map_err(|error| verbatim::Error::from(ReadError::from(error)))?;
    let wanted = Wanted::new(args, &report)?;
    let set =
        QuoteSet { report: &report, title: title(args, &report), quotes: choose(&report, &wanted, args.n) };
    if set.quotes.is_empty() {
        return Err(Complaint::new("no quote of the run fits")
            .with_hint("ask for less, or run the survey with more `--quotes` for each theme")
            .into());
    }
    if !report.quotes_reviewed {
        printer.warn(
            "the run is not yet reviewed: decide on every row of its `quotes-review.csv` before you publish",
        );
    }
    if wanted.may_be_few(&report) {
        printer.warn(&format!(
            "fewer than {MIN_SAME_ATTRIBUTES} respondents may be in what `--group` names: a list of their quotes points at them, so keep it \
             in the team"
        ));
    }
    let mut bytes = Vec::new();
    write_quote_set(&set, format, &mut bytes)?;
    output::write_new(&out, &bytes, printer)
}

fn format(args: &QuotesArgs) -> anyhow::Result<QuoteFormat> {
    if let Some(format) = args.format {
        return Ok(format.into());
    }
    let ending =
        args.out.as_deref().and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    match ending.as_deref() {
        None | Some("md") => Ok(QuoteFormat::Markdown),
        Some("csv") => Ok(QuoteFormat::Csv),
        Some("xlsx") => Ok(QuoteFormat::Xlsx),
        Some("docx") => Ok(QuoteFormat::Docx),
        Some(other) => Err(Complaint::usage(format!("`.{other}` says no form of a list of quotes"))
            .with_hint("name the form with `--format docx`, `xlsx`, `csv` or `md`")
            .into()),
    }
}

/// What was asked for, found in the report.
struct Wanted<'a> {
    question: Option<&'a str>,
    themes: Vec<&'a Theme>,
    /// Number of a group column and the value it must have.
    groups: Vec<(usize, &'a str)>,
}

impl<'a> Wanted<'a> {
    fn new(args: &'a QuotesArgs, report: &'a Report) -> anyhow::Result<Self> {
        let columns = report.questions.iter().map(|question| question.column.as_str());
        if let Some(question) = &args.question
            && !columns.clone().any(|column| column == question)
        {
            return Err(Complaint::new(format!("the run has no question `{question}`"))
                .with_hint(format!("its questions are {}", listed(columns)))
                .into());
        }
        Ok(Self {
            question: args.question.as_deref(),
            themes: args.themes.iter().map(|theme| find_theme(report, theme)).collect::<Result<_, _>>()?,
            groups: args.groups.iter().map(|group| find_group(report, group)).collect::<Result<_, _>>()?,
        })
    }

    fn holds(&self, question: &QuestionReport, theme: &Theme) -> bool {
        let asked = self.question.is_none_or(|column| column == question.column);
        asked && (self.themes.is_empty() || self.themes.iter().any(|wanted| wanted.id == theme.id))
    }

    /// Whether the report does not show that the groups asked for are as many people as an attribution needs: of several together it shows
    /// nothing.
    fn may_be_few(&self, report: &Report) -> bool {
        let themes = || report.questions.iter().flat_map(|question| &question.themes);
        let is_large = |(column, value): &(usize, &str)| {
            let rows = themes().filter_map(|theme| theme.groups.get(*column)).flat_map(|table| &table.rows);
            let mut bases = rows.filter(|row| row.value == *value).filter_map(|row| row.base);
            bases.any(|base| base >= MIN_SAME_ATTRIBUTES)
        };
        self.groups.len() > 1 || !self.groups.iter().all(is_large)
    }

    fn said_by(&self, quote: &Quote) -> bool {
        let value = |column: usize| quote.groups.get(column).and_then(Option::as_deref);
        self.groups.iter().all(|(column, wanted)| value(*column) == Some(wanted))
    }
}

/// By id in any case, by name in any case, or by the only name that holds the words.
fn find_theme<'a>(report: &'a Report, wanted: &str) -> Result<&'a Theme, Complaint> {
    let themes = || report.questions.iter().flat_map(|question| &question.themes);
    let lower = wanted.trim().to_lowercase();
    let exact = themes()
        .find(|theme| theme.id.to_string().to_lowercase() == lower || theme.name.to_lowercase() == lower);
    let mut holding =
        themes().filter(|theme| !lower.is_empty() && theme.name.to_lowercase().contains(&lower));
    match (exact, holding.next(), holding.next()) {
        (Some(theme), ..) | (None, Some(theme), None) => Ok(theme),
        (None, Some(_), Some(_)) => Err(Complaint::new(format!("`{wanted}` fits several themes"))
            .with_hint("give the id of one, such as `--theme T03`")),
        _ => Err(Complaint::new(format!("the run has no theme `{wanted}`")).with_hint(format!(
            "its themes are {}",
            themes().map(|theme| format!("{} ({})", theme.name, theme.id)).collect::<Vec<_>>().join(", ")
        ))),
    }
}

fn find_group<'a>(report: &'a Report, wanted: &'a str) -> Result<(usize, &'a str), Complaint> {
    let (column, value) = wanted.split_once('=').ok_or_else(|| {
        Complaint::usage(format!("`--group {wanted}` has no `=`")).with_hint("write `--group employer=PCN`")
    })?;
    let themes = report.questions.iter().flat_map(|question| &question.themes);
    let tables: Vec<(usize, &GroupTable)> =
        themes.flat_map(|theme| theme.groups.iter().enumerate()).collect();
    let of_column: Vec<_> = tables.iter().filter(|(_, table)| table.column == column).collect();
    let Some((number, _)) = of_column.first() else {
        return Err(Complaint::new(format!("the run has no group column `{column}`")).with_hint(format!(
            "its group columns are {}",
            listed(tables.iter().map(|(_, table)| &*table.column))
        )));
    };
    let values = || of_column.iter().flat_map(|(_, table)| &table.rows).map(|row| row.value.as_str());
    if values().all(|known| known != value) {
        return Err(Complaint::new(format!("no respondent has `{value}` in `{column}`"))
            .with_hint(format!("its values are {}", listed(values()))));
    }
    Ok((*number, value))
}

/// Each once, in order, in backticks.
fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<String> = Vec::new();
    for name in names.map(|name| format!("`{name}`")) {
        if !seen.contains(&name) {
            seen.push(name);
        }
    }
    seen.join(", ")
}

fn choose<'a>(report: &'a Report, wanted: &Wanted<'_>, n: usize) -> Vec<ChosenQuote<'a>> {
    let mut chosen = Vec::new();
    for question in &report.questions {
        for theme in question.themes.iter().filter(|theme| wanted.holds(question, theme)) {
            let fitting = theme.quotes.iter().filter(|quote| wanted.said_by(quote));
            chosen.extend(fitting.take(n).map(|quote| ChosenQuote { question, theme, quote }));
        }
    }
    chosen
}

/// What was asked for, in words.
fn title(args: &QuotesArgs, report: &Report) -> String {
    let mut asked = if args.themes.is_empty() { vec!["every theme".to_owned()] } else { args.themes.clone() };
    asked.extend(args.groups.iter().map(|group| group.replacen('=', " ", 1)));
    let year = report.year.map_or_else(String::new, |year| format!(", {year}"));
    format!("{}{year}: quotes on {}", report.title, asked.join(", "))
}

impl From<QuoteFormatArg> for QuoteFormat {
    fn from(arg: QuoteFormatArg) -> Self {
        match arg {
            QuoteFormatArg::Docx => Self::Docx,
            QuoteFormatArg::Xlsx => Self::Xlsx,
            QuoteFormatArg::Csv => Self::Csv,
            QuoteFormatArg::Md => Self::Markdown,
        }
    }
}
