//! Dutch working days: every day but Saturdays, Sundays and the holidays of the Algemene termijnenwet.
//!
//! Article 3 of that law names New Year's Day, Easter Monday, Ascension Day, Whit Monday, both days of
//! Christmas, the day on which the King's birthday is celebrated and 5 May, and puts Good Friday on a
//! par with them. Days that the government adds for one year are not known here.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday, date};

/// Whether offices work on that day.
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(day)
}

/// Whether it is a holiday by the Algemene termijnenwet.
pub fn is_holiday(day: Date) -> bool {
    let fixed = matches!((day.month(), day.day()), (1, 1) | (5, 5) | (12, 25 | 26));
    fixed || day == kings_day(day.year()) || moving_holidays(day.year()).contains(&day)
}

/// The day that is `count` working days after `start`. The day of `start` itself does not count, so that
/// an answer within 2 working days of a Friday is due on Tuesday.
pub fn working_days_after(start: Date, count: u32) -> Date {
    let mut day = start;
    let mut left = count;
    while left > 0 {
        day = day.saturating_add(1.day());
        if is_working_day(day) {
            left -= 1;
        }
        if day == Date::MAX {
            return day;
        }
    }
    day
}

/// 27 April, or the 26th where the 27th is a Sunday (since 2014).
fn kings_day(year: i16) -> Date {
    let birthday = date(year, 4, 27);
    if birthday.weekday() == Weekday::Sunday { date(year, 4, 26) } else { birthday }
}

/// Good Friday, Easter Monday, Ascension Day and Whit Monday.
fn moving_holidays(year: i16) -> [Date; 4] {
    let easter = easter_sunday(year);
    [-2, 1, 39, 50].map(|days: i64| easter.saturating_add(days.days()))
}

/// Easter Sunday of the Gregorian calendar, by the rule of Meeus, Jones and Butcher (J. Meeus,
/// Astronomical Algorithms, chapter 8). The letters are those of the rule.
fn easter_sunday(year: i16) -> Date {
    let year = i32::from(year);
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b.div_euclid(4), b.rem_euclid(4));
    let f = (b + 8).div_euclid(25);
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c.div_euclid(4), c.rem_euclid(4));
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let (month, day) = ((h + l - 7 * m + 114).div_euclid(31), (h + l - 7 * m + 114).rem_euclid(31) + 1);
    Date::new(year as i16, month as i8, day as i8).expect("the rule gives a day in March or April")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn easter_falls_where_the_almanacs_put_it() {
        // Among them the earliest and the latest possible days, 22 March and 25 April.
        for (year, month, day) in [
            (1818, 3, 22),
            (1943, 4, 25),
            (2000, 4, 23),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn holidays_are_those_of_the_law() {
        let holidays_2026 = [(1, 1), (4, 3), (4, 6), (4, 27), (5, 5), (5, 14), (5, 25), (12, 25), (12, 26)];
        let first = date(2026, 1, 1);
        let found =
            (0..365).map(|day| first.saturating_add(i64::from(day).days())).filter(|day| is_holiday(*day));
        assert_eq!(found.collect::<Vec<_>>(), holidays_2026.map(|(month, day)| date(2026, month, day)));
    }

    #[test]
    fn kings_day_is_never_a_sunday() {
        assert_eq!((kings_day(2025), kings_day(2026)), (date(2025, 4, 26), date(2026, 4, 27)));
    }

    #[test]
    fn terms_jump_over_weekends_and_holidays() {
        let check = |start, count, expected| assert_eq!(working_days_after(start, count), expected);
        check(date(2026, 3, 6), 2, date(2026, 3, 10));
        // Thursday before Good Friday: Friday and Monday are holidays.
        check(date(2026, 4, 2), 2, date(2026, 4, 8));
        check(date(2026, 12, 24), 1, date(2026, 12, 28));
        check(date(2026, 3, 7), 0, date(2026, 3, 7));
        check(date(2026, 4, 1), 20, date(2026, 5, 4));
        check(Date::MAX, 3, Date::MAX);
    }
}
