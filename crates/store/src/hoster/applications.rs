//! Orders of new customers: what the shop knew, what was checked, and how each ended.

use jiff::Timestamp;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{Revision, Word, ids};

ids! {
    /// What the shop is given. It is drawn, so that nobody counts or guesses others.
    ApplicationId,
}

subject! {
    /// The state is `received` before the lists were asked, then where the application stands; the payload holds the facts,
    /// everything that was done, and what was found.
    Application, ApplicationId, APPLICATIONS = "applications", "application",
    {
        /// The shop and its own number of the order: there is one application for each.
        ordered: secret String,
        /// The shop's own number of the customer, where it has one already.
        customer: secret Option<String>,
        /// By which the same applicant is known again.
        email: secret Option<String>,
        phone: secret Option<String>,
        received_at: text Timestamp,
    }
}

/// Questions about applications.
pub struct Applications<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Applications<'_, S> {
    pub async fn with_id(&mut self, id: &ApplicationId) -> Result<Option<Application>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn of_order(&mut self, ordered: &str) -> Result<Option<Application>, Error> {
        Ok(rows::with_secret(self.0, "ordered", ordered).await?.pop())
    }

    pub async fn of_customer(&mut self, customer: &str) -> Result<Vec<Application>, Error> {
        rows::with_secret(self.0, "customer", customer).await
    }

    pub async fn in_state(&mut self, state: &Word) -> Result<Vec<Application>, Error> {
        rows::those(self.0, "state = $1", &[rows::value(state)]).await
    }

    /// How many are in a state.
    pub async fn count_in_state(&mut self, state: &Word) -> Result<u64, Error> {
        rows::count(self.0, &APPLICATIONS, "state = $1", &[rows::value(state)]).await
    }

    /// At most so many of those in a state, those that came first.
    pub async fn first_in_state(&mut self, state: &Word, most: u32) -> Result<Vec<Application>, Error> {
        let condition = format!(
            "id IN (SELECT id FROM applications WHERE state = $1 ORDER BY received_at, id LIMIT {most})"
        );
        rows::those(self.0, &condition, &[rows::value(state)]).await
    }

    /// Those that came since a moment.
    pub async fn since(&mut self, since: Timestamp) -> Result<Vec<Application>, Error> {
        rows::those(self.0, "received_at >= $1", &[rows::value(&since)]).await
    }

    /// How many came since a moment with this mail address.
    pub async fn count_with_email(&mut self, email: &str, since: Timestamp) -> Result<u64, Error> {
        self.count_with("email", email, since).await
    }

    /// How many came since a moment with this phone number.
    pub async fn count_with_phone(&mut self, phone: &str, since: Timestamp) -> Result<u64, Error> {
        self.count_with("phone", phone, since).await
    }

    async fn count_with(&mut self, column: &str, value: &str, since: Timestamp) -> Result<u64, Error> {
        let index = self.0.parts().vault.lookup(APPLICATIONS.name, column, value);
        let condition = format!("{column}_index = $1 AND received_at >= $2");
        rows::count(self.0, &APPLICATIONS, &condition, &[rows::value(&index), rows::value(&since)]).await
    }
}

impl Applications<'_, Act> {
    pub async fn add(&mut self, application: &Application) -> Result<Revision, Error> {
        rows::add(self.0, application).await
    }

    pub async fn change(&mut self, application: &Application) -> Result<Revision, Error> {
        rows::change(self.0, application).await
    }

    /// Removes an application; that it was there stays in the audit chain, without what it held.
    pub async fn remove(&mut self, application: &Application) -> Result<(), Error> {
        rows::remove::<Application>(self.0, &application.id.0, application.revision).await
    }
}
