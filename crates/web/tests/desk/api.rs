//! The interface for programs: who may what with which token, and that it says what its description says.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use operations::hoster::tokens::{self, Scope, Wanted};
use rand_core::OsRng;
use serde_json::Value;
use store::{BothSides, PersonId};

use crate::kit::*;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 4, 1);

pub(crate) async fn token(house: &House, person: &str, scopes: &[Scope]) -> String {
    let wanted = Wanted { label: "a test", scopes, until: DAY };
    tokens::issue(&house.store, &PersonId(person.to_owned()), wanted, now(), &mut OsRng).await.unwrap()
}

pub(crate) async fn call(
    house: &House,
    method: &str,
    path: &str,
    token: &str,
    body: &str,
) -> (StatusCode, Value) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .body(Body::from(body.to_owned()))
        .unwrap();
    let answer = house.ask(request).await;
    let body = serde_json::from_str(&answer.body).unwrap_or(Value::Null);
    if answer.status.is_client_error() {
        assert_eq!(answer.header("content-type"), "application/problem+json", "{method} {path}");
    }
    (answer.status, body)
}

/// Every call of the description, with ids filled in.
fn calls() -> Vec<(String, String)> {
    let document = serde_json::to_value(web::description()).unwrap();
    let mut calls = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, call) in methods.as_object().unwrap() {
            if is_open(call) {
                continue;
            }
            let path = path.replace("{number}", "1").replace("{id}", "K-1").replace("{list}", "paper");
            let path = path.replace("{name}", "mine");
            let path = path.replace("{step}", "statements").replace("{partner}", "hoster-north");
            calls.push((method.to_uppercase(), path));
        }
    }
    assert!(calls.len() > 30, "{calls:?}");
    calls
}

/// Whether the description says that a call needs no token.
fn is_open(call: &serde_json::Value) -> bool {
    call["security"] == serde_json::json!([{}])
}

#[tokio::test]
async fn one_call_needs_no_token_and_takes_only_what_is_signed() {
    let document = serde_json::to_value(web::description()).unwrap();
    let methods = document["paths"].as_object().unwrap().iter();
    let calls = methods.flat_map(|(path, methods)| {
        methods.as_object().unwrap().iter().map(move |(method, call)| (method, path, call))
    });
    let open: Vec<_> =
        calls.filter(|(_, _, call)| is_open(call)).map(|(method, path, _)| (method, path)).collect();
    assert_eq!(open, [(&"post".to_owned(), &"/api/v1/answers".to_owned())]);

    let house = House::new().await;
    let acts = house.store.look().await.unwrap().audit().count().await.unwrap();
    for body in ["", "{}", "no receipt", "{\"signatures\":[],\"signed\":{}}"] {
        let (status, told) = call(&house, "POST", "/api/v1/answers", "", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}: {told}");
    }
    assert_eq!(house.store.look().await.unwrap().audit().count().await.unwrap(), acts);
}

