//! Everything that is kept about one customer: for the answer to a request of the person concerned.

use store::audit::Noted;
use store::{BothSides, HosterSide, Look};

use super::decisions::{self, KeptDecision};
use super::screenings::{self, Reviewed};

/// What is kept about a customer.
#[derive(Debug, Default)]
pub struct Held {
    /// Screening and hit, the newest screening last.
    pub hits: Vec<(String, Reviewed)>,
    /// Id, state and decision.
    pub decisions: Vec<(String, String, KeptDecision)>,
    /// Acts on these, and requests for data that were sent.
    pub acts: Vec<Noted>,
}

/// Collects it. Of customers without a hit nothing is kept, so there is nothing to find.
///
/// # Errors
/// What the store says.
pub async fn held(look: &mut Look, customer: &str) -> Result<Held, store::Error> {
    let mut held = Held::default();
    let mut ids = Vec::new();
    for screening in look.screenings().all().await? {
        for row in look.screenings().hits_of(&screening.id).await? {
            let reviewed = screenings::read(&row)?;
            if reviewed.hit.customer_id == customer {
                ids.push(("hit", row.id.0.clone()));
                held.hits.push((screening.id.0.clone(), reviewed));
            }
        }
    }
    for row in look.decisions().on(customer).await? {
        ids.push(("decision", row.id.0.clone()));
        held.decisions.push((row.id.0.clone(), row.state.to_string(), decisions::read(&row)?));
    }
    let mut after = 0;
    loop {
        let acts = look.audit().after(after).await?;
        let Some(last) = acts.last() else { return Ok(held) };
        after = last.seq;
        let is_about = |act: &Noted| {
            let asked = act.details.as_ref().and_then(|details| details.get("customer"));
            asked.is_some_and(|asked| asked == customer)
                || ids.iter().any(|(kind, id)| *kind == act.object_kind && *id == act.object_id)
        };
        held.acts.extend(acts.into_iter().filter(is_about));
    }
}
