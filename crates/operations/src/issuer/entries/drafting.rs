//! From a draft to an approved version, and the ways in which a listed entry gets a new one.

use curation::criterion::{CriterionTest, Limits};
use curation::evidence::EvidenceId;
use curation::listing::{self, Listing, complete_merge, complete_split};
use curation::proposal::{ApprovedEntry, Draft, Proposing, Terms};
use curation::statement::Step;
use curation::{Action, PersonId};
use delivery::SigningKey;
use jiff::Timestamp;
use store::issuer::approvals::{Approval, ApprovalId};
use store::issuer::entries::Entry as Row;
use store::{IssuerSide, Payload, Revision, Store};
use watchlist::format::v1;
use watchlist::{Entry, EntryId, ListedValue};

use super::{Handled, Kind, Work};
use crate::day_of;
use crate::issuer::kept::entry::{KeptEntry, Opened, Pending};
use crate::issuer::kept::{self, statement::KeptStatement};
use crate::issuer::{Error, deconfliction, evidence, signing, store_id, word};

/// Which values of an entry a piece of evidence stands behind.
#[derive(Clone, Debug)]
pub enum Values {
    All,
    /// Kind and value, as they stand in the entry.
    Those(Vec<ListedValue>),
}

/// The rules by which entries are proposed; the unit sets them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rules {
    pub limits: Limits,
    pub terms: Terms,
}

/// Begins a new entry as a draft.
///
/// # Errors
/// If the id is taken, or the person may not propose.
pub async fn begin(
    store: &Store,
    by: &PersonId,
    list: &str,
    entry: Entry,
    now: Timestamp,
) -> Result<EntryId, Error> {
    check_can_be_kept(&entry)?;
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let draft = Draft::new(list, entry, &work.person)?;
    let id = draft.content().entry.id.clone();
    add(&mut work, draft, None).await?;
    work.commit("begin_entry", &id, "draft of a new entry").await?;
    Ok(id)
}

/// An entry is kept in the list format, so what that format does not take would be lost, or make the entry unreadable.
fn check_can_be_kept(entry: &Entry) -> Result<(), Error> {
    let (again, problems) = v1::read_entry(&v1::write_entry(entry));
    if let Some(problem) = problems.first() {
        return Err(Error::NotAnEntry { why: problem.to_string() });
    }
    if again.as_ref() != Some(entry) {
        return Err(Error::NotAnEntry { why: "a value of it has no form in the list format".to_owned() });
    }
    Ok(())
}

async fn add(work: &mut Work, draft: Draft, split_of: Option<EntryId>) -> Result<(), Error> {
    let id = draft.content().entry.id.clone();
    let opened = Opened { listing: None, pending: Some(Pending::Draft(draft)), split_of, voices: Vec::new() };
    let row = Row {
        id,
        version: 0,
        review_by: None,
        state: word("draft"),
        payload: kept::payload(&KeptEntry::of(&opened)),
        revision: Revision::NEW,
    };
    work.act.entries().propose(&row, &store_id(&work.person.id)).await?;
    Ok(())
}

/// Replaces what the draft says of the party.
///
/// # Errors
/// If there is no draft, or the id is another one.
pub async fn edit(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    entry: Entry,
    now: Timestamp,
) -> Result<(), Error> {
    if entry.id != *id {
        return Err(Error::OtherEntry { found: entry.id.0, expected: id.0.clone() });
    }
    check_can_be_kept(&entry)?;
    change(store, by, id, now, "edit_entry", |draft, person| Ok(draft.edit(person, |old| *old = entry)?))
        .await
}

/// Fills in the criterion.
///
/// # Errors
/// If there is no draft, or the person may not.
pub async fn answer(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    criterion: CriterionTest,
    now: Timestamp,
) -> Result<(), Error> {
    change(store, by, id, now, "answer_criterion", |draft, person| Ok(draft.answer(criterion, person)?)).await
}

async fn change(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    now: Timestamp,
    action: &str,
    change: impl FnOnce(&mut Draft, &curation::Person) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let mut handled = work.open(id).await?;
    change(draft_of(&mut handled)?, &work.person)?;
    work.keep(handled, Kind::Contents).await?;
    work.commit(action, id, "draft").await
}

