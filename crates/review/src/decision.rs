//! What happens to the contract, on the hoster's own grounds.
//!
//! A hit is never a ground: it opens a review, and the decision names what the hoster itself knows. Where a binding list
//! was found to mean the customer, going on as before is no choice.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use watchlist::Nature;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Measure {
    Continue,
    /// Such as no resale, an end-customer register, no payment in crypto.
    Conditions,
    Suspend,
    EndAtTerm,
    EndNow,
}

/// The hoster's own grounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum GroundKind {
    ContractClause,
    AupBreach,
    KycFailure,
    ObservedAbuse,
    Sanctions,
}

/// One ground in words: which clause, what was seen.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    pub kind: GroundKind,
    pub text: String,
}

/// A decision on one customer.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub measure: Measure,
    pub grounds: Vec<Ground>,
    /// For the file: conditions, the customer's side, what was weighed.
    pub note: String,
    pub by: String,
    pub at: Timestamp,
    /// The second person, where one is asked for.
    pub approved: Option<(String, Timestamp)>,
}

/// Why a decision is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    #[error("`{}` needs a ground of your own; that a party is on a list is none", .measure.word())]
    NoOwnGround { measure: Measure },
    #[error("a ground has no words: say which clause, what was seen, or what is missing")]
    EmptyGround,
    #[error("no hit of this customer was judged to be the same party")]
    NothingJudged,
    #[error("the customer is on a binding list; `{}` would make resources available to it", .measure.word())]
    Binding { measure: Measure },
    #[error("{by} made the decision; somebody else approves it")]
    OwnDecision { by: String },
    #[error("the decision was approved already")]
    ApprovedAlready,
    #[error("`{}` needs no second person", .measure.word())]
    NoSecondAsked { measure: Measure },
}

impl DecisionError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoOwnGround { .. } => {
                "look into contract, acceptable use, the customer's papers and your abuse desk, and name what you find"
            }
            Self::EmptyGround => "write KIND=WORDS, such as aup_breach=\"spam runs on 3 March, ticket 4711\"",
            Self::NothingJudged => {
                "judge the hits of the customer first; a decision without a hit is not made here"
            }
            Self::Binding { .. } => "suspend or end it, and report as the regulation asks; ask your lawyer",
            Self::OwnDecision { .. } => "let a colleague approve it",
            Self::ApprovedAlready | Self::NoSecondAsked { .. } => "nothing is left to do here",
        }
    }
}

impl Measure {
    pub const ALL: &[Self] =
        &[Self::Continue, Self::Conditions, Self::Suspend, Self::EndAtTerm, Self::EndNow];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::Conditions => "conditions",
            Self::Suspend => "suspend",
            Self::EndAtTerm => "end_at_term",
            Self::EndNow => "end_now",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|measure| measure.word() == word)
    }

    /// Whether a second person must approve it: where a customer loses servers.
    pub const fn needs_second(self) -> bool {
        matches!(self, Self::Suspend | Self::EndAtTerm | Self::EndNow)
    }
}

impl GroundKind {
    pub const ALL: &[Self] =
        &[Self::ContractClause, Self::AupBreach, Self::KycFailure, Self::ObservedAbuse, Self::Sanctions];

    pub const fn word(self) -> &'static str {
        match self {
            Self::ContractClause => "contract_clause",
            Self::AupBreach => "aup_breach",
            Self::KycFailure => "kyc_failure",
            Self::ObservedAbuse => "observed_abuse",
            Self::Sanctions => "sanctions",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.word() == word)
    }
}

impl Decision {
    /// Makes a decision on a customer of whom hits on lists of these natures were judged `same`.
    ///
    /// # Errors
    /// A [`DecisionError`].
    pub fn make(
        measure: Measure,
        grounds: Vec<Ground>,
        note: String,
        (by, at): (String, Timestamp),
        judged_same: &[Nature],
    ) -> Result<Self, DecisionError> {
        if judged_same.is_empty() {
            return Err(DecisionError::NothingJudged);
        }
        if grounds.iter().any(|ground| ground.text.trim().is_empty()) {
            return Err(DecisionError::EmptyGround);
        }
        let is_binding = judged_same.contains(&Nature::Binding);
        if is_binding && !matches!(measure, Measure::Suspend | Measure::EndNow) {
            return Err(DecisionError::Binding { measure });
        }
        if measure != Measure::Continue && grounds.is_empty() {
            return Err(DecisionError::NoOwnGround { measure });
        }
        Ok(Self { measure, grounds, note, by, at, approved: None })
    }

    /// The second person agrees.
    ///
    /// # Errors
    /// If it is the one who made it, or nobody was asked.
    pub fn approve(&mut self, by: String, at: Timestamp) -> Result<(), DecisionError> {
        if !self.measure.needs_second() {
            return Err(DecisionError::NoSecondAsked { measure: self.measure });
        }
        if self.approved.is_some() {
            return Err(DecisionError::ApprovedAlready);
        }
        if by == self.by {
            return Err(DecisionError::OwnDecision { by });
        }
        self.approved = Some((by, at));
        Ok(())
    }

    /// Whether it may be carried out.
    pub const fn stands(&self) -> bool {
        !self.measure.needs_second() || self.approved.is_some()
    }
}

/// Shows the measure only: grounds are confidential.
impl std::fmt::Debug for Decision {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Decision({}, by {})", self.measure.word(), self.by)
    }
}

/// Shows the kind only: grounds are confidential.
impl std::fmt::Debug for Ground {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ground({})", self.kind.word())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn abuse() -> Vec<Ground> {
        vec![Ground { kind: GroundKind::ObservedAbuse, text: "phishing pages, ticket 4711".to_owned() }]
    }

    fn make(measure: Measure, grounds: Vec<Ground>, natures: &[Nature]) -> Result<Decision, DecisionError> {
        Decision::make(measure, grounds, String::new(), ("anna".to_owned(), at(1)), natures)
    }

    #[test]
    fn a_list_is_no_ground() {
        for measure in [Measure::Conditions, Measure::Suspend, Measure::EndAtTerm, Measure::EndNow] {
            let refused = make(measure, Vec::new(), &[Nature::Advisory]).unwrap_err();
            assert_eq!(refused, DecisionError::NoOwnGround { measure });
            assert!(make(measure, abuse(), &[Nature::Advisory]).is_ok());
        }
        assert!(make(Measure::Continue, Vec::new(), &[Nature::Advisory]).is_ok());
        assert_eq!(make(Measure::EndNow, abuse(), &[]), Err(DecisionError::NothingJudged));
    }

    #[test]
    fn a_binding_list_leaves_no_choice() {
        for measure in [Measure::Continue, Measure::Conditions, Measure::EndAtTerm] {
            let refused = make(measure, abuse(), &[Nature::Advisory, Nature::Binding]);
            assert_eq!(refused, Err(DecisionError::Binding { measure }));
        }
        assert!(make(Measure::Suspend, abuse(), &[Nature::Binding]).is_ok());
    }

    #[test]
    fn who_takes_servers_away_needs_a_colleague() {
        let mut decision = make(Measure::EndNow, abuse(), &[Nature::Advisory]).unwrap();
        assert!(!decision.stands());
        assert_eq!(
            decision.approve("anna".to_owned(), at(2)),
            Err(DecisionError::OwnDecision { by: "anna".to_owned() })
        );
        decision.approve("bram".to_owned(), at(2)).unwrap();
        assert!(decision.stands());
        assert_eq!(decision.approve("carl".to_owned(), at(3)), Err(DecisionError::ApprovedAlready));
    }
}
