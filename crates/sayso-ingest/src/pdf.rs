//! PDF: the text of a page's glyphs in reading order, with the page of every word kept (`Layout::pages`).
//!
//! The interpreter (hayro) says which glyph stands where; from there on, it is geometry. Glyphs that follow one another on
//! a line are a line; lines are sorted into columns by the white strips between them; lines are joined to paragraphs by
//! their distance, indent and ends. What is printed alike at the same
//! height of most pages, or is a page number at its edge, is furniture: it is set apart (`Layout::parts`) after the
//! paragraph that it would interrupt. A hyphen at the end of a line that only divides a word becomes a soft hyphen (U+00AD), as
//! ISO 32000-1, 14.8.2.2.3 has it: words are read and compared without it, and it still stands in the text.

mod lines;
mod pages;

use super::date;
use super::error::ReadError;
use super::fields::Fields;
use super::source::Source;
use hayro_interpret::font::GlyphRun;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::object::DateTime;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use lines::{Glyph, Line};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Glyphs of a page that are looked at, at most.
const GLYPHS: usize = 400_000;

/// Reads one file.
pub(super) fn read(source: &Source, bytes: Vec<u8>) -> Result<Fields<'static>, ReadError> {
    // The library is not ours: what makes it panic is a damaged file.
    match catch_unwind(AssertUnwindSafe(|| document(source, bytes))) {
        Ok(found) => found,
        Err(_) => Err(broken(source, "the PDF is damaged")),
    }
}

fn broken(source: &Source, why: &str) -> ReadError {
    source.malformed(None, None, why.to_owned(), "open it in a viewer and print it to a new PDF")
}

fn document(source: &Source, bytes: Vec<u8>) -> Result<Fields<'static>, ReadError> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => {
            let why = "the PDF is encrypted".to_owned();
            source.malformed(None, None, why, "save it without a password")
        }
        LoadPdfError::Invalid => broken(source, "the PDF is damaged"),
    })?;
    let cache = InterpreterCache::new();
    let mut pages: Vec<Vec<Line>> = Vec::new();
    let (mut images, mut unknown, mut known) = (0, 0usize, 0usize);
    for page in pdf.pages().iter() {
        source.meter.in_time().map_err(|over| source.over(over))?;
        let found = glyphs(&pdf, page, &cache);
        images += usize::from(found.images > 0 && found.glyphs.is_empty());
        unknown += found.unknown;
        known += found.glyphs.len();
        let (width, height) = page.render_dimensions();
        pages.push(lines::of_page(found.glyphs, width, height));
    }
    if unknown > known || known == 0 {
        let pages = pages.len();
        let what = match (images, unknown) {
            (_, 1..) => format!("the fonts of the PDF do not say which letters they show, on {pages} pages"),
            (0, 0) => format!("no text layer: {pages} empty pages"),
            (1, 0) => "no text layer: 1 page of images".to_owned(),
            (images, 0) => format!("no text layer: {images} pages of images"),
        };
        return Err(source.malformed(None, None, what, "recognise its letters (OCR) first"));
    }
    (0..images).for_each(|_| source.note("page of images without a text layer"));
    if unknown * 20 > known {
        source.note("PDF whose fonts do not say which letters they show");
    }
    let made = pages::compose(&pages);
    // Fonts of which only a few glyphs are named give signs without sense.
    let signs = made.text.chars().filter(|c| !c.is_whitespace());
    let (words, all) = signs.fold((0usize, 0usize), |(w, n), c| (w + usize::from(c.is_alphanumeric()), n + 1));
    if words * 2 < all && unknown > 0 {
        let why = format!("the fonts of the PDF do not say which letters they show, on {} pages", pages.len());
        return Err(source.malformed(None, None, why, "recognise its letters (OCR) first"));
    }
    let about = pdf.metadata();
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(string).filter(|text| !text.trim().is_empty());
    let named = text(&about.title).filter(|title| !is_file_name(title));
    Ok(Fields {
        title: named.or(made.title).map(Into::into),
        byline: text(&about.author).map(Into::into),
        date: date::of_file(&made.text, day(&about.modification_date), day(&about.creation_date)).map(Into::into),
        text: Some(made.text.into()),
        layout: made.layout,
        ..Fields::default()
    })
}