/// Names the evidence that stands behind values of the entry.
///
/// # Errors
/// [`Error::NoSuchValue`]; if the evidence is not sealed.
pub async fn ground(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    named: &EvidenceId,
    values: &Values,
    now: Timestamp,
) -> Result<usize, Error> {
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let mut handled = work.open(id).await?;
    let sealed = evidence::sealed(&mut work.act, named).await?;
    let draft = draft_of(&mut handled)?;
    let there: Vec<ListedValue> = draft.content().entry.values().collect();
    let wanted: Vec<ListedValue> = match values {
        Values::All => there.clone(),
        Values::Those(those) => those.iter().filter(|value| there.contains(value)).cloned().collect(),
    };
    let all_there = matches!(values, Values::Those(those) if those.len() == wanted.len())
        || matches!(values, Values::All);
    if wanted.is_empty() || !all_there {
        return Err(Error::NoSuchValue { evidence: named.0.clone(), entry: id.0.clone() });
    }
    let count = wanted.len();
    draft.ground(wanted, &sealed, &work.person)?;
    link(&mut work, named, id).await?;
    work.keep(handled, Kind::Contents).await?;
    work.commit("ground_entry", id, "evidence for values").await?;
    Ok(count)
}

/// Notes that the party was seen again; last observation and next review follow from the evidence.
///
/// # Errors
/// If there is no draft, or the evidence is not sealed.
pub async fn observe(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    named: &EvidenceId,
    rules: &Rules,
    now: Timestamp,
) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let mut handled = work.open(id).await?;
    let sealed = evidence::sealed(&mut work.act, named).await?;
    draft_of(&mut handled)?.observe(&sealed, rules.terms, &work.person)?;
    link(&mut work, named, id).await?;
    work.keep(handled, Kind::Contents).await?;
    work.commit("observe_entry", id, "seen again").await
}

async fn link(work: &mut Work, named: &EvidenceId, entry: &EntryId) -> Result<(), Error> {
    let there = work.act.evidence().links_of(entry).await?;
    if there.iter().any(|link| link.evidence.0 == named.0) {
        return Ok(());
    }
    let evidence = store::issuer::evidence::EvidenceId(named.0.clone());
    work.act.evidence().link(&evidence, entry, word("linked"), Payload::default()).await?;
    Ok(())
}

/// Puts the draft before a second analyst.
///
/// # Errors
/// What is missing; the draft stays as it is.
pub async fn propose(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    rules: &Rules,
    now: Timestamp,
) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let mut handled = work.open(id).await?;
    let today = day_of(now);
    let delay = deconfliction::delay(
        &mut work.act,
        &draft_of(&mut handled)?.content().entry.clone(),
        &work.person.team,
        today,
    )
    .await?;
    let draft = take_draft(&mut handled)?;
    let proposing = Proposing {
        by: &work.person,
        at: now,
        today,
        limits: &rules.limits,
        terms: rules.terms,
        delay: delay.as_ref(),
    };
    let proposed = draft.propose(&proposing).map_err(|refused| refused.why)?;
    handled.opened.pending = Some(Pending::Proposed(proposed));
    work.keep(handled, Kind::Contents).await?;
    work.commit("propose_entry", id, "for a second analyst").await
}

/// The next approval: of the substance, then of the proportion. With the second one the version is on the list.
///
/// # Errors
/// If the person had a hand in it, approved already, may not, or the key does not count.
pub async fn approve(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    key: &SigningKey,
    now: Timestamp,
) -> Result<&'static str, Error> {
    let mut work = Work::begin(store, by, Action::ApproveSubstance, now).await?;
    let mut handled = work.open(id).await?;
    let version = handled.row.version;
    let (step, role) = match handled.opened.pending.take() {
        Some(Pending::Proposed(proposed)) => {
            let step = Step::ApproveSubstance;
            let signed = signing::sign(&work.person, key, step, proposed.hash(), now)?;
            let seconded =
                proposed.approve_substance(signed, now, &work.unit).map_err(|refused| refused.why)?;
            give(&mut work, id, version, "second_analyst", seconded.substance().into()).await?;
            handled.opened.pending = Some(Pending::Seconded(seconded));
            work.keep(handled, Kind::Standing).await?;
            (step, "seconded")
        }
        Some(Pending::Seconded(seconded)) => {
            let step = Step::ApproveProportion;
            let signed = signing::sign(&work.person, key, step, seconded.hash(), now)?;
            let approved =
                seconded.approve_proportion(signed, now, &work.unit).map_err(|refused| refused.why)?;
            give(&mut work, id, version, "prosecution", approved.proportion().into()).await?;
            let stands = take_up(&mut work, handled, approved, now).await?;
            (step, stands)
        }
        Some(other) => {
            let found = other.word().to_owned();
            return Err(Error::State {
                what: "entry",
                id: id.0.clone(),
                found,
                needed: "proposed or seconded",
            });
        }
        None => return Err(Error::NothingPending { id: id.0.clone() }),
    };
    let action = if step == Step::ApproveSubstance { "approve_substance" } else { "approve_proportion" };
    work.commit(action, id, "signed approval").await?;
    Ok(role)
}

