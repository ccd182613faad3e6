//! Sealed deliveries as one file, while they wait for the approvers' second signature.
//!
//! Encryption draws fresh keys, so sealing twice gives different bytes: what was sealed must be kept until it is
//! signed. The file names all partners and stays with the issuer.

use crate::container::{Files, pack, unpack_own};
use crate::metadata::{Targets, canonical};
use crate::partner::PartnerId;

use super::PublishError;
use super::batch::{Sealed, SealedDelivery};

const DRAFT: &str = "targets.draft.json";

impl Sealed {
    /// For the issuer's own store.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut files = Files::new();
        for one in &self.deliveries {
            let name = |file: &str| format!("{}/{file}", one.partner);
            files.insert(name(DRAFT), canonical(&one.targets));
            files.extend(one.parts.iter().map(|(target, bytes)| (name(target), bytes.clone())));
        }
        pack(&files)
    }

    /// Reads it again. Parts that do not fit their list of targets are refused.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PublishError> {
        let fault = |what| PublishError::Draft { what };
        let mut files = unpack_own(bytes).map_err(|_| fault("it is not whole"))?;
        let drafts: Vec<String> = files
            .keys()
            .filter_map(|name| Some(name.strip_suffix(DRAFT)?.strip_suffix('/')?.to_owned()))
            .collect();
        let mut deliveries = Vec::with_capacity(drafts.len());
        for partner in drafts {
            deliveries.push(take(&mut files, partner).ok_or_else(|| fault("a part in it was changed"))?);
        }
        if files.is_empty() { Ok(Self { deliveries }) } else { Err(fault("it holds more than it names")) }
    }
}

fn take(files: &mut Files, partner: String) -> Option<SealedDelivery> {
    let draft = files.remove(&format!("{partner}/{DRAFT}"))?;
    let targets: Targets = serde_json::from_slice(&draft).ok()?;
    let mut parts = std::collections::BTreeMap::new();
    for (name, file) in &targets.targets {
        let bytes = files.remove(&format!("{partner}/{name}"))?;
        parts.insert(name.clone(), file.matches(&bytes).then_some(bytes)?);
    }
    (canonical(&targets) == draft).then_some(())?;
    Some(SealedDelivery { partner: PartnerId::new(partner).ok()?, targets, parts })
}
