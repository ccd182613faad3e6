//! The desk as a browser or a program meets it, without a network: every route for every visitor, and the ways of people.
#![expect(clippy::unwrap_used, reason = "all of this is test code")]

mod api;
mod api_work;
mod casework;
mod kit;
mod office;
mod sign_in;
mod sign_ups;

use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use operations::hoster::second_factor::SecondFactor;
use operations::hoster::{accounts, identities};
use store::{BothSides, PersonId};
use web::{Area, ROUTES, Route};

use kit::*;

#[tokio::test]
async fn nobody_sees_or_changes_anything_without_logging_in() {
    let house = House::new().await;
    for cookie in ["", "desk=", "desk=0000", "__Host-desk=anna"] {
        for route in ROUTES.iter().filter(|route| route.is_behind_login()) {
            let answer = house.any(route, cookie, "").await;
            assert_eq!(
                (answer.status, answer.header("location")),
                (StatusCode::SEE_OTHER, "/login"),
                "{route:?}"
            );
        }
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let mia = house.log_in("mia").await;
    let nowhere = Route { method: "GET", path: "/nowhere", area: Area::Open };
    for route in ROUTES.iter().chain([&nowhere]) {
        let cookie = if route.area == Area::Office { &mia } else { &anna };
        let answer = house.any(route, cookie, "").await;
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{route:?}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{route:?}");
        assert!(!answer.header("cache-control").is_empty(), "{route:?}");
        assert!(answer.body.matches("<script").count() <= 1 && !answer.body.contains(" style="), "{route:?}");
        assert_ne!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{route:?}");
    }
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let bram = house.log_in("bram").await;
    let brams = house.get("/", &bram).await.csrf();
    for token in ["", "0000", &brams] {
        let forms = ROUTES.iter().filter(|route| route.is_behind_login() && route.method == "POST");
        for route in forms.filter(|route| route.area != Area::Office) {
            assert_eq!(house.any(route, &anna, token).await.status, StatusCode::FORBIDDEN, "{route:?}");
        }
    }
    let mia = house.log_in("mia").await;
    for token in ["", "0000", &brams] {
        let forms = ROUTES.iter().filter(|route| route.is_behind_login() && route.method == "POST");
        for route in forms.filter(|route| route.area != Area::House) {
            assert_eq!(house.any(route, &mia, token).await.status, StatusCode::FORBIDDEN, "{route:?}");
        }
    }
    let queue = house.get("/hits", &anna).await.body;
    assert!(queue.contains("To look at <span class=\"count\">2</span>"), "{queue}");
    assert!(!house.get("/editions", &anna).await.body.contains("From paper"));
}

#[tokio::test]
async fn who_may_only_read_changes_nothing() {
    let house = House::new().await;
    let rita = house.log_in("rita").await;
    let page = house.get("/hits/1", &rita).await;
    let token = page.csrf();
    assert!(!page.body.contains("name=\"reason\""), "a reader is shown no form to judge");
    let changes =
        ROUTES.iter().filter(|route| route.is_behind_login() && route.method == "POST" && !is_own(route));
    for route in changes {
        assert_eq!(house.any(route, &rita, &token).await.status, StatusCode::FORBIDDEN, "{route:?}");
    }
}

#[tokio::test]
async fn a_hosters_people_and_an_issuers_do_not_see_each_others_pages() {
    let house = House::new().await;
    for (name, theirs) in [("anna", Area::House), ("rita", Area::House), ("mia", Area::Office)] {
        let cookie = house.log_in(name).await;
        let token = house.get("/account", &cookie).await.csrf();
        let others = ROUTES.iter().filter(|route| route.is_behind_login() && route.area != Area::Anyone);
        for route in others.filter(|route| route.area != theirs) {
            let answer = house.any(route, &cookie, &token).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name} {route:?}");
        }
    }
    // An account alone gives nobody a place in the unit.
    let nora = house.log_in("nora").await;
    let token = house.get("/account", &nora).await.csrf();
    for route in ROUTES.iter().filter(|route| route.area == Area::Office) {
        assert_eq!(house.any(route, &nora, &token).await.status, StatusCode::FORBIDDEN, "{route:?}");
    }
}

