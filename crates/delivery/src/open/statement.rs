//! The inside of a delivery: who it is for, what it holds, and that two approvers said so.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use watchlist::format::v1;

use crate::VerifiedEdition;
use crate::content::ContentRoot;
use crate::keys::{DecryptionKey, Role};
use crate::metadata::{Instant, Root, Signed, Statement, read, verify};
use crate::publish::part::{EDITION, STATEMENT, UnsealError, length_before_zeros, unpad, unseal};
use crate::trust::Trust;

use super::{Refusal, check_clock, not_older};

/// Opens the encrypted parts, whose hashes were checked already.
pub(super) fn open(
    mut sealed: BTreeMap<String, Vec<u8>>,
    trust: &Trust,
    keys: &[DecryptionKey],
    root: &Root,
    now: Instant,
) -> Result<VerifiedEdition, Refusal> {
    // Step 11: decrypt the statement. It fails here first if the delivery is for another key.
    let statement = sealed.remove(STATEMENT).ok_or_else(|| missing(STATEMENT))?;
    let file = read_statement(&statement, keys)?;

    // Step 12: two approvers signed it, it is for us, it is about our list, not older, not over.
    verify(&file, &[&root.key_set(Role::Approver)])
        .map_err(|error| Refusal::of_signatures(STATEMENT, error))?;
    let signers = file.signatures.iter().map(|signature| signature.keyid).collect();
    let statement = file.signed;
    check(&statement, trust, now)?;

    // Step 13: every part that it names and no other, with length and hash.
    let mut parts = BTreeMap::new();
    for (name, part) in &statement.parts {
        let sealed = sealed.remove(name).ok_or_else(|| missing(name))?;
        let padded = unseal(&sealed, keys).map_err(|error| unsealed(name, error, keys))?;
        let bytes = unpad(padded, part.length).map_err(|error| unsealed(name, error, keys))?;
        if !part.matches(&bytes) {
            return Err(Refusal::Changed { part: name.clone() });
        }
        parts.insert(name.clone(), bytes);
    }
    if let Some(name) = sealed.into_keys().next() {
        return Err(Refusal::UnknownPart { part: format!("`{name}`") });
    }

    // Step 14: the edition reads, and says the same as the statement.
    let bytes = parts.remove(EDITION).ok_or_else(|| missing(EDITION))?;
    let reading = v1::read(&bytes)?;
    agrees(&statement, &reading.edition, &bytes)?;
    Ok(VerifiedEdition::new(statement, reading, bytes, parts, signers))
}

fn read_statement(sealed: &[u8], keys: &[DecryptionKey]) -> Result<Signed<Statement>, Refusal> {
    let padded = unseal(sealed, keys).map_err(|error| unsealed(STATEMENT, error, keys))?;
    let length = length_before_zeros(&padded);
    let bytes = unpad(padded, length).map_err(|error| unsealed(STATEMENT, error, keys))?;
    read(&bytes).map_err(|_| Refusal::Changed { part: STATEMENT.to_owned() })
}

fn check(statement: &Statement, trust: &Trust, now: Instant) -> Result<(), Refusal> {
    if statement.partner != trust.partner {
        return Err(Refusal::OtherPartner { own: trust.partner.to_string() });
    }
    if let Some(installed) = &trust.installed {
        if statement.list != installed.list {
            return Err(Refusal::OtherList { expected: installed.list.clone() });
        }
        // Without this an old, correctly signed edition could bring back a corrected entry.
        not_older("edition", statement.edition.into(), installed.edition.into())?;
        if statement.edition == installed.edition && statement.content_root != installed.content_root {
            return Err(Refusal::TwoVersions { what: "edition", number: statement.edition.into() });
        }
    }
    // A machine whose clock is behind the time of publishing cannot tell whether anything is expired.
    check_clock(now, statement.published_at)?;
    let today = now.timestamp().to_zoned(TimeZone::UTC).date();
    if today > statement.valid_until {
        return Err(Refusal::EditionExpired {
            edition: statement.edition,
            on: statement.valid_until,
            days: days_between(statement.valid_until, today),
        });
    }
    Ok(())
}

fn days_between(from: Date, to: Date) -> i64 {
    (to - from).get_days().into()
}

fn agrees(statement: &Statement, edition: &watchlist::Edition, bytes: &[u8]) -> Result<(), Refusal> {
    let content_root = ContentRoot::of_bytes(bytes).ok();
    let what = if statement.list != edition.list.id {
        "the list"
    } else if statement.edition != edition.number {
        "the number"
    } else if Some(statement.valid_until) != edition.valid_until {
        "the validity"
    } else if Some(statement.content_root) != content_root {
        "the content root"
    } else {
        return Ok(());
    };
    Err(Refusal::StatementDiffers { what })
}

fn unsealed(part: &str, error: UnsealError, keys: &[DecryptionKey]) -> Refusal {
    match error {
        UnsealError::WrongKey => Refusal::WrongKey { keys: keys.len() },
        UnsealError::Damaged => Refusal::Changed { part: part.to_owned() },
    }
}

fn missing(part: &str) -> Refusal {
    Refusal::Missing { part: part.to_owned() }
}
