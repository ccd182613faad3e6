//! A shop tells of two orders: one is held, asked for data, reviewed and released; one is refused by two people.

use serde_json::{Value, json};

use crate::desk::{Browser, DESKTOP, Desk, Looks};

/// What the pages say in one language.
struct Words {
    language: &'static str,
    scope: &'static str,
    asked: &'static str,
    message: &'static str,
    another: &'static str,
    released: &'static str,
    proposed: &'static str,
    refused: &'static str,
}

/// The shop's own program.
struct Shop<'a> {
    desk: &'a Desk,
    token: String,
}

impl Shop<'_> {
    /// Tells of an order and gives its id.
    fn order(&self, number: &str, applicant: &Value) -> String {
        let body = json!({"order": number, "applicant": applicant});
        let mut answer = ureq::post(format!("{}/api/v1/checks", self.desk.address))
            .header("authorization", format!("Bearer {}", self.token))
            .header("content-type", "application/json")
            .send(body.to_string())
            .unwrap();
        let answer = read(&mut answer);
        assert_eq!(answer["state"], "received", "{answer}");
        answer["id"].as_str().unwrap().to_owned()
    }

    /// Asks the gate.
    fn answer(&self, id: &str) -> String {
        let mut answer = ureq::get(format!("{}/api/v1/checks/{id}", self.desk.address))
            .header("authorization", format!("Bearer {}", self.token))
            .call()
            .unwrap();
        let answer = read(&mut answer);
        assert_eq!(answer.as_object().map(serde_json::Map::len), Some(1), "{answer}");
        answer["answer"].as_str().unwrap().to_owned()
    }
}

fn read(answer: &mut http::Response<ureq::Body>) -> Value {
    serde_json::from_str(&answer.body_mut().read_to_string().unwrap()).unwrap()
}

async fn sign_up(words: Words) {
    let language = words.language;
    let desk = Desk::start();
    let Some(browser) = Browser::open(&desk, Looks { language, ..DESKTOP }).await else { return };
    browser.log_in_as("marleen").await;
    browser.go("/account/tokens").await;
    browser.wait_for_text(words.scope).await;
    browser.type_into("#label", "webshop").await;
    browser.click("input[name=shop]").await;
    browser.follow("form.stacked button").await;
    let token = browser.wait_for("p.words").await.text().await.unwrap();
    let shop = Shop { desk: &desk, token };

    let listed = json!({"company": "Corvina Night Hosting", "emails": ["sales@corvina-night.example"],
        "country": "MD", "payment_method": "iDEAL"});
    let unlisted =
        json!({"company": "Kwekerij Zonnedauw", "emails": ["info@zonnedauw.example"], "country": "NL"});
    let (first, second) = (shop.order("1", &listed), shop.order("2", &unlisted));
    assert_eq!((shop.answer(&first), shop.answer(&second)), ("hold".to_owned(), "hold".to_owned()));

    // The gate works at its own beat; the page shows what it found.
    let page = format!("/applications/{first}");
    browser.until(&page, "select[name=reason]").await;
    browser.wait_for_text("corvina-night.example").await;
    browser.picture(&format!("sign-up-{language}-1-held")).await;

    // Held, asked for data.
    browser.unfold("form[action$='/ask']").await;
    browser.click("input[name=register_number]").await;
    browser.click("input[name=identity]").await;
    browser.follow("form[action$='/ask'] button").await;
    browser.wait_for_text(words.asked).await;
    browser.go(&page).await;
    let told = browser.read(&format!("{page}/message?language={language}")).await;
    assert!(told.contains(words.message), "{told}");
    for never in ["Corvina", "list", "lijst", "treffer", "hit", "police", "politie"] {
        assert!(!told.contains(never), "{never}: {told}");
    }
    browser.picture(&format!("sign-up-{language}-2-asked")).await;

    // What came is noted; the hit is answered by two people; one of them lets the applicant in.
    for kind in ["register_number", "identity"] {
        browser.unfold("form[action$='/check']").await;
        browser.click(&format!("#kind option[value={kind}]")).await;
        browser.type_into("#source", "KvK").await;
        browser.type_into("#proof", "90004760").await;
        browser.follow("form[action$='/check'] button").await;
    }
    for person in ["marleen", "ruben"] {
        if person == "ruben" {
            browser.log_out().await;
            browser.log_in_as(person).await;
            browser.go(&page).await;
        }
        browser.click("#reason-1 option[value=other_person]").await;
        browser.type_into("#note-1", "another owner, seen in the register").await;
        browser.follow("form[action$='/judge'] button").await;
    }
    browser.wait_for_text(words.another).await;
    assert_eq!(shop.answer(&first), "hold", "an answer alone lets nobody in");
    browser.type_into("#release-note", "papers agree").await;
    browser.follow("form[action$='/release'] button").await;
    browser.wait_for_text(words.released).await;
    browser.picture(&format!("sign-up-{language}-3-released")).await;
    assert_eq!(shop.answer(&first), "go_on");

    // The other one shows nothing and is refused.
    let page = format!("/applications/{second}");
    browser.go(&page).await;
    browser.unfold("form[action$='/refuse']").await;
    browser.click("#ground option[value=kyc_failure]").await;
    browser.type_into("#words", "gave a register number that is not theirs").await;
    browser.follow("form[action$='/refuse'] button").await;
    browser.wait_for_text(words.refused).await;
    assert_eq!(shop.answer(&second), "hold", "a shop is told no more than that");

    // One that is on the list and refused takes two.
    let third = shop.order("3", &listed);
    let page = format!("/applications/{third}");
    browser.until(&page, "select[name=reason]").await;
    browser.unfold("form[action$='/refuse']").await;
    browser.click("#ground option[value=aup_breach]").await;
    browser.type_into("#words", "phishing pages under the same domain, ticket 4711").await;
    browser.follow("form[action$='/refuse'] button").await;
    browser.wait_for_text(words.proposed).await;
    browser.log_out().await;
    browser.log_in_as("marleen").await;
    browser.go(&page).await;
    browser.picture(&format!("sign-up-{language}-4-second-person")).await;
    browser.follow("form[action$='/second'] button").await;
    browser.wait_for_text(words.refused).await;
    browser.picture(&format!("sign-up-{language}-5-refused")).await;
    assert_eq!(shop.answer(&third), "hold");

    browser.go("/applications/report").await;
    browser.picture(&format!("sign-up-{language}-6-report")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_up_is_held_asked_reviewed_and_released_and_another_refused_in_english() {
    sign_up(Words {
        language: "en",
        scope: "ask at its gate",
        asked: "asked of the applicant: company register",
        message: "the number of your company in its trade register",
        another: "Another party: another person",
        released: "may be provisioned",
        proposed: "A refusal waits for a second person.",
        refused: "refused",
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_sign_up_is_held_asked_reviewed_and_released_and_another_refused_in_dutch() {
    sign_up(Words {
        language: "nl",
        scope: "poort",
        asked: "gevraagd aan de aanvrager: handelsregister",
        message: "het nummer van uw bedrijf in het handelsregister",
        another: "Een andere partij: andere persoon",
        released: "mag geleverd worden",
        proposed: "Een weigering wacht op een tweede persoon.",
        refused: "geweigerd",
    })
    .await;
}
