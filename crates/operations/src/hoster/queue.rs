//! The queue in memory: what a reviewer chooses from, kept up to date by what the audit chain says has changed.
//!
//! Hits are encrypted, so a question such as "which customers have `relay` in their name" means opening all of them.
//! They are opened once; afterwards only those that an act touched are opened again. Nothing depends on clocks, and
//! another process that judges hits is noticed like one's own.

use std::collections::HashMap;

use jiff::civil::Date;
use review::{Answer, Class, Reopening, Standing};
use store::hoster::screenings::{Hit, HitId, ScreeningId};
use store::{BothSides, HosterSide, Look};

use super::reviews::{ReviewError, number_of};
use super::screenings::{self, Reviewed};

/// The hits of the screening that was kept last; the surest first.
#[derive(Default)]
pub struct Queue {
    screening: Option<ScreeningId>,
    /// Acts that are taken account of.
    acts: u64,
    rows: Vec<Waiting>,
    /// Place in `rows` by number.
    places: HashMap<usize, usize>,
}

/// One hit, as a line of the queue.
#[derive(Clone, PartialEq)]
pub struct Waiting {
    /// From 1, as the screening found them.
    pub number: usize,
    pub class: Class,
    /// 0..1.
    pub score: f64,
    pub standing: Standing,
    pub customer_id: String,
    pub customer_name: String,
    pub list: String,
    pub entry_id: String,
    pub entry_name: String,
    /// Who answered last.
    pub last_by: Option<String>,
    /// Who works on it.
    pub assigned_to: Option<String>,
    /// The day by which it is to be answered.
    pub due_on: Option<Date>,
    /// Names and ids of both sides in small letters, one after the other.
    searched: String,
}

/// Shows no customer and no entry.
impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Waiting({}, {:?}, {:?})", self.number, self.class, self.standing)
    }
}

/// Shows how much there is.
impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Queue({} hits, up to act {})", self.rows.len(), self.acts)
    }
}

impl Waiting {
    /// Whether somebody has to do something about it.
    pub fn is_open(&self) -> bool {
        !matches!(self.standing, Standing::Judged(Answer::Same | Answer::NotTheSame))
    }

    /// Whether it was to be answered by this day, and was not.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.is_open() && self.due_on.is_some_and(|due| due < today)
    }

    /// Whether `person` works on it, and it is not done.
    pub fn is_mine(&self, person: &str) -> bool {
        self.is_open() && self.assigned_to.as_deref() == Some(person)
    }

    /// Whether it waits for a second person.
    pub fn awaits_second(&self) -> bool {
        matches!(self.standing, Standing::AwaitsSecond(_))
    }

    /// Whether it was opened again.
    pub fn is_reopened(&self) -> bool {
        matches!(self.standing, Standing::Reopened(_))
    }

    /// Whether it waits for a second person, and `person` was the first.
    pub fn waits_for_another_than(&self, person: &str) -> bool {
        self.awaits_second() && self.last_by.as_deref() == Some(person)
    }

    /// Whether names or ids of either side have these words in them, in small letters; no words are in all of them.
    pub fn mentions(&self, words: &str) -> bool {
        self.searched.contains(words)
    }

    fn of(row: &Hit) -> Result<Self, store::Error> {
        let reviewed: Reviewed = screenings::read(row)?;
        let standing = match reviewed.review.standing() {
            // Nobody had answered when the issuer withdrew the entry, so the review has no event of it.
            Standing::Open if row.state.as_str() == "reopened" => Standing::Reopened(Reopening::Retraction),
            standing => standing,
        };
        let last_by = reviewed.review.events().iter().rev().find_map(|event| match event {
            review::Event::Disposed(one) => Some(one.by.clone()),
            review::Event::Reopened { .. } => None,
        });
        let hit = reviewed.hit;
        // A line feed stands in no name, so nothing is found across two of them.
        let texts = [&*hit.customer_id, &*hit.customer_name, &*hit.entry_id, &*hit.entry_name];
        let searched = texts.join("\n").to_lowercase();
        Ok(Self {
            searched,
            number: number_of(row),
            class: Class::from_word(&hit.class).unwrap_or(Class::Strong),
            score: hit.score,
            standing,
            customer_id: hit.customer_id,
            customer_name: hit.customer_name,
            list: hit.list,
            entry_id: hit.entry_id,
            entry_name: hit.entry_name,
            last_by,
            assigned_to: reviewed.work.assigned_to,
            due_on: reviewed.work.due_on,
        })
    }
}

