//! What a shop tells and asks: an order came in, and may it be provisioned?
//!
//! The answer to an order is the same whoever ordered, and is given before anybody is looked up. The answer at the gate is
//! two words, and never why.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use jiff::civil::Date;
use kyc::{Applicant, CheckKind, Outcome, PostalAddress};
use operations::hoster::sign_ups::receive::{Incoming, ShopCheck};
use operations::hoster::sign_ups::{self, Shop, SignUpError, ending};
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Body, Named, Problem, Reading, Writing};
use super::bearer::Bearer;
use crate::desk::Desk;

/// The longest number of an order or customer, in characters.
const LONGEST_NUMBER: usize = 200;
/// The most checks of one order.
const MOST_CHECKS: usize = 20;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(take_order)).routes(routes!(answer)).routes(routes!(ended))
}

/// A program of a shop, which knows its own orders alone.
struct ShopProgram(Shop);

impl FromRequestParts<Desk> for ShopProgram {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, desk: &Desk) -> Result<Self, Problem> {
        let bearer = Bearer::from_request_parts(parts, desk).await?;
        let person = bearer.house(Scope::Shop)?.0.clone();
        Ok(Self(Shop { person, label: bearer.token.label.clone() }))
    }
}

/// An order that came in at a shop.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Order {
    /// The shop's own number of the order. Who sends it again gets the same id; with other facts it is looked at again.
    #[schema(min_length = 1, max_length = 200, example = "10023")]
    order: String,
    /// The shop's own number of the customer, where it has one already.
    #[serde(default)]
    #[schema(max_length = 200, example = "4711")]
    customer: Option<String>,
    applicant: Facts,
    /// What the shop checked by itself, such as the mail address.
    #[serde(default)]
    #[schema(max_items = 20)]
    checks: Vec<Made>,
}

/// A check that the shop made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Made {
    /// What was checked.
    #[schema(value_type = String, example = "email_proof", pattern = "^(email_proof|phone_proof|register_number|vat_number|representative|end_customer_policy|end_customer_register|end_customer_clause|reseller_declaration|abuse_contact|beneficial_owners|bank_payment|identity)$")]
    check: CheckKind,
    /// `confirmed`, `not_confirmed`, or `unavailable` where the source did not answer.
    #[schema(value_type = String, example = "confirmed", pattern = "^(confirmed|not_confirmed|unavailable)$")]
    outcome: Outcome,
    /// Who was asked; without it the shop itself.
    #[serde(default)]
    #[schema(max_length = 200, example = "VIES")]
    source: Option<String>,
    /// By which the source finds its answer again.
    #[serde(default)]
    #[schema(max_length = 200)]
    proof: Option<String>,
}

impl Made {
    /// What cannot be kept of it.
    fn check(&self) -> Result<(), Problem> {
        for (field, text) in [("source", &self.source), ("proof", &self.proof)] {
            let length = text.as_ref().map_or(1, |text| text.trim().chars().count());
            if !(1..=LONGEST_NUMBER).contains(&length) {
                let what =
                    format!("`{field}` of a check has {length} characters; it needs 1 to {LONGEST_NUMBER}");
                return Err(Problem::unusable(what, "leave it out where there is none"));
            }
        }
        Ok(())
    }
}

impl From<Made> for ShopCheck {
    fn from(made: Made) -> Self {
        Self { kind: made.check, outcome: made.outcome, source: made.source, proof: made.proof }
    }
}

/// What the shop knows of who ordered. Everything may be left out; what is not here is not to be sent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Facts {
    #[schema(example = "Orchard Nine B.V.")]
    #[serde(default)]
    company: Option<String>,
    #[serde(default)]
    trading_names: Vec<String>,
    /// Who ordered, or signs for the company: given names first.
    #[serde(default)]
    person: Option<String>,
    /// Further contacts and users.
    #[serde(default)]
    contacts: Vec<String>,
    #[schema(example = json!(["noc@orchard.example"]))]
    #[serde(default)]
    emails: Vec<String>,
    #[serde(default)]
    phones: Vec<String>,
    #[serde(default)]
    address: Option<FactsAddress>,
    /// ISO 3166-1 alpha-2, where it is known apart from the address.
    #[schema(example = "NL")]
    #[serde(default)]
    country: Option<String>,
    /// Where the order came from.
    #[schema(example = "192.0.2.7")]
    #[serde(default)]
    ip: Option<String>,
    /// Country of that address as the shop knows it, ISO 3166-1 alpha-2.
    #[serde(default)]
    ip_country: Option<String>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default)]
    register_number: Option<String>,
    /// Since when the company is in its register.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default)]
    registered_on: Option<Date>,
    #[serde(default)]
    vat_number: Option<String>,
    /// As the shop names it.
    #[serde(default)]
    payment_method: Option<String>,
    /// What was ordered, as the shop names it.
    #[serde(default)]
    products: Vec<String>,
    /// IP addresses that were ordered.
    #[serde(default)]
    addresses_ordered: u32,
    /// Whether they say that they sell on.
    #[serde(default)]
    resells: bool,
    /// Whether they bring addresses of their own (BYOIP).
    #[serde(default)]
    brings_addresses: bool,
    /// Whether they want to announce routes (BGP).
    #[serde(default)]
    wants_bgp: bool,
    /// Their AS number, where they have one.
    #[serde(default)]
    asn: Option<String>,
}

