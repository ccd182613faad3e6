//! Invented people and things, with as little as each story needs.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use store::hoster::editions::{InstalledEdition, InstalledEditionId, Origin};
use store::hoster::screenings::{Hit, HitId, Screening, ScreeningId};
use store::issuer::approvals::{Approval, ApprovalId};
use store::issuer::deliveries::{Delivery, DeliveryId, Disclosure, DisclosureId};
use store::issuer::editions::{Edition, EditionId};
use store::issuer::entries::Entry;
use store::issuer::evidence::{Evidence, EvidenceId};
use store::issuer::partners::{Partner, PartnerId, PartnerState};
use store::issuer::people::Person;
use store::{Act, Actor, Deed, IssuerSide, Payload, PersonId, Revision, Store, Word};
use watchlist::EntryId;

pub(crate) fn word(text: &str) -> Word {
    Word::new(text).unwrap()
}

pub(crate) fn payload(text: &str) -> Payload {
    Payload::new(text.as_bytes().to_vec())
}

pub(crate) fn person_id(id: &str) -> PersonId {
    PersonId(id.to_owned())
}

pub(crate) fn entry_id(id: &str) -> EntryId {
    EntryId(id.to_owned())
}

pub(crate) fn noon() -> Timestamp {
    "2026-03-31T12:00:00Z".parse().unwrap()
}

pub(crate) fn today() -> Date {
    date(2026, 3, 31)
}

pub(crate) fn actor(id: &str) -> Actor {
    Actor { person: person_id(id), role: word("analyst") }
}

pub(crate) async fn act(store: &Store, person: &str) -> Act {
    store.act(actor(person), noon()).await.unwrap()
}

pub(crate) fn deed(action: &str, kind: &'static str, id: &str) -> Deed {
    Deed::new(action, kind, id, "a test").unwrap()
}

pub(crate) fn person(id: &str) -> Person {
    Person {
        id: person_id(id),
        name: format!("{id}@team.example"),
        team: "team-north".to_owned(),
        state: word("active"),
        payload: payload("{}"),
        revision: Revision::NEW,
    }
}

/// Anna and Bram work on the same team; Chris is of the prosecution.
pub(crate) async fn add_people(store: &Store) {
    let mut act = act(store, "p-1").await;
    for id in ["p-1", "p-2", "p-3"] {
        act.people().add(&person(id)).await.unwrap();
    }
    act.commit(deed("add_people", "person", "p-1")).await.unwrap();
}

pub(crate) fn entry(id: &str, text: &str) -> Entry {
    Entry {
        id: entry_id(id),
        version: 0,
        review_by: Some(today()),
        state: word("proposed"),
        payload: payload(text),
        revision: Revision::NEW,
    }
}

pub(crate) fn evidence(id: &str, collector: &str) -> Evidence {
    Evidence {
        id: EvidenceId(id.to_owned()),
        collector: person_id(collector),
        state: word("sealed"),
        payload: payload("seen on 198.51.100.7"),
        revision: Revision::NEW,
    }
}

pub(crate) fn approval(id: &str, entry: &str, version: u64, approver: &str) -> Approval {
    Approval {
        id: ApprovalId(id.to_owned()),
        entry: entry_id(entry),
        version,
        approver: person_id(approver),
        state: word("second_analyst"),
        payload: payload("signature"),
        revision: Revision::NEW,
    }
}

pub(crate) fn edition(number: u64) -> Edition {
    Edition {
        id: EditionId(format!("ed-{number}")),
        list: "list-1".to_owned(),
        number,
        content_root: format!("{number:064x}"),
        state: word("published"),
        payload: payload("edition"),
        revision: Revision::NEW,
    }
}

pub(crate) fn partner(id: &str, name: &str) -> Partner {
    Partner {
        id: PartnerId(id.to_owned()),
        name: name.to_owned(),
        role: word("hoster"),
        state: PartnerState::Invited.word(),
        payload: payload("abuse@hoster.example"),
        revision: Revision::NEW,
    }
}

pub(crate) fn delivery(id: &str, partner: &str, edition: u64) -> Delivery {
    Delivery {
        id: DeliveryId(id.to_owned()),
        partner: PartnerId(partner.to_owned()),
        edition: EditionId(format!("ed-{edition}")),
        content_hash: "c0ffee".to_owned(),
        state: word("made"),
        payload: payload("letter"),
        revision: Revision::NEW,
    }
}

pub(crate) fn disclosure(id: &str, partner: &str, edition: u64) -> Disclosure {
    Disclosure {
        id: DisclosureId(id.to_owned()),
        partner: PartnerId(partner.to_owned()),
        edition: EditionId(format!("ed-{edition}")),
        content_hash: "c0ffee".to_owned(),
        ground: "order 12".to_owned(),
        at: noon(),
        state: word("sent"),
        payload: payload("by post"),
        revision: Revision::NEW,
    }
}

pub(crate) fn installed(list: &str, number: u64) -> InstalledEdition {
    InstalledEdition {
        id: InstalledEditionId(format!("{list}.{number}")),
        list: list.to_owned(),
        number,
        content_root: format!("{number:064x}"),
        origin: Origin::Verified.word(),
        received_at: noon(),
        state: word("installed"),
        payload: payload("edition"),
        revision: Revision::NEW,
    }
}

pub(crate) fn screening(id: &str) -> Screening {
    Screening {
        id: ScreeningId(id.to_owned()),
        started_at: noon(),
        state: word("kept"),
        payload: payload("manifest"),
        revision: Revision::NEW,
    }
}

pub(crate) fn hit(id: &str, screening: &str, entry: &str) -> Hit {
    Hit {
        id: HitId(id.to_owned()),
        screening: ScreeningId(screening.to_owned()),
        list: "list-1".to_owned(),
        entry: entry_id(entry),
        state: word("open"),
        payload: payload("reasons"),
        revision: Revision::NEW,
    }
}
