//! Signatures of one person for one request, apart from what they sign.

use serde::{Deserialize, Serialize};

use crate::keys::{KeyId, SignatureBytes, SigningKey};
use crate::metadata::{Sha256Hex, Signature, canonical};

use super::{CeremonyError, Request};

/// What one person gives back: a signature for each payload, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureFile {
    #[serde(rename = "_type")]
    kind: Tag,
    keyid: KeyId,
    /// SHA-256 of the request, so that a signature for another one is noticed and named.
    request: Sha256Hex,
    signatures: Vec<SignatureBytes>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Tag {
    #[serde(rename = "havenmeester-signatures/1")]
    Signatures1,
}

impl SignatureFile {
    pub const fn key(&self) -> KeyId {
        self.keyid
    }

    pub fn to_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CeremonyError> {
        let file: Self = serde_json::from_slice(bytes)
            .map_err(|_| CeremonyError::NotSignatures { what: "not its JSON" })?;
        if file.to_bytes() == bytes {
            Ok(file)
        } else {
            Err(CeremonyError::NotSignatures { what: "it was changed after it was written" })
        }
    }
}

/// Signs a request with a key of the role that it asks for.
pub fn sign(request: &Request, key: &SigningKey) -> Result<SignatureFile, CeremonyError> {
    let sign = |payload: &super::Payload| key.sign(payload.role(), &payload.bytes());
    let signatures = request.payloads().iter().map(sign).collect::<Result<_, _>>()?;
    Ok(SignatureFile {
        kind: Tag::Signatures1,
        keyid: key.public().id(),
        request: request.sha256(),
        signatures,
    })
}

/// The signatures for each payload, in the order of the keys. Whether they are enough is checked against a root.
pub fn combine(request: &Request, files: &[SignatureFile]) -> Result<Vec<Vec<Signature>>, CeremonyError> {
    let expected = request.payloads().len();
    let mut files: Vec<&SignatureFile> = files.iter().collect();
    files.sort_by_key(|file| file.keyid);
    for file in &files {
        if file.request != request.sha256() {
            return Err(CeremonyError::OtherRequest { key: file.keyid });
        }
        if file.signatures.len() != expected {
            let found = file.signatures.len();
            return Err(CeremonyError::Incomplete { key: file.keyid, found, expected });
        }
    }
    if let Some(pair) = files.windows(2).find(|pair| pair[0].keyid == pair[1].keyid) {
        return Err(CeremonyError::SignedTwice { key: pair[0].keyid });
    }
    let of_payload = |index: usize| {
        files.iter().map(|file| Signature { keyid: file.keyid, sig: file.signatures[index] }).collect()
    };
    Ok((0..expected).map(of_payload).collect())
}
