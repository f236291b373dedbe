use super::*;
use crate::error::Hint;
use crate::types::{
    Codebook, CodebookTheme, CodedSegment, Incomparable, Pin, Question, ThemeId, ThemeState, Vectors,
    YearCount,
};
use ndarray::Array2;
use std::path::Path;

mod excel;

pub(super) fn id(number: u32) -> ThemeId {
    ThemeId::new(number).unwrap()
}

fn theme(number: u32) -> CodebookTheme {
    CodebookTheme {
        id: Some(id(number)),
        question: "enjoy".into(),
        name: format!("Theme {number}"),
        found_name: format!("Theme {number}"),
        statement: "People enjoy **it**.".into(),
        state: ThemeState::Known,
        examples: vec!["It = good \"indeed\"\nand more".into()],
        years: vec![YearCount {
            year: "2022".into(),
            respondents: Some(40),
            base: 400,
            share: Some(0.1),
            effective_base: None,
        }],
        ..CodebookTheme::default()
    }
}

fn codebook(n: u32) -> Codebook {
    Codebook {
        schema: 1,
        survey: "Survey".into(),
        model: "mini".into(),
        model_sha256: "ab".into(),
        next_id: n + 1,
        questions: vec![Question { column: "enjoy".into(), wording: "What?".into() }],
        themes: (1..=n).map(theme).collect(),
        pins: Vec::new(),
    }
}

fn reread(codebook: &Codebook) -> Result<Codebook, CodebookError> {
    parse_codebook(&codebook_toml(codebook).unwrap(), Path::new("codebook.toml"))
}

