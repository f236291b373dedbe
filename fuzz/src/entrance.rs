use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use verbatim::codebook::{codebook_toml, edited_codebook, import_qdc, parse_codebook, read_codebook, read_exemplars};
use verbatim::embed::RtenEmbedder;
use verbatim::read::{PlannedQuestion, SurveyPlan, read_report, read_survey};
use verbatim::redact::{RedactParams, Redactor};
use verbatim::review::read_review;
use verbatim::segment::segment_answer;
use verbatim::types::{Codebook, Span, masked_text};

/// What is given the bytes.
enum Kind {
    /// A table of answers, with this ending: CSV, JSON Lines, gzip, XLSX.
    Survey(&'static str),
    SurveyFile,
    Codebook,
    Decisions(Codebook),
    CodeSystem(Codebook),
    Exemplars,
    Findings,
    Review,
    /// A file of a model's folder, its manifest made to fit.
    Model(&'static str),
    Safetensors,
    Masking(Redactor),
    Segmenting(Redactor),
}

/// An entrance and the folder in which it finds its files.
pub struct Entrance {
    kind: Kind,
    folder: TempDir,
}

impl Entrance {
    /// The entrance that `VERBATIM_ENTRANCE` names; `VERBATIM_SEEDS` is the folder of the seeds.
    pub fn from_environment() -> Self {
        let variable = |name| std::env::var(name).unwrap_or_else(|_| panic!("{name} is not set"));
        let seeds = PathBuf::from(variable("VERBATIM_SEEDS"));
        let folder = tempfile::tempdir().expect("a folder");
        let codebook = || read_codebook(&seeds.join("codebook/codebook.toml")).expect("a codebook");
        let redactor = || Redactor::new(&RedactParams::default());
        let kind = match variable("VERBATIM_ENTRANCE").as_str() {
            "csv" => Kind::Survey("survey.csv"),
            "xlsx" => Kind::Survey("survey.xlsx"),
            "survey-file" => Kind::SurveyFile,
            "codebook" => Kind::Codebook,
            "decisions" => Kind::Decisions(codebook()),
            "code-system" => Kind::CodeSystem(codebook()),
            "exemplars" => Kind::Exemplars,
            "findings" => Kind::Findings,
            "review" => Kind::Review,
            "onnx" => Kind::Model("model.onnx"),
            "tokenizer" => Kind::Model("tokenizer.json"),
            "safetensors" => Kind::Safetensors,
            "masking" => Kind::Masking(redactor()),
            "segmenting" => Kind::Segmenting(redactor()),
            other => panic!("`{other}` is no entrance"),
        };
        if let Kind::Model(_) = kind {
            for name in ["manifest.json", "model.onnx", "tokenizer.json"] {
                std::fs::copy(seeds.join("tiny").join(name), folder.path().join(name)).expect("a model");
            }
        }
        Self { kind, folder }
    }

    /// Whether the bytes are those of a workbook.
    pub fn takes_workbooks(&self) -> bool {
        matches!(self.kind, Kind::Survey("survey.xlsx") | Kind::Decisions(_))
    }

    /// Gives `bytes` to the entrance, as a file where it reads files.
    pub fn give(&self, bytes: &[u8]) {
        let file = |name: &str| {
            let path = self.folder.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            path
        };
        match &self.kind {
            Kind::Survey(name) => survey(&file(name)),
            Kind::SurveyFile => drop(SurveyPlan::from_toml(&file("survey.toml"))),
            Kind::Codebook => codebook(&file("codebook.toml")),
            Kind::Decisions(codebook) => drop(edited_codebook(&file("codebook.xlsx"), codebook.clone())),
            Kind::CodeSystem(codebook) => drop(import_qdc(&file("codebook.qdc"), codebook.clone(), None)),
            Kind::Exemplars => exemplars(&file("codebook-vectors.parquet")),
            Kind::Findings => {
                file("themes.json");
                drop(read_report(self.folder.path()));
            }
            Kind::Review => drop(read_review(&file("quotes-review.csv"))),
            Kind::Model(name) => {
                file(name);
                model(self.folder.path(), name, bytes);
            }
            Kind::Safetensors => drop(verbatim::embed::check_safetensors(bytes)),
            Kind::Masking(redactor) => masking(redactor, &String::from_utf8_lossy(bytes)),
            Kind::Segmenting(redactor) => segmenting(redactor, &String::from_utf8_lossy(bytes)),
        }
    }
}

/// Every row is accounted for, whether the question is named or found.
fn survey(input: &Path) {
    let named = vec![PlannedQuestion { column: "comment".into(), wording: None }];
    for questions in [named, Vec::new()] {
        let plan = SurveyPlan { input: input.into(), questions, ..SurveyPlan::default() };
        let Ok(outcome) = read_survey(&plan) else { continue };
        let respondents = &outcome.survey.respondents;
        assert_eq!(outcome.summary.rows, respondents.len() + outcome.rejected.len());
        assert!(respondents.is_sorted_by(|a, b| a.id < b.id));
    }
}

/// What is read can be written and read again.
fn codebook(path: &Path) {
    let Ok(codebook) = read_codebook(path) else { return };
    let text = codebook_toml(&codebook).expect("it can be written");
    assert_eq!(parse_codebook(&text, path).expect("it can be read again"), codebook);
}

fn exemplars(path: &Path) {
    for question in read_exemplars(path).unwrap_or_default() {
        assert_eq!(question.themes.len(), question.vectors.len());
    }
}

/// The manifest lists what the file really is, so that the file is parsed.
fn model(folder: &Path, name: &str, bytes: &[u8]) {
    let path = folder.join("manifest.json");
    let text = std::fs::read_to_string(&path).expect("a manifest");
    let mut manifest: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let sha256: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    manifest["files"][name] = serde_json::json!({ "bytes": bytes.len(), "sha256": sha256 });
    std::fs::write(&path, manifest.to_string()).expect("a file");
    drop(RtenEmbedder::load(folder));
}

/// Masks lie on character boundaries, in order, and masking masked text changes nothing.
fn masking(redactor: &Redactor, text: &str) {
    let shown = masked(redactor, text);
    assert_eq!(masked(redactor, &shown), shown, "masking again changes it");
}

fn masked(redactor: &Redactor, text: &str) -> String {
    let masks = redactor.find_masks(text);
    assert!(masks.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    assert!(masks.iter().all(|mask| !mask.span.slice(text).is_empty()));
    masked_text(text, Span::new(0, text.len()), &masks)
}

/// Segments are trimmed, in order, hold whole masks, and none is missing.
fn segmenting(redactor: &Redactor, text: &str) {
    verbatim::clean::foreign_language(text);
    verbatim::clean::classify_answer(text);
    let masks = redactor.find_masks(text);
    let spans = segment_answer(text, &masks);
    assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
    assert!(spans.iter().all(|span| !span.slice(text).trim().is_empty()));
    assert!(spans.iter().all(|span| span.slice(text).trim() == span.slice(text)));
    for mask in &masks {
        assert!(spans.iter().all(|span| !span.overlaps(mask.span) || span.contains(mask.span)));
    }
    assert_eq!(spans.is_empty(), !text.chars().any(char::is_alphanumeric), "{text:?}");
}
