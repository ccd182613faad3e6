//! Everything that was done with an application, and where it stands after that.
//!
//! A course is its events in order; the state follows from them. [`Course::take`] is the only way to add one, and what a
//! store kept goes the same way again: no state can be written down that nobody brought about.

use jiff::Timestamp;
use review::{Answer, Disposition, Ground, Review, Standing};
use serde::{Deserialize, Serialize};

use crate::check::{self, Check, CheckKind, Outcome};
use crate::deeds::DeedError;
use crate::level::{Level, Trigger};
use crate::policy::Policy;
use crate::screened::{EditionUsed, Failure, Force, Found, Screened};

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// May be provisioned until this moment.
    Clear {
        until: Timestamp,
    },
    HoldForData,
    HoldForReview,
    Refused,
    Expired,
}

/// Why an application is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    NotScreened,
    ScreeningFailed,
    StaleList,
    /// A person looks at a hit.
    Hit,
    /// A source answered, and does not confirm it.
    NotConfirmed(CheckKind),
    /// Somebody proposed to refuse; a second person is asked.
    RefusalProposed,
    /// The applicant was asked for it.
    Asked(CheckKind),
    Missing(CheckKind),
    /// The source did not answer.
    Unavailable(CheckKind),
    /// Too little is known of the applicant to exclude a hit.
    CannotTell,
}

/// What was done, in order.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The order came in. A hold ends at `expires_at` at the latest.
    Received { at: Timestamp, expires_at: Timestamp },
    /// The shop sent other facts: everything is looked at again.
    Changed { at: Timestamp, expires_at: Timestamp },
    /// The lists were asked, and the rules applied.
    Screened {
        at: Timestamp,
        screened: Screened,
        level: Level,
        triggers: Vec<Trigger>,
        required: Vec<CheckKind>,
        /// List and entry of the hits that a person has to look at.
        to_review: Vec<(String, String)>,
        clear_until: Timestamp,
    },
    /// Somebody asked the applicant for more.
    Asked { by: String, at: Timestamp, kinds: Vec<CheckKind> },
    /// Something was checked.
    Checked { check: Check },
    /// Somebody said what they make of a hit.
    Disposed { list: String, entry: String, disposition: Disposition },
    /// Somebody lets the applicant in.
    Released { by: String, at: Timestamp, note: String, clear_until: Timestamp, review_at: Timestamp },
    /// Somebody refuses, on a ground of the house's own.
    Refused { by: String, at: Timestamp, ground: Ground },
    /// The second person agrees to a refusal.
    Seconded { by: String, at: Timestamp },
    /// The second person does not agree.
    Objected { by: String, at: Timestamp, note: String },
    /// The longest time was over.
    Expired { at: Timestamp },
}

/// A hit that a person has to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnderReview {
    pub found: Found,
    pub review: Review,
}

/// An application from its first event to its last. See the module.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Event>", into = "Vec<Event>")]
pub struct Course {
    events: Vec<Event>,
    state: State,
    expires_at: Timestamp,
    pub(crate) screened: Option<Screened>,
    pub(crate) hits: Vec<UnderReview>,
    level: Level,
    triggers: Vec<Trigger>,
    required: Vec<CheckKind>,
    clear_until: Timestamp,
    checks: Vec<Check>,
    asked: Vec<CheckKind>,
    pub(crate) refusal: Option<(String, Ground)>,
    released_until: Option<Timestamp>,
    review_at: Option<Timestamp>,
    is_refused: bool,
    is_expired: bool,
}

impl State {
    pub const fn word(self) -> &'static str {
        match self {
            Self::Clear { .. } => "clear",
            Self::HoldForData => "hold_for_data",
            Self::HoldForReview => "hold_for_review",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }

    /// Whether somebody waits for it.
    pub const fn is_hold(self) -> bool {
        matches!(self, Self::HoldForData | Self::HoldForReview)
    }
}

impl Event {
    pub const fn at(&self) -> Timestamp {
        match self {
            Self::Received { at, .. }
            | Self::Changed { at, .. }
            | Self::Screened { at, .. }
            | Self::Asked { at, .. }
            | Self::Released { at, .. }
            | Self::Refused { at, .. }
            | Self::Seconded { at, .. }
            | Self::Objected { at, .. }
            | Self::Expired { at } => *at,
            Self::Checked { check } => check.taken_at,
            Self::Disposed { disposition, .. } => disposition.at,
        }
    }
}

impl Course {
    /// An application that came in.
    pub fn received(at: Timestamp, expires_at: Timestamp) -> Self {
        Self {
            events: vec![Event::Received { at, expires_at }],
            state: State::HoldForReview,
            expires_at,
            screened: None,
            hits: Vec::new(),
            level: Level::default(),
            triggers: Vec::new(),
            required: Vec::new(),
            clear_until: at,
            checks: Vec::new(),
            asked: Vec::new(),
            refusal: None,
            released_until: None,
            review_at: None,
            is_refused: false,
            is_expired: false,
        }
    }

