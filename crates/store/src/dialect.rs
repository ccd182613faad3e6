//! The few things that SQLite and PostgreSQL do not say in the same words. All else is one SQL text for both.

use crate::address::Address;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    pub(crate) fn of(address: &Address) -> Self {
        if address.path().is_some() { Self::Sqlite } else { Self::Postgres }
    }

    /// What every new connection is told first.
    ///
    /// * `journal_mode = WAL`: readers see the last confirmed state while an act is being written.
    /// * `synchronous = FULL`: with WAL, the usual `NORMAL` may lose the last acts when power fails. A confirmed act
    ///   may already have left the house as a delivery, so it must be on the disk before it is confirmed.
    /// * `secure_delete`: what is removed is overwritten, so that erased is erased.
    /// * `busy_timeout`: the time in which another program must finish its act.
    pub(crate) fn greeting(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &[
                "PRAGMA busy_timeout = 10000",
                "PRAGMA journal_mode = WAL",
                "PRAGMA synchronous = FULL",
                "PRAGMA foreign_keys = ON",
                "PRAGMA secure_delete = ON",
                "PRAGMA trusted_schema = OFF",
            ],
            Self::Postgres => &["SET lock_timeout = '10s'", "SET synchronous_commit = on"],
        }
    }

    /// Begins a transaction that will write. SQLite must take the write lock at once: one that reads first and
    /// writes later fails when another wrote between.
    pub(crate) fn begin_act(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN IMMEDIATE",
            Self::Postgres => "BEGIN",
        }
    }

    /// Begins a transaction in which all questions see the same state.
    pub(crate) fn begin_look(self) -> &'static str {
        match self {
            Self::Sqlite => "BEGIN DEFERRED",
            Self::Postgres => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        }
    }
}
