//! The voluntary answer to the issuer: what would leave the house, before it does. Nothing leaves unless somebody says so.

use askama::Template;
use axum::extract::{Extension, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use operations::hoster::receipts::{self, MakeError, Preview};
use operations::hoster::{keys, screenings};
use operations::issuer::receipts::FEWEST_ANSWERS;
use serde::Deserialize;

use super::form::{Checked, Sent};
use super::{Detail, Page, day, papers, shown, store_refused};
use crate::answering::{self, NotSent};
use crate::desk::Desk;
use crate::guard::Visitor;

#[derive(Template)]
#[template(path = "receipt.html")]
struct ReceiptPage {
    page: Page,
    lists: Vec<List>,
    /// The words of the key that signs answers, for the issuer to compare; none before it was made.
    key_words: Option<String>,
    /// Whether the issuer has just confirmed an answer.
    sent: bool,
}

impl ReceiptPage {
    /// Whether there is an answer that has to go by hand.
    fn has_answer(&self) -> bool {
        self.lists.iter().any(|one| one.problem.is_none() && one.answers_to.is_none())
    }

    /// What the issuer does with it.
    fn then(&self) -> String {
        self.page.with("receipt-send-then", &[("fewest", FEWEST_ANSWERS.to_string())])
    }
}

/// What would be answered about one list, or why nothing can be.
struct List {
    id: String,
    edition: u64,
    bands: Vec<(String, String)>,
    /// Where the issuer's machine takes it in; none where it goes by hand.
    answers_to: Option<String>,
    /// Key of the text for why there is no answer.
    problem: Option<&'static str>,
}

/// What just happened.
#[derive(Default, Deserialize)]
pub(crate) struct Happened {
    #[serde(default)]
    sent: bool,
}

pub(crate) async fn show(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Query(happened): Query<Happened>,
) -> Response {
    let page = Page::of(&visitor);
    let today = day((desk.now)());
    let made = async {
        let mut look = desk.store.look().await?;
        let mut lists = Vec::new();
        let editions = screenings::last(&mut look).await?.map(|(_, kept)| kept.editions).unwrap_or_default();
        for (id, edition) in editions {
            let preview = receipts::make(&mut look, &id, today).await;
            lists.push(match preview {
                Ok(one) => {
                    List { id, edition, bands: bands(&one), answers_to: one.answers_to, problem: None }
                }
                Err(error) => {
                    let problem = Some(problem(&error));
                    List { id, edition, bands: Vec::new(), answers_to: None, problem }
                }
            });
        }
        let key = keys::show(&mut look).await.ok().map(|own| own.receipt.fingerprint().words());
        Ok::<_, store::Error>((lists, key))
    };
    match made.await {
        Ok((lists, key_words)) => shown(&ReceiptPage { page, lists, key_words, sent: happened.sent }),
        Err(_) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

/// The signed file, for the visitor to send by their own way.
pub(crate) async fn file(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(list): Path<String>,
) -> Response {
    let page = Page::of(&visitor);
    if !visitor.may_change() {
        return page.problem(StatusCode::FORBIDDEN, "problem-role");
    }
    let made = async {
        let mut look = desk.store.look().await?;
        receipts::make(&mut look, &list, day((desk.now)())).await
    };
    match made.await {
        Ok(preview) => {
            // Its name says what it is about: whoever takes in the answers of many partners sees it without opening it.
            let name = format!("{list}-{}.receipt", preview.receipt.edition);
            papers::file(preview.file, "application/json", &name)
        }
        Err(MakeError::Store(_)) => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
        Err(_) => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
    }
}

pub(crate) async fn send_it(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(list): Path<String>,
    Checked(_): Checked<Sent>,
) -> Response {
    let page = Page::of(&visitor);
    if !visitor.may_change() {
        return page.problem(StatusCode::FORBIDDEN, "problem-role");
    }
    match answering::send(&desk, &visitor.person, &list).await {
        Ok(()) => Redirect::to("/receipt?sent=true").into_response(),
        Err(NotSent::Nothing) => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        Err(NotSent::Store(error)) => store_refused(&page, &error),
        Err(NotSent::Told(told)) => {
            let detail = Detail::told(&told, page.language);
            page.detailed(StatusCode::BAD_GATEWAY, "receipt-not-sent", detail)
        }
    }
}

/// The bands by their names in the file.
fn bands(preview: &Preview) -> Vec<(String, String)> {
    let counts = serde_json::to_value(preview.receipt.counts).unwrap_or_default();
    let fields = counts.as_object().into_iter().flatten();
    fields.map(|(name, band)| (name.clone(), band.as_str().unwrap_or("–").to_owned())).collect()
}

const fn problem(error: &MakeError) -> &'static str {
    match error {
        MakeError::Unverified { .. } => "receipt-unverified",
        MakeError::Keys(_) => "receipt-no-keys",
        _ => "receipt-impossible",
    }
}
