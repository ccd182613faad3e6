//! The life of an application: which deed leads where, and which are not taken.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

use jiff::Timestamp;
use kyc::gate::{self, Mode};
use kyc::{
    Answer, Cause, Check, CheckKind, Course, DeedError, EditionUsed, Event, Failure, Force, Found, Level,
    Outcome, Screened, State,
};
use proptest::prelude::*;
use review::{Answer as Judgement, Class, Compared, Disposition, Ground, GroundKind, ReasonCode};

const HELD_UNTIL: i64 = 1_000;
const CLEAR_UNTIL: i64 = 5_000;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn received() -> Course {
    Course::received(at(0), at(HELD_UNTIL))
}

fn hit(class: Class, force: Force, value: &str) -> Found {
    let compared = Compared::of([("name", value, "Orchard")]);
    Found { list: "list-1".to_owned(), entry: "E-1".to_owned(), class, force, compared }
}

fn edition(number: u64, is_stale: bool) -> EditionUsed {
    EditionUsed { list: "list-1".to_owned(), number, is_stale }
}

fn done(found: Vec<Found>) -> Screened {
    Screened::Done { editions: vec![edition(1, false)], found, cannot_tell: false }
}

/// Every hit goes to a person.
fn screened(screened: Screened, required: &[CheckKind]) -> Event {
    let to_review = screened.found().iter().map(|one| (one.list.clone(), one.entry.clone())).collect();
    Event::Screened {
        at: at(1),
        screened,
        level: Level::L0,
        triggers: Vec::new(),
        required: required.to_vec(),
        to_review,
        clear_until: at(CLEAR_UNTIL),
    }
}

fn taken(kind: CheckKind, outcome: Outcome) -> Event {
    let check = Check {
        kind,
        source: "seen by us".to_owned(),
        outcome,
        proof: None,
        named: None,
        by: "anna".to_owned(),
        taken_at: at(2),
        valid_until: None,
    };
    Event::Checked { check }
}

fn says(by: &str, reason: ReasonCode) -> Event {
    let disposition =
        Disposition { answer: reason.answer(), reason, note: String::new(), by: by.to_owned(), at: at(3) };
    Event::Disposed { list: "list-1".to_owned(), entry: "E-1".to_owned(), disposition }
}

fn released(by: &str, note: &str) -> Event {
    Event::Released {
        by: by.to_owned(),
        at: at(4),
        note: note.to_owned(),
        clear_until: at(CLEAR_UNTIL),
        review_at: at(9_000),
    }
}

fn refused(by: &str, text: &str) -> Event {
    let ground = Ground { kind: GroundKind::KycFailure, text: text.to_owned() };
    Event::Refused { by: by.to_owned(), at: at(4), ground }
}

fn seconded(by: &str) -> Event {
    Event::Seconded { by: by.to_owned(), at: at(5) }
}

fn objected(by: &str) -> Event {
    Event::Objected { by: by.to_owned(), at: at(5), note: "a name alone".to_owned() }
}

const CLEAR: State = State::Clear { until: Timestamp::UNIX_EPOCH };

/// The state after the events; the end of a clear one is left out.
#[track_caller]
fn check(events: Vec<Event>, expected: State) -> Course {
    let mut course = received();
    for event in events {
        course.take(event).unwrap();
    }
    let found = if matches!(course.state(), State::Clear { .. }) { CLEAR } else { course.state() };
    assert_eq!(found, expected);
    course
}

#[track_caller]
fn refuses(events: Vec<Event>, deed: Event, expected: DeedError) {
    let mut course = received();
    for event in events {
        course.take(event).unwrap();
    }
    let before = course.clone();
    assert_eq!(course.take(deed), Err(expected));
    assert_eq!(course, before, "a deed that is not taken changes nothing");
}

#[test]
fn who_shows_what_is_asked_and_is_on_no_list_is_clear_without_anybody() {
    use CheckKind::{EmailProof, PhoneProof};
    check(vec![], State::HoldForReview);
    check(vec![screened(done(vec![]), &[])], CLEAR);
    let asks = || screened(done(vec![]), &[EmailProof, PhoneProof]);
    check(vec![asks()], State::HoldForData);
    check(vec![asks(), taken(EmailProof, Outcome::Confirmed)], State::HoldForData);
    check(vec![asks(), taken(EmailProof, Outcome::Confirmed), taken(PhoneProof, Outcome::Confirmed)], CLEAR);
}

