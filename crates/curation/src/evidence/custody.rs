//! What happened to a piece of evidence, and by whom. It only grows.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::PersonId;

/// One kind of event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CustodyStep {
    Captured,
    /// Quote, translation or grades were added before sealing.
    Described,
    Sealed,
    Viewed,
    ViewedRestricted,
    Copied,
    Redacted,
    Exported,
    /// The files are gone; the record and its hashes stay.
    Destroyed,
}

impl CustodyStep {
    pub const ALL: &[Self] = &[
        Self::Captured,
        Self::Described,
        Self::Sealed,
        Self::Viewed,
        Self::ViewedRestricted,
        Self::Copied,
        Self::Redacted,
        Self::Exported,
        Self::Destroyed,
    ];

    /// The word in the store.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Described => "described",
            Self::Sealed => "sealed",
            Self::Viewed => "viewed",
            Self::ViewedRestricted => "viewed-restricted",
            Self::Copied => "copied",
            Self::Redacted => "redacted",
            Self::Exported => "exported",
            Self::Destroyed => "destroyed",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|step| step.word() == word)
    }

    /// Whether who does it has a hand in the content. Looking and copying leave it as it is; redacting
    /// decides what approvers get to see.
    pub const fn touches_content(self) -> bool {
        matches!(self, Self::Captured | Self::Described | Self::Sealed | Self::Redacted)
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyEvent {
    pub step: CustodyStep,
    pub by: PersonId,
    pub at: Timestamp,
}

/// Why an event does not fit into a log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustodyError {
    #[error("the custody log does not begin with the capture")]
    NoCapture,
    #[error("the custody log knows of no sealing")]
    NotSealed,
    #[error("the event is of {at}, before the last one of {last}")]
    BackInTime { at: Timestamp, last: Timestamp },
    #[error("{} can stand in a custody log only once", .step.word())]
    Twice { step: CustodyStep },
    #[error("the evidence was destroyed; nothing more can be done with it")]
    Destroyed,
    #[error("{} is noted by the act itself and not by hand", .step.word())]
    NotByHand { step: CustodyStep },
}

impl CustodyError {
    pub fn hint(&self) -> &'static str {
        match self {
            Self::BackInTime { .. } => "look at the clock of the machine; the log runs forward only",
            Self::NoCapture | Self::NotSealed => {
                "restore the log from a backup and have the audit log verified"
            }
            Self::Twice { .. } => "capture it again as new evidence",
            Self::Destroyed => "only the record is left; look for other evidence",
            Self::NotByHand { .. } => "use the command for this act",
        }
    }
}

/// All events of one piece of evidence, in order of time. There is no way to take one out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustodyLog {
    events: Vec<CustodyEvent>,
}

impl CustodyLog {
    pub(super) fn begin(by: PersonId, at: Timestamp) -> Self {
        Self { events: vec![CustodyEvent { step: CustodyStep::Captured, by, at }] }
    }

    /// A log as a store kept it.
    ///
    /// # Errors
    /// If the events could not have been added one after the other.
    pub fn from_events(events: Vec<CustodyEvent>) -> Result<Self, CustodyError> {
        let mut events = events.into_iter();
        let first = events.next().filter(|event| event.step == CustodyStep::Captured);
        let first = first.ok_or(CustodyError::NoCapture)?;
        let mut log = Self::begin(first.by, first.at);
        for event in events {
            log.add(event.step, event.by, event.at)?;
        }
        Ok(log)
    }

    pub fn events(&self) -> &[CustodyEvent] {
        &self.events
    }

    pub fn has(&self, step: CustodyStep) -> bool {
        self.events.iter().any(|event| event.step == step)
    }

    pub(super) fn touched_by(&self) -> BTreeSet<PersonId> {
        self.events
            .iter()
            .filter(|event| event.step.touches_content())
            .map(|event| event.by.clone())
            .collect()
    }

    pub(super) fn add(&mut self, step: CustodyStep, by: PersonId, at: Timestamp) -> Result<(), CustodyError> {
        if self.has(CustodyStep::Destroyed) {
            return Err(CustodyError::Destroyed);
        }
        let once = matches!(step, CustodyStep::Captured | CustodyStep::Sealed);
        let late = step == CustodyStep::Described && self.has(CustodyStep::Sealed);
        if late || once && self.has(step) {
            return Err(CustodyError::Twice { step: if late { CustodyStep::Sealed } else { step } });
        }
        let last = self.events.last().map_or(at, |event| event.at);
        if at < last {
            return Err(CustodyError::BackInTime { at, last });
        }
        self.events.push(CustodyEvent { step, by, at });
        Ok(())
    }
}
