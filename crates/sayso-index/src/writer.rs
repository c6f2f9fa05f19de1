//! Writing. Documents are added with their extractions. Unchanged ones are recognized before they are extracted. A
//! commit at the end makes everything visible at once; a long run also commits on the way. Segments are not merged
//! during a run. After its last commit, many small segments are merged into few.

use super::durable::bare;
use super::entry::{Broken, Entry, Numbers, content_hash, decode_meta, key_of};
use super::error::{IndexError, guard};
use super::languages::language;
use super::lock::Note;
use super::manifest::{Sum, VERSION, extractor};
use super::{Index, Manifest};
use sayso_core::document::Document;
use sayso_core::extract::{Extraction, Model};
use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::path::{Component, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy};
use tantivy::schema::Term;
use tantivy::{IndexWriter, Searcher, TantivyDocument, TantivyError};

/// The resources and behaviour of a writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriterOptions {
    /// The memory for words that are not yet written, in bytes over all threads. At least 15 MB a thread is used.
    pub memory: usize,
    /// The number of indexing threads, at most 8. The results do not depend on it.
    pub threads: usize,
    /// The model that makes the extractions. Documents that were extracted with another model count as changed.
    pub model: Model,
    /// The number of documents between two commits, which is the most that an interrupted long run can lose. At least
    /// one.
    pub commit_every: usize,
}

impl Default for WriterOptions {
    /// 256 MB, one thread, the default model, a commit after every 50,000 documents.
    fn default() -> Self {
        WriterOptions { memory: 256 << 20, threads: 1, model: Model::default(), commit_every: 50_000 }
    }
}

/// The result of adding a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// The id is new.
    Added,
    /// The document replaced the one with the same id.
    Updated,
    /// The index already has the same document.
    Unchanged,
}

/// The result of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The number of documents with a new id.
    pub added: u64,
    /// The number of documents that replaced one with the same id.
    pub updated: u64,
    /// The number of unchanged documents.
    pub unchanged: u64,
    /// The number of documents deleted by [`Writer::prune`] and [`Writer::delete`].
    pub pruned: u64,
    /// The number of documents in the index after the run.
    pub documents: u64,
}

/// What the writer knows of a document in the index.
struct Known {
    /// The hash of its content.
    hash: u64,
    /// Whether this version extracted it, with the model of this run.
    ours: bool,
    seq: u64,
    /// Whether this run has seen it.
    met: AtomicBool,
    /// Whether this run has written it.
    written: bool,
}

/// A run of writing. Readers see what is committed: everything after [`Writer::commit`], and in a long run the commits
/// of [`WriterOptions::commit_every`]. Dropping the writer leaves the index at the last commit.
pub struct Writer {
    dir: PathBuf,
    inner: IndexWriter<Entry>,
    reader: tantivy::IndexReader,
    before: Searcher,
    fields: super::schema::Fields,
    extractor: String,
    known: HashMap<u64, Known>,
    next: u64,
    sources: Vec<String>,
    languages: BTreeSet<String>,
    files: Files,
    summary: Summary,
    /// The number of documents between two commits, and the number written since the last.
    commit_every: usize,
    uncommitted: usize,
    _note: Note,
}

impl Index {
    /// Opens the index for writing and takes its lock. Waits at most half a second for the lock, because a killed
    /// process may hold it a moment longer. Reads 24 bytes for each document in the index.
    pub fn writer(&self, options: &WriterOptions) -> Result<Writer, IndexError> {
        tempfile::tempfile_in(&self.dir)
            .map_err(|source| IndexError::ReadOnly { dir: self.dir.clone(), source: bare(source) })?;
        let inner = self.lock(options)?;
        inner.set_merge_policy(Box::new(NoMergePolicy));
        self.reload()?;
        self.sweep()?;
        let before = self.reader.searcher();
        let extractor = extractor(options.model);
        let (known, next) =
            guard(&self.dir, || known(&before, key_of(&extractor)).map_err(|e| IndexError::reading(&self.dir, e)))?;
        let Sum { sources, languages, .. } = self.sum().unwrap_or_default();
        Ok(Writer {
            dir: self.dir.clone(),
            inner,
            reader: self.reader.clone(),
            before,
            fields: self.fields,
            extractor,
            known,
            next,
            sources,
            languages: languages.into_iter().collect(),
            files: Files::default(),
            summary: Summary::default(),
            commit_every: options.commit_every.max(1),
            uncommitted: 0,
            _note: Note::leave(&self.dir),
        })
    }

