//! The columns of the index. One tantivy document holds one sayso document. Text columns share the tokenizer of
//! [`sayso_core::text::folding`].
//!
//! | column | holds | searched by |
//! |---|---|---|
//! | `kind` | the name of the kind | `kind:`, `--kind` |
//! | `title` | words with positions | `title:`, plain words |
//! | `publisher` | words with positions; the whole name, as a fast column | `publisher:`, sorting and counting |
//! | `body` | words of the text with positions; the text itself, stored | plain words |
//! | `quoted` | the words between quote marks with their frequencies, without positions and without small words ([`super::tokenizers::is_small`]) | `--in quotes`, `--in narration` |
//! | `zones` | text between quote marks and its speakers, headline, claims, as word numbers ([`super::zones`]) | `--in`, `--speaker`, `--claims` |
//! | `speakers` | names and mentions of quoted speakers and of the issuer, at positions that identify each | `speaker:`, `--speaker` |
//! | `figures` | counted noun, unit and value, at the figure's word number ([`super::figures`]) | `--figure` |
//! | `said` | the names of quoted speakers, as a fast column | counting by speaker |
//! | `key` | hash of the id, because ids are long and their dictionary would be as large as that of all words | `get`, `id:`, upsert |
//! | `hash`, `extractor` | hash of the content, hash of the version that extracted | unchanged documents |
//! | `seq`, `day` | order of first insertion, days since 1970 | order, dates |
//! | `meta`, `found` | the document without its text, and the extraction: postcard, stored and not indexed | |

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::RAW_TOKENIZER_NAME;

/// The name under which the tokenizer of text columns is registered.
pub(crate) const TOKENIZER: &str = "sayso";
/// The tokenizer of the column `quoted`.
pub(crate) const TELLING: &str = "telling";
/// The tokenizers of the columns `speakers` and `figures`, whose values contain positions.
pub(crate) const NAMES: &str = "names";
pub(crate) const PLACED: &str = "placed";

/// The columns, by name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fields {
    pub kind: Field,
    pub title: Field,
    pub publisher: Field,
    pub body: Field,
    pub quoted: Field,
    pub zones: Field,
    pub speakers: Field,
    pub figures: Field,
    pub said: Field,
    pub key: Field,
    pub hash: Field,
    pub seq: Field,
    pub extractor: Field,
    pub day: Field,
    pub meta: Field,
    pub found: Field,
}

/// The schema of format [`super::manifest::FORMAT`] and its columns.
pub(crate) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let raw = text(RAW_TOKENIZER_NAME, IndexRecordOption::Basic, Norms::No);
    let counted = text(TOKENIZER, IndexRecordOption::WithFreqsAndPositions, Norms::Yes);
    let placed = |tokenizer| text(tokenizer, IndexRecordOption::WithFreqsAndPositions, Norms::No);
    let fields = Fields {
        kind: builder.add_text_field("kind", raw),
        title: builder.add_text_field("title", counted.clone()),
        publisher: builder.add_text_field("publisher", placed(TOKENIZER).set_fast(RAW_TOKENIZER_NAME)),
        body: builder.add_text_field("body", counted | STORED),
        quoted: builder.add_text_field("quoted", text(TELLING, IndexRecordOption::WithFreqs, Norms::No)),
        zones: builder.add_u64_field("zones", FAST),
        speakers: builder.add_text_field("speakers", placed(NAMES)),
        figures: builder.add_text_field("figures", placed(PLACED)),
        said: builder.add_text_field("said", TextOptions::default().set_fast(RAW_TOKENIZER_NAME)),
        key: builder.add_u64_field("key", INDEXED | FAST),
        hash: builder.add_u64_field("hash", FAST),
        seq: builder.add_u64_field("seq", FAST),
        extractor: builder.add_u64_field("extractor", FAST),
        day: builder.add_i64_field("day", FAST),
        meta: builder.add_bytes_field("meta", STORED),
        found: builder.add_bytes_field("found", STORED),
    };
    (builder.build(), fields)
}

/// Whether ranking takes the length of a value into account.
enum Norms {
    Yes,
    No,
}

fn text(tokenizer: &str, record: IndexRecordOption, norms: Norms) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(tokenizer)
        .set_index_option(record)
        .set_fieldnorms(matches!(norms, Norms::Yes));
    TextOptions::default().set_indexing_options(indexing)
}
