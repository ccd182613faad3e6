//! A hoster receives, keeps, and answers: the whole way over the store, with deliveries of an invented issuer.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

#[path = "../../delivery/tests/kit/mod.rs"]
mod kit;

use delivery::keys::PublicHalf;
use delivery::publish::Addressee;
use delivery::receipt::{Band, Receipt};
use delivery::source::OneFile;
use delivery::{Fingerprint, PartnerId};
use jiff::Timestamp;
use kit::{Issuer, at, edition};
use operations::hoster::bases::{self, Head, Part};
use operations::hoster::decisions::{self, DecideError};
use operations::hoster::keys::{self, KeysError, OwnPublicKeys};
use operations::hoster::queue::Queue;
use operations::hoster::receive::{self, FirstContact, ReceiveError, Received};
use operations::hoster::retention::{self, Removed};
use operations::hoster::reviews::{self, ReviewError};
use operations::hoster::screenings::{self, KeptHit, KeptReason, KeptScreening, KeptValue, Totals};
use operations::hoster::{editions, receipts, retractions};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use review::{DisposeError, Ground, GroundKind, Measure, ReasonCode, Standing};
use store::{Address, BothSides, MasterKey, PersonId, Store};
use watchlist::entry::Status;
use watchlist::{Advice, Edition, Withdrawal, WithdrawalReason};

const ID: &str = "hoster-north";

struct House {
    store: Store,
    keys: OwnPublicKeys,
    _folder: tempfile::TempDir,
}

fn anna() -> PersonId {
    PersonId("anna".to_owned())
}

fn now() -> Timestamp {
    at("2026-03-02")
}

impl House {
    async fn empty() -> (Store, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::file(&folder.path().join("house.db"));
        (Store::open(&address, &MasterKey::from_bytes([7; 32])).await.unwrap(), folder)
    }

    async fn with_keys() -> Self {
        let (store, folder) = Self::empty().await;
        let mut random = ChaCha20Rng::seed_from_u64(1);
        let keys = keys::make(&store, &anna(), false, now(), &mut random).await.unwrap();
        Self { store, keys, _folder: folder }
    }

    fn delivery(&self, issuer: &Issuer, edition: &Edition, to: &str, sequence: u64) -> Vec<u8> {
        let PublicHalf::Recipient(recipient) = &self.keys.decryption else {
            unreachable!("it opens deliveries")
        };
        let partner = PartnerId::new(to).unwrap();
        let one = Addressee { partner, recipient: recipient.clone(), sequence, enclosures: Vec::new() };
        issuer.publish_to(edition, vec![one]).remove(0).one_file()
    }

    async fn receive(&self, file: &[u8], contact: Option<&FirstContact>) -> Result<Received, ReceiveError> {
        let source = OneFile::read(file).unwrap();
        receive::receive(&self.store, &anna(), &source, contact, now()).await
    }

    /// A house that has the first edition of the issuer.
    async fn with_edition(issuer: &Issuer) -> Self {
        let house = Self::with_keys().await;
        let file = house.delivery(issuer, &edition(1, 3), ID, 1);
        house.receive(&file, Some(&contact(issuer))).await.unwrap();
        house
    }

    async fn installed(&self) -> Vec<u64> {
        let mut look = self.store.look().await.unwrap();
        editions::list(&mut look, false).await.unwrap().iter().map(|one| one.number).collect()
    }

    async fn records(&self) -> u64 {
        self.store.look().await.unwrap().audit().verify(|_| true).await.unwrap().records
    }
}

fn contact(issuer: &Issuer) -> FirstContact {
    let compared = Fingerprint::of_root(issuer.roots.current_file());
    FirstContact { compared, partner: PartnerId::new(ID).unwrap() }
}

