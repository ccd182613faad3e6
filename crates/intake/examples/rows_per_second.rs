//! How fast a customer file is read: rows a second, reading and taking apart on one thread.
//!
//!     cargo run --release -p intake --example rows_per_second -- CUSTOMERS

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example talks to its user")]

use std::time::Instant;

use intake::customers::{self, CustomerOptions};

/// As in the program itself.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let path = std::env::args().nth(1).expect("name a customer file");
    let started = Instant::now();
    let mut file = customers::open(path.as_ref(), &CustomerOptions::default()).unwrap_or_else(|error| {
        eprintln!("error: {error}\nhint: {}", error.hint().map_or_else(String::new, |hint| hint.to_string()));
        std::process::exit(2)
    });
    println!("{:#?}", file.understood());
    let (mut rows, mut identifiers) = (0_u64, 0);
    for customer in file.by_ref().flatten() {
        rows += 1;
        identifiers += customer.identifiers.len();
    }
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "{rows} customers, {identifiers} identifiers, {seconds:.2} s, {:.0} rows a second",
        rows as f64 / seconds
    );
    println!("problems: {:?}", file.problems());
    for problem in file.problems().examples().iter().take(10) {
        println!("  {problem}");
    }
}
