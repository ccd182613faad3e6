//! What is decided on: the entry, the evidence for each of its values, and the criterion.

use std::collections::{BTreeMap, BTreeSet};

use watchlist::compile::normal_form;
use watchlist::format::v1::write_entry;
use watchlist::{Entry, EntryId, ListedValue, Status};

use crate::criterion::{CriterionTest, EvidenceRef};
use crate::evidence::EvidenceId;
use crate::{Canonical, PersonId, Sha256Hash};

/// Everything that approvers decide on.
///
/// Fields are public: any content can be written down. What may be proposed is checked by
/// [`super::Draft::propose`], and from then on the content is held fast by its hash.
#[derive(Clone, PartialEq)]
pub struct Content {
    pub list_id: String,
    /// The entry as it will leave. Status, withdrawal and revision are no part of what is approved.
    pub entry: Entry,
    pub evidence: Vec<EvidenceRef>,
    /// Which evidence stands behind each name, identifier and address.
    pub grounds: BTreeMap<ListedValue, BTreeSet<EvidenceId>>,
    pub criterion: CriterionTest,
    /// Hashes of the approved versions that this one is to replace; empty for a new entry.
    pub based_on: BTreeSet<Sha256Hash>,
    /// Other entries that are taken up in this one.
    pub merges: BTreeSet<EntryId>,
    /// All entries that an earlier one is split into, this one among them; empty without a split.
    pub split_into: BTreeSet<EntryId>,
}

/// Shows the id only: contents are confidential.
impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Content({})", self.entry.id)
    }
}

impl Content {
    /// Content for a new entry, without evidence so far.
    pub fn new(list_id: impl Into<String>, entry: Entry) -> Self {
        Self {
            list_id: list_id.into(),
            entry: normal_form(entry),
            evidence: Vec::new(),
            grounds: BTreeMap::new(),
            criterion: CriterionTest::default(),
            based_on: BTreeSet::new(),
            merges: BTreeSet::new(),
            split_into: BTreeSet::new(),
        }
    }

    /// The values of the entry that no evidence stands behind, or only such as is not attached.
    pub fn without_ground(&self) -> Vec<ListedValue> {
        let attached = |id: &EvidenceId| self.evidence.iter().any(|one| one.id == *id);
        let grounded =
            |value: &ListedValue| self.grounds.get(value).is_some_and(|ids| ids.iter().any(attached));
        self.entry.values().filter(|value| !grounded(value)).collect()
    }

    /// The entry as it is approved: active, without a revision of its own.
    pub(crate) fn plain_entry(&self) -> Entry {
        let mut entry = normal_form(self.entry.clone());
        entry.revision = 1;
        entry.status = Status::Active;
        entry.withdrawal = None;
        entry
    }

    /// The hash that approvals sign. Those who had a hand in the content are part of it, so that nobody
    /// can be taken out of the record and then approve.
    pub(super) fn hash(&self, contributors: &BTreeSet<PersonId>) -> Sha256Hash {
        let mut evidence: Vec<Vec<u8>> =
            self.evidence.iter().map(|one| one.canonical().into_bytes()).collect();
        evidence.sort();
        let grounds = self.grounds.iter().map(|(value, ids)| {
            Canonical::new("havenmeester ground 1")
                .text("kind", value.kind_name())
                .text("value", value.text())
                .list("evidence", ids.iter().map(|id| id.0.as_str()))
                .into_bytes()
        });
        Canonical::new("havenmeester proposal 1")
            .text("list", &self.list_id)
            .text("entry", write_entry(&self.plain_entry()))
            .list("evidence", evidence)
            .list("grounds", grounds)
            .list("criterion", [self.criterion.canonical().into_bytes()])
            .list("based on", self.based_on.iter().map(|hash| hash.0))
            .list("merges", self.merges.iter().map(|id| id.0.as_str()))
            .list("split into", self.split_into.iter().map(|id| id.0.as_str()))
            .list("contributors", contributors.iter().map(PersonId::as_str))
            .hash()
    }
}
