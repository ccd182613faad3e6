//! From an assembled edition to deliveries and what partners answer. Releasing an edition needs personal keys, and is done
//! at the desk or by command; what approvers sign elsewhere for deliveries comes and goes here as files.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use curation::Action;
use delivery::PartnerId;
use operations::issuer::{editions, partners, people, receipts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Body, Named, Problem, Writing};
use super::bearer::{Curator, Member};
use super::files::from_base64;
use super::office::settings;
use crate::desk::Desk;
use crate::pages::office::publishing::work;
use crate::pages::papers;
use crate::work::SigningStep;

/// The largest body with signatures: those over the parts of two hundred partners, by two approvers.
pub(super) const LARGEST_SIGNATURES: usize = 12 << 20;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(one_edition))
        .routes(routes!(prepare))
        .routes(routes!(request))
        .routes(routes!(refresh))
        .routes(routes!(letter))
        .routes(routes!(acknowledge))
        .routes(routes!(totals))
        .routes(routes!(import))
}

/// Calls that take signatures.
pub(super) fn files() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(seal)).routes(routes!(publish))
}

/// An edition, with what it changes.
#[derive(Serialize, ToSchema)]
struct EditionPage {
    number: u64,
    /// `assembled`, `released`, `prepared`, `sealed` or `published`.
    state: String,
    voices: u64,
    content_root: String,
    /// Ids of entries that the one before did not have.
    new: Vec<String>,
    /// Ids of entries that say something else now.
    changed: Vec<String>,
    /// Ids of entries that no longer stand.
    withdrawn: Vec<String>,
    deliveries: Vec<DeliveryLine>,
}

/// How far the delivery to a partner went.
#[derive(Serialize, ToSchema)]
struct DeliveryLine {
    partner: String,
    /// `prepared`, `sealed` or `released`.
    state: String,
    acknowledged: bool,
}

/// Gives one edition of the office's list, with what it changes.
#[utoipa::path(get, path = "/api/v1/office/editions/{number}", tag = "office", params(("number" = u64, Path, description = "Number of the edition")),
    responses((status = 200, body = EditionPage), Writing))]
async fn one_edition(
    State(desk): State<Desk>,
    Member(person): Member,
    Named(number): Named<u64>,
) -> Result<Json<EditionPage>, Problem> {
    let list = settings(&desk)?.list.id;
    let mut look = desk.store.look().await?;
    let shown = editions::show(&mut look, &list, number).await?;
    // Who does not deliver is not shown to whom it went.
    let deliveries = partners::deliveries(&mut look, &person, &list, number).await.unwrap_or_default();
    let delta = shown.previous.as_ref().map(|previous| watchlist::delta(previous, &shown.edition));
    let new = delta.as_ref().map_or(&shown.edition.entries, |delta| &delta.new);
    let changed = delta.iter().flat_map(|delta| &delta.changed);
    let withdrawn = delta.iter().flat_map(|delta| &delta.withdrawn);
    let line = |one: partners::DeliveryState| DeliveryLine {
        partner: one.partner.to_string(),
        state: one.state,
        acknowledged: one.acknowledged,
    };
    Ok(Json(EditionPage {
        number,
        state: shown.summary.state,
        voices: shown.summary.voices as u64,
        content_root: shown.summary.content_root,
        new: new.iter().map(|entry| entry.id.0.clone()).collect(),
        changed: changed.map(|one| one.id.0.clone()).collect(),
        withdrawn: withdrawn.map(|one| one.id().0.clone()).collect(),
        deliveries: deliveries.into_iter().map(line).collect(),
    }))
}

/// Words a released edition for each partner, and makes the request that two approvers sign elsewhere.
#[utoipa::path(post, path = "/api/v1/office/editions/{number}/preparation", tag = "office", params(("number" = u64, Path, description = "Number of the edition")),
    responses((status = 204), Writing))]
