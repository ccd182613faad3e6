//! The hoster's subjects: deliveries that came, trust, installed editions, retractions.

use std::collections::{BTreeMap, BTreeSet};

use store::hoster::applications::{Application, ApplicationId};
use store::hoster::deliveries::{ReceivedDelivery, ReceivedDeliveryId};
use store::hoster::editions::{InstalledEditionId, Origin};
use store::hoster::retractions::{Retraction, RetractionId};
use store::hoster::trust::{TrustId, TrustState};
use store::own_keys::{OwnKey, OwnKeyId};
use store::{BothSides, Error, HosterSide, Revision};

use crate::cast::*;
use crate::place::{Place, on_both};

#[test]
fn screening_finds_the_newest_edition_of_every_list() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        for (list, number) in [("list-1", 9), ("list-1", 10), ("list-2", 3)] {
            act.installed_editions().install(&installed(list, number)).await.unwrap();
        }
        act.commit(deed("install", "installed edition", "list-1.10")).await.unwrap();

        let mut look = store.look().await.unwrap();
        let newest = look.installed_editions().newest().await.unwrap();
        let told: Vec<_> = newest.iter().map(|e| (e.list.as_str(), e.number)).collect();
        assert_eq!(told, [("list-1", 10), ("list-2", 3)]);
        assert_eq!(look.installed_editions().newest_of("list-1").await.unwrap().unwrap().number, 10);
        assert!(look.installed_editions().newest_of("list-3").await.unwrap().is_none());
        let kept = look.installed_editions().of_list("list-1").await.unwrap();
        assert_eq!(kept.iter().map(|e| e.number).collect::<Vec<_>>(), [9, 10]);
        let id = InstalledEditionId("list-2.3".to_owned());
        let one = look.installed_editions().with_id(&id).await.unwrap().unwrap();
        assert_eq!((Origin::of(&one.origin), one.received_at), (Some(Origin::Verified), noon()));
    });
}

#[test]
fn an_older_edition_is_not_installed() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        act.installed_editions().install(&installed("list-1", 44)).await.unwrap();

        for number in [41, 44] {
            let error = act.installed_editions().install(&installed("list-1", number)).await.unwrap_err();
            let (list, offered, installed) = ("list-1".to_owned(), number, 44);
            assert_eq!(error.to_string(), Error::NotNewer { list, offered, installed }.to_string());
        }
    });
}

#[test]
fn trust_is_kept_as_the_bytes_that_came() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        let bytes: Vec<u8> = (0..=255).collect();
        let mut trust = TrustState {
            id: TrustId("list-1".to_owned()),
            state: word("trusted"),
            payload: bytes.clone().into(),
            revision: Revision::NEW,
        };
        trust.revision = act.trust().begin(&trust).await.unwrap();
        assert_eq!(act.trust().with_id(&trust.id).await.unwrap().unwrap().payload.bytes(), bytes);
        trust.payload = payload("rotated");
        trust.revision = act.trust().change(&trust).await.unwrap();
        assert_eq!(act.trust().all().await.unwrap(), [trust.clone()]);
        act.trust().end(&trust.id, trust.revision).await.unwrap();
        assert!(act.trust().all().await.unwrap().is_empty());
        act.commit(deed("end_trust", "trust", "list-1")).await.unwrap();
    });
}

#[test]
fn a_retraction_waits_until_it_is_applied() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        let mut retraction = Retraction {
            id: RetractionId("rt-1".to_owned()),
            list: "list-1".to_owned(),
            entry: entry_id("e-1"),
            edition: 45,
            state: word("open"),
            payload: payload("withdrawn: wrong party"),
            revision: Revision::NEW,
        };
        retraction.revision = act.retractions().add(&retraction).await.unwrap();
        assert_eq!(act.retractions().in_state(&word("open")).await.unwrap(), [retraction.clone()]);
        retraction.state = word("applied");
        act.retractions().change(&retraction).await.unwrap();
        assert!(act.retractions().in_state(&word("open")).await.unwrap().is_empty());
        assert_eq!(act.retractions().of_entry("list-1", &entry_id("e-1")).await.unwrap().len(), 1);
        act.commit(deed("apply_retraction", "retraction", "rt-1")).await.unwrap();
    });
}

#[test]
fn the_same_bytes_are_known_again() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        let id = ReceivedDeliveryId("rd-1".to_owned());
        let mut received = ReceivedDelivery {
            id: id.clone(),
            content_hash: "c0ffee".to_owned(),
            received_at: noon(),
            state: word("arrived"),
            payload: payload("report"),
            revision: Revision::NEW,
        };
        received.revision = act.received_deliveries().add(&received).await.unwrap();
        received.state = word("refused");
        act.received_deliveries().change(&received).await.unwrap();

        assert_eq!(act.received_deliveries().with_content("c0ffee").await.unwrap()[0].state, word("refused"));
        assert_eq!(act.received_deliveries().in_state(&word("refused")).await.unwrap().len(), 1);
        assert!(act.received_deliveries().with_id(&id).await.unwrap().is_some());
        act.commit(deed("refuse_delivery", "delivery", "rd-1")).await.unwrap();
    });
}