fn without_entry(number: u32, withdrawn: usize) -> Edition {
    let mut edition = edition(number, 3);
    let entry = &mut edition.entries[withdrawn];
    entry.status = Status::Withdrawn;
    entry.withdrawal = Some(Withdrawal {
        reason: WithdrawalReason::WrongParty,
        advice: Advice::Reopen,
        since: None,
        successors: Vec::new(),
        note: None,
    });
    entry.names.truncate(1);
    entry.identifiers.clear();
    edition
}

fn hit(customer: &str, entry: &str) -> KeptHit {
    KeptHit {
        customer_id: customer.to_owned(),
        customer_name: "Orchard".to_owned(),
        list: "example-list".to_owned(),
        entry_id: entry.to_owned(),
        entry_name: "Orchard Hosting".to_owned(),
        class: "strong".to_owned(),
        score: 0.99,
        rests_on: vec![KeptValue { kind: "domain".to_owned(), value: "orchard-1.example".to_owned() }],
        reasons: Vec::new(),
        linked: Vec::new(),
        touched: review::Touched::default(),
    }
}

async fn keep(house: &House, hits: &[KeptHit]) {
    keep_at(house, hits, now()).await;
}

async fn keep_at(house: &House, hits: &[KeptHit], now: Timestamp) {
    let kept = KeptScreening {
        manifest: serde_json::json!({}),
        totals: Totals { customers_screened: 12_400, cannot_tell: 31 },
        editions: vec![("example-list".to_owned(), 1)],
    };
    screenings::keep(&house.store, &anna(), &kept, hits, now).await.unwrap();
}

#[tokio::test]
async fn the_first_delivery_shows_its_words_and_changes_nothing() {
    let (issuer, house) = (Issuer::new(1), House::with_keys().await);
    let file = house.delivery(&issuer, &edition(1, 3), ID, 1);
    let before = house.records().await;

    let error = house.receive(&file, None).await.unwrap_err();

    assert!(error.to_string().contains(&contact(&issuer).compared.words()), "{error}");
    assert!(error.hint().unwrap().contains("by phone"));
    assert!(house.installed().await.is_empty());
    assert_eq!(house.records().await, before);
}

#[tokio::test]
async fn who_compared_the_words_installs_and_then_just_receives() {
    let issuer = Issuer::new(1);
    let house = House::with_edition(&issuer).await;
    let second = house.delivery(&issuer, &edition(2, 4), ID, 2);

    let received = house.receive(&second, None).await.unwrap();
    let again = house.receive(&second, None).await.unwrap();

    let change = received.installed.unwrap();
    assert_eq!((change.before, change.new, change.changed, change.withdrawn), (Some(1), 1, 0, 0));
    assert!(again.installed.is_none());
    let mut look = house.store.look().await.unwrap();
    let in_use = editions::in_use(&mut look).await.unwrap();
    assert_eq!(in_use.iter().map(|one| (one.edition.number, one.verified)).collect::<Vec<_>>(), [(2, true)]);
    let all = editions::list(&mut look, true).await.unwrap();
    assert_eq!(all.iter().map(|one| (one.number, one.replaced)).collect::<Vec<_>>(), [(1, true), (2, false)]);
}

#[tokio::test]
async fn what_is_refused_leaves_a_record_and_nothing_else() {
    let issuer = Issuer::new(1);
    let house = House::with_edition(&issuer).await;
    let second = house.delivery(&issuer, &edition(2, 4), ID, 2);
    house.receive(&second, None).await.unwrap();
    let records = house.records().await;

    let rolled_back = house.delivery(&issuer, &edition(1, 3), ID, 1);
    let for_another = house.delivery(&issuer, &edition(3, 4), "hoster-south", 3);
    for (file, expected) in [(rolled_back, "RolledBack"), (for_another, "OtherPartner")] {
        let error = house.receive(&file, None).await.unwrap_err();
        assert!(
            matches!(&error, ReceiveError::Refused(refusal) if format!("{refusal:?}").starts_with(expected))
        );
        assert!(error.hint().is_some());
    }

    assert_eq!(house.installed().await, [2]);
    assert_eq!(house.records().await, records + 2);
}

