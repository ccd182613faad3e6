//! What is answered when something is refused, and how bodies and queries are read so that a refusal has that form, too.

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use operations::hoster::casework::CaseworkError;
use operations::hoster::decisions::DecideError;
use operations::hoster::reviews::ReviewError;
use operations::hoster::sign_ups::SignUpError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use utoipa::{IntoResponses, ToSchema};

use crate::work::Told;

/// What was refused, and what to do (RFC 9457). Names no customer and nothing of a list.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// The HTTP status once more.
    #[schema(example = 409)]
    status: u16,
    /// What went wrong.
    #[schema(example = "hit 3 was answered by somebody else since you opened it")]
    title: String,
    /// What to do next.
    #[schema(example = "look at what they said, and answer again")]
    detail: String,
}

/// How a call that only reads is refused.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum Reading {
    /// The query cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Query(Problem),
    /// No token that opens anything came with the call.
    #[response(status = 401, content_type = "application/problem+json")]
    Token(Problem),
    /// The token, or its person, may not do this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// There is nothing of this name.
    #[response(status = 404, content_type = "application/problem+json")]
    Missing(Problem),
    /// It stands otherwise by now.
    #[response(status = 409, content_type = "application/problem+json")]
    Otherwise(Problem),
    /// The database does not answer.
    #[response(status = 500, content_type = "application/problem+json")]
    Database(Problem),
}

/// How a call that takes a body is refused.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "it only describes")]
pub(crate) enum Writing {
    /// Query or body cannot be read.
    #[response(status = 400, content_type = "application/problem+json")]
    Form(Problem),
    /// No token that opens anything came with the call.
    #[response(status = 401, content_type = "application/problem+json")]
    Token(Problem),
    /// The token, or its person, may not do this.
    #[response(status = 403, content_type = "application/problem+json")]
    Forbidden(Problem),
    /// There is nothing of this name.
    #[response(status = 404, content_type = "application/problem+json")]
    Missing(Problem),
    /// It stands otherwise by now.
    #[response(status = 409, content_type = "application/problem+json")]
    Otherwise(Problem),
    /// The body is larger than the call takes.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body is of another kind than the call takes.
    #[response(status = 415, content_type = "application/problem+json")]
    OtherKind(Problem),
    /// What was sent cannot be used.
    #[response(status = 422, content_type = "application/problem+json")]
    Unusable(Problem),
    /// The database does not answer.
    #[response(status = 500, content_type = "application/problem+json")]
    Database(Problem),
}

impl Problem {
    pub(crate) fn new(status: StatusCode, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { status: status.as_u16(), title: title.into(), detail: detail.into() }
    }

    pub(crate) fn missing() -> Self {
        Self::new(StatusCode::NOT_FOUND, "there is nothing of this name", "look at the list of them")
    }

    /// What was sent can be read and not be used.
    pub(crate) fn unusable(title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, title, detail)
    }

    pub(crate) fn stopped() -> Self {
        let what = "the work ended before its time";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, what, "send it again; nothing was kept")
    }

    pub(crate) fn database() -> Self {
        let what = "the database does not answer";
        Self::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            what,
            "try again; `havenmeester doctor` says what is wrong",
        )
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

pub(crate) async fn nothing_here() -> Problem {
    Problem::missing()
}

/// What the program around the desk refuses.
impl From<Told> for Problem {
    fn from(told: Told) -> Self {
        Self::unusable(told.what(), told.hint())
    }
}

impl From<store::Error> for Problem {
    fn from(error: store::Error) -> Self {
        match &error {
            store::Error::Conflict { .. } | store::Error::AlreadyThere { .. } => {
                Self::new(StatusCode::CONFLICT, error.to_string(), error.hint().unwrap_or_default())
            }
            _ => Self::database(),
        }
    }
}

impl From<ReviewError> for Problem {
    fn from(error: ReviewError) -> Self {
        let (title, hint) = (error.to_string(), error.hint().unwrap_or_default());
        let status = match error {
            ReviewError::Store(error) => return error.into(),
            ReviewError::NoScreening | ReviewError::NoHit { .. } => StatusCode::NOT_FOUND,
            ReviewError::Dispose(review::DisposeError::NoteTooLong { .. }) => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, title, hint)
    }
}

