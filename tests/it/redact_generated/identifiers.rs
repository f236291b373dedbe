//! Invented identifiers, valid by their check digits, from ranges set aside for tests wherever there are such.

use rand::Rng;
use rand::seq::SliceRandom;

/// The kinds that are counted, with the name that the documentation gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Email,
    Phone,
    NhsNumber,
    Postcode,
    NiNumber,
    DateOfBirth,
    Address,
    Link,
    Handle,
    Card,
    Registration,
    Name,
}

pub(super) const STRUCTURED: [Kind; 11] = [
    Kind::Email,
    Kind::Phone,
    Kind::NhsNumber,
    Kind::Postcode,
    Kind::NiNumber,
    Kind::DateOfBirth,
    Kind::Address,
    Kind::Link,
    Kind::Handle,
    Kind::Card,
    Kind::Registration,
];

/// First names of people who live in the UK, written down from memory of school registers and staff lists, not from the
/// lists that the program reads.
pub(super) const FIRST: &[&str] = &[
    "Sarah",
    "Emma",
    "Claire",
    "Gemma",
    "Kirsty",
    "Leanne",
    "Tracey",
    "Deborah",
    "Maureen",
    "Doreen",
    "Beryl",
    "Pauline",
    "Lorraine",
    "Siân",
    "Rhiannon",
    "Angharad",
    "Cerys",
    "Gwen",
    "Niamh",
    "Siobhán",
    "Aoife",
    "Ciara",
    "Catriona",
    "Mhairi",
    "Eilidh",
    "Priya",
    "Anjali",
    "Deepa",
    "Sunita",
    "Meena",
    "Kavita",
    "Harpreet",
    "Gurpreet",
    "Manpreet",
    "Jaspreet",
    "Parminder",
    "Aisha",
    "Fatima",
    "Khadija",
    "Zainab",
    "Maryam",
    "Nasreen",
    "Shabana",
    "Rukhsana",
    "Farah",
    "Samina",
    "Yasmin",
    "Hawa",
    "Amina",
    "Halima",
    "Ifrah",
    "Hodan",
    "Ngozi",
    "Chiamaka",
    "Adaeze",
    "Folasade",
    "Yetunde",
    "Temitope",
    "Abimbola",
    "Akosua",
    "Abena",
    "Efua",
    "Agnieszka",
    "Katarzyna",
    "Małgorzata",
    "Magdalena",
    "Ioana",
    "Andreea",
    "Oksana",
    "Olena",
    "Svetlana",
    "Mei",
    "Xiu",
    "Linh",
    "Thuy",
    "Siew",
    "Yuki",
    "Dilys",
    "Philippa",
    "Nicola",
    "Joanne",
    "Sharon",
    "Michelle",
    "Rachael",
    "Bethany",
    "Chloe",
    "Tamsin",
    "Imogen",
    "Freya",
    "David",
    "Michael",
    "Andrew",
    "Stephen",
    "Gareth",
    "Rhys",
    "Dafydd",
    "Ieuan",
    "Hamish",
    "Callum",
    "Ewan",
    "Alasdair",
    "Declan",
    "Cormac",
    "Pádraig",
    "Nigel",
    "Trevor",
    "Clive",
    "Derek",
    "Keith",
    "Graham",
    "Kevin",
    "Darren",
    "Wayne",
    "Lewis",
    "Rajesh",
    "Sanjay",
    "Vikram",
    "Arjun",
    "Amit",
    "Gurdeep",
    "Balwinder",
    "Mohammed",
    "Imran",
    "Bilal",
    "Usman",
    "Tariq",
    "Faisal",
    "Abdullahi",
    "Yusuf",
    "Ibrahim",
    "Chidi",
    "Emeka",
    "Obinna",
    "Tunde",
    "Olumide",
    "Babatunde",
    "Kwame",
    "Kofi",
    "Kwabena",
    "Piotr",
    "Tomasz",
    "Krzysztof",
    "Bogdan",
    "Andrei",
    "Mihai",
    "Dmytro",
    "Oleksandr",
    "Wei",
    "Jun",
    "Minh",
    "Tuan",
    "Hiroshi",
    "Marek",
    "Dwayne",
    "Leroy",
    "Delroy",
    "Winston",
    "Desmond",
];

/// First names that are ordinary words as well.
pub(super) const WORDS: &[&str] = &[
    "Will", "Mark", "Grace", "Hope", "Rose", "Bill", "Jo", "Pat", "Joy", "Faith", "Rob", "Sue", "Frank",
    "Ruby", "Amber",
];

