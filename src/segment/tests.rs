use super::*;
use crate::types::MaskKind;
use proptest::prelude::*;

/// The segments of `text`, parted by ` | `.
fn split(text: &str) -> String {
    segment_answer(text, &[]).iter().map(|span| span.slice(text)).collect::<Vec<_>>().join(" | ")
}

#[test]
fn sentences_lines_bullets_and_semicolons_part_ideas() {
    for (text, expected) in [
        ("I enjoy it. The people are great!", "I enjoy it | The people are great!"),
        ("It was great.The staff were kind", "It was great | The staff were kind"),
        (
            "Dr. Patel is kind, e.g. she listens at 9 a.m. every day.",
            "Dr. Patel is kind, e.g. she listens at 9 a.m. every day",
        ),
        ("Pay is 2.5 times lower", "Pay is 2.5 times lower"),
        ("better pay; training ; peer support", "better pay | training | peer support"),
        ("- better pay\n- more training", "better pay | more training"),
        ("* pay\r\n* training", "pay | training"),
        ("• pay • training • supervision", "pay | training | supervision"),
        ("1. Pay 2. Training 3) Time", "Pay | Training | Time"),
        ("a) pay\nb) career structure", "pay | career structure"),
        ("(i wish) more pay\n\n\nTraining", "(i wish) more pay | Training"),
        ("- pay - training - time", "pay | training | time"),
        ("I would like to see:\n- better pay\n- training", "I would like to see:\n- better pay | training"),
        (
            "We all would very much like to see some more time in\nthe week for reflection",
            "We all would very much like to see some more time in\nthe week for reflection",
        ),
        ("face-to-face training and/or webinars", "face-to-face training and/or webinars"),
        ("More staff... better pay", "More staff | better pay"),
        ("1. Pay 2. \u{202f}time\u{202f}!", "Pay | time\u{202f}!"),
        ("a queue of 10\u{202f}000 people", "a queue of 10\u{202f}000 people"),
    ] {
        assert_eq!(split(text), expected);
    }
}

#[test]
fn halves_that_can_stand_alone_are_two_ideas() {
    for (text, expected) in [
        ("better pay and protected time for training", "better pay | protected time for training"),
        ("friendly staff and good food", "friendly staff | good food"),
        ("peer support as well as career progression", "peer support | career progression"),
        ("I love my job but the pay is poor", "I love my job | the pay is poor"),
        ("I enjoy helping people and making a difference", "I enjoy helping people | making a difference"),
        ("The staff were lovely, the food was awful", "The staff were lovely | the food was awful"),
        (
            "When I came in, the staff were kind and they explained it all",
            "When I came in, the staff were kind | they explained it all",
        ),
        ("Great team and I love the patients", "Great team | I love the patients"),
        (
            "I would like to see better pay, protected time for training and a clear career path",
            "I would like to see better pay | protected time for training | a clear career path",
        ),
        (
            "Lack of understanding from GPs, poor pay and no career progression",
            "Lack of understanding from GPs | poor pay | no career progression",
        ),
        (
            "Being part of the MDT, building links with charities, good team work and helping others",
            "Being part of the MDT | building links with charities, good team work | helping others",
        ),
        ("Salary, training, supervision", "Salary | training | supervision"),
        (
            "I enjoy the people, the variety, and the flexibility",
            "I enjoy the people | the variety | the flexibility",
        ),
        ("Not enough time and too many referrals", "Not enough time | too many referrals"),
        ("More training plus a clear job description", "More training | a clear job description"),
        ("Also, better pay. And more staff", "better pay | more staff"),
    ] {
        assert_eq!(split(text), expected);
    }
}

