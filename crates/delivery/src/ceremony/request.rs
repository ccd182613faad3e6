//! What people are asked to sign, as a file that can travel on a stick.

use serde::{Deserialize, Serialize};

use crate::keys::{Fingerprint, Role};
use crate::metadata::{Root, Sha256Hex, Statement, Targets, canonical};

use super::CeremonyError;

/// One thing that can be signed by hand. Snapshots and timestamps are not among them: their keys are on the
/// publishing machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    Root(Root),
    Statement(Statement),
    Targets(Targets),
}

/// Things to be signed together: one root, or one statement or list of targets for each partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    payloads: Vec<Payload>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Wire {
    #[serde(rename = "_type")]
    kind: Tag,
    /// Each as the text that is signed.
    payloads: Vec<String>,
}

#[derive(Serialize, Deserialize)]
enum Tag {
    #[serde(rename = "havenmeester-signing-request/1")]
    Request1,
}

impl Payload {
    /// The bytes that are signed.
    pub fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Root(root) => canonical(root),
            Self::Statement(statement) => canonical(statement),
            Self::Targets(targets) => canonical(targets),
        }
    }

    /// Whose keys sign it.
    pub const fn role(&self) -> Role {
        match self {
            Self::Root(_) => Role::Root,
            Self::Statement(_) | Self::Targets(_) => Role::Approver,
        }
    }

    fn read(text: &str) -> Option<Self> {
        let value: serde_json::Value = serde_json::from_str(text).ok()?;
        let payload = match value.get("_type")?.as_str()? {
            "root" => Self::Root(serde_json::from_str(text).ok()?),
            "targets" => Self::Targets(serde_json::from_str(text).ok()?),
            "havenmeester-delivery/1" => Self::Statement(serde_json::from_str(text).ok()?),
            _ => return None,
        };
        (payload.bytes() == text.as_bytes()).then_some(payload)
    }

    fn summary(&self) -> String {
        match self {
            Self::Root(root) => root_summary(root),
            Self::Statement(statement) => format!(
                "edition {} of {} for partner {}, valid until {}, {} parts, content root {}",
                statement.edition,
                statement.list,
                statement.partner,
                statement.valid_until,
                statement.parts.len(),
                statement.content_root
            ),
            Self::Targets(targets) => format!(
                "targets {}, {} encrypted parts, until {}",
                targets.version,
                targets.targets.len(),
                targets.expires
            ),
        }
    }
}

fn root_summary(root: &Root) -> String {
    let mut text = format!("root {}, until {}", root.version, root.expires);
    let roles = [Role::Root, Role::Approver, Role::Snapshot, Role::Timestamp];
    for (role, keys) in roles.into_iter().filter_map(|role| Some((role, root.role(role)?))) {
        let ids: Vec<String> = keys.keyids.iter().map(crate::keys::KeyId::short).collect();
        text.push_str(&format!("\n  {role}: {} of {} ({})", keys.threshold, ids.len(), ids.join(", ")));
    }
    text
}

impl Request {
    pub fn new(payloads: Vec<Payload>) -> Self {
        Self { payloads }
    }

    pub fn payloads(&self) -> &[Payload] {
        &self.payloads
    }

    /// What is to be signed, one text for each payload, for the person who holds the key.
    pub fn summary(&self) -> Vec<String> {
        self.payloads.iter().map(Payload::summary).collect()
    }

    /// What two signers compare by phone, so that both sign the same.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of_request(&self.to_bytes())
    }

    pub(super) fn sha256(&self) -> Sha256Hex {
        Sha256Hex::of(&self.to_bytes())
    }

    /// The request as a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let text =
            |payload: &Payload| String::from_utf8(payload.bytes()).expect("canonical JSON of texts is UTF-8");
        canonical(&Wire { kind: Tag::Request1, payloads: self.payloads.iter().map(text).collect() })
    }

    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CeremonyError> {
        let wire: Wire =
            serde_json::from_slice(bytes).map_err(|_| CeremonyError::NotARequest { what: "not its JSON" })?;
        let payloads = wire.payloads.iter().map(|text| Payload::read(text)).collect::<Option<_>>();
        let payloads = payloads
            .ok_or(CeremonyError::NotARequest { what: "it asks for something that nobody signs by hand" })?;
        let request = Self { payloads };
        if request.to_bytes() != bytes {
            return Err(CeremonyError::NotARequest { what: "it was changed after it was written" });
        }
        Ok(request)
    }
}
