//! What all pages share.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use operations::hoster::editions;
use operations::hoster::queue::Queue;
use operations::hoster::reviews::ReviewError;
use store::{Look, PersonId, Store};
use tokio::sync::{Mutex, MutexGuard, Semaphore};
use watchlist::Edition;

use crate::claims::Claims;
use crate::sessions::Sessions;
use crate::work::{Job, Program};

/// Passwords that are hashed at a time: enough for a house that logs in at nine, and under 80 MiB.
const HASHED_AT_ONCE: usize = 4;
/// Editions whose entries are kept in memory: those that hits of the last screening rest on.
const MOST_EDITIONS: usize = 16;

/// The database, the clock, the program around, and who is logged in.
#[derive(Clone)]
pub struct Desk {
    pub(crate) store: Arc<Store>,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) sessions: Arc<Sessions>,
    pub(crate) claims: Arc<Claims>,
    pub(crate) job: Arc<Job>,
    pub(crate) settings: Arc<Settings>,
    /// How many passwords are hashed at a time.
    pub(crate) hashing: Arc<Semaphore>,
    queue: Arc<Mutex<Queue>>,
    editions: Arc<Mutex<Editions>>,
}

/// How a desk is run.
pub struct Settings {
    pub now: fn() -> Timestamp,
    /// Whether cookies are sent over TLS only: everywhere but on this very machine.
    pub only_over_tls: bool,
    /// Where files stay while they are worked on.
    pub uploads: PathBuf,
    pub program: Box<dyn Program>,
    /// People who may log in with one click: in a demo with invented parties, and nowhere else.
    pub without_password: Vec<PersonId>,
}

type Editions = HashMap<(String, u64), Arc<Edition>>;

impl Desk {
    pub fn new(store: Store, settings: Settings) -> Self {
        Self {
            store: Arc::new(store),
            now: settings.now,
            sessions: Arc::default(),
            claims: Arc::default(),
            job: Arc::default(),
            settings: Arc::new(settings),
            hashing: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
            queue: Arc::default(),
            editions: Arc::default(),
        }
    }

    /// The queue as it is now.
    pub(crate) async fn queue(&self, look: &mut Look) -> Result<MutexGuard<'_, Queue>, ReviewError> {
        let mut queue = self.queue.lock().await;
        queue.refresh(look).await?;
        Ok(queue)
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
