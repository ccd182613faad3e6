//! The house's rules for letting customers in: one readable file, and what is wrong in it with its line.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use review::Class;
use serde::Deserialize;

use crate::applicant::Applicant;
use crate::check::CheckKind;
use crate::gate::Mode;
use crate::level::{Level, Trigger};

/// What `kyc example` prints, and what holds in a house that has no file of its own.
pub const EXAMPLE: &str = include_str!("policy.example.toml");
/// The most days that anything here may last: ten years.
const MOST_DAYS: u32 = 3_660;

/// The rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    pub mode: Mode,
    pub longest_hold_days: u32,
    pub clear_days: u32,
    /// The least class that a person has to look at.
    pub review_from: Class,
    pub many_addresses: u32,
    pub young_register_days: u32,
    pub repeated_orders: u32,
    pub repeated_within_days: u32,
    /// In small letters.
    crypto_payments: Vec<String>,
    triggers: BTreeMap<Trigger, Level>,
    levels: BTreeMap<Level, OfLevel>,
    check_days: BTreeMap<CheckKind, u32>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct OfLevel {
    checks: Vec<CheckKind>,
    review_after_days: u32,
}

/// What cannot be used in the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyError {
    #[error("line {line}: {what}")]
    Form { line: usize, what: String },
    #[error("line {line}: `{key}` is `{found}`; expected {expected}")]
    Value { line: usize, key: String, found: String, expected: String },
}

impl PolicyError {
    /// What the reader can do next, in one sentence.
    pub const fn hint(&self) -> &'static str {
        "`havenmeester kyc example` prints a file with every setting and what it means"
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    mode: toml::Spanned<String>,
    longest_hold_days: toml::Spanned<u32>,
    clear_days: toml::Spanned<u32>,
    review_from: toml::Spanned<String>,
    many_addresses: u32,
    young_register_days: toml::Spanned<u32>,
    repeated_orders: u32,
    repeated_within_days: toml::Spanned<u32>,
    crypto_payments: Vec<String>,
    triggers: BTreeMap<toml::Spanned<String>, toml::Spanned<String>>,
    levels: BTreeMap<toml::Spanned<String>, WrittenLevel>,
    check_days: BTreeMap<toml::Spanned<String>, toml::Spanned<u32>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenLevel {
    checks: Vec<toml::Spanned<String>>,
    review_after_days: toml::Spanned<u32>,
}

impl Default for Policy {
    fn default() -> Self {
        Self::read(EXAMPLE).expect("a test reads the example")
    }
}

impl Policy {
    /// Reads the file.
    ///
    /// # Errors
    /// A [`PolicyError`] that names the line and what was expected there.
    pub fn read(text: &str) -> Result<Self, PolicyError> {
        let written: Written = toml::from_str(text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_of(text, span.start));
            PolicyError::Form { line, what: error.message().trim_end().to_owned() }
        })?;
        let reading = Reading { text };
        let modes = "\"log_only\" or \"gate\"";
        let classes = "\"weak\", \"probable\" or \"strong\"";
        Ok(Self {
            mode: reading.word("mode", &written.mode, Mode::from_word, modes)?,
            longest_hold_days: reading.days("longest_hold_days", &written.longest_hold_days)?,
            clear_days: reading.days("clear_days", &written.clear_days)?,
            review_from: reading.word("review_from", &written.review_from, Class::from_word, classes)?,
            many_addresses: written.many_addresses,
            young_register_days: reading.days("young_register_days", &written.young_register_days)?,
            repeated_orders: written.repeated_orders,
            repeated_within_days: reading.days("repeated_within_days", &written.repeated_within_days)?,
            crypto_payments: written.crypto_payments.iter().map(|text| text.to_lowercase()).collect(),
            triggers: reading.triggers(&written.triggers)?,
            levels: reading.levels(&written.levels)?,
            check_days: reading.check_days(&written.check_days)?,
        })
    }

    /// The level that a trigger makes necessary; nothing where it is switched off.
    pub fn level_for(&self, trigger: Trigger) -> Option<Level> {
        self.triggers.get(&trigger).copied()
    }

    /// What a level asks for beside what the levels before it ask for, in the order of the file.
    pub fn asks(&self, level: Level) -> &[CheckKind] {
        self.levels.get(&level).map_or(&[], |of| &of.checks)
    }

    /// After how many days a customer of this level is looked at again.
    pub fn review_after_days(&self, level: Level) -> u32 {
        self.levels.get(&level).map_or(MOST_DAYS, |of| of.review_after_days)
    }

    /// What is asked of an applicant at a level, in the order of the file.
    pub fn required(&self, applicant: &Applicant, level: Level) -> Vec<CheckKind> {
        let of_business = applicant.is_business() || applicant.resells;
        let asked = self.levels.range(..=level).flat_map(|(_, of)| &of.checks).copied();
        let applies = |kind: &CheckKind| {
            (of_business || !kind.is_of_business()) && (applicant.resells || !kind.is_of_reseller())
        };
        let mut required = Vec::new();
        for kind in asked.filter(applies) {
            if !required.contains(&kind) {
                required.push(kind);
            }
        }
        required
    }

    /// Until when a check that was taken now counts.
    pub fn check_until(&self, kind: CheckKind, now: Timestamp) -> Option<Timestamp> {
        self.check_days.get(&kind).map(|days| later(now, *days))
    }

    pub fn hold_until(&self, now: Timestamp) -> Timestamp {
        later(now, self.longest_hold_days)
    }

    pub fn clear_until(&self, now: Timestamp) -> Timestamp {
        later(now, self.clear_days)
    }

    /// When a customer of this level is looked at again.
    pub fn review_at(&self, level: Level, now: Timestamp) -> Timestamp {
        later(now, self.review_after_days(level))
    }

    /// Since when orders with the same mail or phone are counted.
    pub fn repeated_since(&self, now: Timestamp) -> Timestamp {
        now.checked_sub(SignedDuration::from_hours(24 * i64::from(self.repeated_within_days))).unwrap_or(now)
    }

    /// Whether a way to pay names nobody.
    pub fn is_crypto(&self, payment: &str) -> bool {
        let payment = payment.to_lowercase();
        self.crypto_payments.iter().any(|part| !part.is_empty() && payment.contains(part.as_str()))
    }
}