#[test]
fn what_is_not_known_is_held_and_never_clear() {
    let course = check(vec![screened(Screened::Failed(Failure::BrokeOff), &[])], State::HoldForReview);
    assert_eq!(course.causes(at(2)), [Cause::ScreeningFailed]);
    let stale = Screened::Done { editions: vec![edition(1, true)], found: vec![], cannot_tell: false };
    let course = check(vec![screened(stale, &[])], State::HoldForReview);
    assert_eq!(course.causes(at(2)), [Cause::StaleList]);
    assert!(course.needs_screening(&[edition(2, false)]) && !course.needs_screening(&[edition(1, true)]));
    let little = Screened::Done { editions: vec![], found: vec![], cannot_tell: true };
    check(vec![screened(little, &[])], State::HoldForData);
    let asks = || screened(done(vec![]), &[CheckKind::VatNumber]);
    let course = check(vec![asks(), taken(CheckKind::VatNumber, Outcome::Unavailable)], State::HoldForData);
    assert_eq!(course.causes(at(3)), [Cause::Unavailable(CheckKind::VatNumber)]);
    check(vec![asks(), taken(CheckKind::VatNumber, Outcome::NotConfirmed)], State::HoldForReview);
}

#[test]
fn a_hit_is_looked_at_by_people_who_let_in_only_whom_they_judged() {
    use ReasonCode::{NameOnly, RegisterAgrees};
    let found = |class, force| screened(done(vec![hit(class, force, "Orchard 9")]), &[]);
    let weak = || found(Class::Weak, Force::Advisory);
    check(vec![weak()], State::HoldForReview);
    refuses(vec![weak()], released("anna", "fine"), DeedError::HitOpen);
    check(vec![weak(), says("anna", NameOnly)], State::HoldForReview);
    check(vec![weak(), says("anna", NameOnly), released("anna", "")], CLEAR);
    // A strong hit is closed by two.
    let strong = || found(Class::Strong, Force::Advisory);
    refuses(vec![strong(), says("anna", NameOnly)], released("anna", "fine"), DeedError::HitOpen);
    check(vec![strong(), says("anna", NameOnly), says("bram", NameOnly), released("anna", "")], CLEAR);
    // Who is meant is let in with words only, and never against a binding list.
    let same = || vec![strong(), says("anna", RegisterAgrees), says("bram", RegisterAgrees)];
    refuses(same(), released("anna", " "), DeedError::NoNote);
    let mut events = same();
    events.push(released("anna", "no resale, and an end-customer register"));
    check(events, CLEAR);
    let binding = found(Class::Weak, Force::Binding);
    let judged = vec![binding, says("anna", RegisterAgrees), says("bram", RegisterAgrees)];
    refuses(judged, released("anna", "fine"), DeedError::Binding);
}

#[test]
fn a_refusal_needs_an_own_ground_and_a_second_person_where_it_rests_on_a_hit() {
    let nothing = || screened(done(vec![]), &[CheckKind::Identity]);
    refuses(vec![nothing()], refused("anna", "  "), DeedError::NoOwnGround);
    check(vec![nothing(), refused("anna", "shows no document, asked three times")], State::Refused);
    let found = || screened(done(vec![hit(Class::Probable, Force::Advisory, "Orchard 9")]), &[]);
    let proposed = || vec![found(), refused("anna", "the papers are those of another firm")];
    check(proposed(), State::HoldForReview);
    refuses(proposed(), seconded("anna"), DeedError::OwnSecond { by: "anna".to_owned() });
    refuses(proposed(), released("bram", "fine"), DeedError::RefusalProposed);
    check([proposed(), vec![seconded("bram")]].concat(), State::Refused);
    check([proposed(), vec![objected("bram")]].concat(), State::HoldForReview);
    refuses(vec![found()], seconded("bram"), DeedError::NothingProposed);
    // A hit that was judged to be another party is none.
    check(
        vec![found(), says("anna", ReasonCode::NameOnly), refused("anna", "pays with a stolen card")],
        State::Refused,
    );
}

