//! One check: what was asked of which source, what it said, and how that can be shown later.
//!
//! The document itself is not here and is kept nowhere: what stays is that it was seen, by whom, and its number.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckKind {
    /// A code sent to the mail address came back.
    EmailProof,
    /// A code sent to the phone came back.
    PhoneProof,
    /// The company stands in its register under this number.
    RegisterNumber,
    /// The tax number is valid, as VIES or the tax office says.
    VatNumber,
    /// Who signs may sign for the company.
    Representative,
    /// A written policy for end customers.
    EndCustomerPolicy,
    /// A register of end customers is kept and can be asked for.
    EndCustomerRegister,
    /// The clause on end customers is signed.
    EndCustomerClause,
    /// The declaration of a reseller is signed.
    ResellerDeclaration,
    /// An abuse contact that answers.
    AbuseContact,
    /// Who owns a quarter or more (UBO).
    BeneficialOwners,
    /// The first payment came from a bank account in the same name.
    BankPayment,
    /// An identity document was seen, or a notified eID was used.
    Identity,
}

impl CheckKind {
    pub const ALL: &[Self] = &[
        Self::EmailProof,
        Self::PhoneProof,
        Self::RegisterNumber,
        Self::VatNumber,
        Self::Representative,
        Self::EndCustomerPolicy,
        Self::EndCustomerRegister,
        Self::EndCustomerClause,
        Self::ResellerDeclaration,
        Self::AbuseContact,
        Self::BeneficialOwners,
        Self::BankPayment,
        Self::Identity,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::EmailProof => "email_proof",
            Self::PhoneProof => "phone_proof",
            Self::RegisterNumber => "register_number",
            Self::VatNumber => "vat_number",
            Self::Representative => "representative",
            Self::EndCustomerPolicy => "end_customer_policy",
            Self::EndCustomerRegister => "end_customer_register",
            Self::EndCustomerClause => "end_customer_clause",
            Self::ResellerDeclaration => "reseller_declaration",
            Self::AbuseContact => "abuse_contact",
            Self::BeneficialOwners => "beneficial_owners",
            Self::BankPayment => "bank_payment",
            Self::Identity => "identity",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }

    /// Whether it can be asked of a business only.
    pub const fn is_of_business(self) -> bool {
        matches!(self, Self::RegisterNumber | Self::VatNumber | Self::Representative | Self::BeneficialOwners)
    }

    /// Whether it can be asked only of somebody who sells on.
    pub const fn is_of_reseller(self) -> bool {
        matches!(
            self,
            Self::EndCustomerPolicy
                | Self::EndCustomerRegister
                | Self::EndCustomerClause
                | Self::ResellerDeclaration
        )
    }
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Confirmed,
    /// The source answered, and does not confirm it.
    NotConfirmed,
    /// The source did not answer: nothing is known, and nothing is held against anybody.
    Unavailable,
}

impl Outcome {
    pub const ALL: &[Self] = &[Self::Confirmed, Self::NotConfirmed, Self::Unavailable];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::NotConfirmed => "not_confirmed",
            Self::Unavailable => "unavailable",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|outcome| outcome.word() == word)
    }
}

/// A check that was made.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    pub kind: CheckKind,
    /// Who was asked: `VIES`, `KvK`, `seen by us`.
    pub source: String,
    pub outcome: Outcome,
    /// By which the source finds its answer again, such as the `requestIdentifier` of VIES.
    pub proof: Option<String>,
    /// Whom the source names, where it names anybody.
    #[serde(default)]
    pub named: Option<String>,
    /// Who noted it.
    pub by: String,
    pub taken_at: Timestamp,
    /// Until when it counts; none where it does not age.
    pub valid_until: Option<Timestamp>,
}

impl Check {
    /// Whether it confirms its kind at this moment.
    pub fn confirms(&self, now: Timestamp) -> bool {
        self.outcome == Outcome::Confirmed && self.valid_until.is_none_or(|until| now <= until)
    }
}

/// What the checks say of one kind at a moment. The last answer of a source counts; a source that was down takes
/// nothing back.
pub fn standing(checks: &[Check], kind: CheckKind, now: Timestamp) -> Option<Outcome> {
    let of_kind = || checks.iter().filter(|check| check.kind == kind);
    match of_kind().rfind(|check| check.outcome != Outcome::Unavailable) {
        Some(check) if check.confirms(now) => Some(Outcome::Confirmed),
        // One that confirmed long ago says nothing now.
        Some(check) if check.outcome == Outcome::Confirmed => None,
        Some(_) => Some(Outcome::NotConfirmed),
        None => of_kind().next().map(|_| Outcome::Unavailable),
    }
}

/// Shows kind and outcome: sources and numbers belong to a customer.
impl std::fmt::Debug for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Check({}, {})", self.kind.word(), self.outcome.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(outcome: Outcome, until: Option<i64>) -> Check {
        Check {
            kind: CheckKind::VatNumber,
            source: "VIES".to_owned(),
            outcome,
            proof: None,
            named: None,
            by: "p-1".to_owned(),
            taken_at: Timestamp::from_second(1).unwrap(),
            valid_until: until.map(|second| Timestamp::from_second(second).unwrap()),
        }
    }

    #[track_caller]
    fn check(checks: &[Check], expected: Option<Outcome>) {
        let now = Timestamp::from_second(100).unwrap();
        assert_eq!(standing(checks, CheckKind::VatNumber, now), expected);
    }

    #[test]
    fn a_source_that_is_down_is_never_a_no() {
        use Outcome::{Confirmed, NotConfirmed, Unavailable};
        check(&[], None);
        check(&[taken(Unavailable, None)], Some(Unavailable));
        check(&[taken(Confirmed, None), taken(Unavailable, None)], Some(Confirmed));
        check(&[taken(NotConfirmed, None), taken(Unavailable, None)], Some(NotConfirmed));
        check(&[taken(Confirmed, None), taken(NotConfirmed, None)], Some(NotConfirmed));
        check(&[taken(Confirmed, Some(100))], Some(Confirmed));
        check(&[taken(Confirmed, Some(99))], None);
    }
}
