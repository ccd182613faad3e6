//! A delivery comes in: verified, compared with what is installed, and installed, in one act.
//!
//! Nothing is kept of a refused delivery but the audit record that one was refused.

use std::collections::BTreeMap;

use delivery::source::Source;
use delivery::trust::OfferedRoot;
use delivery::{Fingerprint, Opened, PartnerId, Refusal, Trust, VerifiedEdition};
use jiff::Timestamp;
use store::hoster::deliveries::{ReceivedDelivery, ReceivedDeliveryId};
use store::hoster::editions::{InstalledEdition, InstalledEditionId, Origin};
use store::hoster::trust::{TrustId, TrustState};
use store::{Act, Deed, HosterSide, Payload, PersonId, Revision, Session, Store};
use watchlist::Edition;

use super::keys::{self, KeysError};
use super::retractions::{self, Reopened};
use super::{actor, editions, word};

/// What a person gives at the first contact with an issuer: what they compared by phone or with the letter.
#[derive(Clone, Debug)]
pub struct FirstContact {
    /// Of the issuer's root.
    pub compared: Fingerprint,
    /// The hoster's own id, as the issuer's letter gives it.
    pub partner: PartnerId,
}

/// Why nothing was installed.
#[derive(Debug, thiserror::Error)]
pub enum ReceiveError {
    /// No delivery of this issuer was received before; nothing is trusted yet.
    #[error("this is the first delivery of this issuer: its root has the fingerprint {}", .0.last().map(|root| root.fingerprint.words()).unwrap_or_default())]
    FirstContact(Vec<OfferedRoot>),
    /// There is trust in an issuer, and the delivery comes from somebody else.
    #[error("the delivery comes from an unknown issuer: its root has the fingerprint {}, which you never compared", .0.last().map(|root| root.fingerprint.words()).unwrap_or_default())]
    UnknownIssuer(Vec<OfferedRoot>),
    #[error("the delivery holds no root, so nobody can say who sent it")]
    NoRoot,
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Keys(#[from] KeysError),
    #[error("the stored trust in this issuer cannot be read")]
    Trust(#[from] delivery::trust::TrustError),
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl ReceiveError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::FirstContact(_) => Some(
                "compare the twelve words with the issuer by phone, at a number that is not from this delivery; \
                 then receive it again with --fingerprint \"WORDS\" --partner YOUR-ID",
            ),
            Self::UnknownIssuer(_) => Some(
                "do not trust it unless you expect a second issuer; if you do, compare the words by phone and \
                 receive it with --fingerprint \"WORDS\" --partner YOUR-ID",
            ),
            Self::NoRoot => Some("ask the issuer for the whole delivery"),
            Self::Refused(refusal) => Some(refusal.hint()),
            Self::Keys(error) => error.hint(),
            Self::Trust(_) => Some("restore the database from its last dump, or make first contact again"),
            Self::Store(error) => error.hint(),
        }
    }
}

/// What came of a delivery.
#[derive(Debug)]
pub struct Received {
    pub edition: VerifiedEdition,
    /// Of the issuer's newest root.
    pub root: Fingerprint,
    /// None where the same edition was installed before and the delivery only renewed it.
    pub installed: Option<Change>,
    /// Hits that rest on what no longer stands.
    pub reopened: Vec<Reopened>,
}

/// What the new edition changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Number of the edition before; none for the first of a list.
    pub before: Option<u64>,
    pub new: usize,
    pub changed: usize,
    pub withdrawn: usize,
}

/// Verifies a delivery and installs its edition.
///
/// `contact` is needed once for each issuer; with it, trust begins, or begins anew where the issuer lost its roots.
///
/// # Errors
/// A [`ReceiveError`]; nothing was changed then but for the record of a refusal.
pub async fn receive(
    store: &Store,
    person: &PersonId,
    source: &dyn Source,
    contact: Option<&FirstContact>,
    now: Timestamp,
) -> Result<Received, ReceiveError> {
    match try_to(store, person, source, contact, now).await {
        Err(ReceiveError::Refused(refusal)) => {
            record_refusal(store, person, &refusal, now).await?;
            Err(refusal.into())
        }
        other => other,
    }
}

async fn try_to(
    store: &Store,
    person: &PersonId,
    source: &dyn Source,
    contact: Option<&FirstContact>,
    now: Timestamp,
) -> Result<Received, ReceiveError> {
    // The source may be a slow server, so the write lock is taken only when everything is here. If another delivery
    // was received meanwhile, the revision of the trust tells, and nothing is changed.
    let mut look = store.look().await?;
    let (id, known, trust) = trust_for(&mut look, source, contact, now).await?;
    let own = keys::decryption(&mut look).await?;
    drop(look);
    let Opened { edition, trust } = delivery::open(source, &trust, &own, now)?;
    let mut act = store.act(actor(person), now).await?;
    keep_trust(&mut act, id, known, &trust).await?;
    let (installed, reopened) = install(&mut act, &edition, now).await?;
    let renewed = installed.is_none();
    keep_delivery(&mut act, &edition, renewed, now).await?;
    let ground = if renewed { "the delivery renews what is installed" } else { "received from its issuer" };
    let id = installed_id(&edition);
    act.commit(Deed::new("receive_edition", "installed edition", &id.0, ground)?).await?;
    Ok(Received { edition, root: trust.root_fingerprint(), installed, reopened })
}

