//! The words of the made-up run: themes with a statement, key words, quotes and parts.

/// A theme in words, and how many in a hundred mention it this year and last.
pub(crate) struct Wording {
    pub(crate) name: &'static str,
    pub(crate) statement: &'static str,
    pub(crate) keywords: &'static [&'static str],
    pub(crate) percent: usize,
    pub(crate) previous: Option<usize>,
    pub(crate) quotes: &'static [&'static str],
    pub(crate) parts: &'static [&'static str],
}

const fn short(
    name: &'static str,
    statement: &'static str,
    keywords: &'static [&'static str],
    (percent, previous): (usize, Option<usize>),
    quotes: &'static [&'static str],
) -> Wording {
    Wording { name, statement, keywords, percent, previous, quotes, parts: &[] }
}

pub(crate) const ENJOY: &[Wording] = &[
    Wording {
        name: "Making a difference",
        statement: "**Making a difference** to people’s lives and seeing them **grow in confidence**.",
        keywords: &["making a difference", "people’s lives", "confidence", "positive impact", "helping"],
        percent: 42,
        previous: Some(36),
        quotes: &[
            "Being able to make a difference",
            "Seeing somebody who would not leave the house walk into a lunch club on their own",
            "Knowing I’ve helped someone turn a corner, even in a small way",
            "The difference a listening ear makes",
            "When [name] at the surgery tells me a patient is like a new person",
        ],
        parts: &["Seeing people gain confidence", "Small steps that matter", "Thanks from families"],
    },
    short(
        "Patient contact",
        "**Time with patients** and the **relationships** that come of it.",
        &["patient contact", "time with people", "relationships"],
        (31, Some(33)),
        &[
            "I enjoy the patient contact",
            "Meeting people from all walks of life",
            "Having the time to listen, which nobody else in the practice has",
            "Getting to know people over a few weeks",
        ],
    ),
    short(
        "Variety of the role",
        "The **variety** of the work: **no two days** are the same.",
        &["variety", "no two days", "different every day"],
        (19, Some(20)),
        &[
            "No two days are the same!",
            "the variety – every day is different",
            "So varied, I never know what’s coming",
        ],
    ),
    short(
        "Autonomy and flexibility",
        "**Autonomy** to plan the day and the **flexibility** to go at the patient’s pace.",
        &["autonomy", "flexibility", "own diary"],
        (16, Some(11)),
        &["Managing my own diary", "Freedom to work in the way that suits the patient", "flexible working"],
    ),
    short(
        "Supportive team",
        "Being part of a **supportive team** in the practice.",
        &["team", "colleagues", "supportive"],
        (14, Some(15)),
        &[
            "My team are amazing",
            "Working alongside GPs who value what I do",
            "Supportive colleagues and a good manager",
        ],
    ),
    short(
        "Linking people with their community",
        "**Connecting** people with **community groups** they did not know of.",
        &["connecting", "community groups", "local services"],
        (12, Some(12)),
        &["Connecting people to what’s on their doorstep", "Finding the right group for the right person"],
    ),
    short(
        "Holistic working",
        "Looking at the **whole person**, not only what is wrong with them.",
        &["holistic", "whole person", "what matters"],
        (9, Some(8)),
        &["Asking what matters to someone and not what’s the matter with them", "The holistic approach"],
    ),
    short(
        "Learning and development",
        "**Learning** something new and **training** on the job.",
        &["learning", "training", "development"],
        (7, Some(13)),
        &["I’m always learning", "The training I have been given"],
    ),
    short(
        "Advocating for patients",
        "**Speaking up** for people who are not heard.",
        &["advocate", "voice", "speaking up"],
        (6, Some(6)),
        &["Being a voice for those who don’t have one", "Advocating for my patients"],
    ),
    short(
        "Partnership with the voluntary sector",
        "**Working with charities** and other partners.",
        &["VCSE", "charities", "partnership"],
        (4, Some(5)),
        &["Networking with the voluntary sector", "building links with local charities"],
    ),
    short(
        "Reducing pressure on GPs",
        "**Freeing GPs’ time** for clinical work.",
        &["GP time", "pressure"],
        (3, None),
        &[
            "Taking the pressure off our GPs",
            "Fewer people come back to the GP for something that isn’t medical",
        ],
    ),
    short(
        "Home visits",
        "**Visiting people at home**, where they are at ease.",
        &["home visits"],
        (3, Some(4)),
        &["Home visits", "Seeing people in their own home"],
    ),
    short(
        "Setting up groups",
        "**Starting groups** where there were none.",
        &["groups", "walking group"],
        (2, Some(2)),
        &["Setting up our walking group", "Running the allotment project"],
    ),
    short(
        "Shaping a new profession",
        "Helping to **shape a young profession**.",
        &["new role", "profession"],
        (1, Some(2)),
        &["Being at the start of something new", "Shaping what the role becomes"],
    ),
];

