//! Writes the demo's customer export to standard output; with a number, one of that many customers.

use std::io::Write;

use testkit::customer_base::{CUSTOMERS, SEED, export};

fn main() -> std::io::Result<()> {
    let customers = std::env::args().nth(1).and_then(|given| given.parse().ok()).unwrap_or(CUSTOMERS);
    std::io::stdout().lock().write_all(export(customers, SEED).as_bytes())
}
