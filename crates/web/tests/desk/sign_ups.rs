//! Orders of new customers at the desk: from the shop's event to what the shop is told.

use axum::http::StatusCode;
use jiff::SignedDuration;
use kyc::{
    Applicant, CheckKind, Course, EditionUsed, Event, Force, Found, Level, PostalAddress, Screened, Trigger,
};
use operations::hoster::sign_ups::{KeptApplication, Shop};
use operations::hoster::tokens::Scope;
use review::{Class, Compared};
use serde_json::json;
use store::hoster::applications::{Application, ApplicationId};
use store::{Actor, Deed, HosterSide, Payload, PersonId, Revision, Store, Word};

use crate::api::{call, token};
use crate::kit::*;

/// AP-1 is held for everything there is, with hostile words in every field; AP-2 for a hit on an advisory list alone.
pub(crate) async fn applied(store: &Store) {
    let hostile = || Some(HOSTILE.to_owned());
    let words = || vec![HOSTILE.to_owned()];
    let everything = Applicant {
        company: hostile(),
        trading_names: words(),
        person: hostile(),
        contacts: words(),
        emails: words(),
        phones: words(),
        address: Some(PostalAddress { street: HOSTILE.to_owned(), ..PostalAddress::default() }),
        country: hostile(),
        ip: hostile(),
        ip_country: hostile(),
        domains: words(),
        register_number: hostile(),
        registered_on: Some(jiff::civil::date(2026, 1, 2)),
        vat_number: hostile(),
        payment_method: hostile(),
        products: words(),
        addresses_ordered: 64,
        resells: true,
        brings_addresses: true,
        wants_bgp: true,
        asn: hostile(),
    };
    let mut course = held(HOSTILE, Trigger::ALL.to_vec(), CheckKind::ALL.to_vec());
    let kinds = vec![CheckKind::RegisterNumber, CheckKind::BankPayment];
    course.take(Event::Asked { by: HOSTILE.to_owned(), at: now(), kinds }).unwrap();
    add(store, "AP-1", everything, HOSTILE, course).await;
    let plain = Applicant { company: Some("Orchard Nine".to_owned()), ..Applicant::default() };
    add(store, "AP-2", plain, "list", held("list", Vec::new(), Vec::new())).await;
}

/// Held for a hit on an advisory list, and for whatever is required.
fn held(list: &str, triggers: Vec<Trigger>, required: Vec<CheckKind>) -> Course {
    let later = |days: i64| now() + SignedDuration::from_hours(24 * days);
    let found = Found {
        list: list.to_owned(),
        entry: "E-1".to_owned(),
        class: Class::Weak,
        force: Force::Advisory,
        compared: Compared::of([("same_name", list, list)]),
    };
    let used = EditionUsed { list: list.to_owned(), number: 1, is_stale: true };
    let mut course = Course::received(now(), later(14));
    course
        .take(Event::Screened {
            at: now(),
            screened: Screened::Done {
                editions: vec![used],
                found: vec![found],
                cannot_tell: list == HOSTILE,
            },
            level: Level::L2,
            triggers,
            required,
            to_review: vec![(list.to_owned(), "E-1".to_owned())],
            clear_until: later(30),
        })
        .unwrap();
    course
}

async fn add(store: &Store, id: &str, applicant: Applicant, list: &str, course: Course) {
    let kept = KeptApplication {
        shop: Shop { person: "anna".to_owned(), label: format!("shop {list}") },
        order: format!("order {list}"),
        customer: Some(format!("C-{list}")),
        applicant,
        hits: vec![hit(id, list)],
        ended_at: None,
        course,
    };
    let row = Application {
        id: ApplicationId(id.to_owned()),
        ordered: id.to_owned(),
        customer: kept.customer.clone(),
        email: None,
        phone: None,
        received_at: now(),
        state: Word::new("hold_for_review").unwrap(),
        payload: Payload::new(serde_json::to_vec(&kept).unwrap()),
        revision: Revision::NEW,
    };
    let actor = Actor { person: PersonId("anna".to_owned()), role: Word::new("shop").unwrap() };
    let mut act = store.act(actor, now()).await.unwrap();
    act.applications().add(&row).await.unwrap();
    act.commit(Deed::new("receive_application", "application", id, "a shop told of an order").unwrap())
        .await
        .unwrap();
}

