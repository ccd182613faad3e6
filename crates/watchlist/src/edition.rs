//! A numbered, dated set of entries of one list.

use jiff::civil::Date;

use crate::Entry;

/// What a list is, and so what a hit on it asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Nature {
    /// A warning (police): opens a review.
    Advisory,
    /// A legal stop (EU sanctions).
    Binding,
    /// The hoster's own list.
    Internal,
    /// Another state's list, or one without legal force here.
    Foreign,
    /// Context only.
    Reputation,
}

impl Nature {
    pub const fn wire_name(self) -> &'static str {
        match self {
            Self::Advisory => "advisory",
            Self::Binding => "binding",
            Self::Internal => "internal",
            Self::Foreign => "foreign",
            Self::Reputation => "reputation",
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListInfo {
    pub id: String,
    pub issuer: String,
    pub title: String,
    pub nature: Nature,
    pub purpose: String,
    /// TLP 2.0 label or the issuer's own words.
    pub handling: String,
    pub onward_sharing: String,
    /// Where the issuer's machine takes voluntary answers in, as an address of the web; none where answers go by hand.
    pub answers_to: Option<String>,
}

/// One edition of a list. Whether its origin was verified is not said here: a file that a hoster
/// imports has none, and only the delivery crate can vouch for one.
#[derive(Clone, Debug)]
pub struct Edition {
    pub list: ListInfo,
    /// 0 where the source has no numbers.
    pub number: u32,
    pub issued_at: Option<Date>,
    pub valid_until: Option<Date>,
    pub replaces: Option<u32>,
    pub entries: Vec<Entry>,
}