#[tokio::test]
async fn another_issuer_is_unknown_until_its_words_are_compared() {
    let house = House::with_edition(&Issuer::new(1)).await;
    let stranger = Issuer::new(2);
    let file = house.delivery(&stranger, &edition(9, 1), ID, 1);

    let error = house.receive(&file, None).await.unwrap_err();
    let wrong = FirstContact { compared: contact(&Issuer::new(3)).compared, ..contact(&stranger) };
    let mistaken = house.receive(&file, Some(&wrong)).await.unwrap_err();

    assert!(matches!(error, ReceiveError::UnknownIssuer(_)), "{error}");
    assert!(
        matches!(mistaken, ReceiveError::Refused(delivery::Refusal::OtherFingerprint { .. })),
        "{mistaken}"
    );
    assert_eq!(house.installed().await, [1]);
}

#[tokio::test]
async fn a_replaced_key_still_opens_what_was_made_for_it() {
    let issuer = Issuer::new(1);
    let house = House::with_edition(&issuer).await;
    let under_way = house.delivery(&issuer, &edition(2, 3), ID, 2);
    let mut random = ChaCha20Rng::seed_from_u64(2);

    let refused = keys::make(&house.store, &anna(), false, now(), &mut random).await.unwrap_err();
    let replaced = keys::make(&house.store, &anna(), true, now(), &mut random).await.unwrap();

    assert!(matches!(refused, KeysError::ThereAlready { .. }), "{refused}");
    assert_ne!(replaced, house.keys);
    assert_eq!(keys::show(&mut house.store.look().await.unwrap()).await.unwrap(), replaced);
    house.receive(&under_way, None).await.unwrap();
    assert_eq!(house.installed().await, [2]);
}

#[tokio::test]
async fn without_keys_nothing_is_received() {
    let issuer = Issuer::new(1);
    let stranger = House::with_keys().await;
    let file = stranger.delivery(&issuer, &edition(1, 3), ID, 1);
    let (store, _folder) = House::empty().await;

    let source = OneFile::read(&file).unwrap();
    let error = receive::receive(&store, &anna(), &source, Some(&contact(&issuer)), now()).await.unwrap_err();

    assert!(matches!(error, ReceiveError::Keys(KeysError::None)), "{error}");
}

#[tokio::test]
async fn a_withdrawn_entry_reopens_the_hits_that_rest_on_it() {
    let issuer = Issuer::new(1);
    let house = House::with_edition(&issuer).await;
    keep(&house, &[hit("K-1", "EX-0001"), hit("K-2", "EX-0002")]).await;

    let file = house.delivery(&issuer, &without_entry(2, 0), ID, 2);
    let received = house.receive(&file, None).await.unwrap();

    assert_eq!(received.installed.unwrap().withdrawn, 1);
    let told: Vec<_> = received.reopened.iter().map(|one| (one.customer.as_str(), one.advice)).collect();
    assert_eq!(told, [("K-1", Advice::Reopen)]);
    let mut look = house.store.look().await.unwrap();
    let (_, hits) = screenings::newest(&mut look).await.unwrap().unwrap();
    let mut states: Vec<_> =
        hits.iter().map(|(one, state)| (one.hit.customer_id.as_str(), state.as_str())).collect();
    states.sort_unstable();
    assert_eq!(states, [("K-1", "reopened"), ("K-2", "open")]);
    let listed = retractions::list(&mut look).await.unwrap();
    let told: Vec<_> = listed.iter().map(|one| (one.entry.as_str(), one.reason.as_str(), one.hits)).collect();
    assert_eq!(told, [("EX-0001", "wrong_party", 1)]);
}

async fn judge(house: &House, who: &str, number: usize, reason: ReasonCode) -> Result<Standing, ReviewError> {
    reviews::dispose(&house.store, &PersonId(who.to_owned()), number, (reason, "looked at"), None, now())
        .await
}

