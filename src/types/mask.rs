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

/// The marks that stand in a masked text, in their order.
pub fn marks_in(masked: &str) -> Vec<String> {
    use MaskKind::{
        Address, Card, DateOfBirth, Denied, Email, Handle, Link, Name, NhsNumber, NiNumber, Phone,
        Registration,
    };
    let kinds = [
        Name,
        Email,
        Phone,
        NhsNumber,
        NiNumber,
        DateOfBirth,
        Address,
        Link,
        Handle,
        Card,
        Registration,
        Denied,
    ];
    let is_mark = |text: &str| text.starts_with("[postcode") || kinds.iter().any(|kind| kind.mark() == text);
    let pieces =
        masked.split('[').skip(1).filter_map(|piece| Some(format!("[{}]", piece.split_once(']')?.0)));
    pieces.filter(|piece| is_mark(piece)).collect()
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
