use super::*;
use proptest::prelude::*;

const SAY_NOTHING: &[&str] = &[
    "n/a",
    "N/A",
    "n.a.",
    "N\\A",
    "n / a",
    "NA",
    "na.",
    "n-a",
    "N/A.",
    "Not applicable",
    "not applicable to me at the moment",
    "nothing",
    "Nothing.",
    "NOTHING!!",
    "nothing at all",
    "Nothing really",
    "nothing much",
    "nothing else",
    "noting",
    "nothing to add",
    "Nothing further to add",
    "nothing that I can think of",
    "Nothing springs to mind",
    "nothing comes to mind",
    "Nothing specific",
    "nothing in particular",
    "nothing at the moment",
    "Nothing at present, thank you",
    "Nothing 😊",
    "None",
    "none.",
    "none at all",
    "none that I can think of",
    "None whatsoever",
    "None at this time",
    "nil",
    "NIL",
    "Nowt",
    "No",
    "no.",
    "NO",
    "nooo",
    "Nope",
    "nah",
    "no thanks",
    "No, thank you",
    "no no",
    "No. Nothing.",
    "no nothing",
    "No, not really",
    "no comment",
    "No comments",
    "no further comments",
    "No other comments at this time",
    "no comment to make",
    "no answer",
    "No suggestions",
    "no idea",
    "No ideas sorry",
    "no opinion",
    "No view",
    "no changes",
    "No changes needed",
    "no improvements",
    "as above",
    "As above.",
    "see above",
    "See previous answer",
    "please see above",
    "same as above",
    "As stated above",
    "as mentioned previously",
    "ditto",
    "as per previous answer",
    "see answer to question 4",
    "As before",
    "same",
    "already answered",
    "see comments above",
    "as per above",
    "Refer to above",
    "as already mentioned",
    "not sure",
    "Not sure.",
    "unsure",
    "I'm not sure",
    "I am not sure really",
    "don't know",
    "dont know",
    "Don’t know",
    "I don't know",
    "do not know",
    "idk",
    "dunno",
    "DK",
    "can't think of anything",
    "I can’t think of anything at the moment",
    "cannot think of any",
    "Can't say",
    "hard to say",
    "Too early to say",
    "difficult to say at this stage",
    "prefer not to say",
    "rather not say",
    "pass",
    "skip",
    "I have nothing to add",
    "I do not have any comments",
    "I don't have any suggestions",
    "I have no comments",
    "I have no further comments to make",
    "there is nothing",
    "there's nothing I can think of",
    "nothing I would change",
    "Absolutely nothing",
    "Honestly, nothing",
    "um nothing",
    "to be honest nothing really",
    "not really",
    "not at the moment",
    "Not that I can think of",
    "not yet",
    "-",
    ".",
    "...",
    "?",
    "--",
    "*",
    "/",
    "x",
    "XXX",
    "xx",
    "0",
    "",
    "   ",
    "\u{a0}",
    "\u{200b}",
    "👍",
    "N/a thank you",
    "None, thanks",
    "none - n/a",
    "no comment.",
    "No. No. No.",
    "dim byd",
    "yes",
    "thank you",
    "Thanks for listening",
    "Rant over!",
    "Sorry for the rant. Hope this helps",
    "blank",
    "not a thing",
    "ok",
    "that's all",
    "nothing different",
    "null",
    "test",
    "Nothing, sorry!",
    "no more to add",
];

const SAY_SOMETHING: &[&str] = &[
    "nothing to complain about, the staff were lovely",
    "Nothing to complain about",
    "None of the GPs understand us",
    "None of my colleagues get supervision",
    "no complaints",
    "No complaints at all, wonderful team",
    "all good",
    "Everything",
    "everything!",
    "No pay rise in three years",
    "no training",
    "No supervision",
    "no career progression",
    "no support from PCN",
    "Nothing could be better",
    "could not be improved",
    "Couldn't fault it",
    "wouldn't change the patients for anything",
    "nothing, all staff were friendly and polite",
    "No. Everything has been very good.",
    "no issues",
    "not enough time",
    "Not enough pay",
    "not enough hours in the day",
    "Nothing is ever done about the pay",
    "not being listened to",
    "Not knowing what the GPs want",
    "I don't know where to refer people",
    "don't know who my line manager is",
    "not sure the role is understood",
    "same pay for all",
    "Same banding across PCNs",
    "As above but also more pay",
    "see above, and better training",
    "n/a - I love it",
    "No time for admin",
    "no one listens",
    "Nobody understands the role",
    "salary",
    "Pay",
    "more money",
    "Training please",
    "more training, thank you",
    "Thank you for the peer support",
    "the patients",
    "autonomy",
    "Helping people",
    "supervision",
    "yes, better pay",
    "Yes more staff",
    "I would like to say more about pay",
    "nothing to do with pay, it is the workload",
    "Having no targets",
    "none of the above, it is the travel",
    "nil by mouth policy",
    "testing times",
    "blank prescriptions",
    "too many patients",
    "Hard to say goodbye to patients",
    "early intervention",
    "No lone working",
    "not applicable training",
    "can't think of a better job",
    "I can't think of anything I don't enjoy",
    "skip the meetings",
    "The above and the people",
    "same day appointments",
    "previous role was better",
    "ok team but poor pay",
    "no car parking",
    "no room to see patients",
    "nothing beats helping people",
    "Nothing else matters but the patients",
    "Clearer answer from commissioners",
    "not much time for breaks",
    "no clinical supervision at all",
    "not having a desk",
    "No easy way to refer",
    "dim support",
    "very little",
    "5 days of leave",
    "12",
    "not great",
    "nothing compares to seeing people smile",
];

