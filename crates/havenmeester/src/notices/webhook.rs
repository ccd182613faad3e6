//! A notice to a program: one signed POST, in the manner of Standard Webhooks (<https://www.standardwebhooks.com>).

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use documents::Language;
use hmac::{Hmac, Mac};
use jiff::Timestamp;
use rand::RngCore;
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;
use ureq::Agent;

use super::message::Message;
use crate::web_client;

/// How long a whole answer may take: a program that takes notices in has nothing to think about.
const PATIENCE: Duration = Duration::from_secs(10);
/// How a secret begins.
const PREFIX: &str = "whsec_";
/// Bytes of a secret, at least and at most.
const SECRET_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// Bytes of a secret that is drawn here.
const DRAWN_BYTES: usize = 32;

pub(super) struct Webhook {
    address: String,
    key: SecretString,
    language: Language,
    agent: Agent,
}

/// Shows neither address nor key.
impl std::fmt::Debug for Webhook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Webhook")
    }
}

impl Webhook {
    /// # Errors
    /// What of the address or the secret cannot be used.
    pub(super) fn new(address: &str, secret: &SecretString, language: Language) -> Result<Self, String> {
        if !web_client::is_private(address) {
            return Err("`address` has to begin with https://".to_owned());
        }
        let key = secret.expose_secret().trim();
        let bytes = key_of(key).ok_or_else(|| {
            format!(
                "the secret has to be `{PREFIX}` and {} to {} bytes in base64; `havenmeester notices secret` draws one",
                SECRET_BYTES.start(),
                SECRET_BYTES.end()
            )
        })?;
        drop(bytes);
        let agent = web_client::patient_for(PATIENCE);
        Ok(Self { address: address.to_owned(), key: key.to_owned().into(), language, agent })
    }

    /// Sends it, and waits until the program has confirmed it.
    ///
    /// # Errors
    /// Why it was not taken in, in one of a few words.
    pub(super) fn send(&self, message: &Message, now: Timestamp) -> Result<(), &'static str> {
        let body = message.json(self.language).to_string();
        let seconds = now.as_second();
        let signature = self.signature(&message.id, seconds, &body);
        let answer = self
            .agent
            .post(&self.address)
            .content_type("application/json")
            .header("user-agent", concat!("havenmeester/", env!("CARGO_PKG_VERSION")))
            .header("webhook-id", &message.id)
            .header("webhook-timestamp", seconds.to_string())
            .header("webhook-signature", signature)
            .send(&body);
        match answer.map(|answer| answer.status().as_u16()) {
            Ok(200..=299) => Ok(()),
            // It is not gone after: what is sent is for this address alone.
            Ok(300..=399) => Err("redirected"),
            Ok(500..) => Err("server_error"),
            Ok(_) => Err("refused"),
            Err(error) => Err(trouble(&error)),
        }
    }

    fn signature(&self, id: &str, seconds: i64, body: &str) -> String {
        let key = key_of(self.key.expose_secret()).unwrap_or_default();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("a key of any length");
        mac.update(format!("{id}.{seconds}.{body}").as_bytes());
        format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
    }
}

fn key_of(secret: &str) -> Option<Vec<u8>> {
    let bytes = STANDARD.decode(secret.strip_prefix(PREFIX)?).ok()?;
    SECRET_BYTES.contains(&bytes.len()).then_some(bytes)
}

/// A fresh secret for both sides.
pub(crate) fn drawn_secret(random: &mut impl RngCore) -> String {
    let mut bytes = [0; DRAWN_BYTES];
    random.fill_bytes(&mut bytes);
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// What of an error a person can act on. Its text is not passed on: it may hold the address with everything in it.
fn trouble(error: &ureq::Error) -> &'static str {
    match error {
        ureq::Error::Timeout(_) => "timed_out",
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => "certificate",
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::InvalidData => "certificate",
        ureq::Error::Io(io) if io.kind() == std::io::ErrorKind::TimedOut => "timed_out",
        _ => "unreachable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that the specification gives.
    #[test]
    fn the_signature_is_that_of_the_specification() {
        let secret = SecretString::from("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        let hook = Webhook::new("https://hooks.example/x", &secret, Language::En).unwrap();
        let signature =
            hook.signature("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, r#"{"test": 2432232314}"#);
        assert_eq!(signature, "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    #[test]
    fn what_cannot_be_used_is_said() {
        let check = |address: &str, secret: &str, expected: &str| {
            let told = Webhook::new(address, &SecretString::from(secret), Language::En).expect_err(expected);
            assert!(told.contains(expected) && !told.contains("c2VjcmV0"), "{told}");
        };
        let good = drawn_secret(&mut rand::thread_rng());
        check("http://hooks.example/x", &good, "https://");
        check("https://hooks.example/x", "c2VjcmV0", "24 to 64 bytes");
        check("https://hooks.example/x", "whsec_c2VjcmV0", "24 to 64 bytes");
        check("https://hooks.example/x", "whsec_%%%%", "24 to 64 bytes");
        assert!(Webhook::new("http://127.0.0.1:9/x", &SecretString::from(good), Language::En).is_ok());
    }
}
