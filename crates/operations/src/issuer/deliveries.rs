//! Deliveries: prepared for every partner, sealed, released, refreshed; and the log of what was disclosed.
//!
//! Approvers sign twice, elsewhere: the statements, then the lists of encrypted parts. Preparing again with the same
//! things gives the same request, so nothing but its facts is kept meanwhile. What is disclosed stands in the log
//! before the first byte is written, so that the log never lacks anything.

use std::collections::BTreeMap;

use curation::{Action, Person, PersonId};
use delivery::PartnerId;
use delivery::ceremony::{Request, SignatureFile};
use delivery::mark::{Language, Marker, Wording};
use delivery::metadata::Roots;
use delivery::publish::{
    Addressee, Enclosure, Issue, Lifetimes, OnlineKeys, Prepared, Release, Sealed, prepare as prepare_all,
    refresh as refresh_one,
};
use jiff::Timestamp;
use store::issuer::deliveries::{Delivery as Row, DeliveryId, Disclosure, DisclosureId};
use store::issuer::editions::Edition as EditionRow;
use store::{Act, Deed, IssuerSide, Revision, Session, Store};
use watchlist::Edition;

use super::kept::edition::{KeptDelivery, KeptDisclosure, KeptEdition, KeptPreparation, KeptRelease};
use super::kept::{self};
use super::{Error, actor, editions, machine, partners, people, word};

/// What a partner gets beside the edition.
pub struct Addressed {
    pub partner: PartnerId,
    pub enclosures: Vec<Enclosure>,
}

/// What deliveries of an edition are made from, before anything is signed.
pub struct Plan {
    pub edition: Edition,
    pub previous: Option<Edition>,
    pub published_at: Timestamp,
    pub partners: Vec<partners::Partner>,
}

/// The root, and what its approvers signed.
#[derive(Clone, Copy)]
pub struct Approved<'a> {
    pub roots: &'a Roots,
    pub signatures: &'a [SignatureFile],
}

/// Sealed deliveries on their way out.
#[derive(Clone, Copy)]
pub struct Outgoing<'a> {
    pub list: &'a str,
    pub number: u64,
    pub sealed: &'a [u8],
    pub roots: &'a Roots,
    pub lifetimes: Lifetimes,
}

/// One line of the disclosure log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosed {
    pub at: Timestamp,
    pub partner: String,
    pub list: String,
    pub edition: u64,
    /// `delivery` or `refresh`.
    pub what: String,
    pub sequence: u64,
    pub ground: String,
    pub content_hash: String,
}

/// Begins deliveries of a released edition, or takes up those that were begun: to whom, and as of which moment.
///
/// # Errors
/// If it is not released, another edition is being delivered, or nobody may get it.
pub async fn plan(
    store: &Store,
    by: &PersonId,
    list: &str,
    number: u64,
    now: Timestamp,
) -> Result<Plan, Error> {
    let mut look = store.look().await?;
    let (unit, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    let row = editions::row(&mut look, list, number).await?;
    editions::in_state(&row, &["released", "prepared", "sealed", "published"], "released")?;
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let edition = editions::released(&kept, &row, &unit)?.edition().clone();
    let previous = editions::show(&mut look, list, number).await?.previous;
    for other in look.editions().of_list(list).await? {
        if other.number != number && matches!(other.state.as_str(), "prepared" | "sealed") {
            return Err(Error::DeliveriesOpen { number: other.number, found: other.state.to_string() });
        }
    }
    let is_begun = row.state.as_str() != "released";
    let mut partners = match is_begun {
        true => partners::all(&mut look).await?,
        false => partners::for_list(&mut look, by, list).await?,
    };
    if is_begun {
        let rows = look.deliveries().of_edition(&row.id).await?;
        partners.retain(|one| rows.iter().any(|row| row.partner.0 == one.id.as_str()));
    }
    let published_at = kept.preparation.as_ref().map_or(now, |one| one.published_at);
    Ok(Plan { edition, previous, published_at, partners })
}

/// Words the edition for each partner and makes what approvers sign first.
///
/// # Errors
/// What `delivery` finds wrong with the edition or the enclosures; nothing is kept then.
pub async fn prepare(
    store: &Store,
    by: &PersonId,
    plan: &Plan,
    addressed: Vec<Addressed>,
    wording: Language,
    roots: &Roots,
    now: Timestamp,
) -> Result<Request, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    drop(look);
    let (list, number) = (plan.edition.list.id.clone(), u64::from(plan.edition.number));
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let mut row = editions::row(&mut act, &list, number).await?;
    editions::in_state(&row, &["released", "prepared", "sealed"], "released")?;
    let mut kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let there = act.deliveries().of_edition(&row.id).await?;
    for partner in &plan.partners {
        let recipient = partner.recipient.as_ref().ok_or_else(|| no_key(partner))?;
        let delivery = KeptDelivery { sequence: partner.sequence + 1, recipient: recipient.to_string() };
        let id = DeliveryId(format!("{}.{}", row.id.0, partner.id));
        let before = there.iter().find(|one| one.id == id);
        let one = Row {
            id,
            partner: partners::row_id(&partner.id),
            edition: row.id.clone(),
            content_hash: String::new(),
            state: word("prepared"),
            payload: kept::payload(&delivery),
            revision: before.map_or(Revision::NEW, |row| row.revision),
        };
        match before {
            Some(_) => act.deliveries().change(&one).await?,
            None => act.deliveries().add(&one).await?,
        };
    }
    kept.preparation = Some(KeptPreparation {
        published_at: plan.published_at,
        wording: language_word(wording).to_owned(),
        sealed: None,
        released: None,
    });
    row.state = word("prepared");
    row.payload = kept::payload(&kept);
    act.editions().change(&row).await?;
    let rows = act.deliveries().of_edition(&row.id).await?;
    let mark = machine::mark(&mut act).await?;
    let marker = Marker::new(&mark, Wording::shipped(wording));
    let request = prepared(&plan.edition, &marker, roots, plan.published_at, &rows, addressed)?.request();
    act.commit(Deed::new("prepare_deliveries", "edition", &row.id.0, "for the approvers to sign")?).await?;
    Ok(request)
}

