//! Notices over a real store: what happened is put into the outbox once for each recipient, tried until it arrives, and given
//! up in the end; and nothing in it names a customer or anything of a list.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

#[path = "../../delivery/tests/kit/mod.rs"]
mod kit;

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use kit::edition;
use kyc::gate::Mode;
use kyc::{Applicant, EditionUsed, Policy, Screened};
use operations::hoster::outbox::following::{self, Following};
use operations::hoster::outbox::news::{Failed, OrderNumber, Run};
use operations::hoster::outbox::sending::{self, Attempt};
use operations::hoster::outbox::{self, Kind, News, Notice, Recipient, Standing};
use operations::hoster::screenings::{self, KeptHit, KeptScreening, KeptValue, Totals};
use operations::hoster::sign_ups::receive::{self, Incoming};
use operations::hoster::sign_ups::reviewing::{self, Doing};
use operations::hoster::sign_ups::screening::{self as looking_up, Looked};
use operations::hoster::sign_ups::{self, Shop};
use operations::hoster::{decisions, editions, reviews};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use review::{Ground, GroundKind, Measure, ReasonCode};
use store::{Address, MasterKey, PersonId, Store};
use watchlist::entry::Status;
use watchlist::{Advice, Edition, Withdrawal, WithdrawalReason};

/// In every name and value of the customers and of the list.
const CANARY: &str = "pelican";

struct House {
    store: Store,
    following: Following,
    _folder: tempfile::TempDir,
}

fn now() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn after(hours: i64) -> Timestamp {
    now() + SignedDuration::from_hours(hours)
}

fn anna() -> PersonId {
    PersonId("anna".to_owned())
}

fn everything(name: &str, shop: Option<&str>) -> Recipient {
    Recipient {
        name: name.to_owned(),
        kinds: Kind::ALL.iter().copied().collect(),
        shop: shop.map(str::to_owned),
    }
}

/// An edition in which every name holds the canary.
fn listed(number: u32, withdrawn: bool) -> Edition {
    let mut edition = edition(number, 3);
    for entry in &mut edition.entries {
        entry.names.iter_mut().for_each(|name| name.text = format!("{CANARY} {}", name.text));
    }
    if withdrawn {
        let entry = &mut edition.entries[0];
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
    }
    edition
}

fn hit(customer: &str) -> KeptHit {
    KeptHit {
        customer_id: format!("{CANARY}-{customer}"),
        customer_name: CANARY.to_owned(),
        list: "example-list".to_owned(),
        entry_id: "EX-0001".to_owned(),
        entry_name: CANARY.to_owned(),
        class: "probable".to_owned(),
        score: 0.99,
        rests_on: vec![KeptValue { kind: "domain".to_owned(), value: format!("{CANARY}.example") }],
        reasons: Vec::new(),
        linked: Vec::new(),
        touched: review::Touched::default(),
    }
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::file(&folder.path().join("house.db"));
        let store = Store::open(&address, &MasterKey::from_bytes([7; 32])).await.unwrap();
        let mut house = Self { store, following: Following::default(), _folder: folder };
        // From here on there is news.
        assert_eq!(house.follow(&[], now()).await, 0);
        house
    }

    async fn follow(&mut self, recipients: &[Recipient], now: Timestamp) -> usize {
        self.following.step(&self.store, recipients, Mode::Gate, now).await.unwrap()
    }

    async fn install(&self, edition: &Edition, at: Timestamp) {
        editions::install_unsigned(&self.store, &anna(), edition, at).await.unwrap();
    }

    async fn keep(&self, hits: &[KeptHit], at: Timestamp) {
        let kept = KeptScreening {
            manifest: serde_json::json!({}),
            totals: Totals { customers_screened: 12_400, cannot_tell: 31 },
            editions: vec![("example-list".to_owned(), 1)],
        };
        screenings::keep(&self.store, &anna(), &kept, hits, at).await.unwrap();
    }

    async fn waiting(&self) -> Vec<Notice> {
        outbox::in_state(&mut self.store.look().await.unwrap(), Standing::Waiting).await.unwrap()
    }

    async fn kinds(&self) -> Vec<Kind> {
        let mut kinds: Vec<Kind> = self.waiting().await.iter().map(|one| one.news.kind()).collect();
        kinds.sort_unstable();
        kinds
    }

    async fn attempt(&self, attempt: Attempt, at: Timestamp) {
        let waiting = self.waiting().await;
        let attempts: Vec<_> = waiting.into_iter().map(|one| (one.id, attempt)).collect();
        sending::keep(&self.store, &attempts, at, || 0.5).await.unwrap();
    }
}

