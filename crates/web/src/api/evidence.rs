//! Evidence: captured files with what stood where, for programs that capture.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use curation::evidence::{
    EvidenceId, Grade, Grades, Observation, Place, Quote, RestrictedFields, Translation,
};
use jiff::Timestamp;
use operations::issuer::evidence::{self, Described};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Body, Named, Problem, Writing};
use super::bearer::Curator;
use super::files::from_base64;
use crate::desk::Desk;
use crate::pages::office::evidence::time_stamps;
use crate::pages::papers;

/// The largest body with captured files: a whole small site. Larger ones go by the command.
pub(super) const LARGEST_CAPTURE: usize = 48 << 20;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(one_evidence, describe))
        .routes(routes!(evidence_file))
        .routes(routes!(seal))
        .routes(routes!(collector))
}

/// Calls that take captured files.
pub(super) fn files() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(capture))
}

/// What stood there, and how sure it is.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Description {
    quote: Option<QuoteForm>,
    /// Services that are claimed there, such as `bulletproof hosting`.
    #[serde(default)]
    services: Vec<String>,
    /// Offences that are named there, such as `phishing`.
    #[serde(default)]
    offences: Vec<String>,
    grades: GradesForm,
}

/// Words that stood there.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct QuoteForm {
    text: String,
    /// Such as `ru`.
    language: String,
    translation: Option<TranslationForm>,
}

#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TranslationForm {
    text: String,
    language: String,
    /// Who or what translated it.
    made_with: String,
}

/// By the Admiralty code, such as `B2`: the source from A to F, what it says from 1 to 6.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct GradesForm {
    #[schema(pattern = "^[A-F][1-6]$")]
    observation: String,
    #[schema(pattern = "^[A-F][1-6]$")]
    claim: String,
    #[schema(pattern = "^[A-F][1-6]$")]
    link: String,
}

/// Captured files, with what stood where.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Capture {
    /// An address of the web, or a description of the place.
    place: String,
    #[schema(value_type = String, format = DateTime)]
    captured_at: Timestamp,
    method: String,
    tool: String,
    description: Description,
    files: Vec<CapturedForm>,
    /// Who collected it: shown to those alone who may know. You, where nobody is named.
    collector_code: Option<String>,
    /// The account that looked; shown to those alone who may know.
    account: Option<String>,
    /// Where the connection left; shown to those alone who may know.
    network_exit: Option<String>,
}

/// A captured file.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CapturedForm {
    name: String,
    /// Its bytes, in base64.
    #[schema(format = "byte")]
    content: String,
}

/// The number that a piece of evidence got.
#[derive(Serialize, ToSchema)]
struct EvidenceNumber {
    id: String,
}

fn grades(form: &GradesForm) -> Result<Grades, Problem> {
    let grade = |text: &str| {
        Grade::read(text)
            .ok_or_else(|| Problem::unusable("a grade cannot be read", "write it as B2: A to F, then 1 to 6"))
    };
    Ok(Grades {
        observation: grade(&form.observation)?,
        claim: grade(&form.claim)?,
        link: grade(&form.link)?,
    })
}

fn quote(form: QuoteForm) -> Quote {
    let translation = form.translation.map(|one| Translation {
        text: one.text,
        language: one.language,
        made_with: one.made_with,
    });
    Quote { text: form.text, language: form.language, translation }
}

/// Takes captured files in, unchanged, with what stood where.
#[utoipa::path(post, path = "/api/v1/office/evidence", tag = "office", request_body = Capture,
    responses((status = 201, body = EvidenceNumber), Writing))]
async fn capture(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Body(sent): Body<Capture>,
) -> Result<(StatusCode, Json<EvidenceNumber>), Problem> {
    let read = |file: CapturedForm| Ok((file.name, from_base64(&file.content)?));
    let files = sent.files.into_iter().map(read).collect::<Result<Vec<_>, Problem>>()?;
    let described = Described {
        place: Place::written(sent.place),
        captured_at: sent.captured_at,
        method: sent.method,
        tool: sent.tool,
        grades: grades(&sent.description.grades)?,
        quote: sent.description.quote.map(quote),
        claimed_services: sent.description.services,
        offence_categories: sent.description.offences,
    };
    let restricted = RestrictedFields {
        collector_code: sent.collector_code.unwrap_or_else(|| person.to_string()),
        account: sent.account,
        network_exit: sent.network_exit,
    };
    let id = evidence::capture(&desk.store, &person, described, &files, restricted, (desk.now)()).await?;
    Ok((StatusCode::CREATED, Json(EvidenceNumber { id: id.0 })))
}

/// One piece of evidence, without who collected it.
#[derive(Serialize, ToSchema)]
struct EvidencePage {
    id: String,
    sealed: bool,
    place: String,
    captured_at: String,
    method: String,
    tool: String,
    description: Description,
    files: Vec<FileLine>,
    custody: Vec<CustodyLine>,
}

#[derive(Serialize, ToSchema)]
struct FileLine {
    /// Number of the file within the evidence, from 1.
    number: u64,
    name: String,
    /// What it is by its content, such as `WARC`.
    kind: String,
    bytes: u64,
    sha256: String,
}

#[derive(Serialize, ToSchema)]
struct CustodyLine {
    step: &'static str,
    at: String,
}

