//! Papers for programs: the dossier, the privacy sheet, the page of an entry. In words as JSON, or printed as PDF; both
//! say the same as the page that people see, in the language of `Accept-Language`.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use documents::Paper;
use documents::paper::{Part, Section};
use operations::hoster::tokens::Scope;
use operations::issuer::entries;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use watchlist::EntryId;

use super::answers::{Named, Problem, Reading, Writing};
use super::bearer::{Bearer, Member};
use super::office::settings;
use crate::desk::Desk;
use crate::pages::office::entries as entry_pages;
use crate::pages::{day, dossier, papers, privacy};

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new()
        .routes(routes!(dossier_now))
        .routes(routes!(dossier_pdf))
        .routes(routes!(privacy_now))
        .routes(routes!(privacy_pdf))
        .routes(routes!(register))
        .routes(routes!(entry_now))
        .routes(routes!(entry_pdf))
}

/// A paper in words.
#[derive(Serialize, ToSchema)]
struct PaperText {
    title: String,
    /// What it rests on: the last act, or the hash that was signed.
    reference: String,
    sections: Vec<PaperSection>,
}

#[derive(Serialize, ToSchema)]
struct PaperSection {
    heading: String,
    text: Vec<String>,
    /// What, and its value.
    facts: Vec<(String, String)>,
    /// A head with its rows.
    tables: Vec<PaperTable>,
}

#[derive(Serialize, ToSchema)]
struct PaperTable {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl From<Paper> for PaperText {
    fn from(paper: Paper) -> Self {
        let sections = paper.sections.into_iter().map(PaperSection::from).collect();
        Self { title: paper.title, reference: paper.reference, sections }
    }
}

impl From<Section> for PaperSection {
    fn from(section: Section) -> Self {
        let (mut text, mut facts, mut tables) = (Vec::new(), Vec::new(), Vec::new());
        for part in section.parts {
            match part {
                Part::Text(words) => text.push(words),
                Part::Facts(some) => facts.extend(some),
                Part::Table(table) => tables.push(PaperTable { head: table.head, rows: table.rows }),
            }
        }
        Self { heading: section.heading, text, facts, tables }
    }
}

async fn printed(desk: &Desk, paper: Paper, name: &str) -> Result<Response, Problem> {
    let refused =
        |told: crate::work::Told| Problem::new(StatusCode::INTERNAL_SERVER_ERROR, told.what(), told.hint());
    let pdf = papers::print(desk, paper).await.map_err(refused)?;
    Ok(papers::file(pdf, "application/pdf", name))
}

/// Gives the dossier as it stands.
#[utoipa::path(get, path = "/api/v1/dossier", tag = "house",
    responses((status = 200, body = PaperText), Reading))]
async fn dossier_now(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<PaperText>, Problem> {
    bearer.house(Scope::Read)?;
    Ok(Json(dossier::dossier(&desk, &bearer.page()).await?.into()))
}

/// Prints the dossier as it stands. The same state gives the same bytes.
#[utoipa::path(get, path = "/api/v1/dossier/pdf", tag = "house",
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Reading))]
async fn dossier_pdf(State(desk): State<Desk>, bearer: Bearer) -> Result<Response, Problem> {
    bearer.house(Scope::Read)?;
    printed(&desk, dossier::dossier(&desk, &bearer.page()).await?, "dossier.pdf").await
}

/// Gives the facts for a data protection impact assessment, and the entry in the register of processing.
#[utoipa::path(get, path = "/api/v1/privacy", tag = "house",
    responses((status = 200, body = PaperText), Reading))]
async fn privacy_now(State(desk): State<Desk>, bearer: Bearer) -> Result<Json<PaperText>, Problem> {
    bearer.house(Scope::Read)?;
    Ok(Json(privacy::sheet(&desk, &bearer.page()).await?.into()))
}

/// Prints the same.
#[utoipa::path(get, path = "/api/v1/privacy/pdf", tag = "house",
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Reading))]
async fn privacy_pdf(State(desk): State<Desk>, bearer: Bearer) -> Result<Response, Problem> {
    bearer.house(Scope::Read)?;
    printed(&desk, privacy::sheet(&desk, &bearer.page()).await?, "dpia.pdf").await
}

/// Gives the entry in the register of processing (GDPR, article 30) as a table that Excel reads.
#[utoipa::path(get, path = "/api/v1/privacy/register", tag = "house",
    responses((status = 200, body = Vec<u8>, content_type = "text/csv"), Reading))]
async fn register(State(desk): State<Desk>, bearer: Bearer) -> Result<Response, Problem> {
    bearer.house(Scope::Read)?;
    let table = privacy::register_table(&desk, &bearer.page()).map_err(|_| Problem::stopped())?;
    Ok(papers::file(table, "text/csv", "register.csv"))
}

/// Gives the page of an entry that the prosecution files: evidence, criterion, signatures, and the hash that was signed.
#[utoipa::path(get, path = "/api/v1/office/entries/{id}/page", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 200, body = PaperText), Writing))]
async fn entry_now(
    State(desk): State<Desk>,
    bearer: Bearer,
    Member(person): Member,
    Named(id): Named<String>,
) -> Result<Json<PaperText>, Problem> {
    Ok(Json(entry_paper(&desk, &bearer, &person, id).await?.into()))
}

/// Prints the same, to be signed by hand.
#[utoipa::path(get, path = "/api/v1/office/entries/{id}/page/pdf", tag = "office", params(("id" = String, Path, description = "Number of the entry")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), Writing))]
async fn entry_pdf(
    State(desk): State<Desk>,
    bearer: Bearer,
    Member(person): Member,
    Named(id): Named<String>,
) -> Result<Response, Problem> {
    let name = format!("{id}.pdf");
    printed(&desk, entry_paper(&desk, &bearer, &person, id).await?, &name).await
}

async fn entry_paper(
    desk: &Desk,
    bearer: &Bearer,
    person: &curation::PersonId,
    id: String,
) -> Result<Paper, Problem> {
    let (rules, today) = (settings(desk)?.rules, day((desk.now)()));
    let one = entries::page(&mut desk.store.look().await?, person, &EntryId(id), &rules, today).await?;
    Ok(entry_pages::paper(&one, &bearer.page(), today))
}
