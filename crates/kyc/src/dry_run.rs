//! What the rules would have held of orders that came before: for choosing rules before they count.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::applicant::Applicant;
use crate::assess::{Assessment, assess};
use crate::circumstances::Circumstances;
use crate::course::{Cause, Course, Event, State};
use crate::policy::Policy;
use crate::report::Report;
use crate::screened::Screened;

/// An order of earlier, with what the lists say of it now.
pub struct Past {
    /// The shop's own id.
    pub order: String,
    pub at: Timestamp,
    pub applicant: Applicant,
    pub screened: Screened,
}

/// What would have come of one order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub order: String,
    pub state: State,
    pub assessment: Assessment,
    pub causes: Vec<Cause>,
}

/// What would have come of all of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DryRun {
    pub lines: Vec<Line>,
    pub report: Report,
}

impl DryRun {
    /// Runs the rules over orders of earlier, in the order of their time. No check was made of any of them, so what a level
    /// asks for counts as asked.
    pub fn of(mut past: Vec<Past>, policy: &Policy) -> Self {
        past.sort_by(|one, other| one.at.cmp(&other.at).then_with(|| one.order.cmp(&other.order)));
        let mut seen: BTreeMap<String, Vec<Timestamp>> = BTreeMap::new();
        let (mut lines, mut courses) = (Vec::new(), Vec::new());
        for one in past {
            let since = policy.repeated_since(one.at);
            let keys = repeat_keys(&one.applicant);
            let count =
                |key: &String| seen.get(key).map_or(0, |all| all.iter().filter(|at| **at >= since).count());
            let earlier = keys.iter().map(count).max().unwrap_or(0);
            for key in keys {
                seen.entry(key).or_default().push(one.at);
            }
            let today = one.at.to_zoned(jiff::tz::TimeZone::UTC).date();
            let around =
                Circumstances { today, earlier_sign_ups: u32::try_from(earlier).unwrap_or(u32::MAX) };
            let assessment = assess(&one.applicant, around, &one.screened, policy);
            let mut course = Course::received(one.at, policy.hold_until(one.at));
            let event = assessment.clone().into_event(one.screened, one.at, policy);
            if course.take(event).is_err() {
                continue;
            }
            let (state, causes) = (course.state(), course.causes(one.at));
            lines.push(Line { order: one.order, state, assessment, causes });
            courses.push(course);
        }
        Self { lines, report: Report::of(&courses) }
    }
}

/// By what the same customer is known again: mail and phone, as far as they are written alike.
pub fn repeat_keys(applicant: &Applicant) -> Vec<String> {
    let mails = applicant.emails.iter().filter_map(|mail| mail_key(mail));
    let phones = applicant.phones.iter().filter_map(|phone| phone_key(phone));
    let mut keys: Vec<String> = mails.chain(phones).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// A mail address as it is known again; nothing where it is too short to tell anybody apart.
pub fn mail_key(mail: &str) -> Option<String> {
    long_enough(mail.trim().to_lowercase())
}

/// A phone number as it is known again; nothing where it is too short to tell anybody apart.
pub fn phone_key(phone: &str) -> Option<String> {
    long_enough(phone.chars().filter(char::is_ascii_digit).collect())
}

fn long_enough(key: String) -> Option<String> {
    (key.len() > 5).then_some(key)
}

impl Assessment {
    /// The event that an assessment becomes in a course.
    pub fn into_event(self, screened: Screened, at: Timestamp, policy: &Policy) -> Event {
        Event::Screened {
            at,
            screened,
            level: self.level,
            triggers: self.triggers,
            required: self.required,
            to_review: self.to_review,
            clear_until: policy.clear_until(at),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fourth_order_of_one_mail_address_is_a_repeated_one() {
        let policy = Policy::default();
        let order = |number: i64| Past {
            order: number.to_string(),
            at: Timestamp::from_second(number * 86_400).unwrap(),
            applicant: Applicant { emails: vec!["Info@orchard.example ".to_owned()], ..Applicant::default() },
            screened: Screened::Done { editions: Vec::new(), found: Vec::new(), cannot_tell: false },
        };
        // The last one comes when the first ones are out of sight.
        let run = DryRun::of([4, 1, 2, 3, 200].map(order).into_iter().collect(), &policy);

        let levels: Vec<_> =
            run.lines.iter().map(|line| (line.order.as_str(), line.assessment.level.word())).collect();
        assert_eq!(levels, [("1", "L0"), ("2", "L0"), ("3", "L0"), ("4", "L1"), ("200", "L0")]);
        assert_eq!((run.report.applications, run.report.held_for_data), (5, 5));
    }
}
