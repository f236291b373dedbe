use super::{AgreeParams, Coding, Confusion, Disagreement, ThemeAgreement};
use crate::maths::{adjusted_mutual_information, cohen_kappa, f1};
use rand::{Rng, SeedableRng};
use rand_xoshiro::Xoshiro256PlusPlus;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// The answers that both have coded, themes and codes as numbers.
pub(super) struct Sample {
    respondents: Vec<String>,
    theme_names: Vec<String>,
    code_names: Vec<String>,
    themes: Vec<Vec<usize>>,
    codes: Vec<Vec<usize>>,
}

impl Sample {
    pub(super) fn new(run: &Coding, human: &Coding, question: &str, human_question: &str) -> Self {
        let both: Vec<(&String, &Vec<String>, &Vec<String>)> = run
            .iter()
            .filter(|(key, _)| key.1 == question)
            .filter_map(|(key, themes)| {
                Some((&key.0, themes, human.get(&(key.0.clone(), human_question.to_owned()))?))
            })
            .collect();
        let names = |all: Vec<&Vec<String>>| -> Vec<String> {
            all.into_iter().flatten().cloned().collect::<BTreeSet<_>>().into_iter().collect()
        };
        let theme_names = names(both.iter().map(|row| row.1).collect());
        let code_names = names(both.iter().map(|row| row.2).collect());
        let numbers = |of: &[String], names: &[String]| -> Vec<usize> {
            of.iter().filter_map(|name| names.binary_search(name).ok()).collect()
        };
        Self {
            respondents: both.iter().map(|row| row.0.clone()).collect(),
            themes: both.iter().map(|row| numbers(row.1, &theme_names)).collect(),
            codes: both.iter().map(|row| numbers(row.2, &code_names)).collect(),
            theme_names,
            code_names,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.respondents.len()
    }
}

/// Answers by theme and code, each once per pair, and their sums.
struct Counts {
    joint: Vec<Vec<usize>>,
    themes: Vec<usize>,
    codes: Vec<usize>,
}

fn count(sample: &Sample, answers: &[usize]) -> Counts {
    let (n_themes, n_codes) = (sample.theme_names.len(), sample.code_names.len());
    let mut counts = Counts {
        joint: vec![vec![0; n_codes]; n_themes],
        themes: vec![0; n_themes],
        codes: vec![0; n_codes],
    };
    for &i in answers {
        for &code in &sample.codes[i] {
            counts.codes[code] += 1;
        }
        for &theme in &sample.themes[i] {
            counts.themes[theme] += 1;
            for &code in &sample.codes[i] {
                counts.joint[theme][code] += 1;
            }
        }
    }
    counts
}

/// Each theme's best code by F1.
pub(super) fn theme_rows(sample: &Sample, answers: &[usize]) -> Vec<ThemeAgreement> {
    let counts = count(sample, answers);
    (0..sample.theme_names.len())
        .map(|t| {
            let n = counts.themes[t];
            let fit = |c: usize| {
                f1(counts.joint[t][c], n - counts.joint[t][c], counts.codes[c] - counts.joint[t][c])
            };
            let best = (0..sample.code_names.len())
                .filter(|&c| counts.joint[t][c] > 0)
                .max_by(|&a, &b| fit(a).total_cmp(&fit(b)).then(b.cmp(&a)));
            let shared = best.map_or(0, |c| counts.joint[t][c]);
            ThemeAgreement {
                theme: sample.theme_names[t].clone(),
                code: best.map(|c| sample.code_names[c].clone()),
                answers: n,
                shared,
                f1: best.map_or(0.0, fit),
                kappa: best.and_then(|c| {
                    let others = answers.len() + shared - n - counts.codes[c];
                    cohen_kappa(shared, n - shared, counts.codes[c] - shared, others)
                }),
            }
        })
        .collect()
}

/// Mean kappa, AMI and best-match F1 of some of the answers.
pub(super) fn overall(sample: &Sample, answers: &[usize]) -> [Option<f64>; 3] {
    let kappas: Vec<f64> = theme_rows(sample, answers).iter().filter_map(|row| row.kappa).collect();
    let mean = (!kappas.is_empty()).then(|| kappas.iter().sum::<f64>() / kappas.len() as f64);
    let first = |of: &[Vec<usize>]| -> Vec<usize> {
        answers.iter().map(|&i| of[i].first().map_or(usize::MAX, |n| *n)).collect()
    };
    let ami = adjusted_mutual_information(&first(&sample.themes), &first(&sample.codes));
    let counts = count(sample, answers);
    let coded: usize = counts.codes.iter().sum();
    let best: f64 = (0..sample.code_names.len())
        .map(|c| {
            let fit = |t: usize| {
                let shared = counts.joint[t][c];
                f1(shared, counts.themes[t] - shared, counts.codes[c] - shared)
            };
            counts.codes[c] as f64 * (0..sample.theme_names.len()).map(fit).fold(0.0, f64::max)
        })
        .sum();
    [mean, Some(ami), Some(if coded == 0 { 0.0 } else { best / coded as f64 })]
}

/// 95% intervals of [`overall`]: the value and 1.96 bootstrap standard errors to each side (Efron and Tibshirani 1993, section
/// 13.2), within -1 to 1. Percentiles would not do: answers drawn twice agree with themselves, which lifts the mutual
/// information of every resample above that of the sample. Each resample has its own seed, so threads do not matter.
pub(super) fn bootstrap(sample: &Sample, values: [Option<f64>; 3], params: AgreeParams) -> [(f64, f64); 3] {
    let drawn: Vec<[Option<f64>; 3]> = (0..params.resamples as u64)
        .into_par_iter()
        .map(|resample| {
            let mut rng = Xoshiro256PlusPlus::seed_from_u64(params.seed.wrapping_add(resample));
            let answers: Vec<usize> = (0..sample.len()).map(|_| rng.gen_range(0..sample.len())).collect();
            overall(sample, &answers)
        })
        .collect();
    std::array::from_fn(|n| {
        let value = values[n].unwrap_or(0.0);
        let figures: Vec<f64> = drawn.iter().filter_map(|figures| figures[n]).collect();
        let mean = figures.iter().sum::<f64>() / figures.len() as f64;
        let squares: f64 = figures.iter().map(|figure| (figure - mean).powi(2)).sum();
        let error = (squares / (figures.len() as f64 - 1.0).max(1.0)).sqrt();
        ((value - 1.96 * error).max(-1.0), (value + 1.96 * error).min(1.0))
    })
}

pub(super) fn confusion(sample: &Sample) -> Confusion {
    let with_none = |names: &[String], of: &[Vec<usize>]| -> Vec<String> {
        let none = of.iter().any(Vec::is_empty).then(String::new);
        names.iter().cloned().chain(none).collect()
    };
    let themes = with_none(&sample.theme_names, &sample.themes);
    let codes = with_none(&sample.code_names, &sample.codes);
    let mut counts = vec![vec![0; codes.len()]; themes.len()];
    for (of_answer, codes_of_answer) in sample.themes.iter().zip(&sample.codes) {
        let theme = of_answer.first().copied().unwrap_or(sample.theme_names.len());
        let code = codes_of_answer.first().copied().unwrap_or(sample.code_names.len());
        counts[theme][code] += 1;
    }
    Confusion { themes, codes, counts }
}

/// Answers of which no theme has a code of theirs as its best code.
pub(super) fn disagreements(sample: &Sample) -> Vec<Disagreement> {
    let all: Vec<usize> = (0..sample.len()).collect();
    let best: Vec<Option<usize>> = theme_rows(sample, &all)
        .iter()
        .map(|row| sample.code_names.binary_search(row.code.as_ref()?).ok())
        .collect();
    (0..sample.len())
        .filter(|&i| {
            let (themes, codes) = (&sample.themes[i], &sample.codes[i]);
            let both_none = themes.is_empty() && codes.is_empty();
            !both_none && !themes.iter().any(|&theme| best[theme].is_some_and(|code| codes.contains(&code)))
        })
        .map(|i| Disagreement {
            respondent_id: sample.respondents[i].clone(),
            themes: sample.themes[i].iter().map(|&t| sample.theme_names[t].clone()).collect(),
            codes: sample.codes[i].iter().map(|&c| sample.code_names[c].clone()).collect(),
        })
        .collect()
}
