//! Who is logged in, and how often somebody tried in vain.
//!
//! Sessions live in memory: a restart logs everybody out, and a copied database logs nobody in. What is kept is the hash
//! of the token, so that a look into memory gives none away.

use std::collections::HashMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};
use rand_core::{OsRng, RngCore};
use sha2::{Digest, Sha256};
use store::PersonId;

/// Nobody stays logged in longer than a working day.
const LONGEST: SignedDuration = SignedDuration::from_hours(12);
/// A desk that is left alone is locked.
const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// Failed logins of one name before it has to wait.
const TRIES: u32 = 5;
/// Failed logins from one address, whatever the names: a whole house may sit behind one.
const TRIES_OF_ADDRESS: u32 = 40;
/// How long it waits.
const PAUSE: SignedDuration = SignedDuration::from_mins(15);
/// Names that are remembered; beyond it the oldest are forgotten, so that nobody can fill the memory.
const MOST_NAMES: usize = 10_000;

#[derive(Default)]
pub(crate) struct Sessions {
    open: Mutex<HashMap<[u8; 32], Session>>,
    failed: Tries,
    /// By the address from which somebody tried.
    failed_from: Tries,
    /// The last code of each person that opened a session, by its step.
    codes: Mutex<HashMap<PersonId, u64>>,
}

/// How often somebody tried in vain, and when last.
#[derive(Default)]
struct Tries(Mutex<HashMap<String, (u32, Timestamp)>>);

#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) person: PersonId,
    /// What a form must send along.
    pub(crate) csrf: String,
    began: Timestamp,
    seen: Timestamp,
}

impl Sessions {
    /// Begins a session and gives its token, which goes into the cookie. Always a new one: a token that somebody set
    /// before the login opens nothing.
    pub(crate) fn begin(&self, person: PersonId, now: Timestamp) -> String {
        let token = random();
        let session = Session { person, csrf: random(), began: now, seen: now };
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        open.retain(|_, session| session.counts_at(now));
        open.insert(hash(&token), session);
        token
    }

    /// The session of a token, if it still counts.
    pub(crate) fn of(&self, token: &str, now: Timestamp) -> Option<Session> {
        let mut open = self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let session = open.get_mut(&hash(token))?;
        if !session.counts_at(now) {
            open.remove(&hash(token));
            return None;
        }
        session.seen = now;
        Some(session.clone())
    }

    pub(crate) fn end(&self, token: &str) {
        self.open.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&hash(token));
    }

    /// Uses a code up: it, and those before it, open nothing a second time.
    pub(crate) fn use_code(&self, person: &PersonId, step: u64) -> bool {
        let mut codes = self.codes.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let is_new = codes.get(person).is_none_or(|used| *used < step);
        if is_new {
            codes.insert(person.clone(), step);
        }
        is_new
    }

    /// Whether this name may try to log in now.
    pub(crate) fn may_try(&self, name: &str, now: Timestamp) -> bool {
        self.failed.are_below(name, TRIES, now)
    }

    /// Whether anybody at this address may try to log in now.
    pub(crate) fn may_try_from(&self, address: &str, now: Timestamp) -> bool {
        self.failed_from.are_below(address, TRIES_OF_ADDRESS, now)
    }

    /// Notes that a login from this address failed. One that succeeds forgives nothing: who has one account must not try
    /// all others with it.
    pub(crate) fn failed_from(&self, address: &str, now: Timestamp) {
        self.failed_from.note(address, now);
    }

    /// Notes how a try went.
    pub(crate) fn tried(&self, name: &str, succeeded: bool, now: Timestamp) {
        if succeeded {
            self.failed.forget(name);
        } else {
            self.failed.note(name, now);
        }
    }
}

impl Tries {
    fn are_below(&self, key: &str, limit: u32, now: Timestamp) -> bool {
        let tries = self.lock();
        tries.get(key).is_none_or(|(count, last)| *count < limit || now.duration_since(*last) >= PAUSE)
    }

    fn forget(&self, key: &str) {
        self.lock().remove(key);
    }

    fn note(&self, key: &str, now: Timestamp) {
        let mut tries = self.lock();
        if tries.len() >= MOST_NAMES {
            tries.retain(|_, (_, last)| now.duration_since(*last) < PAUSE);
        }
        let (count, last) = tries.entry(key.to_owned()).or_insert((0, now));
        *count = if now.duration_since(*last) >= PAUSE { 1 } else { *count + 1 };
        *last = now;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (u32, Timestamp)>> {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Session {
    fn counts_at(&self, now: Timestamp) -> bool {
        now.duration_since(self.began) < LONGEST && now.duration_since(self.seen) < IDLE
    }
}

fn random() -> String {
    let mut bytes = [0; 32];
    OsRng.fill_bytes(&mut bytes);
    hex::encode(bytes)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Whether two secrets are equal, by their hashes: how long it takes tells nothing of where they differ.
pub(crate) fn same_secret(one: &str, other: &str) -> bool {
    hash(one) == hash(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_770_000_000 + minute * 60).unwrap()
    }

    #[test]
    fn a_session_ends_when_it_is_left_alone_or_lasts_too_long() {
        let sessions = Sessions::default();
        let token = sessions.begin(PersonId("anna".to_owned()), at(0));
        assert!(sessions.of(&token, at(29)).is_some());
        assert!(sessions.of(&token, at(58)).is_some());
        assert!(sessions.of(&token, at(89)).is_none());
        assert!(sessions.of(&token, at(89)).is_none(), "it does not come back");

        let token = sessions.begin(PersonId("anna".to_owned()), at(0));
        let lasts = (1..100)
            .map(|step| step * 20)
            .take_while(|minute| sessions.of(&token, at(*minute)).is_some())
            .last();
        assert_eq!(lasts, Some(700));
    }

    #[test]
    fn a_name_waits_after_five_tries_in_vain() {
        let sessions = Sessions::default();
        for _ in 0..5 {
            assert!(sessions.may_try("anna", at(0)));
            sessions.tried("anna", false, at(0));
        }
        assert!(!sessions.may_try("anna", at(1)));
        assert!(sessions.may_try("bram", at(1)));
        assert!(sessions.may_try("anna", at(15)));
        sessions.tried("anna", true, at(15));
        assert!(sessions.may_try("anna", at(15)));
    }

    #[test]
    fn an_address_waits_after_many_names_and_no_success_forgives_it() {
        let sessions = Sessions::default();
        for name in 0..40 {
            assert!(sessions.may_try_from("192.0.2.1", at(0)));
            sessions.failed_from("192.0.2.1", at(0));
            sessions.tried(&format!("name-{name}"), false, at(0));
        }
        sessions.tried("anna", true, at(0));
        assert!(!sessions.may_try_from("192.0.2.1", at(1)));
        assert!(sessions.may_try_from("192.0.2.2", at(1)));
        assert!(sessions.may_try_from("192.0.2.1", at(15)));
    }

    #[test]
    fn only_the_token_opens_a_session() {
        let sessions = Sessions::default();
        let token = sessions.begin(PersonId("anna".to_owned()), at(0));
        sessions.end(&token);
        assert!(sessions.of(&token, at(0)).is_none());
        assert!(sessions.of("", at(0)).is_none());
    }
}
