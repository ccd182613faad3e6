//! Assigned, noted, attached, restricted, erased: what is kept beside a hit, and how it goes.

use axum::http::StatusCode;
use operations::hoster::subjects;

use crate::kit::*;

#[tokio::test]
async fn a_hit_is_assigned_with_a_day_and_found_by_who_has_it() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    let token = house.get("/", &anna).await.csrf();
    let assign = |to: &str| format!("csrf={token}&to={to}&due=2026-03-01");

    let done = house.post("/hits/1/assignment", &anna, &assign("bram")).await;
    assert_eq!(done.header("location"), "/hits/1#kept");
    for to in ["rita", "mia", "nobody"] {
        let refused = house.post("/hits/1/assignment", &anna, &assign(to)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to} does not review");
    }

    assert!(house.get("/hits?view=mine", &bram).await.body.contains("Orchard"));
    assert!(!house.get("/hits?view=mine", &anna).await.body.contains("Orchard"));
    let overdue = house.get("/hits?view=overdue", &anna).await.body;
    assert!(overdue.contains("Orchard") && overdue.contains("too late"), "{overdue}");
    assert!(house.get("/", &bram).await.body.contains("<strong>1</strong> assigned to you"));
}

#[tokio::test]
async fn a_day_that_cannot_be_read_is_refused_and_changes_nothing() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    for day in ["tomorrow", "31-03-2026", "2026-02-30"] {
        let assignment = format!("csrf={token}&to=anna&due={day}");
        let letter = format!("csrf={token}&customer=K-1&until={day}");
        for (path, form) in [("/hits/1/assignment", assignment), ("/letters/ask", letter)] {
            let english = house.post(path, &anna, &form).await;
            let dutch = house.post_in_dutch(path, &anna, &form).await;
            assert_eq!(english.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {day}: {}", english.body);
            assert!(english.body.contains("The day cannot be read"), "{}", english.body);
            assert!(dutch.body.contains("De dag is niet leesbaar"), "{}", dutch.body);
        }
    }
    let page = house.get("/hits/1", &anna).await.body;
    assert!(page.contains("Nobody works on it"), "{page}");
    let empty = house.post("/hits/1/assignment", &anna, &format!("csrf={token}&to=anna&due=")).await;
    assert_eq!(empty.status, StatusCode::SEE_OTHER, "no day is a choice");
}

