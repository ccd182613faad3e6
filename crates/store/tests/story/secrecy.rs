//! What is confidential is nowhere readable, and opens with its own key only.

use std::collections::BTreeMap;

use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use store::hoster::accounts::Account;
use store::hoster::applications::{Application, ApplicationId};
use store::hoster::attachments::AttachmentId;
use store::hoster::bases::{Base, BaseId, BasePart, BasePartId};
use store::hoster::customer_changes::{CustomerChange, CustomerChangeId};
use store::hoster::decisions::{Decision, DecisionId};
use store::hoster::deliveries::{ReceivedDelivery, ReceivedDeliveryId};
use store::hoster::editions::InstalledEdition;
use store::hoster::outbox::{Follower, FollowerId, Outgoing, OutgoingId};
use store::hoster::restrictions::{Restriction, RestrictionId};
use store::hoster::retractions::{Retraction, RetractionId};
use store::hoster::schedule_runs::{ScheduleRun, ScheduleRunId};
use store::hoster::screenings::{Hit, Screening};
use store::hoster::tokens::{Token, TokenId};
use store::hoster::trust::{TrustId, TrustState};
use store::issuer::acknowledgements::{Acknowledgement, AcknowledgementId};
use store::issuer::contests::{Contest, ContestId};
use store::issuer::deconfliction::{DeconflictionId, DeconflictionKey};
use store::issuer::deliveries::{Delivery, DeliveryId, Disclosure};
use store::issuer::editions::{Edition, EditionId};
use store::issuer::evidence::{Evidence, EvidenceId};
use store::issuer::partners::{Partner, PartnerId, PartnerKey, PartnerKeyId};
use store::issuer::people::{Person, PersonKey, PersonKeyId};
use store::issuer::receipts::{Receipt, ReceiptId};
use store::issuer::reminders::{Reminder, ReminderId};
use store::own_keys::{OwnKey, OwnKeyId};
use store::{
    BothSides, Check, Deed, Error, HosterSide, IssuerSide, MasterKey, Payload, Revision, Sha256, Store,
};

use crate::cast::*;
use crate::place::{KEY_TEXT, Place, all_bytes, key, on_both, on_sqlite};

/// Stands in every confidential field of every subject.
const CANARY: &str = "Kanarie-Orchard-Nine";

fn canary() -> Payload {
    payload(CANARY)
}

