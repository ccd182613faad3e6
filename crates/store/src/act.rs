//! An act: changes and the record of them, together or not at all.
//!
//! Whoever wants to change something opens an act, says who they are, and gets the write lock. The only way to keep
//! the changes is [`Act::commit`], which asks what was done and on which ground; the record of it is written in the
//! same transaction. What was changed is not asked: the store noted it, with the hash of each state before and after.
//! An act that is dropped leaves nothing.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{Any, AnyConnection, Transaction};

use crate::audit::chain::{self, Head};
use crate::audit::record::{Object, Record};
use crate::audit::{Committed, Deed};
use crate::error::Error;
use crate::keys::Vault;
use crate::session::sealed::{Parts, Session};
use crate::values::{PersonId, Word};

/// Who acts, and in which role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    pub role: Word,
}

/// A transaction that can change things and ends with an audit record. See the module.
#[must_use = "an act that is not committed leaves nothing"]
pub struct Act {
    tx: Transaction<'static, Any>,
    pub(crate) vault: Arc<Vault>,
    actor: Actor,
    at: Timestamp,
    head: Head,
    touched: BTreeMap<(&'static str, String), Touch>,
    erases: Vec<u64>,
}

struct Touch {
    before: Option<String>,
    after: Option<String>,
}

impl Act {
    pub(crate) async fn begin(
        mut tx: Transaction<'static, Any>,
        vault: Arc<Vault>,
        actor: Actor,
        at: Timestamp,
    ) -> Result<Self, Error> {
        let head = chain::lock_head(&mut tx).await?;
        let touched = BTreeMap::new();
        Ok(Self { tx, vault, actor, at, head, touched, erases: Vec::new() })
    }

    /// When the act happens: what the caller's clock said.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Keeps all changes and writes down what was done, or changes nothing.
    ///
    /// When this returns `Ok`, the act is on the disk and survives a crash and a loss of power.
    ///
    /// # Errors
    /// What the database says; [`Error::DiskFull`] and [`Error::ReadOnly`] among them. Nothing was changed then.
    pub async fn commit(mut self, deed: Deed) -> Result<Committed, Error> {
        let record = self.record(&deed);
        let committed = chain::append(&mut self.tx, &self.vault, &record, &deed.personal).await?;
        self.tx.commit().await.map_err(|error| Error::from_sqlx("confirm the act", error))?;
        Ok(committed)
    }

    fn record(&mut self, deed: &Deed) -> Record {
        let mut objects: Vec<Object> = std::mem::take(&mut self.touched)
            .into_iter()
            .map(|((kind, id), touch)| Object {
                kind: kind.to_owned(),
                id,
                before: touch.before,
                after: touch.after,
            })
            .collect();
        let is_main = |object: &Object| object.kind == deed.object_kind && object.id == deed.object_id;
        let object = match objects.iter().position(is_main) {
            Some(place) => objects.remove(place),
            None => Object {
                kind: deed.object_kind.clone(),
                id: deed.object_id.clone(),
                before: None,
                after: None,
            },
        };
        Record {
            seq: self.head.seq + 1,
            prev: self.head.hash.clone(),
            at: crate::values::moment(self.at),
            actor: self.actor.person.0.clone(),
            role: self.actor.role.to_string(),
            action: deed.action.to_string(),
            object,
            also: objects,
            ground: deed.ground.clone(),
            commitment: None,
            erases: std::mem::take(&mut self.erases),
        }
    }

    /// Notes a change. Several changes of one object are one: from the first state to the last.
    pub(crate) fn touch(
        &mut self,
        kind: &'static str,
        id: &str,
        before: Option<String>,
        after: Option<String>,
    ) {
        self.touched
            .entry((kind, id.to_owned()))
            .and_modify(|touch| touch.after.clone_from(&after))
            .or_insert(Touch { before, after });
    }

    /// Erases the personal part of earlier audit records; the chain keeps holding, and this act's record says which.
    ///
    /// # Errors
    /// [`Error::NothingToErase`] if a record has no personal part (any more).
    pub async fn erase_personal(&mut self, records: &[u64]) -> Result<(), Error> {
        for seq in records {
            chain::erase(&mut self.tx, *seq).await?;
            self.erases.push(*seq);
        }
        self.erases.sort_unstable();
        Ok(())
    }

    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        &mut self.tx
    }
}

impl Session for Act {
    fn parts(&mut self) -> Parts<'_> {
        Parts { conn: &mut self.tx, vault: &self.vault }
    }
}

impl std::fmt::Debug for Act {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Act(by {}, {} changes)", self.actor.person, self.touched.len())
    }
}
