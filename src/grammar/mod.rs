//! The words of a text, the part each plays in its sentence, the stems under which forms of a word are one, and slips of the pen. No stage
//! of its own: `smooth` asks which words texts share, `label` makes headings and sentences of them, `quote` asks how a text reads.

pub(crate) mod slips;
pub(crate) mod tokens;
pub(crate) mod words;
