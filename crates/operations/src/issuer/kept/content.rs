//! What is decided on: entry, evidence, grounds, criterion.

use std::collections::{BTreeMap, BTreeSet};

use curation::Sha256Hash;
use curation::criterion::{Answer, Answered, CriterionTest, EvidenceRef};
use curation::evidence::{EvidenceId, Grade, Grades};
use curation::proposal::Content;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use watchlist::format::v1;
use watchlist::{EntryId, IdentifierKind, ListedValue};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptContent {
    list_id: String,
    /// In the open list format.
    entry: String,
    evidence: Vec<KeptRef>,
    grounds: Vec<KeptGround>,
    criterion: [KeptAnswer; 5],
    based_on: Vec<String>,
    merges: Vec<String>,
    split_into: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct KeptRef {
    id: String,
    seal: String,
    captured_on: Date,
    origin: String,
    grades: [String; 3],
}

#[derive(Clone, Serialize, Deserialize)]
struct KeptGround {
    kind: String,
    value: String,
    evidence: Vec<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct KeptAnswer {
    answer: String,
    evidence: Vec<String>,
    remark: String,
}

impl KeptContent {
    pub(crate) fn of(content: &Content) -> Self {
        Self {
            list_id: content.list_id.clone(),
            entry: v1::write_entry(&content.entry),
            evidence: content.evidence.iter().map(KeptRef::of).collect(),
            grounds: content.grounds.iter().map(KeptGround::of).collect(),
            criterion: content.criterion.questions().map(|(_, answered)| KeptAnswer::of(answered)),
            based_on: content.based_on.iter().map(ToString::to_string).collect(),
            merges: content.merges.iter().map(|id| id.0.clone()).collect(),
            split_into: content.split_into.iter().map(|id| id.0.clone()).collect(),
        }
    }

    pub(crate) fn read(&self) -> Option<Content> {
        let (entry, problems) = v1::read_entry(&self.entry);
        let entry = entry.filter(|_| problems.is_empty())?;
        let [presents_itself, dutch_nexus, link, wrong_person_test, less_intrusive_possible] =
            self.criterion.each_ref().map(KeptAnswer::read);
        Some(Content {
            list_id: self.list_id.clone(),
            entry,
            evidence: self.evidence.iter().map(KeptRef::read).collect::<Option<_>>()?,
            grounds: self.grounds.iter().map(KeptGround::read).collect::<Option<BTreeMap<_, _>>>()?,
            criterion: CriterionTest {
                presents_itself: presents_itself?,
                dutch_nexus: dutch_nexus?,
                link: link?,
                wrong_person_test: wrong_person_test?,
                less_intrusive_possible: less_intrusive_possible?,
            },
            based_on: self.based_on.iter().map(|hex| Sha256Hash::from_hex(hex)).collect::<Option<_>>()?,
            merges: self.merges.iter().cloned().map(EntryId).collect(),
            split_into: self.split_into.iter().cloned().map(EntryId).collect(),
        })
    }
}

impl KeptRef {
    fn of(one: &EvidenceRef) -> Self {
        let grades = one.grades;
        Self {
            id: one.id.0.clone(),
            seal: one.seal.to_string(),
            captured_on: one.captured_on,
            origin: one.origin.clone(),
            grades: [grades.observation, grades.claim, grades.link].map(|grade| grade.to_string()),
        }
    }

    fn read(&self) -> Option<EvidenceRef> {
        let [observation, claim, link] = self.grades.each_ref().map(|text| Grade::read(text));
        Some(EvidenceRef {
            id: EvidenceId(self.id.clone()),
            seal: Sha256Hash::from_hex(&self.seal)?,
            captured_on: self.captured_on,
            origin: self.origin.clone(),
            grades: Grades { observation: observation?, claim: claim?, link: link? },
        })
    }
}

impl KeptGround {
    fn of((value, evidence): (&ListedValue, &BTreeSet<EvidenceId>)) -> Self {
        let evidence = evidence.iter().map(|id| id.0.clone()).collect();
        Self { kind: value.kind_name().to_owned(), value: value.text().to_owned(), evidence }
    }

    fn read(&self) -> Option<(ListedValue, BTreeSet<EvidenceId>)> {
        let evidence = self.evidence.iter().cloned().map(EvidenceId).collect();
        Some((listed_value(&self.kind, &self.value)?, evidence))
    }
}

/// A value of an entry from the word of its kind and its text.
pub(crate) fn listed_value(kind: &str, text: &str) -> Option<ListedValue> {
    let text = text.to_owned();
    Some(match kind {
        "name" => ListedValue::Name(text),
        "address" => ListedValue::Address(text),
        other => ListedValue::Identifier(IdentifierKind::from_wire_name(other)?, text),
    })
}

impl KeptAnswer {
    fn of(answered: &Answered) -> Self {
        Self {
            answer: answered.answer.word().to_owned(),
            evidence: answered.evidence.iter().map(|id| id.0.clone()).collect(),
            remark: answered.remark.clone(),
        }
    }

    fn read(&self) -> Option<Answered> {
        let evidence = self.evidence.iter().cloned().map(EvidenceId).collect();
        Some(Answered { answer: Answer::from_word(&self.answer)?, evidence, remark: self.remark.clone() })
    }
}
