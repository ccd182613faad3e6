//! Files that are kept with a customer, and letters to them.

use axum::Json;
use axum::body::Body as AnyBody;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::civil::Date;
use operations::hoster::casework::{self, LARGEST_ATTACHMENT};
use operations::hoster::notices::{self, Notice, NoticeError};
use operations::hoster::reviews;
use operations::hoster::tokens::Scope;
use serde::{Deserialize, Serialize};
use store::PersonId;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Asked, Body, Named, Problem, Reading, Writing};
use super::bearer::{Bearer, Reviewer};
use super::files;
use crate::desk::Desk;
use crate::pages::letters::{self, NotPrinted};
use crate::pages::papers;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(list_attachments))
        .routes(routes!(open_attachment, detach))
        .routes(routes!(ask_for_data))
        .routes(routes!(give_reasons))
}

/// Calls that take a file.
pub(super) fn files() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(attach))
}

/// A file that is kept with a customer.
#[derive(Serialize, ToSchema)]
struct AttachmentLine {
    id: String,
    name: String,
    bytes: u64,
    by: String,
    at: String,
}

/// Lists the files that are kept with the customer of a hit.
#[utoipa::path(get, path = "/api/v1/hits/{number}/attachments", tag = "house", params(("number" = u64, Path, description = "Number of the hit")),
    responses((status = 200, body = [AttachmentLine]), Reading))]
async fn list_attachments(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(number): Named<usize>,
) -> Result<Json<Vec<AttachmentLine>>, Problem> {
    bearer.house(Scope::Read)?;
    let mut look = desk.store.look().await?;
    let hit = reviews::one(&mut look, number).await?.reviewed.hit;
    let all = casework::attachments(&mut look, &hit.customer_id).await?;
    let line = |one: casework::Attachment| AttachmentLine {
        id: one.id,
        name: one.name,
        bytes: one.bytes,
        by: one.by,
        at: one.at.to_string(),
    };
    Ok(Json(all.into_iter().map(line).collect()))
}

/// What a file is called.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
struct FileNamed {
    name: String,
}

/// The number that a file got.
#[derive(Serialize, ToSchema)]
struct AttachmentNumber {
    id: String,
}

/// Keeps a file with the customer of a hit.
#[utoipa::path(post, path = "/api/v1/hits/{number}/attachments", tag = "house", params(("number" = u64, Path, description = "Number of the hit"), FileNamed), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 201, body = AttachmentNumber), Writing))]
async fn attach(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(number): Named<usize>,
    Asked(asked): Asked<FileNamed>,
    body: AnyBody,
) -> Result<(StatusCode, Json<AttachmentNumber>), Problem> {
    let file = files::keep(&desk, &asked.name, body).await?;
    let (name, bytes) = file.read(LARGEST_ATTACHMENT).await.map_err(|_| {
        let what = format!("the file has more than {LARGEST_ATTACHMENT} bytes");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, what, "attach the pages that matter")
    })?;
    let id = casework::attach(&desk.store, &person, number, (&name, &bytes), (desk.now)()).await?;
    Ok((StatusCode::CREATED, Json(AttachmentNumber { id })))
}

/// Gives a file. Who opened it stands in the audit chain.
#[utoipa::path(get, path = "/api/v1/attachments/{id}", tag = "house", params(("id" = String, Path, description = "Number of the file")),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Reading))]
async fn open_attachment(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(id): Named<String>,
) -> Result<Response, Problem> {
    let person = bearer.house(Scope::Read)?;
    let (attachment, bytes) = casework::open(&desk.store, person, &id, (desk.now)()).await?;
    Ok(papers::file(bytes, "application/octet-stream", &attachment.name))
}

/// Takes a file away.
#[utoipa::path(delete, path = "/api/v1/attachments/{id}", tag = "house", params(("id" = String, Path, description = "Number of the file")),
    responses((status = 204), Writing))]
async fn detach(
    State(desk): State<Desk>,
    Reviewer(person): Reviewer,
    Named(id): Named<String>,
) -> Result<StatusCode, Problem> {
    casework::detach(&desk.store, &person, &id, (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Until when an answer is asked for, or data can be taken home.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Letter {
    /// Two weeks where no day is named.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

impl From<NoticeError> for Problem {
    fn from(error: NoticeError) -> Self {
        match error {
            // The error names the customer that was asked for, which belongs in no answer that is logged on its way.
            NoticeError::NoDecision(_) | NoticeError::NoCustomer(_) => Self::missing(),
            NoticeError::NothingDone(_) => {
                let what = "the decision is to go on as before; there is nothing to give reasons for";
                Self::new(StatusCode::CONFLICT, what, "a customer about whom nothing changes needs no letter")
            }
            NoticeError::Review(error) => error.into(),
            NoticeError::Store(error) => error.into(),
        }
    }
}

impl From<NotPrinted> for Problem {
    fn from(error: NotPrinted) -> Self {
        match error {
            NotPrinted::Notice(error) => error.into(),
            NotPrinted::Refused(told) => told.into(),
            NotPrinted::Stopped => Self::stopped(),
        }
    }
}

async fn printed(
    desk: &Desk,
    bearer: &Bearer,
    person: &PersonId,
    notice: Notice,
    letter: Letter,
) -> Result<Response, Problem> {
    let language = bearer.page().language;
    let pdf = letters::print(desk, person, notice, letter.until, language).await?;
    Ok(papers::file(pdf, "application/pdf", "letter.pdf"))
}

/// Prints a request for data to a customer, in the language of `Accept-Language`, which does not tell that there is a list.
#[utoipa::path(post, path = "/api/v1/customers/{id}/letter", tag = "house", params(("id" = String, Path, description = "The customer's own id")), request_body = Letter,
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Writing))]
async fn ask_for_data(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(id): Named<String>,
    Body(letter): Body<Letter>,
) -> Result<Response, Problem> {
    let person = bearer.house(Scope::Review)?;
    let notice = notices::of_request(&mut desk.store.look().await?, &id).await?;
    printed(&desk, &bearer, person, notice, letter).await
}

/// Prints the reasons for a decision, in the language of `Accept-Language`, which do not tell that there is a list.
#[utoipa::path(post, path = "/api/v1/decisions/{id}/letter", tag = "house", params(("id" = String, Path, description = "Number of the decision")), request_body = Letter,
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Writing))]
async fn give_reasons(
    State(desk): State<Desk>,
    bearer: Bearer,
    Named(id): Named<String>,
    Body(letter): Body<Letter>,
) -> Result<Response, Problem> {
    let person = bearer.house(Scope::Review)?;
    let notice = notices::of_decision(&mut desk.store.look().await?, &id).await?;
    printed(&desk, &bearer, person, notice, letter).await
}
