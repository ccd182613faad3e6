//! Why a time-stamp does not count.

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeStampError {
    #[error("the bytes are not {what}")]
    NotReadable { what: &'static str },
    #[error("the service did not grant the time-stamp: status {status}, expected 0 or 1")]
    NotGranted { status: u8 },
    #[error("the response has no time-stamp in it")]
    NoToken,
    #[error("the time-stamp is for another file")]
    OtherFile,
    #[error("the time-stamp answers another question: its nonce differs")]
    OtherQuestion,
    #[error("the moment of the time-stamp cannot be read")]
    NoMoment,
    #[error("the time-stamp has {found} signatures, expected 1")]
    Signatures { found: usize },
    #[error("the certificate that signed is not in the response")]
    NoCertificate,
    #[error("the signature names another certificate than the one that signed")]
    OtherCertificate,
    #[error("the hash or signature method {oid} is not known")]
    UnknownMethod { oid: String },
    #[error("the signature is not of this time-stamp")]
    WrongSignature,
    #[error("the certificate of the service is not trusted: {why}")]
    NotTrusted { why: String },
    #[error("the trusted certificate cannot be read")]
    RootNotReadable,
}

impl TimeStampError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NotReadable { .. } | Self::NoToken => {
                "fetch the answer again, as application/timestamp-reply"
            }
            Self::NotGranted { .. } => "ask the service why; it may be busy or not know SHA-256",
            Self::OtherFile | Self::OtherQuestion => {
                "choose the answer that belongs to this file, or ask again"
            }
            Self::NoMoment | Self::Signatures { .. } | Self::UnknownMethod { .. } => {
                "ask another service, one that follows RFC 3161 with SHA-2"
            }
            Self::NoCertificate | Self::OtherCertificate | Self::WrongSignature => {
                "do not use this answer; ask the service again"
            }
            Self::NotTrusted { .. } => {
                "compare the root certificate in the settings with the one of the service"
            }
            Self::RootNotReadable => "give the root certificate of the service as DER or PEM",
        }
    }
}
