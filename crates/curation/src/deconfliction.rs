//! "Does another team work on this handle?" without telling what it knows.
//!
//! Teams put keyed hashes of normalised handles, brands and domains into a register. Who asks gets the
//! team to contact or nothing: neither the value nor the state nor the work of the other team is in any
//! type that comes out. The key changes yearly, so that old registers cannot be tried out for ever.

mod normalise;

use std::collections::BTreeSet;
use std::fmt;

use hmac::{Hmac, Mac};
use jiff::civil::Date;
use sha2::Sha256;

use crate::TeamId;

pub use normalise::{Subject, SubjectError};

/// The key of one year, held by the units. It cannot be printed.
pub struct YearKey {
    year: i16,
    key: [u8; 32],
}

impl YearKey {
    /// `key` must be random.
    pub fn new(year: i16, key: [u8; 32]) -> Self {
        Self { year, key }
    }

    pub fn year(&self) -> i16 {
        self.year
    }

    /// The tag of a subject under this key.
    pub fn tag(&self, subject: &Subject) -> Tag {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).expect("HMAC takes keys of any length");
        mac.update(b"havenmeester deconfliction 1\0");
        mac.update(subject.kind().as_bytes());
        mac.update(b"\0");
        mac.update(subject.normalised().as_bytes());
        Tag { year: self.year, hash: mac.finalize().into_bytes().into() }
    }
}

impl fmt::Debug for YearKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "YearKey({})", self.year)
    }
}

/// The keyed hash of a subject, with the year of its key.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tag {
    pub year: i16,
    pub hash: [u8; 32],
}

impl fmt::Debug for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tag({})", self.year)
    }
}

/// How a team stands to a subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Interest {
    /// It works on it alone.
    Ours,
    /// It works on it together with others.
    Shared,
    /// It asks that nothing be listed until this day has passed.
    Hold { until: Date },
}

/// One line of the register: a team's interest in a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegisteredInterest {
    pub tag: Tag,
    pub team: TeamId,
    pub interest: Interest,
}

/// All that ever comes out of the register: whom to call.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactTeam(TeamId);

impl ContactTeam {
    pub fn team(&self) -> &TeamId {
        &self.0
    }
}

impl fmt::Display for ContactTeam {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "contact team {}", self.0)
    }
}

/// Why an interest is not registered.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RegisterError {
    #[error("a hold must end within {most_days} days; this one ends on {until}, {days} days from now")]
    HoldTooLong { until: Date, days: i32, most_days: i32 },
    #[error("the hold ended on {until}, before today")]
    HoldOver { until: Date },
}

impl RegisterError {
    pub fn hint(&self) -> &'static str {
        match self {
            Self::HoldTooLong { .. } => "choose an earlier day; a hold can be renewed when it ends",
            Self::HoldOver { .. } => "choose a day that is still to come",
        }
    }
}

/// Longest hold: half a year. A hold is a question for delay, not a way to keep a party off the list.
pub const MOST_HOLD_DAYS: i32 = 183;

/// The register of interests of all teams.
#[derive(Clone, Debug, Default)]
pub struct Register {
    interests: Vec<RegisteredInterest>,
}

impl Register {
    /// A register as a store kept it.
    pub fn from_parts(interests: Vec<RegisteredInterest>) -> Self {
        Self { interests }
    }

    /// For the store.
    pub fn interests(&self) -> &[RegisteredInterest] {
        &self.interests
    }

    /// Puts a team's interest in; an earlier one of the same team in the same subject is replaced.
    ///
    /// # Errors
    /// If a hold has ended already or lasts too long.
    pub fn register(&mut self, interest: RegisteredInterest, today: Date) -> Result<(), RegisterError> {
        if let Interest::Hold { until } = interest.interest {
            let days = (until - today).get_days();
            if days < 0 {
                return Err(RegisterError::HoldOver { until });
            }
            if days > MOST_HOLD_DAYS {
                return Err(RegisterError::HoldTooLong { until, days, most_days: MOST_HOLD_DAYS });
            }
        }
        self.withdraw(&interest.tag, &interest.team);
        self.interests.push(interest);
        Ok(())
    }

