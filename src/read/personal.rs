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
}