async fn prepare(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(number): Named<u64>,
) -> Result<StatusCode, Problem> {
    let person = store::PersonId(person.to_string());
    work(&desk, move |office| office.prepare(&person, number)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What approvers sign.
#[derive(Serialize, ToSchema)]
struct SigningRequest {
    /// By which they see that they sign the same.
    words: String,
    /// The file, in base64.
    #[schema(format = "byte")]
    file: String,
}

/// Gives the request of a step, as it was made last: `statements` or `parts`.
#[utoipa::path(get, path = "/api/v1/office/editions/{number}/requests/{step}", tag = "office",
    params(("number" = u64, Path, description = "Number of the edition"), ("step" = String, Path, description = "`statements` or `parts`")),
    responses((status = 200, body = SigningRequest), Writing))]
async fn request(
    State(desk): State<Desk>,
    Member(person): Member,
    Named((number, step)): Named<(u64, String)>,
) -> Result<Json<SigningRequest>, Problem> {
    let (_, who) = people::acting(&mut desk.store.look().await?, &person).await?;
    if !who.may(Action::Deliver) {
        let what = "the person may not deliver";
        return Err(Problem::new(StatusCode::FORBIDDEN, what, "use a token of somebody who delivers"));
    }
    let step = SigningStep::from_word(&step).ok_or_else(Problem::missing)?;
    let made = work(&desk, move |office| office.request(number, step)).await?;
    let made = made.ok_or_else(Problem::missing)?;
    Ok(Json(SigningRequest { words: made.words, file: STANDARD.encode(made.file) }))
}

/// Signature files of two approvers.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Signatures {
    /// Each in base64.
    signatures: Vec<String>,
}

/// Signature files of two approvers, and why the list is given out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Publication {
    /// Each in base64.
    signatures: Vec<String>,
    /// For the disclosure log.
    ground: String,
}

fn read(signatures: &[String]) -> Result<Vec<Vec<u8>>, Problem> {
    if signatures.is_empty() {
        let hint = "send the signature files of two approvers, in base64";
        return Err(Problem::unusable("there is no signature", hint));
    }
    signatures.iter().map(|text| from_base64(text)).collect()
}

/// Encrypts the deliveries after the first signatures, and makes the request that two approvers sign, too.
#[utoipa::path(post, path = "/api/v1/office/editions/{number}/sealing", tag = "office", params(("number" = u64, Path, description = "Number of the edition")), request_body = Signatures,
    responses((status = 204), Writing))]
async fn seal(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(number): Named<u64>,
    Body(sent): Body<Signatures>,
) -> Result<StatusCode, Problem> {
    let (person, signatures) = (store::PersonId(person.to_string()), read(&sent.signatures)?);
    work(&desk, move |office| office.seal(&person, number, &signatures)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Deliveries that were written on the desk's machine.
#[derive(Serialize, ToSchema)]
struct Written {
    deliveries: u64,
}

/// Writes the deliveries after the second signatures. Every disclosure is logged first.
#[utoipa::path(post, path = "/api/v1/office/editions/{number}/publication", tag = "office", params(("number" = u64, Path, description = "Number of the edition")), request_body = Publication,
    responses((status = 200, body = Written), Writing))]
async fn publish(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(number): Named<u64>,
    Body(sent): Body<Publication>,
) -> Result<Json<Written>, Problem> {
    let ground = sent.ground.trim().to_owned();
    if ground.is_empty() {
        let what = "the ground has no words";
        return Err(Problem::unusable(what, "say on which ground it is given out"));
    }
    let (person, signatures) = (store::PersonId(person.to_string()), read(&sent.signatures)?);
    let done = work(&desk, move |office| office.publish(&person, number, &signatures, &ground)).await?;
    Ok(Json(Written { deliveries: done.count as u64 }))
}

/// Writes the deliveries again, with new short-lived signatures.
#[utoipa::path(post, path = "/api/v1/office/editions/{number}/refresh", tag = "office", params(("number" = u64, Path, description = "Number of the edition")),
    responses((status = 200, body = Written), Writing))]
