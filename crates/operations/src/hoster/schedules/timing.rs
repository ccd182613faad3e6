//! When a schedule is due, and what is to be done about it now. No clock and no database: both are arguments.

use jiff::civil::{Date, Time, Weekday};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};

/// How often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Every so many hours, 1..=24 * 7, counted from midnight UTC of the first day of 1970, so that a start of the program
    /// shifts nothing.
    Every { hours: u32 },
    /// Every day at this time of the clock on the wall.
    Daily { at: Time },
    /// Every week on this day.
    Weekly { on: Weekday, at: Time },
}

/// The longest time between two runs, in hours.
pub const LONGEST_HOURS: u32 = 24 * 7;

/// When a schedule is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    pub times: Times,
    /// Whose clock is on the wall.
    pub zone: TimeZone,
}

/// Days that are looked at for the next time: a week, and one for zones that leave out a day.
const DAYS: i64 = 9;

impl When {
    /// The first time after this moment.
    ///
    /// A time that the clock leaves out in spring is taken as much later as it is put forward; of one that comes twice in
    /// autumn it is the first.
    pub fn next_after(&self, moment: Timestamp) -> Timestamp {
        match self.times {
            Times::Every { hours } => {
                let gap = i64::from(hours.max(1)) * 3600;
                let next = (moment.as_second().div_euclid(gap) + 1) * gap;
                Timestamp::from_second(next).unwrap_or(Timestamp::MAX)
            }
            Times::Daily { at } => self.first(moment, |_| true, at).unwrap_or(Timestamp::MAX),
            Times::Weekly { on, at } => {
                self.first(moment, |day| day.weekday() == on, at).unwrap_or(Timestamp::MAX)
            }
        }
    }

    /// The last time up to this moment.
    pub fn last_until(&self, moment: Timestamp) -> Timestamp {
        match self.times {
            Times::Every { hours } => {
                let gap = i64::from(hours.max(1)) * 3600;
                let last = moment.as_second().div_euclid(gap) * gap;
                Timestamp::from_second(last).unwrap_or(Timestamp::MIN)
            }
            Times::Daily { at } => self.last(moment, |_| true, at),
            Times::Weekly { on, at } => self.last(moment, |day| day.weekday() == on, at),
        }
    }

    /// About how long it is between two times.
    pub fn period(&self) -> SignedDuration {
        SignedDuration::from_hours(match self.times {
            Times::Every { hours } => i64::from(hours),
            Times::Daily { .. } => 24,
            Times::Weekly { .. } => 24 * 7,
        })
    }

    fn first(&self, moment: Timestamp, fits: impl Fn(Date) -> bool, at: Time) -> Option<Timestamp> {
        let today = moment.to_zoned(self.zone.clone()).date();
        let days = (-1..=DAYS).filter_map(|days| today.checked_add(days.days()).ok());
        days.filter(|day| fits(*day)).filter_map(|day| self.on(day, at)).find(|due| *due > moment)
    }

    fn last(&self, moment: Timestamp, fits: impl Fn(Date) -> bool, at: Time) -> Timestamp {
        let today = moment.to_zoned(self.zone.clone()).date();
        let days = (-1..=DAYS).filter_map(|days| today.checked_sub(days.days()).ok());
        let mut all = days.filter(|day| fits(*day)).filter_map(|day| self.on(day, at));
        all.find(|due| *due <= moment).unwrap_or(Timestamp::MIN)
    }

    fn on(&self, day: Date, at: Time) -> Option<Timestamp> {
        self.zone.to_timestamp(day.to_datetime(at)).ok()
    }
}

/// What is known of the last run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastRun {
    /// The time that it was for.
    pub due: Timestamp,
    pub began_at: Timestamp,
    /// How often it failed since a run went well; 0 where it went well.
    pub failures: u32,
}

/// What is to be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Run {
        /// The time that it is for: the last one, where several have passed.
        due: Timestamp,
        /// Whether the program did not run at that time.
        is_missed: bool,
    },
    Wait {
        until: Timestamp,
    },
}

/// Before a run that failed is tried again, the first time; then twice as long each time.
const FIRST_WAIT: SignedDuration = SignedDuration::from_mins(5);
/// The longest time between two tries.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_hours(6);
/// A run that begins so much later than its time was missed.
const PUNCTUAL: SignedDuration = SignedDuration::from_mins(5);

