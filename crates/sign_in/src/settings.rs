//! What the house and its provider agreed on.

use openidconnect::url::Url;
use openidconnect::{IssuerUrl, RedirectUrl};
use secrecy::SecretString;

/// Below the address of the desk: where the provider sends the browser back to.
const BACK: &str = "login/openid/back";

/// What tells one person from another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum IdentifyBy {
    /// The provider's own name of a person (`sub`), which never changes hands.
    #[default]
    Subject,
    /// The e-mail address, if the provider says that it verified it. It may be given to another person later.
    Email,
}

/// What the house and its provider agreed on.
#[derive(Clone, Debug)]
pub struct Settings {
    pub(crate) issuer: IssuerUrl,
    pub(crate) client_id: String,
    /// None for a public client, which shows by PKCE alone that it is the one that asked.
    pub(crate) client_secret: Option<SecretString>,
    pub(crate) back: RedirectUrl,
    pub(crate) identify_by: IdentifyBy,
}

/// Why the settings cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    #[error("`{name}` is no address of the web: {found}")]
    Address { name: &'static str, found: String },
    #[error("`{name}` has to begin with https://, and is {found}")]
    InTheOpen { name: &'static str, found: String },
    #[error("`client_id` is empty")]
    ClientId,
}

impl Settings {
    /// `issuer` is the address of the provider, `desk` the one under which browsers reach the desk; both over TLS, or on
    /// this machine.
    ///
    /// # Errors
    /// A [`SettingsError`].
    pub fn new(
        issuer: &str,
        client_id: &str,
        client_secret: Option<SecretString>,
        desk: &str,
        identify_by: IdentifyBy,
    ) -> Result<Self, SettingsError> {
        private("issuer", issuer)?;
        let desk = private("address", desk)?;
        if client_id.trim().is_empty() {
            return Err(SettingsError::ClientId);
        }
        let back = format!("{}/{BACK}", desk.as_str().trim_end_matches('/'));
        Ok(Self {
            // As it was typed: the provider compares it letter by letter.
            issuer: IssuerUrl::new(issuer.to_owned()).map_err(|_| no_address("issuer", issuer))?,
            client_id: client_id.trim().to_owned(),
            client_secret,
            back: RedirectUrl::new(back).map_err(|_| no_address("address", desk.as_str()))?,
            identify_by,
        })
    }

    /// The address that the provider has to know as one it may send browsers back to.
    pub fn back(&self) -> &str {
        self.back.as_str()
    }
}

fn no_address(name: &'static str, found: &str) -> SettingsError {
    SettingsError::Address { name, found: found.to_owned() }
}

fn private(name: &'static str, text: &str) -> Result<Url, SettingsError> {
    let url = Url::parse(text).map_err(|_| no_address(name, text))?;
    if is_private(&url) { Ok(url) } else { Err(SettingsError::InTheOpen { name, found: text.to_owned() }) }
}

/// Whether what is said there cannot be heard by others: over TLS, or on this machine.
pub fn is_private(url: &Url) -> bool {
    let is_here = matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
    match url.scheme() {
        "https" => url.has_host(),
        "http" => is_here,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str, desk: &str, client_id: &str) -> Result<Settings, SettingsError> {
        Settings::new(issuer, client_id, None, desk, IdentifyBy::Subject)
    }

    #[test]
    fn the_way_back_is_below_the_desk() {
        for desk in ["https://desk.example", "https://desk.example/"] {
            let back = settings("https://id.example/staff", desk, "desk").unwrap().back().to_owned();
            assert_eq!(back, "https://desk.example/login/openid/back");
        }
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let refused =
            |issuer: &str, desk: &str, id: &str| settings(issuer, desk, id).unwrap_err().to_string();
        let (good, desk) = ("https://id.example", "https://desk.example");
        assert_eq!(refused("id.example", desk, "x"), "`issuer` is no address of the web: id.example");
        assert_eq!(refused(good, "desk", "x"), "`address` is no address of the web: desk");
        assert_eq!(refused(good, desk, " "), "`client_id` is empty");
        for open in [
            "http://id.example",
            "http://localhost:x@id.example/",
            "http://127.0.0.1.example",
            "ftp://localhost",
        ] {
            assert!(refused(open, desk, "x").starts_with("`issuer` "), "{open}");
        }
        for here in ["http://127.0.0.1:8080", "http://localhost:8080/realm", "http://[::1]:1"] {
            assert!(settings(here, here, "x").is_ok(), "{here}");
        }
    }
}
