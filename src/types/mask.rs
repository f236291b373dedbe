use super::Span;
use serde::{Deserialize, Serialize};

/// A personal detail that must not be shown.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mask {
    /// Where it stands in the answer.
    pub span: Span,
    /// What it is, which decides the mark that is shown in its place.
    pub kind: MaskKind,
}

/// The kinds of personal detail that are masked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MaskKind {
    /// A person's name: `[name]`.
    Name,
    /// An e-mail address: `[email]`.
    Email,
    /// A telephone number: `[phone]`.
    Phone,
    /// An NHS number: `[NHS number]`.
    NhsNumber,
    /// A postcode; its area is kept: `[postcode LS]`.
    Postcode(String),
    /// A National Insurance number: `[NI number]`.
    NiNumber,
    /// A date of birth: `[date of birth]`.
    DateOfBirth,
    /// A street address: `[address]`.
    Address,
    /// A web address: `[link]`.
    Link,
    /// A social-media handle: `[handle]`.
    Handle,
    /// A payment card number: `[card]`.
    Card,
    /// A vehicle or professional registration: `[registration]`.
    Registration,
    /// A term of the survey file's deny-list: `[removed]`.
    Denied,
}

impl MaskKind {
    /// The mark that stands in place of the detail.
    pub fn mark(&self) -> String {
        match self {
            Self::Name => "[name]".into(),
            Self::Email => "[email]".into(),
            Self::Phone => "[phone]".into(),
            Self::NhsNumber => "[NHS number]".into(),
            Self::Postcode(area) if area.is_empty() => "[postcode]".into(),
            Self::Postcode(area) => format!("[postcode {area}]"),
            Self::NiNumber => "[NI number]".into(),
            Self::DateOfBirth => "[date of birth]".into(),
            Self::Address => "[address]".into(),
            Self::Link => "[link]".into(),
            Self::Handle => "[handle]".into(),
            Self::Card => "[card]".into(),
            Self::Registration => "[registration]".into(),
            Self::Denied => "[removed]".into(),
        }
    }
}

/// The kinds whose mark is always the same.
const PLAIN: [MaskKind; 12] = [
    MaskKind::Name,
    MaskKind::Email,
    MaskKind::Phone,
    MaskKind::NhsNumber,
    MaskKind::NiNumber,
    MaskKind::DateOfBirth,
    MaskKind::Address,
    MaskKind::Link,
    MaskKind::Handle,
    MaskKind::Card,
    MaskKind::Registration,
    MaskKind::Denied,
];

/// Bytes of the mark that `text` begins with: what else stands in square brackets is text.
pub fn mark_len(text: &str) -> Option<usize> {
    let postcode = || {
        let rest = text.strip_prefix("[postcode")?;
        let (area, _) = rest.split_once(']')?;
        let is_area = area.strip_prefix(' ').is_some_and(|area| {
            (1..=3).contains(&area.len()) && area.bytes().all(|b| b.is_ascii_uppercase())
        });
        (area.is_empty() || is_area).then(|| "[postcode".len() + area.len() + 1)
    };
    if !text.starts_with('[') {
        return None;
    }
    let mut marks = PLAIN.iter().map(MaskKind::mark);
    marks.find(|mark| text.starts_with(mark.as_str())).map(|mark| mark.len()).or_else(postcode)
}

/// The marks that stand in a masked text, in their order.
pub fn marks_in(masked: &str) -> Vec<String> {
    let brackets = masked.match_indices('[');
    brackets.filter_map(|(at, _)| Some(masked[at..at + mark_len(&masked[at..])?].to_owned())).collect()
}

/// The part of `text` under `span` with every mask shown as its mark.
///
/// `masks` are sorted and do not overlap; one that only reaches into the span is shown whole.
pub fn masked_text(text: &str, span: Span, masks: &[Mask]) -> String {
    let mut shown = String::with_capacity(span.len());
    let mut at = span.start;
    for mask in masks.iter().filter(|mask| mask.span.overlaps(span)) {
        shown.push_str(Span::new(at, mask.span.start.max(at)).slice(text));
        shown.push_str(&mask.kind.mark());
        at = mask.span.end.max(at);
    }
    shown.push_str(Span::new(at, span.end.max(at)).slice(text));
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_are_shown_as_marks_and_the_rest_is_untouched() {
        let text = "Ring Sam on 07700 900123 please";
        let masks = [
            Mask { span: Span::new(5, 8), kind: MaskKind::Name },
            Mask { span: Span::new(12, 24), kind: MaskKind::Phone },
        ];
        assert_eq!(masked_text(text, Span::new(0, text.len()), &masks), "Ring [name] on [phone] please");
        let shown = masked_text(text, Span::new(0, text.len()), &masks);
        assert_eq!(marks_in(&format!("[sic] {shown} [postcode LS]")), ["[name]", "[phone]", "[postcode LS]"]);
        assert_eq!(masked_text(text, Span::new(9, text.len()), &masks), "on [phone] please");
    }
}
