//! The life of an entry: renewed, merged, split, suspended, withdrawn.

use curation::listing::{Listing, State, complete_merge, complete_split, merge, split};
use curation::proposal::Terms;
use curation::statement::Step;
use jiff::civil::date;
use watchlist::{EntryId, Status, Withdrawal, WithdrawalReason};

use crate::cast::{Actor, Cast, TODAY, at, evidence, orchard};

fn listed(cast: &Cast, id: &str) -> Listing {
    Listing::new(cast.approved(cast.draft(id))).unwrap()
}

fn wrong_party() -> Withdrawal {
    Withdrawal::new(WithdrawalReason::WrongParty, TODAY)
}

/// Two people withdraw the entry of Anna and Carla.
#[track_caller]
fn check_withdraw(cast: &Cast, first: &Actor, second: &Actor, expected: Option<&str>) {
    let mut listing = listed(cast, "A");
    let subject = listing.withdrawal_subject(&wrong_party());
    let statements = [first, second].map(|actor| actor.sign(Step::Withdraw, subject, at(50)));

    let result = listing.withdraw(wrong_party(), statements, at(50), &cast.unit());

    assert_eq!(result.as_ref().err().map(ToString::to_string).as_deref(), expected);
    assert_eq!(listing.is_withdrawn(), expected.is_none());
}

#[test]
fn a_wrong_entry_is_withdrawn_by_two_people_one_without_a_hand_in_it() {
    let cast = Cast::new();
    check_withdraw(&cast, &cast.anna, &cast.bram, None);
    check_withdraw(&cast, &cast.pim, &cast.hana, None);
    check_withdraw(&cast, &cast.bram, &cast.bram, Some("both statements are of bram; two people are needed"));
    check_withdraw(
        &cast,
        &cast.bram,
        &cast.uma,
        Some(
            "uma may not withdraw an entry or lift its suspension: this needs the role analyst or prosecution or contest-handler",
        ),
    );
    let mut makers = Cast::new();
    makers.carla.person.roles.push(curation::Role::Analyst);
    check_withdraw(
        &makers,
        &makers.anna,
        &makers.carla,
        Some("one of the two people must have had no hand in the entry"),
    );
}

#[test]
fn a_voice_for_one_reason_is_none_for_another() {
    let cast = Cast::new();
    let mut listing = listed(&cast, "A");
    let subject = listing.withdrawal_subject(&wrong_party());
    let statements = [&cast.bram, &cast.pim].map(|actor| actor.sign(Step::Withdraw, subject, at(50)));
    let other = Withdrawal::new(WithdrawalReason::Ceased, TODAY);

    assert!(listing.withdraw(other, statements, at(50), &cast.unit()).is_err());
}

#[test]
fn a_withdrawn_entry_leaves_without_content_and_does_not_come_back() {
    let cast = Cast::new();
    let mut listing = listed(&cast, "A");
    let subject = listing.withdrawal_subject(&wrong_party());
    let statements = [&cast.bram, &cast.pim].map(|actor| actor.sign(Step::Withdraw, subject, at(50)));
    listing.withdraw(wrong_party(), statements, at(50), &cast.unit()).unwrap();

    let entry = listing.entry();

    assert_eq!((entry.status, entry.values().count()), (Status::Withdrawn, 0));
    assert_eq!(entry.withdrawal, Some(wrong_party()));
    let error = listing.suspend(&cast.bram.person, at(60), "doubt").unwrap_err();
    assert_eq!(error.to_string(), "entry A was withdrawn");
    assert!(listing.revise(&cast.anna.person).is_err());
    assert_eq!(Listing::from_parts(listing.to_parts(), &cast.unit()), Ok(listing));
}

#[test]
fn one_person_suspends_and_two_without_a_hand_in_it_lift() {
    let cast = Cast::new();
    let mut listing = listed(&cast, "A");
    listing.suspend(&cast.anna.person, at(50), "the link may be wrong").unwrap();
    assert_eq!(listing.entry().status, Status::Suspended);
    let lift = |listing: &mut Listing, first: &Actor, second: &Actor| {
        let subject = listing.lifting_subject().unwrap();
        let statements = [first, second].map(|actor| actor.sign(Step::LiftSuspension, subject, at(60)));
        listing.lift(statements, at(60), &cast.unit()).map(|_| ()).map_err(|error| error.to_string())
    };

    let by_maker = lift(&mut listing, &cast.anna, &cast.pim);
    let without_prosecution = lift(&mut listing, &cast.bram, &cast.hana);

    assert_eq!(by_maker, Err("both people must have had no hand in the entry".to_owned()));
    assert_eq!(without_prosecution, Err("neither of the two people is of the prosecution".to_owned()));
    assert_eq!(lift(&mut listing, &cast.bram, &cast.pim), Ok(()));
    assert_eq!(listing.state(), &State::Active);
}