async fn give(
    work: &mut Work,
    entry: &EntryId,
    version: u64,
    role: &str,
    received: curation::proposal::ReceivedStatement,
) -> Result<(), Error> {
    let approver = store_id(&work.person.id);
    let row = Approval {
        id: ApprovalId(format!("{}.{version}.{role}", entry.0)),
        entry: entry.clone(),
        version,
        approver,
        state: word(role),
        payload: kept::payload(&KeptStatement::from(&received)),
        revision: Revision::NEW,
    };
    work.act.approvals().give(&row).await?;
    Ok(())
}

/// What becomes of an approved version: a new entry, a newer version, a merge, or part of a split.
async fn take_up(
    work: &mut Work,
    mut handled: Handled,
    approved: ApprovedEntry,
    now: Timestamp,
) -> Result<&'static str, Error> {
    let today = day_of(now);
    if handled.opened.split_of.is_some() {
        return take_up_split(work, handled, approved, now).await;
    }
    let merged = approved.content().merges.iter().next().cloned();
    match (handled.opened.listing.as_mut(), merged) {
        (None, _) => handled.opened.listing = Some(Listing::new(approved)?),
        (Some(listing), None) => listing.replace(approved)?,
        (Some(listing), Some(other)) => {
            let mut other = super::open(&mut work.act, &other, &work.unit).await?;
            complete_merge(listing, other.listing_mut()?, approved, today)?;
            other.opened.pending = None;
            work.keep(other, Kind::Standing).await?;
        }
    }
    work.keep(handled, Kind::Standing).await?;
    Ok("listed")
}

/// Parts wait until all of them are approved; then the earlier entry gives way to them at once.
async fn take_up_split(
    work: &mut Work,
    mut handled: Handled,
    approved: ApprovedEntry,
    now: Timestamp,
) -> Result<&'static str, Error> {
    let mine = handled.id().clone();
    let all = approved.content().split_into.clone();
    handled.opened.pending = Some(Pending::Approved(approved));
    let mut parts = vec![handled];
    for id in all.iter().filter(|id| **id != mine) {
        let other = super::open(&mut work.act, id, &work.unit).await?;
        if !matches!(other.opened.pending, Some(Pending::Approved(_))) {
            let handled = parts.remove(0);
            work.keep(handled, Kind::Standing).await?;
            return Ok("approved");
        }
        parts.push(other);
    }
    let whole = parts.first().and_then(|part| part.opened.split_of.clone());
    let whole = whole.ok_or_else(|| kept::not_readable("entry", &mine.0))?;
    let mut whole = super::open(&mut work.act, &whole, &work.unit).await?;
    let mut approved = Vec::new();
    for part in &mut parts {
        match part.opened.pending.take() {
            Some(Pending::Approved(version)) => approved.push(version),
            _ => return Err(kept::not_readable("entry", &part.id().0)),
        }
    }
    let listings = complete_split(whole.listing_mut()?, approved, day_of(now))?;
    whole.opened.pending = None;
    work.keep(whole, Kind::Standing).await?;
    for (mut part, listing) in parts.into_iter().zip(listings) {
        part.opened.split_of = None;
        part.opened.listing = Some(listing);
        work.keep(part, Kind::Standing).await?;
    }
    Ok("listed")
}

