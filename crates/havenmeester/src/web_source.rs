//! A delivery on a web server.

use std::io::{self, Read};

use delivery::source::{Source, SourceError};
use ureq::Agent;

use crate::failure::Failure;
use crate::web_client;

/// The address of a folder with a delivery.
pub(crate) struct WebSource {
    base: String,
    agent: Agent,
}

impl WebSource {
    /// # Errors
    /// If the address is not one of TLS, nor of this machine.
    pub(crate) fn new(address: &str) -> Result<Self, Failure> {
        if !web_client::is_private(address) {
            return Err(Failure::new(
                "a delivery is not fetched over an open line: the address begins with http://",
                "use the https address from the issuer's letter",
            ));
        }
        Ok(Self { base: address.trim_end_matches('/').to_owned(), agent: web_client::agent() })
    }

    fn get(&self, name: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let mut answer = self.agent.get(format!("{}/{name}", self.base)).call().map_err(io::Error::other)?;
        match answer.status().as_u16() {
            200 => {}
            403 | 404 => return Ok(None),
            status => return Err(io::Error::other(format!("the server answered with status {status}"))),
        }
        let mut bytes = Vec::new();
        answer.body_mut().as_reader().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        Ok(Some(bytes))
    }
}

impl Source for WebSource {
    fn fetch(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, SourceError> {
        self.get(name, limit).map_err(|cause| SourceError { name: name.to_owned(), cause })
    }
}
