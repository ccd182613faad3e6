//! Why an operation of the issuer was refused. The reasons are those of the crates that decide.

use curation::capture::CaptureError;
use curation::contest::ContestError;
use curation::deconfliction::{RegisterError, SubjectError};
use curation::evidence::EvidenceError;
use curation::listing::ListingError;
use curation::people::{EnrolError, Forbidden, KeyError, UnitError};
use curation::proposal::{ApprovalError, ProposeError, RestoreError};
use curation::release::{AssembleError, ReleaseError};
use curation::statement::StatementError;
use curation::timestamp::TimeStampError;
use delivery::ceremony::CeremonyError;
use delivery::publish::PublishError;
use delivery::receipt::ReceiptError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] store::Error),
    #[error("nobody in the unit has the code {0}")]
    UnknownPerson(String),
    #[error("a code of a person has letters, digits, `.`, `_` or `-`; `{0}` has something else, or nothing")]
    BadCode(String),
    #[error("there is no {what} {id}")]
    NotThere { what: &'static str, id: String },
    #[error("{what} {id} is {found}; this needs one that is {needed}")]
    State { what: &'static str, id: String, found: String, needed: &'static str },
    #[error("the stored {what} {id} is not what this program writes there")]
    NotReadable { what: &'static str, id: String },
    #[error("the key is one for `{has}`; statements are signed with a key for `entry-approval`")]
    NotAnApprovalKey { has: delivery::Role },
    #[error("the key {key} is not one of {person}")]
    ForeignKey { person: String, key: String },
    #[error("the entry has the id {found}; this is about {expected}")]
    OtherEntry { found: String, expected: String },
    #[error("the entry cannot be kept as it was given: {why}")]
    NotAnEntry { why: String },
    #[error("entry {id} has nothing that waits: it stands as it was approved")]
    NothingPending { id: String },
    #[error("entry {id} is being changed already: its next version is {found}")]
    PendingAlready { id: String, found: &'static str },
    #[error("evidence {evidence} stands behind no value: {entry} has none of those that were named")]
    NoSuchValue { evidence: String, entry: String },
    #[error("a withdrawal of {id} waits for its second voice, and this is another one")]
    OtherWithdrawal { id: String },
    #[error("{what} was changed after edition {number} was assembled")]
    ChangedSinceAssembled { what: &'static str, number: u64 },
    #[error("edition {number} is not out yet: its deliveries are {found}")]
    DeliveriesOpen { number: u64, found: String },
    #[error("no partner may get the list {list}")]
    NobodyToDeliver { list: String },
    #[error("the partner {partner} has no key for deliveries")]
    NoKey { partner: String },
    #[error("the words that were compared are not those of the key: it has `{words}`")]
    OtherWords { words: String },
    #[error("what is to be delivered is not what was prepared: {what}")]
    NotAsPrepared { what: String },
    #[error("the sealed deliveries are not those that were signed for: they have another hash")]
    OtherSealed,
    #[error("the publishing machine has no keys yet")]
    NoMachine,
    #[error("the publishing machine has keys already")]
    MachineThereAlready,
    #[error("there is no deconfliction key for the year {0}")]
    NoYearKey(i16),
    #[error("the file could not be written")]
    Write(#[source] std::io::Error),
    #[error(transparent)]
    Forbidden(#[from] Forbidden),
    #[error(transparent)]
    Key(#[from] KeyError),
    #[error(transparent)]
    Unit(#[from] UnitError),
    #[error(transparent)]
    Enrol(#[from] EnrolError),
    #[error(transparent)]
    Statement(#[from] StatementError),
    #[error(transparent)]
    Capture(#[from] CaptureError),
    #[error(transparent)]
    Evidence(#[from] EvidenceError),
    #[error(transparent)]
    TimeStamp(#[from] TimeStampError),
    #[error(transparent)]
    Subject(#[from] SubjectError),
    #[error(transparent)]
    Register(#[from] RegisterError),
    #[error(transparent)]
    Propose(#[from] ProposeError),
    #[error(transparent)]
    Approval(#[from] ApprovalError),
    #[error("what was kept of a proposal is not taken back")]
    Restore(#[from] RestoreError),
    #[error(transparent)]
    Listing(#[from] ListingError),
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    #[error(transparent)]
    Release(#[from] ReleaseError),
    #[error(transparent)]
    Contest(#[from] ContestError),
    #[error(transparent)]
    Publish(#[from] PublishError),
    #[error(transparent)]
    Ceremony(#[from] CeremonyError),
    #[error(transparent)]
    Receipt(#[from] ReceiptError),
}

impl Error {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            Self::Store(error) => return error.hint(),
            Self::UnknownPerson(_) => "`person list` shows who there is; `person add` takes somebody up",
            Self::BadCode(_) => "choose a short code, such as `anna`",
            Self::NotThere { .. } => "look at the list of them for the right id",
            Self::State { .. } => "look at it with `show`; it says what comes next",
            Self::NotReadable { .. } => {
                "restore the database from its last dump and have the audit chain verified"
            }
            Self::NotAnApprovalKey { .. } => "make one with `key new entry-approval` and have it enrolled",
            Self::ForeignKey { .. } => "sign with your own key, or have this one enrolled",
            Self::OtherEntry { .. } => "keep the id as it is; a new id is a new entry",
            Self::NotAnEntry { .. } => "correct it; docs/format/v1.md describes an entry",
            Self::NothingPending { .. } => "begin a change with `entry revise`",
            Self::PendingAlready { .. } => "finish or send back the version that waits first",
            Self::NoSuchValue { .. } => {
                "name values as KIND=VALUE, as they stand in the entry, or take --all"
            }
            Self::OtherWithdrawal { .. } => {
                "give no reason to agree with the one that waits, or drop it with --drop"
            }
            Self::ChangedSinceAssembled { .. } => "assemble the edition again; both voices are given anew",
            Self::DeliveriesOpen { .. } => {
                "publish its deliveries first, or prepare the other edition afterwards"
            }
            Self::NobodyToDeliver { .. } => "enrol partners with `partner add` and `partner enrol`",
            Self::NoKey { .. } => "let the partner send its public key and enrol it with `partner enrol`",
            Self::OtherWords { .. } => {
                "ask the owner of the key by phone, at a number that you know, to read them out"
            }
            Self::NotAsPrepared { .. } => "prepare the deliveries again and let the approvers sign again",
            Self::OtherSealed => "give the file that `edition seal` wrote last, or seal again",
            Self::NoMachine => "make them with `key machine new`, then draft a root with them",
            Self::MachineThereAlready => "show them with `key machine show`, or replace them with --replace",
            Self::NoYearKey(_) => "make one with `deconflict key new`, or import that of the other units",
            Self::Write(_) => "look at the folder and the room on the disk; do it again, nothing is lost",
            Self::Forbidden(error) => error.hint(),
            Self::Key(error) => error.hint(),
            Self::Unit(error) => error.hint(),
            Self::Enrol(error) => error.hint(),
            Self::Statement(error) => error.hint(),
            Self::Capture(error) => error.hint(),
            Self::Evidence(error) => error.hint(),
            Self::TimeStamp(error) => error.hint(),
            Self::Subject(error) => error.hint(),
            Self::Register(error) => error.hint(),
            Self::Propose(error) => error.hint(),
            Self::Approval(error) => error.hint(),
            Self::Restore(error) => error.hint(),
            Self::Listing(error) => error.hint(),
            Self::Assemble(error) => error.hint(),
            Self::Release(error) => error.hint(),
            Self::Contest(error) => error.hint(),
            Self::Publish(error) => error.hint(),
            Self::Ceremony(error) => error.hint(),
            Self::Receipt(error) => error.hint(),
        })
    }
}