async fn refresh(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(number): Named<u64>,
) -> Result<Json<Written>, Problem> {
    let person = store::PersonId(person.to_string());
    let done = work(&desk, move |office| office.refresh(&person, number)).await?;
    Ok(Json(Written { deliveries: done.count as u64 }))
}

/// Prints the letter to a partner about an edition.
#[utoipa::path(get, path = "/api/v1/office/editions/{number}/letters/{partner}", tag = "office",
    params(("number" = u64, Path, description = "Number of the edition"), ("partner" = String, Path, description = "Id of the partner")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Writing))]
async fn letter(
    State(desk): State<Desk>,
    Member(person): Member,
    Named((number, partner)): Named<(u64, String)>,
) -> Result<Response, Problem> {
    let person = store::PersonId(person.to_string());
    let pdf = work(&desk, move |office| office.letter(&person, number, &partner)).await?;
    Ok(papers::file(pdf, "application/pdf", "letter.pdf"))
}

/// Who confirmed a delivery.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Acknowledgement {
    partner: String,
}

/// Notes that a partner confirmed a delivery.
#[utoipa::path(post, path = "/api/v1/office/editions/{number}/acknowledgements", tag = "office", params(("number" = u64, Path, description = "Number of the edition")), request_body = Acknowledgement,
    responses((status = 204), Writing))]
async fn acknowledge(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(number): Named<u64>,
    Body(sent): Body<Acknowledgement>,
) -> Result<StatusCode, Problem> {
    let list = settings(&desk)?.list.id;
    let partner = PartnerId::new(sent.partner).map_err(|_| Problem::missing())?;
    partners::acknowledge(&desk.store, &person, &partner, &list, number, "told", (desk.now)()).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What partners answered about an edition, in total.
#[derive(Serialize, ToSchema)]
struct Answers {
    delivered: u64,
    acknowledged: u64,
    answered: u64,
    /// None where too few answered: the total could point to one of them.
    counts: Option<Vec<Count>>,
}

/// Bounds of a total.
#[derive(Serialize, ToSchema)]
struct Count {
    what: &'static str,
    fewest: u64,
    /// None where a band is open.
    most: Option<u64>,
}

/// Gives what partners answered about an edition, in total.
#[utoipa::path(get, path = "/api/v1/office/editions/{number}/receipts", tag = "office", params(("number" = u64, Path, description = "Number of the edition")),
    responses((status = 200, body = Answers), Writing))]
async fn totals(
    State(desk): State<Desk>,
    Member(person): Member,
    Named(number): Named<u64>,
) -> Result<Json<Answers>, Problem> {
    let list = settings(&desk)?.list.id;
    let totals = receipts::totals(&mut desk.store.look().await?, &person, &list, number).await?;
    let count =
        |(what, one): (&'static str, receipts::Bounds)| Count { what, fewest: one.fewest, most: one.most };
    Ok(Json(Answers {
        delivered: totals.delivered as u64,
        acknowledged: totals.acknowledged,
        answered: totals.answered as u64,
        counts: totals.counts.map(|counts| counts.into_iter().map(count).collect()),
    }))
}

/// About which edition a receipt was.
#[derive(Serialize, ToSchema)]
struct Imported {
    partner: String,
    edition: u32,
}

/// Takes a receipt in, as the partner sent it. A newer one about the same edition replaces it.
#[utoipa::path(post, path = "/api/v1/office/receipts", tag = "office", request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 200, body = Imported), Writing))]
async fn import(
    State(desk): State<Desk>,
    Curator(person): Curator,
    file: Bytes,
) -> Result<Json<Imported>, Problem> {
    let (partner, edition) = receipts::import(&desk.store, &person, &file, (desk.now)()).await?;
    Ok(Json(Imported { partner: partner.to_string(), edition }))
}
