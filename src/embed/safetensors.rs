//! The header of a safetensors file.

use serde_json::{Map, Value};

/// Bytes that a safetensors file must have, by its header. `bytes` may be cut short after the header.
///
/// # Errors
/// If there is no header, or it says nothing that a file could be like.
pub(super) fn declared_length(bytes: &[u8]) -> Result<u64, &'static str> {
    const CUT: &str = "it is cut short or not a safetensors file";
    const DAMAGED: &str = "its header is damaged";
    let (length, rest) = bytes.split_first_chunk().ok_or(CUT)?;
    let length = u64::from_le_bytes(*length);
    let header = usize::try_from(length).ok().and_then(|length| rest.get(..length)).ok_or(CUT)?;
    let tensors: Map<String, Value> = serde_json::from_slice(header).map_err(|_| DAMAGED)?;
    let end = |tensor: &Value| tensor.get("data_offsets")?.get(1)?.as_u64();
    let data = tensors.values().filter_map(end).max().unwrap_or(0);
    data.checked_add(length).and_then(|n| n.checked_add(8)).ok_or(DAMAGED)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn file(header: &str) -> Vec<u8> {
        [&(header.len() as u64).to_le_bytes()[..], header.as_bytes()].concat()
    }

    #[test]
    fn the_length_is_that_of_the_header_and_the_last_tensor() {
        let header =
            r#"{"__metadata__":{"format":"pt"},"a":{"data_offsets":[0,16]},"b":{"data_offsets":[16,40]}}"#;
        assert_eq!(declared_length(&file(header)), Ok(8 + header.len() as u64 + 40));
    }

    #[test]
    fn a_length_that_no_file_has_is_refused() {
        let endless = r#"{"a":{"data_offsets":[0,18446744073709551615]}}"#;
        assert_eq!(declared_length(&file(endless)), Err("its header is damaged"));
        let mut long = file("{}");
        long[7] = 0x80;
        assert_eq!(declared_length(&long), Err("it is cut short or not a safetensors file"));
        assert_eq!(declared_length(b"pickle"), Err("it is cut short or not a safetensors file"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_understood_or_refused(length in 0_u64..64, bytes: Vec<u8>) {
            let _ = declared_length(&bytes);
            let _ = declared_length(&[&length.to_le_bytes()[..], &bytes].concat());
        }
    }
}
