//! A letter came: two people at a hoster go from login to dossier.

use crate::desk::{Browser, DESKTOP, Desk, Looks};

/// Customers of whom one is on the list of the demo.
const CUSTOMERS: &str = "\
Klantnummer;Bedrijfsnaam;E-mail;Telefoon;Domein;Land
1;Bakkerij De Gouden Korst;info@gouden-korst.example;+31 20 555 0150;gouden-korst.example;NL
2;Corvina Night Servers;sales@corvina-night.example;;corvina-night.example;MD
3;;;;;
4;Kwekerij Zonnedauw;info@zonnedauw.example;;zonnedauw.example;NL;to be called;monthly
";

/// What the page says in one language.
struct Words {
    language: &'static str,
    /// Of a file that is none with customers.
    no_table: &'static str,
    /// Of the row of [`CUSTOMERS`] that cannot be used as it stands.
    fault: &'static str,
    /// What is done with remembered customers.
    again: &'static str,
    class_of_hit: &'static str,
    judged: &'static str,
    open: &'static str,
}

async fn letter_day(words: Words) {
    let Words { language, no_table, fault, again, class_of_hit, judged, open } = words;
    let desk = Desk::start();
    let Some(browser) = Browser::open(&desk, Looks { language, ..DESKTOP }).await else { return };
    let file = desk.folder.path().join("klanten.csv");
    std::fs::write(&file, CUSTOMERS).unwrap();

    // The wrong file says what it is, and what to do.
    browser.log_in_as("marleen").await;
    browser.go("/screening").await;
    let login_page = desk.folder.path().join("export.csv");
    std::fs::write(&login_page, "<!doctype html><html><body>Log in</body></html>").unwrap();
    browser.choose("#customers", &login_page).await;
    browser.follow("form[action='/screening'] button").await;
    browser.wait_for_text(no_table).await;
    browser.picture(&format!("letter-day-{language}-0-wrong-file")).await;

    // The right one says what was understood of it; it is screened, and the page follows by itself.
    browser.follow("form[action$='/forget'] button").await;
    browser.choose("#customers", &file).await;
    browser.follow("form[action='/screening'] button").await;
    for expected in ["klanten.csv", "Bedrijfsnaam", "G····· K····", fault] {
        browser.wait_for_text(expected).await;
    }
    browser.picture(&format!("letter-day-{language}-1-looked-at")).await;
    browser.click("input[name=remember]").await;
    browser.follow("form[action$='/start'] button").await;
    browser.wait_for_text("klanten.csv").await;
    browser.wait_for_text(fault).await;
    browser.picture(&format!("letter-day-{language}-2-screened")).await;

    // The customers are remembered, as was asked: they are screened again without their file.
    browser.go("/screening").await;
    browser.wait_for_text(again).await;
    browser.picture(&format!("letter-day-{language}-2-remembered")).await;
    browser.follow("form[action$='/again'] button").await;
    browser.wait_for("form[action$='/again'] button").await;

    // One hit, which takes two people.
    browser.go("/hits").await;
    browser.wait_for_text("Corvina Night Servers").await;
    browser.follow("table.rows td a").await;
    browser.wait_for_text(class_of_hit).await;
    browser.press("2").await;
    browser.type_into("#note", "domain in the order").await;
    browser.picture(&format!("letter-day-{language}-3-judging")).await;
    browser.follow("form[data-keys] button").await;
    browser.wait_for("table.rows, main .card").await;
    browser.log_out().await;

    browser.log_in_as("ruben").await;
    browser.go("/hits/1").await;
    browser.wait_for_text("domain in the order").await;
    browser.press("1").await;
    browser.press_on("\u{E007}").await;
    browser.wait_for("nav.views").await;

    // A decision on own grounds, approved by the colleague.
    browser.go("/decisions").await;
    browser.click("#measure option[value=suspend]").await;
    browser.click("#ground option[value=aup_breach]").await;
    browser.type_into("#words", "phishing pages, ticket 4711").await;
    browser.follow("form.stacked button").await;
    browser.wait_for_text("D-0001").await;
    browser.log_out().await;
    browser.log_in_as("marleen").await;
    browser.go("/decisions").await;
    browser.follow("form[action$='/approve'] button").await;
    browser.wait_for_text("phishing pages").await;

    // Everything stands in the dossier.
    browser.go("/dossier").await;
    let dossier = browser.text().await;
    for expected in
        ["klanten.csv", "Corvina Night Servers", "domain in the order", "phishing pages", judged, open]
    {
        assert!(dossier.contains(expected), "{expected}: {dossier}");
    }
    browser.picture(&format!("letter-day-{language}-4-dossier")).await;
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letter_day_goes_from_login_to_dossier_in_english() {
    letter_day(Words {
        language: "en",
        no_table: "this looks like a web page (HTML), not like a table: log in and export again",
        fault: "line 5: more cells than headings",
        again: "Screen them again",
        class_of_hit: "strong",
        judged: "same",
        open: "hits to look at\n0",
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn letter_day_goes_from_login_to_dossier_in_dutch() {
    letter_day(Words {
        language: "nl",
        no_table: "dit lijkt op een webpagina (HTML), niet op een tabel: log in en exporteer opnieuw",
        fault: "regel 5: meer cellen dan koppen",
        again: "Opnieuw screenen",
        class_of_hit: "sterk",
        judged: "zelfde",
        open: "treffers te beoordelen\n0",
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_keys_lead_from_one_judged_weak_hit_to_the_next() {
    let desk = Desk::start();
    let Some(browser) = Browser::open(&desk, DESKTOP).await else { return };
    browser.log_in_as("marleen").await;
    browser.go("/hits?class=weak").await;
    browser.follow("table.rows td a").await;
    browser.wait_for("form[data-keys]").await;
    let first = browser.path().await;

    browser.press("9").await;
    browser.press_on("\u{E007}").await;
    let second = another_hit(&browser, &first).await;
    browser.press("9").await;
    browser.press_on("\u{E007}").await;
    another_hit(&browser, &second).await;

    browser.go(&first).await;
    browser.wait_for_text("only the name agrees").await;
    browser.go(&second).await;
    browser.wait_for_text("only the name agrees").await;
    browser.close().await;
}

/// Waits until the browser shows another hit, and says which.
async fn another_hit(browser: &Browser, than: &str) -> String {
    for _ in 0..600 {
        let path = browser.path().await;
        if path != than {
            return path;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("still on {than}: {}", browser.text().await);
}
