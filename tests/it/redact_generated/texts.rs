//! Answers with a gap for an identifier, and answers that hold none.

use super::identifiers::{FIRST, Kind, LAST, WORDS, pick};
use rand::Rng;

/// Sentences with `{}` for an identifier of `kind`.
pub(super) fn templates(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Email => &[
            "My address is {} if you want more.",
            "e-mail {} please",
            "Contact: {}",
            "I wrote to {} and heard nothing",
            "({})",
        ],
        Kind::Phone => &[
            "Ring me on {} any time.",
            "{}",
            "my mobile is {}, thanks",
            "call {} and ask for the team",
            "The line ({}) is always engaged",
            "Tel: {}.",
        ],
        Kind::NhsNumber => &[
            "NHS number {}.",
            "my nhs no: {}",
            "The record {} was wrong",
            "({})",
            "Patient {} waited nine weeks.",
        ],
        Kind::Postcode => &[
            "I live in {} and the bus is slow.",
            "near {}",
            "Our surgery ({}) has no room",
            "We cover {}, which is rural.",
        ],
        Kind::NiNumber => &[
            "My NI number is {}",
            "{} is on every letter",
            "They asked for {} twice.",
            "national insurance {}",
        ],
        Kind::DateOfBirth => &[
            "DOB {}",
            "date of birth: {}.",
            "she was born on {} in Leeds",
            "My d.o.b. is {}, as you know",
            "born {}",
            "birthday {}!",
        ],
        Kind::Address => &[
            "I live at {} with my mum.",
            "Visit us at {}.",
            "Letters go to {} still",
            "The clinic at {}, is cold",
        ],
        Kind::Link => &["It is all on {} if you look.", "see {}", "Our page ({}) helps", "Found it at {}."],
        Kind::Handle => &["Follow {} for the walks.", "I am {} there", "message ({})", "Thanks {}!"],
        Kind::Card => {
            &["They charged {} twice", "my card {} was declined.", "Card number: {}", "paid with {}."]
        }
        Kind::Registration => {
            &["registered as {} since spring", "({})", "My number is {}.", "It says {} on the badge"]
        }
        Kind::Name => &[
            "My manager {} is very supportive.",
            "Thanks to {} for everything",
            "{} was brilliant when I started.",
            "I work with {} and the wider team.",
            "our link worker, {}, visits on Tuesdays",
            "I would be lost without {}.",
            "More people like {} please",
            "A patient called {} told me it changed her life",
            "{}'s team is short of staff",
            "It was {} who set up the group.",
            "Thank you {}",
            "the receptionist {} always helps",
            "Having {} as a mentor",
            "Last year {} left and nobody came",
            "My husband {} drives me",
            "Ask {} about the garden project.",
        ],
    }
}

/// A person's name in one of the forms that people use, and the sentence around it.
pub(super) fn name_case(rng: &mut impl Rng) -> (String, String) {
    let (first, last) = (pick(FIRST, rng), pick(LAST, rng));
    let template = pick(templates(Kind::Name), rng);
    match rng.gen_range(0..20) {
        0..=5 => (template, first),
        6..=9 => (template, format!("{first} {last}")),
        10 => (
            pick(
                &[
                    "Dr {} listens.",
                    "I saw Mrs {} today",
                    "mr {} was rude",
                    "dr {} never calls back",
                    "Thanks Prof {}",
                ],
                rng,
            ),
            last,
        ),
        11 => (template, pick(WORDS, rng)),
        12 => (template, format!("{} {last}", pick(WORDS, rng))),
        13 => (template, format!("{first}-{}", pick(&["Jane", "Marie", "Louise", "Lee"], rng))),
        14 => (template, format!("{first} {last}-{}", pick(&["Hughes", "Brown", "Khan"], rng))),
        15 => (
            pick(
                &[
                    "my manager {} is kind",
                    "thanks to {} for all of it",
                    "a lady called {} helped",
                    "my colleague {} agrees",
                ],
                rng,
            ),
            first.to_lowercase(),
        ),
        16 => (
            pick(&["THANKS TO {} AND THE TEAM", "MY MANAGER {} IS GREAT", "{} IS THE BEST"], rng),
            first.to_uppercase(),
        ),
        17 => (template, format!("{}. {last}", first.chars().next().unwrap())),
        18 => (
            pick(
                &["thanks to Sarah and {} at the desk", "David, {} and the others", "both Emma and {} left"],
                rng,
            ),
            first,
        ),
        // Without a capital and without a cue: what nobody can promise to find.
        _ => (
            pick(&["{} was lovely", "i asked {} and waited", "without {} we are stuck"], rng),
            first.to_lowercase(),
        ),
    }
}

/// Answers of the field that hold no personal detail but much that looks like one.
pub(super) const CLEAN: &[&str] = &[
    "Band 5 pay for Band 6 work",
    "ONS4 forms take an hour",
    "The PCN does not understand us",
    "We need 24/7 cover",
    "Funding for 2023/24 is unclear",
    "SNOMED code 871661000000106 is missing",
    "SNOMED 1234567890",
    "I will stay if the pay improves",
    "It changed in May 2023",
    "Grace period of four weeks",
    "A mark of respect for the role",
    "I hope this helps",
    "Rose to the challenge",
    "The bill is too high",
    "Will there be training?",
    "May I say thank you",
    "More than 1,200 referrals in 12 months",
    "GP to patient ratio is 1:2500",
    "From 9.30 to 5.30 without a break",
    "ICD-10 F32.1",
    "A 37.5 hour week",
    "Salary from £28,407 to £34,581",
    "In April we moved to EMIS",
    "Citizens Advice and Age UK are great partners",
    "Mind, Macmillan and Samaritans",
    "Victoria Hospital has no parking",
    "St Mary's Surgery is too far",
    "The Charlotte Ward team",
    "Milton Keynes is spreading",
    "Using Zoom and Teams all day",
    "Social Prescribing Link Workers need supervision",
    "Our ARRS funding ends 31/03/2024",
    "The meeting on 12/06/2023 was cancelled",
    "We see 5-6 patients a day",
    "Two people off sick since 01.09.2022",
    "Page 12 of the handbook",
    "Room 4 is cold",
    "It is 12 miles down the road",
    "20 minutes each way",
    "I drive 3 days a week",
    "Version 2.0.1 broke it",
    "Ref 2023-000123",
    "Room temperature 21.5",
    "Score of 10/10",
    "7 of 10 people said so",
    "Phase 1 and 2",
    "The Patients Are The Best Part",
    "Working with Polish and Somali families",
    "Christian and Muslim groups meet on Sundays",
    "Universal Credit and PIP forms",
    "Dementia, autism and ADHD clinics",
    "Alcoholics Anonymous meets at 7pm",
    "The London Marathon",
    "I am a Yorkshire person",
    "In Birmingham and Leeds",
    "Q4 targets",
    "COVID-19 changed everything",
    "The Jo Cox Foundation",
    "NHS England and the ICB",
    "Health and Wellbeing Board",
    "my manager is kind",
    "thanks to everyone",
    "thank you all",
    "Better pay",
    "Protected time for training",
    "doctor and nurse together",
    "The nurse was lovely",
    "Sister on the ward",
    "called the clinic twice",
    "hours 0900 to 1700",
    "Tel is always engaged",
    "at home or at work",
    "dot the i",
    "Look at www or the app",
    "@ the surgery",
    "10000 steps a day",
    "1st class support",
    "I was born in Leeds",
    "my birthday is a holiday",
    "drive over to the next town",
    "Emails at night",
    "a+ service",
];
