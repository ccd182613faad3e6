//! Which services are trusted, and whether a certificate leads to one of them.

use std::time::Duration;

use der::oid::ObjectIdentifier;
use jiff::Timestamp;
use rustls_pki_types::{CertificateDer, SignatureVerificationAlgorithm, TrustAnchor, UnixTime};
use webpki::{EndEntityCert, KeyUsage, anchor_from_trusted_cert, aws_lc_rs};

use super::error::TimeStampError;

/// `id-kp-timeStamping`, 1.3.6.1.5.5.7.3.8, as it stands in a certificate.
const TIME_STAMPING: &[u8] = &[0x2b, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x08];

/// Methods for signatures, all with SHA-2.
static METHODS: &[&dyn SignatureVerificationAlgorithm] = &[
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA256,
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA384,
    aws_lc_rs::RSA_PKCS1_2048_8192_SHA512,
    aws_lc_rs::ECDSA_P256_SHA256,
    aws_lc_rs::ECDSA_P256_SHA384,
    aws_lc_rs::ECDSA_P384_SHA256,
    aws_lc_rs::ECDSA_P384_SHA384,
    aws_lc_rs::ED25519,
];

/// The root certificates of the time-stamp services that the unit trusts.
#[derive(Clone, Debug)]
pub struct TimeStampTrust {
    roots: Vec<TrustAnchor<'static>>,
}

impl TimeStampTrust {
    /// From root certificates as DER.
    ///
    /// # Errors
    /// If one of them cannot be read.
    pub fn from_der<'a>(roots: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, TimeStampError> {
        let anchor = |der: &[u8]| -> Result<TrustAnchor<'static>, TimeStampError> {
            let certificate = CertificateDer::from(der);
            let anchor =
                anchor_from_trusted_cert(&certificate).map_err(|_| TimeStampError::RootNotReadable)?;
            Ok(anchor.to_owned())
        };
        Ok(Self { roots: roots.into_iter().map(anchor).collect::<Result<_, _>>()? })
    }

    /// Whether the certificate was good for time-stamps at that moment and leads to a trusted root.
    pub(super) fn check(
        &self,
        certificate: &[u8],
        others: &[Vec<u8>],
        at: Timestamp,
    ) -> Result<(), TimeStampError> {
        let not_trusted = |why: webpki::Error| TimeStampError::NotTrusted { why: why.to_string() };
        let der = CertificateDer::from(certificate);
        let service = EndEntityCert::try_from(&der).map_err(not_trusted)?;
        let others: Vec<CertificateDer<'_>> =
            others.iter().map(|other| CertificateDer::from(other.as_slice())).collect();
        let moment = UnixTime::since_unix_epoch(Duration::from_secs(at.as_second().try_into().unwrap_or(0)));
        let usage = KeyUsage::required(TIME_STAMPING);
        let path = service.verify_for_usage(METHODS, &self.roots, &others, moment, usage, None, None);
        path.map(|_| ()).map_err(not_trusted)
    }
}

/// Whether the key of the certificate made this signature by the method that the signer names.
pub(super) fn has_signed(
    certificate: &[u8],
    signature_method: ObjectIdentifier,
    hash_method: ObjectIdentifier,
    signed: &[u8],
    signature: &[u8],
) -> Result<(), TimeStampError> {
    let methods = methods(&signature_method.to_string(), &hash_method.to_string())
        .ok_or_else(|| TimeStampError::UnknownMethod { oid: signature_method.to_string() })?;
    let der = CertificateDer::from(certificate);
    let service = EndEntityCert::try_from(&der).map_err(|_| TimeStampError::NoCertificate)?;
    let fits = |method: &&dyn SignatureVerificationAlgorithm| {
        service.verify_signature(*method, signed, signature).is_ok()
    };
    if methods.iter().any(fits) { Ok(()) } else { Err(TimeStampError::WrongSignature) }
}

/// The methods that an object identifier stands for. `rsaEncryption` leaves the hash to the hash method.
fn methods(signature: &str, hash: &str) -> Option<&'static [&'static dyn SignatureVerificationAlgorithm]> {
    Some(match (signature, hash) {
        ("1.2.840.113549.1.1.11", _) | ("1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.2.1") => &METHODS[0..1],
        ("1.2.840.113549.1.1.12", _) | ("1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.2.2") => &METHODS[1..2],
        ("1.2.840.113549.1.1.13", _) | ("1.2.840.113549.1.1.1", "2.16.840.1.101.3.4.2.3") => &METHODS[2..3],
        ("1.2.840.10045.4.3.2", _) => {
            static SHA_256: &[&dyn SignatureVerificationAlgorithm] =
                &[aws_lc_rs::ECDSA_P256_SHA256, aws_lc_rs::ECDSA_P384_SHA256];
            SHA_256
        }
        ("1.2.840.10045.4.3.3", _) => {
            static SHA_384: &[&dyn SignatureVerificationAlgorithm] =
                &[aws_lc_rs::ECDSA_P256_SHA384, aws_lc_rs::ECDSA_P384_SHA384];
            SHA_384
        }
        ("1.3.101.112", _) => &METHODS[7..8],
        _ => return None,
    })
}