fn description(observation: &Observation) -> Description {
    let quote = observation.quote.as_ref().map(|one| QuoteForm {
        text: one.text.clone(),
        language: one.language.clone(),
        translation: one.translation.as_ref().map(|one| TranslationForm {
            text: one.text.clone(),
            language: one.language.clone(),
            made_with: one.made_with.clone(),
        }),
    });
    let grades = observation.grades;
    Description {
        quote,
        services: observation.claimed_services.clone(),
        offences: observation.offence_categories.clone(),
        grades: GradesForm {
            observation: grades.observation.to_string(),
            claim: grades.claim.to_string(),
            link: grades.link.to_string(),
        },
    }
}

/// Gives one piece of evidence. The look is noted.
#[utoipa::path(get, path = "/api/v1/office/evidence/{id}", tag = "office", params(("id" = String, Path, description = "Number of the evidence")),
    responses((status = 200, body = EvidencePage), Writing))]
async fn one_evidence(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<Json<EvidencePage>, Problem> {
    let named = EvidenceId(id.clone());
    let (seen, custody, is_sealed) = evidence::view(&desk.store, &person, &named, (desk.now)()).await?;
    let files = seen.files.iter().zip(1..).map(|(file, number)| FileLine {
        number,
        name: file.name().to_owned(),
        kind: file.media_type().name().to_owned(),
        bytes: file.length_bytes(),
        sha256: file.sha256().to_string(),
    });
    let custody = custody.iter().map(|(step, at)| CustodyLine { step: step.word(), at: at.to_string() });
    Ok(Json(EvidencePage {
        id,
        sealed: is_sealed,
        place: seen.place.text().to_owned(),
        captured_at: seen.captured_at.to_string(),
        method: seen.method.clone(),
        tool: seen.tool.clone(),
        description: description(&seen),
        files: files.collect(),
        custody: custody.collect(),
    }))
}

/// Completes what is said of evidence that is not sealed.
#[utoipa::path(put, path = "/api/v1/office/evidence/{id}", tag = "office", params(("id" = String, Path, description = "Number of the evidence")), request_body = Description,
    responses((status = 204), Writing))]
async fn describe(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
    Body(sent): Body<Description>,
) -> Result<StatusCode, Problem> {
    let grades = grades(&sent.grades)?;
    let change = |observation: &mut Observation| {
        observation.quote = sent.quote.map(quote);
        observation.claimed_services = sent.services;
        observation.offence_categories = sent.offences;
        observation.grades = grades;
    };
    evidence::describe(&desk.store, &person, &EvidenceId(id), (desk.now)(), change).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Gives a captured file, as it was captured. The look is noted.
#[utoipa::path(get, path = "/api/v1/office/evidence/{id}/files/{number}", tag = "office",
    params(("id" = String, Path, description = "Number of the evidence"), ("number" = u64, Path, description = "Number of the file, from 1")),
    responses((status = 200, body = Vec<u8>, content_type = "application/octet-stream"), Writing))]
async fn evidence_file(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named((id, number)): Named<(String, usize)>,
) -> Result<Response, Problem> {
    let files = evidence::export(&desk.store, &person, &EvidenceId(id), (desk.now)()).await?;
    let file = number.checked_sub(1).and_then(|place| files.into_iter().nth(place));
    let (name, bytes) = file.ok_or_else(Problem::missing)?;
    Ok(papers::file(bytes, "application/octet-stream", &name))
}

/// What sealing came to.
#[derive(Serialize, ToSchema)]
struct Sealed {
    /// What the seal stands for.
    hash: String,
    /// What the time-stamp service said of each file, where the office names one.
    stamps: Vec<String>,
}

/// Seals evidence: nobody changes it any more. Its files are stamped where the office names a service.
#[utoipa::path(post, path = "/api/v1/office/evidence/{id}/seal", tag = "office", params(("id" = String, Path, description = "Number of the evidence")),
    responses((status = 200, body = Sealed), Writing))]
async fn seal(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<Json<Sealed>, Problem> {
    let hash = evidence::seal(&desk.store, &person, &EvidenceId(id.clone()), (desk.now)()).await?;
    let stamps = time_stamps(&desk, &person, id).await.ok_or_else(Problem::stopped)?;
    Ok(Json(Sealed { hash: hash.to_string(), stamps }))
}

/// Who collected it.
#[derive(Serialize, ToSchema)]
struct Collector {
    collector_code: String,
    account: Option<String>,
    network_exit: Option<String>,
}

/// Tells who collected a piece of evidence, to those who may know. The look is noted.
#[utoipa::path(get, path = "/api/v1/office/evidence/{id}/collector", tag = "office", params(("id" = String, Path, description = "Number of the evidence")),
    responses((status = 200, body = Collector), Writing))]
async fn collector(
    State(desk): State<Desk>,
    Curator(person): Curator,
    Named(id): Named<String>,
) -> Result<Json<Collector>, Problem> {
    let fields = evidence::view_restricted(&desk.store, &person, &EvidenceId(id), (desk.now)()).await?;
    Ok(Json(Collector {
        collector_code: fields.collector_code,
        account: fields.account,
        network_exit: fields.network_exit,
    }))
}
