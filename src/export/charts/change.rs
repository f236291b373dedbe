use super::labels::lines;
use super::scale::Scale;
use super::svg::{Anchor, Svg};
use crate::export::figures::percent;

/// A theme's share then and now.
#[derive(Debug, Clone)]
pub(crate) struct Pair {
    pub(crate) label: String,
    pub(crate) then: Option<f64>,
    pub(crate) now: Option<f64>,
    /// Whether the change is more than chance would do.
    pub(crate) clear: bool,
}

const LINE: f64 = 20.0;
const TRACK: f64 = 22.0;
const GAP: f64 = 8.0;

/// A hollow dot for the share then and a full one for the share now, on a line per theme; a clear change in the accent
/// colour. `max` is the share at the right end, so that several charts can have one scale.
pub(crate) fn pairs(id: &str, title: &str, pairs: &[Pair], max: f64, labelled: bool) -> String {
    let scale = Scale::new(std::iter::once(max), 12.0, 86.0);
    let mut svg = Svg::new();
    let mut y = 0.0;
    for pair in pairs {
        if labelled {
            for line in lines(&pair.label) {
                y += LINE;
                svg.text("label", (0.0, 0.0, y - 5.0), Anchor::Start, &line);
            }
        }
        draw(&mut svg, pair, y + TRACK / 2.0 + 1.0, scale);
        y += TRACK + if labelled { GAP } else { 0.0 };
    }
    svg.finish(id, "chart pairs", y + 2.0, title, &description(pairs))
}

fn draw(svg: &mut Svg, pair: &Pair, y: f64, scale: Scale) {
    svg.line("track", (scale.at(0.0), y), (100.0, y));
    let clear = if pair.clear { " clear" } else { "" };
    if let (Some(then), Some(now)) = (pair.then, pair.now) {
        svg.line(&format!("step{clear}"), (scale.at(then), y), (scale.at(now), y));
    }
    if let Some(then) = pair.then {
        svg.dot(&format!("then{clear}"), (scale.at(then), y), 5.5);
    }
    if let Some(now) = pair.now {
        svg.dot(&format!("now{clear}"), (scale.at(now), y), 6.5);
    }
    // The smaller figure stands left of its dot, the larger one right, so that they never meet.
    let rising = pair.then.unwrap_or(0.0) <= pair.now.unwrap_or(1.0);
    for (share, is_right) in [(pair.then, !rising), (pair.now, rising)] {
        let Some(share) = share else { continue };
        let (dx, anchor) = if is_right { (12.0, Anchor::Start) } else { (-11.0, Anchor::End) };
        svg.text("value", (scale.at(share), dx, y + 5.0), anchor, &percent(Some(share)));
    }
}

fn description(pairs: &[Pair]) -> String {
    let shown: Vec<_> = pairs
        .iter()
        .map(|pair| {
            let then = pair.then.map_or_else(|| "not there".into(), |share| percent(Some(share)));
            format!("{}: then {then}, now {}", pair.label, percent(pair.now))
        })
        .collect();
    format!("Paired dots. {}.", shown.join("; "))
}