async fn decide(house: &House, customer: &str, measure: Measure) -> Result<decisions::Listed, DecideError> {
    let grounds = vec![Ground { kind: GroundKind::ObservedAbuse, text: "ticket 4711".to_owned() }];
    decisions::make(&house.store, &anna(), customer, measure, (grounds, String::new()), now()).await
}

#[tokio::test]
async fn two_people_judge_two_decide_and_a_retraction_reopens_both() {
    let issuer = Issuer::new(1);
    let house = House::with_edition(&issuer).await;
    keep(&house, &[hit("K-1", "EX-0001"), hit("K-2", "EX-0002")]).await;

    let early = decide(&house, "K-1", Measure::EndNow).await.unwrap_err();
    assert!(early.to_string().contains("no hit of this customer was judged"), "{early}");
    judge(&house, "anna", 1, ReasonCode::RegisterAgrees).await.unwrap();
    let own = judge(&house, "anna", 1, ReasonCode::RegisterAgrees).await.unwrap_err();
    assert!(matches!(own, ReviewError::Dispose(DisposeError::OwnSecond { .. })), "{own}");
    judge(&house, "bram", 1, ReasonCode::IdentifiersAgree).await.unwrap();
    let made = decide(&house, "K-1", Measure::EndNow).await.unwrap();
    assert_eq!(made.state, "proposed");
    assert!(decisions::approve(&house.store, &anna(), &made.id, now()).await.is_err());
    let approved =
        decisions::approve(&house.store, &PersonId("bram".to_owned()), &made.id, now()).await.unwrap();
    assert_eq!(approved.state, "stands");
    let mut look = house.store.look().await.unwrap();
    let preview = receipts::make(&mut look, "example-list", jiff::civil::date(2026, 3, 2)).await.unwrap();
    drop(look);
    assert_eq!(preview.receipt.counts.decided_end, Band::of(1));
    assert_eq!(preview.receipt.counts.judged_same, Band::of(1));

    let file = house.delivery(&issuer, &without_entry(2, 0), ID, 2);
    let received = house.receive(&file, None).await.unwrap();

    assert_eq!(received.reopened[0].decisions, [made.id]);
    let mut look = house.store.look().await.unwrap();
    assert_eq!(decisions::list(&mut look).await.unwrap()[0].state, "reopened");
    let queue = reviews::queue(&mut look).await.unwrap();
    assert_eq!(queue.iter().filter(|one| one.is_open()).count(), 2);
}

#[tokio::test]
async fn an_answer_comes_along_until_a_compared_value_changes() {
    let house = House::with_edition(&Issuer::new(1)).await;
    let weak = |value: &str| KeptHit {
        class: "weak".to_owned(),
        reasons: vec![KeptReason::plain("name", 1.0, value, "Orchard Hosting")],
        ..hit("K-1", "EX-0001")
    };
    keep(&house, &[weak("Orchard")]).await;
    judge(&house, "anna", 1, ReasonCode::NameOnly).await.unwrap();
    let later = |hit: KeptHit, second: i64| {
        let house = &house;
        async move {
            let at = now() + jiff::SignedDuration::from_secs(second);
            let kept = KeptScreening {
                manifest: serde_json::json!({}),
                totals: Totals::default(),
                editions: Vec::new(),
            };
            screenings::keep(&house.store, &anna(), &kept, &[hit], at).await.unwrap();
            let mut look = house.store.look().await.unwrap();
            reviews::queue(&mut look).await.unwrap()[0].state.clone()
        }
    };

    assert_eq!(later(weak("Orchard"), 1).await, "not_the_same");
    assert_eq!(later(weak("Orchard Group"), 2).await, "reopened");
}

