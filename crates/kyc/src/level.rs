//! How closely an applicant is looked at, and what makes it closer.

use serde::{Deserialize, Serialize};

/// How closely somebody is looked at. Each level asks for what the ones before it ask for, too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Level {
    /// Mail, phone, and the lists.
    #[default]
    L0,
    /// A business: register, tax number, who signs.
    L1,
    /// Somebody who sells on, or takes much: end customers, abuse contact, owners, a bank account in the same name.
    L2,
    /// An identity document or a notified eID.
    L3,
}

impl Level {
    pub const ALL: &[Self] = &[Self::L0, Self::L1, Self::L2, Self::L3];

    pub const fn word(self) -> &'static str {
        match self {
            Self::L0 => "L0",
            Self::L1 => "L1",
            Self::L2 => "L2",
            Self::L3 => "L3",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.word() == word)
    }
}

/// What makes a higher level necessary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A company, a register number or a tax number.
    Business,
    /// They say that they sell on.
    ResaleIntent,
    /// The order is paid in a way that names nobody.
    CryptoPayment,
    ManyAddresses,
    /// Addresses of their own (BYOIP).
    OwnAddresses,
    Bgp,
    /// Phone, line or address say another country.
    CountryMismatch,
    YoungRegisterEntry,
    /// Very many companies are registered at the address.
    MassRegistrationAddress,
    /// A hit below the class that holds for review, or one on a list that is only context.
    WeakHit,
    /// The same mail or phone ordered before, in a short time.
    RepeatedSignUps,
}

impl Trigger {
    pub const ALL: &[Self] = &[
        Self::Business,
        Self::ResaleIntent,
        Self::CryptoPayment,
        Self::ManyAddresses,
        Self::OwnAddresses,
        Self::Bgp,
        Self::CountryMismatch,
        Self::YoungRegisterEntry,
        Self::MassRegistrationAddress,
        Self::WeakHit,
        Self::RepeatedSignUps,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Business => "business",
            Self::ResaleIntent => "resale_intent",
            Self::CryptoPayment => "crypto_payment",
            Self::ManyAddresses => "many_addresses",
            Self::OwnAddresses => "own_addresses",
            Self::Bgp => "bgp",
            Self::CountryMismatch => "country_mismatch",
            Self::YoungRegisterEntry => "young_register_entry",
            Self::MassRegistrationAddress => "mass_registration_address",
            Self::WeakHit => "weak_hit",
            Self::RepeatedSignUps => "repeated_sign_ups",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|trigger| trigger.word() == word)
    }
}