/// What is to be done about a schedule: run it for the last time that passed since its last run, try again what failed, or
/// wait. `running_since` is when the program was started.
pub fn next_step(when: &When, last: LastRun, running_since: Timestamp, now: Timestamp) -> Step {
    let due = when.last_until(now);
    if due > last.due {
        let is_missed = due < running_since && now.duration_since(due) > PUNCTUAL;
        return Step::Run { due, is_missed };
    }
    let next = when.next_after(now.max(last.due));
    if last.failures == 0 {
        return Step::Wait { until: next };
    }
    let again = last.began_at.saturating_add(wait_after(last.failures)).unwrap_or(next);
    if again <= now {
        return Step::Run { due: last.due, is_missed: false };
    }
    Step::Wait { until: again.min(next) }
}

/// How long a schedule waits after so many failures.
pub fn wait_after(failures: u32) -> SignedDuration {
    let doubled = FIRST_WAIT.as_secs().saturating_mul(1 << failures.saturating_sub(1).min(20));
    SignedDuration::from_secs(doubled.min(LONGEST_WAIT.as_secs()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn when(times: Times, zone: &str) -> When {
        When { times, zone: TimeZone::get(zone).unwrap() }
    }

    fn daily(time: &str) -> Times {
        Times::Daily { at: time.parse().unwrap() }
    }

    #[test]
    fn the_clock_on_the_wall_decides() {
        let check = |times, zone, moment, expected| {
            assert_eq!(when(times, zone).next_after(at(moment)), at(expected), "{moment}");
        };
        let amsterdam = "Europe/Amsterdam";
        check(daily("03:00"), amsterdam, "2026-01-10T12:00:00Z", "2026-01-11T02:00:00Z");
        check(daily("03:00"), amsterdam, "2026-07-10T12:00:00Z", "2026-07-11T01:00:00Z");
        // A time is not after itself.
        check(daily("03:00"), amsterdam, "2026-07-11T01:00:00Z", "2026-07-12T01:00:00Z");
        // The clock goes from 2 to 3 on 29 March: 02:30 is not there, and is taken an hour later.
        check(daily("02:30"), amsterdam, "2026-03-28T12:00:00Z", "2026-03-29T01:30:00Z");
        check(daily("02:30"), amsterdam, "2026-03-29T12:00:00Z", "2026-03-30T00:30:00Z");
        // It goes from 3 to 2 on 25 October: 02:30 comes twice, and the first counts.
        check(daily("02:30"), amsterdam, "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z");
        check(daily("02:30"), amsterdam, "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
        let weekly = Times::Weekly { on: Weekday::Monday, at: "06:00".parse().unwrap() };
        check(weekly, amsterdam, "2026-03-23T05:00:00Z", "2026-03-30T04:00:00Z");
        check(weekly, "UTC", "2026-03-23T05:00:00Z", "2026-03-23T06:00:00Z");
        // Samoa left out 30 December 2011.
        check(daily("12:00"), "Pacific/Apia", "2011-12-30T00:00:00Z", "2011-12-30T22:00:00Z");
        check(Times::Every { hours: 6 }, "UTC", "2026-03-23T05:00:00Z", "2026-03-23T06:00:00Z");
        check(Times::Every { hours: 6 }, "UTC", "2026-03-23T06:00:00Z", "2026-03-23T12:00:00Z");
    }

    #[test]
    fn what_is_to_be_done() {
        let nightly = when(daily("03:00"), "UTC");
        let check = |due: &str, failures, began: &str, since: &str, now: &str, expected: Step| {
            let last = LastRun { due: at(due), began_at: at(began), failures };
            assert_eq!(next_step(&nightly, last, at(since), at(now)), expected, "{now}");
        };
        let run = |due: &str, is_missed| Step::Run { due: at(due), is_missed };
        let wait = |until: &str| Step::Wait { until: at(until) };
        let (tenth, eleventh, twelfth) =
            ("2026-01-10T03:00:00Z", "2026-01-11T03:00:00Z", "2026-01-12T03:00:00Z");
        let started = "2026-01-01T00:00:00Z";
        check(tenth, 0, tenth, started, "2026-01-10T12:00:00Z", wait(eleventh));
        check(tenth, 0, tenth, started, "2026-01-11T03:00:01Z", run(eleventh, false));
        // The program was busy with another schedule, and not down.
        check(tenth, 0, tenth, started, "2026-01-11T05:00:00Z", run(eleventh, false));
        // It was down for days: it runs once, for the last time.
        check(tenth, 0, tenth, "2026-01-12T09:00:00Z", "2026-01-12T09:00:02Z", run(twelfth, true));
        check(tenth, 0, tenth, "2026-01-12T03:00:30Z", "2026-01-12T03:00:31Z", run(twelfth, false));
        // It failed: again after five minutes, then after ten.
        check(tenth, 1, tenth, started, "2026-01-10T03:04:00Z", wait("2026-01-10T03:05:00Z"));
        check(tenth, 1, tenth, started, "2026-01-10T03:05:00Z", run(tenth, false));
        check(tenth, 2, tenth, started, "2026-01-10T03:05:00Z", wait("2026-01-10T03:10:00Z"));
        check(tenth, 9, "2026-01-10T23:00:00Z", started, "2026-01-10T23:30:00Z", wait(eleventh));
    }

    fn times() -> impl Strategy<Value = Times> {
        let time = (0_i8..24, 0_i8..60).prop_map(|(hour, minute)| Time::constant(hour, minute, 0, 0));
        let day = (0_i8..7).prop_map(|day| Weekday::from_monday_zero_offset(day).unwrap());
        prop_oneof![
            (1..=LONGEST_HOURS).prop_map(|hours| Times::Every { hours }),
            time.clone().prop_map(|at| Times::Daily { at }),
            (day, time).prop_map(|(on, at)| Times::Weekly { on, at }),
        ]
    }

    fn zones() -> impl Strategy<Value = TimeZone> {
        // With summer time of an hour and of half an hour, far from UTC, and with a day left out.
        const NAMES: &[&str] = &[
            "Europe/Amsterdam",
            "America/New_York",
            "Australia/Lord_Howe",
            "Pacific/Apia",
            "Asia/Kolkata",
            "UTC",
        ];
        proptest::sample::select(NAMES).prop_map(|name| TimeZone::get(name).unwrap())
    }

    proptest! {
        #[test]
        fn times_rise_and_none_is_left_out(times in times(), zone in zones(), second in 0_i64..4_000_000_000) {
            let when = When { times, zone };
            let moment = Timestamp::from_second(second).unwrap();
            let (last, next) = (when.last_until(moment), when.next_after(moment));
            prop_assert!(last <= moment && moment < next);
            // Nothing is due in between.
            prop_assert_eq!(when.next_after(last), next);
            prop_assert_eq!(when.last_until(next - SignedDuration::from_secs(1)), last);
            // The longest day has an hour more, and two where a zone left one out.
            prop_assert!(next.duration_since(last) <= when.period() + SignedDuration::from_hours(25));
        }

        #[test]
        fn a_daily_time_stands_on_the_wall(hour in 4_i8..24, zone in zones(), second in 0_i64..4_000_000_000) {
            // Clocks are changed before four in the morning, but for the day that Samoa left out.
            let when = When { times: Times::Daily { at: Time::constant(hour, 0, 0, 0) }, zone };
            let next = when.next_after(Timestamp::from_second(second).unwrap());
            let wall = next.to_zoned(when.zone.clone());
            prop_assert_eq!((wall.hour(), wall.minute()), (hour, 0));
        }

        #[test]
        fn a_wait_ends_with_a_run_and_a_run_that_went_well_with_a_wait(
            times in times(), zone in zones(), second in 1_000_000_000_i64..4_000_000_000, failures in 0_u32..30,
            ago in 0_i64..1_000_000, up in 0_i64..1_000_000,
        ) {
            let when = When { times, zone };
            let now = Timestamp::from_second(second).unwrap();
            let began_at = now - SignedDuration::from_secs(ago);
            let since = now - SignedDuration::from_secs(up);
            let last = LastRun { due: when.last_until(began_at), began_at, failures };
            match next_step(&when, last, since, now) {
                Step::Wait { until } => {
                    prop_assert!(until > now);
                    let then = next_step(&when, last, since, until);
                    prop_assert!(matches!(then, Step::Run { .. }), "{:?}", then);
                }
                Step::Run { due, is_missed } => {
                    prop_assert!(due >= last.due && due <= now);
                    prop_assert!(!is_missed || due < since);
                    let done = LastRun { due, began_at: now, failures: 0 };
                    let then = next_step(&when, done, since, now);
                    prop_assert!(matches!(then, Step::Wait { .. }), "{:?}", then);
                }
            }
        }
    }
}
