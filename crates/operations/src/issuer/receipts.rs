//! Receipts: taken in by the partner's key, and shown to the issuer as totals only.

use curation::{Action, PersonId};
use delivery::receipt::{Band, Counts, Receipt};
use delivery::{PartnerId, PublicKey};
use jiff::Timestamp;
use store::issuer::acknowledgements::{Acknowledgement, AcknowledgementId};
use store::issuer::receipts::{Receipt as Row, ReceiptId};
use store::{Actor, Deed, IssuerSide, Payload, Revision, Session, Store};

use super::{Error, actor, editions, partners, people, word};

/// Totals over fewer answers could point to one partner, so they are not shown.
pub const FEWEST_ANSWERS: usize = 3;

/// In whose name receipts are taken in that machines send.
const ANSWER_BOX: &str = "answer_box";

/// What partners answered about one edition, in total.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    pub delivered: usize,
    pub acknowledged: u64,
    pub answered: usize,
    /// What was counted, and between which bounds its total lies; none where too few answered.
    pub counts: Option<Vec<(&'static str, Bounds)>>,
}

/// The fewest and the most that a sum of bands stands for; no most where a band is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub fewest: u64,
    pub most: Option<u64>,
}

/// Takes a receipt in that came by hand. A newer one of the same partner about the same edition replaces it.
///
/// # Errors
/// If it is not of an enrolled key, was changed, or is about an edition that was never made.
pub async fn import(
    store: &Store,
    by: &PersonId,
    file: &[u8],
    now: Timestamp,
) -> Result<(PartnerId, u32), Error> {
    let (_, person) = people::acting(&mut store.look().await?, by).await?;
    person.check(Action::Deliver)?;
    take(store, actor(&person, Action::Deliver), file, now).await
}

/// Takes a receipt in that a partner's machine sent. Its signature says whose it is, so nobody has to log in.
///
/// # Errors
/// As for [`import`].
pub async fn take_sent(store: &Store, file: &[u8], now: Timestamp) -> Result<(PartnerId, u32), Error> {
    let by = Actor { person: store::PersonId(ANSWER_BOX.to_owned()), role: word(ANSWER_BOX) };
    take(store, by, file, now).await
}

async fn take(store: &Store, by: Actor, file: &[u8], now: Timestamp) -> Result<(PartnerId, u32), Error> {
    let known = receipt_keys(&mut store.look().await?).await?;
    let (partner, receipt) = Receipt::verify(file, &known)?;
    let mut act = store.act(by, now).await?;
    let edition = editions::row(&mut act, &receipt.list, u64::from(receipt.edition)).await?;
    if edition.content_root != receipt.content_root.hex() {
        let id = format!("{} of {} with this content", receipt.edition, receipt.list);
        return Err(Error::NotThere { what: "edition", id });
    }
    let row_id = partners::row_id(&partner);
    let before = act.receipts().from_partner(&row_id, &edition.id).await?;
    let row = Row {
        id: ReceiptId(format!("{}.{partner}", edition.id.0)),
        partner: row_id.clone(),
        edition: edition.id.clone(),
        state: word("signed"),
        payload: Payload::new(file.to_vec()),
        revision: before.as_ref().map_or(Revision::NEW, |row| row.revision),
    };
    match before {
        Some(_) => act.receipts().change(&row).await?,
        None => act.receipts().add(&row).await?,
    };
    // Who can answer has opened the delivery.
    let delivery =
        act.deliveries().of_edition(&edition.id).await?.into_iter().find(|one| one.partner == row_id);
    if let Some(delivery) = delivery
        && act.acknowledgements().of_delivery(&delivery.id).await?.is_none()
    {
        let row = Acknowledgement {
            id: AcknowledgementId(format!("{}.ack", delivery.id.0)),
            delivery: delivery.id,
            state: word("receipt"),
            payload: Payload::default(),
            revision: Revision::NEW,
        };
        act.acknowledgements().add(&row).await?;
    }
    act.commit(Deed::new("import_receipt", "receipt", &row.id.0, "voluntary answer of a partner")?).await?;
    Ok((partner, receipt.edition))
}

/// What was answered about an edition, in total.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn totals(
    session: &mut impl Session,
    by: &PersonId,
    list: &str,
    number: u64,
) -> Result<Totals, Error> {
    let (_, person) = people::acting(session, by).await?;
    if !person.may(Action::Release) {
        person.check(Action::Deliver)?;
    }
    let edition = editions::row(session, list, number).await?;
    let delivered = session.deliveries().of_edition(&edition.id).await?;
    let delivered = delivered.iter().filter(|row| row.state.as_str() == "released").count();
    let acknowledged = session.acknowledgements().count_for(&edition.id).await?;
    let rows = session.receipts().for_edition(&edition.id).await?;
    let answers = rows.iter().map(|row| Ok(Receipt::of_kept(row.payload.bytes())?.counts));
    let answers = answers.collect::<Result<Vec<_>, Error>>()?;
    let counts = (answers.len() >= FEWEST_ANSWERS).then(|| sums(&answers));
    Ok(Totals { delivered, acknowledged, answered: answers.len(), counts })
}

/// The keys that partners sign receipts with.
async fn receipt_keys(session: &mut impl Session) -> Result<Vec<(PartnerId, PublicKey)>, Error> {
    let all = partners::all(session).await?.into_iter();
    Ok(all.filter_map(|one| Some((one.id, one.receipt_key?))).collect())
}

fn sums(answers: &[Counts]) -> Vec<(&'static str, Bounds)> {
    type Field = (&'static str, fn(&Counts) -> Band);
    let fields: [Field; 12] = [
        ("customers_screened", |one| one.customers_screened),
        ("cannot_tell", |one| one.cannot_tell),
        ("hits_strong", |one| one.hits_strong),
        ("hits_probable", |one| one.hits_probable),
        ("hits_weak", |one| one.hits_weak),
        ("judged_same", |one| one.judged_same),
        ("judged_not_the_same", |one| one.judged_not_the_same),
        ("judged_undecided", |one| one.judged_undecided),
        ("decided_keep", |one| one.decided_keep),
        ("decided_conditions", |one| one.decided_conditions),
        ("decided_suspend", |one| one.decided_suspend),
        ("decided_end", |one| one.decided_end),
    ];
    fields.into_iter().map(|(name, band)| (name, sum(answers.iter().map(band)))).collect()
}

fn sum(bands: impl Iterator<Item = Band>) -> Bounds {
    let start = Bounds { fewest: 0, most: Some(0) };
    bands.map(Band::bounds).fold(start, |sum, (fewest, most)| Bounds {
        fewest: sum.fewest + fewest,
        most: sum.most.zip(most).map(|(sum, most)| sum + most),
    })
}
