//! Paragraphs and tables. Every text passes [`text`], since the crate writes control characters as they are, which breaks the
//! file, and line feeds as an entity that shows nothing.

use super::package::BULLETS;
use crate::export::inert::clean;
use crate::export::statement::Piece;
use crate::types::Quote;
use docx_rs::{
    AlignmentType, BreakType, IndentLevel, NumberingId, Paragraph, Run, Shading, ShdType, Table, TableCell,
    TableLayoutType, TableRow, WidthType,
};

/// Width between the margins, in twentieths of a point.
pub(super) const WIDTH: usize = 9638;

pub(super) fn paragraph(words: &str) -> Paragraph {
    text(Paragraph::new(), words)
}

pub(super) fn styled(style: &str, words: &str) -> Paragraph {
    text(Paragraph::new().style(style), words)
}

pub(super) fn heading(level: usize, words: &str) -> Paragraph {
    styled(&format!("Heading{level}"), words)
}

pub(super) fn bullet() -> Paragraph {
    // The style names the numbering too, but the crate only links the part with it where a paragraph does.
    Paragraph::new().style("ListBullet").numbering(NumberingId::new(BULLETS), IndentLevel::new(0))
}

pub(super) fn notice(bold: &str, words: &str) -> Paragraph {
    let start = Paragraph::new().style("Notice").add_run(run(bold).bold());
    text(start, &format!(". {words}"))
}

/// `paragraph` with `words` at its end.
pub(super) fn text(paragraph: Paragraph, words: &str) -> Paragraph {
    paragraph.add_run(run(words))
}

/// `paragraph` with `pieces` at its end, bold where they are.
pub(super) fn pieces_run(paragraph: Paragraph, pieces: &[Piece]) -> Paragraph {
    pieces.iter().fold(paragraph, |paragraph, piece| {
        let run = run(&piece.text);
        paragraph.add_run(if piece.bold { run.bold() } else { run })
    })
}

/// A quote with its source on the line below.
pub(super) fn quote(quote: &Quote) -> Paragraph {
    let paragraph = styled("Quote", &format!("“{}”", quote.text.trim()));
    match &quote.attribution {
        Some(attribution) => {
            let line = Run::new().add_break(BreakType::TextWrapping);
            paragraph.add_run(line).add_run(run(attribution).style("QuoteSource"))
        }
        None => paragraph,
    }
}

/// A table in the style Table Grid: `widths` are shares of the page, columns from `numbers` on are figures.
pub(super) fn table(
    header: &[&str],
    rows: &[Vec<String>],
    widths: &[usize],
    numbers: std::ops::Range<usize>,
) -> Table {
    let all: usize = widths.iter().sum::<usize>().max(1);
    let widths: Vec<usize> = widths.iter().map(|width| WIDTH * width / all).collect();
    let cell = |i: usize, words: &str, is_head: bool| {
        let run = run(words);
        let mut paragraph =
            Paragraph::new().style("TableText").add_run(if is_head { run.bold() } else { run });
        if numbers.contains(&i) {
            paragraph = paragraph.align(AlignmentType::Right);
        }
        let width = widths.get(i).copied().unwrap_or_default();
        let cell = TableCell::new().width(width, WidthType::Dxa).add_paragraph(paragraph.keep_next(is_head));
        if is_head { cell.shading(Shading::new().shd_type(ShdType::Clear).fill("E8EDEE")) } else { cell }
    };
    let head = header.iter().enumerate().map(|(i, words)| cell(i, words, true)).collect();
    // No row is split between pages; `Package` makes the first one the head.
    let body =
        rows.iter().map(|row| row.iter().enumerate().map(|(i, words)| cell(i, words, false)).collect());
    let rows = std::iter::once(head).chain(body).map(|cells| TableRow::new(cells).cant_split()).collect();
    Table::without_borders(rows)
        .style("TableGrid")
        .layout(TableLayoutType::Fixed)
        .width(widths.iter().sum(), WidthType::Dxa)
        .set_grid(widths)
}

fn run(words: &str) -> Run {
    let clean = clean(words).replace('\t', " ");
    let mut run = Run::new();
    for (i, line) in clean.split('\n').enumerate() {
        if i > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        if !line.is_empty() {
            run = run.add_text(line);
        }
    }
    run
}
