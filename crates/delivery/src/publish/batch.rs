//! The steps that approvers sign: statements first, then the lists of encrypted parts.

use std::collections::BTreeMap;
use std::sync::Arc;

use watchlist::Edition;
use watchlist::format::v1;

use crate::ceremony::{Payload, Request, SignatureFile, combine};
use crate::content::{self, ContentError, ContentRoot};
use crate::keys::{Recipient, Role};
use crate::limits;
use crate::mark::Marker;
use crate::metadata::{
    Instant, Part, Roots, SPEC_VERSION, Signed, Statement, StatementTag, TargetFile, Targets, TargetsTag,
    canonical, verify,
};
use crate::partner::PartnerId;

use super::part::{EDITION, PartName, STATEMENT, seal, target_name};
use super::{PublishError, Release, release};

/// What is published, to whomever.
pub struct Issue<'a> {
    pub edition: &'a Edition,
    /// Words the notes for each partner.
    pub marker: &'a Marker,
    pub roots: &'a Roots,
    pub published_at: jiff::Timestamp,
}

/// How long signatures of the publishing machine and of the approvers hold.
///
/// Short: a partner who is kept from newer deliveries notices after this time. Long enough for the way that
/// deliveries take: a stick by post needs days.
#[derive(Clone, Copy, Debug)]
pub struct Lifetimes {
    pub timestamp: jiff::SignedDuration,
    pub snapshot: jiff::SignedDuration,
}

/// One partner and what it gets besides the edition.
#[derive(Clone)]
pub struct Addressee {
    pub partner: PartnerId,
    pub recipient: Recipient,
    /// Number of this delivery to this partner: counts up with each delivery and each refresh, from 1.
    pub sequence: u64,
    pub enclosures: Vec<Enclosure>,
}

/// A letter or a readable list. Bytes that several partners get are held once.
#[derive(Clone)]
pub struct Enclosure {
    pub name: PartName,
    pub bytes: Arc<[u8]>,
}

/// Statements that wait for the approvers' signatures.
pub struct Prepared<'a> {
    roots: &'a Roots,
    drafts: Vec<Draft>,
}

struct Draft {
    statement: Statement,
    recipient: Recipient,
    sequence: u64,
    parts: BTreeMap<String, Arc<[u8]>>,
}

/// Encrypted deliveries that wait for the approvers' signatures under the lists of their parts.
pub struct Sealed {
    pub(super) deliveries: Vec<SealedDelivery>,
}

pub(super) struct SealedDelivery {
    pub partner: PartnerId,
    pub targets: Targets,
    /// By the names of the targets.
    pub parts: BTreeMap<String, Vec<u8>>,
}

impl Default for Lifetimes {
    fn default() -> Self {
        Self {
            timestamp: jiff::SignedDuration::from_hours(14 * 24),
            snapshot: jiff::SignedDuration::from_hours(30 * 24),
        }
    }
}

/// Words the edition for each partner and states what each of them gets.
///
/// A pure function: on another day the same arguments give the same request, so signatures can be waited for.
/// Many partners with large enclosures can be prepared in several batches; it makes no difference to any delivery.
pub fn prepare<'a>(issue: &Issue<'a>, addressees: Vec<Addressee>) -> Result<Prepared<'a>, PublishError> {
    let plain = content::bytes(issue.edition);
    check_edition(issue, &plain)?;
    let content_root = ContentRoot::of_bytes(&plain)?;
    let draft = |addressee| draft(issue, content_root, addressee);
    Ok(Prepared { roots: issue.roots, drafts: addressees.into_iter().map(draft).collect::<Result<_, _>>()? })
}

fn check_edition(issue: &Issue<'_>, bytes: &[u8]) -> Result<(), PublishError> {
    let edition = issue.edition;
    let until = edition.valid_until.ok_or(PublishError::NoValidity)?;
    if until < issue.published_at.to_zoned(jiff::tz::TimeZone::UTC).date() {
        return Err(PublishError::Over { until });
    }
    if edition.number == 0 {
        return Err(PublishError::NoNumber);
    }
    if edition.list.id.is_empty() || edition.list.id.chars().any(char::is_control) {
        return Err(PublishError::ListId);
    }
    issue.marker.check(edition).map_err(|(entry, cause)| PublishError::Wording { entry, cause })?;
    let reading = v1::read(bytes).map_err(|_| ContentError::NotAnEdition)?;
    match reading.problems.first() {
        None => Ok(()),
        Some(first) => {
            Err(PublishError::NotReadable { problems: reading.problems.len(), entry: first.entry_number })
        }
    }
}

