//! Lists: those that are installed, and how another one comes in.

use axum::Json;
use axum::body::Body as AnyBody;
use axum::extract::State;
use axum::http::StatusCode;
use jiff::civil::Date;
use operations::hoster::editions;
use operations::hoster::receive::ReceiveError;
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::api::answers::{Asked, Problem, Reading, Writing};
use crate::api::bearer::{Bearer, Screener};
use crate::api::files;
use crate::desk::Desk;
use crate::pages::day;
use crate::receiving::{self, NotInstalled, NotTaken};

/// An installed edition of a list.
#[derive(Serialize, ToSchema)]
pub(super) struct InstalledEdition {
    list: String,
    title: String,
    issuer: String,
    number: u64,
    /// Entries that stand.
    entries: u64,
    #[schema(value_type = Option<String>, format = Date)]
    valid_until: Option<Date>,
    /// Whether its issuer signed it.
    verified: bool,
    /// Whether its last day is over.
    stale: bool,
    /// The same for all partners who have the same edition.
    content_root: String,
}

/// Lists the installed editions that a screening uses.
#[utoipa::path(get, path = "/api/v1/editions", tag = "house",
    responses((status = 200, body = [InstalledEdition]), Reading))]
pub(super) async fn list_editions(
    State(desk): State<Desk>,
    bearer: Bearer,
) -> Result<Json<Vec<InstalledEdition>>, Problem> {
    bearer.house(Scope::Read)?;
    let today = day((desk.now)());
    let all = editions::list(&mut desk.store.look().await?, false).await?;
    Ok(Json(all.iter().map(|one| installed(one, today)).collect()))
}

fn installed(one: &editions::Summary, today: Date) -> InstalledEdition {
    InstalledEdition {
        list: one.list.clone(),
        title: one.title.clone(),
        issuer: one.issuer.clone(),
        number: one.number,
        entries: one.entries as u64,
        valid_until: one.valid_until,
        verified: one.verified,
        stale: one.is_stale(today),
        content_root: one.content_root.clone(),
    }
}

/// For the first delivery of an issuer.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct DeliveryAsked {
    /// The twelve words of the issuer, as compared by phone.
    #[serde(default)]
    words: String,
    /// Your own id, from the letter.
    #[serde(default)]
    partner: String,
}

/// Takes a delivery: verified and installed, or refused with the reason.
#[utoipa::path(post, path = "/api/v1/deliveries", tag = "house", params(DeliveryAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = InstalledEdition), Writing))]
pub(super) async fn take_delivery(
    State(desk): State<Desk>,
    Screener(person): Screener,
    Asked(asked): Asked<DeliveryAsked>,
    body: AnyBody,
) -> Result<Json<InstalledEdition>, Problem> {
    let contact = receiving::first_contact(&asked.words, &asked.partner).map_err(|what| {
        Problem::unusable(what, "send all twelve words in their order, and your own id from the letter")
    })?;
    let file = files::keep(&desk, "sent.delivery", body).await?;
    let received =
        receiving::delivery(&desk, &person, &file, contact).await.map_err(|error| match error {
            NotTaken::TooLarge => {
                let what = format!("a delivery has at most {} bytes", delivery::limits::ONE_FILE_BYTES);
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what, "send the file that ends in .delivery")
            }
            NotTaken::Unread(error) => files::unwritten(&error),
            NotTaken::Refused(error) => {
                let status = match &error {
                    ReceiveError::FirstContact(_) | ReceiveError::UnknownIssuer(_) => StatusCode::CONFLICT,
                    _ => StatusCode::UNPROCESSABLE_ENTITY,
                };
                Problem::new(status, error.to_string(), error.hint().unwrap_or_default())
            }
        })?;
    let (list, number) = (received.edition.edition().list.id.clone(), received.edition.number());
    let all = editions::list(&mut desk.store.look().await?, false).await?;
    let one = all.iter().find(|one| one.list == list && one.number == u64::from(number));
    one.map(|one| Json(installed(one, day((desk.now)())))).ok_or_else(Problem::missing)
}

/// A file with its name.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct FileAsked {
    /// The name of the file: its ending tells what it is.
    pub(super) name: String,
    /// Columns by `FIELD=HEADING`, one in each line, where headings are not recognised.
    #[serde(default)]
    pub(super) columns: String,
    /// Whether the customers stay, encrypted, to be screened again without their file.
    #[serde(default)]
    pub(super) remember: bool,
}

/// Takes a list that nobody signed, in any form that the program reads, as not verified.
#[utoipa::path(post, path = "/api/v1/lists", tag = "house", params(FileAsked), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = InstalledEdition), Writing))]
pub(super) async fn take_list(
    State(desk): State<Desk>,
    Screener(person): Screener,
    Asked(asked): Asked<FileAsked>,
    body: AnyBody,
) -> Result<Json<InstalledEdition>, Problem> {
    let file = files::keep(&desk, &asked.name, body).await?;
    match receiving::list(&desk, &person, &file).await {
        Ok((summary, _)) => Ok(Json(installed(&summary, day((desk.now)())))),
        Err(NotInstalled::Unread(told)) => Err(told.into()),
        Err(NotInstalled::Stopped) => Err(Problem::stopped()),
        Err(NotInstalled::Refused(error)) => Err(Problem::unusable(
            error.to_string(),
            "a list that comes as a delivery is renewed by one; any other needs a higher number",
        )),
    }
}
