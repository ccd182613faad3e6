//! Letter day, first half: a delivery or a list comes in.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use documents::{Problem, numbers};
use operations::hoster::keys;
use operations::hoster::receive::{ReceiveError, Received};
use watchlist::format::v1;

use super::upload::Upload;
use super::{Detail, Page, deliveries, shown};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::receiving::{self, NotInstalled, NotTaken};
use crate::work::Remarks;

/// Problems of an edition that the page shows; of more the number is said.
const REMARKS_SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "receive.html")]
struct ReceivePage {
    page: Page,
    /// The words of the hoster's own key for deliveries; none before it was made.
    own_words: Option<String>,
    /// The words of a root that is not trusted yet.
    first_contact: Option<String>,
    partner: String,
    /// What went wrong, and why or what to do.
    problem: Option<(String, Detail)>,
}

#[derive(Template)]
#[template(path = "received.html")]
struct ReceivedPage {
    page: Page,
    title: String,
    issuer: String,
    number: u64,
    valid_until: Option<String>,
    entries: usize,
    content: String,
    /// Words of the issuer's root; none for a list that nobody signed.
    root: Option<String>,
    /// New, changed, withdrawn; none where nothing was installed before, or the delivery only renewed it.
    change: Option<(u64, usize, usize, usize)>,
    is_renewed: bool,
    reopened: usize,
    remarks: Remarks,
    /// Whether remembered customers are being screened again because of it.
    is_screened_again: bool,
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    form(&desk, &visitor, StatusCode::OK, |_| {}).await
}

/// The empty form with what `change` adds to it.
async fn form(
    desk: &Desk,
    visitor: &Visitor,
    status: StatusCode,
    change: impl FnOnce(&mut ReceivePage),
) -> Response {
    let own = async { keys::show(&mut desk.store.look().await.ok()?).await.ok() };
    let mut page = ReceivePage {
        page: Page::of(visitor),
        own_words: own.await.map(|own| own.decryption.fingerprint().words()),
        first_contact: None,
        partner: String::new(),
        problem: None,
    };
    change(&mut page);
    (status, shown(&page)).into_response()
}

/// Takes a delivery: verified and installed, or refused with the reason.
pub(crate) async fn delivery(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    upload: Upload,
) -> Response {
    let page = Page::of(&visitor);
    let contact = match receiving::first_contact(upload.field("words"), upload.field("partner")) {
        Ok(contact) => contact,
        Err(_) => {
            return unprocessable(
                &desk,
                &visitor,
                "office-words",
                Detail::Worded(page.t("problem-words-hint")),
            )
            .await;
        }
    };
    let Some(file) = upload.file() else {
        let hint = Detail::Worded(page.t("problem-no-file-hint"));
        return unprocessable(&desk, &visitor, "problem-no-file", hint).await;
    };
    let refused = match receiving::delivery(&desk, &visitor.person, file, contact).await {
        Ok(received) => return shown(&received_page(&desk, page, &received)),
        Err(NotTaken::TooLarge) => return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-upload"),
        Err(NotTaken::Unread(_)) => return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-upload"),
        Err(NotTaken::Refused(refused)) => refused,
    };
    match refused {
        ReceiveError::FirstContact(offered) | ReceiveError::UnknownIssuer(offered) => {
            let words = offered.last().map(|root| root.fingerprint.words());
            let partner = upload.field("partner").to_owned();
            form(&desk, &visitor, StatusCode::CONFLICT, |page| {
                (page.first_contact, page.partner) = (words, partner);
            })
            .await
        }
        error => {
            let in_english = || Detail::English(format!("{error}: {}", error.hint().unwrap_or_default()));
            let worded = deliveries::not_received(&error).map(|one| Detail::Worded(one.words(&page)));
            unprocessable(&desk, &visitor, "delivery-refused", worded.unwrap_or_else(in_english)).await
        }
    }
}

async fn unprocessable(desk: &Desk, visitor: &Visitor, what: &str, detail: Detail) -> Response {
    let told = Some((Page::of(visitor).t(what), detail));
    form(desk, visitor, StatusCode::UNPROCESSABLE_ENTITY, |page| page.problem = told).await
}

fn received_page(desk: &Desk, page: Page, received: &Received) -> ReceivedPage {
    let edition = received.edition.edition();
    let change = received.installed.as_ref();
    ReceivedPage {
        title: edition.list.title.clone(),
        issuer: edition.list.issuer.clone(),
        number: u64::from(received.edition.number()),
        valid_until: edition.valid_until.map(|day| numbers::date(day, page.language)),
        entries: edition.entries.iter().filter(|entry| entry.stands()).count(),
        content: received.edition.content_root().line(),
        root: Some(received.root.words()),
        change: change.and_then(|one| Some((one.before?, one.new, one.changed, one.withdrawn))),
        is_renewed: change.is_none(),
        reopened: received.reopened.len(),
        remarks: remarks(&edition.list.title, received.edition.problems()),
        is_screened_again: desk.job.runs(),
        page,
    }
}

/// What was not understood of a signed edition: it was signed all the same, so the issuer should hear of it.
fn remarks(list: &str, problems: &[v1::Problem]) -> Remarks {
    let shown = problems.iter().take(REMARKS_SHOWN).map(|one| Problem {
        file: list.to_owned(),
        line: Some(one.line),
        message: one.message(),
        hint: Some(one.hint.clone()),
    });
    Remarks { shown: shown.collect(), total: problems.len() as u64 }
}

/// Takes a list that nobody signed, in any form that the program reads.
pub(crate) async fn list(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    upload: Upload,
) -> Response {
    let page = Page::of(&visitor);
    let Some(file) = upload.file() else {
        let hint = Detail::Worded(page.t("problem-no-file-hint"));
        return unprocessable(&desk, &visitor, "problem-no-file", hint).await;
    };
    match receiving::list(&desk, &visitor.person, file).await {
        Ok((summary, remarks)) => shown(&ReceivedPage {
            title: summary.title,
            issuer: summary.issuer,
            number: summary.number,
            valid_until: summary.valid_until.map(|day| numbers::date(day, page.language)),
            entries: summary.entries,
            content: summary.content_root,
            root: None,
            change: None,
            is_renewed: false,
            reopened: 0,
            remarks,
            is_screened_again: desk.job.runs(),
            page,
        }),
        Err(NotInstalled::Unread(told)) => {
            unprocessable(&desk, &visitor, "list-refused", Detail::told(&told, page.language)).await
        }
        Err(NotInstalled::Stopped) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-upload"),
        Err(NotInstalled::Refused(error)) => {
            let in_english = || Detail::English(error.to_string());
            let worded = deliveries::not_installed(&error).map(|one| Detail::Worded(one.words(&page)));
            unprocessable(&desk, &visitor, "list-refused", worded.unwrap_or_else(in_english)).await
        }
    }
}
