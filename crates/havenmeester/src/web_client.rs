//! How the program speaks to web servers: over TLS, but for this very machine, which tests and tunnels use.

use std::time::Duration;

use sign_in::Url;
use ureq::Agent;
use ureq::tls::{RootCerts, TlsConfig};

/// How long a whole answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Connections that stay open where nothing runs at once.
const FEW: usize = 3;

/// Whether an address is one that confidential things may be asked of: of TLS, or of this machine.
pub(crate) fn is_private(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| sign_in::is_private(&url))
}

/// A client that follows no redirects and leaves the status of an answer to who asked.
pub(crate) fn agent() -> Agent {
    patient_for(PATIENCE)
}

/// The same where a whole answer may take as long as this.
pub(crate) fn patient_for(patience: Duration) -> Agent {
    with_connections(patience, FEW)
}

/// The same where so many requests run at once and each keeps its connection.
pub(crate) fn with_connections(patience: Duration, connections: usize) -> Agent {
    // The one provider of the program; a second call finds it there.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    // The certificates that the machine trusts, so that a house with its own authority needs no setting here.
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(patience))
        .max_redirects(0)
        .max_idle_connections(connections)
        .max_idle_connections_per_host(connections)
        .http_status_as_error(false)
        .build()
        .new_agent()
}

#[cfg(test)]
mod tests {
    use super::is_private;

    #[test]
    fn only_tls_and_this_machine_are_private() {
        for address in ["https://police.example/x", "http://127.0.0.1:80/x", "http://localhost/x"] {
            assert!(is_private(address), "{address}");
        }
        for address in [
            "http://police.example/x",
            "http://127.0.0.1.example/x",
            "http://localhost:x@police.example/",
            "localhost",
            "ftp://localhost",
        ] {
            assert!(!is_private(address), "{address}");
        }
    }
}