#[test]
fn a_hold_ends_at_its_time_and_not_before() {
    let over = |second| Event::Expired { at: at(second) };
    refuses(vec![], over(HELD_UNTIL - 1), DeedError::NotOver);
    let course = check(vec![over(HELD_UNTIL)], State::Expired);
    assert_eq!(gate::answer(Some(&course), Mode::Gate, at(HELD_UNTIL)), Answer::Hold);
    let clear = || screened(done(vec![]), &[]);
    // What may be provisioned does not expire: the gate holds it after its time, and the customer may be one by then.
    refuses(vec![clear()], over(CLEAR_UNTIL + 1), DeedError::NotOver);
    refuses(vec![over(HELD_UNTIL)], clear(), DeedError::Over(State::Expired));
    // Who orders again begins again, unless they were refused.
    let again = || Event::Changed { at: at(2_000), expires_at: at(3_000) };
    check(vec![over(HELD_UNTIL), again()], State::HoldForReview);
    check(vec![over(HELD_UNTIL), again(), clear()], CLEAR);
    let refusal = vec![clear(), refused("anna", "false papers")];
    refuses(refusal, again(), DeedError::Over(State::Refused));
}

#[test]
fn another_edition_opens_what_was_let_in_only_where_something_changed() {
    let found = |value| screened(done(vec![hit(Class::Weak, Force::Advisory, value)]), &[]);
    let let_in = || vec![found("Orchard 9"), says("anna", ReasonCode::NameOnly), released("anna", "")];
    check([let_in(), vec![found("Orchard 9")]].concat(), CLEAR);
    check([let_in(), vec![found("Orchard Nine")]].concat(), State::HoldForReview);
    check(
        [let_in(), vec![screened(Screened::Failed(Failure::NoEdition), &[])]].concat(),
        State::HoldForReview,
    );
    let changed = Event::Changed { at: at(6), expires_at: at(HELD_UNTIL) };
    check([let_in(), vec![changed]].concat(), State::HoldForReview);
}

#[test]
fn who_was_asked_for_more_waits_for_it() {
    let ask = |kinds: &[CheckKind]| Event::Asked { by: "anna".to_owned(), at: at(2), kinds: kinds.to_vec() };
    let found = || screened(done(vec![hit(Class::Weak, Force::Advisory, "Orchard 9")]), &[]);
    refuses(vec![found()], ask(&[]), DeedError::NothingAsked);
    check(vec![found(), ask(&[CheckKind::RegisterNumber])], State::HoldForData);
    check(
        vec![
            found(),
            ask(&[CheckKind::RegisterNumber]),
            taken(CheckKind::RegisterNumber, Outcome::Confirmed),
        ],
        State::HoldForReview,
    );
}

#[test]
fn the_gate_goes_on_only_for_what_is_clear_now() {
    let clear = check(vec![screened(done(vec![]), &[])], CLEAR);
    let held = received();
    assert_eq!(gate::answer(Some(&clear), Mode::Gate, at(CLEAR_UNTIL)), Answer::GoOn);
    assert_eq!(gate::answer(Some(&clear), Mode::Gate, at(CLEAR_UNTIL + 1)), Answer::Hold);
    assert_eq!(gate::answer(Some(&held), Mode::Gate, at(1)), Answer::Hold);
    assert_eq!(gate::answer(None, Mode::Gate, at(1)), Answer::Hold);
    // The first two weeks nothing is held but what a person refused, and what nobody knows.
    assert_eq!(gate::answer(Some(&held), Mode::LogOnly, at(1)), Answer::GoOn);
    assert_eq!(gate::answer(None, Mode::LogOnly, at(1)), Answer::Hold);
    let no = check(vec![screened(done(vec![]), &[]), refused("anna", "false papers")], State::Refused);
    assert_eq!(gate::answer(Some(&no), Mode::LogOnly, at(1)), Answer::Hold);
}

