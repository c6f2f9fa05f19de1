//! Texts and pictures that speak: `the video` under the name of its maker, `the statement` as the body's that issued it.

use super::described::FAR;
use super::resolve::{Resolver, Verdict, Who};
use super::roster::Roster;
use crate::document::RegionKind;
use crate::extract::{Confidence, How, QuoteReason, SpeakerKind};
use crate::language::WordId;
use crate::language::grammar::Class;
use crate::language::inflect::Ending;
use crate::language::lists::List;
use crate::text::tokens::Case;
use crate::text::{Page, TokenKind};
use std::ops::Range;

/// How many paragraphs below a body's words `the statement` is still its own.
const FAR_BELOW: u32 = 12;

impl Resolver<'_> {
    /// A text or picture: under the name that the document gives it anywhere (`the Mic video` for `the video`).
    pub(super) fn document(&mut self, whole: Range<u32>, head: u32, paragraph: u32) -> Verdict {
        let page = self.page;
        let noun = page.tokens[head as usize].word;
        // `the Governor’s decision` says by itself whose it is.
        let owned = whole.clone().any(|at| page.tokens[at as usize].kind == TokenKind::Clitic);
        let definite = !owned && self.page.lexicon.lists.has(List::DocumentDeterminers, self.word_at(whole.start));
        let same = |other: WordId| page.lexicon.people.same_medium(noun, other);
        let span = page.span_of(whole.clone());
        if definite {
            // `the statement`: the body that spoke just before.
            if page.lexicon.people.papers.contains(noun)
                && whole.end == head + 1
                && let Some(last) = self.last.filter(|last| last.paragraph + 3 > paragraph)
                && self.kind(last.who) == SpeakerKind::Organization
            {
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who: Some(last.who), how: How::Role, confidence: Confidence::Medium, reason };
            }
            // `the statement`, far below: the only body that has spoken.
            if page.lexicon.people.papers.contains(noun)
                && whole.end == head + 1
                && let [only] = self.bodies[..]
                && only.paragraph + FAR_BELOW > paragraph
            {
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who: Some(only.who), how: How::Role, confidence: Confidence::Medium, reason };
            }
            if let Some(at) =
                self.unnamed.iter().rev().take(FAR).position(|one| one.kind == SpeakerKind::Document && same(one.noun))
            {
                let at = self.unnamed.len() - 1 - at;
                self.unnamed[at].aliases.push(span);
                let who = Some(Who::Unnamed(at as u32));
                let reason = Some(QuoteReason::RoleHolder);
                return Verdict { who, how: How::Role, confidence: Confidence::Medium, reason };
            }
            let all = self.titled.get_or_init(|| titled(page, &self.roster, self.origin.outlet.as_deref()));
            let split = all.partition_point(|one| one.at < span.start);
            let before = all[..split].iter().rev().take(FAR).find(|one| same(one.noun));
            let titled = before.or_else(|| all[split..].iter().take(FAR).find(|one| same(one.noun)));
            if let Some(name) = titled.map(|one| one.name.clone()) {
                let mut verdict = self.unnamed(whole, head, SpeakerKind::Document);
                if let Some(Who::Unnamed(at)) = verdict.who {
                    self.unnamed[at as usize].name = name;
                }
                verdict.confidence = Confidence::Medium;
                return verdict;
            }
        }
        // `a notice that the Harrow Safety Office pinned up`
        let paragraph = &page.paragraphs[paragraph as usize].tokens;
        let after = head..paragraph.end.max(whole.end);
        let made = if owned { None } else { maker(page, &self.roster, head, after) };
        let name = made.map(|maker| format!("{} {}", self.roster.entities[maker as usize].name, page.token_text(head)));
        let verdict = self.unnamed(whole, head, SpeakerKind::Document);
        if let (Some(Who::Unnamed(at)), Some(name)) = (verdict.who, name) {
            self.unnamed[at as usize].name = name;
        }
        verdict
    }
}

/// A document with the name of its maker.
#[derive(Clone, Debug)]
pub(super) struct Titled {
    /// The noun for it.
    noun: WordId,
    /// Where it stands.
    at: u32,
    /// The maker with the noun.
    name: String,
}

/// Nouns for documents with a name beside them, outside headlines: `the Mic video`, `Mic’s video`, `a video made by the
/// magazine Mic`; in an article of the Lantern also `our video`.
fn titled(page: &Page, roster: &Roster, outlet: Option<&str>) -> Vec<Titled> {
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
fn maker(page: &Page, roster: &Roster, at: u32, paragraph: Range<u32>) -> Option<u32> {
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
