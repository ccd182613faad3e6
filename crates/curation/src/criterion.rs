//! Whether a party belongs on the list: the test that is filled in for each entry.
//!
//! The criterion is what the party says of itself. Each answer names its evidence; when the party was
//! last seen follows from that evidence and is not typed in. The verdict says in words what is missing.

mod question;
mod verdict;

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::evidence::{EvidenceId, Grade, Grades, SealedEvidence};
use crate::{Canonical, Sha256Hash};

pub use question::Question;
pub use verdict::{Limits, Missing, Verdict};

/// An answer to one question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Answer {
    Yes,
    No,
    #[default]
    Open,
}

impl Answer {
    pub const ALL: &[Self] = &[Self::Yes, Self::No, Self::Open];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Open => "open",
        }
    }

    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|answer| answer.word() == word)
    }
}

/// An answer with the evidence it rests on and a remark for the approvers.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Answered {
    pub answer: Answer,
    pub evidence: BTreeSet<EvidenceId>,
    pub remark: String,
}

impl Answered {
    pub fn yes(evidence: impl IntoIterator<Item = EvidenceId>, remark: impl Into<String>) -> Self {
        Self { answer: Answer::Yes, evidence: evidence.into_iter().collect(), remark: remark.into() }
    }

    pub fn no(remark: impl Into<String>) -> Self {
        Self { answer: Answer::No, evidence: BTreeSet::new(), remark: remark.into() }
    }
}

/// Shows the answer only: remarks are confidential.
impl std::fmt::Debug for Answered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Answered({:?})", self.answer)
    }
}

/// The test for one entry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriterionTest {
    /// Presents itself as bulletproof? The evidence says where and when.
    pub presents_itself: Answered,
    /// Does it use or offer servers in the Netherlands?
    pub dutch_nexus: Answered,
    /// Does what was seen belong to this party? How surely says the grade of the link.
    pub link: Answered,
    /// Was it looked into whether somebody else of the same name is meant?
    pub wrong_person_test: Answered,
    /// Would a less intrusive identifier do: a brand or domain instead of a person? `Yes` means that
    /// the entry must be changed.
    pub less_intrusive_possible: Answered,
}

/// What a test and a proposal know of a piece of evidence: enough to judge, nothing of its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceRef {
    pub id: EvidenceId,
    pub seal: Sha256Hash,
    /// Day of capture, in UTC.
    pub captured_on: Date,
    /// The site, to tell independent sources apart.
    pub origin: String,
    pub grades: Grades,
}

impl EvidenceRef {
    pub fn of(evidence: &SealedEvidence) -> Self {
        let observation = evidence.observation();
        Self {
            id: evidence.id().clone(),
            seal: evidence.seal(),
            captured_on: observation.captured_at.to_zoned(jiff::tz::TimeZone::UTC).date(),
            origin: observation.place.origin(),
            grades: observation.grades,
        }
    }

    pub(crate) fn canonical(&self) -> Canonical {
        // The seal holds everything else.
        Canonical::new("havenmeester evidence reference 1").text("id", &self.id).field("seal", self.seal.0)
    }
}

impl CriterionTest {
    /// The questions with their answers, in the order of the form.
    pub fn questions(&self) -> [(Question, &Answered); 5] {
        [
            (Question::PresentsItself, &self.presents_itself),
            (Question::DutchNexus, &self.dutch_nexus),
            (Question::Link, &self.link),
            (Question::WrongPersonTest, &self.wrong_person_test),
            (Question::LessIntrusivePossible, &self.less_intrusive_possible),
        ]
    }

    /// When the party was last seen presenting itself as bulletproof.
    pub fn last_seen(&self, evidence: &[EvidenceRef]) -> Option<Date> {
        cited(&self.presents_itself, evidence).map(|one| one.captured_on).max()
    }

    /// The sites where it was seen.
    pub fn seen_at(&self, evidence: &[EvidenceRef]) -> BTreeSet<String> {
        cited(&self.presents_itself, evidence).map(|one| one.origin.clone()).collect()
    }

    /// The grades of the link, one for each piece of evidence.
    pub fn link_grades(&self, evidence: &[EvidenceRef]) -> Vec<Grade> {
        cited(&self.link, evidence).map(|one| one.grades.link).collect()
    }

    pub(crate) fn canonical(&self) -> Canonical {
        let mut canonical = Canonical::new("havenmeester criterion 1");
        for (question, answered) in self.questions() {
            canonical = canonical
                .text(question.phrase(), answered.answer.word())
                .list("evidence", answered.evidence.iter().map(|id| id.0.as_str()))
                .text("remark", &answered.remark);
        }
        canonical
    }
}

/// The evidence that an answer names and that is there.
fn cited<'a>(answered: &'a Answered, evidence: &'a [EvidenceRef]) -> impl Iterator<Item = &'a EvidenceRef> {
    evidence.iter().filter(|one| answered.evidence.contains(&one.id))
}
