//! Who is looking at which hit right now, so that two people do not work on the same one.
//!
//! In memory only: a claim is a courtesy, not a lock. What keeps answers apart is the number of events that a form saw.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

/// How long a look keeps others away after the last sign of life.
const HOLDS: SignedDuration = SignedDuration::from_mins(10);

#[derive(Default)]
pub(crate) struct Claims(Mutex<HashMap<usize, (String, Timestamp)>>);

impl Claims {
    /// Takes the hit, or says who has it.
    pub(crate) fn take(&self, number: usize, person: &str, now: Timestamp) -> Option<String> {
        let mut claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        claims.retain(|_, (_, since)| now.duration_since(*since) < HOLDS);
        match claims.get(&number) {
            Some((holder, _)) if holder != person => Some(holder.clone()),
            _ => {
                // One at a time: who opens another hit has left the one before.
                claims.retain(|_, (holder, _)| holder != person);
                claims.insert(number, (person.to_owned(), now));
                None
            }
        }
    }

    /// Whether somebody else has it.
    pub(crate) fn is_taken(&self, number: usize, person: &str, now: Timestamp) -> bool {
        let claims = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        claims
            .get(&number)
            .is_some_and(|(holder, since)| holder != person && now.duration_since(*since) < HOLDS)
    }

    pub(crate) fn release(&self, number: usize) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64) -> Timestamp {
        Timestamp::from_second(1_770_000_000 + minute * 60).unwrap()
    }

    #[test]
    fn a_hit_belongs_to_who_looks_at_it_for_ten_minutes() {
        let claims = Claims::default();
        assert_eq!(claims.take(1, "anna", at(0)), None);
        assert_eq!(claims.take(1, "bram", at(9)).as_deref(), Some("anna"));
        assert!(claims.is_taken(1, "bram", at(9)) && !claims.is_taken(1, "anna", at(9)));
        assert_eq!(claims.take(1, "bram", at(10)), None);
    }

    #[test]
    fn who_opens_the_next_leaves_the_one_before() {
        let claims = Claims::default();
        claims.take(1, "anna", at(0));
        claims.take(2, "anna", at(1));
        assert!(!claims.is_taken(1, "bram", at(1)));
        claims.release(2);
        assert!(!claims.is_taken(2, "bram", at(1)));
    }
}
