//! What the gate did, or would have done while it only kept a log: counts, and nobody's name.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::course::{Cause, Course, Event, State};
use crate::level::{Level, Trigger};
use crate::screened::Screened;

/// Counts over a time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub applications: u64,
    /// Let through at once, with nothing held.
    pub at_once: u64,
    /// Held first, and let through later.
    pub after_hold: u64,
    pub held_for_data: u64,
    pub held_for_review: u64,
    pub refused: u64,
    pub expired: u64,
    pub levels: BTreeMap<Level, u64>,
    pub triggers: BTreeMap<Trigger, u64>,
    /// What held them first, by the word of the cause; one application can have several.
    pub causes: BTreeMap<&'static str, u64>,
    /// Hours from the order to the end of a hold, half of them took longer; none where no hold ended.
    pub median_hold_hours: Option<u64>,
}

impl Report {
    /// Counts these applications. What would have been held is counted from the first answer of the lists, so that it is
    /// the same whether the gate only kept a log or not.
    pub fn of<'a>(courses: impl IntoIterator<Item = &'a Course>) -> Self {
        let mut report = Self::default();
        let mut hours = Vec::new();
        for course in courses {
            report.add(course);
            hours.extend(hold_hours(course));
        }
        hours.sort_unstable();
        report.median_hold_hours = hours.get(hours.len() / 2).copied();
        report
    }

    /// How many would have been held.
    pub const fn held(&self) -> u64 {
        self.applications - self.at_once
    }

    fn add(&mut self, course: &Course) {
        self.applications += 1;
        *self.levels.entry(course.level()).or_default() += 1;
        for trigger in course.triggers() {
            *self.triggers.entry(*trigger).or_default() += 1;
        }
        let causes = first_causes(course);
        let mut words: Vec<&'static str> = causes.iter().map(|cause| cause.word()).collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            *self.causes.entry(word).or_default() += 1;
        }
        match course.state() {
            State::Clear { .. } if causes.is_empty() => self.at_once += 1,
            State::Clear { .. } => self.after_hold += 1,
            State::HoldForData => self.held_for_data += 1,
            State::HoldForReview => self.held_for_review += 1,
            State::Refused => self.refused += 1,
            State::Expired => self.expired += 1,
        }
    }
}

/// What held an application after the lists answered for the first time.
fn first_causes(course: &Course) -> Vec<Cause> {
    let is_answer = |event: &Event| matches!(event, Event::Screened { screened: Screened::Done { .. }, .. });
    let Some(place) = course.events().iter().position(is_answer) else {
        return course.causes(course.received_at());
    };
    let until = course.events()[..=place].to_vec();
    let at = course.events()[place].at();
    Course::try_from(until).map(|first| first.causes(at)).unwrap_or_default()
}

/// Hours between the order and the end of its hold, where it was held and that is over.
fn hold_hours(course: &Course) -> Option<u64> {
    let is_end = |event: &&Event| {
        matches!(
            event,
            Event::Released { .. } | Event::Refused { .. } | Event::Seconded { .. } | Event::Expired { .. }
        )
    };
    let ended = !course.state().is_hold() && !first_causes(course).is_empty();
    let last = course.events().iter().rfind(is_end).map(Event::at).filter(|_| ended)?;
    Some(hours_between(course.received_at(), last))
}

fn hours_between(from: Timestamp, to: Timestamp) -> u64 {
    u64::try_from(to.duration_since(from).as_hours()).unwrap_or_default()
}

impl Cause {
    /// The cause in a word that can be counted.
    pub const fn word(self) -> &'static str {
        match self {
            Self::NotScreened => "not_screened",
            Self::ScreeningFailed => "screening_failed",
            Self::StaleList => "stale_list",
            Self::Hit => "hit",
            Self::NotConfirmed(_) => "not_confirmed",
            Self::RefusalProposed => "refusal_proposed",
            Self::Asked(_) => "asked",
            Self::Missing(_) => "missing",
            Self::Unavailable(_) => "unavailable",
            Self::CannotTell => "cannot_tell",
        }
    }
}

#[cfg(test)]
mod tests {
    use review::{Ground, GroundKind};

    use super::*;
    use crate::check::CheckKind;

    fn at(hour: i64) -> Timestamp {
        Timestamp::from_second(hour * 3_600).unwrap()
    }

    fn screened(required: &[CheckKind]) -> Event {
        Event::Screened {
            at: at(0),
            screened: Screened::Done { editions: Vec::new(), found: Vec::new(), cannot_tell: false },
            level: Level::L1,
            triggers: vec![Trigger::Business],
            required: required.to_vec(),
            to_review: Vec::new(),
            clear_until: at(700),
        }
    }

    fn course(events: Vec<Event>) -> Course {
        let mut course = Course::received(at(0), at(300));
        for event in events {
            course.take(event).unwrap();
        }
        course
    }

    #[test]
    fn what_would_have_been_held_is_told_from_what_came_of_it() {
        let ground = Ground { kind: GroundKind::KycFailure, text: "shows nothing".to_owned() };
        let asks = || screened(&[CheckKind::Identity]);
        let note = "known to us".to_owned();
        let released =
            Event::Released { by: "anna".into(), at: at(30), note, clear_until: at(700), review_at: at(900) };
        let refused = Event::Refused { by: "anna".into(), at: at(10), ground };
        let all = [
            course(vec![screened(&[])]),
            course(vec![asks(), Event::Expired { at: at(301) }]),
            course(vec![asks()]),
            course(vec![asks(), released]),
            course(vec![asks(), refused]),
            course(vec![]),
        ];

        let report = Report::of(&all);

        assert_eq!((report.applications, report.at_once, report.held()), (6, 1, 5));
        assert_eq!((report.after_hold, report.held_for_data, report.held_for_review), (1, 1, 1));
        assert_eq!((report.refused, report.expired), (1, 1));
        assert_eq!(report.causes, BTreeMap::from([("missing", 4), ("not_screened", 1)]));
        assert_eq!(report.median_hold_hours, Some(30));
        assert_eq!(report.triggers[&Trigger::Business], 5);
    }
}
