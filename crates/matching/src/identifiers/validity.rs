//! Identifiers decay: what held before the customer came, or no longer holds, speaks less or not at all.

use jiff::civil::Date;
use watchlist::{Strength, Validity};

use crate::Remark;

/// Strength and weight of a shared value in the light of its dates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Judged {
    pub(super) strength: Strength,
    pub(super) weight: f32,
    pub(super) remark: Option<Remark>,
}

/// `customer`: when the party is one. `held`: when the customer had the value, where known.
/// `listed`: when the list says that the value pointed to its party.
pub(super) fn judge(
    strength: Strength,
    weight: f32,
    (customer, held, listed): (Validity, Validity, Validity),
    today: Date,
) -> Judged {
    let Some(remark) = out_of_date(customer, held, listed, today) else {
        return Judged { strength, weight, remark: None };
    };
    // The source of the customer says itself that he had it in the listed period.
    let held_then = held.from.is_some() && held.overlaps(&listed);
    let (strength, weight) = match strength {
        _ if held_then => (strength.max(Strength::Weak), weight * 0.5),
        // A distinctive value is seldom given to another party; a domain or a number can be.
        Strength::Distinctive => (Strength::Weak, weight * 0.3),
        // The value is somebody else's by now as likely as not: a little against, whatever its weight.
        _ => (Strength::NonDistinctive, -0.3),
    };
    Judged { strength, weight, remark: Some(remark) }
}

fn out_of_date(customer: Validity, held: Validity, listed: Validity, today: Date) -> Option<Remark> {
    let until = [customer.to, held.to].into_iter().flatten().fold(today, Date::min);
    let since = [customer.from, held.from].into_iter().flatten().max();
    if let Some(end) = listed.to
        && (end < until || since.is_some_and(|since| end < since))
    {
        return Some(Remark::Ended(end));
    }
    listed.from.filter(|start| *start > until).map(Remark::NotYet)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(customer: (&str, &str), listed: (&str, &str), expected: &str) {
        let period = |(from, to): (&str, &str)| Validity { from: from.parse().ok(), to: to.parse().ok() };
        let periods = (period(customer), Validity::default(), period(listed));
        let today = "2026-11-23".parse().expect("a date");
        let judged = judge(Strength::Reusable, 6.0, periods, today);
        let remark = match judged.remark {
            None => String::new(),
            Some(Remark::Ended(day)) => format!(" ended {day}"),
            Some(Remark::NotYet(day)) => format!(" not yet {day}"),
            Some(Remark::Unchecked) => " unchecked".to_owned(),
        };
        assert_eq!(format!("{:+.1}{remark}", judged.weight), expected);
    }

    #[test]
    fn a_value_counts_only_in_its_period() {
        check(("", ""), ("", ""), "+6.0");
        check(("2020-01-01", ""), ("2019-01-01", ""), "+6.0");
        check(("2026-01-01", ""), ("2019-01-01", "2025-06-30"), "-0.3 ended 2025-06-30");
        check(("2019-01-01", ""), ("2019-01-01", "2025-06-30"), "-0.3 ended 2025-06-30");
        check(("2019-01-01", "2024-01-01"), ("2019-01-01", "2025-06-30"), "+6.0");
        check(("2019-01-01", "2024-01-01"), ("2025-01-01", ""), "-0.3 not yet 2025-01-01");
        check(("2019-01-01", ""), ("2027-01-01", ""), "-0.3 not yet 2027-01-01");
    }
}
