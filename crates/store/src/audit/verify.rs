//! Verifies an export of the audit chain, alone: no database, no key but that of the checkpoints.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use thiserror::Error;

use crate::audit::canonical::canonical;
use crate::audit::record::{CHECKPOINT_FORMAT, NO_RECORD, Personal, Record, text};

/// What an unbroken chain holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub records: u64,
    /// Hash of the last record; 64 zeros for an empty chain. Compare it with one noted earlier or elsewhere.
    pub head: String,
    /// Records whose personal part was erased.
    pub erased: u64,
    /// Checkpoints with a signature that holds.
    pub checkpoints: u64,
    /// The last record under a checkpoint: what was up to there nobody changed without the signer's key.
    pub signed_up_to: u64,
}

/// The first place at which an export is not what a chain can be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {fault}")]
pub struct Break {
    /// From 1.
    pub line: usize,
    pub fault: Fault,
}

#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("this is not JSON in the canonical form, so something was changed in it")]
    NotCanonical,
    #[error("this is neither a record, nor a checkpoint, nor the end; or one of a version that is not known")]
    NotKnown,
    #[error("record {expected} was expected here, found {found}: records are missing, repeated or swapped")]
    OutOfOrder { expected: u64, found: u64 },
    #[error("record {seq} does not follow the record before it")]
    NotFollowing { seq: u64 },
    #[error("record {seq} is not what its hash says")]
    Changed { seq: u64 },
    #[error("the personal part of record {seq} is not what the record committed to")]
    PersonalChanged { seq: u64 },
    #[error("the personal part of record {seq} is missing, and no later act erased it")]
    PersonalMissing { seq: u64 },
    #[error("record {by} says that it erased the personal part of record {seq}, which is not erased")]
    NotErased { seq: u64, by: u64 },
    #[error("the checkpoint over record {seq} does not agree with the chain")]
    CheckpointDiffers { seq: u64 },
    #[error("the signature of the checkpoint over record {seq} does not hold")]
    BadSignature { seq: u64 },
    #[error("the export ends without its last line, so records may be missing")]
    NoEnd,
    #[error("the last line speaks of {said} records, found {found}, or of another last record")]
    EndDiffers { said: u64, found: u64 },
    #[error("something follows the last line")]
    AfterEnd,
}

/// A checkpoint as it stands in an export, for whoever knows the signer's key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checkpoint {
    /// Names the key.
    pub key: String,
    /// The bytes that were signed.
    pub message: Vec<u8>,
    /// Hexadecimal digits.
    pub signature: String,
}

/// Verifies the lines of an export, each without its line break.
///
/// `signature_holds` says whether a checkpoint was signed by a key that the verifier trusts.
///
/// # Errors
/// The first [`Break`].
pub fn verify<L: AsRef<[u8]>>(
    lines: impl IntoIterator<Item = L>,
    signature_holds: impl Fn(&Checkpoint) -> bool,
) -> Result<Verified, Break> {
    let mut verifier = Verifier::new(signature_holds);
    for line in lines {
        verifier.line(line.as_ref())?;
    }
    verifier.finish()
}

/// Verifies an export line by line, for one that does not fit into memory.
pub struct Verifier<F> {
    signature_holds: F,
    line: usize,
    records: u64,
    head: String,
    erased: u64,
    checkpoints: u64,
    signed_up_to: u64,
    /// Records that should have a personal part, have none, and were not yet named as erased; with their line.
    missing: BTreeSet<u64>,
    /// Records that have their personal part.
    present: BTreeSet<u64>,
    ended: bool,
}

impl<F: Fn(&Checkpoint) -> bool> Verifier<F> {
    pub fn new(signature_holds: F) -> Self {
        Self {
            signature_holds,
            line: 0,
            records: 0,
            head: NO_RECORD.to_owned(),
            erased: 0,
            checkpoints: 0,
            signed_up_to: 0,
            missing: BTreeSet::new(),
            present: BTreeSet::new(),
            ended: false,
        }
    }

    /// # Errors
    /// The break, if this line is one.
    pub fn line(&mut self, line: &[u8]) -> Result<(), Break> {
        self.line += 1;
        let at = self.line;
        self.read(line).map_err(|fault| Break { line: at, fault })
    }

