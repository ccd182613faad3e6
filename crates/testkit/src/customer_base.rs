//! The customer base of the demo: some thousand invented customers of a hosting company, as a billing
//! system would export them, with the mess of real exports.
//!
//! The same number of customers and the same seed give the same bytes. The shipped file is written with
//! `cargo run --release -p testkit --example customer_base > crates/havenmeester/demo/customers.csv`.

mod invented;
mod planted;
mod rented;

pub use planted::{HARD_NEGATIVES, PLANTED, Planted};

use crate::random::Random;
use invented::customer;

/// The headings of the export, in order. A value never holds a line break.
pub const HEADINGS: &[&str] = &[
    "Client ID",
    "First Name",
    "Last Name",
    "Company Name",
    "Email",
    "Address 1",
    "City",
    "Postcode",
    "Country",
    "Phone Number",
    "Tax ID",
    "Company Number",
    "Domain",
    "Dedicated IP",
    "ASN",
    "Telegram",
    "Wallet",
    "Status",
    "Signup Date",
    "Product",
    "Server",
    "Recurring Amount",
];

/// One row before it becomes text, in the order of [`HEADINGS`].
pub type Row = [String; 22];

/// The shipped demo has this many customers besides planted ones and bad rows, made from [`SEED`].
pub const CUSTOMERS: usize = 3_000;
/// Any number would do; it only has to stay the same.
pub const SEED: u64 = 20_260_412;

/// The whole export as text: a byte order mark, semicolons, CRLF, quotes where needed.
pub fn export(customers: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let mut rows: Vec<String> =
        (0..customers).map(|place| line(&mess_up(customer(place, &mut random), &mut random))).collect();
    let planted = PLANTED.iter().chain(HARD_NEGATIVES);
    let special: Vec<String> = planted.map(|planted| line(&planted.row(&mut random))).collect();
    for row in special.into_iter().chain(bad_rows()) {
        rows.insert(random.below(rows.len() + 1), row);
    }

    let headings: Row = std::array::from_fn(|column| HEADINGS[column].to_owned());
    format!("\u{feff}{}\r\n{}\r\n", line(&headings), rows.join("\r\n"))
}

/// What happens to values on their way through forms, databases and spreadsheets.
fn mess_up(mut row: Row, random: &mut Random) -> Row {
    const COMPANY: usize = 3;
    const PHONE: usize = 9;
    const NUMBER: usize = 11;
    if random.chance(30) {
        // Billing systems store what the order form sent, entities and all.
        row[COMPANY] = row[COMPANY].replace('&', "&amp;").replace('\'', "&#039;");
    }
    if random.chance(15) {
        // A spreadsheet took the number for a number.
        row[NUMBER] = row[NUMBER].trim_start_matches('0').to_owned();
    }
    if row[PHONE].starts_with('+') && random.chance(40) {
        // The escape against formulas that some exporters put before a plus sign.
        row[PHONE].insert(0, '\'');
    }
    if !row[COMPANY].is_empty() && random.chance(4) {
        row[COMPANY] = format!("  {}  ", row[COMPANY].to_uppercase());
    }
    if !row[COMPANY].is_empty() && random.chance(2) {
        // Zero-width blanks come along when a name is pasted from a web page.
        row[COMPANY].insert(0, '\u{200b}');
    }
    if random.chance(2) {
        row[12] = "N/A".to_owned();
    }
    row
}

fn line(row: &Row) -> String {
    row.iter().map(|value| quoted(value)).collect::<Vec<_>>().join(";")
}

fn quoted(value: &str) -> String {
    if value.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", value.replace('"', "\"\""))
    } else {
        value.to_owned()
    }
}

/// Rows that a reader must report with their line, while keeping all others.
fn bad_rows() -> impl Iterator<Item = String> {
    [
        // Cut off in the middle of a download.
        "99001;Wim;Halvewind",
        // A separator inside a street that nobody quoted: one column too many.
        "99002;Noor;Dubbelstroom;Dubbelstroom Media;info@dubbelstroom.example;Kade 1; achter;Delft;2611 AA;NL;;;;dubbelstroom.example;;;;;Active;2023-04-01;;;",
        // Only separators, as spreadsheets leave them at the end.
        ";;;;;;;;;;;;;;;;;;;;;",
        // Without an id.
        ";Ada;Zonderling;Zonder Nummer;ada@zonder-nummer.example;Pad 3;Gouda;2801 AA;NL;;;;zonder-nummer.example;;;;;Active;2022-02-02;;;",
        // The same id twice.
        "99003;Bo;Dubbel;Tweemaal Hosting;bo@tweemaal.example;Laan 5;Ede;6711 AA;NL;;;;tweemaal.example;;;;;Active;2021-01-01;;;",
        "99003;Bo;Dubbel;Tweemaal Hosting;bo@tweemaal.example;Laan 5;Ede;6711 AA;NL;;;;tweemaal.example;;;;;Active;2021-01-01;;;",
        // Nothing to screen by: belongs to those of whom nothing can be told.
        "99004;;;;;;;;NL;;;;;;;;;Active;2020-06-06;;;",
    ]
    .into_iter()
    .map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_bytes() {
        assert!(export(50, 1) == export(50, 1));
        assert!(export(50, 1) != export(50, 2));
    }

    #[test]
    fn every_planted_customer_is_in_the_export() {
        let export = export(20, SEED);

        for planted in PLANTED.iter().chain(HARD_NEGATIVES) {
            assert!(export.contains(&format!("\n{};", planted.id)), "{} is missing", planted.id);
        }
    }

    #[test]
    fn machines_have_one_customer_or_several_and_nobody_who_left() {
        let export = export(CUSTOMERS, SEED);
        let rows = export.lines().map(|line| line.split(';').collect::<Vec<_>>());
        let whole: Vec<Vec<&str>> = rows.filter(|row| row.len() == HEADINGS.len()).collect();
        let on_machine = |row: &[&str]| {
            let machine = row[20].to_owned();
            whole.iter().filter(|other| other[20] == machine).count()
        };
        let of = |product: &str| whole.iter().find(|row| row[19].starts_with(product)).expect("it is sold");

        assert!(on_machine(of("Webhosting")) > 20);
        assert!(on_machine(of("VPS")) > 5);
        assert_eq!(on_machine(of("Dedicated")), 1);
        assert!(whole.iter().all(|row| row[17] != "Closed" || row[20].is_empty()));
    }

    #[test]
    fn mail_goes_to_documentation_domains_only() {
        // A planted customer may write from a listed domain: that is what it is planted for.
        let planted = |line: &&str| PLANTED.iter().any(|planted| line.starts_with(planted.id));
        for line in export(500, SEED).lines().skip(1).filter(|line| !planted(line)) {
            for domain in
                line.split([';', ' ', ',']).filter_map(|value| value.split_once('@')).map(|(_, d)| d)
            {
                let reserved = domain.ends_with(".example") || domain.ends_with(".test");
                assert!(reserved || domain.is_empty() || !domain.contains('.'), "{domain}");
            }
        }
    }
}
