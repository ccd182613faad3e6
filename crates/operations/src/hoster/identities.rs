//! Who of the identity provider is who here. The provider says who somebody is; what they may do stays with the account.

use jiff::Timestamp;
use store::{Deed, HosterSide, PersonId, Session, Store};

use super::accounts::{Account, AccountError, DeskRole, KeptAccount, MOST_OF_IDENTITY, keep, known, open};
use super::actor;

/// From now on an account opens to who bears this identity at the provider. With a role an account is made where there is
/// none, or where it was taken away, without a password.
///
/// # Errors
/// [`AccountError::Identity`], [`AccountError::Linked`] where another account has it, [`AccountError::NoRole`].
pub async fn link(
    store: &Store,
    by: &PersonId,
    person: &PersonId,
    role: Option<DeskRole>,
    identity: &str,
    now: Timestamp,
) -> Result<(), AccountError> {
    if identity.trim() != identity || !(1..=MOST_OF_IDENTITY).contains(&identity.chars().count()) {
        return Err(AccountError::Identity);
    }
    let mut act = store.act(actor(by), now).await?;
    if let Some(other) = bearer(&mut act, identity).await?.filter(|other| other.person != *person) {
        return Err(AccountError::Linked(other.person.0));
    }
    let before = act.accounts().of(person).await?;
    let known = before.as_ref().map(open).transpose()?;
    let (mut kept, role) = match known {
        Some((account, kept)) if account.is_active => (kept, role.unwrap_or(account.role)),
        gone => {
            let role = role.ok_or_else(|| AccountError::NoRole(person.0.clone()))?;
            let mut kept = gone.map_or_else(|| KeptAccount::new(role), |(_, kept)| kept);
            // Whoever comes back gets in by the provider; a password of earlier days stays gone.
            kept.password = None;
            (kept, role)
        }
    };
    kept.role = role;
    kept.identity = Some(identity.to_owned());
    keep(&mut act, person, before, &kept).await?;
    act.commit(Deed::new("link_account", "account", &person.0, role.word())?).await?;
    Ok(())
}

/// From now on the provider opens this account no more.
///
/// # Errors
/// [`AccountError::NotThere`], [`AccountError::NotLinked`], and [`AccountError::OnlyIdentity`] where nothing else would
/// open it.
pub async fn unlink(
    store: &Store,
    by: &PersonId,
    person: &PersonId,
    now: Timestamp,
) -> Result<(), AccountError> {
    let mut act = store.act(actor(by), now).await?;
    let mut row = known(&mut act, person).await?;
    let (account, mut kept) = open(&row)?;
    if account.identity.is_none() {
        return Err(AccountError::NotLinked(person.0.clone()));
    }
    if account.is_active && !account.has_password {
        return Err(AccountError::OnlyIdentity(person.0.clone()));
    }
    kept.identity = None;
    row.payload = kept.payload();
    act.accounts().change(&row).await?;
    act.commit(Deed::new("unlink_account", "account", &person.0, "not by the provider any more")?).await?;
    Ok(())
}

/// Who bears this identity and may log in.
///
/// # Errors
/// What the store says.
pub async fn of(session: &mut impl Session, identity: &str) -> Result<Option<Account>, store::Error> {
    Ok(bearer(session, identity).await?.filter(|account| account.is_active))
}

/// A house has some dozens of accounts, and their contents are encrypted: all of them are opened.
async fn bearer(session: &mut impl Session, identity: &str) -> Result<Option<Account>, store::Error> {
    for row in session.accounts().all().await? {
        let (account, _) = open(&row)?;
        if account.identity.as_deref() == Some(identity) {
            return Ok(Some(account));
        }
    }
    Ok(None)
}
