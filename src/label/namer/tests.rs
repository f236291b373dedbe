use super::*;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

const NAMED: &str = r#"{"choices":[{"message":{"content":"{\"name\": \"pay and progression\", \"statement\": \"Respondents want **better pay**.\"}"}}]}"#;

/// A server on a free port of this machine that answers each request by `answer`; gives its address and what it was sent.
fn server(n_requests: usize, answer: fn(&mut TcpStream)) -> (String, thread::JoinHandle<Vec<String>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let heard = thread::spawn(move || {
        listener
            .incoming()
            .take(n_requests)
            .map(|stream| {
                let mut stream = stream.unwrap();
                let request = read_request(&stream);
                answer(&mut stream);
                request
            })
            .collect()
    });
    (address, heard)
}

fn read_request(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().unwrap();
        }
        head.push_str(&line);
        if line.trim().is_empty() {
            break;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

fn reply(stream: &mut TcpStream, body: &str) {
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}", body.len())
        .unwrap();
}

fn label(name: &str) -> ThemeLabel {
    ThemeLabel { name: name.into(), statement: "Respondents mention it.".into(), ..ThemeLabel::default() }
}

fn renamed(address: &str, names: &[&str]) -> (Vec<ThemeLabel>, Vec<String>) {
    let mut labels: Vec<ThemeLabel> = names.iter().map(|name| label(name)).collect();
    let quotes = vec![vec!["Pay [name] more".to_string()]; names.len()];
    let namer = Namer::new(address, "m", Duration::from_millis(400)).unwrap();
    let warnings = namer.rename("What would you change?", &mut labels, &quotes);
    (labels, warnings)
}

#[test]
fn a_good_answer_is_taken_and_only_question_name_and_quotes_are_sent() {
    let (address, heard) = server(1, |stream| reply(stream, NAMED));
    let (labels, warnings) = renamed(&address, &["Higher salary"]);
    assert_eq!(labels[0].name, "Pay and progression");
    assert_eq!(labels[0].statement, "Respondents want **better pay**.");
    assert!(warnings.is_empty(), "{warnings:?}");
    let request = heard.join().unwrap().remove(0);
    assert!(request.starts_with("POST /v1/chat/completions "), "{request}");
    let body: serde_json::Value =
        serde_json::from_str(&request[request.find("\r\n\r\n").unwrap()..]).unwrap();
    let theme: serde_json::Value =
        serde_json::from_str(body["messages"][1]["content"].as_str().unwrap()).unwrap();
    let expected = json!({ "question": "What would you change?", "words": "Higher salary", "quotes": ["Pay [name] more"] });
    assert_eq!(theme, expected);
}

#[test]
fn an_answer_in_another_form_leaves_the_label_and_warns() {
    let (address, heard) =
        server(1, |stream| reply(stream, r#"{"choices":[{"message":{"content":"Pay!"}}]}"#));
    let (labels, warnings) = renamed(&address, &["Higher salary"]);
    assert_eq!(labels, [label("Higher salary")]);
    heard.join().unwrap();
    let expected = format!(
        "The namer at `{address}/v1/chat/completions` named 0 of 1 themes (its answer was not a name and a statement); \
         the others keep the names taken from the answers"
    );
    assert_eq!(warnings, [expected]);
}

#[test]
fn two_themes_are_not_given_one_name() {
    let (address, heard) = server(2, |stream| reply(stream, NAMED));
    let (labels, warnings) = renamed(&address, &["Higher salary", "Career paths"]);
    heard.join().unwrap();
    assert_eq!([labels[0].name.as_str(), labels[1].name.as_str()], ["Pay and progression", "Career paths"]);
    assert_eq!(warnings.len(), 1);
}

#[test]
fn a_slow_server_leaves_the_labels() {
    let (address, _) = server(9, |_| thread::sleep(Duration::from_secs(5)));
    let (labels, warnings) = renamed(&address, &["A b", "C d", "E f", "G h"]);
    assert_eq!(labels[3], label("G h"));
    assert!(warnings[0].contains("named 0 of 4 themes (it took too long)"), "{warnings:?}");
}

#[test]
fn a_silent_server_and_a_broken_one_leave_the_labels() {
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (labels, warnings) = renamed(&format!("http://{free}"), &["Higher salary"]);
    assert_eq!(labels, [label("Higher salary")]);
    assert!(warnings[0].contains("could not be reached"), "{warnings:?}");
    let (address, heard) = server(1, |stream| {
        write!(stream, "HTTP/1.1 500 Oops\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").unwrap();
    });
    let (_, warnings) = renamed(&address, &["Higher salary"]);
    heard.join().unwrap();
    assert!(warnings[0].contains("it answered with status 500"), "{warnings:?}");
}

#[test]
fn only_this_machine_is_asked() {
    let new = |url: &str| Namer::new(url, "m", Duration::from_secs(1)).map(|namer| namer.endpoint);
    assert_eq!(new("http://127.0.0.1:8080/v1/").unwrap(), "http://127.0.0.1:8080/v1/chat/completions");
    assert_eq!(new("http://[::1]").unwrap(), "http://[::1]/v1/chat/completions");
    let remote = "http://192.0.2.1:8080".to_string();
    assert_eq!(new(&remote), Err(NamerError::Remote(remote.clone())));
    for wrong in ["https://localhost", "localhost:80", "http://", "http://me@localhost"] {
        assert_eq!(new(wrong), Err(NamerError::Address(wrong.to_string())), "{wrong}");
    }
}

#[test]
fn only_the_form_of_a_name_and_a_statement_is_usable() {
    let answer = |content: &str| json!({ "choices": [{ "message": { "content": content } }] }).to_string();
    let with =
        |name: &str, statement: &str| answer(&json!({ "name": name, "statement": statement }).to_string());
    assert!(usable(&with("Better pay", "Respondents want **better pay**.")).is_some());
    let fenced =
        answer("Sure:\n```json\n{\"name\": \"Better pay\", \"statement\": \"They want better pay.\"}\n```");
    assert!(usable(&fenced).is_some());
    let wrong = [
        with("", "Respondents want better pay."),
        with("One two three four five six seven", "Respondents want better pay."),
        with("<b>Pay</b>", "Respondents want better pay."),
        with("Better pay", "Ask [name] about better pay."),
        with("Better pay", "Respondents want **better pay."),
        with("Better pay", "Read http://example.org now."),
        with("Better pay", &"long ".repeat(100)),
        answer("{\"name\": \"Better pay\"}"),
        "<html>".to_string(),
    ];
    for answer in wrong {
        assert_eq!(usable(&answer), None, "{answer}");
    }
}
