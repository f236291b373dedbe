use super::header::one_line;

/// Names of columns that say who a person is. Compared whole, in lower case, with `_` and `-` as spaces.
const NAMES: [&str; 42] = [
    "email",
    "e mail",
    "email address",
    "e mail address",
    "your email",
    "your email address",
    "recipientemail",
    "recipient email",
    "work email",
    "contact email",
    "respondent email",
    "name",
    "full name",
    "your name",
    "fullname",
    "first name",
    "firstname",
    "forename",
    "last name",
    "lastname",
    "surname",
    "family name",
    "recipientfirstname",
    "recipient first name",
    "recipientlastname",
    "recipient last name",
    "respondent name",
    "username",
    "user name",
    "ip",
    "ipaddress",
    "ip address",
    "phone",
    "phone number",
    "telephone",
    "telephone number",
    "mobile",
    "mobile number",
    "contact number",
    "nhs number",
    "date of birth",
    "dob",
];

/// Other columns that place a person on a map.
const PLACES: [&str; 7] = [
    "locationlatitude",
    "location latitude",
    "locationlongitude",
    "location longitude",
    "latitude",
    "longitude",
    "address",
];

/// Whether a column of this name holds e-mail addresses, names, telephone numbers, IP addresses or the like.
pub(super) fn is_personal_name(name: &str) -> bool {
    let name = one_line(&name.replace(['_', '-'], " ")).to_lowercase();
    NAMES.contains(&name.as_str()) || PLACES.contains(&name.as_str())
}

/// Whether a heading asks for names or for how to reach somebody, so that what is written under it is no answer: "Please leave your name and contact
/// details for the prize draw", but not "What do you enjoy? Do not give your name".
pub(super) fn asks_who_somebody_is(heading: &str) -> bool {
    const ASKED: [&str; 15] = [
        "contact details",
        "your name",
        "your full name",
        "your email",
        "your e-mail",
        "email address",
        "e-mail address",
        "phone number",
        "telephone number",
        "prize draw",
        "name of patient",
        "patient name",
        "patient's name",
        "manager's name",
        "name of your manager",
    ];
    let heading = one_line(heading).to_lowercase().replace('’', "'");
    let asks = ASKED.iter().any(|asked| heading.contains(asked));
    asks && !["not ", "n't ", "without "].iter().any(|denied| heading.contains(denied))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_somebody_is_is_personal_and_where_they_work_is_not() {
        for name in
            ["Email", "E-mail address", "Name", "IPAddress", "IP_address", "RecipientLastName", "First name"]
        {
            assert!(is_personal_name(name), "{name}");
        }
        for name in ["employer", "Name of your PCN", "region", "How do you email patients?", "ID"] {
            assert!(!is_personal_name(name), "{name}");
        }
    }

    #[test]
    fn a_heading_that_asks_for_a_name_or_address_is_told_from_a_question() {
        for heading in [
            "If you are happy to be contacted please leave your name and contact details below",
            "3. Please give your name and email if you would like the results",
            "Your name (optional)",
            "Contact details",
            "Name of patient",
            "Your manager’s name",
            "Enter your email address for the prize draw",
        ] {
            assert!(asks_who_somebody_is(heading), "{heading}");
        }
        for heading in [
            "What do you enjoy most?",
            "What would you change? Please do not give your name",
            "How did the service contact you?",
        ] {
            assert!(!asks_who_somebody_is(heading), "{heading}");
        }
    }
}