fn later(now: Timestamp, days: u32) -> Timestamp {
    now.checked_add(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MAX)
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}

/// Turns what was written into what is meant, with the line of what cannot be used.
struct Reading<'a> {
    text: &'a str,
}

impl Reading<'_> {
    fn wrong(&self, at: usize, key: &str, found: &str, expected: String) -> PolicyError {
        let (key, found) = (key.to_owned(), found.chars().take(40).collect());
        PolicyError::Value { line: line_of(self.text, at), key, found, expected }
    }

    fn word<T>(
        &self,
        key: &str,
        written: &toml::Spanned<String>,
        read: impl Fn(&str) -> Option<T>,
        expected: &str,
    ) -> Result<T, PolicyError> {
        let found = written.get_ref();
        read(found).ok_or_else(|| self.wrong(written.span().start, key, found, expected.to_owned()))
    }

    fn days(&self, key: &str, written: &toml::Spanned<u32>) -> Result<u32, PolicyError> {
        let found = *written.get_ref();
        if (1..=MOST_DAYS).contains(&found) {
            return Ok(found);
        }
        let expected = format!("days from 1 to {MOST_DAYS}");
        Err(self.wrong(written.span().start, key, &found.to_string(), expected))
    }

    fn triggers(
        &self,
        written: &BTreeMap<toml::Spanned<String>, toml::Spanned<String>>,
    ) -> Result<BTreeMap<Trigger, Level>, PolicyError> {
        let known = || words(Trigger::ALL.iter().map(|trigger| trigger.word()));
        let mut triggers = BTreeMap::new();
        for (key, level) in written {
            let trigger = self.word("triggers", key, Trigger::from_word, &known())?;
            let read = |word: &str| if word == "off" { Some(None) } else { Level::from_word(word).map(Some) };
            let level =
                self.word(trigger.word(), level, read, "\"L0\", \"L1\", \"L2\", \"L3\" or \"off\"")?;
            triggers.extend(level.map(|level| (trigger, level)));
        }
        Ok(triggers)
    }

    fn levels(
        &self,
        written: &BTreeMap<toml::Spanned<String>, WrittenLevel>,
    ) -> Result<BTreeMap<Level, OfLevel>, PolicyError> {
        let known = words(CheckKind::ALL.iter().map(|kind| kind.word()));
        let mut levels = BTreeMap::new();
        for (key, of) in written {
            let level = self.word("levels", key, Level::from_word, "L0, L1, L2 or L3")?;
            let checks = of.checks.iter().map(|word| self.word("checks", word, CheckKind::from_word, &known));
            let of_level = OfLevel {
                checks: checks.collect::<Result<_, _>>()?,
                review_after_days: self.days("review_after_days", &of.review_after_days)?,
            };
            levels.insert(level, of_level);
        }
        let missing = Level::ALL.iter().find(|level| !levels.contains_key(level));
        match missing {
            None => Ok(levels),
            Some(level) => {
                let what =
                    format!("the level {} is missing; expected [levels.{}]", level.word(), level.word());
                Err(PolicyError::Form { line: line_of(self.text, self.text.len()), what })
            }
        }
    }

    fn check_days(
        &self,
        written: &BTreeMap<toml::Spanned<String>, toml::Spanned<u32>>,
    ) -> Result<BTreeMap<CheckKind, u32>, PolicyError> {
        let known = words(CheckKind::ALL.iter().map(|kind| kind.word()));
        written
            .iter()
            .map(|(key, days)| {
                let kind = self.word("check_days", key, CheckKind::from_word, &known)?;
                Ok((kind, self.days(kind.word(), days)?))
            })
            .collect()
    }
}

