//! Orders of new customers over a real store: told by a shop, looked up, reviewed, answered, forgotten.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

use jiff::{SignedDuration, Timestamp};
use kyc::gate::{Answer, Mode};
use kyc::{
    Applicant, Cause, CheckKind, Course, DeedError, EditionUsed, Failure, Force, Found, Outcome, Policy,
    Screened, State,
};
use operations::hoster::retention;
use operations::hoster::screenings::KeptHit;
use operations::hoster::sign_ups::receive::{self, Incoming, ShopCheck};
use operations::hoster::sign_ups::reviewing::{self, Doing, Noted};
use operations::hoster::sign_ups::screening::{self, Looked};
use operations::hoster::sign_ups::{self, Shop, SignUpError, ending};
use operations::hoster::subjects;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use review::{Class, Compared, Ground, GroundKind, ReasonCode};
use store::{Address, BothSides, MasterKey, PersonId, Store};

struct House {
    store: Store,
    policy: Policy,
    random: ChaCha20Rng,
    _folder: tempfile::TempDir,
}

fn now() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn later(days: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * days)
}

fn person(name: &str) -> PersonId {
    PersonId(name.to_owned())
}

fn shop(label: &str) -> Shop {
    Shop { person: "anna".to_owned(), label: label.to_owned() }
}

fn applicant(name: &str) -> Applicant {
    Applicant {
        company: Some(name.to_owned()),
        emails: vec!["noc@orchard.example".to_owned()],
        phones: vec!["+31 50 555 0100".to_owned()],
        country: Some("NL".to_owned()),
        ..Applicant::default()
    }
}

fn incoming(order: &str, name: &str) -> Incoming {
    Incoming {
        shop: shop("shop"),
        order: order.to_owned(),
        customer: Some(format!("K-{order}")),
        applicant: applicant(name),
        checks: Vec::new(),
    }
}

fn found(class: Class, force: Force) -> (Found, KeptHit) {
    let compared = Compared::of([("name", "Orchard Nine", "Orchard 9")]);
    let found = Found { list: "list-1".to_owned(), entry: "E-1".to_owned(), class, force, compared };
    let hit = KeptHit {
        customer_id: "AP".to_owned(),
        customer_name: "Orchard Nine".to_owned(),
        list: "list-1".to_owned(),
        entry_id: "E-1".to_owned(),
        entry_name: "Orchard 9".to_owned(),
        class: class.word().to_owned(),
        score: 0.9,
        rests_on: Vec::new(),
        reasons: Vec::new(),
        linked: Vec::new(),
        touched: review::Touched::default(),
    };
    (found, hit)
}

fn edition() -> EditionUsed {
    EditionUsed { list: "list-1".to_owned(), number: 1, is_stale: false }
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::file(&folder.path().join("house.db"));
        let store = Store::open(&address, &MasterKey::from_bytes([7; 32])).await.unwrap();
        let example = kyc::policy::EXAMPLE.replace("mode = \"log_only\"", "mode = \"gate\"");
        let policy = Policy::read(&example).unwrap();
        Self { store, policy, random: ChaCha20Rng::seed_from_u64(1), _folder: folder }
    }

    async fn receive(&mut self, all: &[Incoming], now: Timestamp) -> Vec<String> {
        receive::receive(&self.store, all, &self.policy, now, &mut self.random).await.unwrap()
    }

    /// Looks everything up that waits; each is found so.
    async fn look_up(&self, found: &[(Found, KeptHit)]) -> usize {
        let waiting = screening::waiting(&mut self.store.look().await.unwrap(), 100).await.unwrap();
        let looked = waiting.into_iter().map(|one| Looked {
            id: one.id,
            seen: one.kept.course.events().len(),
            screened: Screened::Done {
                editions: vec![edition()],
                found: found.iter().map(|(found, _)| found.clone()).collect(),
                cannot_tell: false,
            },
            hits: found.iter().map(|(_, hit)| hit.clone()).collect(),
        });
        screening::keep(&self.store, looked.collect(), &self.policy, now()).await.unwrap()
    }

    async fn one(&self, id: &str) -> Course {
        sign_ups::one(&mut self.store.look().await.unwrap(), id).await.unwrap().kept.course
    }

    async fn state(&self, id: &str) -> State {
        self.one(id).await.state()
    }

    async fn answer(&self, shop: &Shop, id: &str, now: Timestamp) -> Answer {
        sign_ups::answer(&mut self.store.look().await.unwrap(), shop, id, Mode::Gate, now).await.unwrap()
    }

    /// Notes that all that is asked was shown.
    async fn show_everything(&self, id: &str) {
        let asked = sign_ups::one(&mut self.store.look().await.unwrap(), id).await.unwrap();
        for kind in asked.kept.course.required() {
            let noted = Noted {
                kind: *kind,
                source: "seen by us",
                outcome: Outcome::Confirmed,
                proof: Some("7"),
                named: None,
            };
            reviewing::note_check(&self.store, doing("anna", id), noted, &self.policy).await.unwrap();
        }
    }

    async fn records(&self) -> u64 {
        self.store.look().await.unwrap().audit().verify(|_| true).await.unwrap().records
    }
}

