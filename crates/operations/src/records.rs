//! The audit records of both sides: read, and rid of personal details where these have to go.

use jiff::Timestamp;
use store::audit::{Committed, Noted};
use store::{Actor, BothSides, Deed, Error, Look, PersonId, Session, Store, Word};

/// The role in which somebody looks after the records.
const ROLE: &str = "record_keeper";

/// The last acts, oldest first.
///
/// # Errors
/// What the database says, and a record that is not what its hash says.
pub async fn last(look: &mut Look, count: u64) -> Result<Vec<Noted>, Error> {
    let after = look.audit().count().await?.saturating_sub(count);
    let mut all = Vec::new();
    each(look, after, |act| all.push(act.clone())).await?;
    Ok(all)
}

/// Hands over every act behind this one, oldest first.
///
/// # Errors
/// As [`last`].
pub async fn each(
    session: &mut impl Session,
    mut after: u64,
    mut take: impl FnMut(&Noted),
) -> Result<(), Error> {
    loop {
        let some = session.audit().after(after).await?;
        let Some(last) = some.last() else { return Ok(()) };
        after = last.seq;
        some.iter().for_each(&mut take);
    }
}

/// Erases the personal details of acts: of all that are named, or of none. The chain keeps holding, and this act says
/// in it who erased which, when and on which ground.
///
/// What the details were copied from, such as the note beside an answer, is not touched.
///
/// # Errors
/// [`Error::NothingToErase`] if one of them has no details (any more); [`Error::BadGround`].
pub async fn erase(
    store: &Store,
    person: &PersonId,
    records: &[u64],
    ground: &str,
    now: Timestamp,
) -> Result<Committed, Error> {
    let role = Word::new(ROLE).expect("a plain word");
    let mut act = store.act(Actor { person: person.clone(), role }, now).await?;
    act.erase_personal(records).await?;
    act.commit(Deed::new("erase_details", "audit record", "details", ground)?).await
}
