//! An invented screening with hits of every class, for the tests and for the example.
//!
//! Everybody is invented and lives on documentation domains, addresses, networks and numbers.

use documents::report::{ClassCounts, FileStamp, ListStamp, Manifest, Origin};
use documents::{CannotTellList, Language, Problem, ProblemList, Report};
use jiff::civil::{Date, date};
use matching::{Class, Feature, Reason, Remark, Side};
use screening::{CannotTell, Coverage, Hit, Linked};
use watchlist::{Nature, Phrase};

/// A small table of its own, so that a reworded explanation elsewhere does not change what is tested here.
pub const FEATURES: &[Feature] = &[
    Feature { name: "same_email", en: "same e-mail address", nl: "zelfde e-mailadres" },
    Feature { name: "same_register_number", en: "same register number", nl: "zelfde registernummer" },
    Feature { name: "same_wallet", en: "same crypto wallet", nl: "zelfde cryptowallet" },
    Feature { name: "same_network", en: "address in a listed network", nl: "adres in een vermeld netwerk" },
    Feature { name: "same_domain", en: "same domain", nl: "zelfde domein" },
    Feature { name: "same_phone", en: "same phone number", nl: "zelfde telefoonnummer" },
    Feature { name: "similar_name", en: "similar name", nl: "gelijkende naam" },
    Feature { name: "same_address", en: "same postal address", nl: "zelfde postadres" },
    Feature { name: "lookalike_domain", en: "look-alike domain", nl: "domein dat erop lijkt" },
    Feature { name: "country", en: "country", nl: "land" },
    Feature { name: "legal_form", en: "legal form", nl: "rechtsvorm" },
    Feature { name: "number_in_name", en: "number in the name", nl: "getal in de naam" },
];

/// Owns what a report borrows.
pub struct Sample {
    pub manifest: Manifest,
    pub coverage: Coverage,
    pub hits: Vec<Hit>,
    pub cannot_tell: Vec<CannotTell>,
    pub problems: Vec<Problem>,
}

impl Sample {
    pub fn report(&self, language: Language) -> Report<'_> {
        Report {
            manifest: &self.manifest,
            coverage: &self.coverage,
            hits: &self.hits,
            cannot_tell: CannotTellList { total: 37, listed: &self.cannot_tell },
            problems: ProblemList { total: self.problems.len() as u64, listed: &self.problems },
            features: FEATURES,
            language,
        }
    }
}

fn side(raw: &str, clean: &str) -> Side {
    Side { raw: raw.to_owned(), clean: clean.to_owned() }
}

/// Feature, weight, customer raw and clean, entry raw and clean.
type Row<'a> = (&'static str, f64, &'a str, &'a str, &'a str, &'a str);

fn reason((feature, weight, customer_raw, customer, entry_raw, entry): Row<'_>) -> Reason {
    Reason {
        feature,
        weight,
        customer: side(customer_raw, customer),
        entry: side(entry_raw, entry),
        remark: None,
    }
}

