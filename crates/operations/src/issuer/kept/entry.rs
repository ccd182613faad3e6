//! An entry: how it stands on the list, the version that waits, and voices that wait for a second one.

use std::collections::BTreeSet;

use curation::listing::{KeptState, Listing, ListingParts, Suspension};
use curation::proposal::{ApprovedEntry, Draft, ProposalParts, Proposed, Restored, Seconded, restore};
use curation::{PersonId, Sha256Hash, Unit};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use watchlist::format::v1;
use watchlist::{Advice, EntryId, Withdrawal};

use super::content::KeptContent;
use super::statement::KeptStatement;
use crate::issuer::Error;

#[derive(Serialize, Deserialize)]
pub(crate) struct KeptEntry {
    listing: Option<KeptListing>,
    pending: Option<KeptPending>,
    /// The entry that is split into this one and others, until the split is complete.
    #[serde(default)]
    pub(crate) split_of: Option<String>,
    #[serde(default)]
    pub(crate) voices: Vec<KeptVoice>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum KeptPending {
    Draft { content: Box<KeptContent>, contributors: Vec<String> },
    Proposal(Box<KeptProposal>),
}

#[derive(Serialize, Deserialize)]
pub(crate) struct KeptProposal {
    content: KeptContent,
    contributors: Vec<String>,
    proposed_by: String,
    proposed_at: Timestamp,
    hash: String,
    substance: Option<KeptStatement>,
    proportion: Option<KeptStatement>,
}

#[derive(Serialize, Deserialize)]
struct KeptListing {
    approved: KeptProposal,
    standing: KeptStanding,
    touched_by: Vec<String>,
    took_up: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
enum KeptStanding {
    Active,
    Suspended { by: String, at: Timestamp, reason: String },
    WithdrawnByVoices { withdrawal: KeptWithdrawal, voices: Box<[KeptStatement; 2]> },
    WithdrawnForSuccessor { withdrawal: KeptWithdrawal, successor: Box<KeptProposal> },
}

#[derive(Clone, Serialize, Deserialize, PartialEq)]
pub(crate) struct KeptWithdrawal {
    reason: String,
    advice: String,
    since: Option<Date>,
    successors: Vec<String>,
    note: Option<String>,
}

/// One voice that waits for a second one.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptVoice {
    /// Of a withdrawal; none where a suspension is to be lifted.
    pub(crate) withdrawal: Option<KeptWithdrawal>,
    pub(crate) statement: KeptStatement,
}

/// The version that waits.
pub(crate) enum Pending {
    Draft(Draft),
    Proposed(Proposed),
    Seconded(Seconded),
    /// Part of a split whose other parts are not approved yet.
    Approved(ApprovedEntry),
}

/// An entry, taken back through every check.
pub(crate) struct Opened {
    pub(crate) listing: Option<Listing>,
    pub(crate) pending: Option<Pending>,
    pub(crate) split_of: Option<EntryId>,
    pub(crate) voices: Vec<KeptVoice>,
}

impl Pending {
    pub(crate) const fn word(&self) -> &'static str {
        match self {
            Self::Draft(_) => "draft",
            Self::Proposed(_) => "proposed",
            Self::Seconded(_) => "seconded",
            Self::Approved(_) => "approved",
        }
    }

    pub(crate) fn content(&self) -> &curation::proposal::Content {
        match self {
            Self::Draft(draft) => draft.content(),
            Self::Proposed(proposed) => proposed.content(),
            Self::Seconded(seconded) => seconded.proposed().content(),
            Self::Approved(approved) => approved.content(),
        }
    }
}

impl KeptEntry {
    pub(crate) fn of(opened: &Opened) -> Self {
        Self {
            listing: opened.listing.as_ref().map(KeptListing::of),
            pending: opened.pending.as_ref().map(KeptPending::of),
            split_of: opened.split_of.as_ref().map(|id| id.0.clone()),
            voices: opened.voices.clone(),
        }
    }

    /// # Errors
    /// [`Error::NotReadable`]; what `curation` says of approvals that do not count any more.
    pub(crate) fn read(self, id: &EntryId, unit: &Unit) -> Result<Opened, Error> {
        let listing = match self.listing {
            Some(kept) => Some(kept.read(id, unit)?),
            None => None,
        };
        let pending = match self.pending {
            Some(kept) => Some(kept.read(id, unit)?),
            None => None,
        };
        Ok(Opened { listing, pending, split_of: self.split_of.map(EntryId), voices: self.voices })
    }
}

impl KeptPending {
    fn of(pending: &Pending) -> Self {
        match pending {
            Pending::Draft(draft) => Self::Draft {
                content: Box::new(KeptContent::of(draft.content())),
                contributors: codes(draft.contributors()),
            },
            Pending::Proposed(proposed) => Self::Proposal(Box::new(KeptProposal::of(&proposed.to_parts()))),
            Pending::Seconded(seconded) => Self::Proposal(Box::new(KeptProposal::of(&seconded.to_parts()))),
            Pending::Approved(approved) => Self::Proposal(Box::new(KeptProposal::of(&approved.to_parts()))),
        }
    }

    fn read(self, id: &EntryId, unit: &Unit) -> Result<Pending, Error> {
        let not_readable = || super::not_readable("entry", &id.0);
        match self {
            Self::Draft { content, contributors } => {
                let content = content.read().ok_or_else(not_readable)?;
                let contributors = people(&contributors).ok_or_else(not_readable)?;
                Ok(Pending::Draft(Draft::from_parts(content, contributors)))
            }
            Self::Proposal(kept) => Ok(match restore(kept.read().ok_or_else(not_readable)?, unit)? {
                Restored::Proposed(proposed) => Pending::Proposed(proposed),
                Restored::Seconded(seconded) => Pending::Seconded(seconded),
                Restored::Approved(approved) => Pending::Approved(approved),
            }),
        }
    }
}

