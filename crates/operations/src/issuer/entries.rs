//! Entries: drafted, grounded, proposed, approved, listed; then revised, merged, split, suspended, withdrawn.
//!
//! Drafting is in `drafting`, what takes voices after listing in `standing`, what people read in `reading`.

mod drafting;
mod reading;
mod standing;

use curation::listing::{Listing, State};
use curation::{Action, Person, PersonId, Unit};
use jiff::Timestamp;
use store::issuer::entries::Entry as Row;
use store::{Act, Deed, IssuerSide, Session, Store};
use watchlist::EntryId;

use super::kept::entry::{KeptEntry, Opened, Pending};
use super::kept::{self};
use super::{Error, actor, people, store_id, word};

pub use drafting::{
    Rules, Values, answer, approve, begin, edit, ground, merge, observe, propose, revise, send_back, split,
};
pub use reading::{EvidenceLine, Page, Signed, Summary, due, list, page};
pub use standing::{Voiced, drop_voice, lift, suspend, withdraw};

/// An entry at hand: its row, and what it holds after every check.
pub(crate) struct Handled {
    pub(crate) row: Row,
    pub(crate) opened: Opened,
}

/// How a change is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Other contents: a new version with a maker.
    Contents,
    /// Approvals, suspensions, voices: the contents stay.
    Standing,
}

impl Handled {
    pub(crate) fn id(&self) -> &EntryId {
        &self.row.id
    }

    pub(crate) fn listing(&self) -> Result<&Listing, Error> {
        self.opened.listing.as_ref().ok_or_else(|| self.not_listed())
    }

    fn listing_mut(&mut self) -> Result<&mut Listing, Error> {
        if self.opened.listing.is_none() {
            return Err(self.not_listed());
        }
        self.opened.listing.as_mut().ok_or_else(|| kept::not_readable("entry", &self.row.id.0))
    }

    fn not_listed(&self) -> Error {
        let found = self.opened.pending.as_ref().map_or("new", Pending::word).to_owned();
        Error::State { what: "entry", id: self.row.id.0.clone(), found, needed: "listed" }
    }

    /// The word for how it stands.
    fn word(&self) -> &'static str {
        match (&self.opened.listing, &self.opened.pending) {
            (Some(listing), _) => match listing.state() {
                State::Active => "listed",
                State::Suspended(_) => "suspended",
                State::Withdrawn { .. } => "withdrawn",
            },
            (None, Some(pending)) => pending.word(),
            (None, None) => "dropped",
        }
    }

    fn into_row(self) -> Row {
        let state = word(self.word());
        let review_by = self.opened.listing.as_ref().and_then(Listing::review_by);
        let payload = kept::payload(&KeptEntry::of(&self.opened));
        Row { state, review_by, payload, ..self.row }
    }
}

/// An entry by its id.
///
/// # Errors
/// [`Error::NotThere`]; what is found where its approvals do not count any more.
pub(crate) async fn open(session: &mut impl Session, id: &EntryId, unit: &Unit) -> Result<Handled, Error> {
    let row = session.entries().with_id(id).await?;
    let row = row.ok_or_else(|| Error::NotThere { what: "entry", id: id.0.clone() })?;
    opened(row, unit)
}

fn opened(row: Row, unit: &Unit) -> Result<Handled, Error> {
    let kept: KeptEntry = kept::read("entry", &row.id.0, &row.payload)?;
    let opened = kept.read(&row.id, unit)?;
    Ok(Handled { row, opened })
}

/// Every listed entry of a list, withdrawn ones too.
pub(crate) async fn listings(
    session: &mut impl Session,
    list: &str,
    unit: &Unit,
) -> Result<Vec<Listing>, Error> {
    let mut listings = Vec::new();
    for row in session.entries().all().await? {
        let handled = opened(row, unit)?;
        listings.extend(handled.opened.listing.filter(|listing| listing.list_id() == list));
    }
    Ok(listings)
}

/// One act on entries: its unit, its person, and the transaction in which all of it happens.
struct Work {
    act: Act,
    unit: Unit,
    person: Person,
}

impl Work {
    /// Begins; the write lock is held from here on, so what is read does not change meanwhile.
    async fn begin(store: &Store, by: &PersonId, action: Action, now: Timestamp) -> Result<Self, Error> {
        let mut look = store.look().await?;
        let (_, person) = people::acting(&mut look, by).await?;
        drop(look);
        let mut act = store.act(actor(&person, action), now).await?;
        let (unit, person) = people::acting(&mut act, by).await?;
        Ok(Self { act, unit, person })
    }

    async fn open(&mut self, id: &EntryId) -> Result<Handled, Error> {
        open(&mut self.act, id, &self.unit).await
    }

    async fn keep(&mut self, handled: Handled, kind: Kind) -> Result<(), Error> {
        let row = handled.into_row();
        match kind {
            Kind::Contents => self.act.entries().revise(&row, &store_id(&self.person.id)).await?,
            Kind::Standing => self.act.entries().stand(&row).await?,
        };
        Ok(())
    }

    async fn commit(self, action: &str, id: &EntryId, ground: &str) -> Result<(), Error> {
        self.act.commit(Deed::new(action, "entry", &id.0, ground)?).await?;
        Ok(())
    }
}
