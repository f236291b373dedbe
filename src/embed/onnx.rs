//! The shape of an ONNX file: that every length in it stays within what holds it. rten believes lengths, and waits without end for
//! the last byte of a number that has none.

/// Deepest nesting that is followed: of graphs in nodes, or of types of sequences.
const DEEPEST: usize = 64;

/// What a field with a length holds. The names and numbers are those of the ONNX schema, `onnx.proto`, as far as rten reads it.
#[derive(Debug, Clone, Copy)]
enum Content {
    Message(Kind),
    Varints,
    Fixed(usize),
    Bytes,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    Model,
    Graph,
    Node,
    Attribute,
    Tensor,
    ValueInfo,
    Type,
    TensorType,
    Sequence,
    Shape,
    /// A message of numbers and texts alone.
    Flat,
}

impl Kind {
    fn content(self, field: u64) -> Content {
        let kind = match (self, field) {
            (Self::Model, 7) | (Self::Attribute, 6) => Self::Graph,
            (Self::Graph, 1) => Self::Node,
            (Self::Graph | Self::Attribute, 5) => Self::Tensor,
            (Self::Graph, 11..=13) => Self::ValueInfo,
            (Self::Node, 5) => Self::Attribute,
            (Self::ValueInfo, 2) | (Self::Sequence, 1) => Self::Type,
            (Self::Type, 1) => Self::TensorType,
            (Self::Type, 4) => Self::Sequence,
            (Self::TensorType, 2) => Self::Shape,
            (Self::Model, 8 | 14) | (Self::Tensor, 13) | (Self::Shape, 1) => Self::Flat,
            (Self::Attribute, 8) | (Self::Tensor, 1 | 5 | 7) => return Content::Varints,
            (Self::Attribute, 7) | (Self::Tensor, 4) => return Content::Fixed(4),
            (Self::Tensor, 10) => return Content::Fixed(8),
            _ => return Content::Bytes,
        };
        Content::Message(kind)
    }
}

/// Whether `bytes` are the fields of an ONNX model, each within what holds it. What the fields say is not looked at.
pub(super) fn is_whole(bytes: &[u8]) -> bool {
    message(bytes, Kind::Model, 0).is_some()
}

fn message(mut rest: &[u8], kind: Kind, depth: usize) -> Option<()> {
    if depth > DEEPEST {
        return None;
    }
    while !rest.is_empty() {
        let tag = varint(&mut rest)?;
        match tag & 7 {
            0 => {
                varint(&mut rest)?;
            }
            1 => {
                rest.split_off(..8)?;
            }
            2 => {
                let length = usize::try_from(varint(&mut rest)?).ok()?;
                let mut held = rest.split_off(..length)?;
                match kind.content(tag >> 3) {
                    Content::Message(kind) => message(held, kind, depth + 1)?,
                    Content::Varints => {
                        while !held.is_empty() {
                            varint(&mut held)?;
                        }
                    }
                    Content::Fixed(size) if !length.is_multiple_of(size) => return None,
                    Content::Fixed(_) | Content::Bytes => {}
                }
            }
            5 => {
                rest.split_off(..4)?;
            }
            _ => return None,
        }
    }
    Some(())
}

/// A number in base 128, least digit first, of at most ten digits.
fn varint(rest: &mut &[u8]) -> Option<u64> {
    let length = 1 + rest.iter().take(10).position(|byte| *byte < 0x80)?;
    let digits = rest.split_off(..length)?;
    // A tenth digit has room for one bit.
    let fits = length < 10 || digits[9] < 2;
    fits.then(|| digits.iter().rev().fold(0, |value, digit| value << 7 | u64::from(digit & 0x7f)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A field of up to 16,383 bytes.
    fn field(number: u8, held: &[u8]) -> Vec<u8> {
        let length = held.len();
        [&[number << 3 | 2, length as u8 | 0x80, (length >> 7) as u8][..], held].concat()
    }

    fn initializer(tensor: &[u8]) -> Vec<u8> {
        field(7, &field(5, tensor))
    }

    #[test]
    fn numbers_are_those_of_the_examples_of_protocol_buffers() {
        let largest = [&[0xff; 9][..], &[0x01]].concat();
        for (bytes, value) in [(&[0x01][..], 1), (&[0x96, 0x01], 150), (&largest, u64::MAX)] {
            assert_eq!(varint(&mut &*bytes), Some(value));
        }
        assert_eq!(varint(&mut &[0xff; 9][..]), None, "without an end");
        assert_eq!(varint(&mut &[0xff; 11][..]), None, "too long");
    }

    #[test]
    fn a_model_is_whole_and_a_length_or_a_number_beyond_its_end_is_not() {
        let model = fs_err::read("tests/data/tiny/bert-onnx/model.onnx").unwrap();
        assert!(is_whole(&model));
        assert!(!is_whole(&model[..model.len() - 1]));
        assert!(is_whole(&initializer(&field(1, &[3, 0x96, 0x01]))));
        // rten looks for the eleventh byte of this number without end.
        assert!(!is_whole(&initializer(&field(1, &[0x80; 11]))));
        assert!(!is_whole(&initializer(&[1 << 3 | 2, 200, 1, 3])));
        assert!(!is_whole(&initializer(&field(4, &[0; 6]))), "floats have four bytes");
    }

    #[test]
    fn nesting_has_an_end() {
        let sequence = |depth| (0..depth).fold(Vec::new(), |held, _| field(4, &field(1, &held)));
        assert!(message(&sequence(30), Kind::Type, 0).is_some());
        assert!(message(&sequence(1000), Kind::Type, 0).is_none());
    }

    proptest! {
        #[test]
        fn any_bytes_are_understood_or_refused(bytes: Vec<u8>) {
            let _ = is_whole(&bytes);
            let _ = is_whole(&initializer(&bytes));
        }
    }
}
