//! The index loses no pair over the threshold, and the number of threads changes nothing.

use jiff::civil::date;
use matching::names::Buffers;
use proptest::prelude::*;
use screening::{
    Customer, CustomerName, CustomerNameKind, Hit, Index, KeptTrace, LinkKeys, Settings, Shared, Trace,
    Wanted, check, check_exhaustively, screen,
};
use watchlist::{
    Address, Edition, Entry, EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind, Nature,
};

const WORDS: &[&str] = &[
    "nordwind",
    "orchard",
    "zeeland",
    "kestrel",
    "blauwvoet",
    "cloud",
    "hosting",
    "solutions",
    "media",
    "land",
    "44",
    "ii",
    "forty",
    "four",
    "pieter",
    "sergei",
    "sergey",
    "aleksandr",
    "mohammed",
    "muhammad",
    "van",
    "de",
    "berg",
    "ivanov",
    "петров",
    "сергей",
    "нордвинд",
    "محمد",
    "김영희",
    "王小明",
    "ナカムラ",
    "b.v.",
    "ltd",
    "ооо",
    "group",
    "amsterdam",
    "technologies",
    "tech",
    "university",
    "bank",
];

/// One change of a kind that people, keyboards and alphabets make.
fn changed(word: &str, change: u8, place: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let place = place % letters.len().max(1);
    match change % 7 {
        0 => drop(letters.remove(place)),
        1 => letters.insert(place, letters[place]),
        2 if place + 1 < letters.len() => letters.swap(place, place + 1),
        3 => letters[place] = 'x',
        4 => letters[place] = letters[place].to_uppercase().next().unwrap_or('x'),
        5 => letters.truncate(place.max(3).min(letters.len())),
        _ => {}
    }
    letters.into_iter().collect()
}

fn name() -> impl Strategy<Value = String> {
    let word = (0..WORDS.len(), any::<u8>(), any::<usize>(), prop::bool::weighted(0.3));
    prop::collection::vec(word, 1..5).prop_flat_map(|words| {
        let words: Vec<String> = words
            .into_iter()
            .map(
                |(which, change, place, change_it)| {
                    if change_it { changed(WORDS[which], change, place) } else { WORDS[which].to_owned() }
                },
            )
            .collect();
        prop::sample::select(vec![" ", " ", " ", "", "-"]).prop_map(move |between| words.join(between))
    })
}

fn identifiers() -> impl Strategy<Value = Vec<Identifier>> {
    let domain = prop::sample::select(vec![
        "nordwind.example",
        "nordw1nd.example",
        "nord-wind.test",
        "kestrel-host.test",
    ]);
    let one = (0..6u8, domain, 0..4u8).prop_map(|(which, domain, number)| match which {
        0 => Identifier::new(IdentifierKind::Domain, domain),
        1 => Identifier::new(IdentifierKind::Email, format!("noc@{domain}")),
        2 => Identifier::new(IdentifierKind::Phone, format!("+31 20 555 010{number}")),
        3 => Identifier::new(IdentifierKind::IpRange, format!("192.0.2.{}/{}", number * 16, 27 + number)),
        4 => Identifier::new(IdentifierKind::Asn, format!("AS6449{}", 6 + number % 4)),
        _ => Identifier::new(IdentifierKind::Handle, format!("@nordwind_{number}")),
    });
    prop::collection::vec(one, 0..3)
}

fn addresses() -> impl Strategy<Value = Vec<Address>> {
    let one = (0..3u8, 1..3u8).prop_map(|(street, number)| Address {
        street: format!(
            "{} {number}",
            ["Voorbeeldstraat", "Voorbeeldstr.", "Sample Street"][street as usize]
        ),
        postcode: "1011 AB".to_owned(),
        city: "Amsterdam".to_owned(),
        country: "NL".to_owned(),
    });
    prop::collection::vec(one, 0..2)
}

prop_compose! {
    fn customer()(row in 1..100_000u64, company in prop::option::of(name()), person in prop::option::of(name()), identifiers in identifiers(), addresses in addresses()) -> Customer {
        let mut names = Vec::new();
        names.extend(company.map(|text| CustomerName { kind: CustomerNameKind::Company, text }));
        names.extend(person.map(|text| CustomerName { kind: CustomerNameKind::Person, text }));
        Customer { id: row.to_string(), row, names, identifiers, addresses, ..Customer::default() }
    }
}

prop_compose! {
    fn entry()(person in any::<bool>(), names in prop::collection::vec(name(), 0..4), identifiers in identifiers(), addresses in addresses()) -> Entry {
        let mut entry = Entry::new("", if person { EntryType::Person } else { EntryType::LegalEntity });
        let kinds = [NameKind::Primary, NameKind::Alias, NameKind::WeakAlias, NameKind::RelatedPerson];
        entry.names = names.into_iter().zip(kinds).map(|(text, kind)| Name::new(kind, text)).collect();
        entry.identifiers = identifiers;
        entry.addresses = addresses;
        entry
    }
}