fn words(all: impl Iterator<Item = &'static str>) -> String {
    all.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_names_everything_there_is() {
        let policy = Policy::default();
        assert_eq!(policy.mode, Mode::LogOnly);
        for trigger in Trigger::ALL {
            assert!(policy.level_for(*trigger).is_some(), "{} stands in no line", trigger.word());
        }
        let reseller = Applicant { resells: true, ..Applicant::default() };
        let all = policy.required(&reseller, Level::L3);
        for kind in CheckKind::ALL {
            assert!(all.contains(kind), "{} is asked at no level", kind.word());
        }
    }

    #[test]
    fn what_does_not_concern_somebody_is_not_asked_of_them() {
        let policy = Policy::default();
        let person = Applicant::default();
        assert_eq!(
            policy.required(&person, Level::L2),
            [CheckKind::EmailProof, CheckKind::PhoneProof, CheckKind::AbuseContact, CheckKind::BankPayment]
        );
        let firm = Applicant { company: Some("Orchard Nine B.V.".to_owned()), ..Applicant::default() };
        assert!(policy.required(&firm, Level::L1).contains(&CheckKind::Representative));
        assert!(policy.is_crypto("BTCPay Server") && !policy.is_crypto("iDEAL"));
    }

    #[test]
    fn what_cannot_be_used_is_named_with_line_and_what_was_expected() {
        let check = |from: &str, to: &str, expected: &str| {
            let text = EXAMPLE.replacen(from, to, 1);
            assert_ne!(text, EXAMPLE, "{from}");
            let told = Policy::read(&text).expect_err(to).to_string();
            assert!(told.contains(expected), "{told}");
        };
        check(
            "mode = \"log_only\"",
            "mode = \"on\"",
            "line 6: `mode` is `on`; expected \"log_only\" or \"gate\"",
        );
        check("mode = \"log_only\"", "", "missing field `mode`");
        check("clear_days = 30", "clear_day = 30", "unknown field `clear_day`");
        check(
            "longest_hold_days = 14",
            "longest_hold_days = 0",
            "line 9: `longest_hold_days` is `0`; expected days from 1",
        );
        check("review_from = \"weak\"", "review_from = \"none\"", "`none`; expected \"weak\"");
        check("bgp = \"L2\"", "bgp = \"L4\"", "line 32: `bgp` is `L4`; expected \"L0\"");
        check("bgp = \"L2\"", "bpg = \"L2\"", "`triggers` is `bpg`; expected business, resale_intent");
        check(
            "\"email_proof\", \"phone",
            "\"mail_proof\", \"phone",
            "`checks` is `mail_proof`; expected email_proof",
        );
        check("[levels.L3]", "[levels.L4]", "expected L0, L1, L2 or L3");
        check("vat_number = 365", "vat_number = -1", "line");
        let without = EXAMPLE.split("[levels.L3]").next().unwrap().to_owned() + "[check_days]\n";
        assert!(Policy::read(&without).unwrap_err().to_string().contains("expected [levels.L3]"));
    }
}
