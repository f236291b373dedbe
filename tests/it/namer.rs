//! Names from a language model on this machine: a small server stands in for it.

use crate::support::program::{SURVEY_2023, survey_run};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::thread;

/// A server that gives the theme it is asked about number N the name "Model name N"; its port, and the bodies it was sent.
fn model() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = Arc::new(Mutex::new(Vec::new()));
    let bodies = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut reader = BufReader::new(stream.try_clone().unwrap());
            let mut length = 0;
            loop {
                let mut line = String::new();
                reader.read_line(&mut line).unwrap();
                if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                    length = value.trim().parse().unwrap();
                }
                if line.trim().is_empty() {
                    break;
                }
            }
            let mut body = vec![0; length];
            reader.read_exact(&mut body).unwrap();
            let mut bodies = bodies.lock().unwrap();
            bodies.push(String::from_utf8(body).unwrap());
            let named = format!(
                r#"{{"name": "Model name {}", "statement": "Respondents say **something**."}}"#,
                bodies.len()
            );
            let answer = serde_json::json!({ "choices": [{ "message": { "content": named } }] }).to_string();
            write!(
                stream,
                "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
                answer.len()
            )
            .unwrap();
        }
    });
    (port, heard)
}

#[test]
fn a_model_on_this_machine_names_every_theme_from_quotes_alone() {
    let (place, plain) = survey_run();
    let (port, heard) = model();
    let run = place.run(SURVEY_2023, "named", &["--quiet", "--namer", &format!("http://localhost:{port}")]);
    let (named, plain) = (run.json("themes.json"), plain.json("themes.json"));
    let themes = |report: &serde_json::Value| -> Vec<serde_json::Value> {
        let questions = report["questions"].as_array().unwrap().iter();
        questions.flat_map(|question| question["themes"].as_array().unwrap().clone()).collect()
    };
    let (named, plain) = (themes(&named), themes(&plain));
    assert_eq!(named.len(), heard.lock().unwrap().len());
    for (theme, before) in named.iter().zip(&plain) {
        assert!(theme["name"].as_str().unwrap().starts_with("Model name "), "{}", theme["name"]);
        assert_eq!((&theme["id"], &theme["quotes"]), (&before["id"], &before["quotes"]), "only names change");
    }
    let quotes = run.rows("quotes.csv");
    for body in heard.lock().unwrap().iter() {
        let request: serde_json::Value = serde_json::from_str(body).unwrap();
        let asked: serde_json::Value =
            serde_json::from_str(request["messages"][1]["content"].as_str().unwrap()).unwrap();
        for quote in asked["quotes"].as_array().unwrap() {
            assert!(
                quotes.iter().any(|row| row["text"] == *quote.as_str().unwrap()),
                "sent, but not quoted: {quote}"
            );
        }
    }
}

#[test]
fn without_its_model_a_run_keeps_its_names_and_says_so() {
    let (place, plain) = survey_run();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let mut command = place.verbatim();
    command.args(["run", SURVEY_2023, "--namer", &format!("http://localhost:{free}"), "--out"]);
    let output = command.arg(place.path("unnamed")).assert().success().get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.contains("could not be reached") && said.contains("keep the names taken from the answers"),
        "{said}"
    );
    assert_eq!(
        fs_err::read(place.path("unnamed/themes.json")).unwrap(),
        fs_err::read(plain.folder.join("themes.json")).unwrap()
    );
}

#[test]
fn quotes_are_sent_to_no_other_machine() {
    let (place, _) = survey_run();
    let mut command = place.verbatim();
    command.args(["run", SURVEY_2023, "--namer", "http://192.0.2.1:8080", "--out"]).arg(place.path("remote"));
    let output = command.assert().failure().code(1).get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("is not on this machine") && said.contains("hint: "), "{said}");
    assert!(!place.path("remote").exists());
}
