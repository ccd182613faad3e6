//! One's own account: a second device whose code is asked for at the login.

use askama::Template;
use askama::filters::HtmlSafe;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::qr;
use operations::hoster::accounts::{self, AccountError};
use operations::hoster::second_factor::SecondFactor;
use rand_core::OsRng;
use serde::Deserialize;

use super::form::Own;
use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    page: Page,
    /// Who this is at the identity provider; none where it was not linked.
    identity: Option<String>,
    has_password: bool,
    has_second_factor: bool,
    /// A new secret in letters, and its code as a picture.
    letters: String,
    picture: Picture,
    is_wrong: bool,
}

/// A picture that this program drew.
struct Picture(String);

impl std::fmt::Display for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Picture {}

#[derive(Deserialize)]
pub(crate) struct Coded {
    #[serde(default)]
    letters: String,
    #[serde(default)]
    code: String,
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    page(&desk, &visitor, SecondFactor::new(&mut OsRng), false).await
}

/// Shows the secret again where the code did not fit, so that the device need not be set up twice.
async fn page(desk: &Desk, visitor: &Visitor, factor: SecondFactor, is_wrong: bool) -> Response {
    let page = Page::of(visitor);
    let account = async { accounts::active(&mut desk.store.look().await?, &visitor.person).await };
    let Ok(Some(account)) = account.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let address = factor.address(&visitor.person.0);
    let shown_page = AccountPage {
        page,
        identity: account.identity,
        has_password: account.has_password,
        has_second_factor: account.has_second_factor,
        letters: factor.letters(),
        picture: Picture(qr::svg(&address).unwrap_or_default()),
        is_wrong,
    };
    (status, shown(&shown_page)).into_response()
}

pub(crate) async fn enrol(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Own(typed): Own<Coded>,
) -> Response {
    let Some(factor) = SecondFactor::read(&typed.letters) else {
        return Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-form");
    };
    let now = (desk.now)();
    let enrolled = accounts::enrol_second_factor(&desk.store, &visitor.person, &factor, &typed.code, now);
    answered(&desk, &visitor, enrolled.await, factor).await
}

pub(crate) async fn remove(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Own(typed): Own<Coded>,
) -> Response {
    // A stolen session must not try a million codes.
    let now = (desk.now)();
    if !desk.sessions.may_try(&visitor.person.0, now) {
        return Page::of(&visitor).problem(StatusCode::TOO_MANY_REQUESTS, "problem-wait");
    }
    let removed = accounts::drop_second_factor(&desk.store, &visitor.person, &typed.code, now).await;
    desk.sessions.tried(&visitor.person.0, removed.is_ok(), now);
    answered(&desk, &visitor, removed, SecondFactor::new(&mut OsRng)).await
}

async fn answered(
    desk: &Desk,
    visitor: &Visitor,
    result: Result<(), AccountError>,
    factor: SecondFactor,
) -> Response {
    match result {
        Ok(()) => Redirect::to("/account").into_response(),
        Err(AccountError::Code) => page(desk, visitor, factor, true).await,
        Err(_) => Page::of(visitor).problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}