#[tokio::test]
async fn what_happened_is_told_once_to_whom_it_is_for() {
    let mut house = House::new().await;
    let only_editions =
        Recipient { kinds: BTreeSet::from([Kind::EditionInstalled]), ..everything("editions", None) };
    let all = [everything("desk", None), only_editions];
    house.install(&listed(1, false), now()).await;
    house.keep(&[hit("1"), hit("2")], now()).await;

    assert_eq!(house.follow(&all, now()).await, 3);
    assert_eq!(house.follow(&all, now()).await, 0);
    // Another program begins where this one was.
    house.following = Following::default();
    assert_eq!(house.follow(&all, now()).await, 0);
    assert_eq!(house.kinds().await, [Kind::EditionInstalled, Kind::EditionInstalled, Kind::ScreeningEnded]);
    let told = house.waiting().await;
    assert!(told.iter().any(|one| one.news == News::ScreeningEnded { to_review: 2 }), "{told:?}");
}

#[tokio::test]
async fn nothing_before_the_first_look_is_news_and_nothing_of_days_ago() {
    let mut house = House::new().await;
    house.install(&listed(1, false), now()).await;
    // The desk was not run for four days.
    assert_eq!(house.follow(&[everything("desk", None)], after(96)).await, 0);
}

#[tokio::test]
async fn the_same_number_of_hits_is_told_again_on_another_day_only() {
    let mut house = House::new().await;
    let all = [everything("desk", None)];
    let mut check = async |hits: &[KeptHit], hours: i64, expected: usize| {
        house.keep(hits, after(hours)).await;
        assert_eq!(house.follow(&all, after(hours)).await, expected, "after {hours} hours");
    };
    check(&[hit("1")], 0, 1).await;
    check(&[hit("1")], 1, 0).await;
    check(&[hit("1"), hit("2")], 2, 1).await;
    check(&[], 3, 0).await;
    check(&[hit("1")], 4, 1).await;
    check(&[hit("1")], 30, 1).await;
}

#[tokio::test]
async fn an_entry_is_withdrawn_on_which_a_decision_rests() {
    let mut house = House::new().await;
    house.install(&listed(1, false), now()).await;
    house.keep(&[hit("1")], now()).await;
    let answer = ReasonCode::IdentifiersAgree;
    reviews::dispose(&house.store, &anna(), 1, (answer, ""), None, now()).await.unwrap();
    let bram = PersonId("bram".to_owned());
    reviews::dispose(&house.store, &bram, 1, (answer, ""), None, now()).await.unwrap();
    let grounds = vec![Ground { kind: GroundKind::ObservedAbuse, text: "ticket 4711".to_owned() }];
    let customer = hit("1").customer_id;
    decisions::make(&house.store, &anna(), &customer, Measure::Suspend, (grounds, String::new()), now())
        .await
        .unwrap();
    house.follow(&[], now()).await;

    house.install(&listed(2, true), after(1)).await;
    house.follow(&[everything("desk", None)], after(1)).await;
    let told: Vec<News> = house.waiting().await.into_iter().map(|one| one.news).collect();
    assert!(told.contains(&News::EntryWithdrawn { decisions: 1 }), "{told:?}");
    assert!(told.contains(&News::EditionInstalled { number: 2 }), "{told:?}");
}

