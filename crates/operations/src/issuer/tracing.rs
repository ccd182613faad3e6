//! Whose copy leaked: the wording of the notes says it, and nobody is named on too little.

use curation::{Action, PersonId};
use delivery::PartnerId;
use delivery::mark::{Leak, Marker, Trace, Tracer, Wording};
use jiff::Timestamp;
use store::{Deed, IssuerSide, Store};
use watchlist::format::v1;

use super::kept::edition::KeptEdition;
use super::kept::{self};
use super::{Error, actor, deliveries, editions, machine, people};

/// Weighs a leaked copy of an edition: a list file, or any text.
///
/// # Errors
/// If the edition was never delivered, or the person may not.
pub async fn trace(
    store: &Store,
    by: &PersonId,
    (list, number): (&str, u64),
    leaked: &[u8],
    now: Timestamp,
) -> Result<Trace, Error> {
    let mut look = store.look().await?;
    let (_, person) = people::acting(&mut look, by).await?;
    person.check(Action::Deliver)?;
    let row = editions::row(&mut look, list, number).await?;
    editions::in_state(&row, &["published"], "published")?;
    let kept: KeptEdition = kept::read("edition", &row.id.0, &row.payload)?;
    let edition = editions::edition_in(&kept, &row)?;
    let wording = kept.preparation.map(|one| one.wording).unwrap_or_default();
    let partners: Vec<PartnerId> = look
        .deliveries()
        .of_edition(&row.id)
        .await?
        .iter()
        .map(|row| super::partners::id_of(&row.partner))
        .collect::<Result<_, _>>()?;
    let marker =
        Marker::new(&machine::mark(&mut look).await?, Wording::shipped(deliveries::language(&wording)));
    drop(look);
    let leak = match v1::read(leaked) {
        Ok(reading) => Leak::of_edition(&reading.edition),
        Err(_) => Leak::of_text(&String::from_utf8_lossy(leaked), &edition),
    };
    let trace = Tracer::new(&marker, &edition, &partners).trace(&leak);
    let act = store.act(actor(&person, Action::Deliver), now).await?;
    act.commit(Deed::new("trace_leak", "edition", &row.id.0, "a copy was found elsewhere")?).await?;
    Ok(trace)
}
