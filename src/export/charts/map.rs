use super::svg::{Anchor, Svg};
use crate::types::{Level, MapPoint, Theme, ThemeId};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Height of the map, and the width at which its names are kept apart, in pixels.
const HEIGHT: f64 = 520.0;
const WIDTH: f64 = 800.0;

/// Every point as a dot, near those that mean the same. A theme's number stands in the middle of its dots, and on a wide
/// screen the names of the common themes too; the numbers are those of the table, from 1 in the order of `themes`.
pub(crate) fn map(id: &str, title: &str, points: &[MapPoint], themes: &[Theme]) -> String {
    let mut svg = Svg::new();
    let levels: BTreeMap<ThemeId, Level> = themes.iter().map(|theme| (theme.id, theme.level)).collect();
    for (class, level) in
        [("none", None), ("additional", Some(Level::Additional)), ("common", Some(Level::Common))]
    {
        let dots = points.iter().filter(|p| p.theme.and_then(|id| levels.get(&id).copied()) == level);
        let mut path = String::new();
        for point in dots {
            let (x, y) = place(point);
            let _ = write!(path, "M{:.0} {:.0}h0", x * 1000.0, y * 1000.0);
        }
        if !path.is_empty() {
            // A line without length but with round ends is a dot, in a tenth of the bytes of a circle.
            svg.raw(format_args!(
                r#"<svg viewBox="0 0 1000 1000" preserveAspectRatio="none"><path class="dots {class}" vector-effect="non-scaling-stroke" d="{path}"/></svg>"#
            ));
        }
    }
    name_themes(&mut svg, points, themes);
    svg.finish(id, "chart map", HEIGHT, title, &description(points, themes))
}

/// Across and down, 0 to 1, with a margin on all sides.
fn place(point: &MapPoint) -> (f64, f64) {
    let inside = |v: f32| if v.is_finite() { 0.03 + 0.94 * f64::from(v.clamp(0.0, 1.0)) } else { 0.5 };
    (inside(point.x), 1.0 - inside(point.y))
}

fn name_themes(svg: &mut Svg, points: &[MapPoint], themes: &[Theme]) {
    let mut taken: Vec<(f64, f64, f64)> = Vec::new();
    for (number, theme) in (1..).zip(themes) {
        let Some((x, y)) = middle(points, theme.id) else { continue };
        let named = theme.level == Level::Common;
        let width = 26.0 + if named { 8.0 * theme.name.chars().count() as f64 } else { 0.0 };
        let x = x.min(1.0 - width / WIDTH).max(0.02);
        let y = free_place(&taken, (x * WIDTH, y * HEIGHT, width));
        taken.push((x * WIDTH, y, width));
        svg.dot("badge", (x * 100.0, y), 11.0);
        svg.text("number", (x * 100.0, 0.0, y + 5.0), Anchor::Middle, &number.to_string());
        if named {
            svg.text("name", (x * 100.0, 15.0, y + 5.0), Anchor::Start, &theme.name);
        }
    }
}

/// The median of a theme's dots, which strays do not move.
fn middle(points: &[MapPoint], theme: ThemeId) -> Option<(f64, f64)> {
    let (mut xs, mut ys): (Vec<_>, Vec<_>) =
        points.iter().filter(|p| p.theme == Some(theme)).map(place).unzip();
    for values in [&mut xs, &mut ys] {
        values.sort_by(f64::total_cmp);
    }
    Some((*xs.get(xs.len() / 2)?, *ys.get(ys.len() / 2)?))
}

/// The place nearest to `(x, y)`, up or down, where a name of this width meets no other.
fn free_place(taken: &[(f64, f64, f64)], (x, y, width): (f64, f64, f64)) -> f64 {
    let is_free = |y: f64| {
        taken.iter().all(|&(x2, y2, width2)| {
            (y - y2).abs() >= 24.0 || x + width < x2 - 12.0 || x2 + width2 < x - 12.0
        })
    };
    (0..80)
        .map(|step| y + 6.0 * f64::from((step + 1) / 2) * if step % 2 == 0 { 1.0 } else { -1.0 })
        .find(|&y| (14.0..=HEIGHT - 14.0).contains(&y) && is_free(y))
        .unwrap_or(y)
}

fn description(points: &[MapPoint], themes: &[Theme]) -> String {
    let unclear = points.iter().filter(|point| point.theme.is_none()).count();
    format!(
        "Map of {} ideas in {} themes, {unclear} of them in none; ideas that mean the same lie near each other. The table holds the names and numbers of the themes.",
        points.len(),
        themes.len()
    )
}
