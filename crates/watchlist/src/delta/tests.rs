//! Applied to the old edition a difference gives the new one; and what a person sees of it.

use jiff::civil::{Date, date};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::format::v1::write;
use crate::{
    Address, EntryType, Identifier, IdentifierKind, ListedValue, Name, NameKind, Nature, Relation,
    RelationKind, RetractedValue, Validity, WithdrawalReason, compile, compile::normal_form, retraction,
};

/// Few different values, so that two editions share most of them.
fn text() -> impl Strategy<Value = String> {
    select(vec!["orchard", "quay", "mole", "buoy", "кей"]).prop_map(str::to_owned)
}

fn day() -> impl Strategy<Value = Date> {
    (1i8..=4).prop_map(|month| Date::constant(2026, month, 1))
}

prop_compose! {
    fn identifier()(
        kind in select(vec![IdentifierKind::Handle, IdentifierKind::Phone]), value in text(),
        from in option::of(day()), to in option::of(day()), country in option::of(text()),
    ) -> Identifier {
        Identifier { kind, value, validity: Validity { from, to }, strength: None, country }
    }
}

prop_compose! {
    fn values()(
        names in vec((text(), select(vec![NameKind::Primary, NameKind::Alias])), 0..4),
        identifiers in vec(identifier(), 0..5), cities in vec(text(), 0..3),
        relations in vec((text(), option::of(day())), 0..3), retracted in vec(text(), 0..2),
    ) -> Entry {
        let mut entry = Entry::new("", EntryType::Brand);
        entry.names = names.into_iter().map(|(text, kind)| Name::new(kind, text)).collect();
        entry.identifiers = identifiers;
        entry.addresses = cities.into_iter().map(|city| Address { city, ..Address::default() }).collect();
        entry.relations = relations.into_iter().map(|(to, from_date)| Relation {
            kind: RelationKind::BrandOf, to: EntryId(to), from_date, to_date: None,
        }).collect();
        entry.retracted = retracted.into_iter().map(|text| {
            RetractedValue::new(ListedValue::Name(text), WithdrawalReason::Mistaken, date(2026, 1, 1))
        }).collect();
        entry
    }
}

prop_compose! {
    fn entry()(
        mut entry in values(), id in 0..6, revision in 1u32..4, texts in vec(option::of(text()), 4),
        offences in vec(text(), 0..3), dates in vec(option::of(day()), 3),
        status in select(vec![Status::Active, Status::Suspended, Status::Withdrawn]),
    ) -> Entry {
        entry.id = EntryId(format!("E-{id}"));
        (entry.revision, entry.status) = (revision, status);
        entry.jurisdiction = texts[0].clone();
        entry.claims.bulletproof = texts[1].clone();
        entry.note = texts[2].clone();
        entry.criteria = texts[3].clone().into_iter().collect();
        entry.countries = offences.clone();
        entry.claims.offences = offences;
        entry.first_observed = dates[0];
        entry.last_observed = dates[1];
        entry.review_by = dates[2];
        if status == Status::Withdrawn {
            entry.withdrawal = Some(Withdrawal::new(WithdrawalReason::Mistaken, date(2026, 1, 1)));
        }
        normal_form(entry)
    }
}

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

prop_compose! {
    fn edition()(number in 1u32..9, entries in vec(entry(), 0..6), issued_at in option::of(day())) -> Edition {
        let entries: BTreeMap<EntryId, Entry> =
            entries.into_iter().map(|entry| (entry.id.clone(), entry)).collect();
        let entries = entries.into_values().collect();
        Edition { list: list(), number, issued_at, valid_until: None, replaces: number.checked_sub(1), entries }
    }
}

/// The entries made fit for an edition that follows one with the entries `before`.
fn publishable(edition: &Edition, before: &[Entry]) -> Vec<Entry> {
    let mut entries: Vec<Entry> = edition.entries.iter().cloned().map(fit).collect();
    let was_withdrawn = |id: &EntryId| before.iter().any(|old| old.id == *id && !old.stands());
    entries.retain(|entry| !was_withdrawn(&entry.id));
    let mut always = Entry::new("Z", EntryType::Brand);
    always.names = vec![Name::new(NameKind::Primary, "Buoy")];
    entries.push(fit(always));
    for old in before {
        if !entries.iter().any(|entry| entry.id == old.id) {
            let withdrawal = Withdrawal::new(WithdrawalReason::Ceased, date(2026, 3, 1));
            entries.push(Entry::withdrawn(old.id.clone(), 1, old.entry_type, withdrawal));
        }
    }
    entries
}