fn doing<'a>(name: &str, id: &'a str) -> Doing<'a> {
    let person: &'static PersonId = Box::leak(Box::new(person(name)));
    Doing { person, id, seen: None, now: now() }
}

#[tokio::test]
async fn the_same_order_has_one_application_and_is_looked_at_again_where_facts_change() {
    let mut house = House::new().await;
    let first = house.receive(&[incoming("1", "Orchard"), incoming("2", "Cedar")], now()).await;
    assert_ne!(first[0], first[1]);
    assert_eq!(first[0].len(), first[1].len());
    let before = house.records().await;
    assert_eq!(house.receive(&[incoming("1", "Orchard")], now()).await, [first[0].clone()]);
    assert_eq!(house.records().await, before, "what was told before is no act");

    assert_eq!(house.look_up(&[]).await, 2);
    assert_eq!(house.state(&first[0]).await, State::HoldForData, "a business shows more");
    assert_eq!(house.receive(&[incoming("1", "Orchard Nine")], now()).await, [first[0].clone()]);
    let one = sign_ups::one(&mut house.store.look().await.unwrap(), &first[0]).await.unwrap();
    assert_eq!(one.kept.course.causes(now()), [Cause::NotScreened]);
    assert_eq!(house.look_up(&[]).await, 1, "the other one has not changed");

    // Another shop has an order of the same number.
    let other = Incoming { shop: shop("other shop"), ..incoming("1", "Orchard Nine") };
    assert_ne!(house.receive(&[other], now()).await, [first[0].clone()]);
}

#[tokio::test]
async fn who_shows_everything_goes_on_and_only_the_own_shop_is_told() {
    let mut house = House::new().await;
    let id = house.receive(&[incoming("1", "Orchard")], now()).await.remove(0);
    assert_eq!(house.answer(&shop("shop"), &id, now()).await, Answer::Hold, "nobody looked yet");
    house.look_up(&[]).await;
    house.show_everything(&id).await;

    assert_eq!(house.answer(&shop("shop"), &id, now()).await, Answer::GoOn);
    assert_eq!(house.answer(&shop("other shop"), &id, now()).await, Answer::Hold);
    assert_eq!(house.answer(&shop("shop"), "AP-unknown", now()).await, Answer::Hold);
    assert_eq!(house.answer(&shop("shop"), &id, later(31)).await, Answer::Hold, "it counted for 30 days");
    // Told again after that time, the order is looked at again.
    house.receive(&[incoming("1", "Orchard")], later(31)).await;
    assert_eq!(house.state(&id).await, State::HoldForReview);
}

