//! The statistics behind every share, change and group difference: formulae only, each with its source and its published
//! worked example. No stage of its own: `compare` uses it on raw counts, `disclose` on what is left to publish.

mod proportion;
mod adjust;
mod agreement;
mod table;
mod change;
mod percent;

pub use adjust::{adjusted_p, benjamini_hochberg};
pub use agreement::{adjusted_mutual_information, cohen_kappa, f1};
pub use change::{ChangeInput, change_interval, changes};
pub use percent::percent;
pub use proportion::{Proportion, difference, difference_interval, two_proportion_p};
pub use table::{GroupTest, exact_p, test_groups};
