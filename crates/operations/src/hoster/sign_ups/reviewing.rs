//! What people do with an application: ask for more, note what was checked, judge hits, let in, refuse.

use jiff::Timestamp;
use kyc::facts::{Said, Source};
use kyc::{Check, CheckKind, Event, Outcome, Policy, State};
use review::{Disposition, Ground, ReasonCode};
use store::hoster::applications::ApplicationId;
use store::{Deed, HosterSide, PersonId, Store};

use super::{KeptApplication, SignUpError, read, with};
use crate::hoster::reviews::ReviewError;
use crate::hoster::{actor, subjects, with_note};

/// Who does something with which application, and when.
#[derive(Clone, Copy, Debug)]
pub struct Doing<'a> {
    pub person: &'a PersonId,
    pub id: &'a str,
    /// How much had happened when the person looked; if more has, nothing is done.
    pub seen: Option<usize>,
    pub now: Timestamp,
}

/// What was checked, in a person's or a connector's words.
#[derive(Clone, Copy)]
pub struct Noted<'a> {
    pub kind: CheckKind,
    pub source: &'a str,
    pub outcome: Outcome,
    /// By which the source finds its answer again.
    pub proof: Option<&'a str>,
    /// Whom the source names, where it names anybody.
    pub named: Option<&'a str>,
}

impl<'a> Noted<'a> {
    /// What a register said.
    pub fn of(source: Source, said: &'a Said) -> Self {
        Self {
            kind: source.kind(),
            source: source.name(),
            outcome: said.outcome,
            proof: said.proof.as_deref(),
            named: said.name.as_deref(),
        }
    }
}

/// Shows kind and outcome.
impl std::fmt::Debug for Noted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Noted({}, {})", self.kind.word(), self.outcome.word())
    }
}

/// The longest name of a source, and the longest number of an answer, in characters.
pub const LONGEST_SOURCE: usize = 200;

/// Notes that the applicant was asked for more.
///
/// # Errors
/// A [`SignUpError`].
pub async fn ask(store: &Store, doing: Doing<'_>, kinds: &[CheckKind]) -> Result<State, SignUpError> {
    let event = Event::Asked { by: doing.by(), at: doing.now, kinds: kinds.to_vec() };
    take(store, doing, event, ("ask_applicant", "more is asked"), "").await
}

/// Notes what was checked. The document itself is kept nowhere.
///
/// # Errors
/// A [`SignUpError`].
pub async fn note_check(
    store: &Store,
    doing: Doing<'_>,
    noted: Noted<'_>,
    policy: &Policy,
) -> Result<State, SignUpError> {
    for (field, text) in [("source", noted.source), ("proof", noted.proof.unwrap_or("-"))] {
        let length = text.trim().chars().count();
        if length == 0 || length > LONGEST_SOURCE {
            let found = format!("has {length} characters");
            let expected = format!("1 to {LONGEST_SOURCE}");
            return Err(kyc::Unusable { field, found, expected }.into());
        }
    }
    let check = Check {
        kind: noted.kind,
        source: noted.source.trim().to_owned(),
        outcome: noted.outcome,
        proof: noted.proof.map(|text| text.trim().to_owned()),
        named: noted.named.map(str::to_owned),
        by: doing.by(),
        taken_at: doing.now,
        valid_until: policy.check_until(noted.kind, doing.now),
    };
    take(store, doing, Event::Checked { check }, ("check_applicant", noted.kind.word()), "").await
}

/// Takes a person's answer to a hit; two people are asked where they are for customers.
///
/// # Errors
/// A [`SignUpError`].
pub async fn judge(
    store: &Store,
    doing: Doing<'_>,
    (list, entry): (&str, &str),
    reason: ReasonCode,
    note: &str,
) -> Result<State, SignUpError> {
    let disposition =
        Disposition { answer: reason.answer(), reason, note: note.to_owned(), by: doing.by(), at: doing.now };
    let event = Event::Disposed { list: list.to_owned(), entry: entry.to_owned(), disposition };
    take(store, doing, event, ("judge_applicant", reason.word()), note).await
}

/// Begins anew: lists are asked again, and what was checked counts as long as it is valid. For customers whose day has
/// come, and for those of whom something changed.
///
/// # Errors
/// A [`SignUpError`].
pub async fn look_again(store: &Store, doing: Doing<'_>, policy: &Policy) -> Result<State, SignUpError> {
    let event = Event::Changed { at: doing.now, expires_at: policy.hold_until(doing.now) };
    take(store, doing, event, ("look_again", "looked at again"), "").await
}

/// Lets the applicant in.
///
/// # Errors
/// A [`SignUpError`].
pub async fn release(
    store: &Store,
    doing: Doing<'_>,
    note: &str,
    policy: &Policy,
) -> Result<State, SignUpError> {
    let level = super::one(&mut store.look().await?, doing.id).await?.kept.course.level();
    let event = Event::Released {
        by: doing.by(),
        at: doing.now,
        note: note.to_owned(),
        clear_until: policy.clear_until(doing.now),
        review_at: policy.review_at(level, doing.now),
    };
    take(store, doing, event, ("release_application", level.word()), note).await
}

/// Refuses, on a ground of the house's own; where it rests on a hit, a second person has to agree.
///
/// # Errors
/// A [`SignUpError`].
pub async fn refuse(store: &Store, doing: Doing<'_>, ground: Ground) -> Result<State, SignUpError> {
    let (kind, text) = (ground.kind.word(), ground.text.clone());
    let event = Event::Refused { by: doing.by(), at: doing.now, ground };
    take(store, doing, event, ("refuse_application", kind), &text).await
}

/// The second person agrees to a refusal.
///
/// # Errors
/// A [`SignUpError`].
pub async fn second(store: &Store, doing: Doing<'_>) -> Result<State, SignUpError> {
    let event = Event::Seconded { by: doing.by(), at: doing.now };
    take(store, doing, event, ("second_refusal", "agreed"), "").await
}

/// The second person does not agree.
///
/// # Errors
/// A [`SignUpError`].
pub async fn object(store: &Store, doing: Doing<'_>, note: &str) -> Result<State, SignUpError> {
    let event = Event::Objected { by: doing.by(), at: doing.now, note: note.to_owned() };
    take(store, doing, event, ("object_to_refusal", "not agreed"), note).await
}

impl Doing<'_> {
    fn by(&self) -> String {
        self.person.0.clone()
    }
}

async fn take(
    store: &Store,
    doing: Doing<'_>,
    event: Event,
    (action, ground): (&str, &str),
    note: &str,
) -> Result<State, SignUpError> {
    let mut act = store.act(actor(doing.person), doing.now).await?;
    let row = act.applications().with_id(&ApplicationId(doing.id.to_owned())).await?;
    let row = row.ok_or_else(|| SignUpError::NotThere(doing.id.to_owned()))?;
    let mut kept: KeptApplication = read(&row)?;
    if doing.seen.is_some_and(|seen| seen != kept.course.events().len()) {
        return Err(SignUpError::Changed);
    }
    if let Some(customer) = &kept.customer {
        match subjects::check_not_restricted(&mut act, customer).await {
            Ok(()) => {}
            Err(ReviewError::Store(error)) => return Err(error.into()),
            Err(_) => return Err(SignUpError::Restricted),
        }
    }
    let state = kept.course.take(event)?;
    act.applications().change(&with(row, &kept)).await?;
    act.commit(with_note(Deed::new(action, "application", doing.id, ground)?, note)).await?;
    Ok(state)
}
