//! Charts, as SVG and one as PNG, drawn here: no script, no font, no colour that is not in the page's style.
//!
//! Lengths across are per cent and text is in pixels, so that a chart fills a phone and a wide screen and its words stay
//! readable on both. Each chart is one picture with a title and a description for a screen reader; the table that stands
//! with it holds the same figures.

mod svg;
mod scale;
mod bars;
mod change;
mod map;
mod labels;
mod picture;

pub(super) use bars::{Bar, bars};
pub(super) use change::{Pair, pairs};
pub(super) use map::map;
pub(super) use picture::{Picture, bar_picture};
