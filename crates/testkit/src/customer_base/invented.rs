//! One invented customer after the other: where it is, what it is called, what it rents.

use super::Row;
use super::rented::rent;
use crate::random::Random;

/// A country with what its customers look like. `share` is in percent; the shares make 100.
struct Place {
    share: usize,
    code: &'static str,
    cities: &'static [(&'static str, &'static str)],
    streets: &'static [&'static str],
    legal_forms: &'static [&'static str],
    first: &'static [&'static str],
    last: &'static [&'static str],
}

/// Mostly Dutch, as a Dutch hoster's base would be; the rest gives the readers something to do.
const PLACES: &[Place] = &[
    Place {
        share: 52,
        code: "NL",
        cities: &[
            ("Amsterdam", "1011 AA"),
            ("Rotterdam", "3011 AB"),
            ("Utrecht", "3511 AC"),
            ("Eindhoven", "5611 AD"),
            ("Groningen", "9711 AE"),
            ("Zwolle", "8011 AG"),
        ],
        streets: &["Voorbeeldkade", "Proefstraat", "Testlaan", "Modelweg", "Schetsplein", "Ontwerpdijk"],
        legal_forms: &["B.V.", "BV", "V.O.F.", "Stichting", "", "", "Holding B.V."],
        first: &["Anna", "Bram", "Daan", "Fleur", "Joris", "Lotte", "Maud", "Niels", "Sanne", "Thijs"],
        last: &["de Vries", "van den Berg", "Bakker", "Visser", "Smit", "Mulder", "Dekker", "Brouwer"],
    },
    Place {
        share: 14,
        code: "DE",
        cities: &[("Berlin", "10115"), ("Köln", "50667"), ("München", "80331"), ("Leipzig", "04109")],
        streets: &["Beispielstraße", "Musterweg", "Probeallee", "Vorlagengasse"],
        legal_forms: &["GmbH", "UG (haftungsbeschränkt)", "GmbH & Co. KG", "e.K.", ""],
        first: &["Jürgen", "Heike", "Matthias", "Käthe", "Stefan", "Ulrike"],
        last: &["Müller", "Schäfer", "Krüger", "Vogel", "Böhm", "Lang"],
    },
    Place {
        share: 12,
        code: "GB",
        cities: &[("London", "EC1A 1AA"), ("Leeds", "LS1 1AA"), ("Cardiff", "CF10 1AA")],
        streets: &["Sample Street", "Specimen Road", "Pattern Lane", "Draft Row"],
        legal_forms: &["Ltd", "Limited", "LLP", "PLC", ""],
        first: &["Alice", "Edward", "Grace", "Oliver", "Ruth", "Simon"],
        last: &["Archer", "Bennett", "Clarke", "Doyle", "Ellison", "O'Hara"],
    },
    Place {
        share: 9,
        code: "FR",
        cities: &[("Paris", "75001"), ("Lyon", "69001"), ("Nîmes", "30000")],
        streets: &["rue de l'Exemple", "avenue du Modèle", "place de l'Essai"],
        legal_forms: &["SARL", "SAS", "SASU", ""],
        first: &["Amélie", "Benoît", "Chloé", "François", "Inès", "Théo"],
        last: &["Lefèvre", "Garnier", "Rousseau", "Perrin", "Béranger"],
    },
    Place {
        share: 7,
        code: "PL",
        cities: &[("Warszawa", "00-001"), ("Łódź", "90-001"), ("Kraków", "30-001")],
        streets: &["ul. Przykładowa", "ul. Wzorcowa", "al. Próbna"],
        legal_forms: &["Sp. z o.o.", "sp. z o.o. sp.k.", "S.A.", ""],
        first: &["Agnieszka", "Łukasz", "Małgorzata", "Paweł", "Zofia"],
        last: &["Wiśniewski", "Zając", "Dąbrowska", "Król", "Pawlak"],
    },
    Place {
        share: 6,
        code: "RU",
        cities: &[("Казань", "420000"), ("Новосибирск", "630000"), ("Тверь", "170000")],
        streets: &["ул. Примерная", "пр. Образцовый", "ул. Пробная"],
        legal_forms: &["ООО", "ИП", "АО", ""],
        first: &["Ольга", "Дмитрий", "Наталья", "Сергей", "Юлия"],
        last: &["Берёзкин", "Листов", "Ромашкина", "Соколова", "Тихонов"],
    },
];

/// Parts of company names that were made up for this file.
const BEGINNINGS: &[&str] = &[
    "Ambla", "Brintel", "Calvo", "Dorsima", "Elvand", "Farolin", "Grantha", "Hostrum", "Ilvano", "Jorbeck",
    "Kantrel", "Lumora", "Mervik", "Nostrava", "Oltano", "Pendrix", "Quorva", "Rastella", "Silvano",
    "Tamrik", "Ulverin", "Vandoro", "Westrima", "Xantelo", "Yorvika", "Zandrel",
];
const ENDINGS: &[&str] = &[
    "bit", "dak", "fen", "gard", "hof", "kade", "lund", "mark", "nor", "pad", "rum", "sluis", "tor", "veld",
];
const BEGINNINGS_CYRILLIC: &[&str] =
    &["Амбла", "Бринтел", "Вандор", "Дорсима", "Мервик", "Пендри", "Ростел", "Улвер", "Фаролин", "Янтрел"];
/// What the companies do. Words of the trade are among them on purpose: they must not carry a hit.
const TRADES: &[&str] = &[
    "Hosting",
    "Cloud",
    "Webdesign",
    "Media",
    "Solutions",
    "Data",
    "Bakkerij",
    "Bouw",
    "Advies",
    "Fietsen",
    "Tandartsen",
    "Studio",
    "Logistics",
    "Reizen",
    "Interieur",
    "Software",
    "& Zonen",
    "Makelaars",
];

