//! The bridge to Python: texts go in as tuples, records come out as JSON, which the package `sayso` turns into objects.
//! Everything that takes time runs without the interpreter's lock. A text that cannot be read gives its reason in the place
//! of its records, so that one bad row never takes the others with it.

mod columns;

use columns::Columns;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sayso_core::document::{Document, Kind};
use sayso_core::extract::{InOrder, try_extract_by};
use sayso_core::record::{Library, Record, Records};
use sayso_core::{Evidence, Extraction, Model, Offsets, Options, Sources, StatementStore, check, trace};
use sayso_index::{Index, Place, SearchQuery, Sort, day_range};
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The allocator of the program: extraction makes many small lists.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A text and what is known of it: text, id, kind, title, date, publisher, byline, speaker, url, lang, about.
type Given = (
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Vec<String>,
);

/// The records of a text as a JSON array, or why there are none.
type Told = (Option<String>, Option<String>);

fn document(given: Given) -> Result<Document, String> {
    let (text, id, kind, title, date, publisher, byline, speaker, url, lang, about) = given;
    let kind = match kind.as_deref() {
        None | Some("article") => Kind::Article,
        Some("statement") => Kind::Statement,
        Some("reference") => Kind::Reference,
        Some(other) => return Err(format!("kind: `{other}` is none of article, statement, reference")),
    };
    // What is of white space alone is not given, as in a file.
    let told = |value: Option<String>| value.filter(|value| !value.trim().is_empty());
    Ok(Document {
        kind,
        title: told(title),
        date: told(date),
        publisher: told(publisher),
        byline: told(byline),
        speaker: told(speaker),
        url: told(url),
        lang: told(lang),
        about,
        ..Document::new(id.unwrap_or_else(|| "text".to_owned()), text)
    })
}

fn options(model: &str) -> PyResult<Options> {
    match model {
        "tagger" => Ok(Options { model: Model::Tagger }),
        "rules" => Ok(Options { model: Model::Rules }),
        other => Err(PyValueError::new_err(format!("model: `{other}` is none of tagger, rules"))),
    }
}

/// Runs `work` on each text, on some threads, in order. A panic becomes the error of its row.
fn each<T: Send>(
    texts: Vec<Given>,
    threads: Option<usize>,
    work: impl Fn(Document) -> Result<T, String> + Sync,
) -> Vec<Result<T, String>> {
    let count = texts.len();
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = threads.unwrap_or(cores).clamp(1, count.max(1));
    let waiting: Vec<Mutex<Option<Given>>> = texts.into_iter().map(|text| Mutex::new(Some(text))).collect();
    let done: Vec<Mutex<Option<Result<T, String>>>> = (0..count).map(|_| Mutex::new(None)).collect();
    let next = AtomicUsize::new(0);
    let one = || {
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(given) = waiting.get(at).and_then(|slot| slot.lock().ok()?.take()) else { return };
            let told = catch_unwind(AssertUnwindSafe(|| document(given).and_then(&work)));
            if let Ok(mut slot) = done[at].lock() {
                *slot = told.ok();
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(one);
        }
        one();
    });
    let failed = || Err("an internal error; please report it with the text".to_owned());
    done.into_iter().map(|slot| slot.into_inner().ok().flatten().unwrap_or_else(failed)).collect()
}

/// As [`each`], for Python: the records as JSON and no error, or an error and no records.
fn told(
    texts: Vec<Given>,
    threads: Option<usize>,
    work: impl Fn(Document) -> Result<String, String> + Sync,
) -> Vec<Told> {
    let pair = |one| match one {
        Ok(records) => (Some(records), None),
        Err(why) => (None, Some(why)),
    };
    each(texts, threads, work).into_iter().map(pair).collect()
}

fn json<'a>(records: impl Iterator<Item = Record<'a>>) -> Result<String, String> {
    let records: Vec<Record> = records.collect();
    serde_json::to_string(&records).map_err(|error| error.to_string())
}

fn read(document: &Document, options: &Options) -> Result<Extraction, String> {
    try_extract_by(document, options, &InOrder).map_err(|dense| dense.to_string())
}

/// Extracts texts. Offsets count code points.
#[pyfunction]
#[pyo3(signature = (texts, model="tagger", threads=None))]
fn extract(py: Python<'_>, texts: Vec<Given>, model: &str, threads: Option<usize>) -> PyResult<Vec<Told>> {
    let options = options(model)?;
    Ok(py.detach(|| {
        told(texts, threads, |document| {
            let extraction = read(&document, &options)?;
            json(Records::new(&document, &extraction, Offsets::Chars).all())
        })
    }))
}

