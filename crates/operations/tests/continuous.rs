//! Runs of schedules and changes of customers over a real store.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

use jiff::{SignedDuration, Timestamp};
use kyc::gate::Mode;
use operations::hoster::bases::{self, Head, Part};
use operations::hoster::changes::{self, Batch, ChangesError};
use operations::hoster::outbox::following::Following;
use operations::hoster::outbox::news::{Failed, Run as Which};
use operations::hoster::outbox::{self, Kind, News, Recipient, ScheduleName, Standing};
use operations::hoster::schedules::runs::{self, Ended, RunState};
use operations::hoster::subjects;
use serde_json::json;
use store::{Address, MasterKey, PersonId, Store};

struct House {
    store: Store,
    _folder: tempfile::TempDir,
}

fn now() -> Timestamp {
    "2026-03-02T12:00:00Z".parse().unwrap()
}

fn after(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

fn anna() -> PersonId {
    PersonId("anna".to_owned())
}

fn nightly() -> ScheduleName {
    ScheduleName::new("nightly").unwrap()
}

fn done() -> Ended {
    Ended::Done { customers: 100, looked_at: 3, hits: 1 }
}

fn failed() -> Ended {
    let both = |text: &str| [text.to_owned(), text.to_owned()];
    Ended::Failed { what: both("the source does not answer"), hint: both("look at it") }
}

impl House {
    async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = Address::file(&folder.path().join("house.db"));
        let store = Store::open(&address, &MasterKey::from_bytes([7; 32])).await.unwrap();
        Self { store, _folder: folder }
    }

    async fn run(&self, due: Timestamp, is_missed: bool, ended: Ended, at: Timestamp) {
        let id = runs::begin(&self.store, &anna(), &nightly(), (due, is_missed), at).await.unwrap().unwrap();
        runs::end(&self.store, &anna(), &id, ended, at).await.unwrap();
    }

    async fn runs(&self) -> Vec<runs::Run> {
        runs::of(&mut self.store.look().await.unwrap(), &nightly()).await.unwrap()
    }

    async fn remember(&self, ids: &[&str]) {
        let mut part = Part::default();
        ids.iter().for_each(|id| part.push(&bases::piece_of(id, id.as_bytes()), &[1, 2, 3]));
        let head = Head {
            taken_at: now(),
            file: "klanten.csv".to_owned(),
            customers: ids.len() as u64,
            about: json!({}),
            seen: None,
        };
        let parts = [Ok(part)].into_iter();
        bases::keep::<store::Error>(&self.store, &anna(), parts, || Ok(head), now()).await.unwrap();
    }

    async fn receive(&self, batch: &Batch) -> Result<String, ChangesError> {
        changes::receive(&self.store, &anna(), "billing", batch, now()).await
    }

    async fn waiting(&self) -> changes::Waiting {
        changes::waiting(&mut self.store.look().await.unwrap(), 100).await.unwrap()
    }
}

#[tokio::test]
async fn a_run_is_kept_with_how_it_ended_and_one_runs_at_a_time() {
    let house = House::new().await;
    assert_eq!(runs::last(&house.runs().await), None);
    runs::set_up(&house.store, &nightly(), now()).await.unwrap();
    let last = runs::last(&house.runs().await).unwrap();
    assert_eq!((last.due, last.failures), (now(), 0));

    let begin = async |at| runs::begin(&house.store, &anna(), &nightly(), (now(), false), at).await.unwrap();
    let id = begin(after(1)).await.unwrap();
    assert_eq!(begin(after(1)).await, None);
    assert_eq!(house.runs().await[0].state, RunState::Running);
    runs::end(&house.store, &anna(), &id, done(), after(2)).await.unwrap();
    assert_eq!(house.runs().await[0].state, RunState::Ended(after(2), done()));

    for (minute, failures) in [(3, 1), (4, 2)] {
        house.run(now(), false, failed(), after(minute)).await;
        assert_eq!(runs::last(&house.runs().await).unwrap().failures, failures);
    }
    house.run(now(), false, done(), after(5)).await;
    assert_eq!(runs::last(&house.runs().await).unwrap().failures, 0);

    // The program is killed in the middle of the next one.
    begin(after(6)).await.unwrap();
    assert_eq!(runs::end_broken(&house.store, after(7)).await.unwrap(), 1);
    assert_eq!(runs::last(&house.runs().await).unwrap().failures, 1);
    assert!(begin(after(8)).await.is_some());
    assert!(runs::drop_old(&house.store, after(91 * 24 * 60)).await.unwrap() > 3);
    assert_eq!(house.runs().await.len(), 1, "the last one stays");
}

