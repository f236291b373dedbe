//! What all answers are about, taken out where some say it and others do not.
//!
//! In a survey of link workers some ask for "better pay" and others for "better pay for link workers". To a sentence model the second is
//! as near to "a regular meeting of link workers" as to the first, and everything that names who is asked would come together as a theme.
//! The words of the survey's title say what that is. The direction in which texts with such words differ from texts without is taken out
//! of all vectors (for one property, the mean difference is all that a linear test of it can see: Belrose et al. 2023, "LEACE").

use crate::grammar::tokens::{Token, stem, tokens};
use crate::types::Vectors;
use ndarray::Array1;
use std::collections::BTreeSet;

/// Share of the texts that must hold a word of the title, and that must not: fewer say nothing of a direction and stand in
/// nobody's way.
const LEAST_SHARE: f64 = 0.05;
/// The same as a number of texts.
const LEAST: usize = 20;

/// The subject of a survey, as far as it parts the answers to a question.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Subject {
    /// Stems of the title's content words.
    pub(super) stems: BTreeSet<String>,
    /// Of length 1; absent where hardly any text names the subject, or hardly any does not.
    direction: Option<Array1<f64>>,
}

impl Subject {
    /// Learns from the words of `title`, and their initials ("SPLW"), which of the `texts` name the subject. One row of `vectors` per
    /// text.
    pub fn learn(title: &str, texts: &[String], vectors: &Vectors) -> Self {
        let stems = title_stems(title);
        let names = |text: &String| tokens(text).iter().any(|token| stems.contains(&stem(&token.lower)));
        let named: Vec<bool> = texts.iter().map(names).collect();
        let n = named.iter().filter(|named| **named).count();
        let least = LEAST.max((LEAST_SHARE * texts.len() as f64).ceil() as usize);
        if n < least || texts.len() - n < least {
            return Self::default();
        }
        let mut difference = Array1::<f64>::zeros(vectors.dim());
        for (text, named) in named.iter().enumerate() {
            let share = if *named { 1.0 / n as f64 } else { -1.0 / (texts.len() - n) as f64 };
            difference.zip_mut_with(&vectors.row(text), |sum, x| *sum += share * f64::from(*x));
        }
        let length = difference.dot(&difference).sqrt();
        if length < 1e-6 {
            return Self::default();
        }
        Self { stems, direction: Some(difference / length) }
    }

    /// The vectors without what they say of the subject, rows of length 1; a text without a meaning stays without.
    pub(super) fn take_out(&self, vectors: &Vectors) -> Vectors {
        let Some(direction) = &self.direction else { return vectors.clone() };
        let mut rows = vectors.view().to_owned();
        for mut row in rows.rows_mut() {
            let along: f64 = row.iter().zip(direction).map(|(x, d)| f64::from(*x) * d).sum();
            row.zip_mut_with(direction, |x, d| *x -= (along * d) as f32);
        }
        Vectors::from_rows(rows)
    }
}

/// Stems of the title's content words and of the initials of two and more of them in a row.
fn title_stems(title: &str) -> BTreeSet<String> {
    let words: Vec<String> =
        tokens(title).into_iter().filter(Token::is_content).map(|token| token.lower).collect();
    let initials: Vec<char> = words.iter().filter_map(|word| word.chars().next()).collect();
    let rows = (0..initials.len()).flat_map(|from| (from + 2..=initials.len()).map(move |to| (from, to)));
    let acronyms = rows.map(|(from, to)| initials[from..to].iter().collect::<String>());
    words.iter().map(|word| stem(word)).chain(acronyms).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::Array2;

    #[test]
    fn the_words_of_a_title_and_their_initials_name_the_subject() {
        let stems = title_stems("Social Prescribing Link Worker Survey");
        for word in ["prescribers", "link", "workers", "splw", "lw"] {
            assert!(stems.contains(&stem(word)), "{word}: {stems:?}");
        }
        assert!(!stems.contains("pay"));
    }

    #[test]
    fn texts_that_differ_only_in_naming_the_subject_become_alike() {
        // Pay or training along the first two directions; who is asked along the third.
        let texts: Vec<String> = (0..80)
            .map(|i| {
                format!("{}{}", ["pay", "training"][i % 2], if i < 40 { " for link workers" } else { "" })
            })
            .collect();
        let rows = Array2::from_shape_fn((80, 3), |(i, j)| match j {
            2 => f32::from(u8::from(i < 40)),
            _ => f32::from(u8::from(i % 2 == j)),
        });
        let vectors = Vectors::from_rows(rows);
        let cosine = |v: &Vectors, i: usize, j: usize| v.row(i).dot(&v.row(j));
        assert!(cosine(&vectors, 0, 1) > 0.4 && cosine(&vectors, 0, 40) < 0.8);
        let without = Subject::learn("Link worker survey", &texts, &vectors).take_out(&vectors);
        assert!(cosine(&without, 0, 40) > 0.99 && cosine(&without, 0, 1) < cosine(&vectors, 0, 1));
        let other = Subject::learn("Patient survey", &texts, &vectors);
        assert_eq!(other, Subject::default());
        assert_eq!(other.take_out(&vectors), vectors);
    }
}
