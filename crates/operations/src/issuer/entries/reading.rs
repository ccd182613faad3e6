//! What people read of entries: the list of them, and everything about one on one page.

use curation::PersonId;
use curation::criterion::{CriterionTest, EvidenceRef, Missing, Verdict};
use curation::listing::{Listing, State};
use curation::proposal::Content;
use curation::{Action, Sha256Hash};
use jiff::Timestamp;
use jiff::civil::Date;
use store::{IssuerSide, Session};
use watchlist::{Entry, EntryId, ListedValue};

use super::{Handled, Rules, opened};
use crate::issuer::kept::entry::Pending;
use crate::issuer::{Error, people};

/// One entry for a list of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Summary {
    pub id: EntryId,
    pub title: String,
    /// `draft`, `proposed`, `seconded`, `approved`, `listed`, `suspended` or `withdrawn`.
    pub state: String,
    /// The state of a version that waits beside the listed one.
    pub next: Option<&'static str>,
    pub review_by: Option<Date>,
    pub last_observed: Option<Date>,
    pub evidence: usize,
    /// A voice waits for a second one.
    pub voice_waits: bool,
}

/// Shows the id only: entries are confidential.
impl std::fmt::Debug for Summary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Summary({}, {})", self.id, self.state)
    }
}

/// A signature that counts: who, and when it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    pub person: PersonId,
    pub at: Timestamp,
}

/// One piece of evidence on the page, with the values it stands behind.
#[derive(Clone)]
pub struct EvidenceLine {
    pub evidence: EvidenceRef,
    pub values: Vec<ListedValue>,
}

/// Everything about one entry: what approvers decide on, with the criterion and its verdict.
pub struct Page {
    pub summary: Summary,
    /// The version that waits, otherwise the listed one.
    pub entry: Entry,
    pub list: String,
    /// What approvals of that version sign; none for a draft.
    pub hash: Option<Sha256Hash>,
    pub evidence: Vec<EvidenceLine>,
    pub without_ground: Vec<ListedValue>,
    pub criterion: CriterionTest,
    /// What the criterion still lacks; empty where it is met.
    pub missing: Vec<Missing>,
    pub contributors: Vec<PersonId>,
    pub proposed: Option<Signed>,
    pub substance: Option<Signed>,
    pub proportion: Option<Signed>,
    /// Why it is suspended.
    pub suspended: Option<(PersonId, Timestamp, String)>,
    pub versions: u64,
}

/// All entries, by their ids.
///
/// # Errors
/// What the store says.
pub async fn list(session: &mut impl Session, by: &PersonId) -> Result<Vec<Summary>, Error> {
    let (unit, person) = people::acting(session, by).await?;
    check_may_read(&person)?;
    let mut summaries = Vec::new();
    for row in session.entries().all().await? {
        summaries.push(summary(&opened(row, &unit)?));
    }
    summaries.sort_by(|one, other| one.id.cmp(&other.id));
    Ok(summaries)
}

/// The listed entries that somebody must observe again by this day.
///
/// # Errors
/// What the store says.
pub async fn due(session: &mut impl Session, by: &PersonId, day: Date) -> Result<Vec<Summary>, Error> {
    let mut due = list(session, by).await?;
    due.retain(|one| one.review_by.is_some_and(|review_by| review_by <= day));
    due.sort_by(|one, other| one.review_by.cmp(&other.review_by).then_with(|| one.id.cmp(&other.id)));
    Ok(due)
}