#[test]
fn hits_are_found_by_entry_and_by_screening() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        for (screening_id, at) in [("sc-1", 0), ("sc-2", 60)] {
            let mut kept = screening(screening_id);
            kept.started_at = kept.started_at.checked_add(jiff::SignedDuration::from_mins(at)).unwrap();
            act.screenings().add(&kept).await.unwrap();
        }
        for (id, screening, entry) in [("h-1", "sc-1", "e-1"), ("h-2", "sc-2", "e-1"), ("h-3", "sc-2", "e-2")]
        {
            act.screenings().add_hit(&hit(id, screening, entry)).await.unwrap();
        }
        let orphan = act.screenings().add_hit(&hit("h-4", "sc-9", "e-1")).await.unwrap_err();
        assert!(matches!(orphan, Error::BrokenLink { .. }), "{orphan}");
    });
}

#[test]
fn a_hit_is_reopened_by_whoever_saw_its_revision() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        act.screenings().add(&screening("sc-1")).await.unwrap();
        act.screenings().add_hit(&hit("h-1", "sc-1", "e-1")).await.unwrap();
        let mut on_entry = act.screenings().hits_on("list-1", &entry_id("e-1")).await.unwrap();
        let mut reopened = on_entry.pop().unwrap();
        reopened.state = word("reopened");
        act.screenings().change_hit(&reopened).await.unwrap();
        let stale = act.screenings().change_hit(&reopened).await.unwrap_err();

        assert!(matches!(stale, Error::Conflict { .. }), "{stale}");
        assert_eq!(act.screenings().hits_in_state(&word("reopened")).await.unwrap().len(), 1);
        assert_eq!(act.screenings().hits_of(&reopened.screening).await.unwrap().len(), 1);
        assert_eq!(act.screenings().newest().await.unwrap().unwrap().id, reopened.screening);
        act.commit(deed("reopen", "hit", "h-1")).await.unwrap();
    });
}

#[test]
fn the_newest_own_key_comes_first() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        for (id, hours, state) in [("ok-1", 0, "retired"), ("ok-2", 5, "active")] {
            let made_at = noon().checked_add(jiff::SignedDuration::from_hours(hours)).unwrap();
            let key = OwnKey {
                id: OwnKeyId(id.to_owned()),
                kind: word("decryption"),
                made_at,
                state: word(state),
                payload: payload("secret"),
                revision: Revision::NEW,
            };
            act.own_keys().add(&key).await.unwrap();
        }
        let keys = act.own_keys().of_kind(&word("decryption")).await.unwrap();

        assert_eq!(keys.iter().map(|key| key.id.0.as_str()).collect::<Vec<_>>(), ["ok-2", "ok-1"]);
        assert!(act.own_keys().of_kind(&word("receipt")).await.unwrap().is_empty());
        act.commit(deed("make_keys", "own key", "ok-2")).await.unwrap();
    });
}

#[test]
fn an_order_has_one_application_and_is_known_again_by_mail_and_phone() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut act = act(&store, "p-1").await;
        let application = |id: &str, ordered: &str, phone: Option<&str>| Application {
            id: ApplicationId(id.to_owned()),
            ordered: ordered.to_owned(),
            customer: None,
            email: Some("noc@orchard.example".to_owned()),
            phone: phone.map(str::to_owned),
            received_at: noon(),
            state: word("received"),
            payload: payload("facts"),
            revision: Revision::NEW,
        };
        for one in [application("AP-1", "shop 1", Some("31505550100")), application("AP-2", "shop 2", None)] {
            act.applications().add(&one).await.unwrap();
        }

        let error = act.applications().add(&application("AP-3", "shop 1", None)).await;
        assert!(error.is_err(), "a second application of one order");
        drop(act);

        let mut act = crate::cast::act(&store, "p-1").await;
        let both = [application("AP-1", "shop 1", Some("31505550100")), application("AP-2", "shop 2", None)];
        act.applications().add_all(&both).await.unwrap();
        let found = act
            .applications()
            .of_orders(&["shop 2".to_owned(), "shop 9".to_owned()])
            .await
            .unwrap()
            .pop()
            .unwrap();
        assert_eq!((found.id.0.as_str(), found.phone), ("AP-2", None));
        let later = noon() + jiff::SignedDuration::from_secs(1);
        let mails = BTreeSet::from(["noc@orchard.example".to_owned(), "nobody@orchard.example".to_owned()]);
        let counts = act.applications().counts_with_email(&mails, noon()).await.unwrap();
        assert_eq!(counts, BTreeMap::from([("noc@orchard.example".to_owned(), 2)]));
        assert!(act.applications().counts_with_email(&mails, later).await.unwrap().is_empty());
        let phones = BTreeSet::from(["31505550100".to_owned()]);
        let counts = act.applications().counts_with_phone(&phones, noon()).await.unwrap();
        assert_eq!(counts, BTreeMap::from([("31505550100".to_owned(), 1)]));
        assert_eq!(act.applications().first_in_state(&word("received"), 1).await.unwrap().len(), 1);
        act.commit(deed("receive", "application", "AP-1")).await.unwrap();

        let mut act = crate::cast::act(&store, "p-1").await;
        let ids = ["AP-1".to_owned(), "AP-2".to_owned(), "AP-9".to_owned()];
        let read = act.applications().with_ids(&ids).await.unwrap();
        assert_eq!(read.len(), 2, "one is not there");
        let mut changed = read.clone();
        changed.iter_mut().for_each(|one| one.state = word("clear"));
        act.applications().change_all(&changed).await.unwrap();
        assert_eq!(act.applications().count_in_state(&word("clear")).await.unwrap(), 2);
        act.commit(deed("screen", "application", "AP-1")).await.unwrap();
        let mut act = crate::cast::act(&store, "p-1").await;
        let stale = act.applications().change_all(&changed).await;
        assert!(matches!(stale, Err(Error::Conflict { seen: 1, stored: 2, .. })), "{stale:?}");
    });
}
