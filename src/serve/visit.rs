//! What is new since a visitor was here last. A cookie remembers how far the index went then, and when that was; nothing is
//! kept on our side.

use axum::http::{HeaderMap, HeaderValue, header};

/// A pause of so many seconds ends a visit.
const PAUSE: i64 = 30 * 60;

/// The name of the cookie, and the seconds that it is kept: a year.
const COOKIE: &str = "seen";
const KEPT: u32 = 365 * 24 * 60 * 60;

/// How far an index went, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    /// The number of the next new document then.
    pub(super) number: u64,
    /// The second since 1970.
    pub(super) second: i64,
}

/// What a visitor's browser remembers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// Where the last visit ended: what came later is new.
    pub(super) since: Mark,
    /// The latest page of this visit.
    latest: Mark,
}

impl Visit {
    /// The visit that a page at `now` belongs to. On the first one nothing is new; a number that lies ahead is of another
    /// index.
    pub(super) fn at(now: Mark, headers: &HeaderMap) -> Visit {
        let before = cookie(headers, COOKIE).and_then(read).filter(|visit| visit.latest.number <= now.number);
        let Some(before) = before else { return Visit { since: now, latest: now } };
        let is_over = now.second - before.latest.second > PAUSE;
        Visit { since: if is_over { before.latest } else { before.since }, latest: now }
    }

    /// The cookie to remember.
    pub(super) fn cookie(&self) -> Option<HeaderValue> {
        let Visit { since, latest } = self;
        let seen = format!("{}.{}.{}.{}", since.number, since.second, latest.number, latest.second);
        format!("{COOKIE}={seen}; Path=/; HttpOnly; SameSite=Strict; Max-Age={KEPT}").parse().ok()
    }
}

fn read(value: &str) -> Option<Visit> {
    let mut parts = value.split('.');
    let mut mark = || Some(Mark { number: parts.next()?.parse().ok()?, second: parts.next()?.parse().ok()? });
    let (since, latest) = (mark()?, mark()?);
    (since.number <= latest.number && since.second <= latest.second).then_some(Visit { since, latest })
}

/// The value of a cookie that a browser sends.
pub(super) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|all| all.split(';')).filter_map(|one| one.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(number: u64, second: i64, cookie: Option<&HeaderValue>) -> Visit {
        let mut headers = HeaderMap::new();
        if let Some(value) = cookie {
            let sent = value.to_str().unwrap().split(';').next().unwrap().to_owned();
            headers.insert(header::COOKIE, format!("sayso=x; {sent}").parse().unwrap());
        }
        Visit::at(Mark { number, second }, &headers)
    }

    #[test]
    fn a_visit_ends_with_a_pause_and_what_came_since_is_new() {
        let first = visit(10, 1_000, None);
        assert_eq!(first.since, Mark { number: 10, second: 1_000 });
        // Within the visit, what was new stays new.
        let again = visit(12, 1_600, first.cookie().as_ref());
        assert_eq!(again.since, first.since);
        let later = visit(15, 1_600 + PAUSE + 1, again.cookie().as_ref());
        assert_eq!(later.since, Mark { number: 12, second: 1_600 });
        // Another index at the same address, and a cookie that says nothing.
        assert_eq!(visit(3, 9_000, later.cookie().as_ref()).since.number, 3);
        for bad in ["seen=", "seen=1.2.3", "seen=5.5.4.4", "seen=a.b.c.d", "seen=-1.0.5.5"] {
            assert_eq!(visit(20, 9_000, Some(&bad.parse().unwrap())).since.second, 9_000, "{bad}");
        }
    }
}
