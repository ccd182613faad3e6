//! Signing in with the identity provider of a house: OpenID Connect Core 1.0, the authorization code flow, with PKCE
//! (RFC 7636) and a nonce.
//!
//! The browser is sent to the provider ([`Provider::begin`]) and comes back with a code; the provider says over its own
//! line whose code it is ([`Provider::end`]). Knows no network and no accounts: whoever uses it brings a function that
//! asks a web server ([`Ask`]), and decides what an identity may do.
#![forbid(unsafe_code)]

mod error;
mod journey;
mod provider;
mod settings;

pub use error::SignInError;
pub use journey::{Brought, Departure, Kept};
pub use openidconnect::url::Url;
pub use openidconnect::{HttpRequest, HttpResponse};
pub use provider::{Ask, Provider, Unreachable};
pub use settings::{IdentifyBy, Settings, SettingsError, is_private};
