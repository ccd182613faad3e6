//! Who logged in, and who tried to: records of the chain. What somebody did later rests on who they were taken for.

use jiff::Timestamp;
use store::{Actor, Deed, HosterSide, PersonId, Store};

use super::{actor, word};

/// What a login rested on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    Password,
    PasswordAndCode,
    IdentityProvider,
    /// The demo lets its invented people in.
    Demo,
}

impl Ground {
    pub const fn words(self) -> &'static str {
        match self {
            Self::Password => "by password",
            Self::PasswordAndCode => "by password and code",
            Self::IdentityProvider => "by the identity provider",
            Self::Demo => "by a click in the demo",
        }
    }
}

/// Writes that somebody logs in. Nobody is let in before it is written.
///
/// # Errors
/// What the store says.
pub async fn begin(
    store: &Store,
    person: &PersonId,
    ground: Ground,
    now: Timestamp,
) -> Result<(), store::Error> {
    let act = store.act(actor(person), now).await?;
    act.commit(Deed::new("log_in", "account", &person.0, ground.words())?).await?;
    Ok(())
}

/// Writes that somebody logged out. Sessions that end by themselves leave no record.
///
/// # Errors
/// What the store says.
pub async fn end(store: &Store, person: &PersonId, now: Timestamp) -> Result<(), store::Error> {
    let act = store.act(actor(person), now).await?;
    act.commit(Deed::new("log_out", "account", &person.0, "by their own wish")?).await?;
    Ok(())
}

/// Writes that a try to log in as somebody failed. Names that nobody has leave no record: people type passwords there.
///
/// Not in the name of the person: it may have been anybody.
///
/// # Errors
/// What the store says.
pub async fn refused(store: &Store, name: &str, now: Timestamp) -> Result<(), store::Error> {
    let person = PersonId(name.to_owned());
    let desk = Actor { person: PersonId("desk".to_owned()), role: word("service") };
    let mut act = store.act(desk, now).await?;
    if act.accounts().of(&person).await?.is_none() {
        return Ok(());
    }
    act.commit(Deed::new("refuse_login", "account", name, "password or code did not fit")?).await?;
    Ok(())
}
