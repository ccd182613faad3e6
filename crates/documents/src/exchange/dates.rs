//! Days as the time stamps of other formats.

use jiff::civil::Date;

/// The beginning of the day, as STIX writes it.
pub(super) fn stix_start(day: Date) -> String {
    format!("{day}T00:00:00.000Z")
}

/// The end of the day. STIX asks that an end is later than its beginning.
pub(super) fn stix_end(day: Date) -> String {
    format!("{day}T23:59:59.000Z")
}

/// The beginning of the day with its offset, as MISP writes it.
pub(super) fn misp_time(day: Date) -> String {
    format!("{day}T00:00:00.000000+00:00")
}

/// Seconds from 1970 to the beginning of the day.
pub(super) fn seconds(day: Date) -> i64 {
    day.to_zoned(jiff::tz::TimeZone::UTC).map_or(0, |zoned| zoned.timestamp().as_second())
}
