//! Orders of the demo: told of by an invented shop, looked up as every order is, and one of them already asked for more.

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use kyc::{Applicant, CheckKind, Outcome, Policy};
use operations::hoster::sign_ups::receive::{self, Incoming};
use operations::hoster::sign_ups::reviewing::{self, Doing, Noted};
use operations::hoster::sign_ups::screening;
use operations::hoster::sign_ups::{self, Shop};
use rand::rngs::OsRng;
use serde::Deserialize;
use store::{PersonId, Store};

use crate::gate::{self, Gate};
use crate::{clock, lists};

/// Four orders: of a party on the list, of two firms and of a person.
const ORDERS: &str = include_str!("../../demo/orders.json");
/// Who is proven already, and who is asked for more.
const PROVEN: &str = "20874";
const ASKED: &str = "20873";

#[derive(Deserialize)]
struct Order {
    order: String,
    hours_ago: i64,
    applicant: Applicant,
}

/// The rules as a file: those of the example, but the gate holds, so that there is something to see.
pub(super) fn policy_text() -> String {
    kyc::policy::EXAMPLE.replacen("mode = \"log_only\"", "mode = \"gate\"", 1)
}

pub(super) async fn fill(store: &Store, marleen: &PersonId, now: Timestamp) -> Result<()> {
    let policy = Policy::read(&policy_text()).context("the rules of the demo")?;
    let orders: Vec<Order> = serde_json::from_str(ORDERS).context("the orders of the demo")?;
    for one in orders {
        let at = now - SignedDuration::from_hours(one.hours_ago);
        let incoming = Incoming {
            shop: Shop { person: marleen.0.clone(), label: "webwinkel".to_owned() },
            order: one.order,
            customer: None,
            applicant: one.applicant,
            checks: Vec::new(),
        };
        receive::receive(store, &[incoming], &policy, at, &mut OsRng).await?;
    }
    let mut look = store.look().await?;
    let in_use = operations::hoster::editions::in_use(&mut look).await?;
    let waiting = screening::waiting(&mut look, 100).await?;
    drop(look);
    let gate = Gate::of(lists::of_editions(in_use), clock::today(None));
    let looked = waiting.iter().map(|one| gate::looked(gate.as_ref(), one)).collect();
    screening::keep(store, looked, &policy, now).await?;
    first_deeds(store, marleen, &policy, now).await
}

async fn first_deeds(store: &Store, marleen: &PersonId, policy: &Policy, now: Timestamp) -> Result<()> {
    for one in sign_ups::queue(&mut store.look().await?).await? {
        let doing = Doing { person: marleen, id: &one.id, seen: None, now };
        match one.kept.order.as_str() {
            PROVEN => {
                for (kind, source) in
                    [(CheckKind::EmailProof, "code by mail"), (CheckKind::PhoneProof, "code by phone")]
                {
                    let noted = Noted { kind, source, outcome: Outcome::Confirmed, proof: None, named: None };
                    reviewing::note_check(store, doing, noted, policy).await?;
                }
            }
            ASKED => {
                let kinds =
                    [CheckKind::RegisterNumber, CheckKind::ResellerDeclaration, CheckKind::BankPayment];
                reviewing::ask(store, doing, &kinds).await?;
            }
            _ => {}
        }
    }
    Ok(())
}
