//! Tracing as a whole, on hand-made extractions: what each edit is called, and what holds for any edit of any sentence.

use super::fold::words;
use super::*;
use crate::extract::*;
use crate::words::key;
use proptest::prelude::*;
use std::sync::Arc;

/// A page that is one quotation, marks included.
fn page(quoted: &str) -> (Document, Extraction) {
    pages(&[quoted])
}

/// A page of several quotations, one a paragraph.
fn pages(quoted: &[&str]) -> (Document, Extraction) {
    let mut text = String::new();
    let mut extraction = Extraction::default();
    for q in quoted {
        let start = text.len();
        text.push_str(&format!("“{q}”"));
        extraction.quotes.push(direct(Span::at(start, text.len())));
        text.push_str(" said Mira Holt.\n\n");
    }
    (Document::new("article", text), extraction)
}

fn direct(span: Span) -> Quote {
    Quote { confidence: Confidence::High, how: How::Named, ..Quote::new(QuoteKind::Direct, vec![span]) }
}

fn sources(texts: &[&str]) -> Sources {
    let mut sources = Sources::new();
    for (i, text) in texts.iter().enumerate() {
        sources.add(Arc::new(Document::new(format!("s{i}"), *text)), Arc::default());
    }
    sources
}

/// The trace of a quotation of Mira Holt to a statement that she issued the day before.
fn one(quoted: &str, statement: &str) -> Trace {
    let (mut document, mut extraction) = page(quoted);
    document.date = Some("2025-05-02".into());
    extraction.speakers.push(holt());
    extraction.quotes[0].speaker = Some(0);
    let mut sources = Sources::new();
    for (i, text) in ["A bell rang twice over the empty square.", statement].into_iter().enumerate() {
        let mut statement = Document::new(format!("s{i}"), text);
        statement.date = Some("2025-05-01".into());
        statement.speaker = Some("Mira Holt".into());
        sources.add(Arc::new(statement), Arc::default());
    }
    let mut traces = trace(&document, &extraction, &sources).unwrap();
    assert_eq!(traces.len(), 1);
    traces.remove(0)
}

fn holt() -> Speaker {
    Speaker { name: "Mira Holt".into(), kind: SpeakerKind::Person, quotes: 1, words: 3, ..Speaker::default() }
}

const HARBOUR: &str = "The harbour board will not close the ferry line before winter. Some 42 boats were inspected in May, \
    and three of them failed. Nobody was hurt, and the crews have been paid in full. The board’s chair thanked the \
    divers who worked through the night. A new pier will be built at Stonequay next year.";

#[test]
fn each_edit_has_its_name() {
    use ChangeKind::*;
    use Fidelity::*;
    let none: &[ChangeKind] = &[];
    for (quoted, relation, changes) in [
        ("The harbour board will not close the ferry line before winter", Verbatim, none),
        // Cut at both ends, the first letter's case free.
        ("Board will not close the ferry line", Verbatim, none),
        ("will not close the ferry line before winter. Some 42 boats were inspected", Verbatim, none),
        ("The harbour board won’t close the ferry line", Verbatim, &[Glyph]),
        ("3 of them failed. Nobody was hurt, and the crews", Verbatim, &[Glyph]),
        ("The harbour board … the ferry line before winter", Elided, &[Negation]),
        ("The harbour board ... the ferry line before winter", Elided, &[Negation]),
        ("The harbour board . . . the ferry line before winter", Elided, &[Negation]),
        ("The harbour board […] the ferry line before winter", Elided, &[Negation]),
        ("Some 42 boats were inspected … the crews have been paid", Elided, none),
        ("[It] will not close the ferry line before winter", Bracketed, none),
        ("The harbour board will not close the [old] ferry line before winter", Bracketed, none),
        ("[t]he harbour board will not close the ferry line", Bracketed, none),
        ("Some 42 boats were inspected … and [the board] have been paid in full", Bracketed, none),
        (
            "Some 42 boats were inspected in May, and three of them failed. A new pier will be built at Stonequay",
            Spliced,
            none,
        ),
        ("A new pier will be built at Stonequay next year. Some 42 boats were inspected in May", Spliced, none),
        ("The harbour board will close the ferry line before winter", Altered, &[Negation, Dropped]),
        ("Some 42 boats were not inspected in May, and three of them failed", Altered, &[Negation, Added]),
        ("Some 24 boats were inspected in May", Altered, &[Figure]),
        ("Some 42 ships were inspected in May", Altered, &[Word]),
        ("Some 42 boats were carefully inspected in May", Altered, &[Added]),
        ("Nobody was hurt, and the crews have been paid", Verbatim, none),
        ("The chair thanked the divers who through the night", Altered, &[Dropped]),
        // At an end: a word for another, not a quotation cut short and a word put in.
        ("Some 42 boats were inspected in June", Altered, &[Word]),
        ("Town crews have been paid in full", Altered, &[Word]),
        ("A new pier will be built at Stonequay next spring", Altered, &[Word]),
        ("A new pier will be built at Stonequay next year, says he", Altered, &[Added]),
        // A clause between marks is spliced out, a few words are dropped.
        ("Some 42 boats were inspected in May. Nobody was hurt", Spliced, none),
        ("Nobody was hurt, and crews have been paid in full", Altered, &[Dropped]),
        ("Some 42 boats were inspected in May, and 5 of them failed", Altered, &[Figure]),
        ("The harbor board will not close the ferry line", Verbatim, &[Glyph]),
    ] {
        let got = one(quoted, HARBOUR);
        assert_eq!((got.relation, got.changes.as_slice()), (relation, changes), "{quoted}");
        assert_eq!(got.statement.as_deref(), Some("s1"), "{quoted}");
    }
}