#[tokio::test]
async fn hostile_words_are_shown_and_never_run() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    for path in [
        "/hits",
        "/hits/2",
        "/hits?words=%3Cscript%3Ealert(1)%3C/script%3E%22",
        "/hits?class=%22%3E%3Cscript%3E",
        "/hits?view=%22%3E%3Cscript%3E&page=0",
        "/",
        "/dossier",
        "/decisions",
        "/screening",
        "/receipt",
        "/subjects?customer=%3Cscript%3Ealert(1)%3C/script%3E%22%27%3E%3Cimg%20src=x%20onerror=alert(2)%3E",
        "/impact?customer=%3Cscript%3Ealert(1)%3C/script%3E%22%27%3E%3Cimg%20src=x%20onerror=alert(2)%3E",
        "/privacy",
        "/applications",
        "/applications?view=%22%3E%3Cscript%3E",
        "/applications/AP-1",
        "/applications/report?days=%22%3E%3Cscript%3E",
    ] {
        let answer = house.get(path, &anna).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(!answer.body.replace(OWN_SCRIPT, "").contains("<script"), "{path}");
        assert!(!answer.body.contains("<img"), "{path}");
    }
    assert!(house.get("/hits/2", &anna).await.body.contains("&#60;script"));
    for path in [
        "/hits/0",
        "/hits/3",
        "/hits/99999999999999999999",
        "/hits/x",
        "/decisions/../x",
        "/nowhere",
        "/applications/AP-9",
        "/applications/AP-9/message",
    ] {
        let answer = house.get(path, &anna).await;
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
    }
}

#[tokio::test]
async fn two_reviewers_judge_and_decide() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    let (annas, brams) = (house.get("/", &anna).await.csrf(), house.get("/", &bram).await.csrf());
    let same =
        |token: &str, seen: usize| format!("csrf={token}&reason=register_agrees&note=looked+up&seen={seen}");

    let judged = house.post("/hits/1", &anna, &same(&annas, 0)).await;
    assert_eq!((judged.status, judged.header("location")), (StatusCode::SEE_OTHER, "/hits/2"));
    assert_eq!(
        house.post("/hits/1", &anna, &same(&annas, 1)).await.status,
        StatusCode::CONFLICT,
        "the own second"
    );
    assert_eq!(
        house.post("/hits/1", &bram, &same(&brams, 0)).await.status,
        StatusCode::CONFLICT,
        "she was faster"
    );
    assert_eq!(house.post("/hits/1", &bram, &same(&brams, 1)).await.status, StatusCode::SEE_OTHER);
    let page = house.get("/hits/1", &bram).await.body;
    assert!(page.contains("looked up") && !page.contains("name=\"reason\""), "it is judged");

    let decide = |token: &str, ground: &str| {
        format!("csrf={token}&customer=K-1&measure=suspend&ground={ground}&words=ticket+4711")
    };
    let without = house.post("/decisions", &anna, &decide(&annas, "")).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(without.body.contains("ground of your own"));
    // The list of this test is not installed, so it is taken as a binding one: suspending is possible.
    assert_eq!(
        house.post("/decisions", &anna, &decide(&annas, "aup_breach")).await.status,
        StatusCode::SEE_OTHER
    );
    let approve = "/decisions/D-0001/approve";
    assert_eq!(house.post(approve, &anna, &format!("csrf={annas}")).await.status, StatusCode::CONFLICT);
    assert_eq!(house.post(approve, &bram, &format!("csrf={brams}")).await.status, StatusCode::SEE_OTHER);
    assert!(house.get("/decisions", &bram).await.body.contains("approved by bram"));
}

