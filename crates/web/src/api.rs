//! The interface for programs: the same operations as the pages, by JSON, for whoever has a token.
//!
//! A token acts in a person's name and can do no more than its scopes and the person's role allow. Approvals that need a
//! personal key are not given here: a key belongs in the hands of its owner.
//!
//! * `bearer` knows who comes; `answers` are the forms of what is refused and of what is read.
//! * `files` takes what is sent to the disk.
//! * `house`, `attachments`, `views` and `subjects` are what a hoster can ask and do.
//! * `checks` is what a shop tells of orders, and asks at its gate.
//! * `papers` gives what both sides print, in words and as PDF.
//! * `answer_box` takes in what partners of an issuer answer; it is the one call without a token.
//! * `office`, `evidence`, `entries`, `drafts`, `publishing` and `partners` are what an issuer can.
//! * `reference` shows the description to people, without a script from elsewhere.

mod answer_box;
mod answers;
mod attachments;
mod bearer;
mod checks;
mod drafts;
mod entries;
mod evidence;
mod files;
mod house;
mod office;
mod papers;
mod partners;
mod publishing;
mod reference;
mod subjects;
mod views;

use axum::extract::DefaultBodyLimit;
use axum::response::IntoResponse;
use axum::routing::{any, get};
use axum::{Json, Router};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};
use utoipa_axum::router::OpenApiRouter;

use crate::desk::Desk;

/// A body of JSON: an entry with many identifiers, and no more.
const LARGEST_JSON: usize = 1 << 20;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Havenmeester",
        description = "Receive lists, screen customers, judge hits and decide; as an issuer, work on entries. \
                       Every call needs a token, which people make under their own account.",
        license(name = "EUPL-1.2", identifier = "EUPL-1.2"),
    ),
    components(schemas(answers::Problem)),
    modifiers(&Tokens),
    security(("token" = [])),
    tags(
        (name = "shop", description = "What a shop tells of orders, and asks before it provisions."),
        (name = "house", description = "What a hosting company does."),
        (name = "office", description = "What the unit that issues a list does."),
    ),
)]
struct Description;

/// Says how a program logs in.
struct Tokens;

impl Modify for Tokens {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = document.components.get_or_insert_with(Default::default);
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
    }
}

fn described() -> (Router<Desk>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Description::openapi())
        .merge(house::files())
        .merge(attachments::files())
        .merge(evidence::files().layer(DefaultBodyLimit::max(evidence::LARGEST_CAPTURE)))
        .merge(publishing::files().layer(DefaultBodyLimit::max(publishing::LARGEST_SIGNATURES)))
        .merge(answer_box::router().layer(DefaultBodyLimit::max(answer_box::LARGEST_ANSWER)))
        .merge(short().layer(DefaultBodyLimit::max(LARGEST_JSON)))
        .split_for_parts()
}

/// Calls that take a short body, or none.
fn short() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .merge(checks::router())
        .merge(house::router())
        .merge(attachments::router())
        .merge(subjects::router())
        .merge(papers::router())
        .merge(views::router())
        .merge(office::router())
        .merge(entries::router())
        .merge(evidence::router())
        .merge(drafts::router())
        .merge(publishing::router())
        .merge(partners::router())
}

/// The description of the interface.
pub fn description() -> utoipa::openapi::OpenApi {
    described().1
}

/// The interface, with its description and the page that shows it.
pub(crate) fn router() -> Router<Desk> {
    let (router, document) = described();
    let page = document.clone();
    router
        .route("/api/v1/openapi.json", get(async move || Json(document).into_response()))
        .route("/api/v1/reference", get(async move |headers| reference::show(&headers, &page)))
        .route("/api/{*rest}", any(answers::nothing_here))
}