/// Checks the approvers' first signatures and encrypts everything for its partner. `keep` gets the sealed deliveries
/// and must have written them to the disk before it returns.
///
/// # Errors
/// [`Error::NotAsPrepared`]; if fewer than two approvers signed; nothing is changed then.
pub async fn seal(
    store: &Store,
    by: &PersonId,
    plan: &Plan,
    addressed: Vec<Addressed>,
    approved: Approved<'_>,
    keep: impl FnOnce(&[u8]) -> std::io::Result<()>,
    now: Timestamp,
) -> Result<Request, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    let (list, number) = (plan.edition.list.id.clone(), u64::from(plan.edition.number));
    let row = editions::row(&mut look, &list, number).await?;
    editions::in_state(&row, &["prepared", "sealed"], "prepared")?;
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let preparation = preparation(&kept, &row)?;
    let rows = look.deliveries().of_edition(&row.id).await?;
    let mark = machine::mark(&mut look).await?;
    drop(look);
    let marker = Marker::new(&mark, Wording::shipped(language(&preparation.wording)));
    let prepared =
        prepared(&plan.edition, &marker, approved.roots, preparation.published_at, &rows, addressed)?;
    // Sealing draws fresh keys: what is signed next is this file and no other.
    let sealed = prepared.seal(approved.signatures)?;
    let bytes = sealed.to_bytes();
    keep(&bytes).map_err(Error::Write)?;
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    let mut row = row;
    let hash = store::Sha256::of(&bytes).to_string();
    let kept =
        KeptEdition { preparation: Some(KeptPreparation { sealed: Some(hash), ..preparation }), ..kept };
    row.state = word("sealed");
    row.payload = kept::payload(&kept);
    act.editions().change(&row).await?;
    for mut delivery in rows {
        delivery.state = word("sealed");
        act.deliveries().change(&delivery).await?;
    }
    act.commit(Deed::new("seal_deliveries", "edition", &row.id.0, "encrypted for every partner")?).await?;
    Ok(sealed.request())
}