#[tokio::test]
async fn a_login_says_the_same_whoever_it_is_and_stops_guessing() {
    let house = House::new().await;
    let wrong = |name: &str| format!("name={name}&password=wrong+wrong+wrong");
    let known = house.post("/login", "", &wrong("anna")).await;
    let unknown = house.post("/login", "", &wrong("nobody")).await;
    assert_eq!((known.status, &known.body), (StatusCode::UNAUTHORIZED, &unknown.body));
    assert_eq!(known.status, unknown.status);
    for _ in 0..4 {
        house.post("/login", "", &wrong("anna")).await;
    }
    let right = format!("name=anna&password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(house.post("/login", "", &right).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(!house.log_in("bram").await.is_empty(), "others are not kept out by it");
}

#[tokio::test]
async fn a_token_from_before_the_login_opens_nothing_and_logging_out_ends_it() {
    let house = House::new().await;
    let form = format!("name=anna&password={}", PASSWORD.replace(' ', "+"));
    let answer = house.post("/login", "desk=chosen-by-somebody", &form).await;
    let cookie = answer.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("chosen"));
    assert_eq!(house.get("/", "desk=chosen-by-somebody").await.status, StatusCode::SEE_OTHER);

    let anna = cookie.split(';').next().unwrap().to_owned();
    let token = house.get("/", &anna).await.csrf();
    house.post("/logout", &anna, &format!("csrf={token}")).await;
    assert_eq!(house.get("/", &anna).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_account_that_was_taken_away_is_out_at_once() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    accounts::disable(&house.store, &PersonId("admin".to_owned()), &PersonId("anna".to_owned()), now())
        .await
        .unwrap();
    assert_eq!(house.get("/", &anna).await.header("location"), "/login");
}

#[tokio::test]
async fn pages_speak_the_readers_language() {
    let house = House::new().await;
    let request = |language: &str| {
        Request::get("/login").header("accept-language", language).body(Body::empty()).unwrap()
    };
    let dutch = house.ask(request("nl-NL,nl;q=0.9,en;q=0.8")).await.body;
    assert!(dutch.contains("<html lang=\"nl\">") && dutch.contains("Wachtwoord"));
    assert!(house.ask(request("fr,en")).await.body.contains("<html lang=\"en\">"));
}

#[tokio::test]
async fn a_list_from_paper_is_installed_and_says_that_nobody_signed_it() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();

    let installed = house.upload("/receive/list", &anna, &token, "list.json", LIST).await;
    let again = house.upload("/receive/list", &anna, &token, "list.json", LIST).await;
    let broken = house.upload("/receive/list", &anna, &token, "list.json", "{").await;

    assert_eq!(installed.status, StatusCode::OK, "{}", installed.body);
    assert!(installed.body.contains("From paper") && installed.body.contains("not verified"));
    assert!(house.get("/editions", &anna).await.body.contains("not verified"));
    for refused in [again, broken] {
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(!refused.body.contains("<img"), "{}", refused.body);
    }
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_no_delivery_is_refused_with_its_reason() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    for file in ["", "not a delivery", LIST] {
        let answer = house.upload("/receive", &anna, &token, "x.delivery", file).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("role=\"alert\""), "{}", answer.body);
    }
}

