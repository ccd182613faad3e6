//! What somebody wants to be reminded of: a partner that did not answer, an edition that expires.

use jiff::civil::Date;

use crate::act::Act;
use crate::error::Error;
use crate::issuer::partners::PartnerId;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! { ReminderId }

subject! {
    /// States such as `open`, `sent`, `done`.
    Reminder, ReminderId, REMINDERS = "reminders", "reminder",
    { partner: text Option<PartnerId>, due_on: text Date }
}

/// Questions about reminders.
pub struct Reminders<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Reminders<'_, S> {
    /// Reminders in this state that are due by this day.
    pub async fn due(&mut self, state: &Word, day: Date) -> Result<Vec<Reminder>, Error> {
        rows::those(self.0, "state = $1 AND due_on <= $2", &[rows::value(state), rows::value(&day)]).await
    }

    pub async fn for_partner(&mut self, partner: &PartnerId) -> Result<Vec<Reminder>, Error> {
        rows::those(self.0, "partner = $1", &[rows::value(partner)]).await
    }
}

impl Reminders<'_, Act> {
    pub async fn add(&mut self, reminder: &Reminder) -> Result<Revision, Error> {
        rows::add(self.0, reminder).await
    }

    pub async fn change(&mut self, reminder: &Reminder) -> Result<Revision, Error> {
        rows::change(self.0, reminder).await
    }

    pub async fn remove(&mut self, id: &ReminderId, seen: Revision) -> Result<(), Error> {
        rows::remove::<Reminder>(self.0, &id.0, seen).await
    }
}
