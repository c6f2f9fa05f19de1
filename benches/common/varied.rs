//! As many statements as are asked for: those of `SAYSO_SPEED` (see [`super::files`]), varied and repeated until there are
//! enough. Each copy has its sentences in another order and one word in eight changed for another of the same text. Where
//! there are fewer than 200, made-up sentences take their place.

use sayso::text::Page;
use sayso::{Document, Kind};

/// The sentences of each text to vary.
pub(crate) fn texts() -> Vec<Vec<String>> {
    let statements = super::read().into_iter().filter(|d| d.kind == Kind::Statement);
    let mut texts: Vec<Vec<String>> = statements.map(sentences).collect();
    texts.retain(|sentences| sentences.len() > 2);
    if texts.len() < 200 {
        texts = (0..2000).map(made).collect();
    }
    texts
}

fn sentences(document: Document) -> Vec<String> {
    let page = Page::new(&document);
    page.sentences.iter().map(|s| s.span.of(&document.text).to_owned()).collect()
}

/// The `n`th statement: a text as it is, or a variation of it from the second time round on.
pub(crate) fn statement(texts: &[Vec<String>], n: usize) -> Document {
    let mut document = Document::new(format!("s{n}"), varied(texts, n).join(" "));
    document.kind = Kind::Statement;
    document
}

/// Its sentences.
pub(crate) fn varied(texts: &[Vec<String>], n: usize) -> Vec<String> {
    let sentences = &texts[n % texts.len()];
    if n < texts.len() {
        return sentences.clone();
    }
    let mut chance = Chance(n as u64 + 1);
    let words: Vec<&str> = sentences.iter().flat_map(|s| s.split(' ')).collect();
    let mut out: Vec<String> = sentences
        .iter()
        .map(|sentence| {
            let vary = |word| if chance.below(8) == 0 { words[chance.below(words.len())] } else { word };
            sentence.split(' ').map(vary).collect::<Vec<_>>().join(" ")
        })
        .collect();
    for i in (1..out.len()).rev() {
        out.swap(i, chance.below(i + 1));
    }
    out
}

/// Thirty sentences of made-up words, common ones often (Zipf), rare ones seldom.
fn made(n: usize) -> Vec<String> {
    const SYLLABLES: [&str; 16] =
        ["ba", "de", "fo", "gi", "hu", "ka", "le", "mo", "ni", "pu", "ra", "se", "to", "vi", "wo", "zu"];
    let mut chance = Chance(n as u64 + 77);
    let mut word = || {
        // The reciprocal of an even chance is Zipf's distribution.
        let mut rank = (20_000 / (1 + chance.below(20_000))) * 7 + chance.below(7);
        let mut word = String::new();
        loop {
            word.push_str(SYLLABLES[rank % 16]);
            rank /= 16;
            if rank == 0 {
                return word;
            }
        }
    };
    (0..30).map(|_| format!("{}.", (0..20).map(|_| word()).collect::<Vec<_>>().join(" "))).collect()
}

/// Numbers that look like chance and are always the same (Marsaglia's xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }
}
