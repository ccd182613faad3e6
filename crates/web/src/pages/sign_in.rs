//! Logging in by the identity provider of the house: there, and back.

use std::net::SocketAddr;

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{ConnectInfo, Extension, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use operations::hoster::accounts::Account;
use operations::hoster::identities;
use operations::hoster::logins::Ground;
use watchlist::Phrase;

use super::login::session;
use super::{Detail, Page, shown};
use crate::desk::Desk;
use crate::guard;
use crate::work::{Brought, SignIn, Told};

/// Somebody whom the provider knows and this desk does not.
#[derive(Template)]
#[template(path = "sign_in_unknown.html")]
struct UnknownPage {
    page: Page,
    provider: String,
    identity: String,
    /// As it stands in a command that somebody will copy into a shell.
    in_command: String,
}

/// An identity as one word of a command. What a shell could take for more than a word is left for a person to type.
fn in_command(identity: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@+:/|=".contains(c);
    let is_word = identity.chars().all(is_plain) && !identity.starts_with('-');
    if is_word { format!("'{identity}'") } else { "...".to_owned() }
}

/// Goes on to the desk. The cookie of the session does not come along while a browser is sent here from elsewhere, so it
/// cannot be sent on at once.
#[derive(Template)]
#[template(path = "sign_in_done.html")]
struct DonePage {
    page: Page,
}

/// Sends the browser to the provider.
pub(crate) async fn begin(State(desk): State<Desk>, headers: HeaderMap) -> Response {
    let page = Page::anonymous(guard::language(&headers));
    if desk.settings.sign_in.is_none() {
        return page.problem(StatusCode::NOT_FOUND, "problem-not-found");
    }
    match asked(&desk, |provider| provider.begin()).await {
        Err(told) => {
            page.detailed(StatusCode::BAD_GATEWAY, "sign-in-away", Detail::told(&told, page.language))
        }
        Ok(departure) => {
            ([guard::keep(Some(&departure.kept), &desk)], Redirect::to(&departure.address)).into_response()
        }
    }
}

/// Takes a browser that the provider sent back.
pub(crate) async fn end(
    State(desk): State<Desk>,
    peer: Option<Extension<ConnectInfo<SocketAddr>>>,
    headers: HeaderMap,
    brought: Result<Query<Brought>, QueryRejection>,
) -> Response {
    let page = Page::anonymous(guard::language(&headers));
    let now = (desk.now)();
    let Some(provider) = desk.settings.sign_in.as_ref().map(|provider| provider.name().to_owned()) else {
        return page.problem(StatusCode::NOT_FOUND, "problem-not-found");
    };
    let address = guard::address(peer.map(|Extension(ConnectInfo(peer))| peer), &headers);
    if address.as_ref().is_some_and(|address| !desk.sessions.may_try_from(address, now)) {
        return page.problem(StatusCode::TOO_MANY_REQUESTS, "sign-in-wait");
    }
    let (Some(kept), Ok(Query(brought))) = (guard::kept(&headers, &desk), brought) else {
        return page.problem(StatusCode::BAD_REQUEST, "sign-in-again");
    };
    let failed = || {
        if let Some(address) = &address {
            desk.sessions.failed_from(address, now);
        }
    };
    let identity = match asked(&desk, move |provider| provider.end(&kept, brought)).await {
        Ok(identity) => identity,
        Err(told) => {
            failed();
            let answer =
                page.detailed(StatusCode::FORBIDDEN, "sign-in-failed", Detail::told(&told, page.language));
            return ([guard::keep(None, &desk)], answer).into_response();
        }
    };
    let known = async { identities::of(&mut desk.store.look().await?, &identity).await };
    match known.await {
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
        Ok(None) => {
            failed();
            let body = shown(&UnknownPage { page, provider, in_command: in_command(&identity), identity });
            (StatusCode::FORBIDDEN, [guard::keep(None, &desk)], body).into_response()
        }
        Ok(Some(account)) => let_in(&desk, page, account).await,
    }
}

async fn let_in(desk: &Desk, page: Page, account: Account) -> Response {
    let Ok((name, value)) = session(desk, account.person, Ground::IdentityProvider).await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database");
    };
    // Two cookies: that of the session comes, that of the way here goes.
    let mut answer = ([guard::keep(None, desk)], shown(&DonePage { page })).into_response();
    answer.headers_mut().append(name, value);
    answer
}

/// Asks the provider on a thread that serves nobody else.
async fn asked<T: Send + 'static>(
    desk: &Desk,
    ask: impl FnOnce(&dyn SignIn) -> Result<T, Told> + Send + 'static,
) -> Result<T, Told> {
    let broke_off = || Told::Worded {
        what: Phrase::new(
            "the question to the identity provider broke off",
            "de vraag aan de identiteitsprovider brak af",
        ),
        hint: Phrase::new("try again", "probeer het opnieuw"),
    };
    let permit = desk.asking.clone().acquire_owned().await.map_err(|_| broke_off())?;
    let settings = desk.settings.clone();
    let answer = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        settings.sign_in.as_deref().map(ask)
    });
    answer.await.ok().flatten().unwrap_or_else(|| Err(broke_off()))
}

#[cfg(test)]
mod tests {
    use super::in_command;

    #[test]
    fn what_a_shell_could_run_is_not_put_into_a_command() {
        assert_eq!(in_command("0b5c-anna@house.example|x"), "'0b5c-anna@house.example|x'");
        for hostile in ["x' ; ls #", "$(ls)", "`ls`", "--role", "a b", "a\nb", "é"] {
            assert_eq!(in_command(hostile), "...", "{hostile:?}");
        }
    }
}
