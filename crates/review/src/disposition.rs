//! A person's answer to a hit, and where the hit stands after all answers.
//!
//! Two people are asked where a wrong answer hurts most: for `same`, which can cost somebody a contract, and for closing
//! a `strong` hit as not the same. Nobody is the second person to their own answer.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// How sure the machine was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Strong,
    Probable,
    Weak,
}

/// What a person says of a hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Same,
    NotTheSame,
    /// More must be known first; the hit stays in the queue.
    Undecided,
}

/// Why, in a code that can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReasonCode {
    // The same party.
    RegisterAgrees,
    IdentifiersAgree,
    ConfirmedByCustomer,
    KnownToUs,
    // Another party.
    OtherRegisterNumber,
    OtherPerson,
    OtherDomainOrNetwork,
    ValueHandedOn,
    NameOnly,
    // Open.
    AskedCustomer,
    AskedIssuer,
    NeedsData,
}

/// One answer of one person.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disposition {
    pub answer: Answer,
    pub reason: ReasonCode,
    pub note: String,
    pub by: String,
    pub at: Timestamp,
}

/// Why a judged hit is looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reopening {
    /// A compared value of the customer or the entry is another one now.
    ValuesChanged,
    /// The issuer withdrew the entry, or a value on which the hit rests.
    Retraction,
}

/// What happened to a hit, in order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    Disposed(Disposition),
    Reopened { cause: Reopening, at: Timestamp },
}

/// Where a hit stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    Open,
    /// One person answered; another one must agree.
    AwaitsSecond(Answer),
    Judged(Answer),
    Reopened(Reopening),
}

/// A hit under review. There is no way to take an event out.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    class: Class,
    events: Vec<Event>,
}

/// Why an answer is not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DisposeError {
    #[error("the reason {} does not go with the answer {}", .reason.word(), .answer.word())]
    ReasonDoesNotFit { answer: Answer, reason: ReasonCode },
    #[error("{by} gave this answer before; the second person must be somebody else")]
    OwnSecond { by: String },
    #[error("the hit was judged already: {}", .answer.word())]
    JudgedAlready { answer: Answer },
    #[error("the note has {found} characters, at most {most} are kept")]
    NoteTooLong { found: usize, most: usize },
}

impl DisposeError {
    /// What the reader can do next, in one sentence.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::ReasonDoesNotFit { .. } => {
                "choose a reason that belongs to the answer; the help lists them"
            }
            Self::OwnSecond { .. } => "let a colleague look at it",
            Self::JudgedAlready { .. } => "nothing is left to do; it is opened again when something changes",
            Self::NoteTooLong { .. } => "say it shorter, or attach it elsewhere",
        }
    }
}

/// Longest note: two pages.
pub const MOST_NOTE: usize = 4_000;

impl Class {
    pub const ALL: &[Self] = &[Self::Strong, Self::Probable, Self::Weak];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Strong => "strong",
            Self::Probable => "probable",
            Self::Weak => "weak",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|class| class.word() == word)
    }
}

impl Answer {
    pub const ALL: &[Self] = &[Self::Same, Self::NotTheSame, Self::Undecided];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::NotTheSame => "not_the_same",
            Self::Undecided => "undecided",
        }
    }

    /// Whether two people must give it.
    pub const fn needs_second(self, class: Class) -> bool {
        match self {
            Self::Same => true,
            Self::NotTheSame => matches!(class, Class::Strong),
            Self::Undecided => false,
        }
    }
}

