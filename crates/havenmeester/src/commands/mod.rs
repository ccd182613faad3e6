//! One file for each command.

pub(crate) mod check_customers;
pub(crate) mod check_list;
pub(crate) mod check_sources;
pub(crate) mod compare;
pub(crate) mod demo;
pub(crate) mod explain;
pub(crate) mod export_edition;
pub(crate) mod fetch_customers;
pub(crate) mod footprint;
pub(crate) mod hoster;
pub(crate) mod init;
pub(crate) mod issuer;
pub(crate) mod screen;