#[test]
fn changes_are_told_in_detail() {
    use Reason::*;
    const SOURCE: &str = "Perhaps 1.5 million letters will arrive, the colour office believes. It is unsafe to wait for the \
        second boat, and crews do not inspect the hull.";
    for (quoted, relation, changes, because) in [
        (
            "1,500,000 letters will arrive, the colour office believes",
            Fidelity::Verbatim,
            vec![ChangeKind::Glyph],
            NumberForm,
        ),
        (
            "1.5 million letters will arrive, the color office believes",
            Fidelity::Verbatim,
            vec![ChangeKind::Glyph],
            Spelling,
        ),
        ("crews don’t inspect the hull", Fidelity::Verbatim, vec![ChangeKind::Glyph], Contraction),
        ("and crews do not inspected the hull", Fidelity::Altered, vec![ChangeKind::Word], Inflection),
        ("It is safe to wait for the second boat", Fidelity::Altered, vec![ChangeKind::Negation], LongMatch),
        ("1.5 billion letters will arrive, the colour office", Fidelity::Altered, vec![ChangeKind::Figure], LongMatch),
        ("letters will arrive, the colour office thinks", Fidelity::Altered, vec![ChangeKind::Word], LongMatch),
        ("It is perhaps unsafe to wait for the second boat", Fidelity::Altered, vec![ChangeKind::Added], HedgeAdded),
    ] {
        let got = one(quoted, SOURCE);
        assert_eq!((got.relation, &got.changes), (relation, &changes), "{quoted}");
        assert!(got.because.contains(&because) && got.because.contains(&LongMatch), "{quoted}: {:?}", got.because);
    }
}

/// A page of one quotation by Mira Holt, and a statement of hers, each with its date.
fn dated(quoted: &str, page_day: &str, issuer: &str) -> Trace {
    let (mut document, mut extraction) = page(quoted);
    document.date = Some(page_day.into());
    extraction.speakers.push(holt());
    extraction.quotes[0].speaker = Some(0);
    let mut statement = Document::new("s0", HARBOUR);
    statement.date = Some("2025-05-01".into());
    statement.speaker = Some(issuer.into());
    let mut sources = sources(&[]);
    sources.add(Arc::new(statement), Arc::default());
    trace(&document, &extraction, &sources).unwrap().remove(0)
}

#[test]
fn short_quotations_need_the_speaker_and_the_date() {
    for (quoted, day, issuer, statement, because) in [
        ("paid in full", "2025-05-03", "Mira Holt", Some("s0"), Reason::SameSpeakerAndDate),
        ("paid in full", "2025-05-03", "Mayor Holt", Some("s0"), Reason::SameSpeakerAndDate),
        ("paid in full", "2025-06-03", "Mira Holt", None, Reason::TooShort),
        ("paid in full", "2025-05-03", "Tomas Weir", None, Reason::TooShort),
        ("paid in coin", "2025-05-03", "Mira Holt", None, Reason::TooShort),
    ] {
        let got = dated(quoted, day, issuer);
        assert_eq!((got.statement.as_deref(), got.because[0]), (statement, because), "{quoted} {day} {issuer}");
    }
}

