//! A delivery on a web server. Only over TLS, but for this very machine, which tests and tunnels use.

use std::io::{self, Read};
use std::time::Duration;

use delivery::source::{Source, SourceError};
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

use crate::failure::Failure;

/// How long a whole answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// The address of a folder with a delivery.
pub(crate) struct WebSource {
    base: String,
    agent: Agent,
}

impl WebSource {
    /// # Errors
    /// If the address is not one of TLS, nor of this machine.
    pub(crate) fn new(address: &str) -> Result<Self, Failure> {
        let host = address.split("://").nth(1).and_then(|rest| rest.split(['/', ':']).next());
        let is_here = matches!(host, Some("127.0.0.1" | "localhost"));
        if !address.starts_with("https://") && !is_here {
            return Err(Failure::new(
                "a delivery is not fetched over an open line: the address begins with http://",
                "use the https address from the issuer's letter",
            ));
        }
        // The one provider of the program; a second call finds it there.
        let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        // The certificates that the machine trusts, so that a house with its own authority needs no setting here.
        let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
        let agent = Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .build()
            .new_agent();
        Ok(Self { base: address.trim_end_matches('/').to_owned(), agent })
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
