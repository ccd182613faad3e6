//! schedules.toml: what is screened by itself, and when.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Result;
use intake::customers::{Field, Profile};
use jiff::SignedDuration;
use jiff::civil::{Time, Weekday};
use jiff::tz::TimeZone;
use operations::hoster::outbox::ScheduleName;
use operations::hoster::schedules::timing::LONGEST_HOURS;
use operations::hoster::schedules::{Times, When};
use serde::Deserialize;

use crate::failure::Failure;
use crate::office::{from_toml, text_if_there};

/// What `schedule example` prints, and what a test reads.
pub(crate) const EXAMPLE: &str = include_str!("../schedules.example.toml");
/// The settings, in the home folder.
const FILE: &str = "schedules.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    schedule: Vec<WrittenSchedule>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSchedule {
    name: String,
    source: Option<String>,
    file: Option<PathBuf>,
    #[serde(default)]
    columns: BTreeMap<String, String>,
    profile: Option<String>,
    at_most_old_hours: Option<u32>,
    take: String,
    remember: Option<bool>,
    every_hours: Option<u32>,
    daily: Option<String>,
    weekly: Option<String>,
    zone: Option<String>,
}

/// Something that is screened by itself.
#[derive(Clone, Debug)]
pub(crate) struct Schedule {
    pub(crate) name: ScheduleName,
    pub(crate) from: From,
    pub(crate) take: Take,
    pub(crate) when: When,
}

/// Where the customers come from.
#[derive(Clone, Debug)]
pub(crate) enum From {
    /// A source of connectors.toml.
    Source(String),
    File {
        path: PathBuf,
        columns: Vec<(String, String)>,
        profile: Option<String>,
        at_most_old: SignedDuration,
    },
}

/// What of them is screened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Take {
    Whole {
        remember: bool,
    },
    /// What differs from the remembered customers.
    Changes,
}

impl Schedule {
    /// The source, or the file without its folder.
    pub(crate) fn origin(&self) -> String {
        match &self.from {
            From::Source(name) => name.clone(),
            From::File { path, .. } => crate::problems::short_name(path),
        }
    }
}

/// The schedules of a house; none where it has no such settings.
///
/// # Errors
/// What of them cannot be used.
pub(crate) fn of_house(home: &Path) -> Result<Vec<Schedule>> {
    let path = home.join(FILE);
    let Some(text) = text_if_there(&path)? else { return Ok(Vec::new()) };
    let written: Written = from_toml(&text, &path)?;
    let mut schedules: Vec<Schedule> = Vec::new();
    for one in &written.schedule {
        let schedule = Reading { path: &path, home, one }.schedule()?;
        if schedules.iter().any(|other| other.name == schedule.name) {
            return Err(Reading { path: &path, home, one }.wrong("two schedules have this name"));
        }
        schedules.push(schedule);
    }
    Ok(schedules)
}

/// The schedule that is being read, for what is said of it.
struct Reading<'a> {
    path: &'a Path,
    home: &'a Path,
    one: &'a WrittenSchedule,
}

