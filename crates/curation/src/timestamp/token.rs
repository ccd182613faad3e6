//! The signed content of a time-stamp: CMS signed data around the time-stamp information.

use cms::cert::CertificateChoices;
use cms::cert::x509::ext::Extensions;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedData, SignerIdentifier, SignerInfo};
use der::asn1::{Int, OctetString};
use der::oid::ObjectIdentifier;
use der::{Any, Decode, Encode, Sequence, Tag, Tagged};
use jiff::Timestamp;
use sha2::{Digest, Sha256, Sha384, Sha512};
use x509_tsp::{Accuracy, MessageImprint, TsaPolicyId};

use super::certificates::has_signed;
use super::error::TimeStampError;

const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const TST_INFO: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.1.4");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
/// RFC 2634: names the certificate by SHA-1.
const SIGNING_CERTIFICATE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.12");
/// RFC 5035: names it by a hash of choice, SHA-256 where it says nothing.
const SIGNING_CERTIFICATE_V2: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");

/// The time-stamp information. The moment stays as it was written: services may write parts of a second,
/// which the type of the library does not take.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
pub(super) struct TstInfo {
    pub(super) version: u8,
    pub(super) policy: TsaPolicyId,
    pub(super) message_imprint: MessageImprint,
    pub(super) serial_number: Int,
    gen_time: Any,
    #[asn1(optional = "true")]
    accuracy: Option<Accuracy>,
    #[asn1(default = "Default::default")]
    ordering: bool,
    #[asn1(optional = "true")]
    pub(super) nonce: Option<Int>,
    #[asn1(context_specific = "0", tag_mode = "EXPLICIT", optional = "true")]
    tsa: Option<Any>,
    #[asn1(context_specific = "1", tag_mode = "IMPLICIT", optional = "true")]
    extensions: Option<Extensions>,
}

#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateId>,
    #[asn1(optional = "true")]
    policies: Option<Vec<Any>>,
}

/// ESSCertID and ESSCertIDv2, which differ in the first field.
#[derive(Clone, Debug, PartialEq, Eq, Sequence)]
struct CertificateId {
    #[asn1(optional = "true")]
    hash_algorithm: Option<cms::cert::x509::spki::AlgorithmIdentifier<Any>>,
    hash: OctetString,
    #[asn1(optional = "true")]
    issuer_serial: Option<Any>,
}

/// A time-stamp taken apart, with nothing of it believed yet.
pub(super) struct Token {
    pub(super) info: TstInfo,
    content: Vec<u8>,
    signer: SignerInfo,
    /// All certificates in it, as DER.
    pub(super) certificates: Vec<Vec<u8>>,
}

impl Token {
    pub(super) fn read(token: &ContentInfo) -> Result<Self, TimeStampError> {
        let not_readable = TimeStampError::NotReadable { what: "a signed time-stamp" };
        if token.content_type != SIGNED_DATA {
            return Err(not_readable);
        }
        let data = token.content.to_der().and_then(|der| SignedData::from_der(&der));
        let data = data.map_err(|_| not_readable.clone())?;
        let content = data.encap_content_info.econtent.as_ref().ok_or_else(|| not_readable.clone())?;
        if data.encap_content_info.econtent_type != TST_INFO || content.tag() != Tag::OctetString {
            return Err(not_readable);
        }
        let info = TstInfo::from_der(content.value()).map_err(|_| not_readable.clone())?;
        let content = content.value().to_vec();
        let signers = data.signer_infos.0.as_slice();
        let [signer] = signers else { return Err(TimeStampError::Signatures { found: signers.len() }) };
        let certificates =
            data.certificates.iter().flat_map(|set| set.0.iter()).filter_map(|choice| match choice {
                CertificateChoices::Certificate(certificate) => certificate.to_der().ok(),
                CertificateChoices::Other(_) => None,
            });
        Ok(Self { info, content, signer: signer.clone(), certificates: certificates.collect() })
    }

    /// The certificate that the signer names, checked against the hash that is signed with the content.
    pub(super) fn signing_certificate(&self) -> Result<Vec<u8>, TimeStampError> {
        let named = |der: &&Vec<u8>| {
            let Ok(certificate) = cms::cert::x509::Certificate::from_der(der) else { return false };
            match &self.signer.sid {
                SignerIdentifier::IssuerAndSerialNumber(id) => {
                    let body = &certificate.tbs_certificate;
                    body.issuer == id.issuer && body.serial_number == id.serial_number
                }
                // Time-stamps name the certificate by its hash as well, so that is the one that counts.
                SignerIdentifier::SubjectKeyIdentifier(_) => self.names(der) == Ok(true),
            }
        };
        let certificate = self.certificates.iter().find(named).ok_or(TimeStampError::NoCertificate)?;
        if self.names(certificate)? { Ok(certificate.clone()) } else { Err(TimeStampError::OtherCertificate) }
    }

