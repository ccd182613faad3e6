//! What other programs tell of customers: who changed, who is new, who is gone.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use operations::hoster::changes::{self, Batch, ChangesError};
use operations::hoster::tokens::Scope;
use rand_core::{OsRng, RngCore};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::answers::{Body, Problem, Writing};
use crate::api::bearer::Bearer;
use crate::desk::Desk;

/// Customers of one batch.
const MOST: usize = 1_000;
/// The longest id of a customer or a batch, in characters.
const LONGEST_ID: usize = 200;

/// Customers who changed, are new, or are gone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangedCustomers {
    /// Your own name of this batch: sent again, it counts once. Without it each counts.
    #[schema(min_length = 1, max_length = 200, example = "event-20260412-17")]
    #[serde(default)]
    id: Option<String>,
    /// Customers who changed or are new, each with all that is known of it now. At most 1000, with those who are gone.
    #[serde(default)]
    customers: Vec<ChangedCustomer>,
    /// Ids of customers who are gone.
    #[schema(example = json!(["4711"]))]
    #[serde(default)]
    gone: Vec<String>,
}

/// A customer, in the fields of `havenmeester customers fetch`. What is left out is not known (any more).
#[derive(Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct ChangedCustomer {
    /// The customer's own id, as in the remembered base.
    #[schema(min_length = 1, max_length = 200, example = "10023")]
    id: String,
    #[schema(example = json!(["Orchard Nine B.V."]))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    company: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    trading_name: Vec<String>,
    /// The person who is the customer, or who signs for the company: given names first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    person: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    first_name: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    last_name: Vec<String>,
    /// Further contacts and users.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contact: Vec<String>,
    #[schema(example = json!(["noc@orchard.example"]))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    email: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    phone: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    street: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    house_number: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    street2: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    postcode: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    city: Vec<String>,
    /// ISO 3166-1 alpha-2, or a name.
    #[schema(example = json!(["NL"]))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    country: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    vat: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    register_number: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    lei: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    domain: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    name_server: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    hostname: Vec<String>,
    /// Addresses and prefixes.
    #[schema(example = json!(["192.0.2.7", "2001:db8::/48"]))]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ip: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    asn: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    telegram: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    handle: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    wallet: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    ripe_handle: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    website: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    service: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    machine: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    monthly: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    status: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    since: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    until: Vec<String>,
}

/// What every batch is answered.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenChanges {
    #[schema(example = "C-0123456789abcdef0123456789abcdef")]
    id: String,
    /// Always `received`.
    state: &'static str,
}

/// Takes changes of customers in. They are kept before this is answered, and screened afterwards with the remembered base, with
/// the outcome of a whole screening.
#[utoipa::path(post, path = "/api/v1/customers/changed", tag = "house", request_body = ChangedCustomers,
    responses((status = 202, body = TakenChanges), Writing))]
pub(super) async fn changed(
    State(desk): State<Desk>,
    bearer: Bearer,
    Body(sent): Body<ChangedCustomers>,
) -> Result<(StatusCode, Json<TakenChanges>), Problem> {
    let person = bearer.house(Scope::Screen)?;
    let batch = batch(sent)?;
    let label = &bearer.token.label;
    match changes::receive(&desk.store, person, label, &batch, (desk.now)()).await {
        Ok(id) => Ok((StatusCode::ACCEPTED, Json(TakenChanges { id, state: "received" }))),
        Err(ChangesError::NoBase) => Err(Problem::new(
            StatusCode::CONFLICT,
            "no customer base is remembered, so nothing can change in it",
            "screen the whole base once and have it remembered, then send again",
        )),
        Err(ChangesError::Store(error)) => Err(error.into()),
    }
}

fn batch(sent: ChangedCustomers) -> Result<Batch, Problem> {
    let count = sent.customers.len() + sent.gone.len();
    if !(1..=MOST).contains(&count) {
        let what = format!("the batch has {count} customers; it needs 1 to {MOST}");
        return Err(Problem::unusable(
            what,
            "send more in several batches, in the order in which they changed",
        ));
    }
    let mut ids = sent.customers.iter().map(|one| &one.id).chain(&sent.gone).chain(&sent.id);
    ids.try_for_each(|id| check_id(id))?;
    let value = |one: ChangedCustomer| {
        let value = serde_json::to_value(&one).map_err(|_| Problem::stopped())?;
        Ok((one.id, value))
    };
    let name = sent.id.map_or_else(drawn_name, |id| format!("named {id}"));
    let customers = sent.customers.into_iter().map(value).collect::<Result<_, Problem>>()?;
    Ok(Batch { name, customers, gone: sent.gone })
}

/// An id has to be the same here as in the base, where it stands without anything around it.
fn check_id(id: &str) -> Result<(), Problem> {
    let length = id.chars().count();
    if !(1..=LONGEST_ID).contains(&length) {
        let what = format!("an id has {length} characters; it needs 1 to {LONGEST_ID}");
        return Err(Problem::unusable(what, "send the customer's own id"));
    }
    if id.trim() != id || id.chars().any(char::is_control) {
        let what = "an id begins or ends with a blank, or has a control character in it";
        return Err(Problem::unusable(what, "send the customer's own id"));
    }
    Ok(())
}

fn drawn_name() -> String {
    let mut name = [0; 16];
    OsRng.fill_bytes(&mut name);
    format!("drawn {}", hex::encode(name))
}
