use super::ThemeId;

/// Why a theme cannot be set against the year before, though it is there now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// The researcher has added it since: nobody looked for it then.
    Added,
    /// These were counted by themselves then and have been merged into it since. Their counts cannot be added up, since a respondent may
    /// mention several.
    TookIn(Vec<ThemeId>),
    /// It is a part of that theme, which has been divided since.
    PartOf(ThemeId),
}

impl Incomparable {
    /// In words, of the time since `previous`.
    pub fn words(&self, previous: &str) -> String {
        match self {
            Self::Added => format!("added to the codebook since {previous}"),
            Self::TookIn(ids) => {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                let (were, ids) = match ids.split_last() {
                    Some((last, [])) => ("was", last.clone()),
                    Some((last, others)) => ("were", format!("{} and {last}", others.join(", "))),
                    None => ("were", "themes".into()),
                };
                format!("not compared: {ids} {were} merged into it since {previous}")
            }
            Self::PartOf(whole) => format!("new: part of {whole}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_say_what_was_done_to_the_theme() {
        let ids: Vec<ThemeId> = [3, 14, 15].into_iter().filter_map(ThemeId::new).collect();
        let took_in = |n: usize| Incomparable::TookIn(ids[..n].to_vec()).words("2024");
        assert_eq!(took_in(1), "not compared: T03 was merged into it since 2024");
        assert_eq!(took_in(2), "not compared: T03 and T14 were merged into it since 2024");
        assert_eq!(took_in(3), "not compared: T03, T14 and T15 were merged into it since 2024");
        assert_eq!(Incomparable::PartOf(ids[0]).words("2024"), "new: part of T03");
        assert_eq!(Incomparable::Added.words("2024"), "added to the codebook since 2024");
    }
}
