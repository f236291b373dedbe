//! Names that no list has, by what stands behind them: "Zqdele, my manager, left", "speak to Zqdele in HR".

use super::cues::is_spoken_to;
use super::is_month;
use super::tokens::{Case, Gap, Word};
use super::words::{Role, is_among};

/// Words that begin a sentence before "my manager" and are no names: "Yesterday, my manager, ...".
const OPENERS: &str = "however yesterday today tonight tomorrow again overall also although though besides anyway otherwise still then thus \
    meanwhile later before after afterwards since once often sometimes always never perhaps maybe instead indeed therefore \
    furthermore moreover nevertheless likewise regardless whenever except despite unlike without within outside inside like thankfully";

/// Parts of an organisation that people speak to.
const PARTS: &str = "hr it payroll finance occupational safeguarding dispensary housing benefits psychology admin administration management \
    procurement estates governance physio pharmacy reception switchboard pals radiology pathology maternity theatres outpatients \
    admissions catering portering cardiology oncology urology dermatology audiology bookings complaints customer customers \
    crisis social adult children education welfare immigration legal police relatives carers families unison unite";

/// Whether who somebody is, or where, stands behind word `i`, which has a capital and is no known word.
pub(super) fn is_told_behind(words: &[Word], i: usize) -> bool {
    !words[i].possessive
        && (has_role_behind(words, i) || has_role_in_brackets(words, i) || has_place_behind(words, i))
}

/// "Zqdele, my manager, left", "Zqdele (my manager) left".
fn has_role_behind(words: &[Word], i: usize) -> bool {
    let Some(person) = role_behind(words, i) else { return false };
    let closing = words.get(person + 1).map(|next| next.gap);
    let opening = words[i + 1].gap;
    let opens = words[i].lower.ends_with("ly") || is_among(OPENERS, &words[i].lower);
    // "Management, my line manager, pay": at the beginning of a sentence it takes a deed to make it a person.
    let acts = words.get(person + 1).is_some_and(|next| next.role.is(Role::PERSON_VERB));
    let inside = words[i].gap == Gap::Space && i > 0 && words[i - 1].case == Case::Lower;
    let is_known = words[i].role.is(Role::AMBIGUOUS);
    if opens || !(acts || inside || is_known) {
        return false;
    }
    // "In Hexham, my manager left": a comma that closes nothing.
    match opening {
        Gap::Comma => closing == Some(Gap::Comma) && !stands_in(words, i),
        Gap::Other => closing != Some(Gap::Space),
        _ => false,
    }
}

/// "Will (PCN manager) is rude": of a name that is a word, since anything may have a person in brackets behind it.
fn has_role_in_brackets(words: &[Word], i: usize) -> bool {
    let opens = words.get(i + 1).is_some_and(|next| next.gap == Gap::Other);
    let inside = |at: &usize| *at == i + 1 || words[*at].gap == Gap::Space;
    let is_title = |at: &usize| {
        let word = &words[*at];
        !word.role.is(Role::PERSON_VERB)
            && !matches!(word.lower.as_str(), "a" | "an" | "the" | "see" | "ask" | "new")
    };
    let within = (i + 1..words.len().min(i + 5)).take_while(inside).take_while(is_title);
    let last = within.last().map(|at| &words[at]);
    let is_role =
        last.is_some_and(|word| word.role.is(Role::PERSON) && !word.possessive && !word.lower.ends_with('s'));
    words[i].role.is(Role::AMBIGUOUS) && !is_month(&words[i]) && opens && is_role
}