/// Sends a proposal back to be changed, or takes it back; its approvals are gone.
///
/// # Errors
/// If nothing is proposed, or the person may neither propose nor approve.
pub async fn send_back(store: &Store, by: &PersonId, id: &EntryId, now: Timestamp) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::ApproveSubstance, now).await?;
    let mut handled = work.open(id).await?;
    let draft = match handled.opened.pending.take() {
        Some(Pending::Proposed(proposed)) => {
            proposed.send_back(&work.person).map_err(|refused| refused.why)?
        }
        Some(Pending::Seconded(seconded)) => {
            seconded.send_back(&work.person).map_err(|refused| refused.why)?
        }
        Some(other) => {
            let found = other.word().to_owned();
            return Err(Error::State {
                what: "entry",
                id: id.0.clone(),
                found,
                needed: "proposed or seconded",
            });
        }
        None => return Err(Error::NothingPending { id: id.0.clone() }),
    };
    handled.opened.pending = Some(Pending::Draft(draft));
    // The contents stay, so whoever sends back does not become a maker by it.
    work.keep(handled, Kind::Standing).await?;
    work.commit("send_back_entry", id, "to be changed").await
}

/// Begins a new version of a listed entry; it stands as before until that is approved.
///
/// # Errors
/// [`Error::PendingAlready`]; if the entry is withdrawn or not listed.
pub async fn revise(store: &Store, by: &PersonId, id: &EntryId, now: Timestamp) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let mut handled = work.open(id).await?;
    nothing_pending(&handled)?;
    let draft = handled.listing()?.revise(&work.person)?;
    handled.opened.pending = Some(Pending::Draft(draft));
    work.keep(handled, Kind::Contents).await?;
    work.commit("revise_entry", id, "draft of a new version").await
}

/// Begins to merge `other` into an entry.
///
/// # Errors
/// As [`revise`]; if the two cannot be merged.
pub async fn merge(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    other: &EntryId,
    now: Timestamp,
) -> Result<(), Error> {
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let mut handled = work.open(id).await?;
    let taken = work.open(other).await?;
    nothing_pending(&handled)?;
    nothing_pending(&taken)?;
    let draft = listing::merge(handled.listing()?, taken.listing()?, &work.person)?;
    let evidence: Vec<EvidenceId> = draft.content().evidence.iter().map(|one| one.id.clone()).collect();
    handled.opened.pending = Some(Pending::Draft(draft));
    for one in &evidence {
        link(&mut work, one, id).await?;
    }
    work.keep(handled, Kind::Contents).await?;
    work.commit("merge_entries", id, "draft of a merge").await
}

/// Begins to split an entry into parts with new ids: a draft for each.
///
/// # Errors
/// As [`revise`]; if there are not two parts with new ids.
pub async fn split(
    store: &Store,
    by: &PersonId,
    id: &EntryId,
    parts: Vec<Entry>,
    now: Timestamp,
) -> Result<(), Error> {
    parts.iter().try_for_each(check_can_be_kept)?;
    let mut work = Work::begin(store, by, Action::Propose, now).await?;
    let handled = work.open(id).await?;
    nothing_pending(&handled)?;
    for draft in listing::split(handled.listing()?, parts, &work.person)? {
        let part = draft.content().entry.id.clone();
        let evidence: Vec<EvidenceId> = draft.content().evidence.iter().map(|one| one.id.clone()).collect();
        add(&mut work, draft, Some(id.clone())).await?;
        for one in &evidence {
            link(&mut work, one, &part).await?;
        }
    }
    work.commit("split_entry", id, "drafts of its parts").await
}

fn nothing_pending(handled: &Handled) -> Result<(), Error> {
    match &handled.opened.pending {
        Some(pending) => Err(Error::PendingAlready { id: handled.id().0.clone(), found: pending.word() }),
        None => Ok(()),
    }
}

fn draft_of(handled: &mut Handled) -> Result<&mut Draft, Error> {
    let id = handled.row.id.0.clone();
    match &mut handled.opened.pending {
        Some(Pending::Draft(draft)) => Ok(draft),
        Some(other) => {
            Err(Error::State { what: "entry", id, found: other.word().to_owned(), needed: "a draft" })
        }
        None => Err(Error::NothingPending { id }),
    }
}

fn take_draft(handled: &mut Handled) -> Result<Draft, Error> {
    draft_of(handled)?;
    match handled.opened.pending.take() {
        Some(Pending::Draft(draft)) => Ok(draft),
        _ => Err(Error::NothingPending { id: handled.row.id.0.clone() }),
    }
}
