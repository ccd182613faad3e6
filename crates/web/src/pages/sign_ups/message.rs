//! What the applicant is told: what is still needed, or how it ended. The same words whatever the lists say, and no rule.

use axum::extract::{Extension, Path, Query, State as Given};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use documents::{Language, numbers};
use kyc::{Cause, CheckKind, State};
use operations::hoster::sign_ups::{self, Application};
use serde::Deserialize;

use super::refused;
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::pages::{Page, day};
use crate::texts::{text, text_with};

#[derive(Deserialize)]
pub(crate) struct Asked {
    /// The applicant's language, `nl` or `en`; without it that of the reader.
    #[serde(default)]
    language: String,
}

impl Asked {
    /// The language that was asked for, otherwise that of the reader.
    pub(crate) fn language(&self, of_reader: Language) -> Language {
        match self.language.as_str() {
            "nl" => Language::Nl,
            "en" => Language::En,
            _ => of_reader,
        }
    }
}

/// A text to send by mail.
pub(crate) async fn show(
    Given(desk): Given<Desk>,
    Extension(visitor): Extension<Visitor>,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let page = Page::of(&visitor);
    let language = asked.language(page.language);
    let found = async { sign_ups::one(&mut desk.store.look().await?, &id).await };
    let message = match found.await {
        Ok(application) => message(&application, language),
        Err(error) => return refused(&page, &error),
    };
    let Some(message) = message else {
        return page.problem(StatusCode::CONFLICT, "problem-no-message");
    };
    let headers = [
        (CONTENT_TYPE, "text/plain; charset=utf-8"),
        (CONTENT_DISPOSITION, "attachment; filename=\"message.txt\""),
    ];
    (headers, message).into_response()
}

/// Nothing where there is nothing to say: an order that only waits for us is not spoken of.
fn message(application: &Application, language: Language) -> Option<String> {
    let (kept, t) = (&application.kept, |key: &str| text(language, key));
    let course = &kept.course;
    let order = ("order", kept.order.clone());
    let body = match course.state() {
        State::Clear { .. } => text_with(language, "message-clear", &[order]),
        State::Refused => text_with(language, "message-refused", &[order]),
        State::Expired => text_with(language, "message-expired", &[order]),
        State::HoldForData | State::HoldForReview => {
            let asked = asked(course);
            if asked.is_empty() {
                return None;
            }
            let until = numbers::date(day(course.expires_at()), language);
            let lines: Vec<String> = asked
                .iter()
                .map(|kind| format!("- {}", text(language, &format!("asked-{}", kind.word()))))
                .collect();
            format!(
                "{}\n\n{}\n\n{}",
                text_with(language, "message-asked", &[order]),
                lines.join("\n"),
                text_with(language, "message-until", &[("until", until)])
            )
        }
    };
    Some(format!("{}\n\n{body}\n\n{}\n", t("message-greeting"), t("message-end")))
}

/// What the applicant was asked for and has not shown.
fn asked(course: &kyc::Course) -> Vec<CheckKind> {
    let causes = course.causes(course.received_at());
    causes
        .into_iter()
        .filter_map(|cause| if let Cause::Asked(kind) = cause { Some(kind) } else { None })
        .collect()
}