impl From<DecideError> for Problem {
    fn from(error: DecideError) -> Self {
        let (title, hint) = (error.to_string(), error.hint().unwrap_or_default());
        let status = match error {
            DecideError::Store(error) => return error.into(),
            DecideError::NotThere(_) | DecideError::NoCustomer(_) => {
                // The error names the customer that was asked for, which belongs in no answer that is logged on its way.
                let title = "there is no decision or customer of this number";
                return Self::new(StatusCode::NOT_FOUND, title, hint);
            }
            DecideError::Restricted => StatusCode::CONFLICT,
            DecideError::Decision(review::DecisionError::OwnDecision { .. }) => StatusCode::CONFLICT,
            DecideError::Decision(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, title, hint)
    }
}

impl From<CaseworkError> for Problem {
    fn from(error: CaseworkError) -> Self {
        let (title, hint) = (error.to_string(), error.hint().unwrap_or_default());
        match error {
            CaseworkError::Review(error) => error.into(),
            CaseworkError::Store(error) => error.into(),
            CaseworkError::NoAttachment(_) => Self::missing(),
            _ => Self::unusable(title, hint),
        }
    }
}

impl From<SignUpError> for Problem {
    fn from(error: SignUpError) -> Self {
        let (title, hint) = (error.to_string(), error.hint().unwrap_or_default());
        let status = match error {
            SignUpError::Store(error) => return error.into(),
            SignUpError::NotThere(_) => return Self::missing(),
            SignUpError::Unusable(_) => StatusCode::UNPROCESSABLE_ENTITY,
            _ => StatusCode::CONFLICT,
        };
        Self::new(status, title, hint)
    }
}

impl From<operations::issuer::Error> for Problem {
    fn from(error: operations::issuer::Error) -> Self {
        use operations::issuer::Error;
        let (title, hint) = (error.to_string(), error.hint().unwrap_or_default());
        let status = match error {
            Error::Store(error) => return error.into(),
            Error::NotReadable { .. } | Error::Write(_) => return Self::database(),
            Error::Forbidden(_) | Error::UnknownPerson(_) => StatusCode::FORBIDDEN,
            Error::NotThere { .. } => StatusCode::NOT_FOUND,
            Error::State { .. }
            | Error::NothingPending { .. }
            | Error::PendingAlready { .. }
            | Error::Approval(_) => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, title, hint)
    }
}

/// What was sent does not have the form of the call.
fn unreadable(status: StatusCode, what: String) -> Problem {
    Problem::new(status, what, "see the description of the call")
}

/// A body of JSON.
pub(crate) struct Body<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let read: Result<Json<T>, JsonRejection> = Json::from_request(request, state).await;
        read.map(|Json(body)| Self(body)).map_err(|error| unreadable(error.status(), error.body_text()))
    }
}

/// The query of an address.
pub(crate) struct Asked<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read: Result<Query<T>, QueryRejection> = Query::from_request_parts(parts, state).await;
        read.map(|Query(asked)| Self(asked)).map_err(|error| unreadable(error.status(), error.body_text()))
    }
}

/// What stands in the address. What cannot be one is not there.
pub(crate) struct Named<T>(pub(crate) T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Named<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read: Result<Path<T>, PathRejection> = Path::from_request_parts(parts, state).await;
        read.map(|Path(named)| Self(named)).map_err(|_| Problem::missing())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever operation it comes from, a row that was changed meanwhile is the same to a program.
    #[test]
    fn what_was_changed_meanwhile_is_a_conflict_and_no_fault_of_the_database() {
        let conflict = || store::Error::Conflict { kind: "hit", id: "1".to_owned(), seen: 1, stored: 2 };
        let problems: [Problem; 5] = [
            conflict().into(),
            ReviewError::Store(conflict()).into(),
            DecideError::Store(conflict()).into(),
            CaseworkError::Store(conflict()).into(),
            operations::issuer::Error::Store(conflict()).into(),
        ];
        for problem in problems {
            assert_eq!((problem.status, problem.title), (409, conflict().to_string()));
        }
    }
}
