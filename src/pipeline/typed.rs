//! What people type beside the answers: masked by the rule of headings, since researchers name themes.

use super::mask_heading;
use crate::redact::Redactor;
use crate::types::Codebook;

/// Masks in place what a researcher may have typed into a codebook.
pub fn mask_codebook(codebook: &mut Codebook, redactor: &Redactor) {
    let form = |text: &mut String| *text = mask_heading(text, redactor);
    form(&mut codebook.survey);
    codebook.questions.iter_mut().for_each(|question| form(&mut question.wording));
    for theme in &mut codebook.themes {
        [&mut theme.name, &mut theme.statement, &mut theme.found_statement, &mut theme.definition]
            .into_iter()
            .for_each(form);
        theme.keywords.iter_mut().chain(&mut theme.examples).for_each(form);
    }
}

/// Masks in place the codes of an answer in a sample that people have coded; codes that become one are one.
pub fn mask_codes(codes: &mut Vec<String>, redactor: &Redactor) {
    let mut masked: Vec<String> = Vec::with_capacity(codes.len());
    for code in codes.drain(..) {
        let code = mask_heading(&code, redactor);
        if !masked.contains(&code) {
            masked.push(code);
        }
    }
    *codes = masked;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::RedactParams;
    use crate::types::CodebookTheme;

    fn redactor() -> Redactor {
        Redactor::new(&RedactParams { allow: Vec::new(), deny: vec!["Falcon".into()] })
    }

    #[test]
    fn personal_details_in_a_codebook_are_masked_and_names_stay() {
        let theme = CodebookTheme {
            name: "Ask sam@example.org".into(),
            statement: "Ring 07700 900123 about **Falcon**".into(),
            found_statement: "Falcon is late".into(),
            definition: "NHS 9434765919, see Sarah".into(),
            keywords: vec!["LS6 2AB".into()],
            ..CodebookTheme::default()
        };
        let mut codebook = Codebook { themes: vec![theme], ..Codebook::default() };
        mask_codebook(&mut codebook, &redactor());
        let theme = &codebook.themes[0];
        assert_eq!(theme.name, "Ask [email]");
        assert_eq!(theme.statement, "Ring [phone] about **[removed]**");
        assert_eq!(theme.found_statement, "[removed] is late");
        assert_eq!(theme.definition, "NHS [NHS number], see Sarah");
        assert_eq!(theme.keywords, ["[postcode LS]"]);
    }

    #[test]
    fn codes_that_differ_by_a_personal_detail_alone_are_one() {
        let mut codes = vec!["sam@example.org".into(), "pay".into(), "jo@example.org".into()];
        mask_codes(&mut codes, &redactor());
        assert_eq!(codes, ["[email]", "pay"]);
    }
}