#[test]
fn changed_words_of_another_person_are_not_claimed() {
    let changed = "The harbour board will not close that ferry line";
    assert_eq!(dated(changed, "2025-05-03", "Mira Holt").relation, Fidelity::Altered);
    let got = dated(changed, "2025-05-03", "Tomas Weir");
    assert_eq!((got.relation, got.because), (Fidelity::NotFound, vec![Reason::AnotherMouth]));
    // The same words are hers, whoever said them first.
    let got = dated("The harbour board will not close the ferry line before winter", "2025-05-03", "Tomas Weir");
    assert_eq!((got.relation, got.attribution_drift), (Fidelity::Verbatim, Some(true)));
}

#[test]
fn words_within_somebody_s_words_are_the_inner_speaker_s() {
    let text = "RURIK: She said, “Nobody was hurt, and the crews have been paid in full,” and then she left.";
    let (at, end) = (text.find('“').unwrap(), text.find("” and").unwrap() + "”".len());
    let speaker = |name: &str| Speaker {
        name: name.to_owned(),
        kind: SpeakerKind::Person,
        role: None,
        aliases: Vec::new(),
        quotes: 1,
        words: 1,
        wikidata: None,
    };
    let extraction = Extraction {
        quotes: vec![
            Quote { speaker: Some(0), ..direct(Span::at("RURIK: ".len(), text.len())) },
            Quote { speaker: Some(1), ..direct(Span::at(at, end)) },
        ],
        speakers: vec![speaker("Jon Rurik"), speaker("Mira Holt")],
        ..Extraction::default()
    };
    let traces = trace(&Document::new("interview", text), &extraction, &sources(&[HARBOUR])).unwrap();
    let given: Vec<_> = traces.iter().map(|t| (t.quote_index, t.attributed_to.as_deref())).collect();
    assert_eq!(given, [(Some(1), Some("Mira Holt"))]);
}

#[test]
fn what_is_omitted_is_shown() {
    let got = one("The harbour board … the ferry line before winter", HARBOUR);
    assert_eq!(got.omitted.iter().map(|s| s.of(HARBOUR)).collect::<Vec<_>>(), ["will not close"]);
    assert_eq!(
        got.source.iter().map(|s| s.of(HARBOUR)).collect::<Vec<_>>(),
        ["The harbour board", "the ferry line before winter"]
    );
}

#[test]
fn what_is_in_no_statement_is_not_found() {
    for quoted in [
        "We have never seen a tide like this one in all our years",
        // Common words alone.
        "and the crews of the",
        "next year",
    ] {
        let got = one(quoted, HARBOUR);
        assert_eq!((got.relation, got.statement), (Fidelity::NotFound, None), "{quoted}");
    }
}

#[test]
fn no_sources_give_no_records() {
    let (document, extraction) = page("The harbour board will not close the ferry line");
    assert!(trace(&document, &extraction, &Sources::new()).unwrap().is_empty());
}

#[test]
fn short_quotations_need_a_longer_one_beside_them() {
    let (document, extraction) =
        pages(&["paid in full", "The harbour board will not close the ferry line before winter"]);
    let got = trace(&document, &extraction, &sources(&[HARBOUR])).unwrap();
    assert_eq!(got[0].statement.as_deref(), Some("s0"));
    let (document, extraction) = page("paid in full");
    assert_eq!(trace(&document, &extraction, &sources(&[HARBOUR])).unwrap()[0].statement, None);
}

#[test]
fn the_statement_that_the_page_names_is_the_only_one() {
    let (mut document, extraction) = page("Some 42 boats were inspected in May");
    let sources = sources(&["Nothing of it here.", HARBOUR]);
    document.about = vec!["s0".into()];
    assert_eq!(trace(&document, &extraction, &sources).unwrap()[0].statement, None);
    document.about = vec!["s1".into()];
    assert_eq!(trace(&document, &extraction, &sources).unwrap()[0].statement.as_deref(), Some("s1"));
}

