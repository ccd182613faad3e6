//! Where the machines of partners send their signed answers. Nobody logs in: the signature says whose an answer is, and
//! an answer that no enrolled key signed changes nothing.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use operations::issuer::{self, receipts};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::answers::{Problem, Writing};
use crate::desk::Desk;

/// The largest answer: some bands and a signature.
pub(super) const LARGEST_ANSWER: usize = 64 * 1024;

pub(super) fn router() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(take))
}

/// About which edition an answer was taken in.
#[derive(Serialize, ToSchema)]
struct Taken {
    edition: u32,
}

/// Takes the signed answer of a partner in, from whoever brings it. A newer one about the same edition replaces it.
#[utoipa::path(post, path = "/api/v1/answers", tag = "office", security(()), request_body(content = Vec<u8>, content_type = "application/octet-stream"),
    responses((status = 202, body = Taken), (status = 429, description = "Others are answering; try again in a minute", body = Problem, content_type = "application/problem+json"), Writing))]
async fn take(State(desk): State<Desk>, file: Bytes) -> Result<(StatusCode, Json<Taken>), Problem> {
    if desk.settings.office.is_none() {
        return Err(Problem::missing());
    }
    // Strangers may send whatever they like: they get no more of this machine than this.
    let Ok(_permit) = desk.answering.try_acquire() else {
        let what = "others are answering at this moment";
        return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, what, "try again in a minute"));
    };
    match receipts::take_sent(&desk.store, &file, (desk.now)()).await {
        Ok((_, edition)) => Ok((StatusCode::ACCEPTED, Json(Taken { edition }))),
        Err(issuer::Error::Store(error)) => Err(error.into()),
        // Whether an edition or a key is there is nothing that a stranger learns.
        Err(_) => Err(Problem::unusable(
            "this is no answer that counts",
            "it must be unchanged, signed with the key for answers that the issuer has enrolled, and about an edition \
             of this list",
        )),
    }
}
