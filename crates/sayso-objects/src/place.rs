//! A place in a store: an object, or a folder of objects.

use crate::address::Address;
use crate::client::Connector;
use crate::error::ObjectError;
use crate::read::Body;
use crate::write::Upload;
use futures_util::TryStreamExt;
use object_store::aws::AmazonS3Builder;
use object_store::http::HttpBuilder;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt, RetryConfig};
use std::env::var;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};

/// An address, and the connection to its store, which all places made from it share.
#[derive(Clone, Debug)]
pub struct Place {
    shared: Arc<Shared>,
    /// The store and, before the object, the folders that lead to it: `s3://bucket`.
    root: String,
    key: Path,
    kind: Kind,
}

#[derive(Debug)]
pub(crate) struct Shared {
    pub(crate) store: Arc<dyn ObjectStore>,
    pub(crate) runtime: Runtime,
}

/// What is known of a place before it is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An object, or a folder.
    Either,
    /// A folder: its address ends in `/`.
    Folder,
    /// A file of the web, which has no folders that could be listed.
    Web,
}

/// What stands at an address.
#[derive(Debug)]
pub enum Found {
    /// An object.
    Object(Place),
    /// The objects of a folder, each with its name in the folder (`2031/a.txt`), in the order of a walk: names are compared
    /// folder by folder. Those that are hidden (a part begins with `.`) are left out.
    Folder(Vec<(String, Place)>),
}

impl Place {
    /// The place that an address names. Connects to nothing yet.
    pub fn of(address: &str) -> Result<Place, ObjectError> {
        let address = Address::read(address)?;
        let (store, root, key, kind): (Arc<dyn ObjectStore>, _, _, _) = match &address {
            Address::Bucket { bucket, key, folder } => {
                let kind = if *folder { Kind::Folder } else { Kind::Either };
                (Arc::new(bucket_of(bucket)?), format!("s3://{bucket}"), key.clone(), kind)
            }
            Address::Web(url) => {
                let store = HttpBuilder::new().with_url(url.as_str()).with_retry(retries());
                let store = store.with_http_connector(Connector::Web).build()?;
                (Arc::new(store), address.shown(), Path::default(), Kind::Web)
            }
        };
        Ok(Place { shared: Shared::over(store)?, root, key, kind })
    }

    /// The address as it is shown: without a query or a password.
    pub fn name(&self) -> String {
        match self.kind {
            Kind::Web => self.root.clone(),
            Kind::Either | Kind::Folder => format!("{}/{}", self.root, self.key),
        }
    }

    /// The place of that name below this one.
    pub fn join(&self, name: &str) -> Result<Place, ObjectError> {
        let whole = if self.key.as_ref().is_empty() { name.to_owned() } else { format!("{}/{name}", self.key) };
        let key = Path::parse(whole).map_err(|error| ObjectError::Asked(error.to_string()))?;
        Ok(Place { key, kind: Kind::Either, ..self.clone() })
    }

    /// What stands here: an object or, where none has this name, a folder.
    pub fn look(&self) -> Result<Found, ObjectError> {
        match self.kind {
            // It is asked for once, when it is read.
            Kind::Web => return Ok(Found::Object(self.clone())),
            Kind::Folder => {}
            Kind::Either => match self.shared.block_on(self.shared.store.head(&self.key)) {
                Ok(_) => return Ok(Found::Object(self.clone())),
                Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(error.into()),
            },
        }
        let names = self.names()?;
        if names.is_empty() {
            return Err(ObjectError::NotFound);
        }
        let place = |name: String| self.join(&name).map(|place| (name, place));
        names.into_iter().map(place).collect::<Result<_, _>>().map(Found::Folder)
    }

    /// The names below this folder, in the order of a walk.
    fn names(&self) -> Result<Vec<String>, ObjectError> {
        let listed = self.shared.store.list(Some(&self.key));
        let all: Vec<_> = self.shared.block_on(listed.map_ok(|meta| meta.location).try_collect())?;
        let below = |key: Path| {
            let parts: Vec<String> = key.prefix_match(&self.key)?.map(|part| part.as_ref().to_owned()).collect();
            let seen = !parts.is_empty() && !parts.iter().any(|part| part.starts_with('.'));
            seen.then_some(parts)
        };
        let mut names: Vec<Vec<String>> = all.into_iter().filter_map(below).collect();
        names.sort_unstable();
        Ok(names.into_iter().map(|parts| parts.join("/")).collect())
    }

    /// The bytes of the object.
    pub fn read(&self) -> Result<Body, ObjectError> {
        let found = self.shared.block_on(self.shared.store.get(&self.key))?;
        Ok(Body::new(self.shared.clone(), found.into_stream()))
    }

    /// A writer of the object, which is there when the writer is finished. The web is not written to.
    pub fn write(&self) -> Result<Upload, ObjectError> {
        if self.kind == Kind::Web {
            return Err(ObjectError::Asked("nothing is written to the web; write to s3:// or to a file".to_owned()));
        }
        if self.kind == Kind::Folder {
            return Err(ObjectError::Asked("it is a folder; name an object in it".to_owned()));
        }
        Ok(Upload::new(self.shared.clone(), self.key.clone()))
    }