impl Reading<'_> {
    fn wrong(&self, what: impl std::fmt::Display) -> anyhow::Error {
        Failure::new(
            format!("{}, schedule `{}`: {what}", self.path.display(), self.one.name),
            "`havenmeester schedule example` shows every setting",
        )
        .into()
    }

    fn schedule(&self) -> Result<Schedule> {
        let name = ScheduleName::new(&self.one.name)
            .ok_or_else(|| self.wrong("a name has up to 40 letters, digits, `-` and `_`"))?;
        let when = self.when()?;
        Ok(Schedule { name, from: self.from(&when)?, take: self.take()?, when })
    }

    fn from(&self, when: &When) -> Result<From> {
        let one = self.one;
        let of_files = !one.columns.is_empty() || one.profile.is_some() || one.at_most_old_hours.is_some();
        match (&one.source, &one.file) {
            (Some(_), None) if of_files => {
                Err(self.wrong("`columns`, `profile` and `at_most_old_hours` are for a `file`"))
            }
            (Some(source), None) => Ok(From::Source(source.clone())),
            (None, Some(file)) => {
                for field in one.columns.keys() {
                    Field::from_name(field)
                        .ok_or_else(|| self.wrong(format!("there is no field `{field}`")))?;
                }
                if let Some(profile) = &one.profile {
                    Profile::from_name(profile)
                        .ok_or_else(|| self.wrong(format!("there is no profile `{profile}`")))?;
                }
                let columns = one.columns.iter().map(|(field, heading)| (field.clone(), heading.clone()));
                let hours = one.at_most_old_hours.map(|hours| SignedDuration::from_hours(i64::from(hours)));
                Ok(From::File {
                    path: self.home.join(file),
                    columns: columns.collect(),
                    profile: one.profile.clone(),
                    at_most_old: hours.unwrap_or(when.period() * 2),
                })
            }
            (None, None) => Err(self.wrong("`source` or `file` is missing")),
            (Some(_), Some(_)) => Err(self.wrong("`source` and `file` exclude each other")),
        }
    }

    fn take(&self) -> Result<Take> {
        match (self.one.take.as_str(), self.one.remember) {
            ("whole", remember) => Ok(Take::Whole { remember: remember.unwrap_or(false) }),
            ("changes", None) => Ok(Take::Changes),
            ("changes", Some(_)) => {
                Err(self.wrong("`remember` is for `take = \"whole\"`: changes are always remembered"))
            }
            (other, _) => Err(self.wrong(format!("`take` is `{other}`, expected whole or changes"))),
        }
    }

    fn when(&self) -> Result<When> {
        let one = self.one;
        let zone = match &one.zone {
            None => TimeZone::UTC,
            Some(name) => TimeZone::get(name).map_err(|_| {
                self.wrong(format!("there is no time zone `{name}`; they are called as Europe/Amsterdam"))
            })?,
        };
        let times = match (one.every_hours, &one.daily, &one.weekly) {
            (Some(hours), None, None) if !(1..=LONGEST_HOURS).contains(&hours) => {
                return Err(self.wrong(format!("`every_hours` is {hours}, expected 1 to {LONGEST_HOURS}")));
            }
            (Some(_), None, None) if one.zone.is_some() => {
                return Err(self.wrong("`zone` is for `daily` and `weekly`: hours are counted in UTC"));
            }
            (Some(hours), None, None) => Times::Every { hours },
            (None, Some(at), None) => Times::Daily { at: self.time(at)? },
            (None, None, Some(day)) => {
                let (on, at) = day.trim().split_once(' ').unwrap_or((day, ""));
                Times::Weekly { on: self.weekday(on)?, at: self.time(at)? }
            }
            (None, None, None) => return Err(self.wrong("`every_hours`, `daily` or `weekly` is missing")),
            _ => return Err(self.wrong("`every_hours`, `daily` and `weekly` exclude each other")),
        };
        if !matches!(times, Times::Every { .. }) && one.zone.is_none() {
            return Err(self.wrong("`zone` is missing: whose clock does the time stand on?"));
        }
        Ok(When { times, zone })
    }

    fn time(&self, text: &str) -> Result<Time> {
        let wrong = || self.wrong(format!("`{text}` is no time of the day, such as 03:15"));
        let (hour, minute) = text.trim().split_once(':').ok_or_else(wrong)?;
        let number = |text: &str| text.parse::<i8>().map_err(|_| wrong());
        Time::new(number(hour)?, number(minute)?, 0, 0).map_err(|_| wrong())
    }

    fn weekday(&self, text: &str) -> Result<Weekday> {
        const DAYS: [&str; 7] =
            ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        let place = DAYS.iter().position(|day| day.eq_ignore_ascii_case(text));
        place
            .and_then(|place| Weekday::from_monday_zero_offset(place as i8).ok())
            .ok_or_else(|| self.wrong(format!("`{text}` is no day, such as in `monday 06:30`")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Vec<Schedule>> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        of_house(folder.path())
    }

    #[test]
    fn the_example_can_be_used_as_it_is() {
        let schedules = read(EXAMPLE).unwrap();
        let takes: Vec<_> = schedules.iter().map(|one| (one.name.as_str(), one.take)).collect();
        assert_eq!(takes, [("nightly", Take::Changes), ("export", Take::Whole { remember: true })]);
        let next = schedules[0].when.next_after("2026-07-01T12:00:00Z".parse().unwrap());
        assert_eq!(next.to_string(), "2026-07-02T01:15:00Z");
        assert_eq!(schedules[1].origin(), "customers.csv");
    }

    #[test]
    fn what_cannot_be_used_is_said_with_its_place() {
        let check = |from: &str, to: &str, expected: &str| {
            let text = EXAMPLE.replacen(from, to, 1);
            assert_ne!(text, EXAMPLE, "{from}");
            let told = read(&text).expect_err(to).to_string();
            assert!(told.contains(expected), "{told}");
        };
        check("name = \"nightly\"", "name = \"night ly\"", "up to 40 letters");
        check("name = \"nightly\"", "name = \"export\"", "two schedules");
        check("name = \"nightly\"", "nome = \"nightly\"", "unknown field `nome`");
        check("source = \"billing\"", "", "`source` or `file` is missing");
        check("source = \"billing\"", "source = \"billing\"\nfile = \"x.csv\"", "exclude each other");
        check("source = \"billing\"", "source = \"billing\"\nprofile = \"whmcs\"", "are for a `file`");
        check("take = \"changes\"", "take = \"some\"", "expected whole or changes");
        check("take = \"changes\"", "take = \"changes\"\nremember = true", "always remembered");
        check("daily = \"03:15\"", "", "`daily` or `weekly` is missing");
        check("daily = \"03:15\"", "daily = \"24:15\"", "no time of the day");
        check("daily = \"03:15\"", "daily = \"3\"", "no time of the day");
        check("daily = \"03:15\"", "daily = \"03:15\"\nevery_hours = 2", "exclude each other");
        check("daily = \"03:15\"", "every_hours = 0", "expected 1 to 168");
        check("daily = \"03:15\"", "every_hours = 2", "counted in UTC");
        check("weekly = \"monday 06:30\"", "weekly = \"maandag 06:30\"", "is no day");
        check("weekly = \"monday 06:30\"", "weekly = \"monday\"", "no time of the day");
        check("zone = \"Europe/Amsterdam\"", "zone = \"Europe/Amsterdan\"", "no time zone");
        check("zone = \"Europe/Amsterdam\"", "", "whose clock");
        check("company = ", "firm = ", "no field `firm`");
        check("# profile = \"whmcs\"", "profile = \"whm\"", "no profile `whm`");
    }
}
