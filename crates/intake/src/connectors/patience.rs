//! Asking with patience: again after a fault that may pass, later where the source asks for that.

use std::time::Duration;

use serde::de::DeserializeOwned;

use super::answer;
use super::{Answer, Ask, Fault, Request, Unanswered};

/// How often and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// Tries of one request, the first among them.
    pub tries: u32,
    /// The wait after the first try; it doubles with each.
    pub first_wait: Duration,
    /// The longest single wait, also where the source asks for more.
    pub longest_wait: Duration,
}

impl Default for Patience {
    /// Waits of 1, 2, 4, 8 and 16 seconds, and up to five minutes where the source names a time.
    fn default() -> Self {
        Self { tries: 6, first_wait: Duration::from_secs(1), longest_wait: Duration::from_secs(300) }
    }
}

/// Asks one source.
pub(super) struct Asker<'a> {
    pub(super) ask: &'a dyn Ask,
    pub(super) patience: Patience,
}

/// What came of one try that gave nothing.
struct Failed {
    fault: Fault,
    again_after: Option<Duration>,
}

impl Asker<'_> {
    /// The answer as what it is documented to be. An answer that cannot be read is asked for again, too: it may have
    /// been cut off on its way.
    pub(super) fn json<T: DeserializeOwned>(&self, request: &Request) -> Result<T, Fault> {
        self.json_if_there(request)?.ok_or(Fault::Status(404))
    }

    /// The same, or nothing where the source says 404: what it is about is gone.
    pub(super) fn json_if_there<T: DeserializeOwned>(&self, request: &Request) -> Result<Option<T>, Fault> {
        let mut wait = self.patience.first_wait;
        let mut tries = self.patience.tries.max(1);
        loop {
            let failed = match self.try_once(request) {
                Ok(found) => return Ok(found),
                Err(failed) => failed,
            };
            tries -= 1;
            let time = failed.again_after.unwrap_or(wait);
            let may_pass = failed.again_after.is_some() || failed.fault.may_pass();
            if tries == 0 || !may_pass || time > self.patience.longest_wait {
                return Err(failed.fault);
            }
            self.ask.wait(time);
            wait = (wait * 2).min(self.patience.longest_wait);
        }
    }

    fn try_once<T: DeserializeOwned>(&self, request: &Request) -> Result<Option<T>, Failed> {
        let plainly = |fault| Failed { fault, again_after: None };
        let answer = self.ask.ask(request).map_err(|unanswered| plainly(fault_of(unanswered)))?;
        match answer.status {
            200..=299 => answer::read(&answer.body).map(Some).map_err(plainly),
            404 => Ok(None),
            300..=399 => Err(plainly(Fault::Moved)),
            401 | 403 if says_address(&answer) => Err(plainly(Fault::AddressNotAllowed)),
            401 | 403 => Err(plainly(Fault::Refused)),
            // A source that sends no time gets the usual waits.
            429 => Err(Failed {
                fault: Fault::RateLimited,
                again_after: Some(asked_for(&answer).unwrap_or(self.patience.first_wait * 4)),
            }),
            503 => Err(Failed { fault: Fault::Status(503), again_after: asked_for(&answer) }),
            408 => Err(plainly(Fault::TimeOut)),
            status => Err(plainly(Fault::Status(status))),
        }
    }
}

const fn fault_of(unanswered: Unanswered) -> Fault {
    match unanswered {
        Unanswered::Unreachable => Fault::Unreachable,
        Unanswered::Certificate => Fault::Certificate,
        Unanswered::TimeOut => Fault::TimeOut,
        Unanswered::TooLong => Fault::TooLong,
    }
}

/// Seconds of `Retry-After`. A date in it needs a clock and is taken as none.
fn asked_for(answer: &Answer) -> Option<Duration> {
    answer.header("retry-after")?.trim().parse().ok().map(Duration::from_secs)
}

/// WHMCS says `Invalid IP 192.0.2.1` to those whom it was not told of.
fn says_address(answer: &Answer) -> bool {
    answer.body.windows(10).any(|text| text == b"Invalid IP")
}
