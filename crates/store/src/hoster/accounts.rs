//! Who may log in at the web desk. The id is the code of the person, as it stands in the audit records.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{PersonId, Revision};

subject! {
    /// States `active` and `disabled`; the payload holds the hash of the password, and what the person may do.
    Account, PersonId, ACCOUNTS = "accounts", "account",
    {}
}

/// Questions about accounts.
pub struct Accounts<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Accounts<'_, S> {
    pub async fn of(&mut self, person: &PersonId) -> Result<Option<Account>, Error> {
        rows::one(self.0, &person.0).await
    }

    pub async fn all(&mut self) -> Result<Vec<Account>, Error> {
        rows::those(self.0, "1 = 1", &[]).await
    }
}

impl Accounts<'_, Act> {
    pub async fn add(&mut self, account: &Account) -> Result<Revision, Error> {
        rows::add(self.0, account).await
    }

    pub async fn change(&mut self, account: &Account) -> Result<Revision, Error> {
        rows::change(self.0, account).await
    }
}
