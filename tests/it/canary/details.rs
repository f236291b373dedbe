//! Details that exist once and nowhere else, from the ranges set aside for tests.

/// Something that must not be shown, and the words it is said with.
pub(super) struct Detail {
    pub(super) secret: String,
    pub(super) sentence: String,
}

/// Makes the detail with a number.
type Make = fn(usize) -> String;

/// A hundred and eighty details with a fixed form, and twenty names with a title.
pub(super) fn two_hundred() -> Vec<Detail> {
    let kinds: [(usize, Make, &str); 7] = [
        (40, nhs_number, "My NHS number is {}"),
        (30, ni_number, "My NI number is {}"),
        (40, phone, "Ring me on {}"),
        (30, email, "Write to {} please"),
        (25, postcode, "I live in {}"),
        (15, card, "They charged {} twice"),
        (20, surname, "Dr {} agrees"),
    ];
    let detail = |(i, make, words): (usize, Make, &str)| {
        let secret = make(i);
        Detail { sentence: words.replace("{}", &secret), secret }
    };
    kinds.into_iter().flat_map(|(n, make, words)| (0..n).map(move |i| (i, make, words))).map(detail).collect()
}

/// Number `i` of the range 999, with its check digit.
fn nhs_number(i: usize) -> String {
    let valid = |n: usize| {
        let digits = format!("999{n:06}");
        let sum: usize = digits.bytes().enumerate().map(|(at, b)| usize::from(b - b'0') * (10 - at)).sum();
        let check = (11 - sum % 11) % 11;
        (check < 10).then(|| format!("{} {} {}{check}", &digits[..3], &digits[3..6], &digits[6..]))
    };
    (123_000..).filter_map(valid).nth(i).unwrap()
}

pub(super) fn ni_number(i: usize) -> String {
    format!("QQ {:02} {:02} 73 C", 20 + i / 60, 30 + i % 60)
}

pub(super) fn phone(i: usize) -> String {
    format!("07700 900{:03}", i % 1000)
}

pub(super) fn email(i: usize) -> String {
    format!("{}.{i}@example.org", surname(i).to_lowercase())
}

fn postcode(i: usize) -> String {
    const LETTERS: [&str; 5] = ["AB", "DE", "FG", "HJ", "LN"];
    format!("LS{} {}{}", 60 + i / 5, 1 + i % 9, LETTERS[i % 5])
}

/// Sixteen digits by Luhn's rule.
fn card(i: usize) -> String {
    let digits = format!("4000{:011}", 12_345_678_900 + i * 37);
    let sum: u32 = digits
        .bytes()
        .map(|b| u32::from(b - b'0'))
        .enumerate()
        .map(|(at, digit)| match (at % 2, digit) {
            (0, 5..) => digit * 2 - 9,
            (0, _) => digit * 2,
            _ => digit,
        })
        .sum();
    format!("{} {} {} {}{}", &digits[..4], &digits[4..8], &digits[8..12], &digits[12..], (10 - sum % 10) % 10)
}

/// A surname that nobody bears.
pub(super) fn surname(i: usize) -> String {
    const FIRST: [&str; 16] = [
        "Quill", "Zor", "Brak", "Vyx", "Thrum", "Ploz", "Grev", "Skan", "Oxw", "Jarb", "Kwip", "Dronf",
        "Fyst", "Murz", "Ulg", "Wexb",
    ];
    const LAST: [&str; 16] = [
        "feather",
        "vath",
        "mundsen",
        "lowicz",
        "bottle",
        "hanger",
        "quist",
        "pledge",
        "erthwaite",
        "igan",
        "stoke",
        "oyle",
        "umber",
        "aczek",
        "ridger",
        "antiz",
    ];
    format!("{}{}{}", FIRST[i % 16], LAST[i / 16 % 16], ["", "ov", "sk", "dt"][i / 256 % 4])
}
