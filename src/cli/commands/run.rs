use super::codebook;
use crate::cli::args::RunArgs;
use crate::cli::bars::Bars;
use crate::cli::exit::Complaint;
use crate::cli::printer::Printer;
use crate::cli::unfinished::{Request, Unfinished};
use crate::cli::{model, settings, table};
use std::path::{Path, PathBuf};
use verbatim::codebook::set_apart;
use verbatim::disclose::MIN_SAME_ATTRIBUTES;
use verbatim::export::{ExportInput, check_folder, export_run};
use verbatim::pipeline::{PipelineParams, mask_surroundings, run_pipeline};
use verbatim::progress::{Progress, Stage};
use verbatim::read::read_survey;
use verbatim::redact::Redactor;
use verbatim::review::{Review, read_review};

/// Finds the themes of a survey and writes the report.
pub(crate) fn run(args: &RunArgs, printer: Printer) -> anyhow::Result<()> {
    if let Some(threads) = args.threads {
        limit_threads(threads)?;
    }
    let plan = settings::plan(&args.input)?;
    let mut params = settings::params(args, &plan)?;
    let folder = settings::out_folder(args);
    check_folder(&folder).map_err(verbatim::Error::from)?;
    for input in [&args.input.input, &plan.input] {
        refuse_within(input, &folder)?;
    }
    let previous = args.previous.as_ref().or(plan.previous_run.as_ref());
    let mut known =
        codebook::known_themes(args.codebook.as_deref(), previous.map(PathBuf::as_path), &params.redact)?;
    params.review = earlier_review(args, &folder)?;
    let bars = Bars::new(printer);

    bars.start(Stage::Read, None);
    // The model is unpacked meanwhile; of two faults, that of the answers is told.
    let embedder = model::load(&args.engine);
    let mut outcome = read_survey(&plan).map_err(verbatim::Error::from)?;
    mask_surroundings(&mut outcome, &Redactor::new(&params.redact));
    bars.finish(Stage::Read);
    for warning in &outcome.warnings {
        printer.warn(warning);
    }
    // With `--codebook` a survey is run again, and its counts are to be replaced.
    if let Some(known) = known.as_mut().filter(|_| args.codebook.is_none()) {
        let (title, year) = (&outcome.survey.title, outcome.survey.year);
        if let Some(warning) = set_apart(&mut known.codebook, title, year) {
            printer.warn(&warning);
        }
    }
    let embedder = embedder?;
    let request = Request {
        answers: &outcome.summary.rows_sha256,
        settings: format!("{params:?} {plan:?} {:?}", known.as_ref().map(|known| &known.codebook)),
        model: format!("{} {}", embedder.model().sha256, embedder.model().engine),
    };
    let unfinished = Unfinished::begin(&folder, &request, args.resume, printer)?;
    let embedder = model::with_store(embedder, args.no_cache, &unfinished.vectors(), printer)?;
    let output = run_pipeline(&outcome.survey, &params, known.as_ref(), embedder.as_ref(), &bars)?;
    for warning in small_groups(&params).iter().chain(&output.warnings).chain(&embedder.take_warnings()) {
        printer.warn(warning);
    }

    bars.start(Stage::Export, None);
    let manifest = verbatim::pipeline::manifest(&outcome, &params, &output);
    let attachments = codebook::attachments(&output)?;
    let input = ExportInput {
        report: &output.report,
        survey: &outcome.survey,
        hidden_groups: &output.hidden_groups,
        coded: &output.coded,
        review: &output.review,
        attachments: &attachments,
        manifest: &manifest,
    };
    export_run(input, &folder).map_err(verbatim::Error::from)?;
    unfinished.done()?;
    bars.finish(Stage::Export);
    printer.say(&table::summary(&output.report, &folder, printer));
    Ok(())
}

/// That a quote's attribution may tell who wrote it, where the survey file lets it name few people.
fn small_groups(params: &PipelineParams) -> Option<String> {
    let n = params.min_group;
    (n < MIN_SAME_ATTRIBUTES).then(|| {
        format!(
            "`min_group = {n}`: what stands beside a quote may fit as few as {n} of the respondents, so that colleagues may know who wrote \
             it; without the line it is {MIN_SAME_ATTRIBUTES}"
        )
    })
}

/// A run replaces its folder whole, and what it is made from would be moved away with it.
fn refuse_within(input: &Path, folder: &Path) -> anyhow::Result<()> {
    let (Ok(real), Ok(real_folder)) = (fs_err::canonicalize(input), fs_err::canonicalize(folder)) else {
        return Ok(());
    };
    if real.starts_with(real_folder) {
        let message = format!("`{}` lies in the folder that the run is written to", input.display());
        return Err(Complaint::new(message)
            .with_hint("Name another folder with `--out`, or move the file out of it")
            .into());
    }
    Ok(())
}

/// The decisions on the quotes of the run that `--review` names, or of the one in the folder.
fn earlier_review(args: &RunArgs, folder: &Path) -> Result<Review, verbatim::Error> {
    let in_folder = folder.join("quotes-review.csv");
    match &args.review {
        Some(path) => Ok(read_review(path)?),
        None if in_folder.exists() => Ok(read_review(&in_folder)?),
        None => Ok(Review::default()),
    }
}

fn limit_threads(threads: usize) -> anyhow::Result<()> {
    if threads == 0 || threads > 1024 {
        return Err(Complaint::usage(format!("`--threads {threads}` is not a number from 1 to 1024")).into());
    }
    Ok(rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?)
}