#[test]
fn phrases_that_say_nothing_are_no_comment() {
    let wrong: Vec<_> =
        SAY_NOTHING.iter().filter(|text| classify_answer(text) == AnswerKind::Substantive).collect();
    assert!(wrong.is_empty(), "taken for answers: {wrong:?}");
}

#[test]
fn answers_that_begin_like_a_refusal_are_answers() {
    let wrong: Vec<_> =
        SAY_SOMETHING.iter().filter(|text| classify_answer(text) != AnswerKind::Substantive).collect();
    assert!(wrong.is_empty(), "taken for non-answers: {wrong:?}");
}

#[test]
fn a_part_that_says_nothing_or_only_whom_to_reach_is_told_from_one_that_does() {
    for part in [
        "Good question",
        "Where do I start?",
        "Sorry, that was long!",
        "sorry for the essay",
        "Ta",
        "thank you for reading this",
        "[name]",
        "[postcode LS]",
        "Please ring me on [phone]",
        "My email address is [email]",
        "contact: [email]",
    ] {
        assert!(!says_something(part), "{part}");
    }
    for part in [
        "[name] is lovely",
        "ring me back sooner",
        "[name] on the ward",
        "The [link] does not open",
        "more phone calls",
        "good question times",
        "this was long overdue",
    ] {
        assert!(says_something(part), "{part}");
    }
}

#[test]
fn the_reason_tells_blanks_signs_and_phrases_apart() {
    assert_eq!(classify_answer(" \t\n\u{feff}"), AnswerKind::NonAnswer(NonAnswer::Blank));
    assert_eq!(classify_answer(" -.- 👍"), AnswerKind::NonAnswer(NonAnswer::NoWords));
    assert_eq!(classify_answer("N/A"), AnswerKind::NonAnswer(NonAnswer::Phrase));
}

#[test]
fn a_megabyte_is_an_answer_and_takes_no_time() {
    assert_eq!(classify_answer(&"no ".repeat(350_000)), AnswerKind::Substantive);
    assert_eq!(classify_answer(&("a".to_owned() + &"b".repeat(1 << 20))), AnswerKind::Substantive);
}

#[test]
fn a_plainly_foreign_answer_is_named_by_its_language() {
    for (language, answer) in [
        ("Welsh", "Hoffwn gael mwy o amser gyda phob claf a gwell hyfforddiant"),
        ("Polish", "Potrzebujemy więcej personelu i lepszej współpracy z lekarzami rodzinnymi"),
        ("Arabic", "أحتاج إلى مزيد من الوقت مع كل مريض وأجر أفضل من فضلكم"),
        ("Portuguese", "Mais tempo com cada paciente e melhor salário para todos nós"),
        ("Urdu", "بہتر تنخواہ اور ہر مریض کے ساتھ زیادہ وقت چاہیے کیونکہ کام بہت ہے"),
        ("Polish", "Staff were lovely, bardzo dobra opieka, dziękuję wszystkim pielęgniarkom"),
    ] {
        assert_eq!(foreign_language(answer), Some(language), "{answer}");
        // A very long answer costs no more than a long one.
        assert_eq!(foreign_language(&format!("{answer} ").repeat(10_000)), Some(language), "{answer}");
    }
}

#[test]
fn english_short_and_unclear_answers_are_not_judged_foreign() {
    for answer in [
        "",
        "Diolch yn fawr",
        "Llanfairpwllgwyngyll surgery",
        "GP's refer inappropriately, they dont know our role!!",
        "I want more than a zero hours contract, plus a pension and sick leave",
        "Training designed for our role, not the manual handling I've done four times.",
        "it is extremely useful in battling a wide range of medical maladies",
        "07700 900123 07700 900123 07700 900123 07700 900123 07700 900123",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ] {
        assert_eq!(foreign_language(answer), None, "{answer}");
    }
}

proptest! {
    /// Case, spaces and punctuation around and between words never change the verdict.
    #[test]
    fn only_the_words_count(
        which in 0..SAY_NOTHING.len() + SAY_SOMETHING.len(),
        upper in any::<bool>(),
        signs in prop::collection::vec(prop::sample::select(vec![" ", "  ", ", ", ". ", " - ", "\n", "; ", "… ", "! "]), 16),
    ) {
        let text = if which < SAY_NOTHING.len() { SAY_NOTHING[which] } else { SAY_SOMETHING[which - SAY_NOTHING.len()] };
        let mut other = String::new();
        for (i, word) in text.split(' ').enumerate() {
            other.push_str(word);
            other.push_str(signs[i % signs.len()]);
        }
        let other = if upper { other.to_uppercase() } else { other };
        let says = |t: &str| classify_answer(t) == AnswerKind::Substantive;
        prop_assert_eq!(says(text), says(&other), "{} / {}", text, other);
    }

    #[test]
    fn any_text_has_a_verdict(text in "\\PC*") {
        let _ = classify_answer(&text);
        let _ = foreign_language(&text);
    }
}