/// Customer number `place`, counted from 0.
pub(super) fn customer(place: usize, random: &mut Random) -> Row {
    let home = pick_place(random);
    let (first, last) = (*random.pick(home.first), *random.pick(home.last));
    let private = random.chance(22);
    let name = brand(home.code, place, random);
    let slug = slug(&name, place);
    let (city, postcode) = *random.pick(home.cities);
    let company = if private { String::new() } else { company(home, &name, random) };
    let phone = if random.chance(78) { phone(home.code, place, random) } else { String::new() };
    let domain = format!("{slug}.example");
    let mailbox = if private { "mail.example".to_owned() } else { domain.clone() };
    let user = *random.pick(&["info", "admin", "billing", "hello", "noc"]);
    let mut row = [
        (10_001 + place).to_string(),
        first.to_owned(),
        last.to_owned(),
        company,
        if private { format!("user{place}@{mailbox}") } else { format!("{user}@{mailbox}") },
        format!("{} {}", random.pick(home.streets), 1 + random.below(240)),
        city.to_owned(),
        postcode.to_owned(),
        home.code.to_owned(),
        phone,
        if private || random.chance(45) { String::new() } else { vat(home.code, place) },
        if private || home.code != "NL" { String::new() } else { register_number(place, random) },
        domains(&domain, &slug, random),
        addresses(place, random),
        String::new(),
        if random.chance(5) { format!("@invented_user_{place}") } else { String::new() },
        String::new(),
        (*random.pick(&["Active", "Active", "Active", "Active", "Inactive", "Closed"])).to_owned(),
        format!("20{:02}-{:02}-{:02}", 15 + random.below(11), 1 + random.below(12), 1 + random.below(28)),
        String::new(),
        String::new(),
        String::new(),
    ];
    rent(&mut row, place);
    row
}

fn pick_place(random: &mut Random) -> &'static Place {
    let mut rest = random.below(100);
    for place in PLACES {
        if rest < place.share {
            return place;
        }
        rest -= place.share;
    }
    &PLACES[0]
}

/// A made-up name that no other customer has: the first ones are combinations, later ones get a number.
fn brand(country: &str, place: usize, random: &mut Random) -> String {
    if country == "RU" {
        return format!("{}{}", random.pick(BEGINNINGS_CYRILLIC), 100 + place);
    }
    let combined = format!("{}{}", BEGINNINGS[place % BEGINNINGS.len()], random.pick(ENDINGS));
    if place < 2_000 { combined } else { format!("{combined} {place}") }
}

fn company(home: &Place, name: &str, random: &mut Random) -> String {
    let form = *random.pick(home.legal_forms);
    let trade = if home.code == "RU" { "" } else { *random.pick(TRADES) };
    let parts = if matches!(form, "ООО" | "ИП" | "АО" | "Stichting") {
        [form, name, trade]
    } else {
        [name, trade, form]
    };
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

fn slug(name: &str, place: usize) -> String {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    format!("{}-{place}", if letters.is_empty() { "klant".to_owned() } else { letters.to_lowercase() })
}

/// Numbers reserved for drama and documentation where the country has them (Ofcom, Bundesnetzagentur,
/// Arcep); the 555 01 range elsewhere. Written the way people write them.
fn phone(country: &str, place: usize, random: &mut Random) -> String {
    let (code, number) = match country {
        "GB" => ("44", format!("1632960{:03}", place % 1000)),
        "DE" => ("49", format!("3023125{:03}", place % 1000)),
        "FR" => ("33", format!("19900{:04}", place % 10_000)),
        "PL" => ("48", format!("2255501{:02}", place % 100)),
        "RU" => ("7", format!("900000{:04}", place % 10_000)),
        _ => ("31", format!("{}55501{:02}", random.pick(&["10", "20", "30", "40", "50", "70"]), place % 100)),
    };
    match random.below(5) {
        0 => format!("+{code}.{number}"),
        1 => format!("+{code} {} {}", &number[..3], &number[3..]),
        2 => format!("00{code}{number}"),
        3 if country == "NL" || country == "GB" => format!("0{}-{}", &number[..2], &number[2..]),
        4 if country == "NL" => format!("+{code} (0){} / {}", &number[..2], &number[2..]),
        _ => format!("+{code}{number}"),
    }
}

/// Tax numbers of the right form that nobody has: they start with zeros.
fn vat(country: &str, place: usize) -> String {
    match country {
        "NL" => format!("NL{:09}B01", 10 + place),
        "RU" => String::new(),
        other => format!("{other}{:09}", 10 + place),
    }
}

/// The Dutch register has given out no number that begins with four zeros.
fn register_number(place: usize, random: &mut Random) -> String {
    if random.chance(40) { String::new() } else { format!("0000{:04}", (1_000 + place) % 10_000) }
}

fn domains(own: &str, slug: &str, random: &mut Random) -> String {
    match random.below(10) {
        0 => String::new(),
        1..=2 => format!("{own}, shop-{slug}.example"),
        3 => format!("https://www.{own}/ {slug}.test"),
        _ => own.to_owned(),
    }
}

fn addresses(place: usize, random: &mut Random) -> String {
    let ipv6 = format!("2001:db8:{:x}::/48", 0x1000 + place % 0xe000);
    match random.below(10) {
        0..=4 => String::new(),
        5..=6 => ipv6,
        7 => format!("198.51.100.{}, {ipv6}", 1 + place % 254),
        8 => format!("203.0.113.{}", 1 + place % 254),
        _ => format!("192.0.2.{} {ipv6}", 1 + place % 254),
    }
}
