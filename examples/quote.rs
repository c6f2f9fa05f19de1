//! Prints who said what in a text: `cargo run --example quote -- FILE`, or without a file in a short story of our own.

use sayso::record::Records;
use sayso::{Document, Offsets, extract};

const STORY: &str = "“The bridge is safe,” said Ada Brandt, the mayor of Stonequay. Divers had warned of cracks. \
    “We looked at every one of the 42 piers,” she added.";

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let text = match std::env::args().nth(1) {
        Some(path) => std::fs::read_to_string(path)?,
        None => STORY.to_owned(),
    };
    let document = Document::new("story", text);
    let found = extract(&document);
    for quote in &found.quotes {
        let speaker = quote.speaker.map_or("nobody that can be told", |at| &found.speakers[at as usize].name);
        let words: Vec<&str> = quote.content.iter().map(|span| span.of(&document.text)).collect();
        println!("{speaker}: {}", words.join(" … "));
    }
    // The same as public records, offsets in code points: what `sayso extract` prints.
    let records = Records::new(&document, &found, Offsets::Chars);
    println!("{}", serde_json::to_string(&records.document())?);
    Ok(())
}
