//! From a released edition to deliveries: prepared, signed elsewhere, sealed, signed elsewhere again, published.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use curation::Action;
use delivery::PartnerId;
use operations::issuer::partners;
use serde::Deserialize;
use watchlist::Phrase;

use super::{Member, back, office, settings, told_page};
use crate::desk::{Desk, Settings};
use crate::pages::form::{Checked, Sent};
use crate::pages::papers;
use crate::pages::upload::Upload;
use crate::work::{Office, SigningStep, Told};

/// The largest signature file: signatures over the parts of two hundred partners.
const LARGEST_SIGNATURE: usize = 4 << 20;

#[derive(Deserialize)]
pub(crate) struct Acknowledged {
    #[serde(default)]
    partner: String,
}

/// Lets the program's part of the office work, beside the pages.
pub(crate) async fn work<T: Send + 'static>(
    desk: &Desk,
    work: impl FnOnce(&dyn Office) -> Result<T, Told> + Send + 'static,
) -> Result<T, Told> {
    office(desk)?;
    let settings: Arc<Settings> = desk.settings.clone();
    let done = tokio::task::spawn_blocking(move || match settings.office.as_deref() {
        Some(office) => work(office),
        None => Err(stopped()),
    });
    done.await.unwrap_or_else(|_| Err(stopped()))
}

fn stopped() -> Told {
    Told::Worded {
        what: Phrase::new("the work stopped", "het werk stopte"),
        hint: Phrase::new("do it again; nothing was changed", "doe het opnieuw; er is niets veranderd"),
    }
}

pub(crate) async fn prepare(
    State(desk): State<Desk>,
    member: Member,
    Path(number): Path<u64>,
    Checked(_): Checked<Sent>,
) -> Response {
    let person = member.stored();
    let done = work(&desk, move |office| office.prepare(&person, number)).await;
    written(&member, number, done)
}

pub(crate) async fn seal(
    State(desk): State<Desk>,
    member: Member,
    Path(number): Path<u64>,
    upload: Upload,
) -> Response {
    let signatures = match signatures(&upload, &member).await {
        Ok(signatures) => signatures,
        Err(response) => return response,
    };
    let person = member.stored();
    let done = work(&desk, move |office| office.seal(&person, number, &signatures)).await;
    written(&member, number, done)
}

/// What approvers sign next, as a file.
pub(crate) async fn request(
    State(desk): State<Desk>,
    member: Member,
    Path((number, step)): Path<(u64, String)>,
) -> Response {
    let missing = || member.page.problem(StatusCode::NOT_FOUND, "problem-not-found");
    if !member.may(Action::Deliver) {
        return member.page.problem(StatusCode::FORBIDDEN, "office-forbidden");
    }
    let Some(step) = SigningStep::from_word(&step) else { return missing() };
    match work(&desk, move |office| office.request(number, step)).await {
        Ok(Some(made)) => {
            papers::file(made.file, "application/octet-stream", &format!("{}.request", step.word()))
        }
        Ok(None) => missing(),
        Err(told) => told_page(&member.page, told),
    }
}

/// The words of both requests, as far as they were made: step and words.
pub(crate) async fn words(desk: &Desk, number: u64) -> Vec<(&'static str, String)> {
    let asked = work(desk, move |office| {
        let mut all = Vec::new();
        for step in SigningStep::ALL {
            if let Some(made) = office.request(number, *step)? {
                all.push((step.word(), made.words));
            }
        }
        Ok(all)
    });
    asked.await.unwrap_or_default()
}

pub(crate) async fn publish(
    State(desk): State<Desk>,
    member: Member,
    Path(number): Path<u64>,
    upload: Upload,
) -> Response {
    let signatures = match signatures(&upload, &member).await {
        Ok(signatures) => signatures,
        Err(response) => return response,
    };
    let (person, ground) = (member.stored(), upload.field("ground").to_owned());
    if ground.is_empty() {
        return member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-empty-ground");
    }
    let done = work(&desk, move |office| office.publish(&person, number, &signatures, &ground)).await;
    written(&member, number, done)
}

pub(crate) async fn refresh(
    State(desk): State<Desk>,
    member: Member,
    Path(number): Path<u64>,
    Checked(_): Checked<Sent>,
) -> Response {
    let person = member.stored();
    let done = work(&desk, move |office| office.refresh(&person, number)).await;
    written(&member, number, done)
}

fn written<T>(member: &Member, number: u64, done: Result<T, Told>) -> Response {
    match done {
        Ok(_) => Redirect::to(&format!("/office/editions/{number}")).into_response(),
        Err(told) => told_page(&member.page, told),
    }
}

async fn signatures(upload: &Upload, member: &Member) -> Result<Vec<Vec<u8>>, Response> {
    let refused = |key: &str| member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, key);
    let files = upload.read_files(LARGEST_SIGNATURE).await.map_err(|_| refused("problem-upload"))?;
    if files.is_empty() {
        return Err(refused("problem-no-file"));
    }
    Ok(files.into_iter().map(|(_, bytes)| bytes).collect())
}

/// The letter to one partner, before anything is prepared or after.
pub(crate) async fn letter(
    State(desk): State<Desk>,
    member: Member,
    Path((number, partner)): Path<(u64, String)>,
) -> Response {
    let person = member.stored();
    let name = format!("letter-{number}-{partner}.pdf");
    let printed = work(&desk, move |office| office.letter(&person, number, &partner)).await;
    match printed {
        Ok(pdf) => papers::file(pdf, "application/pdf", &name),
        Err(told) => told_page(&member.page, told),
    }
}

/// Notes that a partner confirmed a delivery.
pub(crate) async fn acknowledge(
    State(desk): State<Desk>,
    member: Member,
    Path(number): Path<u64>,
    Checked(typed): Checked<Acknowledged>,
) -> Response {
    let list = match settings(&desk, &member.page) {
        Ok(settings) => settings.list.id,
        Err(response) => return response,
    };
    let Ok(partner) = PartnerId::new(typed.partner) else {
        return member.page.problem(StatusCode::NOT_FOUND, "problem-not-found");
    };
    let now = (desk.now)();
    let done = partners::acknowledge(&desk.store, &member.id, &partner, &list, number, "told", now).await;
    back(&member.page, &format!("/office/editions/{number}"), done)
}
