//! The sources of a house: connectors.toml, and how they are read.

mod asking;
mod fetching;
mod kept_pages;
mod settings;

pub(crate) use asking::WebAsk;
pub(crate) use fetching::{Fetched, fetch};
pub(crate) use settings::{EXAMPLE, House, Source, secret_in};
