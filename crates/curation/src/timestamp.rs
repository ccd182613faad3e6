//! Time-stamps by a trusted service (RFC 3161, RFC 5816): the file existed at this moment, unchanged.
//!
//! Bytes in, bytes out: somebody else carries the request to the service. Only the hash of the file goes
//! there. The answer is checked down to the signature and the certificates of the service; whether these
//! were revoked is not asked, since that needs the network.

mod certificates;
mod error;
#[cfg(test)]
mod tests;
mod token;

use std::fmt;

use der::asn1::{Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Decode, Encode};
use jiff::Timestamp;
use x509_tsp::{MessageImprint, TimeStampReq, TimeStampResp, TspVersion};

use crate::Sha256Hash;

pub use certificates::TimeStampTrust;
pub use error::TimeStampError;

const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");

/// A question to a time-stamp service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeStampRequest {
    file: Sha256Hash,
    nonce: u64,
}

/// A time-stamp that was checked. Only [`TimeStampRequest::verify`] makes one; a store keeps request and
/// response as bytes and verifies them again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeStamp {
    file: Sha256Hash,
    at: Timestamp,
    serial: String,
    policy: String,
    certificate: Sha256Hash,
}

impl TimeStampRequest {
    /// A question for a file. `random` ties the answer to this question; it must be new each time.
    pub fn new(file: Sha256Hash, random: u64) -> Self {
        // A positive number of exactly eight bytes, so that every service writes it in the same way.
        let nonce = (random & (u64::MAX >> 1)) | (1 << 62);
        Self { file, nonce }
    }

    /// The hash that is stamped.
    pub fn file(&self) -> Sha256Hash {
        self.file
    }

    /// The bytes to send, of media type `application/timestamp-query`.
    pub fn to_der(&self) -> Vec<u8> {
        let request = TimeStampReq {
            version: TspVersion::V1,
            message_imprint: self.imprint(),
            req_policy: None,
            nonce: Some(self.nonce()),
            cert_req: true,
            extensions: None,
        };
        request.to_der().expect("a request of fixed parts can be written")
    }

    /// A question that a store kept.
    ///
    /// # Errors
    /// If the bytes are no question that this program made.
    pub fn from_der(bytes: &[u8]) -> Result<Self, TimeStampError> {
        let what = "a time-stamp request for a SHA-256 hash";
        let request = TimeStampReq::from_der(bytes).map_err(|_| TimeStampError::NotReadable { what })?;
        let file: Option<[u8; 32]> = request.message_imprint.hashed_message.as_bytes().try_into().ok();
        let nonce: Option<[u8; 8]> =
            request.nonce.as_ref().and_then(|nonce| nonce.as_bytes().try_into().ok());
        let (Some(file), Some(nonce)) = (file, nonce) else {
            return Err(TimeStampError::NotReadable { what });
        };
        let request = Self { file: Sha256Hash(file), nonce: u64::from_be_bytes(nonce) };
        // Whatever else stood in it would be lost.
        if request.to_der() == bytes { Ok(request) } else { Err(TimeStampError::NotReadable { what }) }
    }

    /// Checks the answer of the service, of media type `application/timestamp-reply`.
    ///
    /// In this order: the service granted it; it is about this hash and this question; the signature is
    /// of the content; the signing certificate is the one that the signature names, is for time-stamping,
    /// was valid at that moment, and leads to a trusted root.
    ///
    /// # Errors
    /// The first of these that does not hold.
    pub fn verify(&self, response: &[u8], trust: &TimeStampTrust) -> Result<TimeStamp, TimeStampError> {
        let what = "a time-stamp response";
        let response = TimeStampResp::from_der(response).map_err(|_| TimeStampError::NotReadable { what })?;
        let status = response.status.status as u8;
        // 0 is granted, 1 granted with changes (RFC 3161, 2.4.2).
        if status > 1 {
            return Err(TimeStampError::NotGranted { status });
        }
        let token = response.time_stamp_token.ok_or(TimeStampError::NoToken)?;
        let token = token::Token::read(&token)?;
        if token.info.message_imprint != self.imprint() {
            return Err(TimeStampError::OtherFile);
        }
        if token.info.nonce.as_ref() != Some(&self.nonce()) {
            return Err(TimeStampError::OtherQuestion);
        }
        let at = token.info.at()?;
        let certificate = token.signing_certificate()?;
        token.check_signature(&certificate)?;
        trust.check(&certificate, &token.certificates, at)?;
        let serial = token.info.serial_number.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(TimeStamp {
            file: self.file,
            at,
            serial,
            policy: token.info.policy.to_string(),
            certificate: Sha256Hash::of(&certificate),
        })
    }

    fn nonce(&self) -> Int {
        Int::new(&self.nonce.to_be_bytes()).expect("eight bytes are a number")
    }

    fn imprint(&self) -> MessageImprint {
        MessageImprint {
            hash_algorithm: cms::cert::x509::spki::AlgorithmIdentifier {
                oid: SHA_256,
                parameters: Some(der::Any::null()),
            },
            hashed_message: OctetString::new(self.file.0).expect("32 bytes are short enough"),
        }
    }
}

impl TimeStamp {
    /// The hash of the stamped file.
    pub fn file(&self) -> Sha256Hash {
        self.file
    }

    /// The moment, as the service gives it.
    pub fn at(&self) -> Timestamp {
        self.at
    }

    /// Number of the stamp at the service, in hexadecimal digits.
    pub fn serial(&self) -> &str {
        &self.serial
    }

    /// Object identifier of the policy of the service.
    pub fn policy(&self) -> &str {
        &self.policy
    }

    /// Hash of the certificate that signed.
    pub fn certificate(&self) -> Sha256Hash {
        self.certificate
    }
}

impl fmt::Display for TimeStamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "time-stamp {} of {}", self.serial, self.at)
    }
}