    /// Takes what was done.
    ///
    /// # Errors
    /// A [`DeedError`] if it may not be done here, or not by this person; nothing changed then.
    pub fn take(&mut self, event: Event) -> Result<State, DeedError> {
        self.check(&event)?;
        let at = event.at();
        self.apply(&event)?;
        self.events.push(event);
        self.state = self.settled(at);
        Ok(self.state)
    }

    pub fn events(&self) -> &[Event] {
        &self.events
    }

    pub const fn state(&self) -> State {
        self.state
    }

    /// When a hold ends at the latest.
    pub const fn expires_at(&self) -> Timestamp {
        self.expires_at
    }

    pub fn received_at(&self) -> Timestamp {
        self.events.first().map_or(self.expires_at, Event::at)
    }

    pub const fn level(&self) -> Level {
        self.level
    }

    pub fn triggers(&self) -> &[Trigger] {
        &self.triggers
    }

    pub fn required(&self) -> &[CheckKind] {
        &self.required
    }

    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    pub fn hits(&self) -> &[UnderReview] {
        &self.hits
    }

    pub const fn screened(&self) -> Option<&Screened> {
        self.screened.as_ref()
    }

    /// Who proposed to refuse, and on which ground, where a second person is asked or has agreed.
    pub const fn refusal(&self) -> Option<&(String, Ground)> {
        self.refusal.as_ref()
    }

    /// When the customer is looked at again: the day that was set when somebody let them in, otherwise by their level from
    /// when the lists were asked. Nothing where they are not in.
    pub fn review_at(&self, policy: &Policy) -> Option<Timestamp> {
        if !matches!(self.state, State::Clear { .. }) {
            return None;
        }
        let by_level = || {
            let screened = self.events.iter().rfind(|event| matches!(event, Event::Screened { .. }))?;
            Some(policy.review_at(self.level, screened.at()))
        };
        self.released_until.and(self.review_at).or_else(by_level)
    }

    /// Whether a refusal would rest on a hit, so that two people are asked: on any that was not judged to be another party.
    pub fn rests_on_hit(&self) -> bool {
        self.hits.iter().any(|hit| hit.review.standing() != Standing::Judged(Answer::NotTheSame))
    }

    /// Why it is held at this moment; empty where nothing holds it.
    pub fn causes(&self, now: Timestamp) -> Vec<Cause> {
        let mut causes: Vec<Cause> = self.asked.iter().map(|kind| Cause::Asked(*kind)).collect();
        match &self.screened {
            None => causes.push(Cause::NotScreened),
            Some(Screened::Failed(_)) => causes.push(Cause::ScreeningFailed),
            Some(Screened::Done { cannot_tell: true, .. }) => causes.push(Cause::CannotTell),
            Some(Screened::Done { .. }) => {}
        }
        if self.screened.as_ref().is_some_and(Screened::is_stale) {
            causes.push(Cause::StaleList);
        }
        if !self.hits.is_empty() {
            causes.push(Cause::Hit);
        }
        if self.refusal.is_some() {
            causes.push(Cause::RefusalProposed);
        }
        causes.extend(self.required.iter().filter_map(|kind| {
            match check::standing(&self.checks, *kind, now) {
                Some(Outcome::Confirmed) => None,
                Some(Outcome::NotConfirmed) => Some(Cause::NotConfirmed(*kind)),
                Some(Outcome::Unavailable) => Some(Cause::Unavailable(*kind)),
                None => Some(Cause::Missing(*kind)),
            }
        }));
        causes
    }

    /// Whether the lists have to be asked (again): these are the editions that are installed now.
    pub fn needs_screening(&self, editions: &[EditionUsed]) -> bool {
        let is_over = matches!(self.state, State::Refused | State::Expired);
        !is_over && self.screened.as_ref().is_none_or(|screened| !screened.is_of(editions))
    }

    /// Why the screening failed, if it did.
    pub const fn failure(&self) -> Option<Failure> {
        match &self.screened {
            Some(Screened::Failed(why)) => Some(*why),
            _ => None,
        }
    }

    fn settled(&self, now: Timestamp) -> State {
        if self.is_refused {
            return State::Refused;
        }
        if self.is_expired {
            return State::Expired;
        }
        if let Some(until) = self.released_until {
            return State::Clear { until };
        }
        let causes = self.causes(now);
        if causes.is_empty() {
            return State::Clear { until: self.clear_until };
        }
        let is_asked = causes.iter().any(|cause| matches!(cause, Cause::Asked(_)));
        let by_person = causes.iter().any(|cause| cause.is_for_review());
        if by_person && !is_asked { State::HoldForReview } else { State::HoldForData }
    }

