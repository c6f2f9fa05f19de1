//! The forms of a query's words in the languages of an index. English words are inflected by rule ([`inflect`]).
//! For another language, the forms are the words of the index that have the same Snowball stem, so other languages cost
//! a dictionary lookup per search and nothing at indexing. Each document states its own language.

use super::error::{IndexError, guard};
use super::query::{Tree, parse};
use super::{Index, inflect};
use rust_stemmers::{Algorithm, Stemmer};
use tantivy::Searcher;

/// The languages that have a stemmer, by ISO 639-1 code.
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

/// The language of documents, and of an index, that state none.
pub(super) const ENGLISH: &str = "en";

/// The maximum number of forms to search for. Further forms of the word are ignored.
const MOST: usize = 100;

/// The language of a BCP 47 tag: `de` for `de-AT`.
pub(super) fn language(tag: Option<&str>) -> String {
    let first = tag.unwrap_or(ENGLISH).split(['-', '_']).next().unwrap_or(ENGLISH);
    first.trim().to_ascii_lowercase()
}

impl Index {
    /// Parses a query and widens its words to their forms in the languages of the index.
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

    /// The words in texts and titles that have the same stem as `word`.
    fn of_stem(&self, searcher: &Searcher, stemmer: &Stemmer, word: &str) -> Result<Vec<String>, IndexError> {
        let stem = stemmer.stem(word);
        let shared = stem.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        // A stem may differ from its words at the end, but rarely in more than its last letter.
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