/// Everything about one entry.
///
/// # Errors
/// [`Error::NotThere`].
pub async fn page(
    session: &mut impl Session,
    by: &PersonId,
    id: &EntryId,
    rules: &Rules,
    today: Date,
) -> Result<Page, Error> {
    let (unit, person) = people::acting(session, by).await?;
    check_may_read(&person)?;
    let handled = super::open(session, id, &unit).await?;
    let versions = handled.row.version;
    let content = content_of(&handled)?;
    let verdict =
        content.criterion.verdict(&content.evidence, content.entry.entry_type, &rules.limits, today);
    let missing = match verdict {
        Verdict::Meets => Vec::new(),
        Verdict::Lacks(missing) => missing,
    };
    let (hash, contributors, proposed, substance, proportion) = signatures(&handled);
    let suspended = match handled.opened.listing.as_ref().map(Listing::state) {
        Some(State::Suspended(one)) => Some((one.by.clone(), one.at, one.reason.clone())),
        _ => None,
    };
    Ok(Page {
        summary: summary(&handled),
        entry: content.entry.clone(),
        list: content.list_id.clone(),
        hash,
        evidence: content.evidence.iter().map(|one| line(one, content)).collect(),
        without_ground: content.without_ground(),
        criterion: content.criterion.clone(),
        missing,
        contributors,
        proposed,
        substance,
        proportion,
        suspended,
        versions,
    })
}

type Signatures = (Option<Sha256Hash>, Vec<PersonId>, Option<Signed>, Option<Signed>, Option<Signed>);

/// Hash, makers and signatures of the version that is shown.
fn signatures(handled: &Handled) -> Signatures {
    let accepted =
        |one: &curation::statement::Accepted| Signed { person: one.person().clone(), at: one.received_at() };
    let proposal = |proposed: &curation::proposal::Proposed| {
        let signed = Signed { person: proposed.proposed_by().clone(), at: proposed.proposed_at() };
        (Some(proposed.hash()), proposed.contributors().iter().cloned().collect::<Vec<_>>(), Some(signed))
    };
    let whole = |approved: &curation::proposal::ApprovedEntry| {
        let makers = approved.contributors().iter().cloned().collect();
        let (second, third) = (accepted(approved.substance()), accepted(approved.proportion()));
        (Some(approved.hash()), makers, None, Some(second), Some(third))
    };
    match (&handled.opened.pending, &handled.opened.listing) {
        (Some(Pending::Draft(draft)), _) => {
            (None, draft.contributors().iter().cloned().collect(), None, None, None)
        }
        (Some(Pending::Proposed(proposed)), _) => {
            let (hash, makers, by) = proposal(proposed);
            (hash, makers, by, None, None)
        }
        (Some(Pending::Seconded(seconded)), _) => {
            let (hash, makers, by) = proposal(seconded.proposed());
            (hash, makers, by, Some(accepted(seconded.substance())), None)
        }
        (Some(Pending::Approved(approved)), _) => whole(approved),
        (None, Some(listing)) => whole(listing.approved()),
        (None, None) => (None, Vec::new(), None, None, None),
    }
}

fn content_of(handled: &Handled) -> Result<&Content, Error> {
    match (&handled.opened.pending, &handled.opened.listing) {
        (Some(pending), _) => Ok(pending.content()),
        (None, Some(listing)) => Ok(listing.approved().content()),
        (None, None) => Err(Error::NothingPending { id: handled.row.id.0.clone() }),
    }
}

fn line(one: &EvidenceRef, content: &Content) -> EvidenceLine {
    let grounded = content.grounds.iter().filter(|(_, ids)| ids.contains(&one.id));
    EvidenceLine { evidence: one.clone(), values: grounded.map(|(value, _)| value.clone()).collect() }
}

fn summary(handled: &Handled) -> Summary {
    let content = content_of(handled).ok();
    let listed = handled.opened.listing.is_some();
    Summary {
        id: handled.row.id.clone(),
        title: content.map_or_else(String::new, |content| content.entry.title().to_owned()),
        state: handled.row.state.to_string(),
        next: handled.opened.pending.as_ref().filter(|_| listed).map(Pending::word),
        review_by: handled.row.review_by,
        last_observed: content.and_then(|content| content.entry.last_observed),
        evidence: content.map_or(0, |content| content.evidence.len()),
        voice_waits: !handled.opened.voices.is_empty(),
    }
}

/// Whoever takes part in making, approving, publishing or contesting may read entries; an auditor sees records only.
fn check_may_read(person: &curation::Person) -> Result<(), Error> {
    if person.may(Action::ViewEvidence) || person.may(Action::Release) || person.may(Action::Deliver) {
        return Ok(());
    }
    Ok(person.check(Action::ViewEvidence)?)
}
