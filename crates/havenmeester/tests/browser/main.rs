//! A real browser at the web desk: letter day from login to dossier, and every page in both languages, both themes and
//! the size of a phone, looked at by axe and kept as a picture in `target/tmp/pictures`.
//!
//! `scripts/test` installs Chromium with its driver and axe-core and names them in HAVENMEESTER_TEST_CHROMEDRIVER and
//! HAVENMEESTER_TEST_AXE. Without them the tests say that they were skipped.
#![expect(clippy::unwrap_used, reason = "a test that cannot set its table has failed")]
#![expect(clippy::print_stderr, reason = "what was skipped is said")]

mod desk;
mod letter_day;
mod office;
mod pages;
mod sign_in;
mod sign_up;
