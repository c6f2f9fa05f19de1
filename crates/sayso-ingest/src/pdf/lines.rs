//! From glyphs to lines in reading order: glyphs that follow one another make pieces, white space between columns cuts the
//! page into blocks, and pieces at one height of a block make a line.

/// A glyph as it is drawn. Places are in points from the top left corner of the upright page.
#[derive(Clone, Debug, Default)]
pub(super) struct Glyph {
    /// The letters that it stands for: several for a ligature.
    pub(super) letters: String,
    /// Where its baseline begins.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Where the next glyph would begin.
    pub(super) end: f32,
    pub(super) end_y: f32,
    /// The height of the font.
    pub(super) size: f32,
    /// Whether the file says that it is furniture of the page.
    pub(super) furniture: bool,
    /// Whether it is filled (or invisible), not only outlined.
    pub(super) filled: bool,
}

/// A line of a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    /// The baseline, from the top.
    pub(super) y: f32,
    pub(super) size: f32,
    /// The same as a share of the page's height.
    pub(super) height: f32,
    /// The number of its block on the page.
    pub(super) block: usize,
    /// Whether the file says that it is furniture.
    pub(super) furniture: bool,
}

/// Glyphs that follow one another without a gap that could be one between columns.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    left: f32,
    right: f32,
    y: f32,
    size: f32,
    furniture: bool,
}

/// A gap between glyphs of more than this share of the font's height is a space between words.
const SPACE: f32 = 0.17;
/// One of more is perhaps the one between two columns.
const APART: f32 = 1.1;
/// Cuts inside one another at most.
const DEPTH: usize = 24;

/// The lines of a page in reading order.
pub(super) fn of_page(glyphs: Vec<Glyph>, width: f32, height: f32) -> Vec<Line> {
    let inside = |g: &Glyph| g.x >= -width && g.x <= width * 2.0 && g.y >= -height && g.y <= height * 2.0;
    let level = |g: &Glyph| g.size > 0.5 && (g.end_y - g.y).abs() <= (g.end - g.x).abs() && g.end >= g.x;
    let glyphs: Vec<Glyph> = glyphs.into_iter().filter(|g| inside(g) && level(g)).collect();
    let pieces = pieces(&glyphs);
    let mut blocks = Vec::new();
    cut(pieces, DEPTH, &mut blocks);
    let mut lines = Vec::new();
    for (block, pieces) in blocks.into_iter().enumerate() {
        lines.extend(block_lines(pieces, block, height));
    }
    lines
}

/// Glyphs joined in the order in which they are drawn.
fn pieces(glyphs: &[Glyph]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        let letters = parted(&glyph.letters);
        // Bold that is made by printing twice.
        let twice = last.is_some_and(|l| {
            l.letters == glyph.letters
                && (l.x - glyph.x).abs() < glyph.size * 0.08
                && (l.y - glyph.y).abs() < glyph.size * 0.08
        });
        if twice {
            continue;
        }
        let joined = last.zip(pieces.last_mut()).filter(|(l, piece)| {
            let gap = glyph.x - l.end;
            let size = piece.size.max(glyph.size);
            (piece.y - glyph.y).abs() < size * 0.45
                && gap > -size * 0.6
                && gap < size * APART
                && piece.furniture == glyph.furniture
        });
        match joined {
            Some((l, piece)) => {
                let gap = glyph.x - l.end;
                let blank = letters.trim().is_empty();
                if gap > glyph.size * SPACE && !piece.text.ends_with([' ', '\u{a0}']) && !blank {
                    piece.text.push(' ');
                }
                if !(blank && piece.text.ends_with(' ')) {
                    piece.text.push_str(&letters);
                }
                if !blank {
                    piece.right = piece.right.max(glyph.end);
                    if glyph.size > piece.size {
                        piece.size = glyph.size;
                        piece.y = glyph.y;
                    }
                }
            }
            None if letters.trim().is_empty() => {}
            None => pieces.push(Piece {
                text: letters,
                left: glyph.x,
                right: glyph.end,
                y: glyph.y,
                size: glyph.size,
                furniture: glyph.furniture,
            }),
        }
        last = Some(glyph);
    }
    pieces
}

/// The letters of a glyph: a ligature is printed as one and read as several (Unicode Standard, 23.1: compatibility forms).
fn parted(letters: &str) -> String {
    const LIGATURES: [(char, &str); 7] =
        [('ﬀ', "ff"), ('ﬁ', "fi"), ('ﬂ', "fl"), ('ﬃ', "ffi"), ('ﬄ', "ffl"), ('ﬅ', "st"), ('ﬆ', "st")];
    let mut out = String::with_capacity(letters.len());
    for letter in letters.chars() {
        match LIGATURES.iter().find(|(ligature, _)| *ligature == letter) {
            Some((_, letters)) => out.push_str(letters),
            None if letter.is_control() => out.push(' '),
            None => out.push(letter),
        }
    }
    out
}

