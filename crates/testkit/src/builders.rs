//! Short ways to a customer, an entry or an edition, where a test cares about one or two values only.

use screening::{Customer, CustomerName, CustomerNameKind};
use watchlist::{Edition, Entry, EntryType, Identifier, IdentifierKind, ListInfo, Name, NameKind, Nature};

/// A company that is a customer, with nothing but its name and one identifier for each pair given.
pub fn customer(id: &str, company: &str, identifiers: &[(IdentifierKind, &str)]) -> Customer {
    Customer {
        id: id.to_owned(),
        row: 2,
        names: vec![CustomerName { kind: CustomerNameKind::Company, text: company.to_owned() }],
        identifiers: read_identifiers(identifiers),
        ..Customer::default()
    }
}

/// A listed company with nothing but its name and one identifier for each pair given.
pub fn entry(id: &str, name: &str, identifiers: &[(IdentifierKind, &str)]) -> Entry {
    let mut entry = Entry::new(id, EntryType::LegalEntity);
    entry.names.push(Name::new(NameKind::Primary, name));
    entry.identifiers = read_identifiers(identifiers);
    entry
}

/// An edition of an invented advisory list, issued on the fixed day.
pub fn edition(entries: Vec<Entry>) -> Edition {
    Edition {
        list: ListInfo {
            id: "invented".to_owned(),
            issuer: "Invented Harbour Office".to_owned(),
            title: "Invented list for tests".to_owned(),
            nature: Nature::Advisory,
            purpose: "tests".to_owned(),
            handling: "TLP:CLEAR".to_owned(),
            onward_sharing: "free".to_owned(),
            answers_to: None,
        },
        number: 1,
        issued_at: Some(crate::today()),
        valid_until: None,
        replaces: None,
        entries,
    }
}

fn read_identifiers(pairs: &[(IdentifierKind, &str)]) -> Vec<Identifier> {
    pairs.iter().map(|(kind, value)| Identifier::new(*kind, *value)).collect()
}
