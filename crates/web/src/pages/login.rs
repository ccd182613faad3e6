//! Logging in and out.

use std::net::SocketAddr;
use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use operations::hoster::accounts;
use operations::hoster::logins::{self, Ground};
use serde::Deserialize;
use store::PersonId;

use super::form::{Own, Sent};
use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::{self, Visitor};

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    page: Page,
    /// Key of what went wrong.
    problem: Option<&'static str>,
    /// What people call the identity provider, where there is one.
    provider: Option<String>,
    takes_passwords: bool,
    /// People of a demo, who log in with one click.
    without_password: Vec<(String, String)>,
    /// Where the key files of the demo's people lie.
    demo_keys: Option<String>,
}

impl LoginPage {
    fn new(page: Page, problem: Option<&'static str>, desk: &Desk) -> Self {
        let people = desk.settings.without_password.iter();
        let without_password = people.map(|one| (one.person.0.clone(), one.what.to_owned())).collect();
        let provider = desk.settings.sign_in.as_ref();
        Self {
            page,
            problem,
            provider: provider.map(|provider| provider.name().to_owned()),
            takes_passwords: takes_passwords(desk),
            without_password,
            demo_keys: desk.settings.demo_keys.clone(),
        }
    }
}

/// Whether a password opens anything here.
fn takes_passwords(desk: &Desk) -> bool {
    desk.settings.sign_in.as_ref().is_none_or(|provider| !provider.is_only_way())
}

#[derive(Deserialize)]
pub(crate) struct DemoLogin {
    name: String,
}

#[derive(Deserialize)]
pub(crate) struct Login {
    name: String,
    password: String,
    #[serde(default)]
    code: String,
}

pub(crate) async fn show(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    shown(&LoginPage::new(Page::anonymous(guard::language(&headers)), None, &desk))
}

/// Logs a visitor of a demo in. Everywhere else there is nobody who may.
pub(crate) async fn log_in_to_demo(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Form(typed): Form<DemoLogin>,
) -> Response {
    let person = desk.settings.without_password.iter().find(|one| one.person.0 == typed.name);
    let Some(person) = person.map(|one| one.person.clone()) else {
        return Page::anonymous(guard::language(&headers))
            .problem(StatusCode::NOT_FOUND, "problem-not-found");
    };
    let page = Page::anonymous(guard::language(&headers));
    let_in(&desk, &page, person, Ground::Demo).await
}

/// Writes that somebody logs in, opens their session, and gives its cookie.
pub(super) async fn session(
    desk: &Desk,
    person: PersonId,
    ground: Ground,
) -> Result<(HeaderName, HeaderValue), store::Error> {
    let now = (desk.now)();
    logins::begin(&desk.store, &person, ground, now).await?;
    let token = desk.sessions.begin(person, now);
    Ok(guard::cookie(Some(&token), desk))
}

async fn let_in(desk: &Desk, page: &Page, person: PersonId, ground: Ground) -> Response {
    match session(desk, person, ground).await {
        Ok(cookie) => ([cookie], Redirect::to("/")).into_response(),
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

/// The same answer, after the same work, whether the name or the password is wrong.
pub(crate) async fn log_in(
    State(desk): State<Desk>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    Form(typed): Form<Login>,
) -> Response {
    let page = Page::anonymous(guard::language(&headers));
    let now = (desk.now)();
    let name = typed.name.trim().to_lowercase();
    let refused = |status, problem| {
        (status, shown(&LoginPage::new(page.clone(), Some(problem), &desk))).into_response()
    };
    if !takes_passwords(&desk) {
        return refused(StatusCode::FORBIDDEN, "login-no-password");
    }
    let address = guard::address(peer.map(|Extension(ConnectInfo(peer))| peer), &headers);
    let may_try_here = address.as_ref().is_none_or(|address| desk.sessions.may_try_from(address, now));
    if !may_try_here || !desk.sessions.may_try(&name, now) {
        return refused(StatusCode::TOO_MANY_REQUESTS, "login-wait");
    }
    let challenge = async { accounts::challenge(&mut desk.store.look().await?, &name).await };
    let Ok(challenge) = challenge.await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    // Each hash takes 19 MiB: strangers cannot make the desk take all memory.
    let Ok(permit) = desk.hashing.clone().acquire_owned().await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    let answered = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        challenge.answer(&typed.password, &typed.code, now)
    });
    let answered = answered.await.ok().flatten();
    let opened = answered.and_then(|(account, step)| match step {
        None => Some((account.person, Ground::Password)),
        Some(step) => {
            let counts = desk.sessions.use_code(&account.person, step);
            counts.then_some((account.person, Ground::PasswordAndCode))
        }
    });
    desk.sessions.tried(&name, opened.is_some(), now);
    match opened {
        Some((person, ground)) => let_in(&desk, &page, person, ground).await,
        None => {
            if let Some(address) = address {
                desk.sessions.failed_from(&address, now);
            }
            // Beside the answer: how long it takes must not tell whether there is such a name.
            let store = Arc::clone(&desk.store);
            tokio::spawn(async move { logins::refused(&store, &name, now).await });
            refused(StatusCode::UNAUTHORIZED, "login-wrong")
        }
    }
}

/// Whoever wants out gets out, whether or not that can be written.
pub(crate) async fn log_out(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    headers: HeaderMap,
    Own(_): Own<Sent>,
) -> Response {
    if let Some(token) = guard::token(&headers, &desk) {
        desk.sessions.end(&token);
    }
    if logins::end(&desk.store, &visitor.person, (desk.now)()).await.is_err() {
        let answer = Page::of(&visitor).problem(StatusCode::INTERNAL_SERVER_ERROR, "log-out-unwritten");
        return ([guard::cookie(None, &desk)], answer).into_response();
    }
    ([guard::cookie(None, &desk)], Redirect::to("/login")).into_response()
}
