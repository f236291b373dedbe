//! Cases 2.4 row 1, 16 and 17: exports of survey tools.

use super::{Case, answers, ids};
use verbatim::read::PlannedQuestion;

const QUALTRICS: &str = "StartDate,Status,IPAddress,ResponseId,RecipientLastName,Q1,Q2\n\
    Start Date,Response Type,IP Address,Response ID,Recipient Last Name,What do you enjoy most?,Where do you work?\n\
    \"{\"\"ImportId\"\":\"\"startDate\"\"}\",\"{\"\"ImportId\"\":\"\"status\"\"}\",\"{\"\"ImportId\"\":\"\"ipAddress\"\"}\",\
    \"{\"\"ImportId\"\":\"\"_recordId\"\"}\",\"{\"\"ImportId\"\":\"\"recipientLastName\"\"}\",\"{\"\"ImportId\"\":\"\"QID1_TEXT\"\"}\",\"{\"\"ImportId\"\":\"\"QID2\"\"}\"\n\
    2023-11-01,IP Address,192.0.2.1,R_2,Other,Helping people every day,PCN\n\
    2023-11-01,Survey Preview,192.0.2.1,R_0,Other,Only a test of mine,PCN\n\
    2023-11-02,IP Address,192.0.2.2,R_1,Else,The variety of the work,VCSE\n";

#[test]
fn case_16_three_header_rows_of_qualtrics_are_recognised() {
    let mut case = Case::bare("a.csv", QUALTRICS);
    let outcome = case.read();
    assert_eq!(outcome.summary.recognised.as_deref(), Some("Qualtrics"));
    assert_eq!(answers(&outcome), ["The variety of the work", "Helping people every day"]);
    assert_eq!(ids(&outcome), ["R_1", "R_2"]);
    assert_eq!(outcome.survey.questions[0].wording, "What do you enjoy most?");
    insta::assert_snapshot!(case.columns(), @r#"
    StartDate: not used
    Status: not used
    IPAddress: dropped as personal
    ResponseId: respondent id
    RecipientLastName: dropped as personal
    Q1: question
    Q2: not used
    "#);
    insta::assert_snapshot!(case.warnings(), @r#"
    No question was named; open-ended columns by their content: `Q1`
    Columns with personal details were dropped: `IPAddress`, `RecipientLastName`
    Left out 1 of 3 rows; the first is row 5: it is a preview of the survey, not an answer to it
    "#);
    case.plan.questions = vec![PlannedQuestion { column: "What do you enjoy most?".into(), wording: None }];
    assert_eq!(case.read().survey.questions[0].column, "Q1");
}

#[test]
fn case_17_a_header_of_two_rows_is_recognised_or_asked_for() {
    let text = "UserID,UserNo,Email,IP Address,Started,1. What do you enjoy most?,2. Who employs you?,\n\
                ,,,,,Open-Ended Response,PCN,Other (please specify)\n\
                11,1,a@example.org,192.0.2.1,01/11/2023,Helping people every day,PCN,\n\
                12,2,b@example.org,192.0.2.2,01/11/2023,The variety of the work,,Hospice\n";
    let mut case = Case::bare("a.csv", text);
    assert_eq!(case.read().summary.recognised.as_deref(), Some("SmartSurvey"));
    assert_eq!(case.answers(), ["Helping people every day", "The variety of the work"]);
    insta::assert_snapshot!(case.columns(), @r#"
    UserID: respondent id
    UserNo: not used
    Email: dropped as personal
    IP Address: dropped as personal
    Started: not used
    1. What do you enjoy most?: question
    2. Who employs you? – PCN: not used
    2. Who employs you? – Other (please specify): not used
    "#);
    case.plan.questions = vec![PlannedQuestion { column: "What do you enjoy most?".into(), wording: None }];
    assert_eq!(case.answers().len(), 2);
    let mut asked = Case::bare(
        "a.csv",
        "Your role,\nWhat do you enjoy?,Who employs you?\nHelping people every day,PCN\n",
    );
    asked.plan.header_rows = Some(2);
    assert_eq!(asked.answers(), ["Helping people every day"]);
    insta::assert_snapshot!(asked.columns(), @r#"
    Your role – What do you enjoy?: question
    Your role – Who employs you?: not used
    "#);
}

#[test]
fn ms_forms_is_recognised_and_its_name_and_email_are_dropped() {
    let text = "ID,Start time,Completion time,Email,Name,What do you enjoy most in your role?\n\
                1,01/11/2023 10:00,01/11/2023 10:04,anonymous,,Helping people every day\n\
                2,01/11/2023 10:10,01/11/2023 10:12,anonymous,,The variety of the work\n";
    let case = Case::bare("a.csv", text);
    assert_eq!(case.read().summary.recognised.as_deref(), Some("MS Forms"));
    assert_eq!(ids(&case.read()), ["1", "2"]);
    insta::assert_snapshot!(case.columns(), @r#"
    ID: respondent id
    Start time: not used
    Completion time: not used
    Email: dropped as personal
    Name: dropped as personal
    What do you enjoy most in your role?: question
    "#);
}

#[test]
fn json_lines_are_read_key_by_key() {
    let text = "{\"id\": 2, \"comment\": \"Helping people\", \"hours\": 37.5}\n\
                {\"comment\": \"It’s \\u00a35\\nnow\", \"id\": \"1\", \"employer\": null}\n\n";
    let case = Case::new("a.jsonl", text);
    assert_eq!(case.answers(), ["It’s £5\nnow", "Helping people"]);
    assert_eq!(case.read().summary.format, "jsonl");
    insta::assert_snapshot!(case.columns(), @r#"
    id: respondent id
    comment: question
    hours: not used
    employer: not used
    "#);
    let many = "{\"comment\":\"a\"}\n".repeat(30);
    let broken = Case::new("a.jsonl", format!("{many}{{\"id\":1,\n{{\"id\":1,\"id\":2}}\n"));
    let outcome = broken.read();
    assert_eq!(outcome.summary.rows, outcome.survey.respondents.len() + outcome.rejected.len());
    insta::assert_debug_snapshot!(outcome.rejected, @r#"
    [
        RejectedRow {
            row: 31,
            reason: "it is not a JSON object",
        },
        RejectedRow {
            row: 32,
            reason: "it has a key twice",
        },
    ]
    "#);
    insta::assert_snapshot!(Case::new("a.jsonl", "{\"id\":1,\"comment\":\"a\"}\n{\"id\":\n").words(), @r#"
    exit 1: Line 2 of `a.jsonl` cannot be used: it is not a JSON object; in all, 1 of 2 lines cannot
    hint: JSON Lines has one object in braces per line
    "#);
    insta::assert_snapshot!(Case::new("a.json", "[{\"id\":1,\"comment\":\"a\"}]").words(), @r#"
    exit 1: `a.json` is a JSON array, not JSON Lines, which is not read
    hint: Save the table as XLSX or as CSV (UTF-8)
    "#);
}

#[test]
fn a_file_of_broken_json_is_told_by_its_first_line() {
    let deep = format!("{{\"comment\":{}1{}}}\n", "[".repeat(100_000), "]".repeat(100_000));
    insta::assert_snapshot!(Case::new("a.jsonl", deep).words(), @r"
    exit 1: Line 1 of `a.jsonl` cannot be used: it is not a JSON object; in all, 1 of 1 lines cannot
    hint: JSON Lines has one object in braces per line
    ");
}
