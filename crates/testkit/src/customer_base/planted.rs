//! Invented customers who resemble an entry of the demo's list, and some who only seem to.
//!
//! Who they claim to be comes from public designations of legal entities (demo/list.json has the source
//! of each); everything else about them is made up.

use super::Row;
use super::rented::rent;
use crate::random::Random;

/// A customer by what makes it special; the rest is filled in.
pub struct Planted {
    pub id: &'static str,
    /// The entry that must be found, or the one that must not be taken for it.
    pub entry: &'static str,
    /// What this customer is in the base for.
    pub because: &'static str,
    values: &'static [(Column, &'static str)],
}

#[derive(Clone, Copy)]
enum Column {
    Company = 3,
    Email = 4,
    Street = 5,
    City = 6,
    Postcode = 7,
    Country = 8,
    Phone = 9,
    Tax = 10,
    Number = 11,
    Domain = 12,
    Asn = 14,
    Wallet = 16,
    Status = 17,
    Since = 18,
}

use Column::*;

impl Planted {
    /// The whole row: invented contact data around the special values.
    pub(super) fn row(&self, random: &mut Random) -> Row {
        let mut row: Row = std::array::from_fn(|_| String::new());
        row[0] = self.id.to_owned();
        row[1] = (*random.pick(&["Robin", "Kim", "Sascha", "Jamie"])).to_owned();
        row[2] = (*random.pick(&["Verzonnen", "Invented", "Fictief", "Beispiel"])).to_owned();
        row[Email as usize] = format!("klant{}@post.example", self.id);
        row[Status as usize] = "Active".to_owned();
        row[Since as usize] = "2025-08-01".to_owned();
        for (column, value) in self.values {
            row[*column as usize] = (*value).to_owned();
        }
        rent(&mut row, self.id.parse().expect("ids of planted customers are numbers"));
        row
    }
}

/// Customers that a screening with the demo's list must find.
pub const PLANTED: &[Planted] = &[
    Planted {
        id: "20001",
        entry: "DEMO-003",
        because: "legal form in another language, same city",
        values: &[(Company, "OOO AEZA GROUP"), (City, "Saint Petersburg"), (Country, "RU")],
    },
    Planted {
        id: "20002",
        entry: "DEMO-010",
        because: "Cyrillic alias with quotation marks",
        values: &[(Company, "ООО «Медиа Лэнд»"), (City, "Санкт-Петербург"), (Country, "RU")],
    },
    Planted {
        id: "20003",
        entry: "DEMO-007",
        because: "register number under another name",
        values: &[
            (Company, "Kadelicht Compute Ltd"),
            (Number, "16558658"),
            (Country, "GB"),
            (Phone, "'+44 1632 960871"),
        ],
    },
    Planted {
        id: "20004",
        entry: "DEMO-003",
        because: "network number that is still in use",
        values: &[(Company, "Pierhoofd Networks"), (Asn, "AS 210644"), (Country, "NL")],
    },
    Planted {
        id: "20005",
        entry: "DEMO-003",
        because: "listed domain among two in one cell",
        values: &[
            (Company, "Golfbreker Media"),
            (Domain, "golfbreker.example, ns1.aezadns.com"),
            (Country, "NL"),
        ],
    },
    Planted {
        id: "20006",
        entry: "DEMO-003",
        because: "listed wallet",
        values: &[
            (Company, "Stille Steiger"),
            (Wallet, "TU4tDFRvcKhAZ1jdihojmBWZqvJhQCnJ4F"),
            (Country, "NL"),
        ],
    },
    Planted {
        id: "20007",
        entry: "DEMO-014",
        because: "legal form written out, hyphen, one letter doubled",
        values: &[(Company, "Stark-Industries Solutionss Limited"), (Country, "GB")],
    },
    Planted {
        id: "20008",
        entry: "DEMO-009",
        because: "local register number beside the name",
        values: &[(Company, "DATAVICE LLC"), (Number, "2868352"), (City, "Tashkent"), (Country, "UZ")],
    },
    Planted {
        id: "20009",
        entry: "DEMO-002",
        because: "words run together",
        values: &[(Company, "X-Host InternetSolutions L.P."), (Country, "GB")],
    },
    Planted {
        id: "20010",
        entry: "DEMO-015",
        because: "one letter missing, other legal form",
        values: &[(Company, "Funull Technology Corp."), (City, "Taguig"), (Country, "PH")],
    },
    Planted {
        id: "20011",
        entry: "DEMO-004",
        because: "Cyrillic letters that look Latin, register number with a blank",
        values: &[(Company, "Аeza Internаtional Ltd"), (Number, "1510 9642"), (Country, "GB")],
    },
    Planted {
        id: "20012",
        entry: "DEMO-008",
        because: "legal form with points, ended customer",
        values: &[
            (Company, "SMART DIGITAL IDEAS d.o.o. Beograd"),
            (City, "Beograd"),
            (Country, "RS"),
            (Status, "Closed"),
        ],
    },
    Planted {
        id: "20013",
        entry: "DEMO-011",
        because: "listed domain in the mail address",
        values: &[(Company, "Getij Opslag"), (Email, "facturen@ml.cloud"), (Country, "NL")],
    },
    Planted {
        id: "20014",
        entry: "DEMO-013",
        because: "alias written out in Cyrillic",
        values: &[(Company, "Дата Центр Кириши"), (City, "Кириши"), (Country, "RU")],
    },
];

/// Customers who share something with an entry that must not make them a strong hit.
pub const HARD_NEGATIVES: &[Planted] = &[
    Planted {
        id: "30001",
        entry: "DEMO-006",
        because: "generic words, other country and legal form",
        values: &[(Company, "Cloud Solutions B.V."), (City, "Amsterdam"), (Country, "NL")],
    },
    Planted {
        id: "30002",
        entry: "DEMO-010",
        because: "one more telling word, another trade",
        values: &[(Company, "Media Land Magazine"), (City, "Utrecht"), (Country, "NL")],
    },
    Planted {
        id: "30003",
        entry: "DEMO-007",
        because: "address of many registered offices",
        values: &[
            (Company, "Penseel Drukwerk Ltd"),
            (Street, "71-75 Shelton Street"),
            (City, "London"),
            (Postcode, "WC2H 9JQ"),
            (Country, "GB"),
        ],
    },
    Planted {
        id: "30004",
        entry: "DEMO-001",
        because: "network number given out again after it was taken back",
        values: &[(Company, "Duinpan Internet"), (Asn, "AS197414"), (Country, "NL"), (Since, "2026-03-01")],
    },
    Planted {
        id: "30005",
        entry: "DEMO-014",
        because: "shares one word",
        values: &[(Company, "Stark Bouw B.V."), (City, "Zwolle"), (Country, "NL")],
    },
    Planted {
        id: "30006",
        entry: "DEMO-007",
        because: "register number one digit off",
        values: &[(Company, "Vlakke Zee Ltd"), (Number, "16558659"), (Country, "GB"), (Tax, "GB000009001")],
    },
    Planted {
        id: "30007",
        entry: "DEMO-008",
        because: "shares two common words",
        values: &[(Company, "Digital Ideas Studio"), (City, "Gent"), (Country, "BE")],
    },
];
