//! Made-up personal details in ranges set aside for tests.

use serde::Deserialize;

use super::draw::Draw;

/// Sentences with places for details, and the details that are lists.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonalBank {
    sentences: Vec<String>,
    first: Vec<String>,
    last: Vec<String>,
    titles: Vec<String>,
    postcodes: Vec<String>,
    email_domains: Vec<String>,
}

impl PersonalBank {
    /// A sentence that gives somebody away.
    pub(crate) fn sentence(&self, draw: &mut Draw) -> String {
        let mut text = draw.pick(&self.sentences).to_owned();
        while let Some((before, rest)) = text.split_once('<') {
            let Some((slot, after)) = rest.split_once('>') else { break };
            text = format!("{before}{}{after}", self.detail(slot, draw));
        }
        text
    }

    fn detail(&self, slot: &str, draw: &mut Draw) -> String {
        match slot {
            "first" => draw.pick(&self.first).to_owned(),
            "last" => draw.pick(&self.last).to_owned(),
            "title" => draw.pick(&self.titles).to_owned(),
            "postcode" => draw.pick(&self.postcodes).to_owned(),
            "phone" => phone(draw),
            "email" => {
                let first: String =
                    draw.pick(&self.first).chars().filter(char::is_ascii).collect::<String>().to_lowercase();
                format!("{first}.{}@{}", 10 + draw.below(90), draw.pick(&self.email_domains))
            }
            _ => nhs_number(draw),
        }
    }
}

/// A number from the range that Ofcom keeps free for drama, written as people write them.
fn phone(draw: &mut Draw) -> String {
    let last = 100 + draw.below(900);
    match draw.below(4) {
        0 => format!("07700900{last}"),
        1 => format!("+44 7700 900{last}"),
        2 => format!("07700-900-{last}"),
        _ => format!("07700 900{last}"),
    }
}

/// A number from the range 999 that is never issued, with a valid check digit (modulus 11).
fn nhs_number(draw: &mut Draw) -> String {
    loop {
        let digits = format!("999{:06}", draw.below(1_000_000));
        let sum: u32 =
            digits.chars().filter_map(|c| c.to_digit(10)).zip((2..=10).rev()).map(|(d, w)| d * w).sum();
        let check = (11 - sum % 11) % 11;
        if check < 10 {
            return format!("{} {} {}{check}", &digits[..3], &digits[3..6], &digits[6..]);
        }
    }
}