pub(super) const LAST: &[&str] = &[
    "Smith",
    "Jones",
    "Taylor",
    "Williams",
    "Hughes",
    "Thistlethwaite",
    "Ramsbottom",
    "Featherstone",
    "Oakeshott",
    "Pritchard",
    "Llewellyn",
    "Bevan",
    "MacDonald",
    "McAllister",
    "O'Connor",
    "O'Sullivan",
    "Gallagher",
    "Patel",
    "Shah",
    "Desai",
    "Chowdhury",
    "Rahman",
    "Hussain",
    "Akhtar",
    "Mahmood",
    "Iqbal",
    "Singh",
    "Kaur",
    "Sandhu",
    "Dhillon",
    "Okafor",
    "Okonkwo",
    "Adeyemi",
    "Ogunleye",
    "Balogun",
    "Mensah",
    "Owusu",
    "Boateng",
    "Kowalska",
    "Nowak",
    "Wiśniewski",
    "Popescu",
    "Ionescu",
    "Shevchenko",
    "Nguyen",
    "Tran",
    "Chen",
    "Zhang",
    "Wong",
    "Tanaka",
    "Farah",
    "Warsame",
    "Abdi",
    "Campbell",
    "Bailey",
    "Clarke",
    "Wright",
    "Hargreaves",
    "Entwistle",
    "Sharma",
    "Ramanathan",
    "Subramaniam",
    "Fernando",
    "Perera",
    "de Souza",
    "van der Berg",
];

const TEST_MOBILE: &str = "07700900";

/// An identifier of `kind` in one of its usual forms.
pub(super) fn identifier(kind: Kind, rng: &mut impl Rng) -> String {
    match kind {
        Kind::Email => email(rng),
        Kind::Phone => phone(rng),
        Kind::NhsNumber => grouped(&nhs_number(rng), &[3, 3, 4], rng),
        Kind::Postcode => postcode(rng),
        Kind::NiNumber => ni_number(rng),
        Kind::DateOfBirth => date(rng),
        Kind::Address => address(rng),
        Kind::Link => pick(
            &[
                "https://www.example.org/about?id=7",
                "http://blog.example.com/sam",
                "www.example.org.uk",
                "myclinic.example.co.uk/team",
                "sams-page.example.net",
            ],
            rng,
        ),
        Kind::Handle => format!(
            "@{}_{}{}",
            pick(FIRST, rng).to_lowercase().replace(|c: char| !c.is_ascii_alphabetic(), ""),
            pick(&["helps", "uk", "x", "walks"], rng),
            rng.gen_range(1..99)
        ),
        Kind::Card => grouped(&card(rng), &[4, 4, 4, 4], rng),
        Kind::Registration => registration(rng),
        Kind::Name => pick(FIRST, rng),
    }
}

pub(super) fn pick(from: &[&str], rng: &mut impl Rng) -> String {
    (*from.choose(rng).unwrap()).to_owned()
}

fn email(rng: &mut impl Rng) -> String {
    let plain = |name: String| name.to_lowercase().replace(|c: char| !c.is_ascii_alphabetic(), "");
    let (first, last) = (plain(pick(FIRST, rng)), plain(pick(LAST, rng)));
    let domain = pick(&["nhs.net", "trust.nhs.uk", "example.org", "mail.example.com", "example.co.uk"], rng);
    match rng.gen_range(0..5) {
        0 => format!("{first} at {} ", domain.replace('.', " dot ")).trim_end().to_owned(),
        1 => format!("{first} dot {last} at {}", domain.replace('.', " dot ")),
        2 => format!("{first}{}@{domain}", rng.gen_range(1..99)),
        _ => format!("{first}.{last}@{domain}"),
    }
}

fn phone(rng: &mut impl Rng) -> String {
    let tail = format!("{:03}", rng.gen_range(0..1000));
    match rng.gen_range(0..9) {
        0 => format!("{TEST_MOBILE}{tail}"),
        1 => format!("07700 900{tail}"),
        2 => format!("07700 900 {tail}"),
        3 => format!("+44 7700 900{tail}"),
        4 => format!("+44 (0)7700 900 {tail}"),
        5 => format!("07700-900-{tail}"),
        6 => format!("07700.900.{tail}"),
        7 => format!("(0161) 496 0{tail}"),
        _ => format!("020 7946 0{tail}"),
    }
}

