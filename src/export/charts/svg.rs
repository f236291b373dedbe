use std::fmt::Write;

/// A picture under construction. What is written into it is escaped here and nowhere else.
pub(super) struct Svg {
    body: String,
}

/// Where a text stands against its place.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Svg {
    pub(super) fn new() -> Self {
        Self { body: String::new() }
    }

    /// A horizontal bar: `x` and `width` in per cent, `y` and `height` in pixels.
    pub(super) fn bar(&mut self, class: &str, (x, width): (f64, f64), (y, height): (f64, f64)) {
        let (x, width, y, height) = (number(x), number(width), number(y), number(height));
        self.push(format_args!(
            r#"<rect class="{class}" x="{x}%" y="{y}" width="{width}%" height="{height}"/>"#
        ));
    }

    /// A line: `x` in per cent, `y` in pixels.
    pub(super) fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        let [x1, y1, x2, y2] = [x1, y1, x2, y2].map(number);
        self.push(format_args!(r#"<line class="{class}" x1="{x1}%" y1="{y1}" x2="{x2}%" y2="{y2}"/>"#));
    }

    /// A dot: `x` in per cent, `y` and radius in pixels.
    pub(super) fn dot(&mut self, class: &str, (x, y): (f64, f64), radius: f64) {
        let [x, y, radius] = [x, y, radius].map(number);
        self.push(format_args!(r#"<circle class="{class}" cx="{x}%" cy="{y}" r="{radius}"/>"#));
    }

    /// Words: `x` in per cent, moved by `dx` pixels; `y` of the baseline in pixels.
    pub(super) fn text(&mut self, class: &str, (x, dx, y): (f64, f64, f64), anchor: Anchor, words: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => r#" text-anchor="middle""#,
            Anchor::End => r#" text-anchor="end""#,
        };
        let dx = if dx == 0.0 { String::new() } else { format!(r#" dx="{}""#, number(dx)) };
        let (x, y, words) = (number(x), number(y), escape(words));
        self.push(format_args!(r#"<text class="{class}" x="{x}%" y="{y}"{dx}{anchor}>{words}</text>"#));
    }

    /// Markup made of constants and numbers only.
    pub(super) fn raw(&mut self, markup: std::fmt::Arguments<'_>) {
        self.push(markup);
    }

    /// The whole picture. `id` tells apart the pictures of a page.
    pub(super) fn finish(self, id: &str, class: &str, height: f64, title: &str, description: &str) -> String {
        let (height, title, description) = (number(height), escape(title), escape(description));
        format!(
            r#"<svg class="{class}" role="img" aria-labelledby="{id}-t {id}-d" width="100%" height="{height}"><title id="{id}-t">{title}</title><desc id="{id}-d">{description}</desc>{}</svg>"#,
            self.body
        )
    }

    fn push(&mut self, markup: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.body.write_fmt(markup);
    }
}

/// At most two decimals, none where they say nothing.
pub(super) fn number(number: f64) -> String {
    let text = format!("{:.2}", if number.is_finite() { number } else { 0.0 });
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".into() } else { text.into() }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in crate::export::inert::one_line(text).chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_cannot_leave_their_element() {
        let mut svg = Svg::new();
        svg.text("a", (0.0, 0.0, 10.0), Anchor::Start, "</text><script>\"'&\u{202e}");
        let picture = svg.finish("x", "y", 10.0, "<t>", "]]>");
        assert!(picture.contains("&lt;/text&gt;&lt;script&gt;&quot;&#39;&amp;</text>"), "{picture}");
        assert!(picture.contains(">&lt;t&gt;</title>") && picture.contains(">]]&gt;</desc>"));
    }

    #[test]
    fn numbers_are_short_and_finite() {
        assert_eq!([1.0, 0.5, 33.333_3, -0.001, f64::NAN].map(number), ["1", "0.5", "33.33", "0", "0"]);
    }
}
