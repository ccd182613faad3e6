//! Logging in by the identity provider of the house.

use axum::http::StatusCode;
use operations::hoster::accounts::{self, AccountError, DeskRole};
use operations::hoster::identities;
use operations::records;
use store::PersonId;

use crate::kit::{HOSTILE, House, PASSWORD, now};

fn person(name: &str) -> PersonId {
    PersonId(name.to_owned())
}

async fn link(house: &House, name: &str, role: Option<DeskRole>, identity: &str) -> Result<(), AccountError> {
    identities::link(&house.store, &person("admin"), &person(name), role, identity, now()).await
}

/// What a browser brings back that began here.
const KEPT: &str = "sign-in=kept.in.browser";

/// Actions of the chain, the newest last.
async fn actions(house: &House) -> Vec<String> {
    let all = records::last(&mut house.store.look().await.unwrap(), 100).await.unwrap();
    all.into_iter().map(|record| record.action).collect()
}

#[tokio::test]
async fn who_is_linked_comes_in_and_the_chain_says_how() {
    let house = House::new().await;
    link(&house, "anna", None, "0b5c-anna").await.unwrap();
    let away = house.get("/login/openid", "").await;
    assert_eq!((away.status, away.header("location")), (StatusCode::SEE_OTHER, "https://id.example/log-in"));
    let expected = "sign-in=kept.in.browser; Path=/; HttpOnly; SameSite=Lax; Max-Age=600";
    assert_eq!(away.cookies(), [expected]);

    let back = house.get("/login/openid/back?state=s&code=0b5c-anna", KEPT).await;
    assert_eq!(back.status, StatusCode::OK, "{}", back.body);
    assert!(back.body.contains("<meta http-equiv=\"refresh\" content=\"0;url=/\">"));
    let cookies = back.cookies();
    assert_eq!(cookies[0], "sign-in=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
    assert!(cookies[1].starts_with("desk=") && cookies[1].contains("SameSite=Strict"), "{cookies:?}");
    let session = cookies[1].split(';').next().unwrap();
    assert_eq!(house.get("/", session).await.status, StatusCode::OK);
    let account = house.get("/account", session).await;
    assert!(account.body.contains("<code>0b5c-anna</code>"));
    assert_eq!(actions(&house).await.last().unwrap(), "log_in");

    // Taken away, the account opens to nobody, whatever the provider says.
    accounts::disable(&house.store, &person("admin"), &person("anna"), now()).await.unwrap();
    let refused = house.get("/login/openid/back?state=s&code=0b5c-anna", KEPT).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn nobody_comes_in_by_anything_else() {
    let house = House::new().await;
    link(&house, "anna", None, "0b5c-anna").await.unwrap();
    let check = async |query: &str, cookie: &str, status: StatusCode| {
        let answer = house.get(&format!("/login/openid/back{query}"), cookie).await;
        assert_eq!(answer.status, status, "{query} {cookie}");
        assert!(answer.cookies().iter().all(|set| !set.starts_with("desk=")), "{query} {cookie}");
        assert!(!answer.body.contains("<script>alert"), "{query}");
    };
    let (good, refused, again) = ("?state=s&code=0b5c-anna", StatusCode::FORBIDDEN, StatusCode::BAD_REQUEST);
    check(good, "", again).await;
    check(good, "desk=kept.in.browser", again).await;
    check("", KEPT, refused).await;
    check("?state=s&error=access_denied", KEPT, refused).await;
    check("?state=x&code=0b5c-anna", KEPT, refused).await;
    check(good, "sign-in=of.somebody.else", refused).await;
    check("?state=s&state=s&code=0b5c-anna", KEPT, again).await;
    check("?state=s&code=0b5c-bram", KEPT, refused).await;
    check("?state=s&code=0B5C-ANNA", KEPT, refused).await;
    check("?state=s&code=%3Cscript%3Ealert(1)%3C/script%3E", KEPT, refused).await;
    // A name here is none there.
    check("?state=s&code=anna", KEPT, refused).await;
    assert!(!actions(&house).await.iter().any(|action| action == "log_in"));
}

#[tokio::test]
async fn who_is_not_linked_yet_sees_what_to_ask_for() {
    let house = House::new().await;
    let answer = house.get("/login/openid/back?state=s&code=0b5c-new", KEPT).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert!(answer.body.contains("--identity &#39;0b5c-new&#39; --role"), "{}", answer.body);
    link(&house, "new", Some(DeskRole::Reader), "0b5c-new").await.unwrap();
    let answer = house.get("/login/openid/back?state=s&code=0b5c-new", KEPT).await;
    assert_eq!(answer.status, StatusCode::OK);
    // Made without a password, it opens to none.
    let form = "name=new&password=";
    assert_eq!(house.post("/login", "", form).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn an_identity_belongs_to_one_account_and_outlives_a_password() {
    let house = House::new().await;
    let told = |error: AccountError| error.to_string();
    link(&house, "anna", None, "0b5c").await.unwrap();
    let other = link(&house, "bram", None, "0b5c").await.map_err(told);
    assert_eq!(other.unwrap_err(), "this identity is linked to the account anna");
    let nobody = link(&house, "new", None, "1a").await.map_err(told);
    assert_eq!(nobody.unwrap_err(), "there is no account new yet, and no role was named");
    for wrong in ["", " 0b", "0b ", &"x".repeat(256)] {
        assert!(matches!(link(&house, "bram", None, wrong).await, Err(AccountError::Identity)), "{wrong:?}");
    }

    let (admin, anna, mut random) = (person("admin"), person("anna"), rand_core::OsRng);
    let reset =
        accounts::set(&house.store, &admin, &anna, DeskRole::Reviewer, PASSWORD, now(), &mut random).await;
    reset.unwrap();
    let known = identities::of(&mut house.store.look().await.unwrap(), "0b5c").await.unwrap();
    assert_eq!(known.unwrap().person, person("anna"));

    identities::unlink(&house.store, &person("admin"), &person("anna"), now()).await.unwrap();
    let known = identities::of(&mut house.store.look().await.unwrap(), "0b5c").await.unwrap();
    assert!(known.is_none());
    let twice = identities::unlink(&house.store, &person("admin"), &person("anna"), now()).await;
    assert_eq!(twice.map_err(told).unwrap_err(), "the account anna is linked to nobody at the provider");
    link(&house, "new", Some(DeskRole::Reader), "1a").await.unwrap();
    let locked = identities::unlink(&house.store, &person("admin"), &person("new"), now()).await;
    assert!(matches!(locked, Err(AccountError::OnlyIdentity(_))));
}

#[tokio::test]
async fn who_comes_back_after_an_account_was_taken_away_has_no_password_of_earlier_days() {
    let house = House::new().await;
    accounts::disable(&house.store, &person("admin"), &person("anna"), now()).await.unwrap();
    assert!(matches!(link(&house, "anna", None, "0b5c").await, Err(AccountError::NoRole(_))));
    link(&house, "anna", Some(DeskRole::Reader), "0b5c").await.unwrap();
    let form = format!("name=anna&password={}", PASSWORD.replace(' ', "+"));
    assert_eq!(house.post("/login", "", &form).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn where_the_provider_is_the_only_way_no_password_opens_anything() {
    let house = House::with(true).await;
    let page = house.get("/login", "").await;
    assert!(!page.body.contains("type=\"password\""), "{}", page.body);
    assert!(page.body.contains("href=\"/login/openid\""));
    assert!(!page.body.contains(HOSTILE));
    let form = format!("name=anna&password={}", PASSWORD.replace(' ', "+"));
    let answer = house.post("/login", "", &form).await;
    assert_eq!((answer.status, answer.cookies().len()), (StatusCode::FORBIDDEN, 0));
    assert!(House::new().await.get("/login", "").await.body.contains("type=\"password\""));
}

#[tokio::test]
async fn logins_and_tries_stand_in_the_chain() {
    let house = House::new().await;
    let cookie = house.log_in("anna").await;
    let csrf = house.get("/account", &cookie).await.csrf();
    house.post("/logout", &cookie, &format!("csrf={csrf}")).await;
    for name in ["anna", "my+password+by+mistake"] {
        let form = format!("name={name}&password=wrong");
        assert_eq!(house.post("/login", "", &form).await.status, StatusCode::UNAUTHORIZED);
    }
    // The refusal is written beside the answer.
    let of_logins = async || -> Vec<(String, String, String)> {
        let all = records::last(&mut house.store.look().await.unwrap(), 100).await.unwrap();
        let logins = all.into_iter().filter(|one| one.action.contains("log"));
        logins.map(|one| (one.actor, one.action, one.ground)).collect()
    };
    for _ in 0..100 {
        if of_logins().await.len() == 3 {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    let row = |person: &str, action: &str, why: &str| (person.to_owned(), action.to_owned(), why.to_owned());
    assert_eq!(
        of_logins().await,
        [
            row("anna", "log_in", "by password"),
            row("anna", "log_out", "by their own wish"),
            row("desk", "refuse_login", "password or code did not fit"),
        ]
    );
}
