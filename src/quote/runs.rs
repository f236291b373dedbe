//! Word runs that two quotes share.

use super::reading::bare;
use std::collections::BTreeSet;

/// Two quotes with this many words in a row in common say the same twice.
const RUN: usize = 8;

/// The words of a text, for [`share_run`].
pub(super) fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(bare).filter(|word| !word.is_empty()).collect()
}

/// Whether the two have a run of eight words in common, or the same words altogether.
pub(super) fn share_run(a: &[String], b: &[String]) -> bool {
    let runs: BTreeSet<&[String]> = a.windows(RUN).collect();
    a == b || b.windows(RUN).any(|run| runs.contains(run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_words_in_a_row_are_a_run_and_seven_are_not() {
        let long = words("I would like the pay to reflect the work we do");
        assert!(share_run(&long, &words("Really: would like the pay to reflect the work.")));
        assert!(!share_run(&long, &words("We like the pay to reflect the work")));
        assert!(share_run(&words("Better pay!"), &words("better pay")));
        assert!(!share_run(&words("Better pay"), &words("pay")));
    }
}
