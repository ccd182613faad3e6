//! Which deed is allowed when, and to whom.

use review::{Answer, DisposeError, Standing};

use crate::course::{Cause, Course, Event, State};
use crate::screened::{Force, Screened};

/// The longest note or ground, in characters.
pub const MOST_NOTE: usize = review::disposition::MOST_NOTE;

/// Why a deed is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DeedError {
    #[error("a course begins with an application that came in")]
    NoBeginning,
    #[error("the application is {}, and nothing is done with it any more", .0.word())]
    Over(State),
    #[error("the application was not looked up in the lists: nobody can be let in")]
    NotScreened,
    #[error("the application has no such hit")]
    NoHit,
    #[error("a hit was not answered yet, or waits for a second person")]
    HitOpen,
    #[error("the applicant was judged to be a party on a binding list: nobody may let them in")]
    Binding,
    #[error("something is missing, not confirmed or on a list: who lets them in all the same says why")]
    NoNote,
    #[error("a refusal needs a ground of your own, in words; that a party is on a list is none")]
    NoOwnGround,
    #[error("a note or ground has {found} characters, at most {MOST_NOTE} are kept")]
    TooLong { found: usize },
    #[error("{by} proposed to refuse; the second person must be somebody else")]
    OwnSecond { by: String },
    #[error("somebody proposed to refuse; a second person agrees or objects first")]
    RefusalProposed,
    #[error("nobody proposed to refuse")]
    NothingProposed,
    #[error("nothing was asked for")]
    NothingAsked,
    #[error("nothing is held here whose time is over")]
    NotOver,
    #[error(transparent)]
    Dispose(#[from] DisposeError),
}

impl DeedError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoBeginning => "restore the database from a backup: somebody else wrote into it",
            Self::Over(_) => "the customer can order again; that is a new application",
            Self::NotScreened => "install an edition, and wait a moment until it is looked up",
            Self::NoHit => "open the application again; it shows what was found",
            Self::HitOpen => "answer every hit first, and let a colleague answer where two are asked",
            Self::Binding => "refuse, and report as the regulation asks; ask your lawyer",
            Self::NoNote => "write down why this is enough for you",
            Self::NoOwnGround => "name the clause, what was seen, or what was not shown to you",
            Self::TooLong { .. } => "say it shorter",
            Self::OwnSecond { .. } => "let a colleague look at it",
            Self::RefusalProposed => "agree to the refusal, or object to it",
            Self::NothingProposed => "refuse it, if that is what you mean",
            Self::NothingAsked => "choose what the applicant shall show",
            Self::NotOver => "nothing is left to do; it expires by itself",
            Self::Dispose(error) => error.hint(),
        }
    }
}

impl Course {
    /// Whether the event may happen here.
    pub(crate) fn check(&self, event: &Event) -> Result<(), DeedError> {
        let state = self.state();
        match event {
            Event::Received { .. } => return Err(DeedError::NoBeginning),
            // Who comes back after their time was over begins again; who was refused does not.
            Event::Changed { .. } if state == State::Refused => return Err(DeedError::Over(state)),
            Event::Changed { .. } => return Ok(()),
            _ if matches!(state, State::Refused | State::Expired) => return Err(DeedError::Over(state)),
            Event::Screened { .. } | Event::Checked { .. } => {}
            Event::Asked { kinds, .. } if kinds.is_empty() => return Err(DeedError::NothingAsked),
            Event::Asked { .. } => self.no_refusal_waits()?,
            Event::Disposed { .. } => {}
            Event::Released { note, .. } => self.check_release(note)?,
            Event::Refused { ground, .. } => {
                self.no_refusal_waits()?;
                if ground.text.trim().is_empty() {
                    return Err(DeedError::NoOwnGround);
                }
                check_length(&ground.text)?;
            }
            Event::Seconded { by, .. } => match self.refusal() {
                None => return Err(DeedError::NothingProposed),
                Some((proposer, _)) if proposer == by => {
                    return Err(DeedError::OwnSecond { by: by.clone() });
                }
                Some(_) => {}
            },
            Event::Objected { note, .. } => {
                if self.refusal().is_none() {
                    return Err(DeedError::NothingProposed);
                }
                check_length(note)?;
            }
            Event::Expired { at } if !state.is_hold() || *at < self.expires_at() => {
                return Err(DeedError::NotOver);
            }
            Event::Expired { .. } => {}
        }
        Ok(())
    }

    fn no_refusal_waits(&self) -> Result<(), DeedError> {
        if self.refusal().is_some() { Err(DeedError::RefusalProposed) } else { Ok(()) }
    }

    fn check_release(&self, note: &str) -> Result<(), DeedError> {
        self.no_refusal_waits()?;
        check_length(note)?;
        if !matches!(self.screened(), Some(Screened::Done { .. })) {
            return Err(DeedError::NotScreened);
        }
        let mut is_listed = false;
        for hit in self.hits() {
            match hit.review.standing() {
                Standing::Judged(Answer::NotTheSame) => {}
                Standing::Judged(Answer::Same) if hit.found.force == Force::Binding => {
                    return Err(DeedError::Binding);
                }
                Standing::Judged(Answer::Same) => is_listed = true,
                _ => return Err(DeedError::HitOpen),
            }
        }
        let last = self.events().last().map_or_else(|| self.expires_at(), Event::at);
        let lacks = self.causes(last).iter().any(|cause| *cause != Cause::Hit);
        if (is_listed || lacks) && note.trim().is_empty() {
            return Err(DeedError::NoNote);
        }
        Ok(())
    }
}

fn check_length(text: &str) -> Result<(), DeedError> {
    let found = text.chars().count();
    if found > MOST_NOTE { Err(DeedError::TooLong { found }) } else { Ok(()) }
}
