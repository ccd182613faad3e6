//! Two ways to the data: a look, which can only ask, and an act, which can change and ends with an audit record.

use std::sync::Arc;

use sqlx::{Any, Transaction};

use crate::keys::Vault;
use sealed::Parts;

/// What can be asked questions: a [`Look`] or an [`Act`](crate::Act).
pub trait Session: sealed::Session {}

impl<T: sealed::Session> Session for T {}

pub(crate) mod sealed {
    use sqlx::AnyConnection;

    use crate::keys::Vault;

    /// Only this crate makes sessions.
    pub trait Session: Send {
        #[doc(hidden)]
        fn parts(&mut self) -> Parts<'_>;
    }

    #[doc(hidden)]
    pub struct Parts<'a> {
        pub(crate) conn: &'a mut AnyConnection,
        pub(crate) vault: &'a Vault,
    }
}

/// A look at the database: all answers are of the moment of its first question.
pub struct Look {
    tx: Transaction<'static, Any>,
    vault: Arc<Vault>,
}

impl Look {
    pub(crate) fn new(tx: Transaction<'static, Any>, vault: Arc<Vault>) -> Self {
        Self { tx, vault }
    }
}

impl sealed::Session for Look {
    fn parts(&mut self) -> Parts<'_> {
        Parts { conn: &mut self.tx, vault: &self.vault }
    }
}

impl std::fmt::Debug for Look {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Look")
    }
}