impl ReasonCode {
    pub const ALL: &[Self] = &[
        Self::RegisterAgrees,
        Self::IdentifiersAgree,
        Self::ConfirmedByCustomer,
        Self::KnownToUs,
        Self::OtherRegisterNumber,
        Self::OtherPerson,
        Self::OtherDomainOrNetwork,
        Self::ValueHandedOn,
        Self::NameOnly,
        Self::AskedCustomer,
        Self::AskedIssuer,
        Self::NeedsData,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::RegisterAgrees => "register_agrees",
            Self::IdentifiersAgree => "identifiers_agree",
            Self::ConfirmedByCustomer => "confirmed_by_customer",
            Self::KnownToUs => "known_to_us",
            Self::OtherRegisterNumber => "other_register_number",
            Self::OtherPerson => "other_person",
            Self::OtherDomainOrNetwork => "other_domain_or_network",
            Self::ValueHandedOn => "value_handed_on",
            Self::NameOnly => "name_only",
            Self::AskedCustomer => "asked_customer",
            Self::AskedIssuer => "asked_issuer",
            Self::NeedsData => "needs_data",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.word() == word)
    }

    /// The answer that the reason belongs to.
    pub const fn answer(self) -> Answer {
        match self {
            Self::RegisterAgrees | Self::IdentifiersAgree | Self::ConfirmedByCustomer | Self::KnownToUs => {
                Answer::Same
            }
            Self::OtherRegisterNumber
            | Self::OtherPerson
            | Self::OtherDomainOrNetwork
            | Self::ValueHandedOn
            | Self::NameOnly => Answer::NotTheSame,
            Self::AskedCustomer | Self::AskedIssuer | Self::NeedsData => Answer::Undecided,
        }
    }
}

impl Review {
    pub const fn new(class: Class) -> Self {
        Self { class, events: Vec::new() }
    }

    pub const fn class(&self) -> Class {
        self.class
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// Where the hit stands after everything that happened.
    pub fn standing(&self) -> Standing {
        let mut standing = Standing::Open;
        for (place, event) in self.events.iter().enumerate() {
            standing = match event {
                Event::Reopened { cause, .. } => Standing::Reopened(*cause),
                Event::Disposed(one) if !one.answer.needs_second(self.class) => Standing::Judged(one.answer),
                Event::Disposed(one) => match self.waiting_before(place) {
                    Some(first) if first.answer == one.answer && first.by != one.by => {
                        Standing::Judged(one.answer)
                    }
                    _ => Standing::AwaitsSecond(one.answer),
                },
            };
        }
        standing
    }

    /// Takes a person's answer.
    ///
    /// # Errors
    /// If the reason does not fit, the hit was judged, or the person would be the second one to their own answer.
    pub fn dispose(&mut self, disposition: Disposition) -> Result<Standing, DisposeError> {
        let Disposition { answer, reason, note, by, .. } = &disposition;
        if reason.answer() != *answer {
            return Err(DisposeError::ReasonDoesNotFit { answer: *answer, reason: *reason });
        }
        let found = note.chars().count();
        if found > MOST_NOTE {
            return Err(DisposeError::NoteTooLong { found, most: MOST_NOTE });
        }
        match self.standing() {
            Standing::Judged(answer) if answer != Answer::Undecided => {
                return Err(DisposeError::JudgedAlready { answer });
            }
            Standing::AwaitsSecond(waiting) if waiting == *answer => {
                let first = self.waiting_before(self.events.len());
                if first.is_some_and(|first| first.by == *by) {
                    return Err(DisposeError::OwnSecond { by: by.clone() });
                }
            }
            _ => {}
        }
        self.events.push(Event::Disposed(disposition));
        Ok(self.standing())
    }

    /// Opens a hit again; one that nobody answered stays as it is.
    pub fn reopen(&mut self, cause: Reopening, at: Timestamp) {
        if !matches!(self.standing(), Standing::Open | Standing::Reopened(_)) {
            self.events.push(Event::Reopened { cause, at });
        }
    }

    /// The review of the same pair after a later screening. Everything that was said of it comes along; if a compared
    /// value is another one, it is opened again. So nobody is asked twice about the same, and nobody is let off by it.
    pub fn continued(before: &Self, class: Class, values_changed: bool, at: Timestamp) -> Self {
        let mut review = Self { class, events: before.events.clone() };
        if values_changed {
            review.reopen(Reopening::ValuesChanged, at);
        }
        review
    }

    /// The answer that waits for a second person when this event happens.
    fn waiting_before(&self, place: usize) -> Option<&Disposition> {
        let last = self.events[..place].last()?;
        match last {
            Event::Disposed(one) if one.answer.needs_second(self.class) => {
                let closed = self
                    .waiting_before(place - 1)
                    .is_some_and(|first| first.answer == one.answer && first.by != one.by);
                (!closed).then_some(one)
            }
            _ => None,
        }
    }
}

/// Shows where it stands only: notes are confidential.
impl std::fmt::Debug for Review {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Review({:?}, {:?})", self.class, self.standing())
    }
}

