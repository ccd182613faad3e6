//! From answers to a verdict: `meets`, or what is missing in words.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use watchlist::EntryType;

use super::{Answer, Answered, CriterionTest, EvidenceRef, Question, cited};
use crate::evidence::{EvidenceId, Grade, InformationCredibility, SourceReliability};

/// What the criterion asks at least. The unit sets it; the defaults are a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// How long ago the party may have been seen last, in months.
    pub last_seen_months: i32,
    /// The lowest grade of an observation that counts.
    pub observation: Grade,
    /// The lowest grade of a link that is enough alone.
    pub link: Grade,
    /// How many links from different sites are enough where none has that grade.
    pub independent_links: usize,
    /// The lowest grade of each of these.
    pub independent_link: Grade,
}

impl Default for Limits {
    /// Own capture (C2), seen within six months, link of B2 or two independent ones of C3.
    fn default() -> Self {
        use InformationCredibility::{PossiblyTrue, ProbablyTrue};
        use SourceReliability::{B, C};
        Self {
            last_seen_months: 6,
            observation: Grade { source: C, information: ProbablyTrue },
            link: Grade { source: B, information: ProbablyTrue },
            independent_links: 2,
            independent_link: Grade { source: C, information: PossiblyTrue },
        }
    }
}

/// What the criterion says of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Meets,
    /// Never empty.
    Lacks(Vec<Missing>),
}

/// One thing that is missing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Missing {
    #[error("whether it {} is still open", clause(*.question))]
    Open { question: Question },
    #[error("it is answered that it does not hold: {question}")]
    DoesNotHold { question: Question },
    #[error("no evidence is named for: {question}")]
    NoEvidence { question: Question },
    #[error("evidence {id} is named for `{question}` and is not part of the proposal")]
    UnknownEvidence { question: Question, id: EvidenceId },
    #[error("no observation has a grade of {at_least} or better")]
    ObservationTooWeak { at_least: Grade },
    #[error("it was last seen on {last_seen}; it must have been seen on {since} or later")]
    SeenTooLongAgo { last_seen: Date, since: Date },
    #[error("the observation of {captured_on} is later than today, {today}")]
    SeenInTheFuture { captured_on: Date, today: Date },
    #[error("the link to this party needs {at_least} or better, or {independent} links from different sites")]
    LinkTooWeak { at_least: Grade, independent: usize },
    #[error("a less intrusive identifier is possible: list the brand or the domain instead of the person")]
    LessIntrusive,
    #[error("an entry on a person needs a remark why a brand or domain does not do")]
    NoReasonForPerson,
}

/// The question after "whether it".
const fn clause(question: Question) -> &'static str {
    match question {
        Question::LessIntrusivePossible => "can be listed less intrusively",
        other => other.phrase(),
    }
}

impl CriterionTest {
    /// Judges the answers for an entry of this type as of `today`.
    pub fn verdict(
        &self,
        evidence: &[EvidenceRef],
        entry_type: EntryType,
        limits: &Limits,
        today: Date,
    ) -> Verdict {
        let mut missing = Vec::new();
        for (question, answered) in self.questions().into_iter().take(4) {
            missing.extend(holds(question, answered));
        }
        for (question, answered) in self.questions() {
            missing.extend(unknown_evidence(question, answered, evidence));
        }
        missing.extend(self.seen(evidence, limits, today));
        missing.extend(self.linked(evidence, limits));
        missing.extend(self.intrusion(entry_type));
        if missing.is_empty() { Verdict::Meets } else { Verdict::Lacks(missing) }
    }

    fn seen(&self, evidence: &[EvidenceRef], limits: &Limits, today: Date) -> Option<Missing> {
        let good = |one: &&EvidenceRef| one.grades.observation.at_least(limits.observation);
        let days: Vec<Date> =
            cited(&self.presents_itself, evidence).filter(good).map(|one| one.captured_on).collect();
        let Some(last_seen) = days.into_iter().max() else {
            return Some(Missing::ObservationTooWeak { at_least: limits.observation });
        };
        let since = today.saturating_sub(limits.last_seen_months.months());
        if last_seen > today {
            return Some(Missing::SeenInTheFuture { captured_on: last_seen, today });
        }
        (last_seen < since).then_some(Missing::SeenTooLongAgo { last_seen, since })
    }

    fn linked(&self, evidence: &[EvidenceRef], limits: &Limits) -> Option<Missing> {
        let one_is_enough = cited(&self.link, evidence).any(|one| one.grades.link.at_least(limits.link));
        let independent: BTreeSet<&str> = cited(&self.link, evidence)
            .filter(|one| one.grades.link.at_least(limits.independent_link))
            .map(|one| one.origin.as_str())
            .collect();
        let enough = one_is_enough || independent.len() >= limits.independent_links;
        (!enough)
            .then_some(Missing::LinkTooWeak { at_least: limits.link, independent: limits.independent_links })
    }

    fn intrusion(&self, entry_type: EntryType) -> Option<Missing> {
        let answered = &self.less_intrusive_possible;
        match answered.answer {
            Answer::Open => Some(Missing::Open { question: Question::LessIntrusivePossible }),
            Answer::Yes => Some(Missing::LessIntrusive),
            Answer::No => {
                let unexplained = entry_type == EntryType::Person && answered.remark.trim().is_empty();
                unexplained.then_some(Missing::NoReasonForPerson)
            }
        }
    }
}