pub(crate) const CHANGE: &[Wording] = &[
    Wording {
        name: "Salary and progression",
        statement: "**Salary** that reflects the **level of responsibility** and **demand** of the SPLW role.",
        keywords: &["salary", "pay", "Band 5", "progression", "responsibility"],
        percent: 34,
        previous: Some(26),
        quotes: &[
            "Better pay",
            "Pay that matches the responsibility we carry – Band 5 does not",
            "A salary which reflects the complexity of the people we now see every day",
            "Career progression, there is nowhere to go from here",
        ],
        parts: &["Pay bands", "Steps up from the role"],
    },
    short(
        "Recognition of the role",
        "**Recognition** of what link workers do by GPs, partners and the **wider NHS**.",
        &["recognition", "understanding of the role", "valued"],
        (24, Some(25)),
        &[
            "More recognition of the role",
            "GPs who understand what we do and what we don’t",
            "to be seen as a profession and not an add-on",
        ],
    ),
    short(
        "Clinical supervision",
        "**Regular clinical supervision** from somebody outside the line.",
        &["supervision", "clinical supervision", "monthly"],
        (18, Some(17)),
        &["Regular clinical supervision", "Supervision that isn’t with my line manager"],
    ),
    short(
        "Smaller caseloads",
        "**Caseloads** that leave time for **complex** needs.",
        &["caseload", "waiting list", "complex"],
        (17, Some(9)),
        &[
            "A cap on caseloads",
            "my caseload is 120, it can’t be done properly",
            "Fewer referrals, more time with each person",
        ],
    ),
    short(
        "Appropriate referrals",
        "**Referrals** that fit the role, not what no other service takes.",
        &["inappropriate referrals", "mental health"],
        (13, Some(14)),
        &["Stop inappropriate referrals", "We are not a crisis team", "Fewer referrals for housing letters"],
    ),
    short(
        "Secure contracts",
        "**Permanent contracts** and **funding** beyond the next year.",
        &["permanent", "contract", "funding"],
        (12, Some(19)),
        &["Permanent contracts", "Knowing that I will have a job next April"],
    ),
    short(
        "Room and equipment",
        "A **private room** and working **equipment** in each practice.",
        &["room", "desk", "laptop"],
        (9, Some(9)),
        &["A room of my own in the surgery", "A laptop that works"],
    ),
    short(
        "Peer support",
        "**Meeting other link workers**, in person and often.",
        &["peer support", "network"],
        (8, Some(8)),
        &["More peer support", "Time to meet up with other SPLWs"],
    ),
    short(
        "Face-to-face training",
        "**Training face to face**, not one more webinar.",
        &["face-to-face", "training"],
        (6, Some(6)),
        &["Face to face training please!", "Training that is not online"],
    ),
    short(
        "Directory of local services",
        "One **up-to-date directory** of local services.",
        &["directory", "database"],
        (4, Some(4)),
        &["A directory of services that somebody keeps up to date", "one database, not six"],
    ),
    short(
        "Working in one practice",
        "**One practice** for each link worker, not five.",
        &["one practice", "spread thin"],
        (4, Some(3)),
        &["To work in one practice rather than five", "I’m spread too thin across the PCN"],
    ),
    short(
        "Induction",
        "A proper **induction** for those who start.",
        &["induction", "shadowing"],
        (3, Some(3)),
        &["A proper induction", "Shadowing before you begin"],
    ),
    short(
        "Access to patient records",
        "**Read and write access** to the practice’s records.",
        &["EMIS", "SystmOne", "records"],
        (2, None),
        &["Access to EMIS at home", "Being able to write in the notes"],
    ),
    short(
        "National voice",
        "Someone to **speak for the profession**.",
        &["national", "association"],
        (1, Some(2)),
        &["A professional body", "A national voice for link workers"],
    ),
];