#[allow(clippy::too_many_arguments, reason = "one row of the sample")]
fn hit(
    customer: (&str, u64, &str),
    entry: (usize, &str, &str),
    class: Class,
    score: f64,
    reasons: &[Row<'_>],
) -> Hit {
    Hit {
        customer_id: customer.0.to_owned(),
        row: customer.1,
        customer_name: customer.2.to_owned(),
        list: entry.0,
        entry_id: entry.1.to_owned(),
        entry_name: entry.2.to_owned(),
        class,
        score,
        reasons: reasons.iter().map(|row| reason(*row)).collect(),
        suspended: false,
        linked: Vec::new(),
        touched: screening::Touched::default(),
    }
}

fn linked(customer_id: &str, row: u64, shared: &'static str) -> Linked {
    Linked { customer_id: customer_id.to_owned(), row, shared }
}

pub fn sample() -> Sample {
    let mut hits = strong();
    hits.extend(probable());
    hits.extend(weak());
    Sample {
        manifest: manifest(ClassCounts::of(&hits)),
        coverage: Coverage {
            customers: 4_213,
            name: 4_206,
            email: 4_101,
            phone: 3_377,
            domain: 2_915,
            address: 3_988,
            ip: 2_604,
            register_number: 1_172,
        },
        hits,
        cannot_tell: [
            (211, "1211", "name_only"),
            (873, "1873", "name_only"),
            (1_404, "2404", "no_name"),
            (2_950, "3950", "nothing"),
        ]
        .map(|(row, id, missing)| CannotTell { row, customer_id: id.to_owned(), missing })
        .to_vec(),
        problems: vec![
            Problem {
                file: "customers-2026-11.csv".into(),
                line: Some(88),
                message: Phrase::new(
                    "the row has 9 fields, the headings have 14; the missing ones are taken as empty",
                    "de rij heeft 9 velden, de koppen 14; wat ontbreekt geldt als leeg",
                ),
                hint: None,
            },
            Problem {
                file: "customers-2026-11.csv".into(),
                line: Some(310),
                message: Phrase::new(
                    "\"NL00ABNA12\" in the column \"vat\" is not a VAT number",
                    "\"NL00ABNA12\" in de kolom \"vat\" is geen btw-nummer",
                ),
                hint: Some(Phrase::new(
                    "correct it in the source; the customer was screened without it",
                    "verbeter het in de bron; de klant is zonder dit gescreend",
                )),
            },
            Problem {
                file: "harbour-list-44.json".into(),
                line: Some(1_207),
                message: Phrase::new(
                    "the prefix 0.0.0.0/0 covers every address and was left out",
                    "het prefix 0.0.0.0/0 omvat elk adres en is weggelaten",
                ),
                hint: Some(Phrase::new(
                    "tell the issuer: the entry HM-0107 has a prefix that is too wide",
                    "zeg het de uitgever: de vermelding HM-0107 heeft een te ruim prefix",
                )),
            },
        ],
    }
}

/// The same customers with no hit at all.
pub fn clean_sample() -> Sample {
    let mut sample = sample();
    sample.hits.clear();
    sample.problems.clear();
    sample.manifest.counts = ClassCounts::default();
    sample.manifest.exit_code = 0;
    sample
}

fn manifest(counts: ClassCounts) -> Manifest {
    let hash = |seed: &str| seed.repeat(64 / seed.len());
    Manifest {
        program_version: "0.1.0".into(),
        started_at: "2026-11-23T14:05:09+01:00".into(),
        finished_at: "2026-11-23T14:05:11+01:00".into(),
        seconds: 1.84,
        customers_file: FileStamp {
            name: "customers-2026-11.csv".into(),
            bytes: 1_284_551,
            sha256: hash("3c1f9a7e"),
            rows: 4_215,
            left_out: 2,
        },
        lists: vec![
            list(
                "Harbour list of resellers",
                "Harbour Police, invented",
                Nature::Advisory,
                44,
                312,
                date(2027, 1, 31),
            ),
            list("Sanctions extract", "Council, invented", Nature::Binding, 7, 1_893, date(2026, 10, 31)),
            list(
                "Bad traffic networks",
                "Traffic Watch, invented",
                Nature::Reputation,
                0,
                58,
                date(2026, 12, 31),
            ),
        ],
        settings: vec![
            ("threshold".into(), "0.5".into()),
            ("column".into(), "phone=Telefoon".into()),
            ("profile".into(), "whmcs".into()),
        ],
        settings_sha256: hash("77d0b2c4"),
        counts,
        customers_screened: 4_213,
        minimum_class: Class::Weak,
        result_sha256: hash("e5a841d0"),
        exit_code: 1,
    }
}

fn list(
    title: &str,
    issuer: &str,
    nature: Nature,
    edition: u32,
    entries: u64,
    valid_until: Date,
) -> ListStamp {
    ListStamp {
        title: title.into(),
        issuer: issuer.into(),
        nature,
        edition,
        entries,
        issued_at: Some(date(2026, 9, 30)),
        valid_until: Some(valid_until),
        handling: if nature == Nature::Advisory { "TLP:AMBER+STRICT".into() } else { String::new() },
        origin: Origin::Unverified,
        file_name: format!("{}.json", title.to_lowercase().replace(' ', "-")),
        sha256: "9b04e2f1".repeat(8),
    }
}

fn strong() -> Vec<Hit> {
    let mut orchard = hit(
        ("1017", 18, "Orchard Nine Hosting B.V."),
        (0, "HM-0042", "Orchard Nine Ltd"),
        Class::Strong,
        0.998,
        &[
            (
                "similar_name",
                3.91,
                "Orchard Nine Hosting B.V.",
                "orchard nine",
                "Orchard Nine Ltd",
                "orchard nine",
            ),
            (
                "same_email",
                9.42,
                "NOC@orchard.example",
                "noc@orchard.example",
                "noc[@]orchard[.]example",
                "noc@orchard.example",
            ),
            ("same_phone", 5.2, "020 123 45 67", "+31201234567", "+31 20 1234567", "+31201234567"),
            ("country", -0.71, "NL", "nl", "Seychelles", "sc"),
        ],
    );
    orchard.linked =
        vec![linked("1444", 446, "phone"), linked("2031", 1_032, "address"), linked("3120", 2_121, "wallet")];

    let network = hit(
        ("00388", 389, "Бастион Сервис ООО"),
        (0, "HM-0107", "Bastion Service LLC"),
        Class::Strong,
        0.991,
        &[
            ("same_network", 6.84, "198.51.100.77", "198.51.100.77", "198.51.100.0/24", "198.51.100.0/24"),
            (
                "similar_name",
                4.4,
                "Бастион Сервис ООО",
                "bastion servis",
                "Bastion Service LLC",
                "bastion service",
            ),
            ("legal_form", 0.32, "ООО", "llc", "LLC", "llc"),
        ],
    );

    let mut binding = hit(
        ("2290", 1_291, "Quayside Data s.r.o."),
        (1, "EX-1101", "Quayside Data SRO"),
        Class::Strong,
        0.987,
        &[
            ("same_register_number", 8.7, "CZ 0123 4567", "cz:01234567", "01234567", "cz:01234567"),
            ("similar_name", 3.2, "Quayside Data s.r.o.", "quayside", "Quayside Data SRO", "quayside"),
            (
                "same_address",
                1.9,
                "Pobřežní 12, 186 00 Praha",
                "pobrezni 12 186 00 praha",
                "Pobrezni 12/3, Prague",
                "pobrezni 12 3 praha",
            ),
        ],
    );
    binding.reasons[2].remark = Some(Remark::Unchecked);
    vec![network, orchard, binding]
}

fn probable() -> Vec<Hit> {
    let mut ended = hit(
        ("1502", 503, "Lantern Colo GmbH"),
        (0, "HM-0009", "Lantern Colocation"),
        Class::Probable,
        0.893,
        &[
            (
                "same_domain",
                4.1,
                "https://www.lantern.example/",
                "lantern.example",
                "lantern[.]example",
                "lantern.example",
            ),
            (
                "similar_name",
                2.6,
                "Lantern Colo GmbH",
                "lantern colo",
                "Lantern Colocation",
                "lantern colocation",
            ),
            ("same_network", -1.4, "203.0.113.9", "203.0.113.9", "203.0.113.0/25", "203.0.113.0/25"),
            ("country", -0.71, "DE", "de", "MD", "md"),
        ],
    );
    ended.reasons[2].remark = Some(Remark::Ended(date(2024, 3, 31)));

    let mut suspended = hit(
        ("C-77/b", 1_644, "أوركيد للاستضافة"),
        (0, "HM-0042", "Orchard Nine Ltd"),
        Class::Probable,
        0.781,
        &[
            (
                "same_wallet",
                6.0,
                "TXinvented0000000000000000000wallet",
                "TXinvented0000000000000000000wallet",
                "TXinvented0000000000000000000wallet",
                "TXinvented0000000000000000000wallet",
            ),
            ("similar_name", -2.2, "أوركيد للاستضافة", "awrkyd llastdafa", "Orchard Nine Ltd", "orchard nine"),
        ],
    );
    suspended.suspended = true;

    let lookalike = hit(
        ("1733", 734, "0rchard N1ne"),
        (0, "HM-0042", "Orchard Nine Ltd"),
        Class::Probable,
        0.744,
        &[
            (
                "lookalike_domain",
                2.9,
                "0rchard-nine.example",
                "0rchard-nine.example",
                "orchard-nine.example",
                "orchard-nine.example",
            ),
            ("similar_name", 1.7, "0rchard N1ne", "orchard nine", "Orchard Nine Ltd", "orchard nine"),
        ],
    );

    let context = hit(
        ("2919", 1_920, "Pier Four Networks"),
        (2, "AS64500", "AS64500"),
        Class::Probable,
        0.702,
        &[("same_network", 2.4, "AS64500, AS64501", "64500", "64500", "64500")],
    );
    vec![ended, suspended, lookalike, context]
}

fn weak() -> Vec<Hit> {
    let names: [(&str, u64, &str, &str, &str, f64, f64); 5] = [
        ("3001", 2_002, "Boomgaard 44 VOF", "Boomgaard 11 V.O.F.", "HM-0201", 0.612, 1.9),
        ("3077", 2_078, "Mole and Anchor", "Mole & Anchor Ltd", "HM-0088", 0.598, 2.4),
        ("3150", 2_151, "J. van den Kade", "Jan van der Kade", "HM-0150", 0.571, 1.4),
        ("3391", 2_392, "Lichtschip Servers", "Lichtship Server", "HM-0166", 0.533, 1.2),
        ("4021", 3_022, "Blue Buoy Webdesign", "Blue Buoy", "HM-0190", 0.507, 0.9),
    ];
    let mut hits: Vec<Hit> = names
        .into_iter()
        .map(|(id, row, customer, entry, entry_id, score, weight)| {
            let (customer_clean, entry_clean) = (customer.to_lowercase(), entry.to_lowercase());
            let name =
                ("similar_name", weight, customer, customer_clean.as_str(), entry, entry_clean.as_str());
            hit((id, row, customer), (0, entry_id, entry), Class::Weak, score, &[name])
        })
        .collect();
    hits[0].reasons.push(reason((
        "number_in_name",
        -1.1,
        "Boomgaard 44 VOF",
        "44",
        "Boomgaard 11 V.O.F.",
        "11",
    )));
    hits[2].reasons.push(reason((
        "same_address",
        0.4,
        "Kade 12, 1011 AB Amsterdam",
        "kade 12 1011ab amsterdam",
        "Kade 12 b, 1011 AC Amsterdam",
        "kade 12 b 1011ac amsterdam",
    )));
    hits
}
