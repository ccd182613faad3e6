//! What an end of a contract, or a seizure of its machines, touches.
//!
//! Context for a decision, never a ground of one. What the hoster's own data do not say is not guessed.

use serde::{Deserialize, Serialize};

/// What the hoster's data say of one customer.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Touched {
    #[serde(default)]
    pub services: Vec<String>,
    #[serde(default)]
    pub machines: Vec<String>,
    /// As the source writes it.
    #[serde(default)]
    pub monthly: Option<String>,
    /// IP addresses, ranges and AS numbers.
    #[serde(default)]
    pub addresses: Vec<String>,
    /// Other customers on the same machines.
    #[serde(default)]
    pub others: u64,
}

/// How much a seizure of the machines would touch beside the customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// The data name no machine, so nothing can be said.
    Unknown,
    /// Nobody else is on the machines.
    Alone,
    /// So many other customers lose their service with this one.
    Others(u64),
}

impl Touched {
    /// Whether the data say anything at all.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whom a seizure of the machines would touch.
    pub fn reach(&self) -> Reach {
        match (self.machines.is_empty(), self.others) {
            (true, _) => Reach::Unknown,
            (false, 0) => Reach::Alone,
            (false, others) => Reach::Others(others),
        }
    }
}

/// Shows how much there is.
impl std::fmt::Debug for Touched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Touched({} machines, {} others)", self.machines.len(), self.others)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_source_says_is_not_known() {
        let mut touched = Touched { services: vec!["VPS L".to_owned()], ..Touched::default() };
        assert_eq!(touched.reach(), Reach::Unknown);
        touched.machines.push("node-7".to_owned());
        assert_eq!(touched.reach(), Reach::Alone);
        touched.others = 41;
        assert_eq!(touched.reach(), Reach::Others(41));
    }
}
