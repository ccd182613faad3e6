//! A screening that is kept: its manifest and its hits. Of customers without a hit nothing is stored.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use review::{Class, Compared, Review, Standing, Touched};
use serde::{Deserialize, Serialize};
use store::hoster::screenings::{Hit, HitId, Screening, ScreeningId};
use store::{BothSides, Deed, HosterSide, Look, Payload, PersonId, Revision, Store};
use watchlist::{Entry, EntryId, ListedValue};

use super::casework::Casework;
use super::{actor, word};

/// A hit as it is kept.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptHit {
    pub customer_id: String,
    pub customer_name: String,
    /// Id of the list.
    pub list: String,
    pub entry_id: String,
    pub entry_name: String,
    /// `strong`, `probable` or `weak`.
    pub class: String,
    /// 0..1.
    pub score: f64,
    /// What of the entry the hit rests on, as the list writes it.
    pub rests_on: Vec<KeptValue>,
    /// Strongest first.
    pub reasons: Vec<KeptReason>,
    /// Customers who share a value with this one: id, and which kind of value.
    #[serde(default)]
    pub linked: Vec<(String, String)>,
    /// What an end of the contract, or a seizure, would touch.
    #[serde(default)]
    pub touched: Touched,
}

/// Why a pair is a hit, or what speaks against it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct KeptReason {
    /// Name of a feature of the matching.
    pub feature: String,
    /// Log-likelihood ratio; below 0 speaks against.
    pub weight: f64,
    pub customer: KeptSide,
    pub entry: KeptSide,
    /// What else a reader must know: `ended` or `not_yet` with the day, or `unchecked`.
    #[serde(default)]
    pub remark: Option<(String, Option<Date>)>,
}

/// One compared value.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct KeptSide {
    /// As found in its source.
    pub raw: String,
    /// As compared.
    pub clean: String,
}

impl KeptReason {
    /// A reason whose values are compared as they stand.
    pub fn plain(feature: &str, weight: f64, customer: &str, entry: &str) -> Self {
        let side = |text: &str| KeptSide { raw: text.to_owned(), clean: text.to_owned() };
        let (customer, entry) = (side(customer), side(entry));
        Self { feature: feature.to_owned(), weight, customer, entry, remark: None }
    }
}

/// Shows the feature only.
impl std::fmt::Debug for KeptReason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptReason({}, {:+.1})", self.feature, self.weight)
    }
}

/// A hit as it was kept, with what people made of it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Reviewed {
    pub hit: KeptHit,
    pub review: Review,
    #[serde(default)]
    pub work: Casework,
}

/// Shows ids only.
impl std::fmt::Debug for Reviewed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reviewed({:?}, {:?})", self.hit, self.review)
    }
}

/// A value of an entry.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptValue {
    pub kind: String,
    pub value: String,
}

/// Shows ids only.
impl std::fmt::Debug for KeptHit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "KeptHit(entry {}, {})", self.entry_id, self.class)
    }
}

/// What `screening` says of customers on the same machine.
const MACHINE: &str = "machine";

impl KeptHit {
    /// Ids of other customers on the same machines, as far as they are named: neighbours, not accomplices.
    pub fn neighbours(&self) -> impl Iterator<Item = &str> {
        let on_machine = self.linked.iter().filter(|(_, shared)| shared == MACHINE);
        on_machine.map(|(id, _)| id.as_str())
    }

    /// Other customers who share something of their own: id, and what is shared.
    pub fn sharing(&self) -> impl Iterator<Item = &(String, String)> {
        self.linked.iter().filter(|(_, shared)| shared != MACHINE)
    }

    /// What an answer to the hit is given for.
    fn compared(&self) -> Compared {
        Compared::of(
            self.reasons
                .iter()
                .map(|one| (one.feature.as_str(), one.customer.raw.as_str(), one.entry.raw.as_str())),
        )
    }

    /// The customer and the entry, by which it is found again after another screening.
    fn pair(&self) -> (&str, &str, &str) {
        (&self.customer_id, &self.list, &self.entry_id)
    }

    pub(crate) fn rests_on(&self, value: &ListedValue) -> bool {
        let text = text_of(value);
        self.rests_on.iter().any(|kept| kept.kind == value.kind_name() && kept.value == text)
    }

    /// Those values of `entry` that stand in the hit's reasons.
    pub fn values_among(entry: &Entry, raw: &[&str]) -> Vec<KeptValue> {
        let names = entry.names.iter().map(|name| ListedValue::Name(name.text.clone()));
        let identifiers =
            entry.identifiers.iter().map(|one| ListedValue::Identifier(one.kind, one.value.clone()));
        let addresses = entry.addresses.iter().map(|one| ListedValue::Address(one.one_line()));
        names
            .chain(identifiers)
            .chain(addresses)
            .map(|value| KeptValue { kind: value.kind_name().to_owned(), value: text_of(&value).to_owned() })
            .filter(|kept| raw.contains(&kept.value.as_str()))
            .collect()
    }
}

fn text_of(value: &ListedValue) -> &str {
    match value {
        ListedValue::Name(text) | ListedValue::Identifier(_, text) | ListedValue::Address(text) => text,
    }
}

/// The counts of a screening that its hits do not tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    pub customers_screened: u64,
    pub cannot_tell: u64,
}

/// What is kept of a screening beside its hits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptScreening {
    pub manifest: serde_json::Value,
    pub totals: Totals,
    /// List id and number of the editions that were used.
    pub editions: Vec<(String, u64)>,
}

