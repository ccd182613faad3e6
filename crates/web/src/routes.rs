//! The table of routes. Tests go through it, so that no route is forgotten by them.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::pages::upload::LARGEST_FILE;
use crate::{guard, pages};

/// A form without a file.
const SHORT_FORM: usize = 64 * 1024;

/// One route, as tests ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route {
    pub method: &'static str,
    /// With an id filled in.
    pub path: &'static str,
    /// Whether it is only for who is logged in.
    pub behind_login: bool,
}

const fn route(method: &'static str, path: &'static str, behind_login: bool) -> Route {
    Route { method, path, behind_login }
}

/// Every route of the desk.
pub const ROUTES: &[Route] = &[
    route("GET", "/login", false),
    route("POST", "/login", false),
    route("GET", "/style.css", false),
    route("GET", "/desk.js", false),
    route("GET", "/health", false),
    route("GET", "/metrics", false),
    route("POST", "/login/demo", false),
    route("POST", "/logout", true),
    route("GET", "/", true),
    route("GET", "/hits", true),
    route("GET", "/hits/1", true),
    route("POST", "/hits/1", true),
    route("GET", "/decisions", true),
    route("POST", "/decisions", true),
    route("POST", "/decisions/D-0001/approve", true),
    route("POST", "/decisions/D-0001/letter", true),
    route("POST", "/letters/ask", true),
    route("GET", "/receipt", true),
    route("GET", "/receipt/paper", true),
    route("GET", "/account", true),
    route("POST", "/account/second-factor", true),
    route("POST", "/account/second-factor/remove", true),
    route("GET", "/editions", true),
    route("GET", "/receive", true),
    route("POST", "/receive", true),
    route("POST", "/receive/list", true),
    route("GET", "/screening", true),
    route("POST", "/screening", true),
    route("GET", "/screening/manifest", true),
    route("GET", "/dossier", true),
];

/// The desk as a service.
pub fn router(desk: Desk) -> Router {
    let uploads = Router::new()
        .route("/receive", get(pages::receive::show).post(pages::receive::delivery))
        .route("/receive/list", post(pages::receive::list))
        .route("/screening", get(pages::screening::show).post(pages::screening::start))
        .layer(DefaultBodyLimit::max(LARGEST_FILE + SHORT_FORM));
    let inside = Router::new()
        .merge(uploads)
        .route("/", get(pages::overview::show))
        .route("/logout", post(pages::login::log_out))
        .route("/hits", get(pages::hits::list))
        .route("/hits/{number}", get(pages::hit::show).post(pages::hit::judge))
        .route("/decisions", get(pages::decisions::list).post(pages::decisions::make))
        .route("/decisions/{id}/approve", post(pages::decisions::approve))
        .route("/decisions/{id}/letter", post(pages::letters::reasons))
        .route("/receipt", get(pages::receipt::show))
        .route("/receipt/{list}", get(pages::receipt::file))
        .route("/account", get(pages::account::show))
        .route("/account/second-factor", post(pages::account::enrol))
        .route("/account/second-factor/remove", post(pages::account::remove))
        .route("/letters/ask", post(pages::letters::ask))
        .route("/editions", get(pages::editions::list))
        .route("/screening/manifest", get(pages::screening::manifest))
        .route("/dossier", get(pages::dossier::show))
        .layer(from_fn_with_state(desk.clone(), guard::logged_in));
    Router::new()
        .merge(inside)
        .route("/login", get(pages::login::show).post(pages::login::log_in))
        .route("/login/demo", post(pages::login::log_in_to_demo))
        .route("/style.css", get(pages::style))
        .route("/desk.js", get(pages::script))
        .route("/health", get(pages::health))
        .route("/metrics", get(pages::metrics::show))
        .fallback(pages::not_found)
        // The uploads have a limit of their own, which counts, since it is set later.
        .layer(DefaultBodyLimit::max(SHORT_FORM))
        .layer(from_fn(guard::headers))
        .with_state(desk)
}