/// The first four questions must be answered with yes and evidence; the wrong-person test is work of
/// the unit itself and may rest on a remark.
fn holds(question: Question, answered: &Answered) -> Option<Missing> {
    match answered.answer {
        Answer::Open => Some(Missing::Open { question }),
        Answer::No => Some(Missing::DoesNotHold { question }),
        Answer::Yes => {
            let explained = question == Question::WrongPersonTest && !answered.remark.trim().is_empty();
            (answered.evidence.is_empty() && !explained).then_some(Missing::NoEvidence { question })
        }
    }
}

fn unknown_evidence<'a>(
    question: Question,
    answered: &'a Answered,
    evidence: &'a [EvidenceRef],
) -> impl Iterator<Item = Missing> + 'a {
    let known = |id: &EvidenceId| evidence.iter().any(|one| one.id == *id);
    let unknown = answered.evidence.iter().filter(move |id| !known(id));
    unknown.map(move |id| Missing::UnknownEvidence { question, id: id.clone() })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::Sha256Hash;
    use crate::evidence::Grades;

    const TODAY: Date = date(2026, 3, 1);

    fn evidence(id: &str, captured_on: Date, origin: &str, observation: &str, link: &str) -> EvidenceRef {
        let grade = |text| Grade::read(text).unwrap();
        EvidenceRef {
            id: EvidenceId(id.to_owned()),
            seal: Sha256Hash::of(id.as_bytes()),
            captured_on,
            origin: origin.to_owned(),
            grades: Grades { observation: grade(observation), claim: grade("F6"), link: grade(link) },
        }
    }

    fn good() -> (CriterionTest, Vec<EvidenceRef>) {
        let id = || [EvidenceId("EV-1".to_owned())];
        let test = CriterionTest {
            presents_itself: Answered::yes(id(), ""),
            dutch_nexus: Answered::yes(id(), ""),
            link: Answered::yes(id(), ""),
            wrong_person_test: Answered::yes([], "one firm of this name in the register"),
            less_intrusive_possible: Answered::no(""),
        };
        (test, vec![evidence("EV-1", date(2026, 2, 1), "forum.example", "A1", "B2")])
    }

    #[track_caller]
    fn check(
        change: impl FnOnce(&mut CriterionTest, &mut Vec<EvidenceRef>),
        entry_type: EntryType,
        expected: &str,
    ) {
        let (mut test, mut known) = good();
        change(&mut test, &mut known);
        let shown = match test.verdict(&known, entry_type, &Limits::default(), TODAY) {
            Verdict::Meets => "meets".to_owned(),
            Verdict::Lacks(missing) => missing.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
        };
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_complete_test_meets_the_criterion() {
        check(|_, _| {}, EntryType::Brand, "meets");
    }

    #[test]
    fn what_was_seen_too_long_ago_does_not_count() {
        check(|_, known| known[0].captured_on = date(2025, 9, 1), EntryType::Brand, "meets");
        check(
            |_, known| known[0].captured_on = date(2025, 8, 31),
            EntryType::Brand,
            "it was last seen on 2025-08-31; it must have been seen on 2025-09-01 or later",
        );
        check(
            |_, known| known[0].captured_on = date(2026, 3, 2),
            EntryType::Brand,
            "the observation of 2026-03-02 is later than today, 2026-03-01",
        );
    }

    #[test]
    fn a_weak_link_needs_a_second_site() {
        let second = |origin: &'static str| {
            move |test: &mut CriterionTest, known: &mut Vec<EvidenceRef>| {
                known[0].grades.link = Grade::read("C3").unwrap();
                known.push(evidence("EV-2", date(2026, 2, 2), origin, "A1", "C3"));
                test.link.evidence.insert(EvidenceId("EV-2".to_owned()));
            }
        };
        check(second("blog.example"), EntryType::Brand, "meets");
        check(
            second("forum.example"),
            EntryType::Brand,
            "the link to this party needs B2 or better, or 2 links from different sites",
        );
    }

    #[test]
    fn a_person_is_listed_only_where_nothing_less_does() {
        check(
            |_, _| {},
            EntryType::Person,
            "an entry on a person needs a remark why a brand or domain does not do",
        );
        check(
            |test, _| test.less_intrusive_possible = Answered::no("sells under no brand"),
            EntryType::Person,
            "meets",
        );
        check(
            |test, _| test.less_intrusive_possible.answer = Answer::Yes,
            EntryType::Brand,
            "a less intrusive identifier is possible: list the brand or the domain instead of the person",
        );
    }

    #[test]
    fn everything_that_is_missing_is_told() {
        check(
            |test, known| {
                *test = CriterionTest::default();
                test.dutch_nexus = Answered::no("");
                test.wrong_person_test = Answered::yes([EvidenceId("EV-9".to_owned())], "");
                known.clear();
            },
            EntryType::Brand,
            "whether it presents itself as bulletproof is still open\n\
             it is answered that it does not hold: has a Dutch nexus\n\
             whether it is linked to this party is still open\n\
             evidence EV-9 is named for `had a wrong-person test` and is not part of the proposal\n\
             no observation has a grade of C2 or better\n\
             the link to this party needs B2 or better, or 2 links from different sites\n\
             whether it can be listed less intrusively is still open",
        );
    }
}