#[tokio::test]
async fn a_hit_is_held_until_two_people_agree_to_refuse_or_it_was_another_party() {
    let mut house = House::new().await;
    let ids = house.receive(&[incoming("1", "Orchard"), incoming("2", "Cedar")], now()).await;
    house.look_up(&[found(Class::Strong, Force::Advisory)]).await;
    assert_eq!(house.state(&ids[0]).await, State::HoldForReview);
    let ground = || Ground { kind: GroundKind::KycFailure, text: "papers of another firm".to_owned() };

    let state = reviewing::refuse(&house.store, doing("anna", &ids[0]), ground()).await.unwrap();
    assert_eq!(state, State::HoldForReview);
    let error = reviewing::second(&house.store, doing("anna", &ids[0])).await.unwrap_err();
    assert!(matches!(error, SignUpError::Deed(DeedError::OwnSecond { .. })), "{error}");
    assert_eq!(reviewing::second(&house.store, doing("bram", &ids[0])).await.unwrap(), State::Refused);
    assert_eq!(house.answer(&shop("shop"), &ids[0], now()).await, Answer::Hold);
    // The shop sends the order again: it stays refused, and looks like any other.
    assert_eq!(house.receive(&[incoming("1", "Orchard Nine")], now()).await, [ids[0].clone()]);
    assert_eq!(house.state(&ids[0]).await, State::Refused);

    let id = &ids[1];
    let seen = Doing { seen: Some(1), ..doing("anna", id) };
    let error = reviewing::ask(&house.store, seen, &[CheckKind::Identity]).await.unwrap_err();
    assert!(matches!(error, SignUpError::Changed), "{error}");
    house.show_everything(id).await;
    for name in ["anna", "bram"] {
        let hit = ("list-1", "E-1");
        reviewing::judge(&house.store, doing(name, id), hit, ReasonCode::OtherRegisterNumber, "")
            .await
            .unwrap();
    }
    assert_eq!(house.answer(&shop("shop"), id, now()).await, Answer::Hold, "nobody let them in yet");
    reviewing::release(&house.store, doing("anna", id), "", &house.policy).await.unwrap();
    assert_eq!(house.answer(&shop("shop"), id, now()).await, Answer::GoOn);
    let one = sign_ups::one(&mut house.store.look().await.unwrap(), id).await.unwrap();
    assert_eq!(one.kept.course.review_at(&house.policy), Some(later(730)));
}

#[tokio::test]
async fn what_nobody_finishes_expires_and_a_failed_look_up_is_tried_again() {
    let mut house = House::new().await;
    let id = house.receive(&[incoming("1", "Orchard")], now()).await.remove(0);
    let failed =
        Looked { id: id.clone(), seen: 1, screened: Screened::Failed(Failure::NoEdition), hits: Vec::new() };
    assert_eq!(screening::keep(&house.store, vec![failed], &house.policy, now()).await.unwrap(), 1);
    let mut look = house.store.look().await.unwrap();
    assert_eq!(screening::outdated(&mut look, &[edition()], now()).await.unwrap().len(), 1);
    assert_eq!(sign_ups::queue(&mut look).await.unwrap().len(), 1);
    drop(look);

    assert_eq!(ending::expire(&house.store, later(13)).await.unwrap(), 0);
    assert_eq!(ending::expire(&house.store, later(14)).await.unwrap(), 1);
    assert_eq!(house.state(&id).await, State::Expired);
    let report = sign_ups::report(&mut house.store.look().await.unwrap(), now()).await.unwrap();
    assert_eq!((report.applications, report.expired, report.held()), (1, 1, 1));
}

#[tokio::test]
async fn orders_of_one_mail_address_within_a_short_time_are_counted() {
    let mut house = House::new().await;
    let all: Vec<Incoming> = (1..=4).map(|number| incoming(&number.to_string(), "Orchard")).collect();
    let ids = house.receive(&all, now()).await;
    house.look_up(&[]).await;
    let one = sign_ups::one(&mut house.store.look().await.unwrap(), &ids[3]).await.unwrap();
    assert!(
        one.kept.course.triggers().contains(&kyc::Trigger::RepeatedSignUps),
        "{:?}",
        one.kept.course.triggers()
    );
}

