use super::*;

fn coding(rows: &[(&str, &[&str])]) -> Coding {
    rows.iter()
        .map(|(id, names)| {
            ((id.to_string(), "q".to_string()), names.iter().map(ToString::to_string).collect())
        })
        .collect()
}

fn example() -> (Coding, Coding) {
    let run = coding(&[
        ("1", &["Pay"]),
        ("2", &["Pay"]),
        ("3", &["Pay", "Training"]),
        ("4", &["Training"]),
        ("5", &["Training"]),
        ("6", &[]),
        ("7", &["Pay"]),
    ]);
    let human = coding(&[
        ("1", &["salary"]),
        ("2", &["salary"]),
        ("3", &["courses"]),
        ("4", &["courses"]),
        ("5", &["salary"]),
        ("6", &["courses"]),
    ]);
    (run, human)
}

#[test]
fn figures_are_those_worked_out_by_hand() {
    let (run, human) = example();
    let found = &agree(&run, &human, AgreeParams::default()).unwrap()[0];
    assert_eq!(found.answers, 6, "the seventh was coded by one only");
    let pay = &found.themes[0];
    // Pay: answers 1, 2, 3; salary: 1, 2, 5. Both 2, only one 1 each, neither 2: F1 4/6, kappa (4/6 - 1/2) / (1/2).
    assert_eq!(
        (pay.theme.as_str(), pay.code.as_deref(), pay.answers, pay.shared),
        ("Pay", Some("salary"), 3, 2)
    );
    assert!((pay.f1 - 2.0 / 3.0).abs() < 1e-12 && (pay.kappa.unwrap() - 1.0 / 3.0).abs() < 1e-12);
    // Training: 3, 4, 5; courses: 3, 4, 6. The same by symmetry.
    assert!((found.mean_kappa.unwrap().value - 1.0 / 3.0).abs() < 1e-12);
    assert!((found.best_match_f1.value - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(found.confusion.themes, ["Pay", "Training", ""]);
    assert_eq!(found.confusion.counts, [[1, 2], [1, 1], [1, 0]]);
    let ids: Vec<&str> = found.disagreements.iter().map(|d| d.respondent_id.as_str()).collect();
    assert_eq!(ids, ["5", "6"], "3 has Training beside Pay");
    // scikit-learn's adjusted_mutual_info_score([0, 0, 0, 1, 1, 2], [1, 1, 0, 0, 1, 0]).
    assert!((found.ami.value - -0.212_679_898_488_467_63).abs() < 1e-9, "{}", found.ami.value);
}

#[test]
fn the_same_coding_agrees_wholly_and_intervals_hold_the_figure() {
    let (run, human) = example();
    let same = &agree(&run, &run, AgreeParams::default()).unwrap()[0];
    assert_eq!((same.mean_kappa.unwrap().value, same.ami.value, same.best_match_f1.value), (1.0, 1.0, 1.0));
    assert!(same.disagreements.is_empty());
    let found = &agree(&run, &human, AgreeParams::default()).unwrap()[0];
    assert!(found.best_match_f1.interval.0 < 2.0 / 3.0 && found.best_match_f1.interval.1 > 2.0 / 3.0);
    assert_eq!(agree(&run, &human, AgreeParams::default()).unwrap()[0], *found, "the seed decides");
    let other = &agree(&run, &human, AgreeParams { resamples: 50, seed: 7 }).unwrap()[0];
    assert_ne!(other.best_match_f1.interval, found.best_match_f1.interval);
}

#[test]
fn a_sample_without_questions_needs_a_run_of_one() {
    let (run, human) = example();
    let unnamed: Coding =
        human.iter().map(|((id, _), codes)| ((id.clone(), String::new()), codes.clone())).collect();
    assert_eq!(agree(&run, &unnamed, AgreeParams::default()).unwrap()[0].answers, 6);
    let mut two = run.clone();
    two.insert(("1".into(), "r".into()), vec![]);
    let error = agree(&two, &unnamed, AgreeParams::default()).unwrap_err().to_string();
    assert_eq!(error, "The sample has no column `question`, and the run has the questions `q`, `r`");
    let strangers = coding(&[("x", &["salary"])]);
    assert!(matches!(agree(&run, &strangers, AgreeParams::default()), Err(AgreeError::NothingShared)));
}

#[test]
fn files_are_read_with_the_primary_theme_first() {
    let folder = tempfile::tempdir().unwrap();
    let run = folder.path().join("assignments.csv");
    fs_err::write(
        &run,
        "respondent_id,question,theme,primary,second_theme\n'=1,q,A,false,\n'=1,q,B,true,C\n2,q,,false,\n",
    )
    .unwrap();
    let coding = read_run(&run).unwrap();
    assert_eq!(coding[&("=1".to_owned(), "q".to_owned())], ["B", "A", "C"]);
    assert!(coding[&("2".to_owned(), "q".to_owned())].is_empty());
    let human = folder.path().join("human.csv");
    // As a spreadsheet saves it where a comma is a decimal sign: semicolons, Windows-1252.
    fs_err::write(&human, b"respondent_id;code\r\n'=1;Caf\xe9s\r\n").unwrap();
    assert_eq!(read_human(&human).unwrap()[&("=1".to_owned(), String::new())], ["Cafés"]);
    fs_err::write(&human, "Respondent_ID,Code\n1,x\n").unwrap();
    assert_eq!(read_human(&human).unwrap()[&("1".to_owned(), String::new())], ["x"]);
    fs_err::write(&human, b"PK\x03\x04").unwrap();
    assert!(
        read_human(&human).unwrap_err().to_string().ends_with("human.csv` is a workbook, not a CSV file")
    );
    fs_err::write(&human, "respondent_id,label\n1,x\n").unwrap();
    assert!(read_human(&human).unwrap_err().to_string().ends_with("human.csv` has no column `code`"));
}
