//! By when a contest must be acknowledged and decided.

use jiff::civil::Date;

use super::Contest;
use crate::working_days::working_days_after;

/// The terms in working days after the day of receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContestTerms {
    pub acknowledge_days: u32,
    pub decide_days: u32,
}

impl Default for ContestTerms {
    /// Two days to acknowledge, twenty to decide.
    fn default() -> Self {
        Self { acknowledge_days: 2, decide_days: 20 }
    }
}

/// The last days on which each step is in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ContestClock {
    pub acknowledge_by: Date,
    pub decide_by: Date,
}

/// What a contest waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Acknowledge { by: Date, is_late: bool },
    Decide { by: Date, is_late: bool },
    Nothing,
}

impl ContestClock {
    pub fn of(received_on: Date, terms: ContestTerms) -> Self {
        Self {
            acknowledge_by: working_days_after(received_on, terms.acknowledge_days),
            decide_by: working_days_after(received_on, terms.decide_days),
        }
    }
}

impl Contest {
    pub fn clock(&self, terms: ContestTerms) -> ContestClock {
        ContestClock::of(self.received_on(), terms)
    }

    /// The next step and whether it is late today. A decision is also an acknowledgement.
    pub fn due(&self, terms: ContestTerms, today: Date) -> Due {
        let ContestClock { acknowledge_by, decide_by } = self.clock(terms);
        if self.decision().is_some() {
            return Due::Nothing;
        }
        if self.acknowledged_on().is_none() {
            return Due::Acknowledge { by: acknowledge_by, is_late: today > acknowledge_by };
        }
        Due::Decide { by: decide_by, is_late: today > decide_by }
    }
}
