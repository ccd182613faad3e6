//! Programs that do the same work as people at the pages: files, letters, rights of customers; evidence, partners, contests.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use operations::hoster::tokens::Scope;
use operations::records;
use serde_json::{Value, json};

use crate::api::{call, token};
use crate::kit::*;

const PAGE: &str = "<!doctype html><title>Orchard</title><p>bulletproof since 2019";

async fn send(house: &House, path: &str, token: &str, bytes: &[u8]) -> (StatusCode, String) {
    let request = Request::post(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/octet-stream")
        .body(Body::from(bytes.to_vec()))
        .unwrap();
    let answer = house.ask(request).await;
    (answer.status, answer.body)
}

async fn fetch(house: &House, path: &str, token: &str) -> Answer {
    let header = format!("Bearer {token}");
    house.ask(Request::get(path).header("authorization", header).body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn a_file_beside_a_hit_comes_back_as_it_was_and_who_opened_it_is_known() {
    let house = House::new().await;
    let anna = token(&house, "anna", &[Scope::Read, Scope::Review]).await;
    let path = "/api/v1/hits/1/attachments";
    let (status, made) = send(&house, &format!("{path}?name=order.txt"), &anna, b"what they ordered").await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let id = serde_json::from_str::<Value>(&made).unwrap()["id"].as_str().unwrap().to_owned();
    let (_, all) = call(&house, "GET", path, &anna, "").await;
    assert_eq!((all[0]["name"].as_str(), all[0]["bytes"].as_u64()), (Some("order.txt"), Some(17)), "{all}");
    let file = fetch(&house, &format!("/api/v1/attachments/{id}"), &anna).await;
    assert_eq!(
        (file.body.as_str(), file.header("content-type")),
        ("what they ordered", "application/octet-stream")
    );
    assert!(file.header("content-disposition").starts_with("attachment; "));
    let last = records::last(&mut house.store.look().await.unwrap(), 1).await.unwrap();
    assert_eq!((last[0].actor.as_str(), last[0].action.as_str()), ("anna", "open_file"));
    let gone = format!("/api/v1/attachments/{id}");
    assert_eq!(call(&house, "DELETE", &gone, &anna, "").await.0, StatusCode::NO_CONTENT);
    assert_eq!(call(&house, "GET", &gone, &anna, "").await.0, StatusCode::NOT_FOUND);
    for (path, status) in [
        ("/api/v1/hits/9/attachments?name=x.txt", StatusCode::NOT_FOUND),
        ("/api/v1/hits/1/attachments", StatusCode::BAD_REQUEST),
        ("/api/v1/hits/1/attachments?name=..", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        assert_eq!(send(&house, path, &anna, b"x").await.0, status, "{path}");
    }
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[tokio::test]
async fn a_letter_is_printed_and_one_without_a_decision_is_not() {
    let house = House::new().await;
    let anna = token(&house, "anna", &[Scope::Review]).await;
    let ask = async |path: &str, body: &str| {
        let request = Request::post(path)
            .header("authorization", format!("Bearer {anna}"))
            .header("content-type", "application/json")
            .body(Body::from(body.to_owned()))
            .unwrap();
        house.ask(request).await
    };
    let letter = ask("/api/v1/customers/K-1/letter", "{\"until\": \"2026-04-01\"}").await;
    assert_eq!((letter.status, letter.header("content-type")), (StatusCode::OK, "application/pdf"));
    let last = records::last(&mut house.store.look().await.unwrap(), 1).await.unwrap();
    assert_eq!(last[0].action, "print_request");
    assert_eq!(ask("/api/v1/customers/K-9/letter", "{}").await.status, StatusCode::NOT_FOUND);
    assert_eq!(ask("/api/v1/decisions/D-0001/letter", "{}").await.status, StatusCode::NOT_FOUND);
    let wrong_day = ask("/api/v1/customers/K-1/letter", "{\"until\": \"soon\"}").await;
    assert_eq!(wrong_day.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_customers_rights_are_carried_out() {
    let house = House::new().await;
    let anna = token(&house, "anna", &[Scope::Read, Scope::Review]).await;
    let ground = "{\"ground\": \"asked by letter on 1 March\"}";
    let restriction = "/api/v1/customers/K-1/restriction";
    assert_eq!(
        call(&house, "PUT", restriction, &anna, "{\"ground\": \" \"}").await.0,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(call(&house, "PUT", restriction, &anna, ground).await.0, StatusCode::NO_CONTENT);
    assert_eq!(call(&house, "PUT", restriction, &anna, ground).await.0, StatusCode::CONFLICT);
    assert_eq!(call(&house, "GET", "/api/v1/restrictions", &anna, "").await.1, json!(["K-1"]));
    let answer = "{\"reason\": \"name_only\", \"seen\": 0}";
    let worked_on = call(&house, "POST", "/api/v1/hits/1/dispositions", &anna, answer).await;
    assert_eq!(worked_on.0, StatusCode::CONFLICT, "{}", worked_on.1);
    assert_eq!(call(&house, "DELETE", restriction, &anna, "").await.0, StatusCode::NO_CONTENT);
    let (status, erased) = call(&house, "POST", "/api/v1/customers/K-1/erasure", &anna, ground).await;
    assert_eq!((status, erased["hits"].as_u64()), (StatusCode::OK, Some(1)), "{erased}");
    assert_eq!(
        call(&house, "POST", "/api/v1/customers/K-1/erasure", &anna, ground).await.0,
        StatusCode::NOT_FOUND
    );
    let (status, ran) = call(&house, "POST", "/api/v1/retention/runs", &anna, "").await;
    assert_eq!((status, ran["hits"].as_u64()), (StatusCode::OK, Some(0)));
}

fn capture(content: &str) -> String {
    let description = json!({
        "quote": {"text": "abuse? ignored", "language": "en", "translation": null},
        "services": ["bulletproof hosting"], "offences": [], "grades": {"observation": "A1", "claim": "B2", "link": "C3"},
    });
    json!({
        "place": "https://orchard.example/", "captured_at": "2026-03-01T10:00:00Z", "method": "browser", "tool": "archiver",
        "description": description, "files": [{"name": "page.html", "content": content}], "account": "forum account 4",
    })
    .to_string()
}

#[tokio::test]
async fn evidence_is_captured_described_and_sealed() {
    let house = House::new().await;
    let mia = token(&house, "mia", &[Scope::Read, Scope::Curate]).await;
    let path = "/api/v1/office/evidence";
    let (status, made) = call(&house, "POST", path, &mia, &capture(&STANDARD.encode(PAGE))).await;
    assert_eq!((status, made["id"].as_str()), (StatusCode::CREATED, Some("EV-0001")), "{made}");
    for wrong in [capture("no base64!"), capture(&STANDARD.encode(PAGE)).replace("B2", "Z9"), capture("")] {
        assert_eq!(call(&house, "POST", path, &mia, &wrong).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let (_, seen) = call(&house, "GET", &format!("{path}/EV-0001"), &mia, "").await;
    assert_eq!(seen["description"]["quote"]["text"], "abuse? ignored");
    assert_eq!(
        (seen["sealed"].as_bool(), seen["files"][0]["name"].as_str()),
        (Some(false), Some("page.html"))
    );
    assert!(!seen.to_string().contains("forum account"), "who collected it is apart: {seen}");

    let mut better = seen["description"].clone();
    better["services"] = json!(["bulletproof hosting", "anonymous payment"]);
    let put = call(&house, "PUT", &format!("{path}/EV-0001"), &mia, &better.to_string()).await;
    assert_eq!(put.0, StatusCode::NO_CONTENT, "{}", put.1);
    let (status, sealed) = call(&house, "POST", &format!("{path}/EV-0001/seal"), &mia, "").await;
    assert_eq!(status, StatusCode::OK, "{sealed}");
    let late = call(&house, "PUT", &format!("{path}/EV-0001"), &mia, &better.to_string()).await;
    assert_eq!(late.0, StatusCode::CONFLICT, "sealed is sealed: {}", late.1);
    assert_eq!(fetch(&house, &format!("{path}/EV-0001/files/1"), &mia).await.body, PAGE);
    assert_eq!(fetch(&house, &format!("{path}/EV-0001/files/2"), &mia).await.status, StatusCode::NOT_FOUND);
    let (_, who) = call(&house, "GET", &format!("{path}/EV-0001/collector"), &mia, "").await;
    assert_eq!(who["account"], "forum account 4");
}

#[tokio::test]
async fn an_entry_gets_its_criterion_and_a_contest_its_handler() {
    let house = House::new().await;
    let mia = token(&house, "mia", &[Scope::Read, Scope::Curate]).await;
    call(&house, "POST", "/api/v1/office/evidence", &mia, &capture(&STANDARD.encode(PAGE))).await;
    call(&house, "POST", "/api/v1/office/evidence/EV-0001/seal", &mia, "").await;
    let entry = json!({"id": "E-1", "type": "brand", "names": [{"text": "Orchard", "kind": "primary"}]});
    let (status, made) = call(&house, "POST", "/api/v1/office/entries", &mia, &entry.to_string()).await;
    assert_eq!(status, StatusCode::CREATED, "{made}");
    let path = format!("/api/v1/office/entries/{}", made["id"].as_str().unwrap());
    let yes = json!({"answer": "yes", "evidence": ["EV-0001"]});
    let questions = json!({"presents_itself": yes, "dutch_nexus": yes, "link": yes, "wrong_person_test": yes,
                           "less_intrusive_possible": {"answer": "no"}});
    let put = call(&house, "PUT", &format!("{path}/criterion"), &mia, &questions.to_string()).await;
    assert_eq!(put.0, StatusCode::NO_CONTENT, "{}", put.1);
    let odd = questions.to_string().replace("\"no\"", "\"perhaps\"");
    let put = call(&house, "PUT", &format!("{path}/criterion"), &mia, &odd).await;
    assert_eq!(put.0, StatusCode::UNPROCESSABLE_ENTITY);
    let seen =
        call(&house, "POST", &format!("{path}/observations"), &mia, "{\"evidence\": \"EV-0001\"}").await;
    assert_eq!(seen.0, StatusCode::NO_CONTENT, "{}", seen.1);
    let none =
        call(&house, "POST", &format!("{path}/observations"), &mia, "{\"evidence\": \"EV-0009\"}").await;
    assert_eq!(none.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_partner_is_entered_changed_and_suspended() {
    let house = House::new().await;
    let mia = token(&house, "mia", &[Scope::Read, Scope::Curate]).await;
    let path = "/api/v1/office/partners/hoster-north";
    let facts = |name: &str| {
        json!({"name": name, "role": "hoster", "email": "abuse@north.example", "language": "nl", "lists": ["harbour"]})
            .to_string()
    };
    assert_eq!(call(&house, "GET", path, &mia, "").await.0, StatusCode::NOT_FOUND);
    for name in ["Noord", "Noord B.V."] {
        let put = call(&house, "PUT", path, &mia, &facts(name)).await;
        assert_eq!(put.0, StatusCode::NO_CONTENT, "{}", put.1);
        let (_, seen) = call(&house, "GET", path, &mia, "").await;
        assert_eq!((seen["facts"]["name"].as_str(), seen["state"].as_str()), (Some(name), Some("invited")));
    }
    let odd = facts("Noord").replace("hoster", "friend");
    assert_eq!(call(&house, "PUT", path, &mia, &odd).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    let key = json!({"key": STANDARD.encode("no key"), "words": "one two"}).to_string();
    let enrolled = call(&house, "POST", &format!("{path}/enrolment"), &mia, &key).await;
    assert_eq!(enrolled.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(call(&house, "PUT", &format!("{path}/suspension"), &mia, "").await.0, StatusCode::NO_CONTENT);
    assert_eq!(call(&house, "GET", path, &mia, "").await.1["state"], "suspended");
    assert_eq!(
        call(&house, "DELETE", &format!("{path}/suspension"), &mia, "").await.0,
        StatusCode::NO_CONTENT
    );
    assert_eq!(call(&house, "GET", path, &mia, "").await.1["state"], "invited");
}

#[tokio::test]
async fn deliveries_need_signatures_and_a_ground() {
    let house = House::new().await;
    let mia = token(&house, "mia", &[Scope::Read, Scope::Curate]).await;
    let path = "/api/v1/office/editions/1";
    assert_eq!(call(&house, "GET", path, &mia, "").await.0, StatusCode::NOT_FOUND);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    for (call_name, body) in [
        ("sealing", "{\"signatures\": []}"),
        ("sealing", "{\"signatures\": [\"?\"]}"),
        ("publication", "{\"signatures\": [\"eA==\"], \"ground\": \" \"}"),
    ] {
        let (status, told) = call(&house, "POST", &format!("{path}/{call_name}"), &mia, body).await;
        assert_eq!(status, refused, "{call_name} {body}: {told}");
        assert_ne!(told["title"], HOSTILE, "the program was asked");
    }
    let sealed = call(&house, "POST", &format!("{path}/sealing"), &mia, "{\"signatures\": [\"eA==\"]}").await;
    assert_eq!((sealed.0, sealed.1["title"].as_str()), (refused, Some(HOSTILE)), "the program says why");
    assert_eq!(
        call(&house, "GET", &format!("{path}/requests/parts"), &mia, "").await.0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(call(&house, "GET", &format!("{path}/requests/all"), &mia, "").await.0, StatusCode::NOT_FOUND);
    let (status, told) = send(&house, "/api/v1/office/receipts", &mia, b"no receipt").await;
    assert_eq!(status, refused, "{told}");
}
