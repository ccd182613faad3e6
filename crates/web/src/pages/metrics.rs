//! Figures for a monitor, in the text form of Prometheus. Counts and ages only: no customer, no entry, no list.

use std::fmt::Write;

use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use operations::hoster::reviews::ReviewError;
use operations::hoster::{decisions, editions, screenings};
use review::Class;
use store::BothSides;

use super::day;
use crate::desk::Desk;

pub(crate) async fn show(State(desk): State<Desk>) -> Response {
    match figures(&desk).await {
        Ok(text) => ([(CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

async fn figures(desk: &Desk) -> Result<String, ReviewError> {
    let mut look = desk.store.look().await?;
    let now = (desk.now)();
    let installed = editions::list(&mut look, false).await?;
    let stale = installed.iter().filter(|one| one.is_stale(day(now))).count();
    let last = screenings::last(&mut look).await?;
    let waiting = decisions::list(&mut look).await?.iter().filter(|one| !one.stands()).count();
    let acts = look.audit().count().await?;
    let queue = desk.queue(&mut look).await?;
    let mut text = String::new();
    let mut figure = |name: &str, help: &str, values: &[(&str, f64)]| {
        let _ = writeln!(text, "# HELP havenmeester_{name} {help}\n# TYPE havenmeester_{name} gauge");
        for (label, value) in values {
            let _ = writeln!(text, "havenmeester_{name}{label} {value}");
        }
    };
    let open =
        |class: Class| queue.rows().iter().filter(|row| row.class == class && row.is_open()).count() as f64;
    figure("editions_installed", "Lists in use.", &[("", installed.len() as f64)]);
    figure("editions_stale", "Lists past their last day.", &[("", stale as f64)]);
    if let Some((at, _)) = last {
        let age = now.duration_since(at).as_secs_f64().max(0.0);
        figure("screening_age_seconds", "Time since the last screening.", &[("", age)]);
    }
    let classes = [
        ("{class=\"strong\"}", open(Class::Strong)),
        ("{class=\"probable\"}", open(Class::Probable)),
        ("{class=\"weak\"}", open(Class::Weak)),
    ];
    figure("hits_open", "Hits that wait for somebody.", &classes);
    figure("decisions_open", "Decisions that wait for their second person.", &[("", waiting as f64)]);
    figure("acts", "Records in the audit chain.", &[("", acts as f64)]);
    Ok(text)
}