/// Keeps a screening, in one act. What was said of the same pairs after the screening before comes along.
///
/// # Errors
/// What the store says.
pub async fn keep(
    store: &Store,
    person: &PersonId,
    screening: &KeptScreening,
    hits: &[KeptHit],
    now: Timestamp,
) -> Result<ScreeningId, store::Error> {
    let mut act = store.act(actor(person), now).await?;
    let before = match act.screenings().newest().await? {
        Some(row) => {
            act.screenings().hits_of(&row.id).await?.iter().map(read).collect::<Result<Vec<_>, _>>()?
        }
        None => Vec::new(),
    };
    let before: HashMap<_, _> = before.iter().map(|one| (one.hit.pair(), one)).collect();
    let payload = serde_json::to_vec(screening).expect("texts and numbers are JSON");
    let hash = store::Sha256::of(&payload).to_string();
    // Two screenings of one second that saw the same have the same name but for their place in the chain.
    let place = act.audit().count().await? + 1;
    let id = ScreeningId(format!("{}.{}-{place}", now.strftime("%Y%m%dT%H%M%SZ"), &hash[..8]));
    let row = Screening {
        id: id.clone(),
        started_at: now,
        state: word("kept"),
        payload: Payload::new(payload),
        revision: Revision::NEW,
    };
    act.screenings().add(&row).await?;
    for (number, hit) in hits.iter().enumerate() {
        let class = Class::from_word(&hit.class).unwrap_or(Class::Strong);
        let earlier = before.get(&hit.pair());
        let review = earlier.map_or_else(
            || Review::new(class),
            |one| Review::continued(&one.review, class, one.hit.compared() != hit.compared(), now),
        );
        let work = earlier.map(|one| one.work.clone()).unwrap_or_default();
        let reviewed = Reviewed { hit: hit.clone(), review, work };
        let row = Hit {
            id: HitId(format!("{}.{}", id.0, number + 1)),
            screening: id.clone(),
            list: hit.list.clone(),
            entry: EntryId(hit.entry_id.clone()),
            state: word(state_of(&reviewed.review)),
            payload: payload_of(&reviewed),
            revision: Revision::NEW,
        };
        act.screenings().add_hit(&row).await?;
    }
    act.commit(Deed::new("keep_screening", "screening", &id.0, "customer base screened")?).await?;
    Ok(id)
}

/// The screening that was kept last, without its hits: when it was, and what was kept of it.
///
/// # Errors
/// What the store says.
pub async fn last(look: &mut Look) -> Result<Option<(Timestamp, KeptScreening)>, store::Error> {
    let Some(row) = look.screenings().newest().await? else { return Ok(None) };
    Ok(Some((row.started_at, opened(&row)?)))
}

/// One screening in a row of them: its counts, which name nobody and stay when its hits are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Past {
    pub at: Timestamp,
    pub customers: u64,
    pub cannot_tell: u64,
    pub strong: u64,
    pub probable: u64,
    pub weak: u64,
}

/// The last screenings, the oldest first.
///
/// # Errors
/// What the store says.
pub async fn history(look: &mut Look, most: usize) -> Result<Vec<Past>, store::Error> {
    let mut all = look.screenings().all().await?;
    all.sort_by_key(|row| row.started_at);
    let skip = all.len().saturating_sub(most);
    all.iter().skip(skip).map(past).collect()
}

fn past(row: &Screening) -> Result<Past, store::Error> {
    let kept = opened(row)?;
    let count = |class: &str| kept.manifest["outcome"][class].as_u64().unwrap_or(0);
    Ok(Past {
        at: row.started_at,
        customers: kept.totals.customers_screened,
        cannot_tell: kept.totals.cannot_tell,
        strong: count("strong"),
        probable: count("probable"),
        weak: count("weak"),
    })
}

/// Which edition of a list the last screening used.
///
/// # Errors
/// What the store says.
pub async fn edition_used(look: &mut Look, list: &str) -> Result<Option<u64>, store::Error> {
    let Some((_, screening)) = last(look).await? else { return Ok(None) };
    Ok(screening.editions.iter().find(|(id, _)| id == list).map(|(_, number)| *number))
}

/// The screening that was kept last, with its hits and their states.
///
/// # Errors
/// What the store says.
pub async fn newest(
    look: &mut Look,
) -> Result<Option<(KeptScreening, Vec<(Reviewed, String)>)>, store::Error> {
    let Some(row) = look.screenings().newest().await? else { return Ok(None) };
    let screening = opened(&row)?;
    let hits = look.screenings().hits_of(&row.id).await?;
    let hits = hits
        .iter()
        .map(|hit| Ok((read(hit)?, hit.state.to_string())))
        .collect::<Result<_, store::Error>>()?;
    Ok(Some((screening, hits)))
}

fn opened(row: &Screening) -> Result<KeptScreening, store::Error> {
    super::kept("screening", &row.id, &row.payload)
}

pub(crate) fn read(hit: &Hit) -> Result<Reviewed, store::Error> {
    super::kept("hit", &hit.id, &hit.payload)
}

pub(crate) fn payload_of(reviewed: &Reviewed) -> Payload {
    Payload::new(serde_json::to_vec(reviewed).expect("texts and numbers are JSON"))
}

/// The word for where a hit stands.
pub(crate) fn state_of(review: &Review) -> &'static str {
    match review.standing() {
        Standing::Open => "open",
        Standing::AwaitsSecond(_) => "awaits_second",
        Standing::Judged(answer) => answer.word(),
        Standing::Reopened(_) => "reopened",
    }
}
