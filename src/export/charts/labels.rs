/// Characters of a label that fit one line on a phone.
const WIDTH: usize = 38;

/// A label in lines that a phone can show; a word that is longer stays whole.
pub(super) fn lines(label: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in label.split_whitespace() {
        let last = lines.last().map_or(0, |line| line.chars().count());
        if last > 0 && last + 1 + word.chars().count() > WIDTH {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_label_is_broken_between_words() {
        assert_eq!(lines("Peer support"), ["Peer support"]);
        assert_eq!(
            lines("Partnership with the voluntary and community sector"),
            ["Partnership with the voluntary and", "community sector"]
        );
        assert_eq!(lines(&"x".repeat(50)), ["x".repeat(50)]);
    }
}
