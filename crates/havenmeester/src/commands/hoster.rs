//! What a hoster does with deliveries and what came of them.

pub(crate) mod account;
pub(crate) mod audit;
pub(crate) mod database;
pub(crate) mod decision;
pub(crate) mod diff_editions;
pub(crate) mod doctor;
pub(crate) mod hits;
pub(crate) mod install;
pub(crate) mod kept_customers;
pub(crate) mod keys;
pub(crate) mod kyc;
pub(crate) mod letter;
pub(crate) mod list_editions;
pub(crate) mod notices;
pub(crate) mod receipt;
pub(crate) mod receive;
pub(crate) mod rescreen;
pub(crate) mod retractions;
pub(crate) mod schedule;
pub(crate) mod serve;
pub(crate) mod token;
