//! The table of routes. Tests go through it, so that no route is forgotten by them.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::desk::Desk;
use crate::{guard, pages};

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
    route("GET", "/health", false),
    route("POST", "/logout", true),
    route("GET", "/", true),
    route("GET", "/hits", true),
    route("GET", "/hits/1", true),
    route("POST", "/hits/1", true),
    route("GET", "/decisions", true),
    route("POST", "/decisions", true),
    route("POST", "/decisions/D-0001/approve", true),
    route("GET", "/editions", true),
];

/// The desk as a service.
pub fn router(desk: Desk) -> Router {
    let inside = Router::new()
        .route("/", get(pages::overview::show))
        .route("/logout", post(pages::login::log_out))
        .route("/hits", get(pages::hits::list))
        .route("/hits/{number}", get(pages::hits::show).post(pages::hits::judge))
        .route("/decisions", get(pages::decisions::list).post(pages::decisions::make))
        .route("/decisions/{id}/approve", post(pages::decisions::approve))
        .route("/editions", get(pages::editions::list))
        .layer(from_fn_with_state(desk.clone(), guard::logged_in));
    Router::new()
        .merge(inside)
        .route("/login", get(pages::login::show).post(pages::login::log_in))
        .route("/style.css", get(pages::style))
        .route("/health", get(pages::health))
        .fallback(pages::not_found)
        .layer(axum::extract::DefaultBodyLimit::max(64 * 1024))
        .layer(from_fn(guard::headers))
        .with_state(desk)
}