#[test]
fn one_idea_stays_whole() {
    for text in [
        "health and wellbeing",
        "mental health and wellbeing support",
        "patients and their families",
        "listening and supporting people",
        "kind, caring and supportive staff",
        "Very polite and very helpful",
        "better pay and working conditions",
        "more training and development opportunities",
        "more staff and better pay would help",
        "The staff and the doctors were great",
        "I think the staff and the doctors were great",
        "the doctors, the nurses and the porters were kind",
        "people with mental health issues, financial problems and social isolation",
        "She listened carefully, explained my options and gave good advice",
        "Working with GPs and other practice staff",
        "help with housing, debt, benefits and food",
        "between primary care teams and voluntary sector groups",
        "Salary that reflects the level of responsibility and demand of the role",
        "nothing but praise for this ward",
        "groups such as young carers, older people and new parents",
        "At our charity for older people, we see it daily",
        "Staff were helpful (and the doctors were very kind)",
    ] {
        assert_eq!(split(text), text);
    }
}

#[test]
fn a_sentence_that_only_names_things_is_parted_where_another_begins() {
    for (text, expected) in [
        ("Patient contact and making a difference", "Patient contact | making a difference"),
        (
            "A cap on case numbers and working in one practice",
            "A cap on case numbers | working in one practice",
        ),
        ("Funding for local groups and fewer forms", "Funding for local groups | fewer forms"),
        ("Cost of living support and better pay", "Cost of living support | better pay"),
        ("My team and the variety of the work", "My team | the variety of the work"),
        (
            "Salary, smaller caseloads, peer support groups",
            "Salary | smaller caseloads | peer support groups",
        ),
        (
            "Space to see patients, more engagement from practices and knowing who my manager is",
            "Space to see patients | more engagement from practices | knowing who my manager is",
        ),
        (
            "Personal growth, helping people find their feet, walking alongside patients and seeing the results",
            "Personal growth | helping people find their feet | walking alongside patients | seeing the results",
        ),
    ] {
        assert_eq!(split(text), expected);
    }
}

#[test]
fn what_may_belong_to_what_stands_before_it_is_not_cut_off() {
    for text in [
        "patients coming in and asking for help",
        "support from the doctors and the nurses",
        "the freedom and flexibility this job gives me",
        "working with the care coordinator, the coach and the paramedic",
        "sport about competition and free from gambling",
        "the role being seen as a profession, not a dead end",
        "Anna, the feeding specialist, addressed all my concerns",
        "people with humour and positive attitude",
        "working with housing, debt advice and others",
        "a framework with levels: trainee, worker and more senior posts",
        "training for more and better groups",
        "doctors, nurses and all staff delivering excellent care",
    ] {
        assert_eq!(split(text), text);
    }
}

#[test]
fn scraps_join_a_neighbour_or_go() {
    for (text, expected) in [
        ("Better pay. Thanks", "Better pay"),
        ("Yes. More training", "More training"),
        ("More training. It is. Better pay", "More training. It is | Better pay"),
        ("Thanks", "Thanks"),
        ("...", ""),
        ("", ""),
        (" , and better pay and ", "better pay"),
        ("\u{201c}Lovely people\u{201d}, 100% \u{1f600}", "\u{201c}Lovely people\u{201d}, 100% \u{1f600}"),
    ] {
        assert_eq!(split(text), expected, "{text}");
    }
}

#[test]
fn no_boundary_lies_inside_a_mask() {
    let text = "Write to Sam. Jones; and Co, and I will answer";
    let span = Span::new(9, 27);
    assert_eq!(span.slice(text), "Sam. Jones; and Co");
    let masks = [Mask { span, kind: MaskKind::Name }];
    let segments = segment_answer(text, &masks);
    assert!(segments.iter().any(|segment| segment.contains(span)), "{segments:?}");
}

#[test]
fn a_number_behind_no_belongs_to_it_and_a_name_begins_a_sentence() {
    let text = "She gave her NHS no. 9434765919 twice to the desk";
    let masks = |kind| [Mask { span: Span::new(21, 31), kind }];
    assert_eq!(segment_answer(text, &masks(MaskKind::NhsNumber)).len(), 1);
    assert_eq!(segment_answer(text, &masks(MaskKind::Name)).len(), 2);
}

