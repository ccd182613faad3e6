//! The issuer's operations over a real store: what several people get done, and what one person never does.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

mod office;

use curation::Role;
use curation::listing::ListingError;
use jiff::Timestamp;
use office::{Office, at, day};
use operations::issuer::entries::{self, Voiced};
use operations::issuer::{Error, contests, deconfliction, editions, evidence, people};
use proptest::prelude::*;
use watchlist::{EntryId, Withdrawal, WithdrawalReason};

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

/// An office in which ada and abe administrate and everybody has the roles of the usual cast.
async fn staffed() -> Office {
    let mut office = Office::founded().await;
    for (code, roles) in [
        ("carla", &[Role::Collector][..]),
        ("anna", &[Role::Analyst]),
        ("bram", &[Role::Analyst]),
        ("pim", &[Role::Prosecution]),
        ("uma", &[Role::Publisher]),
        ("udo", &[Role::Publisher, Role::DeliveryDesk]),
        ("hana", &[Role::ContestHandler]),
    ] {
        office.take_up(code, roles).await;
    }
    office
}

#[tokio::test]
async fn an_entry_goes_from_evidence_to_an_edition() {
    let office = staffed().await;
    office.listed("E-1", "anna", "carla").await;

    let shown = office.assembled("uma").await.unwrap();
    assert_eq!((shown.summary.number, shown.summary.entries), (1, 1));
    assert_eq!(office.release(1, "uma").await.unwrap(), 1);
    assert_eq!(office.release(1, "uma").await.unwrap(), 1, "one voice does not count twice");
    assert_eq!(office.release(1, "pim").await.unwrap(), 2);

    let mut look = office.store.look().await.unwrap();
    assert_eq!(editions::list(&mut look, office::LIST).await.unwrap()[0].state, "released");
}

#[tokio::test]
async fn what_changes_after_assembling_is_not_released() {
    let office = staffed().await;
    office.listed("E-1", "anna", "carla").await;
    office.assembled("uma").await.unwrap();
    office.release(1, "uma").await.unwrap();
    entries::suspend(&office.store, &office.id("hana"), &EntryId("E-1".to_owned()), "doubt", office.now())
        .await
        .unwrap();

    let refused = office.release(1, "udo").await.unwrap_err();

    assert!(matches!(refused, Error::ChangedSinceAssembled { .. }), "{refused}");
}

#[tokio::test]
async fn a_withdrawal_takes_two_voices_for_the_same_reason() {
    let office = staffed().await;
    office.listed("E-1", "anna", "carla").await;
    let id = EntryId("E-1".to_owned());
    let withdraw = |who: &'static str, reason: Option<WithdrawalReason>| {
        let given = reason.map(|reason| Withdrawal::new(reason, day()));
        let (office, id) = (&office, &id);
        async move {
            entries::withdraw(&office.store, &office.id(who), id, given, office.key(who), office.now()).await
        }
    };

    assert!(withdraw("hana", None).await.is_err(), "nothing waits yet");
    assert_eq!(withdraw("anna", Some(WithdrawalReason::Mistaken)).await.unwrap(), Voiced::Waits);
    let other = withdraw("hana", Some(WithdrawalReason::Ceased)).await.unwrap_err();
    assert!(matches!(other, Error::OtherWithdrawal { .. }), "{other}");
    assert_eq!(withdraw("anna", None).await.unwrap(), Voiced::Waits, "the same person again");
    assert_eq!(withdraw("hana", None).await.unwrap(), Voiced::Done);
    let again = withdraw("hana", Some(WithdrawalReason::Ceased)).await.unwrap_err();
    assert!(matches!(again, Error::Listing(ListingError::Withdrawn { .. })), "{again}");
}

#[tokio::test]
async fn a_merge_and_a_split_are_complete_or_not_begun() {
    let office = staffed().await;
    office.listed("E-1", "anna", "carla").await;
    office.listed("E-2", "bram", "carla").await;
    let (one, two) = (EntryId("E-1".to_owned()), EntryId("E-2".to_owned()));
    entries::merge(&office.store, &office.id("anna"), &one, &two, office.now()).await.unwrap();
    office.propose("E-1", "anna").await.unwrap();
    // Bram made the other half, so somebody else must second.
    assert!(office.approve("E-1", "bram").await.is_err());
    let mut office = office;
    office.take_up("bea", &[Role::Analyst]).await;
    office.approve("E-1", "bea").await.unwrap();
    office.approve("E-1", "pim").await.unwrap();
    assert_eq!(office.states().await, ["E-1 listed", "E-2 withdrawn"]);

    let parts = ["E-3", "E-4"].map(office::entry).to_vec();
    entries::split(&office.store, &office.id("anna"), &one, parts, office.now()).await.unwrap();
    for id in ["E-3", "E-4"] {
        office.complete_draft(id, "anna", "carla").await;
        office.propose(id, "anna").await.unwrap();
        office.approve(id, "bea").await.unwrap();
        office.approve(id, "pim").await.unwrap();
    }
    assert_eq!(office.states().await, ["E-1 withdrawn", "E-2 withdrawn", "E-3 listed", "E-4 listed"]);
}

