//! What was typed and what the survey file says, as one plan: the command line wins.

use super::args::{InputArgs, RunArgs, Themes};
use super::exit::Complaint;
use std::path::{Path, PathBuf};
use std::time::Duration;
use verbatim::cluster::ClusterParams;
use verbatim::label::Namer;
use verbatim::pipeline::PipelineParams;
use verbatim::read::{PlannedQuestion, Settings, SurveyPlan, ThemeCount};
use verbatim::redact::RedactParams;

/// The plan of a survey file with the command line's changes, or of a bare file.
pub(crate) fn plan(args: &InputArgs) -> anyhow::Result<SurveyPlan> {
    let mut plan = if is_survey_file(&args.input) {
        SurveyPlan::from_toml(&args.input).map_err(verbatim::Error::from)?
    } else {
        SurveyPlan { input: args.input.clone(), ..SurveyPlan::default() }
    };
    if !args.questions.is_empty() {
        plan.questions = args
            .questions
            .iter()
            .map(|column| {
                let known = plan.questions.iter().find(|question| question.column == *column);
                known.cloned().unwrap_or(PlannedQuestion { column: column.clone(), wording: None })
            })
            .collect();
    }
    if !args.groups.is_empty() {
        plan.groups.clone_from(&args.groups);
    }
    replace(&mut plan.respondent_id, args.id.as_ref());
    replace(&mut plan.consent, args.consent.as_ref());
    replace(&mut plan.weight, args.weight.as_ref());
    replace(&mut plan.encoding, args.encoding.as_ref());
    replace(&mut plan.sheet, args.sheet.as_ref());
    Ok(plan)
}

fn replace(old: &mut Option<String>, new: Option<&String>) {
    if new.is_some() {
        *old = new.cloned();
    }
}

fn is_survey_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("toml"))
}

/// The parameters of every stage, checked before a byte of the input is read. The command line wins over the survey file.
pub(crate) fn params(args: &RunArgs, plan: &SurveyPlan) -> anyhow::Result<PipelineParams> {
    let default = PipelineParams::default();
    let file = &plan.settings;
    let common_share = common_share(args)?.or(file.common_share);
    Ok(PipelineParams {
        redact: RedactParams { allow: plan.allow.clone(), deny: plan.deny.clone() },
        cluster: ClusterParams {
            n_themes: n_themes(args, plan),
            granularity: args.granularity.or(file.granularity).unwrap_or(default.cluster.granularity),
            seed: args.seed.or(file.seed).unwrap_or(default.cluster.seed),
            ..default.cluster
        },
        sample: sample(args)?.or(file.sample).unwrap_or(default.sample),
        n_quotes: n_quotes(args)?.or(file.quotes).unwrap_or(default.n_quotes),
        common_share: common_share.unwrap_or(default.common_share),
        // Whoever says from which share on a theme is common wants all of those.
        most_common: default.most_common.filter(|_| common_share.is_none()),
        disclosure: args.disclosure.or(file.disclosure).unwrap_or(default.disclosure),
        min_group: file.min_group.unwrap_or(default.min_group),
        review: default.review,
        namer: namer(args)?,
    })
}

/// Time that a language model has for a theme.
const NAMER_PATIENCE: Duration = Duration::from_mins(1);

fn namer(args: &RunArgs) -> Result<Option<Namer>, verbatim::Error> {
    let model = args.namer_model.as_deref().unwrap_or("default");
    let namer = args.namer.as_ref().map(|url| Namer::new(url, model, NAMER_PATIENCE)).transpose();
    Ok(namer?)
}

fn n_themes(args: &RunArgs, plan: &SurveyPlan) -> Option<usize> {
    match (args.themes, plan.settings.themes) {
        (Some(Themes::Number(n)), _) | (None, Some(ThemeCount::Exactly(n))) => Some(n),
        _ => None,
    }
}

fn sample(args: &RunArgs) -> anyhow::Result<Option<usize>> {
    match args.sample {
        Some(n) if n < Settings::LEAST_SAMPLE => {
            let least = Settings::LEAST_SAMPLE;
            Err(Complaint::usage(format!("`--sample {n}` is not a number from {least} on")).into())
        }
        n => Ok(n),
    }
}

fn n_quotes(args: &RunArgs) -> anyhow::Result<Option<usize>> {
    match args.quotes {
        Some(n) if !Settings::QUOTES.contains(&n) => {
            let (least, most) = Settings::QUOTES.into_inner();
            Err(Complaint::usage(format!("`--quotes {n}` is not a number from {least} to {most}")).into())
        }
        n => Ok(n),
    }
}

fn common_share(args: &RunArgs) -> anyhow::Result<Option<f64>> {
    match args.common {
        Some(percent) if !(0.0..=100.0).contains(&percent) => {
            Err(Complaint::usage(format!("`--common {percent}` is not a percentage from 0 to 100")).into())
        }
        percent => Ok(percent.map(|percent| percent / 100.0)),
    }
}

/// Where the run is written: `--out`, or `out/` and the name of the input.
pub(crate) fn out_folder(args: &RunArgs) -> PathBuf {
    args.out.clone().unwrap_or_else(|| {
        let name =
            args.input.input.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Path::new("out").join(stem(&name))
    })
}

/// The name of a file without its ending, and without that of its compression: `survey.2023` of `survey.2023.csv.gz`.
fn stem(name: &str) -> &str {
    let plain = name.strip_suffix(".gz").unwrap_or(name);
    let stem = plain.rsplit_once('.').map_or(plain, |(stem, _)| stem);
    if stem.chars().any(char::is_alphanumeric) { stem } else { "run" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_in_names_keep_runs_apart() {
        let names = ["survey.2022.csv", "survey.2023.csv.gz", "survey-2023.toml", "answers", ".csv", "..csv"];
        assert_eq!(names.map(stem), ["survey.2022", "survey.2023", "survey-2023", "answers", "run", "run"]);
    }
}
