//! Cases 18 to 20 and 55: names that repeat, differ in spaces and quotation marks, are missing, or tell who somebody is.

use super::{Case, answers};
use verbatim::read::PlannedQuestion;

#[test]
fn case_18_a_repeated_name_is_asked_about_and_can_be_told_apart() {
    let mut case = Case::new("a.csv", "id,comment,year,comment\n1,first,2023,second\n");
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `comment` stands 2 times in `a.csv`
    hint: Name the one you mean by its place: `comment (column 2)` or `comment (column 4)`
    "#);
    case.plan.questions[0].column = "comment (column 4)".into();
    assert_eq!(case.answers(), ["second"]);
    assert_eq!(case.read().survey.questions[0].column, "comment (column 4)");
}

#[test]
fn case_19_a_question_matches_in_spite_of_spaces_breaks_and_curly_marks() {
    let header = "id,\"What\u{a0}do you  \nenjoy – in a “good” week; what’s best? \"\n1,people\n";
    let mut case = Case::new("a.csv", header);
    for wanted in [
        "What do you enjoy - in a \"good\" week; what's best?",
        "WHAT DO YOU ENJOY – IN A “GOOD” WEEK; WHAT’S BEST?",
        "  What do you enjoy — in a \"good\" week;\twhat's best?",
        "3. What do you enjoy - in a \"good\" week; what's best?",
    ] {
        case.plan.questions[0].column = wanted.into();
        assert_eq!(case.answers(), ["people"], "{wanted}");
    }
    case.plan.questions[0].column = "What do you enjoy in a good week? What's best?".into();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `What do you enjoy in a good week? What's best?` was not found in `a.csv`
    hint: Did you mean `What do you enjoy – in a “good” week; what’s best?`?
    "#);
}

