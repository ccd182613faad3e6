//! One record of the chain, its JSON and its hash.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use crate::audit::canonical::canonical;
use crate::hash::{hex, sha256};

/// Stands in every record; another form gets another name.
pub(crate) const FORMAT: &str = "havenmeester-audit-1";
/// Stands in every signed checkpoint.
pub(crate) const CHECKPOINT_FORMAT: &str = "havenmeester-audit-checkpoint-1";
/// What stands before the first record: its `prev`.
pub(crate) const NO_RECORD: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Words before what is hashed, so that no hash of one thing is ever the hash of another.
const RECORD_DOMAIN: &[u8] = b"havenmeester-audit-record-1\n";
const PERSONAL_DOMAIN: &[u8] = b"havenmeester-audit-personal-1\n";

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Record {
    pub(crate) seq: u64,
    pub(crate) prev: String,
    pub(crate) at: String,
    pub(crate) actor: String,
    pub(crate) role: String,
    pub(crate) action: String,
    pub(crate) object: Object,
    /// What else changed in the same act.
    pub(crate) also: Vec<Object>,
    pub(crate) ground: String,
    pub(crate) commitment: Option<String>,
    /// Records whose personal part this act erased.
    pub(crate) erases: Vec<u64>,
}

/// Something that an act was about, with the hashes of its state before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) kind: String,
    pub(crate) id: String,
    pub(crate) before: Option<String>,
    pub(crate) after: Option<String>,
}

impl Record {
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "action": self.action,
            "actor": self.actor,
            "also": self.also.iter().map(Object::to_json).collect::<Vec<_>>(),
            "at": self.at,
            "erases": self.erases,
            "format": FORMAT,
            "ground": self.ground,
            "object": self.object.to_json(),
            "personal": self.commitment,
            "prev": self.prev,
            "role": self.role,
            "seq": self.seq,
        })
    }

    /// Nothing if a member is missing, of another type, or not known.
    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let members = value.as_object().filter(|members| members.len() == 12)?;
        if text(members, "format")? != FORMAT {
            return None;
        }
        Some(Self {
            seq: members.get("seq")?.as_u64()?,
            prev: text(members, "prev")?,
            at: text(members, "at")?,
            actor: text(members, "actor")?,
            role: text(members, "role")?,
            action: text(members, "action")?,
            object: Object::from_json(members.get("object")?)?,
            also: members.get("also")?.as_array()?.iter().map(Object::from_json).collect::<Option<_>>()?,
            ground: text(members, "ground")?,
            commitment: text_or_null(members, "personal")?,
            erases: members.get("erases")?.as_array()?.iter().map(Value::as_u64).collect::<Option<_>>()?,
        })
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        canonical(&self.to_json()).expect("a record is made of text and whole numbers")
    }

    pub(crate) fn hash(&self) -> String {
        hex(&sha256(&[RECORD_DOMAIN, &self.bytes()]))
    }
}

impl Object {
    fn to_json(&self) -> Value {
        json!({ "after": self.after, "before": self.before, "id": self.id, "kind": self.kind })
    }

    fn from_json(value: &Value) -> Option<Self> {
        let members = value.as_object().filter(|members| members.len() == 4)?;
        Some(Self {
            kind: text(members, "kind")?,
            id: text(members, "id")?,
            before: text_or_null(members, "before")?,
            after: text_or_null(members, "after")?,
        })
    }
}

/// The details of an act that may have to be erased, with the salt that keeps their hash from being guessed.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Personal {
    /// 64 digits.
    pub(crate) salt: String,
    pub(crate) details: BTreeMap<String, String>,
}

impl Personal {
    pub(crate) fn to_json(&self) -> Value {
        json!({ "details": self.details, "salt": self.salt })
    }

    pub(crate) fn from_json(value: &Value) -> Option<Self> {
        let members = value.as_object().filter(|members| members.len() == 2)?;
        let detail = |(name, value): (&String, &Value)| Some((name.clone(), value.as_str()?.to_owned()));
        Some(Self {
            salt: text(members, "salt").filter(|salt| salt.len() == 64)?,
            details: members.get("details")?.as_object()?.iter().map(detail).collect::<Option<_>>()?,
        })
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        canonical(&self.to_json()).expect("personal details are text")
    }

    pub(crate) fn commitment(&self) -> String {
        hex(&sha256(&[PERSONAL_DOMAIN, &self.bytes()]))
    }
}

pub(crate) fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name)?.as_str().map(str::to_owned)
}

fn text_or_null(members: &Map<String, Value>, name: &str) -> Option<Option<String>> {
    match members.get(name)? {
        Value::Null => Some(None),
        Value::String(text) => Some(Some(text.clone())),
        _ => None,
    }
}

/// What the signer of a checkpoint signs: the canonical bytes of this.
pub(crate) fn checkpoint_json(at: &str, seq: u64, hash: &str) -> Value {
    json!({ "at": at, "format": CHECKPOINT_FORMAT, "hash": hash, "seq": seq })
}

/// A record as a line of an export.
pub(crate) fn record_line(record: &Record, personal: Option<&Personal>) -> Vec<u8> {
    let line = json!({
        "hash": record.hash(),
        "personal": personal.map(Personal::to_json),
        "record": record.to_json(),
    });
    canonical(&line).expect("a record is made of text and whole numbers")
}

/// The last line of an export: how many records there are, and the hash of the last.
pub(crate) fn end_line(records: u64, hash: &str) -> Vec<u8> {
    canonical(&json!({ "end": { "hash": hash, "records": records } })).expect("text and a whole number")
}
