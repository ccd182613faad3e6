//! A party objects: the clock, the handler, the outcome.

use curation::contest::{Contest, ContestClock, ContestId, ContestTerms, Contestant, Due, Outcome};
use curation::listing::Listing;
use curation::{Person, Role};
use jiff::civil::{Date, date};
use watchlist::{Status, WithdrawalReason};

use crate::cast::{Actor, Cast, at};

const RECEIVED: Date = date(2026, 4, 1);

fn listed(cast: &Cast) -> Listing {
    Listing::new(cast.approved(cast.draft("A"))).unwrap()
}

fn received(cast: &Cast, listing: &Listing) -> Contest {
    let id = ContestId("CT-1".to_owned());
    let (by, grounds) = (&cast.udo.person, "this is not our firm");
    Contest::receive(id, listing, Contestant::MistakenParty, grounds, by, RECEIVED).unwrap()
}

#[test]
fn the_clock_runs_in_dutch_working_days() {
    // Good Friday 3 April, Easter Monday 6 April and King's Day 27 April do not count.
    let clock = ContestClock::of(RECEIVED, ContestTerms::default());

    assert_eq!(clock, ContestClock { acknowledge_by: date(2026, 4, 7), decide_by: date(2026, 5, 4) });
}

#[test]
fn what_is_due_follows_the_steps() {
    let cast = Cast::new();
    let listing = listed(&cast);
    let mut contest = received(&cast, &listing);
    let due = |contest: &Contest, today| contest.due(ContestTerms::default(), today);

    let (by, decide_by) = (date(2026, 4, 7), date(2026, 5, 4));
    assert_eq!(due(&contest, by), Due::Acknowledge { by, is_late: false });
    assert_eq!(due(&contest, date(2026, 4, 8)), Due::Acknowledge { by, is_late: true });
    contest.acknowledge(&cast.udo.person, RECEIVED).unwrap();
    assert_eq!(due(&contest, date(2026, 4, 8)), Due::Decide { by: decide_by, is_late: false });
    assert_eq!(due(&contest, date(2026, 5, 6)), Due::Decide { by: decide_by, is_late: true });
    contest.assign(&cast.hana.person, &listing).unwrap();
    contest.decide(Outcome::Kept, "re-checked", &cast.hana.person, &listing, date(2026, 4, 9)).unwrap();
    assert_eq!(due(&contest, date(2026, 9, 1)), Due::Nothing);
}

#[track_caller]
fn check_handler(handler: impl FnOnce(&mut Cast) -> Person, expected: &str) {
    let mut cast = Cast::new();
    let listing = listed(&cast);
    let handler = handler(&mut cast);
    let error = received(&cast, &listing).assign(&handler, &listing).unwrap_err();
    assert_eq!(error.to_string(), expected);
}

/// Which of the cast.
type Choose = fn(&mut Cast) -> &mut Actor;

#[test]
fn nobody_handles_a_contest_of_what_they_made_or_approved() {
    let also_handler = |actor: &mut Actor| {
        actor.person.roles.push(Role::ContestHandler);
        actor.person.clone()
    };
    let makers: [(&str, Choose); 4] = [
        ("anna", |cast| &mut cast.anna),
        ("carla", |cast| &mut cast.carla),
        ("bram", |cast| &mut cast.bram),
        ("pim", |cast| &mut cast.pim),
    ];
    for (name, choose) in makers {
        let expected = format!("{name} made or approved entry A and cannot handle a contest of it");
        check_handler(|cast| also_handler(choose(cast)), &expected);
    }
    check_handler(
        |cast| cast.uma.person.clone(),
        "uma may not decide a contest: this needs the role contest-handler",
    );
}

#[test]
fn only_the_handler_decides_and_only_once_with_a_reason() {
    let cast = Cast::new();
    let listing = listed(&cast);
    let mut contest = received(&cast, &listing);
    let other = Actor::new("henk", &[Role::ContestHandler]);
    let decide = |contest: &mut Contest, by: &Actor, reason: &str, on| {
        let outcome = Outcome::Withdrawn { reason: WithdrawalReason::WrongParty };
        contest
            .decide(outcome, reason, &by.person, &listing, on)
            .map(|_| ())
            .map_err(|error| error.to_string())
    };

    let early = decide(&mut contest, &cast.hana, "checked", RECEIVED);
    contest.assign(&cast.hana.person, &listing).unwrap();
    let by_other = decide(&mut contest, &other, "checked", RECEIVED);
    let no_reason = decide(&mut contest, &cast.hana, " ", RECEIVED);
    let before = decide(&mut contest, &cast.hana, "checked", date(2026, 3, 31));
    let decided = decide(&mut contest, &cast.hana, "the register shows another owner", date(2026, 4, 9));
    let again = decide(&mut contest, &cast.hana, "checked", date(2026, 4, 9));

    assert_eq!(early, Err("contest CT-1 has no handler".to_owned()));
    assert_eq!(by_other, Err("contest CT-1 is handled by hana, not by henk".to_owned()));
    assert_eq!(no_reason, Err("the decision of contest CT-1 has no reason".to_owned()));
    assert_eq!(before, Err("2026-03-31 is before the receipt of contest CT-1 on 2026-04-01".to_owned()));
    assert_eq!(decided, Ok(()));
    assert_eq!(again, Err("contest CT-1 was decided on 2026-04-09".to_owned()));
    let letter = contest.outcome_letter().unwrap();
    assert!(letter.retraction_follows && letter.decided_on == date(2026, 4, 9));
    assert_eq!(letter.reason, "the register shows another owner");
}

#[test]
fn a_doubted_entry_is_marked_while_the_contest_is_open() {
    let cast = Cast::new();
    let mut listing = listed(&cast);
    let contest = received(&cast, &listing);

    contest.suspend(&mut listing, &cast.hana.person, at(90)).unwrap();

    assert_eq!(listing.entry().status, Status::Suspended);
    assert!(!format!("{contest:?} {:?}", listing.state()).contains("not our firm"));
}

#[test]
fn a_kept_contest_comes_back_only_if_its_handler_decided() {
    let cast = Cast::new();
    let listing = listed(&cast);
    let mut contest = received(&cast, &listing);
    contest.assign(&cast.hana.person, &listing).unwrap();
    contest.decide(Outcome::Kept, "re-checked", &cast.hana.person, &listing, RECEIVED).unwrap();
    let mut parts = contest.to_parts();

    assert_eq!(Contest::from_parts(parts.clone()), Ok(contest));
    parts.handler = Some(cast.anna.person.id.clone());
    assert!(Contest::from_parts(parts).is_err());
}