/// Shows the answer only: notes are confidential.
impl std::fmt::Debug for Disposition {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Disposition({}, by {})", self.answer.word(), self.by)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn says(by: &str, reason: ReasonCode) -> Disposition {
        Disposition { answer: reason.answer(), reason, note: String::new(), by: by.to_owned(), at: at(1) }
    }

    #[track_caller]
    fn check(class: Class, answers: &[(&str, ReasonCode)], expected: Standing) {
        let mut review = Review::new(class);
        for (by, reason) in answers {
            review.dispose(says(by, *reason)).unwrap();
        }
        assert_eq!(review.standing(), expected);
    }

    use ReasonCode::{AskedCustomer, NameOnly, OtherPerson, RegisterAgrees};

    #[test]
    fn two_people_say_the_same_and_one_closes_a_weak_hit() {
        check(Class::Weak, &[("anna", NameOnly)], Standing::Judged(Answer::NotTheSame));
        check(Class::Strong, &[("anna", OtherPerson)], Standing::AwaitsSecond(Answer::NotTheSame));
        check(
            Class::Strong,
            &[("anna", OtherPerson), ("bram", NameOnly)],
            Standing::Judged(Answer::NotTheSame),
        );
        check(Class::Weak, &[("anna", RegisterAgrees)], Standing::AwaitsSecond(Answer::Same));
        check(
            Class::Weak,
            &[("anna", RegisterAgrees), ("bram", RegisterAgrees)],
            Standing::Judged(Answer::Same),
        );
    }

    #[test]
    fn who_disagrees_begins_anew() {
        let answers = [("anna", RegisterAgrees), ("bram", OtherPerson)];
        check(Class::Strong, &answers, Standing::AwaitsSecond(Answer::NotTheSame));
        check(Class::Weak, &answers, Standing::Judged(Answer::NotTheSame));
        let back = [("anna", RegisterAgrees), ("bram", OtherPerson), ("anna", RegisterAgrees)];
        check(Class::Strong, &back, Standing::AwaitsSecond(Answer::Same));
        check(
            Class::Strong,
            &[("anna", AskedCustomer), ("anna", RegisterAgrees)],
            Standing::AwaitsSecond(Answer::Same),
        );
    }

    #[test]
    fn nobody_is_their_own_second_and_reasons_belong_to_answers() {
        let mut review = Review::new(Class::Strong);
        review.dispose(says("anna", RegisterAgrees)).unwrap();

        assert_eq!(
            review.dispose(says("anna", RegisterAgrees)),
            Err(DisposeError::OwnSecond { by: "anna".to_owned() })
        );
        let mixed = Disposition { answer: Answer::Same, ..says("bram", NameOnly) };
        assert!(matches!(review.dispose(mixed), Err(DisposeError::ReasonDoesNotFit { .. })));
        review.dispose(says("bram", RegisterAgrees)).unwrap();
        let again = review.dispose(says("carl", NameOnly)).unwrap_err();
        assert_eq!(again, DisposeError::JudgedAlready { answer: Answer::Same });
    }

    #[test]
    fn a_judged_hit_is_opened_again_and_an_open_one_stays_open() {
        let mut review = Review::new(Class::Weak);
        review.reopen(Reopening::Retraction, at(2));
        assert_eq!(review.standing(), Standing::Open);
        review.dispose(says("anna", NameOnly)).unwrap();
        review.reopen(Reopening::Retraction, at(3));
        assert_eq!(review.standing(), Standing::Reopened(Reopening::Retraction));
        assert_eq!(review.dispose(says("anna", NameOnly)), Ok(Standing::Judged(Answer::NotTheSame)));
    }

    #[test]
    fn a_later_screening_asks_again_only_where_something_changed() {
        let mut judged = Review::new(Class::Weak);
        judged.dispose(says("anna", NameOnly)).unwrap();
        let later = |class, changed| Review::continued(&judged, class, changed, at(9)).standing();

        assert_eq!(later(Class::Weak, false), Standing::Judged(Answer::NotTheSame));
        assert_eq!(later(Class::Weak, true), Standing::Reopened(Reopening::ValuesChanged));
        // What is strong now was closed by one person only.
        assert_eq!(later(Class::Strong, false), Standing::AwaitsSecond(Answer::NotTheSame));
        assert_eq!(
            Review::continued(&Review::new(Class::Weak), Class::Weak, true, at(9)).standing(),
            Standing::Open
        );
    }
}
