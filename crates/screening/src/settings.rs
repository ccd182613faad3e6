//! What a screening may depend on besides editions and customers.

use jiff::civil::Date;
use matching::Class;

/// Settings of a screening; they are stored with its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The day that validity periods are held against.
    pub today: Date,
    /// Hits below this class are left out. `Class::None` means the same as `Class::Weak`.
    pub minimum: Class,
}

impl Settings {
    pub const fn on(today: Date) -> Self {
        Self { today, minimum: Class::Weak }
    }
}