/// Writes the canary through every subject, and a second time into every row that can be changed.
async fn write_everywhere(store: &Store) {
    let mut act = act(store, "p-1").await;
    let person =
        Person { name: CANARY.to_owned(), team: CANARY.to_owned(), payload: canary(), ..person("p-1") };
    let revision = act.people().add(&person).await.unwrap();
    act.people().change(&Person { revision, ..person }).await.unwrap();
    act.people().add(&person_two()).await.unwrap();
    let key = PersonKey {
        id: PersonKeyId("k-1".to_owned()),
        person: person_id("p-1"),
        fingerprint: CANARY.to_owned(),
        valid_from: today(),
        valid_until: Some(today()),
        state: word("active"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.people().add_key(&key).await.unwrap();
    act.people().change_key(&PersonKey { revision, ..key }).await.unwrap();

    act.entries().propose(&entry("e-1", CANARY), &person_id("p-1")).await.unwrap();
    let stored = act.entries().with_id(&entry_id("e-1")).await.unwrap().unwrap();
    act.entries().revise(&stored, &person_id("p-1")).await.unwrap();
    let approval =
        store::issuer::approvals::Approval { payload: canary(), ..approval("a-1", "e-1", 2, "p-2") };
    act.approvals().give(&approval).await.unwrap();
    let id = EvidenceId("ev-1".to_owned());
    let evidence = Evidence { payload: canary(), ..evidence("ev-1", "p-1") };
    let revision = act.evidence().add(&evidence).await.unwrap();
    act.evidence().change(&Evidence { revision, ..evidence }).await.unwrap();
    let file = CANARY.repeat(100_000);
    let file = (Sha256::of(file.as_bytes()), file.as_bytes());
    act.evidence().attach(&id, 1, word("html"), file, canary()).await.unwrap();
    act.evidence().link(&id, &entry_id("e-1"), word("direct"), canary()).await.unwrap();
    let contest = Contest {
        id: ContestId("c-1".to_owned()),
        entry: Some(entry_id("e-1")),
        handler: Some(person_id("p-2")),
        due_on: today(),
        state: word("open"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.contests().open(&contest).await.unwrap();
    let key = DeconflictionKey {
        id: DeconflictionId("d-1".to_owned()),
        handle: CANARY.to_owned(),
        team: CANARY.to_owned(),
        state: word("ours"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.deconfliction().claim(&key).await.unwrap();

    act.editions().add(&Edition { payload: canary(), ..edition(1) }).await.unwrap();
    act.partners().add(&Partner { payload: canary(), ..partner("pa-1", CANARY) }).await.unwrap();
    let (to, of) = (PartnerId("pa-1".to_owned()), EditionId("ed-1".to_owned()));
    let key = PartnerKey {
        id: PartnerKeyId("pk-1".to_owned()),
        partner: to.clone(),
        fingerprint: CANARY.to_owned(),
        state: word("enrolled"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.partners().add_key(&key).await.unwrap();
    act.deliveries().add(&Delivery { payload: canary(), ..delivery("d-1", "pa-1", 1) }).await.unwrap();
    let disclosure =
        Disclosure { payload: canary(), ground: CANARY.to_owned(), ..disclosure("x-1", "pa-1", 1) };
    act.deliveries().disclose(&disclosure).await.unwrap();
    let acknowledgement = Acknowledgement {
        id: AcknowledgementId("k-1".to_owned()),
        delivery: DeliveryId("d-1".to_owned()),
        state: word("signed"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.acknowledgements().add(&acknowledgement).await.unwrap();
    let reminder = Reminder {
        id: ReminderId("m-1".to_owned()),
        partner: Some(to.clone()),
        due_on: today(),
        state: word("open"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.reminders().add(&reminder).await.unwrap();
    let receipt = Receipt {
        id: ReceiptId("r-1".to_owned()),
        partner: to,
        edition: of,
        state: word("signed"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.receipts().add(&receipt).await.unwrap();

    let trust = TrustState {
        id: TrustId("list-1".to_owned()),
        state: word("trusted"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.trust().begin(&trust).await.unwrap();
    let received = ReceivedDelivery {
        id: ReceivedDeliveryId("rd-1".to_owned()),
        content_hash: "c0ffee".to_owned(),
        received_at: noon(),
        state: word("installed"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.received_deliveries().add(&received).await.unwrap();
    let installed = InstalledEdition { payload: canary(), ..installed("list-1", 1) };
    act.installed_editions().install(&installed).await.unwrap();
    let retraction = Retraction {
        id: RetractionId("rt-1".to_owned()),
        list: "list-1".to_owned(),
        entry: entry_id("e-1"),
        edition: 1,
        state: word("open"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.retractions().add(&retraction).await.unwrap();

    let own = OwnKey {
        id: OwnKeyId("ok-1".to_owned()),
        kind: word("receipt"),
        made_at: noon(),
        state: word("active"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.own_keys().add(&own).await.unwrap();
    act.screenings().add(&Screening { payload: canary(), ..screening("sc-1") }).await.unwrap();
    act.screenings().add_hit(&Hit { payload: canary(), ..hit("h-1", "sc-1", "e-1") }).await.unwrap();
    let decision = Decision {
        id: DecisionId("D-1".to_owned()),
        customer: CANARY.to_owned(),
        state: word("proposed"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.decisions().add(&decision).await.unwrap();
    let account =
        Account { id: person_id("a-1"), state: word("active"), payload: canary(), revision: Revision::NEW };
    act.accounts().add(&account).await.unwrap();
    let attachment = AttachmentId("A-1".to_owned());
    act.attachments().add(&attachment, CANARY, CANARY.as_bytes(), canary()).await.unwrap();
    let restriction = Restriction {
        id: RestrictionId("R-1".to_owned()),
        customer: CANARY.to_owned(),
        state: word("active"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.restrictions().add(&restriction).await.unwrap();
    let token = Token {
        id: TokenId("t-1".to_owned()),
        person: person_id("a-1"),
        state: word("active"),
        payload: canary(),
        revision: Revision::NEW,
    };
    act.tokens().add(&token).await.unwrap();

    let base = Base {
        id: BaseId("base".to_owned()),
        state: word("kept"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.bases().add(&base).await.unwrap();
    act.bases().change(&Base { revision, ..base }).await.unwrap();
    let part = BasePart {
        id: BasePartId("base.customers.0".to_owned()),
        base: BaseId("base".to_owned()),
        state: word("customers"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.bases().add_part(&part).await.unwrap();
    act.bases().change_part(&BasePart { revision, ..part }).await.unwrap();

    let application = Application {
        id: ApplicationId("AP-1".to_owned()),
        ordered: CANARY.to_owned(),
        customer: Some(CANARY.to_owned()),
        email: Some(CANARY.to_owned()),
        phone: Some(CANARY.to_owned()),
        received_at: noon(),
        state: word("received"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.applications().add(&application).await.unwrap();
    act.applications().change(&Application { revision, ..application }).await.unwrap();

    write_continuous(&mut act).await;
    let deed = Deed::new("write_everywhere", "entry", "e-1", CANARY).unwrap().personal("name", CANARY);
    act.commit(deed).await.unwrap();
}

/// What goes out and comes in beside the desk.
async fn write_continuous(act: &mut store::Act) {
    let outgoing = Outgoing {
        id: OutgoingId("o-1".to_owned()),
        recipient: CANARY.to_owned(),
        made_at: noon(),
        due_at: noon(),
        state: word("waiting"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.outbox().add(&outgoing).await.unwrap();
    act.outbox().change(&Outgoing { revision, ..outgoing }).await.unwrap();
    let follower = Follower {
        id: FollowerId("notices".to_owned()),
        state: word("follows"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.outbox().add_follower(&follower).await.unwrap();
    act.outbox().change_follower(&Follower { revision, ..follower }).await.unwrap();
    let run = ScheduleRun {
        id: ScheduleRunId("r-1".to_owned()),
        schedule: CANARY.to_owned(),
        began_at: noon(),
        state: word("running"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.schedule_runs().add(&run).await.unwrap();
    act.schedule_runs().change(&ScheduleRun { revision, ..run }).await.unwrap();
    let change = CustomerChange {
        id: CustomerChangeId("c-1".to_owned()),
        sent: CANARY.to_owned(),
        place: 1,
        received_at: noon(),
        state: word("waiting"),
        payload: canary(),
        revision: Revision::NEW,
    };
    let revision = act.customer_changes().add(&change).await.unwrap();
    act.customer_changes().change(&CustomerChange { revision, ..change }).await.unwrap();
}

fn person_two() -> Person {
    person("p-2")
}

/// Every table of the database, with its number of rows.
async fn rows_of_all_tables(place: &Place) -> BTreeMap<String, i64> {
    let mut conn = place.raw().await;
    let tables = if place.is_file {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlx%'"
    } else {
        "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE '%sqlx%'"
    };
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(&mut conn).await.unwrap();
    let mut counts = BTreeMap::new();
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("SELECT COUNT(*) FROM {table}"));
        counts.insert(table, sqlx::query_scalar(sql).fetch_one(&mut conn).await.unwrap());
    }
    counts
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn the_canary_goes_through_every_table() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_everywhere(&store).await;
        let signature = |_: &[u8]| Ok(store::Signature { key: "k".to_owned(), bytes: vec![1] });
        store.sign_checkpoint(noon(), signature).await.unwrap();

        let empty: Vec<_> =
            rows_of_all_tables(&place).await.into_iter().filter(|(_, rows)| *rows == 0).collect();

        assert!(empty.is_empty(), "the canary test forgets a table: {empty:?}");
    });
}

#[test]
fn the_canary_stands_in_no_byte_of_file_and_log() {
    on_sqlite(|place: Place| async move {
        let store = place.open().await;
        write_everywhere(&store).await;

        // With the store open, the last changes stand in the write-ahead log.
        let open = all_bytes(place.folder.path());
        store.close().await;
        let closed = all_bytes(place.folder.path());

        for bytes in [open, closed] {
            assert!(holds(&bytes, "list-1"), "plain columns are there to be found");
            assert!(!holds(&bytes, CANARY) && !holds(&bytes, &CANARY[8..]));
            let wide: Vec<u8> = CANARY.encode_utf16().flat_map(u16::to_le_bytes).collect();
            assert!(!bytes.windows(wide.len()).any(|window| window == wide));
        }
    });
}

#[test]
fn the_canary_stands_in_no_dump() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_everywhere(&store).await;
        let mut dump = Vec::new();

        store.dump(&mut dump).await.unwrap();

        assert!(!holds(&dump, CANARY));
        assert!(!holds(&dump, KEY_TEXT));
    });
}

#[test]
fn another_key_is_one_clear_error() {
    on_both(|place: Place| async move {
        place.open().await.close().await;
        let (other, text) = MasterKey::generate();

        let error = Store::open(&place.address, &other).await.unwrap_err();
        let doctor = Store::doctor(&place.address, &other, |_| true).await;

        assert!(matches!(error, Error::WrongKey { .. }), "{error}");
        let told = format!("{error} {error:?} {}", error.hint().unwrap());
        assert!(told.contains(&key().fingerprint()) && told.contains(&other.fingerprint()));
        assert!(!told.contains(text.expose_secret()) && !told.contains(KEY_TEXT));
        let last = doctor.last().unwrap();
        assert_eq!((last.check, last.wrong.len()), (Check::Key, 1), "{doctor:?}");
        place.open().await.close().await;
    });
}

#[test]
fn a_key_from_a_file_opens_what_it_locked() {
    on_sqlite(|place: Place| async move {
        let text = SecretString::from(format!("{KEY_TEXT}\n"));
        Store::open(&place.address, &MasterKey::parse(&text).unwrap()).await.unwrap().close().await;

        place.open().await.close().await;
    });
}

#[test]
fn ciphertexts_cannot_be_swapped_between_rows_or_put_back() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        let mut first = act(&store, "p-1").await;
        for (id, name) in [("pa-1", "Orchard Nine"), ("pa-2", "Cedar Two")] {
            first.partners().add(&Partner { payload: payload(name), ..partner(id, name) }).await.unwrap();
        }
        first.commit(deed("add_partners", "partner", "pa-1")).await.unwrap();

        place
            .execute("UPDATE partners SET payload = (SELECT payload FROM partners WHERE id = 'pa-2') WHERE id = 'pa-1'")
            .await
            .unwrap();
        let error = {
            let mut look = store.look().await.unwrap();
            look.partners().with_id(&PartnerId("pa-1".to_owned())).await.unwrap_err()
        };
        assert_eq!(
            error.to_string(),
            "the stored payload of partner pa-1 does not open: it was damaged, or moved there from elsewhere"
        );

        place.execute("UPDATE partners SET revision = 7 WHERE id = 'pa-2'").await.unwrap();
        let mut look = store.look().await.unwrap();
        let error = look.partners().with_id(&PartnerId("pa-2".to_owned())).await.unwrap_err();
        assert!(matches!(error, Error::Unreadable { .. }), "{error}");
    });
}

#[test]
fn a_rotation_seals_everything_again_and_keeps_everything() {
    on_both(|place: Place| async move {
        let store = place.open().await;
        write_everywhere(&store).await;
        let old_field = sealed_bytes(&place).await;
        let (new, _) = MasterKey::generate();

        store.rotate_keys(actor("p-1"), noon(), &new, "yearly rotation").await.unwrap();

        check_all_there(&store).await;
        assert_ne!(sealed_bytes(&place).await, old_field);
        let error = Store::open(&place.address, &key()).await.unwrap_err();
        assert!(matches!(error, Error::WrongKey { .. }), "{error}");
        let again = Store::open(&place.address, &new).await.unwrap();
        check_all_there(&again).await;
        let findings = Store::doctor(&place.address, &new, |_| true).await;
        assert!(findings.iter().all(|finding| finding.wrong.is_empty()), "{findings:?}");
    });
}

async fn sealed_bytes(place: &Place) -> Vec<u8> {
    let mut conn = place.raw().await;
    sqlx::query_scalar("SELECT payload FROM entries WHERE id = 'e-1'").fetch_one(&mut conn).await.unwrap()
}

async fn check_all_there(store: &Store) {
    let mut look = store.look().await.unwrap();
    assert_eq!(look.people().named(CANARY).await.unwrap().unwrap().payload, canary());
    assert_eq!(look.entries().versions_of(&entry_id("e-1")).await.unwrap().len(), 2);
    assert_eq!(look.deconfliction().who_works_on(CANARY).await.unwrap().len(), 1);
    assert_eq!(look.partners().key_with(CANARY).await.unwrap().unwrap().payload, canary());
    let file = CANARY.repeat(100_000);
    let hash = Sha256::of(file.as_bytes());
    assert!(look.files().with_hash(hash).await.unwrap().unwrap() == file.as_bytes());
    look.audit().verify(|_| true).await.unwrap();
}

#[test]
fn who_still_has_the_old_keys_cannot_write() {
    on_both(|place: Place| async move {
        let (one, other) = (place.open().await, place.open().await);
        let (new, _) = MasterKey::generate();
        one.rotate_keys(actor("p-1"), Timestamp::UNIX_EPOCH, &new, "yearly rotation").await.unwrap();

        let error = other.act(actor("p-1"), noon()).await.unwrap_err();

        assert!(matches!(error, Error::KeysRotated), "{error}");
        act(&one, "p-1").await.commit(deed("look", "entry", "e-1")).await.unwrap();
    });
}

#[test]
fn nothing_confidential_is_shown_by_debug() {
    let shown = format!(
        "{:?} {:?} {:?} {:?}",
        Partner { payload: canary(), ..partner("pa-1", CANARY) },
        canary(),
        Deed::new("look", "entry", "e-1", CANARY).unwrap().personal("name", CANARY),
        key()
    );

    assert!(!shown.contains(CANARY) && !shown.contains("7, 7"), "{shown}");
}

#[cfg(unix)]
#[test]
fn a_new_file_is_for_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;

    on_sqlite(|place: Place| async move {
        let store = place.open().await;
        write_everywhere(&store).await;

        for file in std::fs::read_dir(place.folder.path()).unwrap().flatten() {
            assert_eq!(file.metadata().unwrap().permissions().mode() & 0o077, 0, "{:?}", file.file_name());
        }
    });
}
