//! One document never takes more than twenty times its size. The heap is counted at its peak, byte by byte, for texts of many
//! shapes; while a list grows, old and new room count both. A text that holds more than prose can is refused by name, and
//! takes no more until then.
#![allow(missing_docs, clippy::unwrap_used)]
#![allow(unsafe_code, reason = "an allocator is counted: each call is handed on to the system's, as it came")]

use sayso_core::document::Document;
use sayso_core::extract::{InOrder, Model, Options, try_extract_by};
use sayso_core::{Offsets, Records};
use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// So many bytes a byte of text may take, at most.
const MOST: f64 = 20.0;

/// The size of the documents, in bytes.
const SIZE: usize = 2_000_000;

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

fn taken(bytes: usize) {
    let now = NOW.fetch_add(bytes, Relaxed) + bytes;
    PEAK.fetch_max(now, Relaxed);
}

// SAFETY: every method hands its arguments on to the system's allocator, and keeps its contract by that.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        taken(layout.size());
        // SAFETY: the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the caller's.
        unsafe { System.dealloc(place, layout) }
    }

    unsafe fn realloc(&self, place: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        taken(size);
        // SAFETY: the caller's.
        let moved = unsafe { System.realloc(place, layout, size) };
        NOW.fetch_sub(layout.size(), Relaxed);
        moved
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// What `work` takes at its peak, for each byte of a text.
fn peak<T>(size: usize, work: impl FnOnce() -> T) -> (T, f64) {
    let before = NOW.load(Relaxed);
    PEAK.store(before, Relaxed);
    let done = work();
    (done, (PEAK.load(Relaxed) - before) as f64 / size as f64)
}

/// `unit` over and over; `#` becomes another number each time.
fn grown(unit: &str, size: usize) -> String {
    let mut text = String::with_capacity(size + unit.len() + 8);
    for round in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(&unit.replace('#', &(round * 7 % 99_991).to_string()));
    }
    text
}

const NEWS: &str = "The harbour board of Calder Bay met on Tuesday to hear how the new ferry would be paid for.\n\n\
     “We have waited # days for this,” said Ada Brandt, the mayor. “Nobody has told us why.”\n\n\
     Fares rose 4 percent last year, according to the board, which counts # passengers a month.\n\n\
     Tom Reyes, who sails the old boat, said that he would go on as long as it floats. He has done so since 1998.\n\n";

/// A name, what is repeated, and whether it is read; what is not is refused by name.
const SHAPES: [(&str, &str, bool); 18] = [
    ("news", NEWS, true),
    ("said", "said ", true),
    ("no full stop", "he said that she told him it was late and ", true),
    ("quotations", "“It rained for days,” said Ada Brandt, the mayor.\n\n", true),
    ("one name a quotation", "“It rained all night,” said N# Brandt. Then Brandt left. ", true),
    ("turns", "BRANDT: It rained.\n\n", true),
    ("capitals", "Brandt Reyes ", true),
    ("letters", "a ", true),
    ("names", "Ada Brandt said that Tom Reyes said that it rained. ", false),
    ("digits", "1 2,345 6.7 ", false),
    ("ones", "1 ", false),
    ("dates", "3 May 2020, ", false),
    ("shares", "3 percent of the ", false),
    ("marks", "\" “ ' ", false),
    ("brackets", "([", false),
    ("lines", "x\n", false),
    ("short lines", "a.\n", false),
    ("stops", "A! ", false),
];

#[test]
fn no_document_takes_more_than_twenty_times_its_size() {
    let by = |model| Options { model };
    // The tables of the language are made once.
    let warm = Document::new("d", NEWS);
    try_extract_by(&warm, &by(Model::Tagger), &InOrder).unwrap();
    let mut worst = Vec::new();
    for (shape, unit, is_read) in SHAPES {
        let document = Document::new("d", grown(unit, SIZE));
        let size = document.text.len();
        let (found, taken) = peak(size, || try_extract_by(&document, &by(Model::Rules), &InOrder));
        println!("{shape}: {taken:.1} times its size");
        assert_eq!(found.is_ok(), is_read, "{shape}: {:?}", found.err());
        worst.push((taken, shape));
        let Ok(found) = found else { continue };
        let records = Records::new(&document, &found, Offsets::Chars);
        let (_, printed) =
            peak(size, || records.all().map(|record| serde_json::to_string(&record).unwrap().len()).max());
        assert!(printed < 6.0, "{shape}: a record takes {printed:.1} times the text");
    }
    for (shape, unit, _) in &SHAPES[..4] {
        let document = Document::new("d", grown(unit, SIZE));
        let (_, taken) = peak(document.text.len(), || try_extract_by(&document, &by(Model::Tagger), &InOrder));
        worst.push((taken, shape));
    }
    let (most, shape) = worst.into_iter().max_by(|one, other| one.0.total_cmp(&other.0)).unwrap();
    assert!(most <= MOST, "{shape}: {most:.1} times its size");
}