/// The trust that belongs to the delivery's roots: one that is stored, or a new one by what was compared.
async fn trust_for(
    session: &mut impl Session,
    source: &dyn Source,
    contact: Option<&FirstContact>,
    now: Timestamp,
) -> Result<(TrustId, Option<TrustState>, Trust), ReceiveError> {
    let offered = Trust::offered(source)?;
    let first = offered.first().ok_or(ReceiveError::NoRoot)?;
    let stored = session.trust().all().await?;
    for state in &stored {
        let trust = Trust::from_bytes(state.payload.bytes())?;
        let of_this_issuer = |root: &OfferedRoot| {
            id_of(&root.fingerprint) == state.id || root.fingerprint == trust.root_fingerprint()
        };
        if offered.iter().any(of_this_issuer) && contact.is_none() {
            return Ok((state.id.clone(), Some(state.clone()), trust));
        }
    }
    let Some(contact) = contact else {
        return Err(if stored.is_empty() {
            ReceiveError::FirstContact(offered)
        } else {
            ReceiveError::UnknownIssuer(offered)
        });
    };
    let trust = Trust::first_contact(source, &contact.compared, contact.partner.clone(), now)?;
    let id = id_of(&first.fingerprint);
    let known = stored.into_iter().find(|state| state.id == id);
    // What was already seen of this issuer is not forgotten by comparing the words once more.
    let trust = match &known {
        Some(state) => {
            let before = Trust::from_bytes(state.payload.bytes())?;
            if *before.partner() == contact.partner { before } else { trust }
        }
        None => trust,
    };
    Ok((id, known, trust))
}

/// Names the issuer by its first root: harmless, and the same through all rotations.
fn id_of(root: &Fingerprint) -> TrustId {
    TrustId(root.hex().replace(' ', ""))
}

async fn keep_trust(
    act: &mut Act,
    id: TrustId,
    known: Option<TrustState>,
    trust: &Trust,
) -> Result<(), store::Error> {
    let payload = Payload::new(trust.to_bytes());
    match known {
        Some(state) => act.trust().change(&TrustState { payload, ..state }).await?,
        None => {
            let state = word("trusted");
            act.trust().begin(&TrustState { id, state, payload, revision: Revision::NEW }).await?
        }
    };
    Ok(())
}

/// Installs the edition beside those before it; tells what it changes and reopens what rests on withdrawn entries.
async fn install(
    act: &mut Act,
    edition: &VerifiedEdition,
    now: Timestamp,
) -> Result<(Option<Change>, Vec<Reopened>), ReceiveError> {
    let list = edition.edition().list.id.clone();
    let before = act.installed_editions().newest_of(&list).await?;
    let is_there = |row: &InstalledEdition| {
        row.number == u64::from(edition.number()) && row.content_root == edition.content_root().hex()
    };
    if before.as_ref().is_some_and(is_there) {
        return Ok((None, Vec::new()));
    }
    let row = InstalledEdition {
        id: installed_id(edition),
        list,
        number: u64::from(edition.number()),
        content_root: edition.content_root().hex(),
        origin: Origin::Verified.word(),
        received_at: now,
        state: word("installed"),
        payload: Payload::new(edition.bytes().to_vec()),
        revision: Revision::NEW,
    };
    act.installed_editions().install(&row).await?;
    let Some(before) = before else {
        let new = edition.edition().entries.len();
        return Ok((Some(Change { new, ..Change::default() }), Vec::new()));
    };
    let old = editions::read(&before)?;
    let change = change_between(before.number, &old, edition.edition());
    let reopened = retractions::apply(act, &old, edition.edition()).await?;
    act.installed_editions().change(&InstalledEdition { state: word("replaced"), ..before }).await?;
    Ok((Some(change), reopened))
}

fn change_between(before: u64, old: &Edition, new: &Edition) -> Change {
    let delta = watchlist::delta(&editions::without_notes(old), &editions::without_notes(new));
    Change {
        before: Some(before),
        new: delta.newly_listed().count(),
        changed: delta.changed.len(),
        withdrawn: delta.withdrawn.len() + delta.gone.len(),
    }
}

async fn keep_delivery(
    act: &mut Act,
    edition: &VerifiedEdition,
    renewed: bool,
    now: Timestamp,
) -> Result<(), store::Error> {
    let signers: Vec<String> = edition.signers().iter().map(ToString::to_string).collect();
    let enclosures: BTreeMap<&str, usize> =
        edition.enclosures().iter().map(|(name, bytes)| (name.as_str(), bytes.len())).collect();
    let report = serde_json::json!({
        "list": edition.edition().list.id,
        "edition": edition.number(),
        "partner": edition.partner().as_str(),
        "published_at": edition.published_at().to_string(),
        "signers": signers,
        "enclosures": enclosures,
        "values_not_understood": edition.problems().len(),
    });
    let number = act.received_deliveries().with_content(&edition.sha256()).await?.len();
    let row = ReceivedDelivery {
        id: ReceivedDeliveryId(format!("{}.{}", &edition.sha256()[..24], number + 1)),
        content_hash: edition.sha256(),
        received_at: now,
        state: word(if renewed { "renewed" } else { "installed" }),
        payload: Payload::new(report.to_string().into_bytes()),
        revision: Revision::NEW,
    };
    act.received_deliveries().add(&row).await?;
    Ok(())
}

fn installed_id(edition: &VerifiedEdition) -> InstalledEditionId {
    InstalledEditionId(format!("{}.{}", &edition.content_root().hex()[..16], edition.number()))
}

/// A refusal stands in the audit chain with its kind only: what was refused is nobody's to keep.
async fn record_refusal(
    store: &Store,
    person: &PersonId,
    refusal: &Refusal,
    now: Timestamp,
) -> Result<(), store::Error> {
    let act = store.act(actor(person), now).await?;
    let kind: String = format!("{refusal:?}").chars().take_while(char::is_ascii_alphanumeric).collect();
    act.commit(Deed::new("refuse_delivery", "received delivery", "refused", &format!("refused: {kind}"))?)
        .await?;
    Ok(())
}
