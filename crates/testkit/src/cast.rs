//! A small fixed cast of invented parties, so that tests talk about the same people.

use jiff::civil::{Date, date};

/// One invented party with one value of each common kind.
#[derive(Clone, Copy, Debug)]
pub struct Invented {
    pub name: &'static str,
    pub person: &'static str,
    pub email: &'static str,
    pub domain: &'static str,
    pub phone: &'static str,
    pub network: &'static str,
    pub country: &'static str,
}

/// The cast. Domains, networks and numbers are reserved for documentation.
pub const CAST: &[Invented] = &[
    Invented {
        name: "Orchard Nine Ltd",
        person: "Alma Quill",
        email: "noc@orchard-nine.example",
        domain: "orchard-nine.example",
        phone: "+44 20 7946 0101",
        network: "192.0.2.0/28",
        country: "GB",
    },
    Invented {
        name: "Quayside Relay B.V.",
        person: "Joris Lantaarn",
        email: "beheer@quayside-relay.example",
        domain: "quayside-relay.example",
        phone: "+31 20 555 0102",
        network: "198.51.100.0/28",
        country: "NL",
    },
    Invented {
        name: "ООО «Тихий Маяк»",
        person: "Варвара Пескова",
        email: "info@tihiy-mayak.example",
        domain: "tihiy-mayak.example",
        phone: "+7 900 000 01 03",
        network: "203.0.113.0/28",
        country: "RU",
    },
    Invented {
        name: "Kestrel Vault GmbH",
        person: "Henrike Sandbrink",
        email: "abuse@kestrel-vault.example",
        domain: "kestrel-vault.example",
        phone: "+49 30 23125 104",
        network: "2001:db8:104::/48",
        country: "DE",
    },
];

/// The day on which tests take place.
pub const fn today() -> Date {
    date(2026, 4, 12)
}
