//! The disclosure log: who got what, when, on which ground.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use operations::issuer::deliveries::{self, Disclosed};

use super::{Member, refused};
use crate::desk::Desk;
use crate::pages::{Page, shown};

#[derive(Template)]
#[template(path = "office/disclosures.html")]
struct DisclosuresPage {
    page: Page,
    /// The newest first, with the moment in words.
    log: Vec<(Disclosed, String)>,
}

pub(crate) async fn show(State(desk): State<Desk>, member: Member) -> Response {
    let log = async { deliveries::disclosures(&mut desk.store.look().await?, &member.id).await };
    match log.await {
        Ok(log) => shown(&DisclosuresPage {
            log: log.into_iter().rev().map(|one| (one.clone(), member.page.moment(one.at))).collect(),
            page: member.page,
        }),
        Err(error) => refused(&member.page, &error),
    }
}