/// In the range 999, which is set aside for tests.
fn nhs_number(rng: &mut impl Rng) -> Vec<u32> {
    loop {
        let mut digits = vec![9, 9, 9];
        digits.extend((0..6).map(|_| rng.gen_range(0..10_u32)));
        let sum: u32 = digits.iter().enumerate().map(|(i, digit)| digit * (10 - i as u32)).sum();
        let check = (11 - sum % 11) % 11;
        if check < 10 {
            digits.push(check);
            return digits;
        }
    }
}

fn card(rng: &mut impl Rng) -> Vec<u32> {
    let mut digits = vec![4, 0, 0, 0];
    digits.extend((0..11).map(|_| rng.gen_range(0..10_u32)));
    let doubled = |digit: u32| if digit > 4 { digit * 2 - 9 } else { digit * 2 };
    let sum: u32 =
        digits.iter().enumerate().map(|(i, digit)| if i % 2 == 0 { doubled(*digit) } else { *digit }).sum();
    digits.push((10 - sum % 10) % 10);
    digits
}

fn grouped(digits: &[u32], groups: &[usize], rng: &mut impl Rng) -> String {
    let separator = pick(&["", " ", "-", " "], rng);
    let mut shown = String::new();
    let mut digits = digits.iter();
    for (i, group) in groups.iter().enumerate() {
        if i > 0 {
            shown.push_str(&separator);
        }
        shown.extend(digits.by_ref().take(*group).filter_map(|digit| char::from_digit(*digit, 10)));
    }
    shown
}

fn postcode(rng: &mut impl Rng) -> String {
    let outward =
        pick(&["LS6", "M14", "B1", "SW1A", "EC1A", "CF10", "EH12", "BT7", "NE4", "W12", "E2", "TR1"], rng);
    let unit = pick(&["AA", "2ab", "QZ", "HJ", "XY"], rng).replace(['2'], "").to_uppercase();
    let separator = pick(&[" ", " ", ""], rng);
    format!("{outward}{separator}{}{unit}", rng.gen_range(1..10))
}

fn ni_number(rng: &mut impl Rng) -> String {
    let digits = format!("{:06}", rng.gen_range(0..1_000_000));
    let (a, b, c) = (&digits[..2], &digits[2..4], &digits[4..]);
    let (prefix, suffix) = (pick(&["QQ", "AB", "JN", "YZ"], rng), pick(&["A", "B", "C", "D"], rng));
    match rng.gen_range(0..3) {
        0 => format!("{prefix}{digits}{suffix}"),
        1 => format!("{prefix} {a} {b} {c} {suffix}"),
        _ => format!("{prefix}-{a}-{b}-{c}-{suffix}"),
    }
}

fn date(rng: &mut impl Rng) -> String {
    let (day, month, year) = (rng.gen_range(1..29), rng.gen_range(1..13), rng.gen_range(1930..2005));
    let name = [
        "January", "February", "March", "April", "May", "June", "July", "August", "Sept", "Oct", "Nov", "Dec",
    ][month - 1];
    match rng.gen_range(0..6) {
        0 => format!("{day:02}/{month:02}/{year}"),
        1 => format!("{day}.{month}.{:02}", year % 100),
        2 => format!("{year}-{month:02}-{day:02}"),
        3 => format!("{day} {name} {year}"),
        4 => format!("{day}th of {name} {year}"),
        _ => format!("{name} {day}, {year}"),
    }
}

fn address(rng: &mut impl Rng) -> String {
    let street =
        pick(&["High", "Chapel", "Victoria", "Mill", "Station", "Old Church", "Queen Mary", "Hawthorn"], rng);
    let ending =
        pick(&["Street", "Road", "Avenue", "Lane", "Close", "Drive", "Terrace", "Gardens", "Way", "Rd"], rng);
    let number = rng.gen_range(1..250);
    match rng.gen_range(0..4) {
        0 => format!("Flat {}, {number} {street} {ending}", rng.gen_range(1..30)),
        1 => format!("{number}b {street} {ending}"),
        _ => format!("{number} {street} {ending}"),
    }
}

fn registration(rng: &mut impl Rng) -> String {
    let number = rng.gen_range(1_000_000..9_999_999);
    match rng.gen_range(0..4) {
        0 => format!("GMC {number}"),
        1 => format!("{}A{:04}E", rng.gen_range(80..99), rng.gen_range(0..10_000)),
        2 => format!("PH{:05}", rng.gen_range(0..100_000)),
        _ => format!(
            "{}{} {}",
            pick(&["AB", "LS", "YK"], rng),
            rng.gen_range(51..75),
            pick(&["CDE", "XYZ", "KLM"], rng)
        ),
    }
}