/// How many texts are read before what was found goes into the columns.
const AT_A_TIME: usize = 128;

/// Extracts texts into columns in Arrow's layout: the number of rows, and for each column its buffers. A row whose text is
/// none gets an error. `first` is the number of the first row.
#[pyfunction]
#[pyo3(signature = (texts, first=0, model="tagger", threads=None))]
fn extract_columns<'py>(
    py: Python<'py>,
    texts: Vec<(String, Option<Given>)>,
    first: i64,
    model: &str,
    threads: Option<usize>,
) -> PyResult<(usize, Bound<'py, PyDict>)> {
    let options = options(model)?;
    let columns = py.detach(|| {
        let (mut columns, mut row, mut texts) = (Columns::default(), first, texts.into_iter().peekable());
        // Some at a time: what was found in them goes into the columns and out of memory.
        while texts.peek().is_some() {
            let (docs, given): (Vec<String>, Vec<Option<Given>>) = texts.by_ref().take(AT_A_TIME).unzip();
            let sound: Vec<bool> = given.iter().map(Option::is_some).collect();
            let found = each(given.into_iter().flatten().collect(), threads, |document| {
                let extraction = read(&document, &options)?;
                columns::lines(&Records::new(&document, &extraction, Offsets::Chars))
            });
            let mut found = found.into_iter();
            for (doc, sound) in docs.iter().zip(sound) {
                let none = || Err("it is no text".to_owned());
                columns.push(row, doc, if sound { found.next().unwrap_or_else(none) } else { none() });
                row += 1;
            }
        }
        columns
    });
    columns.into_python(py)
}

/// Statements, ready to be compared with.
#[pyclass(frozen)]
struct Statements {
    evidence: Evidence,
    sources: Sources,
    options: Options,
}

#[pymethods]
impl Statements {
    /// Reads statements. The first that cannot be read is an error: it was asked for.
    #[new]
    #[pyo3(signature = (texts, model="tagger"))]
    fn new(py: Python<'_>, texts: Vec<Given>, model: &str) -> PyResult<Self> {
        let options = options(model)?;
        let read = py.detach(|| {
            let (mut evidence, mut sources) = (Evidence::new(), Sources::new());
            for given in texts {
                let document = Arc::new(Document { kind: Kind::Statement, ..document(given)? });
                let extraction = Arc::new(read(&document, &options).map_err(|why| format!("{}: {why}", document.id))?);
                evidence.add_statement(document.clone(), extraction.clone());
                sources.add(document, extraction);
            }
            Ok::<_, String>((evidence, sources))
        });
        let (evidence, sources) = read.map_err(PyValueError::new_err)?;
        Ok(Statements { evidence, sources, options })
    }

    /// The number of statements.
    fn __len__(&self) -> usize {
        self.sources.len()
    }

    /// Checks the figures of texts.
    #[pyo3(signature = (texts, threads=None))]
    fn check(&self, py: Python<'_>, texts: Vec<Given>, threads: Option<usize>) -> Vec<Told> {
        py.detach(|| {
            told(texts, threads, |document| {
                let extraction = read(&document, &self.options)?;
                let checks = check(&document, &extraction, &self.evidence).map_err(|error| error.to_string())?;
                let ids = checks.iter().flat_map(|check| check.evidence.iter().map(|item| item.doc.as_str()));
                let shelf = shelf(ids, |id| self.evidence.statement(id).map(|(_, document)| document));
                let library = Library::new(&shelf, Offsets::Chars);
                let records = Records::new(&document, &extraction, Offsets::Chars);
                json((0..).zip(&checks).map(|(n, check)| records.check(n, check, &library)))
            })
        })
    }

    /// Traces the quotations of texts.
    #[pyo3(signature = (texts, threads=None))]
    fn trace(&self, py: Python<'_>, texts: Vec<Given>, threads: Option<usize>) -> Vec<Told> {
        py.detach(|| {
            told(texts, threads, |document| {
                let extraction = read(&document, &self.options)?;
                let traces = trace(&document, &extraction, &self.sources).map_err(|error| error.to_string())?;
                let ids = traces.iter().filter_map(|trace| trace.statement.as_deref());
                let shelf = shelf(ids, |id| self.sources.get(id));
                let library = Library::new(&shelf, Offsets::Chars);
                let records = Records::new(&document, &extraction, Offsets::Chars);
                json(traces.iter().map(|trace| records.trace(trace, &library)))
            })
        })
    }
}