/// Checks the approvers' second signatures, notes the disclosure to every partner, and hands each delivery to `write`.
///
/// Repeated after an interruption it makes the same files again.
///
/// # Errors
/// [`Error::OtherSealed`]; if fewer than two approvers signed; [`Error::Write`] after the log was written: do it again.
pub async fn publish(
    store: &Store,
    by: &PersonId,
    outgoing: Outgoing<'_>,
    approvals: &[SignatureFile],
    ground: &str,
    mut write: impl FnMut(&Release) -> std::io::Result<()>,
    now: Timestamp,
) -> Result<usize, Error> {
    let Outgoing { list, number, sealed, roots, lifetimes } = outgoing;
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    let row = editions::row(&mut look, list, number).await?;
    editions::in_state(&row, &["sealed", "published"], "sealed")?;
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let mut preparation = preparation(&kept, &row)?;
    let machine = machine::load(&mut look).await?;
    let rows = look.deliveries().of_edition(&row.id).await?;
    drop(look);
    if preparation.sealed.as_deref() != Some(&*store::Sha256::of(sealed).to_string()) {
        return Err(Error::OtherSealed);
    }
    let is_repeated = row.state.as_str() == "published";
    let at = preparation.released.as_ref().map_or(now, |released| released.at);
    let online = OnlineKeys { snapshot: &machine.snapshot, timestamp: &machine.timestamp };
    let releases = Sealed::from_bytes(sealed)?.release(approvals, roots, &online, lifetimes, at)?;
    if !is_repeated {
        preparation.released = Some(KeptRelease {
            at,
            ground: ground.to_owned(),
            approvals: approvals
                .iter()
                .map(|one| String::from_utf8_lossy(&one.to_bytes()).into_owned())
                .collect(),
        });
        let kept = KeptEdition { preparation: Some(preparation), ..kept };
        let mut act = store.act(actor(&person, Action::Deliver), now).await?;
        disclose(&mut act, &row, &rows, &releases, ("delivery", ground), at).await?;
        let row = EditionRow { state: word("published"), payload: kept::payload(&kept), ..row };
        act.editions().change(&row).await?;
        act.commit(Deed::new("publish_deliveries", "edition", &row.id.0, ground)?).await?;
    }
    for release in &releases {
        write(release).map_err(Error::Write)?;
    }
    Ok(releases.len())
}

/// The same deliveries with a new snapshot and timestamp, before the old ones expire or after a new root.
///
/// # Errors
/// If the edition is not published, or the sealed file is another one.
pub async fn refresh(
    store: &Store,
    by: &PersonId,
    outgoing: Outgoing<'_>,
    mut write: impl FnMut(&Release) -> std::io::Result<()>,
    now: Timestamp,
) -> Result<usize, Error> {
    let Outgoing { list, number, sealed, roots, lifetimes } = outgoing;
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    let row = editions::row(&mut look, list, number).await?;
    editions::in_state(&row, &["published"], "published")?;
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let preparation = preparation(&kept, &row)?;
    let machine = machine::load(&mut look).await?;
    let rows = look.deliveries().of_edition(&row.id).await?;
    let partners = partners::all(&mut look).await?;
    drop(look);
    if preparation.sealed.as_deref() != Some(&*store::Sha256::of(sealed).to_string()) {
        return Err(Error::OtherSealed);
    }
    let released = preparation.released.ok_or_else(|| kept::not_readable("edition", &row.id.0))?;
    let approvals: Vec<SignatureFile> = released
        .approvals
        .iter()
        .map(|text| SignatureFile::from_bytes(text.as_bytes()))
        .collect::<Result<_, _>>()?;
    let online = OnlineKeys { snapshot: &machine.snapshot, timestamp: &machine.timestamp };
    let before = Sealed::from_bytes(sealed)?.release(&approvals, roots, &online, lifetimes, now)?;
    let mut releases = Vec::new();
    for release in &before {
        let partner = partners.iter().find(|one| one.id == *release.partner());
        let Some(partner) =
            partner.filter(|one| one.state == store::issuer::partners::PartnerState::Enrolled)
        else {
            continue;
        };
        releases.push(refresh_one(release, partner.sequence + 1, roots, &online, lifetimes, now)?);
    }
    let mut act = store.act(actor(&person, Action::Deliver), now).await?;
    disclose(&mut act, &row, &rows, &releases, ("refresh", &released.ground), now).await?;
    act.commit(Deed::new("refresh_deliveries", "edition", &row.id.0, "before signatures expire")?).await?;
    for release in &releases {
        write(release).map_err(Error::Write)?;
    }
    Ok(releases.len())
}