#[tokio::test]
async fn a_failure_is_told_once_for_each_time_and_a_missed_one_by_itself() {
    let house = House::new().await;
    let mut following = Following::default();
    let desk = Recipient { name: "desk".to_owned(), kinds: [Kind::RunFailed].into(), shop: None };
    following.step(&house.store, &[], Mode::Gate, now()).await.unwrap();
    let mut check = async |due, is_missed, ended, minute, expected: usize| {
        house.run(due, is_missed, ended, after(minute)).await;
        let recipients = [desk.clone()];
        let told = following.step(&house.store, &recipients, Mode::Gate, after(minute)).await.unwrap();
        assert_eq!(told, expected, "at minute {minute}");
    };
    check(now(), false, failed(), 1, 1).await;
    check(now(), false, failed(), 2, 0).await;
    check(after(60), false, failed(), 61, 1).await;
    check(after(60), false, done(), 62, 0).await;
    check(after(120), true, done(), 200, 1).await;
    let all = outbox::in_state(&mut house.store.look().await.unwrap(), Standing::Waiting).await.unwrap();
    let news = News::RunFailed { run: Which::Schedule(nightly()), how: Failed::Missed };
    assert_eq!(all[0].news, news);
}

fn batch(name: &str, id: &str, gone: &[&str]) -> Batch {
    Batch {
        name: name.to_owned(),
        customers: vec![(id.to_owned(), json!({ "id": id, "company": [name] }))],
        gone: gone.iter().map(|id| (*id).to_owned()).collect(),
    }
}

#[tokio::test]
async fn a_batch_is_kept_once_and_taken_with_the_base_that_it_changes() {
    let house = House::new().await;
    let error = house.receive(&batch("first", "K-1", &[])).await.unwrap_err();
    assert!(matches!(error, ChangesError::NoBase), "{error}");

    house.remember(&["K-1", "K-2"]).await;
    let first = house.receive(&batch("first", "K-1", &["K-2"])).await.unwrap();
    assert_eq!(house.receive(&batch("first", "K-9", &[])).await.unwrap(), first, "sent twice");
    let second = house.receive(&batch("second", "K-1", &[])).await.unwrap();
    let waiting = house.waiting().await;
    assert_eq!(waiting.ids, [first.clone(), second.clone()]);
    assert_eq!(waiting.customers, [json!({ "id": "K-1", "company": ["second"] })]);
    assert!(waiting.gone.iter().eq(["K-2"]));

    let head = bases::head(&mut house.store.look().await.unwrap()).await.unwrap().unwrap();
    bases::change(&house.store, &anna(), &head, Vec::new(), &[first], now()).await.unwrap();
    assert_eq!(house.waiting().await.ids, std::slice::from_ref(&second));
    // The base is another one now: nobody overwrites it with what was read before, and nothing counts as taken.
    let error = bases::change(&house.store, &anna(), &head, Vec::new(), &[second], now()).await.unwrap_err();
    assert!(matches!(error, store::Error::Conflict { .. }), "{error}");
    assert_eq!(house.waiting().await.ids.len(), 1);
    assert_eq!(changes::drop_old(&house.store, after(8 * 24 * 60)).await.unwrap(), 1, "what waits stays");
}

#[tokio::test]
async fn who_is_erased_comes_back_neither_from_a_batch_nor_from_a_screening_on_its_way() {
    let house = House::new().await;
    house.remember(&["K-1", "K-2"]).await;
    house.receive(&batch("first", "K-1", &[])).await.unwrap();
    let head = bases::head(&mut house.store.look().await.unwrap()).await.unwrap().unwrap();

    subjects::erase(&house.store, &anna(), "K-1", "asked for it", now()).await.unwrap();
    assert!(house.waiting().await.customers.is_empty());
    let error = bases::change(&house.store, &anna(), &head, Vec::new(), &[], now()).await.unwrap_err();
    assert!(matches!(error, store::Error::Conflict { .. }), "{error}");
}