/// Cuts pieces into blocks that are read one after another. Where white space runs down between two columns, what crosses
/// it (a headline, a picture's caption) parts the page into bands, and in each band the left column is read before the right.
fn cut(mut pieces: Vec<Piece>, depth: usize, blocks: &mut Vec<Vec<Piece>>) {
    let at = if depth == 0 { None } else { gutter(&pieces) };
    let Some(at) = at else {
        blocks.push(pieces);
        return;
    };
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut bands: Vec<(bool, Vec<Piece>)> = Vec::new();
    for piece in pieces {
        let across = piece.left < at && piece.right > at;
        match bands.last_mut() {
            Some((kind, band)) if *kind == across => band.push(piece),
            // The last line of a paragraph over both columns is shorter than the others.
            Some((true, band)) if piece.right <= at && band.last().is_some_and(|last| goes_under(last, &piece)) => {
                band.push(piece);
            }
            _ => bands.push((across, vec![piece])),
        }
    }
    for (across, band) in bands {
        if across {
            blocks.push(band);
            continue;
        }
        let (left, right): (Vec<Piece>, Vec<Piece>) = band.into_iter().partition(|p| (p.left + p.right) / 2.0 < at);
        for column in [left, right].into_iter().filter(|column| !column.is_empty()) {
            cut(column, depth - 1, blocks);
        }
    }
}

/// Whether a piece begins the line right under another.
fn goes_under(above: &Piece, piece: &Piece) -> bool {
    let distance = piece.y - above.y;
    distance > 0.0 && distance < above.size * 1.6 && (piece.left - above.left).abs() < above.size
}

/// Where white space runs down between two columns of text: the widest strip in the middle that few lines cross.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let size = median(pieces.iter().map(|p| p.size));
    let left = pieces.iter().map(|p| p.left).fold(f32::MAX, f32::min);
    let right = pieces.iter().map(|p| p.right).fold(f32::MIN, f32::max);
    let margin = (right - left) * 0.12;
    let few = (pieces.len() / 8).max(1) as i32;
    let mut edges: Vec<(f32, i32)> = pieces.iter().flat_map(|p| [(p.left, 1), (p.right, -1)]).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let (mut cover, mut since) = (0, left);
    let mut strips: Vec<(f32, f32)> = Vec::new();
    for (x, step) in edges {
        // The left edge of the right column is sharp, where the right one of the left column may be ragged.
        if cover <= few && step > 0 && x - since > size * 0.9 && since > left + margin && x < right - margin {
            strips.push((x - since, x - size * 0.4));
        }
        // A strip begins where few lines are left, and goes on while there are few.
        if cover > few || cover + step > few {
            since = x;
        }
        cover += step;
    }
    strips.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut tried = strips.into_iter().take(6).map(|(_, at)| at);
    tried.find(|at| {
        let beside: Vec<Piece> = pieces.iter().filter(|p| p.right <= *at || p.left >= *at).cloned().collect();
        are_columns(&beside, *at)
    })
}

/// Whether what stands on both sides is text of its own, and no table whose rows go across: lines of some length, or lines
/// that do not stand at the heights of those beside them.
fn are_columns(pieces: &[Piece], at: f32) -> bool {
    let side = |left: bool| {
        let mut lines: Vec<(f32, usize, f32)> = Vec::new();
        let mut side: Vec<&Piece> = pieces.iter().filter(|p| ((p.left + p.right) / 2.0 < at) == left).collect();
        side.sort_by(|a, b| a.y.total_cmp(&b.y));
        for piece in side {
            let letters = piece.text.chars().count();
            match lines.last_mut() {
                Some((y, count, _)) if piece.y - *y < piece.size * 0.4 => *count += letters,
                _ => lines.push((piece.y, letters, piece.size)),
            }
        }
        lines
    };
    let (left, right) = (side(true), side(false));
    if left.len() < 3 || right.len() < 3 {
        return false;
    }
    let long = |lines: &[(f32, usize, f32)]| lines.iter().map(|l| l.1).sum::<usize>() >= lines.len() * 18;
    let (few, many) = if left.len() < right.len() { (&left, &right) } else { (&right, &left) };
    let aligned = few
        .iter()
        .filter(|(y, _, size)| {
            let next = many.partition_point(|line| line.0 < y - size * 0.15);
            many.get(next).is_some_and(|line| line.0 <= y + size * 0.15)
        })
        .count();
    long(&left) && long(&right) || aligned * 2 < few.len()
}

