//! Counts of right and wrong answers, and what follows from them.

/// Right and wrong answers of a yes/no question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Confusion {
    pub true_positives: u64,
    pub false_positives: u64,
    pub false_negatives: u64,
    pub true_negatives: u64,
}

impl Confusion {
    pub const fn add(&mut self, answered_yes: bool, is_so: bool) {
        match (answered_yes, is_so) {
            (true, true) => self.true_positives += 1,
            (true, false) => self.false_positives += 1,
            (false, true) => self.false_negatives += 1,
            (false, false) => self.true_negatives += 1,
        }
    }

    /// Share of the "yes" answers that are right; 0 where there was no "yes".
    pub fn precision(&self) -> f64 {
        share(self.true_positives, self.true_positives + self.false_positives)
    }

    /// Share of what is so that was answered "yes"; 0 where nothing is so.
    pub fn recall(&self) -> f64 {
        share(self.true_positives, self.true_positives + self.false_negatives)
    }

    /// Harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        share(2 * self.true_positives, 2 * self.true_positives + self.false_positives + self.false_negatives)
    }
}

impl FromIterator<(bool, bool)> for Confusion {
    fn from_iter<I: IntoIterator<Item = (bool, bool)>>(answers: I) -> Self {
        let mut confusion = Self::default();
        for (answered_yes, is_so) in answers {
            confusion.add(answered_yes, is_so);
        }
        confusion
    }
}

/// `part` of `whole` as 0..1; 0 when there is nothing.
pub fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_lead_to_precision_recall_and_f1() {
        let confusion =
            Confusion { true_positives: 6, false_positives: 2, false_negatives: 4, true_negatives: 9 };

        assert_eq!(confusion.precision(), 0.75);
        assert_eq!(confusion.recall(), 0.6);
        assert!((confusion.f1() - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn nothing_answered_is_zero_and_no_division_by_zero() {
        let confusion = Confusion::default();

        assert_eq!((confusion.precision(), confusion.recall(), confusion.f1()), (0.0, 0.0, 0.0));
    }
}
