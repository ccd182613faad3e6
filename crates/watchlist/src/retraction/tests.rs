//! Which hits and decisions a retraction touches.

use jiff::civil::date;

use super::*;
use crate::{
    EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind, Nature, RetractedValue, Status,
};

fn edition(number: u32, entries: Vec<Entry>) -> Edition {
    let list = ListInfo {
        id: "harbour".to_owned(),
        issuer: String::new(),
        title: String::new(),
        nature: Nature::Advisory,
        purpose: String::new(),
        handling: String::new(),
        onward_sharing: String::new(),
        answers_to: None,
    };
    Edition { list, number, issued_at: None, valid_until: None, replaces: None, entries }
}

fn asn() -> ListedValue {
    ListedValue::Identifier(IdentifierKind::Asn, "AS64500".to_owned())
}

fn domain() -> ListedValue {
    ListedValue::Identifier(IdentifierKind::Domain, "orchard.example".to_owned())
}

fn orchard() -> Entry {
    let mut entry = Entry::new("A", EntryType::Brand);
    entry.names = vec![Name::new(NameKind::Primary, "Orchard Nine")];
    entry.identifiers = vec![
        Identifier::new(IdentifierKind::Asn, "AS64500"),
        Identifier::new(IdentifierKind::Domain, "orchard.example"),
    ];
    entry
}

/// The advice for a hit that rests on `values`, after `orchard` became `after`.
#[track_caller]
fn check(after: Vec<Entry>, values: &[ListedValue], expected: Option<Advice>) {
    let retraction = retraction_between(&edition(1, vec![orchard()]), &edition(2, after));
    assert_eq!(retraction.advice_for(&EntryId("A".to_owned()), values), expected, "{:?}", retraction.items);
}

#[test]
fn a_retracted_value_touches_only_hits_that_rest_on_it() {
    let mut after = orchard();
    after.identifiers.remove(0);
    after.retracted = vec![RetractedValue::new(asn(), WithdrawalReason::Reassigned, date(2026, 2, 1))];

    check(vec![after.clone()], &[asn()], Some(Advice::Reopen));
    check(vec![after.clone()], &[asn(), domain()], Some(Advice::Reopen));
    check(vec![after], &[domain()], None);
}

#[test]
fn a_value_that_is_gone_without_a_word_asks_for_a_review() {
    let mut after = orchard();
    after.identifiers.remove(0);

    check(vec![after], &[asn()], Some(Advice::Reopen));
}

#[test]
fn a_value_that_stands_with_other_dates_is_not_retracted() {
    let mut after = orchard();
    after.identifiers[0].validity.to = Some(date(2026, 1, 1));

    check(vec![after], &[asn()], None);
}

#[test]
fn a_withdrawn_entry_touches_every_hit_on_it() {
    let withdrawn = |reason| {
        let withdrawal = Withdrawal::new(reason, date(2026, 2, 1));
        vec![Entry::withdrawn(EntryId("A".to_owned()), 2, EntryType::Brand, withdrawal)]
    };
    check(withdrawn(WithdrawalReason::WrongParty), &[domain()], Some(Advice::Reopen));
    check(withdrawn(WithdrawalReason::NotSeenAgain), &[], Some(Advice::Inform));
    check(Vec::new(), &[domain()], Some(Advice::Reopen));
}

#[test]
fn a_new_or_unchanged_entry_is_no_retraction() {
    let mut suspended = orchard();
    suspended.status = Status::Suspended;

    check(vec![orchard(), Entry::new("B", EntryType::Brand)], &[domain()], None);
    check(vec![suspended], &[domain()], None);
}

#[test]
fn the_time_of_a_withdrawn_entry_may_end_without_touching_anything_again() {
    let withdrawal = Withdrawal::new(WithdrawalReason::Mistaken, date(2026, 2, 1));
    let withdrawn = Entry::withdrawn(EntryId("A".to_owned()), 2, EntryType::Brand, withdrawal);

    let retraction = retraction_between(&edition(2, vec![withdrawn]), &edition(3, Vec::new()));

    assert!(retraction.is_empty());
}
