//! Before a page: who is it, may they, did they send the form themselves. After a page: the headers.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, REFERRER_POLICY, SET_COOKIE,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use documents::Language;
use operations::hoster::accounts::{self, DeskRole};
use store::PersonId;

use crate::desk::Desk;
use crate::pages::Page;
use crate::sessions::same_secret;

/// Whoever is logged in, as every page behind the login gets it.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) person: PersonId,
    pub(crate) role: DeskRole,
    pub(crate) csrf: String,
    pub(crate) language: Language,
    /// Lists beyond their last day that are still in use: every page of a hoster says so.
    pub(crate) stale: Vec<String>,
}

impl Visitor {
    /// Whether they may change anything. What exactly is asked where it is done: of a member of the issuer's unit by the
    /// roles that two administrators signed for.
    pub(crate) fn may_change(&self) -> bool {
        self.role != DeskRole::Reader
    }

    pub(crate) fn is_of_office(&self) -> bool {
        self.role == DeskRole::Member
    }

    /// The answer to a form that another page sent in the visitor's name; nothing where it is their own.
    pub(crate) fn refused_token(&self, csrf: &str) -> Option<Response> {
        (!same_secret(csrf, &self.csrf))
            .then(|| Page::of(self).problem(StatusCode::FORBIDDEN, "problem-form"))
    }

    /// The answer to a form that the visitor may not send, or that another page sent in their name; nothing where it
    /// may be taken.
    pub(crate) fn refused_form(&self, csrf: &str) -> Option<Response> {
        let refused_role = || Page::of(self).problem(StatusCode::FORBIDDEN, "problem-role");
        self.refused_token(csrf).or_else(|| (!self.may_change()).then(refused_role))
    }
}

