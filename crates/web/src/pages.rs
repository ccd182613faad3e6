//! The pages. Each is a struct with what it shows, and a template that shows it.

pub(crate) mod account;
pub(crate) mod casework;
pub(crate) mod continuous;
pub(crate) mod decisions;
pub(crate) mod deliveries;
pub(crate) mod dossier;
pub(crate) mod editions;
pub(crate) mod form;
pub(crate) mod graph;
pub(crate) mod hit;
pub(crate) mod hits;
pub(crate) mod impact;
pub(crate) mod letters;
pub(crate) mod login;
pub(crate) mod look;
pub(crate) mod metrics;
pub(crate) mod office;
pub(crate) mod overview;
pub(crate) mod papers;
pub(crate) mod privacy;
pub(crate) mod receipt;
pub(crate) mod receive;
pub(crate) mod screening;
pub(crate) mod sentence;
pub(crate) mod sign_in;
pub(crate) mod sign_ups;
pub(crate) mod subjects;
pub(crate) mod tokens;
pub(crate) mod upload;

use askama::Template;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use documents::{Language, numbers};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use operations::hoster::reviews::ReviewError;

use crate::desk::Desk;
use crate::guard::{self, Visitor};
use crate::texts::{text, text_with};
use crate::work::Told;

/// What every page has: the reader's language, who they are, and the token of their forms.
#[derive(Clone)]
pub(crate) struct Page {
    pub(crate) language: Language,
    pub(crate) visitor: Option<Visitor>,
}

impl Page {
    pub(crate) fn of(visitor: &Visitor) -> Self {
        Self { language: visitor.language, visitor: Some(visitor.clone()) }
    }

    pub(crate) const fn anonymous(language: Language) -> Self {
        Self { language, visitor: None }
    }

    /// A text in the reader's language.
    pub(crate) fn t(&self, key: &str) -> String {
        text(self.language, key)
    }

    /// A text with values in the reader's language.
    pub(crate) fn with(&self, key: &str, values: &[(&str, String)]) -> String {
        text_with(self.language, key, values)
    }

    /// A text for a word of a vocabulary, such as `reason` and `name_only`.
    pub(crate) fn word(&self, kind: &str, word: &str) -> String {
        text(self.language, &format!("{kind}-{word}"))
    }

    /// A moment to the minute, in UTC.
    pub(crate) fn moment(&self, at: Timestamp) -> String {
        let shown = numbers::date(day(at), self.language);
        format!("{shown} {} UTC", at.strftime("%H:%M"))
    }

    /// A day in the reader's form.
    pub(crate) fn day(&self, day: Date) -> String {
        numbers::date(day, self.language)
    }

    pub(crate) fn is_of_office(&self) -> bool {
        self.visitor.as_ref().is_some_and(Visitor::is_of_office)
    }

    pub(crate) const fn tag(&self) -> &'static str {
        self.language.tag()
    }

    /// Lists beyond their last day that are still in use.
    pub(crate) fn stale(&self) -> &[String] {
        self.visitor.as_ref().map_or(&[], |visitor| &visitor.stale)
    }

    pub(crate) fn csrf(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.csrf)
    }

    pub(crate) fn name(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| &visitor.person.0)
    }

    pub(crate) fn may_change(&self) -> bool {
        self.visitor.as_ref().is_some_and(Visitor::may_change)
    }

    /// What could not be used of a file, in the reader's language.
    pub(crate) fn remark(&self, problem: &documents::Problem) -> String {
        problem.in_one_line(self.language)
    }

    /// A page that says what went wrong and what to do, without what it was about.
    pub(crate) fn problem(&self, status: StatusCode, key: &str) -> Response {
        let hint = format!("{key}-hint");
        self.told(status, self.t(key), self.t(&hint))
    }

    /// The same, with the exact reason beneath.
    pub(crate) fn detailed(&self, status: StatusCode, key: &str, detail: Detail) -> Response {
        let (what, hint) = (self.t(key), self.t(&format!("{key}-hint")));
        (status, shown(&ProblemPage { page: self.clone(), what, hint, detail: Some(detail) })).into_response()
    }

    fn told(&self, status: StatusCode, what: String, hint: String) -> Response {
        (status, shown(&ProblemPage { page: self.clone(), what, hint, detail: None })).into_response()
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    page: Page,
    what: String,
    hint: String,
    detail: Option<Detail>,
}

/// Exactly why something was refused.
pub(crate) enum Detail {
    /// In the reader's words.
    Worded(String),
    /// In those of the program, which are English, whoever reads.
    English(String),
}

impl Detail {
    /// What the program around the desk says.
    pub(crate) fn told(told: &Told, language: Language) -> Self {
        match told {
            Told::Worded { what, hint } => {
                Self::Worded(format!("{}: {}", language.of(what), language.of(hint)))
            }
            Told::English { what, hint } => Self::English(format!("{what}: {hint}")),
        }
    }
}

/// The page as HTML.
pub(crate) fn shown(page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => Html(html).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

/// The page for an operation that did not go through.
pub(crate) fn refused(page: &Page, error: &ReviewError) -> Response {
    match error {
        ReviewError::NoScreening => page.problem(StatusCode::NOT_FOUND, "problem-no-screening"),
        ReviewError::Restricted => page.problem(StatusCode::CONFLICT, "problem-restricted"),
        ReviewError::NoHit { .. } => page.problem(StatusCode::NOT_FOUND, "problem-not-found"),
        ReviewError::Changed { .. } => page.problem(StatusCode::CONFLICT, "problem-changed"),
        ReviewError::Dispose(review::DisposeError::OwnSecond { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-own-second")
        }
        ReviewError::Dispose(review::DisposeError::JudgedAlready { .. }) => {
            page.problem(StatusCode::CONFLICT, "problem-judged")
        }
        ReviewError::Dispose(_) => page.problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-reason"),
        ReviewError::Store(error) => store_refused(page, error),
    }
}

/// The page for what the database refused: somebody was faster, or it does not answer.
pub(crate) fn store_refused(page: &Page, error: &store::Error) -> Response {
    match error {
        store::Error::Conflict { .. } => page.problem(StatusCode::CONFLICT, "problem-changed"),
        _ => page.problem(StatusCode::INTERNAL_SERVER_ERROR, "problem-database"),
    }
}

/// The day of a moment, in UTC.
pub(crate) fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// A day as a form sends it, `YYYY-MM-DD`; nothing where the field was left empty.
pub(crate) fn day_or_none(typed: &str) -> Result<Option<Date>, jiff::Error> {
    match typed.trim() {
        "" => Ok(None),
        typed => typed.parse().map(Some),
    }
}

pub(crate) async fn script() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("../templates/desk.js"))
}

pub(crate) async fn style() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "public, max-age=3600")];
    (headers, include_str!("../templates/style.css"))
}

/// Whether the desk can reach its database: one word, nothing of its contents.
pub(crate) async fn health(State(desk): State<Desk>) -> Response {
    match desk.store.look().await {
        Ok(_) => "ok\n".into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

pub(crate) async fn not_found(headers: HeaderMap) -> Response {
    Page::anonymous(guard::language(&headers)).problem(StatusCode::NOT_FOUND, "problem-not-found")
}
