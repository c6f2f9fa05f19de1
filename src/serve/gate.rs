//! The gate of a server that a newsroom's network can reach (`sayso serve --listen`): a token from a file opens a session, and
//! nothing is answered without one. A browser brings the token once, by a form, and gets a cookie; a program sends
//! `Authorization: Bearer TOKEN`. Whoever is wrong too often, or asks too fast, waits.
//!
//! The token and the pages cross the network as they are: put a proxy that speaks TLS before it where others listen.

use super::finding::same;
use super::visit::cookie;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// A token has at least so many characters.
const SHORTEST: usize = 16;

/// How long a session lasts.
const SESSION: Duration = Duration::from_secs(12 * 60 * 60);

/// So many sessions at once; the oldest ends.
const SESSIONS: usize = 1_000;

/// So many wrong tokens from one address within [`SPELL`].
const WRONG: u32 = 5;

/// So many requests from one address within [`SPELL`].
const REQUESTS: u32 = 1_200;

/// How long an address is remembered.
const SPELL: Duration = Duration::from_secs(60);

/// So many addresses are remembered.
const ADDRESSES: usize = 10_000;

/// The name of the cookie.
const COOKIE: &str = "sayso";

/// A token with which a gate cannot be made.
#[derive(Debug, thiserror::Error)]
#[error("the token has fewer than {SHORTEST} characters; `openssl rand -hex 16` makes one")]
pub struct WeakToken;

/// Who may come in.
pub struct Gate {
    token: String,
    sessions: Mutex<HashMap<String, Instant>>,
    known: Mutex<HashMap<IpAddr, Visits>>,
}

/// What an address did within a spell.
struct Visits {
    since: Instant,
    requests: u32,
    wrong: u32,
}

fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Gate {
    /// A gate that a token opens; white space around it does not count.
    pub fn new(token: &str) -> Result<Gate, WeakToken> {
        let token = token.trim().to_owned();
        if token.chars().count() < SHORTEST {
            return Err(WeakToken);
        }
        Ok(Gate { token, sessions: Mutex::default(), known: Mutex::default() })
    }

    /// Counts a request of an address, and whether it was wrong. Whether it has to wait.
    fn waits(&self, address: IpAddr, wrong: bool) -> bool {
        let mut known = held(&self.known);
        if known.len() >= ADDRESSES {
            known.retain(|_, visits| visits.since.elapsed() < SPELL);
        }
        if known.len() >= ADDRESSES && !known.contains_key(&address) {
            return true;
        }
        let fresh = || Visits { since: Instant::now(), requests: 0, wrong: 0 };
        let visits = known.entry(address).or_insert_with(fresh);
        if visits.since.elapsed() >= SPELL {
            *visits = fresh();
        }
        visits.requests += 1;
        visits.wrong += u32::from(wrong);
        visits.requests > REQUESTS || visits.wrong > WRONG
    }

    fn has_session(&self, headers: &HeaderMap) -> bool {
        let sessions = held(&self.sessions);
        cookie(headers, COOKIE).and_then(|id| sessions.get(id)).is_some_and(|begun| begun.elapsed() < SESSION)
    }

    fn has_token(&self, headers: &HeaderMap) -> Option<bool> {
        let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")?;
        Some(same(&self.token, given.trim()))
    }

    /// The answer to a request of somebody who may not come in; none where he may.
    pub(super) fn stop(&self, address: IpAddr, headers: &HeaderMap) -> Option<Response> {
        let wrong = self.has_token(headers) == Some(false);
        if self.waits(address, wrong) {
            let wait = [(header::RETRY_AFTER, HeaderValue::from_static("60"))];
            return Some((StatusCode::TOO_MANY_REQUESTS, wait, "too many requests; wait a minute\n").into_response());
        }
        if self.has_session(headers) || self.has_token(headers) == Some(true) {
            return None;
        }
        let is_page = headers.get(header::ACCEPT).is_some_and(|value| value.to_str().is_ok_and(|a| a.contains("html")));
        Some(match is_page {
            true => Redirect::to("/login").into_response(),
            false => {
                let how = [(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))];
                (StatusCode::UNAUTHORIZED, how, "send Authorization: Bearer TOKEN\n").into_response()
            }
        })
    }

    /// A session for whoever brings the token: the cookie. None where the token is wrong.
    pub(super) fn enter(&self, address: IpAddr, given: &str) -> Option<String> {
        let right = same(&self.token, given.trim());
        if self.waits(address, !right) || !right {
            return None;
        }
        let part = || RandomState::new().hash_one(address);
        let id = format!("{:016x}{:016x}{:016x}", part(), part(), part());
        let mut sessions = held(&self.sessions);
        sessions.retain(|_, begun| begun.elapsed() < SESSION);
        if sessions.len() >= SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, begun)| **begun).map(|(id, _)| id.clone());
            oldest.map(|id| sessions.remove(&id));
        }
        sessions.insert(id.clone(), Instant::now());
        Some(format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict; Max-Age={}", SESSION.as_secs()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "a-token-of-some-length";

    fn headers(pairs: &[(header::HeaderName, String)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect()
    }

    #[test]
    fn a_session_begins_with_the_token_alone() {
        assert!(Gate::new("  short  ").is_err());
        let gate = Gate::new(TOKEN).unwrap();
        let here: IpAddr = [10, 0, 0, 7].into();
        let none = headers(&[]);
        assert_eq!(gate.stop(here, &none).unwrap().status(), StatusCode::UNAUTHORIZED);
        assert!(gate.enter(here, "a-token-of-some-lengthx").is_none());
        let cookie = gate.enter(here, &format!("{TOKEN}\n")).unwrap();
        let pair = cookie.split(';').next().unwrap().to_owned();
        assert!(gate.stop(here, &headers(&[(header::COOKIE, format!("other=1; {pair}"))])).is_none());
        assert!(gate.stop(here, &headers(&[(header::COOKIE, format!("{pair}0"))])).is_some());
        assert!(gate.stop(here, &headers(&[(header::AUTHORIZATION, format!("Bearer {TOKEN}"))])).is_none());
        let page = gate.stop(here, &headers(&[(header::ACCEPT, "text/html".into())])).unwrap();
        assert_eq!(
            (page.status(), page.headers()[header::LOCATION].to_str().unwrap()),
            (StatusCode::SEE_OTHER, "/login")
        );
    }

    #[test]
    fn who_is_wrong_too_often_waits_and_nobody_else_does() {
        let gate = Gate::new(TOKEN).unwrap();
        let (here, there): (IpAddr, IpAddr) = ([10, 0, 0, 7].into(), [10, 0, 0, 8].into());
        for _ in 0..=WRONG {
            assert!(gate.enter(here, "wrong").is_none());
        }
        assert!(gate.enter(here, TOKEN).is_none());
        let right = headers(&[(header::AUTHORIZATION, format!("Bearer {TOKEN}"))]);
        assert_eq!(gate.stop(here, &right).unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
        assert!(gate.enter(there, TOKEN).is_some() && gate.stop(there, &right).is_none());
        for _ in 0..REQUESTS {
            gate.stop(there, &right);
        }
        assert_eq!(gate.stop(there, &right).unwrap().status(), StatusCode::TOO_MANY_REQUESTS);
    }
}
