//! Whole runs of arguments for one motion, which some repeat and others leave unsaid.

use crate::support::program::Workplace;
use std::collections::BTreeMap;

/// Why, by those who think of friends.
const FRIENDS: [&str; 14] = [
    "children need friends of their own age",
    "they never learn to get on with others",
    "pupils at home are lonely",
    "a child alone at home makes no friends",
    "children have to meet people who are unlike them",
    "playing with other children teaches them to share",
    "they miss out on team games and clubs",
    "shy children stay shy without classmates",
    "being among other children is half of growing up",
    "they are cut off from their peers",
    "nobody learns to work in a group at a kitchen table",
    "children without classmates find it hard to make friends later",
    "they need company more than anything",
    "isolated children grow up unable to talk to strangers",
];
/// Why, by those who think of teaching.
const TEACHING: [&str; 14] = [
    "parents are not trained to teach",
    "few mothers know enough chemistry to teach it",
    "a teacher studies for years and a parent has not",
    "parents cannot know every subject",
    "teaching takes skills that parents lack",
    "unqualified parents teach mistakes",
    "nobody checks whether the parent can do maths",
    "a trained teacher explains things better",
    "parents without a degree cannot prepare them for exams",
    "professional teachers know how to teach reading",
    "most parents have forgotten their algebra",
    "lessons by amateurs are poor lessons",
    "qualified staff notice when a pupil does not understand",
    "parents have no training in teaching science",
];
/// Why, by those who think of abuse.
const ABUSE: [&str; 14] = [
    "nobody would notice a child who is being hurt",
    "abuse stays hidden behind closed doors",
    "teachers are often the first to see bruises",
    "neglect is not seen when a child never leaves the house",
    "cruel parents can hide what they do",
    "social workers cannot protect a child they never see",
    "a school is where a beaten child can tell somebody",
    "violence in a family goes unreported",
    "children who are harmed have no adult to tell",
    "signs of neglect are missed",
    "it lets abusers keep victims out of sight",
    "some children are only safe at school",
    "hidden children come to harm and nobody knows",
    "abused children need a place where somebody looks at them",
];

/// How each argument begins: the first two repeat the motion.
const BEGINNINGS: [&str; 4] = [
    "Homeschooling should be banned because",
    "Homeschooling should be banned since",
    "With homeschooling",
    "Taught at home,",
];

/// Share of the respondents who are in a theme with most of those who have the same `kind`.
fn purity(themes: &BTreeMap<String, String>, kind: impl Fn(&str) -> usize) -> f64 {
    let mut counts: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    for (respondent, theme) in themes {
        *counts.entry(theme).or_default().entry(kind(respondent)).or_default() += 1;
    }
    let most: usize = counts.values().filter_map(|kinds| kinds.values().max()).sum();
    most as f64 / themes.len() as f64
}

#[test]
fn themes_are_the_reasons_and_not_who_repeats_the_motion() {
    let place = Workplace::new();
    let mut table = String::from("id,answer\n");
    // The id tells the reason and the beginning.
    for (reason, arguments) in [FRIENDS, TEACHING, ABUSE].iter().enumerate() {
        for (i, argument) in arguments.iter().enumerate() {
            let beginning = (i + reason) % 4;
            table += &format!("{reason}-{beginning}-{i},\"{} {argument}\"\n", BEGINNINGS[beginning]);
        }
    }
    let input = place.write("answers.csv", table);
    let run = place.run(
        input,
        "out",
        &["--question", "answer", "--id", "id", "--quiet", "--no-cache", "--disclosure", "none"],
    );
    let rows = run.rows("assignments.csv").into_iter().filter(|row| row["primary"] == "true");
    let themes: BTreeMap<String, String> =
        rows.map(|row| (row["respondent_id"].clone(), row["theme_id"].clone())).collect();
    assert_eq!(themes.len(), 42);
    let part =
        |respondent: &str, part: usize| respondent.split('-').nth(part).unwrap().parse::<usize>().unwrap();
    let by_reason = purity(&themes, |respondent| part(respondent, 0));
    let by_repetition = purity(&themes, |respondent| part(respondent, 1) / 2);
    assert!(by_reason > 0.85 && by_repetition < 0.7, "{by_reason} {by_repetition}");
}
