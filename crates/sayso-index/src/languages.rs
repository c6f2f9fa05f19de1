//! The forms of a query's words in the languages of an index. English words are inflected by rule ([`super::inflect`]); for
//! another language the words of the index that have the same Snowball stem are taken, so that what is not English costs a
//! look into the dictionary, and nothing at indexing. What the documents are written in is what they say themselves.

use super::error::{IndexError, guard};
use super::query::{Tree, parse};
use super::{Index, inflect};
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::Searcher;

/// The languages with a stemmer, by their ISO 639-1 codes.
const STEMMERS: [(&str, Algorithm); 18] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("nl", Algorithm::Dutch),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("nb", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("es", Algorithm::Spanish),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// The language of documents that name none, and of an index that does not say.
pub(super) const ENGLISH: &str = "en";

/// A word with more forms than this is sought in the first of them.
const MOST: usize = 100;

/// The language of a BCP 47 tag: `de-AT` is `de`.
pub(super) fn language(tag: Option<&str>) -> String {
    let first = tag.unwrap_or(ENGLISH).split(['-', '_']).next().unwrap_or(ENGLISH);
    first.trim().to_ascii_lowercase()
}

impl Index {
    /// Reads a query, its words widened to their forms in the languages of the index.
    pub(super) fn tree(&self, searcher: &Searcher, query: &str) -> Result<Tree, IndexError> {
        let languages = self.sum().map(|sum| sum.languages).unwrap_or_default();
        let english = languages.is_empty() || languages.iter().any(|language| language == ENGLISH);
        let stemmers = STEMMERS.iter().filter(|(code, _)| languages.iter().any(|language| language == code));
        let stemmers: Vec<Stemmer> = stemmers.map(|(_, algorithm)| Stemmer::create(*algorithm)).collect();
        parse(query, &|word| {
            let mut forms = if english { inflect::forms(word) } else { vec![word.to_owned()] };
            for stemmer in &stemmers {
                for form in guard(&self.dir, || self.of_stem(searcher, stemmer, word))? {
                    if forms.len() < MOST && !forms.contains(&form) {
                        forms.push(form);
                    }
                }
            }
            Ok(forms)
        })
    }

    /// The words of texts and titles that have the stem of a word.
    fn of_stem(&self, searcher: &Searcher, stemmer: &Stemmer, word: &str) -> Result<Vec<String>, IndexError> {
        let stem = stemmer.stem(word);
        let shared = stem.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        // A stem may end otherwise than its words do, but rarely in more than its last letter.
        let shared = stem[..stem.floor_char_boundary(shared)].char_indices().next_back().map_or(0, |(last, _)| last);
        let start = &stem.as_bytes()[..shared];
        if start.len() < 2 {
            return Ok(Vec::new());
        }
        let mut found = Vec::new();
        let mut look = || -> tantivy::Result<()> {
            for segment in searcher.segment_readers() {
                for field in [self.fields.body, self.fields.title] {
                    let words = segment.inverted_index(field)?;
                    let mut stream = words.terms().range().ge(start).into_stream()?;
                    while stream.advance() && stream.key().starts_with(start) {
                        let same = |word: &&str| stemmer.stem(word) == stem;
                        found.extend(std::str::from_utf8(stream.key()).ok().filter(same).map(str::to_owned));
                    }
                }
            }
            Ok(())
        };
        look().map_err(|error| IndexError::reading(&self.dir, error))?;
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}
