//! The issuer's subjects: what is stored comes back, the rules of four eyes hold, and nobody overwrites another.

use jiff::ToSpan;
use store::issuer::acknowledgements::{Acknowledgement, AcknowledgementId};
use store::issuer::contests::{Contest, ContestId};
use store::issuer::deconfliction::{DeconflictionId, DeconflictionKey};
use store::issuer::deliveries::DeliveryId;
use store::issuer::editions::EditionId;
use store::issuer::evidence::EvidenceId;
use store::issuer::partners::{PartnerId, PartnerKey, PartnerKeyId, PartnerState};
use store::issuer::people::{PersonKey, PersonKeyId};
use store::issuer::receipts::{Receipt, ReceiptId};
use store::issuer::reminders::{Reminder, ReminderId};
use store::{BothSides, Error, IssuerSide, Revision, Sha256};

use crate::cast::*;
use crate::place::{Place, on_both};

#[test]
fn an_entry_goes_from_proposal_to_approval() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;

        let mut first = act(&store, "p-1").await;
        let seen = first.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
        first.commit(deed("propose_entry", "entry", "e-1")).await.unwrap();
        let mut second = act(&store, "p-2").await;
        second.approvals().give(&approval("a-1", "e-1", 1, "p-2")).await.unwrap();
        let reviewed = today().checked_add(180.days()).unwrap();
        second.entries().move_to(&entry_id("e-1"), seen, word("approved"), Some(reviewed)).await.unwrap();
        second.commit(deed("approve_entry", "entry", "e-1")).await.unwrap();

        let mut look = store.look().await.unwrap();
        let stored = look.entries().with_id(&entry_id("e-1")).await.unwrap().unwrap();
        assert_eq!(
            (stored.state.as_str(), stored.version, stored.payload.bytes()),
            ("approved", 1, &b"one"[..])
        );
        assert_eq!(stored.review_by, Some(reviewed));
        assert_eq!(look.approvals().of_version(&entry_id("e-1"), 1).await.unwrap().len(), 1);
        assert_eq!(look.approvals().of_version(&entry_id("e-1"), 2).await.unwrap().len(), 0);
        assert_eq!(look.approvals().by(&person_id("p-2")).await.unwrap().len(), 1);
        assert_eq!(look.entries().in_state(&word("approved")).await.unwrap().len(), 1);
        assert_eq!(look.entries().in_state(&word("proposed")).await.unwrap().len(), 0);
        assert_eq!(look.entries().due_for_review(today()).await.unwrap().len(), 0);
        assert_eq!(look.entries().due_for_review(reviewed).await.unwrap().len(), 1);
    });
}

#[test]
fn who_made_or_collected_it_cannot_approve_it() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut act = act(&store, "p-1").await;
        act.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
        act.evidence().add(&evidence("ev-1", "p-2")).await.unwrap();
        let (ev, en) = (EvidenceId("ev-1".to_owned()), entry_id("e-1"));
        act.evidence().link(&ev, &en, word("direct"), payload("B2")).await.unwrap();

        for person in ["p-1", "p-2"] {
            let error = act.approvals().give(&approval("a-1", "e-1", 1, person)).await.unwrap_err();
            assert!(matches!(error, Error::OwnWork { .. }), "{error}");
        }
        act.approvals().give(&approval("a-3", "e-1", 1, "p-3")).await.unwrap();
        act.commit(deed("approve_entry", "entry", "e-1")).await.unwrap();
    });
}

#[test]
fn one_person_approves_a_version_once_and_only_one_that_is_there() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut given = act(&store, "p-1").await;
        given.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
        given.approvals().give(&approval("a-1", "e-1", 1, "p-2")).await.unwrap();
        given.commit(deed("approve_entry", "entry", "e-1")).await.unwrap();

        let mut again = act(&store, "p-2").await;
        let twice = again.approvals().give(&approval("a-2", "e-1", 1, "p-2")).await.unwrap_err();
        drop(again);
        let mut none = act(&store, "p-3").await;
        let missing = none.approvals().give(&approval("a-3", "e-1", 9, "p-3")).await.unwrap_err();
        drop(none);

        assert!(matches!(twice, Error::AlreadyThere { kind: "approval", .. }), "{twice}");
        assert!(matches!(missing, Error::BrokenLink { kind: "approval", .. }), "{missing}");
    });
}

