//! Orders of new customers: what the shop knew, what was checked, and how each ended.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use sqlx::Row as _;

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, Cell, subject};
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

    /// Those with one of these ids, in no order.
    pub async fn with_ids(&mut self, ids: &[String]) -> Result<Vec<Application>, Error> {
        rows::with_ids(self.0, ids).await
    }

    /// Those of these orders, in no order; an order that is not known has none.
    pub async fn of_orders(&mut self, ordered: &[String]) -> Result<Vec<Application>, Error> {
        rows::with_secrets(self.0, "ordered", ordered).await
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

    /// How many came since a moment.
    pub async fn count_since(&mut self, since: Timestamp) -> Result<u64, Error> {
        rows::count(self.0, &APPLICATIONS, "received_at >= $1", &[rows::value(&since)]).await
    }

    /// Those that came since a moment.
    pub async fn since(&mut self, since: Timestamp) -> Result<Vec<Application>, Error> {
        rows::those(self.0, "received_at >= $1", &[rows::value(&since)]).await
    }

    /// How many came since a moment with each of these mail addresses; none where an address is not there.
    pub async fn counts_with_email(
        &mut self,
        emails: &BTreeSet<String>,
        since: Timestamp,
    ) -> Result<BTreeMap<String, u64>, Error> {
        self.counts_with("email", emails, since).await
    }

    /// How many came since a moment with each of these phone numbers; none where a number is not there.
    pub async fn counts_with_phone(
        &mut self,
        phones: &BTreeSet<String>,
        since: Timestamp,
    ) -> Result<BTreeMap<String, u64>, Error> {
        self.counts_with("phone", phones, since).await
    }

    async fn counts_with(
        &mut self,
        column: &str,
        values: &BTreeSet<String>,
        since: Timestamp,
    ) -> Result<BTreeMap<String, u64>, Error> {
        let parts = self.0.parts();
        let of: BTreeMap<String, &String> = values
            .iter()
            .map(|value| (parts.vault.lookup(APPLICATIONS.name, column, value), value))
            .collect();
        let indexes: Vec<&String> = of.keys().collect();
        let mut counts = BTreeMap::new();
        for some in indexes.chunks(rows::AT_ONCE) {
            let index = format!("{column}_index");
            let among = rows::among(&index, some.len());
            let sql = format!(
                "SELECT {index}, COUNT(*) FROM {} WHERE {among} AND received_at >= ${} GROUP BY {index}",
                APPLICATIONS.name,
                some.len() + 1
            );
            let mut cells: Vec<Cell> = some.iter().map(|index| Cell::Text(Some((*index).clone()))).collect();
            cells.push(Cell::from(&rows::value(&since)));
            for row in rows::fetch(self.0.parts().conn, sql, cells, "count rows").await? {
                let wrong = |error| Error::from_sqlx("count rows", error);
                let index: String = row.try_get(0).map_err(wrong)?;
                let count: i64 = row.try_get(1).map_err(wrong)?;
                counts.extend(of.get(&index).map(|value| ((*value).clone(), count.unsigned_abs())));
            }
        }
        Ok(counts)
    }
}

impl Applications<'_, Act> {
    /// Adds several at once.
    pub async fn add_all(&mut self, applications: &[Application]) -> Result<(), Error> {
        rows::add_all(self.0, applications).await
    }

    /// Stores several that changed, if nobody else changed one since it was read.
    pub async fn change_all(&mut self, applications: &[Application]) -> Result<(), Error> {
        rows::change_all(self.0, applications).await
    }

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