#[tokio::test]
async fn a_hold_of_another_team_delays_a_proposal() {
    let mut office = staffed().await;
    office.take_up_in("south", "sara", &[Role::Collector]).await;
    let mut random = office::random(9);
    deconfliction::make_key(&office.store, &office.id("anna"), 2026, None, office.now(), &mut random)
        .await
        .unwrap();
    let subject = curation::deconfliction::Subject::domain("https://e-1.example/x").unwrap();
    let hold = curation::deconfliction::Interest::Hold { until: day().tomorrow().unwrap() };
    deconfliction::claim(&office.store, &office.id("sara"), &subject, hold, office.now()).await.unwrap();
    office.draft("E-1", "anna", "carla").await;

    let teams = deconfliction::ask(&office.store, &office.id("anna"), &subject, office.now()).await.unwrap();
    let refused = office.propose("E-1", "anna").await.unwrap_err();

    assert_eq!(teams[0].to_string(), "contact team south");
    assert!(refused.to_string().contains("contact team south"), "{refused}");
    deconfliction::release(&office.store, &office.id("sara"), &subject, office.now()).await.unwrap();
    office.propose("E-1", "anna").await.unwrap();
}

#[tokio::test]
async fn who_had_a_hand_in_an_entry_does_not_handle_its_contest() {
    let mut office = staffed().await;
    office.take_up("both", &[Role::Analyst, Role::ContestHandler]).await;
    office.listed("E-1", "both", "carla").await;
    let entry = EntryId("E-1".to_owned());
    let contestant = curation::contest::Contestant::ListedParty;
    let now = office.now();
    let (id, _) = contests::receive(&office.store, &office.id("hana"), &entry, contestant, "not us", now)
        .await
        .unwrap();

    let refused = contests::assign(&office.store, &office.id("hana"), &id, &office.id("both"), now).await;
    assert!(refused.unwrap_err().to_string().contains("made or approved"));
    contests::assign(&office.store, &office.id("hana"), &id, &office.id("hana"), now).await.unwrap();
    let outcome = curation::contest::Outcome::Kept;
    let letter = contests::decide(&office.store, &office.id("hana"), &id, outcome, "looked at again", now)
        .await
        .unwrap();
    assert!(!letter.retraction_follows);
}

#[tokio::test]
async fn a_revoked_key_signs_nothing_and_what_it_signed_before_stands() {
    let office = staffed().await;
    office.listed("E-1", "anna", "carla").await;
    office.draft("E-2", "anna", "carla").await;
    office.propose("E-2", "anna").await.unwrap();
    people::revoke(&office.store, &office.id("anna"), &office.id("bram"), office.now(), office.now())
        .await
        .unwrap();

    let refused = office.approve("E-2", "bram").await.unwrap_err();

    assert!(refused.to_string().contains("does not count"), "{refused}");
    assert_eq!(office.states().await, ["E-1 listed", "E-2 proposed"]);
}

#[tokio::test]
async fn damaged_captures_leave_nothing_behind() {
    let office = staffed().await;
    let now = office.now();
    let files = vec![("page.png".to_owned(), b"\x89PNG\r\n\x1a\nhalf".to_vec())];
    let carla = office.id("carla");
    let kept =
        evidence::capture(&office.store, &carla, office::described(now), &files, office::fields(), now);

    assert!(matches!(kept.await.unwrap_err(), Error::Capture(_)));
    let mut look = office.store.look().await.unwrap();
    assert!(evidence::list(&mut look, &office.id("carla")).await.unwrap().is_empty());
}

