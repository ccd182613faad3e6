//! Every kind of identifier, from any text: cleaning never fails.
#![no_main]

use libfuzzer_sys::fuzz_target;
use matching::names::Buffers;
use matching::{Party, PartyKind, RawParty};
use watchlist::{Address, Identifier, IdentifierKind, Validity};

fuzz_target!(|input: (u8, &str, &str)| {
    let (kind, value, country) = input;
    let kind = IdentifierKind::ALL[usize::from(kind) % IdentifierKind::ALL.len()];
    let identifiers = [Identifier::new(kind, value)];
    let addresses = [Address { street: value.to_owned(), country: country.to_owned(), ..Address::default() }];
    let party = RawParty {
        kind: PartyKind::Organisation,
        names: Vec::new(),
        identifiers: &identifiers,
        addresses: &addresses,
        country: Some(country),
        birth_date: None,
        validity: Validity::default(),
    };
    let _ = Party::clean(&party, &mut Buffers::default());
});