#[test]
fn every_revision_is_kept_with_its_maker() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut act = act(&store, "p-1").await;
        act.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
        let mut stored = act.entries().with_id(&entry_id("e-1")).await.unwrap().unwrap();
        stored.payload = payload("two");
        act.entries().revise(&stored, &person_id("p-3")).await.unwrap();

        let versions = act.entries().versions_of(&entry_id("e-1")).await.unwrap();
        let told: Vec<_> =
            versions.iter().map(|v| (v.number, v.maker.0.as_str(), v.payload.bytes())).collect();
        assert_eq!(told, [(1, "p-1", &b"one"[..]), (2, "p-3", b"two")]);
        assert!(act.entries().touched_by(&entry_id("e-1"), &person_id("p-3")).await.unwrap());
        assert!(!act.entries().touched_by(&entry_id("e-1"), &person_id("p-2")).await.unwrap());
        act.commit(deed("revise_entry", "entry", "e-1")).await.unwrap();
    });
}

#[test]
fn a_stale_revision_changes_nothing() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        act.partners().add(&partner("pa-1", "Orchard Nine")).await.unwrap();
        let seen = act.partners().with_id(&PartnerId("pa-1".to_owned())).await.unwrap().unwrap();
        let mut newer = seen.clone();
        newer.state = PartnerState::Enrolled.word();
        act.partners().change(&newer).await.unwrap();

        let error = act.partners().change(&seen).await.unwrap_err();
        let absent = act.partners().change(&partner("pa-2", "Nobody")).await.unwrap_err();

        assert_eq!(
            error.to_string(),
            "partner pa-1 was changed after you opened it: you saw revision 1, stored is 2"
        );
        assert!(matches!(absent, Error::NotFound { kind: "partner", .. }), "{absent}");
        act.commit(deed("change_partner", "partner", "pa-1")).await.unwrap();
        let mut look = store.look().await.unwrap();
        assert_eq!(look.partners().in_state(PartnerState::Enrolled).await.unwrap().len(), 1);
        assert_eq!(look.partners().in_state(PartnerState::Invited).await.unwrap().len(), 0);
    });
}

#[test]
fn people_and_partners_are_found_by_what_is_encrypted() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut act = act(&store, "p-1").await;
        let key = PersonKey {
            id: PersonKeyId("k-1".to_owned()),
            person: person_id("p-1"),
            fingerprint: "a1b2".to_owned(),
            valid_from: today(),
            valid_until: None,
            state: word("active"),
            payload: payload("public key"),
            revision: Revision::NEW,
        };
        act.people().add_key(&key).await.unwrap();
        act.partners().add(&partner("pa-1", "Orchard Nine")).await.unwrap();
        let partner_key = PartnerKey {
            id: PartnerKeyId("pk-1".to_owned()),
            partner: PartnerId("pa-1".to_owned()),
            fingerprint: "c3d4".to_owned(),
            state: word("enrolled"),
            payload: payload("public key"),
            revision: Revision::NEW,
        };
        act.partners().add_key(&partner_key).await.unwrap();
        act.commit(deed("enrol", "partner", "pa-1")).await.unwrap();

        let mut look = store.look().await.unwrap();
        assert_eq!(look.people().named("p-2@team.example").await.unwrap().unwrap().id, person_id("p-2"));
        assert!(look.people().named("P-2@team.example").await.unwrap().is_none());
        assert_eq!(look.people().in_team("team-north").await.unwrap().len(), 3);
        assert_eq!(look.people().all().await.unwrap().len(), 3);
        assert_eq!(look.people().key_with("a1b2").await.unwrap().unwrap().person, person_id("p-1"));
        assert_eq!(look.people().keys_of(&person_id("p-1")).await.unwrap().len(), 1);
        assert_eq!(look.people().keys_valid_on(today()).await.unwrap().len(), 1);
        assert_eq!(look.people().keys_valid_on(today().yesterday().unwrap()).await.unwrap().len(), 0);
        assert_eq!(look.partners().named("Orchard Nine").await.unwrap().unwrap().name, "Orchard Nine");
        assert_eq!(look.partners().key_with("c3d4").await.unwrap().unwrap().partner.0, "pa-1");
        assert_eq!(look.partners().keys_of(&PartnerId("pa-1".to_owned())).await.unwrap().len(), 1);
    });
}

#[test]
fn two_partners_cannot_have_one_name_or_one_key() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut first = act(&store, "p-1").await;
        first.partners().add(&partner("pa-1", "Orchard Nine")).await.unwrap();
        first.commit(deed("add_partner", "partner", "pa-1")).await.unwrap();

        let mut second = act(&store, "p-1").await;
        let error = second.partners().add(&partner("pa-2", "Orchard Nine")).await.unwrap_err();

        assert!(matches!(error, Error::AlreadyThere { kind: "partner", .. }), "{error}");
        assert!(!format!("{error} {error:?}").contains("Orchard"));
    });
}

