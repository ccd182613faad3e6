//! Connectors against invented servers in memory, with what each program documents, and with what goes wrong.
#![expect(clippy::unwrap_used, reason = "a test that cannot set its table has failed")]

mod address_plans;
mod faults;
mod panels;
mod server;
mod whmcs;
mod whmcs_server;