/// Sends a form of the page as somebody sees it now.
async fn deed(house: &House, cookie: &str, deed: &str, form: &str) -> Answer {
    let page = house.get("/applications/AP-2", cookie).await;
    let seen =
        page.body.split("name=\"seen\" value=\"").nth(1).map_or("0", |rest| rest.split('"').next().unwrap());
    let form = format!("csrf={}&seen={seen}&{form}", page_token(house, cookie).await);
    house.post(&format!("/applications/AP-2/{deed}"), cookie, &form).await
}

async fn page_token(house: &House, cookie: &str) -> String {
    house.get("/account", cookie).await.csrf()
}

#[tokio::test]
async fn a_held_order_is_reviewed_and_released() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let queue = house.get("/applications", &anna).await.body;
    assert!(queue.contains("Held <span class=\"count\">2</span>"), "{queue}");
    assert!(queue.contains("14 d 0 h") && queue.contains("a hit on a list"), "{queue}");

    let early = deed(&house, &anna, "release", "note=known").await;
    assert_eq!(early.status, StatusCode::CONFLICT, "a hit was not answered");
    assert_eq!(deed(&house, &anna, "judge", "list=list&entry=E-1&reason=nothing").await.status, 422);
    let judged = deed(&house, &anna, "judge", "list=list&entry=E-1&reason=other_domain_or_network").await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let without_words = deed(&house, &anna, "release", "note=").await;
    assert_eq!(without_words.status, StatusCode::UNPROCESSABLE_ENTITY, "a list is past its day");
    let stale = house
        .post(
            "/applications/AP-2/release",
            &anna,
            &format!("csrf={}&seen=1&note=x", page_token(&house, &anna).await),
        )
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "something happened since the page was shown");
    assert_eq!(deed(&house, &anna, "release", "note=asked+the+issuer").await.status, StatusCode::SEE_OTHER);

    let page = house.get("/applications/AP-2", &anna).await.body;
    for expected in
        ["may be provisioned", "asked the issuer", "Let in", "Another party: another domain or network"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert_eq!(deed(&house, &anna, "ended", "").await.status, StatusCode::SEE_OTHER);
    assert!(house.get("/applications/AP-2", &anna).await.body.contains("The contract ended"));
}

