//! What a hoster's programs ask and do. Here is how everything stands; each subject has a file of its own below.

mod changes;
mod customers;
mod hits;
mod lists;
mod records;
mod screenings;

use axum::Json;
use axum::extract::State;
use jiff::civil::Date;
use operations::hoster;
use operations::hoster::queue::Waiting;
use operations::hoster::tokens::Scope;
use review::Class;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problem, Reading};
use super::bearer::Bearer;
use crate::desk::Desk;
use crate::pages::day;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(me))
        .routes(routes!(state))
        .routes(routes!(lists::list_editions))
        .routes(routes!(hits::list_hits))
        .routes(routes!(hits::one_hit))
        .routes(routes!(hits::dispose))
        .routes(routes!(hits::assign))
        .routes(routes!(hits::note))
        .routes(routes!(customers::list_decisions, customers::decide))
        .routes(routes!(customers::approve))
        .routes(routes!(customers::impact_of))
        .routes(routes!(customers::kept_about))
        .routes(routes!(changes::changed))
        .routes(routes!(screenings::list_screenings))
        .routes(routes!(screenings::running_screening))
        .routes(routes!(screenings::manifest))
        .routes(routes!(screenings::screen_again))
        .routes(routes!(screenings::remembered, screenings::forget))
        .routes(routes!(records::receipt))
        .routes(routes!(records::send_receipt))
        .routes(routes!(records::acts))
}

/// Calls that take a file.
pub(super) fn files() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(lists::take_delivery))
        .routes(routes!(lists::take_list))
        .routes(routes!(screenings::look))
        .routes(routes!(screenings::screen))
}

/// In whose name the token acts.
#[derive(Serialize, ToSchema)]
struct Me {
    person: String,
    /// `reader`, `reviewer` or `member`.
    role: &'static str,
    scopes: Vec<&'static str>,
    /// The last day on which the token opens anything.
    #[schema(value_type = String, format = Date)]
    until: Date,
}

/// Tells in whose name and for what the token acts.
#[utoipa::path(get, path = "/api/v1/me", tag = "house",
    responses((status = 200, body = Me), Reading))]
async fn me(bearer: Bearer) -> Json<Me> {
    Json(Me {
        person: bearer.token.person.0.clone(),
        role: bearer.role.word(),
        scopes: bearer.token.scopes.iter().map(|scope| scope.word()).collect(),
        until: bearer.token.until,
    })
}

/// How everything stands.
#[derive(Serialize, ToSchema)]
struct HouseState {
    /// When the last screening began; none before the first.
    screened_at: Option<String>,
    customers_screened: u64,
    /// Customers of whom nothing can be said.
    cannot_tell: u64,
    hits: Counts,
    /// Hits somebody has to do something about.
    waiting: u64,
    awaiting_second: u64,
    reopened: u64,
    overdue: u64,
    /// Decisions that wait for approval or were opened again.
    decisions_waiting: u64,
    /// Titles of lists beyond their last day that are still in use.
    stale: Vec<String>,
}

/// Hits by class.
#[derive(Serialize, ToSchema, Default)]
struct Counts {
    strong: u64,
    probable: u64,
    weak: u64,
}

/// Tells how everything stands: the last screening, what waits, what is stale.
#[utoipa::path(get, path = "/api/v1/state", tag = "house",
    responses((status = 200, body = HouseState), Reading))]
async fn state(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<HouseState>, Problem> {
    bearer.house(Scope::Read)?;
    let stale = desk.stale().await;
    let today = day((desk.now)());
    let mut look = desk.store.look().await?;
    let last = hoster::screenings::last(&mut look).await?;
    let decided = hoster::decisions::list(&mut look).await?;
    let queue = desk.queue(&mut look).await?;
    let rows = queue.rows();
    let of = |class| rows.iter().filter(|row| row.class == class).count() as u64;
    let count = |is_so: &dyn Fn(&Waiting) -> bool| rows.iter().filter(|row| is_so(row)).count() as u64;
    Ok(Json(HouseState {
        screened_at: last.as_ref().map(|(at, _)| at.to_string()),
        customers_screened: last.as_ref().map_or(0, |(_, kept)| kept.totals.customers_screened),
        cannot_tell: last.as_ref().map_or(0, |(_, kept)| kept.totals.cannot_tell),
        hits: Counts { strong: of(Class::Strong), probable: of(Class::Probable), weak: of(Class::Weak) },
        waiting: count(&Waiting::is_open),
        awaiting_second: count(&Waiting::awaits_second),
        reopened: count(&Waiting::is_reopened),
        overdue: count(&|row| row.is_overdue(today)),
        decisions_waiting: decided.iter().filter(|one| !one.stands()).count() as u64,
        stale,
    }))
}
