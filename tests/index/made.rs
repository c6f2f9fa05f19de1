//! Documents with hand-made extractions, for tests. Everything in them is invented.

use jiff::civil::date;
use sayso::document::{Document, Kind, Region, RegionKind};
use sayso::extract::*;
use sayso::span::Span;
use std::path::Path;

/// Builds a document and its extraction by naming words of the text.
pub(crate) struct Made(pub Document, pub Extraction);

impl Made {
    pub(crate) fn new(id: &str, text: &str) -> Self {
        Made(Document::new(id, text), Extraction::default())
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Document)) -> Self {
        change(&mut self.0);
        self
    }

    fn find(&self, words: &str) -> Span {
        let at = self.0.text.find(words).unwrap_or_else(|| panic!("{words} is not in {}", self.0.text));
        Span::at(at, at + words.len())
    }

    pub(crate) fn headline(mut self, words: &str) -> Self {
        let span = self.find(words);
        self.1.regions.push(Region { kind: RegionKind::Headline, span });
        self
    }

    /// A quotation by `name`, whose mention in the text is `mention`.
    pub(crate) fn quote(mut self, kind: QuoteKind, pieces: &[&str], name: &str, mention: &str) -> Self {
        let content = pieces.iter().map(|piece| self.find(piece)).collect();
        let source = self.find(mention);
        let known = self.1.speakers.iter().position(|s| s.name == name);
        let speaker = known.unwrap_or_else(|| {
            let kind = SpeakerKind::Person;
            self.1.speakers.push(Speaker {
                name: name.into(),
                kind,
                role: None,
                aliases: vec![],
                quotes: 0,
                words: 0,
                wikidata: None,
            });
            self.1.speakers.len() - 1
        });
        self.1.speakers[speaker].quotes += 1;
        self.1.speakers[speaker].aliases.push(source);
        self.1.quotes.push(Quote {
            kind,
            content,
            cue: None,
            source: Some(source),
            addressee: None,
            speaker: Some(speaker as u32),
            how: How::Named,
            region: RegionKind::Body,
            insertions: vec![],
            balanced: true,
            continues: None,
            same_as: None,
            confidence: Confidence::High,
            because: vec![QuoteReason::CueAfter],
        });
        self
    }

    pub(crate) fn said(self, piece: &str, name: &str, mention: &str) -> Self {
        self.quote(QuoteKind::Direct, &[piece], name, mention)
    }

    /// A figure `words`, of the value and unit given, that counts `noun`.
    pub(crate) fn figure(
        mut self,
        words: &str,
        value: &str,
        op: Op,
        unit: Option<&'static str>,
        noun: Option<&str>,
    ) -> Self {
        let span = self.find(words);
        let quote = self.1.quotes.iter().position(|q| q.content.iter().any(|piece| piece.contains(span)));
        self.1.figures.push(Figure {
            kind: FigureKind::Number,
            span,
            number: span,
            value: value.parse().ok(),
            high: None,
            op,
            hedge: None,
            change: Some(Change::Up),
            unit: unit.map(Into::into),
            unit_name: None,
            noun: noun.map(|noun| self.find(noun)),
            noun_lemma: None,
            of: None,
            iso: None,
            as_of: None,
            precision: "0.1".parse().ok(),
            quote: quote.map(|q| q as u32),
        });
        self
    }
}

/// Three documents about a bridge: a statement and two articles.
pub(crate) fn bridge() -> Vec<Made> {
    vec![
        Made::new(
            "statements/bridge.txt",
            "Mayor Dana Holt: “The Old Mill bridge will close for repairs on Monday. We didn’t choose this lightly.”\n\
             The repairs cost $2.4 million.",
        )
        .with(|d| {
            d.kind = Kind::Statement;
            d.title = Some("Closure of the Old Mill bridge".into());
            d.publisher = Some("City of Harrow Bay".into());
            d.speaker = Some("Dana Holt".into());
            d.date = Some("2021-03-01".into());
            d.path = Some("statements/bridge.txt".into());
        })
        .said("“The Old Mill bridge will close for repairs on Monday. We didn’t choose this lightly.”", "Dana Holt", "Dana Holt")
        .figure("$2.4 million", "2400000", Op::Equal, Some("USD"), None),
        Made::new(
            "coverage/herald.txt",
            "Bridge closes after cracks are found\n\n\
             HARROW BAY — The Old Mill bridge closes on Monday, and commuters are angry.\n\
             “We didn’t choose this lightly,” Mayor Dana Holt said. A petition drew more than 41,000 signatures and 52,300 retweets.\n\
             “The toll of this closure is ours to bear,” said Piet Varga of the U.S. café guild.",
        )
        .with(|d| {
            d.title = Some("Bridge closes after cracks are found".into());
            d.publisher = Some("The Harrow Herald".into());
            d.date = Some("2021-03-02T08:00:00Z".into());
            d.path = Some("coverage/herald.txt".into());
            d.about = vec!["statements/bridge.txt".into()];
        })
        .headline("Bridge closes after cracks are found")
        .said("“We didn’t choose this lightly,”", "Dana Holt", "Mayor Dana Holt")
        .said("“The toll of this closure is ours to bear,”", "Piet Varga", "Piet Varga")
        .figure("41,000", "41000", Op::More, None, Some("signatures"))
        .figure("52,300", "52300", Op::Equal, None, Some("retweets")),
        Made::new(
            "coverage/post.txt",
            "Holt said the closure would last until May, and repair crews agreed it was “tough going” at 15 percent humidity.\n\
             Nobody asked about a toll. The petition had 9,800 retweets.",
        )
        .with(|d| {
            d.title = Some("Tolls and tempers".into());
            d.publisher = Some("Bay Post".into());
            d.path = Some("coverage/post.txt".into());
        })
        .quote(QuoteKind::Indirect, &["the closure would last until May"], "Holt", "Holt")
        .quote(QuoteKind::Mixed, &["it was", "“tough going”"], "repair crews", "repair crews")
        .figure("15 percent", "15", Op::Equal, Some("percent"), None)
        .figure("9,800", "9800", Op::Equal, None, Some("retweets")),
    ]
}

/// Puts all into the index of `dir`, which is made if need be.
pub(crate) fn put_all(dir: &Path, made: &[Made]) -> sayso::index::Summary {
    let index = sayso::Index::open_or_create(dir).unwrap();
    let mut writer = index.writer(&Default::default()).unwrap();
    for Made(document, extraction) in made {
        writer.put(document, extraction).unwrap();
    }
    writer.commit().unwrap()
}

/// The day of the statement in [`bridge`].
pub(crate) fn day_of_statement() -> jiff::civil::Date {
    date(2021, 3, 1)
}
