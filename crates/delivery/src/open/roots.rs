//! From the pinned root to the newest one in a delivery.

use crate::limits;
use crate::metadata::{Root, Roots, follow};
use crate::trust::Trust;

use super::files::{Delivery, root_name};
use super::{Refusal, root_refusal};

/// The newest root and its file. A delivery without any root leaves the pinned one.
pub(super) fn newest(delivery: &mut Delivery<'_>, trust: &Trust) -> Result<(Root, Vec<u8>), Refusal> {
    // Step 2 (TUF 5.2): begin with the root that is trusted.
    let mut root = trust.root();
    let mut file = trust.root_file().to_vec();

    // Step 3: a delivery in one file holds all roots from the first on. Those up to the pinned one must lead
    // to it; they give no trust, but no byte of the file goes unchecked.
    if delivery.names.is_some() {
        earlier(delivery, &root, &file)?;
    }

    // Step 4 (TUF 5.3): one version after the other, each signed by the one before and by itself. An expired
    // root on the way is no fault: only the newest must be valid.
    for _ in 0..limits::ROOTS {
        let Some(bytes) = delivery.find(&root_name(root.version.saturating_add(1)), limits::ROOT_BYTES)?
        else {
            return Ok((root, file));
        };
        root = follow(Some(&root), &bytes).map_err(|error| root_refusal(&error))?;
        file = bytes;
    }
    Err(Refusal::TooManyRoots)
}

fn earlier(delivery: &mut Delivery<'_>, pinned: &Root, pinned_file: &[u8]) -> Result<(), Refusal> {
    let mut files = Vec::new();
    for version in 1..=pinned.version.min(limits::ROOTS) {
        files.push(delivery.need(&root_name(version), limits::ROOT_BYTES)?);
    }
    let same = files.last().is_some_and(|last| last == pinned_file);
    let chain = Roots::read(files).map_err(|error| root_refusal(&error))?;
    if same {
        return Ok(());
    }
    // Somebody else's root with good signatures of its own: the delivery is from another issuer.
    let signer = chain.current().roles.root.keyids.first().copied();
    let known = signer.filter(|key| !pinned.roles.root.keyids.contains(key));
    let part = root_name(pinned.version);
    Err(match known {
        Some(key) => Refusal::UnknownSigner { part, role: crate::keys::Role::Root, key },
        None => Refusal::TwoVersions { what: "root", number: pinned.version },
    })
}
