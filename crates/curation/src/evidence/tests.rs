//! Sealing, custody, and what does not come out.

use super::*;
use crate::capture::CapturedFile;
use crate::{Role, TeamId};

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_770_000_000 + second).unwrap()
}

fn person(code: &str, roles: &[Role]) -> Person {
    let id = PersonId::new(code).unwrap();
    Person { id, team: TeamId("north".to_owned()), roles: roles.to_vec(), keys: Vec::new() }
}

fn observation() -> Observation {
    let file =
        CapturedFile::recognise("page.html", b"<!doctype html><html><body>abuse ignored</body></html>");
    Observation {
        id: EvidenceId("EV-1".to_owned()),
        place: Place::Url("https://www.forum.example/thread/9".to_owned()),
        captured_at: at(0),
        method: "browser".to_owned(),
        tool: "capture 1.0".to_owned(),
        files: vec![file.unwrap()],
        quote: Some(Quote {
            text: "абузы игнорируем".to_owned(),
            language: "ru".to_owned(),
            translation: None,
        }),
        claimed_services: vec!["vps".to_owned()],
        offence_categories: vec!["phishing".to_owned()],
        grades: Grades {
            observation: Grade::read("A1").unwrap(),
            claim: Grade::read("F6").unwrap(),
            link: Grade::read("B2").unwrap(),
        },
    }
}

fn captured(by: &Person) -> Evidence {
    let fields = RestrictedFields {
        collector_code: "K-77".to_owned(),
        account: Some("night-heron".to_owned()),
        network_exit: Some("exit-3".to_owned()),
    };
    Evidence::capture(observation(), Restricted::new(fields), by).unwrap()
}

fn sealed() -> SealedEvidence {
    let collector = person("carla", &[Role::Collector]);
    captured(&collector).seal(&collector, at(10)).unwrap()
}

#[test]
fn every_part_of_an_observation_is_in_the_seal() {
    let seal = observation().seal();
    let changes: [fn(&mut Observation); 12] = [
        |o| o.id.0.push('x'),
        |o| o.place = Place::Described("https://www.forum.example/thread/9".to_owned()),
        |o| o.captured_at = at(1),
        |o| o.method.push('x'),
        |o| o.tool.push('x'),
        |o| o.files.clear(),
        |o| o.quote = None,
        |o| o.quote.as_mut().unwrap().language = "uk".to_owned(),
        |o| o.claimed_services.clear(),
        |o| o.offence_categories.push("spam".to_owned()),
        |o| o.grades.claim = Grade::read("E5").unwrap(),
        |o| {
            let translation = Translation {
                text: "x".to_owned(),
                language: "en".to_owned(),
                made_with: "person".to_owned(),
            };
            o.quote.as_mut().unwrap().translation = Some(translation);
        },
    ];
    for (place, change) in changes.into_iter().enumerate() {
        let mut changed = observation();
        change(&mut changed);
        assert_ne!(changed.seal(), seal, "change {place}");
    }
}

#[test]
fn changed_evidence_does_not_come_back_from_the_store() {
    let mut parts = sealed().into_parts();
    parts.observation.grades.link = Grade::read("A1").unwrap();

    let error = SealedEvidence::from_parts(parts).unwrap_err();

    assert!(matches!(error, EvidenceError::SealBroken { .. }), "{error}");
    assert!(SealedEvidence::from_parts(sealed().into_parts()).is_ok());
}

#[test]
fn what_was_captured_cannot_be_completed_away() {
    let collector = person("carla", &[Role::Collector]);
    let mut evidence = captured(&collector);

    let error = evidence.complete(&collector, at(5), |o| o.tool = "other".to_owned()).unwrap_err();
    evidence.complete(&collector, at(5), |o| o.grades.claim = Grade::read("E5").unwrap()).unwrap();

    assert_eq!(error, ObservationError::CaptureChanged.into());
    assert_eq!(evidence.observation().grades.claim.to_string(), "E5");
}

#[test]
fn an_incomplete_observation_is_not_sealed() {
    let check = |change: fn(&mut Observation), expected: &str| {
        let mut observation = observation();
        change(&mut observation);
        assert_eq!(observation.check().unwrap_err().to_string(), expected);
    };
    check(|o| o.files.clear(), "the evidence has no captured file");
    check(|o| o.tool.clear(), "the tool of the evidence is empty");
    check(|o| o.quote.as_mut().unwrap().text.clear(), "the quote of the evidence is empty");
    check(|o| o.files.push(o.files[0].clone()), "two captured files have the name of file 2");
}

#[test]
fn nothing_restricted_is_in_the_copy_for_approvers_or_in_debug() {
    let analyst = person("anna", &[Role::Analyst]);
    let mut evidence = sealed();

    let copy = evidence.redact(&analyst, at(20)).unwrap();

    assert!(copy.is_whole());
    let shown = format!("{copy:?} {:?} {evidence:?} {:?}", copy.observation(), evidence.restricted);
    for secret in ["K-77", "night-heron", "exit-3", "carla", "forum"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    let steps: Vec<&str> = copy.history().iter().map(|(step, _)| step.word()).collect();
    assert_eq!(steps, ["captured", "sealed", "redacted"]);
}

#[test]
fn restricted_fields_are_for_collectors_and_looking_is_noted() {
    let mut evidence = sealed();
    let forbidden = evidence.view_restricted(&person("pim", &[Role::Prosecution]), at(20)).unwrap_err();
    let collector = person("cees", &[Role::Collector]);

    assert_eq!(evidence.view_restricted(&collector, at(21)).unwrap().collector_code, "K-77");

    assert_eq!(
        forbidden.to_string(),
        "pim may not view who collected evidence: this needs the role collector"
    );
    assert!(evidence.custody().has(CustodyStep::ViewedRestricted));
    assert!(!evidence.touched_by().contains(&collector.id));
}

#[test]
fn the_custody_log_only_grows_and_runs_forward() {
    let collector = person("carla", &[Role::Collector]);
    let mut evidence = sealed();

    let back = evidence.note(CustodyStep::Copied, &collector, at(5)).unwrap_err();
    let by_hand = evidence.note(CustodyStep::Sealed, &collector, at(30)).unwrap_err();
    evidence.note(CustodyStep::Destroyed, &collector, at(40)).unwrap();
    let after = evidence.view(&collector, at(50)).unwrap_err();

    assert_eq!(back, CustodyError::BackInTime { at: at(5), last: at(10) }.into());
    assert_eq!(by_hand, CustodyError::NotByHand { step: CustodyStep::Sealed }.into());
    assert_eq!(after, CustodyError::Destroyed.into());
    assert!(evidence.is_destroyed());
    let mut events = evidence.custody().events().to_vec();
    assert!(CustodyLog::from_events(events.clone()).is_ok());
    events.swap(0, 1);
    assert_eq!(CustodyLog::from_events(events), Err(CustodyError::NoCapture));
}

#[test]
fn two_sources_are_told_apart_by_their_site() {
    let origin = |url: &str| Place::Url(url.to_owned()).origin();

    assert_eq!(origin("https://www.Forum.example:8443/a?b"), "forum.example");
    assert_eq!(origin("http://user@forum.example."), "forum.example");
    assert_ne!(origin("https://forum.example"), origin("https://blog.example"));
}