#[test]
fn a_document_is_no_source_of_itself() {
    let (document, extraction) = page("Some 42 boats were inspected in May");
    let mut sources = sources(&["A bell rang."]);
    sources.add(Arc::new(document.clone()), Arc::new(extraction.clone()));
    assert_eq!(trace(&document, &extraction, &sources).unwrap()[0].statement, None);
}

#[test]
fn a_page_sticks_to_its_statement_where_two_say_the_same() {
    let other = "Welcome to the yearly fair. The board’s chair thanked the divers who worked through the night.";
    let (document, extraction) = pages(&[
        "The board’s chair thanked the divers who worked through the night",
        "A new pier will be built at Stonequay next year",
    ]);
    let got = trace(&document, &extraction, &sources(&[other, HARBOUR])).unwrap();
    assert!(got.iter().all(|t| t.statement.as_deref() == Some("s1")));
}

/// What the script makes of the source must be the quotation; what it covers of either side must not overlap.
fn holds(document: &Document, statement: &str, t: &Trace) -> Result<(), TestCaseError> {
    let text = &document.text;
    let keys = |text: &str, span: Span| words(text, span).iter().map(|w| w.key).collect::<Vec<_>>();
    let mut made = Vec::new();
    let mut quoted = Vec::new();
    let mut at = t.quote.start;
    let mut taken: Vec<Span> = Vec::new();
    for op in &t.ops {
        prop_assert!(op.quote.start >= at && op.quote.end <= t.quote.end, "quote side out of order");
        at = op.quote.end;
        match op.kind {
            OpKind::Equal => made.extend(keys(statement, op.source)),
            OpKind::Replace | OpKind::Insert => made.extend(keys(text, op.quote)),
            OpKind::Delete => prop_assert!(op.quote.is_empty()),
        }
        quoted.extend(keys(text, op.quote));
        prop_assert!(op.source.range().end <= statement.len());
        if matches!(op.kind, OpKind::Equal | OpKind::Replace) {
            prop_assert!(taken.iter().all(|s| !s.overlaps(op.source)), "source side overlaps");
            taken.push(op.source);
        }
    }
    prop_assert_eq!(&made, &quoted);
    if t.statement.is_some() {
        prop_assert_eq!(made, keys(text, t.quote));
    }
    Ok(())
}

/// A statement of three sentences of made-up words, each word once.
fn statement() -> impl Strategy<Value = Vec<Vec<String>>> {
    let word = "[bdfgklmprstvz][aeiou][bdfgklmprstvz][aeiou][bdfgklmprstvz]";
    proptest::collection::hash_set(word, 36..60).prop_map(|set| {
        let mut all: Vec<String> = set.into_iter().collect();
        all.sort();
        all.sort_by_key(|w| key(w));
        all.chunks(all.len() / 3).take(3).map(<[String]>::to_vec).collect()
    })
}

#[derive(Clone, Copy, Debug)]
enum Edit {
    Cut,
    Word,
    Figure,
    Drop,
    Add,
    Deny,
    Elide,
    Insert,
    Bracket,
    Splice,
    Reorder,
    LastWord,
    Spell,
    Contract,
    Numeral,
    Scale,
    LoseHedge,
    Affirm,
}

