//! A form that may be taken: of somebody who may send it, with the token of their own page. What is in it is read
//! afterwards, so no handler of a form can forget to ask.

use axum::Form;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::upload::Upload;
use crate::desk::Desk;
use crate::guard::Visitor;

/// A form of somebody who may change something.
pub(crate) struct Checked<T>(pub(crate) T);

/// A form about what is one's own, such as a second factor or a view: readers have that, too.
pub(crate) struct Own<T>(pub(crate) T);

/// A form that only says that something is to be done.
#[derive(Deserialize)]
pub(crate) struct Sent {}

#[derive(Deserialize)]
struct Token {
    #[serde(default)]
    csrf: String,
}

impl<T: DeserializeOwned> FromRequest<Desk> for Checked<T> {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        read(request, desk, Visitor::refused_form).await.map(Self)
    }
}

impl<T: DeserializeOwned> FromRequest<Desk> for Own<T> {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        read(request, desk, Visitor::refused_token).await.map(Self)
    }
}

/// Reads the token, asks, and reads the rest.
async fn read<T: DeserializeOwned>(
    request: Request,
    desk: &Desk,
    refused: fn(&Visitor, &str) -> Option<Response>,
) -> Result<T, Response> {
    let visitor = visitor(&request).ok_or_else(unknown)?;
    let (parts, body) = request.into_parts();
    let sent = Bytes::from_request(Request::from_parts(parts.clone(), body), desk).await;
    let sent = sent.map_err(IntoResponse::into_response)?;
    let again = || Request::from_parts(parts.clone(), Body::from(sent.clone()));
    let Form(token) =
        Form::<Token>::from_request(again(), desk).await.map_err(IntoResponse::into_response)?;
    if let Some(refused) = refused(&visitor, &token.csrf) {
        return Err(refused);
    }
    let Form(typed) = Form::<T>::from_request(again(), desk).await.map_err(IntoResponse::into_response)?;
    Ok(typed)
}

impl FromRequest<Desk> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        let visitor = visitor(&request).ok_or_else(unknown)?;
        let typed = Multipart::from_request(request, desk).await.map_err(IntoResponse::into_response)?;
        Self::read(desk, &visitor, typed).await
    }
}

/// Who asks, as the door put it into the request.
fn visitor(request: &Request) -> Option<Visitor> {
    request.extensions().get::<Visitor>().cloned()
}

/// A form that came past the door: no route does that, and if one did, it would be shut.
fn unknown() -> Response {
    StatusCode::FORBIDDEN.into_response()
}
