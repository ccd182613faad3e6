//! What no longer stands, and the hits that rested on it: they are opened again.

use review::Reopening;
use serde::{Deserialize, Serialize};
use store::hoster::retractions::{Retraction as Row, RetractionId};
use store::{Act, HosterSide, Look, Payload, Revision};
use watchlist::retraction::{Target, retraction_between};
use watchlist::{Advice, Edition, EntryId, RetractedItem};

use super::{decisions, screenings, word};

/// A hit that rests on what was withdrawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopened {
    pub customer: String,
    pub entry: EntryId,
    pub advice: Advice,
    /// Ids of decisions on this customer that rested on the entry, and are open again.
    pub decisions: Vec<String>,
}

/// One withdrawn entry or value, as it is listed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    pub list: String,
    pub entry: String,
    pub edition: u64,
    /// The whole entry, or the kind of the value.
    pub what: String,
    pub reason: String,
    pub advice: String,
    pub note: Option<String>,
    /// Hits that were reopened for it.
    pub hits: usize,
}

/// Shows ids only.
impl std::fmt::Debug for Withdrawn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Withdrawn({}, {})", self.entry, self.what)
    }
}

/// All retractions that came, the newest edition first.
///
/// # Errors
/// What the store says.
pub async fn list(look: &mut Look) -> Result<Vec<Withdrawn>, store::Error> {
    let rows = look.retractions().in_state(&word("applied")).await?;
    let mut found: Vec<Withdrawn> =
        rows.iter().filter_map(|row| serde_json::from_slice(row.payload.bytes()).ok()).collect();
    found.sort_by(|a, b| b.edition.cmp(&a.edition).then_with(|| a.entry.cmp(&b.entry)));
    Ok(found)
}

/// Keeps what no longer stands between two editions and reopens the hits that rest on it.
pub(crate) async fn apply(
    act: &mut Act,
    old: &Edition,
    new: &Edition,
) -> Result<Vec<Reopened>, store::Error> {
    let retraction = retraction_between(old, new);
    let mut reopened = Vec::new();
    for (number, item) in retraction.items.iter().enumerate() {
        let touched = reopen(act, &old.list.id, item).await?;
        let kept = Withdrawn {
            list: old.list.id.clone(),
            entry: item.entry.0.clone(),
            edition: u64::from(new.number),
            what: what(item),
            reason: watchlist::format::v1::withdrawal_reason(item.reason).to_owned(),
            advice: watchlist::format::v1::advice(item.advice).to_owned(),
            note: item.note.clone(),
            hits: touched.len(),
        };
        let root = store::Sha256::of(new.list.id.as_bytes()).to_string();
        let row = Row {
            id: RetractionId(format!("{}.{}.{}", &root[..12], new.number, number + 1)),
            list: old.list.id.clone(),
            entry: item.entry.clone(),
            edition: u64::from(new.number),
            state: word("applied"),
            payload: Payload::new(serde_json::to_vec(&kept).expect("texts and numbers are JSON")),
            revision: Revision::NEW,
        };
        act.retractions().add(&row).await?;
        reopened.extend(touched);
    }
    Ok(reopened)
}

async fn reopen(act: &mut Act, list: &str, item: &RetractedItem) -> Result<Vec<Reopened>, store::Error> {
    let mut reopened = Vec::new();
    for mut hit in act.screenings().hits_on(list, &item.entry).await? {
        let mut kept = screenings::read(&hit)?;
        let touched = match &item.target {
            Target::WholeEntry => true,
            Target::Value(value) => kept.hit.rests_on(value),
        };
        if !touched || hit.state.as_str() == "reopened" {
            continue;
        }
        hit.state = word(match item.advice {
            Advice::Reopen => "reopened",
            Advice::Inform => "informed",
        });
        if item.advice == Advice::Reopen {
            kept.review.reopen(Reopening::Retraction, act.at());
            hit.payload = screenings::payload_of(&kept);
        }
        act.screenings().change_hit(&hit).await?;
        let decisions = match item.advice {
            Advice::Reopen => decisions::reopen(act, &kept.hit.customer_id, list, &item.entry).await?,
            Advice::Inform => Vec::new(),
        };
        let (customer, entry, advice) = (kept.hit.customer_id, item.entry.clone(), item.advice);
        reopened.push(Reopened { customer, entry, advice, decisions });
    }
    Ok(reopened)
}

fn what(item: &RetractedItem) -> String {
    match &item.target {
        Target::WholeEntry => "entry".to_owned(),
        Target::Value(value) => value.kind_name().to_owned(),
    }
}
