//! What is refused, and what an edition looks like.

use jiff::civil::date;

use super::*;
use crate::{
    EntryType, Identifier, IdentifierKind, Name, NameKind, Nature, Relation, RelationKind, WithdrawalReason,
};

const DATES: Dates = Dates { issued_at: date(2026, 3, 1), valid_until: date(2026, 6, 1) };

fn list() -> ListInfo {
    ListInfo {
        id: "harbour".to_owned(),
        issuer: "Example Harbour Police".to_owned(),
        title: "Test".to_owned(),
        nature: Nature::Advisory,
        purpose: String::new(),
        handling: "TLP:AMBER".to_owned(),
        onward_sharing: "none".to_owned(),
        answers_to: None,
    }
}

fn orchard(id: &str) -> Entry {
    let mut entry = Entry::new(id, EntryType::Brand);
    entry.names = vec![Name::new(NameKind::Primary, "Orchard Nine")];
    entry.identifiers = vec![Identifier::new(IdentifierKind::Domain, "orchard.example")];
    entry.first_observed = Some(date(2025, 5, 1));
    entry.last_observed = Some(date(2026, 2, 1));
    entry.review_by = Some(date(2026, 12, 1));
    entry
}

fn first() -> Edition {
    compile(list(), vec![orchard("A"), orchard("B")], None, 1, DATES).unwrap()
}

/// Compiles `A`, changed, as a first edition, and shows all faults.
#[track_caller]
fn check(change: impl FnOnce(&mut Entry), expected: &str) {
    let mut entry = orchard("A");
    change(&mut entry);
    check_faults(compile(list(), vec![entry], None, 1, DATES), expected);
}

#[track_caller]
fn check_faults(result: Result<Edition, CompileError>, expected: &str) {
    let faults = result.unwrap_err().faults;
    assert!(faults.iter().all(|fault| !fault.hint().is_empty()));
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(shown.join("\n"), expected);
}

#[test]
fn an_entry_without_name_or_identifier_is_refused() {
    check(
        |entry| {
            entry.names.clear();
            entry.identifiers.clear();
        },
        "a name or an identifier is missing in entry A",
    );
}

#[test]
fn dates_run_forward() {
    check(
        |entry| entry.first_observed = Some(date(2026, 2, 2)),
        "the last observation is 2026-02-01, expected a day not before 2026-02-02, in entry A",
    );
    check(
        |entry| entry.last_observed = Some(date(2026, 4, 1)),
        "the day of issue is 2026-03-01, expected a day not before 2026-04-01, in entry A",
    );
    check(
        |entry| {
            entry.identifiers[0].validity =
                crate::Validity { from: Some(DATES.issued_at), to: Some(date(2026, 1, 1)) }
        },
        "the end of an identifier is 2026-01-01, expected a day not before 2026-03-01, in entry A",
    );
    let late = Dates { valid_until: date(2026, 2, 28), ..DATES };
    check_faults(
        compile(list(), vec![orchard("A")], None, 1, late),
        "the end of validity is 2026-02-28, expected a day not before 2026-03-01",
    );
}

#[test]
fn an_entry_whose_review_has_passed_is_refused() {
    check(
        |entry| entry.review_by = Some(date(2026, 2, 28)),
        "entry A was to be reviewed by 2026-02-28, and the edition is of 2026-03-01",
    );
    check(|entry| entry.review_by = None, "the day of the next review is missing in entry A");
}

#[test]
fn a_value_that_readers_would_drop_is_refused_without_being_shown() {
    check(
        |entry| entry.identifiers.push(Identifier::new(IdentifierKind::IpRange, "0.0.0.0/0")),
        "a value of entry A cannot be listed: ip_range, expected an IPv4 prefix of /8 or longer",
    );
}

#[test]
fn a_value_cannot_stand_and_be_retracted() {
    check(
        |entry| {
            let value = crate::ListedValue::Identifier(IdentifierKind::Domain, "orchard.example".to_owned());
            entry.retracted =
                vec![crate::RetractedValue::new(value, WithdrawalReason::WrongParty, DATES.issued_at)];
        },
        "entry A lists a value and retracts it at the same time: domain",
    );
}