fn draft(issue: &Issue<'_>, content_root: ContentRoot, addressee: Addressee) -> Result<Draft, PublishError> {
    let edition = issue.marker.mark(issue.edition, &addressee.partner);
    let mut parts = BTreeMap::from([(EDITION.to_owned(), Arc::from(content::bytes(&edition)))]);
    for enclosure in addressee.enclosures {
        let name = enclosure.name.as_str().to_owned();
        if parts.insert(name.clone(), enclosure.bytes).is_some() {
            return Err(PublishError::RepeatedEnclosure { name });
        }
    }
    check_limits(&parts)?;
    let statement = Statement {
        kind: StatementTag::Delivery1,
        content_root,
        edition: edition.number,
        list: edition.list.id.clone(),
        partner: addressee.partner,
        parts: parts.iter().map(|(name, bytes)| (name.clone(), Part::of(bytes))).collect(),
        published_at: Instant::new(issue.published_at),
        valid_until: edition.valid_until.ok_or(PublishError::NoValidity)?,
    };
    if addressee.sequence == 0 {
        return Err(PublishError::Sequence { found: 0, before: 0 });
    }
    Ok(Draft { statement, recipient: addressee.recipient, sequence: addressee.sequence, parts })
}

fn check_limits(parts: &BTreeMap<String, Arc<[u8]>>) -> Result<(), PublishError> {
    // One more part is the statement; padding and encryption add less than a thousandth and 64 KiB.
    if parts.len() + 1 > limits::PARTS {
        return Err(PublishError::TooManyParts { limit: limits::PARTS });
    }
    let limit = limits::PART_BYTES / 10 * 9;
    let large = parts.iter().find(|(_, bytes)| bytes.len() as u64 > limit);
    large.map_or(Ok(()), |(name, _)| Err(PublishError::TooLarge { name: name.clone(), limit }))
}

impl Prepared<'_> {
    /// What the approvers sign first: one statement for each partner.
    pub fn request(&self) -> Request {
        Request::new(self.drafts.iter().map(|draft| Payload::Statement(draft.statement.clone())).collect())
    }

    /// Checks the approvals and encrypts every part for its partner.
    pub fn seal(self, approvals: &[SignatureFile]) -> Result<Sealed, PublishError> {
        let signatures = combine(&self.request(), approvals)?;
        let approvers = self.roots.current().key_set(Role::Approver);
        let mut deliveries = Vec::with_capacity(self.drafts.len());
        for (draft, signatures) in self.drafts.into_iter().zip(signatures) {
            let statement = Signed { signatures, signed: draft.statement.clone() };
            verify(&statement, &[&approvers])
                .map_err(|cause| PublishError::Signatures { what: "the statement", cause })?;
            deliveries.push(draft.seal(&statement));
        }
        Ok(Sealed { deliveries })
    }
}

impl Draft {
    fn seal(self, statement: &Signed<Statement>) -> SealedDelivery {
        let mut parts = BTreeMap::new();
        parts.insert(target_name(STATEMENT), seal(&canonical(statement), &self.recipient));
        for (name, bytes) in &self.parts {
            parts.insert(target_name(name), seal(bytes, &self.recipient));
        }
        // The lists hold as long as the edition: until the end of its last day.
        let end = self.statement.valid_until.saturating_add(jiff::Span::new().days(1));
        let expires =
            end.to_zoned(jiff::tz::TimeZone::UTC).map_or(jiff::Timestamp::MAX, |day| day.timestamp());
        let targets = Targets {
            kind: TargetsTag::Targets,
            expires: Instant::new(expires),
            spec_version: SPEC_VERSION.to_owned(),
            targets: parts.iter().map(|(name, bytes)| (name.clone(), TargetFile::of(bytes))).collect(),
            version: self.sequence,
        };
        SealedDelivery { partner: self.statement.partner, targets, parts }
    }
}

impl Sealed {
    /// What the approvers sign second: the encrypted parts of each partner.
    pub fn request(&self) -> Request {
        Request::new(self.deliveries.iter().map(|one| Payload::Targets(one.targets.clone())).collect())
    }

    /// Checks the approvals and makes the deliveries complete with the keys of the publishing machine.
    pub fn release(
        self,
        approvals: &[SignatureFile],
        roots: &Roots,
        online: &release::OnlineKeys<'_>,
        lifetimes: Lifetimes,
        now: jiff::Timestamp,
    ) -> Result<Vec<Release>, PublishError> {
        let signatures = combine(&self.request(), approvals)?;
        let pairs = self.deliveries.into_iter().zip(signatures);
        pairs
            .map(|(one, signatures)| release::release(one, signatures, roots, online, lifetimes, now))
            .collect()
    }
}
