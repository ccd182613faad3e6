//! What people and programs are told by notice: that something happened here, and never about whom or what.
//!
//! * `news` are the things that are told; nothing of a list and nobody's name has a place in them.
//! * `following` goes after the audit chain and puts what happened into the outbox, once for each recipient.
//! * `sending` hands out what is due, and keeps what came of it.

pub mod following;
pub mod news;
pub mod sending;

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::hoster::outbox::Outgoing as Row;
use store::{Act, HosterSide, Payload, Session};

pub use news::{Kind, News, ScheduleName};

use super::word;

/// Somebody who is told things, as the house has set it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// By which it is known in the settings and in the outbox.
    pub name: String,
    pub kinds: BTreeSet<Kind>,
    /// What the shop's token is called whose orders it is told of. Without it, it is told of none.
    pub shop: Option<String>,
}

/// Where a notice stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    Waiting,
    Sent,
    GivenUp,
}

impl Standing {
    pub const ALL: &[Self] = &[Self::Waiting, Self::Sent, Self::GivenUp];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Sent => "sent",
            Self::GivenUp => "given_up",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|standing| standing.word() == word)
    }
}

/// What is kept of a notice beside its columns.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Kept {
    news: News,
    /// When it happened.
    at: Timestamp,
    /// How often it was tried.
    attempts: u32,
    /// Why it did not arrive the last time, in one of a few fixed words.
    #[serde(default)]
    trouble: Option<String>,
}

/// A notice on its way.
#[derive(Clone, Debug)]
pub struct Notice {
    /// The same for each attempt: by it the recipient knows one that came twice.
    pub id: String,
    pub recipient: String,
    pub news: News,
    /// When it happened.
    pub at: Timestamp,
    pub made_at: Timestamp,
    /// When it is tried (again), while it waits.
    pub due_at: Timestamp,
    pub standing: Standing,
    pub attempts: u32,
    pub trouble: Option<String>,
}

fn opened(row: &Row) -> Result<Notice, store::Error> {
    let kept: Kept = super::kept("outgoing notice", &row.id, &row.payload)?;
    Ok(Notice {
        id: row.id.0.clone(),
        recipient: row.recipient.clone(),
        news: kept.news,
        at: kept.at,
        made_at: row.made_at,
        due_at: row.due_at,
        standing: Standing::from_word(row.state.as_str()).unwrap_or(Standing::GivenUp),
        attempts: kept.attempts,
        trouble: kept.trouble,
    })
}

fn payload_of(kept: &Kept) -> Payload {
    Payload::new(serde_json::to_vec(kept).expect("texts and numbers are JSON"))
}

/// How many notices stand where.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub waiting: u64,
    pub sent: u64,
    pub given_up: u64,
}

/// How many there are in each state.
///
/// # Errors
/// What the store says.
pub async fn counts(session: &mut impl Session) -> Result<Counts, store::Error> {
    let mut outbox = session.outbox();
    Ok(Counts {
        waiting: outbox.count_in_state(&word(Standing::Waiting.word())).await?,
        sent: outbox.count_in_state(&word(Standing::Sent.word())).await?,
        given_up: outbox.count_in_state(&word(Standing::GivenUp.word())).await?,
    })
}

/// The notices in a state, the newest first.
///
/// # Errors
/// What the store says.
pub async fn in_state(session: &mut impl Session, standing: Standing) -> Result<Vec<Notice>, store::Error> {
    let rows = session.outbox().in_state(&word(standing.word())).await?;
    let mut all = rows.iter().map(opened).collect::<Result<Vec<_>, _>>()?;
    all.sort_by(|one, other| other.made_at.cmp(&one.made_at).then_with(|| one.id.cmp(&other.id)));
    Ok(all)
}

/// Removes within an act what is told of an order.
pub(super) async fn forget_order(act: &mut Act, wanted: &str) -> Result<(), store::Error> {
    for row in act.outbox().made_before(Timestamp::MAX).await? {
        let of_order = match opened(&row)?.news {
            News::OrderDecided { order, .. } => order.for_the_shop() == wanted,
            _ => false,
        };
        if of_order {
            act.outbox().remove(&row).await?;
        }
    }
    Ok(())
}
