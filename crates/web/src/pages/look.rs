//! Letter day, before the screening: what was understood of a customer file, and what its columns mean.

use askama::Template;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use documents::numbers;
use serde::Deserialize;
use watchlist::Phrase;

use super::form::{Checked, Sent};
use super::upload::Upload;
use super::{Detail, Page, screening, shown};
use crate::desk::Desk;
use crate::guard::Visitor;
use crate::running::Manner;
use crate::waiting::WAITS_FOR;
use crate::work::{Customers, Look, Sample, Told};

const HERE: &str = "/screening/look";

#[derive(Template)]
#[template(path = "look.html")]
struct LookPage {
    page: Page,
    file: String,
    columns: String,
    /// What was understood, or why nothing was.
    look: Result<Look, Detail>,
}

impl LookPage {
    fn phrase(&self, phrase: &Phrase) -> String {
        self.page.language.of(phrase).to_owned()
    }

    fn form(&self, look: &Look) -> String {
        look.form.iter().map(|one| self.phrase(one)).collect::<Vec<_>>().join(", ")
    }

    fn count(&self, number: u64) -> String {
        numbers::count(number, self.page.language)
    }

    /// Kind, share in hundredths, as a text.
    fn coverage(&self, look: &Look) -> Vec<(&'static str, String, String)> {
        let share = |(kind, part): &(&'static str, u64)| {
            let tenths = (part * 1000).checked_div(look.customers).unwrap_or(0);
            let text = numbers::percent(*part, look.customers, self.page.language);
            (*kind, format!("{}.{}", tenths / 10, tenths % 10), text)
        };
        look.coverage.iter().map(share).collect()
    }

    fn values(&self, one: &Sample) -> Vec<(String, String)> {
        one.values.iter().map(|(kind, value)| (self.phrase(kind), value.clone())).collect()
    }
}

/// Takes a customer file to be looked at, or screened at once, as the visitor says.
pub(crate) async fn take(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    mut upload: Upload,
) -> Response {
    let now = (desk.now)();
    let columns = upload.field("columns").to_owned();
    let at_once = upload.field("do") == "screen";
    let remember = upload.field("remember") == "yes";
    let Some(file) = upload.take_file() else {
        return Page::of(&visitor).problem(StatusCode::UNPROCESSABLE_ENTITY, "problem-no-file");
    };
    if at_once {
        return screening::begin(&desk, &visitor, &file, Manner { columns: &columns, remember });
    }
    desk.waiting.put(&visitor.person, file, &columns, now);
    forget_later(&desk);
    Redirect::to(HERE).into_response()
}

/// Nobody may come back to a file: it goes all the same.
fn forget_later(desk: &Desk) {
    let desk = desk.clone();
    tokio::spawn(async move {
        tokio::time::sleep(WAITS_FOR.unsigned_abs()).await;
        desk.waiting.sweep((desk.now)());
    });
}

pub(crate) async fn show(State(desk): State<Desk>, Extension(visitor): Extension<Visitor>) -> Response {
    let page = Page::of(&visitor);
    if !visitor.may_change() {
        return page.problem(StatusCode::FORBIDDEN, "problem-role");
    }
    let Some((path, columns)) = desk.waiting.of(&visitor.person, (desk.now)()) else {
        return Redirect::to("/screening").into_response();
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (settings, name, mapped) = (desk.settings.clone(), file.clone(), columns.clone());
    let looked = tokio::task::spawn_blocking(move || {
        settings.program.look(&Customers { file: &path, name: &name, columns: &mapped, remember: false })
    });
    let look = looked.await.unwrap_or_else(|_| Err(stopped()));
    let look = look.map_err(|told| Detail::told(&told, page.language));
    shown(&LookPage { page, file, columns, look })
}

fn stopped() -> Told {
    Told::Worded {
        what: Phrase::new("the look at the file stopped before its time", "het bekijken stopte voortijdig"),
        hint: Phrase::new("choose the file again", "kies het bestand opnieuw"),
    }
}

#[derive(Deserialize)]
pub(crate) struct Mapped {
    #[serde(default)]
    columns: String,
}

/// Looks again, with columns that the visitor named.
pub(crate) async fn map(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Mapped>,
) -> Response {
    let there = desk.waiting.map(&visitor.person, &typed.columns, (desk.now)());
    Redirect::to(if there { HERE } else { "/screening" }).into_response()
}

#[derive(Deserialize)]
pub(crate) struct Start {
    /// `yes` where the customers shall stay.
    #[serde(default)]
    remember: String,
}

/// Screens the file that was looked at.
pub(crate) async fn start(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(typed): Checked<Start>,
) -> Response {
    let remember = typed.remember == "yes";
    match desk.waiting.take(&visitor.person, (desk.now)()) {
        Some((file, columns)) => {
            screening::begin(&desk, &visitor, &file, Manner { columns: &columns, remember })
        }
        None => Redirect::to("/screening").into_response(),
    }
}

/// Lets the file go.
pub(crate) async fn forget(
    State(desk): State<Desk>,
    Extension(visitor): Extension<Visitor>,
    Checked(_): Checked<Sent>,
) -> Response {
    drop(desk.waiting.take(&visitor.person, (desk.now)()));
    Redirect::to("/screening").into_response()
}
