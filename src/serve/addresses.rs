//! The addresses of the pages: an id, a name or a query goes in, a path of this server comes out.

use crate::index::By;
use crate::output::encoded;

/// The page of a speaker.
pub(super) fn speaker_address(name: &str) -> String {
    format!("/speaker/{}", encoded(name).replace('/', "%2F"))
}

/// The page of who used a statement.
pub(super) fn statement_address(id: &str) -> String {
    format!("/statement/{}", encoded(id))
}

/// The page of an outlet.
pub(super) fn outlet_address(name: &str) -> String {
    format!("/outlet/{}", encoded(name).replace('/', "%2F"))
}

/// The address of a finding's page.
pub(super) fn finding_address(key: &str, id: &str) -> String {
    format!("/q/{key}/{}", encoded(id))
}

/// The page of a document beside a statement.
pub(super) fn beside_address(id: &str, statement: &str) -> String {
    format!("/beside/{}?with={}", encoded(id), encoded(statement).replace('/', "%2F"))
}

/// A page of a list of findings; of those that are new since a second.
pub(super) fn findings_address(name: &str, page: usize, since: Option<i64>) -> String {
    let since = since.map_or(String::new(), |since| format!("&since={since}"));
    format!("/findings/{name}?page={page}{since}")
}

/// The address of a search with these fields.
pub(super) fn search_address(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{name}={}", encoded(value).replace('/', "%2F"))).collect();
    format!("/search?{}", pairs.join("&"))
}

/// The page of a search that a facet leads to.
pub(super) fn facet_address(by: By, key: &str) -> String {
    match by {
        By::Publisher => outlet_address(key),
        By::Speaker => speaker_address(key),
        By::Month => search_address(&[("q", &format!("date:{key}"))]),
    }
}
