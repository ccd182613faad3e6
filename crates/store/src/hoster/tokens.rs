//! What other programs log in with. A token is shown once; here lies its hash.

use crate::act::Act;
use crate::error::Error;
use crate::rows::{self, subject};
use crate::session::Session;
use crate::values::{PersonId, Revision, ids};

ids! {
    /// The part of a token that names it and opens nothing.
    TokenId,
}

subject! {
    /// States `active` and `revoked`; the payload holds the hash, what the token may do, and until when.
    Token, TokenId, TOKENS = "tokens", "token",
    {
        /// In whose name the program acts.
        person: text PersonId,
    }
}

/// Questions about tokens.
pub struct Tokens<'a, S>(pub(crate) &'a mut S);

impl<S: Session> Tokens<'_, S> {
    pub async fn with_id(&mut self, id: &TokenId) -> Result<Option<Token>, Error> {
        rows::one(self.0, &id.0).await
    }

    pub async fn of(&mut self, person: &PersonId) -> Result<Vec<Token>, Error> {
        rows::those(self.0, "person = $1", &[rows::value(person)]).await
    }
}

impl Tokens<'_, Act> {
    pub async fn add(&mut self, token: &Token) -> Result<Revision, Error> {
        rows::add(self.0, token).await
    }

    pub async fn change(&mut self, token: &Token) -> Result<Revision, Error> {
        rows::change(self.0, token).await
    }
}