#[test]
fn an_answer_gives_a_bounded_number_of_segments() {
    let text = "Better pay. ".repeat(90_000);
    let segments = segment_answer(&text, &[]);
    assert!((100..=MOST_SEGMENTS).contains(&segments.len()), "{}", segments.len());
    assert_eq!(segments.first().map(|s| s.start), Some(0));
    assert_eq!(segments.last().map(|s| s.end), Some(text.trim_end_matches(['.', ' ']).len()));
}

/// A quadratic step would take hours here.
#[test]
fn huge_answers_of_every_shape_are_split_in_linear_time() {
    for unit in [
        "a",
        "a ",
        "and ",
        "(",
        ")",
        ",",
        ". ",
        "i like ",
        "1. ",
        "- ",
        "\n",
        "…",
        "more pay and ",
        "\u{301}",
        "👩‍👩‍👧",
    ] {
        let text = unit.repeat((1 << 20) / unit.len());
        let segments = segment_answer(&text, &[]);
        assert!(segments.len() <= MOST_SEGMENTS, "{unit}");
    }
}

/// Answers out of the pieces that the rules look at, so that they are reached far more often than by random characters.
fn answers() -> impl Strategy<Value = String> {
    let pieces = vec![
        " ",
        " ",
        " ",
        "\n",
        "\r\n",
        ". ",
        ".",
        ", ",
        "; ",
        "! ",
        "? ",
        "...",
        "…",
        " - ",
        "- ",
        "• ",
        "1. ",
        "2) ",
        "a) ",
        "(",
        ")",
        "and",
        "but",
        "also",
        "plus",
        "as well as",
        "& ",
        "I",
        "they",
        "the",
        "better",
        "pay",
        "training",
        "helping",
        "people",
        "is",
        "was",
        "staff",
        "friendly",
        "etc.",
        "Dr.",
        "e.g.",
        "thanks",
        "yes",
        "with",
        "when",
        "because",
        "such as",
        "not only",
        "to",
        "be",
        "é",
        "👍",
        "don’t",
        "\"",
        "”",
        ":",
        "the following",
        "\u{a0}",
        "\u{200b}",
        "x",
        "9",
        "ﬁ",
    ];
    prop::collection::vec(
        prop_oneof![8 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => "\\PC{0,6}"],
        0..40,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn spans_are_sound_and_nothing_but_joining_words_is_lost(text in answers(), cut in (0..60usize, 0..20usize)) {
        let boundary = |i: usize| (0..=i.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
        let span = Span::new(boundary(cut.0), boundary(cut.0 + cut.1));
        let masks = if span.is_empty() { vec![] } else { vec![Mask { span, kind: MaskKind::Name }] };
        let segments = segment_answer(&text, &masks);

        let mut at = 0;
        for segment in &segments {
            prop_assert!(segment.start >= at && !segment.is_empty());
            prop_assert!(text.get(segment.start..segment.end).is_some());
            at = segment.end;
            for mask in &masks {
                prop_assert!(segment.contains(mask.span) || !segment.overlaps(mask.span));
            }
        }
        let says = text.chars().any(char::is_alphanumeric);
        prop_assert!(!says || !segments.is_empty());
        for token in tokens::tokenise(&text, &masks).iter().filter(|token| token.is_word()) {
            let kept = segments.iter().any(|segment| segment.contains(token.span));
            let word = token.span.slice(&text);
            // List marks, joining words and fillers may go; a word with a meaning may not.
            let mark = word.chars().count() <= 2;
            prop_assert!(kept || mark || !token.class.is(words::Class::CONTENT), "`{}` of `{}` is lost", word, text);
        }
    }

    /// A segment holds one idea, so splitting it again finds at most what the joint before it kept apart.
    #[test]
    fn any_text_is_split(text in "\\PC*") {
        for segment in segment_answer(&text, &[]) {
            prop_assert_eq!(text.get(segment.start..segment.end).map(str::trim), Some(segment.slice(&text)));
        }
    }
}