    /// Takes a team's interest out.
    pub fn withdraw(&mut self, tag: &Tag, team: &TeamId) {
        self.interests.retain(|known| !(known.tag == *tag && known.team == *team));
    }

    /// The teams to contact before touching a subject; empty where no other team works on it.
    pub fn ask(&self, tag: &Tag, asking: &TeamId) -> Vec<ContactTeam> {
        self.others(tag, asking)
            .map(|known| ContactTeam(known.team.clone()))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// The team to contact before a listing, where one asks for delay today.
    pub fn asks_for_delay(&self, tag: &Tag, asking: &TeamId, today: Date) -> Option<ContactTeam> {
        let holds = |known: &&RegisteredInterest| matches!(known.interest, Interest::Hold { until } if today <= until);
        self.others(tag, asking).filter(holds).map(|known| ContactTeam(known.team.clone())).min()
    }

    fn others<'a>(
        &'a self,
        tag: &'a Tag,
        asking: &'a TeamId,
    ) -> impl Iterator<Item = &'a RegisteredInterest> {
        self.interests.iter().filter(move |known| known.tag == *tag && known.team != *asking)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn tag(text: &str) -> Tag {
        YearKey::new(2026, [7; 32]).tag(&Subject::domain(text).unwrap())
    }

    fn team(name: &str) -> TeamId {
        TeamId(name.to_owned())
    }

    fn interest(name: &str, interest: Interest) -> RegisteredInterest {
        RegisteredInterest { tag: tag("orchard.example"), team: team(name), interest }
    }

    #[test]
    fn the_answer_is_a_team_or_nothing() {
        let today = date(2026, 3, 1);
        let mut register = Register::default();
        register.register(interest("north", Interest::Ours), today).unwrap();
        register.register(interest("south", Interest::Hold { until: date(2026, 3, 9) }), today).unwrap();

        let contacts = |asked: &Tag, asking: &str| {
            register.ask(asked, &team(asking)).iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(
            contacts(&tag("hxxps://www.Orchard[.]example/vps"), "west"),
            ["contact team north", "contact team south"]
        );
        assert_eq!(contacts(&tag("orchard.example"), "north"), ["contact team south"]);
        assert!(contacts(&tag("quay.example"), "west").is_empty());
        assert!(!format!("{register:?}").contains("orchard"));
    }

    #[test]
    fn a_hold_delays_until_its_day_has_passed_and_never_for_ever() {
        let today = date(2026, 3, 1);
        let mut register = Register::default();
        let hold = |until| interest("south", Interest::Hold { until });

        let too_long = register.register(hold(date(2027, 3, 1)), today).unwrap_err();
        let over = register.register(hold(date(2026, 2, 28)), today).unwrap_err();
        register.register(hold(date(2026, 3, 9)), today).unwrap();

        let delays = |asking: &str, day| {
            register.asks_for_delay(&tag("orchard.example"), &team(asking), day).is_some()
        };
        assert!(delays("north", date(2026, 3, 9)) && !delays("north", date(2026, 3, 10)));
        assert!(!delays("south", today), "a team does not delay itself");
        assert_eq!(over, RegisterError::HoldOver { until: date(2026, 2, 28) });
        assert_eq!(
            too_long.to_string(),
            "a hold must end within 183 days; this one ends on 2027-03-01, 365 days from now"
        );
    }

    #[test]
    fn another_year_or_kind_gives_another_tag() {
        let subject = Subject::domain("orchard.example").unwrap();
        let next_year = YearKey::new(2027, [8; 32]).tag(&subject);
        let as_handle = YearKey::new(2026, [7; 32]).tag(&Subject::handle("orchard.example").unwrap());

        assert_ne!(tag("orchard.example"), next_year);
        assert_ne!(tag("orchard.example"), as_handle);
    }

    #[test]
    fn the_tag_is_hmac_sha256() {
        // Computed with: printf 'havenmeester deconfliction 1\0domain\0orchard.example' |
        //                openssl dgst -sha256 -mac HMAC -macopt hexkey:0707...07
        let hash = crate::Sha256Hash(tag("orchard.example").hash);
        assert_eq!(hash.to_string(), "c625414a63afc0363fd608f50edb3b684a0f008c617bf5a04b036f7aa2040777");
    }
}
