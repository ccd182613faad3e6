//! Signed statements.

use curation::proposal::ReceivedStatement;
use curation::statement::{SignedStatement, Statement, Step};
use curation::{KeyId, PersonId, Sha256Hash};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptStatement {
    step: String,
    subject: String,
    person: String,
    key: String,
    at: Timestamp,
    /// 128 hexadecimal digits.
    signature: String,
    received_at: Timestamp,
}

impl From<&ReceivedStatement> for KeptStatement {
    fn from(received: &ReceivedStatement) -> Self {
        let Statement { step, subject, person, key, at } = &received.signed.statement;
        Self {
            step: step.word().to_owned(),
            subject: subject.to_string(),
            person: person.to_string(),
            key: key.to_string(),
            at: *at,
            signature: received.signed.signature.iter().map(|byte| format!("{byte:02x}")).collect(),
            received_at: received.received_at,
        }
    }
}

impl KeptStatement {
    pub(crate) fn read(&self) -> Option<ReceivedStatement> {
        let statement = Statement {
            step: Step::from_word(&self.step)?,
            subject: Sha256Hash::from_hex(&self.subject)?,
            person: PersonId::new(&self.person)?,
            key: KeyId(Sha256Hash::from_hex(&self.key)?),
            at: self.at,
        };
        let signed: SignedStatement = statement.signed(signature(&self.signature)?);
        Some(ReceivedStatement { signed, received_at: self.received_at })
    }
}

fn signature(hex: &str) -> Option<[u8; 64]> {
    let (first, second) = hex.split_at_checked(64)?;
    let mut bytes = [0; 64];
    bytes[..32].copy_from_slice(&Sha256Hash::from_hex(first)?.0);
    bytes[32..].copy_from_slice(&Sha256Hash::from_hex(second)?.0);
    Some(bytes)
}
