//! Birth dates, whole or only the year.

/// A birth date; month and day are 0 where only the year is known.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BirthDate {
    pub(super) year: u16,
    pub(super) month: u8,
    pub(super) day: u8,
}

/// Shows nothing: birth dates are confidential.
impl std::fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BirthDate(..)")
    }
}

/// How two birth dates stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Likeness {
    Same,
    /// One digit differs, or two neighbours or day and month are swapped.
    Similar,
    /// The years agree and one side knows no more.
    SameYear,
    Conflict,
}

impl BirthDate {
    /// Reads `YYYY-MM-DD`, `YYYYMMDD`, `DD-MM-YYYY`, `YYYY` and the same with dots or slashes.
    pub(super) fn read(text: &str) -> Option<Self> {
        let day = text.trim().split(['T', ' ']).next()?;
        let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
        let (year, month, day) = match *parts.as_slice() {
            [year] if year.len() == 4 => (year, "0", "0"),
            [whole] if whole.len() == 8 && whole.is_ascii() => (&whole[..4], &whole[4..6], &whole[6..]),
            [year, month] if year.len() == 4 => (year, month, "0"),
            [year, month, day] if year.len() == 4 => (year, month, day),
            [day, month, year] if year.len() == 4 => (year, month, day),
            _ => return None,
        };
        let date = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        // Mistyped months and days are kept as they are: they still can be compared.
        ((1850..=2100).contains(&date.year) && date.month <= 99 && date.day <= 99).then_some(date)
    }

    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        if self.day == 0 || other.day == 0 {
            let months = self.month == 0 || other.month == 0 || self.month == other.month;
            return if self.year == other.year && months { Likeness::SameYear } else { Likeness::Conflict };
        }
        if self == other {
            return Likeness::Same;
        }
        let swapped = Self { month: self.day, day: self.month, ..*self };
        let near = one_slip(&self.digits(), &other.digits());
        if near || swapped == *other { Likeness::Similar } else { Likeness::Conflict }
    }

    pub(super) fn written(&self) -> String {
        match (self.month, self.day) {
            (0, _) => format!("{:04}", self.year),
            (month, 0) => format!("{:04}-{month:02}", self.year),
            (month, day) => format!("{:04}-{month:02}-{day:02}", self.year),
        }
    }

    fn digits(&self) -> [u8; 8] {
        let two = |number: u8| [number / 10, number % 10];
        let ([a, b], [c, d]) = (two((self.year / 100) as u8), two((self.year % 100) as u8));
        let ([e, f], [g, h]) = (two(self.month), two(self.day));
        [a, b, c, d, e, f, g, h]
    }
}

/// One digit differs, or two neighbouring digits are swapped.
fn one_slip(left: &[u8; 8], right: &[u8; 8]) -> bool {
    let different: Vec<usize> = (0..8).filter(|&i| left[i] != right[i]).collect();
    match *different.as_slice() {
        [_] => true,
        [i, j] => j == i + 1 && left[i] == right[j] && left[j] == right[i],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(left: &str, right: &str, expected: Likeness) {
        let read = |text| BirthDate::read(text).expect("a date");
        assert_eq!(read(left).likeness(&read(right)), expected, "{left} {right}");
        assert_eq!(read(right).likeness(&read(left)), expected, "{right} {left}");
    }

    #[test]
    fn dates_are_compared_with_slips() {
        check("1980-02-07", "19800207", Likeness::Same);
        check("07-02-1980", "1980/2/7", Likeness::Same);
        check("1980-02-07", "1980-07-02", Likeness::Similar);
        check("1980-02-07", "1980-02-17", Likeness::Similar);
        check("1980-02-07", "1908-02-07", Likeness::Similar);
        check("1980", "1980-02-07", Likeness::SameYear);
        check("1980", "1981-02-07", Likeness::Conflict);
        check("1980-02-07", "1975-11-23", Likeness::Conflict);
    }
}