impl Queue {
    /// All hits; nothing was kept yet where there is no screening.
    pub fn rows(&self) -> &[Waiting] {
        &self.rows
    }

    /// Whether a screening was kept.
    pub fn is_screened(&self) -> bool {
        self.screening.is_some()
    }

    pub fn numbered(&self, number: usize) -> Option<&Waiting> {
        self.rows.get(*self.places.get(&number)?)
    }

    /// Takes account of what happened since the last time.
    ///
    /// # Errors
    /// What the store says. The queue stays as it was.
    pub async fn refresh(&mut self, look: &mut Look) -> Result<(), ReviewError> {
        let acts = look.audit().count().await?;
        // A look that was opened before another one refreshed the queue knows less than the queue does.
        if acts <= self.acts {
            return Ok(());
        }
        let changed = match self.screening {
            Some(_) => self.changed(look).await?,
            None => None,
        };
        match changed {
            Some(ids) => self.open_again(look, &ids).await?,
            None => self.load(look).await?,
        }
        self.acts = acts;
        Ok(())
    }

    /// Which hits were touched since; nothing where a new screening came, or too much happened to go through.
    async fn changed(&self, look: &mut Look) -> Result<Option<Vec<String>>, ReviewError> {
        let acts = look.audit().after(self.acts).await?;
        let (last, all) = (acts.last().map_or(self.acts, |act| act.seq), look.audit().count().await?);
        let touched: Vec<&(String, String)> = acts.iter().flat_map(|act| &act.touched).collect();
        if last != all || touched.iter().any(|(kind, _)| kind == "screening") {
            return Ok(None);
        }
        let hits = touched.iter().filter(|(kind, _)| kind == "hit").map(|(_, id)| id.clone());
        Ok(Some(hits.collect()))
    }

    async fn open_again(&mut self, look: &mut Look, ids: &[String]) -> Result<(), ReviewError> {
        for id in ids {
            let Some(hit) = look.screenings().hit(&HitId(id.clone())).await? else {
                // It was erased, and with it its place.
                return self.load(look).await;
            };
            // A retraction also touches hits of earlier screenings.
            if Some(&hit.screening) != self.screening.as_ref() {
                continue;
            }
            let waiting = Waiting::of(&hit)?;
            if let Some(place) = self.places.get(&waiting.number) {
                self.rows[*place] = waiting;
            }
        }
        Ok(())
    }

    async fn load(&mut self, look: &mut Look) -> Result<(), ReviewError> {
        let newest = look.screenings().newest().await?.map(|row| row.id);
        let hits = match &newest {
            Some(id) => look.screenings().hits_of(id).await?,
            None => Vec::new(),
        };
        let mut rows = hits.iter().map(Waiting::of).collect::<Result<Vec<_>, _>>()?;
        rows.sort_by(|one, other| {
            let class = |row: &Waiting| Class::ALL.iter().position(|class| *class == row.class);
            let score = other.score.total_cmp(&one.score);
            class(one).cmp(&class(other)).then(score).then(one.number.cmp(&other.number))
        });
        let places = rows.iter().enumerate().map(|(place, row)| (row.number, place)).collect();
        (self.screening, self.rows, self.places) = (newest, rows, places);
        Ok(())
    }
}