#[test]
fn a_captured_file_comes_back_unchanged_and_is_kept_once() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let bytes: Vec<u8> = (0..2_500_000_u32).map(|n| (n * 31 % 251) as u8).collect();
        let hash = Sha256::of(&bytes);
        let (one, two) = (EvidenceId("ev-1".to_owned()), EvidenceId("ev-2".to_owned()));
        let mut act = act(&store, "p-1").await;
        for id in [&one, &two] {
            act.evidence().add(&evidence(&id.0, "p-1")).await.unwrap();
            act.evidence().attach(id, 1, word("warc"), (hash, &bytes[..]), payload("stamp")).await.unwrap();
        }
        let other = act.evidence().attach(&one, 2, word("png"), (hash, &b"changed"[..]), payload("")).await;
        assert!(matches!(other.unwrap_err(), Error::OtherFile { .. }));

        assert!(act.files().with_hash(hash).await.unwrap().unwrap() == bytes);
        assert_eq!(act.files().with_hash(Sha256::of(b"other")).await.unwrap(), None);
        let seen = act.evidence().with_id(&one).await.unwrap().unwrap().revision;
        act.evidence().destroy(&one, seen).await.unwrap();
        assert!(act.files().with_hash(hash).await.unwrap().is_some(), "other evidence still has it");
        let seen = act.evidence().with_id(&two).await.unwrap().unwrap().revision;
        act.evidence().destroy(&two, seen).await.unwrap();
        assert!(act.files().with_hash(hash).await.unwrap().is_none(), "nobody has it any more");
        act.commit(deed("destroy_evidence", "evidence", "ev-1")).await.unwrap();
    });
}

#[test]
fn evidence_is_found_by_entry_and_state() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut act = act(&store, "p-1").await;
        act.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
        let id = EvidenceId("ev-1".to_owned());
        act.evidence().add(&evidence("ev-1", "p-1")).await.unwrap();
        act.evidence().add(&evidence("ev-2", "p-1")).await.unwrap();
        act.evidence().link(&id, &entry_id("e-1"), word("direct"), payload("B2")).await.unwrap();
        let file = (Sha256::of(b"<html>"), &b"<html>"[..]);
        act.evidence().attach(&id, 1, word("html"), file, payload("")).await.unwrap();

        assert_eq!(act.evidence().for_entry(&entry_id("e-1")).await.unwrap().len(), 1);
        assert_eq!(act.evidence().links_of(&entry_id("e-1")).await.unwrap()[0].payload, payload("B2"));
        assert_eq!(act.evidence().in_state(&word("sealed")).await.unwrap().len(), 2);
        let files = act.evidence().files_of(&id).await.unwrap();
        assert_eq!(act.files().with_id(&files[0].file).await.unwrap().unwrap(), b"<html>");
        act.commit(deed("link_evidence", "evidence", "ev-1")).await.unwrap();
    });
}

#[test]
fn a_contest_is_handled_by_somebody_else() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        add_people(&store).await;
        let mut act = act(&store, "p-2").await;
        act.entries().propose(&entry("e-1", "one"), &person_id("p-1")).await.unwrap();
        let mut contest = Contest {
            id: ContestId("c-1".to_owned()),
            entry: Some(entry_id("e-1")),
            handler: None,
            due_on: today(),
            state: word("open"),
            payload: payload("it is not us"),
            revision: Revision::NEW,
        };
        contest.revision = act.contests().open(&contest).await.unwrap();

        contest.handler = Some(person_id("p-1"));
        let error = act.contests().change(&contest).await.unwrap_err();
        assert!(matches!(error, Error::OwnWork { .. }), "{error}");
        contest.handler = Some(person_id("p-2"));
        act.contests().change(&contest).await.unwrap();

        assert_eq!(act.contests().due(&word("open"), today()).await.unwrap().len(), 1);
        assert_eq!(act.contests().due(&word("open"), today().yesterday().unwrap()).await.unwrap().len(), 0);
        assert_eq!(
            act.contests().of_entry(&entry_id("e-1")).await.unwrap()[0].handler,
            Some(person_id("p-2"))
        );
        assert!(act.contests().with_id(&ContestId("c-1".to_owned())).await.unwrap().is_some());
        act.commit(deed("assign_contest", "contest", "c-1")).await.unwrap();
    });
}

#[test]
fn deconfliction_answers_one_handle_with_the_teams() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut claims = act(&store, "p-1").await;
        let key = |id: &str, team: &str| DeconflictionKey {
            id: DeconflictionId(id.to_owned()),
            handle: "orchard9".to_owned(),
            team: team.to_owned(),
            state: word("ours"),
            payload: payload("call 12"),
            revision: Revision::NEW,
        };
        let seen = claims.deconfliction().claim(&key("d-1", "north")).await.unwrap();
        claims.deconfliction().claim(&key("d-2", "south")).await.unwrap();

        assert_eq!(claims.deconfliction().who_works_on("orchard9").await.unwrap().len(), 2);
        assert_eq!(claims.deconfliction().who_works_on("orchard").await.unwrap().len(), 0);
        claims.deconfliction().release(&DeconflictionId("d-1".to_owned()), seen).await.unwrap();
        assert_eq!(claims.deconfliction().who_works_on("orchard9").await.unwrap()[0].team, "south");
        claims.commit(deed("claim", "deconfliction", "d-1")).await.unwrap();
        let mut twice = act(&store, "p-1").await;
        let error = twice.deconfliction().claim(&key("d-3", "south")).await.unwrap_err();
        assert!(matches!(error, Error::AlreadyThere { .. }), "{error}");
    });
}

