//! Texts into token ids, long ones in windows.

use super::EmbedError;
use std::path::Path;
use tokenizers::Tokenizer;

/// What tokenizers call a piece that they do not know: in the manner of BERT, and of sentence pieces.
const UNKNOWN: [&str; 2] = ["[UNK]", "<unk>"];

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
        let mut tokenizer = Tokenizer::from_bytes(json).map_err(|error| wrong(error.to_string()))?;
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
        let encoding = self.tokenizer.encode_fast(text, false).map_err(|error| error.to_string())?;
        let ids = encoding.get_ids();
        if ids.iter().all(|id| Some(*id) == self.unknown) {
            return Ok(Vec::new());
        }
        let length = ids.len().div_ceil(ids.len().div_ceil(self.room));
        Ok(ids.chunks(length).map(|window| [&self.prefix, window, &self.suffix].concat()).collect())
    }

    /// Ids of the text itself in a window of `length` ids.
    pub(super) fn own(&self, length: usize) -> usize {
        length.saturating_sub(self.prefix.len() + self.suffix.len())
    }
}