fn refusal(change: impl FnOnce(&mut Codebook)) -> String {
    let mut codebook = codebook(4);
    change(&mut codebook);
    reread(&codebook).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read_back() {
    let mut codebook = codebook(500);
    codebook.themes[0].merge_into = Some(id(3));
    codebook.themes[1].drop = true;
    codebook.themes[4].split = true;
    codebook.pins = vec![Pin {
        question: "enjoy".into(),
        respondent_id: "R 1".into(),
        segment: Some(2),
        theme: id(3),
        away: true,
    }];
    assert_eq!(reread(&codebook).unwrap(), codebook);
    let empty = Codebook { next_id: 1, themes: Vec::new(), ..codebook };
    assert!(reread(&Codebook { pins: Vec::new(), ..empty }).is_ok());
}

#[test]
fn rows_that_do_not_fit_together_are_named() {
    type Edit = fn(&mut Codebook);
    let cases: [(&str, Edit); 11] = [
        ("the theme `Mine` is of the question `enjoi`, and the codebook knows only `enjoy`", |c| {
            c.themes.push(CodebookTheme {
                question: "enjoi".into(),
                name: "Mine".into(),
                examples: vec!["I like it".into()],
                ..CodebookTheme::default()
            });
        }),
        ("the row of theme T02 was deleted", |c| {
            c.themes.remove(1);
        }),
        ("two rows have the id T01, the second is row 2 (`Theme 2`)", |c| c.themes[1].id = Some(id(1))),
        ("row 4 has the unknown id T09; a new theme is written without an id", |c| {
            c.themes[3].id = Some(id(9));
        }),
        ("row 3 (`Theme 3`) has lost its id", |c| c.themes[2].id = None),
        ("theme T02 is merged into itself", |c| c.themes[1].merge_into = Some(id(2))),
        ("theme T01 is merged in a circle: T01 into T02 into T01", |c| {
            c.themes[0].merge_into = Some(id(2));
            c.themes[1].merge_into = Some(id(1));
        }),
        ("theme T01 refers to theme T77, which does not exist", |c| c.themes[0].merge_into = Some(id(77))),
        ("theme T01 refers to theme T02 of another question", |c| {
            c.themes[0].merge_into = Some(id(2));
            c.themes[1].question = "change".into();
        }),
        ("theme T03 has no name", |c| c.themes[2].name = " ".into()),
        ("theme T05 (`Mine`) was added without an example sentence", |c| {
            let new =
                CodebookTheme { question: "enjoy".into(), name: "Mine".into(), ..CodebookTheme::default() };
            c.themes.push(new);
        }),
    ];
    for (want, change) in cases {
        assert_eq!(refusal(change), format!("The codebook does not fit together: {want}"));
    }
}

#[test]
fn pins_must_name_a_theme_of_their_question_and_only_one() {
    let pin = |theme| Pin {
        question: "enjoy".into(),
        respondent_id: "7".into(),
        segment: None,
        theme,
        away: false,
    };
    assert!(
        refusal(|c| c.pins.push(pin(id(40))))
            .ends_with("pin 1 (`7`, question `enjoy`) names theme T40, which does not exist")
    );
    assert!(
        refusal(|c| c.pins = vec![pin(id(1)), pin(id(2))])
            .ends_with("puts the same answer into a second theme, T02")
    );
}

#[test]
fn a_newer_schema_and_another_model_are_refused_with_advice() {
    let newer = codebook_toml(&codebook(1)).unwrap().replace("schema = 1", "schema = 2\nunheard_of = true");
    let error = parse_codebook(&newer, Path::new("codebook.toml")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`codebook.toml` was written by a newer version: its schema is 2, this version reads up to 1"
    );
    let error = check_model(&codebook(1), "other", "cd").unwrap_err();
    assert_eq!(
        error.to_string(),
        "The codebook's vectors were made with the model `mini`, this run uses `other`"
    );
    assert!(error.hint().unwrap().contains("cannot be compared"));
    assert!(check_model(&codebook(1), "mini", "ab").is_ok());
    let error = check_model(&codebook(1), "mini", "cd").unwrap_err();
    assert_eq!(
        error.to_string(),
        "The codebook's vectors were made with the model `mini ab`, this run uses `mini cd`"
    );
    let mistyped = codebook_toml(&codebook(1)).unwrap().replace("next_id", "nxt_id");
    let error = parse_codebook(&mistyped, Path::new("codebook.toml")).unwrap_err().to_string();
    assert!(error.contains("nxt_id") && error.contains("line"), "{error}");
}

#[test]
fn mergers_are_followed_to_the_end_and_drops_take_everything_with_them() {
    let mut codebook = codebook(5);
    codebook.themes[0].merge_into = Some(id(2));
    codebook.themes[1].merge_into = Some(id(3));
    codebook.themes[3].merge_into = Some(id(5));
    codebook.themes[4].drop = true;
    let decisions = Decisions::of(&codebook);
    let ends = [1, 2, 3, 4, 5].map(|number| decisions.apply(Some(id(number))));
    assert_eq!(ends, [Some(id(3)), Some(id(3)), Some(id(3)), None, None]);
}

#[test]
fn an_added_theme_gets_the_next_id_for_good() {
    let mut before = codebook(2);
    let added = |name: &str| CodebookTheme {
        question: "enjoy".into(),
        name: name.into(),
        examples: vec!["I like tea".into()],
        ..CodebookTheme::default()
    };
    before.themes.extend([added("Tea"), added("Cake")]);
    let after = reread(&before).unwrap();
    assert_eq!((after.themes[2].id, after.themes[3].id, after.next_id), (Some(id(3)), Some(id(4)), 5));
    assert_eq!(reread(&after).unwrap(), after);
}

fn segment(respondent: usize, segment: usize, theme: Option<u32>, second: Option<u32>) -> CodedSegment {
    CodedSegment {
        respondent,
        segment,
        start: 0,
        end: 1,
        text: String::new(),
        theme: theme.map(id),
        second: second.map(id),
        similarity: 0.5,
        margin: 0.1,
        primary: false,
    }
}

#[test]
fn pins_move_answers_in_and_out() {
    let mut codebook = codebook(3);
    let pin = |respondent: &str, segment, theme, away| Pin {
        question: "enjoy".into(),
        respondent_id: respondent.into(),
        segment,
        theme: id(theme),
        away,
    };
    codebook.pins = vec![
        pin("r0", Some(1), 3, false),
        pin("r1", None, 1, true),
        pin("r2", None, 2, true),
        pin("nobody", None, 1, false),
    ];
    let mut coded = [
        segment(0, 0, Some(1), None),
        segment(0, 1, None, None),
        segment(1, 0, Some(1), Some(2)),
        segment(2, 0, Some(2), None),
    ];
    let unused = apply_pins(&codebook, "enjoy", &mut coded, &|r| format!("r{r}"));
    assert_eq!(
        coded.iter().map(|s| s.theme.map(ThemeId::number)).collect::<Vec<_>>(),
        [Some(1), Some(3), Some(2), None]
    );
    assert_eq!(unused.len(), 1);
    assert_eq!(unused[0].respondent_id, "nobody");
}

#[test]
fn vectors_are_written_and_read_back_bit_for_bit() {
    let all = Vectors::from_rows(Array2::from_shape_fn((6, 6), |(i, j)| if i % 3 == j { 1.0 } else { 0.1 }));
    let themes = [Some(id(1)), None, Some(id(2)), None, Some(id(1)), Some(id(2))];
    let seconds = [None, None, Some(id(1)), None, None, None];
    let exemplars = vec![
        Exemplars::new("enjoy", &themes, &seconds, &all),
        Exemplars::new("change", &themes, &seconds, &all),
    ];
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("codebook-vectors.parquet");
    fs_err::write(&path, exemplar_bytes(&exemplars).unwrap()).unwrap();
    assert_eq!(read_exemplars(&path).unwrap(), exemplars);
    fs_err::write(&path, b"PAR1 nonsense PAR1").unwrap();
    assert!(read_exemplars(&path).unwrap_err().to_string().contains("is not a codebook"));
}

#[test]
fn last_year_is_the_latest_one_before_and_tells_what_cannot_be_compared_with_it() {
    let mut codebook = codebook(3);
    codebook.themes[2].merge_into = Some(id(1));
    assert_eq!(last_year(&codebook, "enjoy", "2022"), None);
    assert_eq!(
        last_year(&codebook, "enjoy", "2021"),
        None,
        "a year that is run again looks back, not forward"
    );
    let last = last_year(&codebook, "enjoy", "2023").unwrap();
    assert_eq!((last.label.as_str(), last.base), ("2022", 400));
    assert_eq!(last.themes.keys().copied().collect::<Vec<_>>(), [id(1), id(2)]);
    assert_eq!(last.incomparable, [(id(1), Incomparable::TookIn(vec![id(3)]))].into());
}

#[test]
fn mergers_are_followed_to_the_end_and_a_theme_of_the_researchers_was_not_there_before() {
    let mut codebook = codebook(4);
    codebook.themes[2].merge_into = Some(id(1));
    codebook.themes[3].merge_into = Some(id(3));
    codebook.themes[3].years[0].respondents = None;
    let mut tea = CodebookTheme { found_name: String::new(), years: Vec::new(), ..theme(5) };
    codebook.themes.push(tea.clone());
    (tea.id, tea.years) = (Some(id(6)), theme(6).years);
    codebook.themes.push(tea);
    let last = last_year(&codebook, "enjoy", "2023").unwrap();
    let wanted = [(id(1), Incomparable::TookIn(vec![id(3), id(4)])), (id(5), Incomparable::Added)];
    assert_eq!(last.incomparable, wanted.into(), "T06 was counted in 2022");
    codebook.themes[1].merge_into = Some(id(5));
    let both = last_year(&codebook, "enjoy", "2023").unwrap().incomparable;
    assert_eq!(both[&id(5)], Incomparable::TookIn(vec![id(2)]), "an added theme that holds an old one");
    codebook.themes[1].merge_into = None;
    codebook.themes[0].drop = true;
    assert_eq!(last_year(&codebook, "enjoy", "2023").unwrap().incomparable.len(), 1);
}

#[test]
fn the_counts_of_a_run_without_a_year_are_kept_apart_from_those_of_the_next_one() {
    let mut book = codebook(2);
    assert_eq!(set_apart(&mut book, "Survey", None), None, "last year had a year");
    assert_eq!(set_apart(&mut book, "Survey", Some(2023)), None);
    let words = set_apart(&mut book, "Survey", Some(2022)).unwrap();
    assert!(words.contains("both of 2022: nothing is compared"), "{words}");
    assert_eq!(book, codebook(2), "a year is not renamed");
    for theme in &mut book.themes {
        theme.years[0].year = "Survey".into();
    }
    assert_eq!(last_year(&book, "enjoy", "Survey"), None);
    let words = set_apart(&mut book, "Survey", None).unwrap();
    assert!(
        words.contains("both are called `Survey`: the earlier one is called `Survey (run 1)`"),
        "{words}"
    );
    let last = last_year(&book, "enjoy", "Survey").unwrap();
    assert_eq!((last.label.as_str(), last.themes[&id(1)].1), ("Survey (run 1)", Some(0.1)));
    let this = YearCount { year: "Survey".into(), ..theme(1).years.remove(0) };
    book.themes[0].years.push(this);
    assert!(set_apart(&mut book, "Survey", None).unwrap().contains("`Survey (run 2)`"));
    assert_eq!(last_year(&book, "enjoy", "Survey").unwrap().label, "Survey (run 2)");
}