#[test]
fn an_edition_is_delivered_disclosed_acknowledged_and_answered() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        act.editions().add(&edition(1)).await.unwrap();
        act.editions().add(&edition(2)).await.unwrap();
        act.partners().add(&partner("pa-1", "Orchard Nine")).await.unwrap();
        let (of, to) = (EditionId("ed-2".to_owned()), PartnerId("pa-1".to_owned()));
        let mut sent = delivery("d-1", "pa-1", 2);
        sent.revision = act.deliveries().add(&sent).await.unwrap();
        sent.state = word("sent");
        act.deliveries().change(&sent).await.unwrap();
        act.deliveries().disclose(&disclosure("x-1", "pa-1", 2)).await.unwrap();
        let acknowledgement = Acknowledgement {
            id: AcknowledgementId("k-1".to_owned()),
            delivery: DeliveryId("d-1".to_owned()),
            state: word("signed"),
            payload: payload("ok"),
            revision: Revision::NEW,
        };
        act.acknowledgements().add(&acknowledgement).await.unwrap();
        let receipt = Receipt {
            id: ReceiptId("r-1".to_owned()),
            partner: to.clone(),
            edition: of.clone(),
            state: word("signed"),
            payload: payload("0-5 hits"),
            revision: Revision::NEW,
        };
        act.receipts().add(&receipt).await.unwrap();
        let reminder = Reminder {
            id: ReminderId("m-1".to_owned()),
            partner: Some(to.clone()),
            due_on: today(),
            state: word("open"),
            payload: payload("call"),
            revision: Revision::NEW,
        };
        let seen = act.reminders().add(&reminder).await.unwrap();
        act.commit(deed("publish_edition", "edition", "ed-2")).await.unwrap();

        let mut look = store.look().await.unwrap();
        assert_eq!(look.editions().newest("list-1", &word("published")).await.unwrap().unwrap().number, 2);
        assert_eq!(look.editions().numbered("list-1", 1).await.unwrap().unwrap().id.0, "ed-1");
        assert!(look.editions().newest("list-2", &word("published")).await.unwrap().is_none());
        assert_eq!(look.editions().with_id(&of).await.unwrap().unwrap().payload.bytes(), b"edition");
        assert_eq!(look.deliveries().in_state(&of, &word("sent")).await.unwrap().len(), 1);
        assert_eq!(look.deliveries().of_edition(&of).await.unwrap().len(), 1);
        assert_eq!(look.deliveries().to_partner(&to).await.unwrap()[0].state, word("sent"));
        assert_eq!(look.deliveries().with_content("c0ffee").await.unwrap()[0].partner, to);
        assert_eq!(look.deliveries().disclosed_to(&to).await.unwrap()[0].ground, "order 12");
        let hour = 1.hour();
        let (before, after) = (noon().checked_sub(hour).unwrap(), noon().checked_add(hour).unwrap());
        assert_eq!(look.deliveries().disclosed_between(before, after).await.unwrap().len(), 1);
        assert_eq!(look.deliveries().disclosed_between(before, noon()).await.unwrap().len(), 0);
        assert_eq!(look.acknowledgements().count_for(&of).await.unwrap(), 1);
        assert_eq!(look.acknowledgements().count_for(&EditionId("ed-1".to_owned())).await.unwrap(), 0);
        assert!(look.acknowledgements().of_delivery(&DeliveryId("d-1".to_owned())).await.unwrap().is_some());
        assert_eq!(look.receipts().for_edition(&of).await.unwrap().len(), 1);
        assert!(look.receipts().from_partner(&to, &of).await.unwrap().is_some());
        assert_eq!(look.reminders().due(&word("open"), today()).await.unwrap().len(), 1);
        assert_eq!(look.reminders().for_partner(&to).await.unwrap()[0].revision, seen);
    });
}

#[test]
fn an_id_that_could_be_a_name_is_refused() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        for id in ["", "Orchard Nine", "é", &"x".repeat(101), "a\nb"] {
            let mut act = act(&store, "p-1").await;
            let error = act.partners().add(&partner(id, "Orchard Nine")).await.unwrap_err();
            assert!(matches!(error, Error::BadId { kind: "partner" }), "{error}");
        }
    });
}
