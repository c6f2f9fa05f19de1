//! The library as it is now: opened again where another program has changed the index, the findings beside it or what people
//! said of them; with what is made of it once and kept.

use super::Library;
use super::suggest::Name;
use super::views::Home;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// Opens the library anew. The error is told to whoever runs the server, and the pages stay as they were.
pub type Opener = Box<dyn Fn() -> Result<Library, String> + Send + Sync>;

/// So long nobody looks whether something has changed.
const PAUSE: Duration = Duration::from_secs(1);

/// What tells that something has changed, by its path in the folder of the index.
const TELLING: [&str; 3] = ["meta.json", "findings/contents.json", "reviews.jsonl"];

/// A library, and what was made of it.
pub(super) struct Opened {
    pub(super) library: Arc<Library>,
    /// What the home page shows to everybody, once somebody asked for it.
    pub(super) home: OnceLock<Home>,
    /// The names that a search may mean, once they were asked for.
    pub(super) names: OnceLock<Vec<Name>>,
}

impl Opened {
    fn of(library: Library) -> Arc<Opened> {
        Arc::new(Opened { library: Arc::new(library), home: OnceLock::new(), names: OnceLock::new() })
    }
}

/// When and how large each of [`TELLING`] was written; none where it is not there.
type Stamp = [Option<(SystemTime, u64)>; TELLING.len()];

/// The library that stands open.
pub(super) struct Standing {
    folder: PathBuf,
    opener: Opener,
    now: Mutex<Now>,
}

struct Now {
    opened: Arc<Opened>,
    stamp: Stamp,
    looked: Instant,
}

impl Standing {
    pub(super) fn new(library: Library, opener: Opener) -> Standing {
        let folder = library.index.dir().to_owned();
        let stamp = stamp(&folder);
        let now = Mutex::new(Now { opened: Opened::of(library), stamp, looked: Instant::now() });
        Standing { folder, opener, now }
    }

    /// The library as it is now. Looks at three files at most once a second. While one caller opens it anew, the others go on with
    /// what stands open.
    pub(super) fn now(&self) -> Arc<Opened> {
        if self.has_changed() {
            // A library that cannot be opened now is tried again when something changes once more.
            if let Ok(library) = (self.opener)() {
                self.lock().opened = Opened::of(library);
            }
        }
        self.lock().opened.clone()
    }

    /// Whether something was written since the last look, which is told to one caller only.
    fn has_changed(&self) -> bool {
        let mut now = self.lock();
        if now.looked.elapsed() < PAUSE {
            return false;
        }
        now.looked = Instant::now();
        let stamp = stamp(&self.folder);
        let changed = stamp != now.stamp;
        now.stamp = stamp;
        changed
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn stamp(folder: &std::path::Path) -> Stamp {
    TELLING.map(|name| {
        let file = std::fs::metadata(folder.join(name)).ok()?;
        Some((file.modified().ok()?, file.len()))
    })
}
