//! Readers of the labelled sets and of the project's own cases.

pub mod dedupe;
pub mod febrl;
pub mod folder;
pub mod pairs;
