//! Every page, as people with other languages, eyes and screens meet it.

use crate::desk::{Browser, Desk, Looks, axe};

/// Pages of a hoster.
const PAGES: [(&str, &str); 22] = [
    ("overview", "/"),
    ("receive", "/receive"),
    ("screening", "/screening"),
    ("hits", "/hits"),
    ("hits-searched", "/hits?view=all&class=weak&words=silvano"),
    ("hit-judged-by-one", "/hits/1"),
    ("hit-open", "/hits/3"),
    ("decisions", "/decisions"),
    ("impact", "/impact?customer=10043"),
    ("dossier", "/dossier"),
    ("editions", "/editions"),
    ("receipt", "/receipt"),
    ("account", "/account"),
    ("tokens", "/account/tokens"),
    ("subjects", "/subjects"),
    ("subject", "/subjects?customer=10042"),
    ("privacy", "/privacy"),
    ("applications", "/applications"),
    ("applications-all", "/applications?view=all"),
    ("applications-report", "/applications/report"),
    ("reference", "/api/v1/reference"),
    ("not-there", "/nowhere"),
];

/// Pages of the unit that issues a list: as whom, and which.
const OFFICE: [(&str, &str, &str); 16] = [
    ("anna", "office", "/office"),
    ("anna", "evidence-list", "/office/evidence"),
    ("carla", "evidence-sealed", "/office/evidence/EV-0001"),
    ("carla", "evidence-open", "/office/evidence/EV-0006"),
    ("anna", "entries", "/office/entries"),
    ("anna", "entry-new", "/office/entries/new"),
    ("anna", "entry-listed", "/office/entries/E-1"),
    ("anna", "entry-split", "/office/entries/E-1/split"),
    ("pim", "entry-to-decide", "/office/entries/E-4"),
    ("anna", "entry-draft", "/office/entries/E-5"),
    ("anna", "deconfliction", "/office/deconfliction"),
    ("udo", "edition", "/office/editions/1"),
    ("udo", "partner", "/office/partners/hoster-north"),
    ("hana", "contest", "/office/contests/CT-0001"),
    ("udo", "receipts", "/office/receipts"),
    ("udo", "disclosures", "/office/disclosures"),
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_page_has_what_axe_calls_a_violation_or_needs_a_wider_screen() {
    let desk = Desk::start();
    let axe = axe();
    let mut found = Vec::new();
    for language in ["en", "nl"] {
        for (is_dark, is_phone) in [(false, false), (true, false), (false, true)] {
            let looks = Looks { language, is_dark, is_phone };
            let Some(browser) = Browser::open(&desk, looks).await else { return };
            browser.go("/login").await;
            check(&browser, looks, "login", axe.as_deref(), &mut found).await;
            browser.log_in_as("marleen").await;
            for (name, path) in PAGES {
                browser.go(path).await;
                check(&browser, looks, name, axe.as_deref(), &mut found).await;
            }
            // An order is known by an id that was drawn: its page is found by its row.
            for row in 1..=4 {
                browser.go("/applications").await;
                browser.follow(&format!("table.rows tbody tr:nth-child({row}) a")).await;
                check(&browser, looks, &format!("application-{row}"), axe.as_deref(), &mut found).await;
            }
            let mut who = "marleen";
            for (person, name, path) in OFFICE {
                if person != who {
                    browser.go("/account").await;
                    browser.log_out().await;
                    browser.log_in_as(person).await;
                    who = person;
                }
                browser.go(path).await;
                check(&browser, looks, name, axe.as_deref(), &mut found).await;
            }
            browser.close().await;
        }
    }
    assert!(axe.is_some(), "axe-core is installed by the test command");
    assert_eq!(found, Vec::<String>::new());
}

pub(crate) async fn check(
    browser: &Browser,
    looks: Looks,
    name: &str,
    axe: Option<&str>,
    found: &mut Vec<String>,
) {
    let page = format!("{}-{name}", looks.name());
    browser.picture(&page).await;
    if let Some(axe) = axe {
        found.extend(browser.violations(axe).await.into_iter().map(|one| format!("{page}: {one}")));
    }
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let over = browser.client.execute(wide, Vec::new()).await.unwrap();
    if over.as_i64() != Some(0) {
        found.push(format!("{page}: {over} pixels too wide"));
    }
    let language = browser.client.execute("return document.documentElement.lang", Vec::new()).await.unwrap();
    if language.as_str() != Some(looks.language) {
        found.push(format!("{page}: speaks {language}"));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_with_faults_does_not_pass() {
    let desk = Desk::start();
    let Some(browser) = Browser::open(&desk, crate::desk::DESKTOP).await else { return };
    let page = "data:text/html,<html><title>x</title><img src='x.png'><input><p style='color:%23ddd'>grey";
    browser.client.goto(page).await.unwrap();

    let found = browser.violations(&axe().unwrap()).await.join("\n");

    for rule in ["image-alt", "html-has-lang", "label", "color-contrast"] {
        assert!(found.contains(rule), "{rule}: {found}");
    }
    browser.close().await;
}
