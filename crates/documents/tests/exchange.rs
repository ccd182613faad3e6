//! Exports: the same bytes each time, and what was written comes back.
#![allow(clippy::unwrap_used, reason = "a test may stop")]

use std::collections::BTreeSet;
use std::path::Path;

use documents::exchange::{ExchangeFormat, ExportRefused, export};
use intake::lists::{ListOptions, from_bytes};
use jiff::civil::date;
use proptest::prelude::*;
use watchlist::{
    Address, Edition, Entry, EntryId, EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind,
    Nature, Relation, RelationKind, Status, Strength, Validity,
};

const FORMATS: [ExchangeFormat; 3] =
    [ExchangeFormat::Stix, ExchangeFormat::FollowTheMoney, ExchangeFormat::Misp];

fn edition(entries: Vec<Entry>) -> Edition {
    let list = ListInfo {
        id: "example-list".to_owned(),
        issuer: "Example Harbour Police".to_owned(),
        title: "Resellers that advertise as bulletproof".to_owned(),
        nature: Nature::Advisory,
        purpose: "review of customer contracts".to_owned(),
        handling: "TLP:GREEN".to_owned(),
        onward_sharing: "hosting companies".to_owned(),
        answers_to: None,
    };
    Edition {
        list,
        number: 12,
        issued_at: Some(date(2026, 3, 1)),
        valid_until: Some(date(2026, 6, 1)),
        replaces: Some(11),
        entries,
    }
}

/// One entry of each type, with a value of every kind.
fn sample() -> Edition {
    let mut company = Entry::new("EX-0001", EntryType::LegalEntity);
    company.names = vec![
        Name::new(NameKind::Primary, "Orchard Nine B.V."),
        Name::new(NameKind::Alias, "Orchard9"),
        Name::new(NameKind::WeakAlias, "O9"),
        Name::new(NameKind::Previous, "Apple Tree Hosting"),
        Name::new(NameKind::RelatedPerson, "Anna Berg"),
    ];
    company.jurisdiction = Some("NL".to_owned());
    company.countries = vec!["NL".to_owned(), "RU".to_owned()];
    company.identifiers =
        IdentifierKind::ALL.iter().map(|kind| Identifier::new(*kind, value(*kind))).collect();
    company.identifiers.push(Identifier {
        validity: Validity { from: Some(date(2024, 1, 10)), to: Some(date(2025, 1, 31)) },
        strength: Some(Strength::Weak),
        ..Identifier::new(IdentifierKind::Domain, "old.orchard-nine.example")
    });
    company.identifiers.push(Identifier::new(IdentifierKind::IpRange, "192.0.2.0 - 192.0.2.9"));
    company.addresses = vec![Address {
        street: "Example Quay 1".to_owned(),
        postcode: "0000 AA".to_owned(),
        city: "Rotterdam".to_owned(),
        country: "NL".to_owned(),
    }];
    company.note = Some("Says that it ignores abuse".to_owned());
    company.first_observed = Some(date(2024, 1, 10));
    company.last_observed = Some(date(2026, 2, 1));
    company.claims.bulletproof = Some("we never answer".to_owned());
    company.claims.offences = vec!["phishing".to_owned()];
    let mut person = Entry::new("EX-0002", EntryType::Person);
    person.names = vec![Name::new(NameKind::Primary, "Anna Berg")];
    person.birth_date = Some("1970-03-12".to_owned());
    person.relations = vec![Relation {
        kind: RelationKind::OfficerOf,
        to: EntryId("EX-0001".to_owned()),
        from_date: Some(date(2024, 1, 10)),
        to_date: None,
    }];
    let mut network = Entry::new("EX-0003", EntryType::Network);
    network.identifiers = vec![
        Identifier::new(IdentifierKind::Asn, "64500"),
        Identifier::new(IdentifierKind::IpRange, "2001:db8::/32"),
    ];
    let mut brand = Entry::new("EX 0004#2", EntryType::Brand);
    brand.names = vec![Name::new(NameKind::Primary, "Quay Ninety")];
    brand.status = Status::Withdrawn;
    edition(vec![company, person, network, brand])
}

