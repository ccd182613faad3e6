//! What all pages share.

use std::sync::Arc;

use jiff::Timestamp;
use store::Store;

use crate::sessions::Sessions;

/// The database, the clock, and who is logged in.
#[derive(Clone)]
pub struct Desk {
    pub(crate) store: Arc<Store>,
    pub(crate) now: fn() -> Timestamp,
    pub(crate) sessions: Arc<Sessions>,
    /// Whether cookies are sent over TLS only: everywhere but on this very machine.
    pub(crate) only_over_tls: bool,
}

impl Desk {
    pub fn new(store: Store, now: fn() -> Timestamp, only_over_tls: bool) -> Self {
        Self { store: Arc::new(store), now, sessions: Arc::new(Sessions::default()), only_over_tls }
    }
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Desk")
    }
}
