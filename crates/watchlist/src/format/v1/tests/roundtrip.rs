//! Whatever is written is read back the same, without a problem.

use jiff::civil::Date;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::super::{read, read_entry, words, write, write_entry};
use crate::entry::Claims;
use crate::{
    Address, Edition, Entry, EntryId, EntryType, Identifier, IdentifierKind, ListInfo, ListedValue, Name,
    Relation, RetractedValue, Status, Validity, Withdrawal,
};

/// Any text without blanks at its ends, with quotes, line ends and other scripts inside.
fn text() -> impl Strategy<Value = String> {
    "[a-zА-я\u{202e}\"\\\\]([ -~\n\t€한]{0,20}[a-z0-9])?"
}

fn date() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| Date::new(year, month, day).unwrap())
}

fn word<T: Copy + std::fmt::Debug + 'static>(
    words: &'static [(&'static str, T)],
) -> impl Strategy<Value = T> {
    select(words).prop_map(|(_, value)| value)
}

fn value_for(kind: IdentifierKind, text: String) -> String {
    match kind {
        IdentifierKind::IpRange => "2001:db8::/32".to_owned(),
        IdentifierKind::Asn => "AS64500".to_owned(),
        IdentifierKind::Email => format!("{text}@orchard.example"),
        IdentifierKind::Domain | IdentifierKind::NameServer | IdentifierKind::Hostname => {
            "ns1.orchard.example".to_owned()
        }
        _ => text,
    }
}

prop_compose! {
    fn identifier()(
        kind in select(IdentifierKind::ALL), text in text(), from in option::of(date()), to in option::of(date()),
        strength in option::of(word(words::STRENGTHS)), country in option::of(text()),
    ) -> Identifier {
        Identifier { kind, value: value_for(kind, text), validity: Validity { from, to }, strength, country }
    }
}

prop_compose! {
    fn name()(text in text(), kind in word(words::NAME_KINDS), script in option::of(text())) -> Name {
        Name { text, kind, script }
    }
}

prop_compose! {
    fn address()(street in text(), postcode in text(), city in text(), country in text(), without in 0..4) -> Address {
        let keep = |place, text| if place == without { String::new() } else { text };
        Address { street: keep(0, street), postcode: keep(1, postcode), city: keep(2, city), country: keep(3, country) }
    }
}

prop_compose! {
    fn relation()(
        kind in word(words::RELATION_KINDS), to in text(), from_date in option::of(date()), to_date in option::of(date()),
    ) -> Relation {
        Relation { kind, to: EntryId(to), from_date, to_date }
    }
}

prop_compose! {
    fn withdrawal()(
        reason in word(words::WITHDRAWAL_REASONS), advice in word(words::ADVICES), since in option::of(date()),
        successors in vec(text(), 0..3), note in option::of(text()),
    ) -> Withdrawal {
        Withdrawal { reason, advice, since, successors: successors.into_iter().map(EntryId).collect(), note }
    }
}

prop_compose! {
    fn retracted()(
        identifier in identifier(), name in text(), which in 0..3, reason in word(words::WITHDRAWAL_REASONS),
        advice in word(words::ADVICES), since in option::of(date()), note in option::of(text()),
    ) -> RetractedValue {
        let value = match which {
            0 => ListedValue::Name(name),
            1 => ListedValue::Address(name),
            _ => ListedValue::Identifier(identifier.kind, identifier.value),
        };
        RetractedValue { value, reason, advice, since, note }
    }
}

prop_compose! {
    fn entry()(
        revision: u32, status in word(words::STATUSES), entry_type in word(words::ENTRY_TYPES),
        names in vec(name(), 1..4), identifiers in vec(identifier(), 0..4), addresses in vec(address(), 0..3),
        relations in vec(relation(), 0..2), texts in vec(text(), 3..6), dates in vec(option::of(date()), 3),
        some: bool, retracted in vec(retracted(), 0..3), withdrawal in withdrawal(),
    ) -> Entry {
        let text = |place: usize| some.then(|| texts[place].clone());
        Entry {
            id: EntryId(String::new()), revision, status, entry_type, names, identifiers, addresses, relations,
            jurisdiction: text(0), countries: texts[3..].to_vec(), birth_date: some.then(|| "1971-03-04".to_owned()),
            claims: Claims { bulletproof: text(1), offences: texts[3..].to_vec() },
            first_observed: dates[0], last_observed: dates[1], review_by: dates[2], note: text(2),
            criteria: texts[3..].to_vec(), retracted,
            withdrawal: (status == Status::Withdrawn).then_some(withdrawal),
        }
    }
}

prop_compose! {
    fn edition()(
        texts in vec(text(), 6), nature in word(words::NATURES), number: u32, replaces: Option<u32>,
        issued_at in option::of(date()), valid_until in option::of(date()), answers_to in option::of(text()),
        mut entries in vec(entry(), 0..4),
    ) -> Edition {
        for (index, entry) in entries.iter_mut().enumerate() {
            entry.id = EntryId(format!("E-{index}"));
        }
        let [id, issuer, title, purpose, handling, onward_sharing] = texts.try_into().unwrap();
        let list = ListInfo { id, issuer, title, nature, purpose, handling, onward_sharing, answers_to };
        Edition { list, number, issued_at, valid_until, replaces, entries }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(edition in edition()) {
        let text = write(&edition);

        let reading = read(text.as_bytes()).unwrap();

        prop_assert!(reading.problems.is_empty(), "{}", reading.problems[0]);
        prop_assert_eq!(&reading.edition.list, &edition.list);
        prop_assert_eq!(reading.edition.number, edition.number);
        prop_assert_eq!(reading.edition.issued_at, edition.issued_at);
        prop_assert_eq!(reading.edition.valid_until, edition.valid_until);
        prop_assert_eq!(reading.edition.replaces, edition.replaces);
        prop_assert!(reading.edition.entries == edition.entries);
        prop_assert_eq!(write(&reading.edition), text);
        for entry in &edition.entries {
            let (read, problems) = read_entry(&write_entry(entry));
            prop_assert!(read.as_ref() == Some(entry) && problems.is_empty());
        }
    }
}

#[test]
fn the_bytes_of_a_small_list_do_not_change() {
    let mut entry = Entry::new("ORCH-1", EntryType::LegalEntity);
    entry.status = Status::Suspended;
    entry.names = vec![Name::new(crate::NameKind::Primary, "Orchard Nine B.V.")];
    entry.identifiers = vec![Identifier::new(IdentifierKind::Domain, "orchard.example")];
    let edition = Edition {
        list: ListInfo {
            id: "test".to_owned(),
            issuer: "Harbour".to_owned(),
            title: "Test".to_owned(),
            nature: crate::Nature::Advisory,
            purpose: String::new(),
            handling: "TLP:AMBER".to_owned(),
            onward_sharing: "none".to_owned(),
            answers_to: None,
        },
        number: 7,
        issued_at: Some(Date::constant(2026, 3, 1)),
        valid_until: None,
        replaces: Some(6),
        entries: vec![entry],
    };

    insta::assert_snapshot!(write(&edition), @r#"
    {
    "format": "havenmeester-list/1",
    "list": {"id":"test","issuer":"Harbour","title":"Test","nature":"advisory","purpose":"","handling":"TLP:AMBER","onward_sharing":"none"},
    "edition": {"number":7,"issued_at":"2026-03-01","replaces":6},
    "entries": [
    {"id":"ORCH-1","status":"suspended","type":"legal_entity","names":[{"text":"Orchard Nine B.V.","kind":"primary"}],"identifiers":[{"type":"domain","value":"orchard.example"}]}
    ]
    }
    "#);
}