#[test]
fn seen_again_means_a_later_review_after_the_same_approvals() {
    let cast = Cast::new();
    let mut listing = listed(&cast, "A");
    assert_eq!(listing.review_by(), Some(date(2027, 2, 10)));
    assert!(listing.is_due(date(2027, 2, 11)) && !listing.is_due(date(2027, 2, 10)));
    let mut draft = listing.revise(&cast.anna.person).unwrap();
    draft.observe(&evidence("EV-2", &cast.carla.person), Terms::default(), &cast.anna.person).unwrap();

    listing.replace(cast.approved(draft)).unwrap();

    assert_eq!(listing.approved().content().evidence.len(), 2);
    assert_eq!(listing.entry().last_observed, Some(TODAY));
}

#[test]
fn a_version_that_is_overtaken_is_refused() {
    let cast = Cast::new();
    let mut listing = listed(&cast, "A");
    let change = |note: &str| {
        let mut draft = listing.revise(&cast.anna.person).unwrap();
        draft.edit(&cast.anna.person, |entry| entry.note = Some(note.to_owned())).unwrap();
        cast.approved(draft)
    };
    let (first, second) = (change("first"), change("second"));

    listing.replace(first).unwrap();
    let error = listing.replace(second).unwrap_err();

    assert_eq!(error.to_string(), "entry A was changed after the approved version was begun");
}

#[test]
fn merged_entries_become_one_that_remembers_the_other() {
    let cast = Cast::new();
    let (mut kept, mut other) = (listed(&cast, "A"), listed(&cast, "B"));
    let approved = cast.approved(merge(&kept, &other, &cast.anna.person).unwrap());

    complete_merge(&mut kept, &mut other, approved, TODAY).unwrap();

    let entry = kept.entry();
    assert_eq!((entry.names.len(), entry.identifiers.len()), (2, 2));
    assert!(kept.took_up().contains(&EntryId("B".to_owned())));
    let withdrawal = other.entry().withdrawal.unwrap();
    assert_eq!(
        (withdrawal.reason, withdrawal.successors),
        (WithdrawalReason::Merged, vec![EntryId("A".to_owned())])
    );
    for listing in [kept, other] {
        assert_eq!(Listing::from_parts(listing.to_parts(), &cast.unit()), Ok(listing));
    }
}

#[test]
fn a_merge_is_complete_or_nothing_happens() {
    let cast = Cast::new();
    let (mut kept, mut other, mut third) = (listed(&cast, "A"), listed(&cast, "B"), listed(&cast, "C"));
    let approved = cast.approved(merge(&kept, &other, &cast.anna.person).unwrap());

    let error = complete_merge(&mut kept, &mut third, approved.clone(), TODAY).unwrap_err();
    assert_eq!(error.to_string(), "entry C was changed after the approved version was begun");
    assert!(kept.replace(approved.clone()).is_err(), "a merge does not pass for a correction");
    assert!(Listing::new(approved).is_err(), "a merge does not pass for a new entry");
    assert!(!other.is_withdrawn() && !third.is_withdrawn());
    assert!(merge(&kept, &kept, &cast.anna.person).is_err());
    other.suspend(&cast.bram.person, at(70), "doubt").unwrap();
}

#[test]
fn a_split_needs_all_its_parts() {
    let cast = Cast::new();
    let mut listing = listed(&cast, "A");
    let part = |id: &str| {
        let mut part = orchard("A");
        part.id = EntryId(id.to_owned());
        let entry = listing.entry();
        (part.first_observed, part.last_observed, part.review_by) =
            (entry.first_observed, entry.last_observed, entry.review_by);
        part
    };
    let drafts = split(&listing, vec![part("A1"), part("A2")], &cast.anna.person).unwrap();
    let approved: Vec<_> = drafts.into_iter().map(|draft| cast.approved(draft)).collect();

    let one = complete_split(&mut listing, approved[..1].to_vec(), TODAY).unwrap_err();
    assert_eq!(one.to_string(), "entry A is split into 2 entries, 1 are approved");
    assert!(!listing.is_withdrawn());
    let parts = complete_split(&mut listing, approved, TODAY).unwrap();

    assert_eq!(parts.iter().map(|part| part.id().0.as_str()).collect::<Vec<_>>(), ["A1", "A2"]);
    assert_eq!(listing.entry().withdrawal.unwrap().successors.len(), 2);
    assert!(split(&parts[0], vec![orchard("X")], &cast.anna.person).is_err());
}

#[test]
fn a_kept_entry_gives_way_only_to_a_version_that_is_for_it() {
    let cast = Cast::new();
    let (mut kept, mut other, third) = (listed(&cast, "A"), listed(&cast, "B"), listed(&cast, "C"));
    let approved = cast.approved(merge(&kept, &other, &cast.anna.person).unwrap());
    complete_merge(&mut kept, &mut other, approved, TODAY).unwrap();
    let mut parts = other.to_parts();
    parts.approved = third.approved().clone();

    let error = Listing::from_parts(parts, &cast.unit()).unwrap_err();

    assert!(error.to_string().contains("the version that took its place is not for it"), "{error}");
}

#[test]
fn a_kept_entry_whose_record_was_cut_does_not_come_back() {
    let cast = Cast::new();
    let mut parts = listed(&cast, "A").to_parts();
    parts.touched_by.pop_first();

    let error = Listing::from_parts(parts, &cast.unit()).unwrap_err();

    assert!(error.to_string().contains("somebody who made or approved it is missing"), "{error}");
}