#[tokio::test]
async fn a_receipt_tells_bands_and_is_signed_with_the_enrolled_key() {
    let house = House::with_edition(&Issuer::new(1)).await;
    let today = jiff::civil::date(2026, 3, 2);
    let none =
        receipts::make(&mut house.store.look().await.unwrap(), "example-list", today).await.unwrap_err();
    assert!(none.hint().unwrap().contains("--keep"));
    keep(&house, &[hit("K-1", "EX-0001"), hit("K-2", "EX-0002")]).await;

    let preview =
        receipts::make(&mut house.store.look().await.unwrap(), "example-list", today).await.unwrap();

    let counts = preview.receipt.counts;
    assert_eq!((counts.customers_screened, counts.hits_strong), (Band::of(12_400), Band::of(2)));
    assert!(!String::from_utf8_lossy(&preview.file).contains("K-1"));
    let PublicHalf::Signing(key) = &house.keys.receipt else { unreachable!("it signs receipts") };
    let partner = PartnerId::new(ID).unwrap();
    let (from, receipt) = Receipt::verify(&preview.file, &[(partner.clone(), *key)]).unwrap();
    assert_eq!((from, receipt), (partner, preview.receipt));
}

#[tokio::test]
async fn the_queue_in_memory_is_what_a_fresh_one_would_be() {
    let issuer = Issuer::new(1);
    let house = House::with_edition(&issuer).await;
    let mut queue = Queue::default();
    let check = async |queue: &mut Queue, step: &str| {
        let mut look = house.store.look().await.unwrap();
        queue.refresh(&mut look).await.unwrap();
        let mut fresh = Queue::default();
        fresh.refresh(&mut look).await.unwrap();
        assert!(queue.rows() == fresh.rows(), "{step}: {:?} and {:?}", queue.rows(), fresh.rows());
        let numbers: Vec<_> = queue.rows().iter().map(|row| row.number).collect();
        for number in numbers {
            assert_eq!(queue.numbered(number).unwrap().number, number, "{step}");
        }
    };
    check(&mut queue, "nothing was screened").await;
    assert!(!queue.is_screened());
    let weak = KeptHit { class: "weak".to_owned(), score: 0.6, ..hit("K-3", "EX-0003") };
    keep(&house, &[weak, hit("K-1", "EX-0001"), hit("K-2", "EX-0002")]).await;
    check(&mut queue, "screened").await;
    assert_eq!(queue.rows().iter().map(|row| row.number).collect::<Vec<_>>(), [2, 3, 1], "surest first");
    judge(&house, "anna", 2, ReasonCode::RegisterAgrees).await.unwrap();
    check(&mut queue, "one answered").await;
    assert!(queue.numbered(2).unwrap().waits_for_another_than("anna"));
    judge(&house, "bram", 2, ReasonCode::RegisterAgrees).await.unwrap();
    judge(&house, "anna", 1, ReasonCode::NameOnly).await.unwrap();
    check(&mut queue, "two judged").await;
    assert_eq!(queue.rows().iter().filter(|row| row.is_open()).count(), 1);
    let file = house.delivery(&issuer, &without_entry(2, 1), ID, 2);
    house.receive(&file, None).await.unwrap();
    check(&mut queue, "an entry that nobody had answered for was withdrawn").await;
    let standing = queue.numbered(3).unwrap().standing;
    assert_eq!(standing, Standing::Reopened(review::Reopening::Retraction));
    keep_at(&house, &[hit("K-9", "EX-0003")], at("2026-03-03")).await;
    check(&mut queue, "screened again").await;
    assert_eq!(queue.rows().len(), 1);
}