#[tokio::test]
async fn an_edition_past_its_day_is_told_once() {
    let mut house = House::new().await;
    let all = [everything("desk", None)];
    let edition = Edition { valid_until: Some("2026-03-03".parse().unwrap()), ..listed(1, false) };
    house.install(&edition, now()).await;
    house.follow(&all, now()).await;
    house.attempt(Attempt::Sent, now()).await;

    assert_eq!(house.follow(&all, after(24)).await, 0, "its last day");
    assert_eq!(house.follow(&all, after(48)).await, 1);
    house.following = Following::default();
    assert_eq!(house.follow(&all, after(49)).await, 0);
    let last_day = "2026-03-03".parse().unwrap();
    assert_eq!(house.waiting().await[0].news, News::EditionPast { number: 1, last_day });
}

#[tokio::test]
async fn a_run_that_failed_is_told() {
    let mut house = House::new().await;
    following::note_failed(&house.store, &anna(), &Run::Screening, now()).await.unwrap();
    following::note_failed(&house.store, &anna(), &Run::Changes, now()).await.unwrap();
    assert_eq!(house.follow(&[everything("desk", None)], now()).await, 2);
    let told: Vec<News> = house.waiting().await.into_iter().map(|one| one.news).collect();
    for run in [Run::Screening, Run::Changes] {
        assert!(told.contains(&News::RunFailed { run, how: Failed::Failed }), "{told:?}");
    }
}

fn incoming(order: &str) -> Incoming {
    Incoming {
        shop: Shop { person: "anna".to_owned(), label: "billing".to_owned() },
        order: order.to_owned(),
        customer: None,
        applicant: Applicant {
            company: Some(CANARY.to_owned()),
            emails: vec![format!("noc@{CANARY}.example")],
            country: Some("NL".to_owned()),
            ..Applicant::default()
        },
        checks: Vec::new(),
    }
}

async fn look_up(house: &House, policy: &Policy) {
    let waiting = looking_up::waiting(&mut house.store.look().await.unwrap(), 100).await.unwrap();
    let edition = EditionUsed { list: "list-1".to_owned(), number: 1, is_stale: false };
    let looked = waiting.into_iter().map(|one| Looked {
        id: one.id,
        seen: one.kept.course.events().len(),
        screened: Screened::Done { editions: vec![edition.clone()], found: Vec::new(), cannot_tell: false },
        hits: Vec::new(),
    });
    looking_up::keep(&house.store, looked.collect(), policy, now()).await.unwrap();
}

#[tokio::test]
async fn an_order_is_told_to_its_own_shop_when_it_is_decided_and_when_that_changes() {
    let mut house = House::new().await;
    let example = kyc::policy::EXAMPLE.replace("mode = \"log_only\"", "mode = \"gate\"");
    let policy = Policy::read(&example).unwrap();
    let mut random = ChaCha20Rng::seed_from_u64(1);
    let all = [
        everything("desk", None),
        everything("billing-hook", Some("billing")),
        everything("other-hook", Some("another shop")),
    ];
    let ids =
        receive::receive(&house.store, &[incoming("10023")], &policy, now(), &mut random).await.unwrap();
    house.follow(&all, now()).await;
    assert_eq!(house.kinds().await, [], "nobody has decided, and nobody is asked yet");
    look_up(&house, &policy).await;
    house.follow(&all, after(1)).await;
    assert_eq!(house.kinds().await, [Kind::ApplicationsWait; 3], "a business shows more");
    house.attempt(Attempt::Sent, after(1)).await;

    let anna = anna();
    let doing = Doing { person: &anna, id: &ids[0], seen: None, now: after(2) };
    reviewing::release(&house.store, doing, "known for years", &policy).await.unwrap();
    house.follow(&all, after(2)).await;
    house.follow(&all, after(3)).await;
    let told = house.waiting().await;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0].recipient, "billing-hook");
    let News::OrderDecided { order, go_on } = &told[0].news else { unreachable!("{told:?}") };
    assert_eq!((order.for_the_shop(), *go_on), ("10023", true));
    assert_ne!(*order, OrderNumber::invented());

    let ground = Ground { kind: GroundKind::KycFailure, text: "papers of another firm".to_owned() };
    let doing = Doing { now: after(4), ..doing };
    reviewing::refuse(&house.store, doing, ground).await.unwrap();
    house.follow(&all, after(4)).await;
    let told: Vec<bool> = house
        .waiting()
        .await
        .iter()
        .filter_map(|one| match &one.news {
            News::OrderDecided { go_on, .. } => Some(*go_on),
            _ => None,
        })
        .collect();
    let one = sign_ups::one(&mut house.store.look().await.unwrap(), &ids[0]).await.unwrap();
    assert_eq!(told.contains(&false), !one.kept.course.state().is_hold(), "{told:?} {:?}", one.kept.course);
}

