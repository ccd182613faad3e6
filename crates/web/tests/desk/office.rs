//! The issuer's way through the pages, with hostile words in every field that people type.

use axum::http::StatusCode;

use crate::kit::*;

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[tokio::test]
async fn hostile_words_of_a_source_are_shown_and_never_run() {
    let house = House::new().await;
    let mia = house.log_in("mia").await;
    let token = house.get("/office", &mia).await.csrf();
    let bad = escaped(HOSTILE);
    let page = "<!doctype html><html><body>x</body></html>";
    let fields = [
        ("place", HOSTILE),
        ("method", HOSTILE),
        ("tool", HOSTILE),
        ("quote", HOSTILE),
        ("quote_language", "en"),
        ("services", HOSTILE),
        ("offences", HOSTILE),
        ("observation", "A1"),
        ("claim", "F6"),
        ("link", "B2"),
        ("collector_code", HOSTILE),
        ("account", HOSTILE),
    ];
    let added = house.upload_with("/office/evidence", &mia, &token, &fields, ("<b>page.html", page)).await;
    assert_eq!(added.header("location"), "/office/evidence/EV-0001", "{}", added.body);
    let sealed = house.post("/office/evidence/EV-0001/seal", &mia, &format!("csrf={token}")).await;
    let restricted = house.post("/office/evidence/EV-0001/restricted", &mia, &format!("csrf={token}")).await;
    let entry = format!(
        "csrf={token}&id=E-1&kind=brand&name={bad}&names={bad}&identifiers=forum_nick+{bad}&addresses={bad}&bulletproof={bad}&offences={bad}&note={bad}&jurisdiction={bad}"
    );
    let begun = house.post("/office/entries/new", &mia, &entry).await;
    assert_eq!(begun.header("location"), "/office/entries/E-1", "{}", begun.body);
    let wrong = house
        .post("/office/entries/new", &mia, &format!("csrf={token}&id={bad}&kind={bad}&identifiers={bad}"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let ground = format!("csrf={token}&evidence=EV-0001&values=");
    let grounded = house.post("/office/entries/E-1/ground", &mia, &ground).await;
    assert_eq!(grounded.status, StatusCode::SEE_OTHER, "{}", grounded.body);
    let criterion = format!(
        "csrf={token}&presents_itself=yes&presents_itself_evidence=EV-0001&presents_itself_remark={bad}&link=yes&link_remark={bad}"
    );
    assert_eq!(
        house.post("/office/entries/E-1/criterion", &mia, &criterion).await.status,
        StatusCode::SEE_OTHER
    );
    let lacking = house.post("/office/entries/E-1/propose", &mia, &format!("csrf={token}")).await;
    assert_eq!(lacking.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", lacking.body);
    let partner = format!(
        "csrf={token}&id=hoster-north&name={bad}&role=hoster&attention={bad}&address={bad}&email={bad}&language=nl&lists=harbour"
    );
    let partner = house.post("/office/partners", &mia, &partner).await;
    assert_eq!(partner.header("location"), "/office/partners/hoster-north", "{}", partner.body);
    let asked = house
        .post("/office/deconfliction", &mia, &format!("csrf={token}&kind=brand&value={bad}&what=ask"))
        .await;
    let paths = [
        "/office",
        "/office/evidence",
        "/office/evidence/EV-0001",
        "/office/entries",
        "/office/entries/E-1",
        "/office/entries/E-1/edit",
        "/office/partners",
        "/office/partners/hoster-north",
        "/office/contests",
        "/office/editions",
        "/office/entries?state=%22%3E%3Cscript%3E",
    ];
    let mut pages = vec![
        ("sealed", sealed),
        ("restricted", restricted),
        ("wrong", wrong),
        ("lacking", lacking),
        ("asked", asked),
    ];
    for path in paths {
        let page = house.get(path, &mia).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {}", page.body);
        pages.push((path, page));
    }
    for (path, page) in pages {
        assert!(!page.body.replace(OWN_SCRIPT, "").contains("<script"), "{path}: {}", page.body);
        assert!(!page.body.contains("<img") && !page.body.contains("<b>"), "{path}: {}", page.body);
        assert_ne!(page.status, StatusCode::INTERNAL_SERVER_ERROR, "{path}");
    }
    let file = house.get("/office/evidence/EV-0001/files/1", &mia).await;
    assert_eq!((file.body.as_str(), file.header("content-type")), (page, "application/octet-stream"));
    assert!(file.header("content-disposition").starts_with("attachment"));
}

#[tokio::test]
async fn a_key_that_is_none_or_has_another_passphrase_signs_nothing() {
    let house = House::new().await;
    let mia = house.log_in("mia").await;
    let token = house.get("/office", &mia).await.csrf();
    for (passphrase, file) in [("x", ""), ("nine old barges", "no key"), ("", LIST)] {
        let fields = [("passphrase", passphrase)];
        let answer =
            house.upload_with("/office/editions/1/approve", &mia, &token, &fields, ("my.key", file)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.body);
        assert!(answer.body.contains("The key cannot be used"), "{}", answer.body);
    }
}

#[tokio::test]
async fn what_is_missing_is_said_in_dutch_on_dutch_pages() {
    let house = House::new().await;
    let mia = house.log_in("mia").await;
    let token = house.get("/office", &mia).await.csrf();
    let entry = format!("csrf={token}&id=E-1&kind=brand&name=Quay&identifiers=domain+quay.example");
    house.post("/office/entries/new", &mia, &entry).await;

    let page = house.get_in_dutch("/office/entries/E-1", &mia).await.body;
    let refused = house.post_in_dutch("/office/entries/E-1/propose", &mia, &format!("csrf={token}")).await;

    assert!(page.contains("Nog open: Het doet zich voor als bulletproof"), "{page}");
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Waarden zonder bewijs erachter: 2"), "{}", refused.body);
    for body in [page, refused.body] {
        assert!(!body.contains("lang=\"en\""), "{body}");
    }
}

#[tokio::test]
async fn what_the_program_refuses_is_said_in_the_readers_words_with_its_own_beneath() {
    let house = House::new().await;
    let mia = house.log_in("mia").await;
    let token = house.get("/office", &mia).await.csrf();
    let refused = house.post("/office/editions/7/prepare", &mia, &format!("csrf={token}")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("This was refused") && refused.body.contains("lang=\"en\""),
        "{}",
        refused.body
    );
    assert!(!refused.body.contains("<img"), "{}", refused.body);
    let missing = house.get("/office/entries/E-9", &mia).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}