/// Lets through who is logged in and still has an account; everybody else goes to the login.
pub(crate) async fn logged_in(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let now = (desk.now)();
    let session = token(request.headers(), &desk).and_then(|token| desk.sessions.of(&token, now));
    let Some(session) = session else { return Redirect::to("/login").into_response() };
    let account = async { accounts::active(&mut desk.store.look().await?, &session.person).await };
    let language = language(request.headers());
    match account.await {
        Ok(Some(account)) => {
            let visitor = Visitor {
                person: session.person,
                role: account.role,
                csrf: session.csrf,
                language,
                stale: Vec::new(),
            };
            request.extensions_mut().insert(visitor);
            next.run(request).await
        }
        // The account was taken away while the session was open.
        Ok(None) => Redirect::to("/login").into_response(),
        Err(_) => Page::anonymous(language).problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

/// Lets through people of a hoster, and tells their pages which lists are stale.
pub(crate) async fn of_house(State(desk): State<Desk>, mut request: Request, next: Next) -> Response {
    let stale = desk.stale().await;
    if let Some(visitor) = request.extensions_mut().get_mut::<Visitor>() {
        visitor.stale = stale;
    }
    of_side(request, next, false).await
}

/// Lets through people of the unit that issues a list.
pub(crate) async fn of_office(request: Request, next: Next) -> Response {
    of_side(request, next, true).await
}

/// A hoster's people see nothing of an issuer, and the other way round, whatever address they type.
async fn of_side(request: Request, next: Next, office: bool) -> Response {
    match request.extensions().get::<Visitor>() {
        Some(visitor) if visitor.is_of_office() == office => next.run(request).await,
        Some(visitor) => Page::of(visitor).problem(StatusCode::FORBIDDEN, "problem-side"),
        None => Redirect::to("/login").into_response(),
    }
}

/// The headers of every answer: nothing from elsewhere, no script in a page, no frame, no copy in a cache.
pub(crate) async fn headers(request: Request, next: Next) -> Response {
    let language = language(request.headers());
    let mut response = in_words(next.run(request).await, language);
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                  frame-ancestors 'none'";
    let set = [
        (CONTENT_SECURITY_POLICY, policy),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (X_FRAME_OPTIONS, "DENY"),
        (REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
    ];
    for (name, value) in set {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response.headers_mut().entry(CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// What the framework refuses in a line of English is said in a page.
fn in_words(response: Response, language: Language) -> Response {
    let kind = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if response.status().is_client_error() && (kind.is_empty() || kind.starts_with("text/plain")) {
        return Page::anonymous(language).problem(response.status(), "problem-request");
    }
    response
}

/// The session token in the cookie.
pub(crate) fn token(headers: &HeaderMap, desk: &Desk) -> Option<String> {
    value_of(SESSION, headers, desk)
}

/// What a browser keeps while it is at the identity provider.
pub(crate) fn kept(headers: &HeaderMap, desk: &Desk) -> Option<String> {
    value_of(SIGN_IN, headers, desk)
}

fn value_of(cookie: Cookie, headers: &HeaderMap, desk: &Desk) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(|(name, _)| *name == cookie.name(desk)).map(|(_, value)| value.to_owned()).next()
}

/// Sets the cookie of a session, or takes it away where there is no token.
pub(crate) fn cookie(token: Option<&str>, desk: &Desk) -> (HeaderName, HeaderValue) {
    SESSION.set(token, desk)
}

/// Lets the browser keep something until it comes back from the identity provider; takes it away where there is nothing.
/// It comes back from elsewhere, so this cookie may come along then, and is worth nothing else.
pub(crate) fn keep(kept: Option<&str>, desk: &Desk) -> (HeaderName, HeaderValue) {
    SIGN_IN.set(kept, desk)
}

/// A cookie of the desk.
#[derive(Clone, Copy)]
struct Cookie {
    /// Browsers take one with this prefix over TLS only, and from this host alone.
    over_tls: &'static str,
    on_this_machine: &'static str,
    same_site: &'static str,
    /// For how many seconds; none for as long as the browser is open.
    lasts: Option<u32>,
}

const SESSION: Cookie =
    Cookie { over_tls: "__Host-desk", on_this_machine: "desk", same_site: "Strict", lasts: None };
const SIGN_IN: Cookie =
    Cookie { over_tls: "__Host-sign-in", on_this_machine: "sign-in", same_site: "Lax", lasts: Some(600) };

impl Cookie {
    fn name(self, desk: &Desk) -> &'static str {
        if desk.settings.only_over_tls { self.over_tls } else { self.on_this_machine }
    }

    fn set(self, value: Option<&str>, desk: &Desk) -> (HeaderName, HeaderValue) {
        let secure = if desk.settings.only_over_tls { "; Secure" } else { "" };
        let lasts = value.map_or(Some(0), |_| self.lasts);
        let lasts = lasts.map_or(String::new(), |seconds| format!("; Max-Age={seconds}"));
        let (name, same_site) = (self.name(desk), self.same_site);
        let value = value.unwrap_or_default();
        let text = format!("{name}={value}; Path=/; HttpOnly; SameSite={same_site}{secure}{lasts}");
        let value = HeaderValue::from_str(&text).expect("tokens and words of logins are plain letters");
        (SET_COOKIE, value)
    }
}

/// Where a request comes from; nothing where there is no network. A proxy on this machine adds the address that it saw at
/// the end of `X-Forwarded-For`; what others write there is not believed.
pub(crate) fn address(peer: Option<SocketAddr>, headers: &HeaderMap) -> Option<String> {
    let peer = peer?.ip();
    let forwarded = headers.get_all("x-forwarded-for").iter().next_back();
    let forwarded = forwarded.and_then(|value| value.to_str().ok()?.rsplit(',').next());
    let seen = forwarded.and_then(|text| text.trim().parse::<IpAddr>().ok()).filter(|_| peer.is_loopback());
    Some(seen.unwrap_or(peer).to_string())
}

/// The first language the browser names that is spoken here.
pub(crate) fn language(headers: &HeaderMap) -> Language {
    let wanted = headers.get(axum::http::header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let tags = wanted.unwrap_or_default().split(',').filter_map(|one| one.split(';').next());
    tags.filter_map(|tag| Language::from_tag(tag.trim())).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_proxy_on_this_machine_is_believed() {
        let headers = |text: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_str(text).unwrap());
            headers
        };
        for (peer, forwarded, expected) in [
            ("192.0.2.1:5", "198.51.100.7", "192.0.2.1"),
            ("127.0.0.1:5", "198.51.100.7", "198.51.100.7"),
            ("127.0.0.1:5", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
            ("127.0.0.1:5", "somebody", "127.0.0.1"),
            ("[::1]:5", "2001:db8::7", "2001:db8::7"),
        ] {
            let found = address(Some(peer.parse().unwrap()), &headers(forwarded));
            assert_eq!(found.as_deref(), Some(expected), "{peer} {forwarded}");
        }
        assert_eq!(address(None, &HeaderMap::new()), None);
    }
}
