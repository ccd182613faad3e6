//! A house that lets its people in by its identity provider: a desk with its own settings, a provider on another site, and
//! a browser between them.

#[path = "../../../sign_in/tests/flow/fake_provider.rs"]
mod fake_provider;

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::{Html, IntoResponse, Response};
use fake_provider::{CLIENT, EMAIL, FakeProvider, Fault, SECRET, SUBJECT};

use crate::desk::{Browser, DESKTOP, Desk, Looks, axe};
use crate::pages::check;

/// Where everything of the house is: nothing outside of its folder.
const HOUSE: [&str; 6] = ["--home", "house", "--key-file", "database.key", "--as", "admin"];

/// Runs one command of the program in the home of the house, and gives what it printed.
fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_havenmeester"))
        .args(arguments)
        .args(HOUSE)
        .current_dir(folder)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// The provider, as `localhost`, which is another site than the desk's 127.0.0.1.
async fn provider() -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://localhost:{}", listener.local_addr().unwrap().port());
    let fake = Arc::new((issuer.clone(), FakeProvider::new(&issuer, Fault::None)));
    let service = Router::new().fallback(answer).with_state(fake);
    tokio::spawn(async move { axum::serve(listener, service).await });
    issuer
}

type Provider = Arc<(String, FakeProvider)>;

async fn answer(State(provider): State<Provider>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    if parts.uri.path() == "/log-in" {
        let back = provider.1.log_in(&format!("{}{}", provider.0, parts.uri));
        let back = back.replace('&', "&amp;");
        return Html(format!("<title>Staff</title><a id=in href=\"{back}\">I am Anna</a>")).into_response();
    }
    let body = to_bytes(body, 100_000).await.unwrap().to_vec();
    provider.1.answer(&Request::from_parts(parts, body)).map(Body::from)
}

fn settings(issuer: &str, desk: &str, more: &str) -> String {
    format!(
        "name = \"Noorderkade\"\nissuer = \"{issuer}\"\nclient_id = \"{CLIENT}\"\nclient_secret_file = \"secret\"\n\
         address = \"{desk}\"\n{more}\n"
    )
}

async fn in_by_the_provider(language: &'static str, unknown: &str, more: &str, identity: &str) {
    let issuer = provider().await;
    let folder = tempfile::tempdir().unwrap();
    let listen = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    run(folder.path(), &["init"]);
    let home = folder.path().join("house");
    std::fs::write(home.join("secret"), SECRET).unwrap();
    std::fs::write(home.join("sign_in.toml"), settings(&issuer, &format!("http://{listen}"), more)).unwrap();
    assert!(run(folder.path(), &["doctor"]).contains("all is well"));
    let desk = Desk::serve(folder, &[&HOUSE[..], &["--listen", &listen]].concat());
    let looks = Looks { language, ..DESKTOP };
    let Some(browser) = Browser::open(&desk, looks).await else { return };
    let mut found = Vec::new();
    let axe = axe();

    // The provider knows her, the desk does not yet.
    browser.go("/login").await;
    check(&browser, looks, "sign-in-login", axe.as_deref(), &mut found).await;
    browser.follow("a[href='/login/openid']").await;
    browser.follow("#in").await;
    browser.wait_for_text(unknown).await;
    browser.wait_for_text(identity).await;
    check(&browser, looks, "sign-in-unknown", axe.as_deref(), &mut found).await;

    // Linked as the page says, typed as people type it, she is in, though her browser came from another site.
    let link = ["account", "link", "anna", "--role", "reviewer", "--identity", identity];
    run(desk.folder.path(), &link);
    browser.go("/login").await;
    browser.follow("a[href='/login/openid']").await;
    browser.follow("#in").await;
    browser.wait_for("form.who").await;
    assert_eq!(browser.path().await, "/");
    browser.go("/account").await;
    browser.wait_for_text(identity).await;
    check(&browser, looks, "sign-in-account", axe.as_deref(), &mut found).await;
    let list = run(desk.folder.path(), &["account", "list"]);
    assert!(list.contains("provider") && list.contains(identity), "{list}");

    // An answer that this browser never asked for opens nothing.
    browser.follow("form.who button").await;
    browser.go("/login/openid/back?state=x&code=y").await;
    assert_eq!(browser.path().await, "/login/openid/back");
    check(&browser, looks, "sign-in-again", axe.as_deref(), &mut found).await;
    assert_eq!(found, Vec::<String>::new());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_of_a_house_come_in_by_its_provider_in_english() {
    in_by_the_provider("en", "does not know you yet", "", SUBJECT).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_of_a_house_come_in_by_its_provider_alone_in_dutch() {
    let more = "identify_by = \"email\"\nonly = true";
    in_by_the_provider("nl", "kent u nog niet", more, &EMAIL.to_lowercase()).await;
}
