//! Notices: who is told by mail or webhook that something happened here, and what they are told.
//!
//! * `settings` reads notices.toml; `message` is what is said, in words and as JSON.
//! * `mail` and `webhook` carry it; `worker` does so as long as the desk runs.

mod mail;
mod message;
mod settings;
mod webhook;
mod worker;

pub(crate) use message::Message;
pub(crate) use settings::{EXAMPLE, House, Target};
pub(crate) use webhook::drawn_secret;
pub(crate) use worker::begin;
