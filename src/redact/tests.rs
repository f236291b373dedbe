use super::*;
use crate::types::{Span, masked_text};
use proptest::prelude::*;
use std::sync::LazyLock;

static REDACTOR: LazyLock<Redactor> = LazyLock::new(|| Redactor::new(&RedactParams::default()));

/// The text as it is shown.
pub(super) fn masked(text: &str) -> String {
    masked_text(text, Span::new(0, text.len()), &REDACTOR.find_masks(text))
}

#[test]
fn numbers_and_addresses_are_masked_in_their_usual_forms() {
    for (text, expected) in [
        ("Ring 07700 900123 or (0161) 496 0123.", "Ring [phone] or [phone]."),
        ("+44 (0)7700 900 123, 0044 7700-900-123; 020.7946.0123", "[phone], [phone]; [phone]"),
        ("Bleep 4321 please", "Bleep [phone] please"),
        (
            "Ring 0800 123 456 option 2 or 0345 60 60 23 on Mondays",
            "Ring [phone] option 2 or [phone] on Mondays",
        ),
        ("7700900123", "[phone]"),
        ("Mail sam.o'hara@trust.nhs.uk today", "Mail [email] today"),
        ("sam at trust dot nhs dot uk", "[email]"),
        ("NHS number 999 000 0018", "NHS number [NHS number]"),
        ("His number is 9434765919", "His number is [NHS number]"),
        ("NI AB 12 34 56 C", "NI [NI number]"),
        ("I live in LS6 2AB.", "I live in [postcode LS]."),
        ("near w12 8qq", "near [postcode W]"),
        ("DOB: 12/03/1964", "DOB: [date of birth]"),
        ("she was born on 3rd of March 1964", "she was born on [date of birth]"),
        ("at 12 High Street, Leeds", "at [address], Leeds"),
        ("Flat 3, 14b Mill Lane", "[address]"),
        ("see https://example.org/a?b=1.", "see [link]."),
        ("www.example.org/page", "[link]"),
        ("follow @sam_helps", "follow [handle]"),
        ("write to amara.obi@gmail,com or amara.obi@nhs", "write to [email] or [email]"),
        ("amara-obi at trust.nhs.uk", "[email]"),
        ("ref NHS9990000018, 999/000/0018", "ref NHS[NHS number], [NHS number]"),
        ("refund to GB82 WEST 1234 5698 7654 32", "refund to [card]"),
        ("dob: 19520403, her dob 030452", "dob: [date of birth], her dob [date of birth]"),
        ("I was born in April 1952", "I was born in [date of birth]"),
        ("Mrs Khan (01/02/1950), Sarah 3.4.61.", "Mrs [name] ([date of birth]), [name] [date of birth]."),
        (
            "Mrs Khan (01/02/2023), Sarah 3/4, Dr Shah 1.2.3",
            "Mrs [name] (01/02/2023), [name] 3/4, Dr [name] 1.2.3",
        ),
        (
            "Dr Ng and Mr Xu were late, Dr Green was not",
            "Dr [name] and Mr [name] were late, Dr [name] was not",
        ),
        ("Dr van der Berg, Dr de Silva", "Dr [name], Dr [name]"),
        ("Siân helped me, Seán too", "[name] helped me, [name] too"),
        ("nurse ngozi and doctor patel, sister kowalski", "nurse [name] and doctor [name], sister [name]"),
        ("matron rounds help, THE NURSE WILL CALL", "matron rounds help, THE NURSE WILL CALL"),
        ("@a_1@b_2@c_3@d_4@e_5@f_6@g_7@h_8@i_9", "[handle]"),
        ("card 4111 1111 1111 1111", "card [card]"),
        ("GMC 1234567, NMC pin 12A3456E", "GMC [registration], NMC pin [registration]"),
        ("my car AB12 CDE", "my car [registration]"),
        ("GMC\n1234567", "GMC\n[registration]"),
        ("patient id no.\n0123456", "patient id no.\n[registration]"),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn disguises_hide_nothing() {
    for (text, expected) in [
        ("０７７００ ９００１２３", "[phone]"),
        ("07700\u{a0}900\u{2009}123", "[phone]"),
        ("O77OO 9OO123", "[phone]"),
        ("07700\n900123", "[phone]"),
        ("077\u{200b}00 900\u{200d}123", "[phone]"),
        ("07700\t900\t123", "[phone]"),
        ("sam＠trust．nhs．uk", "[email]"),
        ("ask ünsal.q@posteo.de", "ask [email]"),
        ("sam@trust.\nnhs.uk", "[email]"),
        ("Thanks to Pri\u{200d}ya", "Thanks to [name]"),
        ("Priya’s team", "[name]’s team"),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn slips_of_the_pen_hide_no_numbers() {
    for (text, expected) in [
        ("see AB1O2O3OC", "see [NI number]"),
        ("NINO PWOOOO95C", "NINO [NI number]"),
        ("my NI number is AB/102030/C", "my NI number is [NI number]"),
        ("payroll has AB102030 wrong", "payroll has [NI number] wrong"),
        ("I saw 083/016/6130, the patient 065 894 8113", "I saw [NHS number], the patient [NHS number]"),
        ("call 447911123456", "call [phone]"),
        ("me: 4479 1112 3456", "me: [phone]"),
        ("07911/123456 or 0113/496-0123", "[phone] or [phone]"),
        (
            "LS1 4 AP, LSl 4AP, LS1,4AP, GIR 0AA",
            "[postcode LS], [postcode LS], [postcode LS], [postcode GIR]",
        ),
        ("my postcode is ls1,4ap", "my postcode is [postcode LS]"),
        ("s/c 00 11 31 a/c 27049372", "s/c [card] a/c [card]"),
        ("follow @ zqname", "follow @ [handle]"),
    ] {
        assert_eq!(masked(text), expected);
    }
    for text in [
        "SE1 2 GP practices, B1,2 nd, all 4th years, ill 4as",
        "on 01/02/2023 10:30 and 01/02/23-03/04/23",
        "payroll in 2023 24, the tax in 202324",
        "see us @ the surgery, follow up @ work",
        "SNOMED code 447911123456",
        "0203/2023 and 24/7",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn what_a_mask_lays_bare_is_masked_too() {
    for (text, expected) in [
        ("nhs.ukhttps://example.org/a", "[link][link]"),
        ("'s 999 and LS6 +44 www. - card", "'s 999 and LS6 +44 [link] card"),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn extensions_births_homes_and_records_are_masked_as_they_are_spoken_of() {
    for (text, expected) in [
        ("my ext. is 4455, his pager is 4456", "my ext. is [phone], his pager is [phone]"),
        ("my extension number is 4455", "my extension number is [phone]"),
        ("a patient (b. 01/02/1950) fell", "a patient (b. [date of birth]) fell"),
        ("D/O/B 1/2/50, date-of-birth = 01021950", "D/O/B [date of birth], date-of-birth = [date of birth]"),
        ("My DOB, as you know, is 1/2/50", "My DOB, as you know, is [date of birth]"),
        ("I live at 7 The Crescent now", "I live at [address] now"),
        ("My address is 31 Broadway", "My address is [address]"),
        ("Flat 12 Marlborough House has mould", "[address] has mould"),
        ("I am living at Rose Cottage", "I am living at [address]"),
        ("number plate LB 07 SXY", "number plate [registration]"),
        (
            "hosp no. H8123456, patient number 448812",
            "hosp no. [registration], patient number [registration]",
        ),
        (
            "payroll 20458812, staff number: 40012345, Datix W123456",
            "payroll [registration], staff number: [registration], Datix [registration]",
        ),
        ("UBRN 0001 2345 6789 was lost", "UBRN [registration] was lost"),
        (
            "case number 4501873, incident ref: W123456, complaint ref 23/4567, patient ref PM4471902, Ref no 4471902",
            "case number [registration], incident ref: [registration], complaint ref [registration], patient ref [registration], Ref no [registration]",
        ),
        ("write to P.O. Box 123, or PO Box no. 4", "write to [address], or [address]"),
        (
            "insta: sam_k9, linkedin: sam-k-12, skype sam_k",
            "insta: [handle], linkedin: [handle], skype [handle]",
        ),
        ("my username is sam42 and password: Hunter2", "my username is [handle] and password: [handle]"),
        ("at zoom.us/j/91234567890", "at [link]"),
    ] {
        assert_eq!(masked(text), expected);
    }
    for text in [
        "the flat is 12 years old",
        "we live in 2 worlds",
        "the extension is lovely",
        "(by 01/02/2023)",
        "payroll in 2023, staff number 12, unit number 4000 of payroll 2024",
        "facebook: great, twitter 2023, instagram page.They post, facebook covid-19 groups, the password is long",
        "case numbers of 30000, a case number 40, case number 2023/24, payroll 2023/2024, a box of 12",
        "at 10 am for",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn the_words_of_the_field_are_no_personal_details() {
    for text in [
        "Band 5, not Band 6; ONS4 forms, the PCN and the ARRS",
        "24/7 cover in 2023/24, 9-5, 1:1 time, 100% of 777 answers",
        "SNOMED 1234567890 and code 871661000000106",
        "I will stay. May 2023. In May we met. Will this change? Hope this helps",
        "Grace period, Mark of respect, rose to the challenge, a bill to pay",
        "Citizens Advice, Age UK, Mind, Macmillan, Samaritans",
        "St Mary's Hospital, Victoria Hospital, Charlotte Ward",
        "Heather Lodge, the Duke of Edinburgh award, Guy's and St Thomas' and Sam's Cafe",
        "Faith groups and Charity shops and Patience",
        "having fun with prescribing and talking to patients",
        "It may be that Hope is what people need. Jordan is a country. Art group and Drew up a plan",
        "We drive 12 miles down the road, 2 different ways",
        "There is no bus to the hospital\n2023 was better",
        "Salary of £28,407 to £34,581 and 33 days of leave",
        "The Social Prescribing Team in Milton Keynes uses Elemental",
        "dr appointments, my dr read my notes, the dr will call, i miss wood fires",
        "Thanks to Physiotherapy, I am Deaf, they called Triage, Nurse Practitioner",
        "Can my friend come? Will my manager know? the numbers and the ties",
    ] {
        assert_eq!(masked(text), text);
    }
}

#[test]
fn the_allow_list_is_left_alone_and_the_deny_list_never() {
    let text = "Priya Patel runs Ashby House with Tom in Zennor";
    assert_eq!(masked(text), "[name] runs Ashby House with [name] in Zennor");
    let params = RedactParams {
        allow: vec!["priya patel".into(), "Zennor".into()],
        deny: vec!["ZENNOR".into(), "ashby house".into()],
    };
    let redactor = Redactor::new(&params);
    let shown = masked_text(text, Span::new(0, text.len()), &redactor.find_masks(text));
    assert_eq!(shown, "Priya Patel runs [removed] with [name] in [removed]");
}

#[test]
fn a_term_of_the_deny_list_is_found_however_it_is_spaced_and_accented() {
    let deny =
        vec!["Project Nightingale".into(), "Café Zoë".into(), "Sure-Start".into(), "St. Zennor".into()];
    let redactor = Redactor::new(&RedactParams { allow: Vec::new(), deny });
    for text in [
        "Project  Nightingale",
        "project\nnightingale",
        "PROJECT - NIGHTINGALE",
        "Project\u{a0}\u{2011}Nightingale",
        "Cafe\u{301} Zoe\u{308}",
        "CAFÉ ZOË",
        "Cafe Zoe",
        "sure start",
        "St Zennor",
        "St. Zennor",
        "SureStart",
        "Project/Nightingale",
        "project_nightingale",
        "ProjectNightingale",
    ] {
        let whole = format!("We left {text}, alas");
        let shown = masked_text(&whole, Span::new(0, whole.len()), &redactor.find_masks(&whole));
        assert_eq!(shown, "We left [removed], alas", "{text}");
    }
    let other = "Projects Nightingale, Project Nightingales, a project of a nightingale";
    assert_eq!(redactor.find_masks(other), []);
}

fn answers() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ",
        " ",
        ", ",
        ". ",
        "\n",
        "\u{a0}",
        "\u{200d}",
        "-",
        "@",
        ".",
        "07700",
        "900123",
        "+44",
        "(0)",
        "999",
        "000",
        "0018",
        "4111",
        "AB",
        "12",
        "34",
        "56",
        "C",
        "LS6",
        "2AB",
        "O",
        "Dr",
        "my manager",
        "thanks to",
        "Sarah",
        "Patel",
        "priya",
        "Will",
        "and",
        "van der",
        "'s",
        "born",
        "12/03/1964",
        "DOB",
        "High",
        "Street",
        "Flat 3",
        "www.",
        "https://",
        "nhs.uk",
        "at",
        "dot",
        "sam",
        "GMC",
        "NHS number",
        "card",
        "[name]",
        "[phone]",
        "[postcode LS]",
        "[",
        "]",
        "é",
        "🙂",
        "７",
        "SARAH",
    ];
    prop::collection::vec(
        prop_oneof![9 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,5}"],
        0..24,
    )
    .prop_map(|parts| parts.join(" ").replace("  ", ""))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(1500)))]

    #[test]
    fn masks_are_sound_and_masking_again_changes_nothing(text in answers()) {
        let masks = REDACTOR.find_masks(&text);
        let mut at = 0;
        for mask in &masks {
            prop_assert!(mask.span.start >= at && !mask.span.is_empty() && text.get(mask.span.start..mask.span.end).is_some());
            at = mask.span.end;
        }
        let once = masked(&text);
        prop_assert_eq!(masked(&once), once.clone(), "{}", text);
    }
}