/// The documents of some ids, each once.
fn shelf<'i>(ids: impl Iterator<Item = &'i str>, get: impl Fn(&str) -> Option<Arc<Document>>) -> Vec<Arc<Document>> {
    let ids: std::collections::BTreeSet<&str> = ids.collect();
    ids.into_iter().filter_map(get).collect()
}

/// An index that `sayso index` made.
#[pyclass(frozen)]
struct Archive {
    index: Arc<Index>,
}

#[pymethods]
impl Archive {
    /// Opens it.
    #[new]
    fn new(path: PathBuf) -> PyResult<Self> {
        let index = Index::open(&path).map_err(|error| PyValueError::new_err(error.to_string()))?;
        Ok(Archive { index: Arc::new(index) })
    }

    /// The number of documents.
    fn __len__(&self) -> usize {
        self.index.len() as usize
    }

    /// What a search finds: the total, and the hits as a JSON array.
    #[pyo3(signature = (query, place=None, speaker=None, publisher=None, kind=None, since=None, until=None, sort="score", limit=20, offset=0, places=10))]
    #[expect(clippy::too_many_arguments, reason = "they are the keywords of the Python method")]
    fn search(
        &self,
        py: Python<'_>,
        query: String,
        place: Option<&str>,
        speaker: Option<String>,
        publisher: Option<String>,
        kind: Option<&str>,
        since: Option<&str>,
        until: Option<&str>,
        sort: &str,
        limit: usize,
        offset: usize,
        places: usize,
    ) -> PyResult<(u64, String)> {
        let wrong = |what: &str, found: &str| Err(PyValueError::new_err(format!("{what}: `{found}` is not known")));
        let day = |name: &str, value: Option<&str>| match value {
            None => Ok(None),
            Some(value) => match day_range(value) {
                Some(days) => Ok(Some(days)),
                None => Err(PyValueError::new_err(format!("{name}: `{value}` is no day; write 2031-05-02 or 2031-05"))),
            },
        };
        let asked = SearchQuery {
            text: query,
            place: match place {
                None => Place::Anywhere,
                Some("quotes") => Place::Quotes,
                Some("narration") => Place::Narration,
                Some("headline") => Place::Headline,
                Some(other) => return wrong("place", other),
            },
            speaker,
            publisher,
            kind: match kind {
                None => None,
                Some("article") => Some(Kind::Article),
                Some("statement") => Some(Kind::Statement),
                Some("reference") => Some(Kind::Reference),
                Some(other) => return wrong("kind", other),
            },
            since: day("since", since)?.map(|(first, _)| first),
            until: day("until", until)?.map(|(_, last)| last),
            sort: match sort {
                "score" => Sort::Score,
                "newest" => Sort::Newest,
                "oldest" => Sort::Oldest,
                "publisher" => Sort::Publisher,
                other => return wrong("sort", other),
            },
            limit,
            offset,
            places,
            ..SearchQuery::default()
        };
        let found = py.detach(|| {
            let hits = self.index.search(&asked).map_err(|error| error.to_string())?;
            let records: Vec<Records> =
                hits.hits.iter().map(|hit| Records::new(&hit.document, &hit.extraction, Offsets::Chars)).collect();
            Ok::<_, String>((hits.total, json(records.iter().zip(&hits.hits).map(|(records, hit)| records.hit(hit)))?))
        });
        found.map_err(PyValueError::new_err)
    }

    /// The text of a document and its records, as a JSON array; none where there is no such id.
    fn document(&self, py: Python<'_>, id: &str) -> PyResult<Option<(String, String)>> {
        let found = py.detach(|| {
            let Some((document, extraction)) = self.index.get(id).map_err(|error| error.to_string())? else {
                return Ok(None);
            };
            let records = json(Records::new(&document, &extraction, Offsets::Chars).all())?;
            Ok::<_, String>(Some((document.text, records)))
        });
        found.map_err(PyValueError::new_err)
    }

    /// The statements of the index, to compare with. They stay on disk.
    #[pyo3(signature = (model="tagger"))]
    fn statements(&self, model: &str) -> PyResult<Statements> {
        let options = options(model)?;
        let roll = self.index.roll(Kind::Statement).map_err(|error| PyValueError::new_err(error.to_string()))?;
        let store: Arc<dyn StatementStore> = Arc::new(roll);
        Ok(Statements { evidence: Evidence::over(store.clone()), sources: Sources::over(store), options })
    }
}

/// The bridge.
#[pymodule]
mod _sayso {
    #[pymodule_export]
    use super::{Archive, Statements, extract, extract_columns};

    #[pymodule_init]
    fn init(module: &pyo3::Bound<'_, pyo3::types::PyModule>) -> pyo3::PyResult<()> {
        use pyo3::types::PyModuleMethods;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