#[tokio::test]
async fn what_was_kept_goes_when_its_time_is_over_and_when_the_applicant_asks() {
    let mut house = House::new().await;
    let ids =
        house.receive(&[incoming("1", "Orchard"), incoming("2", "Cedar"), incoming("3", "Elm")], now()).await;
    house.look_up(&[]).await;
    let ground = Ground { kind: GroundKind::KycFailure, text: "false papers of Orchard".to_owned() };
    reviewing::refuse(&house.store, doing("anna", &ids[0]), ground).await.unwrap();
    house.show_everything(&ids[1]).await;
    let stranger = shop("other shop");
    let error = ending::contract_ended(&house.store, &person("anna"), Some(&stranger), &ids[1], now()).await;
    assert!(matches!(error, Err(SignUpError::NotThere(_))));
    let error = ending::contract_ended(&house.store, &person("anna"), None, &ids[2], now()).await;
    assert!(matches!(error, Err(SignUpError::NoContract("hold_for_data"))));
    ending::contract_ended(&house.store, &person("anna"), Some(&shop("shop")), &ids[1], now()).await.unwrap();

    let (store, by) = (&house.store, &person("retention"));
    let run = |day: i64| retention::run(store, by, retention::before(later(day), 6), later(day));
    assert_eq!(run(170).await.unwrap().applications, 0);
    let removed = run(190).await.unwrap();
    assert_eq!(
        (removed.applications, removed.details),
        (1, 1),
        "the refused one, with the words of its ground"
    );
    assert_eq!(run(370).await.unwrap().applications, 1, "the customer who left a year ago");

    let held = subjects::held(&mut house.store.look().await.unwrap(), "K-3").await.unwrap();
    assert_eq!(held.applications.len(), 1);
    let erased =
        subjects::erase(&house.store, &person("anna"), "K-3", "asked by mail", later(371)).await.unwrap();
    assert_eq!(erased.applications, 1);
    assert!(sign_ups::since(&mut house.store.look().await.unwrap(), now()).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_the_shop_proved_is_not_asked_again_and_is_noted_once() {
    let mut house = House::new().await;
    let proven = |outcome| ShopCheck { kind: CheckKind::EmailProof, outcome, source: None, proof: None };
    let person = Applicant { company: None, ..applicant("") };
    let order = |checks: Vec<ShopCheck>| Incoming { checks, applicant: person.clone(), ..incoming("1", "") };
    let ids = house.receive(&[order(vec![proven(Outcome::Confirmed)])], now()).await;
    house.receive(&[order(vec![proven(Outcome::Confirmed)])], now()).await;
    house.look_up(&[]).await;

    let course = house.one(&ids[0]).await;
    assert_eq!(course.checks().len(), 1, "sent twice, noted once");
    assert_eq!(course.checks()[0].source, "shop");
    assert_eq!(course.causes(now()), [Cause::Missing(CheckKind::PhoneProof)]);

    let phone = ShopCheck {
        kind: CheckKind::PhoneProof,
        source: Some("SMS".to_owned()),
        ..proven(Outcome::Confirmed)
    };
    house.receive(&[order(vec![phone])], later(1)).await;
    assert!(
        matches!(house.one(&ids[0]).await.state(), State::Clear { .. }),
        "a late proof lets a held order go on"
    );

    // A year later the proof is over: the same words are a new check.
    house.receive(&[order(vec![proven(Outcome::Confirmed)])], later(366)).await;
    assert_eq!(house.one(&ids[0]).await.checks().len(), 3);
}

#[tokio::test]
async fn a_customer_is_looked_at_again_when_their_day_has_come() {
    let mut house = House::new().await;
    let ids = house.receive(&[incoming("1", "Orchard"), incoming("2", "Cedar")], now()).await;
    house.look_up(&[]).await;
    for id in &ids {
        house.show_everything(id).await;
    }
    let due = async |days| {
        sign_ups::due(&mut house.store.look().await.unwrap(), &house.policy, later(days)).await.unwrap()
    };
    assert_eq!(due(729).await.len(), 0, "a business is looked at after two years");
    assert_eq!(due(730).await.len(), 2);
    ending::contract_ended(&house.store, &person("anna"), None, &ids[1], now()).await.unwrap();
    assert_eq!(due(730).await.len(), 1, "who left is not looked at");

    let doing = Doing { now: later(730), ..doing("anna", &ids[0]) };
    let state = reviewing::look_again(&house.store, doing, &house.policy).await.unwrap();
    assert!(state.is_hold());
    house.look_up(&[]).await;
    let course = house.one(&ids[0]).await;
    let causes = course.causes(later(730));
    assert!(
        causes.contains(&Cause::Missing(CheckKind::RegisterNumber)),
        "what aged is asked again: {causes:?}"
    );
    assert!(
        !causes.contains(&Cause::Missing(CheckKind::Representative)),
        "what does not age is not: {causes:?}"
    );
}
