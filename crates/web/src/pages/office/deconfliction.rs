//! Does another team work on this? The answer is a team to call, never what they know.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use curation::deconfliction::{Interest, Subject};
use operations::issuer::deconfliction;
use serde::Deserialize;

use super::{Member, refused};
use crate::desk::Desk;
use crate::pages::form::Checked;
use crate::pages::{Page, shown};

const KINDS: [&str; 3] = ["brand", "domain", "handle"];

#[derive(Template)]
#[template(path = "office/deconfliction.html")]
struct DeconflictionPage {
    page: Page,
    kinds: [&'static str; 3],
    kind: String,
    value: String,
    /// The teams to call, where something was asked.
    teams: Option<Vec<String>>,
    /// Key of what was done.
    done: Option<&'static str>,
}

#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    value: String,
    /// `ask`, `claim`, `shared`, `hold` or `release`.
    #[serde(default)]
    what: String,
    #[serde(default)]
    until: String,
}

pub(crate) async fn show(member: Member) -> Response {
    page(&member, String::new(), String::new(), None, None)
}

fn page(
    member: &Member,
    kind: String,
    value: String,
    teams: Option<Vec<String>>,
    done: Option<&'static str>,
) -> Response {
    shown(&DeconflictionPage { page: member.page.clone(), kinds: KINDS, kind, value, teams, done })
}

pub(crate) async fn ask(
    State(desk): State<Desk>,
    member: Member,
    Checked(typed): Checked<Asked>,
) -> Response {
    let unprocessable = |key: &str| member.page.problem(StatusCode::UNPROCESSABLE_ENTITY, key);
    let subject = match typed.kind.as_str() {
        "brand" => Subject::brand(&typed.value),
        "domain" => Subject::domain(&typed.value),
        "handle" => Subject::handle(&typed.value),
        _ => return unprocessable("problem-reason"),
    };
    let subject = match subject {
        Ok(subject) => subject,
        Err(error) => return refused(&member.page, &error.into()),
    };
    let now = (desk.now)();
    if typed.what == "ask" {
        return match deconfliction::ask(&desk.store, &member.id, &subject, now).await {
            Ok(teams) => {
                let teams = teams.iter().map(ToString::to_string).collect();
                page(&member, typed.kind, typed.value, Some(teams), None)
            }
            Err(error) => refused(&member.page, &error),
        };
    }
    let (done, key) = match (typed.what.as_str(), typed.until.trim().parse()) {
        ("release", _) => {
            (deconfliction::release(&desk.store, &member.id, &subject, now).await, "deconfliction-released")
        }
        ("hold", Ok(until)) => {
            let hold = Interest::Hold { until };
            (
                deconfliction::claim(&desk.store, &member.id, &subject, hold, now).await,
                "deconfliction-claimed",
            )
        }
        ("hold", Err(_)) => return unprocessable("office-hold-until"),
        ("shared", _) => {
            let done = deconfliction::claim(&desk.store, &member.id, &subject, Interest::Shared, now).await;
            (done, "deconfliction-claimed")
        }
        _ => {
            let done = deconfliction::claim(&desk.store, &member.id, &subject, Interest::Ours, now).await;
            (done, "deconfliction-claimed")
        }
    };
    match done {
        Ok(()) => page(&member, typed.kind, typed.value, None, Some(key)),
        Err(error) => refused(&member.page, &error),
    }
}
