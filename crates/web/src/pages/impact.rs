//! What an end of a contract, or a seizure of its machines, would touch: context before a decision.

use askama::Template;
use axum::extract::{Extension, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::numbers;
use operations::hoster::reviews::{self, ReviewError};
use review::{Reach, Touched};
use serde::Deserialize;

use super::{Page, refused, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    pub(crate) customer: String,
}

/// What is known of one customer.
pub(crate) struct Impact {
    pub(crate) customer: String,
    pub(crate) customer_id: String,
    pub(crate) touched: Touched,
    /// Other customers on the same machines, as far as they are named.
    pub(crate) neighbours: Vec<String>,
    /// Other customers who share something of their own: id and what.
    pub(crate) linked: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "impact.html")]
struct ImpactPage {
    page: Page,
    impact: Impact,
    /// Key of the sentence on the reach, and how many others there are.
    reach: &'static str,
    others: String,
}

pub(crate) async fn show(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    match of(&desk, &asked.customer).await {
        Ok(Some(impact)) => {
            let (reach, others) = match impact.touched.reach() {
                Reach::Unknown => ("reach-unknown", 0),
                Reach::Alone => ("reach-alone", 0),
                Reach::Others(count) => ("reach-others", count),
            };
            let others = if others > 0 { numbers::count(others, page.language) } else { String::new() };
            shown(&ImpactPage { page, impact, reach, others })
        }
        Ok(None) => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        Err(error) => refused(&page, &error),
    }
}

/// What the last screening kept of a customer with a hit.
pub(crate) async fn of(desk: &Desk, customer: &str) -> Result<Option<Impact>, ReviewError> {
    let number = {
        let mut look = desk.store.look().await?;
        let queue = desk.queue(&mut look).await?;
        queue.rows().iter().find(|row| row.customer_id == customer).map(|row| row.number)
    };
    let Some(number) = number else { return Ok(None) };
    let hit = reviews::one(&mut desk.store.look().await?, number).await?.reviewed.hit;
    Ok(Some(Impact {
        neighbours: hit.neighbours().map(str::to_owned).collect(),
        linked: hit.sharing().cloned().collect(),
        customer: hit.customer_name,
        customer_id: hit.customer_id,
        touched: hit.touched,
    }))
}
