//! Every story of the store, told once and run on both databases.
//!
//! SQLite runs always. PostgreSQL runs where HAVENMEESTER_TEST_POSTGRES holds the address of a server in which this
//! test may make databases; `scripts/test` starts one. Where it is absent, a line says so.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "all of this is test code; what is skipped is said on the terminal"
)]

mod cast;
mod place;

mod audit_chain;
mod breakage;
mod dumps;
mod hoster_side;
mod issuer_side;
mod killed;
mod secrecy;
mod upgrade;