/// Hands a customer file in and waits for what the page says of it.
async fn screened(house: &House, file: &str, content: &str) -> String {
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    let at_once = [("do", "screen")];
    let begun = house.upload_with("/screening", &anna, &token, &at_once, (file, content)).await;
    assert_eq!((begun.status, begun.header("location")), (StatusCode::SEE_OTHER, "/screening"));
    let mut page = house.get("/screening", &anna).await.body;
    for _ in 0..100 {
        if !page.contains("http-equiv=\"refresh\"") {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        page = house.get("/screening", &anna).await.body;
    }
    page
}

/// Hands a customer file in to be looked at; answers the page that says what was understood.
async fn looked_at(house: &House, cookie: &str, content: &str) -> String {
    let token = house.get("/", cookie).await.csrf();
    let taken = house.upload("/screening", cookie, &token, "<b>klanten.csv", content).await;
    assert_eq!((taken.status, taken.header("location")), (StatusCode::SEE_OTHER, "/screening/look"));
    house.get("/screening/look", cookie).await.body
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_is_screened_and_is_gone_afterwards() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    let page = looked_at(&house, &anna, "id,naam\n").await;
    assert!(page.contains("klanten.csv") && page.contains("action=\"/screening/look/start\""), "{page}");
    assert!(!page.contains("<img") && !page.contains("<b>"), "{page}");
    assert_ne!(house.leftovers(), Vec::<String>::new(), "it waits");

    // It is hers: a colleague neither sees nor starts it.
    let token = house.get("/", &bram).await.csrf();
    for path in ["/screening/look/start", "/screening/look/columns", "/screening/look/forget"] {
        let answer = house.post(path, &bram, &format!("csrf={token}&columns=x")).await;
        assert_eq!(answer.header("location"), "/screening", "{path}");
    }
    assert_eq!(house.get("/screening/look", &bram).await.header("location"), "/screening");

    let token = house.get("/", &anna).await.csrf();
    let mapped =
        house.post("/screening/look/columns", &anna, &format!("csrf={token}&columns=name%3DNaam")).await;
    assert_eq!(mapped.header("location"), "/screening/look");
    assert!(house.get("/screening/look", &anna).await.body.contains(">name=Naam</textarea>"));
    house.post("/screening/look/forget", &anna, &format!("csrf={token}")).await;
    assert_eq!(house.leftovers(), Vec::<String>::new());

    // One that cannot be read says why, and can be mapped or let go, not screened.
    let page = looked_at(&house, &anna, "").await;
    assert!(page.contains("role=\"alert\"") && page.contains("action=\"/screening/look/columns\""), "{page}");
    assert!(!page.contains("action=\"/screening/look/start\"") && !page.contains("<img"), "{page}");
    // Another file takes its place.
    looked_at(&house, &anna, "id,naam\n").await;
    let begun = house.post("/screening/look/start", &anna, &format!("csrf={token}")).await;
    assert_eq!(begun.header("location"), "/screening");
    for _ in 0..100 {
        if house.leftovers().is_empty() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    assert_eq!(house.leftovers(), Vec::<String>::new());
    assert_eq!(house.get("/screening/look", &anna).await.header("location"), "/screening");
}

#[tokio::test]
async fn a_screening_that_fails_says_so_and_leaves_no_customer() {
    let house = House::new().await;
    let page = screened(&house, "../<b>klanten.csv", "id,naam\n").await;

    assert!(page.contains("klanten.csv has 8 bytes"), "{page}");
    assert!(!page.contains("<b>") && !page.contains("<img"), "{page}");
    assert_eq!(house.leftovers(), Vec::<String>::new());
}

#[tokio::test]
async fn a_customer_file_may_be_called_like_our_own() {
    let house = House::new().await;
    for name in ["ticket.json", "file", "running"] {
        let page = screened(&house, name, "id,naam\n").await;
        assert!(page.contains(&format!("{name} has 8 bytes")), "{page}");
        assert_eq!(house.leftovers(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_customer_file_that_nobody_will_come_back_to_is_removed() {
    let house = House::new().await;
    for ticket in [None, Some("{"), Some("{}")] {
        let folder = house.uploads().join(web::RUNNING);
        std::fs::create_dir_all(folder.join("file")).unwrap();
        std::fs::write(folder.join("file/klanten.csv"), "id,naam\n").unwrap();
        if let Some(ticket) = ticket {
            std::fs::write(folder.join("ticket.json"), ticket).unwrap();
        }

        assert!(!house.desk.resume().unwrap(), "{ticket:?}");

        assert_eq!(house.leftovers(), Vec::<String>::new(), "{ticket:?}");
    }
}

#[tokio::test]
async fn the_same_state_gives_the_same_dossier() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    house.post("/hits/1", &anna, &format!("csrf={token}&reason=name_only&note=looked+up&seen=0")).await;

    let (one, other) = (house.get("/dossier", &anna).await.body, house.get("/dossier", &anna).await.body);

    assert_eq!(one, other);
    assert!(one.contains("looked up") && one.contains("anna: Another party"), "{one}");
}

#[tokio::test]
async fn two_people_are_not_sent_to_the_same_hit() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    house.get("/hits/2", &anna).await;

    assert!(house.get("/hits/2", &bram).await.body.contains("Looking at it now: anna"));
    let token = house.get("/", &bram).await.csrf();
    let judged = house.post("/hits/1", &bram, &format!("csrf={token}&reason=name_only&seen=0")).await;
    assert_eq!(judged.header("location"), "/hits", "the only other hit is being looked at");
}

#[tokio::test]
async fn the_queue_knows_what_another_process_judged() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    assert!(house.get("/hits", &anna).await.body.contains(">2</span>"));
    let bram = PersonId("bram".to_owned());
    let said = (review::ReasonCode::NameOnly, "");
    operations::hoster::reviews::dispose(&house.store, &bram, 1, said, None, now()).await.unwrap();

    let queue = house.get("/hits", &anna).await.body;
    assert!(queue.contains("To look at <span class=\"count\">1</span>"), "{queue}");
}

#[tokio::test]
async fn a_letter_is_printed_and_noted_and_one_that_gives_the_list_away_is_not() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    let (annas, brams) = (house.get("/", &anna).await.csrf(), house.get("/", &bram).await.csrf());
    let acts = async || house.store.look().await.unwrap().audit().count().await.unwrap();
    let before = acts().await;

    let asked =
        house.post("/letters/ask", &anna, &format!("csrf={annas}&customer=K-1&until=2026-04-01")).await;
    assert_eq!((asked.status, asked.header("content-type")), (StatusCode::OK, "application/pdf"));
    assert_eq!(acts().await, before + 1);
    let nobody = house.post("/letters/ask", &anna, &format!("csrf={annas}&customer=K-9")).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);

    let same = |token: &str, seen: usize| format!("csrf={token}&reason=register_agrees&seen={seen}");
    house.post("/hits/1", &anna, &same(&annas, 0)).await;
    house.post("/hits/1", &bram, &same(&brams, 1)).await;
    let decide = format!("csrf={annas}&customer=K-1&measure=suspend&ground=aup_breach&words=ticket+4711");
    house.post("/decisions", &anna, &decide).await;
    let letter = "/decisions/D-0001/letter";
    let early = house.post(letter, &anna, &format!("csrf={annas}")).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND, "it waits for the second person");
    house.post("/decisions/D-0001/approve", &bram, &format!("csrf={brams}")).await;
    let before = acts().await;
    let refused = house.post(letter, &anna, &format!("csrf={annas}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.body.contains("<img"), "{}", refused.body);
    assert_eq!(acts().await, before, "what was not printed is not noted");
}

/// Texts of a language by their keys.
fn texts(language: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales");
    let file = std::fs::read_to_string(folder.join(format!("{language}.ftl"))).unwrap();
    let lines = file.lines().filter_map(|line| line.split_once(" = "));
    lines.map(|(key, text)| (key.to_owned(), text.to_owned())).collect()
}

#[tokio::test]
async fn no_page_says_anything_in_the_other_language() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    let (annas, brams) = (house.get("/", &anna).await.csrf(), house.get("/", &bram).await.csrf());
    house.upload("/receive/list", &anna, &annas, "list.json", LIST).await;
    for (cookie, token, seen) in [(&anna, &annas, 0), (&bram, &brams, 1)] {
        house.post("/hits/1", cookie, &format!("csrf={token}&reason=register_agrees&seen={seen}")).await;
    }
    let decide = format!("csrf={annas}&customer=K-1&measure=suspend&ground=aup_breach&words=x");
    house.post("/decisions", &anna, &decide).await;
    let (english, dutch) = (texts("en"), texts("nl"));
    // What both languages write alike says nothing.
    let only_in = |one: &[(String, String)], other: &[(String, String)]| -> Vec<String> {
        let texts = one.iter().map(|(_, text)| text.clone());
        texts.filter(|text| !other.iter().any(|(_, theirs)| theirs.contains(text.as_str()))).collect()
    };
    looked_at(&house, &anna, "id,naam\n").await;
    let mia = house.log_in("mia").await;
    let foreign = [("nl", only_in(&english, &dutch)), ("en", only_in(&dutch, &english))];
    let paths = ROUTES.iter().filter(|route| route.method == "GET" && route.path != "/screening/manifest");
    // The reference of the interface says in a word that it is English.
    let paths = paths.filter(|route| route.path != "/api/v1/reference");
    let (admin, known) = (PersonId("admin".to_owned()), PersonId("anna".to_owned()));
    identities::link(&house.store, &admin, &known, None, "0b5c-anna", now()).await.unwrap();
    let from_the_provider = "sign-in=kept.in.browser".to_owned();
    let paths: Vec<(&str, &String)> = paths
        .map(|route| (route.path, if route.area == Area::Office { &mia } else { &anna }))
        .chain([("/hits?view=all", &anna), ("/nowhere", &anna)])
        .chain(["", "&code=0b5c-anna", "&code=0b5c-new"].map(|code| (code, &from_the_provider)))
        .collect();
    for (language, foreign) in foreign {
        for (path, cookie) in &paths {
            let is_back = *cookie == &from_the_provider;
            let path = if is_back { format!("/login/openid/back?state=s{path}") } else { (*path).to_owned() };
            let request = Request::get(&path).header("cookie", *cookie).header("accept-language", language);
            let body = house.ask(request.body(Body::empty()).unwrap()).await.body;
            if !body.starts_with("<!doctype html>") {
                continue;
            }
            // What stands between tags, without what surrounds it.
            let said = body.split('<').filter_map(|part| Some(part.split_once('>')?.1.trim()));
            for text in said.filter(|text| !text.is_empty()) {
                assert!(!foreign.iter().any(|one| one == text), "{path} in {language} says: {text}");
            }
        }
    }
}

#[tokio::test]
async fn what_cannot_be_understood_is_said_in_a_page() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    for (path, form) in [
        ("/hits/x", None),
        ("/hits?page=-1", None),
        ("/hits/99999999999999999999999", None),
        ("/hits/1", Some("csrf=1")),
        ("/decisions", Some("")),
        ("/receive", Some("csrf=1")),
        ("/overview", Some("")),
    ] {
        let answer = match form {
            Some(form) => house.post(path, &anna, form).await,
            None => house.get(path, &anna).await,
        };
        assert!(answer.status.is_client_error(), "{path}: {}", answer.status);
        assert!(answer.body.starts_with("<!doctype html>"), "{path}: {}", answer.body);
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{path}");
    }
    let large = format!("csrf=1&note={}", "x".repeat(100_000));
    assert_eq!(house.post("/hits/1", &anna, &large).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn with_a_second_device_the_password_alone_opens_nothing_and_a_code_counts_once() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let page = house.get("/account", &anna).await;
    let token = page.csrf();
    let letters = page.body.split("name=\"letters\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let factor = SecondFactor::read(letters).unwrap();
    let codes: Vec<String> = (0..1_000_000).map(|code| format!("{code:06}")).collect();
    let code = codes.iter().find(|code| factor.step_of(code, now()).is_some()).unwrap();
    let wrong = codes.iter().find(|code| factor.step_of(code, now()).is_none()).unwrap();

    let enrol = |code: &str| format!("csrf={token}&letters={letters}&code={code}");
    let refused = house.post("/account/second-factor", &anna, &enrol(wrong)).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(letters), "the device need not be set up again");
    let enrolled = house.post("/account/second-factor", &anna, &enrol(code)).await;
    assert_eq!(enrolled.status, StatusCode::SEE_OTHER);
    assert!(!house.get("/account", &anna).await.body.contains("name=\"letters\""), "it is shown once");

    let login = |code: &str| format!("name=anna&password={}&code={code}", PASSWORD.replace(' ', "+"));
    assert_eq!(house.post("/login", "", &login("")).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.post("/login", "", &login(wrong)).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(house.post("/login", "", &login(code)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.post("/login", "", &login(code)).await.status, StatusCode::UNAUTHORIZED, "used up");

    let remove = |code: &str| format!("csrf={token}&code={code}");
    let path = "/account/second-factor/remove";
    assert_eq!(house.post(path, &anna, &remove(wrong)).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(house.post(path, &anna, &remove(code)).await.status, StatusCode::SEE_OTHER);
    assert_eq!(house.post("/login", "", &login("")).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn figures_for_a_monitor_name_nobody() {
    let house = House::new().await;
    let figures = house.get("/metrics", "").await;
    assert_eq!(figures.status, StatusCode::OK);
    assert!(figures.body.contains("havenmeester_hits_open{class=\"weak\"} 2\n"), "{}", figures.body);
    assert!(figures.body.contains("havenmeester_screening_age_seconds 0\n"), "{}", figures.body);
    for secret in ["Orchard", "K-1", "E-1", HOSTILE, "anna"] {
        assert!(!figures.body.contains(secret), "{secret}: {}", figures.body);
    }
}