/// A string of a PDF: UTF-16 or UTF-8 with its mark, else PDFDocEncoding, which is Latin-1 but for a few signs.
fn string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] | [0xef, 0xbb, 0xbf, ..] => {
            super::decode::decode(bytes.to_vec(), super::decode::undeclared).text
        }
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
        },
    }
}

/// Whether a title is the name of the file that was printed.
fn is_file_name(title: &str) -> bool {
    let small = title.trim().to_ascii_lowercase();
    let ending =
        [".doc", ".docx", ".pdf", ".indd", ".qxd", ".pub", ".ppt", ".pptx", ".xls", ".xlsx", ".txt", ".rtf", ".odt"];
    small.starts_with("microsoft word - ")
        || ending.iter().any(|e| small.ends_with(e))
        || matches!(small.as_str(), "untitled" | "document1" | "(anonymous)")
}

/// The day of a PDF's date.
fn day(date: &Option<DateTime>) -> Option<String> {
    let date = date.as_ref()?;
    let date =
        jiff::civil::Date::new(date.year.try_into().ok()?, date.month.try_into().ok()?, date.day.try_into().ok()?);
    date.ok().map(|date| date.to_string())
}

/// The glyphs of a page in the order in which they are drawn.
fn glyphs<'a>(pdf: &'a Pdf, page: &Page<'a>, cache: &InterpreterCache<'a>) -> Taken {
    let (width, height) = page.render_dimensions();
    // Upright, from the top left corner.
    let transform: Affine = page.initial_transform(true).to_kurbo();
    let frame = Rect::new(0.0, 0.0, width.into(), height.into());
    let mut context = Context::new(transform, frame, cache, pdf.xref(), InterpreterSettings::default());
    let mut taken = Taken::default();
    interpret_page(page, &mut context, &mut taken);
    taken
}

/// What is taken from a page.
#[derive(Default)]
struct Taken {
    glyphs: Vec<Glyph>,
    /// Glyphs that no letter is known for.
    unknown: usize,
    images: usize,
    /// How many marked parts are open, and how many of them are furniture of the page.
    marked: Vec<bool>,
}

impl Device<'_> for Taken {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'_>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_image(&mut self, _: Image<'_, '_>, _: ImageDrawProps<'_>) {
        self.images += 1;
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.marked.push(tag == b"Artifact");
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, '_>, props: DrawProps<'_>, mode: &DrawMode) {
        // Letters that are filled and stroked are drawn twice.
        if matches!(mode, DrawMode::Stroke(_)) && self.glyphs.last().is_some_and(|last| last.filled) {
            return;
        }
        let filled = !matches!(mode, DrawMode::Stroke(_));
        for glyph in run.glyphs() {
            if self.glyphs.len() >= GLYPHS {
                return;
            }
            let letters = match glyph.as_unicode() {
                Some(BfString::Char(letter)) => letter.to_string(),
                Some(BfString::String(letters)) => letters,
                None => {
                    self.unknown += 1;
                    continue;
                }
            };
            let place = props.transform * glyph.transform();
            let advance = match &**glyph {
                hayro_interpret::font::Glyph::Outline(glyph) => glyph.advance_width(),
                hayro_interpret::font::Glyph::Type3(glyph) => glyph.advance_width(),
            };
            let (start, end) = (place * Point::ZERO, place * Point::new(advance.unwrap_or(500.0).into(), 0.0));
            let up = place * Point::new(0.0, 1000.0);
            let size = (up - start).hypot();
            self.glyphs.push(Glyph {
                letters,
                x: start.x as f32,
                y: start.y as f32,
                end: end.x as f32,
                end_y: end.y as f32,
                size: size as f32,
                furniture: self.marked.contains(&true),
                filled,
            });
        }
    }
}