/// Every disclosure, the oldest first.
///
/// # Errors
/// What the store says.
pub async fn disclosures(session: &mut impl Session, by: &PersonId) -> Result<Vec<Disclosed>, Error> {
    let (_, person) = people::acting(session, by).await?;
    check_may_read_log(&person)?;
    let mut log = Vec::new();
    for row in session.deliveries().disclosures().await? {
        let kept: KeptDisclosure = kept::read("disclosure", &row.id.0, &row.payload)?;
        let edition = session.editions().with_id(&row.edition).await?;
        let edition = edition.ok_or_else(|| kept::not_readable("disclosure", &row.id.0))?;
        log.push(Disclosed {
            at: row.at,
            partner: row.partner.0,
            list: edition.list,
            edition: edition.number,
            what: kept.what,
            sequence: kept.sequence,
            ground: row.ground,
            content_hash: row.content_hash,
        });
    }
    Ok(log)
}

fn check_may_read_log(person: &Person) -> Result<(), Error> {
    if person.may(Action::Audit) {
        return Ok(());
    }
    Ok(person.check(Action::Deliver)?)
}

/// Notes who gets what, when and on which ground.
async fn disclose(
    act: &mut Act,
    edition: &EditionRow,
    rows: &[Row],
    releases: &[Release],
    (what, ground): (&str, &str),
    at: Timestamp,
) -> Result<(), Error> {
    for release in releases {
        let row = rows.iter().find(|row| row.partner.0 == release.partner().as_str());
        let row = row.ok_or_else(|| not_as_prepared("a partner that nothing was prepared for"))?;
        let hash = store::Sha256::of(&release.one_file()).to_string();
        let mut delivery: KeptDelivery = kept::read("delivery", &row.id.0, &row.payload)?;
        delivery.sequence = release.sequence();
        let changed = Row {
            content_hash: hash.clone(),
            state: word("released"),
            payload: kept::payload(&delivery),
            ..row.clone()
        };
        act.deliveries().change(&changed).await?;
        partners::count_up(act, release.partner(), release.sequence()).await?;
        let partner = partners::row(act, release.partner()).await?;
        let kept =
            KeptDisclosure { sequence: release.sequence(), what: what.to_owned(), recipient: partner.name };
        let disclosure = Disclosure {
            id: DisclosureId(format!("{}.{}", row.id.0, release.sequence())),
            partner: row.partner.clone(),
            edition: edition.id.clone(),
            content_hash: hash,
            ground: ground.to_owned(),
            at,
            state: word(what),
            payload: kept::payload(&kept),
            revision: Revision::NEW,
        };
        act.deliveries().disclose(&disclosure).await?;
    }
    Ok(())
}

/// What is prepared, from the facts that are kept: the same each time.
fn prepared<'a>(
    edition: &'a Edition,
    marker: &'a Marker,
    roots: &'a Roots,
    published_at: Timestamp,
    rows: &[Row],
    addressed: Vec<Addressed>,
) -> Result<Prepared<'a>, Error> {
    let mut kept: BTreeMap<String, KeptDelivery> = BTreeMap::new();
    for row in rows {
        kept.insert(row.partner.0.clone(), kept::read("delivery", &row.id.0, &row.payload)?);
    }
    let mut addressees = Vec::new();
    for one in addressed {
        let delivery = kept.remove(one.partner.as_str());
        let delivery = delivery.ok_or_else(|| not_as_prepared("a partner that nothing was prepared for"))?;
        let recipient = delivery::Recipient::parse(&delivery.recipient)
            .map_err(|_| kept::not_readable("delivery", one.partner.as_str()))?;
        let Addressed { partner, enclosures } = one;
        addressees.push(Addressee { partner, recipient, sequence: delivery.sequence, enclosures });
    }
    if !kept.is_empty() {
        return Err(not_as_prepared("a partner is missing"));
    }
    addressees.sort_by(|one, other| one.partner.cmp(&other.partner));
    let issue = Issue { edition, marker, roots, published_at };
    Ok(prepare_all(&issue, addressees)?)
}

fn preparation(kept: &KeptEdition, row: &EditionRow) -> Result<KeptPreparation, Error> {
    kept.preparation.clone().ok_or_else(|| kept::not_readable("edition", &row.id.0))
}

fn not_as_prepared(what: &str) -> Error {
    Error::NotAsPrepared { what: what.to_owned() }
}

fn no_key(partner: &partners::Partner) -> Error {
    Error::NoKey { partner: partner.id.to_string() }
}

pub(crate) fn language(word: &str) -> Language {
    if word == "nl" { Language::Dutch } else { Language::English }
}

const fn language_word(language: Language) -> &'static str {
    match language {
        Language::Dutch => "nl",
        Language::English => "en",
    }
}
