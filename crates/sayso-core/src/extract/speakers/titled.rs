//! Documents that the text names by their maker: `the Mic video`, `a video made by the magazine Mic`.

use super::roster::Roster;
use crate::document::RegionKind;
use crate::extract::SpeakerKind;
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// A document with the name of its maker.
#[derive(Clone, Debug)]
pub(super) struct Titled {
    /// The noun for it.
    pub noun: WordId,
    /// Where it stands.
    pub at: u32,
    /// The maker with the noun.
    pub name: String,
}

/// Nouns for documents with a name beside them, outside headlines: `the Mic video`, `Mic’s video`, `a video made by the
/// magazine Mic`; in an article of the Lantern also `our video`.
pub(super) fn titled(page: &Page, roster: &Roster, outlet: Option<&str>) -> Vec<Titled> {
    use RegionKind::{Body, Caption, Subhead};
    let mut out = Vec::new();
    for paragraph in page.paragraphs.iter().filter(|paragraph| matches!(paragraph.region, Body | Caption | Subhead)) {
        for at in paragraph.tokens.start + 1..paragraph.tokens.end {
            let token = page.tokens[at as usize];
            if token.case != Case::Lower || !page.lexicon.grammar.class(token.word).has(Class::DOCUMENT) {
                continue;
            }
            let mut first = at;
            while first > paragraph.tokens.start && at - first < 5 {
                let before = page.tokens[first as usize - 1];
                let closed = page
                    .lexicon
                    .grammar
                    .class(before.word)
                    .has(Class::DETERMINER.with(Class::PREPOSITION).with(Class::POSSESSIVE));
                if !before.is_capital() || closed || before.kind != TokenKind::Word {
                    break;
                }
                first -= 1;
            }
            let noun = token.word;
            // `the Lorrish law`, `Quay News`: nobody made it, and `the document` is another.
            if page.lexicon.lists.has(List::Laws, page.token_text(at))
                || page.lexicon.people.outlets.contains(token.word)
            {
                continue;
            }
            if first < at {
                out.push(Titled { noun, at: token.start, name: page.span_of(first..at + 1).of(page.text).to_owned() });
            } else if let Some(outlet) = outlet.filter(|_| page.token_text(at - 1).eq_ignore_ascii_case("our")) {
                out.push(Titled { noun, at: token.start, name: format!("{outlet} {}", page.token_text(at)) });
            } else if let Some(maker) = maker(page, roster, at, paragraph.tokens.clone()) {
                let name = format!("{} {}", roster.entities[maker as usize].name, page.token_text(at));
                out.push(Titled { noun, at: token.start, name });
            }
        }
    }
    out
}

/// The body whose document the noun at `at` names: its owner right before, or who made or sent it right after (`made by the
/// Lantern`, `that the Lantern sent`).
pub(super) fn maker(page: &Page, roster: &Roster, at: u32, paragraph: Range<u32>) -> Option<u32> {
    const MOST: u32 = 5;
    let token = |at: u32| page.tokens[at as usize];
    let is_body = |at: &u32| roster.entities[*at as usize].kind == SpeakerKind::Organization;
    if at >= paragraph.start + 2 && token(at - 1).kind == TokenKind::Clitic {
        let owner = roster.before(token(at).start).next().filter(|one| one.span.end == token(at - 1).start)?;
        return Some(owner.entity).filter(is_body);
    }
    let text = |at: u32| if at < paragraph.end { page.token_text(at) } else { "" };
    let verb = at + 1 + u32::from(page.lexicon.lists.has(List::WasMade, text(at + 1)));
    let made =
        page.lexicon.forms.ends(text(verb), Ending::Past) || page.lexicon.lists.has(List::MadeParticiples, text(verb));
    let by = if made { verb + 1 } else { at + 1 };
    if !(text(by) == "by" || !made && page.lexicon.lists.has(List::DocumentSources, text(by))) {
        return None;
    }
    let limit = (by + 1 + MOST).min(paragraph.end);
    let first = (by + 1..limit).find(|at| token(*at).is_capital())?;
    let plain = (by + 1..first).all(|at| token(at).kind == TokenKind::Word);
    let named = roster.after(token(first).start).next().filter(|one| plain && one.span.start == token(first).start)?;
    Some(named.entity).filter(is_body)
}
