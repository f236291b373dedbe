//! The words of a text, the part each plays in its sentence, and the stems under which forms of a word are one. No stage of its
//! own: `smooth` asks which words texts share, `label` makes headings and sentences of them.

pub(crate) mod slips;
pub(crate) mod tokens;
pub(crate) mod words;