    /// Deletes what a killed writer left half written: files of segments that no commit names. The next run would give
    /// some of its own files the same names.
    fn sweep(&self) -> Result<(), IndexError> {
        let writing = |e: std::io::Error| IndexError::writing(&self.dir, TantivyError::from(e));
        let meta = self.inner.load_metas().map_err(|e| IndexError::reading(&self.dir, e))?;
        let named: HashMap<String, Option<u64>> =
            meta.segments.iter().map(|segment| (segment.id().uuid_string(), segment.delete_opstamp())).collect();
        for entry in std::fs::read_dir(&self.dir).map_err(writing)? {
            let name = entry.map_err(writing)?.file_name();
            let Some((stem, rest)) = name.to_str().and_then(|name| name.split_once('.')) else { continue };
            let of_segment = stem.len() == 32 && stem.bytes().all(|byte| byte.is_ascii_hexdigit());
            let wanted = named.get(stem).is_some_and(|deletes| {
                !rest.ends_with("del") || deletes.is_some_and(|stamp| rest == format!("{stamp}.del"))
            });
            if of_segment && !wanted {
                // A file that cannot be deleted only matters if its name is written again, and that reports the error.
                let _ = std::fs::remove_file(self.dir.join(&name));
            }
        }
        Ok(())
    }

