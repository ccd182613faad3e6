//! Content that is still being written, with everybody who had a hand in it.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use watchlist::compile::normal_form;
use watchlist::{Entry, ListedValue};

use super::error::{ProposeError, Refused};
use super::{Content, Proposed};
use crate::criterion::{CriterionTest, EvidenceRef, Limits, Verdict};
use crate::deconfliction::ContactTeam;
use crate::evidence::SealedEvidence;
use crate::people::{Action, Forbidden};
use crate::{Person, PersonId};

/// How long an entry stands before it must be observed again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Months from the last observation to the next review.
    pub review_months: i32,
}

impl Default for Terms {
    /// A year.
    fn default() -> Self {
        Self { review_months: 12 }
    }
}

impl Terms {
    /// The day of the next review after an observation.
    pub fn review_by(&self, last_observed: Date) -> Date {
        last_observed.saturating_add(self.review_months.months())
    }
}

/// Content that is still being written.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    content: Content,
    contributors: BTreeSet<PersonId>,
}

/// Who proposes, when, and by which rules.
#[derive(Clone, Copy, Debug)]
pub struct Proposing<'a> {
    pub by: &'a Person,
    pub at: Timestamp,
    /// The day by the calendar of the unit.
    pub today: Date,
    pub limits: &'a Limits,
    pub terms: Terms,
    /// The answer of [`crate::deconfliction::Register::asks_for_delay`] for the subjects of the entry.
    pub delay: Option<&'a ContactTeam>,
}

/// A draft that was not proposed, and why.
pub type NotProposed = Box<Refused<Draft, ProposeError>>;

impl Draft {
    /// Begins a new entry.
    ///
    /// # Errors
    /// If the person may not propose entries.
    pub fn new(list_id: impl Into<String>, entry: Entry, by: &Person) -> Result<Self, Forbidden> {
        by.check(Action::Propose)?;
        let contributors = BTreeSet::from([by.id.clone()]);
        Ok(Self { content: Content::new(list_id, entry), contributors })
    }

    /// Content that goes back to its makers. Nobody is taken off the record.
    pub(crate) fn again(content: Content, contributors: BTreeSet<PersonId>) -> Self {
        Self { content, contributors }
    }

    /// A draft as a store kept it.
    pub fn from_parts(content: Content, contributors: BTreeSet<PersonId>) -> Self {
        Self { content, contributors }
    }

    pub fn content(&self) -> &Content {
        &self.content
    }

    pub fn contributors(&self) -> &BTreeSet<PersonId> {
        &self.contributors
    }

    /// Changes the entry.
    ///
    /// # Errors
    /// If the person may not.
    pub fn edit(&mut self, by: &Person, change: impl FnOnce(&mut Entry)) -> Result<(), Forbidden> {
        self.contribute(by)?;
        change(&mut self.content.entry);
        self.content.entry = normal_form(self.content.entry.clone());
        Ok(())
    }

    /// Attaches evidence; whoever collected it has a hand in the entry from now on.
    ///
    /// # Errors
    /// If the person may not.
    pub fn attach(&mut self, evidence: &SealedEvidence, by: &Person) -> Result<(), Forbidden> {
        self.contribute(by)?;
        self.contributors.extend(evidence.touched_by());
        self.content.evidence.retain(|one| one.id != *evidence.id());
        self.content.evidence.push(EvidenceRef::of(evidence));
        self.content.evidence.sort_by(|left, right| left.id.cmp(&right.id));
        Ok(())
    }

    /// Attaches evidence and names the values of the entry that it stands behind.
    ///
    /// # Errors
    /// If the person may not.
    pub fn ground(
        &mut self,
        values: impl IntoIterator<Item = ListedValue>,
        evidence: &SealedEvidence,
        by: &Person,
    ) -> Result<(), Forbidden> {
        self.attach(evidence, by)?;
        for value in values {
            self.content.grounds.entry(value).or_default().insert(evidence.id().clone());
        }
        Ok(())
    }

    /// Notes that the party was seen again: the last observation and the next review move on.
    ///
    /// # Errors
    /// If the person may not.
    pub fn observe(&mut self, evidence: &SealedEvidence, terms: Terms, by: &Person) -> Result<(), Forbidden> {
        self.attach(evidence, by)?;
        let seen = EvidenceRef::of(evidence).captured_on;
        let entry = &mut self.content.entry;
        entry.first_observed = Some(entry.first_observed.map_or(seen, |first| first.min(seen)));
        let last = entry.last_observed.map_or(seen, |last| last.max(seen));
        entry.last_observed = Some(last);
        entry.review_by = Some(terms.review_by(last));
        Ok(())
    }

    /// Fills in the criterion.
    ///
    /// # Errors
    /// If the person may not.
    pub fn answer(&mut self, criterion: CriterionTest, by: &Person) -> Result<(), Forbidden> {
        self.contribute(by)?;
        self.content.criterion = criterion;
        Ok(())
    }

    /// Puts the draft before a second analyst.
    ///
    /// # Errors
    /// Gives the draft back, with what is missing.
    pub fn propose(mut self, proposing: &Proposing<'_>) -> Result<Proposed, NotProposed> {
        if let Err(why) = self.check(proposing) {
            return Err(Box::new(Refused { back: self, why }));
        }
        self.contributors.insert(proposing.by.id.clone());
        Ok(Proposed {
            hash: self.content.hash(&self.contributors),
            content: self.content,
            contributors: self.contributors,
            proposed_by: proposing.by.id.clone(),
            proposed_at: proposing.at,
        })
    }

    pub(crate) fn content_mut(&mut self) -> &mut Content {
        &mut self.content
    }

    /// Puts people on record, for content that is taken over from them.
    pub(crate) fn record(&mut self, people: &BTreeSet<PersonId>) {
        self.contributors.extend(people.iter().cloned());
    }

    pub(crate) fn contribute(&mut self, by: &Person) -> Result<(), Forbidden> {
        by.check(Action::Propose)?;
        self.contributors.insert(by.id.clone());
        Ok(())
    }

    fn check(&self, proposing: &Proposing<'_>) -> Result<(), ProposeError> {
        proposing.by.check(Action::Propose)?;
        if let Some(contact) = proposing.delay {
            return Err(ProposeError::Delayed { contact: contact.clone() });
        }
        let Content { entry, evidence, criterion, .. } = &self.content;
        let without = self.content.without_ground();
        if let Some(first) = without.first() {
            return Err(ProposeError::WithoutEvidence { count: without.len(), kind: first.kind_name() });
        }
        if entry.values().next().is_none() {
            return Err(ProposeError::SaysNothing);
        }
        let verdict = criterion.verdict(evidence, entry.entry_type, proposing.limits, proposing.today);
        if let Verdict::Lacks(missing) = verdict {
            return Err(ProposeError::CriterionNotMet { missing });
        }
        self.check_dates(proposing.terms)
    }

    /// The dates follow from the evidence; nobody can give an entry more time by hand.
    fn check_dates(&self, terms: Terms) -> Result<(), ProposeError> {
        let Content { entry, evidence, .. } = &self.content;
        let seen = evidence.iter().map(|one| one.captured_on).max();
        if entry.last_observed.is_none() || entry.last_observed > seen {
            return Err(ProposeError::ObservedWithoutEvidence);
        }
        let latest = entry.last_observed.map(|last| terms.review_by(last));
        if entry.review_by.is_none() || entry.review_by > latest {
            return Err(ProposeError::ReviewTooLate { months: terms.review_months });
        }
        Ok(())
    }
}
