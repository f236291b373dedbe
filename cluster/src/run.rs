//! A finished run, ready to give its themes.

use crate::args::{EngineArgs, RunArgs};
use crate::complaint::Complaint;
use sha2::{Digest, Sha256};
use std::fmt;
use verbatim::codebook::{CODEBOOK, TEXTS, VECTORS};
use verbatim::embed::{Embedder, RtenEmbedder};
use verbatim::pipeline::{Assigner, RunThemes};
use verbatim::read::SurveyPlan;
use verbatim::redact::RedactParams;

/// What the survey file of a run says; nothing if none is given.
pub(crate) fn plan(args: &RunArgs) -> anyhow::Result<SurveyPlan> {
    Ok(match &args.survey {
        Some(file) => SurveyPlan::from_toml(file).map_err(verbatim::Error::from)?,
        None => SurveyPlan::default(),
    })
}

/// What is never and what is always masked.
pub(crate) fn redact_params(plan: &SurveyPlan) -> RedactParams {
    RedactParams { allow: plan.allow.clone(), deny: plan.deny.clone() }
}

/// What decides the themes of an answer: the run's files, the words to mask and the program. Two processes that agree on it give the
/// same themes.
pub(crate) fn fingerprint(args: &RunArgs, plan: &SurveyPlan) -> anyhow::Result<String> {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update((bytes.len() as u64).to_le_bytes());
        hash.update(bytes);
    };
    add(env!("CARGO_PKG_VERSION").as_bytes());
    for name in [CODEBOOK, VECTORS, TEXTS] {
        let path = args.run.join(name);
        let bytes = fs_err::read(&path).map_err(|error| {
            Complaint::new(format!("`{}` is not the folder of a finished run: {error}", args.run.display()))
                .with_hint("give the folder that `verbatim run` has written, with all its files")
        })?;
        add(&bytes);
    }
    for list in [&plan.allow, &plan.deny] {
        add(&(list.len() as u64).to_le_bytes());
        for term in list {
            add(term.as_bytes());
        }
    }
    Ok(hex(&hash.finalize()))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |hex, byte| hex + &format!("{byte:02x}"))
}

/// A run with the model loaded.
pub(crate) struct Run {
    /// Which run this is.
    pub(crate) fingerprint: String,
    /// Gives its themes.
    pub(crate) assigner: Assigner,
    /// Makes vectors of new texts.
    pub(crate) embedder: Box<dyn Embedder>,
}

impl fmt::Debug for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Run").field("fingerprint", &self.fingerprint).finish_non_exhaustive()
    }
}

impl Run {
    /// Reads the run and loads the model.
    pub(crate) fn load(args: &RunArgs, engine: &EngineArgs) -> anyhow::Result<Self> {
        if let Some(threads) = engine.threads {
            if !(1..=1024).contains(&threads) {
                let message = format!("`--threads {threads}` is not a number from 1 to 1024");
                return Err(Complaint::new(message).into());
            }
            rayon::ThreadPoolBuilder::new().num_threads(threads).build_global()?;
        }
        let plan = plan(args)?;
        let fingerprint = fingerprint(args, &plan)?;
        let embedder = RtenEmbedder::load(&engine.model).map_err(verbatim::Error::from)?;
        let themes = RunThemes::read(&args.run).map_err(verbatim::Error::from)?;
        let assigner = Assigner::new(themes, &redact_params(&plan), embedder.model());
        Ok(Self {
            fingerprint,
            assigner: assigner.map_err(verbatim::Error::from)?,
            embedder: Box::new(embedder),
        })
    }
}