/// A value of the usual form.
fn value(kind: IdentifierKind) -> &'static str {
    use IdentifierKind as K;
    match kind {
        K::Email | K::Xmpp => "noc@orchard-nine.example",
        K::Domain | K::NameServer | K::Hostname => "www.orchard-nine.example",
        K::Phone => "+442079460018",
        K::IpRange => "198.51.100.0/28",
        K::Asn => "AS64501",
        K::TlsCertificateSha256 => "0000000000000000000000000000000000000000000000000000000000000001",
        K::Jarm => "00000000000000000000000000000000000000000000000000000000000001",
        K::Wallet => "1ExampLeWaLLet9HavenMeester9Kade",
        K::Lei => "00000000000000000098",
        K::VatNumber => "NL000000000B00",
        K::RegisterNumber => "00000000",
        K::TelegramId => "100000001",
        K::TelegramName => "@orchard_nine",
        _ => "orchard9",
    }
}

/// Kinds and texts of names; kinds, values and periods of identifiers.
fn content(edition: &Edition) -> Vec<BTreeSet<String>> {
    let of = |entry: &Entry| {
        let names = entry.names.iter().map(|name| format!("{:?} {}", name.kind, name.text));
        let identifiers =
            entry.identifiers.iter().map(|one| format!("{:?} {} {:?}", one.kind, one.value, one.validity));
        names.chain(identifiers).collect()
    };
    edition.entries.iter().map(of).collect()
}

fn read_back(edition: &Edition, format: ExchangeFormat) -> Edition {
    let bytes = export(edition, format).unwrap();
    let intake = from_bytes("export", &bytes, &ListOptions::default())
        .unwrap_or_else(|error| panic!("{format:?}: {error}; {}", error.hint()));
    intake.edition
}

#[test]
fn the_sample_comes_back_from_every_format() {
    let edition = sample();
    for format in FORMATS {
        let again = read_back(&edition, format);

        assert_eq!(content(&again), content(&edition), "{format:?}");
        let types = |edition: &Edition| {
            edition.entries.iter().map(|entry| (entry.entry_type, entry.status)).collect::<Vec<_>>()
        };
        assert_eq!(types(&again), types(&edition), "{format:?}");
        assert_eq!(again.list.handling, "TLP:GREEN", "{format:?}");
    }
}

#[test]
fn stix_brings_the_whole_entry_back() {
    let again = read_back(&sample(), ExchangeFormat::Stix);

    let sorted = |mut edition: Edition| {
        for entry in &mut edition.entries {
            entry.identifiers.sort_by_key(|one| (one.kind, one.value.clone()));
        }
        edition
    };
    let (again, edition) = (sorted(again), sorted(sample()));
    assert_eq!(
        watchlist::format::v1::write(&again),
        watchlist::format::v1::write(&Edition { replaces: None, ..edition })
    );
}

#[test]
fn the_same_edition_gives_the_same_bytes() {
    for format in FORMATS {
        assert_eq!(export(&sample(), format).unwrap(), export(&sample(), format).unwrap(), "{format:?}");
    }
}

/// What other programs check (scripts/check_exports) is what this test has looked at.
#[test]
fn the_sample_is_written_as_before() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    std::fs::create_dir_all(&folder).unwrap();
    for (format, name) in FORMATS.into_iter().zip(["sample.stix.json", "sample.ftm.json", "sample.misp.json"])
    {
        let bytes = export(&sample(), format).unwrap();
        std::fs::write(folder.join(name), &bytes).unwrap();
        insta::assert_snapshot!(name, String::from_utf8(bytes).unwrap());
    }
}

#[test]
fn strict_lists_are_not_written_in_any_format() {
    for format in FORMATS {
        for handling in ["TLP:RED", "TLP:AMBER+STRICT"] {
            let mut edition = sample();
            edition.list.handling = handling.to_owned();

            let refused = export(&edition, format).unwrap_err();

            assert!(matches!(refused, ExportRefused::TooStrict { .. }), "{refused}");
            assert!(refused.to_string().contains(handling), "{refused}");
            assert!(
                refused.hint().contains("only Example Harbour Police may lift this"),
                "{}",
                refused.hint()
            );
        }
    }
}

#[test]
fn an_edition_without_a_date_is_refused_where_dates_are_needed() {
    let undated = Edition { issued_at: None, ..sample() };

    assert!(matches!(export(&undated, ExchangeFormat::Stix), Err(ExportRefused::NoDate { .. })));
    assert!(matches!(export(&undated, ExchangeFormat::Misp), Err(ExportRefused::NoDate { .. })));
    assert!(export(&undated, ExchangeFormat::FollowTheMoney).is_ok());
}

