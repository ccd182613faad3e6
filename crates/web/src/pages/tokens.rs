//! Tokens of one's own, with which other programs come.

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::ToSpan;
use operations::hoster::tokens::{self, Scope, Token, TokenError, Wanted};
use rand_core::OsRng;
use serde::Deserialize;

use super::form::{Own, Sent};
use super::{Page, day, shown};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "tokens.html")]
struct TokensPage {
    page: Page,
    tokens: Vec<(Token, String)>,
    scopes: Vec<&'static str>,
    until: String,
    /// A token that was just made, to be copied now or never.
    fresh: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    label: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    read: String,
    #[serde(default)]
    review: String,
    #[serde(default)]
    screen: String,
    #[serde(default)]
    shop: String,
    #[serde(default)]
    curate: String,
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    page_with(&desk, &visitor, None).await
}

async fn page_with(desk: &Desk, visitor: &Visitor, fresh: Option<String>) -> Response {
    let page = Page::of(visitor);
    let all = async { tokens::list(&mut desk.store.look().await?, &visitor.person).await };
    let Ok(all) = all.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let today = day((desk.now)());
    let scopes = Scope::ALL.iter().filter(|scope| fits(**scope, visitor));
    shown(&TokensPage {
        scopes: scopes.map(|scope| scope.word()).collect(),
        until: today.checked_add(90.days()).unwrap_or(today).to_string(),
        tokens: all.into_iter().map(|one| (one.clone(), page.day(one.until))).collect(),
        fresh,
        page,
    })
}

/// What somebody of this side can use at all.
fn fits(scope: Scope, visitor: &Visitor) -> bool {
    match scope {
        Scope::Read => true,
        Scope::Curate => visitor.is_of_office(),
        Scope::Review | Scope::Screen | Scope::Shop => !visitor.is_of_office() && visitor.may_change(),
    }
}

pub(crate) async fn issue(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Own(typed): Own<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    let ticked = [
        (Scope::Read, &typed.read),
        (Scope::Review, &typed.review),
        (Scope::Screen, &typed.screen),
        (Scope::Shop, &typed.shop),
        (Scope::Curate, &typed.curate),
    ];
    let scopes: Vec<Scope> = ticked
        .into_iter()
        .filter(|(scope, ticked)| !ticked.is_empty() && fits(*scope, &visitor))
        .map(|(scope, _)| scope)
        .collect();
    let Ok(until) = typed.until.trim().parse() else {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-token");
    };
    let wanted = Wanted { label: typed.label.trim(), scopes: &scopes, until };
    match tokens::issue(&desk.store, &visitor.person, wanted, (desk.now)(), &mut OsRng).await {
        Ok(token) => page_with(&desk, &visitor, Some(token)).await,
        Err(TokenError::Store(_)) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
        Err(_) => page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-token"),
    }
}

pub(crate) async fn revoke(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Own(_): Own<Sent>,
) -> Response {
    match tokens::revoke(&desk.store, &visitor.person, &id, (desk.now)()).await {
        Ok(()) => Redirect::to("/account/tokens").into_response(),
        Err(TokenError::Store(_)) => {
            Page::of(&visitor).problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database")
        }
        Err(_) => Page::of(&visitor).problem(StatusCode::NOT_FOUND, "problem-not-found"),
    }
}