#[test]
fn case_20_a_missing_column_is_named_with_the_nearest() {
    let mut case = Case::new("survey_2024.csv", "id,year,comment\n1,2024,Fine\n");
    case.plan.questions[0].column = "coment".into();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `coment` was not found in `survey_2024.csv`
    hint: Did you mean `comment`?
    "#);
    case.plan.questions[0].column = "What else?".into();
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `What else?` was not found in `survey_2024.csv`
    hint: The columns are `id`, `year`, `comment`
    "#);
    case.plan.questions[0].column = "comment".into();
    case.plan.groups = vec!["employer".into()];
    insta::assert_snapshot!(case.words(), @r#"
    exit 1: Column `employer` was not found in `survey_2024.csv`
    hint: The columns are `id`, `year`, `comment`
    "#);
}

#[test]
fn a_column_has_one_use() {
    let mut case = Case::new("a.csv", "id,comment\n1,Fine\n");
    case.plan.groups = vec!["comment".into()];
    insta::assert_snapshot!(case.words(), @r#"
    exit 2: Column `comment` is named both as question and as group
    hint: Give each column one use
    "#);
    case.plan.groups.clear();
    case.plan.questions.push(PlannedQuestion { column: "Comment".into(), wording: None });
    insta::assert_snapshot!(case.words(), @r#"
    exit 2: Column `comment` is named both as question and as question
    hint: Give each column one use
    "#);
}

#[test]
fn case_55_personal_columns_are_dropped_and_never_shown() {
    let text = "ID,Email,Name,IP Address,Contact,What would you change about your role?\n\
                1,a@example.org,Ann Other,192.0.2.1,a@example.org,More time with patients please\n\
                2,b@example.org,Bob Other,192.0.2.2,b@example.org,Better pay and some training\n";
    let mut case = Case::bare("a.csv", text);
    insta::assert_snapshot!(case.columns(), @r#"
    ID: respondent id
    Email: dropped as personal
    Name: dropped as personal
    IP Address: dropped as personal
    Contact: dropped as personal
    What would you change about your role?: question
    "#);
    case.plan.groups = vec!["Name".into()];
    insta::assert_snapshot!(case.words(), @r#"
    exit 2: Column `Name` of `a.csv` holds personal details and cannot be used as group
    hint: Name a column such as the employer or the region
    "#);
    case.plan.groups.clear();
    case.plan.respondent_id = Some("Email".into());
    insta::assert_snapshot!(case.words(), @r#"
    exit 2: Column `Email` of `a.csv` holds personal details and cannot be used as respondent id
    hint: Leave it out, and respondents are called by their row
    "#);
    case.plan.respondent_id = Some("Contact".into());
    insta::assert_snapshot!(case.warnings(), @r#"
    No question was named; open-ended columns by their content: `What would you change about your role?`
    Columns with personal details were dropped: `Email`, `Name`, `IP Address`
    For 2 respondents the id is an e-mail address; the row stands in its place, such as `row-2`
    "#);
    assert!(case.read().survey.respondents.iter().all(|respondent| respondent.id.starts_with("row-")));
}

#[test]
fn a_bare_file_has_its_open_ended_columns_found() {
    let row = |i: usize| {
        let employer = ["PCN", "GP federation of the whole district", "VCSE"][i % 3];
        let change = if i.is_multiple_of(4) { String::new() } else { format!("More hours for case {i}") };
        format!(
            "R{i},{employer},Neither agree nor disagree,2023-11-01 10:{i:02}:00,I like person {i} and their stories,{change}\n"
        )
    };
    let rows = (0..60).map(row).collect::<Vec<_>>().concat();
    let text = format!("respondent_id,employer,rating,started,enjoy,change\n{rows}");
    let case = Case::bare("a.csv", &text);
    insta::assert_snapshot!(case.columns(), @r#"
    respondent_id: respondent id
    employer: not used
    rating: not used
    started: not used
    enjoy: question
    change: question
    "#);
    assert_eq!(answers(&case.read())[0], "I like person 0 and their stories");
    let closed = Case::bare("a.csv", "id,employer\n1,PCN\n2,VCSE\n");
    insta::assert_snapshot!(closed.words(), @r#"
    exit 1: No open-ended column was found in `a.csv`
    hint: Name one with `--question`; the columns are `id`, `employer`
    "#);
}

#[test]
fn an_attribution_names_only_the_year_and_group_columns() {
    let mut case = Case::new("a.csv", "id,comment,employer\n1,Fine,PCN\n");
    case.plan.groups = vec!["employer".into()];
    case.plan.attribution = Some("SPLW, {employer}, {year}".into());
    assert_eq!(case.read().survey.attribution.as_deref(), Some("SPLW, {employer}, {year}"));
    case.plan.attribution = Some("SPLW, {region}".into());
    insta::assert_snapshot!(case.words(), @r#"
    exit 2: The attribution holds `{region}`, which is neither `year` nor a group column
    hint: It may hold `{year}`, `{employer}`
    "#);
}

#[test]
fn a_file_without_a_header_is_refused_without_a_word_of_its_first_row() {
    let rows =
        "2,VCSE,Better pay for us all\n4,PCN,More time\n3,PCN,Less paper and fewer forms\n5,Trust,n/a\n";
    let case = Case::bare("a.csv", format!("1,PCN,\"I think Sarah Thompson is a bully\"\n{rows}"));
    insta::assert_snapshot!(case.words(), @"
    exit 1: `a.csv` seems to have no header: the first cell of column 2 stands in 2 rows below it too
    hint: Put a row with the names of the columns on top; if the first row holds them, write a survey file that says `header_rows = 1`
    ");
    let mut named = Case::new("a.csv", format!("1,PCN,Pay\n{rows}"));
    assert!(named.words().starts_with("exit 1: `a.csv` seems to have no header"), "whatever is asked for");
    named.plan.header_rows = Some(1);
    assert!(named.words().starts_with("exit 1: Column `comment` was not found"), "somebody has looked");
    let ids = Case::bare(
        "a.csv",
        "R01,I like the people here\nR02,Pay is too low\nR03,More time\nR07,Nothing at all\nR09,n/a\n",
    );
    assert!(ids.words().contains("column 1 is of one form with every cell below it"), "{}", ids.words());
    let counted =
        Case::bare("a.csv", "7,Pay is low\n8,More time for all\n9,Less paper\n10,Nothing at all\n11,n/a\n");
    assert!(counted.words().contains("column 1 is a number that the cells below it count on from"));
    let sentence = Case::bare(
        "a.csv",
        "I think Sarah Thompson is a bully\nPay is too low for what we do\nMore time with every patient\nNothing at all comes to mind\n",
    );
    assert!(
        sentence.words().contains("column 1 is a sentence in which somebody speaks of themselves"),
        "{}",
        sentence.words()
    );
}

#[test]
fn headings_that_may_be_answers_are_a_warning_and_questions_are_none() {
    let rows = "1,PCN,Better pay\n2,VCSE,More time\n3,PCN,Less paper\n4,Trust,n/a\n";
    let warned = Case::new("a.csv", format!("id,PCN,comment\n{rows}")).warnings();
    assert_eq!(
        warned,
        "The first cell of column 2 stands in 2 rows below it too; check that the first row of `a.csv` holds the names of the columns"
    );
    let with = |heading: &str| {
        let mut case =
            Case::new("a.csv", format!("id,PCN,{heading}\n1,yes,Better pay\n2,no,More time\n3,yes,n/a\n"));
        case.plan.questions[0].column = heading.into();
        case.warnings()
    };
    assert_eq!(
        with("I think my manager Sarah is a bully"),
        "The heading of column 3 reads like an answer and will be printed as the question; if the first row is a person's, put a row with \
         the names of the columns on top"
    );
    for heading in
        ["What one thing would make your working day better?", "Q1", "Yes/No", "7", "What would I change?"]
    {
        assert_eq!(with(heading), "", "{heading}");
    }
}

#[test]
fn a_sheet_that_is_named_for_a_file_without_sheets_is_said() {
    let mut case = Case::new("a.csv", "id,comment\n1,one\n");
    case.plan.sheet = Some("Answers".into());
    assert_eq!(case.warnings(), "`a.csv` is no workbook, so the sheet that was named is left aside");
}