#[tokio::test]
async fn nothing_in_the_outbox_names_a_customer_or_anything_of_a_list() {
    let mut house = House::new().await;
    let policy = Policy::default();
    let mut random = ChaCha20Rng::seed_from_u64(1);
    let all = [everything("desk", Some("billing"))];
    house.install(&listed(1, false), now()).await;
    house.keep(&[hit("1"), hit("2")], now()).await;
    receive::receive(&house.store, &[incoming("10023")], &policy, now(), &mut random).await.unwrap();
    look_up(&house, &policy).await;
    house.install(&listed(2, true), now()).await;
    following::note_failed(&house.store, &anna(), &Run::Screening, now()).await.unwrap();
    house.follow(&all, now()).await;

    let waiting = house.waiting().await;
    assert!(waiting.len() >= 4, "{waiting:?}");
    for notice in waiting {
        let kept = serde_json::to_string(&notice.news).unwrap();
        assert!(!kept.contains(CANARY) && !kept.contains("EX-0") && !kept.contains("list"), "{kept}");
        assert!(!format!("{notice:?}").contains("10023"), "the number of an order is for its shop");
    }
}

#[tokio::test]
async fn what_does_not_arrive_is_tried_again_and_given_up_after_three_days() {
    let mut house = House::new().await;
    house.install(&listed(1, false), now()).await;
    house.follow(&[everything("desk", None)], now()).await;
    let due = async |house: &House, at: Timestamp| {
        sending::due(&mut house.store.look().await.unwrap(), "desk", at, 10).await.unwrap()
    };
    let first = due(&house, now()).await;
    assert_eq!(first.len(), 1);
    assert!(
        sending::due(&mut house.store.look().await.unwrap(), "other", now(), 10).await.unwrap().is_empty()
    );

    house.attempt(Attempt::Failed("timed_out"), now()).await;
    assert!(due(&house, now()).await.is_empty());
    let later = now() + SignedDuration::from_secs(30);
    let again = due(&house, later).await;
    assert_eq!((again[0].id.as_str(), again[0].attempts), (first[0].id.as_str(), 1));
    assert_eq!(again[0].trouble.as_deref(), Some("timed_out"));

    // It is tried for three days, the last time at their end.
    let (mut at, mut attempts) = (later, 0);
    while let Some(one) = house.waiting().await.pop() {
        assert!(attempts < 60, "it is never given up");
        at = at.max(one.due_at);
        house.attempt(Attempt::Failed("refused"), at).await;
        attempts += 1;
    }
    assert_eq!(at, after(72));
    assert!(attempts > 10, "{attempts} attempts");
    let counts = outbox::counts(&mut house.store.look().await.unwrap()).await.unwrap();
    assert_eq!(counts, outbox::Counts { waiting: 0, sent: 0, given_up: 1 });

    assert_eq!(sending::again(&house.store, &anna(), after(80)).await.unwrap(), 1);
    house.attempt(Attempt::Sent, after(80)).await;
    let counts = outbox::counts(&mut house.store.look().await.unwrap()).await.unwrap();
    assert_eq!(counts, outbox::Counts { waiting: 0, sent: 1, given_up: 0 });
    assert_eq!(sending::drop_old(&house.store, after(100)).await.unwrap(), 0);
    assert_eq!(sending::drop_old(&house.store, after(80 + 31 * 24)).await.unwrap(), 1);
}
