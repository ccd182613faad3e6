//! What all pages share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use kyc::Policy;
use operations::hoster::editions;
use operations::hoster::queue::Queue;
use operations::hoster::reviews::ReviewError;
use store::{Look, PersonId, Store};
use tokio::sync::{Mutex, MutexGuard, Semaphore};
use watchlist::Edition;

use crate::claims::Claims;
use crate::reception::Reception;
use crate::sessions::Sessions;
use crate::waiting::Waiting;
use crate::work::{Job, Office, Program, SignIn};

/// Passwords that are hashed at a time: enough for a house that logs in at nine, and under 80 MiB.
const HASHED_AT_ONCE: usize = 4;
/// Questions to the identity provider at a time: strangers cannot make the desk flood it.
const ASKED_AT_ONCE: usize = 4;
/// Answers of partners that are taken in at a time: anybody can send something, and each costs a signature.
const ANSWERED_AT_ONCE: usize = 4;
/// Editions whose entries are kept in memory: those that hits of the last screening rest on.
const MOST_EDITIONS: usize = 16;
/// How long the answer to which lists are stale is kept.
const STALE_FOR: SignedDuration = SignedDuration::from_secs(60);

/// The database, the clock, the program around, and who is logged in.
#[derive(Clone)]
pub struct Desk {
    pub(crate) store: Arc<Store>,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) claims: Arc<Claims>,
    pub(crate) job: Arc<Job>,
    /// Customer files that people look at before they screen them.
    pub(crate) waiting: Arc<Waiting>,
    pub(crate) settings: Arc<Settings>,
    /// Orders from shops on their way to the disk.
    pub(crate) reception: Arc<Reception>,
    /// How many passwords are hashed at a time.
    pub(crate) hashing: Arc<Semaphore>,
    /// How many logins ask the identity provider at a time.
    pub(crate) asking: Arc<Semaphore>,
    /// How many answers of partners are taken in at a time.
    pub(crate) answering: Arc<Semaphore>,
    queue: Arc<Mutex<Queue>>,
    editions: Arc<Mutex<Editions>>,
    stale: Arc<Mutex<Stale>>,
}

/// How a desk is run.
pub struct Settings {
    pub now: fn() -> Timestamp,
    /// Whether cookies are sent over TLS only: everywhere but on this very machine.
    pub only_over_tls: bool,
    /// Where files stay while they are worked on.
    pub uploads: PathBuf,
    pub program: Box<dyn Program>,
    /// What the issuer's pages ask; none where no list is issued here.
    pub office: Option<Box<dyn Office>>,
    /// The identity provider of the house, if it has one.
    pub sign_in: Option<Box<dyn SignIn>>,
    /// How long what is kept of customers stays, in months; what is older goes by itself.
    pub retention_months: u32,
    /// How new customers are let in.
    pub policy: Arc<Policy>,
    /// People who may log in with one click: in a demo with invented parties, and nowhere else.
    pub without_password: Vec<DemoPerson>,
    /// Where the key files of the demo's people lie, with their passphrase.
    pub demo_keys: Option<String>,
}

/// Somebody of a demo, and what they are in it: a word with a text in both languages.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    pub person: PersonId,
    pub what: &'static str,
}

/// When it was asked last which lists are stale, and their titles.
type Stale = Option<(Timestamp, Vec<String>)>;
type Editions = HashMap<(String, u64), Arc<Edition>>;

impl Desk {
    /// The store, for what works beside the pages.
    pub fn store(&self) -> Arc<Store> {
        Arc::clone(&self.store)
    }

    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store: Arc::new(store),
            now: settings.now,
            sessions: Arc::default(),
            claims: Arc::default(),
            job: Arc::default(),
            waiting: Arc::default(),
            settings: Arc::new(settings),
            reception: Arc::default(),
            hashing: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
            asking: Arc::new(Semaphore::new(ASKED_AT_ONCE)),
            answering: Arc::new(Semaphore::new(ANSWERED_AT_ONCE)),
            queue: Arc::default(),
            editions: Arc::default(),
            stale: Arc::default(),
        }
    }

    /// The queue as it is now.
    pub(crate) async fn queue(&self, look: &mut Look) -> Result<MutexGuard<'_, Queue>, ReviewError> {
        let mut queue = self.queue.lock().await;
        queue.refresh(look).await?;
        Ok(queue)
    }

    /// Titles of lists beyond their last day that are still in use. Asked again after a while: a day lasts long.
    pub(crate) async fn stale(&self) -> Vec<String> {
        let now = (self.now)();
        let mut kept = self.stale.lock().await;
        if let Some((at, titles)) = kept.as_ref()
            && now.duration_since(*at) < STALE_FOR
        {
            return titles.clone();
        }
        let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
        let asked = async { editions::list(&mut self.store.look().await?, false).await };
        let Ok(all) = asked.await else { return Vec::new() };
        let titles: Vec<String> =
            all.into_iter().filter(|one| one.is_stale(today)).map(|one| one.title).collect();
        *kept = Some((now, titles.clone()));
        titles
    }

    /// Another edition was installed.
    pub(crate) async fn forget_stale(&self) {
        *self.stale.lock().await = None;
    }

    /// An installed edition; reading one takes longer than showing a page.
    pub(crate) async fn edition(
        &self,
        look: &mut Look,
        list: &str,
        number: u64,
    ) -> Result<Option<Arc<Edition>>, store::Error> {
        let key = (list.to_owned(), number);
        let mut kept = self.editions.lock().await;
        if let Some(edition) = kept.get(&key) {
            return Ok(Some(Arc::clone(edition)));
        }
        let Some(edition) = editions::numbered(look, list, number).await? else { return Ok(None) };
        let edition = Arc::new(edition);
        if kept.len() >= MOST_EDITIONS {
            kept.clear();
        }
        kept.insert(key, Arc::clone(&edition));
        Ok(Some(edition))
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}

impl std::fmt::Debug for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Settings")
    }
}
