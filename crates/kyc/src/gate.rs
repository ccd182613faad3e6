//! What the shop is told: go on, or hold. Never why.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::course::{Course, State};

/// How much the gate does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Everything is let through but what a person refused; the report says what would have been held.
    LogOnly,
    Gate,
}

impl Mode {
    pub const fn word(self) -> &'static str {
        match self {
            Self::LogOnly => "log_only",
            Self::Gate => "gate",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        [Self::LogOnly, Self::Gate].into_iter().find(|mode| mode.word() == word)
    }
}

/// What the shop does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Answer {
    GoOn,
    Hold,
}

impl Answer {
    pub const fn word(self) -> &'static str {
        match self {
            Self::GoOn => "go_on",
            Self::Hold => "hold",
        }
    }
}

/// The answer for an application; for one that is not known there is none to go on with.
pub fn answer(course: Option<&Course>, mode: Mode, now: Timestamp) -> Answer {
    let Some(course) = course else { return Answer::Hold };
    let goes_on = match (course.state(), mode) {
        (State::Clear { until }, Mode::Gate) => now <= until,
        (State::Refused, Mode::LogOnly) => false,
        (_, Mode::LogOnly) => true,
        (_, Mode::Gate) => false,
    };
    if goes_on { Answer::GoOn } else { Answer::Hold }
}
