//! Speakers. Quotations with their sources go in; who speaks, on what ground and how surely comes out.
//!
//! A [`roster::Roster`] joins the names of the document; [`resolve::Resolver`] leads each source (a name, a pronoun, a
//! role, a body, a document) to one of its entities, or to an unnamed speaker, or to none.
//!
//! `“It rained,” said Ada Brandt. “It poured,” she added.` → one speaker, `Ada Brandt`, named and by pronoun.

mod acting;
mod asked;
mod bearers;
mod beside;
mod bodies;
mod bound;
mod choice;
mod described;
mod documents;
mod epithets;
mod generations;
mod groups;
mod implied;
pub mod name;
mod names;
mod pronouns;
pub mod question;
pub mod resolve;
pub mod roster;
mod stretches;
mod ties;
mod titled;
mod turns;
mod who;

pub use resolve::Resolver;

use super::{Quote, Speaker, SpeakerKind};
use crate::room;
use crate::text::{Page, TokenKind};
use resolve::{Unnamed, Who};
use roster::Entity;
use rustc_hash::FxHashMap;

/// The speakers of `quotes` in the order of first quotation, with counts; writes each quotation's position among them.
/// `whose` tells for each quotation who was found.
pub fn list(page: &Page, resolver: Resolver, quotes: &mut [Quote], whose: &[Option<Who>]) -> Vec<Speaker> {
    let mut known = resolver.into_known();
    let mut out: Vec<Speaker> = Vec::new();
    let mut places: FxHashMap<Who, u32> = FxHashMap::default();
    let count = quotes.len();
    for (number, (quote, who)) in quotes.iter_mut().zip(whose).enumerate() {
        let Some(who) = who else { continue };
        let at = *places.entry(*who).or_insert_with(|| {
            room::expect(&mut out, (number, count));
            out.push(speaker(page, &mut known, *who));
            out.len() as u32 - 1
        });
        quote.speaker = Some(at);
        let speaker = &mut out[at as usize];
        speaker.quotes += 1;
        speaker.words += words(page, quote);
        if let Some(source) = quote.source
            && quote.how == super::How::Alias
            && !speaker.aliases.iter().any(|alias| source.overlaps(*alias))
        {
            speaker.aliases.push(source);
        }
    }
    room::trim(&mut out);
    out
}

/// What is known of somebody moves into the record: nobody is listed twice.
fn speaker(page: &Page, (entities, unnamed): &mut (Vec<Entity>, Vec<Unnamed>), who: Who) -> Speaker {
    match who {
        Who::Named(at) => {
            let entity = &mut entities[at as usize];
            // `Scotland Yard`, `Human Rights Watch`: words of the language make no person, but for a first name.
            let words = &page.lexicon.words;
            let named = entity.likely.is_some() || entity.words.iter().all(|word| !words.get(word).is_known());
            let person = entity.kind == SpeakerKind::Unknown && entity.words.len() > 1 && named;
            Speaker {
                name: std::mem::take(&mut entity.name),
                kind: if person { SpeakerKind::Person } else { entity.kind },
                role: entity.role.map(|span| span.of(page.text).to_owned()),
                aliases: std::mem::take(&mut entity.aliases),
                ..Speaker::default()
            }
        }
        Who::Unnamed(at) => {
            let one = &mut unnamed[at as usize];
            let (name, aliases) = (std::mem::take(&mut one.name), std::mem::take(&mut one.aliases));
            Speaker { name, kind: one.kind, aliases, ..Speaker::default() }
        }
    }
}

/// The words of a quotation, counted without a page.
pub fn words_of(document: &crate::document::Document, quote: &Quote) -> u32 {
    let lexicon = &crate::language::of(document.lang.as_deref()).lexicon;
    let mut tokens = Vec::new();
    for span in quote.content.iter().filter(|span| document.text.get(span.range()).is_some()) {
        crate::text::tokens::tokenize(&document.text, *span, lexicon, &mut tokens);
    }
    tokens.iter().filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number)).count() as u32
}

/// How many words and numbers the quoted words have.
fn words(page: &Page, quote: &Quote) -> u32 {
    let count = |span: &crate::span::Span| {
        let tokens = page.token_at(span.start)..page.token_at(span.end);
        tokens.filter(|at| matches!(page.tokens[*at as usize].kind, TokenKind::Word | TokenKind::Number)).count() as u32
    };
    quote.content.iter().map(count).sum()
}
