use super::labels::lines;
use super::scale::Scale;
use super::svg::{Anchor, Svg};
use crate::export::figures::percent;

/// A theme's share.
#[derive(Debug, Clone)]
pub(crate) struct Bar {
    pub(crate) label: String,
    /// `None` where hidden: the label stands without a bar.
    pub(crate) share: Option<f64>,
    pub(crate) interval: Option<(f64, f64)>,
    /// Whether it belongs to the first group of the chart.
    pub(crate) common: bool,
}

/// A line of a label, and the room for bar and gap below the label.
const LINE: f64 = 20.0;
const BAR: f64 = 16.0;
const GAP: f64 = 14.0;

/// Horizontal bars with their intervals and the share at the end, common themes above additional comments. The bars come in
/// the order given.
pub(crate) fn bars(id: &str, title: &str, bars: &[Bar]) -> String {
    let ends = bars.iter().flat_map(|bar| [bar.share, bar.interval.map(|i| i.1)]).flatten();
    let scale = Scale::new(ends, 0.0, 82.0);
    let mut svg = Svg::new();
    let mut y = 0.0;
    let mut group = None;
    for bar in bars {
        if group != Some(bar.common) {
            group = Some(bar.common);
            y += LINE + if y > 0.0 { GAP } else { 0.0 };
            let heading = if bar.common { "Common themes" } else { "Additional comments" };
            svg.text("group", (0.0, 0.0, y - 4.0), Anchor::Start, heading);
            y += 6.0;
        }
        for line in lines(&bar.label) {
            y += LINE;
            svg.text("label", (0.0, 0.0, y - 5.0), Anchor::Start, &line);
        }
        draw(&mut svg, bar, y, scale);
        y += BAR + GAP;
    }
    svg.finish(id, "chart bars", y + 2.0, title, &description(bars))
}

fn draw(svg: &mut Svg, bar: &Bar, y: f64, scale: Scale) {
    let Some(share) = bar.share else {
        svg.text("value", (0.0, 6.0, y + BAR - 3.0), Anchor::Start, &percent(None));
        return;
    };
    svg.bar(if bar.common { "common" } else { "additional" }, (0.0, scale.length(share)), (y, BAR));
    let mut end = share;
    if let Some((low, high)) = bar.interval {
        let middle = y + BAR / 2.0;
        // Light on the bar, dark beyond it.
        for (class, edge) in [("inside", low.min(share)), ("outside", high.max(share))] {
            let (from, to) = (scale.at(share), scale.at(edge));
            svg.line(class, (from, middle), (to, middle));
            svg.line(class, (to, middle - 4.0), (to, middle + 4.0));
        }
        end = end.max(high);
    }
    svg.text("value", (scale.at(end), 8.0, y + BAR - 3.0), Anchor::Start, &percent(Some(share)));
}

fn description(bars: &[Bar]) -> String {
    let shown: Vec<_> = bars.iter().map(|bar| format!("{}: {}", bar.label, percent(bar.share))).collect();
    format!("Bar chart. {}. The table below holds the same figures.", shown.join("; "))
}