#[tokio::test]
async fn without_a_token_that_opens_something_every_call_is_refused() {
    let house = House::new().await;
    let good = token(&house, "anna", &[Scope::Read]).await;
    let revoked = token(&house, "anna", Scope::ALL).await;
    let id = revoked.split('_').nth(1).unwrap();
    tokens::revoke(&house.store, &PersonId("anna".to_owned()), id, now()).await.unwrap();
    let cut = &good[..good.len() - 1];
    for token in ["", "hvm_", "hvm_0000000000000000_00", "anna", &revoked, cut, &good.replace("hvm_", "hvm-")]
    {
        for (method, path) in calls() {
            let (status, _) = call(&house, &method, &path, token, "{}").await;
            assert_eq!(status, StatusCode::UNAUTHORIZED, "{method} {path} with {token}");
        }
    }
    // A session of the pages is none here, so that no other site can use it.
    let anna = house.log_in("anna").await;
    assert_eq!(house.get("/api/v1/hits", &anna).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_token_does_no_more_than_its_scope_and_its_person() {
    let house = House::new().await;
    let all = Scope::ALL.to_vec();
    for (person, scopes, side) in
        [("anna", &all, "house"), ("rita", &all, "house"), ("mia", &all, "office"), ("nora", &all, "office")]
    {
        let token = token(&house, person, scopes).await;
        for (method, path) in calls() {
            let (status, _) = call(&house, &method, &path, &token, "{}").await;
            let is_office = path.contains("/office/");
            let may = path == "/api/v1/me"
                || (is_office == (side == "office")
                    && person != "nora"
                    && (person != "rita"
                        || (method == "GET" && !path.contains("receipts") && !path.contains("/checks/"))));
            assert_eq!(status != StatusCode::FORBIDDEN, may, "{person} {method} {path}: {status}");
            assert_ne!(status, StatusCode::INTERNAL_SERVER_ERROR, "{person} {method} {path}");
        }
    }
    let reads = token(&house, "anna", &[Scope::Read]).await;
    for (method, path) in calls().into_iter().filter(|(method, _)| method != "GET") {
        assert_eq!(
            call(&house, &method, &path, &reads, "{}").await.0,
            StatusCode::FORBIDDEN,
            "{method} {path}"
        );
    }
}

#[tokio::test]
async fn two_programs_judge_and_decide_as_two_people_do() {
    let house = House::new().await;
    let scopes = [Scope::Read, Scope::Review];
    let (anna, bram) = (token(&house, "anna", &scopes).await, token(&house, "bram", &scopes).await);
    let (_, hits) = call(&house, "GET", "/api/v1/hits?open=true&words=orchard", &anna, "").await;
    assert_eq!((hits["found"].as_u64(), hits["hits"][0]["customer_id"].as_str()), (Some(1), Some("K-1")));
    let same = |seen: u64| format!("{{\"reason\": \"register_agrees\", \"seen\": {seen}}}");
    let answer = "/api/v1/hits/1/dispositions";
    assert_eq!(call(&house, "POST", answer, &anna, &same(0)).await.1["state"], "awaits_second");
    assert_eq!(call(&house, "POST", answer, &bram, &same(0)).await.0, StatusCode::CONFLICT, "she was faster");
    assert_eq!(call(&house, "POST", answer, &anna, &same(1)).await.0, StatusCode::CONFLICT, "the own second");
    assert_eq!(call(&house, "POST", answer, &bram, &same(1)).await.1["state"], "same");
    let decide = |grounds: &str| {
        format!("{{\"customer_id\": \"K-1\", \"measure\": \"suspend\", \"grounds\": [{grounds}]}}")
    };
    let without = call(&house, "POST", "/api/v1/decisions", &anna, &decide("")).await;
    assert_eq!(without.0, StatusCode::UNPROCESSABLE_ENTITY);
    let own = decide("{\"kind\": \"aup_breach\", \"text\": \"ticket 4711\"}");
    let (status, made) = call(&house, "POST", "/api/v1/decisions", &anna, &own).await;
    assert_eq!((status, made["state"].as_str()), (StatusCode::CREATED, Some("proposed")));
    let approve = format!("/api/v1/decisions/{}/approval", made["id"].as_str().unwrap());
    assert_eq!(call(&house, "POST", &approve, &anna, "").await.0, StatusCode::CONFLICT);
    assert_eq!(call(&house, "POST", &approve, &bram, "").await.1["state"], "stands");
    let (_, state) = call(&house, "GET", "/api/v1/state", &anna, "").await;
    assert_eq!((state["waiting"].as_u64(), state["decisions_waiting"].as_u64()), (Some(1), Some(0)));
}

#[tokio::test]
async fn what_cannot_be_understood_is_said_as_a_problem() {
    let house = House::new().await;
    let anna = token(&house, "anna", Scope::ALL).await;
    for (method, path, body, expected) in [
        ("GET", "/api/v1/hits/0", "", StatusCode::NOT_FOUND),
        ("GET", "/api/v1/hits/x", "", StatusCode::NOT_FOUND),
        ("GET", "/api/v1/hits?take=-1", "", StatusCode::BAD_REQUEST),
        ("GET", "/api/v1/hits?class=sure", "", StatusCode::BAD_REQUEST),
        ("GET", "/api/v1/nothing", "", StatusCode::NOT_FOUND),
        ("GET", "/api/v1/audit?after=18446744073709551615", "", StatusCode::OK),
        ("POST", "/api/v1/hits/1/dispositions", "{", StatusCode::BAD_REQUEST),
        (
            "POST",
            "/api/v1/hits/1/dispositions",
            "{\"reason\": \"x\", \"seen\": 0}",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        (
            "POST",
            "/api/v1/hits/1/dispositions",
            "{\"reason\": \"name_only\", \"seen\": 0, \"x\": 1}",
            StatusCode::UNPROCESSABLE_ENTITY,
        ),
        ("PUT", "/api/v1/hits/1/assignment", "{\"to\": \"rita\"}", StatusCode::UNPROCESSABLE_ENTITY),
        ("POST", "/api/v1/deliveries", "no delivery", StatusCode::UNPROCESSABLE_ENTITY),
        ("POST", "/api/v1/lists?name=..", "x", StatusCode::UNPROCESSABLE_ENTITY),
        ("POST", "/api/v1/screenings", "x", StatusCode::BAD_REQUEST),
    ] {
        let (status, body) = call(&house, method, path, &anna, body).await;
        assert_eq!(status, expected, "{method} {path}: {body}");
    }
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[tokio::test]
async fn people_make_a_token_see_it_once_and_take_it_back() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let csrf = house.get("/account/tokens", &anna).await.csrf();
    let form = format!("csrf={csrf}&label=monitor&until=2026-04-01&read=yes&curate=yes");
    let made = house.post("/account/tokens", &anna, &form).await.body;
    let token = made.split("class=\"words\">").nth(1).unwrap().split('<').next().unwrap();
    assert!(!house.get("/account/tokens", &anna).await.body.contains(token), "it is shown once");
    let (_, me) = call(&house, "GET", "/api/v1/me", token, "").await;
    assert_eq!((me["person"].as_str(), me["scopes"].as_array().unwrap().len()), (Some("anna"), 1), "{me}");
    for wrong in
        ["label=&until=2026-04-01&read=yes", "label=x&until=2036-04-01&read=yes", "label=x&until=2026-04-01"]
    {
        let refused = house.post("/account/tokens", &anna, &format!("csrf={csrf}&{wrong}")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }

    let id = token.split('_').nth(1).unwrap();
    let bram = house.log_in("bram").await;
    let brams = house.get("/account", &bram).await.csrf();
    let path = format!("/account/tokens/{id}/revoke");
    assert_eq!(house.post(&path, &bram, &format!("csrf={brams}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.post(&path, &anna, &format!("csrf={csrf}")).await.status, StatusCode::SEE_OTHER);
    assert_eq!(call(&house, "GET", "/api/v1/me", token, "").await.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_reference_shows_every_call_without_a_script_from_elsewhere() {
    let house = House::new().await;
    let page = house.get("/api/v1/reference", "").await.body;
    let document = serde_json::to_value(web::description()).unwrap();
    for path in document["paths"].as_object().unwrap().keys() {
        assert!(page.contains(&format!("<code>{}</code>", path)), "{path}");
    }
    assert!(!page.replace(OWN_SCRIPT, "").contains("<script") && !page.contains("http://"));
}
