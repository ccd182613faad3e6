//! Letter day, first half: a delivery or a list comes in.

use askama::Template;
use axum::extract::{Extension, Multipart, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use delivery::source::OneFile;
use delivery::{Fingerprint, PartnerId};
use documents::numbers;
use operations::hoster::editions;
use operations::hoster::keys;
use operations::hoster::receive::{self, FirstContact, ReceiveError, Received};

use super::upload::Upload;
use super::{Page, shown};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::work::Remarks;

#[derive(Template)]
#[template(path = "receive.html")]
struct ReceivePage {
    page: Page,
    /// The words of the hoster's own key for deliveries; none before it was made.
    own_words: Option<String>,
    /// The words of a root that is not trusted yet.
    first_contact: Option<String>,
    partner: String,
    problem: Option<(String, String)>,
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
    typed: Multipart,
) -> Response {
    let upload = match Upload::read(&desk, &visitor, typed).await {
        Ok(upload) => upload,
        Err(response) => return response,
    };
    let page = Page::of(&visitor);
    let contact = match contact(&upload) {
        Ok(contact) => contact,
        Err(what) => return unprocessable(&desk, &visitor, what, page.t("problem-words-hint")).await,
    };
    let Some(path) = upload.file() else {
        return unprocessable(&desk, &visitor, page.t("problem-no-file"), page.t("problem-no-file-hint"))
            .await;
    };
    let size = tokio::fs::metadata(path).await.map_or(u64::MAX, |file| file.len());
    if size > delivery::limits::ONE_FILE_BYTES {
        return page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-upload");
    }
    let Ok(bytes) = tokio::fs::read(path).await else {
        return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-upload");
    };
    match take(&desk, &visitor, bytes, contact).await {
        Ok(received) => {
            desk.forget_stale().await;
            shown(&received_page(page, &received))
        }
        Err(ReceiveError::FirstContact(offered) | ReceiveError::UnknownIssuer(offered)) => {
            let words = offered.last().map(|root| root.fingerprint.words());
            let partner = upload.field("partner").to_owned();
            form(&desk, &visitor, StatusCode::CONFLICT, |page| {
                (page.first_contact, page.partner) = (words, partner);
            })
            .await
        }
        Err(error) => {
            let hint = error.hint().unwrap_or_default().to_owned();
            unprocessable(&desk, &visitor, error.to_string(), hint).await
        }
    }
}

/// Verifying reads files and does arithmetic, so it runs beside the pages.
async fn take(
    desk: &Desk,
    visitor: &Visitor,
    bytes: Vec<u8>,
    contact: Option<FirstContact>,
) -> Result<Received, ReceiveError> {
    let source = OneFile::read(&bytes).map_err(|error| ReceiveError::Refused(error.into()))?;
    let (store, person, now) = (desk.store.clone(), visitor.person.clone(), (desk.now)());
    let handle = tokio::runtime::Handle::current();
    let done = tokio::task::spawn_blocking(move || {
        handle.block_on(receive::receive(&store, &person, &source, contact.as_ref(), now))
    });
    done.await.unwrap_or(Err(ReceiveError::NoRoot))
}

fn contact(upload: &Upload) -> Result<Option<FirstContact>, String> {
    let (words, partner) = (upload.field("words"), upload.field("partner"));
    if words.is_empty() {
        return Ok(None);
    }
    let compared = Fingerprint::parse(words).map_err(|error| error.to_string())?;
    let partner = PartnerId::new(partner).map_err(|error| error.to_string())?;
    Ok(Some(FirstContact { compared, partner }))
}

async fn unprocessable(desk: &Desk, visitor: &Visitor, what: String, hint: String) -> Response {
    let told = Some((what, hint));
    form(desk, visitor, StatusCode::UNPROCESSABLE_ENTITY, |page| page.problem = told).await
}

fn received_page(page: Page, received: &Received) -> ReceivedPage {
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
        remarks: Remarks { shown: Vec::new(), total: received.edition.problems().len() as u64 },
        page,
    }
}

/// Takes a list that nobody signed, in any form that the program reads.
pub(crate) async fn list(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    typed: Multipart,
) -> Response {
    let upload = match Upload::read(&desk, &visitor, typed).await {
        Ok(upload) => upload,
        Err(response) => return response,
    };
    let page = Page::of(&visitor);
    let Some(path) = upload.file().map(ToOwned::to_owned) else {
        return unprocessable(&desk, &visitor, page.t("problem-no-file"), page.t("problem-no-file-hint"))
            .await;
    };
    let settings = desk.settings.clone();
    let read = tokio::task::spawn_blocking(move || settings.program.read_list(&path)).await;
    let read = match read {
        Ok(Ok(read)) => read,
        Ok(Err(told)) => return unprocessable(&desk, &visitor, told.what, told.hint).await,
        Err(_) => return page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-upload"),
    };
    match editions::install_unsigned(&desk.store, &visitor.person, &read.edition, (desk.now)()).await {
        Ok(summary) => {
            desk.forget_stale().await;
            shown(&ReceivedPage {
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
                remarks: read.remarks,
                page,
            })
        }
        Err(error) => {
            let hint = page.t("problem-install-hint");
            unprocessable(&desk, &visitor, error.to_string(), hint).await
        }
    }
}