fn any_event() -> impl Strategy<Value = Event> {
    let person = prop_oneof![Just("anna"), Just("bram")];
    let value = prop_oneof![Just("Orchard 9"), Just("Orchard Nine")];
    let class = prop_oneof![Just(Class::Weak), Just(Class::Strong)];
    let force = prop_oneof![Just(Force::Advisory), Just(Force::Binding)];
    let outcome =
        prop_oneof![Just(Outcome::Confirmed), Just(Outcome::NotConfirmed), Just(Outcome::Unavailable)];
    let reason = prop_oneof![
        Just(ReasonCode::NameOnly),
        Just(ReasonCode::RegisterAgrees),
        Just(ReasonCode::NeedsData)
    ];
    prop_oneof![
        Just(screened(done(vec![]), &[CheckKind::Identity])),
        Just(screened(Screened::Failed(Failure::BrokeOff), &[])),
        (class, force, value)
            .prop_map(|(class, force, value)| screened(done(vec![hit(class, force, value)]), &[])),
        outcome.prop_map(|outcome| taken(CheckKind::Identity, outcome)),
        (person.clone(), reason).prop_map(|(by, reason)| says(by, reason)),
        (person.clone(), prop_oneof![Just(""), Just("a reason")]).prop_map(|(by, note)| released(by, note)),
        person.clone().prop_map(|by| refused(by, "own ground")),
        person.clone().prop_map(seconded),
        person.prop_map(objected),
        Just(Event::Changed { at: at(7), expires_at: at(HELD_UNTIL) }),
        Just(Event::Expired { at: at(HELD_UNTIL) }),
    ]
}

/// The people who spoke for a refusal since the facts came, and who let somebody in.
fn people<'a>(events: &'a [Event], of: impl Fn(&'a Event) -> Option<&'a str>) -> Vec<&'a str> {
    let mut people: Vec<&str> = events.iter().filter_map(of).collect();
    people.sort_unstable();
    people.dedup();
    people
}

proptest! {
    #[test]
    fn in_whatever_order_people_act_nobody_gets_through_alone(events in proptest::collection::vec(any_event(), 0..25)) {
        let mut course = received();
        for event in events {
            let was_resting = course.rests_on_hit();
            let before = course.state();
            if course.take(event.clone()).is_err() {
                continue;
            }
            if course.state() == State::Refused && before != State::Refused {
                let who = people(course.events(), |event| match event {
                    Event::Refused { by, .. } | Event::Seconded { by, .. } => Some(by),
                    _ => None,
                });
                prop_assert!(!was_resting || who.len() == 2, "{:?}", course.events());
                prop_assert!(!who.is_empty());
            }
            if matches!(course.state(), State::Clear { .. }) {
                for one in course.hits() {
                    let judged = one.review.standing();
                    let fits = match judged {
                        review::Standing::Judged(Judgement::NotTheSame) => true,
                        review::Standing::Judged(Judgement::Same) => one.found.force != Force::Binding,
                        _ => false,
                    };
                    prop_assert!(fits, "let in with {judged:?}");
                }
                let looked_up = matches!(course.screened(), Some(Screened::Done { .. }));
                prop_assert!(looked_up, "nobody is let in unseen");
            }
        }
        // What is kept goes the same way again.
        let kept = serde_json::to_string(&course).unwrap();
        prop_assert_eq!(serde_json::from_str::<Course>(&kept).unwrap(), course);
    }
}

#[test]
fn what_nobody_brought_about_is_not_read() {
    let found = || screened(done(vec![hit(Class::Strong, Force::Advisory, "Orchard 9")]), &[]);
    let check = |events: Vec<Event>, is_read: bool| {
        let kept = serde_json::to_string(&events).unwrap();
        assert_eq!(serde_json::from_str::<Course>(&kept).is_ok(), is_read, "{events:?}");
    };
    let begin = || Event::Received { at: at(0), expires_at: at(HELD_UNTIL) };
    check(vec![], false);
    check(vec![found()], false);
    check(vec![begin(), found(), released("anna", "fine")], false);
    check(vec![begin(), found(), refused("anna", "own ground"), seconded("anna")], false);
    check(vec![begin(), found(), refused("anna", "own ground"), seconded("bram")], true);
}