#[tokio::test]
async fn notes_and_files_come_along_with_the_next_screening() {
    use operations::hoster::screenings::{self, KeptScreening, Totals};
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    house.post("/hits/1/notes", &anna, &format!("csrf={token}&text=called+them")).await;
    let empty = house.post("/hits/1/notes", &anna, &format!("csrf={token}&text=+")).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let attached =
        house.upload("/hits/1/attachments", &anna, &token, "<i>copy.txt", "the register says no").await;
    assert_eq!(attached.status, StatusCode::SEE_OTHER, "{}", attached.body);
    let kept =
        KeptScreening { manifest: serde_json::json!({}), totals: Totals::default(), editions: Vec::new() };
    let admin = store::PersonId("admin".to_owned());
    screenings::keep(&house.store, &admin, &kept, &[hit("K-1", "Orchard")], now()).await.unwrap();

    let page = house.get("/hits/1", &anna).await.body;

    assert!(page.contains("called them") && page.contains("_i_copy.txt"), "{page}");
    let path = page.split("href=\"/hits/1/attachments/").nth(1).unwrap().split('"').next().unwrap();
    let file = house.get(&format!("/hits/1/attachments/{path}"), &anna).await;
    assert_eq!((file.status, file.body.as_str()), (StatusCode::OK, "the register says no"));
    assert!(file.header("content-disposition").starts_with("attachment"), "it is saved and not shown");
    assert_eq!(file.header("content-type"), "application/octet-stream");
    assert!(house.get("/dossier", &anna).await.body.contains("called them"));
    let removed = format!("/hits/1/attachments/{path}/remove");
    house.post(&removed, &anna, &format!("csrf={token}")).await;
    assert_eq!(house.get(&format!("/hits/1/attachments/{path}"), &anna).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_view_is_saved_by_its_name_and_forgotten() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    let save = |name: &str, query: &str| format!("csrf={token}&name={name}&query={query}");
    house.post("/views", &anna, &save("weak+ones", "view%3Dall%26class%3Dweak%26words%3D")).await;

    let shown = house.get("/hits?view=all&class=weak", &anna).await.body;
    assert!(shown.contains("aria-current=\"page\"><bdi>weak ones</bdi>"), "{shown}");
    assert_eq!(
        house.post("/views", &anna, &save("", "view%3Dall")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let split = house.post("/views", &anna, &save("x", "view%3Dall%0D%0ASet-Cookie:+x")).await;
    assert_eq!(split.status, StatusCode::UNPROCESSABLE_ENTITY, "an address has no line feed");
    house.post("/views", &anna, &save("weak+ones", "")).await;
    assert!(!house.get("/hits", &anna).await.body.contains("weak ones"));
}

#[tokio::test]
async fn what_a_seizure_touches_is_told_from_the_customers_data() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;

    let page = house.get("/impact?customer=K-1", &anna).await;

    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("would lose their service with this one: <strong>41</strong>"),
        "{}",
        page.body
    );
    assert_eq!(house.get("/impact?customer=K-9", &anna).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn restricted_data_are_kept_and_nobody_works_on_them() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    let typed = |ground: &str| format!("csrf={token}&customer=K-1&ground={ground}");
    assert_eq!(
        house.post("/subjects/restrict", &anna, &typed("")).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    assert_eq!(
        house.post("/subjects/restrict", &anna, &typed("letter+of+2+March")).await.status,
        StatusCode::SEE_OTHER
    );

    for (path, form) in [
        ("/hits/1", "reason=name_only&seen=0"),
        ("/hits/1/notes", "text=x"),
        ("/hits/1/assignment", "to=bram"),
        ("/decisions", "customer=K-1&measure=continue"),
    ] {
        let answer = house.post(path, &anna, &format!("csrf={token}&{form}")).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{path}: {}", answer.body);
    }
    assert!(house.get("/subjects", &anna).await.body.contains("Restricted now"));
    let other = house.post("/hits/2", &anna, &format!("csrf={token}&reason=name_only&seen=0")).await;
    assert_eq!(other.status, StatusCode::SEE_OTHER, "others are worked on");
    house.post("/subjects/lift", &anna, &format!("csrf={token}&customer=K-1")).await;
    let judged = house.post("/hits/1", &anna, &format!("csrf={token}&reason=name_only&seen=0")).await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_erased_customer_is_found_nowhere() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    house.post("/hits/1", &anna, &format!("csrf={token}&reason=name_only&note=canary&seen=0")).await;
    house.upload("/hits/1/attachments", &anna, &token, "copy.txt", "canary").await;
    house.post("/letters/ask", &anna, &format!("csrf={token}&customer=K-1")).await;

    let erased =
        house.post("/subjects/erase", &anna, &format!("csrf={token}&customer=K-1&ground=letter")).await;

    assert!(erased.body.contains("1 hits, 0 decisions, 1 files"), "{}", erased.body);
    let held = subjects::held(&mut house.store.look().await.unwrap(), "K-1").await.unwrap();
    assert_eq!((held.hits.len(), held.attachments.len(), held.acts.len()), (0, 0, 0), "{held:?}");
    assert!(!house.get("/hits?view=all", &anna).await.body.contains("Orchard"));
    assert_eq!(house.get("/hits/1", &anna).await.status, StatusCode::NOT_FOUND);
    assert_eq!(house.get("/hits/2", &anna).await.status, StatusCode::OK, "the others keep their numbers");
    let again =
        house.post("/subjects/erase", &anna, &format!("csrf={token}&customer=K-1&ground=letter")).await;
    assert_eq!(again.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_register_and_the_sheet_say_how_long_and_how_many() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let token = house.get("/", &anna).await.csrf();
    assert!(house.get("/privacy", &anna).await.body.contains("never"), "retention did not run yet");
    assert_eq!(
        house.post("/privacy/retention", &anna, &format!("csrf={token}")).await.status,
        StatusCode::SEE_OTHER
    );

    let sheet = house.get("/privacy", &anna).await.body;
    assert!(!sheet.contains("never</bdi>") && sheet.contains("<bdi>6</bdi>"), "{sheet}");
    let register = house.get("/privacy/register.csv", &anna).await;
    assert!(register.body.starts_with('\u{feff}') && register.body.contains("6 months"), "{}", register.body);
    assert!(register.header("content-type").starts_with("text/csv"));
}