    fn read(&mut self, line: &[u8]) -> Result<(), Fault> {
        if self.ended {
            return Err(Fault::AfterEnd);
        }
        let value: Value = serde_json::from_slice(line).map_err(|_| Fault::NotCanonical)?;
        if canonical(&value).as_deref() != Some(line) {
            return Err(Fault::NotCanonical);
        }
        let members = value.as_object().ok_or(Fault::NotKnown)?;
        match (members.len(), members.get("record"), members.get("checkpoint"), members.get("end")) {
            (3, Some(record), None, None) => self.record(members, record),
            (3, None, Some(checkpoint), None) => self.checkpoint(members, checkpoint),
            (1, None, None, Some(end)) => self.end(end),
            _ => Err(Fault::NotKnown),
        }
    }

    fn record(&mut self, line: &Map<String, Value>, record: &Value) -> Result<(), Fault> {
        let record = Record::from_json(record).ok_or(Fault::NotKnown)?;
        let (seq, expected) = (record.seq, self.records + 1);
        if seq != expected {
            return Err(Fault::OutOfOrder { expected, found: seq });
        }
        if record.prev != self.head {
            return Err(Fault::NotFollowing { seq });
        }
        let hash = record.hash();
        if text(line, "hash").as_ref() != Some(&hash) {
            return Err(Fault::Changed { seq });
        }
        self.personal(&record, line.get("personal").ok_or(Fault::NotKnown)?)?;
        self.erasures(&record)?;
        self.records = seq;
        self.head = hash;
        Ok(())
    }

    fn personal(&mut self, record: &Record, personal: &Value) -> Result<(), Fault> {
        let seq = record.seq;
        let personal = match personal {
            Value::Null => None,
            value => Some(Personal::from_json(value).ok_or(Fault::PersonalChanged { seq })?),
        };
        match (&record.commitment, personal) {
            (None, None) => {}
            (Some(_), None) => {
                self.missing.insert(seq);
            }
            (Some(commitment), Some(personal)) if personal.commitment() == *commitment => {
                self.present.insert(seq);
            }
            (_, Some(_)) => return Err(Fault::PersonalChanged { seq }),
        }
        Ok(())
    }

    fn erasures(&mut self, record: &Record) -> Result<(), Fault> {
        for seq in &record.erases {
            if self.present.contains(seq) || !self.missing.remove(seq) {
                return Err(Fault::NotErased { seq: *seq, by: record.seq });
            }
            self.erased += 1;
        }
        Ok(())
    }

    fn checkpoint(&mut self, line: &Map<String, Value>, checkpoint: &Value) -> Result<(), Fault> {
        let members = checkpoint.as_object().filter(|members| members.len() == 4).ok_or(Fault::NotKnown)?;
        let seq = members.get("seq").and_then(Value::as_u64).ok_or(Fault::NotKnown)?;
        if text(members, "format").as_deref() != Some(CHECKPOINT_FORMAT) || text(members, "at").is_none() {
            return Err(Fault::NotKnown);
        }
        if seq != self.records || text(members, "hash").as_ref() != Some(&self.head) {
            return Err(Fault::CheckpointDiffers { seq });
        }
        let (Some(key), Some(signature)) = (text(line, "key"), text(line, "signature")) else {
            return Err(Fault::NotKnown);
        };
        let message = canonical(checkpoint).ok_or(Fault::NotCanonical)?;
        if !(self.signature_holds)(&Checkpoint { key, message, signature }) {
            return Err(Fault::BadSignature { seq });
        }
        self.checkpoints += 1;
        self.signed_up_to = seq;
        Ok(())
    }

    fn end(&mut self, end: &Value) -> Result<(), Fault> {
        let members = end.as_object().filter(|members| members.len() == 2).ok_or(Fault::NotKnown)?;
        let said = members.get("records").and_then(Value::as_u64).ok_or(Fault::NotKnown)?;
        if said != self.records || text(members, "hash").as_ref() != Some(&self.head) {
            return Err(Fault::EndDiffers { said, found: self.records });
        }
        self.ended = true;
        Ok(())
    }

    /// What the whole export holds.
    ///
    /// # Errors
    /// If the export has no end, or a personal part is missing without an erasure.
    pub fn finish(self) -> Result<Verified, Break> {
        let at_end = |fault| Break { line: self.line + 1, fault };
        if !self.ended {
            return Err(at_end(Fault::NoEnd));
        }
        if let Some(seq) = self.missing.first() {
            return Err(at_end(Fault::PersonalMissing { seq: *seq }));
        }
        Ok(Verified {
            records: self.records,
            head: self.head,
            erased: self.erased,
            checkpoints: self.checkpoints,
            signed_up_to: self.signed_up_to,
        })
    }
}