#[test]
fn relations_lead_to_entries_that_stand() {
    check(
        |entry| {
            let to = EntryId("Z".to_owned());
            entry.relations =
                vec![Relation { kind: RelationKind::BrandOf, to, from_date: None, to_date: None }];
        },
        "entry A refers to Z, which is not in the edition or was withdrawn",
    );
}

#[test]
fn ids_are_unique_and_the_list_is_not_empty() {
    check_faults(
        compile(list(), vec![orchard("A"), orchard("A")], None, 1, DATES),
        "two entries have the id A",
    );
    check_faults(compile(list(), Vec::new(), None, 1, DATES), "no entry stands: the edition would be empty");
}

#[test]
fn numbers_rise_by_one() {
    check_faults(
        compile(list(), vec![orchard("A"), orchard("B")], Some(&first()), 3, DATES),
        "the edition has number 3, expected 2",
    );
    check_faults(compile(list(), vec![orchard("A")], None, 0, DATES), "the edition has number 0, expected 1");
}

#[test]
fn nothing_disappears_in_silence_and_nothing_withdrawn_comes_back() {
    let before = first();
    check_faults(
        compile(list(), vec![orchard("A")], Some(&before), 2, DATES),
        "entry B was in the edition before and is neither listed nor withdrawn",
    );
    let mut withdrawn = orchard("B");
    withdrawn.status = Status::Withdrawn;
    check_faults(
        compile(list(), vec![orchard("A"), withdrawn.clone()], Some(&before), 2, DATES),
        "the reason of the withdrawal is missing in entry B",
    );
    withdrawn.withdrawal = Some(Withdrawal::new(WithdrawalReason::WrongParty, date(2026, 2, 20)));
    let second = compile(list(), vec![orchard("A"), withdrawn], Some(&before), 2, DATES).unwrap();
    check_faults(
        compile(list(), vec![orchard("A"), orchard("B")], Some(&second), 3, DATES),
        "entry B was withdrawn in an earlier edition and is listed again",
    );
}

#[test]
fn a_withdrawn_entry_stays_without_content_until_nobody_needs_it() {
    let mut withdrawn = orchard("B");
    withdrawn.status = Status::Withdrawn;
    withdrawn.withdrawal = Some(Withdrawal::new(WithdrawalReason::Mistaken, date(2026, 2, 20)));

    let second = compile(list(), vec![orchard("A"), withdrawn], Some(&first()), 2, DATES).unwrap();
    let third = compile(list(), vec![orchard("A")], Some(&second), 3, DATES).unwrap();
    let much_later = Dates { issued_at: date(2028, 2, 21), valid_until: date(2028, 6, 1) };
    let mut renewed = orchard("A");
    renewed.review_by = Some(date(2028, 12, 1));
    let fourth = compile(list(), vec![renewed], Some(&third), 4, much_later).unwrap();

    let ids = |edition: &Edition| edition.entries.iter().map(|entry| entry.id.0.clone()).collect::<String>();
    assert_eq!((ids(&second), ids(&third), ids(&fourth)), ("AB".into(), "AB".into(), "A".into()));
    assert!(second.entries[1].names.is_empty() && second.entries[1].identifiers.is_empty());
    assert_eq!(
        (second.entries[0].revision, second.entries[1].revision, third.entries[1].revision),
        (1, 2, 2)
    );
}

#[test]
fn the_order_of_entries_and_values_changes_nothing() {
    let mut swapped = orchard("A");
    swapped.names =
        vec![Name::new(NameKind::Alias, " orchard9 "), Name::new(NameKind::Primary, "Orchard Nine")];
    let mut plain = orchard("A");
    plain.names.push(Name::new(NameKind::Alias, "orchard9"));

    let left = compile(list(), vec![swapped, orchard("B")], None, 1, DATES).unwrap();
    let right = compile(list(), vec![orchard("B"), plain], None, 1, DATES).unwrap();

    assert_eq!(crate::format::v1::write(&left), crate::format::v1::write(&right));
}

#[test]
fn all_faults_are_told_at_once() {
    let mut entry = orchard("A");
    entry.review_by = None;
    let error = compile(list(), vec![entry], None, 0, DATES).unwrap_err();

    assert_eq!(
        error.to_string(),
        "the edition cannot be made: the edition has number 0, expected 1 (and 1 more fault)"
    );
}
