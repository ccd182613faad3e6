//! Orders of new customers at the desk: what is held, why, and what people do about it.
//!
//! * `queue` is what waits, with its clock.
//! * `application` is one of them: what the shop knew, what the lists said, what was checked.
//! * `deeds` takes what people do.
//! * `message` is what the applicant is told: never a rule, and never that there is a list.
//! * `papers` are what somebody who sells on is sent to sign.
//! * `report` counts what the gate did, or would have done.

pub(crate) mod application;
pub(crate) mod deeds;
pub(crate) mod message;
pub(crate) mod papers;
pub(crate) mod queue;
pub(crate) mod report;

use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use kyc::{Cause, DeedError, State};
use operations::hoster::sign_ups::SignUpError;

use super::{Page, store_refused};

/// What is left of a clock.
struct Clock {
    words: String,
    /// Less than a day, or over.
    is_urgent: bool,
}

/// Hours from which on nobody has to hurry.
const CALM_HOURS: i64 = 24;

fn clock(until: Timestamp, now: Timestamp, page: &Page) -> Clock {
    let hours = until.duration_since(now).as_hours();
    let words = match hours {
        ..0 => page.t("clock-over"),
        0..CALM_HOURS => page.with("clock-hours", &[("hours", hours.to_string())]),
        _ => page
            .with("clock-days", &[("days", (hours / 24).to_string()), ("hours", (hours % 24).to_string())]),
    };
    Clock { words, is_urgent: hours < CALM_HOURS }
}

/// The tag of a state, as the style knows it.
const fn tag(state: State) -> &'static str {
    match state {
        State::HoldForReview | State::Refused => "strong",
        State::HoldForData => "probable",
        State::Clear { .. } | State::Expired => "weak",
    }
}

/// A cause in the reader's words.
fn cause_words(cause: Cause, page: &Page) -> String {
    let what = page.word("cause", cause.word());
    match cause {
        Cause::NotConfirmed(kind) | Cause::Asked(kind) | Cause::Missing(kind) | Cause::Unavailable(kind) => {
            format!("{what}: {}", page.word("check", kind.word()))
        }
        _ => what,
    }
}

/// The page for a deed that was not done.
fn refused(page: &Page, error: &SignUpError) -> Response {
    match error {
        SignUpError::NotThere(_) => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        SignUpError::Restricted => page.problem(StatusCode::CONFLICT, "problem-restricted"),
        SignUpError::Changed => page.problem(StatusCode::CONFLICT, "problem-changed"),
        SignUpError::NoContract(_) => page.problem(StatusCode::CONFLICT, "problem-no-contract"),
        SignUpError::Unusable(_) => page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-check"),
        SignUpError::Deed(error) => page.problem(status(error), key(error)),
        SignUpError::Store(error) => store_refused(page, error),
    }
}

const fn status(error: &DeedError) -> StatusCode {
    match error {
        DeedError::NoNote | DeedError::NoOwnGround | DeedError::TooLong { .. } | DeedError::NothingAsked => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        _ => StatusCode::CONFLICT,
    }
}

const fn key(error: &DeedError) -> &'static str {
    match error {
        DeedError::Over(_) | DeedError::NotOver | DeedError::NoBeginning => "problem-application-over",
        DeedError::NotScreened => "problem-not-screened",
        DeedError::NoHit | DeedError::NothingProposed => "problem-changed",
        DeedError::HitOpen => "problem-hit-open",
        DeedError::Binding => "problem-binding-applicant",
        DeedError::NoNote => "problem-no-note",
        DeedError::NoOwnGround => "problem-empty-ground",
        DeedError::TooLong { .. } => "problem-too-long",
        DeedError::OwnSecond { .. } => "problem-own-second",
        DeedError::RefusalProposed => "problem-refusal-proposed",
        DeedError::NothingAsked => "problem-nothing-asked",
        DeedError::Dispose(review::DisposeError::OwnSecond { .. }) => "problem-own-second",
        DeedError::Dispose(review::DisposeError::JudgedAlready { .. }) => "problem-judged",
        DeedError::Dispose(_) => "problem-reason",
    }
}
