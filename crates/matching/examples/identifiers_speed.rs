//! How long cleaning and looking up a typical customer takes.
//!
//!     cargo run --release -p matching --example identifiers_speed
//!
//! Prints nanoseconds for one customer. The parties are invented by counting; nothing is read.

use std::hint::black_box;
use std::time::Instant;

use matching::identifiers::{CleanIdentifiers, IdentifierIndex, clean, evidence};
use matching::party::{Context, PartyKind, RawParty};
use watchlist::{Address, Identifier, IdentifierKind as Kind, Validity};

const CUSTOMERS: u32 = 20_000;
const ENTRIES: u32 = 5_000;

#[allow(clippy::print_stdout)]
fn main() {
    let customers: Vec<_> = (0..CUSTOMERS).map(|number| party(number, 7)).collect();
    let entries: Vec<_> = (0..ENTRIES).map(|number| party(number * 1_013 + 40_000_000, 11)).collect();
    let listed: Vec<CleanIdentifiers> = entries.iter().map(|entry| clean(&raw(entry))).collect();
    let index = IdentifierIndex::build((0..).zip(&listed));
    let context = Context { today: "2026-11-23".parse().expect("a date") };

    let mut cleaned = Vec::new();
    report("clean", || {
        cleaned.clear();
        cleaned.extend(customers.iter().map(|customer| clean(&raw(customer))));
    });

    let (mut found, mut pairs) = (Vec::new(), Vec::new());
    report("look up", || {
        pairs.clear();
        for (customer, cleaned) in cleaned.iter().enumerate() {
            found.clear();
            index.candidates(cleaned, &mut found);
            pairs.extend(found.iter().map(|entry| (customer, *entry as usize)));
        }
    });

    let begin = Instant::now();
    let mut out = Vec::new();
    for &(customer, entry) in &pairs {
        out.clear();
        evidence(&cleaned[customer], Validity::default(), &listed[entry], &context, &mut out);
        black_box(&out);
    }
    let each = begin.elapsed().as_nanos() as f64 / pairs.len().max(1) as f64;
    println!("{:>8.0} ns for the evidence of each of {} pairs", each, pairs.len());
}

/// The best of several rounds: the others were disturbed.
#[allow(clippy::print_stdout)]
fn report(what: &str, mut round: impl FnMut()) {
    let best = (0..9).map(|_| {
        let begin = Instant::now();
        round();
        begin.elapsed()
    });
    let best = best.min().expect("nine rounds");
    println!("{:>8.0} ns to {what} a customer", best.as_nanos() as f64 / f64::from(CUSTOMERS));
}

/// Mail, phone, two addresses, a domain with two name servers, a tax number, a street.
fn party(number: u32, salt: u32) -> (Vec<Identifier>, Vec<Address>) {
    let word = |seed: u32| -> String {
        (0..7)
            .map(|at| char::from(b'a' + ((seed / 26u32.pow(at % 6)) * 7 + at * 3 + salt) as u8 % 26))
            .collect()
    };
    let domain = format!("{}{}.example", word(number.wrapping_mul(2_654_435_761)), number % 997);
    let ip =
        |offset: u32| format!("{}.{}.{}.{}", 20 + number % 150, number / 256 % 256, offset, number % 256);
    let values = [
        (Kind::Email, format!("info@{domain}")),
        (Kind::Phone, format!("+31 {:09}", 200_000_000 + u64::from(number) * 37 % 799_999_999)),
        (Kind::IpRange, ip(4)),
        (Kind::IpRange, ip(9)),
        (Kind::Domain, domain.clone()),
        (Kind::NameServer, format!("ns1.{domain}")),
        (Kind::NameServer, format!("ns2.{domain}")),
        (Kind::VatNumber, format!("NL{:09}B01", 100_000_000 + u64::from(number) * 91 % 899_999_999)),
    ];
    let identifiers = values.into_iter().map(|(kind, value)| Identifier::new(kind, value)).collect();
    let address = Address {
        street: format!("{}straat {}", word(number / 3), number % 180 + 1),
        postcode: format!("{} A{}", 1000 + number % 9000, char::from(b'A' + (number % 23) as u8)),
        city: "Rotterdam".into(),
        country: "NL".into(),
    };
    (identifiers, vec![address])
}

fn raw((identifiers, addresses): &(Vec<Identifier>, Vec<Address>)) -> RawParty<'_> {
    RawParty {
        kind: PartyKind::Organisation,
        names: Vec::new(),
        identifiers,
        addresses,
        country: Some("NL"),
        birth_date: None,
        validity: Validity::default(),
    }
}
