//! The issuer's way in a real browser: from a captured page to published deliveries, by six people with their own keys.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::desk::{Browser, DESKTOP, Desk, Looks};

const PAGE: &str =
    "<!doctype html><html><body><h1>Tar Barrel Hosting</h1><p>We ignore abuse.</p></body></html>";
const PASSPHRASE: &str = "nine old barges";

fn home(desk: &Desk) -> PathBuf {
    desk.folder.path().join("havenmeester-desk-demo")
}

fn key(desk: &Desk, name: &str) -> PathBuf {
    home(desk).join("keys").join(format!("{name}.key"))
}

async fn log_in(browser: &Browser, name: &str) {
    browser.log_out().await;
    browser.log_in_as(name).await;
}

/// Signs with one's own key in the form of this address.
async fn sign(browser: &Browser, desk: &Desk, form: &str, name: &str) {
    browser.choose(&format!("form[action$='{form}'] input[type=file]"), &key(desk, name)).await;
    browser.type_into(&format!("form[action$='{form}'] input[name=passphrase]"), PASSPHRASE).await;
    browser.follow(&format!("form[action$='{form}'] button")).await;
}

/// Two approvers sign a request, as they do on machines of their own.
fn approvers(desk: &Desk, request: &Path) -> Vec<PathBuf> {
    let sign = |number: u8| {
        let out = request.with_extension(format!("signature{number}"));
        let done = Command::new(env!("CARGO_BIN_EXE_havenmeester"))
            .args(["key", "sign"])
            .arg(request)
            .arg("--key")
            .arg(key(desk, &format!("approver{number}")))
            .arg("--out")
            .arg(&out)
            .env("HAVENMEESTER_PASSPHRASE", PASSPHRASE)
            .output()
            .unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        out
    };
    [1, 2].map(sign).into()
}

async fn from_evidence_to_publication(language: &'static str, approve: &str, listed: &str, published: &str) {
    let desk = Desk::start();
    let Some(browser) = Browser::open(&desk, Looks { language, ..DESKTOP }).await else { return };
    let file = desk.folder.path().join("page.html");
    std::fs::write(&file, PAGE).unwrap();
    let picture = |name: &str| format!("office-{language}-{name}");

    // Carla asks whether another team works on it, takes the page in, and seals it.
    browser.log_in_as("carla").await;
    browser.go("/office/deconfliction").await;
    browser.click("#kind option[value=handle]").await;
    browser.type_into("#value", "https://t.me/Orchard_Nine").await;
    browser.follow("button[value=ask]").await;
    browser.wait_for_text("south").await;
    browser.picture(&picture("1-another-team")).await;
    browser.go("/office/evidence").await;
    browser.choose("#files", &file).await;
    for (field, text) in [
        ("#place", "https://forum.example/thread/12"),
        ("#method", "browser"),
        ("#tool", "capture 1.4"),
        ("#quote", "We ignore abuse."),
        ("#quote_language", "en"),
        ("#offences", "phishing"),
        ("#observation", "A1"),
        ("#claim", "F6"),
        ("#link", "B2"),
    ] {
        browser.type_into(field, text).await;
    }
    browser.follow("form[action='/office/evidence'] button").await;
    browser.wait_for_text("EV-0007").await;
    browser.follow("form[action$='/seal'] button").await;
    browser.wait_for("ol.events").await;
    browser.picture(&picture("2-sealed")).await;

    // Anna drafts the entry, names the evidence, answers the criterion, and proposes it.
    log_in(&browser, "anna").await;
    browser.go("/office/entries/new").await;
    browser.type_into("#id", "E-6").await;
    browser.type_into("#name", "Tar Barrel Hosting").await;
    browser.type_into("#identifiers", "domain tar-barrel.example [2025-01-01..]").await;
    browser.type_into("#bulletproof", "ignores abuse").await;
    browser.follow("form.stacked button").await;
    browser.wait_for_text("Tar Barrel Hosting").await;
    browser.type_into("#evidence", "EV-0007").await;
    browser.follow("form[action$='/ground'] button").await;
    browser.wait_for_text("forum.example").await;
    browser.type_into("#evidence", "EV-0007").await;
    browser.follow("button[formaction$='/observe']").await;
    browser.wait_for("#presents_itself").await;
    for question in ["presents_itself", "dutch_nexus", "link", "wrong_person_test"] {
        browser.click(&format!("#{question} option[value=yes]")).await;
        if question != "wrong_person_test" {
            browser.type_into(&format!("#{question}_evidence"), "EV-0007").await;
        }
    }
    browser.type_into("#wrong_person_test_remark", "no other firm of this name").await;
    browser.click("#less_intrusive_possible option[value=no]").await;
    browser.type_into("#less_intrusive_possible_remark", "it is a brand").await;
    browser.follow("form[action$='/criterion'] button").await;
    browser.wait_for("form[action$='/propose']").await;
    browser.follow("form[action$='/propose'] button").await;
    browser.wait_for("form[action$='/send-back']").await;
    browser.picture(&picture("3-proposed")).await;

    // Nobody approves what they made; Bram seconds, Pim decides.
    assert!(!browser.text().await.contains(approve), "the maker is not asked to approve");
    log_in(&browser, "bram").await;
    browser.go("/office/entries/E-6").await;
    sign(&browser, &desk, "/approve", "bram").await;
    browser.wait_for("ol.events").await;
    log_in(&browser, "pim").await;
    browser.go("/office/entries/E-6").await;
    sign(&browser, &desk, "/approve", "pim").await;
    browser.wait_for_text(listed).await;
    browser.picture(&picture("4-listed")).await;

    // Uma assembles the edition anew, and releases it with Udo.
    log_in(&browser, "uma").await;
    browser.go("/office/editions").await;
    browser.follow("form[action='/office/editions'] button").await;
    browser.wait_for_text("Tar Barrel Hosting").await;
    browser.picture(&picture("5-preview")).await;
    sign(&browser, &desk, "/approve", "uma").await;
    browser.wait_for("form[action$='/approve']").await;
    log_in(&browser, "udo").await;
    browser.go("/office/editions/1").await;
    sign(&browser, &desk, "/approve", "udo").await;
    browser.wait_for("form[action$='/prepare']").await;

    // Udo prepares, seals and publishes; two approvers sign twice in between.
    browser.follow("form[action$='/prepare'] button").await;
    browser.wait_for("a[href$='/requests/statements']").await;
    browser.picture(&picture("6-to-sign")).await;
    let outbox = home(&desk).join("outbox");
    for signature in approvers(&desk, &outbox.join("1.statements.request")) {
        browser.choose("#first", &signature).await;
    }
    browser.follow("form[action$='/seal'] button").await;
    browser.wait_for("a[href$='/requests/parts']").await;
    for signature in approvers(&desk, &outbox.join("1.parts.request")) {
        browser.choose("#second", &signature).await;
    }
    browser.type_into("#ground", "art. 20 Wpg").await;
    browser.follow("form[action$='/publish'] button").await;
    browser.wait_for_text(published).await;
    browser.picture(&picture("7-published")).await;
    browser.go("/office/disclosures").await;
    browser.wait_for_text("art. 20 Wpg").await;
    browser.picture(&picture("8-disclosed")).await;
    assert!(home(&desk).join("deliveries/hoster-north-1.delivery").exists());
    browser.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_goes_from_evidence_to_publication_in_english() {
    from_evidence_to_publication("en", "Approve this version", "on the list", "published").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_office_goes_from_evidence_to_publication_in_dutch() {
    from_evidence_to_publication("nl", "Deze versie goedkeuren", "op de lijst", "uitgegeven").await;
}