    /// A place in a store that a test has made.
    #[cfg(test)]
    pub(crate) fn test(store: Arc<dyn ObjectStore>, key: &str) -> Place {
        let (key, kind) = (Path::parse(key).unwrap_or_default(), Kind::Either);
        #[allow(clippy::unwrap_used, reason = "a test may panic")]
        let shared = Shared::over(store).unwrap();
        Place { shared, root: "s3://news".to_owned(), key, kind }
    }
}

impl Shared {
    fn over(store: Arc<dyn ObjectStore>) -> Result<Arc<Shared>, ObjectError> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("objects").enable_all().build()?;
        Ok(Arc::new(Shared { store, runtime }))
    }

    pub(crate) fn block_on<F: Future>(&self, work: F) -> F::Output {
        self.runtime.block_on(work)
    }
}

/// A few tries, then the error: a person waits for it.
fn retries() -> RetryConfig {
    RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(60), ..RetryConfig::default() }
}

/// The store of a bucket, by the variables of the environment.
fn bucket_of(bucket: &str) -> Result<impl ObjectStore, ObjectError> {
    let told = |name| var(name).is_ok_and(|value| !value.is_empty());
    let is_true = |name| var(name).is_ok_and(|value| value == "true" || value == "1");
    let credentials = [
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
        "AWS_METADATA_ENDPOINT",
    ];
    if !is_true("AWS_SKIP_SIGNATURE") && !credentials.into_iter().any(told) {
        return Err(ObjectError::Asked(
            "there are no credentials; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_SKIP_SIGNATURE=true for a \
             bucket that anybody may read, or AWS_METADATA_ENDPOINT on an instance that has a role"
                .to_owned(),
        ));
    }
    let endpoint =
        ["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL", "AWS_ENDPOINT"].into_iter().find_map(|name| var(name).ok());
    if !is_true("AWS_ALLOW_HTTP")
        && let Some(endpoint) = endpoint.filter(|endpoint| endpoint.starts_with("http://"))
    {
        return Err(ObjectError::Asked(format!(
            "the endpoint {endpoint} is not encrypted; AWS_ALLOW_HTTP=true allows it"
        )));
    }
    let builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_retry(retries());
    Ok(builder.with_http_connector(Connector::Store).build()?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;
    use object_store::memory::InMemory;
    use std::io::{Read, Write};

    fn store(names: &[&str]) -> Arc<dyn ObjectStore> {
        let store: Arc<dyn ObjectStore> = Arc::new(InMemory::new());
        for name in names {
            put(&Place::test(store.clone(), name), name.as_bytes());
        }
        store
    }

    fn put(place: &Place, bytes: &[u8]) {
        let mut upload = place.write().unwrap();
        upload.write_all(bytes).unwrap();
        upload.finish().unwrap();
    }

    fn names(place: &Place) -> Vec<String> {
        match place.look() {
            Ok(Found::Folder(objects)) => objects.into_iter().map(|(name, _)| name).collect(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_folder_has_its_objects_in_the_order_of_a_walk() {
        let store = store(&["b/a.txt", "b/a/z.txt", "b/.git/c.txt", "b/.d.txt", "ba/c.txt", "b/c.txt", "top.txt"]);
        assert_eq!(names(&Place::test(store.clone(), "b")), ["a/z.txt", "a.txt", "c.txt"]);
        assert_eq!(names(&Place::test(store.clone(), "")), ["b/a/z.txt", "b/a.txt", "b/c.txt", "ba/c.txt", "top.txt"]);
        assert!(matches!(Place::test(store, "bb").look(), Err(ObjectError::NotFound)));
    }

    #[test]
    fn an_object_is_read_whole_and_stands_before_a_folder_of_its_name() {
        let store = store(&["a", "a/b.txt"]);
        let Ok(Found::Object(place)) = Place::test(store, "a").look() else { panic!() };
        let mut text = String::new();
        place.read().unwrap().read_to_string(&mut text).unwrap();
        assert_eq!((text.as_str(), place.name().as_str()), ("a", "s3://news/a"));
    }

    #[test]
    fn an_upload_is_there_when_it_is_finished_and_never_half() {
        let store = store(&[]);
        let place = Place::test(store.clone(), "out/month=2031-05/part 0%20.bin");
        let there = || matches!(place.look(), Ok(Found::Object(_)));
        // Three parts and a piece.
        let bytes: Vec<u8> = (0..16 << 20).map(|n: u32| (n % 251) as u8).collect();
        let mut upload = place.write().unwrap();
        bytes.chunks(100_000).for_each(|chunk| upload.write_all(chunk).unwrap());
        assert!(!there());
        drop(upload);
        assert!(!there());
        put(&place, &bytes);
        let mut read = Vec::new();
        place.read().unwrap().read_to_end(&mut read).unwrap();
        assert!(read == bytes);
        // Nothing at all is an object, too.
        put(&place, b"");
        assert_eq!(place.read().unwrap().read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn what_is_missing_is_told() {
        let error = Place::test(store(&[]), "gone.txt").read().map(|_| ()).unwrap_err();
        assert_eq!(std::io::Error::from(error).kind(), std::io::ErrorKind::NotFound);
    }
}