#[tokio::test]
async fn what_is_kept_of_customers_goes_when_its_time_is_over() {
    const CANARY: &str = "canary-4711";
    let house = House::with_edition(&Issuer::new(1)).await;
    keep(&house, &[hit(CANARY, "EX-0001"), hit("K-2", "EX-0002")]).await;
    let said = (ReasonCode::RegisterAgrees, CANARY);
    reviews::dispose(&house.store, &anna(), 1, said, None, now()).await.unwrap();
    let held = async || {
        let mut look = house.store.look().await.unwrap();
        operations::hoster::subjects::held(&mut look, CANARY).await.unwrap()
    };
    let before = held().await;
    assert_eq!((before.hits.len(), before.acts.len()), (1, 1));

    let too_early = retention::run(&house.store, &anna(), at("2026-03-10"), at("2026-03-10")).await.unwrap();
    assert_eq!(too_early, Removed::default(), "the newest screening is being worked on");
    keep_at(&house, &[hit("K-2", "EX-0002")], at("2026-03-09")).await;
    let removed = retention::run(&house.store, &anna(), at("2026-03-09"), at("2026-03-10")).await.unwrap();

    assert_eq!(removed, Removed { hits: 2, details: 1, ..Removed::default() });
    let after = held().await;
    assert!(after.hits.is_empty() && after.acts.is_empty());
    let mut export = Vec::new();
    let mut look = house.store.look().await.unwrap();
    look.audit().export(&mut export).await.unwrap();
    assert!(!String::from_utf8(export).unwrap().contains(CANARY));
    let verified = look.audit().verify(|_| true).await.unwrap();
    assert_eq!(verified.erased, 1, "the chain holds and says what was erased");
    assert_eq!(reviews::queue(&mut look).await.unwrap().len(), 1, "what is worked on is there");
}

/// A remembered base of these customers, each with its id as what is known.
async fn remember(store: &Store, ids: &[String]) {
    let mut part = Part::default();
    for id in ids {
        part.push(&bases::piece_of(id, id.as_bytes()), &[1, 2, 3]);
    }
    let head = Head {
        taken_at: now(),
        file: "klanten.csv".to_owned(),
        customers: ids.len() as u64,
        about: serde_json::json!({"of": "the program"}),
        seen: None,
    };
    bases::keep::<store::Error>(store, &anna(), [Ok(part)].into_iter(), || Ok(head), now()).await.unwrap();
}

async fn ids_of(store: &Store) -> Vec<String> {
    let mut look = store.look().await.unwrap();
    let mut ids = Vec::new();
    for chunk in 0..3 {
        let records = bases::customers(&mut look, 0, chunk).await.unwrap();
        ids.extend(records.iter().filter_map(bases::customer).map(|(id, _)| id.to_owned()));
    }
    ids
}

#[tokio::test]
async fn a_remembered_customer_goes_with_an_erasure_and_the_base_in_time() {
    let house = House::with_keys().await;
    let ids: Vec<String> = (0..150).map(|number| format!("K-{number}")).collect();
    remember(&house.store, &ids).await;
    assert_eq!(ids_of(&house.store).await, ids);
    // Another base takes its place as a whole.
    remember(&house.store, &ids[..130]).await;
    assert_eq!(ids_of(&house.store).await, ids[..130]);

    let held = |customer: &'static str| {
        let store = &house.store;
        async move {
            let mut look = store.look().await.unwrap();
            operations::hoster::subjects::held(&mut look, customer).await.unwrap().in_base
        }
    };
    assert!(held("K-100").await && !held("K-140").await);
    let erased =
        operations::hoster::subjects::erase(&house.store, &anna(), "K-100", "asked for it", now()).await;
    assert!(erased.unwrap().of_base);
    assert!(!held("K-100").await && held("K-101").await);
    let traces = bases::traces(&mut house.store.look().await.unwrap()).await.unwrap();
    let gone: Vec<usize> =
        traces[0].iter().enumerate().filter(|(_, trace)| trace.is_empty()).map(|(place, _)| place).collect();
    assert_eq!(gone, [100], "the others keep their places");

    let kept = retention::run(&house.store, &anna(), at("2026-03-01"), at("2026-09-01")).await.unwrap();
    assert!(!kept.base && held("K-1").await);
    let removed = retention::run(&house.store, &anna(), at("2026-03-03"), at("2026-09-03")).await.unwrap();
    assert!(removed.base && !held("K-1").await);
    assert!(!bases::forget(&house.store, &anna(), now()).await.unwrap(), "there is none any more");
}