/// What one person can try, in any order.
#[derive(Clone, Copy, Debug)]
enum Try {
    Draft,
    Propose(u8),
    Approve(u8),
    SendBack(u8),
    Revise(u8),
    Suspend(u8),
    Lift(u8),
    Withdraw(u8),
    Assemble,
    Release(u8),
    EnterSomebody,
    ConfirmSomebody,
    RevokeOwnKey,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = prop_oneof![
        3 => Just(Try::Draft),
        3 => (0u8..4).prop_map(Try::Propose),
        6 => (0u8..4).prop_map(Try::Approve),
        1 => (0u8..4).prop_map(Try::SendBack),
        1 => (0u8..4).prop_map(Try::Revise),
        1 => (0u8..4).prop_map(Try::Suspend),
        2 => (0u8..4).prop_map(Try::Lift),
        3 => (0u8..4).prop_map(Try::Withdraw),
        3 => Just(Try::Assemble),
        4 => (1u8..3).prop_map(Try::Release),
        1 => Just(Try::EnterSomebody),
        2 => Just(Try::ConfirmSomebody),
        1 => Just(Try::RevokeOwnKey),
    ];
    proptest::collection::vec(one, 1..25)
}

async fn attempt(office: &Office, one: Try, made: &mut Vec<String>, revoked: &mut bool) {
    let (who, now, store) = (office.id("ida"), office.now(), &office.store);
    let named =
        |which: u8| made.get(usize::from(which) % made.len().max(1)).map_or("E-0", String::as_str).to_owned();
    let entry = |which: u8| EntryId(named(which));
    let key = office.key("ida");
    match one {
        Try::Draft => {
            let id = format!("E-{}", made.len() + 1);
            if office.try_draft(&id, "ida", "ida").await.is_ok() {
                made.push(id);
            }
        }
        Try::Propose(which) => drop(office.propose(&named(which), "ida").await),
        Try::Approve(which) => drop(office.approve(&named(which), "ida").await),
        Try::SendBack(which) => drop(entries::send_back(store, &who, &entry(which), now).await),
        Try::Revise(which) => drop(entries::revise(store, &who, &entry(which), now).await),
        Try::Suspend(which) => drop(entries::suspend(store, &who, &entry(which), "doubt", now).await),
        Try::Lift(which) => drop(entries::lift(store, &who, &entry(which), key, now).await),
        Try::Withdraw(which) => {
            let given = Some(Withdrawal::new(WithdrawalReason::Ceased, day()));
            drop(entries::withdraw(store, &who, &entry(which), given, key, now).await);
        }
        Try::Assemble => drop(office.assembled("ida").await),
        Try::Release(number) => drop(office.release(u64::from(number), "ida").await),
        Try::EnterSomebody => {
            let wanted = office::wanted(Role::ALL, &[key.public()]);
            let _ = people::enter(store, &who, &people::code("puppet").unwrap(), &wanted, now).await;
            let fresh = office::wanted(Role::ALL, &[office::new_key(77).public()]);
            let _ = people::enter(store, &who, &people::code("puppet").unwrap(), &fresh, now).await;
        }
        Try::ConfirmSomebody => {
            for code in ["puppet", "ida"] {
                let _ = people::confirm(store, &who, &people::code(code).unwrap(), key, now).await;
            }
        }
        Try::RevokeOwnKey => {
            people::revoke(store, &who, &who, now, now).await.unwrap();
            *revoked = true;
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// One person with every role there is, over the real store: nothing gets approved, released, withdrawn or lifted,
    /// and nobody is taken up. The entries of others stand as they stood.
    #[test]
    fn one_person_with_every_role_gets_nothing_through_alone(tries in tries()) {
        runtime().block_on(async {
            let mut office = Office::founded().await;
            office.take_up("ida", Role::ALL).await;
            let mut made = Vec::new();
            let mut revoked = false;
            for one in tries {
                office.tick();
                attempt(&office, one, &mut made, &mut revoked).await;
                for state in office.states().await {
                    let word = state.split(' ').nth(1).unwrap().to_owned();
                    prop_assert!(matches!(word.as_str(), "draft" | "proposed"), "{state}");
                }
                let mut look = office.store.look().await.unwrap();
                for edition in editions::list(&mut look, office::LIST).await.unwrap() {
                    prop_assert_eq!(edition.state.as_str(), "assembled");
                }
                for person in people::list(&mut look).await.unwrap() {
                    prop_assert!(person.person.id.as_str() != "puppet" || !person.is_active);
                }
            }
            Ok(())
        })?;
    }
}

#[test]
fn times_of_the_test_run_forward() {
    assert!(at(2) > at(1) && at(0) > Timestamp::UNIX_EPOCH);
}
