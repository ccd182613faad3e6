//! The day on which an object was made.

use jiff::civil::Date;

/// `2025-07-10T08:11:12Z`, or the day alone.
pub(super) fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}
