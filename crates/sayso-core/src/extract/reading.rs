//! A document on its way through the stages of extraction. Each stage is a function of a [`Reading`], so that several
//! documents can go through one stage before the next begins: the code and tables of all stages are larger than the
//! processor's caches, and a short document would wait for each of them anew.

use super::pieces::Pieces;
use super::{Claim, claims, figures, quotes, tagger};
use super::{Extraction, Figure, Model, Most, Options, PIECE, Quote, Runner, Speaker, TooDense, assign_quotes, few};
use crate::document::Document;
use crate::language;
use crate::room;
use crate::text::{Page, Piece, paragraphs};
use std::ops::Range;

/// How documents are read.
pub(super) struct Readers {
    /// The least length of the pieces of a long document.
    pub least: u32,
    /// Whether a text that is too dense is refused.
    pub limited: bool,
    /// What finds reported words.
    pub model: Model,
}

impl Readers {
    /// As `options` say, with limits.
    pub(super) fn of(options: &Options) -> Readers {
        Readers { least: PIECE, limited: true, model: options.model }
    }
}

/// A document with what the stages have found of it so far.
struct Reading<'d> {
    document: &'d Document,
    most: Most,
    pieces: Pieces,
    page: Page<'d>,
    /// The quotations of each piece, before it is known who speaks.
    scanned: Vec<Vec<quotes::Found>>,
    quotes: Vec<Quote>,
    speakers: Vec<Speaker>,
    figures: Vec<Figure>,
    claims: Vec<Claim>,
}

/// Takes some documents through all stages, each stage over all of them before the next. What the stages hold stands in memory
/// for all of them at once.
pub(super) fn together(
    documents: &[&Document],
    readers: &Readers,
    runner: &impl Runner,
) -> Vec<Result<Extraction, TooDense>> {
    let mut all: Vec<_> = documents.iter().map(|document| Reading::open(document, readers, runner)).collect();
    let mut stage = |stage: &dyn Fn(&mut Reading) -> Result<(), TooDense>| {
        for one in &mut all {
            if let Ok(reading) = one
                && let Err(dense) = stage(reading)
            {
                *one = Err(dense);
            }
        }
    };
    stage(&|reading| reading.scan_quotes(readers, runner));
    stage(&|reading| {
        reading.find_speakers();
        Ok(())
    });
    stage(&|reading| reading.scan_figures(runner));
    stage(&|reading| {
        reading.place_figures();
        Ok(())
    });
    stage(&|reading| {
        reading.find_claims(readers);
        Ok(())
    });
    all.into_iter().map(|one| one.map(Reading::close)).collect()
}

impl<'d> Reading<'d> {
    /// Reads the page.
    fn open(document: &'d Document, readers: &Readers, runner: &impl Runner) -> Result<Self, TooDense> {
        let language = language::of(document.lang.as_deref());
        let (text, size) = (&document.text, document.text.len());
        let most = if readers.limited { Most::of(size) } else { Most::ANY };
        let spans = paragraphs::split(text);
        few(spans.len(), most.lines, "lines", size)?;
        let pieces = Pieces::of(&spans, readers.least);
        let mut all = Piece::default();
        let read = |piece: Range<usize>| Piece::read(text, &spans[piece], &language.lexicon);
        pieces.each(runner, read, |piece, share| {
            most.allows(&all, &piece, size)?;
            all.append(piece, share);
            Ok(())
        })?;
        drop(spans);
        let page = Page::assemble(document, language, all);
        Ok(Reading {
            document,
            most,
            pieces,
            page,
            scanned: Vec::new(),
            quotes: Vec::new(),
            speakers: Vec::new(),
            figures: Vec::new(),
            claims: Vec::new(),
        })
    }

    /// Finds reported words.
    fn scan_quotes(&mut self, readers: &Readers, runner: &impl Runner) -> Result<(), TooDense> {
        let (page, most) = (&self.page, self.most.quotes);
        let tagger = if readers.model == Model::Tagger { tagger::of(page.language) } else { None };
        let (mut found, mut count) = (Vec::new(), 0);
        let scan = |piece| {
            let mut found = Vec::new();
            let mut ready = tagger.map(tagger::Tagger::ready);
            let second = ready.as_mut().map(|ready| ready as &mut dyn quotes::Revise);
            quotes::scan(page, piece, most, second, &mut found);
            found
        };
        self.pieces.each(runner, scan, |mut piece, _| {
            count += piece.len();
            room::trim(&mut piece);
            found.push(piece);
            few(count, most, "quotations", page.text.len())
        })?;
        self.scanned = found;
        Ok(())
    }

    /// Gives the quotations to their speakers.
    fn find_speakers(&mut self) {
        let found = std::mem::take(&mut self.scanned).into_iter().flatten();
        (self.quotes, self.speakers) = quotes::resolve(&self.page, self.document, found);
    }

    /// Finds figures, and which of them stand in quotations.
    fn scan_figures(&mut self, runner: &impl Runner) -> Result<(), TooDense> {
        let (page, most) = (&self.page, self.most.figures);
        let mut figures = Vec::new();
        let scan = |piece| {
            let mut found = Vec::new();
            figures::scan(page, page.tokens_of(&piece), most, &mut found);
            found
        };
        self.pieces.each(runner, scan, |found, share| {
            few(figures.len() + found.len(), most, "figures", page.text.len())?;
            room::append(&mut figures, found, share, most);
            Ok(())
        })?;
        room::trim(&mut figures);
        assign_quotes(&mut figures, &self.quotes);
        self.figures = figures;
        Ok(())
    }

    /// Tells the days of dates, and what shares are shares of.
    fn place_figures(&mut self) {
        figures::resolve(&self.page, self.document, &self.quotes, &mut self.figures);
    }

    /// Finds claims.
    fn find_claims(&mut self, readers: &Readers) {
        let reader = if readers.model == Model::Tagger { claims::reader::of(self.page.language) } else { None };
        let Reading { page, document, figures, quotes, speakers, .. } = self;
        self.claims = claims::find(page, document, figures, quotes, speakers, reader);
        room::trim(&mut self.claims);
    }

    /// All that was found.
    fn close(self) -> Extraction {
        let Reading { page, quotes, speakers, figures, claims, .. } = self;
        Extraction { regions: page.regions, quotes, speakers, figures, claims, reviews: Vec::new() }
    }
}