/// The lines of a block.
fn block_lines(mut pieces: Vec<Piece>, block: usize, height: f32) -> Vec<Line> {
    pieces.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut rows: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match rows.last_mut() {
            Some(row) if piece.y - row[0].y < row[0].size.min(piece.size).max(row[0].size * 0.6) * 0.5 => {
                row.push(piece)
            }
            _ => rows.push(vec![piece]),
        }
    }
    let line = |mut row: Vec<Piece>| {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut text = String::new();
        let mut reach = f32::MIN;
        for piece in &row {
            let gap = piece.left - reach;
            let between = if gap > piece.size * 1.3 { "\t" } else { " " };
            if !text.is_empty() && !text.ends_with(' ') && gap > piece.size * SPACE {
                text.push_str(between);
            }
            text.push_str(&piece.text);
            reach = piece.right;
        }
        let size = row.iter().map(|p| p.size).fold(0.0, f32::max);
        let y = row.iter().find(|p| p.size >= size).map_or(0.0, |p| p.y);
        Line {
            text: text.trim().to_owned(),
            left: row.first().map_or(0.0, |p| p.left),
            right: row.iter().map(|p| p.right).fold(0.0, f32::max),
            y,
            size,
            height: y / height.max(1.0),
            block,
            furniture: row.iter().all(|p| p.furniture),
        }
    };
    rows.into_iter().map(line).filter(|line| !line.text.is_empty()).collect()
}

/// The middle of some numbers; 0 where there are none.
pub(super) fn median(numbers: impl Iterator<Item = f32>) -> f32 {
    let mut all: Vec<f32> = numbers.collect();
    let middle = all.len() / 2;
    if all.is_empty() { 0.0 } else { *all.select_nth_unstable_by(middle, f32::total_cmp).1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Glyphs of half the font's height, from `x` on.
    fn words(text: &str, x: f32, y: f32) -> Vec<Glyph> {
        let glyph = |(i, c): (usize, char)| Glyph {
            letters: c.to_string(),
            x: x + i as f32 * 5.0,
            y,
            end: x + i as f32 * 5.0 + 5.0,
            end_y: y,
            size: 10.0,
            filled: true,
            ..Glyph::default()
        };
        text.chars().enumerate().map(glyph).filter(|g| g.letters != " ").collect()
    }

    fn read(parts: &[(&str, f32, f32)]) -> Vec<String> {
        let glyphs = parts.iter().flat_map(|(text, x, y)| words(text, *x, *y)).collect();
        of_page(glyphs, 600.0, 800.0).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn columns_are_read_one_after_another() {
        let left = [
            "the harbour of Port Ellery was",
            "shut on Monday, and the mayor",
            "said that no ferry would sail",
            "before the pier is sound.",
        ];
        let right = [
            "The county answered that it",
            "would decide within days, and",
            "that nobody was left without",
            "a way home from the islands.",
        ];
        let mut parts = vec![("No ferry before the pier is sound, says the mayor of Port Ellery", 50.0, 60.0)];
        for i in 0..4 {
            parts.push((left[i], 50.0, 100.0 + i as f32 * 12.0));
            parts.push((right[i], 300.0, 100.0 + i as f32 * 12.0));
        }
        let wanted: Vec<&str> = [parts[0].0].into_iter().chain(left).chain(right).collect();
        assert_eq!(read(&parts), wanted);
    }

    #[test]
    fn rows_of_a_table_stay_together() {
        let rows = [("Boats", "12"), ("Crews", "9"), ("Sailings", "1,204"), ("Delays", "31")];
        let parts: Vec<(&str, f32, f32)> = rows
            .iter()
            .enumerate()
            .flat_map(|(i, (name, number))| {
                [(*name, 50.0, 100.0 + i as f32 * 14.0), (*number, 300.0, 100.0 + i as f32 * 14.0)]
            })
            .collect();
        assert_eq!(read(&parts), ["Boats\t12", "Crews\t9", "Sailings\t1,204", "Delays\t31"]);
    }

    #[test]
    fn what_is_printed_twice_is_read_once() {
        let glyphs = words("bold", 50.0, 100.0)
            .into_iter()
            .flat_map(|g| [g.clone(), Glyph { x: g.x + 0.3, end: g.end + 0.3, ..g }])
            .collect();
        let lines = of_page(glyphs, 600.0, 800.0);
        assert_eq!(lines[0].text, "bold");
    }
}
