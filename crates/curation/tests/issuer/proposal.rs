//! From draft to approved entry: who may approve, and what makes approvals void.

use curation::criterion::{Answered, CriterionTest};
use curation::deconfliction::{Interest, Register, RegisteredInterest, Subject, YearKey};
use curation::proposal::{Draft, Proposing, RestoreError, Restored, Terms, restore};
use curation::statement::Step;
use curation::{Role, TeamId, Unit};
use jiff::ToSpan;
use watchlist::{Identifier, IdentifierKind};

use crate::cast::{Actor, Cast, TODAY, at, draft, evidence, propose};

/// Proposes a draft of Anna's, changed, and shows why it is refused.
#[track_caller]
fn check_not_proposed(change: impl FnOnce(&mut Draft, &Cast), expected: &str) {
    let cast = Cast::new();
    let mut draft = cast.draft("A");
    change(&mut draft, &cast);
    let before = draft.clone();
    let refused = propose(draft, &cast.anna.person).unwrap_err();
    assert_eq!(refused.why.to_string(), expected);
    assert!(!refused.why.hint().is_empty());
    assert_eq!(refused.back, before);
}

#[test]
fn an_entry_is_approved_by_two_people_who_had_no_hand_in_it() {
    let cast = Cast::new();

    let approved = cast.approved(cast.draft("A"));

    let names: Vec<&str> = approved.contributors().iter().map(|person| person.as_str()).collect();
    assert_eq!(names, ["anna", "carla"]);
    assert_eq!(
        (approved.substance().person().as_str(), approved.proportion().person().as_str()),
        ("bram", "pim")
    );
    assert_eq!(approved.touched_by().len(), 4);
}

#[test]
fn every_value_needs_evidence() {
    check_not_proposed(
        |draft, cast| {
            let domain = Identifier::new(IdentifierKind::Domain, "quay.example");
            draft.edit(&cast.anna.person, |entry| entry.identifiers.push(domain)).unwrap();
        },
        "no evidence stands behind 1 of the values, the first of them: domain",
    );
}

#[test]
fn the_criterion_must_be_met() {
    check_not_proposed(
        |draft, cast| draft.answer(CriterionTest::default(), &cast.anna.person).unwrap(),
        "the criterion is not met: whether it presents itself as bulletproof is still open (and 6 more)",
    );
    check_not_proposed(
        |draft, cast| {
            let mut test = draft.content().criterion.clone();
            test.dutch_nexus = Answered::no("no servers here");
            draft.answer(test, &cast.anna.person).unwrap();
        },
        "the criterion is not met: it is answered that it does not hold: has a Dutch nexus",
    );
}

#[test]
fn nobody_gives_an_entry_more_time_than_its_evidence() {
    check_not_proposed(
        |draft, cast| {
            draft
                .edit(&cast.anna.person, |entry| entry.last_observed = Some(TODAY.saturating_add(9.days())))
                .unwrap();
        },
        "the day of the last observation is missing, or later than all evidence",
    );
    check_not_proposed(
        |draft, cast| {
            draft
                .edit(&cast.anna.person, |entry| entry.review_by = Some(TODAY.saturating_add(13.months())))
                .unwrap();
        },
        "the next review is missing, or later than 12 months after the last observation",
    );
}

#[test]
fn a_hold_of_another_team_delays_the_proposal_and_tells_only_whom_to_call() {
    let cast = Cast::new();
    let key = YearKey::new(2026, [9; 32]);
    let tag = key.tag(&Subject::domain("orchard-a.example").unwrap());
    let (south, until) = (TeamId("south".to_owned()), TODAY.saturating_add(30.days()));
    let mut register = Register::default();
    let interest = RegisteredInterest { tag, team: south, interest: Interest::Hold { until } };
    register.register(interest, TODAY).unwrap();
    let delay = register.asks_for_delay(&tag, &cast.anna.person.team, TODAY);

    let refused = cast
        .draft("A")
        .propose(&Proposing {
            by: &cast.anna.person,
            at: at(10),
            today: TODAY,
            limits: &Default::default(),
            terms: Terms::default(),
            delay: delay.as_ref(),
        })
        .unwrap_err();

    assert_eq!(refused.why.to_string(), "another team asks for delay: contact team south");
}

/// Lets `approver` approve the substance of a proposal of Anna's with evidence of Carla's.
#[track_caller]
fn check_not_approved(approver: &Actor, step: Step, expected: &str) {
    let mut cast = Cast::new();
    cast.carla.person.roles.push(Role::Analyst);
    let unit = cast.unit();
    let proposed = cast.proposed(cast.draft("A"));
    let signed = approver.sign(step, proposed.hash(), at(20));
    let refused = proposed.approve_substance(signed, at(20), &unit).unwrap_err();
    assert_eq!(refused.why.to_string(), expected);
    assert!(!refused.why.hint().is_empty());
}

#[test]
fn nobody_approves_what_they_touched() {
    let cast = Cast::new();
    check_not_approved(
        &cast.anna,
        Step::ApproveSubstance,
        "anna had a hand in the entry and cannot approve it",
    );
    check_not_approved(
        &cast.carla,
        Step::ApproveSubstance,
        "carla had a hand in the entry and cannot approve it",
    );
    check_not_approved(
        &cast.pim,
        Step::ApproveSubstance,
        "pim may not approve the substance of an entry: this needs the role analyst",
    );
    check_not_approved(
        &cast.bram,
        Step::Withdraw,
        "the statement is for the step `withdraw`, expected `approve substance`",
    );
}