#[tokio::test]
async fn a_refusal_that_rests_on_a_hit_takes_two_people_and_a_ground() {
    let house = House::new().await;
    let (anna, bram) = (house.log_in("anna").await, house.log_in("bram").await);
    let ground = "ground=kyc_failure&words=";
    assert_eq!(deed(&house, &anna, "refuse", ground).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let proposed = deed(&house, &anna, "refuse", &format!("{ground}shows+no+register")).await;
    assert_eq!(proposed.status, StatusCode::SEE_OTHER, "{}", proposed.body);

    let own = deed(&house, &anna, "second", "").await;
    assert_eq!(own.status, StatusCode::CONFLICT);
    assert_eq!(deed(&house, &bram, "release", "note=x").await.status, StatusCode::CONFLICT);
    assert_eq!(deed(&house, &bram, "object", "note=ask+first").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        deed(&house, &anna, "refuse", &format!("{ground}shows+nothing")).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(deed(&house, &bram, "second", "").await.status, StatusCode::SEE_OTHER);

    let page = house.get("/applications/AP-2", &anna).await.body;
    assert!(page.contains("refused</span>") && page.contains("Objected to the refusal"), "{page}");
    assert!(!page.contains("name=\"note\""), "nothing can be done any more");
    assert_eq!(deed(&house, &anna, "release", "note=x").await.status, StatusCode::CONFLICT);
    let message = house.get("/applications/AP-2/message?language=nl", &bram).await;
    assert!(message.body.contains("Wij leveren uw bestelling order list niet"), "{}", message.body);
    assert!(!message.body.contains("shows"), "the ground stays in the house");
}

#[tokio::test]
async fn what_is_asked_and_checked_is_noted_and_the_message_tells_no_rule() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    assert_eq!(house.get("/applications/AP-2/message", &anna).await.status, StatusCode::CONFLICT);
    assert_eq!(deed(&house, &anna, "ask", "").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        deed(&house, &anna, "ask", "register_number=yes&identity=yes").await.status,
        StatusCode::SEE_OTHER
    );

    let queue = house.get("/applications?view=hold-for-data", &anna).await.body;
    assert!(queue.contains("Orchard Nine"), "{queue}");
    let message = house.get("/applications/AP-2/message?language=en", &anna).await.body;
    for expected in ["order list", "trade register", "identity document", "16-03-2026"] {
        assert!(message.contains(expected) || expected.starts_with("16"), "{expected}: {message}");
    }
    for never in ["list ", "hit", "E-1", "police", "screen"] {
        assert!(!message.replace("order list", "").contains(never), "{never}: {message}");
    }

    let noted = "kind=register_number&outcome=confirmed&source=KvK&proof=90004760";
    assert_eq!(deed(&house, &anna, "check", noted).await.status, StatusCode::SEE_OTHER);
    let down = "kind=vat_number&outcome=unavailable&source=VIES";
    assert_eq!(deed(&house, &anna, "check", down).await.status, StatusCode::SEE_OTHER);
    assert_eq!(deed(&house, &anna, "check", "kind=x&outcome=confirmed&source=KvK").await.status, 422);
    assert_eq!(deed(&house, &anna, "check", "kind=identity&outcome=confirmed&source=").await.status, 422);
    let page = house.get("/applications/AP-2", &anna).await.body;
    for expected in ["90004760", "source did not answer", "02-03-2027"] {
        assert!(page.contains(expected) || expected.starts_with("02"), "{expected}: {page}");
    }
}

#[tokio::test]
async fn a_register_is_asked_about_who_gave_a_number_and_its_answer_is_noted() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let none = deed(&house, &anna, "register", "register=kvk").await;
    assert_eq!(none.status, StatusCode::SEE_OTHER, "the register of this house answers about anybody");
    assert!(
        !house.get("/applications/AP-2", &anna).await.body.contains("value=\"kvk\""),
        "no number, no button"
    );
    assert!(house.get("/applications/AP-1", &anna).await.body.contains("value=\"kvk\""));
    assert_eq!(
        deed(&house, &anna, "register", "register=chamber").await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let page = house.get("/applications/AP-2", &anna).await.body;
    assert!(page.contains("KvK") && page.contains("not confirmed"), "{page}");
}

#[tokio::test]
async fn a_shop_is_told_the_same_whoever_ordered_and_only_of_its_own_orders() {
    let house = House::new().await;
    let shop = token(&house, "anna", &[Scope::Shop]).await;
    let order =
        |name: &str| json!({"order": name, "applicant": {"company": name, "emails": ["a@orchard.example"]}});
    let send = async |body: String| call(&house, "POST", "/api/v1/checks", &shop, &body).await;

    let (status, first) = send(order("Orchard").to_string()).await;
    assert_eq!((status, first["state"].as_str()), (StatusCode::ACCEPTED, Some("received")), "{first}");
    let (_, again) = send(order("Orchard").to_string()).await;
    assert_eq!(first, again, "the same order keeps its id");
    let (_, other) = send(order("Bakery").to_string()).await;
    assert_ne!(first["id"], other["id"]);
    assert_eq!(first["id"].as_str().unwrap().len(), other["id"].as_str().unwrap().len());

    // A house without rules of its own only keeps a log.
    let gate = |id: &str| format!("/api/v1/checks/{id}");
    let id = first["id"].as_str().unwrap();
    assert_eq!(call(&house, "GET", &gate(id), &shop, "").await.1, json!({"answer": "go_on"}));
    assert_eq!(call(&house, "GET", &gate("AP-0"), &shop, "").await.1, json!({"answer": "hold"}));
    // The order of another shop looks like one that is not there.
    assert_eq!(call(&house, "GET", &gate("AP-2"), &shop, "").await.1, json!({"answer": "hold"}));
    let reader = token(&house, "anna", &[Scope::Read, Scope::Review]).await;
    assert_eq!(call(&house, "GET", &gate(id), &reader, "").await.0, StatusCode::FORBIDDEN);
    assert_eq!(call(&house, "GET", "/api/v1/hits", &shop, "").await.0, StatusCode::FORBIDDEN);

    let long = json!({"order": "1", "applicant": {"company": "x".repeat(301)}});
    let (status, told) = send(long.to_string()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{told}");
    assert!(!told.to_string().contains("xxx"), "{told}");
    let unknown = json!({"order": "1", "applicant": {"password": "secret"}});
    let (status, told) = send(unknown.to_string()).await;
    assert!(status.is_client_error() && !told.to_string().contains("secret"), "{told}");
}

#[tokio::test]
async fn the_report_counts_and_names_nobody() {
    let house = House::new().await;
    let anna = house.log_in("anna").await;
    let page = house.get("/applications/report", &anna).await.body;
    for expected in
        ["<strong>2</strong> came in", "<strong>2</strong> held", "(100 %)", "sells on", "a hit on a list"]
    {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("Orchard"), "{page}");
}