fn fit(mut entry: Entry) -> Entry {
    entry.names.push(Name::new(NameKind::Alias, "Harbour"));
    entry.relations.clear();
    entry.retracted.clear();
    for identifier in &mut entry.identifiers {
        identifier.validity.to = None;
    }
    entry.first_observed = None;
    entry.last_observed = Some(entry.last_observed.unwrap_or(date(2026, 1, 1)));
    entry.review_by = Some(date(2026, 12, 1));
    entry
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_difference_applied_to_the_old_edition_gives_the_new_one(old in edition(), new in edition()) {
        let delta = delta(&old, &new);

        let applied = delta.apply(&old).unwrap();

        prop_assert_eq!(write(&applied), write(&new));
        prop_assert_eq!(delta.is_empty(), old.entries == new.entries);
    }

    #[test]
    fn every_changed_field_but_the_revision_has_a_row(old in edition(), new in edition()) {
        for change in delta(&old, &new).changed {
            let only_revision = change.differences().is_empty();
            prop_assert!(!only_revision || change.revision.is_some());
        }
    }

    #[test]
    fn compiled_editions_follow_each_other(old in edition(), new in edition()) {
        let dates = crate::Dates { issued_at: date(2026, 4, 1), valid_until: date(2026, 7, 1) };
        let first = compile(list(), publishable(&old, &[]), None, 1, dates).unwrap();
        let second = compile(list(), publishable(&new, &first.entries), Some(&first), 2, dates).unwrap();

        let applied = delta(&first, &second).apply(&first).unwrap();

        prop_assert_eq!(write(&applied), write(&second));
        prop_assert_eq!(compile(list(), second.entries.clone(), Some(&first), 2, dates).unwrap().entries, second.entries);
    }

    #[test]
    fn what_is_gone_is_retracted_and_what_stands_is_not(old in edition(), new in edition()) {
        let retraction = retraction(&delta(&old, &new));
        let after = by_id(&new);
        for entry in old.entries.iter().filter(|entry| entry.stands()) {
            for value in entry.values() {
                let now = after.get(&entry.id).filter(|now| now.stands());
                let stands = now.is_some_and(|now| now.values().any(|other| other == value));
                let said = now.is_some_and(|now| now.retracted.iter().any(|one| one.value == value));
                let touched = retraction.touching(&entry.id, &[value]).next().is_some();
                prop_assert!(stands != touched || said, "{}", entry.id);
            }
        }
    }
}

fn orchard() -> Entry {
    let mut entry = Entry::new("A", EntryType::Brand);
    entry.names = vec![Name::new(NameKind::Primary, "Orchard Nine")];
    entry.identifiers = vec![
        Identifier::new(IdentifierKind::Asn, "AS64500"),
        Identifier::new(IdentifierKind::Domain, "orchard.example"),
    ];
    entry.last_observed = Some(date(2026, 1, 2));
    entry
}

fn edition_of(number: u32, entries: Vec<Entry>) -> Edition {
    Edition { list: list(), number, issued_at: None, valid_until: None, replaces: None, entries }
}

#[test]
fn a_person_sees_old_and_new_value_of_each_field() {
    let mut after = orchard();
    after.names[0].kind = NameKind::Previous;
    after.names.push(Name::new(NameKind::Primary, "Quay Ninety"));
    after.identifiers[0].validity.to = Some(date(2025, 11, 30));
    after.identifiers.remove(1);
    after.last_observed = Some(date(2026, 2, 20));
    after.status = Status::Suspended;

    let delta = delta(&edition_of(1, vec![orchard()]), &edition_of(2, vec![after]));

    let rows = delta.changed[0].differences().into_iter().map(|row| {
        let show = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        format!("{}: {} => {}", row.field, show(row.old), show(row.new))
    });
    insta::assert_snapshot!(rows.collect::<Vec<_>>().join("\n"), @r"
    status: active => suspended
    names: primary Orchard Nine => previous Orchard Nine
    names: - => primary Quay Ninety
    identifiers: domain orchard.example => -
    identifiers: asn AS64500 => asn AS64500 [..2025-11-30]
    last_observed: 2026-01-02 => 2026-02-20
    ");
}

#[test]
fn a_difference_for_another_edition_is_refused() {
    let delta = delta(&edition_of(1, vec![orchard()]), &edition_of(2, Vec::new()));

    let other = delta.apply(&edition_of(3, vec![orchard()])).unwrap_err();
    let empty = delta.apply(&edition_of(1, Vec::new())).unwrap_err();

    assert_eq!(other.to_string(), "the difference begins at edition 1, this is edition 3");
    assert_eq!(empty.to_string(), "entry A is not in the edition as the difference expects it");
}

#[test]
fn debug_shows_no_contents() {
    let mut after = orchard();
    after.names.clear();
    let delta = delta(&edition_of(1, vec![orchard()]), &edition_of(2, vec![after]));

    let shown = format!("{delta:?} {:?} {:?}", retraction(&delta), delta.changed[0].differences());

    assert!(!shown.contains("Orchard") && !shown.contains("orchard.example"), "{shown}");
}
