//! The only place that asks the system for the time.

use jiff::Timestamp;
use jiff::civil::Date;

/// Now, in UTC.
#[expect(clippy::disallowed_methods, reason = "the binary is where the clock is asked")]
pub(crate) fn now() -> Timestamp {
    // A clock outside of jiff's range (the year 9999) is not worth a message of its own.
    Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The day that was asked for, otherwise today in UTC.
pub(crate) fn today(asked: Option<Date>) -> Date {
    asked.unwrap_or_else(|| now().to_zoned(jiff::tz::TimeZone::UTC).date())
}