fn edits() -> impl Strategy<Value = Edit> {
    use Edit::*;
    prop_oneof![
        Just(Cut),
        Just(Word),
        Just(Figure),
        Just(Drop),
        Just(Add),
        Just(Deny),
        Just(Elide),
        Just(Insert),
        Just(Bracket),
        Just(Splice),
        Just(Reorder),
        Just(LastWord),
        Just(Spell),
        Just(Contract),
        Just(Numeral),
        Just(Scale),
        Just(LoseHedge),
        Just(Affirm)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_edit_of_any_sentence_is_found_again(mut sentences in statement(), edit in edits(), place in 4usize..8) {
        sentences[0][place] = match edit {
            Edit::Spell => "colourful",
            Edit::Contract => "cannot",
            Edit::Numeral => "seventeen",
            Edit::Scale => "2.5 million",
            Edit::LoseHedge => "probably",
            Edit::Affirm => "never",
            _ => "318",
        }
        .into();
        let text = |s: &[Vec<String>]| s.iter().map(|s| format!("{}. ", s.join(" "))).collect::<String>();
        let source = text(&sentences);
        let mut quoted = sentences[0].clone();
        let (relation, change) = match edit {
            Edit::Cut => { quoted.drain(..2); quoted.pop(); (Fidelity::Verbatim, None) }
            Edit::Word => { quoted[place - 1] = "qwuxo".into(); (Fidelity::Altered, Some(ChangeKind::Word)) }
            Edit::Figure => { quoted[place] = "813".into(); (Fidelity::Altered, Some(ChangeKind::Figure)) }
            Edit::Drop => { quoted.remove(place - 1); (Fidelity::Altered, Some(ChangeKind::Dropped)) }
            Edit::Add => { quoted.insert(place, "qwuxo".into()); (Fidelity::Altered, Some(ChangeKind::Added)) }
            Edit::Deny => { quoted.insert(place, "not".into()); (Fidelity::Altered, Some(ChangeKind::Negation)) }
            Edit::Elide => { quoted.splice(place - 1..place + 2, ["…".to_owned()]); (Fidelity::Elided, None) }
            Edit::Insert => { quoted.insert(place, "[qwuxo]".into()); (Fidelity::Bracketed, None) }
            Edit::Bracket => { quoted[place] = "[qwuxo ruxo]".into(); (Fidelity::Bracketed, None) }
            Edit::Reorder => { quoted = sentences[2].clone(); quoted.extend(sentences[0].clone()); (Fidelity::Spliced, None) }
            Edit::LastWord => { quoted.pop(); *quoted.last_mut().unwrap() = "qwuxo".into(); (Fidelity::Altered, Some(ChangeKind::Word)) }
            Edit::Spell => { quoted[place] = "colorful".into(); (Fidelity::Verbatim, Some(ChangeKind::Glyph)) }
            Edit::Contract => { quoted[place] = "can’t".into(); (Fidelity::Verbatim, Some(ChangeKind::Glyph)) }
            Edit::Numeral => { quoted[place] = "17".into(); (Fidelity::Verbatim, Some(ChangeKind::Glyph)) }
            Edit::Scale => { quoted[place] = "2,500,000".into(); (Fidelity::Verbatim, Some(ChangeKind::Glyph)) }
            Edit::LoseHedge => { quoted.remove(place); (Fidelity::Altered, Some(ChangeKind::Dropped)) }
            Edit::Affirm => { quoted.remove(place); (Fidelity::Altered, Some(ChangeKind::Negation)) }
            Edit::Splice => { quoted.last_mut().unwrap().push('.'); quoted.extend(sentences[2].clone()); (Fidelity::Spliced, None) }
        };
        let (document, extraction) = page(&quoted.join(" "));
        let got = trace(&document, &extraction, &sources(&[&source])).unwrap().remove(0);
        prop_assert_eq!(got.relation, relation, "{:?}: {:?}", edit, quoted);
        prop_assert_eq!(got.because.contains(&Reason::HedgeLost), matches!(edit, Edit::LoseHedge));
        if let Some(change) = change {
            prop_assert!(got.changes.contains(&change), "{:?}: {:?}", edit, got.changes);
        } else {
            prop_assert!(got.changes.is_empty());
        }
        holds(&document, &source, &got)?;
    }

    #[test]
    fn the_script_makes_the_quotation_of_any_text(
        quoted in "(the |not |[a-d]{1,2} |\\[|\\] ?|… |[0-9]{1,2} |[.,’é-] ?|it’s ){1,60}",
        source in "(the |not |[a-d]{1,2} |[0-9]{1,2} |[.,’é-] ?|it is ){1,90}",
    ) {
        let (document, extraction) = page(&quoted);
        for t in trace(&document, &extraction, &sources(&[&source])).unwrap() {
            // A contraction answers to two words, by design: those of the source count.
            if !source.contains("it is") {
                holds(&document, &source, &t)?;
            }
        }
    }

    #[test]
    fn nothing_panics(quoted in "\\PC{0,60}", source in "\\PC{0,60}") {
        let (document, extraction) = page(&quoted);
        trace(&document, &extraction, &sources(&[&source])).unwrap();
    }
}