    fn apply(&mut self, event: &Event) -> Result<(), DeedError> {
        match event {
            Event::Received { .. } => {}
            Event::Changed { expires_at, .. } => {
                self.expires_at = *expires_at;
                (self.screened, self.released_until, self.is_expired) = (None, None, false);
                self.asked.clear();
                self.required.clear();
            }
            Event::Screened { at, screened, level, triggers, required, to_review, clear_until } => {
                let found = screened.found().iter();
                let wanted = found.filter(|one| to_review.iter().any(|(list, entry)| one.is(list, entry)));
                self.hits = wanted.map(|one| self.continued(one, *at)).collect();
                self.screened = Some(screened.clone());
                (self.level, self.clear_until) = (*level, *clear_until);
                self.triggers.clone_from(triggers);
                self.required.clone_from(required);
                if !self.release_still_holds() {
                    self.released_until = None;
                }
            }
            Event::Asked { kinds, .. } => {
                self.asked.extend(kinds);
                self.asked.sort_unstable();
                self.asked.dedup();
            }
            Event::Checked { check } => {
                self.asked.retain(|kind| *kind != check.kind);
                self.checks.push(check.clone());
            }
            Event::Disposed { list, entry, disposition } => {
                let hit = self.hits.iter_mut().find(|hit| hit.found.is(list, entry));
                hit.ok_or(DeedError::NoHit)?.review.dispose(disposition.clone())?;
            }
            Event::Released { clear_until, review_at, .. } => {
                (self.released_until, self.review_at) = (Some(*clear_until), Some(*review_at));
                self.asked.clear();
            }
            Event::Refused { by, ground, .. } => {
                self.is_refused = !self.rests_on_hit();
                self.refusal = Some((by.clone(), ground.clone()));
                self.released_until = None;
            }
            Event::Seconded { .. } => self.is_refused = true,
            Event::Objected { .. } => self.refusal = None,
            Event::Expired { .. } => {
                (self.is_expired, self.released_until, self.refusal) = (true, None, None);
            }
        }
        Ok(())
    }

    /// What was said of the same hit comes along; it is opened again where a compared value changed.
    fn continued(&self, found: &Found, at: Timestamp) -> UnderReview {
        let before = self.hits.iter().find(|hit| hit.found.is(&found.list, &found.entry));
        let review = before.map_or_else(
            || Review::new(found.class),
            |one| Review::continued(&one.review, found.class, one.found.compared != found.compared, at),
        );
        UnderReview { found: found.clone(), review }
    }

    /// Whether what somebody let in may stay so after the lists were asked again.
    fn release_still_holds(&self) -> bool {
        let done = matches!(self.screened, Some(Screened::Done { .. }));
        let judged = |hit: &UnderReview| match hit.review.standing() {
            Standing::Judged(Answer::NotTheSame) => true,
            Standing::Judged(Answer::Same) => hit.found.force != Force::Binding,
            _ => false,
        };
        done && self.hits.iter().all(judged)
    }
}

impl Cause {
    /// Whether a person has to look, rather than the applicant to bring something.
    const fn is_for_review(self) -> bool {
        matches!(
            self,
            Self::NotScreened
                | Self::ScreeningFailed
                | Self::StaleList
                | Self::Hit
                | Self::NotConfirmed(_)
                | Self::RefusalProposed
        )
    }
}

impl Found {
    pub fn is(&self, list: &str, entry: &str) -> bool {
        self.list == list && self.entry == entry
    }
}

impl TryFrom<Vec<Event>> for Course {
    type Error = DeedError;

    fn try_from(events: Vec<Event>) -> Result<Self, DeedError> {
        let mut events = events.into_iter();
        let Some(Event::Received { at, expires_at }) = events.next() else {
            return Err(DeedError::NoBeginning);
        };
        let mut course = Self::received(at, expires_at);
        for event in events {
            course.take(event)?;
        }
        Ok(course)
    }
}

impl From<Course> for Vec<Event> {
    fn from(course: Course) -> Self {
        course.events
    }
}

/// Shows the state and how much happened.
impl std::fmt::Debug for Course {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Course({}, {} events)", self.state.word(), self.events.len())
    }
}

/// Shows what kind of event it is: notes and grounds are confidential.
impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Event({} at {})", self.word(), self.at())
    }
}

impl Event {
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Received { .. } => "received",
            Self::Changed { .. } => "changed",
            Self::Screened { .. } => "screened",
            Self::Asked { .. } => "asked",
            Self::Checked { .. } => "checked",
            Self::Disposed { .. } => "disposed",
            Self::Released { .. } => "released",
            Self::Refused { .. } => "refused",
            Self::Seconded { .. } => "seconded",
            Self::Objected { .. } => "objected",
            Self::Expired { .. } => "expired",
        }
    }
}