fn names() -> impl Strategy<Value = Vec<Name>> {
    let kinds = vec![NameKind::Alias, NameKind::WeakAlias, NameKind::Previous, NameKind::RelatedPerson];
    let more = prop::collection::btree_map(
        "[A-Za-zéд漢\"'<&\\\\] ?[A-Za-z0-9éд漢 \"'<&\\\\.-]{0,20}[a-z]",
        prop::sample::select(kinds),
        0..5,
    );
    ("[A-Z][a-z0-9 .&\"é]{0,20}[a-z]", more).prop_map(|(primary, more)| {
        let more = more
            .into_iter()
            .filter(|(text, _)| *text != primary)
            .map(|(text, kind)| Name::new(kind, text.trim()));
        let mut names = vec![Name::new(NameKind::Primary, primary.clone())];
        for name in more {
            if !names.iter().any(|known| known.text == name.text) {
                names.push(name);
            }
        }
        names
    })
}

fn identifiers() -> impl Strategy<Value = Vec<Identifier>> {
    let day = || prop::option::of((2015i16..2030, 1i8..=12, 1i8..=28).prop_map(|(y, m, d)| date(y, m, d)));
    let one = prop_oneof![
        "[a-z]{1,8}\\.example".prop_map(|text| (IdentifierKind::Domain, text)),
        "[a-z]{1,8}\\.[a-z]{1,5}\\.example".prop_map(|text| (IdentifierKind::NameServer, text)),
        "[a-z]{1,8}@[a-z]{1,8}\\.example".prop_map(|text| (IdentifierKind::Email, text)),
        (64_496u32..64_511).prop_map(|number| (IdentifierKind::Asn, format!("AS{number}"))),
        (64_496u32..64_511).prop_map(|number| (IdentifierKind::Asn, number.to_string())),
        (0u8..=255).prop_map(|last| (IdentifierKind::IpRange, format!("192.0.2.{last}"))),
        (24u8..=32).prop_map(|length| (IdentifierKind::IpRange, format!("192.0.2.0/{length}"))),
        (0u8..100).prop_map(|last| (IdentifierKind::IpRange, format!("192.0.2.{last} - 192.0.2.200"))),
        "\\+31[0-9]{9}".prop_map(|text| (IdentifierKind::Phone, text)),
        "[0-9]{3} [0-9]{6}".prop_map(|text| (IdentifierKind::Phone, text)),
        "[0-9]{8}".prop_map(|text| (IdentifierKind::RegisterNumber, text)),
        "@[a-z_]{5,12}".prop_map(|text| (IdentifierKind::TelegramName, text)),
        "forum\\.example/[a-z]{3,9}".prop_map(|text| (IdentifierKind::ForumNick, text)),
        "1[A-Z]{30}".prop_map(|text| (IdentifierKind::Wallet, text)),
        "[0-9A-F]{40}".prop_map(|text| (IdentifierKind::PgpFingerprint, text)),
        "[a-f0-9]{64}".prop_map(|text| (IdentifierKind::TlsCertificateSha256, text)),
    ];
    let dated = (one, day(), day()).prop_map(|((kind, value), from, to)| {
        let to = to.filter(|to| from.is_none_or(|from| from <= *to));
        Identifier { validity: Validity { from, to }, ..Identifier::new(kind, value) }
    });
    prop::collection::vec(dated, 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// The round trip: the same names and identifiers, with their kinds and periods.
    #[test]
    fn names_and_identifiers_come_back(parties in prop::collection::vec((names(), identifiers(), 0usize..4), 1..4)) {
        let types = [EntryType::Brand, EntryType::LegalEntity, EntryType::Person, EntryType::Network];
        let entries = parties.into_iter().enumerate().map(|(number, (names, identifiers, sort))| {
            Entry { names, identifiers, ..Entry::new(format!("P-{number}"), types[sort]) }
        });
        let edition = edition(entries.collect());
        for format in FORMATS {
            prop_assert_eq!(content(&read_back(&edition, format)), content(&edition), "{:?}", format);
        }
    }
}