/// "my manager", "my lovely line manager" after word `i`: the place of its last word.
fn role_behind(words: &[Word], i: usize) -> Option<usize> {
    let owner = words.get(i + 1)?;
    let is_owner = match owner.lower.as_str() {
        "my" | "our" | "his" | "her" | "their" => true,
        // "Dawn, the practice manager, is rude"
        "the" => words[i].role.is(Role::AMBIGUOUS),
        _ => false,
    };
    if !is_owner {
        return None;
    }
    let mut last = None;
    for (at, word) in
        words.iter().enumerate().skip(i + 2).take(4).take_while(|(_, word)| word.gap == Gap::Space)
    {
        // "Hours, my colleagues, pay" lists what people like.
        let is_several = word.lower.ends_with('s') && word.lower != "boss";
        if word.role.is(Role::PERSON) && !word.possessive && !is_several {
            last = Some(at);
        } else if !word.role.is(Role::OWNER) {
            break;
        }
    }
    last
}

fn stands_in(words: &[Word], i: usize) -> bool {
    i.checked_sub(1).and_then(|b| words.get(b)).is_some_and(|before| {
        words[i].gap == Gap::Space
            && matches!(
                before.lower.as_str(),
                "in" | "at" | "near" | "from" | "on" | "during" | "for" | "of" | "the"
            )
    })
}

/// "speak to Zqdele in HR", "ask for Zqdele at reception", "This is Zqdele from ward 4".
fn has_place_behind(words: &[Word], i: usize) -> bool {
    let back = |n: usize| i.checked_sub(n).and_then(|b| words.get(b)).map_or("", |word| word.lower.as_str());
    let asked_for = back(1) == "for" && matches!(back(2), "ask" | "asked" | "asking");
    let called = matches!(
        back(1),
        "contact" | "contacted" | "email" | "emailed" | "phone" | "phoned" | "ring" | "rang"
    );
    let next = |n: usize| words.get(i + n).filter(|next| next.gap == Gap::Space);
    let leads = |next: &Word| matches!(next.lower.as_str(), "in" | "at" | "from");
    let is_met = (is_spoken_to(words, i) || asked_for || called) && next(1).is_some_and(leads);
    let says_who = back(1) == "is" && back(2) == "this" && next(1).is_some_and(|next| next.lower == "from");
    words[i].gap == Gap::Space
        && !words[i].new_line
        && (is_met || says_who)
        && next(2).is_some()
        && !is_among(PARTS, &words[i].lower)
}

#[cfg(test)]
mod tests {
    use crate::redact::tests::masked;

    #[test]
    fn names_are_found_by_what_stands_behind_them_or_is_glued_to_them() {
        for (text, expected) in [
            ("Zqdele, my manager, left", "[name], my manager, left"),
            ("Zqdele (my manager) left", "[name] (my manager) left"),
            ("I told Zqdele, our ward manager, twice", "I told [name], our ward manager, twice"),
            ("best to speak to Zqdele in HR", "best to speak to [name] in HR"),
            ("ask for Zqdele at reception", "ask for [name] at reception"),
            ("This is Zqdele from ward 4", "This is [name] from ward 4"),
            ("Drs Zqpatel and Zqkhan were late", "Drs [name] and [name] were late"),
            ("DrAhmed and MrsZqkhan", "Dr[name] and Mrs[name]"),
        ] {
            assert_eq!(masked(text), expected);
        }
    }

    #[test]
    fn openings_parts_of_an_organisation_and_doctors_are_no_names() {
        for text in [
            "Unfortunately, my manager, who is new, left",
            "Yesterday, my manager, the lead, left",
            "In Hexham, my manager, a nurse, left",
            "Patients, my colleagues, and I",
            "Management, my line manager, pay",
            "speak to Payroll in the office, contact Occupational Health in Leeds",
            "Drs appointments are rare, the drs are kind, DRS ARE RUDE",
            "the DrDoctor app, MsTeams",
            "my car is red and My number, the Reg number, IBAN",
        ] {
            assert_eq!(masked(text), text);
        }
        assert_eq!(
            masked("I said so to Sarah and My number 07700 900123"),
            "I said so to [name] and My number [phone]"
        );
        assert_eq!(
            masked("IBAN GB82 WEST 1234 5698 7654 32, Reg AB12 CDE"),
            "IBAN [card], Reg [registration]"
        );
    }
}
