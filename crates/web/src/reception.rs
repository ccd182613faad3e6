//! Where orders from shops are written down before anything else happens with them.
//!
//! Orders that come at the same time are written in one act, so that a flood costs one write to the disk for many of them.
//! The answer is given when the order is on the disk and before anybody looked it up: it cannot depend on a list.

use std::sync::{Arc, Mutex as Plain, PoisonError};

use operations::hoster::sign_ups::receive::{self, Incoming};
use rand_core::OsRng;
use tokio::sync::{Mutex, oneshot};

use crate::desk::Desk;

/// The most orders of one act: more would only make the last ones wait longer.
const MOST_AT_ONCE: usize = 256;

/// Orders that were told of and are not written yet.
#[derive(Default)]
pub(crate) struct Reception {
    waiting: Plain<Vec<Waiting>>,
    /// Who has it writes for everybody.
    turn: Mutex<()>,
}

struct Waiting {
    incoming: Incoming,
    answer: oneshot::Sender<String>,
}

impl Reception {
    /// Writes an order down and gives its id.
    ///
    /// # Errors
    /// If the database did not take it; nothing was kept then.
    pub(crate) async fn take(&self, desk: &Desk, incoming: Incoming) -> Result<String, NotTaken> {
        let (sender, mut answer) = oneshot::channel();
        self.lock().push(Waiting { incoming, answer: sender });
        let turn = self.turn.lock().await;
        // Whoever had the turn before may have written this one, too.
        if let Ok(id) = answer.try_recv() {
            return Ok(id);
        }
        let batch = self.batch();
        let writing = tokio::spawn(write(desk.clone(), batch));
        // A shop that hangs up does not take others with it: the writing goes on by itself.
        let _ = writing.await;
        drop(turn);
        answer.await.map_err(|_| NotTaken)
    }

    /// The orders of one shop that came first: an act is one shop's.
    fn batch(&self) -> Vec<Waiting> {
        let mut waiting = self.lock();
        let all = std::mem::take(&mut *waiting);
        let Some(person) = all.first().map(|one| one.incoming.shop.person.clone()) else { return all };
        let (mut batch, mut rest) = (Vec::new(), Vec::new());
        for one in all {
            let fits = one.incoming.shop.person == person && batch.len() < MOST_AT_ONCE;
            if fits { batch.push(one) } else { rest.push(one) }
        }
        *waiting = rest;
        batch
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The database did not take an order.
pub(crate) struct NotTaken;

async fn write(desk: Desk, batch: Vec<Waiting>) {
    let (incoming, answers): (Vec<Incoming>, Vec<_>) =
        batch.into_iter().map(|one| (one.incoming, one.answer)).unzip();
    let policy = Arc::clone(&desk.settings.policy);
    let written = receive::receive(&desk.store, &incoming, &policy, (desk.now)(), &mut OsRng).await;
    // An answer that is dropped says that nothing was kept.
    for (id, answer) in written.unwrap_or_default().into_iter().zip(answers) {
        let _ = answer.send(id);
    }
}