/// Where somebody says they are.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct FactsAddress {
    #[serde(default)]
    street: String,
    #[serde(default)]
    postcode: String,
    #[serde(default)]
    city: String,
    /// ISO 3166-1 alpha-2 where the shop has it.
    #[serde(default)]
    country: String,
}

impl From<Facts> for Applicant {
    fn from(facts: Facts) -> Self {
        Self {
            company: facts.company,
            trading_names: facts.trading_names,
            person: facts.person,
            contacts: facts.contacts,
            emails: facts.emails,
            phones: facts.phones,
            address: facts.address.map(|one| PostalAddress {
                street: one.street,
                postcode: one.postcode,
                city: one.city,
                country: one.country,
            }),
            country: facts.country,
            ip: facts.ip,
            ip_country: facts.ip_country,
            domains: facts.domains,
            register_number: facts.register_number,
            registered_on: facts.registered_on,
            vat_number: facts.vat_number,
            payment_method: facts.payment_method,
            products: facts.products,
            addresses_ordered: facts.addresses_ordered,
            resells: facts.resells,
            brings_addresses: facts.brings_addresses,
            wants_bgp: facts.wants_bgp,
            asn: facts.asn,
        }
    }
}

/// What every order is answered.
#[derive(Serialize, ToSchema)]
struct Taken {
    /// By which the gate is asked.
    #[schema(example = "AP-0123456789abcdef0123456789abcdef")]
    id: String,
    /// Always `received`.
    state: &'static str,
}

/// Takes an order in. The answer is the same whoever ordered; it is given before anything is looked up.
#[utoipa::path(post, path = "/api/v1/checks", tag = "shop", request_body = Order,
    responses((status = 202, body = Taken), Writing))]
async fn take_order(
    State(desk): State<Desk>,
    ShopProgram(shop): ShopProgram,
    Body(sent): Body<Order>,
) -> Result<(StatusCode, Json<Taken>), Problem> {
    let numbers = [("order", Some(&sent.order)), ("customer", sent.customer.as_ref())];
    for (field, number) in numbers.into_iter().filter_map(|(field, number)| Some((field, number?))) {
        let length = number.chars().count();
        if !(1..=LONGEST_NUMBER).contains(&length) {
            let what = format!("`{field}` has {length} characters; it needs 1 to {LONGEST_NUMBER}");
            return Err(Problem::unusable(what, "send the shop's own number"));
        }
    }
    let applicant = Applicant::from(sent.applicant);
    applicant.check().map_err(SignUpError::from)?;
    if sent.checks.len() > MOST_CHECKS {
        let what = format!("`checks` has {} values; at most {MOST_CHECKS} are taken", sent.checks.len());
        return Err(Problem::unusable(what, "send the last one of each kind"));
    }
    sent.checks.iter().try_for_each(Made::check)?;
    let checks = sent.checks.into_iter().map(ShopCheck::from).collect();
    let incoming = Incoming { shop, order: sent.order, customer: sent.customer, applicant, checks };
    let id = desk.reception.take(&desk, incoming).await.map_err(|_| Problem::database())?;
    Ok((StatusCode::ACCEPTED, Json(Taken { id, state: "received" })))
}

/// What the gate says.
#[derive(Serialize, ToSchema)]
struct GateAnswer {
    /// `go_on` or `hold`.
    answer: &'static str,
}

/// Asks whether an order may be provisioned: `go_on` or `hold`, and never why. An order that is not known, or is another
/// shop's, is held like any other; so is what cannot be answered in time.
#[utoipa::path(get, path = "/api/v1/checks/{id}", tag = "shop", params(("id" = String, Path, description = "What the order was answered")),
    responses((status = 200, body = GateAnswer), Reading))]
async fn answer(
    State(desk): State<Desk>,
    ShopProgram(shop): ShopProgram,
    Named(id): Named<String>,
) -> Result<Json<GateAnswer>, Problem> {
    let mut look = desk.store.look().await?;
    let found = sign_ups::answer(&mut look, &shop, &id, desk.settings.policy.mode, (desk.now)()).await?;
    Ok(Json(GateAnswer { answer: found.word() }))
}

/// Tells that the contract of an order ended: what was checked of this customer goes a year later.
#[utoipa::path(post, path = "/api/v1/checks/{id}/ended", tag = "shop", params(("id" = String, Path, description = "What the order was answered")),
    responses((status = 204), Writing))]
async fn ended(
    State(desk): State<Desk>,
    ShopProgram(shop): ShopProgram,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    let person = store::PersonId(shop.person.clone());
    match ending::contract_ended(&desk.store, &person, Some(&shop), &id, (desk.now)()).await {
        // To a shop it is one whether there is no such order or it was not let in.
        Err(SignUpError::NotThere(_) | SignUpError::NoContract(_)) => Err(Problem::missing()),
        Err(error) => Err(error.into()),
        Ok(()) => Ok(StatusCode::NO_CONTENT),
    }
}