#[test]
fn one_person_with_both_roles_does_not_approve_twice() {
    let mut cast = Cast::new();
    cast.bram.person.roles.push(Role::Prosecution);
    let seconded = cast.seconded(cast.draft("A"));
    let signed = cast.bram.sign(Step::ApproveProportion, seconded.hash(), at(30));

    let refused = seconded.approve_proportion(signed, at(30), &cast.unit()).unwrap_err();

    assert_eq!(refused.why.to_string(), "bram has approved the substance already");
}

#[test]
fn a_change_after_approval_makes_the_approvals_void() {
    let cast = Cast::new();
    let seconded = cast.seconded(cast.draft("A"));
    let earlier = seconded.substance().signed().clone();
    let mut draft = seconded.send_back(&cast.pim.person).unwrap();
    draft.edit(&cast.anna.person, |entry| entry.note = Some("changed".to_owned())).unwrap();
    let proposed = cast.proposed(draft);

    let refused = proposed.approve_substance(earlier, at(40), &cast.unit()).unwrap_err();

    assert!(
        refused.why.to_string().contains("the content is not the one that was signed"),
        "{}",
        refused.why
    );
}

#[test]
fn evidence_of_an_approver_makes_the_approver_a_maker() {
    let mut cast = Cast::new();
    cast.bram.person.roles.push(Role::Collector);
    let mut draft = cast.draft("A");
    draft.attach(&evidence("EV-9", &cast.bram.person), &cast.anna.person).unwrap();
    let proposed = cast.proposed(draft);
    let signed = cast.bram.sign(Step::ApproveSubstance, proposed.hash(), at(20));

    let refused = proposed.approve_substance(signed, at(20), &cast.unit()).unwrap_err();

    assert_eq!(refused.why.to_string(), "bram had a hand in the entry and cannot approve it");
}

/// Bram signs at `signed_at`, it arrives at `received_at`, and his key was revoked at 15 seconds.
#[track_caller]
fn check_revoked(signed_at: i64, received_at: i64, counts: bool) {
    let mut cast = Cast::new();
    let proposed = cast.proposed(cast.draft("A"));
    let signed = cast.bram.sign(Step::ApproveSubstance, proposed.hash(), at(signed_at));
    cast.bram.person.keys[0].revoke(at(15));

    let result = proposed.approve_substance(signed, at(received_at), &cast.unit());

    assert_eq!(result.is_ok(), counts, "{result:?}");
}

#[test]
fn a_revoked_key_counts_no_more_and_cannot_be_dated_back() {
    check_revoked(12, 14, true);
    check_revoked(15, 15, false);
    check_revoked(20, 20, false);
    check_revoked(12, 20, false);
}

#[test]
fn an_approval_before_the_proposal_or_from_the_future_does_not_count() {
    let cast = Cast::new();
    let early = cast.proposed(cast.draft("A"));
    let signed = cast.bram.sign(Step::ApproveSubstance, early.hash(), at(5));
    let refused = early.approve_substance(signed, at(5), &cast.unit()).unwrap_err();
    let signed = cast.bram.sign(Step::ApproveSubstance, refused.back.hash(), at(900));
    let future = refused.back.approve_substance(signed, at(20), &cast.unit()).unwrap_err();

    assert!(refused.why.to_string().contains("before the proposal"), "{}", refused.why);
    assert!(future.why.to_string().contains("later than its arrival"), "{}", future.why);
}

#[test]
fn a_kept_proposal_comes_back_in_its_state() {
    let cast = Cast::new();
    let unit = cast.unit();
    let approved = cast.approved(cast.draft("A"));
    let seconded = cast.seconded(cast.draft("A"));
    let proposed = cast.proposed(cast.draft("A"));

    assert_eq!(restore(approved.to_parts(), &unit), Ok(Restored::Approved(approved)));
    assert_eq!(restore(seconded.to_parts(), &unit), Ok(Restored::Seconded(seconded)));
    assert_eq!(restore(proposed.to_parts(), &unit), Ok(Restored::Proposed(proposed)));
}

#[test]
fn a_kept_proposal_that_was_changed_does_not_come_back() {
    let cast = Cast::new();
    let approved = cast.approved(cast.draft("A"));
    let restored = |change: fn(&mut curation::proposal::ProposalParts), unit: &Unit| {
        let mut parts = approved.to_parts();
        change(&mut parts);
        restore(parts, unit)
    };
    let is_changed =
        |change| matches!(restored(change, &cast.unit()), Err(RestoreError::ContentChanged { .. }));

    assert!(is_changed(|parts| parts.content.entry.note = Some("x".to_owned())));
    assert!(is_changed(|parts| parts.content.list_id.push('x')));
    assert!(is_changed(|parts| parts.content.grounds.clear()));
    assert!(is_changed(|parts| parts.content.criterion.link.remark.push('x')));
    assert!(is_changed(|parts| {
        parts.contributors.pop_first();
    }));
    assert_eq!(restored(|parts| parts.substance = None, &cast.unit()), Err(RestoreError::StepMissing));
    assert!(restored(|parts| parts.proportion = parts.substance.clone(), &cast.unit()).is_err());
}

#[test]
fn roles_may_change_later_and_keys_may_prove_lost_before() {
    let mut cast = Cast::new();
    let parts = cast.approved(cast.draft("A")).to_parts();

    cast.bram.person.roles.clear();
    assert!(matches!(restore(parts.clone(), &cast.unit()), Ok(Restored::Approved(_))));

    cast.bram.person.keys[0].revoke(at(2));
    assert!(matches!(restore(parts, &cast.unit()), Err(RestoreError::Approval(_))));
}

#[test]
fn only_analysts_write_and_propose() {
    let cast = Cast::new();

    assert!(Draft::new("harbour", crate::cast::orchard("A"), &cast.pim.person).is_err());
    let draft = draft("A", &cast.anna.person, &cast.carla.person);
    assert!(propose(draft, &cast.carla.person).is_err());
}