    /// Whether the signed attributes name this certificate by its hash.
    fn names(&self, certificate: &[u8]) -> Result<bool, TimeStampError> {
        let (value, is_v2) = match self.attribute(SIGNING_CERTIFICATE_V2) {
            Some(value) => (value, true),
            None => (self.attribute(SIGNING_CERTIFICATE).ok_or(TimeStampError::OtherCertificate)?, false),
        };
        let named = value.decode_as::<SigningCertificate>().map_err(|_| TimeStampError::OtherCertificate)?;
        let first = named.certificates.first().ok_or(TimeStampError::OtherCertificate)?;
        let hash = match (&first.hash_algorithm, is_v2) {
            (Some(method), true) => digest(method.oid, certificate)?,
            (None, true) => Sha256::digest(certificate).to_vec(),
            (_, false) => sha1::Sha1::digest(certificate).to_vec(),
        };
        Ok(first.hash.as_bytes() == hash)
    }

    /// Whether the signature is of this content, made with the key of this certificate.
    pub(super) fn check_signature(&self, certificate: &[u8]) -> Result<(), TimeStampError> {
        let attributes = self.signer.signed_attrs.as_ref().ok_or(TimeStampError::WrongSignature)?;
        let content_type =
            self.attribute(CONTENT_TYPE).and_then(|value| value.decode_as::<ObjectIdentifier>().ok());
        let digest_of_content = digest(self.signer.digest_alg.oid, &self.content)?;
        let stated = self.attribute(MESSAGE_DIGEST).and_then(|value| value.decode_as::<OctetString>().ok());
        let is_of_content = stated.is_some_and(|stated| stated.as_bytes() == digest_of_content);
        if content_type != Some(TST_INFO) || !is_of_content {
            return Err(TimeStampError::WrongSignature);
        }
        // The signature is over the attributes as a SET OF in DER (RFC 5652, 5.4).
        let signed = attributes.to_der().map_err(|_| TimeStampError::WrongSignature)?;
        has_signed(
            certificate,
            self.signer.signature_algorithm.oid,
            self.signer.digest_alg.oid,
            &signed,
            self.signer.signature.as_bytes(),
        )
    }

    /// The only value of a signed attribute.
    fn attribute(&self, oid: ObjectIdentifier) -> Option<&Any> {
        let attributes = self.signer.signed_attrs.as_ref()?;
        let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
        let (attribute, None) = (found.next()?, found.next()) else { return None };
        let [value] = attribute.values.as_slice() else { return None };
        Some(value)
    }
}

impl TstInfo {
    /// `20260301120000Z`, also with parts of a second.
    pub(super) fn at(&self) -> Result<Timestamp, TimeStampError> {
        let text = std::str::from_utf8(self.gen_time.value()).map_err(|_| TimeStampError::NoMoment)?;
        let digits = text.strip_suffix('Z').filter(|_| self.gen_time.tag() == Tag::GeneralizedTime);
        let digits = digits.ok_or(TimeStampError::NoMoment)?;
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.len() != 14 || !is_number(whole) || !is_number(part) || part.len() > 9 {
            return Err(TimeStampError::NoMoment);
        }
        let (date, time) = whole.split_at(8);
        let [year, month, day] = [&date[..4], &date[4..6], &date[6..]];
        let [hour, minute, second] = [&time[..2], &time[2..4], &time[4..]];
        let moment = format!("{year}-{month}-{day}T{hour}:{minute}:{second}.{part}Z");
        moment.parse().map_err(|_| TimeStampError::NoMoment)
    }
}

fn digest(method: ObjectIdentifier, bytes: &[u8]) -> Result<Vec<u8>, TimeStampError> {
    match method.to_string().as_str() {
        "2.16.840.1.101.3.4.2.1" => Ok(Sha256::digest(bytes).to_vec()),
        "2.16.840.1.101.3.4.2.2" => Ok(Sha384::digest(bytes).to_vec()),
        "2.16.840.1.101.3.4.2.3" => Ok(Sha512::digest(bytes).to_vec()),
        oid => Err(TimeStampError::UnknownMethod { oid: oid.to_owned() }),
    }
}

#[cfg(test)]
impl TstInfo {
    pub(super) fn set_moment(&mut self, text: &str) {
        self.gen_time = Any::new(Tag::GeneralizedTime, text.as_bytes()).unwrap();
    }
}