    fn lock(&self, options: &WriterOptions) -> Result<IndexWriter<Entry>, IndexError> {
        let threads = options.threads.clamp(1, 8);
        let memory = (options.memory / threads).clamp(15_000_000, 4_000_000_000);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(memory)
            .num_merge_threads(1)
            .build();
        let mut tries = 10;
        loop {
            match self.inner.writer_with_options(options.clone()) {
                Err(TantivyError::LockFailure(tantivy::directory::error::LockError::LockBusy, _)) if tries > 0 => {
                    tries -= 1
                }
                other => return other.map_err(|e| IndexError::writing(&self.dir, e)),
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

/// The documents of the last commit by the hash of their id, and the sequence number of the next new document.
fn known(searcher: &Searcher, ours: u64) -> tantivy::Result<(HashMap<u64, Known>, u64)> {
    let mut all = HashMap::with_capacity(searcher.num_docs() as usize);
    let mut next = 0;
    for segment in searcher.segment_readers() {
        let columns = segment.fast_fields();
        let (keys, hashes, seqs) = (columns.u64("key")?, columns.u64("hash")?, columns.u64("seq")?);
        let extractors = columns.u64("extractor")?;
        for doc in segment.doc_ids_alive() {
            if let (Some(key), Some(hash), Some(seq)) = (keys.first(doc), hashes.first(doc), seqs.first(doc)) {
                next = next.max(seq + 1);
                let ours = extractors.first(doc) == Some(ours);
                all.insert(key, Known { hash, ours, seq, met: AtomicBool::new(false), written: false });
            }
        }
    }
    Ok((all, next))
}

impl Writer {
    /// Whether the index has the same document, by id and content, with an extraction by this version and model. If so,
    /// this run counts it as seen. Call this before extracting the document; it may be called from many threads.
    pub fn is_unchanged(&self, document: &Document) -> bool {
        let Some(known) = self.known.get(&key_of(&document.id)) else { return false };
        let same = known.ours && known.hash == content_hash(document);
        if same {
            known.met.store(true, Ordering::Relaxed);
        }
        same
    }

    /// From now on, treats every document as changed, so that all are extracted and written again.
    pub fn force(&mut self) {
        self.known.values_mut().for_each(|known| known.ours = false);
    }

    /// Records the files and folders from which the documents come, for [`super::repair()`].
    pub fn note_sources(&mut self, sources: &[PathBuf]) {
        for source in sources.iter().filter(|source| source.as_path() != Path::new("-")) {
            let source = source.to_string_lossy().into_owned();
            if !self.sources.contains(&source) {
                self.sources.push(source);
            }
        }
        // Where one source stands in another, or is another under a second name, its files may be in the index already.
        let real: Vec<(&String, PathBuf)> =
            self.sources.iter().map(|source| (source, canonical(Path::new(source)))).collect();
        self.files.overlap = sources.iter().any(|source| {
            let (typed, own) = (source.to_string_lossy(), canonical(source));
            real.iter().any(|(name, one)| typed != name.as_str() && (one.starts_with(&own) || own.starts_with(one)))
        });
    }

    /// The document under the id by which the index has its file. An id that was made of the path depends on the folder that
    /// was named, so that a file of a folder that is indexed, and of one in it, would be two documents: it keeps its first
    /// id. A document with an id of its own stays as it is. Where the sources overlap, the first call reads the description
    /// of every document of the index.
    pub fn one_of_its_file(&mut self, document: Document) -> Document {
        if !self.files.overlap {
            return document;
        }
        let Some(file) = file_of(&document) else { return document };
        if self.files.held.is_none() {
            self.files = self.files();
        }
        let Some(held) = &mut self.files.held else { return document };
        match held.get(&file) {
            Some((id, path)) => Document { id: id.clone(), path: path.clone(), ..document },
            None => {
                held.insert(file, (document.id.clone(), document.path.clone()));
                document
            }
        }
    }

    /// Files that the index has under two ids: the one that is kept up to date, and the other.
    pub fn twice(&self) -> &[(String, String)] {
        &self.files.twice
    }

    /// The id and the path of each file in the index, and the ids of files that have two.
    fn files(&self) -> Files {
        let mut all = Vec::new();
        for segment in self.before.segment_readers() {
            let (Ok(seqs), Ok(store)) = (segment.fast_fields().u64("seq"), segment.get_store_reader(4)) else {
                continue;
            };
            for doc in segment.doc_ids_alive() {
                // What cannot be read is told by what reads it whole.
                let read = guard(&self.dir, || {
                    let stored: TantivyDocument = store.get(doc).map_err(|e| IndexError::reading(&self.dir, e))?;
                    Ok(decode_meta(self.fields, &stored).ok())
                });
                if let Ok(Some(document)) = read
                    && let Some(file) = file_of(&document)
                {
                    all.push((seqs.first(doc), file, document.id, document.path));
                }
            }
        }
        all.sort();
        let (mut held, mut twice) = (HashMap::<String, Held>::new(), Vec::new());
        for (_, file, id, path) in all {
            match held.get(&file) {
                Some((first, _)) => twice.push((first.clone(), id)),
                None => _ = held.insert(file, (id, path)),
            }
        }
        Files { overlap: true, held: Some(held), twice }
    }

    /// Deletes the document with this id. Returns whether there was one.
    pub fn delete(&mut self, id: &str) -> bool {
        let key = key_of(id);
        let there = self.known.remove(&key).is_some();
        if there {
            self.inner.delete_term(Term::from_field_u64(self.fields.key, key));
            self.summary.pruned += 1;
        }
        there
    }

    /// Adds the document, or replaces the one with its id, which keeps its place in the order of first insertion. Does
    /// nothing if [`Writer::is_unchanged`].
    pub fn put(&mut self, document: &Document, extraction: &Extraction) -> Result<Put, IndexError> {
        let (key, hash) = (key_of(&document.id), content_hash(document));
        let outcome = match self.known.get(&key) {
            Some(known) if known.ours && known.hash == hash => {
                known.met.store(true, Ordering::Relaxed);
                return Ok(Put::Unchanged);
            }
            Some(_) => Put::Updated,
            None => Put::Added,
        };
        let seq = self.known.get(&key).map_or(self.next, |known| known.seq);
        let numbers = Numbers { key, hash, seq, extractor: key_of(&self.extractor) };
        let entry = Entry::new(self.fields, document, extraction, numbers).map_err(|e| IndexError::Write {
            dir: self.dir.clone(),
            found: format!("the records of {}: {e}", document.id),
        })?;
        if outcome == Put::Updated {
            self.inner.delete_term(Term::from_field_u64(self.fields.key, key));
            self.summary.updated += 1;
        } else {
            self.next += 1;
            self.summary.added += 1;
        }
        self.inner.add_document(entry).map_err(|e| self.broken(e))?;
        let language = language(document.lang.as_deref());
        if !self.languages.contains(&language) {
            self.languages.insert(language);
        }
        self.known.insert(key, Known { hash, ours: true, seq, met: AtomicBool::new(true), written: true });
        self.uncommitted += 1;
        if self.uncommitted >= self.commit_every {
            self.commit_sum()?;
            self.uncommitted = 0;
        }
        Ok(outcome)
    }

    /// Deletes the documents that this run has not seen and whose path is in `roots` or below one of them. Returns how
    /// many were deleted. Paths are compared as written, made absolute, without following links. Call this after all
    /// documents were added. A file that could not be read in this run loses its documents too, so leave its path out
    /// of `roots`.
    pub fn prune(&mut self, roots: &[PathBuf]) -> Result<u64, IndexError> {
        let roots: Vec<PathBuf> = roots.iter().map(|root| plain(root)).collect();
        let gone = guard(&self.dir, || self.not_met_under(&roots))?;
        for key in &gone {
            self.inner.delete_term(Term::from_field_u64(self.fields.key, *key));
            self.known.remove(key);
        }
        self.summary.pruned += gone.len() as u64;
        Ok(gone.len() as u64)
    }

    fn not_met_under(&self, roots: &[PathBuf]) -> Result<Vec<u64>, IndexError> {
        let reading = |e| IndexError::reading(&self.dir, e);
        let mut gone = Vec::new();
        for segment in self.before.segment_readers() {
            let keys = segment.fast_fields().u64("key").map_err(reading)?;
            let store = segment.get_store_reader(4).map_err(|e| reading(e.into()))?;
            for doc in segment.doc_ids_alive() {
                let Some(key) = keys.first(doc) else { continue };
                if self.known.get(&key).is_none_or(|known| known.met.load(Ordering::Relaxed)) {
                    continue;
                }
                let stored: TantivyDocument = store.get(doc).map_err(reading)?;
                // A document that cannot be read is not deleted, because its path is unknown.
                let document = match decode_meta(self.fields, &stored) {
                    Ok(document) => document,
                    Err(Broken { id, found }) => {
                        let doc = id.unwrap_or_else(|| "whose id cannot be read".to_owned());
                        let file = self.dir.join(format!("{}.store", segment.segment_id().uuid_string()));
                        return Err(IndexError::Damaged { file, doc, found });
                    }
                };
                let path = document.path.as_deref().map(|path| plain(Path::new(path)));
                if path.is_some_and(|path| roots.iter().any(|root| path.starts_with(root))) {
                    gone.push(key);
                }
            }
        }
        Ok(gone)
    }

    /// Commits as [`Writer::commit`] does, then merges all segments into one without the deleted documents. This saves
    /// space and makes searches faster. It needs as much space again while it works. An interruption leaves the index
    /// at the commit.
    pub fn compact(mut self) -> Result<Summary, IndexError> {
        self.count_unchanged();
        let (reader, dir, mut summary) = (self.reader.clone(), self.dir.clone(), self.summary);
        self.inner.set_merge_policy(Box::new(NoMergePolicy));
        self.commit_sum()?;
        guard(&dir, || reader.reload().map_err(|e| IndexError::reading(&dir, e)))?;
        let searcher = reader.searcher();
        let worth = searcher.segment_readers().len() > 1 || searcher.segment_readers().iter().any(|s| s.has_deletes());
        if worth {
            let ids: Vec<_> = searcher.segment_readers().iter().map(|s| s.segment_id()).collect();
            self.inner.merge(&ids).wait().map_err(|e| self.broken(e))?;
        }
        drop(searcher);
        self.inner.wait_merging_threads().map_err(|e| IndexError::writing(&dir, e))?;
        guard(&dir, || reader.reload().map_err(|e| IndexError::reading(&dir, e)))?;
        summary.documents = reader.searcher().num_docs();
        Ok(summary)
    }

    fn count_unchanged(&mut self) {
        let untouched = |known: &&Known| !known.written && known.met.load(Ordering::Relaxed);
        self.summary.unchanged = self.known.values().filter(untouched).count() as u64;
    }

    /// Commits, and records the sum of the whole index in the commit.
    fn commit_sum(&mut self) -> Result<(), IndexError> {
        let content = self.known.iter().fold(0, |sum, (key, known)| Sum::add(sum, *key, known.hash));
        let sum = Sum {
            documents: self.known.len() as u64,
            content: Sum::shown(content),
            written_by: VERSION.to_owned(),
            sources: self.sources.clone(),
            languages: self.languages.iter().cloned().collect(),
        };
        let mut commit = || -> tantivy::Result<()> {
            let payload = serde_json::to_string(&sum).map_err(std::io::Error::from)?;
            let mut prepared = self.inner.prepare_commit()?;
            prepared.set_payload(&payload);
            prepared.commit()?;
            Ok(())
        };
        commit().map_err(|e| self.broken(e))?;
        // The manifest on disk may be newer than the one that was read on opening.
        let mut manifest = Manifest::read(&self.dir)?.unwrap_or_else(Manifest::new);
        if manifest.extractor != self.extractor || manifest.sources != self.sources {
            manifest.extractor.clone_from(&self.extractor);
            manifest.sources.clone_from(&self.sources);
            manifest.write(&self.dir)?;
        }
        Ok(())
    }

    /// Makes the run visible, all at once, and durable. Then merges small segments and reloads the [`Index`] of this
    /// writer. A run without changes writes nothing.
    pub fn commit(mut self) -> Result<Summary, IndexError> {
        self.count_unchanged();
        let (reader, dir, mut summary) = (self.reader.clone(), self.dir.clone(), self.summary);
        if summary.added + summary.updated + summary.pruned > 0 {
            self.write()?;
        }
        guard(&dir, || reader.reload().map_err(|e| IndexError::reading(&dir, e)))?;
        summary.documents = reader.searcher().num_docs();
        Ok(summary)
    }

    fn write(mut self) -> Result<(), IndexError> {
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(0.3);
        self.inner.set_merge_policy(Box::new(policy));
        self.commit_sum()?;
        if let Err(e) = self.inner.wait_merging_threads() {
            // The commit is safe. Only the merge failed, and the next run repeats it.
            log::warn!("merging segments of the index {}: {e}", self.dir.display());
        }
        Ok(())
    }

    /// Finds the cause of an error for which tantivy only reports that one of its threads stopped: a small test write
    /// shows whether it was the disk.
    fn broken(&self, error: TantivyError) -> IndexError {
        let probe = || -> std::io::Result<()> {
            let mut file = tempfile::tempfile_in(&self.dir)?;
            file.write_all(&vec![1; 1 << 20])?;
            file.sync_all()
        };
        match probe() {
            Err(source) => IndexError::Write { dir: self.dir.clone(), found: source.to_string() },
            Ok(()) => IndexError::writing(&self.dir, error),
        }
    }
}

/// An absolute path without `.` and `..`, computed from the path alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => drop(plain.pop()),
            part => plain.push(part),
        }
    }
    plain
}

/// The id and the path of a document.
type Held = (String, Option<String>);

/// The files of the index, where a run may meet one under another name.
#[derive(Default)]
struct Files {
    overlap: bool,
    /// Once asked: the id and the path of each.
    held: Option<HashMap<String, Held>>,
    twice: Vec<(String, String)>,
}

/// The file of a document whose id was made of its path, with its number in a file of several; none for an id of its own.
fn file_of(document: &Document) -> Option<String> {
    let (id, path) = (document.id.as_str(), document.path.as_deref()?);
    let is_of_path = |name: &str| {
        !name.is_empty() && Path::new(path).ends_with(Path::new(name)) && path != "-" && !path.starts_with("-#")
    };
    let numbered = id.rsplit_once('#').filter(|(name, _)| is_of_path(name));
    let number = match numbered {
        Some((_, number)) => number,
        None if is_of_path(id) => "",
        None => return None,
    };
    Some(format!("{}#{number}", canonical(Path::new(path)).display()))
}

/// Where a file really stands; where it is gone, or inside another, as [`plain`] has it.
fn canonical(path: &Path) -> PathBuf {
    std::fs::canonicalize(path).unwrap_or_else(|_| plain(path))
}