fn edition(mut entries: Vec<Entry>) -> Edition {
    for (number, entry) in entries.iter_mut().enumerate() {
        entry.id.0 = format!("E{number}");
    }
    let text = String::new;
    let list = ListInfo {
        id: text(),
        issuer: text(),
        title: text(),
        nature: Nature::Advisory,
        purpose: text(),
        handling: text(),
        onward_sharing: text(),
        answers_to: None,
    };
    Edition { list, number: 1, issued_at: None, valid_until: None, replaces: None, entries }
}

fn settings() -> Settings {
    Settings::on(date(2026, 11, 23))
}

/// The invented names and reasons of what one side has more, so that a failure can be read.
fn difference(customer: &Customer, found: &[Hit], expected: &[Hit]) -> String {
    let names: Vec<&str> = customer.names.iter().map(|name| name.text.as_str()).collect();
    let told = |hit: &Hit| format!("{} {} {:?} {:?}", hit.entry_name, hit.score, hit.class, hit.reasons);
    let only = |these: &[Hit], those: &[Hit]| {
        these.iter().filter(|hit| !those.contains(hit)).map(told).collect::<Vec<_>>()
    };
    format!("{names:?}: found only {:?}; lost {:?}", only(found, expected), only(expected, found))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn the_index_loses_no_pair_over_the_threshold(
        customers in prop::collection::vec(customer(), 1..25),
        entries in prop::collection::vec(entry(), 1..25),
    ) {
        let index = Index::build(&[edition(entries)]);
        for customer in &customers {
            let (found, expected) =
                (check(&index, customer, &settings()), check_exhaustively(&index, customer, &settings()));
            prop_assert!(found == expected, "{}", difference(customer, &found, &expected));
        }
    }

    #[test]
    fn whom_no_changed_entry_touches_has_no_hit_on_one(
        customers in prop::collection::vec(customer(), 1..25),
        before in prop::collection::vec(entry(), 1..12),
        instead in prop::collection::vec(entry(), 1..12),
        from in 0..12usize,
    ) {
        // Some entries of the edition before give way to others, and the list may grow.
        let mut after = before.clone();
        after.truncate(from);
        after.extend(instead);
        let (old, new) = (edition(before), edition(after));
        let changed: Vec<&Entry> =
            new.entries.iter().filter(|entry| !old.entries.contains(entry)).collect();
        let wanted = Wanted::by(changed.iter().copied());
        let index = Index::build(std::slice::from_ref(&new));
        for customer in &customers {
            let trace = Trace::of(customer, &mut Buffers::default()).into_bytes();
            if !wanted.touches(KeptTrace::read(&trace).unwrap()) {
                let hits = check(&index, customer, &settings());
                let on_changed = hits.iter().filter(|hit| changed.iter().any(|entry| entry.id.0 == hit.entry_id));
                prop_assert_eq!(on_changed.count(), 0, "{}", difference(customer, &hits, &[]));
            }
        }
    }

    #[test]
    fn whom_a_hit_customer_is_linked_with_is_touched(customers in prop::collection::vec(customer(), 2..25)) {
        let mut keys = LinkKeys::default();
        keys.add_hit_customer(&customers[0]);
        let shared = Shared::of(&keys);
        for customer in &customers[1..] {
            let trace = Trace::of(customer, &mut Buffers::default()).into_bytes();
            let touched = shared.touches(KeptTrace::read(&trace).unwrap());
            prop_assert!(touched || !keys.touches(customer));
        }
    }

    #[test]
    fn what_is_no_trace_is_none_and_panics_nowhere(mut bytes in prop::collection::vec(any::<u8>(), 0..120), customer in customer()) {
        if let Some(trace) = KeptTrace::read(&bytes) {
            Wanted::default().touches(trace);
        }
        bytes = Trace::of(&customer, &mut Buffers::default()).into_bytes();
        bytes.pop();
        prop_assert!(KeptTrace::read(&bytes).is_none());
    }

    #[test]
    fn threads_and_batches_change_nothing(
        customers in prop::collection::vec(customer(), 1..40),
        entries in prop::collection::vec(entry(), 1..10),
        size in 1..9usize,
        threads in 1..4usize,
    ) {
        let index = Index::build(&[edition(entries)]);
        let expected: Vec<_> = customers.iter().flat_map(|customer| check(&index, customer, &settings())).collect();
        let batches: Vec<Vec<Customer>> = customers.chunks(size).map(<[Customer]>::to_vec).collect();
        let screening = screen(&index, batches.into_iter(), |batch| (batch, ()), &settings(), threads, |()| {});
        prop_assert!(screening.hits == expected);
        prop_assert_eq!(screening.coverage.customers, customers.len() as u64);
    }

    #[test]
    fn an_entry_less_never_adds_a_hit(
        customers in prop::collection::vec(customer(), 1..10),
        entries in prop::collection::vec(entry(), 2..10),
    ) {
        let fewer = Index::build(&[edition(entries[..entries.len() - 1].to_vec())]);
        let all = Index::build(&[edition(entries)]);
        for customer in &customers {
            let hits = check(&all, customer, &settings());
            prop_assert!(check(&fewer, customer, &settings()).iter().all(|hit| hits.contains(hit)));
        }
    }
}
