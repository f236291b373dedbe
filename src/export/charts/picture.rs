//! The bar chart as a PNG, for documents that cannot hold SVG. Drawn without hardware shortcuts, so that the same bars give
//! the same bytes everywhere.

use super::bars::Bar;
use super::labels::lines;
use super::scale::Scale;
use crate::export::figures::percent;
use std::io;
use tiny_skia::{Color, FillRule, Paint, Path, PathBuilder, Pixmap, Rect, Transform};
use ttf_parser::{Face, OutlineBuilder};

/// A picture and its size on the page, in pixels of 1/96 inch.
pub(crate) struct Picture {
    pub(crate) png: Vec<u8>,
    pub(crate) width: u32,
    pub(crate) height: u32,
}

const FONT: &[u8] = include_bytes!("../../../assets/fonts/OpenSans-Latin.ttf");
/// Dots per pixel, so that print is sharp.
const DENSITY: f32 = 2.0;
const WIDTH: u32 = 600;
/// Where the bars begin.
const LABELS: f64 = 262.0;
const LINE: f64 = 17.0;
const BAR: f64 = 15.0;
const GAP: f64 = 8.0;
const TEXT: f64 = 13.0;

/// Red, green, blue: those of the page.
type Colour = [u8; 3];
const WHITE: Colour = [0xff, 0xff, 0xff];
const INK: Colour = [0x21, 0x2b, 0x32];
const BLUE: Colour = [0x00, 0x5e, 0xb8];
const LIGHT: Colour = [0x4a, 0x8b, 0xc9];

/// Horizontal bars, labels at their left, common themes above additional comments.
pub(crate) fn bar_picture(bars: &[Bar]) -> io::Result<Picture> {
    let ends = bars.iter().flat_map(|bar| [bar.share, bar.interval.map(|i| i.1)]).flatten();
    let scale = Scale::new(ends, LABELS, f64::from(WIDTH) - 62.0);
    let groups = bars.chunk_by(|a, b| a.common == b.common).count() as f64;
    let rows: f64 = bars.iter().map(row_height).sum();
    let height = (rows + groups * (LINE + GAP)).ceil() as u32;
    let mut canvas = Canvas::new(WIDTH, height)?;
    let mut y = 0.0;
    let mut group = None;
    for bar in bars {
        if group != Some(bar.common) {
            group = Some(bar.common);
            let heading = if bar.common { "Common themes" } else { "Additional comments" };
            canvas.text(0.0, y + TEXT, heading);
            canvas.rect(0.0, y + LINE + 1.0, f64::from(WIDTH), 1.0, INK);
            y += LINE + GAP;
        }
        canvas.bar(bar, y, scale);
        y += row_height(bar);
    }
    Ok(Picture { png: canvas.pixels.encode_png().map_err(io::Error::other)?, width: WIDTH, height })
}

fn row_height(bar: &Bar) -> f64 {
    (lines(&bar.label).len() as f64 * LINE).max(BAR) + GAP
}

struct Canvas<'a> {
    pixels: Pixmap,
    face: Face<'a>,
}

impl Canvas<'_> {
    fn new(width: u32, height: u32) -> io::Result<Self> {
        let dots = |length: u32| (f64::from(length) * f64::from(DENSITY)) as u32;
        let mut pixels = Pixmap::new(dots(width), dots(height.max(1)))
            .ok_or_else(|| io::Error::other("the chart has too many themes for a picture"))?;
        pixels.fill(Color::WHITE);
        Ok(Self { pixels, face: Face::parse(FONT, 0).map_err(io::Error::other)? })
    }

    fn bar(&mut self, bar: &Bar, y: f64, scale: Scale) {
        for (i, line) in lines(&bar.label).iter().enumerate() {
            self.text(0.0, y + TEXT - 1.0 + LINE * i as f64, line);
        }
        let Some(share) = bar.share else {
            self.text(LABELS, y + TEXT - 1.0, &percent(None));
            return;
        };
        let colour = if bar.common { BLUE } else { LIGHT };
        self.rect(LABELS, y, scale.length(share), BAR, colour);
        let mut end = share;
        if let Some((low, high)) = bar.interval {
            let middle = y + BAR / 2.0;
            for (edge, colour) in [(low.min(share), WHITE), (high.max(share), INK)] {
                let (from, to) = (scale.at(share.min(edge)), scale.at(share.max(edge)));
                self.rect(from, middle - 0.75, to - from, 1.5, colour);
                self.rect(scale.at(edge) - 0.75, middle - 3.5, 1.5, 7.0, colour);
            }
            end = end.max(high);
        }
        self.text(scale.at(end) + 6.0, y + TEXT - 1.0, &percent(Some(share)));
    }

    fn rect(&mut self, x: f64, y: f64, width: f64, height: f64, [red, green, blue]: Colour) {
        let Some(rect) = Rect::from_xywh(x as f32, y as f32, width as f32, height as f32) else { return };
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(red, green, blue, 255);
        self.pixels.fill_rect(rect, &paint, Transform::from_scale(DENSITY, DENSITY), None);
    }

    /// Words from `x`, on the base line `y`. A letter that the font does not have is a box, as everywhere.
    fn text(&mut self, x: f64, y: f64, words: &str) {
        let size = (TEXT / f64::from(self.face.units_per_em())) as f32;
        let mut at = x as f32;
        let mut paint = Paint { anti_alias: true, ..Paint::default() };
        paint.set_color_rgba8(INK[0], INK[1], INK[2], 255);
        for letter in words.chars() {
            let glyph = self.face.glyph_index(letter).unwrap_or_default();
            let mut outline = Outline(PathBuilder::new());
            self.face.outline_glyph(glyph, &mut outline);
            if let Some(path) = outline.finish() {
                let place = Transform::from_scale(size, -size)
                    .post_translate(at, y as f32)
                    .post_scale(DENSITY, DENSITY);
                self.pixels.fill_path(&path, &paint, FillRule::Winding, place, None);
            }
            at += f32::from(self.face.glyph_hor_advance(glyph).unwrap_or_default()) * size;
        }
    }
}

/// A letter's outline on its way from the font to the canvas.
struct Outline(PathBuilder);

impl Outline {
    fn finish(self) -> Option<Path> {
        self.0.finish()
    }
}

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
