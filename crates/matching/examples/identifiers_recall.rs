//! What identifiers alone find in a base with planted parties, by kind.
//!
//!     cargo run --release -p matching --example identifiers_recall -- STEM [--show]
//!
//! Reads STEM.csv, STEM.list.jsonl, STEM.truth.csv and STEM.hard.csv as a generator of customer bases
//! writes them. With --show the customers found without reason and those not found are listed by id.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use matching::identifiers::{CleanIdentifiers, IdentifierIndex, clean, evidence};
use matching::party::{Context, PartyKind, RawParty};
use serde_json::Value;
use watchlist::{Address, Identifier, IdentifierKind as Kind, Validity};

/// Weight from which evidence carries a weak hit for a customer under another name.
const CARRIES: f32 = 3.4;

#[allow(clippy::print_stdout)]
fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let stem = arguments.first().expect("the stem of the files as the first argument");
    let show = arguments.iter().any(|argument| argument == "--show");
    let (ids, entries) = list(&format!("{stem}.list.jsonl"));
    let index = IdentifierIndex::build((0..).zip(&entries));
    let (truth, hard) = (planted(&format!("{stem}.truth.csv")), planted(&format!("{stem}.hard.csv")));
    let context = Context { today: "2026-11-23".parse().expect("a date") };

    let mut found: HashSet<(String, String)> = HashSet::new();
    let mut features: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    let (mut rows, mut strangers) = (0u32, 0u32);
    let mut reader = csv::Reader::from_path(format!("{stem}.csv")).expect("the customers");
    let headings = reader.headers().expect("headings").clone();
    for record in reader.records() {
        let record = record.expect("a row");
        rows += 1;
        let row: HashMap<&str, &str> = headings.iter().zip(record.iter()).collect();
        let customer = customer(&row);
        let (mut candidates, mut out) = (Vec::new(), Vec::new());
        index.candidates(&customer, &mut candidates);
        candidates.sort_unstable();
        candidates.dedup();
        for entry in candidates {
            out.clear();
            evidence(&customer, Validity::default(), &entries[entry as usize], &context, &mut out);
            let carried: f32 = out.iter().filter(|one| one.carries()).map(|one| one.weight).sum();
            if carried < CARRIES {
                continue;
            }
            let (id, entry_id) = (row["customer_id"], &ids[entry as usize]);
            let side = match (truth.get(id), hard.get(id)) {
                (Some((listed, _)), _) if listed == entry_id => "planted",
                (Some(_), _) => "planted, other entry",
                (_, Some((_, kind))) => kind.as_str(),
                _ => "stranger",
            };
            strangers += u32::from(side == "stranger");
            *features.entry((leak(side), out[0].feature.name())).or_default() += 1;
            if show && side != "planted" {
                println!("{side}: {id} {entry_id} {} {:+.1}", out[0].feature.name(), out[0].weight);
            }
            found.insert((id.to_owned(), entry_id.clone()));
        }
    }
    let mut by_kind: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for (id, (listed, kind)) in &truth {
        let hit = found.contains(&(id.clone(), listed.clone()));
        let (all, hits) = by_kind.entry(kind).or_default();
        *all += 1;
        *hits += u32::from(hit);
        if show && !hit && KINDS.contains(&kind.as_str()) {
            println!("not found: {id} {listed} {kind}");
        }
    }
    for (kind, (all, hits)) in by_kind.iter().filter(|(kind, _)| KINDS.contains(kind)) {
        println!("{kind:<18} {hits:>5} of {all:<5} {:.4}", f64::from(*hits) / f64::from(*all));
    }
    for ((side, feature), count) in features {
        println!("{side:<22} {feature:<34} {count}");
    }
    println!("{:.3} of 1,000 strangers", f64::from(strangers) * 1000.0 / f64::from(rows));
}

const KINDS: &[&str] = &[
    "email_domain",
    "domain",
    "lookalike_domain",
    "nameserver",
    "ip_in_prefix",
    "prefix_overlap",
    "phone",
    "address",
    "wallet",
    "handle",
    "reg_number",
];

fn leak(text: &str) -> &'static str {
    String::from(text).leak()
}

fn planted(path: &str) -> HashMap<String, (String, String)> {
    let mut reader = csv::Reader::from_path(Path::new(path)).expect("a truth file");
    let rows = reader.records().map(|row| row.expect("a row"));
    rows.map(|row| (row[0].to_owned(), (row[1].to_owned(), row[2].to_owned()))).collect()
}

fn list(path: &str) -> (Vec<String>, Vec<CleanIdentifiers>) {
    let text = std::fs::read_to_string(path).expect("the list");
    text.lines()
        .map(|line| {
            let entry: Value = serde_json::from_str(line).expect("a JSON line");
            (entry["id"].as_str().expect("an id").to_owned(), listed(&entry))
        })
        .unzip()
}

fn listed(entry: &Value) -> CleanIdentifiers {
    let values = |field: &str, kind: Kind| -> Vec<Identifier> {
        let all = entry[field].as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|value| {
                Identifier::new(kind, value.as_str().map_or_else(|| value.to_string(), str::to_owned))
            })
            .collect()
    };
    let fields = [
        ("emails", Kind::Email),
        ("domains", Kind::Domain),
        ("phones", Kind::Phone),
        ("wallets", Kind::Wallet),
        ("reg_numbers", Kind::RegisterNumber),
        ("handles", Kind::Handle),
        ("prefixes", Kind::IpRange),
        ("asns", Kind::Asn),
    ];
    let identifiers: Vec<Identifier> = fields.iter().flat_map(|(field, kind)| values(field, *kind)).collect();
    let part = |address: &Value, field: &str| address[field].as_str().unwrap_or_default().to_owned();
    let addresses: Vec<Address> = entry["addresses"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|one| Address {
            street: part(one, "street"),
            postcode: part(one, "postcode"),
            city: part(one, "city"),
            country: part(one, "country"),
        })
        .collect();
    cleaned(&identifiers, &addresses, entry["countries"][0].as_str())
}

fn customer(row: &HashMap<&str, &str>) -> CleanIdentifiers {
    let fields = [
        ("email", Kind::Email),
        ("service_ips", Kind::IpRange),
        ("prefixes", Kind::IpRange),
        ("domains", Kind::Domain),
        ("nameservers", Kind::NameServer),
        ("im_handle", Kind::Handle),
        ("wallet", Kind::Wallet),
    ];
    let mut identifiers: Vec<Identifier> = fields
        .iter()
        .flat_map(|(field, kind)| row[field].split_whitespace().map(|value| Identifier::new(*kind, value)))
        .collect();
    identifiers.push(Identifier::new(Kind::Phone, row["phone"]));
    identifiers.push(Identifier::new(Kind::VatNumber, row["vat_id"]));
    let address = Address {
        street: row["street"].into(),
        postcode: row["postcode"].into(),
        city: row["city"].into(),
        country: row["country"].into(),
    };
    cleaned(&identifiers, &[address], Some(row["country"]))
}

fn cleaned(identifiers: &[Identifier], addresses: &[Address], country: Option<&str>) -> CleanIdentifiers {
    clean(&RawParty {
        kind: PartyKind::Unknown,
        names: Vec::new(),
        identifiers,
        addresses,
        country,
        birth_date: None,
        validity: Validity::default(),
    })
}