impl KeptProposal {
    fn of(parts: &ProposalParts) -> Self {
        Self {
            content: KeptContent::of(&parts.content),
            contributors: codes(&parts.contributors),
            proposed_by: parts.proposed_by.to_string(),
            proposed_at: parts.proposed_at,
            hash: parts.hash.to_string(),
            substance: parts.substance.as_ref().map(KeptStatement::from),
            proportion: parts.proportion.as_ref().map(KeptStatement::from),
        }
    }

    fn read(&self) -> Option<ProposalParts> {
        let statement = |kept: &Option<KeptStatement>| match kept {
            Some(kept) => kept.read().map(Some),
            None => Some(None),
        };
        Some(ProposalParts {
            content: self.content.read()?,
            contributors: people(&self.contributors)?,
            proposed_by: PersonId::new(&self.proposed_by)?,
            proposed_at: self.proposed_at,
            hash: Sha256Hash::from_hex(&self.hash)?,
            substance: statement(&self.substance)?,
            proportion: statement(&self.proportion)?,
        })
    }

    fn approved(&self, id: &EntryId, unit: &Unit) -> Result<ApprovedEntry, Error> {
        let parts = self.read().ok_or_else(|| super::not_readable("entry", &id.0))?;
        match restore(parts, unit)? {
            Restored::Approved(approved) => Ok(approved),
            Restored::Proposed(_) | Restored::Seconded(_) => Err(super::not_readable("entry", &id.0)),
        }
    }
}

impl KeptListing {
    fn of(listing: &Listing) -> Self {
        let ListingParts { approved, state, touched_by, took_up } = listing.to_parts();
        let standing = match state {
            KeptState::Active => KeptStanding::Active,
            KeptState::Suspended(Suspension { by, at, reason }) => {
                KeptStanding::Suspended { by: by.to_string(), at, reason }
            }
            KeptState::WithdrawnByVoices { withdrawal, voices } => KeptStanding::WithdrawnByVoices {
                withdrawal: KeptWithdrawal::of(&withdrawal),
                voices: Box::new(voices.each_ref().map(KeptStatement::from)),
            },
            KeptState::WithdrawnForSuccessor { withdrawal, successor } => {
                KeptStanding::WithdrawnForSuccessor {
                    withdrawal: KeptWithdrawal::of(&withdrawal),
                    successor: Box::new(KeptProposal::of(&successor.to_parts())),
                }
            }
        };
        Self {
            approved: KeptProposal::of(&approved.to_parts()),
            standing,
            touched_by: codes(&touched_by),
            took_up: took_up.into_iter().map(|id| id.0).collect(),
        }
    }

    fn read(self, id: &EntryId, unit: &Unit) -> Result<Listing, Error> {
        let not_readable = || super::not_readable("entry", &id.0);
        let state = match self.standing {
            KeptStanding::Active => KeptState::Active,
            KeptStanding::Suspended { by, at, reason } => {
                let by = PersonId::new(&by).ok_or_else(not_readable)?;
                KeptState::Suspended(Suspension { by, at, reason })
            }
            KeptStanding::WithdrawnByVoices { withdrawal, voices } => {
                let [first, second] = *voices;
                let withdrawal = withdrawal.read().ok_or_else(not_readable)?;
                let voices =
                    [first.read().ok_or_else(not_readable)?, second.read().ok_or_else(not_readable)?];
                KeptState::WithdrawnByVoices { withdrawal, voices: Box::new(voices) }
            }
            KeptStanding::WithdrawnForSuccessor { withdrawal, successor } => {
                KeptState::WithdrawnForSuccessor {
                    withdrawal: withdrawal.read().ok_or_else(not_readable)?,
                    successor: Box::new(successor.approved(id, unit)?),
                }
            }
        };
        let parts = ListingParts {
            approved: self.approved.approved(id, unit)?,
            state,
            touched_by: people(&self.touched_by).ok_or_else(not_readable)?,
            took_up: self.took_up.into_iter().map(EntryId).collect(),
        };
        Ok(Listing::from_parts(parts, unit)?)
    }
}

impl KeptWithdrawal {
    pub(crate) fn of(withdrawal: &Withdrawal) -> Self {
        Self {
            reason: v1::withdrawal_reason(withdrawal.reason).to_owned(),
            advice: v1::advice(withdrawal.advice).to_owned(),
            since: withdrawal.since,
            successors: withdrawal.successors.iter().map(|id| id.0.clone()).collect(),
            note: withdrawal.note.clone(),
        }
    }

    pub(crate) fn read(&self) -> Option<Withdrawal> {
        Some(Withdrawal {
            reason: v1::withdrawal_reason_from(&self.reason)?,
            advice: [Advice::Reopen, Advice::Inform]
                .into_iter()
                .find(|one| v1::advice(*one) == self.advice)?,
            since: self.since,
            successors: self.successors.iter().cloned().map(EntryId).collect(),
            note: self.note.clone(),
        })
    }
}

fn codes(people: &BTreeSet<PersonId>) -> Vec<String> {
    people.iter().map(ToString::to_string).collect()
}

fn people(codes: &[String]) -> Option<BTreeSet<PersonId>> {
    codes.iter().map(|code| PersonId::new(code)).collect()
}
