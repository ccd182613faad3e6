//! A form that may be taken: parsed, of somebody who may change something, with the token of their own page.

use axum::Form;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::upload::Upload;
use crate::desk::Desk;
use crate::guard::Visitor;

/// A form that carries the token of the page it was sent from.
pub(crate) trait Tokened {
    fn token(&self) -> &str;
}

/// A form whose token was checked.
pub(crate) struct Checked<T>(pub(crate) T);

impl<T: DeserializeOwned + Tokened> FromRequest<Desk> for Checked<T> {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        let Form(typed) =
            Form::<T>::from_request(request, desk).await.map_err(IntoResponse::into_response)?;
        match visitor.map(|visitor| visitor.refused_form(typed.token())) {
            Some(None) => Ok(Self(typed)),
            Some(Some(refused)) => Err(refused),
            None => Err(axum::http::StatusCode::FORBIDDEN.into_response()),
        }
    }
}

impl FromRequest<Desk> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, desk: &Desk) -> Result<Self, Response> {
        let Some(visitor) = request.extensions().get::<Visitor>().cloned() else {
            return Err(axum::http::StatusCode::FORBIDDEN.into_response());
        };
        let typed = Multipart::from_request(request, desk).await.map_err(IntoResponse::into_response)?;
        Self::read(desk, &visitor, typed).await
    }
}
