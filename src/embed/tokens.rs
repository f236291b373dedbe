//! Texts into token ids, long ones in windows.

use super::EmbedError;
use crate::panics::caught;
use std::path::Path;
use tokenizers::Tokenizer;

/// What tokenizers call a piece that they do not know: in the manner of BERT, and of sentence pieces.
const UNKNOWN: [&str; 2] = ["[UNK]", "<unk>"];

/// Bytes that are tokenised at once. The tokenizer keeps over a hundred bytes of notes for each byte of a text, all of which are
/// thrown away here.
const PIECE: usize = 1 << 16;

/// Cuts texts into the ids that a model reads.
#[derive(Debug)]
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    /// Ids before and after every text, such as `[CLS]` and `[SEP]`.
    prefix: Vec<u32>,
    suffix: Vec<u32>,
    unknown: Option<u32>,
    /// Ids of a text in one window, without prefix and suffix.
    room: usize,
}

impl Tokens {
    /// A tokenizer for a model that reads `max_tokens` ids below `vocabulary`; `path` only names it in errors.
    pub(super) fn new(
        json: &[u8],
        path: &Path,
        max_tokens: usize,
        vocabulary: usize,
    ) -> Result<Self, EmbedError> {
        let wrong = |reason: String| EmbedError::Tokenizer { path: path.to_owned(), reason };
        // The parser panics at some files that are not even JSON.
        let parsed =
            caught(|| Tokenizer::from_bytes(json)).ok_or_else(|| wrong("it is damaged".to_owned()))?;
        let mut tokenizer = parsed.map_err(|error| wrong(error.to_string()))?;
        tokenizer.with_truncation(None).map_err(|error| wrong(error.to_string()))?;
        tokenizer.with_padding(None);
        let highest = tokenizer.get_vocab(true).into_values().max().map_or(0, |id| id as usize + 1);
        if highest > vocabulary {
            return Err(wrong(format!("it knows {highest} tokens where the model knows {vocabulary}")));
        }
        let ids = |special| {
            let encoding = tokenizer.encode_fast("a", special).map_err(|error| wrong(error.to_string()))?;
            Ok::<_, EmbedError>(encoding.get_ids().to_vec())
        };
        let (bare, whole) = (ids(false)?, ids(true)?);
        let start = (0..whole.len())
            .find(|&start| !bare.is_empty() && whole[start..].starts_with(&bare))
            .ok_or_else(|| wrong("it loses the letter `a`".to_owned()))?;
        let (prefix, suffix) = (whole[..start].to_vec(), whole[start + bare.len()..].to_vec());
        let room = max_tokens.saturating_sub(prefix.len() + suffix.len());
        if room == 0 {
            return Err(wrong(format!("it adds more tokens than the {max_tokens} that the model reads")));
        }
        let unknown = UNKNOWN.iter().find_map(|token| tokenizer.token_to_id(token));
        Ok(Self { tokenizer, prefix, suffix, unknown, room })
    }

    /// The ids of `text` in as many windows of nearly equal length as it needs. None at all if the text holds nothing
    /// that the model knows.
    pub(super) fn windows(&self, text: &str) -> Result<Vec<Vec<u32>>, String> {
        let ids = self.ids(text, PIECE)?;
        if ids.iter().all(|id| Some(*id) == self.unknown) {
            return Ok(Vec::new());
        }
        let length = ids.len().div_ceil(ids.len().div_ceil(self.room));
        Ok(ids.chunks(length).map(|window| [&self.prefix, window, &self.suffix].concat()).collect())
    }

    /// The ids of `text`, tokenised in pieces of at most `most` bytes.
    fn ids(&self, text: &str, most: usize) -> Result<Vec<u32>, String> {
        let mut ids = Vec::new();
        for piece in pieces(text, most) {
            let encoding = self.tokenizer.encode_fast(piece, false).map_err(|error| error.to_string())?;
            ids.extend_from_slice(encoding.get_ids());
        }
        Ok(ids)
    }

    /// Ids of the text itself in a window of `length` ids.
    pub(super) fn own(&self, length: usize) -> usize {
        length.saturating_sub(self.prefix.len() + self.suffix.len())
    }
}

/// `text` in pieces of at most `most` bytes (at least a character), cut before a white space where there is one.
fn pieces(mut text: &str, most: usize) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let first = text.chars().next()?.len_utf8();
        let (piece, rest) = if text.len() <= most {
            (text, "")
        } else {
            let full = &text[..text.floor_char_boundary(most).max(first)];
            let end = full.rfind(char::is_whitespace).filter(|end| *end > 0).unwrap_or(full.len());
            text.split_at(end)
        };
        text = rest;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::LazyLock;

    static TOKENS: LazyLock<Tokens> = LazyLock::new(|| {
        let path = Path::new("models/all-MiniLM-L6-v2/tokenizer.json");
        Tokens::new(&fs_err::read(path).unwrap(), path, 256, 30_522).unwrap()
    });

    #[test]
    fn a_long_text_has_the_same_ids_in_pieces() {
        let text =
            "More understanding of the link worker's role,\n and  better pay\u{a0}(£25,000)! 👩‍👩‍👧 Diolch "
                .repeat(20);
        let whole = TOKENS.ids(&text, text.len()).unwrap();
        for most in [60, 100, 1000] {
            assert!(TOKENS.ids(&text, most).unwrap() == whole, "{most}");
        }
    }

    #[test]
    fn a_file_that_the_parser_panics_at_is_refused() {
        let refused = Tokens::new(br#"{"version":"1.0","decoder":?}"#, Path::new("tokenizer.json"), 256, 9);
        assert!(matches!(refused, Err(EmbedError::Tokenizer { reason, .. }) if reason == "it is damaged"));
    }

    proptest! {
        #[test]
        fn pieces_are_the_text_and_none_is_too_long(text in "[ab é👩\n]{0,60}", most in 0_usize..20) {
            let cut: Vec<&str> = pieces(&text, most).collect();
            prop_assert_eq!(cut.concat(), text.as_str());
            prop_assert!(cut.iter().all(|piece| !piece.is_empty() && (piece.len() <= most || piece.chars().count() == 1)));
        }
    }
}
