//! Notices at work: as long as the desk runs, what happened goes into the outbox, and out of it to whom it is for. Each
//! recipient has a worker of its own, so that one that hangs delays no other.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use kyc::gate::Mode;
use operations::hoster::outbox::following::Following;
use operations::hoster::outbox::sending::{self, Attempt};
use operations::hoster::outbox::{self, Notice, Recipient, Standing};
use rand::Rng;
use store::Store;

use super::{House, Message, Target};
use crate::clock;
use crate::output::Output;

/// Between two looks.
const BEAT: Duration = Duration::from_secs(1);
/// Notices that are sent to one recipient between two looks.
const MOST: u32 = 50;
/// How long an attempt may take in all. A server that answers letter by letter does not hold a worker for ever.
const PATIENCE: Duration = Duration::from_secs(60);
/// A recipient that does not answer is left alone for so long at most, whatever waits for it.
const LONGEST_REST: Duration = Duration::from_secs(600);
/// How often it is looked what is old.
const ROUND: Duration = Duration::from_secs(3600);

/// Begins to follow and to send.
pub(crate) fn begin(store: Arc<Store>, house: House, mode: Mode, output: Output) {
    let recipients: Vec<Recipient> = house.targets.iter().map(|one| one.recipient.clone()).collect();
    tokio::spawn(clear(Arc::clone(&store), recipients.clone(), output));
    tokio::spawn(follow(Arc::clone(&store), recipients, mode, output));
    for target in house.targets {
        tokio::spawn(send(Arc::clone(&store), Arc::new(target), output));
    }
}

/// Says what goes wrong, once, until something else does.
struct Told {
    what: &'static str,
    last: Option<String>,
    output: Output,
}

impl Told {
    const fn new(what: &'static str, output: Output) -> Self {
        Self { what, last: None, output }
    }

    fn take<T>(&mut self, result: Result<T, store::Error>) -> Option<T> {
        let failed = result.as_ref().err().map(ToString::to_string);
        if let Some(error) = failed.as_ref().filter(|_| failed != self.last) {
            self.output.note(format_args!("{}: {error}; it is tried again", self.what));
        }
        self.last = failed;
        result.ok()
    }
}

async fn follow(store: Arc<Store>, recipients: Vec<Recipient>, mode: Mode, output: Output) {
    let (mut following, mut told) = (Following::default(), Told::new("notices were not made", output));
    loop {
        told.take(following.step(&store, &recipients, mode, clock::now()).await);
        tokio::time::sleep(BEAT).await;
    }
}

/// Gives up what is for nobody any more, once, and removes what is old.
async fn clear(store: Arc<Store>, recipients: Vec<Recipient>, output: Output) {
    let mut told = Told::new("old notices were not removed", output);
    let known: BTreeSet<String> = recipients.into_iter().map(|one| one.name).collect();
    let is_for_nobody = |notice: &Notice| !known.contains(&notice.recipient);
    let cleared = async {
        let waiting = outbox::in_state(&mut store.look().await?, Standing::Waiting).await?;
        let gone: Vec<_> = waiting.into_iter().filter(is_for_nobody).collect();
        let gone: Vec<_> = gone.into_iter().map(|one| (one.id, Attempt::Pointless("no_recipient"))).collect();
        sending::keep(&store, &gone, clock::now(), || 0.0).await
    };
    told.take(cleared.await);
    loop {
        told.take(sending::drop_old(&store, clock::now()).await);
        tokio::time::sleep(ROUND).await;
    }
}

async fn send(store: Arc<Store>, target: Arc<Target>, output: Output) {
    let mut told = Told::new("notices were not sent", output);
    let mut failures = 0;
    loop {
        let name = &target.recipient.name;
        let due = async { sending::due(&mut store.look().await?, name, clock::now(), MOST).await };
        for notice in told.take(due.await).unwrap_or_default() {
            let id = notice.id.clone();
            let attempt = attempt(&target, notice).await;
            failures = if attempt == Attempt::Sent { 0 } else { failures + 1 };
            let chance = || rand::thread_rng().gen_range(0.0..=1.0);
            let kept = sending::keep(&store, &[(id, attempt)], clock::now(), chance).await;
            if told.take(kept).is_none() || failures > 0 {
                break;
            }
        }
        tokio::time::sleep(rest_after(failures)).await;
    }
}

fn rest_after(failures: u32) -> Duration {
    if failures == 0 {
        return BEAT;
    }
    sending::wait_after(failures, 0.5).unsigned_abs().min(LONGEST_REST)
}

async fn attempt(target: &Arc<Target>, notice: Notice) -> Attempt {
    let target = Arc::clone(target);
    let sending = tokio::task::spawn_blocking(move || target.send(&Message::of(notice), clock::now()));
    match tokio::time::timeout(PATIENCE, sending).await {
        Ok(Ok(Ok(()))) => Attempt::Sent,
        Ok(Ok(Err(why))) => Attempt::Failed(why),
        Ok(Err(_)) => Attempt::Failed("unwritten"),
        Err(_) => Attempt::Failed("timed_out"),
    }
}
